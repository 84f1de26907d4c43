#!/usr/bin/env bash
# Adds one migration to both sets:   eng/new-migration.sh AddOrders
# A migration that is on main is never changed again: databases out there have run it.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet tool restore >/dev/null
name=${1:?name the migration}
dotnet build ExEngine.Web -v q
for database in Sqlite Postgres; do
  dotnet ef migrations add "$name" --no-build --project ExEngine.Core --startup-project ExEngine.Web \
    --context "${database}Db" --output-dir "Data/Migrations/$database"
done
eng/compiled-model.sh
