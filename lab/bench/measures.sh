# Sourced by `run`: what is measured of the tunnel that is up. Every value is a line of $results:
#   alternation, contender, measure, value

port=5301 # of the sinks
payload=36 # of datagrams of 64 octets
window=384 # packets on their way, of a flood that may not lose any
raw_window=512 # the same, of full packets to a raw socket; far less than its buffer of 4 MiB holds

# Nothing is recorded of what has failed.
record() {
  [ -n "$2" ] || return 0
  printf '%s\t%s\t%s\t%s\n' "$alternation" "$contender" "$1" "$2" | tee -a "$results"
}

load_in_client() { in_client taskset -c "$load_cpus" "$@"; }
load_in_server() { in_server taskset -c "$load_cpus" "$@"; }

snmp_of() { echo "/proc/$1/net/snmp"; }

# Seconds of processor that a process has used, user and system.
cpu_of() {
  awk -v hz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print ($12 + $13) / hz }' "/proc/$1/stat"
}

cpu_of_both() { calculate "$(cpu_of "$client_pid") + $(cpu_of "$server_pid")"; }

calculate() { awk "BEGIN { printf \"%.6g\", $1 }"; }

# --- TCP ----------------------------------------------------------------------------------------------------------

# tcp SECONDS FLOWS [-R]: Mbit/s, as the receiver saw it.
tcp() {
  load_in_client timeout "$(($1 + 20))" iperf3 -f k -c "$server_inner" -t "$1" -P "$2" ${3:+"$3"} < /dev/null 2> /dev/null |
    awk '/receiver/ { rate = $(NF - 2) } END { if (rate > 0) printf "%.1f\n", rate / 1000 }'
}

start_iperf() {
  launch "$server_ns" "$load_cpus" iperf3 -s -f k -B "$server_inner" > /dev/null 2>&1
  sleep 0.2
}

# Two seconds each way are enough for what was compiled beforehand. A JVM compiles for what it has seen, so it is shown all
# that will be measured; and on two cores that are busy its compilers have much left to do when that ends, and would do it
# while the next contender has its turn.
warm_up() {
  if [[ $contender != ours* ]]; then
    both_ways 2 1
    return
  fi
  both_ways "$warm_up_seconds" 1
  if stateless wanted tcp; then both_ways 3 8; fi
  if stateless wanted small; then flood_up 3 > /dev/null; flood_down 3 > /dev/null; fi
  settle
}

both_ways() { tcp "$1" "$2" > /dev/null; tcp "$1" "$2" -R > /dev/null; }

# Waits, a minute at most, until both ends take less than a twentieth of a core for half a second.
settle() {
  local i before after
  for ((i = 0; i < 120; i++)); do
    before=$(cpu_of_both)
    sleep 0.5
    after=$(cpu_of_both)
    [ "$(calculate "$after - $before < 0.025")" = 0 ] || break
  done
}

measure_tcp() {
  local flows=$1 direction rate before after
  for direction in up down; do
    [ -z "$client_pid" ] || before=$(cpu_of "$client_pid")
    rate=$(tcp "$seconds" "$flows" "$([ $direction = up ] || echo -R)")
    [ -n "$rate" ] || { echo "no TCP through $contender" >&2 && continue; }
    record "tcp-$direction-$flows" "$rate"
    [ "$flows$direction" != 1up ] || half_rate=$(calculate "int($rate * 1e6 / 2 / 8 / $mtu)")
    [ -n "$client_pid" ] && [ "$flows" = 1 ] || continue
    after=$(cpu_of "$client_pid")
    record "cpu-$direction" "$(calculate "($after - $before) / ($rate * $seconds / 1000)")"
  done
  [ -z "$client_pid" ] || [ "$flows" != 1 ] || record rss "$(awk '/^VmRSS/ { print $2 }' "/proc/$client_pid/status")"
}

# --- packets ------------------------------------------------------------------------------------------------------

start_sinks() {
  launch "$server_ns" "$load_cpus" "$work/sink" "$port"
  server_sink=$started
  launch "$client_ns" "$load_cpus" "$work/sink" "$port"
  client_sink=$started
}

# Datagrams of 64 octets, none lost.
measure_small() {
  record small-up "$(flood_up "$seconds")"
  record small-down "$(flood_down "$seconds")"
}

flood_up() {
  load_in_client "$work/flood" -w "$(snmp_of "$server_sink")" -W "$window" "$server_inner" "$port" "$payload" "$1"
}

flood_down() {
  load_in_server "$work/flood" -w "$(snmp_of "$client_sink")" -W "$window" "$client_inner" "$port" "$payload" "$1"
}

# Packets of the tunnel's MTU that leave the client per second while nobody takes them at the far end.
measure_raw_out() {
  local flood counter begin end first last
  await_tunnel # wireguard-go changes its keys after two minutes, and needs the far end for it
  kill -STOP "$server_pid"
  launch "$client_ns" "$server_cpu" "$work/flood" "$server_inner" "$port" "$((mtu - 28))" "$((seconds + 1))" > /dev/null
  flood=$started
  counter='cat /sys/class/net/wire/statistics/tx_packets'
  sleep 0.7
  first=$(in_client $counter)
  begin=$EPOCHREALTIME
  sleep "$(calculate "$seconds - 0.2")"
  last=$(in_client $counter)
  end=$EPOCHREALTIME
  wait "$flood"
  record raw-out "$(calculate "($last - $first) / ($end - $begin)")"
  # The far end has lost more than it can count, and is of no more use.
}

# The same way in: packets that are encrypted ahead. Brings the client up against a source of them, the same for all: it and
# what waits for it take nothing from the client's processor.
measure_raw_in() {
  local jdk rate=''
  launch "$client_ns" "$load_cpus" "$work/sink" "$port"
  client_sink=$started
  case $contender in
    ours*)
      jdk=${contender#ours}
      if bench_server "$jdk" stateless "$ahead" "$mtu" "$port" "$ahead_file" && our_client "$jdk" &&
        await_line "$logs/server.log" encrypted 60; then
        kill -STOP "$server_pid"
        rate=$(packets_in -f "$ahead_file")
      fi
      rm -f "$ahead_file"
      ;;
    c | c_forms)
      program=tunnel${contender#c}
      ceiling_client && rate=$(packets_in -k "$key_down" -a "$server_inner" -b "$client_inner" -p "$port")
      ;;
  esac
  if [ "${rate:-0}" != 0 ]; then
    record raw-in "$rate"
  else
    echo "$contender has lost too much of what it was sent" >&2
  fi
}

packets_in() {
  in_server taskset -c "$server_cpu" "$work/source" -l "$server_outer" -r "$client_outer" -n "$ahead" -s "$mtu" \
    -w "$(snmp_of "$client_sink")" -W "$raw_window" "$@"
}

# --- latency ------------------------------------------------------------------------------------------------------

# Median and 99th percentile of the round trips, in microseconds, after as many that do not count: what only passed bulk
# before has to get used to single packets.
ping_through() {
  load_in_client ping -q -n -i 0.002 -c "$pings" "$server_inner" > /dev/null
  load_in_client ping -n -i 0.002 -c "$pings" "$server_inner" | sed -n 's/.*time=\([0-9.]*\) ms/\1/p' | sort -g |
    awk -v name="$1" '{ t[NR] = $1 * 1000 }
      END { if (NR) printf "%s-p50 %.1f\n%s-p99 %.1f\n", name, t[int((NR + 1) / 2)], name, t[int(NR * 0.99 + 0.5)] }' |
    while read -r measure value; do record "$measure" "$value"; done
}

measure_latency() {
  ping_through rtt-idle
  [ -n "${half_rate:-}" ] || return 0
  launch "$client_ns" "$load_cpus" "$work/flood" -r "$half_rate" "$server_inner" "$port" "$((mtu - 28))" 600 > /dev/null
  sleep 0.3
  ping_through rtt-half
  kill "$started"
}

# --- the first seconds --------------------------------------------------------------------------------------------

# What a tunnel carries whose client has just been started, up and, with another new client, down.
measure_first() {
  local direction
  case $contender in ours17 | ours25 | c) ;; *) return 0 ;; esac
  for direction in up down; do
    if start_cold; then
      first_seconds "$direction"
    else
      echo "$contender did not come up for its first seconds:" >&2
      tail -n 3 "$logs"/{client,server}.log >&2
      take_down
    fi
  done
  take_down
}

# The client is what users start, so it alone is cold. Our server has already carried another client's traffic, and is idle
# again; otherwise it would be compiling at the same time, and the figures would tell of the slower of the two. The C program
# has nothing to compile, and its server counts packets from its start on, so both its ends are new.
start_cold() {
  local jdk=${contender#ours}
  if [[ $contender != ours* ]]; then
    take_down
    "start_$contender" && start_iperf
    return
  fi
  if [ -z "$server_pid" ]; then
    "start_$contender" && start_iperf && both_ways "$warm_up_seconds" 1 && settle || return 1
  fi
  stop "$client_pid"
  our_client "$jdk" --mppe-mode stateless && await_tunnel
}

# first_seconds up|down: the rate of each of ten seconds, and the mean of five after twenty. It is the receiver's: what the sender
# has written may still be in its socket's buffer, which grows by megabytes in these very seconds, and counts as sent in the
# first of them. Up, the receiver is the server, whose lines come with --get-server-output; lines of a sender have more fields.
first_seconds() {
  local ns name=first- down=''
  [ "$1" = up ] || name=first-down- down=yes
  # What the kernel remembers of the other client's connections, such as how far to open the window, a new tunnel does not have.
  for ns in "$client_ns" "$server_ns"; do ip -n "$ns" tcp_metrics flush > /dev/null; done
  # A second longer than is needed, so that the last one that counts is whole.
  load_in_client timeout 46 iperf3 -f k -i 1 -c "$server_inner" -t 26 --get-server-output ${down:+-R} \
    < /dev/null 2> /dev/null |
    awk -v contender="$contender" 'NF == 8 && $8 == "Kbits/sec" { rate[int($3 + 1.5)] = $7 / 1000 }
      END {
        if (!(25 in rate)) {
          print "no TCP through " contender " for as long as that" > "/dev/stderr"
          exit
        }
        for (i = 1; i <= 10; i++) if (i in rate) printf "%d %.1f\n", i, rate[i]
        for (i = 21; i <= 25; i++) later += rate[i] / 5
        printf "20 %.1f\n", later
      }' |
    while read -r second rate; do record "$name$second" "$rate"; done
}

# --- all of it ----------------------------------------------------------------------------------------------------

wanted() { [[ ,$measures, == *,$1,* ]]; }

# What is known of each contender while another one is measured, as commands that set it again.
declare -A kept=()

keep() {
  kept[$contender]=$(declare -p client_ns server_ns logs pids client_pid server_pid device client_inner server_inner \
    half_rate client_sink server_sink | sed 's/^declare/declare -g/')
}

choose() { contender=$1 && eval "${kept[$1]}"; }

# make_room CONTENDER: its own namespaces, so that all can be up at the same time.
make_room() {
  contender=$1 client_ns=jpptp-bench-$$-$1-c server_ns=jpptp-bench-$$-$1-s logs=$work/$1 pids=()
  client_pid='' server_pid='' device='' client_inner=10.88.0.2 server_inner=10.88.0.1 half_rate='' client_sink='' server_sink=''
  keep
  mkdir "$logs"
  network_up
}

# each COMMAND...: of every contender that is up, one after the other.
each() {
  for contender in "${up[@]}"; do
    choose "$contender"
    "$@"
    keep
  done
}

# stateless COMMAND...: for what is measured of stateless encryption only; fails otherwise.
stateless() { [[ $contender != *_stateful ]] && "$@"; }

bring_up() {
  rm -f "$logs"/{server,client}.log
  if "start_$contender"; then
    start_iperf
    start_sinks
    warm_up
    up+=("$contender")
  else
    echo "$contender did not come up:" >&2
    tail -n 3 "$logs"/{client,server}.log >&2
  fi
  keep
}

take_down() {
  stop_all
  [ "${device:-wire}" = wire ] || in_client ip link del "$device" 2> /dev/null
  client_pid='' server_pid='' device='' half_rate=''
  keep
}

measure_raw() {
  [ -n "$server_pid" ] || return 0
  measure_raw_out
  stop_all
  case $contender in ours17 | ours25 | c | c_forms) measure_raw_in ;; esac
}

# measure ALTERNATION CONTENDER...: in this order.
measure() {
  alternation=$1
  shift
  if wanted tcp || wanted small || wanted raw || wanted latency; then measure_by_turns "$@"; fi
  if wanted first; then
    # One by one, and nothing else is up meanwhile.
    for contender; do choose "$contender" && measure_first; done
  fi
}

# measure_by_turns CONTENDER...: brings all of them up, and lets them take turns, in this order, `rounds` times.
measure_by_turns() {
  local round
  up=()
  for contender; do choose "$contender" && bring_up; done
  for ((round = 1; round <= rounds; round++)); do
    if wanted tcp || wanted latency; then each measure_tcp 1; fi
    if wanted tcp; then each stateless measure_tcp 8; fi
    if wanted small; then each stateless measure_small; fi
  done
  if wanted latency; then each stateless measure_latency; fi
  if wanted raw; then each stateless measure_raw; fi
  for contender; do choose "$contender" && take_down; done
}
