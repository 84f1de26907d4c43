#!/usr/bin/env bash
# Measures whether resting orders slow an account down: orders that rest on one paper account, and an alert among them, on SQLite and on
# PostgreSQL. The figures of 10, 100 and 1,200 are to be alike. Needs PostgreSQL and node; starts and stops servers of its own on loopback.
#   eng/bench/resting.sh [alerts per run, default 100]
set -euo pipefail
cd "$(dirname "$0")/../.."
alerts=${1:-100}
. eng/bench/servers.sh

dotnet build ExEngine.Web -c Release -v q -nologo >&2
start_postgres

# start NAME [SETTING…]: runs the product; sets $app and $url.
start() {
  local name=$1; shift
  local app_port; app_port=$(free_port); url="http://127.0.0.1:$app_port"
  env ASPNETCORE_URLS="$url" Data__Directory="$work/$name" RateLimits__Auth__PermitsPerIp=1000 "$@" \
    dotnet ExEngine.Web/bin/Release/net10.0/ExEngine.Web.dll --contentRoot "$PWD/ExEngine.Web" >"$work/$name.log" 2>&1 &
  app=$!; pids+=("$app")
  wait_for "$app" curl -fs "$url/health/ready"
}

echo "$(nproc) cores, .NET $(dotnet --version), load $(cut -d' ' -f1 /proc/loadavg)"
printf '%-12s %8s %18s %10s %10s\n' database resting 'ms per resting' 'p50 ms' 'p99 ms'
for database in sqlite postgres; do
  [ "$database" = sqlite ] && start sqlite || start postgres ConnectionStrings__Postgres="$postgres"
  node eng/bench/resting.mjs "$url" 1 20 >/dev/null # warm
  for count in 10 100 1200; do
    read -r each p50 p99 <<<"$(node eng/bench/resting.mjs "$url" "$count" "$alerts")"
    printf '%-12s %8s %18s %10s %10s\n' "$database" "$count" "$each" "$p50" "$p99"
  done
  stop
done
