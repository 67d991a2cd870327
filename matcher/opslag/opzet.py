"""The matcher's own database: its name, its roles and its migrations."""

from convenant.pg.ingebed import Opzet

PAKKET = "matcher.opslag"
"""Where the folder `migraties` is."""

TOEPASSING_ROL = "koppelradar_toepassing"
"""The group role that may do what the matcher needs and cannot change the access log."""

OPZET = Opzet(database="koppelradar", login="koppelradar_matcher", rol=TOEPASSING_ROL, pakket=PAKKET)
