"""Signals, tokens and pairs without a database."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from convenant.profielen import NL_1
from convenant.types import ConvenantId, Epoche, Oin
from matcher.domein.koppeling import Lid, Toestand, rearrange
from matcher.domein.paar import Bevestiging, Kant, Paar, confirm, make_paar
from matcher.domein.signaal import Signaal
from matcher.types import MatchId, MedewerkerPseudoniem, Paarkenmerk, SignaalId, Signaalstatus, TokenHash

BEGIN = datetime(2026, 5, 12, 10, tzinfo=UTC)
CONVENANT = ConvenantId("nhn-2026")
WIE = MedewerkerPseudoniem(bytes(32))


def oin(nummer: int) -> Oin:
    return Oin(f"{nummer:020d}")


def maak_signaal(nummer: int, organisatie: Oin, *, soort: str = "zorg-om-kind", uren: int = 0) -> Signaal:
    """The id tells the number, and signals with a higher one came later unless `uren` says otherwise."""
    return Signaal(
        id=SignaalId(UUID(int=nummer)),
        convenant=CONVENANT,
        convenantversie=1,
        epoche=Epoche(1),
        organisatie=organisatie,
        signaalsoort=soort,
        medewerker=WIE,
        status=Signaalstatus.ACTIEF,
        ingediend_op=BEGIN + timedelta(hours=uren or nummer),
        verloopt_op=date(2027, 6, 1),
    )


def token(naam: str) -> TokenHash:
    return TokenHash(naam.encode().ljust(32, b"."))


def maak_paar(een: Signaal, ander: Signaal, *, sloten: int = 2) -> Paar:
    kanten = [
        Kant(signaal=s.id, organisatie=s.organisatie, kenmerk=Paarkenmerk(UUID(int=2**64 + s.id.int)))
        for s in (een, ander)
    ]
    return make_paar(CONVENANT, kanten[0], kanten[1], profiel=NL_1, sloten=sloten, op=BEGIN)


def confirmed(paar: Paar, *, op: datetime = BEGIN, acuut_door: Oin | None = None) -> Paar:
    """Confirmed by both, or in acute danger by one."""
    if acuut_door is not None:
        return confirm(paar, acuut_door, Bevestiging(op, WIE, acuut=True))
    for kant in paar.kanten:
        paar = confirm(paar, kant.organisatie, Bevestiging(op, WIE))
    return paar


def settle(toestand: Toestand, ids: Iterable[int] = range(1000, 2000)) -> Toestand:
    """The state with every signal in the match where it belongs; new matches get these ids in turn."""
    fresh = iter(ids)
    ouderdom = {lid.match: lid.match.int for lid in toestand.leden.values() if lid.match}
    placed = rearrange(toestand, ouderdom=ouderdom, bezet=(), nieuw=lambda: MatchId(UUID(int=next(fresh))))
    return Toestand(placed, toestand.zeker, toestand.paren)


def of(*signalen: Signaal) -> dict[SignaalId, Lid]:
    return {signaal.id: Lid(signaal) for signaal in signalen}
