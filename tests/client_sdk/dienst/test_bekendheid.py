"""Asking who knows a person, and answering from the own register, between SDKs that derive the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from client_sdk.client.bekendheidverzoeken import STAP
from client_sdk.dienst import Clientnotificatie, Koppelradar
from client_sdk.errors import BekendheidFout, InvoerFout, MatcherOnbereikbaar, OngeldigPersoon, VerzoekGeweigerd
from client_sdk.persoon import Persoon
from client_sdk.register.bekendheid import VerzoekStatus
from convenant.types import Oin

BLIJF = Oin("00000099000000021000")
WIJKTEAM = Oin("00000099000000011000")
VEILIG_THUIS = Oin("00000099000000001000")
REDEN = "onderzoek"
SOORT = "huiselijk-geweld"
JAN = Persoon(voornamen="Jan Piet", voorvoegsel="de", geslachtsnaam="Groot", geboortedatum="2014-06-02")
SANNE = Persoon(voornamen="Sanne", voorvoegsel="van den", geslachtsnaam="Berg", geboortedatum="2011-03-09")
MARIE = Persoon(voornamen="Marie", voorvoegsel="", geslachtsnaam="Jansen", geboortedatum="1984-11-20")


@dataclass
class Balie:
    """The matcher as far as it is about bekendheidsvragen: compares, and tells as the convenant says."""

    matcher: Any
    wijze: str = "automatisch"
    vragen: dict[str, dict[str, Any]] = field(default_factory=dict)
    antwoorden: list[list[str]] = field(default_factory=list)
    akkoorden: list[tuple[str, bool]] = field(default_factory=list)
    bekend: dict[str, set[int]] = field(default_factory=dict)
    gesloten: bool = False

    def __post_init__(self) -> None:
        self.matcher.routes["POST", "/v1/bekendheidsvragen"] = self._ask

    def _ask(self, query: Mapping[str, str], body: Any) -> tuple[int, Any]:
        id_ = body["id"]
        self.vragen[id_] = body
        self.bekend[id_] = set()
        path = f"/v1/bekendheidsvragen/{id_}"
        self.matcher.routes["GET", path] = lambda q, b: (200, self._stand(id_))
        self.matcher.routes["POST", f"{path}/sluitingen"] = lambda q, b: (201, self._close(id_))
        self.matcher.routes["POST", f"{path}/antwoorden"] = lambda q, b: self._answer(id_, b["tokens"])
        self.matcher.routes["POST", f"{path}/akkoorden"] = lambda q, b: self._agree(id_, b)
        return 201, self._document(id_)

    def put(self, **changes: Any) -> None:
        """Put the last question to everybody, by the feed."""
        [*_, id_] = self.vragen
        bericht = {"id": id_, "convenant": "nhn-2026", "epoche": 1, "uiterlijk": "2026-11-26", "wijze": self.wijze}
        if self.wijze == "na-akkoord":
            bericht["vrager"] = {"oin": VEILIG_THUIS, "naam": "Veilig Thuis"}
        self.matcher.notify(bericht | changes, "bekendheidsvraag")

    def _document(self, id_: str) -> dict[str, Any]:
        return {
            "id": id_,
            "convenant": self.vragen[id_]["convenant"],
            "gesteldOp": "2026-11-24T12:00:00Z",
            "uiterlijk": "2026-11-26",
            "gevraagd": 3,
        }

    def _stand(self, id_: str) -> dict[str, Any]:
        organisatie = {"oin": WIJKTEAM, "naam": "Wijkteam", "artikel": "5.4", "grondslag": "wmo"}
        return self._document(id_) | {
            "status": "gesloten" if self.gesloten else "loopt",
            "beantwoord": len(self.antwoorden),
            "personen": [{"plaats": p, "organisaties": [organisatie]} for p in sorted(self.bekend[id_])],
        }

    def _close(self, id_: str) -> dict[str, Any]:
        self.gesloten = True
        return self._stand(id_)

    def _answer(self, id_: str, tokens: list[str]) -> tuple[int, Any]:
        if self.gesloten:
            return 409, {"type": "urn:problem-type:koppelradar:conflict", "detail": "Gesloten."}
        self.antwoorden.append(tokens)
        asked = self.vragen[id_]["tokens"]
        if self.wijze == "automatisch":
            self.bekend[id_] |= {n for n, token in enumerate(asked) if token in tokens}
            return 201, {"akkoordNodig": []}
        return 201, {"akkoordNodig": [n for n, token in enumerate(tokens) if token in asked]}

    def _agree(self, id_: str, body: Any) -> tuple[int, Any]:
        if self.gesloten:
            return 409, {"type": "urn:problem-type:koppelradar:conflict", "detail": "Gesloten."}
        self.akkoorden.append((body["token"], body["bekend"]))
        if body["bekend"]:
            self.bekend[id_].add(self.vragen[id_]["tokens"].index(body["token"]))
        return 201, {"id": id_, "bekend": body["bekend"]}


@pytest.fixture
def balie(matcher: Any) -> Balie:
    return Balie(matcher)


def with_wijze(wereld: Any, wijze: str, **changes: Any) -> Any:
    """The convenant in which everybody in maatschappelijke ondersteuning answers in this way."""
    bekendheid = wereld.document()["bekendheid"]
    regels = [{"partijen": {"sectoren": ["maatschappelijke-ondersteuning"]}, "wijze": wijze}]
    return wereld.convenant(bekendheid={**bekendheid, "regels": regels}, **changes)


@pytest.fixture
def vt(wereld: Any) -> Koppelradar:
    found: Koppelradar = wereld.open(VEILIG_THUIS, with_wijze(wereld, "automatisch"))
    return found


@pytest.fixture
def wijkteam(wereld: Any) -> Koppelradar:
    found: Koppelradar = wereld.open(WIJKTEAM, with_wijze(wereld, "automatisch"))
    return found


@pytest.fixture
def na_akkoord(wereld: Any, balie: Balie) -> Koppelradar:
    balie.wijze = "na-akkoord"
    found: Koppelradar = wereld.open(WIJKTEAM, with_wijze(wereld, "na-akkoord"))
    return found


def submit(dienst: Koppelradar, *personen: Persoon) -> None:
    for persoon in personen:
        dienst.submit(persoon, clientnummer=f"W-{persoon.voornamen}", signaalsoort=SOORT)


def heard(dienst: Koppelradar) -> list[Clientnotificatie]:
    return list(dienst.notificaties())


def test_whoever_entered_the_same_person_is_found_and_nobody_else(
    balie: Balie, vt: Koppelradar, wijkteam: Koppelradar
) -> None:
    submit(wijkteam, SANNE, MARIE)
    vraag = vt.bekendheid.vraag([JAN, SANNE], reden=REDEN)
    balie.put()
    [told] = heard(wijkteam)
    assert (told.melding, told.bekendheidsverzoeken, told.clientnummers) == ("Uw systeem heeft geantwoord.", (), ())
    uitkomst = vt.bekendheid.antwoorden(vraag.id)
    [bekend] = uitkomst.personen
    assert (bekend.plaats, bekend.persoon) == (1, SANNE)
    assert bekend.organisaties[0].organisatie.oin == WIJKTEAM


def test_an_answer_does_not_show_how_many_clients_there_are_nor_which_tokens_are_theirs(
    balie: Balie, vt: Koppelradar, wijkteam: Koppelradar
) -> None:
    submit(wijkteam, SANNE, MARIE)
    vt.bekendheid.vraag([SANNE], reden=REDEN)
    balie.put()
    heard(wijkteam)
    [tokens] = balie.antwoorden
    assert len(tokens) == len(set(tokens)) == STAP
    assert set(balie.vragen.popitem()[1]["tokens"]) <= set(tokens)


def test_who_has_no_clients_answers_as_everybody_does(balie: Balie, vt: Koppelradar, wijkteam: Koppelradar) -> None:
    vt.bekendheid.vraag([SANNE], reden=REDEN)
    balie.put()
    heard(wijkteam)
    assert [len(tokens) for tokens in balie.antwoorden] == [STAP]


def test_the_tokens_of_two_questions_have_nothing_in_common(
    balie: Balie, vt: Koppelradar, wijkteam: Koppelradar
) -> None:
    submit(wijkteam, SANNE)
    for _ in range(2):
        vt.bekendheid.vraag([SANNE], reden=REDEN)
        balie.put()
    heard(wijkteam)
    een, ander = (set(tokens) for tokens in balie.antwoorden)
    assert not een & ander
    een, ander = (set(vraag["tokens"]) for vraag in balie.vragen.values())
    assert not een & ander


def test_two_signals_on_one_client_are_one_token(balie: Balie, vt: Koppelradar, wijkteam: Koppelradar) -> None:
    submit(wijkteam, SANNE)
    wijkteam.submit(SANNE, clientnummer="W-nog-een", signaalsoort=SOORT)
    vt.bekendheid.vraag([SANNE], reden=REDEN)
    balie.put()
    heard(wijkteam)
    assert len(set(balie.antwoorden[0])) == STAP


class TestAsking:
    def test_writes_nothing_but_the_question_and_keeps_only_who_was_found(
        self, balie: Balie, vt: Koppelradar, wijkteam: Koppelradar
    ) -> None:
        submit(wijkteam, SANNE)
        vraag = vt.bekendheid.vraag([JAN, SANNE, MARIE], reden=REDEN)
        assert vt.signalen() == ()
        [eigen] = vt.bekendheid.vragen()
        assert (eigen.id, eigen.personen) == (vraag.id, (JAN, SANNE, MARIE))
        balie.put()
        heard(wijkteam)
        vt.bekendheid.antwoorden(vraag.id)
        assert vt.bekendheid.vragen() == (eigen,)
        uitkomst = vt.bekendheid.sluit(vraag.id)
        assert [bekend.persoon for bekend in uitkomst.personen] == [SANNE]
        [kept] = vt.bekendheid.vragen()
        assert kept.personen == (None, SANNE, None)

    def test_a_month_after_the_last_day_nothing_is_left_of_it(self, balie: Balie, wereld: Any, vt: Koppelradar) -> None:
        vt.bekendheid.vraag([JAN], reden=REDEN)
        wereld.nu = wereld.nu.replace(month=12, day=26)
        assert len(vt.bekendheid.vragen()) == 1
        wereld.nu = wereld.nu.replace(day=27)
        assert vt.bekendheid.vragen() == ()

    def test_takes_one_point_of_slot_zeker_for_each_person(self, balie: Balie, vt: Koppelradar, houder: Any) -> None:
        before = houder.points
        vt.bekendheid.vraag([JAN, SANNE], reden=REDEN)
        assert houder.points - before == 2
        assert list(houder.bodies[-1]["punten"]) == ["zeker"]

    @pytest.mark.parametrize(
        ("personen", "words"),
        [
            ([], "1 tot 50"),
            ([JAN] * 51, "1 tot 50"),
            ([SANNE, Persoon("J.P.", "de", "Groot", "2014-06-02")], "persoon 2"),
            ([JAN, Persoon("Jan Piet", "de", "Groot", "2014-01-01")], "persoon 2"),
            ([JAN, SANNE, Persoon("JAN PIET", "", "Groot, de", "2-6-2014")], "Persoon 1 en persoon 3"),
        ],
    )
    def test_says_what_is_wrong_and_no_name(
        self, balie: Balie, vt: Koppelradar, personen: list[Persoon], words: str
    ) -> None:
        with pytest.raises(InvoerFout, match=words) as caught:
            vt.bekendheid.vraag(personen, reden=REDEN)
        assert "Groot" not in str(caught.value)
        assert (balie.vragen, vt.bekendheid.vragen()) == ({}, ())

    def test_refuses_a_reason_or_a_person_that_cannot_be(self, balie: Balie, vt: Koppelradar) -> None:
        with pytest.raises(InvoerFout, match="Kies uit: nieuwe-melding"):
            vt.bekendheid.vraag([JAN], reden="nieuwsgierig")
        with pytest.raises(OngeldigPersoon):
            vt.bekendheid.vraag([Persoon("Jan", "", "", "2014-06-02")], reden=REDEN)
        assert balie.vragen == {}

    def test_needs_a_convenant_that_knows_it(self, balie: Balie, wereld: Any) -> None:
        convenant = wereld.convenant()
        without = replace(convenant, afspraken=replace(convenant.afspraken, bekendheid=None))
        with pytest.raises(InvoerFout, match="kent geen bekendheidsvragen"):
            wereld.open(VEILIG_THUIS, without, map_="zonder").bekendheid.vraag([JAN], reden=REDEN)

    def test_what_the_matcher_refuses_is_forgotten(self, balie: Balie, vt: Koppelradar) -> None:
        problem = {"type": "urn:problem-type:koppelradar:geen-toegang", "detail": "Nee."}
        balie.matcher.routes["POST", "/v1/bekendheidsvragen"] = lambda q, b: (403, problem)
        with pytest.raises(VerzoekGeweigerd):
            vt.bekendheid.vraag([JAN], reden=REDEN)
        assert vt.bekendheid.vragen() == ()

    def test_what_may_have_arrived_is_kept(self, balie: Balie, vt: Koppelradar) -> None:
        balie.matcher.faults.append(balie.matcher.fault(path="/bekendheidsvragen", times=9, drop_after=True))
        with pytest.raises(MatcherOnbereikbaar):
            vt.bekendheid.vraag([JAN], reden=REDEN)
        assert [str(vraag.id) for vraag in vt.bekendheid.vragen()] == list(balie.vragen)

    def test_an_answer_is_told_with_the_person_it_is_about(self, balie: Balie, vt: Koppelradar) -> None:
        vraag = vt.bekendheid.vraag([JAN, SANNE], reden=REDEN)
        bericht = {
            "id": str(vraag.id),
            "convenant": "nhn-2026",
            "plaats": 1,
            "organisatie": {"oin": WIJKTEAM, "naam": "Wijkteam"},
            "contact": {"afdeling": "Toegang", "telefoon": "0720000000", "email": "a@example.nl"},
            "artikel": "5.4",
            "grondslag": "wmo",
        }
        balie.matcher.notify(bericht, "bekendheidsantwoord")
        balie.matcher.notify(bericht | {"id": str(uuid4())}, "bekendheidsantwoord")
        balie.matcher.notify(bericht | {"plaats": 7, "organisatie": None}, "bekendheidsantwoord")
        found, unknown, nameless = (told.bekend for told in heard(vt))
        assert found is not None
        assert (found.persoon, found.organisaties[0].organisatie.oin) == (SANNE, WIJKTEAM)
        assert unknown is not None
        assert unknown.persoon is None
        assert nameless is not None
        assert (nameless.persoon, nameless.organisaties) == (None, ())


class TestAfterAYes:
    @pytest.fixture
    def verzoek(self, balie: Balie, vt: Koppelradar, na_akkoord: Koppelradar) -> UUID:
        submit(na_akkoord, SANNE, MARIE)
        vt.bekendheid.vraag([JAN, SANNE], reden=REDEN)
        balie.put()
        [told] = heard(na_akkoord)
        [found] = told.bekendheidsverzoeken
        assert (found.clientnummer, found.verzoek.status) == ("W-Sanne", VerzoekStatus.OPEN)
        assert found.verzoek.vrager is not None
        assert found.verzoek.vrager.oin == VEILIG_THUIS
        return found.verzoek.id

    def test_a_yes_reaches_the_asker(
        self, balie: Balie, vt: Koppelradar, na_akkoord: Koppelradar, verzoek: UUID
    ) -> None:
        [vraag] = vt.bekendheid.vragen()
        assert vt.bekendheid.antwoorden(vraag.id).personen == ()
        done = na_akkoord.bekendheid.zeg(verzoek, ja=True)
        assert done.verzoek.status is VerzoekStatus.JA
        assert [bekend.persoon for bekend in vt.bekendheid.antwoorden(vraag.id).personen] == [SANNE]

    def test_a_no_can_become_a_yes(self, balie: Balie, na_akkoord: Koppelradar, verzoek: UUID) -> None:
        for ja, status in ((False, VerzoekStatus.NEE), (True, VerzoekStatus.JA)):
            na_akkoord.bekendheid.zeg(verzoek, ja=ja)
            assert [v.verzoek.status for v in na_akkoord.bekendheid.verzoeken()] == [status]
        assert [bekend for _, bekend in balie.akkoorden] == [False, True]

    def test_who_is_asked_again_is_not_bothered_twice(
        self, balie: Balie, na_akkoord: Koppelradar, verzoek: UUID
    ) -> None:
        na_akkoord.bekendheid.zeg(verzoek, ja=False)
        submit(na_akkoord, JAN)
        heard(na_akkoord)
        found = na_akkoord.bekendheid.verzoeken()
        assert [(v.clientnummer, v.verzoek.status) for v in found] == [
            ("W-Sanne", VerzoekStatus.NEE),
            ("W-Jan Piet", VerzoekStatus.OPEN),
        ]

    def test_too_late_is_said_and_remembered(self, balie: Balie, na_akkoord: Koppelradar, verzoek: UUID) -> None:
        balie.gesloten = True
        with pytest.raises(VerzoekGeweigerd):
            na_akkoord.bekendheid.zeg(verzoek, ja=True)
        assert [v.verzoek.status for v in na_akkoord.bekendheid.verzoeken()] == [VerzoekStatus.GESLOTEN]

    def test_a_closed_question_leaves_no_open_requests(
        self, balie: Balie, na_akkoord: Koppelradar, verzoek: UUID
    ) -> None:
        balie.gesloten = True
        submit(na_akkoord, JAN)
        heard(na_akkoord)
        assert [v.verzoek.status for v in na_akkoord.bekendheid.verzoeken()] == [VerzoekStatus.GESLOTEN]
        heard(na_akkoord)
        assert len(balie.antwoorden) == 1

    def test_with_its_signal_a_request_goes(self, balie: Balie, na_akkoord: Koppelradar, verzoek: UUID) -> None:
        [een] = [s for s in na_akkoord.signalen() if s.clientnummer == "W-Sanne"]
        na_akkoord.withdraw(een.id)
        assert na_akkoord.bekendheid.verzoeken() == ()
        with pytest.raises(BekendheidFout, match="Er wacht geen vraag"):
            na_akkoord.bekendheid.zeg(verzoek, ja=True)

    def test_after_its_last_day_it_is_gone(
        self, balie: Balie, wereld: Any, na_akkoord: Koppelradar, verzoek: UUID
    ) -> None:
        wereld.nu = wereld.nu.replace(day=27)
        assert na_akkoord.bekendheid.verzoeken() == ()

    def test_our_own_convenant_decides_whether_we_may_be_named(
        self, balie: Balie, wereld: Any, na_akkoord: Koppelradar, verzoek: UUID
    ) -> None:
        convenant = with_wijze(wereld, "na-akkoord")
        regels = tuple(regel for regel in convenant.deelregels if not regel.is_bekendheidsregel)
        later = wereld.open(WIJKTEAM, replace(convenant, deelregels=regels))
        with pytest.raises(BekendheidFout, match="laat u hier niet"):
            later.bekendheid.zeg(verzoek, ja=True)
        later.bekendheid.zeg(verzoek, ja=False)
        assert [bekend for _, bekend in balie.akkoorden] == [False]

    def test_a_matcher_that_names_a_token_of_nobody_is_not_believed(
        self, balie: Balie, vt: Koppelradar, na_akkoord: Koppelradar
    ) -> None:
        vraag = vt.bekendheid.vraag([SANNE], reden=REDEN)
        path = f"/v1/bekendheidsvragen/{vraag.id}/antwoorden"
        balie.matcher.routes["POST", path] = lambda q, b: (201, {"akkoordNodig": list(range(STAP))})
        submit(na_akkoord, MARIE)
        balie.put()
        heard(na_akkoord)
        assert [v.clientnummer for v in na_akkoord.bekendheid.verzoeken()] == ["W-Marie"]


class TestAnswering:
    @pytest.mark.parametrize(
        "changes",
        [
            {"wijze": "na-akkoord", "vrager": {"oin": VEILIG_THUIS, "naam": "Veilig Thuis"}},
            {"convenant": "een-ander"},
        ],
    )
    def test_what_the_own_convenant_does_not_say_is_not_answered(
        self, balie: Balie, vt: Koppelradar, wijkteam: Koppelradar, changes: dict[str, Any]
    ) -> None:
        vt.bekendheid.vraag([SANNE], reden=REDEN)
        balie.put(**changes)
        [told] = heard(wijkteam)
        assert told.melding is not None
        assert "Er is niets gestuurd" in told.melding
        assert balie.antwoorden == []

    def test_after_a_yes_without_who_asks_nothing_is_answered(
        self, balie: Balie, vt: Koppelradar, na_akkoord: Koppelradar
    ) -> None:
        vt.bekendheid.vraag([SANNE], reden=REDEN)
        balie.put(vrager=None)
        heard(na_akkoord)
        assert balie.antwoorden == []

    def test_a_question_from_before_is_not_answered(self, balie: Balie, vt: Koppelradar, wijkteam: Koppelradar) -> None:
        vt.bekendheid.vraag([SANNE], reden=REDEN)
        balie.put(uiterlijk="2026-11-23")
        [told] = heard(wijkteam)
        assert told.melding == "Deze bekendheidsvraag is al voorbij. Er is niets gestuurd."

    def test_what_could_not_be_sent_is_sent_the_next_time(
        self, balie: Balie, vt: Koppelradar, wijkteam: Koppelradar
    ) -> None:
        submit(wijkteam, SANNE)
        vt.bekendheid.vraag([SANNE], reden=REDEN)
        balie.put()
        balie.matcher.faults.append(balie.matcher.fault(path="/antwoorden", times=3, drop=True))
        [told] = heard(wijkteam)
        assert told.melding is not None
        assert "de volgende keer" in told.melding
        assert balie.antwoorden == []
        assert heard(wijkteam) == []
        assert len(balie.antwoorden) == 1

    def test_it_answers_again_only_when_there_is_more_to_say(
        self, balie: Balie, vt: Koppelradar, wijkteam: Koppelradar
    ) -> None:
        vraag = vt.bekendheid.vraag([SANNE], reden=REDEN)
        balie.put()
        for _ in range(3):
            heard(wijkteam)
        assert len(balie.antwoorden) == 1
        submit(wijkteam, SANNE)
        for _ in range(3):
            heard(wijkteam)
        assert len(balie.antwoorden) == 2
        assert [bekend.persoon for bekend in vt.bekendheid.antwoorden(vraag.id).personen] == [SANNE]

    def test_an_older_signal_gets_its_key_when_somebody_first_asks_for_one_point(
        self, balie: Balie, vt: Koppelradar, wijkteam: Koppelradar, houder: Any
    ) -> None:
        submit(wijkteam, SANNE, MARIE)
        _forget_keys(wijkteam)
        vraag = vt.bekendheid.vraag([SANNE], reden=REDEN)
        before = houder.points
        balie.put()
        heard(wijkteam)
        assert houder.points - before == 2
        assert [bekend.persoon for bekend in vt.bekendheid.antwoorden(vraag.id).personen] == [SANNE]
        vt.bekendheid.vraag([SANNE], reden=REDEN)
        balie.put()
        after = houder.points
        heard(wijkteam)
        assert houder.points == after

    def test_without_budget_it_says_so_and_finishes_later(
        self, balie: Balie, vt: Koppelradar, wijkteam: Koppelradar, houder: Any
    ) -> None:
        submit(wijkteam, JAN, SANNE, MARIE)
        _forget_keys(wijkteam)
        vraag = vt.bekendheid.vraag([SANNE, MARIE], reden=REDEN)
        houder.budget = 1
        balie.put()
        [told] = heard(wijkteam)
        assert told.melding is not None
        assert "Van 2 signalen is nog niet nagegaan" in told.melding
        assert vt.bekendheid.antwoorden(vraag.id).personen == ()
        houder.budget = None
        heard(wijkteam)
        assert [b.persoon for b in vt.bekendheid.antwoorden(vraag.id).personen] == [SANNE, MARIE]

    def test_a_restored_register_says_whom_it_could_not_check(
        self, balie: Balie, wereld: Any, vt: Koppelradar, wijkteam: Koppelradar
    ) -> None:
        submit(wijkteam, SANNE)
        _forget_keys(wijkteam)
        wijkteam.register._connection.execute("UPDATE signaal SET persoon = NULL")
        vt.bekendheid.vraag([SANNE], reden=REDEN)
        balie.put()
        [told] = heard(wijkteam)
        assert told.melding is not None
        assert "Van 1 signalen kent uw register de persoon niet" in told.melding

    def test_somebody_of_whom_too_little_is_known_is_not_asked_about_at_the_sleutelhouder(
        self, balie: Balie, vt: Koppelradar, wijkteam: Koppelradar, houder: Any
    ) -> None:
        submit(wijkteam, Persoon("J.P.", "de", "Groot", "2014-06-02"))
        vt.bekendheid.vraag([JAN], reden=REDEN)
        before = houder.points
        balie.put()
        [told] = heard(wijkteam)
        assert (told.melding, houder.points) == ("Uw systeem heeft geantwoord.", before)

    def test_new_keys_come_with_new_tokens(self, balie: Balie, wereld: Any) -> None:
        overlap = [
            {"nummer": 1, "van": "2026-01-01", "tot": "2026-12-31"},
            {"nummer": 2, "van": "2026-11-01", "tot": "2028-12-31"},
        ]
        before = wereld.open(WIJKTEAM, with_wijze(wereld, "automatisch"))
        submit(before, SANNE)
        convenant = with_wijze(wereld, "automatisch", epochen=(1, 2), epochen_document=overlap)
        later = wereld.open(WIJKTEAM, convenant)
        later.hertoken()
        keys = [later.register.vraagsleutels(epoche) for epoche in (1, 2)]
        assert [len(found) for found in keys] == [1, 1]
        assert keys[0] != keys[1]
        later.register.erase_epoche(convenant.id, 1)
        assert later.register.vraagsleutels(1) == {}


def _forget_keys(dienst: Koppelradar) -> None:
    """Make a register as one that was written before there were vraagsleutels."""
    dienst.register._connection.execute("DELETE FROM vraagsleutel")


def test_a_signal_that_ended_leaves_no_key(balie: Balie, wijkteam: Koppelradar) -> None:
    submit(wijkteam, SANNE)
    [signaal] = wijkteam.signalen()
    assert wijkteam.register.vraagsleutel(signaal.id, signaal.epochen[0]) is not None
    wijkteam.withdraw(signaal.id)
    assert wijkteam.register.vraagsleutel(signaal.id, signaal.epochen[0]) is None


def test_the_file_of_the_register_shows_nobody(
    balie: Balie, wereld: Any, vt: Koppelradar, na_akkoord: Koppelradar
) -> None:
    submit(na_akkoord, SANNE)
    vt.bekendheid.vraag([SANNE], reden=REDEN)
    balie.put()
    heard(na_akkoord)
    for path in wereld.folder.rglob("register.db*"):
        content = path.read_bytes()
        for secret in (b"Sanne", b"Berg", b"2011-03-09", VEILIG_THUIS.encode(), b"W-Sanne"):
            assert secret not in content
