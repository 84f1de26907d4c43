#!/usr/bin/env bash
# Measures backtests: a year of one-minute candles (525,600, a seeded walk) from the cache file and from CSV, a grid of 20 and of 100 intervals
# and a DCA bot, on one path; then a sweep on all cores. Aims: 0.3 s cached, 0.8 s from CSV, 1,000 runs of a sweep in 60 s on two cores.
#   eng/bench/backtest.sh [runs of the sweep, default 100]
set -euo pipefail
cd "$(dirname "$0")/../.."
dotnet build eng/bench/backtest -c Release -v q -nologo >&2
echo "$(nproc) cores, .NET $(dotnet --version), load $(cut -d' ' -f1 /proc/loadavg)"
dotnet eng/bench/backtest/bin/Release/net10.0/ExEngine.BacktestBench.dll "${1:-100}"
