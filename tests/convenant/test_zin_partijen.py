"""Who must sign, who can be told apart, who may do how much, and who may join."""

from typing import Any

import pytest

from convenant.laden import document_from_yaml
from convenant.voorbeelden import example_text
from tests.convenant.conftest import HOLDER, VT, WIJKTEAM, Change, document_with_afspraken, drop, findings, put

NHN = document_from_yaml(example_text("noord-holland-noord"), bron="voorbeeld")


def test_the_convenanthouder_is_a_party(document: dict[str, Any]) -> None:
    found = findings(document, put("convenanthouder", value=HOLDER))
    assert list(found) == ["convenanthouder"]
    assert "Zet haar bij 'partijen'" in found["convenanthouder"]


def test_somebody_has_to_sign(document: dict[str, Any]) -> None:
    found = findings(document, put("convenanthouder", value=HOLDER), drop("partijen", 0, "vereist"))
    assert list(found) == ["convenanthouder", "partijen"]
    assert "vereist" in found["partijen"]


@pytest.mark.parametrize("change", [drop("partijen", 0, "vereist"), put("convenanthouder", value=WIJKTEAM)])
def test_the_convenanthouder_is_required(document: dict[str, Any], change: Change) -> None:
    ((pad, melding),) = findings(document, change).items()
    assert pad in ("partijen.0.vereist", "partijen.1.vereist")
    assert "'vereist: true'" in melding


def test_another_party_may_be_required_as_well(document: dict[str, Any]) -> None:
    assert findings(document, put("partijen", 1, "vereist", value=True)) == {}


@pytest.mark.parametrize(
    ("naam", "part"),
    [
        ("Veilig Thuis", "lijkt te veel"),
        ("VEILIG-THUIS", "lijkt te veel"),
        ("Veilig Thuls", "lijkt te veel"),
        ("Wijktеam", "verschillende schriften"),
        ("Wijk\u200bteam", "tekens die niemand ziet"),
    ],
    ids=["same", "case-and-hyphen", "l-for-i", "cyrillic-e", "zero-width-space"],
)
def test_names_can_be_told_apart(document: dict[str, Any], naam: str, part: str) -> None:
    ((pad, melding),) = findings(document, put("partijen", 1, "naam", value=naam)).items()
    assert pad == "partijen.1.naam"
    assert part in melding
    assert naam not in melding


def test_a_name_wholly_in_another_script_can_still_look_like_one_in_ours(document: dict[str, Any]) -> None:
    # All letters are Cyrillic: these have one script, and only their shape gives them away.
    changes = put("partijen", 1, "naam", value="Соре"), put("partijen", 2, "naam", value="Cope")
    assert list(findings(document, *changes)) == ["partijen.2.naam"]


def test_who_enters_persons_has_a_plafond(document: dict[str, Any]) -> None:
    found = findings(document, put("plafonds", 0, "partijen", value={"rollen": ["radar"]}))
    assert list(found) == ["partijen.1", "partijen.2"]
    assert all("plafond" in melding for melding in found.values())


def test_who_enters_nobody_needs_no_plafond(document: dict[str, Any]) -> None:
    change = put("plafonds", 0, "partijen", value={"oins": [VT, "00000099000000003000"]})
    assert findings(document, change, put("partijen", 1, "rollen", value=["privacy"])) == {}


def test_an_enormous_plafond_is_the_parties_own_choice(document: dict[str, Any]) -> None:
    ruim = {"perDuizend": 10_000, "minstens": 1_000_000}
    assert findings(document, put("plafonds", 0, "signalen", value=ruim)) == {}


@pytest.mark.parametrize("rol", ["radar", "privacy", "beheer"])
def test_nobody_joins_with_a_role_over_others(rol: str) -> None:
    document = document_with_afspraken()
    found = findings(document, put("toetreding", 0, "rollen", value=["signaleerder", rol]))
    assert list(found) == ["toetreding.0.rollen"]
    assert "nieuwe versie" in found["toetreding.0.rollen"]


def test_a_regisseur_may_join() -> None:
    assert findings(document_with_afspraken(), put("toetreding", 0, "rollen", value=["regisseur"])) == {}


def test_who_joins_has_a_plafond() -> None:
    oins = [partij["oin"] for partij in document_with_afspraken()["partijen"]]
    found = findings(document_with_afspraken(), put("plafonds", 0, "partijen", value={"oins": oins}))
    assert list(found) == ["toetreding.0"]
    assert "plafond" in found["toetreding.0"]


def test_who_joins_has_a_budget_in_mode_voprf() -> None:
    joining = {"artikel": "2.1", "sectoren": ["onderwijs"], "rollen": ["signaleerder"], "toelichting": "x"}
    school = put("toetreding", value=[joining])
    assert findings(NHN, school) == {}
    found = findings(NHN, school, put("toetreding", 0, "sectoren", value=["onderwijs", "overheid"]))
    assert list(found) == ["toetreding.0"]
    assert "budget" in found["toetreding.0"]


def test_who_runs_the_matcher_may_hold_the_convenant_when_it_enters_nobody(document: dict[str, Any]) -> None:
    houder = put("convenanthouder", value=WIJKTEAM), put("partijen", 1, "vereist", value=True)
    beheerder = put("matcher", "beheerder", value=WIJKTEAM)
    assert list(findings(document, *houder, beheerder)) == ["matcher.beheerder"]
    assert findings(document, *houder, beheerder, put("partijen", 1, "rollen", value=["beheer"])) == {}


@pytest.mark.parametrize("rol", ["signaleerder", "radar", "regisseur"])
def test_who_enters_persons_does_not_run_the_matcher(rol: str) -> None:
    document = document_with_afspraken()
    document["deelregels"][0]["tussen"][0] = {"alle": True}
    document["deelregels"][1]["ontvanger"] = {"oins": [VT]}
    changes = put("matcher", "beheerder", value=WIJKTEAM), put("partijen", 1, "rollen", value=[rol])
    assert "matcher.beheerder" in findings(document, *changes)
