"""The sleutelhouder's own database: its name, its roles and its migrations."""

from convenant.pg.ingebed import Opzet

PAKKET = "convenant.sleutelhouder.opslag"
"""Where the folder `migraties` is."""

TOEPASSING_ROL = "koppelradar_sleutelhouder_toepassing"
"""The group role that may do what the sleutelhouder needs and cannot change the access log or the alarms."""

OPZET = Opzet(
    database="koppelradar_sleutelhouder", login="koppelradar_sleutelhouder", rol=TOEPASSING_ROL, pakket=PAKKET
)
