#!/usr/bin/env bash
# Measures what strangers who guess passwords cost alerts: p50 and p95 of an alert (SQLite, full path), alone and under parallel wrong
# sign-ins, with the hashing cost as shipped. Needs node; starts and stops a server of its own on loopback.
#   eng/bench/guesses.sh [parallel guesses, default 16] [assembly, default this tree's Release build]
set -euo pipefail
cd "$(dirname "$0")/../.."
web=${2:-}
[ -n "$web" ] || { dotnet build ExEngine.Web -c Release -v q -nologo >&2; web=ExEngine.Web/bin/Release/net10.0/ExEngine.Web.dll; }
work=$(mktemp -d)
port=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
env ASPNETCORE_URLS="http://127.0.0.1:$port" Data__Directory="$work/data" RateLimits__Webhook__Permits=10000 RateLimits__Webhook__WindowSeconds=1 \
  RateLimits__Auth__PermitsPerIp=10000 RateLimits__Auth__PermitsPerAccount=10000 Users__LockoutAfterFailures=100 \
  dotnet "$web" --contentRoot "$PWD/ExEngine.Web" >"$work/log" 2>&1 & app=$!
trap 'kill "$app" 2>/dev/null; wait "$app" 2>/dev/null || true; rm -rf "$work"' EXIT
until curl -fs -o /dev/null "http://127.0.0.1:$port/health/ready"; do kill -0 "$app"; sleep 0.2; done
node eng/bench/guesses.mjs "http://127.0.0.1:$port" "${1:-16}"
