"""The bekendheidsvraag with real parts: asking, answering by itself and after a yes, and what stays of it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest

from client_sdk.client.bekendheid import Bekendheidsopgave, Vraagstatus
from client_sdk.client.bekendheidverzoeken import STAP
from client_sdk.client.model import NotificatieSoort
from client_sdk.dienst import Koppelradar
from client_sdk.errors import PlafondBereikt, VerzoekGeweigerd
from client_sdk.koppeltokens import vraagtoken
from client_sdk.persoon import Persoon
from client_sdk.register.bekendheid import VerzoekStatus
from client_sdk.types import Vraagtoken
from convenant.invullen import with_plafond
from convenant.kalender import local_date
from convenant.types import Epoche, Oin
from koppelradar.demo.kennis import dump
from koppelradar.omgeving import maken
from matcher.instellingen import read_pepper

Maker = Callable[[int], Persoon]
SOORT = "huiselijk-geweld"
REDEN = "onderzoek"
EPOCHE = Epoche(1)


@pytest.fixture(scope="module")
def krap() -> Iterator[None]:
    """A trial in which nobody may ask about more than ninety persons in a month."""

    def with_limit(document: dict[str, Any], aantal: int) -> dict[str, Any]:
        limited = with_plafond(document, aantal)
        [regel] = limited["plafonds"]
        return {**limited, "plafonds": [{**regel, "bekendheidsvragen": {"perDuizend": 0, "minstens": 90}}]}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(maken, "with_plafond", with_limit)
        yield


@pytest.fixture(scope="module")
def huis(krap: None, huis: Any) -> Any:
    return huis


@dataclass
class Tafel:
    """Veilig Thuis asks; the wijkteam answers by itself, GGZ after somebody said yes."""

    huis: Any
    vt: Koppelradar
    wijkteam: Koppelradar
    ggz: Koppelradar

    def enter(self, dienst: Koppelradar, persoon: Persoon, clientnummer: str) -> None:
        dienst.submit(persoon, clientnummer=clientnummer, signaalsoort=SOORT)

    def hear(self) -> None:
        """Let both read their notifications, which is when their SDKs answer."""
        for dienst in (self.wijkteam, self.ggz):
            list(dienst.notificaties(wacht=2))

    def token(self, dienst: Koppelradar, persoon: Persoon, vraag: UUID) -> Vraagtoken:
        """The token that this organisation derives of a person under a question."""
        vandaag = local_date(dienst._nu())
        [sleutel] = dienst._onderdelen.tokeniser.vraagsleutels([persoon], EPOCHE, vandaag=vandaag)
        assert sleutel is not None
        return vraagtoken(sleutel, vraag)

    def put(self, *tokens: Vraagtoken, vraag: UUID) -> None:
        """Put a question by hand, with tokens of our choosing."""
        opgave = Bekendheidsopgave(
            id=vraag, convenant=self.huis.omgeving.convenant.id, epoche=EPOCHE, reden=REDEN, tokens=tokens
        )
        self.vt._client.bekendheid.ask(opgave)

    def known(self, vraag: UUID) -> dict[int, set[Oin]]:
        uitkomst = self.vt.bekendheid.antwoorden(vraag)
        return {p.plaats: {o.organisatie.oin for o in p.organisaties} for p in uitkomst.personen}


@pytest.fixture
def tafel(huis: Any, oins: dict[str, Oin]) -> Iterator[Tafel]:
    with ExitStack() as opened:
        yield Tafel(huis, *(opened.enter_context(huis.open(oins[who])) for who in ("vt", "wijkteam", "ggz")))


def test_the_asker_hears_who_knows_a_person_and_nobody_hears_of_whom_it_does_not_know(
    tafel: Tafel, oins: dict[str, Oin], make_persoon: Maker
) -> None:
    both, one, nobody = (make_persoon(n) for n in (1, 2, 3))
    tafel.enter(tafel.wijkteam, both, "W-1")
    tafel.enter(tafel.wijkteam, make_persoon(4), "W-4")
    tafel.enter(tafel.ggz, both, "P-1")
    tafel.enter(tafel.ggz, one, "P-2")
    vraag = tafel.vt.bekendheid.vraag([both, one, nobody], reden=REDEN)
    tafel.hear()
    assert tafel.known(vraag.id) == {0: {oins["wijkteam"]}}
    open_ = {v.clientnummer: v.verzoek for v in tafel.ggz.bekendheid.verzoeken()}
    assert set(open_) == {"P-1", "P-2"}
    assert tafel.wijkteam.bekendheid.verzoeken() == ()
    tafel.ggz.bekendheid.zeg(open_["P-2"].id, ja=True)
    tafel.ggz.bekendheid.zeg(open_["P-1"].id, ja=False)
    assert tafel.known(vraag.id) == {0: {oins["wijkteam"]}, 1: {oins["ggz"]}}
    told = [n for n in tafel.vt.notificaties(wacht=2) if n.notificatie.soort is NotificatieSoort.BEKENDHEIDSANTWOORD]
    assert [(n.bekend.persoon, n.bekend.organisaties[0].organisatie.oin) for n in told if n.bekend] == [
        (both, oins["wijkteam"]),
        (one, oins["ggz"]),
    ]
    closed = tafel.vt.bekendheid.sluit(vraag.id)
    assert closed.stand.status is Vraagstatus.GESLOTEN
    [eigen] = [v for v in tafel.vt.bekendheid.vragen() if v.id == vraag.id]
    assert eigen.personen == (both, one, None)
    assert tafel.vt.signalen() == ()


def test_a_client_who_is_entered_while_the_question_runs_is_found(
    tafel: Tafel, oins: dict[str, Oin], make_persoon: Maker
) -> None:
    vraag = tafel.vt.bekendheid.vraag([make_persoon(10)], reden=REDEN)
    tafel.hear()
    assert tafel.known(vraag.id) == {}
    tafel.enter(tafel.wijkteam, make_persoon(10), "W-10")
    tafel.hear()
    assert tafel.known(vraag.id) == {0: {oins["wijkteam"]}}


def test_an_answer_after_the_question_closed_comes_too_late(tafel: Tafel, make_persoon: Maker) -> None:
    tafel.enter(tafel.ggz, make_persoon(20), "P-20")
    vraag = tafel.vt.bekendheid.vraag([make_persoon(20)], reden=REDEN)
    tafel.hear()
    [found] = [v.verzoek for v in tafel.ggz.bekendheid.verzoeken() if v.clientnummer == "P-20"]
    tafel.vt.bekendheid.sluit(vraag.id)
    with pytest.raises(VerzoekGeweigerd) as caught:
        tafel.ggz.bekendheid.zeg(found.id, ja=True)
    assert caught.value.status == 409
    assert tafel.ggz.register.bekendheidsverzoek(found.id).status is VerzoekStatus.GESLOTEN
    assert tafel.known(vraag.id) == {}


def test_tokens_of_another_question_find_nothing(tafel: Tafel, make_persoon: Maker) -> None:
    een, ander = uuid4(), uuid4()
    known = make_persoon(30)
    tafel.put(tafel.token(tafel.vt, known, een), vraag=een)
    tafel.put(tafel.token(tafel.vt, known, ander), vraag=ander)
    old = tafel.token(tafel.wijkteam, known, een)
    padding = tuple(Vraagtoken(n.to_bytes(32)) for n in range(1, STAP))
    tafel.wijkteam._client.bekendheid.answer(ander, (old, *padding))
    assert tafel.known(ander) == {}
    tafel.wijkteam._client.bekendheid.answer(een, (old, *padding))
    assert set(tafel.known(een)) == {0}


def test_after_closing_no_token_of_the_question_is_left_in_the_database(
    tafel: Tafel, oins: dict[str, Oin], make_persoon: Maker
) -> None:
    personen = [make_persoon(n) for n in (40, 41, 42)]
    for nummer, persoon in enumerate(personen[:2]):
        tafel.enter(tafel.wijkteam, persoon, f"W-4{nummer}")
        tafel.enter(tafel.ggz, persoon, f"P-4{nummer}")
    vraag = uuid4()
    tokens = [tafel.token(tafel.vt, persoon, vraag) for persoon in personen]
    tafel.put(*tokens, vraag=vraag)
    tafel.hear()
    pepper = read_pepper(tafel.huis.omgeving.matcher.pepper_bestand)
    stored = [pepper.hash(token).hex() for token in tokens]
    before = dump(tafel.huis.postgres)
    assert all(hash_ in before for hash_ in stored)
    assert not any(token.hex() in before for token in tokens)
    tafel.vt.bekendheid.sluit(vraag)
    after = dump(tafel.huis.postgres)
    assert not any(hash_ in after for hash_ in stored)
    assert not any(token.hex() in after for token in tokens)
    log = (tafel.huis.map / "matcher.log").read_text(encoding="utf-8")
    for persoon in personen:
        assert persoon.geslachtsnaam not in after + log
    assert tafel.known(vraag) == {0: {oins["wijkteam"]}, 1: {oins["wijkteam"]}}


def test_beyond_the_limit_of_the_month_nothing_is_asked(tafel: Tafel) -> None:
    """Random tokens: the limit counts persons, whether anybody knows them or not."""
    tafel.put(*(Vraagtoken(uuid4().bytes * 2) for _ in range(50)), vraag=uuid4())
    beyond = uuid4()
    with pytest.raises(PlafondBereikt) as caught:
        tafel.put(*(Vraagtoken(uuid4().bytes * 2) for _ in range(50)), vraag=beyond)
    assert caught.value.retry_after is not None
    with pytest.raises(VerzoekGeweigerd):
        tafel.vt.bekendheid.antwoorden(beyond)
