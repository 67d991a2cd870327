"""Part (d): what becomes of a match. A regisseur, a casus of Veilig Thuis, a term that passes, and word back.

Time is simulated by the clock of the trial environment: the matcher refuses it anywhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from client_sdk.cli.notificatieregels import inhoud_lines
from client_sdk.cli.notificatiewoorden import WORDS
from client_sdk.client.model import NotificatieSoort
from client_sdk.client.opvolging import Hulp
from client_sdk.client.radar import Radartreffer, Terugkoppeling
from client_sdk.dienst import Betrokkene, Clientnotificatie, Koppelradar
from client_sdk.persoon import Persoon
from convenant.kalender import first_of_month
from convenant.pg.ingebed import EmbeddedPostgres
from convenant.pg.tabellen import now
from convenant.types import Oin
from koppelradar.demo.scherm import Scherm
from koppelradar.demo.verhaal import GGZ, SCHOOL, VEILIG_THUIS, WIJKTEAM
from koppelradar.errors import ProcesFout
from koppelradar.omgeving import Proefomgeving
from koppelradar.processen import running_werker
from matcher.opslag.opzet import OPZET

_DAGEN = 10
"""More than five working days: so long nobody at the GGZ picks up the telephone."""
_WAIT_SECONDS = 30
_MONITORING = timedelta(days=365)
_NOOR = Persoon("Noor", "", "Hendriks", "2014-02-11")
_DAAN = Persoon("Daan", "", "Hendriks", "2011-07-30")
_VADER = Persoon("Ruben", "", "Hendriks", "1982-05-04")


@dataclass(frozen=True, slots=True)
class Opvolgverhaal:
    """What the part added: submitted signals, the ids of the matches, and who was told of what, in order."""

    signalen: int
    matches: frozenset[str]
    verteld: tuple[tuple[Oin, NotificatieSoort], ...]

    @property
    def soorten(self) -> frozenset[NotificatieSoort]:
        """The kinds of events that were told."""
        return frozenset(soort for _, soort in self.verteld)


class _Verhaal:
    """Plays the part for one audience, and remembers what everybody was told."""

    def __init__(self, omgeving: Proefomgeving, scherm: Scherm) -> None:
        self._omgeving = omgeving
        self._scherm = scherm
        self.verteld: list[tuple[Oin, Clientnotificatie]] = []

    def open(self, oin: Oin) -> Koppelradar:
        """The SDK of one organisation."""
        return self._omgeving.open(oin)

    def regel(self, text: str) -> None:
        """A line for the audience."""
        self._scherm.regel(text)

    def naam(self, oin: Oin) -> str:
        """What an organisation is called."""
        return self._scherm.naam(oin)

    def submit(self, oin: Oin, persoon: Persoon, clientnummer: str, soort: str) -> None:
        """One signal."""
        with self.open(oin) as dienst:
            dienst.submit(persoon, clientnummer=clientnummer, signaalsoort=soort)

    def news(self, *oins: Oin, wacht: int = 0) -> list[Clientnotificatie]:
        """Show what these were told since the last time."""
        found = []
        for oin in oins:
            with self.open(oin) as dienst:
                notificaties = list(dienst.notificaties(wacht=wacht))
            self.verteld += [(oin, notificatie) for notificatie in notificaties]
            found += notificaties
            self._show(oin, notificaties)
        return found

    def match_of(self, oin: Oin, clientnummer: str) -> str:
        """The match about this client, as its organisation knows it. Raises ProcesFout."""
        with self.open(oin) as dienst:
            for gevonden in dienst.matches():
                if clientnummer in gevonden.clientnummers:
                    return gevonden.match.id
        raise ProcesFout("De match van het verhaal is er niet. Meld dit aan de beheerder.")

    def _show(self, oin: Oin, notificaties: Iterable[Clientnotificatie]) -> None:
        for notificatie in notificaties:
            event = notificatie.notificatie
            detail = "; ".join(inhoud_lines(event.inhoud)[:2])
            self.regel(f"    {self.naam(oin)} hoort: {WORDS[event.soort]}{f' ({detail})' if detail else ''}.")


def play_opvolging(omgeving: Proefomgeving, postgres: EmbeddedPostgres, log: Path, scherm: Scherm) -> Opvolgverhaal:
    """Play the part; `omgeving` has a clock to set. Raises KoppelradarFout and ProcesFout."""
    scherm.kop("Deel 4. Na de match: regie, de radar van Veilig Thuis, een termijn die verstrijkt, en terugkoppeling.")
    verhaal = _Verhaal(omgeving, scherm)
    _forget(verhaal)
    _meet(verhaal)
    _choose_regisseur(verhaal)
    _open_casus(verhaal)
    _let_time_pass(verhaal, omgeving, postgres, log)
    _report_hulp(verhaal)
    _give_terugkoppeling(verhaal)
    _ask_who_knows(verhaal)
    matches = {een.match.match.id for _, een in verhaal.verteld if een.match}
    return Opvolgverhaal(
        signalen=8,
        matches=frozenset(matches),
        verteld=tuple((oin, een.notificatie.soort) for oin, een in verhaal.verteld),
    )


def _forget(verhaal: _Verhaal) -> None:
    for oin in (SCHOOL, WIJKTEAM, GGZ, VEILIG_THUIS):
        with verhaal.open(oin) as dienst:
            for _ in dienst.notificaties():
                pass  # of the parts before this one


def _meet(verhaal: _Verhaal) -> None:
    verhaal.regel("De school, het wijkteam en de GGZ maken zich zorgen om Noor.")
    verhaal.submit(SCHOOL, _NOOR, "LL-3001", "zorg-om-kind")
    verhaal.submit(WIJKTEAM, _NOOR, "WT-301", "zorg-om-kind")
    verhaal.submit(GGZ, _NOOR, "P-90001", "zorg-om-kind")
    verhaal.news(SCHOOL, WIJKTEAM, GGZ)


def _choose_regisseur(verhaal: _Verhaal) -> None:
    verhaal.regel("De school belt het wijkteam en stelt het voor als regisseur. Het wijkteam neemt dat aan.")
    with verhaal.open(SCHOOL) as school:
        match = verhaal.match_of(SCHOOL, "LL-3001")
        school.opvolging.contact(match)
        school.opvolging.stel_regisseur_voor(match, WIJKTEAM)
    with verhaal.open(WIJKTEAM) as wijkteam:
        match = verhaal.match_of(WIJKTEAM, "WT-301")
        wijkteam.opvolging.contact(match)
        wijkteam.opvolging.aanvaard_regie(match)
        wijkteam.opvolging.meld_hulp(match, Hulp.GESTART)
    verhaal.news(SCHOOL, WIJKTEAM, GGZ)


def _open_casus(verhaal: _Verhaal) -> None:
    verhaal.regel("Veilig Thuis opent een casus over het gezin: Noor, haar broer Daan en hun vader.")
    with verhaal.open(VEILIG_THUIS) as vt:
        vt.radar.open_casus(
            "VT-2026-1201",
            [
                Betrokkene(persoon=_NOOR, clientnummer="VT-N"),
                Betrokkene(persoon=_DAAN, clientnummer="VT-D"),
                Betrokkene(persoon=_VADER, clientnummer="VT-V"),
            ],
            signaalsoort="veilig-thuis-betrokken",
            monitoring_tot=first_of_month((now() + _MONITORING).date()),
        )
    verhaal.regel("De GGZ behandelt de vader, en daarna meldt de school zich over Daan.")
    verhaal.submit(GGZ, _VADER, "P-90002", "huiselijk-geweld")
    verhaal.submit(SCHOOL, _DAAN, "LL-3002", "zorg-om-kind")
    verhaal.news(VEILIG_THUIS, SCHOOL, WIJKTEAM, GGZ)


def _let_time_pass(verhaal: _Verhaal, omgeving: Proefomgeving, postgres: EmbeddedPostgres, log: Path) -> None:
    verhaal.regel(f"{_DAGEN} dagen later heeft de GGZ nog niemand gebeld over Noor. Dat merkt de machine.")
    set_clock(omgeving, timedelta(days=_DAGEN))
    with running_werker(omgeving.matcher, postgres.prepare(OPZET), log=log):
        verhaal.news(GGZ, wacht=_WAIT_SECONDS)
        verhaal.news(WIJKTEAM, VEILIG_THUIS, wacht=1)


def _report_hulp(verhaal: _Verhaal) -> None:
    verhaal.regel("De hulp van het wijkteam stagneert. Dat zegt het zonder inhoud, en Veilig Thuis hoort het.")
    with verhaal.open(WIJKTEAM) as wijkteam:
        wijkteam.opvolging.meld_hulp(verhaal.match_of(WIJKTEAM, "WT-301"), Hulp.STAGNEERT)
    verhaal.news(VEILIG_THUIS)


def _give_terugkoppeling(verhaal: _Verhaal) -> None:
    verhaal.regel("Veilig Thuis laat de school weten wat er met haar zorg om Daan gebeurt.")
    treffer, paar = _treffer_of_school(verhaal)
    with verhaal.open(VEILIG_THUIS) as vt:
        terugkoppeling = Terugkoppeling(
            match=treffer.match, paar=paar, opgepakt=True, overgedragen_aan=WIJKTEAM, monitort=VEILIG_THUIS
        )
        vt.radar.koppel_terug(treffer.casus, terugkoppeling)
    verhaal.news(SCHOOL)


def _treffer_of_school(verhaal: _Verhaal) -> tuple[Radartreffer, UUID]:
    for _, een in verhaal.verteld:
        inhoud = een.notificatie.inhoud
        for partij in inhoud.partijen if isinstance(inhoud, Radartreffer) else ():
            if (
                isinstance(inhoud, Radartreffer)
                and partij.organisatie
                and partij.organisatie.oin == SCHOOL
                and partij.paar
            ):
                return inhoud, partij.paar
    raise ProcesFout("De radartreffer van het verhaal is er niet. Meld dit aan de beheerder.")


def _ask_who_knows(verhaal: _Verhaal) -> None:
    verhaal.regel(
        "In plaats van een lijst met namen aan iedereen: Veilig Thuis vraagt wie de vader en een buurman kent."
    )
    buurman = Persoon("Onno", "de", "Buurman", "1975-01-23")
    with verhaal.open(VEILIG_THUIS) as vt:
        vt.bekendheid.vraag([_VADER, buurman], reden="onderzoek")
    verhaal.news(WIJKTEAM, GGZ)
    verhaal.regel("Het systeem van het wijkteam antwoordt vanzelf. Bij de GGZ zegt eerst een behandelaar ja.")
    with verhaal.open(GGZ) as ggz:
        for verzoek in ggz.bekendheid.verzoeken():
            ggz.bekendheid.zeg(verzoek.verzoek.id, ja=True)
    verhaal.news(VEILIG_THUIS)


def set_clock(omgeving: Proefomgeving, ahead: timedelta) -> None:
    """Let the matcher of a trial environment believe that it is so much later. Raises ProcesFout without a clock."""
    klok = omgeving.matcher.proefklok
    if klok is None:
        raise ProcesFout("Deze omgeving heeft geen proefklok. Meld dit aan de beheerder.")
    klok.write_text(str(int(ahead.total_seconds())), encoding="ascii")
