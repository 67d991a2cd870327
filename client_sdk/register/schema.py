"""The tables of the register.

Readable without a key: ids, kinds, dates, statuses and epochs. Sealed: everything that says who it is about, who else
is in a match, and every key. `persoon`, `kaart` and `inzending` are erased as soon as they are not needed: when a
signal ended, when a batch was received.
"""

from typing import Final

SCHEMA_VERSION: Final = 4

SIGNAAL: Final = """
CREATE TABLE signaal (
    volgorde      INTEGER PRIMARY KEY AUTOINCREMENT,
    id            TEXT NOT NULL UNIQUE,
    convenant     TEXT NOT NULL,
    signaalsoort  TEXT NOT NULL,
    status        TEXT NOT NULL
                  CHECK (status IN ('wachtend', 'ontvangen', 'ingetrokken', 'verlopen', 'geweigerd')),
    reden         TEXT,
    wacht_op      TEXT,
    wacht_tot     TEXT,
    aangemaakt_op TEXT NOT NULL,
    verloopt_op   TEXT NOT NULL,
    zending       TEXT,
    clientindex   BLOB NOT NULL,
    clientnummer  BLOB NOT NULL,
    persoon       BLOB,
    kaart         BLOB,
    inzending     BLOB,
    CHECK ((zending IS NULL) = (inzending IS NULL)),
    CHECK (status = 'wachtend' OR (zending IS NULL AND wacht_op IS NULL AND wacht_tot IS NULL))
) STRICT;
CREATE INDEX signaal_client ON signaal (clientindex);
CREATE INDEX signaal_zending ON signaal (zending, volgorde) WHERE zending IS NOT NULL;
CREATE INDEX signaal_ongetokend ON signaal (volgorde) WHERE status = 'wachtend' AND zending IS NULL;
"""

KOPPELINGEN: Final = """
CREATE TABLE signaal_epoche (
    signaal      TEXT NOT NULL,
    epoche       INTEGER NOT NULL,
    kaartsleutel BLOB,
    PRIMARY KEY (signaal, epoche)
) STRICT;
CREATE TABLE bevestiging (
    mogelijke_match TEXT PRIMARY KEY,
    signaal         TEXT NOT NULL,
    niveau          TEXT NOT NULL
) STRICT;
CREATE TABLE paar (
    id      TEXT PRIMARY KEY,
    signaal TEXT NOT NULL,
    niveau  TEXT NOT NULL,
    inhoud  BLOB NOT NULL
) STRICT;
CREATE TABLE kaartverzoek (
    id      TEXT PRIMARY KEY,
    signaal TEXT NOT NULL,
    status  TEXT NOT NULL CHECK (status IN ('open', 'vrijgegeven', 'geweigerd')),
    op      TEXT NOT NULL,
    inhoud  BLOB NOT NULL
) STRICT;
"""

CASUSSEN: Final = """
CREATE TABLE casus (
    id            TEXT PRIMARY KEY,
    convenant     TEXT NOT NULL,
    aangemaakt_op TEXT NOT NULL,
    casusindex    BLOB NOT NULL,
    casusnummer   BLOB NOT NULL,
    inzending     BLOB,
    UNIQUE (convenant, casusindex)
) STRICT;
"""

BEKENDHEID: Final = """
CREATE TABLE vraagsleutel (
    signaal TEXT NOT NULL,
    epoche  INTEGER NOT NULL,
    sleutel BLOB NOT NULL,
    PRIMARY KEY (signaal, epoche)
) STRICT;
CREATE TABLE eigen_vraag (
    id        TEXT PRIMARY KEY,
    convenant TEXT NOT NULL,
    uiterlijk TEXT NOT NULL,
    personen  BLOB NOT NULL
) STRICT;
CREATE TABLE gestelde_vraag (
    id        TEXT PRIMARY KEY,
    convenant TEXT NOT NULL,
    epoche    INTEGER NOT NULL,
    uiterlijk TEXT NOT NULL,
    wijze     TEXT NOT NULL,
    vrager    BLOB,
    hoogste   INTEGER NOT NULL,
    aantal    INTEGER NOT NULL
) STRICT;
CREATE TABLE bekendheidsverzoek (
    id      TEXT PRIMARY KEY,
    vraag   TEXT NOT NULL,
    signaal TEXT NOT NULL,
    status  TEXT NOT NULL CHECK (status IN ('open', 'ja', 'nee', 'gesloten')),
    op      TEXT NOT NULL,
    UNIQUE (vraag, signaal)
) STRICT;
"""

SCHEMA: Final = (
    """
CREATE TABLE toegang (
    label         TEXT PRIMARY KEY,
    salt          BLOB NOT NULL,
    wrapped       BLOB NOT NULL,
    aangemaakt_op TEXT NOT NULL
) STRICT;
CREATE TABLE stand (
    naam   TEXT PRIMARY KEY,
    waarde TEXT NOT NULL
) STRICT;
"""
    + SIGNAAL
    + KOPPELINGEN
    + CASUSSEN
    + BEKENDHEID
)
