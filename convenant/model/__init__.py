"""The convenant as frozen values.

These classes hold what the document says and look things up; they judge nothing. Build them with
`convenant.laden`, which checks that a convenant makes sense. Periods are in whole days of Europe/Amsterdam;
first and last day both count.
"""

from convenant.model.afspraken import (
    Afspraken,
    Archivering,
    Bekendheid,
    Bekendheidsregel,
    Berichtregel,
    Bevraging,
    Bevragingsreden,
    Escalatietrede,
    Informeertrap,
    Informeren,
    Monitoring,
    Opvolging,
    Overdrachtsafspraak,
    Plafond,
    Plafondregel,
    Termijn,
    Toetreding,
    Uitzonderingsgrond,
)
from convenant.model.convenant import Convenant
from convenant.model.partijen import Contact, Partij, Partijgroep, PubliekeSleutel
from convenant.model.regels import (
    Deelregel,
    Eenrichting,
    Grondslag,
    Richting,
    Signaalsoort,
    Toepassing,
    Wederkerig,
)
from convenant.model.sleuteldienst import (
    Alarm,
    Budget,
    Budgetregel,
    EpochePeriode,
    Epochesleutels,
    Matcher,
    Sleutelbewaarder,
    Sleutelhouder,
)

__all__ = [
    "Afspraken",
    "Alarm",
    "Archivering",
    "Bekendheid",
    "Bekendheidsregel",
    "Berichtregel",
    "Bevraging",
    "Bevragingsreden",
    "Budget",
    "Budgetregel",
    "Contact",
    "Convenant",
    "Deelregel",
    "Eenrichting",
    "EpochePeriode",
    "Epochesleutels",
    "Escalatietrede",
    "Grondslag",
    "Informeertrap",
    "Informeren",
    "Matcher",
    "Monitoring",
    "Opvolging",
    "Overdrachtsafspraak",
    "Partij",
    "Partijgroep",
    "Plafond",
    "Plafondregel",
    "PubliekeSleutel",
    "Richting",
    "Signaalsoort",
    "Sleutelbewaarder",
    "Sleutelhouder",
    "Termijn",
    "Toepassing",
    "Toetreding",
    "Uitzonderingsgrond",
    "Wederkerig",
]
