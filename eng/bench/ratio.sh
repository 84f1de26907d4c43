#!/usr/bin/env bash
# Measures the intake against pgbench doing one committed insert of the same row, in interleaved rounds of one run, so that what else the
# machine does hits both alike; prints the medians and the ratios with what they are to be. Needs PostgreSQL, redis-server, wrk and node.
#   eng/bench/ratio.sh [seconds per run, default 5] [rounds, default 5] [assembly, default this tree's Release build]
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-5} rounds=${2:-5} web=${3:-}
[ -n "$web" ] || { dotnet build ExEngine.Web -c Release -v q -nologo >&2; web=ExEngine.Web/bin/Release/net10.0/ExEngine.Web.dll; }
. eng/bench/servers.sh
. eng/bench/alerts.sh
start_postgres
start_redis

# One product for each database; their doors and addresses are kept beside each other.
start_app postgres "$web" ConnectionStrings__Postgres="$postgres" ConnectionStrings__Redis="127.0.0.1:$redis_port"
cp "$work/doors" "$work/doors.postgres"; hook_postgres=$hook
start_app sqlite "$web"
cp "$work/doors" "$work/doors.sqlite"; hook_sqlite=$hook

# alerts DATABASE CONNECTIONS: one run; prints requests/s, p50, p99.
alerts() {
  cp "$work/doors.$1" "$work/doors"
  local at="hook_$1"; hook=${!at}
  run=$((run + 1)); prepare "$2"
  local rate p50 p99 refused rest; read -r rate p50 p99 refused rest <<<"$(send "$2")"
  [ "$refused" = 0 ] || echo "$1: $refused not 202" >&2
  echo "$rate $p50 $p99"
}

# floor CLIENTS: the same for pgbench, whose log has every transaction (third field: µs).
floor() {
  local rate
  rate=$(cd "$work" && rm -f pgb.* && "$bin/pgbench" -h 127.0.0.1 -p "$pg_port" -U postgres -n -M prepared -f insert.sql -c "$1" \
    -j "$(($1 < 2 ? 1 : 2))" -T "$seconds" -l --log-prefix="$work/pgb" exengine 2>/dev/null | sed -n 's/^tps = \([0-9.]*\).*/\1/p')
  cat "$work"/pgb.* | awk '{ print $3 / 1000 }' | sort -n | awk -v rate="$rate" '{ v[NR] = $1 } END { printf "%.0f %.2f %.2f\n", rate, v[int((NR + 1) / 2)], v[int(NR * 0.99)] }'
}

for database in postgres sqlite; do for connections in 128 16 128; do alerts "$database" "$connections" >/dev/null; done; done
cat >"$work/insert.sql" <<'SQL'
\set n random(1, 2000000000)
INSERT INTO signals (id, user_id, webhook_id, account_id, received_at, batch_id, dedupe_key, status, preset, symbol, action, size,
  payload, detail, source_ip, request_id)
SELECT gen_random_uuid(), user_id, webhook_id, account_id, now(), batch_id, 'id:' || :n || random(), status, preset, symbol, action, size,
  payload, detail, source_ip, request_id FROM sample
SQL
"$bin/psql" -h 127.0.0.1 -p "$pg_port" -U postgres -qc 'create table sample as select * from signals limit 1' exengine

for _ in $(seq "$rounds"); do
  floor 64 >>"$work/r.floor64"; alerts postgres 128 >>"$work/r.postgres128"; alerts sqlite 128 >>"$work/r.sqlite128"
  floor 1 >>"$work/r.floor1"; alerts postgres 1 >>"$work/r.postgres1"; alerts sqlite 1 >>"$work/r.sqlite1"
done

echo "$(nproc) cores, .NET $(dotnet --version), PostgreSQL $("$bin/postgres" -V | awk '{print $3}'), medians of $rounds rounds of $seconds s,"\
  "load $(cut -d' ' -f1 /proc/loadavg)"
printf '%-34s %10s %9s %9s\n' target req/s 'p50 ms' 'p99 ms'
for target in 'floor64:pgbench, 64 clients' 'postgres128:PostgreSQL + Redis, 128' 'sqlite128:SQLite, 128' \
  'floor1:pgbench, 1 client' 'postgres1:PostgreSQL + Redis, 1' 'sqlite1:SQLite, 1'; do
  file="$work/r.${target%%:*}"
  printf '%-34s %10s %9s %9s\n' "${target#*:}" "$(median "$file" 1)" "$(median "$file" 2)" "$(median "$file" 3)"
done
over() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
echo "PostgreSQL + Redis to pgbench, 128 connections: $(over "$(median "$work/r.postgres128" 1)" "$(median "$work/r.floor64" 1)") (aim 1.8 or more)"
echo "SQLite to PostgreSQL + Redis: $(over "$(median "$work/r.sqlite128" 1)" "$(median "$work/r.postgres128" 1)") (aim 0.9 or more)"
echo "One connection, p50: $(median "$work/r.postgres1" 2) ms (aim at most" \
  "$(awk -v f="$(median "$work/r.floor1" 2)" 'BEGIN { printf "%.2f", 1.5 * f + 0.3 }') = 1.5 × pgbench + 0.3)"
