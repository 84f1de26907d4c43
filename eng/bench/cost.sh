#!/usr/bin/env bash
# Measures what an alert costs: processor µs of the web process, of PostgreSQL and of Redis per alert, and
# how often each statement ran per alert. Processor time says less about a busy machine than a rate does, but is not free of it: the load
# is printed. Signed alerts on PostgreSQL + Redis, and on SQLite; nobody looks at a page, and the webhook does not trade.
# Needs PostgreSQL with pg_stat_statements, redis-server, wrk and node; starts and stops servers of its own on loopback.
#   eng/bench/cost.sh [seconds per run, default 5] [rounds, default 5] [assembly, default this tree's Release build]
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-5} rounds=${2:-5} web=${3:-}
[ -n "$web" ] || { dotnet build ExEngine.Web -c Release -v q -nologo >&2; web=ExEngine.Web/bin/Release/net10.0/ExEngine.Web.dll; }
. eng/bench/servers.sh
. eng/bench/alerts.sh
start_postgres -c shared_preload_libraries=pg_stat_statements
start_redis
sql() { "$bin/psql" -h 127.0.0.1 -p "$pg_port" -U postgres -Atc "$1" exengine; }
sql 'create extension pg_stat_statements' >/dev/null
ticks=$(getconf CLK_TCK)

# cpu PID…: µs of processor time of these and of their children, the living and those waited for.
cpu() {
  local pid all=()
  for pid in "$@"; do all+=("$pid" $(pgrep -P "$pid" || true)); done
  for pid in "${all[@]}"; do cat "/proc/$pid/stat" 2>/dev/null || true; done |
    awk -v t="$ticks" '{ sub(/.*\) /, ""); s += $12 + $13 } END { printf "%.0f\n", s * 1000000 / t }'
}

# measure NAME CONNECTIONS: medians of the rounds.
measure() {
  local name=$1 connections=$2 n
  : >"$work/rounds"
  for n in $(seq "$rounds"); do
    run=$((run + 1)); prepare "$connections"
    local web0 pg0 redis0; web0=$(cpu "$app"); pg0=$(cpu "$postgres_pid"); redis0=$(cpu "$redis_pid")
    read -r rate p50 p99 refused again taken <<<"$(send "$connections")"
    echo "$rate $p50 $p99 $(awk -v n="$taken" -v w=$(( $(cpu "$app") - web0 )) -v p=$(( $(cpu "$postgres_pid") - pg0 )) \
      -v r=$(( $(cpu "$redis_pid") - redis0 )) 'BEGIN { printf "%.1f %.1f %.1f", w / n, p / n, r / n }')" >>"$work/rounds"
    [ "$refused" = 0 ] || echo "$refused not 202" >&2
  done
  printf '%-24s %5s %9s %8s %8s %9s %9s %9s   load %s\n' "$name" "$connections" $(for c in 1 2 3 4 5 6; do median "$work/rounds" "$c"; done) \
    "$(cut -d' ' -f1 /proc/loadavg)"
}
warm() { run=$((run + 1)); prepare 128; send 128 >/dev/null; run=$((run + 1)); prepare 16; send 16 >/dev/null; }

echo "$(nproc) cores, .NET $(dotnet --version), PostgreSQL $("$bin/postgres" -V | awk '{print $3}'), $rounds rounds of $seconds s"
printf '%-24s %5s %9s %8s %8s %9s %9s %9s\n' path conns req/s 'p50 ms' 'p99 ms' 'web µs' 'PG µs' 'Redis µs'
start_app postgres "$web" ConnectionStrings__Postgres="$postgres" ConnectionStrings__Redis="127.0.0.1:$redis_port"
warm
sql 'select pg_stat_statements_reset()' >/dev/null
before=$(sql 'select count(*) from signals')
for connections in 1 128; do measure 'PostgreSQL + Redis' "$connections"; done
stored=$(( $(sql 'select count(*) from signals') - before ))
echo "statements of $stored alerts: calls per 1,000 alerts, µs of each call, µs per alert"
sql "select round(calls * 1000.0 / $stored, 1), round((mean_exec_time * 1000)::numeric, 1),
  round((total_exec_time * 1000)::numeric / $stored, 1), left(regexp_replace(query, '\s+', ' ', 'g'), 100)
  from pg_stat_statements order by total_exec_time desc limit 8" | column -t -s '|'
stop
start_app sqlite "$web"
warm
for connections in 1 128; do measure SQLite "$connections"; done
stop
