"""Mode voprf with real sleutelhouders: what they see, what happens without them, and what a budget does."""

from collections.abc import Callable
from typing import Any

import pytest

from client_sdk.dienst import Indiening
from client_sdk.persoon import Persoon
from client_sdk.register import SignaalStatus
from client_sdk.register.model import Wachtreden
from convenant.types import Oin
from koppelradar.processen import stop

Maker = Callable[[int], Persoon]
SOORT = "huiselijk-geweld"


def _series(make_persoon: Maker, nummers: range) -> list[Indiening]:
    return [Indiening(persoon=make_persoon(n), clientnummer=f"C-{n}", signaalsoort=SOORT) for n in nummers]


def test_without_the_sleutelhouder_a_signal_is_kept_and_sent_later(
    huis: Any, oins: dict[str, Oin], make_persoon: Maker
) -> None:
    stop(huis.sleutelhouders[1])
    with huis.open(oins["ggz"]) as ggz:
        signaal = ggz.submit(make_persoon(1), clientnummer="P-1", signaalsoort=SOORT)
        assert (signaal.status, signaal.wacht_op) == (SignaalStatus.WACHTEND, Wachtreden.SLEUTELHOUDER)
        told = huis.command(oins["ggz"], "signaal", "lijst")
        assert "sleutelhouder is nu niet bereikbaar" in told.stdout + told.stderr
        huis.start_sleutelhouder()
        assert ggz.send_pending().wachtend == 0
        assert ggz.register.signaal(signaal.id).status is SignaalStatus.ONTVANGEN


def test_more_persons_than_the_budget_are_kept_until_a_window_lets_them_through(
    huis: Any, oins: dict[str, Oin], make_persoon: Maker
) -> None:
    with huis.open(oins["wijkteam"]) as wijkteam:
        outcome = wijkteam.submit_many(_series(make_persoon, range(100, 180)))
        statuses = [uitkomst.signaal.status for uitkomst in outcome if uitkomst.signaal]
        # Sixty points of a code in a minute, as the convenant says.
        assert 0 < statuses.count(SignaalStatus.ONTVANGEN) <= 60
        waiting = [s for s in wijkteam.signalen() if s.status is SignaalStatus.WACHTEND]
        assert len(waiting) == 80 - statuses.count(SignaalStatus.ONTVANGEN)
        assert {s.wacht_op for s in waiting} == {Wachtreden.BUDGET}
        huis.open_venster(oins["wijkteam"], 80)
        assert wijkteam.send_pending().wachtend == 0
        assert [s.status for s in wijkteam.signalen()] == [SignaalStatus.ONTVANGEN] * 80


@pytest.mark.slow
def test_two_sleutelhouders_give_one_token_and_neither_alone_is_enough(
    huis_met_twee: Any, oins: dict[str, Oin], make_persoon: Maker
) -> None:
    huis = huis_met_twee
    with huis.open(oins["ggz"]) as ggz, huis.open(oins["wijkteam"]) as wijkteam:
        ggz.submit(make_persoon(1), clientnummer="P-1", signaalsoort=SOORT)
        wijkteam.submit(make_persoon(1), clientnummer="W-1", signaalsoort=SOORT)
        (match,) = wijkteam.matches()
        assert match.geverifieerd
        stop(huis.sleutelhouders[2])
        waiting = ggz.submit(make_persoon(2), clientnummer="P-2", signaalsoort=SOORT)
        assert waiting.wacht_op is Wachtreden.SLEUTELHOUDER
        huis.start_sleutelhouder(2)
        assert ggz.send_pending().wachtend == 0


def test_logs_of_the_sleutelhouder_hold_counts_and_no_point(huis: Any, oins: dict[str, Oin]) -> None:
    log = (huis.map / "sleutelhouder-1.log").read_text(encoding="utf-8")
    assert "/evaluaties" in log
    assert not any(len(word) >= 40 for line in log.splitlines() for word in line.replace('"', " ").split())
