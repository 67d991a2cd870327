from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from convenant.model import Convenant
from convenant.types import ConvenantId, Epoche, Oin, Sector
from matcher.domein.kaart import Kaart, Omslag, Zegel
from matcher.domein.signaal import Inzending, Tokenset
from matcher.domein.toelating import findings
from matcher.types import SignaalId

if TYPE_CHECKING:
    from tests.conftest import Partijen

VANDAAG = date(2026, 5, 12)


@pytest.fixture(scope="module")
def convenant(partijen: "Partijen") -> Convenant:
    return partijen.convenant


@pytest.fixture(scope="module")
def wijkteam(partijen: "Partijen") -> Oin:
    return partijen.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)


def tokenset(epoche: int) -> Tokenset:
    return Tokenset(epoche=Epoche(epoche), hashes=())


def inzending(nummer: int = 0, **changes: Any) -> Inzending:
    good = Inzending(
        id=SignaalId(UUID(int=nummer)),
        convenant=ConvenantId("nhn-2026"),
        profiel="nl-1",
        signaalsoort="huiselijk-geweld",
        verloopt_op=date(2027, 6, 1),
        tokensets=(tokenset(1),),
        referentie=b"",
    )
    return replace(good, **changes)


def found(
    convenant: Convenant, oin: Oin, inzendingen: Sequence[Inzending], op: date = VANDAAG
) -> list[tuple[str, str]]:
    result = findings(inzendingen, organisatie=oin, convenanten={convenant.id: convenant}, vandaag=op)
    assert all(fout.melding.endswith(".") for fout in result)
    return [(fout.pad, fout.code) for fout in result]


def test_accepts_what_the_convenant_allows(convenant: Convenant, wijkteam: Oin) -> None:
    assert found(convenant, wijkteam, [inzending(1), inzending(2)]) == []


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        pytest.param({"convenant": "elders"}, ("convenant", "onbekend-convenant"), id="unknown convenant"),
        pytest.param(
            {"tokensets": (tokenset(1), tokenset(2))}, ("tokensets/1/epoche", "epoche-loopt-niet"), id="unknown epoch"
        ),
        pytest.param(
            {"tokensets": (tokenset(1), tokenset(1))}, ("tokensets/1/epoche", "dubbele-epoche"), id="epoch twice"
        ),
        pytest.param({"kaart": Kaart(b"", (), ())}, ("kaart/omslagen", "omslag-per-epoche"), id="card without omslag"),
        pytest.param(
            {"kaart": Kaart(b"", (Omslag(Epoche(1), b""),), (Zegel(Oin("00000099000000999000"), b""),))},
            ("kaart/zegels/0/ontvanger", "onbekende-ontvanger"),
            id="card for a stranger",
        ),
        pytest.param({"profiel": "nl-2"}, ("profiel", "verkeerd-profiel"), id="profile"),
        pytest.param({"signaalsoort": "anders"}, ("signaalsoort", "onbekende-signaalsoort"), id="unknown soort"),
        pytest.param(
            {"signaalsoort": "schoolverzuim", "verloopt_op": date(2027, 1, 1)},
            ("signaalsoort", "signaalsoort-niet-toegestaan"),
            id="not an indiener",
        ),
        pytest.param({"verloopt_op": date(2027, 6, 2)}, ("verlooptOp", "niet-de-eerste"), id="not the first"),
        pytest.param({"verloopt_op": date(2026, 5, 1)}, ("verlooptOp", "al-voorbij"), id="over"),
        pytest.param({"verloopt_op": date(2028, 6, 1)}, ("verlooptOp", "te-lang"), id="too long"),
    ],
)
def test_names_what_the_convenant_has_against_a_signal(
    convenant: Convenant, wijkteam: Oin, changes: dict[str, Any], finding: tuple[str, str]
) -> None:
    pad, code = finding
    assert found(convenant, wijkteam, [inzending(1), inzending(2, **changes)]) == [(f"/signalen/1/{pad}", code)]


def test_the_longest_retention_is_accepted(convenant: Convenant, wijkteam: Oin) -> None:
    assert found(convenant, wijkteam, [inzending(verloopt_op=date(2028, 5, 1))]) == []


def test_the_end_date_today_is_over(convenant: Convenant, wijkteam: Oin) -> None:
    codes = found(convenant, wijkteam, [inzending(verloopt_op=date(2026, 6, 1))], op=date(2026, 6, 1))
    assert codes == [("/signalen/0/verlooptOp", "al-voorbij")]


def test_reports_everything_at_once(convenant: Convenant, wijkteam: Oin) -> None:
    bad = inzending(1, tokensets=(tokenset(9),), profiel="x", verloopt_op=date(2020, 1, 2))
    assert found(convenant, wijkteam, [inzending(1), bad, inzending(2, convenant="elders")]) == [
        ("/signalen/1/id", "dubbel-id"),
        ("/signalen/1/tokensets/0/epoche", "epoche-loopt-niet"),
        ("/signalen/1/tokensets", "nieuwste-epoche-ontbreekt"),
        ("/signalen/1/profiel", "verkeerd-profiel"),
        ("/signalen/1/verlooptOp", "niet-de-eerste"),
        ("/signalen/1/verlooptOp", "al-voorbij"),
        ("/signalen/2/convenant", "onbekend-convenant"),
    ]


@pytest.mark.parametrize("op", [date(2025, 12, 31), date(2030, 1, 1)], ids=["before", "after"])
def test_a_convenant_that_does_not_hold_takes_nothing(convenant: Convenant, wijkteam: Oin, op: date) -> None:
    assert found(convenant, wijkteam, [inzending()], op=op) == [("/signalen/0/convenant", "convenant-geldt-niet")]


def test_an_outsider_cannot_tell_a_convenant_from_none(convenant: Convenant) -> None:
    outsider = Oin("00000099999999999000")
    exists, absent = inzending(), inzending(convenant=ConvenantId("elders"))
    convenanten = {convenant.id: convenant}
    results = [
        findings([sent], organisatie=outsider, convenanten=convenanten, vandaag=VANDAAG) for sent in (exists, absent)
    ]
    assert results[0] == results[1] != ()
