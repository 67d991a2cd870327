"""Rotation: every live signal gets the tokens of the new epoch, also after a crash, and none twice."""

from typing import Any

import pytest

from client_sdk.dienst import Hertokenvoortgang, Indiening
from client_sdk.errors import ConfiguratieFout, SleutelFout
from client_sdk.kaarten import Kaartcontext, open_omslag
from client_sdk.persoon import Persoon
from client_sdk.register import Register, SignaalStatus
from client_sdk.types import RegisterSleutel
from convenant.base64url import decode_base64url
from convenant.types import Epoche, Oin

BLIJF = Oin("00000099000000021000")
KIND = "zorg-om-kind"


class Crash(BaseException):
    """The process dies."""


def series(persoon: Persoon, count: int) -> list[Indiening]:
    return [Indiening(persoon=persoon, clientnummer=str(n), signaalsoort=KIND) for n in range(count)]


@pytest.fixture
def oud(wereld: Any, persoon: Persoon) -> Any:
    """An organisation with three signals under epoch 1."""
    dienst = wereld.open(BLIJF, wereld.convenant())
    dienst.submit_many(series(persoon, 3))
    return dienst


@pytest.fixture
def nieuw(wereld: Any, oud: Any) -> Any:
    """The same organisation, once epoch 2 runs beside epoch 1."""
    oud.close()
    return wereld.open(BLIJF, wereld.convenant(epochen=(1, 2)))


def epochen(matcher: Any) -> list[list[int]]:
    return [signaal["epochen"] for signaal in matcher.signalen.values()]


class TestRotating:
    def test_every_signal_gets_the_new_tokens_beside_the_old(self, nieuw: Any, matcher: Any, persoon: Persoon) -> None:
        seen: list[Hertokenvoortgang] = []

        verslag = nieuw.hertoken(on_progress=seen.append)

        assert (verslag.epoche, verslag.hertokend, verslag.resterend, verslag.gewist) == (2, 3, 0, 0)
        assert epochen(matcher) == [[1, 2]] * 3
        assert [signaal.epochen for signaal in nieuw.signalen()] == [(1, 2)] * 3
        assert (seen[-1].gedaan, seen[-1].totaal) == (3, 3)

    def test_the_tokens_are_those_that_a_new_signal_gets(
        self, wereld: Any, nieuw: Any, matcher: Any, persoon: Persoon
    ) -> None:
        nieuw.hertoken()
        wijkteam = wereld.open(Oin("00000099000000011000"), wereld.convenant(epochen=(1, 2)))
        ander = wijkteam.submit(persoon, clientnummer="x", signaalsoort=KIND)

        hertokend = next(iter(matcher.signalen.values()))["hertokend"][2]["tokenset"]["koppeltokens"]
        tokensets = matcher.signalen[str(ander.id)]["bron"]["tokensets"]
        assert hertokend[0] == next(t["koppeltokens"][0] for t in tokensets if t["epoche"] == 2)

    def test_the_own_card_opens_under_the_new_epoch(self, nieuw: Any, matcher: Any) -> None:
        nieuw.hertoken()
        [signaal, *_] = nieuw.signalen()
        bron = matcher.signalen[str(signaal.id)]["hertokend"][2]
        context = Kaartcontext(convenant=signaal.convenant, signaal=signaal.id, oin=BLIJF)
        sleutel = nieuw.register.kaartsleutels(signaal.id)[2]

        geheim = open_omslag(decode_base64url(bron["omslag"]), sleutel, context=context, epoche=Epoche(2))
        assert geheim == nieuw.register.eigen_kaart(signaal.id).geheim

    def test_a_second_time_nothing_is_asked_or_sent(self, nieuw: Any, matcher: Any, houder: Any) -> None:
        nieuw.hertoken()
        calls = len(houder.bodies)

        assert nieuw.hertoken().hertokend == 0
        assert len(houder.bodies) == calls
        assert len(matcher.requests("/hertokeningen")) == 1

    def test_what_ended_or_waits_is_not_retokenised(self, nieuw: Any, matcher: Any, persoon: Persoon) -> None:
        eerste, *_ = nieuw.signalen()
        nieuw.withdraw(eerste.id)
        matcher.faults.append(type(matcher).fault(path="/v1/signalen", times=3, drop=True))
        wachtend = nieuw.submit(persoon, clientnummer="w", signaalsoort=KIND)
        assert wachtend.status is SignaalStatus.WACHTEND
        matcher.faults.clear()

        verslag = nieuw.hertoken()

        assert verslag.hertokend == 2
        assert nieuw.register.signaal(wachtend.id).epochen == (1, 2)
        assert nieuw.register.signaal(wachtend.id).status is SignaalStatus.ONTVANGEN

    @pytest.mark.parametrize("where", ["before", "after"])
    def test_a_crash_around_a_batch_loses_nothing_and_doubles_nothing(
        self, wereld: Any, nieuw: Any, matcher: Any, monkeypatch: pytest.MonkeyPatch, where: str
    ) -> None:
        monkeypatch.setattr("client_sdk.dienst.hertokening.MAX_PERSONEN", 1)
        send = nieuw._client.hertoken
        sent: list[int] = []

        def crash(hertokeningen: Any, **details: Any) -> Any:
            sent.append(1)
            if len(sent) == 2:
                if where == "after":
                    send(hertokeningen, **details)
                raise Crash
            return send(hertokeningen, **details)

        monkeypatch.setattr(nieuw._client, "hertoken", crash)
        with pytest.raises(Crash):
            nieuw.hertoken()
        nieuw.close()

        again = wereld.open(BLIJF, wereld.convenant(epochen=(1, 2)))
        assert again.hertoken().hertokend == 2
        assert epochen(matcher) == [[1, 2]] * 3

    def test_over_budget_it_stops_and_goes_on_later(self, nieuw: Any, matcher: Any, houder: Any) -> None:
        houder.budget = 1
        verslag = nieuw.hertoken()
        assert (verslag.hertokend, verslag.resterend) == (1, 2)
        assert "24-11-2026 14:00" in verslag.melding

        houder.budget = None
        assert nieuw.hertoken().hertokend == 2
        assert epochen(matcher) == [[1, 2]] * 3

    def test_a_matcher_that_is_away_is_no_error(self, nieuw: Any, matcher: Any) -> None:
        matcher.faults.append(type(matcher).fault(path="/hertokeningen", times=3, drop=True))
        verslag = nieuw.hertoken()

        assert (verslag.hertokend, verslag.resterend) == (0, 3)
        assert "matcher" in verslag.melding

    def test_a_signal_that_the_matcher_no_longer_has_does_not_stop_the_others(self, nieuw: Any, matcher: Any) -> None:
        weg = next(iter(matcher.signalen))
        matcher.signalen[weg]["status"] = "verlopen"

        verslag = nieuw.hertoken()

        assert [str(signaal) for signaal in verslag.geweigerd] == [weg]
        assert verslag.hertokend == 2

    def test_whom_a_restored_register_does_not_know_is_named(
        self, wereld: Any, oud: Any, matcher: Any, persoon: Persoon
    ) -> None:
        oud.close()
        folder = wereld.folder / BLIJF
        for file in folder.glob("register.db*"):
            file.unlink()
        sleutel = RegisterSleutel(decode_base64url((folder / "RegisterSleutel").read_text(encoding="ascii").strip()))
        Register.create(folder / "register.db", sleutel, "test").close()
        dienst = wereld.open(BLIJF, wereld.convenant(epochen=(1, 2)))
        dienst.restore()
        dienst.refill("1", persoon)

        verslag = dienst.hertoken()

        assert verslag.hertokend == 1
        assert [signaal.clientnummer for signaal in verslag.zonder_persoon] == ["0", "2"]


class TestAfterALeak:
    def test_the_old_tokens_are_erased_first(self, nieuw: Any, matcher: Any) -> None:
        verslag = nieuw.hertoken(gelekt=True)

        assert (verslag.gewist, verslag.hertokend) == (3, 3)
        assert matcher.gewist == [1]
        assert epochen(matcher) == [[2]] * 3
        erased, retokenised = matcher.requests("/wissingen")[0], matcher.requests("/hertokeningen")[0]
        assert matcher.exchanges.index(erased) < matcher.exchanges.index(retokenised)
        assert [signaal.epochen for signaal in nieuw.signalen()] == [(2,)] * 3

    def test_tokens_of_the_leaked_epoch_that_wait_are_made_again(
        self, wereld: Any, nieuw: Any, matcher: Any, persoon: Persoon
    ) -> None:
        matcher.faults.append(type(matcher).fault(path="/v1/signalen", times=3, drop=True))
        wachtend = nieuw.submit(persoon, clientnummer="w", signaalsoort=KIND)
        matcher.faults.clear()
        nieuw.close()
        gelekt = [
            {"nummer": 1, "van": "2026-01-01", "tot": "2026-12-31", "gelekt": True},
            {"nummer": 2, "van": "2026-06-01", "tot": "2028-12-31"},
        ]
        dienst = wereld.open(BLIJF, wereld.convenant(epochen=(1, 2), epochen_document=gelekt))

        dienst.hertoken(gelekt=True)

        assert dienst.register.signaal(wachtend.id).epochen == (2,)
        assert matcher.signalen[str(wachtend.id)]["epochen"] == [2]

    def test_without_a_newer_epoch_nothing_is_erased(self, oud: Any, matcher: Any) -> None:
        with pytest.raises(ConfiguratieFout, match="nog geen nieuwe epoche"):
            oud.hertoken(gelekt=True)
        assert matcher.gewist == []


def test_without_the_new_key_nothing_happens(wereld: Any, persoon: Persoon, matcher: Any) -> None:
    wereld.open(BLIJF, wereld.convenant(), sleutels=(1,)).submit(persoon, clientnummer="1", signaalsoort=KIND)
    dienst = wereld.open(BLIJF, wereld.convenant(epochen=(1, 2)))

    with pytest.raises(SleutelFout, match="koppelradar sleutels open"):
        dienst.hertoken(gelekt=True)
    assert matcher.gewist == []
