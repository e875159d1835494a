# Sourced by `run`: pairs of network namespaces joined by a veth pair, and the processes in them. All of it ends with
# `run`. $client_ns and $server_ns name the pair that is meant, and $pids what runs in it.

client_ns=jpptp-bench-$$-c server_ns=jpptp-bench-$$-s
client_outer=192.0.2.2 server_outer=192.0.2.1 # TEST-NET-1 of RFC 5737
pids=()

in_client() { ip netns exec "$client_ns" "$@"; }
in_server() { ip netns exec "$server_ns" "$@"; }

network_up() {
  ip netns add "$client_ns" && ip netns add "$server_ns" || die "no namespaces can be made"
  ip link add wire netns "$client_ns" type veth peer name wire netns "$server_ns" || die "no veth pair can be made"
  in_client ip link set lo up
  in_server ip link set lo up
  in_client ip addr add "$client_outer/24" dev wire
  in_server ip addr add "$server_outer/24" dev wire
  in_client ip link set wire up
  in_server ip link set wire up
}

network_down() {
  stop_all
  local ns
  for ns in "$client_ns" "$server_ns"; do
    ip netns pids "$ns" 2> /dev/null | xargs -r kill -KILL 2> /dev/null
    ip netns del "$ns" 2> /dev/null
  done
}

# launch NAMESPACE CPUS COMMAND...: in the background, until stop_all; its process id is in $started.
launch() {
  ip netns exec "$1" taskset -c "$2" "${@:3}" < /dev/null &
  started=$!
  pids+=("$started")
}

# Stops what has been started in this pair since stop_all was called last.
stop_all() {
  local pid
  ((${#pids[@]})) || return 0
  kill -CONT "${pids[@]}" 2> /dev/null
  kill -TERM "${pids[@]}" 2> /dev/null
  for pid in "${pids[@]}"; do await_end "$pid"; done
  pids=()
}

# stop PID: only this one.
stop() {
  local pid others=()
  kill -TERM "$1" 2> /dev/null
  await_end "$1"
  for pid in "${pids[@]}"; do [ "$pid" = "$1" ] || others+=("$pid"); done
  pids=("${others[@]}")
}

# Waits three seconds at most for the end of a process that has been told to end.
await_end() {
  local i
  for ((i = 0; i < 30; i++)); do
    kill -0 "$1" 2> /dev/null || break
    sleep 0.1
  done
  kill -KILL "$1" 2> /dev/null
  wait "$1" 2> /dev/null
}

# Waits until a file has a line; at most $3 seconds.
await_line() {
  local i
  for ((i = 0; i < $3 * 20; i++)); do
    grep -qE "$2" "$1" 2> /dev/null && return 0
    sleep 0.05
  done
  return 1
}

# Waits until the far end answers through the tunnel.
await_tunnel() {
  local i
  for ((i = 0; i < 60; i++)); do
    in_client ping -q -n -c 1 -W 0.25 "$server_inner" > /dev/null 2>&1 && return 0
    sleep 0.1
  done
  return 1
}
