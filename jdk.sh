# SPDX-License-Identifier: Apache-2.0
# Sourced by ./build and ./statemesh: sets JAVA_HOME to a JDK >= 25, from JAVA_HOME, the usual folders or the distribution's package.
wanted_java=25

# sets java_version of the JDK in $1 without starting a process
read_java_version() {
  local line
  java_version=0
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  while read -r line; do
    case $line in JAVA_VERSION=*) line=${line#*\"}; java_version=${line%%[!0-9]*} ;; esac
  done < "$1/release"
}

find_jdk() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /usr/lib/jvm/*2[6-9]* /opt/jdk* /opt/java*; do
    read_java_version "$home"
    [ "${java_version:-0}" -ge "$wanted_java" ] && { export JAVA_HOME=$home; return 0; }
  done
  return 1
}

require_jdk() {
  find_jdk && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-cache show openjdk-25-jdk-headless >/dev/null 2>&1; then
    echo "$1: installing openjdk-25-jdk-headless" >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openjdk-25-jdk-headless >&2 || true
    find_jdk && return
  fi
  echo "$1: no JDK $wanted_java or newer found. Install one (Temurin 25, openjdk-25-jdk) and set JAVA_HOME to it." >&2
  exit 1
}
