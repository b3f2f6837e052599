# SPDX-License-Identifier: Apache-2.0
# etcd, API server, controllers; with nodes also scheduler and registry. Everything listens on loopback or on the cluster's own bridge.

# the address that clients use: the bridge of the nodes, else loopback
api_address() { if [ -f "$folder/network" ]; then echo "$(network).0.1"; else echo 127.0.0.1; fi; }

make_certificates() {
  local extra=''
  [ "$nodes" = 0 ] || extra=",IP:$(network).0.1"
  key ca
  openssl req -x509 -new -key "$pki/ca.key" -days 30 -subj /CN=kubernetes -addext keyUsage=critical,keyCertSign,cRLSign -out "$pki/ca.crt"
  sign api-server /CN=kube-apiserver serverAuth "subjectAltName=IP:127.0.0.1,IP:10.96.0.1,DNS:localhost,DNS:kubernetes.default.svc$extra"
  sign api-server-kubelet /O=system:masters/CN=api-server-kubelet clientAuth
  sign admin /O=system:masters/CN=admin clientAuth
  sign controllers /CN=system:kube-controller-manager clientAuth
  sign scheduler /CN=system:kube-scheduler clientAuth
  sign proxy /CN=system:kube-proxy clientAuth
  openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$pki/tokens.key" 2>/dev/null
  openssl pkey -in "$pki/tokens.key" -pubout -out "$pki/tokens.pub"
}

key() { (umask 077 && openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$pki/$1.key"); }

# usage: sign NAME SUBJECT USAGE [EXTENSION]
sign() {
  key "$1"
  openssl req -new -key "$pki/$1.key" -subj "$2" -out "$pki/$1.csr"
  printf '%s\n' basicConstraints=CA:FALSE keyUsage=digitalSignature "extendedKeyUsage=$3" "${4:-}" >"$pki/$1.ext"
  openssl x509 -req -in "$pki/$1.csr" -CA "$pki/ca.crt" -CAkey "$pki/ca.key" -CAcreateserial -days 30 -extfile "$pki/$1.ext" \
    -out "$pki/$1.crt" 2>/dev/null
  rm "$pki/$1.csr" "$pki/$1.ext"
}

# usage: kubeconfig NAME
kubeconfig() {
  local file=$folder/$1.kubeconfig
  (
    umask 077
    cat >"$file" <<YAML
apiVersion: v1
kind: Config
clusters: [{name: real, cluster: {server: "https://$(api_address):$(cat "$folder/api-port")", certificate-authority-data: $(base64 -w0 "$pki/ca.crt")}}]
users: [{name: $1, user: {client-certificate-data: $(base64 -w0 "$pki/$1.crt"), client-key-data: $(base64 -w0 "$pki/$1.key")}}]
contexts: [{name: real, context: {cluster: real, user: $1}}]
current-context: real
YAML
  )
}

start_control_plane() {
  local each run=()
  # without nodes nobody needs the ConfigMap that it puts into every namespace, and tests count what they made themselves
  [ -f "$folder/network" ] || run=('--controllers=*,-root-ca-cert-publisher')
  free_port >"$folder/api-port"
  free_port >"$folder/etcd-port"
  for each in admin controllers scheduler proxy; do kubeconfig $each; done
  start_etcd
  audit_policy >"$folder/audit-policy.yaml"
  start_api_server
  start_process controllers '' "$programs/kube-controller-manager" --kubeconfig="$folder/controllers.kubeconfig" --bind-address=127.0.0.1 \
    --secure-port="$(free_port)" --port=0 --service-account-private-key-file="$pki/tokens.key" --root-ca-file="$pki/ca.crt" \
    "${run[@]}" --use-service-account-credentials --leader-elect=false --node-monitor-grace-period=12s --node-monitor-period=2s \
    --cert-dir="$folder/controllers"
  await 'the default service account' 60 kubectl get serviceaccount default
}

# no fsync: what this machine does when its power fails is not under test
start_etcd() {
  local client peer
  client=http://127.0.0.1:$(cat "$folder/etcd-port") peer=http://127.0.0.1:$(free_port)
  start_process etcd '' etcd --name e --data-dir "$folder/etcd" --unsafe-no-fsync --listen-client-urls "$client" \
    --advertise-client-urls "$client" --listen-peer-urls "$peer" --initial-advertise-peer-urls "$peer" --initial-cluster "e=$peer"
}

# who asked for what, one line of JSON each: what the test of the roles reads
audit_policy() {
  cat <<'YAML'
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived, ResponseStarted]
rules:
  - {level: Metadata, userGroups: ["statemesh:masters", "statemesh:ingress", "system:serviceaccounts:statemesh-system"]}
  - {level: None}
YAML
}

start_api_server() {
  local reachable=(--advertise-address=192.0.2.1 --endpoint-reconciler-type=none) # nobody asks for it without nodes
  [ ! -f "$folder/network" ] || reachable=(--advertise-address="$(api_address)")
  start_process api-server '' "$programs/kube-apiserver" --etcd-servers="http://127.0.0.1:$(cat "$folder/etcd-port")" \
    --bind-address="$(api_address)" --secure-port="$(cat "$folder/api-port")" "${reachable[@]}" \
    --tls-cert-file="$pki/api-server.crt" --tls-private-key-file="$pki/api-server.key" --client-ca-file="$pki/ca.crt" \
    --service-account-key-file="$pki/tokens.pub" --service-account-signing-key-file="$pki/tokens.key" \
    --service-account-issuer=https://kubernetes.default.svc --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction \
    --allow-privileged=true --anonymous-auth=false --service-cluster-ip-range=10.96.0.0/16 --kubelet-certificate-authority="$pki/ca.crt" \
    --kubelet-client-certificate="$pki/api-server-kubelet.crt" --kubelet-client-key="$pki/api-server-kubelet.key" \
    --kubelet-preferred-address-types=InternalIP --audit-policy-file="$folder/audit-policy.yaml" --audit-log-path="$folder/audit.log"
  await 'the API server' 60 kubectl get --raw /readyz
}

kubectl() { "$programs/kubectl" --kubeconfig="$folder/admin.kubeconfig" --cache-dir="$folder/kubectl" "$@"; }
