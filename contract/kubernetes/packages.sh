# SPDX-License-Identifier: Apache-2.0
# Debian packages, and the Kubernetes programs built from Debian's source package: the newest server that Debian has.
kubernetes_programs=(kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy kubectl)

# installs what is missing of the packages given
install_packages() {
  local missing=() each
  for each in "$@"; do
    dpkg-query -W -f '${db:Status-Status}' "$each" 2>/dev/null | grep -qx installed || missing+=("$each")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$(id -u)" = 0 ] || fail "packages are missing (${missing[*]}): install them, or run as root" 1
  say "installing ${missing[*]}"
  apt-get -qq update >&2
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null
}

make_programs() {
  local each missing=()
  mkdir -p "$programs"
  exec 8>"$cache/lock"
  flock 8 # whoever comes second finds the programs made
  for each in "${kubernetes_programs[@]}"; do [ -x "$programs/$each" ] || missing+=("$each"); done
  if [ ${#missing[@]} -gt 0 ]; then
    say "building Kubernetes in $cache, once: about 9 minutes on two cores"
    install_packages golang-go dpkg-dev golang-github-modern-go-reflect2-dev gcc libc6-dev
    fetch_source
    build_programs "${missing[@]}"
  fi
  exec 8>&-
}

# The archives that the machine's packages come from, as source archives, without touching the machine's own list.
fetch_source() {
  local lists=$cache/apt each
  compgen -G "$cache/src/kubernetes-*/" >/dev/null && return 0
  mkdir -p "$lists/sources" "$lists/state/partial" "$cache/src"
  for each in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ ! -f "$each" ] || sed -n 's/^deb /deb-src /p' "$each" >"$lists/sources/$(basename "$each")"
  done
  for each in /etc/apt/sources.list.d/*.sources; do
    [ ! -f "$each" ] || sed 's/^Types:.*/Types: deb-src/' "$each" >"$lists/sources/$(basename "$each")"
  done
  local apt=(apt-get -qq -o "Dir::Etc::SourceList=/dev/null" -o "Dir::Etc::SourceParts=$lists/sources" -o "Dir::State::Lists=$lists/state")
  say "fetching the source package"
  "${apt[@]}" update >&2
  (cd "$cache/src" && "${apt[@]}" source kubernetes >/dev/null)
}

build_programs() {
  local tree number=0 each
  tree=$(realpath "$cache"/src/kubernetes-*/)
  prepare_tree "$tree"
  export CGO_ENABLED=0 GO111MODULE=off GOFLAGS='' GOPATH=$cache/gopath GOCACHE=$cache/gocache GOPROXY=off
  mkdir -p "$GOPATH/src/k8s.io"
  ln -sfn "$tree" "$GOPATH/src/k8s.io/kubernetes"
  cd "$GOPATH/src/k8s.io/kubernetes"
  [ -f pkg/generated/openapi/zz_generated.openapi.go ] || generate_openapi
  local stamp='-s -w'
  for each in component-base/version client-go/pkg/version; do
    each=k8s.io/kubernetes/vendor/k8s.io/$each
    stamp+=" -X $each.gitVersion=v1.20.2 -X $each.gitMajor=1 -X $each.gitMinor=20 -X $each.gitTreeState=archive"
  done
  for each in "$@"; do
    say "compiling $each ($((++number)) of $#)"
    go build -tags providerless -p 2 -ldflags "$stamp" -o "$programs/$each.part" "k8s.io/kubernetes/cmd/$each"
    mv "$programs/$each.part" "$programs/$each"
  done
  cd "$here"
}

prepare_tree() {
  # reflect2 1.0.1 of the source crashes when built with Go 1.18 or later; Debian's own 1.0.2 does not
  local reflect2=$1/vendor/github.com/modern-go/reflect2
  rm -rf "$reflect2"
  mkdir "$reflect2"
  cp -L /usr/share/gocode/src/github.com/modern-go/reflect2/*.{go,s} "$reflect2"
  rm -f "$reflect2"/*_test.go
  # the kubelet's credential providers of clouds ask a metadata address at start
  sed -i -E '/pkg\/credentialprovider\/(aws|azure|gcp)"/d' "$1/cmd/kubelet/app/plugins.go"
}

# the one generated file that the source package lacks
generate_openapi() {
  local marked
  say "generating OpenAPI definitions"
  go build -p 2 -o "$cache/openapi-gen" k8s.io/kubernetes/vendor/k8s.io/kube-openapi/cmd/openapi-gen
  marked=$(grep -rl --include='*.go' '+k8s:openapi-gen=' pkg cmd plugin staging/src/k8s.io \
    | grep -v -E 'zz_generated|code-generator/|sample-apiserver/|/kube-openapi/|_test.go' | xargs -n1 dirname | sort -u \
    | sed -E -e 's|^staging/src/|k8s.io/kubernetes/vendor/|' -e 's#^(pkg|cmd|plugin)(/|$)#k8s.io/kubernetes/\1\2#' | paste -sd,)
  "$cache/openapi-gen" --logtostderr -i "$marked" -p k8s.io/kubernetes/pkg/generated/openapi -O zz_generated.openapi \
    -h hack/boilerplate/boilerplate.generatego.txt -r "$cache/openapi-violations.txt"
}
