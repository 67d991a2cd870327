"""Who may ask who knows a person, who is asked, and what an answer may tell."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenant.beleid import Vraag, beslis
from convenant.laden import parse_convenant
from convenant.model import (
    Bekendheid,
    Bekendheidsregel,
    Convenant,
    Deelregel,
    Eenrichting,
    Partijgroep,
    Signaalsoort,
)
from convenant.types import Antwoordwijze, Epoche, Gebeurtenis, Niveau, Oin, Rol, Sector, Veld
from convenant.voorbeelden import example_text
from matcher.domein.bekendheid import (
    STAP,
    Bekendheidsvraag,
    Gevraagde,
    Stelling,
    Vraagstatus,
    asked,
    cap_of,
    decide,
    findings,
    is_complete,
    is_same,
    last_day,
    make_vraag,
    may_ask,
    most_tokens,
    must_close,
)
from matcher.types import TokenHash, VraagId

NHN = parse_convenant(example_text("noord-holland-noord"), bron="voorbeeld")
DAG = date(2026, 5, 12)
NU = datetime(2026, 5, 12, 10, tzinfo=UTC)
VT = next(p.oin for p in NHN.partijen if Rol.RADAR in p.rollen)
WIJKTEAM = next(p.oin for p in NHN.partijen if Rol.REGISSEUR in p.rollen)
GGZ = next(p.oin for p in NHN.partijen if p.sector is Sector.GEZONDHEIDSZORG)
SCHOOL = next(p.oin for p in NHN.partijen if p.sector is Sector.ONDERWIJS)


def _regels(convenant: Convenant) -> list[Deelregel]:
    return [regel for regel in convenant.deelregels if Gebeurtenis.BEKENDHEIDSVRAAG in regel.gebeurtenissen]


def _with_regel(**changes: object) -> Convenant:
    """The example with another rule for bekendheidsvragen."""
    [regel] = _regels(NHN)
    others = tuple(r for r in NHN.deelregels if r is not regel)
    return replace(NHN, deelregels=(*others, replace(regel, **changes)))  # type: ignore[arg-type]


def _hash(nummer: int) -> TokenHash:
    return TokenHash(nummer.to_bytes(32))


def _stelling(*, epoche: int = 1, reden: str | None = None, tokens: Collection[int] = (1, 2)) -> Stelling:
    known = NHN.afspraken.bevraging
    assert known is not None
    return Stelling(
        id=VraagId(UUID(int=1)),
        convenant=NHN.id,
        epoche=Epoche(epoche),
        reden=reden or known.redenen[0].code,
        tokens=tuple(map(_hash, tokens)),
    )


def test_who_is_asked_is_who_the_convenant_names_and_lets_be_named() -> None:
    wijzen = {gevraagde.organisatie: gevraagde.wijze for gevraagde in asked(NHN, VT, op=DAG)}
    assert wijzen[WIJKTEAM] is Antwoordwijze.AUTOMATISCH
    assert wijzen[GGZ] is Antwoordwijze.NA_AKKOORD
    assert SCHOOL not in wijzen
    assert VT not in wijzen


@pytest.mark.parametrize("vrager", [WIJKTEAM, SCHOOL, GGZ])
def test_who_has_no_rule_may_not_ask(vrager: Oin) -> None:
    assert asked(NHN, vrager, op=DAG) == ()
    assert not may_ask(NHN, vrager, op=DAG)
    assert may_ask(NHN, VT, op=DAG)


def test_a_coordinator_that_a_rule_names_may_ask_without_a_radar() -> None:
    [regel] = _regels(NHN)
    assert isinstance(regel.richting, Eenrichting)
    anybody = replace(regel.richting, ontvanger=Partijgroep(oins=frozenset({WIJKTEAM})))
    laws = tuple(replace(grondslag, ontvangers=Partijgroep(alle=True)) for grondslag in NHN.grondslagen)
    convenant = replace(_with_regel(richting=anybody), grondslagen=laws)
    found = asked(convenant, WIJKTEAM, op=DAG)
    assert GGZ in {gevraagde.organisatie for gevraagde in found}
    assert WIJKTEAM not in {gevraagde.organisatie for gevraagde in found}
    assert asked(convenant, VT, op=DAG) == ()


def test_the_name_and_its_article_are_told_and_at_most_the_contact() -> None:
    besluit = decide(NHN, vrager=VT, over=WIJKTEAM, op=DAG)
    assert besluit.velden == {Veld.ORGANISATIE, Veld.CONTACT}
    assert (besluit.artikel, besluit.grondslag) == (_regels(NHN)[0].artikel, _regels(NHN)[0].grondslag)
    more = _with_regel(velden=frozenset(Veld))
    assert decide(more, vrager=VT, over=WIJKTEAM, op=DAG).velden == {Veld.ORGANISATIE, Veld.CONTACT}


def test_a_kind_that_the_rule_leaves_out_keeps_the_party_from_being_named_at_all() -> None:
    """An answer does not say of which kind a signal is, so what holds for one kind only is told of none."""
    convenant = _with_regel(signaalsoorten=frozenset({"zorg-om-kind"}))
    refused = decide(convenant, vrager=VT, over=WIJKTEAM, op=DAG)
    assert (refused.toegestaan, refused.velden, refused.artikel) == (False, frozenset(), "")
    assert refused.reden
    assert not may_ask(convenant, VT, op=DAG)


def test_who_may_submit_nothing_is_not_asked() -> None:
    soorten = tuple(replace(s, indieners=Partijgroep(rollen=frozenset({Rol.RADAR}))) for s in NHN.signaalsoorten)
    convenant = replace(NHN, signaalsoorten=soorten)
    assert not decide(convenant, vrager=VT, over=WIJKTEAM, op=DAG).toegestaan
    assert asked(convenant, VT, op=DAG) == ()


def test_contact_without_a_name_is_told_to_nobody() -> None:
    refused = decide(_with_regel(velden=frozenset({Veld.CONTACT})), vrager=VT, over=WIJKTEAM, op=DAG)
    assert not refused.toegestaan
    assert "deelregel" in refused.reden


def test_without_an_agreement_a_cap_or_a_term_nobody_may_ask() -> None:
    assert asked(replace(NHN, afspraken=replace(NHN.afspraken, bekendheid=None)), VT, op=DAG) == ()
    without_cap = tuple(replace(regel, bekendheidsvragen=None) for regel in NHN.afspraken.plafonds)
    for changes in ({"bekendheid": None}, {"plafonds": ()}, {"plafonds": without_cap}, {"termijnen": ()}):
        convenant = replace(NHN, afspraken=replace(NHN.afspraken, **changes))
        assert not may_ask(convenant, VT, op=DAG)


def test_outside_its_period_nobody_is_asked() -> None:
    assert asked(NHN, VT, op=NHN.geldig_tot + timedelta(days=1)) == ()


def test_the_cap_counts_persons_by_the_size_of_the_asker() -> None:
    plafond = next(r.bekendheidsvragen for r in NHN.afspraken.plafonds if r.bekendheidsvragen)
    assert plafond is not None
    assert cap_of(NHN, VT) == plafond.of(NHN.partij(VT).omvang)
    assert cap_of(NHN, SCHOOL) is None


def test_the_last_day_is_that_of_the_term() -> None:
    # Two working days: over Ascension Day, the day after it that is free too, and a week-end.
    assert last_day(NHN, op=DAG) == date(2026, 5, 18)
    assert last_day(NHN, op=date(2026, 5, 18)) == date(2026, 5, 20)


@pytest.mark.parametrize(
    ("stelling", "codes"),
    [
        (_stelling(), []),
        (_stelling(epoche=9), ["epoche-loopt-niet"]),
        (_stelling(reden="nieuwsgierig"), ["onbekende-reden"]),
        (_stelling(tokens=(1, 2, 1)), ["dubbel-token"]),
        (_stelling(epoche=9, reden="nieuwsgierig"), ["epoche-loopt-niet", "onbekende-reden"]),
    ],
)
def test_what_the_convenant_does_not_take_is_named_all_at_once(stelling: Stelling, codes: list[str]) -> None:
    assert [fout.code for fout in findings(NHN, stelling, op=DAG)] == codes


def test_without_reasons_in_the_convenant_no_reason_counts() -> None:
    convenant = replace(NHN, afspraken=replace(NHN.afspraken, bevraging=None))
    assert [fout.code for fout in findings(convenant, _stelling(), op=DAG)] == ["onbekende-reden"]


def _vraag(**changes: object) -> Bekendheidsvraag:
    return replace(make_vraag(NHN, _stelling(), VT, op=NU), **changes)  # type: ignore[arg-type]


def test_a_question_runs_up_to_and_on_its_last_day() -> None:
    vraag = _vraag()
    assert vraag.status_on(vraag.uiterlijk) is Vraagstatus.LOOPT
    assert vraag.status_on(vraag.uiterlijk + timedelta(days=1)) is Vraagstatus.GESLOTEN
    assert _vraag(gesloten_op=NU).status_on(DAG) is Vraagstatus.GESLOTEN


def test_a_question_ends_with_its_day_or_with_its_keys() -> None:
    vraag = _vraag()
    assert not must_close(vraag, {NHN.id: NHN}, vandaag=vraag.uiterlijk)
    assert must_close(vraag, {NHN.id: NHN}, vandaag=vraag.uiterlijk + timedelta(days=1))
    leaked = replace(NHN, epochen=tuple(replace(periode, gelekt=True) for periode in NHN.epochen))
    assert must_close(vraag, {NHN.id: leaked}, vandaag=DAG)
    assert must_close(vraag, {NHN.id: replace(NHN, epochen=())}, vandaag=DAG)


def test_a_convenant_without_a_term_makes_no_question() -> None:
    convenant = replace(NHN, afspraken=replace(NHN.afspraken, termijnen=()))
    with pytest.raises(ValueError, match="term"):
        make_vraag(convenant, _stelling(), VT, op=NU)


def test_the_same_question_is_known_by_all_that_it_holds() -> None:
    vraag, stored = _vraag(), [_hash(1), _hash(2)]
    assert is_same(vraag, stored, _stelling(), VT)
    assert is_same(vraag, [], _stelling(), VT)
    assert not is_same(vraag, stored, _stelling(), GGZ)
    assert not is_same(vraag, stored, _stelling(tokens=(2, 1)), VT)
    assert not is_same(vraag, [], _stelling(tokens=(1, 2, 3)), VT)


def _gevraagde(wijze: Antwoordwijze, antwoorden: int) -> Gevraagde:
    return Gevraagde(organisatie=GGZ, wijze=wijze, antwoorden=antwoorden)


@given(st.lists(st.tuples(st.sampled_from(Antwoordwijze), st.integers(0, 3)), min_size=1))
def test_it_never_closes_early_while_somebody_could_be_thinking(gevraagden: list[tuple[Antwoordwijze, int]]) -> None:
    found = is_complete(_gevraagde(wijze, antwoorden) for wijze, antwoorden in gevraagden)
    assert found == all(wijze is Antwoordwijze.AUTOMATISCH and antwoorden > 0 for wijze, antwoorden in gevraagden)


@given(st.integers(0, 5 * STAP))
def test_every_signal_fits_in_an_answer_and_hardly_more(lopend: int) -> None:
    most = most_tokens(lopend)
    assert lopend < most <= lopend + STAP
    assert most % STAP == 0


_SOORTEN = ("a", "b", "c")
_VELDEN = (Veld.ORGANISATIE, Veld.CONTACT, Veld.KAART)


@st.composite
def _convenanten(draw: st.DrawFn) -> Convenant:
    """The example with other kinds, that the wijkteam may submit or not, and rules that each grant some of it."""
    soort = NHN.signaalsoorten[0]
    nobody, all_ = Partijgroep(), Partijgroep(alle=True)
    soorten: tuple[Signaalsoort, ...] = tuple(
        replace(soort, code=code, indieners=draw(st.sampled_from([nobody, all_]))) for code in _SOORTEN
    )
    grondslag = replace(NHN.grondslagen[0], signaalsoorten=frozenset(_SOORTEN), ontvangers=all_)
    [regel] = _regels(NHN)
    regels = tuple(
        replace(
            regel,
            artikel=f"5.{nummer}",
            grondslag=grondslag.code,
            signaalsoorten=draw(st.sets(st.sampled_from(_SOORTEN), min_size=1).map(frozenset)),
            velden=draw(st.sets(st.sampled_from(_VELDEN), min_size=1).map(frozenset)),
            richting=Eenrichting(ontvanger=all_, over=all_, zonder_eigen_signaal=draw(st.booleans())),
        )
        for nummer in range(draw(st.integers(0, 4)))
    )
    bekendheid = Bekendheid(
        artikel="10.1",
        antwoordtermijn="x",
        regels=(Bekendheidsregel(partijen=all_, wijze=draw(st.sampled_from(Antwoordwijze))),),
    )
    afspraken = replace(NHN.afspraken, bekendheid=bekendheid)
    return replace(NHN, signaalsoorten=soorten, grondslagen=(grondslag,), deelregels=regels, afspraken=afspraken)


@given(_convenanten())
def test_what_is_told_is_granted_of_every_kind_that_the_party_may_submit(convenant: Convenant) -> None:
    besluit = decide(convenant, vrager=VT, over=WIJKTEAM, op=DAG)
    mogen = [soort for soort in _SOORTEN if convenant.may_submit(WIJKTEAM, soort)]
    granted = [
        beslis(
            convenant,
            Vraag(
                gebeurtenis=Gebeurtenis.BEKENDHEIDSVRAAG,
                niveau=Niveau.ZEKER,
                ontvanger=VT,
                over=WIJKTEAM,
                signaalsoort=soort,
                eigen_signaalsoorten=frozenset(),
                op=DAG,
            ),
        ).velden
        for soort in mogen
    ]
    assert all(besluit.velden <= velden for velden in granted)
    assert besluit.toegestaan == (bool(granted) and all(Veld.ORGANISATIE in velden for velden in granted))
    assert besluit.toegestaan == bool(besluit.artikel) == bool(besluit.velden)
    assert all(besluit.grounds_for(veld) for veld in besluit.velden)
    assert (WIJKTEAM in {g.organisatie for g in asked(convenant, VT, op=DAG)}) == besluit.toegestaan
