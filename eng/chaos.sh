#!/usr/bin/env bash
# Breaks the engine on purpose, in full, and holds what is left against the fake exchange's ledger. Prints the seed, how many signals
# were accepted, and how many orders were lost or duplicated; fails when there is any. Needs node, and PostgreSQL for its runs.
#   eng/chaos.sh [signals, default 2000] [kills, default 20] [seed, default 1]   kill -9 at seeded moments; SQLite and PostgreSQL
#   eng/chaos.sh --failpoints [times, default 10] [seed] [name...]                the process ends itself at each named point; both
#   eng/chaos.sh --bots [steps, default 500] [kill every, default 25] [seed]     a grid and a DCA bot over random prices; both databases
#   eng/chaos.sh --freeze [rounds, default 30] [seed]                            two instances; one is stopped past its lease, and goes on
#   eng/chaos.sh --matrix [orders, default 20]                                   every fault x executed or not x market or limit
set -euo pipefail
cd "$(dirname "$0")/.."
case ${1:-} in --*) ;; *) set -- --kills "$@" ;; esac
dotnet build ExEngine.Tests -v q -nologo >&2
ExEngine.Tests/bin/Debug/net10.0/ExEngine.Tests chaos "$@" | grep -vE '^[0-9:.]+ (INF|WRN|ERR)|^ +at '
exit "${PIPESTATUS[0]}"
