"""The commands about possible matches, wrong matches, cards and rotation, as a professional runs them."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from client_sdk.vergelijking import vergelijking
from convenant.profielen import NL_1
from convenant.types import Niveau
from convenant.zegel import Kem, Zegelsleutel
from convenant.zegelbestanden import write_zegelsleutel

WIJKTEAM = "00000099000000011000"
_SLOT = next(slot.code for slot in NL_1.slots if slot.niveau is Niveau.WAARSCHIJNLIJK)


@pytest.fixture
def signaal(shell: Any) -> str:
    signaal: str = json.loads(shell.submit().stdout)["id"]
    return signaal


@pytest.fixture
def mogelijk(matcher: Any, signaal: str) -> str:
    id_ = str(uuid4())
    matcher.mogelijk = [
        {
            "id": id_,
            "convenant": "nhn-2026",
            "niveau": "waarschijnlijk",
            "sloten": [_SLOT],
            "ontstaanOp": "2026-03-01T12:00:00Z",
            "eigenSignaal": signaal,
            "status": "open",
        }
    ]
    return id_


@pytest.fixture
def verzoek(shell: Any, matcher: Any, signaal: str) -> str:
    """Somebody asks for the card of our signal."""
    paar = str(uuid4())
    document = {
        "match": "m-1",
        "paar": paar,
        "eigenSignaal": signaal,
        "convenant": "nhn-2026",
        "niveau": "zeker",
        "ontvanger": WIJKTEAM,
    }
    matcher.notify(document, soort="kaart-gevraagd")
    return paar


class TestMogelijkeMatches:
    def test_are_listed_in_words(self, shell: Any, mogelijk: str) -> None:
        output = shell("mogelijke-matches", "lijst").output

        assert mogelijk in output
        assert "client-77" in output
        assert vergelijking([_SLOT]) in output
        assert "1 mogelijke match." in output

    def test_are_listed_as_json(self, shell: Any, mogelijk: str) -> None:
        [found] = json.loads(shell("mogelijke-matches", "lijst", "--json").stdout)

        assert (found["id"], found["clientnummer"], found["status"]) == (mogelijk, "client-77", "open")

    def test_are_confirmed_and_rejected(self, shell: Any, mogelijk: str) -> None:
        assert "door u bevestigd" in shell("mogelijke-matches", "bevestig", mogelijk).output
        result = shell("mogelijke-matches", "wijs-af", mogelijk, "--json")
        assert json.loads(result.stdout)["status"] == "afgewezen"

    def test_acute_danger_is_passed_on(self, shell: Any, matcher: Any, mogelijk: str) -> None:
        assert shell("mogelijke-matches", "bevestig", mogelijk, "--acuut").exit_code == 0
        assert matcher.requests("/bevestigingen")[0].body == b'{"acuut":true}'

    def test_an_unknown_one_is_exit_code_one(self, shell: Any) -> None:
        assert shell("mogelijke-matches", "bevestig", str(uuid4())).exit_code == 1


class TestMatches:
    def test_a_wrong_one_is_reported(self, shell: Any, matcher: Any) -> None:
        result = shell("matches", "onjuist", "m-1", str(uuid4()))

        assert result.exit_code == 0
        assert "verbroken" in result.output
        assert matcher.requests("/v1/matches/m-1/onjuistmeldingen")

    def test_a_warning_is_not_to_be_missed(
        self, shell: Any, matcher: Any, signaal: str, match_document: dict[str, Any]
    ) -> None:
        match_document |= {"convenant": "nhn-2026", "eigenSignalen": [signaal]}
        match_document["partijen"][0] |= {
            "paar": str(uuid4()),
            "kaart": {
                "signaal": str(uuid4()),
                "oin": WIJKTEAM,
                "versleuteld": "A" * 1403,
                "omslagen": [{"epoche": 1, "waarde": "A" * 80}],
                "zegels": [],
            },
        }
        matcher.matches = [match_document]

        output = shell("matches").output
        [match] = json.loads(shell("matches", "--json").stdout)

        assert "LET OP" in output
        assert "gecontroleerd: deze" not in output
        assert not match["geverifieerd"]
        assert match["partijen"][0]["kaart"]["waarschuwing"]


class TestKaarten:
    def test_a_request_is_shown_and_can_be_refused(self, shell: Any, verzoek: str) -> None:
        shown = shell("notificaties").output
        assert "vraagt uw contactkaart" in shown
        assert f"koppelradar kaarten geef-vrij {verzoek}" in shown

        assert verzoek in shell("kaarten", "lijst").output
        assert shell("kaarten", "weiger", verzoek).exit_code == 0
        [found] = json.loads(shell("kaarten", "lijst", "--json").stdout)
        assert (found["paar"], found["status"], found["clientnummer"]) == (verzoek, "geweigerd", "client-77")

    def test_is_not_released_on_the_word_of_the_matcher(self, shell: Any, matcher: Any, verzoek: str) -> None:
        shell("notificaties")
        result = shell("kaarten", "geef-vrij", verzoek)

        assert result.exit_code == 1
        assert "kent deze koppeling niet" in result.stderr
        assert matcher.requests("/kaartvrijgaven") == []

    def test_nobody_asked(self, shell: Any) -> None:
        for command in ("geef-vrij", "weiger"):
            assert shell("kaarten", command, str(uuid4())).exit_code == 1

    def test_is_asked_for(self, shell: Any, matcher: Any) -> None:
        assert shell("kaarten", "vraag", "m-1", str(uuid4())).exit_code == 0
        assert matcher.requests("/v1/matches/m-1/kaartverzoeken")

    def test_one_that_comes_in_without_a_key_says_what_to_do(self, shell: Any, matcher: Any, signaal: str) -> None:
        document = {"match": "m-1", "paar": str(uuid4()), "oin": WIJKTEAM, "convenant": "nhn-2026", "zegel": "AAAA"}
        matcher.notify(document, soort="kaart-vrijgegeven")

        assert "organisatie.zegelsleutel" in shell("notificaties").output

    def test_one_that_is_forged_is_a_warning(
        self, shell: Any, matcher: Any, configuratiebestand: Path, signaal: str
    ) -> None:
        write_zegelsleutel(configuratiebestand.with_name("zegel.sleutel"), Zegelsleutel.generate(Kem.X25519))
        text = configuratiebestand.read_text(encoding="utf-8")
        configuratiebestand.write_text(
            text.replace("[matcher]", 'zegelsleutel = "zegel.sleutel"\n[matcher]'), encoding="utf-8"
        )
        document = {"match": "m-1", "paar": str(uuid4()), "oin": WIJKTEAM, "convenant": "nhn-2026", "zegel": "AAAA"}
        matcher.notify(document, soort="kaart-vrijgegeven")

        [line] = shell("notificaties", "--json").stdout.splitlines()
        assert json.loads(line)["kaart"]["waarschuwing"]

    def test_a_signal_carries_the_card_of_the_configuration(
        self, shell: Any, matcher: Any, configuratiebestand: Path
    ) -> None:
        with configuratiebestand.open("a", encoding="utf-8") as file:
            file.write('\n[kaart]\nprofessional = "J. Jansen"\nfunctie = "ib"\ntelefoon = "020"\n')
        shell.submit()

        [signaal] = matcher.signalen.values()
        assert len(signaal["bron"]["kaart"]["versleuteld"]) == 1403
        assert b"Jansen" not in b"".join(exchange.body for exchange in matcher.exchanges)


class TestNotificaties:
    @pytest.mark.parametrize(
        ("soort", "woorden"),
        [
            ("mogelijke-match-ontstaan", "Nieuwe mogelijke match"),
            ("mogelijke-match-bevestigd", "Mogelijke match bevestigd"),
            ("acuut-bevestigd", "acuut gevaar"),
        ],
    )
    def test_possible_matches_are_shown_in_words(
        self, shell: Any, matcher: Any, mogelijk: str, soort: str, woorden: str
    ) -> None:
        matcher.notify(matcher.mogelijk[0], soort=soort)

        output = shell("notificaties").output
        assert woorden in output
        assert vergelijking([_SLOT]) in output

    def test_json_has_what_it_is_about(self, shell: Any, matcher: Any, mogelijk: str) -> None:
        matcher.notify(matcher.mogelijk[0], soort="mogelijke-match-ontstaan")

        document = json.loads(shell("notificaties", "--json").stdout)
        assert document["mogelijkeMatch"]["id"] == mogelijk
        assert "match" not in document

    def test_a_wrong_match_is_shown(self, shell: Any, matcher: Any, signaal: str) -> None:
        oins = [WIJKTEAM, "00000099000000031000"]
        matcher.notify({"id": "m-1", "convenant": "nhn-2026", "organisaties": oins}, soort="match-onjuist")
        matcher.notify({"id": "m-1", "convenant": "nhn-2026", "organisaties": oins}, soort="vroeg-ingetrokken")

        output = shell("notificaties").output
        assert "onjuist" in output
        assert f"tussen {' en '.join(oins)}" in output
        assert "kort na een match ingetrokken" in output
        matcher.notify({"id": "m-1", "convenant": "nhn-2026"}, soort="match-onjuist")
        assert json.loads(shell("notificaties", "--json").stdout)["paarbericht"]["match"] == "m-1"


class TestRotation:
    def test_says_what_it_did(self, shell: Any, signaal: str) -> None:
        result = shell("sleutels", "roteer")

        assert result.exit_code == 0
        assert "0 signalen hebben nu koppeltokens van epoche 1." in result.output

    def test_json_and_exit_codes(self, shell: Any, matcher: Any, signaal: str, configuratiebestand: Path) -> None:
        register = configuratiebestand.with_name("register.db")
        _forget_epoch(register)
        matcher.faults.append(type(matcher).fault(path="/hertokeningen", times=2, drop=True))
        away = shell("sleutels", "roteer", "--json")
        assert (away.exit_code, json.loads(away.stdout)["resterend"]) == (3, 1)

        done = shell("sleutels", "roteer", "--json")
        assert (done.exit_code, json.loads(done.stdout)["hertokend"]) == (0, 1)

    def test_what_the_matcher_does_not_take_is_named(
        self, shell: Any, matcher: Any, signaal: str, configuratiebestand: Path
    ) -> None:
        _forget_epoch(configuratiebestand.with_name("register.db"))
        matcher.signalen[signaal]["status"] = "verlopen"
        result = shell("sleutels", "roteer")

        assert result.exit_code == 1
        assert signaal in result.stderr

    def test_whom_the_register_does_not_know_is_named(
        self, shell: Any, signaal: str, configuratiebestand: Path
    ) -> None:
        _forget_epoch(configuratiebestand.with_name("register.db"), "UPDATE signaal SET persoon = NULL")
        result = shell("sleutels", "roteer")

        assert result.exit_code == 1
        assert "niet hertokend: vul de persoon aan met import" in result.stderr
        assert "client-77" in result.stderr

    def test_after_a_leak_a_new_epoch_is_needed(self, shell: Any, signaal: str) -> None:
        result = shell("sleutels", "roteer", "--gelekt")

        assert result.exit_code == 2
        assert "nog geen nieuwe epoche" in result.stderr


def _forget_epoch(register: Path, *more: str) -> None:
    """Let the register know no tokens, as before a rotation."""
    with closing(sqlite3.connect(register)) as raw:
        for statement in ("DELETE FROM signaal_epoche", *more):
            raw.execute(statement)
        raw.commit()
