#!/usr/bin/env bash
# Writes Entity Framework's model of both databases as code (ExEngine.Core/Data/Compiled), which a start then need not find out from the
# rows and their configurations. Run it after every change of those; CompiledModelTests fail until it was run:   eng/compiled-model.sh
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet tool restore >/dev/null
out=ExEngine.Core/Data/Compiled
# What is there may name rows that are gone.
rm -rf "$out"
dotnet build ExEngine.Web -v q -nologo -p:RunAnalyzers=false
for database in Sqlite Postgres; do
  dotnet ef dbcontext optimize --no-build --project ExEngine.Core --startup-project ExEngine.Web --context "${database}Db" \
    --output-dir "Data/Compiled/$database" --namespace "ExEngine.Core.Data.Compiled.$database" >/dev/null
  # A model has an id that is drawn each time. Any will do that the other database's model has not, and the same text comes out again.
  id=$(printf '%s' "$database" | sha256sum | sed -E 's/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/\1-\2-\3-\4-\5/')
  sed -i -E "s/(modelId: new Guid\(\")[0-9a-f-]+/\1$id/" "$out/$database/${database}DbModelBuilder.cs"
  sed -i '1s/^\xef\xbb\xbf//' "$out/$database/"*.cs
done
