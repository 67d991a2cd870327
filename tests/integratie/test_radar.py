"""The radar of Veilig Thuis with a real matcher: a casus, somebody who signals one of its persons, and word back."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from client_sdk.client.model import NotificatieSoort
from client_sdk.client.radar import Casustoestand, Meldingsoort, Radarfilter, Radarsortering, Terugkoppeling
from client_sdk.dienst import Betrokkene, Koppelradar
from client_sdk.errors import InvoerFout, VerzoekGeweigerd
from client_sdk.persoon import Persoon
from convenant.kalender import local_date
from convenant.types import Oin


@pytest.fixture
def vt(huis: Any, oins: dict[str, Oin]) -> Iterator[Koppelradar]:
    with huis.open(oins["vt"]) as vt:
        list(vt.notificaties())
        yield vt


@pytest.fixture
def ggz(huis: Any, oins: dict[str, Oin]) -> Iterator[Koppelradar]:
    with huis.open(oins["ggz"]) as ggz:
        list(ggz.notificaties())
        yield ggz


def open_casus(vt: Koppelradar, nummer: str, personen: list[Persoon]) -> Any:
    tot = local_date(datetime.now(UTC)) + timedelta(days=540)
    betrokkenen = [Betrokkene(persoon=een, clientnummer=f"{nummer}/{n}") for n, een in enumerate(personen)]
    return vt.radar.open_casus(nummer, betrokkenen, signaalsoort="zorg-om-kind", monitoring_tot=tot)


def test_a_signal_on_somebody_of_a_casus_comes_on_the_radar(
    vt: Koppelradar, ggz: Koppelradar, make_persoon: Callable[[int], Persoon]
) -> None:
    gezin = [make_persoon(51), make_persoon(52)]
    casus = open_casus(vt, "C-51", gezin)
    assert open_casus(vt, "C-51", gezin) == casus
    ggz.submit(make_persoon(52), clientnummer="P-52", signaalsoort="zorg-om-kind")

    told = {n.notificatie.soort: n for n in vt.notificaties(wacht=5)}
    assert told[NotificatieSoort.RADARTREFFER].casusnummer == "C-51"
    [regel] = (r for r in vt.radar.lijst(Radarfilter(sorteer=Radarsortering.PARTIJEN)) if r.casusnummer == "C-51")
    assert (regel.regel.nieuw, regel.regel.melding) == (1, Meldingsoort.HERMELDING)
    vt.radar.gezien(casus.casus.id)
    assert "C-51" not in {r.casusnummer for r in vt.radar.lijst(Radarfilter(nieuw=True))}


def test_a_bevraging_shows_signals_and_the_own_casus(
    vt: Koppelradar, ggz: Koppelradar, oins: dict[str, Oin], make_persoon: Callable[[int], Persoon]
) -> None:
    open_casus(vt, "C-53", [make_persoon(53)])
    ggz.submit(make_persoon(53), clientnummer="P-53", signaalsoort="zorg-om-kind")

    bekend, onbekend = vt.radar.bevraag([make_persoon(53), make_persoon(59)], "nieuwe-melding").personen

    assert [vermelding.casusnummer for vermelding in bekend.casussen] == ["C-53"]
    assert [partij.organisatie.oin for partij in bekend.partijen if partij.organisatie] == [oins["ggz"]]
    assert (onbekend.partijen, onbekend.casussen) == ((), ())
    with pytest.raises(InvoerFout, match="Kies uit"):
        vt.radar.bevraag([make_persoon(53)], "nieuwsgierig")


def test_word_goes_back_and_others_see_nothing_of_the_casus(
    vt: Koppelradar, ggz: Koppelradar, oins: dict[str, Oin], make_persoon: Callable[[int], Persoon]
) -> None:
    casus = open_casus(vt, "C-54", [make_persoon(54)]).casus.id
    ggz.submit(make_persoon(54), clientnummer="P-54", signaalsoort="zorg-om-kind")
    told = {n.notificatie.soort: n.notificatie.inhoud for n in vt.notificaties(wacht=5)}
    treffer: Any = told[NotificatieSoort.RADARTREFFER]

    moved = vt.radar.verander_toestand(casus, Casustoestand.OVERGEDRAGEN, overgedragen_aan=oins["ggz"])
    assert moved.casus.overgedragen_aan is not None
    back = Terugkoppeling(match=treffer.match, paar=treffer.partijen[0].paar, opgepakt=True)
    vt.radar.koppel_terug(casus, back)

    heard = [n.notificatie.soort for n in ggz.notificaties(wacht=5)]
    assert NotificatieSoort.TERUGKOPPELING in heard
    with pytest.raises(VerzoekGeweigerd) as caught:
        ggz.radar.casus(casus)
    assert caught.value.status in {403, 404}
