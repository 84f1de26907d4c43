#!/usr/bin/env bash
# Measures how long an alert takes to become a row that a reader sees: alerts at a steady rate, several browsers with the list of signals
# open, each counted from the first byte sent to the row in its document. Prints p50 and p95, and what the server's processor was busy
# with. Needs node and chromium; starts and stops a server and a browser of its own on loopback.
#   eng/bench/pages.sh [alerts a second, default 100] [browsers, default 5] [seconds, default 20] [assembly, default this tree's Release build]
set -euo pipefail
cd "$(dirname "$0")/../.."
source eng/bench/servers.sh
web=${4:-}
[ -n "$web" ] || { dotnet build ExEngine.Web -c Release -v q -nologo >&2; web=ExEngine.Web/bin/Release/net10.0/ExEngine.Web.dll; }
port=$(free_port)
env ASPNETCORE_URLS="http://127.0.0.1:$port" Data__Directory="$work/data" RateLimits__Webhook__Permits=10000 \
  RateLimits__Webhook__WindowSeconds=1 Users__Registration=Open \
  dotnet "$web" --contentRoot "$PWD/ExEngine.Web" >"$work/app.log" 2>&1 & app=$!; pids+=("$app")
wait_for "$app" curl -fs -o /dev/null "http://127.0.0.1:$port/health/ready"
chromium --headless=new --no-sandbox --disable-gpu --disable-background-networking --no-first-run --disable-sync \
  --disable-component-update --disable-backgrounding-occluded-windows --disable-renderer-backgrounding --remote-debugging-port=0 \
  --user-data-dir="$work/browser" about:blank >"$work/browser.log" 2>&1 & browser=$!; pids+=("$browser")
wait_for "$browser" test -s "$work/browser/DevToolsActivePort"
node --experimental-websocket eng/bench/pages.mjs "http://127.0.0.1:$port" "$(head -1 "$work/browser/DevToolsActivePort")" "${1:-100}" "${2:-5}" "${3:-20}" "$app"
