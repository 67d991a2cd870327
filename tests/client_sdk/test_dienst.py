"""The service, against a small matcher on a real socket and a real register file."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import client_sdk
from client_sdk.client import Herhaalbeleid
from client_sdk.configuratie import Configuratie, load_configuratie
from client_sdk.dienst import Indiening, Koppelradar, Voortgang
from client_sdk.dienst.wachten import wachtzin
from client_sdk.errors import (
    ConfiguratieFout,
    InvoerFout,
    LeeftijdsgrensFout,
    MatcherOnbereikbaar,
    NietIngelogd,
    OngeldigAntwoord,
    OngeldigClientnummer,
    OngeldigPersoon,
    VerzoekGeweigerd,
)
from client_sdk.persoon import Persoon
from client_sdk.register import Register, SignaalStatus
from client_sdk.register.model import Wachtreden
from client_sdk.sleutels import generate_sleutel, read_sleutel, write_sleutel
from client_sdk.types import OrganisatieSleutel, RegisterSleutel

KIND = "zorg-om-kind"
_ROOT = Path(client_sdk.__file__).parents[1]

# Dies like a power cut, without any clean-up, before or after the matcher has received the batch.
_CRASH = """
import os, sys
from pathlib import Path
from client_sdk import Indiening, Koppelradar, MatcherClient, Persoon, load_configuratie

send = MatcherClient.submit_signalen

def crash(self, signalen, **details):
    if sys.argv[2] == "after":
        send(self, signalen, **details)
    os._exit(9)

MatcherClient.submit_signalen = crash
jan = Persoon(voornamen="Jan", voorvoegsel="", geslachtsnaam="Jansen", geboortedatum="2015-03-09")
with Koppelradar.open(load_configuratie(Path(sys.argv[1])), account="test") as dienst:
    dienst.submit_many([Indiening(persoon=jan, clientnummer=str(n), signaalsoort="zorg-om-kind") for n in range(3)])
"""


def series(persoon: Persoon, count: int, soort: str = KIND) -> list[Indiening]:
    return [Indiening(persoon=persoon, clientnummer=str(n), signaalsoort=soort) for n in range(count)]


def fault(matcher: Any, path: str, times: int = 1, **details: Any) -> None:
    matcher.faults.append(type(matcher).fault(path=path, times=times, **details))


def away(matcher: Any) -> None:
    """Let the matcher drop every connection until `back`."""
    fault(matcher, "/v1/", times=10**6, drop=True)


def back(matcher: Any) -> None:
    matcher.faults.clear()


class TestSubmitting:
    def test_a_signal_is_received(self, dienst: Koppelradar, matcher: Any, persoon: Persoon) -> None:
        signaal = dienst.submit(persoon, clientnummer="123", signaalsoort=KIND)

        assert signaal.status is SignaalStatus.ONTVANGEN
        assert signaal.clientnummer == "123"
        assert dienst.signalen() == (signaal,)
        assert list(matcher.signalen) == [str(signaal.id)]

    def test_nothing_personal_reaches_the_matcher(self, dienst: Koppelradar, matcher: Any, persoon: Persoon) -> None:
        dienst.submit(persoon, clientnummer="client-77", signaalsoort=KIND)

        sent = b"".join(e.body + repr(e.headers).encode() + e.path.encode() for e in matcher.exchanges).lower()
        assert KIND.encode() in sent  # the search finds what is sent
        for secret in (b"fatima", b"amrani", b"2015", b"client-77", b"j.jansen"):
            assert secret not in sent

    def test_it_is_in_the_register_before_it_is_sent(self, dienst: Koppelradar, matcher: Any, persoon: Persoon) -> None:
        away(matcher)
        signaal = dienst.submit(persoon, clientnummer="123", signaalsoort=KIND)
        assert signaal.status is SignaalStatus.WACHTEND

        back(matcher)
        verslag = dienst.send_pending()

        assert (verslag.ontvangen, verslag.wachtend) == (1, 0)
        assert dienst.register.signaal(signaal.id).status is SignaalStatus.ONTVANGEN

    def test_what_the_matcher_never_answers_waits_under_one_key(
        self, dienst: Koppelradar, matcher: Any, persoon: Persoon
    ) -> None:
        fault(matcher, "/signalen", times=3, drop_after=True)
        signaal = dienst.submit(persoon, clientnummer="123", signaalsoort=KIND)
        assert signaal.status is SignaalStatus.WACHTEND

        dienst.send_pending()

        attempts = matcher.requests("/signalen")
        assert len(attempts) == 4
        assert len({(e.body, e.headers["idempotency-key"]) for e in attempts}) == 1
        assert len(matcher.signalen) == 1

    def test_the_same_client_and_kind_is_submitted_once(
        self, dienst: Koppelradar, matcher: Any, persoon: Persoon
    ) -> None:
        first = dienst.submit(persoon, clientnummer="123", signaalsoort=KIND)

        assert dienst.submit(persoon, clientnummer="123", signaalsoort=KIND) == first
        assert len(matcher.signalen) == 1

    @pytest.mark.parametrize(
        ("change", "error"),
        [
            pytest.param({"geboortedatum": "2999-01-01"}, OngeldigPersoon, id="date in the future"),
            pytest.param({"geboortedatum": "1960-03-09"}, LeeftijdsgrensFout, id="too old"),
            pytest.param({"clientnummer": ""}, OngeldigClientnummer, id="no client number"),
            pytest.param({"signaalsoort": "bestaat-niet"}, InvoerFout, id="unknown kind"),
            pytest.param({"signaalsoort": "veilig-thuis-betrokken"}, InvoerFout, id="kind of another party"),
        ],
    )
    def test_what_cannot_be_a_signal_is_not_written(
        self, dienst: Koppelradar, change: dict[str, str], error: type[Exception]
    ) -> None:
        values = {"geboortedatum": "2015-03-09", "clientnummer": "1", "signaalsoort": KIND, **change}
        persoon = Persoon(
            voornamen="Jan", voorvoegsel="", geslachtsnaam="Jansen", geboortedatum=values.pop("geboortedatum")
        )

        with pytest.raises(error):
            dienst.submit(persoon, clientnummer=values["clientnummer"], signaalsoort=values["signaalsoort"])
        assert dienst.signalen() == ()

    def test_a_receipt_for_something_else_leaves_the_signal_waiting(
        self, dienst: Koppelradar, matcher: Any, persoon: Persoon
    ) -> None:
        fault(matcher, "/signalen", status=201, body=b'{"ontvangsten": []}')

        with pytest.raises(OngeldigAntwoord):
            dienst.submit(persoon, clientnummer="123", signaalsoort=KIND)
        assert dienst.send_pending().ontvangen == 1

    @pytest.mark.parametrize(("status", "error"), [(401, NietIngelogd), (403, VerzoekGeweigerd)])
    def test_a_refusal_of_the_organisation_leaves_the_signal_waiting(
        self, dienst: Koppelradar, matcher: Any, persoon: Persoon, status: int, error: type[Exception]
    ) -> None:
        fault(matcher, "/signalen", status=status)

        with pytest.raises(error):
            dienst.submit(persoon, clientnummer="123", signaalsoort=KIND)
        assert dienst.send_pending().ontvangen == 1


class TestSeries:
    def test_goes_in_batches_of_a_thousand(self, dienst: Koppelradar, matcher: Any, persoon: Persoon) -> None:
        seen: list[Voortgang] = []

        uitkomsten = dienst.submit_many(series(persoon, 1001), on_progress=seen.append)

        assert [u.positie for u in uitkomsten] == list(range(1001))
        assert len(matcher.batches) == 2
        assert [v.gelezen for v in seen] == [1000, 1001]
        assert (seen[-1].ontvangen, seen[-1].wachtend) == (1001, 0)

    def test_one_that_cannot_be_a_signal_does_not_stop_the_others(
        self, dienst: Koppelradar, matcher: Any, persoon: Persoon
    ) -> None:
        goed, ook_goed = series(persoon, 2)
        fout = Indiening(persoon=persoon, clientnummer="9", signaalsoort="bestaat-niet")

        uitkomsten = dienst.submit_many([goed, fout, ook_goed])

        assert [u.fout is None for u in uitkomsten] == [True, False, True]
        assert len(matcher.signalen) == 2

    def test_refused_signals_are_set_apart_and_the_others_sent(
        self, dienst: Koppelradar, matcher: Any, persoon: Persoon
    ) -> None:
        matcher.refuse = {"huiselijk-geweld": "te-laat"}
        mixed = [*series(persoon, 2), *series(persoon, 1, "huiselijk-geweld")]

        statuses = [(u.signaal.status, u.signaal.reden) for u in dienst.submit_many(mixed) if u.signaal]

        assert statuses == [(SignaalStatus.ONTVANGEN, None)] * 2 + [(SignaalStatus.GEWEIGERD, "te-laat")]
        assert len(matcher.signalen) == 2

    @pytest.mark.parametrize("status", [409, 413])
    def test_a_batch_that_is_refused_without_saying_which_is_divided(
        self, dienst: Koppelradar, matcher: Any, persoon: Persoon, status: int
    ) -> None:
        fault(matcher, "/signalen", status=status)

        uitkomsten = dienst.submit_many(series(persoon, 5))

        assert {u.signaal.status for u in uitkomsten if u.signaal} == {SignaalStatus.ONTVANGEN}
        assert len(matcher.batches) == 2

    def test_at_the_limit_of_the_month_what_fits_is_sent_and_the_rest_waits(
        self, dienst: Koppelradar, matcher: Any, persoon: Persoon
    ) -> None:
        matcher.plafond = 5

        uitkomsten = dienst.submit_many(series(persoon, 8))

        assert len(matcher.signalen) == 5
        statuses = [u.signaal.status for u in uitkomsten if u.signaal]
        assert (statuses.count(SignaalStatus.ONTVANGEN), statuses.count(SignaalStatus.WACHTEND)) == (5, 3)
        assert list(dienst.register.waiting()) == [(Wachtreden.PLAFOND, None)]
        assert dienst.send_pending().meldingen == (wachtzin(Wachtreden.PLAFOND),)
        matcher.plafond = None
        assert (dienst.send_pending().ontvangen, dienst.register.waiting()) == (3, {})

    def test_a_pointer_beyond_the_batch_is_no_reason_to_refuse_a_signal(
        self, dienst: Koppelradar, matcher: Any, persoon: Persoon
    ) -> None:
        body = b'{"status": 400, "fouten": [{"pad": "/signalen/7/id", "code": "x"}, {"pad": "/signalen", "code": "x"}]}'
        fault(matcher, "/signalen", status=400, body=body)

        with pytest.raises(VerzoekGeweigerd):
            dienst.submit_many(series(persoon, 2))
        assert dienst.send_pending().ontvangen == 2

    def test_while_the_matcher_is_away_everything_waits_and_is_tried_once(
        self, dienst: Koppelradar, matcher: Any, persoon: Persoon
    ) -> None:
        away(matcher)
        uitkomsten = dienst.submit_many(series(persoon, 1500))
        attempts = len(matcher.exchanges)

        assert {u.signaal.status for u in uitkomsten if u.signaal} == {SignaalStatus.WACHTEND}
        assert attempts == 3  # one call with its repetitions, not one per batch
        back(matcher)
        assert dienst.send_pending().ontvangen == 1500

    @pytest.mark.parametrize("where", ["before", "after"])
    def test_a_crash_around_sending_loses_nothing_and_sends_once(
        self, configuratiebestand: Path, matcher: Any, persoon: Persoon, where: str
    ) -> None:
        command = [sys.executable, "-c", _CRASH, str(configuratiebestand), where]
        crashed = subprocess.run(command, cwd=_ROOT, check=False, timeout=60)
        assert crashed.returncode == 9
        assert len(matcher.signalen) == (3 if where == "after" else 0)

        with Koppelradar.open(load_configuratie(configuratiebestand), account="test") as dienst:
            uitkomsten = dienst.submit_many(series(persoon, 3))

        assert all(u.bestond_al and u.signaal and u.signaal.status is SignaalStatus.ONTVANGEN for u in uitkomsten)
        assert len(matcher.signalen) == 3
        assert len(matcher.batches) == 1


class TestWithdrawing:
    def test_ends_it_at_the_matcher_and_here(self, dienst: Koppelradar, matcher: Any, persoon: Persoon) -> None:
        signaal = dienst.submit(persoon, clientnummer="123", signaalsoort=KIND)

        assert dienst.withdraw(signaal.id).status is SignaalStatus.INGETROKKEN
        assert matcher.signalen[str(signaal.id)]["status"] == "ingetrokken"
        assert dienst.register.persoon(signaal.id) is None

    def test_is_not_pretended_when_the_matcher_is_away(
        self, dienst: Koppelradar, matcher: Any, persoon: Persoon
    ) -> None:
        signaal = dienst.submit(persoon, clientnummer="123", signaalsoort=KIND)
        away(matcher)

        with pytest.raises(MatcherOnbereikbaar):
            dienst.withdraw(signaal.id)
        assert dienst.register.signaal(signaal.id).status is SignaalStatus.ONTVANGEN

    def test_a_signal_that_was_never_sent_never_will_be(
        self, dienst: Koppelradar, matcher: Any, persoon: Persoon
    ) -> None:
        away(matcher)
        eerste, tweede = (u.signaal for u in dienst.submit_many(series(persoon, 2)))
        assert eerste is not None
        assert tweede is not None
        back(matcher)

        dienst.withdraw(eerste.id)
        dienst.send_pending()

        assert list(matcher.signalen) == [str(tweede.id)]

    def test_twice_asks_the_matcher_once(self, dienst: Koppelradar, matcher: Any, persoon: Persoon) -> None:
        signaal = dienst.submit(persoon, clientnummer="123", signaalsoort=KIND)

        assert dienst.withdraw(signaal.id) == dienst.withdraw(signaal.id)
        assert len(matcher.requests("/intrekkingen")) == 1


class TestLooking:
    def test_a_match_comes_with_the_own_clients(
        self, dienst: Koppelradar, matcher: Any, persoon: Persoon, match_document: dict[str, Any]
    ) -> None:
        signaal = dienst.submit(persoon, clientnummer="client-123", signaalsoort=KIND)
        unknown = "00000000-0000-4000-8000-000000000001"
        match_document["eigenSignalen"] = [str(signaal.id), unknown]
        matcher.matches = [match_document]

        [match] = dienst.matches()

        assert match.clientnummers == ("client-123",)
        assert [str(s) for s in match.onbekende_signalen] == [unknown]
        assert "client-123" not in repr(match)

    def test_notifications_come_until_they_were_handed_over(
        self, dienst: Koppelradar, matcher: Any, match_document: dict[str, Any]
    ) -> None:
        for _ in range(3):
            matcher.notify(match_document)

        for _ in dienst.notificaties():
            break  # the caller stops half-way: a crash, for instance
        again = [n.notificatie.volgnummer for n in dienst.notificaties()]

        assert again == ["0000000001", "0000000002", "0000000003"]
        assert list(dienst.notificaties()) == []

    def test_all_pages_of_notifications_are_read(
        self, dienst: Koppelradar, matcher: Any, match_document: dict[str, Any]
    ) -> None:
        for _ in range(205):
            matcher.notify(match_document)

        assert len(list(dienst.notificaties(wacht=1))) == 205
        waits = [e.query["wacht"] for e in matcher.requests("/notificaties")]
        assert waits == ["1", "0", "0", "0"]

    def test_a_signal_that_is_over_shows_as_such(
        self, dienst: Koppelradar, persoon: Persoon, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        dienst.submit(persoon, clientnummer="123", signaalsoort=KIND)
        monkeypatch.setattr(dienst, "_clock", lambda: datetime(2099, 1, 1, tzinfo=UTC))

        assert [s.status for s in dienst.signalen()] == [SignaalStatus.VERLOPEN]
        with pytest.raises(ConfiguratieFout, match="niet geldig"):
            dienst.submit(persoon, clientnummer="124", signaalsoort=KIND)


class TestRestoring:
    def test_a_lost_register_is_rebuilt_and_refilled_without_submitting_twice(
        self, configuratie: Configuratie, matcher: Any, beleid: Herhaalbeleid, persoon: Persoon
    ) -> None:
        with Koppelradar.open(configuratie, account="a", herhaalbeleid=beleid) as dienst:
            dienst.submit_many(series(persoon, 3))
        for file in configuratie.register.parent.glob("register.db*"):
            file.unlink()
        Register.create(configuratie.register, read_sleutel(configuratie.registersleutel, RegisterSleutel), "a").close()

        with Koppelradar.open(configuratie, account="a", herhaalbeleid=beleid) as dienst:
            verslag = dienst.restore()
            restored = dienst.signalen()
            again = dienst.submit_many(series(persoon, 3))

            assert (verslag.hersteld, verslag.bijgewerkt, verslag.onleesbaar) == (3, 0, 0)
            assert [s.clientnummer for s in restored] == ["0", "1", "2"]
            assert not any(s.persoon_bekend for s in restored)
            assert all(u.bestond_al and u.signaal and u.signaal.persoon_bekend for u in again)
            assert dienst.restore().hersteld == 0
        assert len(matcher.signalen) == 3

    def test_an_old_backup_is_brought_in_line(
        self, configuratie: Configuratie, matcher: Any, beleid: Herhaalbeleid, persoon: Persoon
    ) -> None:
        copy = configuratie.register.with_name("kopie.db")
        with Koppelradar.open(configuratie, account="a", herhaalbeleid=beleid) as dienst:
            first = dienst.submit(persoon, clientnummer="1", signaalsoort=KIND)
            dienst.register.backup(copy)
            dienst.withdraw(first.id)
            second = dienst.submit(persoon, clientnummer="2", signaalsoort=KIND)
        for file in configuratie.register.parent.glob("register.db*"):
            file.unlink()
        copy.rename(configuratie.register)

        with Koppelradar.open(configuratie, account="a", herhaalbeleid=beleid) as dienst:
            verslag = dienst.restore()

            assert (verslag.hersteld, verslag.bijgewerkt) == (1, 1)
            assert {s.id: s.status for s in dienst.signalen()} == {
                first.id: SignaalStatus.INGETROKKEN,
                second.id: SignaalStatus.ONTVANGEN,
            }

    def test_a_signal_withdrawn_here_but_not_there_is_withdrawn_there(
        self, dienst: Koppelradar, matcher: Any, persoon: Persoon
    ) -> None:
        signaal = dienst.submit(persoon, clientnummer="1", signaalsoort=KIND)
        dienst.withdraw(signaal.id)
        matcher.signalen[str(signaal.id)]["status"] = "actief"

        assert dienst.restore().bijgewerkt == 1
        assert matcher.signalen[str(signaal.id)]["status"] == "ingetrokken"

    def test_what_arrived_without_our_knowing_no_longer_waits(
        self, dienst: Koppelradar, matcher: Any, persoon: Persoon
    ) -> None:
        fault(matcher, "/signalen", times=3, drop_after=True)
        signaal = dienst.submit(persoon, clientnummer="1", signaalsoort=KIND)

        assert dienst.restore().bijgewerkt == 1
        assert dienst.register.signaal(signaal.id).status is SignaalStatus.ONTVANGEN
        assert dienst.register.pending() == ()

    def test_signals_of_another_key_are_counted_and_not_guessed(
        self, configuratie: Configuratie, matcher: Any, beleid: Herhaalbeleid, persoon: Persoon
    ) -> None:
        with Koppelradar.open(configuratie, account="a", herhaalbeleid=beleid) as dienst:
            dienst.submit(persoon, clientnummer="1", signaalsoort=KIND)
        for file in configuratie.register.parent.glob("register.db*"):
            file.unlink()
        Register.create(configuratie.register, read_sleutel(configuratie.registersleutel, RegisterSleutel), "a").close()
        configuratie.organisatiesleutel.unlink()
        write_sleutel(configuratie.organisatiesleutel, generate_sleutel(OrganisatieSleutel))

        with Koppelradar.open(configuratie, account="a", herhaalbeleid=beleid) as dienst:
            assert dienst.restore().onleesbaar == 1
            assert dienst.signalen() == ()


class TestOpening:
    def test_a_stranger_to_the_convenant_is_told(self, configuratiebestand: Path) -> None:
        text = configuratiebestand.read_text(encoding="utf-8")
        configuratiebestand.write_text(text.replace("00000099000000021000", "00000099000000099000"), encoding="utf-8")

        with pytest.raises(ConfiguratieFout, match="convenant"):
            Koppelradar.open(load_configuratie(configuratiebestand), account="a")

    def test_an_epoch_that_does_not_exist_is_told(self, configuratiebestand: Path) -> None:
        text = configuratiebestand.read_text(encoding="utf-8")
        configuratiebestand.write_text(text.replace("[register]", "epoche = 99\n[register]"), encoding="utf-8")

        with pytest.raises(ConfiguratieFout, match="epoche"):
            Koppelradar.open(load_configuratie(configuratiebestand), account="a")

    def test_a_missing_convenant_is_told(self, configuratie: Configuratie) -> None:
        configuratie.convenant.unlink()

        with pytest.raises(ConfiguratieFout):
            Koppelradar.open(configuratie, account="a")
