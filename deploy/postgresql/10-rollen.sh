#!/usr/bin/env bash
# Runs once, when the PostgreSQL container starts with an empty data folder.
# The passwords come from the same pgpass files that the service and the migration read. The names are those of the
# matcher unless the environment of the container gives others.
set -euo pipefail

readonly DATABASE=${ROLLEN_DATABASE:-koppelradar}
readonly EIGENAAR=${ROLLEN_EIGENAAR:-koppelradar_eigenaar}
readonly LOGIN=${ROLLEN_LOGIN:-koppelradar_matcher}
readonly GROEP=${ROLLEN_GROEP:-koppelradar_toepassing}

password_from() { cut -d: -f5- "$1"; }

psql --username "$POSTGRES_USER" --dbname postgres \
    --set database="$DATABASE" --set eigenaar="$EIGENAAR" --set login="$LOGIN" --set groep="$GROEP" \
    --file /etc/koppelradar/rollen.sql

# On standard input, so that no password shows in the list of processes. pgpass escapes only ':' and '\'; the passwords
# made by deploy/compose-geheimen.sh contain neither.
psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 <<SQL
ALTER ROLE $EIGENAAR PASSWORD '$(password_from /run/secrets/pgpass_eigenaar)';
ALTER ROLE $LOGIN PASSWORD '$(password_from /run/secrets/pgpass_login)';
SQL
