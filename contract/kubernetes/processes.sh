# SPDX-License-Identifier: Apache-2.0
# Processes of a cluster: FOLDER/run/NAME holds pid and start time, so that a pid that was given to somebody else is left alone.

start_time() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

# usage: start_process NAME NAMESPACE COMMAND...; an empty namespace is the machine's own
start_process() {
  local name=$1 namespace=$2 pid
  shift 2
  [ -z "$namespace" ] || set -- nsenter --net="/run/netns/$namespace" "$@"
  (cd "$folder" && exec setsid "$@" </dev/null >>"$folder/logs/$name.log" 2>&1) &
  pid=$!
  disown "$pid" # its end is nobody's news
  echo "$pid $(start_time $pid)" >"$folder/run/$name"
}

is_running() {
  local pid started
  [ -f "$folder/run/$1" ] && read -r pid started <"$folder/run/$1" && [ -n "$started" ] && [ "$(start_time "$pid")" = "$started" ]
}

# usage: stop_process NAME [SIGNAL]; waits until it has ended, with SIGKILL after ten seconds
stop_process() {
  local pid _ waited
  if is_running "$1"; then
    read -r pid _ <"$folder/run/$1"
    kill -s "${2:-TERM}" "$pid" 2>/dev/null || true
    for ((waited = 0; waited < 200; waited++)); do
      is_ended "$pid" && break
      [ $waited != 100 ] || kill -s KILL "$pid" 2>/dev/null || true
      sleep .1
    done
  fi
  rm -f "$folder/run/$1"
}

is_ended() { [ ! -e "/proc/$1" ] || grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null; }

# clients before the servers that they talk to
stop_all() {
  local each
  for each in scheduler controllers api-server registry etcd; do stop_process $each; done
}

# usage: await WHAT SECONDS COMMAND...
await() {
  local what=$1 tries=$(($2 * 5))
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ $((tries--)) -gt 0 ] || fail "$what did not become ready; its log is in $folder/logs"
    sleep .2
  done
}

# a port that nobody listens on now
free_port() {
  local port
  while port=$((20000 + RANDOM % 12000)); do
    ss -Hltn "sport = :$port" | grep -q . || { echo $port; return; }
  done
}
