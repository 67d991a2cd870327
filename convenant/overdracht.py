"""Which agreement on handing over a melding counts in a case, and who takes it over.

An agreement that names the gemeente stands above one for the whole region, also when the latter says more of the help
that is involved: municipalities make their own arrangements. Among equals the one that says whether help is involved
already stands above the one that does not. What is left ambiguous, `convenant.zin_overdracht` refuses.
"""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from convenant.model import Convenant, Overdrachtsafspraak, Partij
from convenant.types import Doelgroep, Overdrachtsmoment, Zwaarte


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdrachtsvraag:
    """One case: where those concerned live, whom the melding is about, how heavy it is, and after which task."""

    gemeente: str
    doelgroep: Doelgroep
    zwaarte: Zwaarte
    moment: Overdrachtsmoment
    hulp_betrokken: bool


def gemeente_key(naam: str) -> str:
    """Return the name of a gemeente as it is compared: upper and lower case, and ways to write an accent, are one."""
    return unicodedata.normalize("NFC", naam.strip()).casefold()


def specificity(afspraak: Overdrachtsafspraak) -> tuple[bool, bool]:
    """Return how much the agreement says of the case it is for; of two that fit, the greater one counts."""
    return bool(afspraak.gemeenten), afspraak.hulp_betrokken is not None


def find_afspraak(convenant: Convenant, vraag: Overdrachtsvraag) -> Overdrachtsafspraak | None:
    """Return the most specific agreement that fits the case; None when the parties agreed nothing about it.

    Of two that are as specific, which no checked convenant has, the first one in the document.
    """
    fitting = (afspraak for afspraak in convenant.afspraken.overdracht if _fits(afspraak, vraag))
    return max(fitting, key=specificity, default=None)


def ontvangers_of(convenant: Convenant, afspraak: Overdrachtsafspraak, gemeente: str) -> tuple[Partij, ...]:
    """Return the parties that take over there, in the order of the document: of the group, who works in that gemeente.

    A party without gemeenten works in the whole region. Empty also where the professional who is involved already
    takes over (`ontvangers` is None). That the agreement is one for this gemeente is not checked.
    """
    groep = afspraak.ontvangers
    if groep is None:
        return ()
    return tuple(
        partij for partij in convenant.partijen if groep.contains(partij) and _reaches(partij.gemeenten, gemeente)
    )


def _reaches(gemeenten: Collection[str], gemeente: str) -> bool:
    """Return whether what is for these gemeenten, or without them for the whole region, is for this one."""
    return not gemeenten or gemeente_key(gemeente) in map(gemeente_key, gemeenten)


def _fits(afspraak: Overdrachtsafspraak, vraag: Overdrachtsvraag) -> bool:
    return (
        _reaches(afspraak.gemeenten, vraag.gemeente)
        and vraag.doelgroep in afspraak.doelgroepen
        and vraag.zwaarte in afspraak.zwaarten
        and vraag.moment in afspraak.momenten
        and afspraak.hulp_betrokken in (None, vraag.hulp_betrokken)
    )
