"""The invented persons that the other party of the sandbox knows, and how it behaves around each of them."""

from dataclasses import dataclass, field
from enum import StrEnum

from client_sdk.persoon import Persoon


class Gedrag(StrEnum):
    """What the other party does about a test person."""

    BEKEND = "bekend"
    """It has signalled this person already: submitting gives a match at once."""
    LATER = "later"
    """It signals this person a little while after the start: the match comes by itself."""
    TREKT_IN = "trekt in"
    """It has signalled this person, withdraws after the match, and signals again a little later."""


UITLEG = {
    Gedrag.BEKEND: "geeft meteen een match",
    Gedrag.LATER: "geeft een match zodra de tegenpartij ook signaleert, kort na de start",
    Gedrag.TREKT_IN: "geeft een match; daarna trekt de tegenpartij haar signaal in en komt later terug",
}


@dataclass(frozen=True, slots=True)
class Testpersoon:
    """A test person; `clientnummer` is the number at the other party."""

    clientnummer: str
    gedrag: Gedrag
    persoon: Persoon = field(repr=False)


def _persoon(voornamen: str, voorvoegsel: str, geslachtsnaam: str, geboortedatum: str) -> Persoon:
    return Persoon(
        voornamen=voornamen, voorvoegsel=voorvoegsel, geslachtsnaam=geslachtsnaam, geboortedatum=geboortedatum
    )


TESTPERSONEN = (
    Testpersoon("T-1", Gedrag.BEKEND, _persoon("Fleur", "de", "Testers", "2014-05-17")),
    Testpersoon("T-2", Gedrag.BEKEND, _persoon("Ömer", "", "Yıldız-Proef", "2012-09-23")),
    Testpersoon("T-3", Gedrag.LATER, _persoon("Daan", "van der", "Proef", "2016-02-11")),
    Testpersoon("T-4", Gedrag.TREKT_IN, _persoon("Noor", "", "Voorbeeld", "2015-12-03")),
)
