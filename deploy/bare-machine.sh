#!/usr/bin/env bash
# Installs a matcher with PostgreSQL on a machine with Debian 12 or newer, step by step; docs/operations.md tells the same
# in words. Every step may be run again: what exists stays.
#
#   apt-get install postgresql python3-venv
#   sudo deploy/bare-machine.sh --url https://koppelradar.example.nl --convenanten MAP    # *.bundel.json, sealed
#   sudo deploy/bare-machine.sh --proef
#
# --proef needs no systemd and leaves nothing behind: it installs under other names in a folder of its own, starts the
# matcher with a signed example convenant, asks whether it is ready, and removes all of it again.
set -euo pipefail

BRON=$(dirname "$(dirname "$(realpath "$0")")")
NAAM=koppelradar
WORTEL=""
PORT=8100
URL=""
CONVENANTEN=""
PROEF=nee
MATCHER_PID=""

usage() { sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"; }
say() { echo "== $*"; }
fail() { echo "$*" >&2; exit 1; }

read_arguments() {
    while [ $# -gt 0 ]; do
        case "$1" in
            --proef) PROEF=ja ;;
            --url) URL=${2:?"--url vraagt een adres"}; shift ;;
            --convenanten) CONVENANTEN=${2:?"--convenanten vraagt een map"}; shift ;;
            --poort) PORT=${2:?"--poort vraagt een nummer"}; shift ;;
            --help|-h) usage; exit 0 ;;
            *) fail "Onbekende optie: $1. Zie --help." ;;
        esac
        shift
    done
    if [ "$PROEF" = ja ]; then
        NAAM=koppelradar_proef
        WORTEL=$(mktemp -d /tmp/koppelradar-proef.XXXXXX)
        chmod 755 "$WORTEL"
        trap remove_trial EXIT
        [ -n "$URL" ] || URL=http://127.0.0.1:$PORT
    fi
    [ -n "$URL" ] || fail "Geef met --url het adres op waarop organisaties de matcher bereiken. Zie --help."
}

name_paths() {
    OPT=$WORTEL/opt/koppelradar
    ETC=$WORTEL/etc/koppelradar
    EIGENAAR=${NAAM}_eigenaar
    KOPPELRADAR=$OPT/venv/bin/koppelradar
    # No user, password or host in it: each role logs in over the socket as the user of the same name (peer).
    DATABASE_URL="postgresql+psycopg:///$NAAM?host=/run/postgresql"
}

check_machine() {
    [ "$(id -u)" = 0 ] || fail "Draai dit als root, bijvoorbeeld met sudo."
    command -v psql >/dev/null || fail "PostgreSQL ontbreekt. Installeer het: apt-get install postgresql"
    pg_isready --quiet || service postgresql start >/dev/null || fail "PostgreSQL start niet. Kijk in /var/log/postgresql."
    # The interpreter of the system first: one in somebody's home folder cannot be run by the service.
    for PYTHON in /usr/bin/python3 python3 python3.13 python3.12 python3.11; do
        "$PYTHON" -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return
    done
    fail "Python 3.11 of nieuwer met venv ontbreekt. Installeer het: apt-get install python3-venv"
}

make_users() {
    say "Gebruikers $NAAM en $EIGENAAR"
    local user
    for user in "$NAAM" "$EIGENAAR"; do
        id "$user" >/dev/null 2>&1 || useradd --system --user-group --no-create-home --shell /usr/sbin/nologin "$user"
    done
}

install_program() {
    say "Programma in $OPT"
    mkdir -p "$OPT"
    [ -x "$OPT/venv/bin/python" ] || "$PYTHON" -m venv "$OPT/venv"
    local pip=("$OPT/venv/bin/pip" --quiet --disable-pip-version-check install)
    "${pip[@]}" --require-hashes --no-deps -r "$BRON/requirements/matcher.txt"
    # Building writes beside the source; the source itself stays as it is.
    local build
    build=$(mktemp -d)
    (cd "$BRON" && cp -r pyproject.toml README.md LICENSE convenant client_sdk matcher koppelbestand koppelradar "$build")
    "${pip[@]}" --force-reinstall --no-deps --no-build-isolation "$build"
    rm -r "$build"
    mkdir -p "$OPT/docs"
    cp "$BRON/docs/operations.md" "$OPT/docs/"
}

make_database() {
    say "Database $NAAM, met de rollen $EIGENAAR en $NAAM"
    runuser -u postgres -- psql --quiet --no-psqlrc --dbname postgres \
        --set database="$NAAM" --set eigenaar="$EIGENAAR" --set login="$NAAM" \
        <"$BRON/deploy/postgresql/rollen.sql"
}

make_keys() {
    say "Sleutels in $ETC/sleutels"
    mkdir -p "$ETC"
    if [ ! -e "$ETC/sleutels" ]; then
        (umask 077; mkdir "$ETC/sleutels"; "$KOPPELRADAR" matcher sleutels "$ETC/sleutels" >/dev/null)
        echo "Bewaar nu een kopie van $ETC/sleutels op een veilige plek, los van de back-ups van de database."
    fi
}

write_signed_example() {
    # Signed by all parties at once, with keys that nobody keeps.
    "$OPT/venv/bin/python" - >"$1" <<'PY'
from datetime import UTC, datetime

from joserfc.jwk import OKPKey

from convenant.invullen import with_public_keys
from convenant.laden import document_from_yaml
from convenant.ondertekening import dump_bundel, sign_together
from convenant.voorbeelden import example_text

document = document_from_yaml(example_text("minimaal"), bron="minimaal")
keys = {partij["oin"]: OKPKey.generate_key("Ed25519") for partij in document["partijen"]}
public = {}
for oin, key in keys.items():
    jwk = key.as_dict(private=False)
    public[oin] = {"kid": key.thumbprint(), "kty": "OKP", "crv": "Ed25519", "x": jwk["x"]}
print(dump_bundel(sign_together(with_public_keys(document, public), keys, op=datetime.now(UTC))), end="")
PY
}

write_settings() {
    say "Instellingen in $ETC"
    mkdir -p "$ETC/convenanten"
    if [ -n "$CONVENANTEN" ]; then
        cp "$CONVENANTEN"/*.bundel.json "$ETC/convenanten/"
    elif [ "$PROEF" = ja ]; then
        write_signed_example "$ETC/convenanten/minimaal.bundel.json"
    fi
    [ -e "$ETC/matcher.env" ] || cat >"$ETC/matcher.env" <<ENV
KOPPELRADAR_OMGEVING=proef
KOPPELRADAR_DATABASE_URL=$DATABASE_URL
KOPPELRADAR_CONVENANTEN=$ETC/convenanten
KOPPELRADAR_PUBLIEKE_URL=$URL
KOPPELRADAR_HOST=127.0.0.1
KOPPELRADAR_PORT=$PORT
ENV
}

start_with_systemd() {
    say "Diensten"
    install -m 644 "$BRON"/deploy/systemd/koppelradar-{matcher,migratie}.service /etc/systemd/system/
    systemctl daemon-reload
    systemctl enable koppelradar-matcher.service
    systemctl restart koppelradar-migratie.service koppelradar-matcher.service
}

start_trial() {
    say "Database bijwerken"
    runuser -u "$EIGENAAR" -- env KOPPELRADAR_MIGRATIE_URL="$DATABASE_URL" "$KOPPELRADAR" matcher migreer
    say "Matcher op poort $PORT"
    chown -R "$NAAM:" "$ETC/sleutels"
    local settings
    mapfile -t settings <"$ETC/matcher.env"
    env --chdir=/ "${settings[@]}" \
        KOPPELRADAR_PEPPER_BESTAND="$ETC/sleutels/pepper.sleutel" \
        KOPPELRADAR_SLEUTEL_BESTAND="$ETC/sleutels/matcher.jwk" \
        KOPPELRADAR_LOGSLEUTEL_BESTAND="$ETC/sleutels/logboek.sleutel" \
        setpriv --reuid "$NAAM" --regid "$NAAM" --clear-groups --no-new-privs "$KOPPELRADAR" matcher start &
    MATCHER_PID=$!
}

wait_until_ready() {
    say "Wachten tot de matcher klaar is"
    local attempt
    for attempt in $(seq 30); do
        if "$OPT/venv/bin/python" - "$PORT" 2>/dev/null <<'PY'
import sys
import urllib.request

urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/v1/gereedheid", timeout=2)
PY
        then
            echo "De matcher is klaar: http://127.0.0.1:$PORT/v1/gereedheid (na poging $attempt)"
            return
        fi
        # In a proef nobody starts it again.
        [ -z "$MATCHER_PID" ] || kill -0 "$MATCHER_PID" 2>/dev/null || fail "De matcher is gestopt. De reden staat hierboven."
        sleep 1
    done
    fail "De matcher is na 30 pogingen niet klaar. Kijk in het logboek: journalctl -u koppelradar-matcher"
}

remove_trial() {
    local result=$?
    # A proef that breaks off halfway has not made everything that is removed here.
    set +e
    say "Proef opruimen"
    if [ -n "$MATCHER_PID" ]; then
        kill "$MATCHER_PID" 2>/dev/null
        wait "$MATCHER_PID" 2>/dev/null
    fi
    local sql=(runuser -u postgres -- psql --quiet --no-psqlrc --dbname postgres)
    "${sql[@]}" --command "DROP DATABASE IF EXISTS koppelradar_proef WITH (FORCE)" \
        --command "DROP ROLE IF EXISTS koppelradar_proef" --command "DROP ROLE IF EXISTS koppelradar_proef_eigenaar"
    # The group stays when another matcher on this machine uses it.
    "${sql[@]}" --command "DROP ROLE IF EXISTS koppelradar_toepassing" 2>/dev/null
    userdel koppelradar_proef 2>/dev/null
    userdel koppelradar_proef_eigenaar 2>/dev/null
    rm -rf "$WORTEL"
    exit "$result"
}

main() {
    read_arguments "$@"
    name_paths
    check_machine
    make_users
    install_program
    make_database
    make_keys
    write_settings
    if [ "$PROEF" = ja ]; then start_trial; else start_with_systemd; fi
    wait_until_ready
    say "Klaar"
}

main "$@"
