#!/usr/bin/env bash
# Runs once, when the PostgreSQL container starts with an empty data folder.
# The passwords come from the same pgpass files that the matcher and the migration read.
set -euo pipefail

password_from() { cut -d: -f5- "$1"; }

psql --username "$POSTGRES_USER" --dbname postgres \
    --set database=koppelradar --set eigenaar=koppelradar_eigenaar --set login=koppelradar_matcher \
    --file /etc/koppelradar/rollen.sql

# On standard input, so that no password shows in the list of processes. pgpass escapes only ':' and '\'; the passwords
# made by deploy/compose-geheimen.sh contain neither.
psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 <<SQL
ALTER ROLE koppelradar_eigenaar PASSWORD '$(password_from /run/secrets/pgpass_eigenaar)';
ALTER ROLE koppelradar_matcher PASSWORD '$(password_from /run/secrets/pgpass_matcher)';
SQL
