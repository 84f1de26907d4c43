#!/usr/bin/env bash
# Fails when a package that is shipped has a known hole of high or critical severity:   eng/audit.sh
# NuGet packages are looked at by every restore (NuGetAudit in Directory.Build.props); this looks at them again, and at the gateway's from npm.
# A registry that does not answer such questions is said, and is no failure.
set -euo pipefail
cd "$(dirname "$0")/.."
failed=0

answer=$(npm audit --prefix ExEngine.Core/Exchanges/Ccxt/gateway --omit=dev --package-lock-only --json 2>/dev/null || true)
case "$answer" in
  *'"vulnerabilities"'*)
    if printf '%s' "$answer" | grep -qE '"severity": *"(high|critical)"'; then
      echo "npm: known holes:"
      printf '%s\n' "$answer" | grep -E '"(name|severity|title|url)":'
      failed=1
    else
      echo "npm: nothing of high or critical severity."
    fi
    ;;
  *) echo "npm: the registry answers no audit: $(printf '%s' "$answer" | grep -m1 '"message"' || echo 'nothing was said')" ;;
esac

answer=$(dotnet list ExEngine.sln package --vulnerable --include-transitive 2>&1 || true)
if printf '%s' "$answer" | grep -qE '(High|Critical)'; then
  printf 'NuGet: known holes:\n%s\n' "$answer"
  failed=1
else
  echo "NuGet: nothing of high or critical severity is known to the registry."
fi
exit "$failed"
