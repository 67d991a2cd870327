"""The commands as a professional runs them, against a small matcher."""

import json
from pathlib import Path
from typing import Any

import pytest

from client_sdk.cli import signaal_app
from client_sdk.register import Register
from client_sdk.sleutels import generate_sleutel, write_sleutel
from client_sdk.types import RegisterSleutel

PERSON = {
    "clientnummer": "client-77",
    "voornamen": "Fatima",
    "voorvoegsel": "el",
    "geslachtsnaam": "Amrani",
    "geboortedatum": "2015-03-09",
    "signaalsoort": "zorg-om-kind",
}
CSV = "clientnummer;voornamen;voorvoegsel;geslachtsnaam;geboortedatum\n1;Jan;;Jansen;2015-03-09\n"


def away(matcher: Any) -> None:
    matcher.faults.append(type(matcher).fault(path="/v1/", times=10**6, drop=True))


class TestSignaal:
    def test_a_person_is_asked_for_and_never_an_argument(self, shell: Any, matcher: Any) -> None:
        answers = "client-77\nFatima\nel\nAmrani\n2015-03-09\n"
        result = shell("signaal", "indienen", "--soort", "zorg-om-kind", stdin=answers)

        assert result.exit_code == 0, result.output
        assert "is ontvangen" in result.output
        assert len(matcher.signalen) == 1

    def test_json_in_and_json_out(self, shell: Any) -> None:
        result = shell.submit()

        assert result.exit_code == 0
        document = json.loads(result.stdout)
        assert (document["status"], document["clientnummer"]) == ("ontvangen", "client-77")

    def test_a_file_is_read(self, shell: Any, tmp_path: Path) -> None:
        path = tmp_path / "persoon.json"
        path.write_text(json.dumps(PERSON), encoding="utf-8")

        assert shell("signaal", "indienen", "--invoer", str(path)).exit_code == 0

    def test_a_matcher_that_is_away_is_exit_code_three_and_the_signal_is_kept(self, shell: Any, matcher: Any) -> None:
        away(matcher)
        result = shell.submit()

        assert result.exit_code == 3
        assert json.loads(result.stdout)["status"] == "wachtend"
        assert shell("register", "verzend").exit_code == 3
        matcher.faults.clear()
        assert json.loads(shell("register", "verzend", "--json").stdout) == {
            "ontvangen": 1, "geweigerd": 0, "wachtend": 0,
        }  # fmt: skip

    def test_a_refused_signal_is_exit_code_one(self, shell: Any, matcher: Any) -> None:
        matcher.refuse = {"zorg-om-kind": "te-laat"}

        result = shell.submit()

        assert result.exit_code == 1
        assert json.loads(result.stdout)["reden"] == "te-laat"

    @pytest.mark.parametrize(
        "invoer",
        [
            pytest.param("{", id="no JSON"),
            pytest.param("[]", id="no object"),
            pytest.param(json.dumps({**PERSON, "geslachtsnaam": 7}), id="number"),
            pytest.param(json.dumps({**PERSON, "Amrani": "x"}), id="unknown member"),
            pytest.param(json.dumps({**PERSON, "geboortedatum": "2999-01-01"}), id="future"),
        ],
    )
    def test_wrong_input_is_one_sentence_without_the_values(self, shell: Any, invoer: str) -> None:
        result = shell("signaal", "indienen", "--invoer", "-", stdin=invoer)

        assert result.exit_code == 1
        assert result.stderr.startswith("Fout: ")
        assert "Traceback" not in result.output
        assert not any(value in result.output for value in ("Amrani", "Fatima", "client-77", "2999"))

    def test_the_list_shows_what_is_in_the_register(self, shell: Any) -> None:
        shell.submit(clientnummer="[red]client[/red]")

        assert "[red]client[/red]" in shell("signaal", "lijst").output  # a client number is no markup
        [signaal] = json.loads(shell("signaal", "lijst", "--json").stdout)
        assert signaal["status"] == "ontvangen"

    def test_a_signal_is_withdrawn(self, shell: Any, matcher: Any) -> None:
        signaal = json.loads(shell.submit().stdout)["id"]

        assert "is ingetrokken" in shell("signaal", "intrekken", signaal).output
        assert matcher.signalen[signaal]["status"] == "ingetrokken"

    def test_a_signal_that_is_not_withdrawn_is_exit_code_three(self, shell: Any, matcher: Any) -> None:
        signaal = json.loads(shell.submit().stdout)["id"]
        away(matcher)

        assert shell("signaal", "intrekken", signaal).exit_code == 3

    def test_an_unknown_signal_is_exit_code_one(self, shell: Any) -> None:
        assert shell("signaal", "intrekken", "00000000-0000-4000-8000-000000000001").exit_code == 1

    def test_no_option_takes_a_name(self, shell: Any) -> None:
        options = {name for command in signaal_app.registered_commands for name in _options(command.callback)}

        assert options == {"soort", "invoer", "configuratie", "account", "as_json", "signaal_id"}

    @pytest.mark.parametrize("args", [("signaal", "intrekken", "geen-uuid"), ("signaal", "bestaat-niet")])
    def test_wrong_use_is_exit_code_two(self, shell: Any, args: tuple[str, ...]) -> None:
        assert shell(*args).exit_code == 2

    def test_a_missing_configuration_is_exit_code_two(self, shell: Any, tmp_path: Path) -> None:
        result = shell("signaal", "lijst", "-c", str(tmp_path / "weg.toml"))

        assert result.exit_code == 2
        assert "weg.toml" in result.stderr


class TestMatches:
    @pytest.fixture
    def signaal(self, shell: Any, matcher: Any, match_document: dict[str, Any]) -> str:
        signaal: str = json.loads(shell.submit().stdout)["id"]
        match_document["eigenSignalen"] = [signaal]
        matcher.matches = [match_document]
        matcher.notify(match_document)
        return signaal

    @pytest.mark.usefixtures("signaal")
    def test_are_shown_with_the_own_client(self, shell: Any) -> None:
        output = shell("matches").output
        assert "client-77" in output
        assert "Wijkteam" in output
        [match] = json.loads(shell("matches", "--json").stdout)
        assert match["clientnummers"] == ["client-77"]
        assert match["partijen"][0]["contact"]["afdeling"] == "Toegang"

    @pytest.mark.usefixtures("signaal")
    def test_what_was_not_granted_is_absent(self, shell: Any, matcher: Any) -> None:
        del matcher.matches[0]["partijen"][0]["contact"]

        [match] = json.loads(shell("matches", "--json").stdout)
        assert "contact" not in match["partijen"][0]
        assert "contact" not in shell("matches").output

    @pytest.mark.usefixtures("signaal")
    def test_notifications_are_shown_once(self, shell: Any) -> None:
        first = shell("notificaties", "--json")

        assert json.loads(first.stdout)["volgnummer"] == "0000000001"
        assert shell("notificaties", "--json").stdout == ""

    @pytest.mark.usefixtures("signaal")
    def test_notifications_are_shown_in_words(self, shell: Any) -> None:
        assert "Nieuwe match" in shell("notificaties").output


class TestRegister:
    def test_is_made_with_a_key_of_its_own(self, shell: Any, configuratiebestand: Path) -> None:
        folder = configuratiebestand.parent
        for path in (*folder.glob("register.db*"), folder / "register.sleutel"):
            path.unlink()

        assert shell("register", "maak", "--label", "jansen").exit_code == 0
        assert json.loads(shell("register", "status", "--json").stdout)["toegangen"] == ["jansen"]
        assert shell("register", "maak").exit_code == 1

    def test_status_counts(self, shell: Any) -> None:
        shell.submit()

        assert json.loads(shell("register", "status", "--json").stdout)["signalen"]["ontvangen"] == 1
        assert "ontvangen" in shell("register", "status").output

    def test_a_backup_opens(self, shell: Any, configuratiebestand: Path, tmp_path: Path) -> None:
        shell.submit()
        copy = tmp_path / "kopie.db"

        assert shell("register", "backup", str(copy)).exit_code == 0
        assert shell("register", "backup", str(copy)).exit_code == 1
        configuratiebestand.write_text(
            configuratiebestand.read_text(encoding="utf-8").replace("register.db", "kopie.db"), encoding="utf-8"
        )
        assert len(json.loads(shell("signaal", "lijst", "--json").stdout)) == 1

    def test_a_lost_register_is_restored(self, shell: Any, configuratiebestand: Path) -> None:
        shell.submit()
        for path in configuratiebestand.parent.glob("register.db*"):
            path.unlink()
        shell("register", "maak")

        assert json.loads(shell("register", "herstel", "--json").stdout)["hersteld"] == 1
        assert "0 signalen hersteld" in shell("register", "herstel").output

    def test_access_is_given_and_taken(self, shell: Any, configuratiebestand: Path, tmp_path: Path) -> None:
        key = tmp_path / "tweede.sleutel"

        assert shell("register", "toegang-toevoegen", "tweede", "--sleutel", str(key)).exit_code == 0
        assert key.exists()
        assert shell("register", "toegang-verwijderen", "test").exit_code == 0
        locked = shell("register", "status")
        assert locked.exit_code == 1
        assert "sleutel" in locked.stderr

    def test_an_existing_key_is_used_and_kept(self, shell: Any, configuratiebestand: Path, tmp_path: Path) -> None:
        key = generate_sleutel(RegisterSleutel)
        write_sleutel(tmp_path / "tweede.sleutel", key)
        shell("register", "toegang-toevoegen", "tweede", "--sleutel", str(tmp_path / "tweede.sleutel"))

        with Register.open(configuratiebestand.with_name("register.db"), key) as register:
            assert register.toegangen() == ("test", "tweede")


class TestImport:
    def test_reports_what_became_of_the_rows(self, shell: Any, tmp_path: Path) -> None:
        path = tmp_path / "export.csv"
        path.write_text(f"{CSV}2;Jan;;;2015-03-09\n", encoding="utf-8")

        result = shell("import", str(path), "--soort", "zorg-om-kind")

        assert result.exit_code == 1
        assert "2 regels gelezen: 1 ingediend" in result.stdout
        assert "regel 3, kolom geslachtsnaam" in result.stderr

    def test_a_matcher_that_is_away_is_exit_code_three(self, shell: Any, matcher: Any, tmp_path: Path) -> None:
        path = tmp_path / "export.csv"
        path.write_text(CSV, encoding="utf-8")
        away(matcher)

        result = shell("import", str(path), "--soort", "zorg-om-kind", "--json")

        assert result.exit_code == 3
        assert json.loads(result.stdout)["wachtend"] == 1

    def test_a_file_that_cannot_be_used_is_exit_code_one(self, shell: Any, tmp_path: Path) -> None:
        result = shell("import", str(tmp_path / "weg.csv"), "--soort", "zorg-om-kind")

        assert result.exit_code == 1
        assert "weg.csv" in result.stderr


def _options(callback: Any) -> list[str]:
    return list(callback.__wrapped__.__annotations__.keys() - {"return"})
