#!/usr/bin/env bash
# Measures the intake: signed alerts through the whole path (HMAC, rate limiter, parser, precision, durable commit) on
# PostgreSQL + Redis and on the embedded SQLite, beside its floors: the same endpoint without a database, and pgbench doing
# the same single-row insert. Needs PostgreSQL, redis-server, wrk and node; starts and stops servers of its own on loopback.
#   eng/bench/intake.sh [seconds per run, default 5]
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-5}
. eng/bench/servers.sh
. eng/bench/alerts.sh

dotnet build eng/bench/floor -c Release -v q -nologo >&2

start_postgres
start_redis

# load CONNECTIONS: one run of fresh alerts; prints the figures of send.
load() { prepare "$1"; send "$1"; }
row() {
  local name=$1 connections=$2 result
  run=$((run + 1))
  result=$(load "$connections")
  read -r rate p50 p99 refused again _ <<<"$result"
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
start_app postgres "$web" ConnectionStrings__Postgres="$postgres" ConnectionStrings__Redis="127.0.0.1:$redis_port"
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

start_app sqlite "$web"
measure 'SQLite, full path'
stop
start_app floor eng/bench/floor/bin/Release/net10.0/ExEngine.Floor.dll
measure 'the same endpoint, no database'
stop
