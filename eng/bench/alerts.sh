# What the benchmarks of the intake share; sourced after servers.sh. A product with signed webhooks on it, and alerts for them.
field() { node -pe "JSON.parse(require('fs').readFileSync(0,'utf8')).$1"; }

# start_app NAME ASSEMBLY [SETTING…]: runs the product, signs up, makes signed webhooks; sets $app and $hook.
start_app() {
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

# Fresh alerts for one run of $seconds ($run is part of their ids).
run=0
prepare() {
  count=$((seconds * 40000)); [ "$1" -gt 1 ] || count=$((seconds * 10000))
  node eng/bench/sign.mjs "$work/doors" "$run" "$count" >"$work/alerts"
}

# send CONNECTIONS: sends them; prints requests/s, p50, p99, what was not 202, how often they began anew, and how many were answered.
send() {
  local threads=$(( $1 < 2 ? 1 : 2 ))
  ALERTS="$work/alerts" ALERTS_COUNT=$count ALERTS_THREADS=$threads \
    wrk -t "$threads" -c "$1" -d "${seconds}s" --timeout 10s -s eng/bench/alerts.lua "$hook" | sed -n 's/^RESULT //p'
}
median() { awk -v column="$2" '{ print $column }' "$1" | sort -n | awk '{ v[NR] = $1 } END { print (NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2) }'; }
