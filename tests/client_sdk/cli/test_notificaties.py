"""Every event in plain words, and as JSON."""

import json
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

import pytest

from client_sdk.cli.notificatiewoorden import WORDS
from client_sdk.client import NotificatieSoort
from client_sdk.client.notificatieantwoorden import _SOORTEN
from client_sdk.dienst import Koppelradar

WIJKTEAM = {"oin": "00000099000000011000", "naam": "Wijkteams Alkmaar"}
MATCH, PAAR, ID = str(UUID(int=1)), str(UUID(int=2)), str(UUID(int=3))
GROND = {"artikel": "4.1", "grondslag": "wmo-4-1-1"}
PARTIJ = {"organisatie": WIJKTEAM, "signaalsoort": "zorg-om-kind", **GROND}
OPVOLG = {"match": MATCH, "convenant": "nhn-2026", "paar": PAAR, "organisatie": WIJKTEAM, "op": "2026-03-04", **GROND}
REGIE = {"match": MATCH, "convenant": "nhn-2026", "regisseur": WIJKTEAM, **GROND}
EIGEN_REGIE = {"match": MATCH, "convenant": "nhn-2026", "regisseur": WIJKTEAM}
TERMIJN = {
    "id": ID,
    "convenant": "nhn-2026",
    "code": "contact-na-match",
    "artikel": "9",
    "onderwerp": MATCH,
    "onderwerpsoort": "match",
    "uiterlijk": "2026-03-09",
}
GEZIN = {"id": ID, "convenant": "nhn-2026", "eigenSignaal": ID, "ontstaanOp": "2026-03-01T12:00:00Z"}
TREFFER = {"casus": ID, "convenant": "nhn-2026", "match": MATCH, "niveau": "zeker", "melding": "hermelding"}
TERUG = {"match": MATCH, "convenant": "nhn-2026", "paar": PAAR, **GROND}

EVENTS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "signaal-ontvangen": (
        {"convenant": "nhn-2026", "signalen": [ID, MATCH], "ontvangenOp": "2026-03-01T12:00:00Z"},
        ["is ontvangen", "2 signalen", "01-03-2026 13:00"],
    ),
    "signaal-verloopt-binnenkort": (
        {"convenant": "nhn-2026", "signalen": [ID], "verlooptOp": "2026-04-01"},
        ["verloopt binnenkort", "1 signaal", "tot 01-04-2026"],
    ),
    "signaal-verlopen": (
        {"convenant": "nhn-2026", "signalen": [ID], "verlooptOp": "2026-04-01"},
        ["telt niet meer mee", "tot 01-04-2026"],
    ),
    "contact-vastgelegd": (OPVOLG, ["contact vastgelegd", "door: Wijkteams Alkmaar, op 04-03-2026", "artikel 4.1"]),
    "moment-afgesproken": (OPVOLG | {"moment": "2026-03-12"}, ["volgende moment: 12-03-2026"]),
    "hulp-gemeld": (OPVOLG | {"hulp": "stagneert"}, ["de hulp stagneert"]),
    "opvolging-afgesloten": (
        {name: value for name, value in OPVOLG.items() if name != "organisatie"},
        ["opvolging afgesloten", "naam niet gedeeld"],
    ),
    "regie-voorgesteld": (EIGEN_REGIE | {"door": WIJKTEAM, "per": "2026-04-01"}, ["voorgesteld", "per 01-04-2026"]),
    "regie-vastgesteld": (REGIE, ["Er is een regisseur", "regisseur: Wijkteams Alkmaar"]),
    "regie-overgedragen": (REGIE, ["overgedragen"]),
    "termijn-nadert": (TERMIJN, ["loopt bijna af", "contact leggen na een match, uiterlijk 09-03-2026"]),
    "termijn-verstreken": (TERMIJN | {"code": "eigen"}, ["verstreken", "eigen, uiterlijk"]),
    "geescaleerd": (
        {name: TERMIJN[name] for name in ("id", "convenant", "code", "artikel", "onderwerp", "uiterlijk")}
        | {"functie": "teamleider", "organisatie": WIJKTEAM},
        ["bij u terechtgekomen", "voor: teamleider", "door: Wijkteams Alkmaar"],
    ),
    "gezinsmatch-ontstaan": (GEZIN | {"partijen": [PARTIJ]}, ["hetzelfde gezin", "ook bekend bij: Wijkteams Alkmaar"]),
    "gezinsmatch-vervallen": (GEZIN | {"partijen": []}, ["Gezinsmatch vervallen"]),
    "radartreffer": (
        TREFFER | {"acuut": True, "partijen": [PARTIJ]},
        ["ACUUT", "dit is een hermelding; niveau zeker", "ook bekend bij: Wijkteams Alkmaar"],
    ),
    "terugkoppeling": (
        TERUG | {"opgepakt": True, "overgedragenAan": WIJKTEAM, "monitort": WIJKTEAM},
        ["is opgepakt", "overgedragen aan: Wijkteams Alkmaar", "kijkt hoe het gaat: Wijkteams Alkmaar"],
    ),
    "convenant-gewijzigd": (
        {"convenant": "nhn-2026", "versie": 3, "hash": "sha256:0", "soort": "nieuwe-versie"},
        ["nhn-2026, versie 3: er is een nieuwe versie"],
    ),
}


@pytest.mark.parametrize("soort", EVENTS)
def test_is_shown_in_words(shell: Any, matcher: Any, soort: str) -> None:
    data, words = EVENTS[soort]
    matcher.notify(data, soort=soort)

    output = shell("notificaties").output

    assert [word for word in words if word not in output] == []


@pytest.mark.parametrize("soort", EVENTS)
def test_is_shown_as_json_as_the_interface_gave_it(shell: Any, matcher: Any, soort: str) -> None:
    data, _ = EVENTS[soort]
    matcher.notify(data, soort=soort)

    document = json.loads(shell("notificaties", "--json").stdout)

    assert document["soort"] == f"nl.koppelradar.{soort}"
    assert document["bericht"] == data


def test_every_kind_has_words_and_a_reader() -> None:
    assert set(WORDS) == set(_SOORTEN) == set(NotificatieSoort)


def test_the_own_client_is_named(shell: Any, matcher: Any) -> None:
    signaal = json.loads(shell.submit().stdout)["id"]
    data = {"convenant": "nhn-2026", "signalen": [signaal, str(uuid4())], "verlooptOp": "2026-04-01"}
    matcher.notify(data, soort="signaal-verlopen")
    matcher.notify(GEZIN | {"eigenSignaal": signaal, "partijen": []}, soort="gezinsmatch-ontstaan")

    shown, gezin = (json.loads(line) for line in shell("notificaties", "--json").stdout.splitlines())
    assert (shown["clientnummers"], gezin["clientnummers"]) == (["client-77"], ["client-77"])
    matcher.notify(data, soort="signaal-verlopen")
    assert "uw cliënt: client-77" in shell("notificaties").output


def test_following_reads_the_stream(shell: Any, matcher: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Koppelradar.volg
    monkeypatch.setattr(Koppelradar, "volg", lambda self: islice(whole(self), 1))
    data, _ = EVENTS["convenant-gewijzigd"]
    matcher.notify(data, soort="convenant-gewijzigd")
    event = matcher.events[0]
    stream = f"id: {event['sequence']}\ndata: {json.dumps(event)}\n\n".encode()
    matcher.routes["GET", "/v1/notificaties/stroom"] = lambda query, body: (200, stream)

    assert "versie 3" in shell("notificaties", "--volg").output
    assert len(matcher.requests("/v1/notificaties/stroom")) == 1
