#!/usr/bin/env bash
# A local exchange to try things on: it speaks Binance spot's HTTP, its prices walk, and its money is worth nothing.
#   eng/sandbox.sh [port, default 5099] [--ledger file]
# It prints an API key, a secret, and the setting that sends Execution Engine there instead of to Binance.
set -euo pipefail
cd "$(dirname "$0")/.."
exec dotnet run --project ExEngine.Tests -v q -- fake-exchange --sandbox --port "${1:-5099}" "${@:2}"
