#!/usr/bin/env bash
# Makes the secrets that compose.yaml mounts: the database passwords and the keys of the matcher.
# Usage, from the root of the repository, as root: deploy/compose-geheimen.sh [MAP]   (default: deploy/geheimen)
set -euo pipefail

# The user inside the image; see Containerfile. The matcher refuses keys that others can read, and libpq ignores such
# a pgpass file, so every file belongs to that user alone.
readonly MATCHER_UID=10001
# The user that the official PostgreSQL image runs as.
readonly POSTGRES_UID=999

map=${1:-deploy/geheimen}
if [ -e "$map" ]; then
    echo "$map bestaat al. Geheimen worden nooit overschreven: kies een andere map." >&2
    exit 1
fi

random_password() { head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n'; }

make_pgpass() { # role, file
    printf 'database:5432:koppelradar:%s:%s\n' "$1" "$(random_password)" >"$map/$2"
    # PostgreSQL reads the same password once, as another user, to give it to the role.
    cp "$map/$2" "$map/$2.postgres"
}

umask 077
mkdir -p "$map"
random_password >"$map/postgres.wachtwoord"
make_pgpass koppelradar_eigenaar pgpass_eigenaar
make_pgpass koppelradar_matcher pgpass_matcher
chown "$POSTGRES_UID" "$map/postgres.wachtwoord" "$map"/*.postgres

docker build --tag koppelradar:lokaal --file deploy/Containerfile .
mkdir "$map/sleutels"
chown -R "$MATCHER_UID" "$map"/pgpass_eigenaar "$map"/pgpass_matcher "$map/sleutels"
docker run --rm --network none --read-only --volume "$(realpath "$map/sleutels"):/sleutels" \
    koppelradar:lokaal matcher sleutels /sleutels

echo "De geheimen staan in $map. Bewaar een kopie van $map/sleutels op een veilige plek, los van de back-ups."
echo "Daarna: docker compose --file deploy/compose.yaml up"
