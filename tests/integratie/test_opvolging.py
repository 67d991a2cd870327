"""What becomes of a match, between two organisations and a real matcher, from the SDK of each."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from client_sdk.client.model import NotificatieSoort
from client_sdk.client.opvolging import Hulp, Opvolgtoestand
from client_sdk.errors import VerzoekGeweigerd
from client_sdk.persoon import Persoon
from convenant.kalender import local_date
from convenant.types import Oin


def test_a_match_is_followed_up(huis: Any, oins: dict[str, Oin], make_persoon: Callable[[int], Persoon]) -> None:
    morgen = local_date(datetime.now(UTC)) + timedelta(days=1)
    with huis.open(oins["ggz"]) as ggz, huis.open(oins["wijkteam"]) as wijkteam:
        ggz.submit(make_persoon(41), clientnummer="P-41", signaalsoort="zorg-om-kind")
        wijkteam.submit(make_persoon(41), clientnummer="W-41", signaalsoort="zorg-om-kind")
        list(ggz.notificaties())
        hier, daar = _match_of(ggz, "P-41"), _match_of(wijkteam, "W-41")

        assert ggz.opvolging.contact(hier).eigen.contact_op is not None
        ggz.opvolging.stel_regisseur_voor(hier, oins["wijkteam"])
        assert wijkteam.opvolging.aanvaard_regie(daar).toestand is Opvolgtoestand.REGIE_BELEGD
        wijkteam.opvolging.spreek_moment_af(daar, morgen)
        assert wijkteam.opvolging.meld_hulp(daar, Hulp.STAGNEERT).eigen.hulp is Hulp.STAGNEERT

        regisseur = ggz.opvolging.toon(hier).regisseur
        assert regisseur is not None
        assert (regisseur.organisatie.oin, regisseur.eigen) == (oins["wijkteam"], False)
        told = {n.notificatie.soort: n for n in ggz.notificaties()}
        assert NotificatieSoort.REGIE_VASTGESTELD in told
        assert told[NotificatieSoort.MOMENT_AFGESPROKEN].clientnummers == ("P-41",)
        assert "contact-na-match" in {termijn.code for termijn in wijkteam.opvolging.termijnen()}


def test_a_match_of_others_does_not_exist(huis: Any, oins: dict[str, Oin]) -> None:
    with huis.open(oins["ggz"]) as ggz, pytest.raises(VerzoekGeweigerd) as caught:
        ggz.opvolging.contact("00000000-0000-4000-8000-000000000000")
    assert caught.value.status == 404


def _match_of(dienst: Any, clientnummer: str) -> str:
    return str(next(m.match.id for m in dienst.matches() if m.clientnummers == (clientnummer,)))
