# shellcheck shell=sh
# Sourced by `run` and `tunnels`: what results say of the machine.

machine_facts() {
  printf '#fact\tdate\t%s\n' "$(date -u +%F)"
  printf '#fact\tprocessor\t%s, %s cores\n' "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)"
  printf '#fact\tkernel\t%s\n' "$(uname -r)"
}

# What this machine's processors wanted to do, and what its host let others do meanwhile, in ticks.
wanted_and_stolen() { awk '/^cpu / { print $2 + $3 + $4 + $7 + $8 + $9, $9 }' /proc/stat; }

# What others had since wanted_and_stolen said $1.
stolen_fact() {
  printf '%s %s\n' "$1" "$(wanted_and_stolen)" |
    awk '{ printf "#fact\tstolen by the host\t%.1f %% of the processor time\n", 100 * ($4 - $2) / ($3 - $1) }'
}
