#!/usr/bin/env bash
# Measures alerts right after a start: p50 and p99 of the first 100 alerts after /health/ready on one connection, beside those of a warm
# server (100 after 20,000), on SQLite. Aims: p50 2 times, p99 4 times the warm figures at most. Needs node.
# WARM=n sends n alerts between (default 20,000).
#   eng/bench/first.sh [starts, default 5] [assembly, default this tree's Release build]
set -euo pipefail
cd "$(dirname "$0")/../.."
starts=${1:-5} web=${2:-}
[ -n "$web" ] || { dotnet build ExEngine.Web -c Release -v q -nologo >&2; web=ExEngine.Web/bin/Release/net10.0/ExEngine.Web.dll; }
. eng/bench/servers.sh
. eng/bench/alerts.sh
for n in $(seq "$starts"); do
  # The doors are of this folder, so they work after the restart.
  [ "$n" -gt 1 ] || { start_app sqlite "$web"; stop; }
  port=$(free_port)
  env ASPNETCORE_URLS="http://127.0.0.1:$port" Data__Directory="$work/sqlite" RateLimits__Webhook__Permits=10000 \
    RateLimits__Webhook__WindowSeconds=1 dotnet "$web" --contentRoot "$PWD/ExEngine.Web" >"$work/first.log" 2>&1 & app=$!; pids+=("$app")
  wait_for "$app" curl -fs "http://127.0.0.1:$port/health/ready"
  node eng/bench/first.mjs "http://127.0.0.1:$port" "$work/doors" "$n" | tee -a "$work/figures"
  stop
done
echo "medians of $starts starts, load $(cut -d' ' -f1 /proc/loadavg): first p50 $(median "$work/figures" 3) p99 $(median "$work/figures" 5)," \
  "warm p50 $(median "$work/figures" 8) p99 $(median "$work/figures" 10) ms"
