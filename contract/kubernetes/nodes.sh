# SPDX-License-Identifier: Apache-2.0
# Nodes, each a network namespace with containerd, kubelet and kube-proxy. FOLDER/network holds the X of the cluster's 10.X.0.0/16, and X
# is in the name of everything that is not below FOLDER: bridge smkX, namespaces and control groups smk-X-I.

network() { echo "10.$(cat "$folder/network")"; }
node_name() { echo "smk-$(cat "$folder/network")-$1"; }
inside() { local namespace=$1; shift; nsenter --net="/run/netns/$namespace" "$@"; }

make_network() {
  local x i other name
  install_packages containerd runc containernetworking-plugins iproute2 iptables docker-registry skopeo umoci gcc libc6-dev
  mkdir "$folder/nodes"
  for x in $(seq 128 191); do # making the bridge claims the number; zones of StateMesh take 64 to 127
    ip link add "smk$x" type bridge 2>/dev/null && break
  done
  echo "$x" >"$folder/network"
  ip addr add "$(network).0.1/24" dev "smk$x"
  ip link set "smk$x" up
  for i in $(seq "$nodes"); do
    name=$(node_name "$i")
    ip netns add "$name"
    inside "$name" ip link set lo up
    ip link add "smk$x-$i" type veth peer name eth0 netns "$name"
    ip link set "smk$x-$i" master "smk$x" up
    inside "$name" ip addr add "$(network).0.1$i/24" dev eth0
    inside "$name" ip link set eth0 up
    inside "$name" ip route add default via "$(network).0.1"
    inside "$name" sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv4/conf/all/route_localnet'
    ip route add "$(network).$i.0/24" via "$(network).0.1$i"
  done
  for i in $(seq "$nodes"); do
    for other in $(seq "$nodes"); do
      [ "$i" = "$other" ] || inside "$(node_name "$i")" ip route add "$(network).$other.0/24" via "$(network).0.1$other"
    done
  done
}

start_nodes() {
  local i
  pause_image
  registry_config >"$folder/registry.yml"
  start_process registry '' docker-registry serve "$folder/registry.yml"
  start_process scheduler '' "$programs/kube-scheduler" --kubeconfig="$folder/scheduler.kubeconfig" --bind-address=127.0.0.1 \
    --secure-port="$(free_port)" --port=0 --leader-elect=false --cert-dir="$folder/scheduler"
  for i in $(seq "$nodes"); do start_node "$i"; done
  for i in $(seq "$nodes"); do
    await "node $(node_name "$i")" 60 kubectl wait --for=condition=Ready --timeout=1s "node/$(node_name "$i")"
  done
}

# whoever has a certificate of the cluster may push and pull
registry_config() {
  sign registry /CN=registry serverAuth "subjectAltName=IP:$(network).0.1"
  cat <<YAML
version: 0.1
log: {level: warn}
storage:
  filesystem: {rootdirectory: $folder/registry}
  delete: {enabled: true}
http:
  addr: "$(network).0.1:5000"
  tls: {certificate: $pki/registry.crt, key: $pki/registry.key, clientcas: [$pki/ca.crt]}
YAML
}

# what holds a pod's namespaces: it waits and reaps
pause_image() {
  local work
  [ ! -f "$cache/pause.tar" ] || return 0
  work=$(mktemp -d)
  mkdir "$work/root"
  gcc -static -O2 -o "$work/root/pause" "$here/pause.c"
  umoci init --layout "$work/image"
  umoci new --image "$work/image:pause"
  umoci insert --image "$work/image:pause" "$work/root" /
  umoci config --image "$work/image:pause" --config.entrypoint /pause
  skopeo copy -q "oci:$work/image:pause" "oci-archive:$cache/pause.tar:localhost/statemesh/pause:1"
  rm -rf "$work"
}

# usage: start_node NUMBER
start_node() {
  local name home address hierarchy registry each
  name=$(node_name "$1") address=$(network).0.1$1 registry=$(network).0.1:5000
  home=$folder/nodes/$name
  mkdir -p "$home/cni" "$home/containerd" "$home/certs.d/$registry"
  sign "$name" "/O=system:nodes/CN=system:node:$name" clientAuth,serverAuth "subjectAltName=IP:$address,DNS:$name"
  kubeconfig "$name"
  printf 'server = "https://%s"\n[host."https://%s"]\n  capabilities = ["pull", "resolve"]\n  ca = "%s"\n  client = [["%s", "%s"]]\n' \
    "$registry" "$registry" "$pki/ca.crt" "$pki/$name.crt" "$pki/$name.key" >"$home/certs.d/$registry/hosts.toml"
  echo 'nameserver 127.0.0.1' >"$home/resolv.conf"
  for each in containerd.toml kubelet.yaml cni.json; do
    sed "s|@HOME@|$home|g; s|@PKI@|$pki|g; s|@NODE@|$name|g; s|@ADDRESS@|$address|g; s|@PODS@|$(network).$1.0/24|g" "$here/$each.in" >"$home/$each"
  done
  mv "$home/cni.json" "$home/cni/10-pods.conflist"
  for hierarchy in /sys/fs/cgroup/*/; do mkdir -p "$hierarchy$name" 2>/dev/null || true; done
  for each in cpuset.cpus cpuset.mems; do # empty in a new group of version 1: nothing could run there
    [ ! -f "/sys/fs/cgroup/cpuset/$each" ] || cat "/sys/fs/cgroup/cpuset/$each" >"/sys/fs/cgroup/cpuset/$name/$each"
  done
  start_process "containerd-$name" "$name" containerd -c "$home/containerd.toml"
  await "containerd of $name" 20 ctr -a "$home/containerd/socket" version
  ctr -a "$home/containerd/socket" -n k8s.io images import "$cache/pause.tar" >/dev/null
  start_process "kubelet-$name" "$name" env AWS_EC2_METADATA_DISABLED=true "$programs/kubelet" --config="$home/kubelet.yaml" \
    --kubeconfig="$folder/$name.kubeconfig" --hostname-override="$name" --node-ip="$address" --root-dir="$home/kubelet" --cert-dir="$home/kubelet/pki" \
    --container-runtime=remote --container-runtime-endpoint="unix://$home/containerd/socket" --pod-infra-container-image=localhost/statemesh/pause:1
  start_process "proxy-$name" "$name" "$programs/kube-proxy" --kubeconfig="$folder/proxy.kubeconfig" --hostname-override="$name" \
    --proxy-mode=iptables --cluster-cidr="$(network).0.0/16" --conntrack-max-per-core=0 --conntrack-tcp-timeout-established=0 \
    --conntrack-tcp-timeout-close-wait=0 --healthz-bind-address=127.0.0.1:10256 --metrics-bind-address=127.0.0.1:10249 --oom-score-adj=0
}

stop_nodes() {
  local home name socket task
  [ -d "$folder/nodes" ] || return 0
  for home in "$folder"/nodes/*/; do
    [ -d "$home" ] || continue
    name=$(basename "$home") socket=$home/containerd/socket
    stop_process "kubelet-$name"
    stop_process "proxy-$name"
    pod_namespaces "$socket" >>"$folder/run/pod-namespaces"
    for task in $(ctr -a "$socket" -n k8s.io tasks ls -q 2>/dev/null); do
      timeout 10 ctr -a "$socket" -n k8s.io tasks rm -f "$task" >/dev/null 2>&1 || true
    done
    stop_process "containerd-$name"
  done
}

# CNI's own namespaces of the pods, which nobody removes once containerd is gone
pod_namespaces() {
  local container
  for container in $(ctr -a "$1" -n k8s.io containers ls -q 2>/dev/null); do
    ctr -a "$1" -n k8s.io containers info "$container" 2>/dev/null | grep -o '/run/netns/cni-[^"]*' | xargs -r -n1 basename
  done | sort -u
}

remove_network() {
  local x name hierarchy
  [ -f "$folder/network" ] || return 0
  x=$(cat "$folder/network")
  awk -v below="$folder/" 'index($2, below) == 1 { print $2 }' /proc/mounts | sort -r | xargs -r -n1 umount -l
  for name in $(cat "$folder/run/pod-namespaces" 2>/dev/null) $(ip netns list | awk '{ print $1 }' | grep -E "^smk-$x-[0-9]+$"); do
    ip netns del "$name" 2>/dev/null || true
  done
  ip link del "smk$x" 2>/dev/null || true
  for hierarchy in /sys/fs/cgroup/*/smk-"$x"-*/ /sys/fs/cgroup/smk-"$x"-*/; do
    [ ! -d "$hierarchy" ] || find "$hierarchy" -depth -type d -exec rmdir {} + 2>/dev/null || true
  done
}
