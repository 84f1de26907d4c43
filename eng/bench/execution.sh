#!/usr/bin/env bash
# Measures how long an alert takes to be an order at the exchange: from the POST of a signed webhook to the arrival of the order at the
# fake exchange, on SQLite and on PostgreSQL, beside a bare CCXT script that places the same orders. Four accounts, ten symbols each.
# Needs PostgreSQL and node; starts and stops servers of its own on loopback.
#   eng/bench/execution.sh [seconds per run, default 20]
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-20}
. eng/bench/servers.sh

dotnet build ExEngine.Tests -c Release -v q -nologo >&2

port=$(free_port); exchange="http://127.0.0.1:$port"
dotnet ExEngine.Tests/bin/Release/net10.0/ExEngine.Tests.dll fake-exchange --port "$port" >"$work/exchange.log" 2>&1 & pids+=($!)
wait_for $! curl -fs "$exchange/api/v3/time"

start_postgres

# start NAME [SETTING…]: runs the product; sets $app and $url.
start() {
  local name=$1; shift
  local app_port; app_port=$(free_port); url="http://127.0.0.1:$app_port"
  env ASPNETCORE_URLS="$url" Data__Directory="$work/$name" Exchanges__binance__BaseUrl="$exchange" RateLimits__Webhook__Permits=10000 \
    RateLimits__Webhook__WindowSeconds=1 RateLimits__Auth__PermitsPerIp=1000 "$@" \
    dotnet ExEngine.Web/bin/Release/net10.0/ExEngine.Web.dll --contentRoot "$PWD/ExEngine.Web" \
      >"$work/$name.log" 2>&1 &
    app=$!; pids+=("$app")
  wait_for "$app" curl -fs "$url/health/ready"
}
row() {
  local name=$1 rate=$2 p50 p99 orders
  read -r p50 p99 orders <<<"$(node eng/bench/execution.mjs "${@:3}" "$rate" "$seconds")"
  printf '%-28s %9s %9s %9s %8s\n' "$name" "$rate" "$p50" "$p99" "$orders"
}

echo "$(nproc) cores, .NET $(dotnet --version), node $(node --version), PostgreSQL $("$bin/postgres" -V | awk '{print $3}'),"\
  "$seconds s per run, load $(cut -d' ' -f1 /proc/loadavg)"
printf '%-28s %9s %9s %9s %8s\n' 'POST to order at exchange' signals/s 'p50 ms' 'p99 ms' orders
gateway=ExEngine.Core/obj/gateway
for rate in 1 50; do row 'bare CCXT' "$rate" bare "$exchange" "$PWD/$gateway"; done
start sqlite
for rate in 1 50; do row SQLite "$rate" app "$exchange" "$url"; done
stop
start postgres ConnectionStrings__Postgres="$postgres"
for rate in 1 50; do row PostgreSQL "$rate" app "$exchange" "$url"; done
stop
