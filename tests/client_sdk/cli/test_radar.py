"""`koppelradar casus`, `radar`, `bevraag` and `radarmelding`."""

import json
from typing import Any

import pytest

from client_sdk.dienst.radarbalie import Radarbalie

WIJKTEAM = {"oin": "00000099000000011000", "naam": "Wijkteams Alkmaar"}
PERSOON = {"voornamen": "Fatima", "voorvoegsel": "el", "geslachtsnaam": "Amrani", "geboortedatum": "2015-03-09"}
CASUS = {
    "casusnummer": "C-2026-17",
    "signaalsoort": "zorg-om-kind",
    "monitoringTot": "2027-09-01",
    "betrokkenen": [PERSOON | {"clientnummer": "een"}, PERSOON | {"clientnummer": "twee", "voornamen": "Sofia"}],
}
PAAR = "00000000-0000-0000-0000-000000000007"


@pytest.fixture(autouse=True)
def casussen(matcher: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}

    def register(query: dict[str, str], body: Any) -> tuple[int, Any]:
        moment = "2026-03-01T12:00:00Z"
        found.setdefault(body["id"], body | {"geopendOp": moment, "gewijzigdOp": moment})
        path = f"/v1/casussen/{body['id']}"
        matcher.routes["GET", path] = lambda query, asked: (200, found[body["id"]])
        matcher.routes["POST", f"{path}/toestanden"] = lambda query, asked: (201, change(body["id"], asked))
        matcher.routes["POST", f"{path}/betrokkenen"] = lambda query, asked: (201, found[body["id"]])
        for what in ("inzagen", "terugkoppelingen"):
            matcher.routes["POST", f"{path}/{what}"] = lambda query, asked: (201, {})
        return 201, found[body["id"]]

    def change(casus: str, asked: Any) -> Any:
        aan = {"overgedragenAan": WIJKTEAM} if "overgedragenAan" in asked else {}
        found[casus] |= asked | aan
        return found[casus]

    matcher.routes["POST", "/v1/casussen"] = register
    matcher.routes["GET", "/v1/casussen"] = lambda query, body: (
        200,
        {"casussen": list(found.values()), "volgende": None},
    )
    return found


@pytest.fixture
def casus(shell: Any) -> str:
    opened = shell("casus", "open", "--invoer", "-", "--json", stdin=json.dumps(CASUS))
    id_: str = json.loads(opened.stdout)["id"]
    return id_


class TestCasus:
    def test_is_opened_from_a_file(self, shell: Any, casus: str, casussen: dict[str, Any]) -> None:
        assert list(casussen) == [casus]
        assert (casussen[casus]["acuut"], casussen[casus]["monitoringTot"]) == (False, "2027-09-01")

    def test_is_opened_by_answering_questions(self, shell: Any, casussen: dict[str, Any]) -> None:
        answers = ["C-1", "2027-09-01", "een", "Fatima", "el", "Amrani", "2015-03-09", "", "zorg-om-kind"]

        result = shell("casus", "open", "--acuut", stdin="\n".join([*answers, ""]))

        assert result.exit_code == 0
        assert "uw casus: C-1" in result.output
        assert "uw cliënten: een" in result.output
        assert "ACUUT" in result.output
        assert len(casussen) == 1

    @pytest.mark.parametrize(
        ("change", "place"),
        [
            ({"monitoringTot": "straks"}, "bij monitoringTot"),
            ({"betrokkenen": [PERSOON]}, "bij clientnummer"),
            ({"geheimpje": "Jansen"}, "."),
        ],
    )
    def test_what_does_not_fit_is_named_without_what_was_entered(
        self, shell: Any, change: dict[str, Any], place: str
    ) -> None:
        result = shell("casus", "open", "--invoer", "-", stdin=json.dumps(CASUS | change))

        assert result.exit_code == 1
        assert f"De invoer klopt niet{' ' if place != '.' else ''}{place}" in result.stderr
        assert "straks" not in result.stderr
        assert "Jansen" not in result.stderr

    def test_is_listed_with_the_own_numbers(self, shell: Any, casus: str) -> None:
        output = shell("casus", "lijst").output
        [found] = json.loads(shell("casus", "lijst", "--json").stdout)

        assert "uw casus: C-2026-17" in output
        assert "uw cliënten: een, twee" in output
        assert "1 casus." in output
        assert (found["id"], found["casusnummer"], found["clientnummers"]) == (casus, "C-2026-17", ["een", "twee"])
        assert "nummer" not in found

    def test_changes(self, shell: Any, casus: str) -> None:
        args = ["--overgedragen-aan", WIJKTEAM["oin"], "--monitoring-tot", "2028-01-01"]
        output = shell("casus", "toestand", casus, "overgedragen", *args).output

        assert "overgedragen aan: Wijkteams Alkmaar" in output
        assert "monitoring tot 01-01-2028" in output

    def test_gets_somebody_more(self, shell: Any, matcher: Any, casus: str) -> None:
        nieuw = PERSOON | {"clientnummer": "drie", "signaalsoort": "zorg-om-kind"}

        assert shell("casus", "betrokkene", casus, "--invoer", "-", stdin=json.dumps(nieuw)).exit_code == 0
        assert len(json.loads(matcher.requests("/betrokkenen")[0].body)["signalen"]) == 1

    @pytest.mark.parametrize(("uitkomst", "opgepakt"), [("opgepakt", True), ("niet-opgepakt", False)])
    def test_word_goes_back(self, shell: Any, matcher: Any, casus: str, uitkomst: str, opgepakt: bool) -> None:
        result = shell("casus", "terugkoppelen", casus, "m-1", PAAR, uitkomst, "--monitort", WIJKTEAM["oin"], "--json")

        assert json.loads(result.stdout)["opgepakt"] is opgepakt
        body = json.loads(matcher.requests("/terugkoppelingen")[0].body)
        assert body == {"match": "m-1", "paar": PAAR, "opgepakt": opgepakt, "monitort": WIJKTEAM["oin"]}

    def test_is_seen(self, shell: Any, matcher: Any, casus: str) -> None:
        assert "bekeken" in shell("casus", "gezien", casus).output
        assert matcher.requests("/inzagen")


class TestRadar:
    @pytest.fixture
    def lijst(self, matcher: Any, casus: str, casussen: dict[str, Any]) -> None:
        termijn = {
            "id": PAAR,
            "convenant": "nhn-2026",
            "code": "veiligheidsbeoordeling",
            "artikel": "9",
            "onderwerp": casus,
            "onderwerpsoort": "casus",
            "begonnenOp": "2026-03-02",
            "uiterlijk": "2026-03-09",
            "status": "nadert",
        }
        line = {
            "casus": casussen[casus] | {"acuut": True, "toestand": "voorwaarden-en-vervolg"},
            "nieuw": 2,
            "partijen": 13,
            "signalen": 144,
            "niveaus": {"waarschijnlijk": 12, "mogelijk": 1},
            "laatsteOp": "2026-03-05T12:00:00Z",
            "termijnen": [termijn | {"uiterlijk": "2026-05-01", "status": "loopt"}, termijn],
            "melding": "hermelding",
        }
        matcher.routes["GET", "/v1/radar"] = lambda query, body: (200, {"radar": [line], "volgende": None})

    def test_fits_in_80_columns_and_cuts_nothing_off(self, shell: Any, lijst: None) -> None:
        shell.columns = "80"

        output = shell("radar").output

        assert max(map(len, output.splitlines())) <= 80
        assert "…" not in output
        for words in ("! C-2026-17", "2", "13", "144", "waarschijnlijk", "voorwaarden", "09-03-2026 !", "1 casus."):
            assert words in output

    def test_is_filtered_and_sorted_by_the_matcher(self, shell: Any, matcher: Any, lijst: None) -> None:
        filters = ["--toestand", "monitoring", "--nieuw", "--termijn", "--minimaal-partijen", "2"]
        shell("radar", *filters, "--sorteer", "termijn")
        shell("radar")

        assert [exchange.query for exchange in matcher.requests("/v1/radar")] == [
            {
                "toestand": "monitoring",
                "nieuw": "true",
                "termijn": "true",
                "minimaalPartijen": "2",
                "sorteer": "termijn",
                "limiet": "1000",
            },
            {"sorteer": "nieuw", "limiet": "1000"},
        ]

    def test_is_shown_as_json(self, shell: Any, casus: str, lijst: None) -> None:
        [found] = json.loads(shell("radar", "--json").stdout)

        assert (found["casus"]["id"], found["casusnummer"]) == (casus, "C-2026-17")
        assert (found["niveaus"], found["melding"]) == ({"waarschijnlijk": 12, "mogelijk": 1}, "hermelding")

    def test_an_empty_one_is_said_to_be(self, shell: Any, matcher: Any) -> None:
        matcher.routes["GET", "/v1/radar"] = lambda query, body: (200, {"radar": [], "volgende": None})

        assert shell("radar").output == "0 casussen.\n"


class TestBevraag:
    @pytest.fixture(autouse=True)
    def antwoord(self, matcher: Any) -> None:
        partij = {
            "niveau": "zeker",
            "organisatie": WIJKTEAM,
            "contact": {"telefoon": "072"},
            "signaalsoort": "zorg-om-kind",
            "ingediendOp": "2026-03-01",
            "radarmelding": True,
            "artikel": "10.1",
            "grondslag": "wmo-4-1-1",
        }
        eigen = {"id": PAAR, "nummer": "A" * 208, "toestand": "overgedragen", "melding": "terugmelding"}
        beeld = {"partijen": [partij], "eigenCasussen": [eigen | {"niveau": "mogelijk"}]}
        answer = {"bevraagdOp": "2026-03-05T12:00:00Z", "personen": [beeld, {"partijen": [], "eigenCasussen": []}]}
        matcher.routes["POST", "/v1/bevragingen"] = lambda query, body: (201, answer)

    def test_shows_what_there_is_without_names(self, shell: Any) -> None:
        invoer = json.dumps([PERSOON, PERSOON | {"voornamen": "Sofia"}])

        output = shell("bevraag", "--reden", "nieuwe-melding", "--invoer", "-", stdin=invoer).output

        for words in (
            "Persoon 1",
            "zeker: Wijkteams Alkmaar",
            "contact: 072",
            "gaat zelf verder",
            "artikel 10.1",
            f"mogelijk: uw casus {PAAR}, overgedragen",
            "een nieuwe melding is een terugmelding",
            "Persoon 2",
            "geen signalen",
        ):
            assert words in output
        assert "Fatima" not in output

    def test_is_shown_as_json(self, shell: Any) -> None:
        invoer = json.dumps([PERSOON, PERSOON])
        result = shell("bevraag", "--reden", "nieuwe-melding", "--invoer", "-", "--json", stdin=invoer)

        first, second = json.loads(result.stdout)["personen"]
        assert first["partijen"][0]["radarmelding"] is True
        assert second == {"partijen": [], "casussen": []}

    @pytest.mark.parametrize("reden", ["", "nieuwsgierig"])
    def test_without_a_reason_of_the_convenant_nothing_is_asked(self, shell: Any, matcher: Any, reden: str) -> None:
        result = shell("bevraag", "--reden", reden, "--invoer", "-", stdin=json.dumps([PERSOON]))

        assert result.exit_code == 1
        assert "Kies uit: nieuwe-melding" in result.stderr
        assert matcher.requests("/bevragingen") == []


def test_a_radarmelding_is_a_signal_of_the_kind_for_it(
    shell: Any, matcher: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Radarbalie, "_radarsoort", lambda self: "zorg-om-kind")
    result = shell("radarmelding", "--invoer", "-", "--json", stdin=json.dumps(PERSOON | {"clientnummer": "een"}))

    [signaal] = matcher.signalen.values()
    assert json.loads(result.stdout)["status"] == "ontvangen"
    assert signaal["signaalsoort"] == "zorg-om-kind"
