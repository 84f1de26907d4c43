#!/usr/bin/env bash
# Sends signed alerts with mistakes, and a fifth as many requests of any kind, at the real process; fails at an answer of 500, or when memory
# follows the count. Prints what was sent and the memory.   eng/fuzz.sh [alerts, default 100000]
set -euo pipefail
cd "$(dirname "$0")/.."
export EXENGINE_FUZZ=${1:-100000}
dotnet build ExEngine.Tests -v q -nologo >&2
dotnet test ExEngine.Tests --no-build --filter FullyQualifiedName~FuzzFloodTests --logger 'console;verbosity=detailed' \
  | grep -E ' sent; |Passed|Failed|[0-9]+: |should'
exit "${PIPESTATUS[0]}"
