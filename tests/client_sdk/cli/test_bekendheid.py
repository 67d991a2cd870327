"""`koppelradar bekendheid`."""

import json
from typing import Any
from uuid import UUID

import pytest

PERSONEN: list[dict[str, Any]] = [
    {"voornamen": "Fatima Sophie", "voorvoegsel": "el", "geslachtsnaam": "Amrani", "geboortedatum": "2015-03-09"},
    {"voornamen": "Bo", "geslachtsnaam": "Bakker", "geboortedatum": "2012-04-05", "partnernaam": None},
]
SECRETS = ("Amrani", "Bakker", "2015-03-09", "2012-04-05")
GGZ = {"oin": "00000099000000041000", "naam": "GGZ"}


@pytest.fixture
def gesteld(matcher: Any) -> dict[str, Any]:
    """What the matcher was asked, and how it says that the question stands."""
    found: dict[str, Any] = {}

    def ask(query: dict[str, str], body: Any) -> tuple[int, Any]:
        found["vraag"] = body
        answer = {
            "id": body["id"],
            "convenant": body["convenant"],
            "gesteldOp": "2026-11-24T12:00:00Z",
            "uiterlijk": "2026-11-26",
            "gevraagd": 15,
        }
        found["stand"] = answer | {"status": "loopt", "beantwoord": 0, "personen": []}
        path = f"/v1/bekendheidsvragen/{body['id']}"
        matcher.routes["GET", path] = lambda q, b: (200, found["stand"])
        matcher.routes["POST", f"{path}/sluitingen"] = lambda q, b: (201, found["stand"] | {"status": "gesloten"})
        return 201, answer

    matcher.routes["POST", "/v1/bekendheidsvragen"] = ask
    return found


def ask(shell: Any, *arguments: str, personen: Any = PERSONEN) -> Any:
    invoer = ("--invoer", "-") if personen is not None else ()
    stdin = json.dumps(personen) if personen is not None else None
    return shell("bekendheid", "vraag", "--reden", "onderzoek", *invoer, *arguments, stdin=stdin)


class TestAsking:
    def test_says_who_was_asked_and_until_when_and_no_name(self, shell: Any, gesteld: dict[str, Any]) -> None:
        done = ask(shell)
        assert done.exit_code == 0, done.output
        assert "gesteld aan 15 organisaties" in done.stdout
        assert "tot en met 26-11-2026" in done.stdout
        assert not any(secret in done.output for secret in SECRETS)
        assert (gesteld["vraag"]["reden"], len(gesteld["vraag"]["tokens"])) == ("onderzoek", 2)

    def test_asks_for_one_person_without_a_file(self, shell: Any, gesteld: dict[str, Any]) -> None:
        answers = "Fatima\nel\nAmrani\n2015-03-09\n"
        done = shell("bekendheid", "vraag", "--reden", "onderzoek", "--json", stdin=answers)
        assert done.exit_code == 0, done.output
        assert '"gevraagd": 15' in done.stdout

    @pytest.mark.parametrize(
        ("personen", "words"),
        [
            ({"voornamen": "Fatima"}, "JSON-lijst"),
            ([PERSONEN[0], {"voornamen": "Amrani"}], "bij persoon 2"),
            ([PERSONEN[0] | {"zorg": "Amrani"}], "bij persoon 1"),
            ([PERSONEN[0] | {"voornamen": "F."}], "persoon 1"),
        ],
    )
    def test_bad_input_is_one_sentence_without_a_name(
        self, shell: Any, gesteld: dict[str, Any], personen: Any, words: str
    ) -> None:
        done = ask(shell, personen=personen)
        assert done.exit_code == 1
        assert words in done.output
        assert not any(secret in done.output for secret in SECRETS)
        assert gesteld == {}

    def test_a_file_that_is_not_there_is_said(self, shell: Any) -> None:
        done = shell("bekendheid", "vraag", "--reden", "onderzoek", "--invoer", "/nergens/personen.json")
        assert (done.exit_code, "kan niet worden gelezen" in done.output) == (1, True)


class TestAnswers:
    def test_name_the_person_and_who_knows_him(self, shell: Any, gesteld: dict[str, Any]) -> None:
        vraag = json.loads(ask(shell, "--json").stdout)["id"]
        nobody = shell("bekendheid", "antwoorden", vraag).stdout
        assert "Niemand liet weten" in nobody
        assert "0 van 15 organisaties keken in hun register." in nobody
        contact = {"afdeling": "Intake", "telefoon": "0720000000", "email": "i@example.nl"}
        known = GGZ | {"contact": contact, "artikel": "5.4", "grondslag": "wmo"}
        gesteld["stand"] |= {"beantwoord": 15, "personen": [{"plaats": 1, "organisaties": [known]}]}
        shown = shell("bekendheid", "antwoorden", vraag).stdout
        assert "persoon 2: Bo Bakker, 2012-04-05" in shown
        assert "bekend bij: GGZ" in shown
        assert "Intake, 0720000000, i@example.nl" in shown
        assert "artikel 5.4" in shown
        assert "De vraag loopt tot en met 26-11-2026." in shown
        closed = json.loads(shell("bekendheid", "sluit", vraag, "--json").stdout)
        assert (closed["status"], closed["personen"][0]["persoon"]["geslachtsnaam"]) == ("gesloten", "Bakker")
        assert closed["personen"][0]["organisaties"][0]["contact"] == contact
        gesteld["stand"]["status"] = "gesloten"
        assert "De vraag is gesloten." in shell("bekendheid", "antwoorden", vraag).stdout

    def test_own_questions_are_listed(self, shell: Any, gesteld: dict[str, Any]) -> None:
        assert "0 vragen." in shell("bekendheid", "vragen").stdout
        ask(shell)
        assert "1 vraag." in shell("bekendheid", "vragen").stdout
        [listed] = json.loads(shell("bekendheid", "vragen", "--json").stdout)
        assert listed["id"] == gesteld["vraag"]["id"]
        assert not any(secret in json.dumps(listed) for secret in SECRETS)

    def test_come_as_notifications(self, shell: Any, gesteld: dict[str, Any], matcher: Any) -> None:
        vraag = json.loads(ask(shell, "--json").stdout)["id"]
        bericht = {"id": vraag, "convenant": "nhn-2026", "plaats": 0, "organisatie": GGZ}
        matcher.notify(bericht | {"artikel": "5.4", "grondslag": "wmo"}, "bekendheidsantwoord")
        shown = shell("notificaties").stdout
        assert "Een organisatie kent iemand naar wie u vroeg" in shown
        assert "persoon 1: Fatima Sophie el Amrani, 2015-03-09" in shown
        assert "bekend bij: GGZ" in shown


class TestBeingAsked:
    """By Veilig Thuis, about one client, in an organisation that answers after a yes."""

    @pytest.fixture
    def verzoek(self, shell: Any, matcher: Any, configuratiebestand: Any) -> str:
        path = configuratiebestand.with_name("convenant.yaml")
        text = path.read_text(encoding="utf-8")
        # This organisation is in maatschappelijke ondersteuning, which answers automatically in the example.
        assert text.count("wijze: automatisch") == 1
        path.write_text(text.replace("wijze: automatisch", "wijze: na-akkoord"), encoding="utf-8")
        shell.submit()
        vraag = str(UUID(int=3))
        route = f"/v1/bekendheidsvragen/{vraag}"
        matcher.routes["POST", f"{route}/antwoorden"] = lambda q, b: (201, {"akkoordNodig": list(range(256))})
        matcher.routes["POST", f"{route}/akkoorden"] = lambda q, b: (201, {"id": vraag, "bekend": b["bekend"]})
        bericht = {
            "id": vraag,
            "convenant": "nhn-2026",
            "epoche": 1,
            "uiterlijk": "2099-01-02",
            "wijze": "na-akkoord",
            "vrager": {"oin": "00000099000000001000", "naam": "Veilig Thuis"},
        }
        matcher.notify(bericht, "bekendheidsvraag")
        shown = shell("notificaties").stdout
        assert "Een organisatie vraagt wie iemand kent" in shown
        assert "Veilig Thuis vraagt naar uw cliënt client-77" in shown
        [listed] = json.loads(shell("bekendheid", "verzoeken", "--json").stdout)
        assert f"ja: koppelradar bekendheid ja {listed['id']}" in shown
        assert (listed["clientnummer"], listed["status"]) == ("client-77", "open")
        found: str = listed["id"]
        return found

    def test_a_no_and_then_a_yes(self, shell: Any, verzoek: str) -> None:
        assert "hoort daar niets van" in shell("bekendheid", "nee", verzoek).stdout
        assert "u zei nee" in shell("bekendheid", "verzoeken").stdout
        done = shell("bekendheid", "ja", verzoek)
        assert (done.exit_code, "De vrager hoort dat" in done.stdout) == (0, True)
        shown = shell("bekendheid", "verzoeken").stdout
        assert "u zei ja" in shown
        assert "1 verzoek." in shown

    def test_an_unknown_request_is_one_sentence(self, shell: Any, verzoek: str) -> None:
        done = shell("bekendheid", "ja", str(UUID(int=1)))
        assert (done.exit_code, "Er wacht geen vraag met dit id" in done.output) == (1, True)

    def test_json_of_the_notification_has_the_request(self, shell: Any, verzoek: str, matcher: Any) -> None:
        again = matcher.events[-1]["data"]
        matcher.notify(again, "bekendheidsvraag")
        shown = json.loads(shell("notificaties", "--json").stdout)
        assert [v["id"] for v in shown["bekendheidsverzoeken"]] == [verzoek]
        assert shown["melding"] == "Uw systeem heeft geantwoord."
