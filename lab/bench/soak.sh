# Sourced by `run`: ours under load for a long time. Tells what it does with memory.

soak_sample=10

heap_used() {
  "$1/bin/jcmd" "$client_pid" GC.heap_info | grep -oE 'used [0-9]+K' | awk '{ used += $2 } NR == 2 { print used; exit }'
}

collections() { grep -cE 'Pause (Young|Full)' "$work/gc.log"; }

packets() { in_client cat /sys/class/net/wire/statistics/{tx,rx}_packets | awk '{ n += $1 } END { print n }'; }

# soak CONTENDER
soak() {
  local jdk=${1#ours} home begin heap_before packets_before collected_before rss first=''
  [[ $1 == ours* ]] || die "--soak is for ours17 and ours25"
  jdk=${jdk%_stateful}
  home=$(java_home "$jdk")
  export JDK_JAVA_OPTIONS=''
  soaked_client "$1" "$jdk" "$home" || die "the tunnel did not come up: $(tail -n 3 "$logs/client.log")"
  start_iperf
  launch "$client_ns" "$load_cpus" iperf3 -c "$server_inner" -t "$((soak + 30))" --bidir > /dev/null 2>&1
  echo "warming up for 30 s"
  sleep 30
  heap_used "$home" > /dev/null # so that what asking loads is loaded
  collected_before=$(collections) heap_before=$(heap_used "$home") packets_before=$(packets)
  begin=$SECONDS
  echo "seconds  RSS KiB"
  while ((SECONDS - begin < soak)); do
    rss=$(awk '/^VmRSS/ { print $2 }' "/proc/$client_pid/status") || die "the client ended: $(tail -n 3 "$logs/client.log")"
    first=${first:-$rss}
    printf '%7d  %s\n' $((SECONDS - begin)) "$rss"
    sleep "$soak_sample"
  done
  local carried=$(($(packets) - packets_before)) collected=$(($(collections) - collected_before))
  local heap asking
  heap=$(heap_used "$home") asking=$(($(heap_used "$home") - heap)) # asking allocates, too
  heap=$((heap - heap_before - asking))
  echo "packets carried: $carried"
  echo "garbage collections: $collected"
  echo "resident memory: $first KiB at first, $rss KiB at last"
  if ((collected == 0 && carried > 0)); then
    echo "allocated: $heap KiB besides $asking by asking, that is $(calculate "$heap * 1024 / $carried") octets a packet"
  fi
}

# The client with the launcher's options that decide its heap, and with a log of its collections. jcmd finds what it asks there already:
# else it would ask for it by SIGQUIT, which ends a tunnel.
soaked_client() {
  local mode=stateless
  [[ $1 != *_stateful ]] || mode=stateful
  bench_server "$2" "$mode" || return 1
  (umask 077 && echo bench > "$logs/password")
  device=bench0
  # shellcheck disable=SC2046
  on_client "$3/bin/java" $(java_flags "$2") -XX:+UseSerialGC -Xms16m -Xmx128m -XX:InlineSmallCode=500 \
    -XX:+StartAttachListener -Xlog:gc:file="$work/gc.log" \
    -jar "$root/cli/target/jpptp.jar" connect "$server_outer" -u bench --password-file "$logs/password" --interface \
    "$device" --mppe-mode "$mode" > "$logs/client.log" 2>&1
  client_pid=$started
  await_tunnel
}
