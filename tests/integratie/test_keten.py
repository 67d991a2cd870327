"""The chain as its users walk it: from the command line and the SDK of one organisation to the screen of another."""

import json
import os
import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from client_sdk.client.model import NotificatieSoort
from client_sdk.dienst import Clientnotificatie
from client_sdk.persoon import Persoon
from convenant.types import Oin


def _about_others(notificaties: Iterable[Clientnotificatie]) -> list[Any]:
    """Without the word that the own signals came in."""
    return [een for een in notificaties if een.notificatie.soort is not NotificatieSoort.SIGNAAL_ONTVANGEN]


def test_school_and_wijkteam_are_told_and_hear_of_the_withdrawal(
    huis: Any, oins: dict[str, Oin], make_persoon: Callable[[int], Persoon]
) -> None:
    with huis.open(oins["school"]) as school, huis.open(oins["wijkteam"]) as wijkteam:
        een = school.submit(make_persoon(1), clientnummer="L-1", signaalsoort="zorg-om-kind")
        wijkteam.submit(make_persoon(1), clientnummer="W-1", signaalsoort="zorg-om-kind")
        (told,) = _about_others(school.notificaties(wacht=5))
        assert told.match.clientnummers == ("L-1",)
        (partij,) = told.match.match.partijen
        assert partij.organisatie is not None
        assert partij.organisatie.oin == oins["wijkteam"]
        assert partij.ingediend_op is None  # article 4.4 does not grant it
        assert partij.artikel == "4.4"
        school.withdraw(een.id)
        soorten = [n.notificatie.soort for n in _about_others(wijkteam.notificaties(wacht=5))]
        assert soorten == [NotificatieSoort.MATCH_ONTSTAAN, NotificatieSoort.MATCH_VERVALLEN]
        assert list(wijkteam.matches()) == []


def test_veilig_thuis_sees_a_match_of_others_without_a_client_of_its_own(
    huis: Any, oins: dict[str, Oin], make_persoon: Callable[[int], Persoon]
) -> None:
    with huis.open(oins["vt"]) as vt:
        list(vt.notificaties())
        for who in ("school", "wijkteam"):
            with huis.open(oins[who]) as dienst:
                dienst.submit(make_persoon(2), clientnummer="X-2", signaalsoort="zorg-om-kind")
        (told,) = _about_others(vt.notificaties(wacht=5))
    assert told.match.clientnummers == ()
    assert {p.organisatie.oin for p in told.match.match.partijen} == {oins["school"], oins["wijkteam"]}
    assert all(p.signaalsoort is None for p in told.match.match.partijen)


def test_a_long_poll_answers_as_soon_as_there_is_news(
    huis: Any, oins: dict[str, Oin], make_persoon: Callable[[int], Persoon]
) -> None:
    with huis.open(oins["ggz"]) as ggz, huis.open(oins["wijkteam"]) as wijkteam:
        ggz.submit(make_persoon(3), clientnummer="P-3", signaalsoort="huiselijk-geweld")
        list(ggz.notificaties())
        wijkteam.submit(make_persoon(3), clientnummer="W-3", signaalsoort="huiselijk-geweld")
        started = time.monotonic()
        assert len(list(ggz.notificaties(wacht=20))) == 1
        assert time.monotonic() - started < 5


def test_import_names_bad_lines_keeps_good_ones_and_submits_nothing_twice(
    huis: Any, oins: dict[str, Oin], tmp_path: Path
) -> None:
    path = tmp_path / "leerlingen.csv"
    path.write_text(
        "clientnummer;voornamen;voorvoegsel;geslachtsnaam;geboortedatum\n"
        "LEERLING-10;Anna;;Proefman;2014-01-05\n"
        "L-11;Bart;;Proefman;2014-02-31\n"
        "L-12;Cees;de;Proefman;2015-06-07\n",
        encoding="utf-8",
    )
    first = huis.command(oins["school"], "import", str(path), "--soort", "zorg-om-kind", "--json")
    assert first.returncode == 1
    report = json.loads(first.stdout)
    assert (report["ingediend"], [(f["regel"], f["kolom"]) for f in report["fouten"]]) == (2, [(3, "geboortedatum")])
    again = json.loads(huis.command(oins["school"], "import", str(path), "--soort", "zorg-om-kind", "--json").stdout)
    assert (again["ingediend"], again["bestondAl"]) == (0, 2)
    for secret in ("Bart", "2014-02-31", "Proefman"):
        assert secret not in first.stdout + first.stderr


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"geboortedatum": "2014-02-31"}, "Deze dag bestaat niet"),
        ({"geslachtsnaam": ""}, "achternaam is leeg"),
        ({"signaalsoort": "bestaat-niet"}, "signaalsoort"),
        ({"geboortedatum": "1950-03-04"}, "geldt tot 23 jaar"),
    ],
    ids=["impossible date", "no surname", "unknown soort", "too old"],
)
def test_bad_input_at_the_command_line_is_one_clear_dutch_sentence(
    huis: Any, oins: dict[str, Oin], signaal_json: Callable[..., dict[str, Any]], changes: dict[str, str], words: str
) -> None:
    invoer = {"signaalsoort": "zorg-om-kind"} | signaal_json(20, "L-20") | changes
    done = huis.command(oins["school"], "signaal", "indienen", "--invoer", "-", invoer=json.dumps(invoer))
    assert done.returncode != 0
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert invoer["voornamen"] not in done.stderr


def test_example_of_the_readme_runs_as_it_stands(
    huis: Any, oins: dict[str, Oin], readme_voorbeeld: str, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    with huis.open(oins["wijkteam"]) as wijkteam:
        sanne = Persoon(voornamen="Sanne", voorvoegsel="de", geslachtsnaam="Vries", geboortedatum="2014-05-17")
        wijkteam.submit(sanne, clientnummer="WIJKTEAM-SANNE", signaalsoort="zorg-om-kind")
    monkeypatch.chdir(huis.omgeving.configuraties[oins["school"]].parent)
    exec(compile(readme_voorbeeld, "README.md", "exec"), {})  # noqa: S102 - our own text
    shown = capsys.readouterr().out
    assert "ontvangen" in shown
    assert "Wijkteams Alkmaar" in shown


def test_neither_log_nor_database_of_the_matcher_holds_who_it_is_about(
    huis: Any, oins: dict[str, Oin], make_persoon: Callable[[int], Persoon]
) -> None:
    from koppelradar.demo.kennis import dump  # noqa: PLC0415

    stored = dump(huis.postgres) + (huis.map / "matcher.log").read_text(encoding="utf-8")
    assert oins["school"] in stored
    for secret in ("Proefman", "Vries", "2014-05-17", make_persoon(1).geslachtsnaam, "LEERLING-10", "WIJKTEAM-SANNE"):
        assert not re.search(secret, stored, re.IGNORECASE)
    assert os.path.getsize(huis.map / "matcher.log") > 0
