"""The service, against a small matcher on a real socket and a real register file."""

from client_sdk.dienst import Koppelradar
from client_sdk.persoon import Persoon
from client_sdk.register import SignaalStatus


def test_a_signal_is_received(dienst: Koppelradar, persoon: Persoon) -> None:
    signaal = dienst.submit(persoon, clientnummer="123", signaalsoort="zorg-om-kind")

    assert signaal.status is SignaalStatus.ONTVANGEN
    assert signaal.clientnummer == "123"
