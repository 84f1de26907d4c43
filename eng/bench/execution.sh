#!/usr/bin/env bash
# Measures how long an alert takes to be an order at the exchange: from the POST of a signed webhook to the arrival of the order at the
# fake exchange, on SQLite and on PostgreSQL, beside a bare CCXT script that places the same orders. Four accounts, ten symbols each.
# Needs PostgreSQL and node; starts and stops servers of its own on loopback.
#   eng/bench/execution.sh [seconds per run, default 20]
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-20}
work=$(mktemp -d)
pids=()
cleanup() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap cleanup EXIT
free_port() { node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'; }
wait_for() {
  until "${@:2}" >/dev/null 2>&1; do
    kill -0 "$1" 2>/dev/null || { cat "$work"/*.log >&2; exit 1; }
    read -rt 0.2 <> <(:) || true
  done
}

dotnet build ExEngine.Tests -c Release -v q -nologo >&2

port=$(free_port); exchange="http://127.0.0.1:$port"
dotnet ExEngine.Tests/bin/Release/net10.0/ExEngine.Tests.dll fake-exchange --port "$port" >"$work/exchange.log" 2>&1 & pids+=($!)
wait_for $! curl -fs "$exchange/api/v3/time"

# PostgreSQL refuses to run as root.
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
as_postgres=(); [ "$(id -u)" -ne 0 ] || { as_postgres=(setpriv --reuid=postgres --regid=postgres --clear-groups); chmod 711 "$work"; }
mkdir "$work/pg"; [ "$(id -u)" -ne 0 ] || chown postgres "$work/pg"
pg_port=$(free_port)
"${as_postgres[@]}" "$bin/initdb" -D "$work/pg/data" -U postgres -A trust -E UTF8 --locale=C >/dev/null
"${as_postgres[@]}" "$bin/postgres" -D "$work/pg/data" -p "$pg_port" -k "$work/pg" -c listen_addresses=127.0.0.1 >"$work/pg.log" 2>&1 & pids+=($!)
wait_for $! "$bin/pg_isready" -q -h 127.0.0.1 -p "$pg_port"
"$bin/createdb" -h 127.0.0.1 -p "$pg_port" -U postgres exengine

# start NAME [SETTING…]: runs the product; sets $app and $url.
start() {
  local name=$1; shift
  local app_port; app_port=$(free_port); url="http://127.0.0.1:$app_port"
  env ASPNETCORE_URLS="$url" Data__Directory="$work/$name" Exchanges__binance__BaseUrl="$exchange" RateLimits__Webhook__Permits=10000 \
    RateLimits__Webhook__WindowSeconds=1 RateLimits__Auth__PermitsPerIp=1000 "$@" \
    dotnet ExEngine.Web/bin/Release/net10.0/ExEngine.Web.dll --contentRoot "$PWD/ExEngine.Web" >"$work/$name.log" 2>&1 & app=$!; pids+=("$app")
  wait_for "$app" curl -fs "$url/health/ready"
}
stop() { kill "$app"; wait "$app" 2>/dev/null || true; }
row() {
  local name=$1 rate=$2 p50 p99 orders
  read -r p50 p99 orders <<<"$(node eng/bench/execution.mjs "${@:3}" "$rate" "$seconds")"
  printf '%-28s %9s %9s %9s %8s\n' "$name" "$rate" "$p50" "$p99" "$orders"
}

echo "$(nproc) cores, .NET $(dotnet --version), node $(node --version), PostgreSQL $("$bin/postgres" -V | awk '{print $3}'), $seconds s per run, load $(cut -d' ' -f1 /proc/loadavg)"
printf '%-28s %9s %9s %9s %8s\n' 'POST to order at exchange' signals/s 'p50 ms' 'p99 ms' orders
gateway=ExEngine.Core/Exchanges/Ccxt/gateway
for rate in 1 50; do row 'bare CCXT' "$rate" bare "$exchange" "$PWD/$gateway"; done
start sqlite
for rate in 1 50; do row SQLite "$rate" app "$exchange" "$url"; done
stop
start postgres ConnectionStrings__Postgres="Host=127.0.0.1;Port=$pg_port;Username=postgres;Database=exengine"
for rate in 1 50; do row PostgreSQL "$rate" app "$exchange" "$url"; done
stop
