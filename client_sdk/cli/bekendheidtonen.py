"""Bekendheidsvragen on the screen and as JSON."""

from collections.abc import Iterator
from typing import Any, Final

from client_sdk.cli._gedeeld import local, moment_json
from client_sdk.client.bekendheid import BekendeOrganisatie
from client_sdk.dienst import Clientnotificatie
from client_sdk.dienst.bekendheidmodel import BekendPersoon, Clientverzoek
from client_sdk.persoon import Persoon
from client_sdk.register.bekendheid import VerzoekStatus

_STATUS_WORDS: Final = {
    VerzoekStatus.OPEN: "wacht op uw ja of nee",
    VerzoekStatus.JA: "u zei ja",
    VerzoekStatus.NEE: "u zei nee; de vrager hoort dat niet",
    VerzoekStatus.GESLOTEN: "de vraag is gesloten",
}


def bekendheid_lines(notificatie: Clientnotificatie) -> Iterator[str]:
    """Yield what a notification says of a bekendheidsvraag: whom somebody knows, or what waits for a yes or a no."""
    if notificatie.bekend:
        yield from bekend_lines(notificatie.bekend)
    for verzoek in notificatie.bekendheidsverzoeken:
        yield from verzoek_lines(verzoek)
        if verzoek.verzoek.status is VerzoekStatus.OPEN:
            yield from (f"  {woord}: koppelradar bekendheid {woord} {verzoek.verzoek.id}" for woord in ("ja", "nee"))


def verzoek_lines(verzoek: Clientverzoek) -> Iterator[str]:
    """Yield a client about whom somebody asks, line by line."""
    inner = verzoek.verzoek
    vrager = inner.vrager.naam if inner.vrager else "een organisatie"
    yield f"{inner.id}  {_STATUS_WORDS[inner.status]}"
    yield f"  {vrager} vraagt naar uw cliënt {verzoek.clientnummer}, {local(inner.op)}"
    if inner.status is VerzoekStatus.OPEN:
        yield f"  ja of nee kan tot en met {inner.uiterlijk:%d-%m-%Y}"


def verzoek_json(verzoek: Clientverzoek) -> dict[str, Any]:
    """Return a client about whom somebody asks as JSON."""
    inner = verzoek.verzoek
    return {
        "id": str(inner.id),
        "vraag": str(inner.vraag),
        "vrager": inner.vrager and {"oin": inner.vrager.oin, "naam": inner.vrager.naam},
        "signaal": str(inner.signaal),
        "clientnummer": verzoek.clientnummer,
        "status": inner.status.value,
        "op": moment_json(inner.op),
        "uiterlijk": inner.uiterlijk.isoformat(),
    }


def bekend_lines(bekend: BekendPersoon) -> Iterator[str]:
    """Yield a person in a question of ours and who knows him, line by line."""
    persoon = bekend.persoon
    naam = f"{_naam(persoon)}, {persoon.geboortedatum}" if persoon else "niet meer in uw register"
    yield f"persoon {bekend.plaats + 1}: {naam}"
    for organisatie in bekend.organisaties:
        yield f"  bekend bij: {organisatie.organisatie.naam}"
        if organisatie.contact:
            contact = organisatie.contact
            parts = (contact.afdeling, contact.telefoon, contact.email)
            yield f"    contact: {', '.join(part for part in parts if part)}"
        yield f"    u mag dit weten volgens artikel {organisatie.artikel}"


def bekend_json(bekend: BekendPersoon) -> dict[str, Any]:
    """Return a person in a question of ours and who knows him as JSON."""
    return {
        "plaats": bekend.plaats,
        "persoon": bekend.persoon and _persoon_json(bekend.persoon),
        "organisaties": [_organisatie_json(organisatie) for organisatie in bekend.organisaties],
    }


def _naam(persoon: Persoon) -> str:
    return " ".join(filter(None, (persoon.voornamen, persoon.voorvoegsel, persoon.geslachtsnaam)))


def _persoon_json(persoon: Persoon) -> dict[str, str | None]:
    return {
        "voornamen": persoon.voornamen,
        "voorvoegsel": persoon.voorvoegsel,
        "geslachtsnaam": persoon.geslachtsnaam,
        "geboortedatum": persoon.geboortedatum,
        "partnernaam": persoon.partnernaam,
    }


def _organisatie_json(organisatie: BekendeOrganisatie) -> dict[str, Any]:
    contact = organisatie.contact
    document: dict[str, Any] = {
        "organisatie": {"oin": organisatie.organisatie.oin, "naam": organisatie.organisatie.naam},
        "artikel": organisatie.artikel,
        "grondslag": organisatie.grondslag,
    }
    if contact is None:
        return document
    return {
        **document,
        "contact": {"afdeling": contact.afdeling, "telefoon": contact.telefoon, "email": contact.email},
    }
