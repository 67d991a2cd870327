"""Signals in mode voprf: with sleutelhouders that answer, that lie, that are away and that have no budget left."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from client_sdk.dienst import Indiening, wachtzin
from client_sdk.errors import ConfiguratieFout, OneerlijkeSleutelhouder, SleutelFout
from client_sdk.persoon import Persoon
from client_sdk.register import SignaalStatus, Wachtreden
from convenant.types import Oin

BLIJF, WIJKTEAM = Oin("00000099000000021000"), Oin("00000099000000011000")
KIND = "zorg-om-kind"


def series(persoon: Persoon, count: int) -> list[Indiening]:
    return [Indiening(persoon=persoon, clientnummer=str(n), signaalsoort=KIND) for n in range(count)]


def tokens(matcher: Any, place: int = 0) -> dict[int, list[str]]:
    """The tokens per epoch of the signal that came in at that place."""
    bron = list(matcher.signalen.values())[place]["bron"]
    return {tokenset["epoche"]: tokenset["koppeltokens"] for tokenset in bron["tokensets"]}


class TestHonest:
    def test_two_organisations_meet_on_the_same_person(self, wereld: Any, matcher: Any, persoon: Persoon) -> None:
        convenant = wereld.convenant()
        for oin in (BLIJF, WIJKTEAM):
            signaal = wereld.open(oin, convenant).submit(persoon, clientnummer=f"c-{oin}", signaalsoort=KIND)
            assert signaal.status is SignaalStatus.ONTVANGEN

        een, ander = tokens(matcher, 0)[1], tokens(matcher, 1)[1]
        assert een[0] == ander[0]
        assert sum(a == b for a, b in zip(een, ander, strict=True)) > 6
        assert len(set(een)) == 12

    def test_a_sleutelhouder_sees_no_token_and_no_name(
        self, wereld: Any, houder: Any, matcher: Any, persoon: Persoon
    ) -> None:
        wereld.open(BLIJF, wereld.convenant()).submit(persoon, clientnummer="c-77", signaalsoort=KIND)

        [body] = houder.bodies
        assert body["telling"] == "telling.jws.x"
        assert (body["convenant"], body["epoche"], body["profiel"]) == ("nhn-2026", 1, "nl-1")
        text = repr(body)
        assert not any(token in text for token in tokens(matcher)[1])
        assert "c-77" not in text

    def test_without_a_matcher_there_is_no_telling_but_there_are_tokens(
        self, wereld: Any, houder: Any, matcher: Any, persoon: Persoon
    ) -> None:
        matcher.faults.append(type(matcher).fault(path="/v1/telling", times=9, status=503))

        signaal = wereld.open(BLIJF, wereld.convenant()).submit(persoon, clientnummer="1", signaalsoort=KIND)

        assert signaal.status is SignaalStatus.ONTVANGEN
        assert "telling" not in houder.bodies[0]

    def test_the_telling_is_asked_for_once(self, wereld: Any, matcher: Any, persoon: Persoon) -> None:
        dienst = wereld.open(BLIJF, wereld.convenant())
        for nummer in "123":
            dienst.submit(persoon, clientnummer=nummer, signaalsoort=KIND)

        assert len(matcher.requests("/telling")) == 1

    def test_a_series_goes_in_one_call(self, wereld: Any, houder: Any, persoon: Persoon) -> None:
        uitkomsten = wereld.open(BLIJF, wereld.convenant()).submit_many(series(persoon, 40))

        assert {u.signaal.status for u in uitkomsten} == {SignaalStatus.ONTVANGEN}
        assert len(houder.bodies) == 1

    def test_two_sleutelhouders_get_the_same_points_and_both_count(
        self, wereld: Any, matcher: Any, persoon: Persoon
    ) -> None:
        for houders in (("een", "twee"), ("twee", "een"), ("een",)):
            dienst = wereld.open(BLIJF, wereld.convenant(houders=houders), map_=str(houders))
            dienst.submit(persoon, clientnummer="1", signaalsoort=KIND)

        assert wereld.houders["een"].bodies[0]["punten"] == wereld.houders["twee"].bodies[0]["punten"]
        assert tokens(matcher, 0)[1][0] == tokens(matcher, 1)[1][0] != tokens(matcher, 2)[1][0]

    def test_in_an_overlap_a_signal_gets_the_tokens_of_both_epochs(
        self, wereld: Any, matcher: Any, persoon: Persoon
    ) -> None:
        dienst = wereld.open(BLIJF, wereld.convenant(epochen=(1, 2)))
        signaal = dienst.submit(persoon, clientnummer="1", signaalsoort=KIND)

        assert signaal.epochen == (1, 2)
        assert list(tokens(matcher)) == [2, 1]
        assert not set(tokens(matcher)[1]) & set(tokens(matcher)[2])


class TestWaiting:
    """Nothing is lost: the signal is in the register, the user is told for what it waits, and it is sent later."""

    def check(self, wereld: Any, houder: Any, persoon: Persoon, reden: Wachtreden, **submit: Any) -> Any:
        dienst = wereld.open(BLIJF, wereld.convenant())
        signaal = dienst.submit(persoon, clientnummer="1", signaalsoort=KIND)
        assert (signaal.status, signaal.wacht_op, signaal.epochen) == (SignaalStatus.WACHTEND, reden, ())
        assert wereld.matcher.signalen == {}
        assert dienst.send_pending().meldingen == (wachtzin(reden, signaal.wacht_tot),)
        houder.answer = houder.forge = houder.budget = None
        assert dienst.send_pending().ontvangen == 1
        assert dienst.register.signaal(signaal.id).wacht_op is None
        return signaal

    def test_for_one_that_lies(self, wereld: Any, houder: Any, persoon: Persoon, leugen: Any) -> None:
        houder.forge = leugen
        dienst = wereld.open(BLIJF, wereld.convenant())
        uitkomsten = dienst.submit_many(series(persoon, 2))  # two, so that answers can be swapped

        if not all(u.signaal.status is SignaalStatus.WACHTEND for u in uitkomsten):
            pytest.fail("a token came of a lie")
        assert {u.signaal.wacht_op for u in uitkomsten} == {Wachtreden.ONEERLIJK}
        assert wereld.matcher.signalen == {}
        houder.forge = None
        assert dienst.send_pending().ontvangen == 2

    def test_for_one_with_another_key(self, wereld: Any, houder: Any, persoon: Persoon) -> None:
        honest = houder.keys
        houder.keys = wereld.houders["twee"].keys
        dienst = wereld.open(BLIJF, wereld.convenant_of(honest))

        assert dienst.submit(persoon, clientnummer="1", signaalsoort=KIND).wacht_op is Wachtreden.ONEERLIJK

    def test_the_one_of_two_that_lies_is_named(self, wereld: Any, persoon: Persoon, leugen: Any) -> None:
        convenant = wereld.convenant(houders=("een", "twee"))
        wereld.houders["twee"].forge = leugen
        dienst = wereld.open(BLIJF, convenant)
        dienst.submit_many(series(persoon, 2))
        wachtend = dienst.register.te_tokeniseren(dienst.register.untokenised())

        with pytest.raises(OneerlijkeSleutelhouder) as caught:
            dienst._onderdelen.tokeniser.tokensets(wachtend, 1, vandaag=wereld.nu.date())
        assert caught.value.oin == wereld.houders["twee"].oin

    @pytest.mark.parametrize(
        "failure",
        [
            pytest.param(httpx.ConnectError("weg"), id="away"),
            pytest.param(httpx.ReadTimeout("traag"), id="slow"),
            pytest.param(503, id="503"),
            pytest.param(500, id="500"),
        ],
    )
    def test_for_one_that_does_not_answer(self, wereld: Any, houder: Any, persoon: Persoon, failure: Any) -> None:
        def answer(request: httpx.Request) -> httpx.Response:
            if isinstance(failure, Exception):
                raise failure
            return httpx.Response(failure)

        houder.answer = answer
        self.check(wereld, houder, persoon, Wachtreden.SLEUTELHOUDER)

    def test_until_the_moment_it_names(self, wereld: Any, houder: Any, persoon: Persoon) -> None:
        houder.budget = 0

        signaal = self.check(wereld, houder, persoon, Wachtreden.BUDGET)

        assert signaal.wacht_tot == wereld.nu + timedelta(seconds=3601)
        assert "24-11-2026 14:00" in wachtzin(signaal.wacht_op, signaal.wacht_tot)

    @pytest.mark.parametrize(
        "fout",
        [("/epoche", "epoche-uitgetreden"), ("/epoche", "epoche-loopt-niet"), ("/profiel", "verkeerd-profiel")],
    )
    def test_for_one_that_refuses(self, wereld: Any, houder: Any, persoon: Persoon, fout: tuple[str, str]) -> None:
        houder.answer = lambda _: houder.problem(400, "ongeldige-invoer", fouten=[fout])
        self.check(wereld, houder, persoon, Wachtreden.GEWEIGERD)

    def test_for_one_that_answers_something_else(self, wereld: Any, houder: Any, persoon: Persoon) -> None:
        houder.answer = lambda _: httpx.Response(200, content=b"<html>")
        self.check(wereld, houder, persoon, Wachtreden.ONEERLIJK)

    def test_a_batch_over_budget_uses_what_budget_there_is(self, wereld: Any, houder: Any, persoon: Persoon) -> None:
        houder.budget = 21
        dienst = wereld.open(BLIJF, wereld.convenant())
        uitkomsten = dienst.submit_many(series(persoon, 32))

        statuses = [u.signaal.status for u in uitkomsten]
        assert statuses == [SignaalStatus.ONTVANGEN] * 21 + [SignaalStatus.WACHTEND] * 11
        assert {u.signaal.wacht_op for u in uitkomsten[21:]} == {Wachtreden.BUDGET}
        houder.budget = None
        assert dienst.send_pending().ontvangen == 11
        assert len(wereld.matcher.signalen) == 32

    def test_a_series_while_it_is_away_is_kept_and_asked_for_once(
        self, wereld: Any, houder: Any, persoon: Persoon
    ) -> None:
        asked: list[int] = []

        def answer(request: httpx.Request) -> httpx.Response:
            asked.append(1)
            raise httpx.ConnectError("weg")

        houder.answer = answer
        dienst = wereld.open(BLIJF, wereld.convenant())
        uitkomsten = dienst.submit_many(series(persoon, 1200))

        assert {u.signaal.wacht_op for u in uitkomsten} == {Wachtreden.SLEUTELHOUDER}
        assert len(asked) == 1

    def test_tokens_that_waited_into_another_epoch_are_made_again(
        self, wereld: Any, matcher: Any, persoon: Persoon
    ) -> None:
        matcher.faults.append(type(matcher).fault(path="/v1/signalen", times=10**6, drop=True))
        wereld.open(BLIJF, wereld.convenant()).submit(persoon, clientnummer="1", signaalsoort=KIND)
        matcher.faults.clear()
        body = b'{"status": 400, "fouten": [{"pad": "/signalen/0/tokensets/0/epoche", "code": "epoche-loopt-niet"}]}'
        matcher.faults.append(type(matcher).fault(path="/v1/signalen", times=1, status=400, body=body))

        verslag = wereld.open(BLIJF, wereld.convenant(epochen=(1, 2))).send_pending()

        assert (verslag.ontvangen, verslag.geweigerd) == (1, 0)
        assert list(tokens(matcher)) == [2, 1]

    def test_the_bytes_of_a_batch_are_fixed_before_it_is_sent(
        self, wereld: Any, houder: Any, matcher: Any, persoon: Persoon
    ) -> None:
        matcher.faults.append(type(matcher).fault(path="/v1/signalen", times=3, drop_after=True))
        dienst = wereld.open(BLIJF, wereld.convenant())
        dienst.submit(persoon, clientnummer="1", signaalsoort=KIND)
        dienst.send_pending()

        attempts = matcher.requests("/v1/signalen")
        assert len({(e.body, e.headers["idempotency-key"]) for e in attempts}) == 1
        assert len(houder.bodies) == 1


class TestKeys:
    def test_a_missing_convenant_key_says_how_to_get_it(self, wereld: Any, persoon: Persoon) -> None:
        dienst = wereld.open(BLIJF, wereld.convenant(epochen=(1, 2)), sleutels=(1,))

        with pytest.raises(SleutelFout, match=r"epoche 2 ontbreekt.*koppelradar sleutels open"):
            dienst.submit(persoon, clientnummer="1", signaalsoort=KIND)
        assert dienst.signalen() == ()

    def test_after_the_convenant_nothing_is_submitted(self, wereld: Any, persoon: Persoon) -> None:
        dienst = wereld.open(BLIJF, wereld.convenant())
        wereld.nu = datetime(2035, 1, 1, tzinfo=UTC)

        with pytest.raises(ConfiguratieFout):
            dienst.submit(persoon, clientnummer="1", signaalsoort=KIND)


def test_no_secret_shows_in_a_repr(wereld: Any, persoon: Persoon) -> None:
    dienst = wereld.open(BLIJF, wereld.convenant())
    signaal = dienst.submit(persoon, clientnummer="client-77", signaalsoort=KIND)
    onderdelen = dienst._onderdelen
    shown = repr((signaal, onderdelen.voorbereider, onderdelen.tokeniser, dienst.register.te_tokeniseren([signaal.id])))

    assert "client-77" not in shown
    assert "Amrani" not in shown
    assert "A. de Vries" not in shown
    sleutels = [sleutel.reveal() for sleutel in dienst.register.kaartsleutels(signaal.id).values()]
    assert sleutels
    assert not any(repr(sleutel) in shown for sleutel in sleutels)
