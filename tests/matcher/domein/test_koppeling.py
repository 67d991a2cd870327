from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from convenant.types import ConvenantId, Epoche, Oin
from matcher.domein.koppeling import Lid, join, leave
from matcher.domein.signaal import Signaal
from matcher.types import Matchgebeurtenis, MatchId, MedewerkerPseudoniem, SignaalId, Signaalstatus

MATCH = MatchId(UUID(int=1))


def signaal(organisatie: int) -> Signaal:
    return Signaal(
        id=SignaalId(uuid4()),
        convenant=ConvenantId("nhn-2026"),
        convenantversie=1,
        epoche=Epoche(1),
        organisatie=Oin(f"{organisatie:020d}"),
        signaalsoort="huiselijk-geweld",
        medewerker=MedewerkerPseudoniem(bytes(32)),
        status=Signaalstatus.ACTIEF,
        ingediend_op=datetime(2026, 5, 12, tzinfo=UTC),
        verloopt_op=date(2027, 6, 1),
    )


@st.composite
def groepen(draw: st.DrawFn) -> Sequence[Lid]:
    """A group as the database can hold it: whoever is in a match is in the same one."""
    organisaties = draw(st.lists(st.integers(1, 4), max_size=6))
    return [Lid(signaal(nummer), MATCH if draw(st.booleans()) else None) for nummer in organisaties]


def organisaties(signalen: Sequence[Signaal]) -> set[Oin]:
    return {s.organisatie for s in signalen}


@settings(max_examples=100)
@given(groep=groepen())
def test_a_change_takes_two_organisations_and_a_newcomer(groep: Sequence[Lid]) -> None:
    newcomers = [lid for lid in groep if lid.match is None]
    takes = len(organisaties([lid.signaal for lid in groep])) >= 2 and bool(newcomers)
    assert (join(groep) is not None) == takes


@settings(max_examples=100)
@given(groep=groepen())
def test_a_change_holds_the_whole_group_and_lets_exactly_the_newcomers_join(groep: Sequence[Lid]) -> None:
    wijziging = join(groep)
    if wijziging is None:
        return
    assert wijziging.leden == tuple(lid.signaal for lid in groep)
    assert wijziging.toegetreden == tuple(lid.signaal.id for lid in groep if lid.match is None)
    grows = any(lid.match for lid in groep)
    assert wijziging.match == (MATCH if grows else None)
    assert wijziging.gebeurtenis is (Matchgebeurtenis.UITGEBREID if grows else Matchgebeurtenis.ONTSTAAN)


@settings(max_examples=100)
@given(groep=groepen())
def test_joining_twice_changes_nothing_more(groep: Sequence[Lid]) -> None:
    wijziging = join(groep)
    match = wijziging.match if wijziging and wijziging.match else MATCH
    after = [Lid(lid.signaal, match) for lid in groep] if wijziging else groep
    assert join(after) is None


@settings(max_examples=100)
@given(nummers=st.lists(st.integers(1, 4), max_size=6))
def test_a_match_lapses_when_fewer_than_two_organisations_stay(nummers: list[int]) -> None:
    blijvers = [signaal(nummer) for nummer in nummers]
    wijziging = leave(MATCH, blijvers)
    lapses = wijziging.gebeurtenis is Matchgebeurtenis.VERVALLEN
    assert lapses == (len(set(nummers)) < 2)
    assert lapses or wijziging.gebeurtenis is Matchgebeurtenis.GEKROMPEN
    assert (wijziging.match, wijziging.leden, wijziging.toegetreden) == (MATCH, tuple(blijvers), ())
