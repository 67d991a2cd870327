"""Two signals that may be about one person: what both sides say of it.

Only what tokens cannot tell is kept as a pair: weaker coincidences, and pairs of any kind that were separated.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from convenant.profielen import Profiel
from convenant.types import ConvenantId, Gebeurtenis, Niveau, Oin
from convenant.web.errors import Conflict
from matcher.types import MedewerkerPseudoniem, Paarkenmerk, Paarsleutel, Paarstatus, SignaalId

_AFGEWEZEN = "Deze mogelijke match is afgewezen en blijft dat. Dien zo nodig een nieuw signaal in."
_VERVALLEN = "Deze mogelijke match is vervallen: een van de twee signalen telt niet meer mee."
_AL_BEVESTIGD = "Beide kanten hebben dit bevestigd. Meld de match als onjuist om hem te scheiden."


@dataclass(frozen=True, slots=True)
class Bevestiging:
    """That one side said: this is the same person. Under the acute article that may suffice."""

    op: datetime
    medewerker: MedewerkerPseudoniem = field(repr=False)
    acuut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kant:
    """One side of a pair: its signal, its organisation, how it knows the pair, and what it said."""

    signaal: SignaalId
    organisatie: Oin
    kenmerk: Paarkenmerk
    bevestiging: Bevestiging | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paar:
    """A pair as it stands; the side with the lower signal id comes first. `sloten` holds a bit per slot."""

    convenant: ConvenantId
    kanten: tuple[Kant, Kant]
    niveau: Niveau
    sloten: int
    status: Paarstatus
    ontstaan_op: datetime

    @property
    def sleutel(self) -> Paarsleutel:
        """The name of the pair."""
        een, ander = self.kanten
        return een.signaal, ander.signaal

    @property
    def is_blocked(self) -> bool:
        """Whether somebody said that these are two persons."""
        return self.status in (Paarstatus.AFGEWEZEN, Paarstatus.ONJUIST)

    @property
    def gebeurtenis(self) -> Gebeurtenis:
        """On what ground something may be told: a match, or acute danger when only one side confirmed."""
        one_sided = self.status is Paarstatus.BEVESTIGD and not all(kant.bevestiging for kant in self.kanten)
        return Gebeurtenis.ACUUT if one_sided else Gebeurtenis.MATCH

    @property
    def geldt_sinds(self) -> datetime | None:
        """Since when the two are held to be one person; None when they are not."""
        if self.status is Paarstatus.VASTGELEGD:
            return self.ontstaan_op
        if self.status is not Paarstatus.BEVESTIGD:
            return None
        said = [kant.bevestiging for kant in self.kanten if kant.bevestiging]
        acute = [bevestiging.op for bevestiging in said if bevestiging.acuut]
        return min(acute) if acute else max(bevestiging.op for bevestiging in said)

    def kant_of(self, organisatie: Oin) -> Kant:
        """The side of this organisation. Raises LookupError when it has none."""
        for kant in self.kanten:
            if kant.organisatie == organisatie:
                return kant
        raise LookupError("this organisation has no side in the pair")

    def other_than(self, organisatie: Oin) -> Kant:
        """The side of the other organisation."""
        return next(kant for kant in self.kanten if kant.organisatie != organisatie)

    def status_for(self, organisatie: Oin) -> str:
        """How this organisation sees the pair; nothing in it tells what the other side did, until both agree."""
        eigen, ander = self.kant_of(organisatie).bevestiging, self.other_than(organisatie).bevestiging
        if self.is_blocked:
            return Paarstatus.AFGEWEZEN.value
        if self.status is Paarstatus.VERVALLEN:
            return Paarstatus.VERVALLEN.value
        if eigen and (ander or self.status is Paarstatus.BEVESTIGD):
            return Paarstatus.BEVESTIGD.value
        return "door-u-bevestigd" if eigen else Paarstatus.OPEN.value


def paarsleutel(een: SignaalId, ander: SignaalId) -> Paarsleutel:
    """The name of the pair of these two."""
    return (een, ander) if een.bytes < ander.bytes else (ander, een)


def make_paar(convenant: ConvenantId, een: Kant, ander: Kant, *, profiel: Profiel, sloten: int, op: datetime) -> Paar:
    """A new pair that is open; its niveau is the best one among the slots that coincide."""
    eerste, tweede = sorted((een, ander), key=lambda kant: kant.signaal.bytes)
    return Paar(
        convenant=convenant,
        kanten=(eerste, tweede),
        niveau=best_niveau(profiel, sloten),
        sloten=sloten,
        status=Paarstatus.OPEN,
        ontstaan_op=op,
    )


def confirm(paar: Paar, organisatie: Oin, bevestiging: Bevestiging) -> Paar:
    """The pair after this side confirmed it; the same pair when that changes nothing.

    Raises Conflict for a pair that was rejected or is over.
    """
    _refuse_closed(paar)
    eigen = paar.kant_of(organisatie)
    if eigen.bevestiging and (eigen.bevestiging.acuut or not bevestiging.acuut):
        return paar
    confirmed = _with_kant(paar, replace(eigen, bevestiging=bevestiging))
    counts = bevestiging.acuut or all(kant.bevestiging for kant in confirmed.kanten)
    return replace(confirmed, status=Paarstatus.BEVESTIGD) if counts else confirmed


def reject(paar: Paar, organisatie: Oin) -> Paar:
    """The pair after this side rejected it, for good; the same pair when it was rejected before.

    A pair that the other side confirmed in acute danger can be rejected too. Raises Conflict when both sides confirmed
    it, or when it is over.
    """
    if paar.status is Paarstatus.AFGEWEZEN:
        return paar
    if paar.status is Paarstatus.BEVESTIGD and paar.kant_of(organisatie).bevestiging:
        raise Conflict(_AL_BEVESTIGD)
    _refuse_closed(paar)
    return replace(paar, status=Paarstatus.AFGEWEZEN)


def separate(paar: Paar) -> Paar:
    """The pair after one side said that the match is wrong."""
    return replace(paar, status=Paarstatus.ONJUIST)


def lapse(paar: Paar) -> Paar:
    """The pair after one of its signals ended."""
    return replace(paar, status=Paarstatus.VERVALLEN)


def best_niveau(profiel: Profiel, sloten: int) -> Niveau:
    """The best level among these slots; a profile without levels gives the weakest."""
    found = {slot.niveau for positie, slot in enumerate(profiel.slots) if sloten >> positie & 1}
    return next((niveau for niveau in Niveau if niveau in found), Niveau.MOGELIJK)


def slot_codes(profiel: Profiel, sloten: int) -> list[str]:
    """The codes of these slots, in slot order."""
    return [slot.code for positie, slot in enumerate(profiel.slots) if sloten >> positie & 1]


def _refuse_closed(paar: Paar) -> None:
    if paar.is_blocked:
        raise Conflict(_AFGEWEZEN)
    if paar.status is Paarstatus.VERVALLEN:
        raise Conflict(_VERVALLEN)


def _with_kant(paar: Paar, kant: Kant) -> Paar:
    een, ander = (kant if oud.signaal == kant.signaal else oud for oud in paar.kanten)
    return replace(paar, kanten=(een, ander))
