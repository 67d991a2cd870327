"""Who may be told what."""

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from convenant.beleid import Besluit, Vraag, beslis
from convenant.laden import parse_convenant
from convenant.model import Convenant, Deelregel, Eenrichting, Partijgroep, Wederkerig
from convenant.types import Gebeurtenis, Niveau, Oin, Rol, Sector, Veld
from convenant.voorbeelden import example_text

NHN = parse_convenant(example_text("noord-holland-noord"), bron="voorbeeld")
OINS = {partij.naam: partij.oin for partij in NHN.partijen}
STRANGER = Oin("00000099999999999000")

VT = OINS["Veilig Thuis Noord-Holland Noord"]
PARLAN = OINS["Parlan Jeugdhulp"]
WIJKTEAM = OINS["Wijkteams Den Helder"]
GGZ = OINS["GGZ Noord-Holland-Noord"]
SCHOOL = OINS["Stichting Basisscholen De Duinroos"]
RAAD = OINS["Raad voor de Kinderbescherming"]
FG = OINS["FG-bureau Noord-Holland Noord"]

ZORG = frozenset({"zorg-om-kind"})
CALL = {Veld.ORGANISATIE, Veld.CONTACT}
ALL = {*CALL, Veld.SIGNAALSOORT, Veld.INGEDIEND_OP}
ALL_AND_CARD = {*ALL, Veld.KAART}


def _vraag(ontvanger: Oin, over: Oin, soort: str = "zorg-om-kind", eigen: frozenset[str] = ZORG) -> Vraag:
    return Vraag(
        gebeurtenis=Gebeurtenis.MATCH,
        niveau=Niveau.ZEKER,
        ontvanger=ontvanger,
        over=over,
        signaalsoort=soort,
        eigen_signaalsoorten=eigen,
        op=date(2026, 9, 1),
    )


@pytest.mark.parametrize(
    ("vraag", "velden", "artikel"),
    [
        (_vraag(PARLAN, WIJKTEAM), ALL_AND_CARD, "4.1"),
        (_vraag(PARLAN, GGZ), {*CALL, Veld.INGEDIEND_OP, Veld.KAART}, "4.2"),
        (_vraag(SCHOOL, PARLAN), {*CALL, Veld.SIGNAALSOORT, Veld.KAART}, "4.4"),
        (_vraag(SCHOOL, GGZ), CALL, "4.5"),
        (_vraag(PARLAN, RAAD), CALL, "4.6"),
        (_vraag(PARLAN, VT, "veilig-thuis-betrokken"), CALL, "4.7"),
        (_vraag(VT, SCHOOL, eigen=frozenset()), CALL, "5.1"),
        (_vraag(VT, SCHOOL), ALL_AND_CARD, "5.1, 5.2"),
        (_vraag(VT, PARLAN), ALL_AND_CARD, "4.7, 5.1, 5.2"),
        (_vraag(VT, SCHOOL, "schoolverzuim", frozenset({"veilig-thuis-betrokken"})), ALL_AND_CARD, "5.2"),
    ],
    ids=[
        "help-and-help",
        "help-of-care",
        "school-of-help",
        "school-of-care",
        "help-of-raad",
        "help-of-vt",
        "radar",
        "radar-with-own-signal",
        "radar-and-reciprocal",
        "radar-of-truancy",
    ],
)
def test_grants_the_fields_of_the_article(vraag: Vraag, velden: set[Veld], artikel: str) -> None:
    besluit = beslis(NHN, vraag)
    assert besluit.toegestaan
    assert besluit.velden == velden
    assert besluit.artikel == artikel


@pytest.mark.parametrize(
    ("vraag", "reden"),
    [
        (_vraag(SCHOOL, RAAD), "Geen deelregel"),
        (_vraag(SCHOOL, VT, "veilig-thuis-betrokken"), "Geen deelregel"),
        (_vraag(FG, SCHOOL), "Geen deelregel"),
        (_vraag(SCHOOL, PARLAN, "huiselijk-geweld"), "Geen deelregel"),
        (_vraag(SCHOOL, PARLAN, eigen=frozenset({"huiselijk-geweld"})), "Geen deelregel"),
        (_vraag(SCHOOL, PARLAN, eigen=frozenset({"onbekend"})), "Geen deelregel"),
        (_vraag(SCHOOL, PARLAN, eigen=frozenset()), "zelf geen signaal"),
        (_vraag(VT, SCHOOL, "schoolverzuim", frozenset()), "zelf geen signaal"),
        (_vraag(VT, SCHOOL, "schoolverzuim", frozenset({"onbekend"})), "Geen deelregel"),
        (_vraag(PARLAN, PARLAN), "eigen signaal"),
        (_vraag(STRANGER, PARLAN), "doet niet mee"),
        (_vraag(PARLAN, STRANGER), "doet niet mee"),
        (_vraag(PARLAN, WIJKTEAM, "onbekend"), "kent deze signaalsoort niet"),
        (replace(_vraag(PARLAN, WIJKTEAM), op=date(2025, 12, 31)), "geldt niet"),
        (replace(_vraag(PARLAN, WIJKTEAM), op=date(2030, 1, 1)), "geldt niet"),
        (replace(_vraag(VT, SCHOOL, eigen=frozenset()), niveau=Niveau.MOGELIJK), "zelf geen signaal"),
    ],
    ids=[
        "school-of-raad",
        "school-of-vt",
        "officer",
        "told-soort-not-in-rule",
        "own-soort-not-in-rule",
        "own-soort-unknown",
        "nothing-of-its-own",
        "radar-only-with-own-signal",
        "radar-with-unknown-own-soort",
        "itself",
        "receiver-unknown",
        "other-unknown",
        "soort-unknown",
        "too-early",
        "too-late",
        "less-certain",
    ],
)
def test_refuses_with_a_reason_and_nothing_else(vraag: Vraag, reden: str) -> None:
    besluit = beslis(NHN, vraag)
    assert reden in besluit.reden
    assert besluit == Besluit(
        toegestaan=False,
        velden=frozenset(),
        artikel="",
        grondslag="",
        reden=besluit.reden,
        verleend=(),
        convenant=NHN.id,
        versie=NHN.versie,
    )


def test_names_the_grounds_of_every_field() -> None:
    besluit = beslis(NHN, _vraag(VT, PARLAN))
    assert besluit.grondslag == "meldcode, wmo-veilig-thuis"
    assert [v.artikel for v in besluit.grounds_for(Veld.CONTACT)] == ["4.7", "5.1", "5.2"]
    assert [v.artikel for v in besluit.grounds_for(Veld.SIGNAALSOORT)] == ["5.2"]
    assert besluit.reden.startswith("Artikel 4.7: ")


def test_a_field_that_is_not_granted_has_no_grounds() -> None:
    assert beslis(NHN, _vraag(SCHOOL, GGZ)).grounds_for(Veld.SIGNAALSOORT) == ()


def test_a_rule_without_fields_grants_nothing() -> None:
    empty = replace(NHN.deelregels[0], velden=frozenset())
    assert not beslis(replace(NHN, deelregels=(empty,)), _vraag(PARLAN, WIJKTEAM)).toegestaan


# Properties over arbitrary rules, in a world so small that most of them meet.

_PARTIJEN = (VT, PARLAN, WIJKTEAM, SCHOOL)
_SOORTEN = ("zorg-om-kind", "huiselijk-geweld")
_WORLD = replace(NHN, partijen=tuple(map(NHN.partij, _PARTIJEN)))

_GROEPEN = (
    st.just(Partijgroep(alle=True))
    | st.builds(Partijgroep, oins=st.frozensets(st.sampled_from(_PARTIJEN), min_size=1))
    | st.builds(Partijgroep, sectoren=st.frozensets(st.sampled_from(Sector), min_size=4))
    | st.builds(Partijgroep, rollen=st.frozensets(st.sampled_from([Rol.RADAR, Rol.REGISSEUR]), min_size=1))
)
_WEDERKERIG = st.builds(Wederkerig, tussen=st.tuples(_GROEPEN, _GROEPEN))
_RICHTINGEN = _WEDERKERIG | st.builds(
    Eenrichting, ontvanger=_GROEPEN, over=_GROEPEN, zonder_eigen_signaal=st.booleans()
)


def _rules(richtingen: st.SearchStrategy[Wederkerig | Eenrichting]) -> st.SearchStrategy[tuple[Deelregel, ...]]:
    rule = st.builds(
        Deelregel,
        artikel=st.sampled_from([f"{hoofd}.{lid}" for hoofd in range(1, 5) for lid in range(1, 12)]),
        gebeurtenissen=st.just(frozenset({Gebeurtenis.MATCH})),
        niveaus=st.frozensets(st.sampled_from([Niveau.MOGELIJK])).map(lambda ook: ook | {Niveau.ZEKER}),
        richting=richtingen,
        signaalsoorten=st.frozensets(st.sampled_from(_SOORTEN), min_size=1),
        velden=st.frozensets(st.sampled_from(Veld), min_size=1, max_size=3),
        grondslag=st.sampled_from([grondslag.code for grondslag in NHN.grondslagen]),
        toelichting=st.just("Daarom."),
    )
    return st.lists(rule, min_size=1, max_size=5, unique_by=lambda r: r.artikel).map(tuple)


_VRAGEN = st.permutations(_PARTIJEN).flatmap(
    lambda partijen: st.builds(
        Vraag,
        gebeurtenis=st.just(Gebeurtenis.MATCH),
        niveau=st.sampled_from([Niveau.ZEKER, Niveau.ZEKER, Niveau.MOGELIJK]),
        ontvanger=st.just(partijen[0]),
        over=st.just(partijen[1]),
        signaalsoort=st.sampled_from(_SOORTEN),
        eigen_signaalsoorten=st.frozensets(st.sampled_from([*_SOORTEN, "onbekend"]), max_size=3),
        op=st.just(date(2026, 9, 1)),
    )
)


def _with_rules(regels: tuple[Deelregel, ...]) -> Convenant:
    return replace(_WORLD, deelregels=regels)


def test_the_questions_of_the_properties_are_often_granted() -> None:
    answers: list[bool] = []

    @given(_rules(_RICHTINGEN), _VRAGEN)
    @settings(max_examples=100, database=None)
    def ask(regels: tuple[Deelregel, ...], vraag: Vraag) -> None:
        answers.append(beslis(_with_rules(regels), vraag).toegestaan)

    ask()
    assert answers.count(True) > 15


@given(_VRAGEN)
@settings(max_examples=50)
def test_no_rules_grant_nothing(vraag: Vraag) -> None:
    assert not beslis(_with_rules(()), vraag).toegestaan


@given(_rules(_RICHTINGEN), _VRAGEN, st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_the_order_of_rules_does_not_count(regels: tuple[Deelregel, ...], vraag: Vraag, chance: random.Random) -> None:
    shuffled = tuple(chance.sample(regels, len(regels)))
    assert beslis(_with_rules(shuffled), vraag) == beslis(_with_rules(regels), vraag)


@given(_rules(_RICHTINGEN), _VRAGEN)
@settings(max_examples=100)
def test_all_rules_grant_what_the_single_rules_grant_and_no_more(regels: tuple[Deelregel, ...], vraag: Vraag) -> None:
    alone = [beslis(_with_rules((regel,)), vraag) for regel in regels]
    together = beslis(_with_rules(regels), vraag)
    assert together.velden == frozenset[Veld]().union(*(besluit.velden for besluit in alone))
    assert {v for besluit in alone for v in besluit.verleend} == set(together.verleend)


@given(_rules(_WEDERKERIG), _VRAGEN)
@settings(max_examples=100)
def test_reciprocal_rules_tell_both_sides_the_same(regels: tuple[Deelregel, ...], vraag: Vraag) -> None:
    vraag = replace(vraag, eigen_signaalsoorten=frozenset({vraag.signaalsoort}))
    mirrored = replace(vraag, ontvanger=vraag.over, over=vraag.ontvanger)
    assert beslis(_with_rules(regels), vraag) == beslis(_with_rules(regels), mirrored)


@given(_rules(_RICHTINGEN), _VRAGEN)
@settings(max_examples=100)
def test_whoever_has_no_signal_of_its_own_learns_only_through_the_radar(
    regels: tuple[Deelregel, ...], vraag: Vraag
) -> None:
    besluit = beslis(_with_rules(regels), replace(vraag, eigen_signaalsoorten=frozenset()))
    assert not besluit.toegestaan or Rol.RADAR in NHN.partij(vraag.ontvanger).rollen


@given(_rules(_RICHTINGEN), _VRAGEN, st.sampled_from(_PARTIJEN))
@settings(max_examples=100)
def test_another_party_changes_nothing_between_two(regels: tuple[Deelregel, ...], vraag: Vraag, third: Oin) -> None:
    assume(third not in (vraag.ontvanger, vraag.over))
    without = tuple(partij for partij in _WORLD.partijen if partij.oin != third)
    smaller = replace(_with_rules(regels), partijen=without)
    assert beslis(smaller, vraag) == beslis(_with_rules(regels), vraag)
