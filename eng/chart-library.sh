#!/usr/bin/env bash
# Fetches the chart library of the pinned version from npm into wwwroot, unchanged, so that a build needs no network for it.
# To upgrade, change the version here and in NOTICE.txt and run this.
set -euo pipefail
version=5.2.1
place="$(cd "$(dirname "$0")/.." && pwd)/ExEngine.Web/wwwroot/lib/lightweight-charts"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent "lightweight-charts@$version" > /dev/null
tar -xzf "lightweight-charts-$version.tgz"
cp package/dist/lightweight-charts.standalone.production.mjs "$place/lightweight-charts.js"
cp package/LICENSE "$place/LICENSE.txt"
