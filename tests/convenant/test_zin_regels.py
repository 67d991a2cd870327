"""Whether the deelregels rest on their grondslag and reach somebody."""

from typing import Any

import pytest

from tests.convenant.conftest import SCHOOL, VT, WIJKTEAM, Change, document_with_afspraken, findings, partij, put

GRONDSLAG = ("grondslagen", 0)
MEDICAL = "00000099000000007000"
X = "dBG8R9aw1n7Jcmt4paddmYbNN-RdSGGv6PbiAnkXUDM"


def test_the_soorten_of_a_rule_fall_under_its_grondslag(document: dict[str, Any]) -> None:
    found = findings(document, put(*GRONDSLAG, "signaalsoorten", value=["zorg"]))
    assert list(found) == ["deelregels.1.signaalsoorten"]
    assert "grondslag" in found["deelregels.1.signaalsoorten"]


@pytest.mark.parametrize(
    ("ontvangers", "pads"),
    [
        ({"sectoren": ["maatschappelijke-ondersteuning", "veilig-thuis"]}, ["deelregels.0.tussen.1"]),
        ({"sectoren": ["onderwijs", "veilig-thuis"]}, ["deelregels.0.tussen.0"]),
        ({"sectoren": ["maatschappelijke-ondersteuning", "onderwijs"]}, ["deelregels.1.ontvanger"]),
        ({"rollen": ["radar"]}, ["deelregels.0.tussen.0", "deelregels.0.tussen.1"]),
        ({"alle": True}, []),
    ],
    ids=["school", "wijkteam", "radar", "both-sides", "none"],
)
def test_who_learns_something_falls_under_the_grondslag(
    document: dict[str, Any], ontvangers: dict[str, Any], pads: list[str]
) -> None:
    found = findings(document, put(*GRONDSLAG, "ontvangers", value=ontvangers))
    assert list(found) == pads
    assert all("geldt niet voor iedereen" in melding for melding in found.values())


def test_who_is_in_a_group_without_learning_anything_needs_no_grondslag(document: dict[str, Any]) -> None:
    # The FG is in the group of all, and never has a signal of its own.
    document["partijen"].append(partij("00000099000000008000", "FG", "overheid", ["privacy"], X))
    document["deelregels"][0]["tussen"] = [{"alle": True}, {"alle": True}]
    sectoren = ["veilig-thuis", "maatschappelijke-ondersteuning", "onderwijs"]
    assert findings(document, put(*GRONDSLAG, "ontvangers", value={"sectoren": sectoren})) == {}


def test_a_grondslag_names_known_soorten_and_parties(document: dict[str, Any]) -> None:
    found = findings(
        document,
        put(*GRONDSLAG, "signaalsoorten", value=["zorg", "verzuim", "onbekend"]),
        put(*GRONDSLAG, "ontvangers", value={"oins": ["00000099000000077000"]}),
    )
    assert list(found) == ["grondslagen.0.signaalsoorten", "grondslagen.0.ontvangers.oins"]


def test_a_grondslag_that_no_rule_uses_is_fine(document: dict[str, Any]) -> None:
    document["grondslagen"].append(document["grondslagen"][0] | {"code": "avg"})
    assert findings(document) == {}


@pytest.mark.parametrize(
    "change",
    [
        put("deelregels", 1, "ontvanger", value={"oins": [VT], "sectoren": ["justitie"]}),
        put("deelregels", 1, "over", value={"oins": [VT]}),
        put("deelregels", 1, "over", value={"sectoren": ["justitie"]}),
    ],
    ids=["for-another", "about-itself", "about-nobody"],
)
def test_a_radar_has_a_rule(document: dict[str, Any], change: Change) -> None:
    found = findings(document, change)
    assert list(found) == ["partijen.0.rollen"]
    assert "rol radar" in found["partijen.0.rollen"]


def test_a_radar_may_have_a_rule_of_both_ways(document: dict[str, Any]) -> None:
    document["deelregels"][0]["tussen"][0] = {"sectoren": ["veilig-thuis", "maatschappelijke-ondersteuning"]}
    del document["deelregels"][1]
    assert findings(document) == {}


def test_a_rule_on_signals_that_a_party_may_not_submit_does_not_reach_it(document: dict[str, Any]) -> None:
    # Only schools submit verzuim, so that a rule on it between a wijkteam and a school tells neither of them anything.
    del document["deelregels"][1]
    document["partijen"][0]["rollen"] = ["privacy"]
    document["deelregels"][0]["signaalsoorten"] = ["verzuim"]
    document["signaalsoorten"][0]["indieners"] = {"oins": [WIJKTEAM]}
    assert list(findings(document)) == ["partijen.1.rollen", "partijen.2.rollen"]


def test_a_signaleerder_is_in_a_rule(document: dict[str, Any]) -> None:
    found = findings(document, put("deelregels", 1, "over", value={"oins": [WIJKTEAM, SCHOOL]}))
    assert found == {}
    document["partijen"].append(partij(MEDICAL, "Huisarts", "gezondheidszorg", ["signaleerder"], X))
    found = findings(document, put("deelregels", 1, "over", value={"oins": [WIJKTEAM, SCHOOL]}))
    assert list(found) == ["partijen.3.rollen"]
    assert "gebeurt niets" in found["partijen.3.rollen"]


@pytest.mark.parametrize("rol", ["privacy", "beheer", "regisseur"])
def test_other_roles_need_no_rule(document: dict[str, Any], rol: str) -> None:
    document["partijen"].append(partij(MEDICAL, "Huisarts", "gezondheidszorg", [rol], X))
    assert findings(document) == {}


def test_a_radar_that_hears_only_with_a_signal_of_its_own_must_be_able_to_give_one(document: dict[str, Any]) -> None:
    document["deelregels"][1]["zonderEigenSignaal"] = False
    assert findings(document) == {}
    document["partijen"][0]["rollen"] = ["radar"]
    assert list(findings(document)) == ["partijen.0.rollen"]


def test_a_wrong_oin_is_said_once(document: dict[str, Any]) -> None:
    found = findings(document, put("deelregels", 1, "ontvanger", value={"oins": ["00000099000000077000"]}))
    assert list(found) == ["deelregels.1.ontvanger.oins"]


# Data minimisation: what no deelregel grants, no notification holds.


def _bericht(ontvangers: dict[str, Any], gebeurtenissen: list[str], velden: list[str]) -> Change:
    bericht = {"ontvangers": ontvangers, "gebeurtenissen": gebeurtenissen, "velden": velden}
    return put("berichten", value=[bericht])


RADAR = {"rollen": ["radar"]}
SCHOLEN = {"sectoren": ["onderwijs"]}


@pytest.mark.parametrize(
    ("bericht", "part"),
    [
        (_bericht(RADAR, ["match"], ["kaart"]), "'kaart' bij 'match'"),
        (_bericht(SCHOLEN, ["match"], ["organisatie", "contact"]), "'contact' bij 'match'"),
        (_bericht(RADAR, ["acuut"], ["organisatie"]), "'organisatie' bij 'acuut'"),
        (_bericht(RADAR, ["match", "acuut"], ["organisatie"]), "'organisatie' bij 'acuut'"),
        (_bericht({"sectoren": ["justitie"]}, ["match"], ["kaart"]), "'kaart' bij 'match'"),
    ],
    ids=["to-nobody", "to-others-only", "on-another-event", "on-one-of-two-events", "to-a-group-without-parties"],
)
def test_a_field_that_no_rule_grants_is_in_no_notification(
    document: dict[str, Any], bericht: Change, part: str
) -> None:
    found = findings(document, bericht)
    assert list(found) == ["berichten.0.velden"]
    assert part in found["berichten.0.velden"]


@pytest.mark.parametrize(
    "bericht",
    [
        _bericht(RADAR, ["match"], ["organisatie", "contact"]),
        _bericht(SCHOLEN, ["match"], ["organisatie"]),
        _bericht({"alle": True}, ["match"], ["contact"]),
        _bericht({"sectoren": ["justitie"]}, ["match"], ["contact"]),
    ],
    ids=["radar", "schools", "to-one-of-the-group", "to-who-may-join-later"],
)
def test_a_field_that_a_rule_grants_may_be_in_a_notification(document: dict[str, Any], bericht: Change) -> None:
    assert findings(document, bericht) == {}


def test_without_its_rule_a_field_has_to_leave_the_notifications() -> None:
    document = document_with_afspraken()
    document["berichten"][0]["velden"] = ["organisatie", "contact"]
    assert findings(document) == {}
    assert "berichten.0.velden" in findings(document, put("deelregels", 1, "velden", value=["organisatie"]))
