"""Looking things up in a convenant."""

import pickle
from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from convenant.errors import OnbekendeEpoche, OnbekendePartij, OnbekendeSignaalsoort
from convenant.laden import parse_convenant
from convenant.model import Alarm, Budget, Budgetregel, Convenant, Eenrichting, EpochePeriode, Partijgroep
from convenant.profielen import NL_1
from convenant.types import Epoche, Oin, Rol, Sector
from convenant.voorbeelden import example_text

VT = Oin("00000099000000001000")
WIJKTEAM = Oin("00000099000000002000")
SCHOOL = Oin("00000099000000003000")
STRANGER = Oin("00000099000000008000")


def test_finds_a_party_by_its_oin(convenant: Convenant) -> None:
    assert convenant.partij(SCHOOL).naam == "School"


def test_refuses_an_organisation_that_is_no_party_without_quoting_it(convenant: Convenant) -> None:
    with pytest.raises(OnbekendePartij) as caught:
        convenant.partij(STRANGER)
    assert STRANGER not in str(caught.value)


def test_finds_a_signaalsoort_by_its_code(convenant: Convenant) -> None:
    assert convenant.signaalsoort("verzuim").bewaartermijn_maanden == 12


def test_refuses_a_signaalsoort_it_does_not_know(convenant: Convenant) -> None:
    with pytest.raises(OnbekendeSignaalsoort):
        convenant.signaalsoort("onbekend")


@pytest.mark.parametrize(
    ("on", "in_force"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2027, 12, 31), True),
        (date(2028, 1, 1), False),
    ],
    ids=["day-before", "first-day", "last-day", "day-after"],
)
def test_first_and_last_day_of_validity_both_count(convenant: Convenant, on: date, in_force: bool) -> None:
    assert convenant.is_in_force(on) is in_force


@pytest.mark.parametrize(
    ("on", "nummer"),
    [(date(2026, 1, 1), 1), (date(2026, 12, 31), 1), (date(2027, 1, 1), 2)],
    ids=["first-day", "last-day-of-one", "first-day-of-two"],
)
def test_each_day_has_the_epoch_whose_key_is_in_use(convenant: Convenant, on: date, nummer: int) -> None:
    assert convenant.current_epoche(on) == nummer
    assert convenant.epoche(nummer).contains(on)


def test_a_day_outside_all_epochs_has_none(convenant: Convenant) -> None:
    with pytest.raises(OnbekendeEpoche):
        convenant.current_epoche(date(2028, 1, 1))


def _with_epochen(convenant: Convenant, *, gelekt: bool) -> Convenant:
    overlap = (
        EpochePeriode(nummer=Epoche(1), van=date(2026, 1, 1), tot=date(2026, 12, 31)),
        EpochePeriode(nummer=Epoche(2), van=date(2026, 12, 1), tot=date(2027, 12, 31), gelekt=gelekt),
    )
    return replace(convenant, epochen=overlap)


def test_in_an_overlap_both_epochs_run_and_the_newest_is_current(convenant: Convenant) -> None:
    overlap = _with_epochen(convenant, gelekt=False)
    assert [periode.nummer for periode in overlap.running_epochen(date(2026, 12, 15))] == [2, 1]
    assert overlap.current_epoche(date(2026, 12, 15)) == 2
    assert [periode.nummer for periode in overlap.running_epochen(date(2026, 11, 30))] == [1]


def test_an_epoch_whose_keys_leaked_runs_no_longer(convenant: Convenant) -> None:
    leaked = _with_epochen(convenant, gelekt=True)
    assert leaked.current_epoche(date(2026, 12, 15)) == 1
    assert leaked.running_epochen(date(2027, 6, 1)) == ()


def test_the_first_budget_rule_that_names_a_party_counts(convenant: Convenant) -> None:
    small, large = Budget(per_minuut=1, per_dag=2, per_maand=3), Budget(per_minuut=4, per_dag=5, per_maand=6)
    school = Partijgroep(sectoren=frozenset({Sector.ONDERWIJS}))
    regels = (Budgetregel(partijen=school, budget=small), Budgetregel(partijen=Partijgroep(alle=True), budget=large))
    both = replace(convenant, budgetten=regels)
    assert (both.budget_of(SCHOOL), both.budget_of(WIJKTEAM)) == (small, large)
    assert replace(convenant, budgetten=regels[:1]).budget_of(WIJKTEAM) is None
    assert both.budget_of(STRANGER) is None


@pytest.mark.parametrize(("gevraagd", "raised"), [(130, False), (131, True)])
def test_the_alarm_weighs_what_was_asked_against_what_was_submitted(gevraagd: int, raised: bool) -> None:
    assert Alarm(factor=3, vrij=100).is_raised(gevraagd=gevraagd, ingediend=10) is raised


def test_a_convenant_with_sleutelhouders_survives_a_trip_to_another_process() -> None:
    nhn = parse_convenant(example_text("noord-holland-noord"), bron="voorbeeld")
    assert pickle.loads(pickle.dumps(nhn)) == nhn  # noqa: S301 - our own bytes


def test_an_epoch_without_pinned_keys_is_unknown() -> None:
    nhn = parse_convenant(example_text("noord-holland-noord"), bron="voorbeeld")
    assert set(nhn.sleutelhouders[0].publieke_punten(1)) == {slot.code for slot in NL_1.slots}
    with pytest.raises(OnbekendeEpoche):
        nhn.sleutelhouders[0].publieke_punten(2)


def test_refuses_an_epoch_it_does_not_have(convenant: Convenant) -> None:
    with pytest.raises(OnbekendeEpoche):
        convenant.epoche(3)


@pytest.mark.parametrize(
    ("groep", "members"),
    [
        (Partijgroep(), set()),
        (Partijgroep(alle=True), {VT, WIJKTEAM, SCHOOL}),
        (Partijgroep(oins=frozenset({SCHOOL, STRANGER})), {SCHOOL}),
        (Partijgroep(sectoren=frozenset({Sector.ONDERWIJS, Sector.VEILIG_THUIS})), {VT, SCHOOL}),
        (Partijgroep(rollen=frozenset({Rol.RADAR, Rol.REGISSEUR})), {VT}),
        (Partijgroep(rollen=frozenset({Rol.RADAR}), sectoren=frozenset({Sector.ONDERWIJS})), set()),
        (Partijgroep(alle=True, sectoren=frozenset({Sector.ONDERWIJS})), {SCHOOL}),
    ],
    ids=["no-criterion", "alle", "oins", "sectoren", "rollen", "two-criteria", "alle-and-one"],
)
def test_a_group_holds_who_meets_every_criterion(convenant: Convenant, groep: Partijgroep, members: set[Oin]) -> None:
    assert {partij.oin for partij in convenant.partijen if groep.contains(partij)} == members


@pytest.mark.parametrize(
    ("oin", "code", "may"),
    [
        (SCHOOL, "verzuim", True),
        (WIJKTEAM, "verzuim", False),
        (WIJKTEAM, "zorg", True),
        (STRANGER, "zorg", False),
        (SCHOOL, "onbekend", False),
    ],
    ids=["indiener", "other-sector", "alle", "stranger", "unknown-soort"],
)
def test_only_indieners_of_a_soort_may_submit_it(convenant: Convenant, oin: Oin, code: str, may: bool) -> None:
    assert convenant.may_submit(oin, code) is may


def test_a_party_that_is_no_signaleerder_may_submit_nothing(convenant: Convenant) -> None:
    partijen = tuple(replace(partij, rollen=frozenset({Rol.PRIVACY})) for partij in convenant.partijen)
    assert not replace(convenant, partijen=partijen).may_submit(SCHOOL, "verzuim")


def test_a_one_way_rule_built_in_code_never_reaches_a_receiver_without_the_radar(
    convenant: Convenant,
) -> None:
    alle = Partijgroep(alle=True)
    richting = Eenrichting(ontvanger=alle, over=alle, zonder_eigen_signaal=True)
    opened = replace(convenant, deelregels=(replace(convenant.deelregels[1], richting=richting),))
    assert opened.toepassingen(VT)
    assert opened.toepassingen(SCHOOL) == ()


def test_a_public_key_comes_back_as_the_jwk_it_was(convenant: Convenant) -> None:
    sleutel = convenant.partij(VT).sleutels[0]
    assert sleutel.as_jwk() == {"kid": sleutel.kid, "kty": "OKP", "crv": "Ed25519", "x": sleutel.x}


def test_a_convenant_cannot_be_changed(convenant: Convenant) -> None:
    with pytest.raises(FrozenInstanceError):
        convenant.versie = 2  # type: ignore[misc]


def test_a_convenant_survives_a_trip_to_another_process(convenant: Convenant) -> None:
    copied = pickle.loads(pickle.dumps(convenant))  # noqa: S301 - our own bytes
    assert copied == convenant
    assert copied.partij(VT) == convenant.partij(VT)


def test_equal_convenanten_are_equal_and_hash_alike(convenant: Convenant) -> None:
    copy = replace(convenant)
    assert copy == convenant
    assert hash(copy) == hash(convenant)
