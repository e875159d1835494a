# Sourced by `run`: how each contender is started. A function start_NAME brings a tunnel up, and sets
#   client_pid, server_pid   the two ends, for their processor time, their memory and to stop the far one
#   device                   the client's interface
# What they write goes into the folder $logs.
# missing_NAME says what there is not; it prints nothing when all is there.

client_inner=10.88.0.2 server_inner=10.88.0.1
mtu=1396 # of datagrams, both ways: what a PPTP server whose client receives 1400 octets has room for
key_up=0f1e2d3c4b5a69788796a5b4c3d2e1f0 key_down=f0e1d2c3b4a5968778695a4b3c2d1e0f

on_client() { launch "$client_ns" "$client_cpu" "$@"; }
on_server() { launch "$server_ns" "$server_cpu" "$@"; }

need() {
  local tool
  for tool in "$@"; do command -v "$tool" > /dev/null || echo "$tool is not installed"; done
}

# interface in_client|in_server DEVICE LOCAL PEER
interface() {
  "$1" ip addr add "$3" peer "$4" dev "$2" && "$1" ip link set "$2" up mtu "$mtu"
}

# --- ours ---------------------------------------------------------------------------------------------------------

java_home() {
  local candidate
  case $1 in 17) candidate=${JAVA_HOME17:-} ;; 25) candidate=${JAVA_HOME25:-} ;; esac
  if [ -n "$candidate" ]; then echo "$candidate" && return; fi
  for candidate in /usr/lib/jvm/*; do
    grep -qs "^JAVA_VERSION=\"$1[.\"]" "$candidate/release" && echo "$candidate" && return
  done
}

missing_java() { [ -x "$(java_home "$1")/bin/java" ] || echo "there is no JDK $1; JAVA_HOME$1 would name it"; }

java_flags() { [ "$1" -lt 24 ] || echo --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow; }

# bench_server JDK ARGUMENT...
bench_server() {
  local jdk=$1
  shift
  # shellcheck disable=SC2046
  on_server "$(java_home "$jdk")/bin/java" $(java_flags "$jdk") -XX:+UseSerialGC \
    -cp "$classpath" org.jpptp.lab.bench.BenchServer "$server_outer" "$server_inner" "$client_inner" "$@" \
    > "$logs/server.log" 2>&1
  server_pid=$started
  await_line "$logs/server.log" ready 20
}

# our_client JDK OPTION...
our_client() {
  local home
  home=$(java_home "$1")
  shift
  (umask 077 && echo bench > "$logs/password")
  device=${contender:-bench0}
  on_client env JAVA_HOME="$home" "$root/jpptp" connect "$server_outer" -u bench --password-file "$logs/password" \
    --interface "$device" "$@" > "$logs/client.log" 2>&1
  client_pid=$started
}

start_ours() { bench_server "$1" "$2" && our_client "$1" --mppe-mode "$2" && await_tunnel; }

missing_ours17() { missing_java 17; }
missing_ours25() { missing_java 25; }
missing_ours17_stateful() { missing_java 17; }
missing_ours25_stateful() { missing_java 25; }
start_ours17() { start_ours 17 stateless; }
start_ours25() { start_ours 25 stateless; }
start_ours17_stateful() { start_ours 17 stateful; }
start_ours25_stateful() { start_ours 25 stateful; }

# --- the C program ------------------------------------------------------------------------------------------------

ceiling_client() {
  device=ceiling
  on_client "$work/$program" -l "$client_outer" -r "$server_outer" -k "$key_up" -K "$key_down" "$@" \
    > "$logs/client.log" 2>&1
  client_pid=$started
  await_line "$logs/client.log" ready 5 && interface in_client ceiling "$client_inner" "$server_inner"
}

start_ceiling() {
  on_server "$work/$program" -l "$server_outer" -r "$client_outer" -k "$key_down" -K "$key_up" "$@" \
    > "$logs/server.log" 2>&1
  server_pid=$started
  await_line "$logs/server.log" ready 5 && interface in_server ceiling "$server_inner" "$client_inner" &&
    ceiling_client "$@" && await_tunnel
}

program=tunnel # or tunnel_forms, the same with the forms of RC4 that ours has
missing_c() { [ -x "$work/$program" ] || echo "it cannot be built without gcc and libssl-dev"; }
missing_c_forms() { program=tunnel_forms missing_c; }
missing_c_stateful() { missing_c; }
start_c() { start_ceiling; }
start_c_forms() { program=tunnel_forms start_ceiling; }
start_c_stateful() { start_ceiling -f; }

# --- the tunnels that people know ---------------------------------------------------------------------------------

missing_openvpn() { need openvpn openssl; }

openvpn_certificate() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=$1" \
    -keyout "$work/$1.key" -out "$work/$1.pem" 2> /dev/null &&
    openssl x509 -in "$work/$1.pem" -noout -fingerprint -sha256 | cut -d= -f2 > "$work/$1.print"
}

start_openvpn() {
  local both="--dev bench0 --dev-type tun --proto udp --topology p2p --data-ciphers AES-128-GCM --disable-dco
    --tun-mtu $mtu --verb 1"
  [ -e "$work/far.print" ] || { openvpn_certificate near && openvpn_certificate far; } || return 1
  device=bench0
  # shellcheck disable=SC2086
  on_server openvpn $both --tls-server --dh none --local "$server_outer" --ifconfig "$server_inner" "$client_inner" \
    --cert "$work/far.pem" --key "$work/far.key" --peer-fingerprint "$(cat "$work/near.print")" > "$logs/server.log" 2>&1
  server_pid=$started
  # shellcheck disable=SC2086
  on_client openvpn $both --tls-client --remote "$server_outer" --ifconfig "$client_inner" "$server_inner" \
    --cert "$work/near.pem" --key "$work/near.key" --peer-fingerprint "$(cat "$work/far.print")" > "$logs/client.log" 2>&1
  client_pid=$started
  await_tunnel
}

missing_wireguard() { need wireguard-go wg; }

start_wireguard() {
  local near=jb$$c far=jb$$s # its control sockets are named after them, in one folder
  (umask 077 && wg genkey > "$work/near.wg" && wg genkey > "$work/far.wg")
  device=$near
  export WG_I_PREFER_BUGGY_USERSPACE_TO_POLISHED_KMOD=1
  on_server wireguard-go -f "$far" > "$logs/server.log" 2>&1
  server_pid=$started
  on_client wireguard-go -f "$near" > "$logs/client.log" 2>&1
  client_pid=$started
  local i
  for ((i = 0; i < 100; i++)); do
    [ -S "/var/run/wireguard/$near.sock" ] && [ -S "/var/run/wireguard/$far.sock" ] && break
    sleep 0.05
  done
  in_server wg set "$far" listen-port 51820 private-key "$work/far.wg" \
    peer "$(wg pubkey < "$work/near.wg")" allowed-ips "$client_inner/32" &&
    in_client wg set "$near" private-key "$work/near.wg" \
      peer "$(wg pubkey < "$work/far.wg")" allowed-ips "$server_inner/32" endpoint "$server_outer:51820" &&
    interface in_client "$near" "$client_inner" "$server_inner" &&
    interface in_server "$far" "$server_inner" "$client_inner" && await_tunnel
}

missing_veth() { :; }
start_veth() { device=wire client_inner=$client_outer server_inner=$server_outer; }
