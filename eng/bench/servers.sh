# What the benchmarks share; sourced by them. Servers of their own on loopback, which stop with the script: a folder ($work), the ids of
# what was started ($pids), free ports, and a PostgreSQL.
work=$(mktemp -d)
pids=()
cleanup() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap cleanup EXIT
free_port() { node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'; }

# wait_for PID COMMAND…: until the command succeeds; ends the script when the process has ended before.
wait_for() {
  until "${@:2}" >/dev/null 2>&1; do
    kill -0 "$1" 2>/dev/null || { cat "$work"/*.log >&2; exit 1; }
    read -rt 0.2 <> <(:) || true
  done
}
stop() { kill "$app"; wait "$app" 2>/dev/null || true; }

# start_postgres [OPTION…]: starts PostgreSQL with an empty database; sets $bin, $pg_port, $postgres_pid and $postgres, its connection string.
start_postgres() {
  bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
  # It refuses to run as root.
  local as_postgres=()
  [ "$(id -u)" -ne 0 ] || { as_postgres=(setpriv --reuid=postgres --regid=postgres --clear-groups); chmod 711 "$work"; }
  mkdir "$work/pg"; [ "$(id -u)" -ne 0 ] || chown postgres "$work/pg"
  pg_port=$(free_port)
  "${as_postgres[@]}" "$bin/initdb" -D "$work/pg/data" -U postgres -A trust -E UTF8 --locale=C >/dev/null
  "${as_postgres[@]}" "$bin/postgres" -D "$work/pg/data" -p "$pg_port" -k "$work/pg" -c listen_addresses=127.0.0.1 "$@" \
    >"$work/pg.log" 2>&1 & postgres_pid=$!; pids+=("$postgres_pid")
  wait_for "$postgres_pid" "$bin/pg_isready" -q -h 127.0.0.1 -p "$pg_port"
  "$bin/createdb" -h 127.0.0.1 -p "$pg_port" -U postgres exengine
  postgres="Host=127.0.0.1;Port=$pg_port;Username=postgres;Database=exengine"
}

# Starts Redis; sets $redis_port and $redis_pid.
start_redis() {
  redis_port=$(free_port)
  redis-server --port "$redis_port" --bind 127.0.0.1 --dir "$work" --appendonly yes >"$work/redis.log" 2>&1 & redis_pid=$!; pids+=("$redis_pid")
}
