"""Whether what comes after a match can be kept: fields that mean something, one regisseur, asking with a reason."""

from collections.abc import Iterator
from itertools import permutations
from typing import Final

from convenant._zin import Check, finding
from convenant.beleid import Vraag, beslis
from convenant.errors import Bevinding
from convenant.model import Convenant, Eenrichting, Partij
from convenant.types import Gebeurtenis, Niveau, Rol, Veld
from convenant.velden import VELDEN_BIJ

_ASKING: Final = frozenset({Gebeurtenis.BEVRAGING, Gebeurtenis.BEKENDHEIDSVRAAG})


def _fields_mean_something(convenant: Convenant) -> Iterator[Bevinding]:
    for i, regel in enumerate(convenant.deelregels):
        # What a possible match tells has a check of its own.
        if Gebeurtenis.MOGELIJKE_MATCH in regel.gebeurtenissen:
            continue
        meant = frozenset[Veld]().union(*(VELDEN_BIJ[gebeurtenis] for gebeurtenis in regel.gebeurtenissen))
        for veld in sorted(regel.velden - meant - {Veld.OVEREENKOMST}):
            yield finding(
                f"deelregels.{i}.velden",
                f"Bij deze gebeurtenissen is er geen '{veld}' te vertellen. Haal het veld weg, of maak er een eigen "
                "deelregel voor.",
            )


def _bekendheid_is_certain(convenant: Convenant) -> Iterator[Bevinding]:
    for i, regel in enumerate(convenant.deelregels):
        if Gebeurtenis.BEKENDHEIDSVRAAG in regel.gebeurtenissen and regel.niveaus != {Niveau.ZEKER}:
            yield finding(
                f"deelregels.{i}.niveaus", "Een bekendheidsvraag gaat alleen over wie zeker dezelfde is. Kies zeker."
            )


def _asking_goes_one_way(convenant: Convenant) -> Iterator[Bevinding]:
    for i, regel in enumerate(convenant.deelregels):
        one_way = isinstance(regel.richting, Eenrichting) and regel.richting.zonder_eigen_signaal
        if regel.gebeurtenissen & _ASKING and not one_way:
            yield finding(
                f"deelregels.{i}",
                "Wie vraagt, heeft zelf nog geen signaal. Kies 'ontvanger' en 'over', met zonderEigenSignaal: true.",
            )


def _asking_has_reasons(convenant: Convenant) -> Iterator[Bevinding]:
    asked = frozenset[Gebeurtenis]().union(*(regel.gebeurtenissen for regel in convenant.deelregels))
    afspraken = convenant.afspraken
    if asked & _ASKING and afspraken.bevraging is None:
        yield finding("bevraging", "Een deelregel laat iemand vragen stellen. Zeg bij 'bevraging' om welke redenen.")
    if Gebeurtenis.BEKENDHEIDSVRAAG in asked and afspraken.bekendheid is None:
        yield finding(
            "bekendheid", "Een deelregel laat iemand vragen wie bekend is. Zeg bij 'bekendheid' wie antwoordt."
        )
    if afspraken.bekendheid is not None and afspraken.termijn(afspraken.bekendheid.antwoordtermijn) is None:
        yield finding("bekendheid.antwoordtermijn", "Deze code staat niet in de lijst termijnen.")


def _regisseurs_see_each_other(convenant: Convenant) -> Iterator[Bevinding]:
    """Yield a finding when two parties could each take the regie of one match and not know it of each other."""
    if not any(Veld.REGIE in regel.velden for regel in convenant.deelregels):
        return
    regisseurs = [partij for partij in convenant.partijen if Rol.REGISSEUR in partij.rollen]
    for ontvanger, over in permutations(regisseurs, 2):
        if not _sees_regie(convenant, ontvanger, over):
            plek = convenant.partijen.index(ontvanger)
            yield finding(
                f"partijen.{plek}.rollen",
                "Twee regisseurs in één match moeten van elkaar weten wie de regie heeft. Verleen hun 'regie' over en "
                "weer, bij elke signaalsoort die zij mogen indienen.",
            )
            return


def _sees_regie(convenant: Convenant, ontvanger: Partij, over: Partij) -> bool:
    return all(Veld.REGIE in beslis(convenant, vraag).velden for vraag in _vragen(convenant, ontvanger, over))


def _vragen(convenant: Convenant, ontvanger: Partij, over: Partij) -> Iterator[Vraag]:
    for eigen in _meeting(convenant, ontvanger):
        for soort in _meeting(convenant, over):
            yield Vraag(
                gebeurtenis=Gebeurtenis.MATCH,
                niveau=Niveau.ZEKER,
                ontvanger=ontvanger.oin,
                over=over.oin,
                signaalsoort=soort,
                eigen_signaalsoorten=frozenset({eigen}),
                op=convenant.geldig_van,
            )


def _meeting(convenant: Convenant, partij: Partij) -> list[str]:
    """Return the kinds of signals by which this party meets other helpers; a radarmelding is for the radar."""
    soorten = (soort for soort in convenant.signaalsoorten if not soort.radarmelding)
    return [soort.code for soort in soorten if convenant.may_submit(partij.oin, soort.code)]


CHECKS: Final[tuple[Check, ...]] = (
    _fields_mean_something,
    _bekendheid_is_certain,
    _asking_goes_one_way,
    _asking_has_reasons,
    _regisseurs_see_each_other,
)
