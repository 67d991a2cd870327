"""Which agreement on handing over counts, and who takes over."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenant.laden import parse_convenant
from convenant.model import Convenant, Overdrachtsafspraak, Partij, Partijgroep
from convenant.overdracht import Overdrachtsvraag, find_afspraak, gemeente_key, ontvangers_of
from convenant.types import (
    Doelgroep,
    Informeerder,
    Overdrachtsgegeven,
    Overdrachtsmoment,
    Overdrachtswijze,
    Sector,
    Zwaarte,
)
from convenant.voorbeelden import example_text

NHN = parse_convenant(example_text("noord-holland-noord"), bron="voorbeeld")
VRAAG = Overdrachtsvraag(
    gemeente="Zeewolde",
    doelgroep=Doelgroep.JEUGD,
    zwaarte=Zwaarte.MIDDELZWAAR,
    moment=Overdrachtsmoment.BEOORDELING,
    hulp_betrokken=True,
)
GROEP = Partijgroep(sectoren=frozenset({Sector.ONDERWIJS, Sector.MAATSCHAPPELIJKE_ONDERSTEUNING}))
AFSPRAAK = Overdrachtsafspraak(
    artikel="6.1",
    gemeenten=frozenset(),
    doelgroepen=frozenset(Doelgroep),
    zwaarten=frozenset(Zwaarte),
    momenten=frozenset(Overdrachtsmoment),
    hulp_betrokken=None,
    ontvangers=GROEP,
    via=None,
    wijze=Overdrachtswijze.WARM,
    wijze_toelichting="x",
    termijn="t",
    ontvangstbevestiging="t",
    gedeeld=frozenset({Overdrachtsgegeven.AANLEIDING}),
    niet_gedeeld=frozenset({Overdrachtsgegeven.MELDER}),
    advies="x",
    terugmelding="x",
    monitoring=None,
    informeert=Informeerder.SAMEN,
    zicht_op_veiligheid="x",
    grondslag="g",
    toelichting="x",
)
NAMED = frozenset({"Zeewolde", "Urk"})


def _with(convenant: Convenant, afspraken: Iterable[Overdrachtsafspraak]) -> Convenant:
    return replace(convenant, afspraken=replace(convenant.afspraken, overdracht=tuple(afspraken)))


@pytest.mark.parametrize(
    "changes",
    [
        {"gemeenten": frozenset({"Urk"})},
        {"doelgroepen": frozenset({Doelgroep.VOLWASSENEN})},
        {"zwaarten": frozenset({Zwaarte.LICHT, Zwaarte.ZWAAR})},
        {"momenten": frozenset({Overdrachtsmoment.ONDERZOEK})},
        {"hulp_betrokken": False},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_an_agreement_on_another_case_does_not_count(convenant: Convenant, changes: dict[str, object]) -> None:
    assert find_afspraak(_with(convenant, [AFSPRAAK]), VRAAG) is AFSPRAAK
    assert find_afspraak(_with(convenant, [replace(AFSPRAAK, **changes)]), VRAAG) is None  # type: ignore[arg-type]


def test_nothing_agreed_is_no_answer(convenant: Convenant) -> None:
    assert find_afspraak(convenant, VRAAG) is None


ASCENDING = [
    replace(AFSPRAAK, artikel="1"),
    replace(AFSPRAAK, artikel="2", hulp_betrokken=True),
    replace(AFSPRAAK, artikel="3", gemeenten=NAMED),
    replace(AFSPRAAK, artikel="4", gemeenten=NAMED, hulp_betrokken=True),
]


@given(st.permutations(ASCENDING), st.integers(1, 4))
@settings(max_examples=24)
def test_the_most_specific_one_counts_in_whatever_order(order: list[Overdrachtsafspraak], keep: int) -> None:
    kept = [afspraak for afspraak in order if afspraak in ASCENDING[:keep]]
    assert find_afspraak(_with(NHN, kept), VRAAG) is ASCENDING[keep - 1]


@pytest.mark.parametrize("gemeente", ["zeewolde", "ZEEWOLDE", " Zeewolde "])
def test_the_name_of_a_gemeente_may_be_typed_in_any_case(convenant: Convenant, gemeente: str) -> None:
    afspraak = replace(AFSPRAAK, gemeenten=NAMED)
    assert find_afspraak(_with(convenant, [afspraak]), replace(VRAAG, gemeente=gemeente)) is afspraak


def test_an_accent_may_be_written_in_two_ways() -> None:
    assert gemeente_key("Súdwest-Fryslân") == gemeente_key("Su\u0301dwest-Frysla\u0302n")
    assert gemeente_key("Súdwest-Fryslân") != gemeente_key("Sudwest-Fryslan")


def _working_in(convenant: Convenant, *gemeenten: tuple[str, ...]) -> Convenant:
    partijen = (replace(partij, gemeenten=g) for partij, g in zip(convenant.partijen, gemeenten, strict=True))
    return replace(convenant, partijen=tuple(partijen))


def _namen(partijen: tuple[Partij, ...]) -> list[str]:
    return [partij.naam for partij in partijen]


def test_those_of_the_group_who_work_there_take_over(convenant: Convenant) -> None:
    regio = _working_in(convenant, (), ("Urk",), ("ZEEWOLDE", "Urk"))
    assert _namen(ontvangers_of(regio, AFSPRAAK, "Zeewolde")) == ["School"]
    assert _namen(ontvangers_of(regio, AFSPRAAK, "urk")) == ["Wijkteam", "School"]
    assert ontvangers_of(regio, AFSPRAAK, "Almere") == ()


def test_who_works_in_the_whole_region_takes_over_everywhere(convenant: Convenant) -> None:
    assert _namen(ontvangers_of(convenant, AFSPRAAK, "Almere")) == ["Wijkteam", "School"]


def test_where_the_professional_who_is_involved_takes_over_there_is_no_group(convenant: Convenant) -> None:
    afspraak = replace(AFSPRAAK, ontvangers=None, hulp_betrokken=True)
    assert ontvangers_of(convenant, afspraak, "Zeewolde") == ()
