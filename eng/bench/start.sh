#!/usr/bin/env bash
# Measures a start on an existing SQLite folder: from the command to a ready server, as `dotnet run --no-build` (a Debug build, as who
# clones the repository runs it) and as the published program. Medians: wall seconds, processor seconds of the web process until it was
# ready and of `dotnet run` before it, and MB in memory when it is ready and 4 s later (all, and what is not mapped from files). Needs curl.
#   eng/bench/start.sh [starts of each, default 5] [what: run, published, or both; default both]
set -euo pipefail
cd "$(dirname "$0")/../.."
. eng/bench/servers.sh
starts=${1:-5} what=${2:-both}
ticks=$(getconf CLK_TCK)

cpu() { awk -v ticks="$ticks" '{ sub(/.*\) /, ""); printf "%.2f", ($12 + $13) / ticks }' "/proc/$1/stat"; }
memory() { awk '/^VmRSS/ { all = $2 } /^RssAnon/ { own = $2 } END { printf "%.0f %.0f", all / 1024, own / 1024 }' "/proc/$1/status"; }
now() { date +%s.%N; }

# one COMMAND…: one start; appends a line of figures to $work/figures.
one() {
  local port began ready web launcher=0
  port=$(free_port)
  began=$(now)
  env ASPNETCORE_URLS="http://127.0.0.1:$port" Data__Directory="$work/data" "$@" >"$work/start.log" 2>&1 & app=$!; pids+=("$app")
  until curl -fs -o /dev/null "http://127.0.0.1:$port/health/ready"; do
    kill -0 "$app" 2>/dev/null || { cat "$work/start.log" >&2; exit 1; }
    read -rt 0.02 <> <(:) || true
  done
  ready=$(now)
  web=$(pgrep -P "$app" -x ExEngine.Web || echo "$app")
  [ "$web" = "$app" ] || launcher=$(cpu "$app")
  local used; used=$(cpu "$web"); local at_ready; at_ready=$(memory "$web")
  read -rt 4 <> <(:) || true
  echo "$(awk -v a="$began" -v b="$ready" 'BEGIN { printf "%.2f", b - a }') $used $launcher $at_ready $(memory "$web")" >>"$work/figures"
  kill "$web"; wait "$app" 2>/dev/null || true
}
median() { awk -v column="$1" '{ print $column }' "$work/figures" | sort -n | awk '{ v[NR] = $1 } END { print (NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2) }'; }
row() {
  local name=$1; shift
  one "$@" # makes the database, and the files are in the page cache
  : >"$work/figures"
  for _ in $(seq "$starts"); do one "$@"; done
  printf '%-24s %3s %8s %8s %10s %10s %10s %10s %10s\n' "$name" "$starts" $(for column in 1 2 3 4 5 6 7; do median "$column"; done)
}

echo "$(nproc) cores, .NET $(dotnet --version), load $(cut -d' ' -f1 /proc/loadavg)"
printf '%-24s %3s %8s %8s %10s %10s %10s %10s %10s\n' start n 'wall s' 'CPU s' 'launcher s' 'MB ready' '(own)' 'MB +4 s' '(own)'
if [ "$what" != published ]; then
  dotnet build ExEngine.Web -v q -nologo >&2
  row 'dotnet run --no-build' dotnet run --no-build --no-launch-profile --project ExEngine.Web
fi
if [ "$what" != run ]; then
  dotnet publish ExEngine.Web -c Release -v q -nologo -o "$work/published" >&2
  row published env --chdir="$work/published" ./ExEngine.Web
fi
