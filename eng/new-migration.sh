#!/usr/bin/env bash
# Adds one migration to both sets:   eng/new-migration.sh AddOrders
# Until the first release the initial migration is made anew instead:   eng/new-migration.sh --initial
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet tool restore >/dev/null
name=${1:?name the migration, or --initial}
if [ "$name" = --initial ]; then
  rm -rf ExEngine.Core/Data/Migrations
  name=Initial
fi
dotnet build ExEngine.Web -v q
for database in Sqlite Postgres; do
  dotnet ef migrations add "$name" --no-build --project ExEngine.Core --startup-project ExEngine.Web \
    --context "${database}Db" --output-dir "Data/Migrations/$database"
done
