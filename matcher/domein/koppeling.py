"""Which matches arise, grow and shrink. Sets in, changes out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matcher.domein.signaal import Signaal
from matcher.types import Matchgebeurtenis, MatchId, SignaalId


@dataclass(frozen=True, slots=True)
class Lid:
    """A live signal that bears a certain `zeker` token, and the match it is in already, if any."""

    signaal: Signaal
    match: MatchId | None


@dataclass(frozen=True, slots=True)
class Matchwijziging:
    """What is to be done with one match: `toegetreden` join, `leden` are all members afterwards.

    `match` is None when the match is to be made.
    """

    gebeurtenis: Matchgebeurtenis
    match: MatchId | None
    leden: tuple[Signaal, ...]
    toegetreden: tuple[SignaalId, ...] = ()


def join(groep: Sequence[Lid]) -> Matchwijziging | None:
    """The change that new members bring about in the group that shares one `zeker` token.

    None when there is nothing to match: signals of one organisation only, or everyone is in the match already.
    """
    if _number_of_organisaties(lid.signaal for lid in groep) < 2:  # noqa: PLR2004 - a match takes two
        return None
    nieuw = tuple(lid.signaal.id for lid in groep if lid.match is None)
    if not nieuw:
        return None
    bestaand = next((lid.match for lid in groep if lid.match is not None), None)
    gebeurtenis = Matchgebeurtenis.UITGEBREID if bestaand else Matchgebeurtenis.ONTSTAAN
    return Matchwijziging(gebeurtenis, bestaand, tuple(lid.signaal for lid in groep), nieuw)


def leave(match: MatchId, blijvers: Sequence[Signaal]) -> Matchwijziging:
    """The change when a signal ends: the match shrinks, or lapses when no two organisations are left."""
    if _number_of_organisaties(blijvers) < 2:  # noqa: PLR2004 - a match takes two
        return Matchwijziging(Matchgebeurtenis.VERVALLEN, match, tuple(blijvers))
    return Matchwijziging(Matchgebeurtenis.GEKROMPEN, match, tuple(blijvers))


def _number_of_organisaties(signalen: Iterable[Signaal]) -> int:
    return len({signaal.organisatie for signaal in signalen})
