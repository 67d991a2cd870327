"""Contact cards between organisations, through a matcher that passes them on as it should, or does not."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from client_sdk.client import NotificatieSoort
from client_sdk.configuratie import Kaartvrijgavebeleid
from client_sdk.errors import KaartNietVrij
from client_sdk.kaarten import Kaartgegevens, seal_vrijgave, sign_kaart
from client_sdk.kaarten.model import Kaartcontext
from client_sdk.persoon import Persoon
from client_sdk.register import KaartverzoekStatus, Register
from client_sdk.types import RegisterSleutel
from convenant.base64url import decode_base64url, encode_base64url
from convenant.profielen import NL_1
from convenant.types import ConvenantId, Niveau, Oin

BLIJF, WIJKTEAM, PARLAN = (Oin(f"000000990000000{n}000") for n in ("21", "11", "31"))
VEILIG_THUIS = Oin("00000099000000001000")
KIND = "zorg-om-kind"
PAAR = UUID("aaaaaaaa-0000-4000-8000-000000000001")
NHN = ConvenantId("nhn-2026")
# Whichever slots the profile has at these levels.
_MOGELIJK = next(slot.code for slot in NL_1.slots if slot.niveau is Niveau.MOGELIJK)
_WAARSCHIJNLIJK = next(slot.code for slot in NL_1.slots if slot.niveau is Niveau.WAARSCHIJNLIJK)
BROER = Persoon(voornamen="Karim", voorvoegsel="el", geslachtsnaam="Amrani", geboortedatum="2013-01-20")


def submit(wereld: Any, oin: Oin, persoon: Persoon, **opened: Any) -> tuple[Any, dict[str, Any]]:
    """Let one organisation signal a person; return its service and the signal as the matcher holds it."""
    dienst = wereld.open(oin, opened.pop("convenant", None) or wereld.convenant(), **opened)
    signaal = dienst.submit(persoon, clientnummer=f"client-{oin}", signaalsoort=KIND)
    return dienst, wereld.matcher.signalen[str(signaal.id)]["bron"]


def partij(oin: Oin, bron: dict[str, Any], *, voor: Oin = BLIJF, paar: UUID = PAAR) -> dict[str, Any]:
    """What the matcher says of a party, with its card when there is one."""
    document: dict[str, Any] = {
        "organisatie": {"oin": oin, "naam": "Wijkteam"},
        "artikel": "4.1",
        "grondslag": "jeugdwet-signaal",
        "paar": str(paar),
    }
    if "kaart" in bron:
        zegels = [zegel for zegel in bron["kaart"]["zegels"] if zegel["ontvanger"] == voor]
        document["kaart"] = {**bron["kaart"], "zegels": zegels, "signaal": bron["id"], "oin": oin}
    return document


def match_of(eigen: dict[str, Any] | None, *partijen: dict[str, Any], niveau: str = "zeker") -> dict[str, Any]:
    return {
        "id": "m-1",
        "convenant": NHN,
        "niveau": niveau,
        "ontstaanOp": "2026-11-24T12:00:00Z",
        "eigenSignalen": [eigen["id"]] if eigen else [],
        "partijen": list(partijen),
    }


def vraag(eigen: dict[str, Any], *, ontvanger: Oin = WIJKTEAM, niveau: str = "zeker") -> dict[str, Any]:
    return {
        "match": "m-1",
        "paar": str(PAAR),
        "eigenSignaal": eigen["id"],
        "convenant": NHN,
        "niveau": niveau,
        "ontvanger": ontvanger,
    }


class TestReading:
    def test_a_zeker_match_is_verified_by_its_card(self, wereld: Any, matcher: Any, persoon: Persoon) -> None:
        _, ander = submit(wereld, WIJKTEAM, persoon)
        dienst, eigen = submit(wereld, BLIJF, persoon)
        matcher.matches = [match_of(eigen, partij(WIJKTEAM, ander))]

        [found] = dienst.matches()

        assert found.geverifieerd
        assert found.kaarten[0].kaart.gegevens.professional == "A. de Vries"
        assert found.waarschuwingen == ()
        assert "Vries" not in repr(found)
        assert dienst.register.paar(PAAR).niveau is Niveau.ZEKER

    def test_in_an_overlap_one_epoch_in_common_is_enough(self, wereld: Any, matcher: Any, persoon: Persoon) -> None:
        _, ander = submit(wereld, WIJKTEAM, persoon)
        dienst, eigen = submit(wereld, BLIJF, persoon, convenant=wereld.convenant(epochen=(1, 2)))
        matcher.matches = [match_of(eigen, partij(WIJKTEAM, ander))]

        assert next(dienst.matches()).geverifieerd

    def test_veilig_thuis_opens_it_without_a_signal_where_the_convenant_grants_it(
        self, wereld: Any, matcher: Any, persoon: Persoon
    ) -> None:
        convenant = wereld.convenant(deelregels=_with_kaart_for_radar(wereld))
        _, ander = submit(wereld, WIJKTEAM, persoon, convenant=convenant)
        vt = wereld.open(VEILIG_THUIS, convenant)
        matcher.matches = [match_of(None, partij(WIJKTEAM, ander, voor=VEILIG_THUIS))]

        assert [zegel["ontvanger"] for zegel in ander["kaart"]["zegels"]] == [VEILIG_THUIS]
        [found] = vt.matches()
        assert found.kaarten[0].kaart.gegevens.functie == "wijkcoach"

    def test_no_zegel_is_made_where_the_convenant_grants_none(self, wereld: Any, persoon: Persoon) -> None:
        _, ander = submit(wereld, WIJKTEAM, persoon)

        assert ander["kaart"]["zegels"] == []

    def test_without_a_card_a_match_is_not_verified(self, wereld: Any, matcher: Any, persoon: Persoon) -> None:
        _, ander = submit(wereld, WIJKTEAM, persoon, kaart=None)
        dienst, eigen = submit(wereld, BLIJF, persoon)
        matcher.matches = [match_of(eigen, partij(WIJKTEAM, ander))]

        [found] = dienst.matches()

        assert "kaart" not in ander
        assert not found.geverifieerd
        assert found.waarschuwingen == ()
        assert "geen kaart" in found.kaarten[0].uitleg

    def test_a_person_without_a_certain_key_gets_a_card_that_looks_the_same(
        self, wereld: Any, matcher: Any, persoon: Persoon
    ) -> None:
        initials = Persoon(voornamen="F.S.", voorvoegsel="el", geslachtsnaam="Amrani", geboortedatum="2015-03-09")
        _, vaag = submit(wereld, WIJKTEAM, initials)
        dienst, eigen = submit(wereld, BLIJF, persoon)
        matcher.matches = [match_of(eigen, partij(WIJKTEAM, vaag))]

        assert {name: len(str(value)) for name, value in vaag["kaart"].items()} == {
            name: len(str(value)) for name, value in eigen["kaart"].items()
        }
        assert not next(dienst.matches()).geverifieerd

    def test_a_card_that_was_not_renewed_for_the_epoch_is_no_accusation(
        self, wereld: Any, matcher: Any, persoon: Persoon
    ) -> None:
        _, ander = submit(wereld, WIJKTEAM, persoon)
        dienst, eigen = submit(wereld, BLIJF, persoon)
        ander["kaart"]["omslagen"][0]["epoche"] = 7
        matcher.matches = [match_of(eigen, partij(WIJKTEAM, ander))]

        [found] = dienst.matches()
        assert (found.geverifieerd, found.waarschuwingen) == (False, ())
        assert "nog niet vernieuwd" in found.kaarten[0].uitleg

    def test_after_a_restore_the_card_opens_again(
        self, wereld: Any, matcher: Any, houder: Any, persoon: Persoon
    ) -> None:
        _, ander = submit(wereld, WIJKTEAM, persoon)
        dienst, eigen = submit(wereld, BLIJF, persoon)
        matcher.matches = [match_of(eigen, partij(WIJKTEAM, ander))]
        folder = wereld.folder / BLIJF
        dienst.close()
        for file in folder.glob("register.db*"):
            file.unlink()
        Register.create(folder / "register.db", RegisterSleutel(decode_base64url(_key_of(folder))), "test").close()
        dienst = wereld.open(BLIJF, wereld.convenant())
        dienst.restore()

        [found] = dienst.matches()
        assert (found.geverifieerd, found.waarschuwingen) == (False, ())
        dienst.refill(f"client-{BLIJF}", persoon)
        calls = len(houder.bodies)
        assert next(dienst.matches()).geverifieerd
        assert next(dienst.matches()).geverifieerd
        assert len(houder.bodies) == calls + 1


def _with_kaart_for_radar(wereld: Any) -> list[Any]:
    """The rules of the example, with the card of every signal for Veilig Thuis."""
    rules: list[Any] = wereld.document()["deelregels"]
    changed = copy.deepcopy(rules)
    for rule in changed:
        if rule["artikel"] == "5.1":
            rule["velden"] = [*rule["velden"], "kaart"]
    return changed


def _invent(partij: dict[str, Any], _: dict[str, Any]) -> None:
    partij["kaart"]["versleuteld"] = "A" * len(partij["kaart"]["versleuteld"])


def _swap(partij: dict[str, Any], other: dict[str, Any]) -> None:
    partij["kaart"] = {**other["kaart"], "zegels": [], "signaal": other["id"], "oin": partij["kaart"]["oin"]}


def _replay(partij: dict[str, Any], other: dict[str, Any]) -> None:
    partij["kaart"]["versleuteld"] = other["kaart"]["versleuteld"]


def _rename(partij: dict[str, Any], _: dict[str, Any]) -> None:
    partij["organisatie"]["oin"] = partij["kaart"]["oin"] = PARLAN


def _blame_another(partij: dict[str, Any], _: dict[str, Any]) -> None:
    partij["organisatie"]["oin"] = PARLAN


def _other_signal(partij: dict[str, Any], _: dict[str, Any]) -> None:
    partij["kaart"]["signaal"] = str(uuid4())


class TestLyingMatcher:
    """Each is found out: the match is shown, with a warning, and counts as unverified."""

    @pytest.mark.parametrize("lie", [_invent, _swap, _replay, _rename, _blame_another, _other_signal])
    def test_that_changes_a_card(
        self, wereld: Any, matcher: Any, persoon: Persoon, lie: Callable[[dict[str, Any], dict[str, Any]], None]
    ) -> None:
        _, ander = submit(wereld, WIJKTEAM, persoon)
        _, broer = submit(wereld, PARLAN, BROER)
        dienst, eigen = submit(wereld, BLIJF, persoon)
        changed = copy.deepcopy(partij(WIJKTEAM, ander))
        lie(changed, broer)
        matcher.matches = [match_of(eigen, changed)]
        matcher.notify(match_of(eigen, changed))

        [found] = dienst.matches()
        [event] = dienst.notificaties()

        assert not found.geverifieerd
        assert found.kaarten[0].kaart is None
        assert "functionaris gegevensbescherming" in found.waarschuwingen[0]
        assert event.match.waarschuwingen == found.waarschuwingen
        assert dienst.register.paar(PAAR) is None

    def test_that_invents_a_match_with_a_brother(self, wereld: Any, matcher: Any, persoon: Persoon) -> None:
        _, broer = submit(wereld, WIJKTEAM, BROER)
        dienst, eigen = submit(wereld, BLIJF, persoon)
        matcher.matches = [match_of(eigen, partij(WIJKTEAM, broer))]

        assert next(dienst.matches()).waarschuwingen

    def test_that_shows_one_card_twice(self, wereld: Any, matcher: Any, persoon: Persoon) -> None:
        _, ander = submit(wereld, WIJKTEAM, persoon)
        dienst, eigen = submit(wereld, BLIJF, persoon)
        een = partij(WIJKTEAM, ander)
        matcher.matches = [match_of(eigen, een, {**een, "paar": str(uuid4())})]

        assert len(next(dienst.matches()).waarschuwingen) == 2

    def test_that_hands_our_own_card_back(self, wereld: Any, matcher: Any, persoon: Persoon) -> None:
        dienst, eigen = submit(wereld, BLIJF, persoon)
        matcher.matches = [match_of(eigen, partij(BLIJF, eigen))]

        assert next(dienst.matches()).waarschuwingen


class TestReleasing:
    def verified(self, wereld: Any, matcher: Any, persoon: Persoon, **opened: Any) -> tuple[Any, dict[str, Any]]:
        """An organisation that knows of itself that it has a zeker pair with the wijkteam."""
        _, ander = submit(wereld, WIJKTEAM, persoon)
        dienst, eigen = submit(wereld, BLIJF, persoon, **opened)
        matcher.matches = [match_of(eigen, partij(WIJKTEAM, ander))]
        list(dienst.matches())
        return dienst, eigen

    def ask(self, dienst: Any, matcher: Any, **document: Any) -> Any:
        matcher.notify(document.pop("document"), soort="kaart-gevraagd")
        [event] = dienst.notificaties()
        assert event.notificatie.soort is NotificatieSoort.KAART_GEVRAAGD
        return event

    def test_waits_for_a_person_and_goes_to_the_asker_alone(self, wereld: Any, matcher: Any, persoon: Persoon) -> None:
        dienst, eigen = self.verified(wereld, matcher, persoon)
        event = self.ask(dienst, matcher, document=vraag(eigen))
        assert event.kaartverzoek.status is KaartverzoekStatus.OPEN
        assert matcher.requests("/kaartvrijgaven") == []

        assert dienst.geef_kaart_vrij(PAAR).status is KaartverzoekStatus.VRIJGEGEVEN
        [exchange] = matcher.requests("/kaartvrijgaven")
        body = exchange.body.decode()

        wijkteam = wereld.open(WIJKTEAM, wereld.convenant())
        matcher.events.clear()
        released = {"match": "m-1", "paar": str(PAAR), "oin": BLIJF, "convenant": NHN, "zegel": _zegel(body)}
        matcher.notify(released, soort="kaart-vrijgegeven")
        [got] = wijkteam.notificaties()
        assert got.kaart.geverifieerd
        assert got.kaart.kaart.gegevens.professional == "A. de Vries"

    def test_goes_at_once_when_the_organisation_wants_that(self, wereld: Any, matcher: Any, persoon: Persoon) -> None:
        dienst, eigen = self.verified(wereld, matcher, persoon, vrijgave=Kaartvrijgavebeleid.AUTOMATISCH)
        event = self.ask(dienst, matcher, document=vraag(eigen))

        assert event.kaartverzoek.status is KaartverzoekStatus.VRIJGEGEVEN
        assert len(matcher.requests("/kaartvrijgaven")) == 1
        assert [v.status for v in dienst.kaartverzoeken()] == [KaartverzoekStatus.VRIJGEGEVEN]

    def test_a_matcher_that_is_away_leaves_it_open(self, wereld: Any, matcher: Any, persoon: Persoon) -> None:
        dienst, eigen = self.verified(wereld, matcher, persoon, vrijgave=Kaartvrijgavebeleid.AUTOMATISCH)
        matcher.faults.append(type(matcher).fault(path="/kaartvrijgaven", times=9, status=503))
        event = self.ask(dienst, matcher, document=vraag(eigen))

        assert event.kaartverzoek.status is KaartverzoekStatus.OPEN
        assert event.melding
        matcher.faults.clear()
        assert dienst.geef_kaart_vrij(PAAR).status is KaartverzoekStatus.VRIJGEGEVEN

    def test_a_pair_that_this_register_does_not_know_gets_nothing_whatever_the_matcher_says(
        self, wereld: Any, matcher: Any, persoon: Persoon
    ) -> None:
        dienst, eigen = submit(wereld, BLIJF, persoon, vrijgave=Kaartvrijgavebeleid.AUTOMATISCH)
        event = self.ask(dienst, matcher, document=vraag(eigen))

        assert event.kaartverzoek.status is KaartverzoekStatus.OPEN
        assert "kent deze koppeling niet" in event.melding
        with pytest.raises(KaartNietVrij):
            dienst.geef_kaart_vrij(PAAR)
        assert matcher.requests("/kaartvrijgaven") == []

    def test_a_party_that_the_convenant_does_not_grant_it_gets_nothing(
        self, wereld: Any, matcher: Any, persoon: Persoon
    ) -> None:
        rules = [
            r | {"velden": [veld for veld in r["velden"] if veld != "kaart" or r["artikel"] != "4.1"]}
            for r in wereld.document()["deelregels"]
        ]
        convenant = wereld.convenant(deelregels=rules)
        _, ander = submit(wereld, WIJKTEAM, persoon)
        dienst, eigen = submit(wereld, BLIJF, persoon, convenant=convenant)
        matcher.matches = [match_of(eigen, partij(WIJKTEAM, ander))]
        list(dienst.matches())
        self.ask(dienst, matcher, document=vraag(eigen))

        with pytest.raises(KaartNietVrij, match="convenant geeft uw contactkaart hier niet vrij"):
            dienst.geef_kaart_vrij(PAAR)

    def test_the_known_pair_of_another_party_does_not_help_the_asker(
        self, wereld: Any, matcher: Any, persoon: Persoon
    ) -> None:
        dienst, eigen = self.verified(wereld, matcher, persoon)
        self.ask(dienst, matcher, document=vraag(eigen, ontvanger=PARLAN))

        with pytest.raises(KaartNietVrij):
            dienst.geef_kaart_vrij(PAAR)

    def test_the_known_pair_of_one_client_does_not_help_for_another(
        self, wereld: Any, matcher: Any, persoon: Persoon
    ) -> None:
        dienst, _ = self.verified(wereld, matcher, persoon)
        broer = dienst.submit(BROER, clientnummer="broer", signaalsoort=KIND)
        self.ask(dienst, matcher, document=vraag({"id": str(broer.id)}))

        with pytest.raises(KaartNietVrij, match="kent deze koppeling niet"):
            dienst.geef_kaart_vrij(PAAR)

    def test_a_zegel_alone_proves_no_pair(self, wereld: Any, matcher: Any, persoon: Persoon) -> None:
        convenant = wereld.convenant(deelregels=_with_kaart_for_radar(wereld))
        _, ander = submit(wereld, WIJKTEAM, persoon, convenant=convenant)
        dienst, eigen = submit(wereld, VEILIG_THUIS, BROER, convenant=convenant)
        changed = partij(WIJKTEAM, ander, voor=VEILIG_THUIS)
        changed["kaart"]["omslagen"] = []
        matcher.matches = [match_of(eigen, changed)]

        [found] = dienst.matches()
        assert found.kaarten[0].kaart is not None
        assert "bewijst niet" in found.kaarten[0].uitleg
        assert not found.geverifieerd
        assert dienst.register.paar(PAAR) is None

    def test_a_confirmed_weaker_pair_is_decided_at_its_own_level(
        self, wereld: Any, matcher: Any, persoon: Persoon
    ) -> None:
        rules = copy.deepcopy(wereld.document()["deelregels"])
        for rule in rules:
            if rule["artikel"] == "4.1":
                rule["niveaus"] = ["zeker", "waarschijnlijk"]
        convenant = wereld.convenant(deelregels=rules)
        dienst, eigen = submit(wereld, BLIJF, persoon, convenant=convenant)
        for sloten, granted in (([_MOGELIJK], False), ([_WAARSCHIJNLIJK, _MOGELIJK], True)):
            found = mogelijk(eigen, sloten)
            matcher.mogelijk = [found]
            dienst.bevestig(UUID(found["id"]))
            if not granted:
                self.ask(dienst, matcher, document=vraag(eigen, niveau="zeker"))
                with pytest.raises(KaartNietVrij):
                    dienst.geef_kaart_vrij(PAAR)
                dienst.wijs_af(UUID(found["id"]))
        assert dienst.geef_kaart_vrij(PAAR).status is KaartverzoekStatus.VRIJGEGEVEN

    def test_a_refusal_is_remembered_and_nobody_is_told(self, wereld: Any, matcher: Any, persoon: Persoon) -> None:
        dienst, eigen = self.verified(wereld, matcher, persoon)
        self.ask(dienst, matcher, document=vraag(eigen))

        assert dienst.weiger_kaart(PAAR).status is KaartverzoekStatus.GEWEIGERD
        self_again = self.ask(dienst, matcher, document=vraag(eigen))
        assert self_again.kaartverzoek.status is KaartverzoekStatus.GEWEIGERD
        assert matcher.requests("/kaartvrijgaven") == []

    def test_a_request_about_a_signal_that_is_not_ours_is_shown_and_not_kept(
        self, wereld: Any, matcher: Any, persoon: Persoon
    ) -> None:
        dienst, _ = submit(wereld, BLIJF, persoon)
        event = self.ask(dienst, matcher, document=vraag({"id": str(uuid4())}))

        assert event.kaartverzoek is None
        assert event.melding
        assert dienst.kaartverzoeken() == ()

    def test_asking_goes_to_the_matcher(self, wereld: Any, matcher: Any, persoon: Persoon) -> None:
        dienst, _ = submit(wereld, BLIJF, persoon)
        dienst.vraag_kaart("m-1", PAAR)

        assert matcher.requests("/v1/matches/m-1/kaartverzoeken")[0].status == 201


class TestReceiving:
    """A card that was released to us counts only when it is what it should be."""

    @pytest.fixture
    def released(self, wereld: Any, persoon: Persoon) -> dict[str, Any]:
        return self.make(wereld, signaal=uuid4())

    def make(self, wereld: Any, *, signaal: UUID, oin: Oin = WIJKTEAM, signer: Oin = WIJKTEAM) -> dict[str, Any]:
        gegevens = Kaartgegevens(professional="B", functie="C", telefoon="1")
        context = Kaartcontext(convenant=NHN, signaal=signaal, oin=oin)
        jws = sign_kaart(gegevens, context=context, naam="W", ondertekensleutel=wereld.ondertekensleutels[signer])
        zegel = seal_vrijgave(
            jws, convenant=NHN, oin=WIJKTEAM, ontvanger=BLIJF, zegelsleutel=wereld.zegelsleutels[BLIJF].publiek
        )
        return {"match": "m-1", "paar": str(PAAR), "oin": WIJKTEAM, "convenant": NHN, "zegel": encode_base64url(zegel)}

    def receive(self, dienst: Any, matcher: Any, document: dict[str, Any]) -> Any:
        matcher.notify(document, soort="kaart-vrijgegeven")
        return list(dienst.notificaties())[-1]

    def test_it_stays_with_a_pair_that_we_confirmed(
        self, wereld: Any, matcher: Any, persoon: Persoon, released: dict[str, Any]
    ) -> None:
        dienst, eigen = submit(wereld, BLIJF, persoon)
        found = mogelijk(eigen, [_WAARSCHIJNLIJK])
        matcher.mogelijk = [found]
        dienst.bevestig(UUID(found["id"]))
        weak = {"organisatie": {"oin": WIJKTEAM, "naam": "W"}, "artikel": "4", "grondslag": "x", "paar": str(PAAR)}
        matcher.matches = [match_of(eigen, weak, niveau="waarschijnlijk")]

        assert self.receive(dienst, matcher, released).kaart.kaart.gegevens.professional == "B"
        [match] = dienst.matches()
        assert match.kaarten[0].kaart.gegevens.professional == "B"

    def test_one_that_is_gone_again_is_told(
        self, wereld: Any, matcher: Any, persoon: Persoon, released: dict[str, Any]
    ) -> None:
        dienst, _ = submit(wereld, BLIJF, persoon)
        del released["zegel"]

        event = self.receive(dienst, matcher, released)
        assert (event.kaart.kaart, event.kaart.waarschuwing) == (None, None)
        assert "niet meer" in event.melding

    def test_replayed_at_another_match_it_is_found_out(
        self, wereld: Any, matcher: Any, persoon: Persoon, released: dict[str, Any]
    ) -> None:
        dienst, eigen = submit(wereld, BLIJF, persoon)
        found = mogelijk(eigen, [_WAARSCHIJNLIJK])
        matcher.mogelijk = [found]
        dienst.bevestig(UUID(found["id"]))
        weak = {"artikel": "4", "grondslag": "x", "paar": str(PAAR)}
        matcher.matches = [match_of(eigen, weak, niveau="waarschijnlijk")]
        self.receive(dienst, matcher, released)

        again = self.receive(dienst, matcher, {**released, "paar": str(uuid4()), "match": "m-2"})
        assert again.kaart.waarschuwing
        assert again.melding == again.kaart.waarschuwing

    @pytest.mark.parametrize("lie", ["another signer", "another organisation", "another seal"])
    def test_a_forgery_is_a_warning(
        self, wereld: Any, matcher: Any, persoon: Persoon, released: dict[str, Any], lie: str
    ) -> None:
        dienst, _ = submit(wereld, BLIJF, persoon)
        if lie == "another signer":
            released = self.make(wereld, signaal=uuid4(), signer=PARLAN)
        elif lie == "another organisation":
            released = self.make(wereld, signaal=uuid4(), oin=PARLAN, signer=PARLAN)
        else:
            released["oin"] = PARLAN

        event = self.receive(dienst, matcher, released)

        assert event.kaart.kaart is None
        assert event.kaart.waarschuwing


def mogelijk(eigen: dict[str, Any], sloten: list[str]) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "convenant": NHN,
        "niveau": "waarschijnlijk",
        "sloten": sloten,
        "ontstaanOp": "2026-11-24T12:00:00Z",
        "eigenSignaal": eigen["id"],
        "status": "open",
    }


def _key_of(folder: Path) -> str:
    return (folder / "RegisterSleutel").read_text(encoding="ascii").strip()


def _zegel(body: str) -> str:
    return body.partition('"zegel":"')[2].partition('"')[0]
