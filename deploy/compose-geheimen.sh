#!/usr/bin/env bash
# Makes the secrets that a compose file mounts: the database passwords and the keys of one service.
# Usage, from the root of the repository, as root: deploy/compose-geheimen.sh [matcher|sleutelhouder] [MAP]
# Without arguments it is the matcher, in deploy/geheimen (the sleutelhouder: deploy/geheimen-sleutelhouder).
set -euo pipefail

# The user inside the image; see Containerfile. A service refuses keys that others can read, and libpq ignores such
# a pgpass file, so every file belongs to that user alone.
readonly DIENST_UID=10001
# The user that the official PostgreSQL image runs as.
readonly POSTGRES_UID=999

dienst=matcher
if [ $# -gt 0 ]; then
    dienst=$1
    shift
fi
case "$dienst" in
    matcher) standaard=deploy/geheimen database=koppelradar compose=deploy/compose.yaml
        eigenaar=koppelradar_eigenaar login=koppelradar_matcher ;;
    sleutelhouder) standaard=deploy/geheimen-sleutelhouder database=koppelradar_sleutelhouder
        compose=deploy/compose-sleutelhouder.yaml
        eigenaar=sleutelhouder_eigenaar login=koppelradar_sleutelhouder ;;
    *) echo "Onbekende dienst: $dienst. Kies matcher of sleutelhouder." >&2; exit 1 ;;
esac

map=${1:-$standaard}
if [ -e "$map" ]; then
    echo "$map bestaat al. Geheimen worden nooit overschreven: kies een andere map." >&2
    exit 1
fi

random_password() { head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n'; }

make_pgpass() { # role, file
    printf 'database:5432:%s:%s:%s\n' "$database" "$1" "$(random_password)" >"$map/$2"
    # PostgreSQL reads the same password once, as another user, to give it to the role.
    cp "$map/$2" "$map/$2.postgres"
}

umask 077
mkdir -p "$map"
random_password >"$map/postgres.wachtwoord"
make_pgpass "$eigenaar" pgpass_eigenaar
make_pgpass "$login" pgpass_login
chown "$POSTGRES_UID" "$map/postgres.wachtwoord" "$map"/*.postgres

docker build --tag koppelradar:lokaal --file deploy/Containerfile .
mkdir "$map/sleutels"
chown -R "$DIENST_UID" "$map"/pgpass_eigenaar "$map"/pgpass_login "$map/sleutels"
docker run --rm --network none --read-only --volume "$(realpath "$map/sleutels"):/sleutels" \
    koppelradar:lokaal "$dienst" sleutels /sleutels

echo "De geheimen staan in $map. Bewaar een kopie van $map/sleutels op een veilige plek, los van de back-ups."
echo "Daarna: docker compose --file $compose up"
