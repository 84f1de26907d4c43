#!/usr/bin/env bash
# Builds and tests everything, and fails when anything fails or is skipped:   ./test.sh
# Installs what the tests need with apt when it is missing (Debian or Ubuntu, as root or with sudo).
# Some of the tests only:   ./test.sh 'FullyQualifiedName~Webhooks'
set -euo pipefail
cd "$(dirname "$0")"
export EXENGINE_REQUIRE_ALL=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
filter=${1:-}
results=artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

step() { printf '\n== %s\n' "$*"; }

needed=()
need() { command -v "$1" >/dev/null || needed+=("${@:2}"); }
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need initdb postgresql
need redis-server redis-server
need chromium chromium
need node nodejs npm
need setpriv util-linux
if [ ${#needed[@]} -gt 0 ]; then
  step "Installing ${needed[*]}"
  root=()
  [ "$(id -u)" = 0 ] || root=(sudo)
  "${root[@]}" apt-get update -q
  # The tests start servers of their own; the packages' services are not wanted.
  printf '#!/bin/sh\nexit 101\n' > /tmp/policy-rc.d.$$
  made=
  [ -e /usr/sbin/policy-rc.d ] || { "${root[@]}" install -m 755 /tmp/policy-rc.d.$$ /usr/sbin/policy-rc.d; made=1; }
  DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -qy --no-install-recommends "${needed[@]}"
  [ -z "$made" ] || "${root[@]}" rm -f /usr/sbin/policy-rc.d
  rm -f /tmp/policy-rc.d.$$
fi

step "Restoring"
dotnet tool restore
dotnet restore
# The build does this too; here it is an error when it cannot.
(
  cd ExEngine.Core/Exchanges/Ccxt/gateway
  [ node_modules/.installed -nt package-lock.json ] \
    || { npm ci --omit=dev --ignore-scripts --no-audit --no-fund && touch node_modules/.installed; }
)

step "Building"
dotnet build --no-restore -v q

step "Checking the format"
dotnet format --no-restore --verify-no-changes --exclude ExEngine.Core/Data/Migrations

step "Testing"
code=0
dotnet test ExEngine.Tests --no-build -v q --logger "trx;LogFileName=tests.trx" --results-directory "$results" \
  ${filter:+--filter "$filter"} > "$results/console.txt" 2>&1 || code=$?
grep -vE '^ *(at |--->|info:|[0-9:.]+ (INF|WRN))' "$results/console.txt" | tail -n 200 || true

node eng/test-report.mjs "$results/tests.trx" || true
counters=$(grep -o '<Counters [^>]*>' "$results/tests.trx" || true)
count() { printf '%s' "$counters" | sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p"; }
total=$(count total) passed=$(count passed) failed=$(count failed) executed=$(count executed)
total=${total:-0} passed=${passed:-0} failed=${failed:-0} executed=${executed:-0}
skipped=$((total - executed))
[ "$passed" -gt 0 ] && [ "$failed" = 0 ] && [ "$skipped" = 0 ] && [ "$passed" = "$total" ] || code=1
printf '\n%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
exit "$code"
