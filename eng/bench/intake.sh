#!/usr/bin/env bash
# Measures the intake: signed alerts through the whole path (HMAC, rate limiter, parser, precision, durable commit) on
# PostgreSQL + Redis and on the embedded SQLite, beside its floors: the same endpoint without a database, and pgbench doing
# the same single-row insert. Needs PostgreSQL, redis-server, wrk and node; starts and stops servers of its own on loopback.
#   eng/bench/intake.sh [seconds per run, default 5]
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-5}
. eng/bench/servers.sh
field() { node -pe "JSON.parse(require('fs').readFileSync(0,'utf8')).$1"; }

dotnet build eng/bench/floor -c Release -v q -nologo >&2

start_postgres
redis_port=$(free_port)
redis-server --port "$redis_port" --bind 127.0.0.1 --dir "$work" --appendonly yes >"$work/redis.log" 2>&1 & pids+=($!)

# start NAME ASSEMBLY [SETTING…]: runs the product, signs up, makes signed webhooks; sets $app and $hook.
start() {
  local name=$1 assembly=$2; shift 2
  local port; port=$(free_port)
  local url="http://127.0.0.1:$port"
  env ASPNETCORE_URLS="$url" Data__Directory="$work/$name" RateLimits__Webhook__Permits=10000 RateLimits__Webhook__WindowSeconds=1 \
    "$@" dotnet "$assembly" --contentRoot "$PWD/ExEngine.Web" >"$work/$name.log" 2>&1 & app=$!; pids+=("$app")
  wait_for "$app" curl -fs "$url/health/ready"
  local user='{"email":"bench@example.org","password":"a long pass phrase for the bench"}' json='Content-Type: application/json'
  curl -fsS -H "$json" -d "$user" "$url/api/auth/register" >/dev/null
  local token; token=$(curl -fsS -H "$json" -d "$user" "$url/api/auth/login" | field accessToken)
  local auth="Authorization: Bearer $token"
  local account
  account=$(curl -fsS -H "$json" -H "$auth" -d '{"name":"bench","exchange":"paper","mode":"paper"}' "$url/api/accounts" | field id)
  # Several doors, because the highest rate limit that one can have is below what the product takes.
  : >"$work/doors"
  for n in 1 2 3 4; do
    curl -fsS -H "$json" -H "$auth" "$url/api/webhooks" \
      -d '{"name":"bench '"$n"'","accountId":"'"$account"'","sender":"other","auth":"hmac","preset":"native","execute":false}' >>"$work/doors"
    echo >>"$work/doors"
  done
  hook="$url/"
}

# load CONNECTIONS: one run of fresh alerts ($run is part of their ids); prints requests/s, p50, p99 and what was not 202.
run=0
load() {
  local connections=$1 threads=$(( $1 < 2 ? 1 : 2 ))
  local count=$((seconds * 40000)); [ "$connections" -gt 1 ] || count=$((seconds * 10000))
  node eng/bench/sign.mjs "$work/doors" "$run" "$count" >"$work/alerts"
  ALERTS="$work/alerts" ALERTS_COUNT=$count ALERTS_THREADS=$threads \
    wrk -t "$threads" -c "$connections" -d "${seconds}s" --timeout 10s -s eng/bench/alerts.lua "$hook" | sed -n 's/^RESULT //p'
}
row() {
  local name=$1 connections=$2 result
  run=$((run + 1))
  result=$(load "$connections")
  read -r rate p50 p99 refused again <<<"$result"
  printf '%-34s %5s %10s %9s %9s   %s\n' "$name" "$connections" "$rate" "$p50" "$p99" \
    "$([ "$refused" = 0 ] || echo "$refused not 202")$([ "$again" = 0 ] || echo ' alerts ran out')"
}
measure() {
  local name=$1; local warm=$seconds
  for connections in 16 128; do run=$((run + 1)); seconds=6; load $connections >/dev/null; seconds=$warm; done
  for connections in 1 16 128; do row "$name" "$connections"; done
}

echo "$(nproc) cores, $(. /etc/os-release; echo "$PRETTY_NAME"), .NET $(dotnet --version),"\
  "PostgreSQL $("$bin/postgres" -V | awk '{print $3}'), $seconds s per run"
printf '%-34s %5s %10s %9s %9s\n' target conns req/s 'p50 ms' 'p99 ms'
web=ExEngine.Web/bin/Release/net10.0/ExEngine.Web.dll
start postgres "$web" ConnectionStrings__Postgres="$postgres" ConnectionStrings__Redis="127.0.0.1:$redis_port"
measure 'PostgreSQL + Redis, full path'
stop
sent=$("$bin/psql" -h 127.0.0.1 -p "$pg_port" -U postgres -Atc 'select count(*) from signals' exengine)
echo "rows in signals: $sent"

# The floor of the database: the same row, one insert and one commit each.
cat >"$work/insert.sql" <<'SQL'
\set n random(1, 2000000000)
INSERT INTO signals (id, user_id, webhook_id, account_id, received_at, batch_id, dedupe_key, status, preset, symbol, action, size,
  payload, detail, source_ip, request_id)
SELECT gen_random_uuid(), user_id, webhook_id, account_id, now(), batch_id, 'id:' || :n || random(), status, preset, symbol, action, size,
  payload, detail, source_ip, request_id FROM sample
SQL
"$bin/psql" -h 127.0.0.1 -p "$pg_port" -U postgres -qc 'create table sample as select * from signals limit 1' exengine
for clients in 1 64; do
  # pgbench prints averages only; the log has every transaction (third field: µs).
  out=$(cd "$work" && "$bin/pgbench" -h 127.0.0.1 -p "$pg_port" -U postgres -n -M prepared -f insert.sql \
    -c "$clients" -j "$((clients < 2 ? 1 : 2))" -T "$seconds" -l --log-prefix="$work/pgb$clients" exengine 2>/dev/null)
  cat "$work/pgb$clients".* | awk '{print $3}' | sort -n >"$work/times"
  count=$(wc -l <"$work/times")
  printf '%-34s %5s %10.0f %9.2f %9.2f\n' 'pgbench, one insert per commit' "$clients" "$(sed -n 's/^tps = \([0-9.]*\).*/\1/p' <<<"$out")" \
    "$(sed -n "$(( (count + 1) / 2 ))p" "$work/times" | awk '{print $1/1000}')" \
    "$(sed -n "$(( count * 99 / 100 ))p" "$work/times" | awk '{print $1/1000}')"
done

start sqlite "$web"
measure 'SQLite, full path'
stop
start floor eng/bench/floor/bin/Release/net10.0/ExEngine.Floor.dll
measure 'the same endpoint, no database'
stop
