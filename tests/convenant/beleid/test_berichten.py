"""What stands in a notification itself."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from convenant.beleid import Vraag, berichtvelden, beslis
from convenant.beleid.besluit import refuse
from convenant.model import Berichtregel, Convenant, Partijgroep
from convenant.types import Gebeurtenis, Oin, Sector, Veld
from tests.convenant.beleid.conftest import NHN, PARLAN, SCHOOL, STRANGER, WIJKTEAM, ask
from tests.convenant.strategieen import gevallen

HELP = Partijgroep(sectoren=frozenset({Sector.JEUGDHULP}))
BESLUIT = beslis(NHN, ask(PARLAN, WIJKTEAM))
ALL = set(Veld) - {Veld.OVEREENKOMST, Veld.TERUGKOPPELING}


def _regel(*velden: Veld, ontvangers: Partijgroep = HELP, gebeurtenis: Gebeurtenis = Gebeurtenis.MATCH) -> Berichtregel:
    return Berichtregel(ontvangers=ontvangers, gebeurtenissen=frozenset({gebeurtenis}), velden=frozenset(velden))


def _with(*regels: Berichtregel) -> Convenant:
    return replace(NHN, afspraken=replace(NHN.afspraken, berichten=regels))


def _told(*regels: Berichtregel, ontvanger: Oin = PARLAN) -> frozenset[Veld]:
    return berichtvelden(_with(*regels), ontvanger, Gebeurtenis.MATCH, BESLUIT)


def test_without_rules_everything_that_was_granted() -> None:
    assert BESLUIT.velden == ALL
    assert _told() == ALL


def test_a_rule_keeps_the_rest_out() -> None:
    assert _told(_regel(Veld.ORGANISATIE)) == {Veld.ORGANISATIE}


def test_a_rule_without_fields_keeps_everything_out() -> None:
    assert _told(_regel()) == frozenset()


def test_rules_add_up() -> None:
    everybody = _regel(Veld.CONTACT, ontvangers=Partijgroep(alle=True))
    assert _told(_regel(Veld.ORGANISATIE), everybody, _regel()) == {Veld.ORGANISATIE, Veld.CONTACT}


@pytest.mark.parametrize(
    "other",
    [
        _regel(Veld.ORGANISATIE, ontvangers=Partijgroep(sectoren=frozenset({Sector.ONDERWIJS}))),
        _regel(Veld.ORGANISATIE, gebeurtenis=Gebeurtenis.ACUUT),
    ],
    ids=["other-receivers", "other-event"],
)
def test_a_rule_for_others_changes_nothing(other: Berichtregel) -> None:
    assert _told(other) == ALL
    assert _told(other, _regel(Veld.KAART)) == {Veld.KAART}


def test_a_rule_adds_nothing_to_what_was_granted() -> None:
    besluit = beslis(NHN, ask(SCHOOL, PARLAN))
    assert Veld.INGEDIEND_OP not in besluit.velden
    everything = _with(_regel(*Veld, ontvangers=Partijgroep(alle=True)))
    assert berichtvelden(everything, SCHOOL, Gebeurtenis.MATCH, besluit) == besluit.velden


def test_who_is_no_party_is_told_nothing() -> None:
    assert _told(ontvanger=STRANGER) == frozenset()


def test_a_refusal_tells_nothing() -> None:
    refused = refuse(NHN, "Nee.")
    assert berichtvelden(_with(_regel(*Veld)), PARLAN, Gebeurtenis.MATCH, refused) == frozenset()


@given(gevallen())
@settings(max_examples=50)
def test_a_notification_holds_nothing_that_was_not_granted(geval: tuple[Convenant, Vraag]) -> None:
    convenant, vraag = geval
    besluit = beslis(convenant, vraag)
    assert berichtvelden(convenant, vraag.ontvanger, vraag.gebeurtenis, besluit) <= besluit.velden
