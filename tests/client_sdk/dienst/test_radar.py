"""The radar with a register: casussen that are registered once, bevragingen that leave nothing behind."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from client_sdk.client import Casustoestand, Herhaalbeleid, Terugkoppeling
from client_sdk.configuratie import Configuratie
from client_sdk.dienst import Betrokkene, Koppelradar
from client_sdk.dienst.radarbalie import Radarbalie
from client_sdk.errors import (
    CasusOnvolledig,
    InvoerFout,
    MatcherOnbereikbaar,
    OngeldigCasusnummer,
    OngeldigPersoon,
    VerzoekGeweigerd,
)
from client_sdk.persoon import Persoon
from client_sdk.register import Register
from client_sdk.sleutels import read_sleutel
from client_sdk.types import RegisterSleutel
from convenant.model import Convenant
from convenant.model.afspraken import Bevraging, Bevragingsreden
from convenant.types import Niveau

KIND = "zorg-om-kind"
TOT = date(2027, 9, 1)


class Radarmatcher:
    """The part of a matcher that is about casussen, put on the small matcher."""

    def __init__(self, matcher: Any) -> None:
        self.matcher = matcher
        self.casussen: dict[str, dict[str, Any]] = {}
        self.opened: list[dict[str, Any]] = []
        self.refuse: tuple[int, Any] | None = None
        matcher.routes["POST", "/v1/casussen"] = self.open
        matcher.routes["GET", "/v1/casussen"] = lambda query, body: (
            200,
            {"casussen": list(self.casussen.values()), "volgende": None},
        )

    def open(self, query: dict[str, str], body: Any) -> tuple[int, Any]:
        self.opened.append(body)
        if self.refuse is not None:
            return self.refuse
        if body["id"] not in self.casussen:
            moment = "2026-03-01T12:00:00Z"
            self.casussen[body["id"]] = body | {"geopendOp": moment, "gewijzigdOp": moment}
        self.route(body["id"])
        return 201, self.casussen[body["id"]]

    def route(self, casus: str) -> None:
        path = f"/v1/casussen/{casus}"
        self.matcher.routes["GET", path] = lambda query, body: (200, self.casussen[casus])
        self.matcher.routes["POST", f"{path}/betrokkenen"] = lambda query, body: self.add(casus, body)
        self.matcher.routes["POST", f"{path}/toestanden"] = lambda query, body: self.change(casus, body)

    def add(self, casus: str, body: Any) -> tuple[int, Any]:
        self.casussen[casus]["signalen"] = [*self.casussen[casus]["signalen"], *body["signalen"]]
        return 201, self.casussen[casus]

    def change(self, casus: str, body: Any) -> tuple[int, Any]:
        self.casussen[casus] |= body
        return 201, self.casussen[casus]


@pytest.fixture
def radar(matcher: Any) -> Radarmatcher:
    return Radarmatcher(matcher)


@pytest.fixture
def gezin(persoon: Persoon) -> list[Betrokkene]:
    return [Betrokkene(persoon=replace(persoon, voornamen=f"Kind {n}"), clientnummer=n) for n in ("een", "twee")]


@pytest.fixture
def open_casus(dienst: Koppelradar, gezin: list[Betrokkene]) -> Callable[..., Any]:
    def run(nummer: str = "C-1", betrokkenen: list[Betrokkene] | None = None) -> Any:
        return dienst.radar.open_casus(nummer, betrokkenen or gezin, signaalsoort=KIND, monitoring_tot=TOT)

    return run


class TestOpening:
    def test_gives_everybody_a_signal_and_keeps_the_number_to_itself(
        self, matcher: Any, radar: Radarmatcher, open_casus: Any
    ) -> None:
        found = open_casus("C-2026-17")

        assert (found.casusnummer, found.clientnummers) == ("C-2026-17", ("een", "twee"))
        [body] = radar.opened
        assert set(body["signalen"]) == set(matcher.signalen)
        assert (len(body["nummer"]), body["acuut"], body["monitoringTot"]) == (208, False, "2027-09-01")
        assert b"C-2026-17" not in b"".join(exchange.body for exchange in matcher.exchanges)
        assert "C-2026-17" not in repr(found)
        assert "twee" not in repr(found)

    def test_again_changes_nothing(self, matcher: Any, radar: Radarmatcher, open_casus: Any) -> None:
        first, second = open_casus(), open_casus()

        assert first == second
        assert (len(radar.opened), len(matcher.signalen)) == (1, 2)

    def test_with_somebody_more_adds_that_one(
        self, radar: Radarmatcher, open_casus: Any, gezin: list[Betrokkene], persoon: Persoon
    ) -> None:
        open_casus()
        found = open_casus(betrokkenen=[*gezin, Betrokkene(persoon=persoon, clientnummer="drie")])

        assert found.clientnummers == ("drie", "een", "twee")
        assert len(radar.opened) == 1

    def test_uses_the_signal_that_there_is(
        self, dienst: Koppelradar, matcher: Any, radar: Radarmatcher, open_casus: Any, gezin: list[Betrokkene]
    ) -> None:
        dienst.submit(gezin[0].persoon, clientnummer="een", signaalsoort=KIND)

        open_casus()
        assert len(matcher.signalen) == 2

    def test_a_lost_answer_is_one_casus(self, matcher: Any, radar: Radarmatcher, open_casus: Any) -> None:
        matcher.faults.append(type(matcher).fault(path="/v1/casussen", times=3, drop_after=True))
        with pytest.raises(MatcherOnbereikbaar):
            open_casus()
        [body] = {str(sorted(body.items())) for body in radar.opened}

        open_casus()
        assert len(radar.casussen) == 1
        assert str(sorted(radar.opened[-1].items())) == body

    def test_stopped_before_the_casus_was_sent_goes_on_with_the_same(
        self, matcher: Any, radar: Radarmatcher, open_casus: Any
    ) -> None:
        matcher.faults.append(type(matcher).fault(path="/v1/casussen", times=3, drop=True))
        with pytest.raises(MatcherOnbereikbaar):
            open_casus()
        assert radar.opened == []

        open_casus()
        assert (len(radar.opened), len(matcher.signalen)) == (1, 2)

    def test_a_signal_that_ended_meanwhile_is_left_out_of_what_is_sent(
        self, dienst: Koppelradar, matcher: Any, radar: Radarmatcher, open_casus: Any
    ) -> None:
        radar.refuse = (503, {})
        with pytest.raises(MatcherOnbereikbaar):
            open_casus()
        before = radar.opened[0]
        dienst.withdraw(dienst.signalen()[0].id)
        radar.refuse = None

        found = open_casus()
        assert radar.opened[-1]["id"] == before["id"]
        assert radar.opened[-1]["signalen"] != before["signalen"]
        assert len(found.clientnummers) == 2

    def test_one_that_the_matcher_lost_is_registered_again(
        self, matcher: Any, radar: Radarmatcher, open_casus: Any
    ) -> None:
        casus = open_casus().casus.id
        radar.casussen.clear()
        del matcher.routes["GET", f"/v1/casussen/{casus}"]

        assert open_casus().casus.id == casus
        assert len(radar.opened) == 2

    def test_waits_when_a_signal_waits(self, matcher: Any, radar: Radarmatcher, open_casus: Any) -> None:
        matcher.faults.append(type(matcher).fault(path="/v1/signalen", times=9, drop=True))
        with pytest.raises(CasusOnvolledig, match="nog een keer"):
            open_casus()
        assert radar.opened == []
        matcher.faults.clear()

        assert open_casus().casusnummer == "C-1"
        assert len(matcher.signalen) == 2

    def test_says_so_when_a_signal_is_refused(self, matcher: Any, radar: Radarmatcher, open_casus: Any) -> None:
        matcher.refuse = {KIND: "te-laat"}

        with pytest.raises(CasusOnvolledig, match="te-laat"):
            open_casus()
        assert radar.opened == []

    def test_writes_nothing_when_one_cannot_be_a_signal(
        self, dienst: Koppelradar, radar: Radarmatcher, open_casus: Any, gezin: list[Betrokkene], persoon: Persoon
    ) -> None:
        fout = Betrokkene(persoon=replace(persoon, geboortedatum="2999-01-01"), clientnummer="drie")

        with pytest.raises(OngeldigPersoon):
            open_casus(betrokkenen=[*gezin, fout])
        with pytest.raises(OngeldigCasusnummer):
            open_casus("")
        with pytest.raises(InvoerFout, match="1 tot 50"):
            dienst.radar.open_casus("C-1", [], signaalsoort=KIND, monitoring_tot=TOT)
        assert dienst.signalen() == ()

    def test_a_party_without_a_radar_is_told(self, radar: Radarmatcher, open_casus: Any) -> None:
        radar.refuse = (403, {"type": "urn:problem-type:koppelradar:geen-toegang", "detail": "Geen radar."})

        with pytest.raises(VerzoekGeweigerd, match="Geen radar"):
            open_casus()


class TestLater:
    def test_somebody_is_added(
        self, dienst: Koppelradar, radar: Radarmatcher, open_casus: Any, persoon: Persoon
    ) -> None:
        casus = open_casus().casus.id
        nieuw = Betrokkene(persoon=persoon, clientnummer="drie")

        found = dienst.radar.voeg_betrokkene_toe(casus, nieuw, signaalsoort=KIND)
        again = dienst.radar.voeg_betrokkene_toe(casus, nieuw, signaalsoort=KIND)

        assert found == again
        assert found.clientnummers == ("drie", "een", "twee")

    def test_it_changes_and_is_listed(self, dienst: Koppelradar, radar: Radarmatcher, open_casus: Any) -> None:
        casus = open_casus().casus.id

        assert dienst.radar.verander_toestand(casus, Casustoestand.ONDERZOEK).casus.toestand is Casustoestand.ONDERZOEK
        assert [found.casusnummer for found in dienst.radar.casussen()] == ["C-1"]
        assert dienst.radar.casus(casus).casusnummer == "C-1"

    def test_the_list_shows_the_own_number(
        self, dienst: Koppelradar, matcher: Any, radar: Radarmatcher, open_casus: Any
    ) -> None:
        open_casus()
        [casus] = radar.casussen.values()
        line = {
            "casus": casus,
            "nieuw": 1,
            "partijen": 1,
            "signalen": 1,
            "niveaus": {"zeker": 1},
            "termijnen": [],
            "melding": "hermelding",
        }
        matcher.routes["GET", "/v1/radar"] = lambda query, body: (200, {"radar": [line], "volgende": None})

        [found] = dienst.radar.lijst()

        assert (found.casusnummer, found.clientnummers, found.regel.nieuw) == ("C-1", ("een", "twee"), 1)

    def test_a_hit_on_the_radar_comes_with_the_own_number(
        self, dienst: Koppelradar, matcher: Any, radar: Radarmatcher, open_casus: Any
    ) -> None:
        casus = open_casus().casus.id
        treffer = {
            "casus": str(casus),
            "convenant": "nhn-2026",
            "match": "m-1",
            "niveau": "zeker",
            "melding": "terugmelding",
            "acuut": False,
            "partijen": [],
        }
        matcher.notify(treffer, soort="radartreffer")

        [event] = dienst.notificaties()

        assert event.casusnummer == "C-1"
        assert "C-1" not in repr(event)

    def test_word_goes_back_and_what_is_new_is_seen(
        self, dienst: Koppelradar, matcher: Any, radar: Radarmatcher, open_casus: Any
    ) -> None:
        casus = open_casus().casus.id
        for what in ("terugkoppelingen", "inzagen"):
            matcher.routes["POST", f"/v1/casussen/{casus}/{what}"] = lambda query, body: (201, {})

        dienst.radar.koppel_terug(casus, Terugkoppeling(match="m-1", paar=uuid4(), opgepakt=True))
        dienst.radar.gezien(casus)

        assert matcher.requests("/terugkoppelingen")[0].status == 201
        assert matcher.requests("/inzagen")[0].status == 201


class TestRestoring:
    @pytest.fixture
    def radarpartij(self, dienst: Koppelradar, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(
            "client_sdk.dienst.radarbalie._CASUSROLLEN",
            dienst.radar._voorbereider.convenant.partij(dienst.radar._voorbereider.oin).rollen,
        )

    def test_a_lost_register_gets_its_casussen_back(
        self,
        configuratie: Configuratie,
        beleid: Herhaalbeleid,
        radar: Radarmatcher,
        open_casus: Any,
        radarpartij: None,
    ) -> None:
        casus = open_casus("C-7").casus.id
        file = configuratie.register
        for old in file.parent.glob("register.db*"):
            old.rename(Path(f"{old}.weg"))
        Register.create(file, read_sleutel(configuratie.registersleutel, RegisterSleutel), "a").close()

        with Koppelradar.open(configuratie, account="a", herhaalbeleid=beleid) as dienst:
            assert dienst.restore().casussen == 1
            known = dienst.register.casus(casus)
            assert dienst.restore().casussen == 0

        assert known is not None
        assert (known.casusnummer, known.opgave) == ("C-7", None)

    def test_a_party_that_composes_none_asks_nothing(self, dienst: Koppelradar, matcher: Any) -> None:
        assert dienst.restore().casussen == 0
        assert matcher.requests("/casussen") == []


class TestBevraging:
    @pytest.fixture
    def bevraging(self, dienst: Koppelradar, matcher: Any) -> Radarbalie:
        afspraken = dienst.radar._voorbereider.convenant.afspraken
        regels = Bevraging(artikel="12", redenen=(Bevragingsreden(code="melding", omschrijving="x"),))
        _change(dienst.radar, lambda c: replace(c, afspraken=replace(afspraken, bevraging=regels)))
        answer = {"bevraagdOp": "2026-03-05T12:00:00Z", "personen": [{"partijen": [], "eigenCasussen": []}] * 2}
        matcher.routes["POST", "/v1/bevragingen"] = lambda query, body: (201, answer)
        return dienst.radar

    def test_sends_tokens_and_writes_nothing_down(
        self, dienst: Koppelradar, matcher: Any, bevraging: Radarbalie, gezin: list[Betrokkene]
    ) -> None:
        antwoord = bevraging.bevraag([een.persoon for een in gezin], "melding")

        assert len(antwoord.personen) == 2
        assert dienst.signalen() == ()
        assert matcher.signalen == {}
        body = matcher.requests("/bevragingen")[0].body
        assert body.count(b"koppeltokens") == 2
        assert b"Kind" not in body

    def test_the_same_person_gives_the_tokens_of_its_signal_but_other_fillers(
        self, dienst: Koppelradar, matcher: Any, bevraging: Radarbalie, gezin: list[Betrokkene]
    ) -> None:
        # Somebody of whom the day of birth is not known bears no key `zeker`: that slot is filled.
        onbekend = replace(gezin[0].persoon, geboortedatum="2015-01-01")
        dienst.submit(onbekend, clientnummer="een", signaalsoort=KIND)
        [signaal] = matcher.signalen.values()
        bevraging.bevraag([onbekend, gezin[1].persoon], "melding")
        asked = _tokens(matcher.requests("/bevragingen")[0].body)
        sent = signaal["bron"]["tokensets"][0]["koppeltokens"]

        same = [a == b for a, b in zip(asked, sent, strict=True)]
        assert not same[0]
        assert any(same)

    def test_its_casussen_come_with_their_numbers(
        self, matcher: Any, radar: Radarmatcher, open_casus: Any, bevraging: Radarbalie, persoon: Persoon
    ) -> None:
        open_casus("C-9")
        [casus] = radar.casussen.values()
        vermelding = {name: casus[name] for name in ("id", "nummer")}
        answer = {
            "bevraagdOp": "2026-03-05T12:00:00Z",
            "personen": [
                {
                    "partijen": [],
                    "eigenCasussen": [
                        vermelding | {"toestand": "overgedragen", "melding": "terugmelding", "niveau": "zeker"}
                    ],
                }
            ],
        }
        matcher.routes["POST", "/v1/bevragingen"] = lambda query, body: (201, answer)

        [beeld] = bevraging.bevraag([persoon], "melding").personen

        assert (beeld.casussen[0].casusnummer, beeld.casussen[0].niveau) == ("C-9", Niveau.ZEKER)
        assert "C-9" not in repr(beeld)

    def test_without_a_reason_of_the_convenant_nothing_is_asked(
        self, matcher: Any, bevraging: Radarbalie, persoon: Persoon
    ) -> None:
        for reden in ("", "nieuwsgierig"):
            with pytest.raises(InvoerFout, match="melding"):
                bevraging.bevraag([persoon], reden)
        for count in (0, 21):
            with pytest.raises(InvoerFout, match="1 tot 20"):
                bevraging.bevraag([persoon] * count, "melding")
        assert matcher.requests("/bevragingen") == []

    def test_a_convenant_without_it_is_told(self, dienst: Koppelradar, persoon: Persoon) -> None:
        afspraken = dienst.radar._voorbereider.convenant.afspraken
        _change(dienst.radar, lambda c: replace(c, afspraken=replace(afspraken, bevraging=None)))

        with pytest.raises(InvoerFout, match="geen bevragingen"):
            dienst.radar.bevraag([persoon], "melding")


class TestRadarmelding:
    def _mark(self, dienst: Koppelradar, *codes: str) -> None:
        def change(convenant: Convenant) -> Convenant:
            soorten = tuple(replace(s, radarmelding=s.code in codes) for s in convenant.signaalsoorten)
            return replace(convenant, signaalsoorten=soorten)

        _change(dienst.radar, change)

    def test_is_a_signal_of_the_kind_for_it(self, dienst: Koppelradar, matcher: Any, persoon: Persoon) -> None:
        self._mark(dienst, KIND)

        signaal = dienst.radar.radarmelding(persoon, clientnummer="een")

        assert matcher.signalen[str(signaal.id)]["signaalsoort"] == KIND

    @pytest.mark.parametrize(("codes", "word"), [((), "geen signaalsoort"), ((KIND, "huiselijk-geweld"), "meer")])
    def test_none_or_several_kinds_are_told(
        self, dienst: Koppelradar, persoon: Persoon, codes: tuple[str, ...], word: str
    ) -> None:
        self._mark(dienst, *codes)

        with pytest.raises(InvoerFout, match=word):
            dienst.radar.radarmelding(persoon, clientnummer="een")
        assert dienst.signalen() == ()


def _change(radar: Radarbalie, change: Callable[[Convenant], Convenant]) -> None:
    """Give the radar another convenant: what the example lacks is not needed for what is tested."""
    voorbereider = replace(radar._voorbereider, convenant=change(radar._voorbereider.convenant))
    radar._voorbereider = voorbereider
    radar._bevrager = replace(radar._bevrager, voorbereider=voorbereider)


def _tokens(body: bytes) -> list[str]:
    tokens: list[str] = json.loads(body)["personen"][0]["tokensets"][0]["koppeltokens"]
    return tokens
