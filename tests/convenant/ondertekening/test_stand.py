"""Where statements leave a convenant: statuses, who takes part, and that order of arrival does not matter."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc.jwk import OKPKey

from convenant.beleid import Vraag, beslis
from convenant.errors import OndertekeningFout
from convenant.ondertekening import Status, in_werking, open_toetredingen, read_verklaringen, stand_of
from convenant.types import Gebeurtenis, Niveau, Oin

if TYPE_CHECKING:
    from tests.convenant.ondertekening.conftest import Dekken, Tafel

VT = Oin("00000099000000001000")
WIJKTEAM = Oin("00000099000000002000")
SCHOOL = Oin("00000099000000003000")
NIEUW = Oin("00000099000000004000")
NAMED = frozenset({VT, WIJKTEAM, SCHOOL})


def _oins(tafel: "Tafel") -> list[Oin]:
    return [partij.oin for partij in tafel.stand().partijen]


def test_a_text_that_nobody_signed_is_a_proposal_in_which_nobody_takes_part(tafel: "Tafel") -> None:
    stand = tafel.stand()
    assert stand.status is Status.VOORGESTELD
    assert (stand.ontbreekt, stand.aanvaard, stand.partijen) == (NAMED, frozenset(), ())
    assert in_werking(tafel.convenant, stand).partijen == ()


def test_it_is_valid_once_every_required_party_accepted_and_counts_for_those_who_did(tafel: "Tafel") -> None:
    tafel.accept(WIJKTEAM)
    assert tafel.stand().status is Status.VOORGESTELD
    tafel.accept(VT)
    stand = tafel.stand()
    assert stand.status is Status.GELDIG
    assert stand.ontbreekt == {SCHOOL}
    assert _oins(tafel) == [VT, WIJKTEAM]


def test_without_required_parties_somebody_has_to_accept(dek: "Dekken") -> None:
    tafel = dek()
    document = {**tafel.document, "partijen": [{**partij, "vereist": False} for partij in tafel.document["partijen"]]}
    tafel = dek(**document)
    assert tafel.stand().status is Status.VOORGESTELD
    assert tafel.accept(SCHOOL).stand().status is Status.GELDIG


@pytest.mark.parametrize(
    ("op", "status"),
    [
        (datetime(2026, 3, 1, tzinfo=UTC), Status.GELDIG),
        (datetime(2027, 12, 31, 22, 59, 59, tzinfo=UTC), Status.GELDIG),
        (datetime(2027, 12, 31, 23, 0, tzinfo=UTC), Status.VERLOPEN),
    ],
    ids=["inside", "last-second-in-the-netherlands", "first-second-after"],
)
def test_the_period_is_in_days_of_the_netherlands(tafel: "Tafel", op: datetime, status: Status) -> None:
    assert tafel.accept().stand(op).status is status


def test_before_its_first_day_it_is_still_a_proposal(dek: "Dekken") -> None:
    tafel = dek(geldigVan="2026-06-01", epochen=[{"nummer": 1, "van": "2026-06-01", "tot": "2026-12-31"}]).accept()
    assert tafel.stand().status is Status.VOORGESTELD
    assert tafel.stand(datetime(2026, 5, 31, 22, 0, tzinfo=UTC)).status is Status.GELDIG


def test_a_proposal_that_nobody_accepted_in_time_is_over(tafel: "Tafel") -> None:
    assert tafel.stand(datetime(2028, 1, 1, tzinfo=UTC)).status is Status.VERLOPEN


def test_a_required_party_that_rejects_or_revokes_ends_it(tafel: "Tafel") -> None:
    tafel.sign(VT, "afwijzen")
    assert tafel.stand().status is Status.AFGEWEZEN
    tafel.accept()
    assert tafel.stand().status is Status.GELDIG
    tafel.sign(VT, "opzeggen")
    stand = tafel.stand()
    assert stand.status is Status.OPGEZEGD
    assert stand.opgezegd == {VT}
    assert in_werking(tafel.convenant, stand).partijen == ()
    tafel.accept(VT)
    assert tafel.stand().status is Status.GELDIG


def test_another_party_that_revokes_removes_itself_at_once_and_not_the_convenant(tafel: "Tafel") -> None:
    tafel.accept()
    tafel.sign(SCHOOL, "opzeggen")
    assert tafel.stand().status is Status.GELDIG
    assert tafel.stand().opgezegd == {SCHOOL}
    assert _oins(tafel) == [VT, WIJKTEAM]


def test_a_suspension_takes_out_until_it_is_lifted_whatever_the_party_says(tafel: "Tafel") -> None:
    tafel.accept()
    tafel.sign(VT, "schorsen", partij_oin=SCHOOL)
    assert tafel.stand().geschorst == {SCHOOL}
    assert _oins(tafel) == [VT, WIJKTEAM]
    tafel.sign(SCHOOL, "opzeggen")
    tafel.sign(SCHOOL, "aanvaarden")
    assert _oins(tafel) == [VT, WIJKTEAM]
    tafel.sign(VT, "hervatten", partij_oin=SCHOOL)
    assert not tafel.stand().geschorst
    assert _oins(tafel) == [VT, WIJKTEAM, SCHOOL]


def test_a_suspended_required_party_is_out_and_the_convenant_goes_on(dek: "Dekken") -> None:
    document = dek().document
    document["partijen"][2]["vereist"] = True
    tafel = dek(**document).accept()
    tafel.sign(VT, "schorsen", partij_oin=SCHOOL)
    assert (tafel.stand().status, _oins(tafel)) == (Status.GELDIG, [VT, WIJKTEAM])


def test_who_joins_takes_part_once_admitted_without_anybody_signing_again(tafel: "Tafel") -> None:
    tafel.accept()
    asked = tafel.ask()
    assert open_toetredingen(tafel.convenant, tafel.verklaringen()) == (asked,)
    assert NIEUW not in {partij.oin for partij in tafel.stand().geregistreerd}
    tafel.admit(asked)
    assert open_toetredingen(tafel.convenant, tafel.verklaringen()) == ()
    assert _oins(tafel) == [VT, WIJKTEAM, SCHOOL, NIEUW]
    assert in_werking(tafel.convenant, tafel.stand()).partij(NIEUW).naam == "Basisschool"


def test_who_joined_can_leave_and_come_back_like_any_party(tafel: "Tafel") -> None:
    tafel.accept()
    tafel.admit(tafel.ask())
    tafel.sign(NIEUW, "opzeggen")
    assert NIEUW not in _oins(tafel)
    tafel.sign(NIEUW, "aanvaarden")
    assert NIEUW in _oins(tafel)
    tafel.sign(VT, "schorsen", partij_oin=NIEUW)
    assert NIEUW not in _oins(tafel)


def test_who_withdraws_its_request_before_it_was_admitted_does_not_come_in(tafel: "Tafel") -> None:
    tafel.accept()
    asked = tafel.ask()
    assert open_toetredingen(tafel.convenant, tafel.verklaringen()) == (asked,)
    tafel.sign(NIEUW, "opzeggen")
    assert open_toetredingen(tafel.convenant, tafel.verklaringen()) == ()
    tafel.admit(asked)
    assert NIEUW not in _oins(tafel)


def test_a_changed_key_is_the_registered_one(tafel: "Tafel", reserve: tuple[OKPKey, ...]) -> None:
    tafel.accept()
    tafel.change_key(SCHOOL, reserve[0])
    (sleutel,) = in_werking(tafel.convenant, tafel.stand()).partij(SCHOOL).sleutels
    assert (sleutel.x, sleutel.kid) == (reserve[0].as_dict(private=False)["x"], reserve[0].thumbprint())


def test_what_was_granted_to_a_party_stops_when_it_leaves(tafel: "Tafel") -> None:
    vraag = Vraag(
        gebeurtenis=Gebeurtenis.MATCH,
        niveau=Niveau.ZEKER,
        ontvanger=WIJKTEAM,
        over=SCHOOL,
        signaalsoort="zorg",
        eigen_signaalsoorten=frozenset({"zorg"}),
        op=tafel.op.date(),
    )
    tafel.accept()
    assert beslis(in_werking(tafel.convenant, tafel.stand()), vraag).toegestaan
    tafel.sign(SCHOOL, "opzeggen")
    assert not beslis(in_werking(tafel.convenant, tafel.stand()), vraag).toegestaan


_WHO = st.sampled_from([VT, WIJKTEAM, SCHOOL, NIEUW])
_ACTS = st.sampled_from(
    ["aanvaarden", "afwijzen", "opzeggen", "toetreden", "toelaten", "schorsen", "hervatten", "wissel"]
)
_STEPS = st.lists(st.tuples(_WHO, _ACTS, _WHO), max_size=14)


def _play(tafel: "Tafel", steps: list[tuple[Oin, str, Oin]], reserve: tuple[OKPKey, ...]) -> None:
    """Let everybody try what they like; what is not allowed is refused and leaves no trace."""
    spare = list(reserve)
    asked: dict[Oin, Any] = {}
    for wie, act, aan in steps:
        try:
            if act == "toetreden":
                asked[wie] = tafel.ask(wie)
            elif act == "toelaten" and aan in asked:
                tafel.admit(asked[aan])
            elif act in ("schorsen", "hervatten"):
                tafel.sign(VT, act, partij_oin=aan)
            elif act == "wissel" and spare:
                tafel.change_key(wie, spare.pop())
            elif act in ("aanvaarden", "afwijzen", "opzeggen"):
                tafel.sign(wie, act)
        except OndertekeningFout:
            continue


def _interleaved(tafel: "Tafel", draw: Any) -> list[Any]:
    """Return the statements in another order, in which only the order of each party is kept."""
    piles: dict[Oin, list[Any]] = {}
    for verklaring in tafel.verklaringen():
        piles.setdefault(verklaring.oin, []).append(verklaring.tekst)
    order = []
    while piles:
        oin = draw(st.sampled_from(sorted(piles)))
        order.append(piles[oin].pop(0))
        piles = {oin: pile for oin, pile in piles.items() if pile}
    return order


def _check_order_of_arrival(tafel: "Tafel", steps: Any, data: Any, reserve: tuple[OKPKey, ...]) -> None:
    _play(tafel, steps, reserve)
    order = _interleaved(tafel, data.draw)
    verklaringen = read_verklaringen(tafel.convenant, order, op=tafel.op)
    assert stand_of(tafel.convenant, verklaringen, op=tafel.op) == tafel.stand()


@settings(max_examples=25, deadline=None)
@given(steps=_STEPS, data=st.data())
def test_the_state_does_not_depend_on_what_arrived_first(
    dek: "Dekken", reserve: tuple[OKPKey, ...], steps: list[tuple[Oin, str, Oin]], data: Any
) -> None:
    _check_order_of_arrival(dek(), steps, data, reserve)


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(steps=_STEPS, data=st.data())
def test_the_state_does_not_depend_on_what_arrived_first_at_length(
    dek: "Dekken", reserve: tuple[OKPKey, ...], steps: list[tuple[Oin, str, Oin]], data: Any
) -> None:
    _check_order_of_arrival(dek(), steps, data, reserve)


def _check_revoked_stays_out(tafel: "Tafel", steps: Any, reserve: tuple[OKPKey, ...]) -> None:
    tafel.accept()
    tafel.sign(SCHOOL, "opzeggen")
    others = [(wie, act, aan) for wie, act, aan in steps if (wie, act) != (SCHOOL, "aanvaarden")]
    _play(tafel, others, reserve)
    assert SCHOOL not in _oins(tafel)
    assert not in_werking(tafel.convenant, tafel.stand()).has_partij(SCHOOL)


@settings(max_examples=25, deadline=None)
@given(steps=_STEPS)
def test_nothing_brings_back_who_revoked_but_a_fresh_accept_of_its_own(
    dek: "Dekken", reserve: tuple[OKPKey, ...], steps: list[tuple[Oin, str, Oin]]
) -> None:
    _check_revoked_stays_out(dek(), steps, reserve)


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(steps=_STEPS)
def test_nothing_brings_back_who_revoked_but_a_fresh_accept_of_its_own_at_length(
    dek: "Dekken", reserve: tuple[OKPKey, ...], steps: list[tuple[Oin, str, Oin]]
) -> None:
    _check_revoked_stays_out(dek(), steps, reserve)
