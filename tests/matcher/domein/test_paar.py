from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenant.profielen import NL_1
from convenant.types import Gebeurtenis, Niveau
from convenant.web.errors import Conflict
from matcher.domein.paar import (
    Bevestiging,
    Paar,
    best_niveau,
    confirm,
    lapse,
    paarsleutel,
    reject,
    separate,
    slot_codes,
)
from matcher.types import Paarstatus
from tests.matcher.domein.conftest import BEGIN, WIE, confirmed, maak_paar, maak_signaal, oin

EEN, ANDER = oin(1), oin(2)
NOW, ACUTE = Bevestiging(BEGIN, WIE), Bevestiging(BEGIN, WIE, acuut=True)


@pytest.fixture
def paar() -> Paar:
    return maak_paar(maak_signaal(1, EEN), maak_signaal(2, ANDER))


def test_a_pair_has_one_name_whoever_looks_at_it() -> None:
    een, ander = maak_signaal(1, EEN), maak_signaal(2, ANDER)
    assert paarsleutel(een.id, ander.id) == paarsleutel(ander.id, een.id) == maak_paar(ander, een).sleutel


@settings(max_examples=100)
@given(sloten=st.integers(1, 2**12 - 1))
def test_the_level_is_the_best_among_the_slots(sloten: int) -> None:
    order = [Niveau.ZEKER, Niveau.WAARSCHIJNLIJK, Niveau.MOGELIJK]
    codes = slot_codes(NL_1, sloten)
    found = [slot.niveau for slot in NL_1.slots if slot.code in codes and slot.niveau]
    assert len(codes) == sloten.bit_count()
    assert best_niveau(NL_1, sloten) == min(found, key=order.index)


def test_one_side_decides_nothing_for_the_other(paar: Paar) -> None:
    half = confirm(paar, EEN, NOW)
    assert (half.status_for(EEN), half.status_for(ANDER)) == ("door-u-bevestigd", "open")
    assert half.geldt_sinds is None
    assert confirm(half, EEN, Bevestiging(BEGIN + timedelta(days=1), WIE)) is half


@pytest.mark.parametrize("order", [(EEN, ANDER), (ANDER, EEN)])
def test_two_sides_make_it_count_from_the_later_one(paar: Paar, order: tuple[str, str]) -> None:
    later = Bevestiging(BEGIN + timedelta(hours=3), WIE)
    both = confirm(confirm(paar, order[0], NOW), order[1], later)  # type: ignore[arg-type]
    assert both.geldt_sinds == later.op
    assert both.gebeurtenis is Gebeurtenis.MATCH
    assert both.status_for(EEN) == both.status_for(ANDER) == "bevestigd"


def test_acute_danger_takes_one_side_and_leaves_the_other_its_say(paar: Paar) -> None:
    acute = confirm(paar, EEN, ACUTE)
    assert (acute.status_for(EEN), acute.status_for(ANDER)) == ("bevestigd", "open")
    assert (acute.geldt_sinds, acute.gebeurtenis) == (BEGIN, Gebeurtenis.ACUUT)
    agreed = confirm(acute, ANDER, Bevestiging(BEGIN + timedelta(hours=1), WIE))
    assert (agreed.geldt_sinds, agreed.gebeurtenis) == (BEGIN, Gebeurtenis.MATCH)
    assert reject(acute, ANDER).status is Paarstatus.AFGEWEZEN
    with pytest.raises(Conflict):
        reject(acute, EEN)


def test_a_confirmation_can_become_acute(paar: Paar) -> None:
    assert confirm(confirm(paar, EEN, NOW), EEN, ACUTE).status is Paarstatus.BEVESTIGD


@pytest.mark.parametrize("make", [lambda p: reject(p, EEN), separate, lapse], ids=["rejected", "separated", "lapsed"])
def test_what_is_over_stays_over(paar: Paar, make: object) -> None:
    over: Paar = make(paar)  # type: ignore[operator]
    for kant in (EEN, ANDER):
        with pytest.raises(Conflict):
            confirm(over, kant, NOW)
    assert over.geldt_sinds is None


def test_rejecting_twice_changes_nothing_and_two_confirmations_cannot_be_rejected(paar: Paar) -> None:
    rejected = reject(paar, EEN)
    assert reject(rejected, ANDER) is rejected
    with pytest.raises(Conflict):
        reject(confirmed(paar), EEN)


def test_repr_hides_who_confirmed(paar: Paar) -> None:
    assert "medewerker" not in repr(confirmed(paar))
