"""A window takes two different operators, over exactly the same words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OKPKey

from convenant.model import Budget
from convenant.sleutelhouder.domein.budget import empty_stand
from convenant.sleutelhouder.domein.toewijzing import allocate
from convenant.sleutelhouder.domein.venster import MAX_DUUR, Venster, approves, check_period, sign_goedkeuring
from convenant.sleutelhouder.errors import BeheerFout
from convenant.sleutelhouder.types import Beheerder, VensterId, Vensterstatus
from convenant.types import ConvenantId, Oin

OP = datetime(2026, 5, 12, 10, tzinfo=UTC)
ANNA, BAS = Beheerder("anna"), Beheerder("bas")
KEY = OKPKey.generate_key("Ed25519")
VENSTER = Venster(
    id=VensterId(UUID(int=1)),
    convenant=ConvenantId("nhn-2026"),
    organisatie=Oin("00000099000000061000"),
    punten=100,
    aangevraagd_op=OP,
    van=OP + timedelta(hours=1),
    tot=OP + timedelta(days=7),
    goedkeurders=frozenset({ANNA, BAS}),
)


@pytest.mark.parametrize(
    ("later", "goedkeurders", "status"),
    [
        (timedelta(), {ANNA}, Vensterstatus.AANGEVRAAGD),
        (timedelta(hours=2), {ANNA}, Vensterstatus.AANGEVRAAGD),
        (timedelta(), {ANNA, BAS}, Vensterstatus.GOEDGEKEURD),
        (timedelta(hours=1), {ANNA, BAS}, Vensterstatus.OPEN),
        (timedelta(days=7), {ANNA, BAS}, Vensterstatus.VERLOPEN),
        (timedelta(days=7), {ANNA}, Vensterstatus.VERLOPEN),
    ],
)
def test_it_opens_with_two_operators_between_its_dates(
    later: timedelta, goedkeurders: set[Beheerder], status: Vensterstatus
) -> None:
    venster = replace(VENSTER, goedkeurders=frozenset(goedkeurders))
    assert venster.status(OP + later) is status
    assert (venster.rest("zeker", op=OP + later) > 0) is (status is Vensterstatus.OPEN)


def test_a_request_that_nobody_approves_lapses() -> None:
    asked = replace(VENSTER, van=None, tot=None, goedkeurders=frozenset())
    assert asked.status(OP + MAX_DUUR - timedelta(seconds=1)) is Vensterstatus.AANGEVRAAGD
    assert asked.status(OP + MAX_DUUR) is Vensterstatus.VERLOPEN


def test_an_approval_holds_for_these_words_and_this_operator_alone() -> None:
    verklaring = sign_goedkeuring(VENSTER, ANNA, KEY, op=OP)
    assert approves(verklaring, VENSTER, ANNA, KEY)
    assert not approves(verklaring, VENSTER, BAS, KEY)
    assert not approves(verklaring, VENSTER, ANNA, OKPKey.generate_key("Ed25519"))
    assert not approves("a.b.c", VENSTER, ANNA, KEY)


@pytest.mark.parametrize(
    "change",
    [
        {"punten": 101},
        {"id": VensterId(UUID(int=2))},
        {"organisatie": Oin("00000099000000011000")},
        {"convenant": ConvenantId("elders")},
        {"tot": OP + timedelta(days=8)},
        {"van": OP},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_window_that_was_changed_afterwards_is_not_what_was_approved(change: dict[str, object]) -> None:
    verklaring = sign_goedkeuring(VENSTER, ANNA, KEY, op=OP)
    assert not approves(verklaring, replace(VENSTER, **change), ANNA, KEY)  # type: ignore[arg-type]


def test_a_token_of_another_kind_approves_nothing() -> None:
    claims = jwt.decode(sign_goedkeuring(VENSTER, ANNA, KEY, op=OP), KEY, algorithms=["Ed25519"]).claims
    other = jwt.encode({"alg": "Ed25519", "typ": "JWT"}, claims, KEY, algorithms=["Ed25519"])
    assert not approves(other, VENSTER, ANNA, KEY)


@pytest.mark.parametrize(
    ("van", "tot"),
    [
        (OP, OP),
        (OP, OP - timedelta(days=1)),
        (OP - timedelta(days=3), OP - timedelta(seconds=1)),
        (OP, OP + MAX_DUUR + timedelta(seconds=1)),
    ],
    ids=["empty", "backwards", "past", "too long"],
)
def test_a_period_is_in_the_future_and_at_most_thirty_one_days(van: datetime, tot: datetime) -> None:
    with pytest.raises(BeheerFout):
        check_period(van, tot, op=OP)


def test_thirty_one_days_are_allowed() -> None:
    check_period(OP, OP + MAX_DUUR, op=OP)


@given(asked=st.integers(1, 300), used=st.integers(0, 150), limit=st.integers(0, 200))
def test_points_come_out_of_the_window_first_and_then_out_of_the_budget(asked: int, used: int, limit: int) -> None:
    op = OP + timedelta(hours=2)
    budget = Budget(per_minuut=limit, per_dag=limit, per_maand=limit)
    venster = replace(VENSTER, gebruikt={"zeker": used})
    toewijzing = allocate({"zeker": asked}, standen={}, budget=budget, venster=venster, op=op)
    rest = max(0, 100 - used)
    assert toewijzing.uit_venster == {"zeker": min(asked, rest)}
    assert toewijzing.uit_budget == {"zeker": max(0, asked - rest)}
    assert bool(toewijzing.tekorten) is (max(0, asked - rest) > limit)
    assert toewijzing.standen["zeker"].maand_totaal == asked


def test_without_a_window_everything_comes_out_of_the_budget() -> None:
    budget = Budget(per_minuut=5, per_dag=5, per_maand=5)
    stand = empty_stand(OP).add(3, uit_venster=0, op=OP)
    toewijzing = allocate({"zeker": 3, "achternaam": 3}, standen={"zeker": stand}, budget=budget, venster=None, op=OP)
    assert {code for code, _ in toewijzing.tekorten} == {"zeker"}
