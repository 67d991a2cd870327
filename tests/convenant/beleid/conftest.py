"""The example of Noord-Holland Noord, in which every policy can be seen at work."""

from dataclasses import replace
from datetime import date
from typing import Final

from convenant.beleid import Vraag
from convenant.laden import parse_convenant
from convenant.model import Convenant, Deelregel, Toepassing
from convenant.types import Gebeurtenis, Niveau, Oin
from convenant.voorbeelden import example_text

NHN: Final = parse_convenant(example_text("noord-holland-noord"), bron="voorbeeld")
STRANGER: Final = Oin("00000099999999999000")
ZORG: Final = frozenset({"zorg-om-kind"})

_OINS: Final = {partij.naam: partij.oin for partij in NHN.partijen}
VT: Final = _OINS["Veilig Thuis Noord-Holland Noord"]
PARLAN: Final = _OINS["Parlan Jeugdhulp"]
WIJKTEAM: Final = _OINS["Wijkteams Den Helder"]
GGZ: Final = _OINS["GGZ Noord-Holland-Noord"]
SCHOOL: Final = _OINS["Stichting Basisscholen De Duinroos"]
RAAD: Final = _OINS["Raad voor de Kinderbescherming"]
FG: Final = _OINS["FG-bureau Noord-Holland Noord"]


def ask(ontvanger: Oin, over: Oin, soort: str = "zorg-om-kind", eigen: frozenset[str] = ZORG) -> Vraag:
    """The question about a certain match."""
    return Vraag(
        gebeurtenis=Gebeurtenis.MATCH,
        niveau=Niveau.ZEKER,
        ontvanger=ontvanger,
        over=over,
        signaalsoort=soort,
        eigen_signaalsoorten=eigen,
        op=date(2026, 9, 1),
    )


def artikel(nummer: str) -> Deelregel:
    """The deelregel with that number."""
    return next(regel for regel in NHN.deelregels if regel.artikel == nummer)


def toepassing(nummer: str, ontvanger: Oin) -> Toepassing:
    """How the article applies to the receiver."""
    return next(gevonden for gevonden in NHN.toepassingen(ontvanger) if gevonden.regel.artikel == nummer)


def with_regels(*regels: Deelregel) -> Convenant:
    """The example with no other rules than these."""
    return replace(NHN, deelregels=regels)
