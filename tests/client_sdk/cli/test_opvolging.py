"""`koppelradar opvolging` and `koppelradar termijnen`."""

import json
from typing import Any

import pytest

WIJKTEAM = {"oin": "00000099000000011000", "naam": "Wijkteams Alkmaar"}
TERMIJN = {
    "id": "00000000-0000-0000-0000-000000000003",
    "convenant": "nhn-2026",
    "code": "contact-na-match",
    "artikel": "9",
    "onderwerp": "00000000-0000-0000-0000-000000000001",
    "onderwerpsoort": "match",
    "begonnenOp": "2026-03-02",
    "uiterlijk": "2026-03-09",
    "status": "verstreken",
}
DOCUMENT = {
    "match": "m-1",
    "convenant": "nhn-2026",
    "toestand": "regie-belegd",
    "regisseur": {**WIJKTEAM, "sinds": "2026-03-05", "eigen": True},
    "voorstel": {"kandidaat": WIJKTEAM, "op": "2026-03-03", "per": "2026-03-05"},
    "overdracht": {"aan": WIJKTEAM, "per": "2026-04-01"},
    "volgendMoment": {"op": "2026-03-12", "door": WIJKTEAM},
    "partijen": [
        {
            "paar": "00000000-0000-0000-0000-000000000007",
            "organisatie": WIJKTEAM,
            "contactOp": "2026-03-04",
            "hulp": "stagneert",
            "hulpSinds": "2026-03-06",
        }
    ],
    "eigen": {"contactOp": "2026-03-03", "hulp": "gestart", "hulpSinds": "2026-03-03", "afgeslotenOp": "2026-03-20"},
    "termijnen": [TERMIJN],
}


@pytest.fixture(autouse=True)
def opvolging(matcher: Any) -> None:
    matcher.routes["GET", "/v1/matches/m-1/opvolging"] = lambda query, body: (200, DOCUMENT)
    for act in (
        "contacten",
        "regievoorstellen",
        "regieaanvaardingen",
        "regieafwijzingen",
        "momenten",
        "hulpmeldingen",
        "afsluitingen",
    ):
        matcher.routes["POST", f"/v1/matches/m-1/{act}"] = lambda query, body: (201, DOCUMENT)
    matcher.routes["GET", "/v1/termijnen"] = lambda query, body: (200, {"termijnen": [TERMIJN]})


def test_is_shown_in_words(shell: Any) -> None:
    output = shell("opvolging", "toon", "m-1").output

    for words in (
        "stand: er is een regisseur",
        "regisseur: Wijkteams Alkmaar (uw organisatie), sinds 05-03-2026",
        "gaat over naar Wijkteams Alkmaar per 01-04-2026",
        "voorgesteld: Wijkteams Alkmaar, op 03-03-2026, per 05-03-2026",
        "volgende moment: 12-03-2026",
        "uw organisatie: contact op 03-03-2026",
        "de hulp is gestart sinds 03-03-2026",
        "afgesloten op 20-03-2026",
        "de hulp stagneert sinds 06-03-2026",
        "VERSTREKEN: contact leggen na een match, uiterlijk 09-03-2026",
    ):
        assert words in output


def test_is_shown_as_json_as_the_interface_gave_it(shell: Any) -> None:
    found = json.loads(shell("opvolging", "toon", "m-1", "--json").stdout)

    assert found["toestand"] == "regie-belegd"
    assert found["regisseur"] == {"organisatie": WIJKTEAM, "sinds": "2026-03-05", "eigen": True}
    assert found["partijen"] == DOCUMENT["partijen"]
    assert found["termijnen"] == [TERMIJN]


@pytest.mark.parametrize(
    ("args", "path", "body"),
    [
        (["contact", "m-1"], "contacten", {}),
        (["regisseur", "m-1", WIJKTEAM["oin"]], "regievoorstellen", {"kandidaat": WIJKTEAM["oin"]}),
        (
            ["regisseur", "m-1", WIJKTEAM["oin"], "--per", "2026-04-01"],
            "regievoorstellen",
            {"kandidaat": WIJKTEAM["oin"], "per": "2026-04-01"},
        ),
        (["aanvaard", "m-1"], "regieaanvaardingen", {}),
        (["wijs-af", "m-1"], "regieafwijzingen", {}),
        (["moment", "m-1", "2026-03-12"], "momenten", {"op": "2026-03-12"}),
        (["hulp", "m-1", "stagneert"], "hulpmeldingen", {"hulp": "stagneert"}),
        (["sluit", "m-1"], "afsluitingen", {}),
    ],
)
def test_every_act_is_sent_and_shows_how_it_stands(
    shell: Any, matcher: Any, args: list[str], path: str, body: Any
) -> None:
    result = shell("opvolging", *args)

    assert result.exit_code == 0
    assert "stand: er is een regisseur" in result.output
    assert json.loads(matcher.requests(f"/v1/matches/m-1/{path}")[0].body) == body


def test_what_is_no_oin_is_told(shell: Any) -> None:
    result = shell("opvolging", "regisseur", "m-1", "123")

    assert result.exit_code == 1
    assert "geen OIN" in result.stderr


def test_a_match_of_others_is_exit_code_one(shell: Any) -> None:
    assert shell("opvolging", "contact", "m-2").exit_code == 1


class TestTermijnen:
    def test_are_shown(self, shell: Any) -> None:
        output = shell("termijnen").output

        assert "VERSTREKEN: contact leggen na een match, uiterlijk 09-03-2026" in output
        assert "1 termijn." in output

    def test_are_shown_as_json(self, shell: Any) -> None:
        assert json.loads(shell("termijnen", "--json").stdout) == [TERMIJN]
