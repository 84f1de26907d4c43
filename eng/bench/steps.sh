#!/usr/bin/env bash
# Measures the steps of an alert one by one, on one thread: µs and allocated bytes of each; a stored row in commits of 1, 16 and 64, on
# SQLite and PostgreSQL, with the flush to disk; and the whole path without HTTP, with 1 and with 128 senders. Needs PostgreSQL; starts and
# stops a server of its own.
#   eng/bench/steps.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
dotnet build ExEngine.Tests -c Release -v q -nologo >&2
echo "$(nproc) cores, .NET $(dotnet --version), load $(cut -d' ' -f1 /proc/loadavg)"
dotnet ExEngine.Tests/bin/Release/net10.0/ExEngine.Tests.dll intake-steps | grep -vE '^[0-9:.]+ (INF|WRN|ERR)|^ +at '
