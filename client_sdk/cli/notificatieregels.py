"""What an event says, line by line, in plain words."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from client_sdk.cli._gedeeld import local
from client_sdk.cli.opvolgwoorden import HULP, MELDING, ONDERWERP, day, termijn_words
from client_sdk.cli.tonen import party_lines
from client_sdk.client.deelnemers import Organisatie
from client_sdk.client.koppeling import Paarbericht
from client_sdk.client.model import Inhoud
from client_sdk.client.opvolging import Opvolgbericht, Regiebericht
from client_sdk.client.radar import Gezinsmatch, Radartreffer, Terugkoppelbericht
from client_sdk.client.signaalberichten import Convenantbericht, Convenantwijziging, Signaalbericht
from client_sdk.client.termijnen import Escalatiebericht, Termijnbericht
from convenant.taal import meervoud

_UNNAMED: Final = "een organisatie (naam niet gedeeld)"
_CONVENANT: Final[Mapping[Convenantwijziging, str]] = {
    Convenantwijziging.NIEUWE_VERSIE: "er is een nieuwe versie",
    Convenantwijziging.VERKLARING: "een partij heeft zich uitgesproken over deze versie",
}


def inhoud_lines(inhoud: Inhoud) -> Sequence[str]:
    """Return the lines of an event; none for a match, a possible match or a card, which are shown by themselves."""
    show = _LINES.get(type(inhoud))
    return list(show(inhoud)) if show else []


def _paarbericht(inhoud: Paarbericht) -> Iterator[str]:
    yield f"match {inhoud.match}"
    if inhoud.paar:
        yield f"paar {inhoud.paar}"
    if inhoud.organisaties:
        yield f"tussen {' en '.join(inhoud.organisaties)}"


def _signaalbericht(inhoud: Signaalbericht) -> Iterator[str]:
    aantal = len(inhoud.signalen)
    yield meervoud(aantal, "signaal", "signalen")
    if inhoud.ontvangen_op:
        yield f"ontvangen op {local(inhoud.ontvangen_op)}"
    if inhoud.verloopt_op:
        yield f"tot {day(inhoud.verloopt_op)}"


def _opvolgbericht(inhoud: Opvolgbericht) -> Iterator[str]:
    yield f"door: {_name(inhoud.organisatie)}, op {day(inhoud.op)}"
    if inhoud.hulp:
        yield HULP[inhoud.hulp]
    if inhoud.moment:
        yield f"volgende moment: {day(inhoud.moment)}"
    yield from _about_match(inhoud.match, inhoud.artikel)


def _regiebericht(inhoud: Regiebericht) -> Iterator[str]:
    yield f"regisseur: {inhoud.regisseur.naam}"
    if inhoud.door:
        yield f"voorgesteld of overgedragen door: {inhoud.door.naam}"
    if inhoud.per:
        yield f"per {day(inhoud.per)}"
    yield from _about_match(inhoud.match, inhoud.artikel)


def _termijnbericht(inhoud: Termijnbericht) -> Iterator[str]:
    yield f"{termijn_words(inhoud.code)}, uiterlijk {day(inhoud.uiterlijk)} (artikel {inhoud.artikel})"
    yield f"{ONDERWERP[inhoud.onderwerpsoort]} {inhoud.onderwerp}"


def _escalatie(inhoud: Escalatiebericht) -> Iterator[str]:
    yield f"voor: {inhoud.functie}"
    yield f"{termijn_words(inhoud.code)}, uiterlijk {day(inhoud.uiterlijk)} (artikel {inhoud.artikel})"
    yield f"door: {inhoud.organisatie.naam}"
    if inhoud.onderwerp:
        yield f"onderwerp {inhoud.onderwerp}"


def _gezinsmatch(inhoud: Gezinsmatch) -> Iterator[str]:
    for partij in inhoud.partijen:
        yield from party_lines(partij, None)


def _radartreffer(inhoud: Radartreffer) -> Iterator[str]:
    if inhoud.acuut:
        yield "ACUUT"
    yield f"dit is een {MELDING[inhoud.melding]}; niveau {inhoud.niveau.value}"
    for partij in inhoud.partijen:
        yield from party_lines(partij, None)
    yield f"match {inhoud.match}"


def _terugkoppeling(inhoud: Terugkoppelbericht) -> Iterator[str]:
    yield "uw melding is opgepakt" if inhoud.opgepakt else "uw melding is niet opgepakt"
    if inhoud.overgedragen_aan:
        yield f"overgedragen aan: {inhoud.overgedragen_aan.naam}"
    if inhoud.monitort:
        yield f"wie later kijkt hoe het gaat: {inhoud.monitort.naam}"
    yield from _about_match(inhoud.match, inhoud.artikel)


def _convenantbericht(inhoud: Convenantbericht) -> Iterator[str]:
    yield f"convenant {inhoud.convenant}, versie {inhoud.versie}: {_CONVENANT[inhoud.soort]}"


def _about_match(match: str, artikel: str | None) -> Iterator[str]:
    yield f"match {match}"
    if artikel:
        yield f"u mag dit weten volgens artikel {artikel}"


def _name(organisatie: Organisatie | None) -> str:
    return organisatie.naam if organisatie else _UNNAMED


_LINES: Final[Mapping[type, Callable[[Any], Iterator[str]]]] = {
    Paarbericht: _paarbericht,
    Signaalbericht: _signaalbericht,
    Opvolgbericht: _opvolgbericht,
    Regiebericht: _regiebericht,
    Termijnbericht: _termijnbericht,
    Escalatiebericht: _escalatie,
    Gezinsmatch: _gezinsmatch,
    Radartreffer: _radartreffer,
    Terugkoppelbericht: _terugkoppeling,
    Convenantbericht: _convenantbericht,
}
