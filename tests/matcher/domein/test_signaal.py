from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from convenant.types import ConvenantId, Epoche, Oin
from matcher.domein.kaart import Kaart, Omslag, Zegel
from matcher.domein.signaal import Inzending, Signaal, Tokenset
from matcher.types import MedewerkerPseudoniem, SignaalId, Signaalstatus, TokenHash


def signaal(status: Signaalstatus) -> Signaal:
    return Signaal(
        id=SignaalId(UUID(int=1)),
        convenant=ConvenantId("nhn-2026"),
        convenantversie=1,
        epoche=Epoche(1),
        organisatie=Oin("00000099000000001000"),
        signaalsoort="huiselijk-geweld",
        medewerker=MedewerkerPseudoniem(b"medewerker"),
        status=status,
        ingediend_op=datetime(2026, 5, 12, tzinfo=UTC),
        verloopt_op=date(2026, 6, 1),
        referentie=b"referentie",
    )


@pytest.mark.parametrize(
    ("status", "vandaag", "live"),
    [
        pytest.param(Signaalstatus.ACTIEF, date(2026, 5, 31), True, id="the day before"),
        pytest.param(Signaalstatus.ACTIEF, date(2026, 6, 1), False, id="the end date itself"),
        pytest.param(Signaalstatus.INGETROKKEN, date(2026, 5, 31), False, id="withdrawn"),
        pytest.param(Signaalstatus.VERLOPEN, date(2026, 5, 31), False, id="expired"),
    ],
)
def test_a_signal_lives_until_its_end_date(status: Signaalstatus, vandaag: date, live: bool) -> None:
    assert signaal(status).is_live(vandaag) is live


def test_repr_hides_pseudonym_reference_and_tokens() -> None:
    inzending = Inzending(
        id=SignaalId(UUID(int=1)),
        convenant=ConvenantId("nhn-2026"),
        profiel="nl-1",
        signaalsoort="huiselijk-geweld",
        verloopt_op=date(2026, 6, 1),
        tokensets=(Tokenset(epoche=Epoche(1), hashes=(TokenHash(b"koppeltoken"),)),),
        referentie=b"referentie",
        kaart=Kaart(b"kaart", (Omslag(Epoche(1), b"omslag"),), (Zegel(Oin("00000099000000001000"), b"zegel"),)),
    )
    shown = repr(inzending) + repr(signaal(Signaalstatus.ACTIEF))
    assert not any(word in shown for word in ("koppeltoken", "b'referentie", "b'medewerker", "b'kaart", "b'omslag"))
