"""What one deelregel must meet before it grants its fields.

The order of the eisen decides no answer, only its reason: they go from what the parties would have to agree to what
the situation would have to be, so that the rule that gets furthest says best what is lacking.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from convenant.beleid.vraag import Vraag
from convenant.model import Convenant, Eenrichting, Toepassing

_NOTHING_ASKED: Final = "nodig is ten minste één eis aan een deelregel"
_OVER: Final = "nodig is een deelregel voor deze ontvanger over deze organisatie"
_VELDEN: Final = "nodig is een deelregel die velden noemt"
_GEBEURTENIS: Final = "nodig is een deelregel voor deze gebeurtenis"
_SOORT: Final = "nodig is een deelregel die deze signaalsoort noemt"
_RADARMELDING: Final = "nodig is een deelregel voor een radar, want dit is een radarmelding"
_GRONDSLAG: Final = "nodig is een grondslag voor deze signaalsoort en deze ontvanger"
_NIVEAU: Final = "nodig is een ander niveau van zekerheid"
_FASE: Final = "nodig is dat de casus in een andere fase is"
_NO_FASE: Final = "nodig is dat de fase van de casus bekend is"
_EIGEN: Final = "nodig is dat de ontvanger zelf een signaal in deze match heeft"
_EIGEN_SOORT: Final = "nodig is dat de ontvanger zelf een signaal in deze match heeft, van een soort uit de deelregel"
_TERUG: Final = "nodig is een grondslag waarop de andere organisatie van de ontvanger hetzelfde mag horen"


class Eis(Protocol):
    """A policy about one rule, as it applies to the receiver (`Toepassing`)."""

    def __call__(self, convenant: Convenant, toepassing: Toepassing, vraag: Vraag, /) -> str | None:
        """Return what is lacking for this rule to grant (Dutch, a clause without any name), None when nothing is."""


@dataclass(frozen=True, slots=True)
class Verlener:
    """Lets a rule grant when it meets all of these eisen; without a single one no rule grants."""

    eisen: tuple[Eis, ...]

    def shortfall(self, convenant: Convenant, toepassing: Toepassing, vraag: Vraag, /) -> tuple[int, str] | None:
        """Return None when the rule grants, else how many eisen it met and what it lacks for the next one."""
        for met, eis in enumerate(self.eisen):
            tekort = eis(convenant, toepassing, vraag)
            if tekort is not None:
                return met, tekort
        return None if self.eisen else (0, _NOTHING_ASKED)


def about_other(_: Convenant, toepassing: Toepassing, vraag: Vraag, /) -> str | None:
    """Ask that the rule, for this receiver, is about the other party."""
    return None if vraag.ontvanger in toepassing.ontvangers and vraag.over in toepassing.over else _OVER


def tells_something(_: Convenant, toepassing: Toepassing, vraag: Vraag, /) -> str | None:
    """Ask that the rule names a field."""
    return None if toepassing.regel.velden else _VELDEN


def on_gebeurtenis(_: Convenant, toepassing: Toepassing, vraag: Vraag, /) -> str | None:
    """Ask that the rule is for what happened."""
    return None if vraag.gebeurtenis in toepassing.regel.gebeurtenissen else _GEBEURTENIS


def of_soort(_: Convenant, toepassing: Toepassing, vraag: Vraag, /) -> str | None:
    """Ask that the rule is about the kind of signal that would be told of."""
    return None if vraag.signaalsoort in toepassing.regel.signaalsoorten else _SOORT


def not_a_radarmelding(convenant: Convenant, toepassing: Toepassing, vraag: Vraag, /) -> str | None:
    """Ask of a reciprocal rule that it is not about a radarmelding: that is for a radar alone."""
    reciprocal = not isinstance(toepassing.regel.richting, Eenrichting)
    return _RADARMELDING if reciprocal and convenant.signaalsoort(vraag.signaalsoort).radarmelding else None


def on_grondslag(convenant: Convenant, toepassing: Toepassing, vraag: Vraag, /) -> str | None:
    """Ask that the law that the rule rests on covers this kind of signal and this receiver; it must exist."""
    grondslag = convenant.grondslag(toepassing.regel.grondslag)
    covered = grondslag is not None and grondslag.covers(vraag.signaalsoort, convenant.partij(vraag.ontvanger))
    return None if covered else _GRONDSLAG


def at_niveau(_: Convenant, toepassing: Toepassing, vraag: Vraag, /) -> str | None:
    """Ask that the match is as sure as the rule says."""
    return None if vraag.niveau in toepassing.regel.niveaus else _NIVEAU


def in_fase(_: Convenant, toepassing: Toepassing, vraag: Vraag, /) -> str | None:
    """Ask that the casus is in a phase of the rule, if that names any; an unknown phase is in none."""
    fasen = toepassing.regel.fasen
    if not fasen or vraag.fase in fasen:
        return None
    return _NO_FASE if vraag.fase is None else _FASE


def _eigen(convenant: Convenant, vraag: Vraag) -> Iterator[str]:
    # A kind that this version no longer knows is no ground for anything.
    return filter(convenant.has_signaalsoort, vraag.eigen_signaalsoorten)


def _given_back(convenant: Convenant, vraag: Vraag) -> Iterator[str]:
    """Yield the kinds that another helper can be told of: who did a radarmelding learns nothing by it."""
    return (soort for soort in _eigen(convenant, vraag) if not convenant.signaalsoort(soort).radarmelding)


def takes_part(convenant: Convenant, toepassing: Toepassing, vraag: Vraag, /) -> str | None:
    """Ask that the receiver has the own signal that the rule asks for."""
    regel, eigen = toepassing.regel, _eigen(convenant, vraag)
    if isinstance(regel.richting, Eenrichting):
        return None if regel.richting.zonder_eigen_signaal or any(eigen) else _EIGEN
    return _EIGEN_SOORT if regel.signaalsoorten.isdisjoint(_given_back(convenant, vraag)) else None


def tells_back(convenant: Convenant, toepassing: Toepassing, vraag: Vraag, /) -> str | None:
    """Ask of a reciprocal rule that its grondslag also carries that the other is told of a signal of the receiver.

    Else who signals would learn what it does not give away, which is what reciprocity keeps out.
    """
    regel = toepassing.regel
    if isinstance(regel.richting, Eenrichting):
        return None
    grondslag, over = convenant.grondslag(regel.grondslag), convenant.partij(vraag.over)
    told = regel.signaalsoorten.intersection(_given_back(convenant, vraag))
    return None if grondslag is not None and any(grondslag.covers(soort, over) for soort in told) else _TERUG


VERLENER: Final = Verlener(
    (
        about_other,
        tells_something,
        on_gebeurtenis,
        of_soort,
        not_a_radarmelding,
        on_grondslag,
        at_niveau,
        in_fase,
        takes_part,
        tells_back,
    )
)
"""What every deelregel must meet."""
