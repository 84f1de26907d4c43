#!/usr/bin/env bash
# Measures bots on paper in one process: as many grid as DCA bots, on 20 symbols of a fake exchange that all move every second. Prints how
# long it is from a price that is heard, or a trade, to the stored order of the bot that acts on it, CPU in percent of one core, and memory.
# Making and starting 500 bots takes about a minute; the aim is 1,000 of each kind.
# Once each second a few bots act; then every bot acts on one tick. Needs node; starts and stops servers of its own on loopback.
#   eng/bench/bots.sh [seconds, default 30] [bots of each kind..., default 50]
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-30}
shift || true
[ $# -gt 0 ] || set -- 50

dotnet build ExEngine.Tests -c Release -v q -nologo >&2
echo "$(nproc) cores, .NET $(dotnet --version), $seconds s per run, load $(cut -d' ' -f1 /proc/loadavg)"
printf '%6s %-14s %8s %9s %9s %7s %8s\n' bots 'prices move' orders 'p50 ms' 'p99 ms' 'CPU %' 'RSS MB'
for each in "$@"; do
  dotnet ExEngine.Tests/bin/Release/net10.0/ExEngine.Tests.dll bot-bench "$each" "$seconds" | grep -vE '^[0-9:.]+ (INF|WRN|ERR)|^ +at '
done
