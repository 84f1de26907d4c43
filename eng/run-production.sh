#!/usr/bin/env bash
# Runs the product as docker-compose.yml does, from system packages: PostgreSQL, Redis with its append-only file, and the
# published web application.   eng/run-production.sh [data directory] [port]
# Data, logs and the sealing certificate stay in the data directory (default: data/production); Ctrl+C stops all three.
set -euo pipefail
cd "$(dirname "$0")/.."
data=$(realpath -m "${1:-data/production}")
port=${2:-5080}
mkdir -p "$data"
chmod 711 "$data"

find_postgres() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }
bin=$(find_postgres)
[ -n "$bin" ] || { echo "PostgreSQL is not installed: apt-get install postgresql" >&2; exit 1; }
for tool in redis-server openssl dotnet; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed." >&2; exit 1; }
done

# PostgreSQL refuses to run as root.
as_postgres=()
[ "$(id -u)" != 0 ] || as_postgres=(setpriv --reuid=postgres --regid=postgres --clear-groups --)
free_port() {
  python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])' 2>/dev/null \
    || shuf -i 20000-60000 -n 1
}

secret() { # made once, readable by this user alone
  [ -s "$data/$1" ] || (umask 077; openssl rand -hex 24 > "$data/$1")
  cat "$data/$1"
}
postgres_password=$(secret postgres.password)
redis_password=$(secret redis.password)
certificate_password=$(secret certificate.password)
if [ ! -s "$data/key-ring.p12" ]; then
  (umask 077
   openssl req -x509 -newkey rsa:3072 -nodes -days 36500 -subj "/CN=Execution Engine key ring" \
     -keyout "$data/key-ring.key" -out "$data/key-ring.crt" 2>/dev/null
   openssl pkcs12 -export -inkey "$data/key-ring.key" -in "$data/key-ring.crt" -out "$data/key-ring.p12" \
     -passout "pass:$certificate_password"
   rm "$data/key-ring.key" "$data/key-ring.crt")
fi

pids=()
stop() {
  trap - EXIT INT TERM
  echo "Stopping."
  # The application first, so that it can finish its work; PostgreSQL last.
  for ((i = ${#pids[@]} - 1; i >= 0; i--)); do
    kill -TERM "${pids[i]}" 2>/dev/null || true
    wait "${pids[i]}" 2>/dev/null || true
  done
}
trap stop EXIT
trap 'exit 0' INT TERM

# Each server in a session of its own: Ctrl+C reaches this script alone, which stops them in order.
if [ ! -d "$data/postgres" ]; then
  install -d -m 700 ${as_postgres:+-o postgres -g postgres} "$data/postgres"
  (umask 077; printf '%s' "$postgres_password" > "$data/.pw"); [ ${#as_postgres[@]} = 0 ] || chown postgres "$data/.pw"
  "${as_postgres[@]}" "$bin/initdb" -D "$data/postgres" -U exengine -A scram-sha-256 --pwfile="$data/.pw" -E UTF8 --locale=C >/dev/null
  rm -f "$data/.pw"
fi
postgres_port=$(free_port)
setsid "${as_postgres[@]}" "$bin/postgres" -D "$data/postgres" -p "$postgres_port" -c listen_addresses=127.0.0.1 \
  -c unix_socket_directories= >> "$data/postgres.log" 2>&1 &
pids+=($!)

redis_port=$(free_port)
mkdir -p "$data/redis"
(umask 077; cat > "$data/redis.conf" <<CONF
bind 127.0.0.1
port $redis_port
dir $data/redis
appendonly yes
appendfsync everysec
requirepass $redis_password
CONF
)
setsid redis-server "$data/redis.conf" >> "$data/redis.log" 2>&1 &
pids+=($!)

echo "Publishing."
dotnet publish ExEngine.Web -c Release -v q --nologo -o artifacts/production

for _ in $(seq 150); do "$bin/pg_isready" -q -h 127.0.0.1 -p "$postgres_port" && break; sleep 0.2; done
PGPASSWORD=$postgres_password "$bin/psql" -qtA -h 127.0.0.1 -p "$postgres_port" -U exengine -d postgres \
  -c "SELECT 1 FROM pg_database WHERE datname = 'exengine'" | grep -q 1 ||
  PGPASSWORD=$postgres_password "$bin/createdb" -h 127.0.0.1 -p "$postgres_port" -U exengine exengine

export ASPNETCORE_ENVIRONMENT=Production ASPNETCORE_URLS="http://localhost:$port" Data__Directory="$data/web"
export ConnectionStrings__Postgres="Host=127.0.0.1;Port=$postgres_port;Database=exengine;Username=exengine;Password=$postgres_password"
export ConnectionStrings__Redis="127.0.0.1:$redis_port,password=$redis_password"
export DataProtection__CertificatePath="$data/key-ring.p12" DataProtection__CertificatePassword="$certificate_password"
cd artifacts/production
setsid dotnet ExEngine.Web.dll &
pids+=($!)
echo "Execution Engine: http://localhost:$port   (data in $data; Ctrl+C stops it)"
wait "${pids[2]}"
