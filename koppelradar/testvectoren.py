"""Makes the test vectors of profile nl-1: what an SDK in another language must give for the same input.

Every key is derived from its name, so that two runs give the same file; what needs real randomness (the cards) is kept
from the file that is there, as long as it still opens. The persons are invented.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from client_sdk.canoniek import CanoniekePersoon, canoniseer, voorvoegsels
from client_sdk.errors import OngeldigPersoon
from client_sdk.koppelsleutels import derive_koppelsleutels
from client_sdk.koppeltokens import Tokenafleiding, Tokenset, vraagtoken
from client_sdk.persoon import Persoon
from client_sdk.types import ConvenantSleutel, OrganisatieSleutel
from convenant.base64url import encode_base64url
from convenant.profielen import NL_1
from convenant.types import ConvenantId, Epoche
from convenant.voprf import OprfSleutel, evaluate, finalize
from convenant.voprf.client import _blind_with
from convenant.voprf.groep import Puntcodering, Scalar, hash_to_scalar
from convenant.voprf.server import _evaluate_with
from koppelradar import kaartvectoren

VANDAAG: Final = date(2026, 11, 1)
_CONVENANT: Final = ConvenantId("vectoren-2026")
_EPOCHE: Final = Epoche(3)
_VRAGEN: Final = (UUID("0b7e2f64-6d4a-4c5e-9a51-2f6c0f6f9b10"), UUID("c3f1a9d2-58b7-4e0d-8c3a-91d2e7b4a605"))

_PERSONEN: Final[Mapping[str, Persoon]] = {
    "alles bekend": Persoon("Henk Jan", "van den", "Bosch", "1980-05-31"),
    "andere schrijfwijze": Persoon("HENK JAN", "", "Bosch, van den", "31-5-1980"),
    "voorvoegsel achter de voornamen": Persoon("Henk Jan van den", "", "Bosch", "19800531"),
    "voorvoegsel afgekort": Persoon("Sanne", "v.d.", "Berg", "2014-02-03"),
    "voorvoegsel dubbel getypt": Persoon("Sanne", "van der", "van der Berg", "2014-02-03"),
    "apostrof": Persoon("Thijs", "van 't", "Hof", "2016-06-21"),
    "rechte en kromme apostrof": Persoon("Thijs", "van ’t", "Hof", "2016-06-21"),
    "ij en y": Persoon("Ĳsbrand", "", "Meijer", "1975-09-09"),
    "diakrieten": Persoon("Renée Zoë", "", "Đorđević", "1986-11-30"),
    "eszett en o met streep": Persoon("Søren", "", "Weiß", "1990-04-04"),
    "turks": Persoon("Işıl Gül", "", "Çelik", "2001-12-24"),
    "arabisch schrift": Persoon("محمد", "", "العمراني", "1999-03-17"),
    "cyrillisch": Persoon("Юлія", "", "Шевченко", "1994-08-24"),
    "dubbele naam": Persoon("Fatima", "", "El Amrani-de Vries", "2011-01-15"),
    "met koppelteken in de voornaam": Persoon("Jan-Willem", "", "de Groot", "1968-10-02"),
    "roepnaam tussen haakjes": Persoon("Johannes Hendrikus (Jan)", "", "Smit", "1959-02-28"),
    "alleen een roepnaam": Persoon("(Bep)", "", "Smit", "1961-07-19"),
    "alleen voorletters": Persoon("J.P.", "", "Bakker", "1983-03-05"),
    "getrouwde naam": Persoon("Maria", "", "Jansen e/v de Wit", "1977-12-12"),
    "geboren als": Persoon("Maria", "", "de Wit geb. Jansen", "1977-12-12"),
    "naam van de partner in een eigen veld": Persoon("Maria", "", "Jansen", "1977-12-12", "de Wit"),
    "1 januari": Persoon("Ahmad", "", "Haddad", "1988-01-01"),
    "dag onbekend": Persoon("Ahmad", "", "Haddad", "1988-05-00"),
    "datum onbekend": Persoon("Ahmad", "", "Haddad", "0000-00-00"),
    "voornaam onbekend": Persoon("onbekend", "", "Haddad", "1988-05-17"),
    "heel lange naam": Persoon("Wilhelmina Johanna Catharina Maria", "van der", "Schoonenbeek", "1944-11-06"),
}
_GEWEIGERD: Final[Mapping[str, Mapping[str, str]]] = {
    "cijfer in een naam": {"voornamen": "Jan2"},
    "BSN in een naam": {"geslachtsnaam": "123456782"},
    "stuurteken": {"voornamen": "Jan\tPiet"},
    "lege achternaam": {"geslachtsnaam": " - "},
    "dag bestaat niet": {"geboortedatum": "2015-02-30"},
    "datum in de toekomst": {"geboortedatum": "2026-11-02"},
    "te oud": {"geboortedatum": "1890-01-01"},
    "jaar van twee cijfers": {"geboortedatum": "1-2-15"},
    "onbekende maand voor bekende dag": {"geboortedatum": "1980-00-12"},
    "lege datum": {"geboortedatum": ""},
}


def build(existing: Path) -> dict[str, Any]:
    """Return all vectors; the cards of `existing` are kept when they still open."""
    return {
        "profiel": NL_1.naam,
        "vandaag": VANDAAG.isoformat(),
        "convenant": _CONVENANT,
        "epoche": _EPOCHE,
        "slots": [{"code": slot.code, "niveau": slot.niveau and slot.niveau.value} for slot in NL_1.slots],
        "sleutels": _sleutels(),
        "voorvoegsels": voorvoegsels.tables(),
        "personen": [_persoon(naam, persoon) for naam, persoon in _PERSONEN.items()],
        "gesprek": _gesprek(),
        "geweigerd": list(_geweigerd()),
        "kaart": kaartvectoren.kaart(_existing_kaart(existing), convenant=_CONVENANT, epoche=_EPOCHE),
    }


def _existing_kaart(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")).get("kaart", {})
    except FileNotFoundError:
        return {}
    return found


def text(existing: Path) -> str:
    """Return the file."""
    return json.dumps(build(existing), ensure_ascii=False, indent=1) + "\n"


def _secret(naam: str) -> bytes:
    return hashlib.sha256(f"koppelradar testvectoren {naam}".encode()).digest()


def _scalar(naam: str) -> Scalar:
    return hash_to_scalar(_secret(naam))


def _oprf(code: str) -> OprfSleutel:
    return OprfSleutel.derive(_secret("oprf"), code.encode())


def _afleiding() -> Tokenafleiding:
    return Tokenafleiding(_CONVENANT, _EPOCHE, ConvenantSleutel(_secret("k")))


def _sleutels() -> dict[str, Any]:
    return {
        "convenantsleutel": encode_base64url(_secret("k")),
        "organisatiesleutel": encode_base64url(_secret("organisatie")),
        "oprf": {
            slot.code: {
                "geheim": encode_base64url(_oprf(slot.code).reveal()),
                "publiek": encode_base64url(_oprf(slot.code).publiek.to_bytes()),
            }
            for slot in NL_1.slots
        },
        **kaartvectoren.sleutels(),
    }


def _uitvoer(code: str, x: bytes) -> bytes:
    # Whatever the blind, the outcome is the same.
    blindering = _blind_with(x, _scalar("blind"))
    return finalize([blindering], evaluate(_oprf(code), [blindering.punt]), _oprf(code).publiek)[0]


def _persoon(naam: str, persoon: Persoon) -> dict[str, Any]:
    canoniek = canoniseer(persoon, vandaag=VANDAAG)
    clientnummer = f"C-{len(naam)}"
    afleiding = _afleiding()
    keys = derive_koppelsleutels(canoniek)
    masked = {sleutel.code: afleiding.mask(sleutel) for sleutel in keys}
    uitvoer = {code: _uitvoer(code, x) for code, x in masked.items()}
    tokenset = afleiding.tokenset(
        uitvoer, organisatiesleutel=OrganisatieSleutel(_secret("organisatie")), clientnummer=clientnummer
    )
    kaartsleutel = tokenset.kaartsleutel
    return {
        "naam": naam,
        "invoer": _invoer(persoon),
        "canoniek": _canoniek(canoniek),
        "sleutels": [
            {
                "code": sleutel.code,
                "sleutel": sleutel.invoer,
                "x": encode_base64url(masked[sleutel.code]),
                "y": encode_base64url(uitvoer[sleutel.code]),
            }
            for sleutel in keys
        ],
        "clientnummer": clientnummer,
        "koppeltokens": [encode_base64url(token) for token in tokenset.koppeltokens],
        "kaartsleutel": encode_base64url(kaartsleutel.reveal()) if kaartsleutel else None,
        "vraagsleutel": encode_base64url(tokenset.vraagsleutel.reveal()) if tokenset.vraagsleutel else None,
        "vraagtokens": _vraagtokens(tokenset),
    }


def _vraagtokens(tokenset: Tokenset) -> list[dict[str, str]]:
    """Return the token of a person in two questions; none for who bears no key zeker."""
    if tokenset.vraagsleutel is None:
        return []
    return [
        {"vraag": str(vraag), "token": encode_base64url(vraagtoken(tokenset.vraagsleutel, vraag))} for vraag in _VRAGEN
    ]


def _invoer(persoon: Persoon) -> dict[str, str | None]:
    velden = ("voornamen", "voorvoegsel", "geslachtsnaam", "geboortedatum", "partnernaam")
    return {veld: getattr(persoon, veld) for veld in velden}


def _canoniek(canoniek: CanoniekePersoon) -> dict[str, Any]:
    def delen(namen: Any) -> list[dict[str, str]]:
        return [{"voorvoegsel": deel.voorvoegsel, "naam": deel.naam} for deel in namen]

    return {
        "voornamen": list(canoniek.voornamen),
        "roepnaam": canoniek.roepnaam,
        "alleenVoorletters": canoniek.voorletters_only,
        "achternaam": delen(canoniek.naamdelen),
        "partnernaam": delen(canoniek.partnerdelen),
        "geboortedatum": str(canoniek.geboortedatum),
    }


def _gesprek() -> dict[str, Any]:
    """Return one conversation with a sleutelhouder: two inputs of one code, blinds, answer, and the random scalar."""
    code = NL_1.slots[0].code
    invoeren = [_secret("invoer 1"), _secret("invoer 2")]
    blinderingen = [_blind_with(x, _scalar(f"blind {i}")) for i, x in enumerate(invoeren)]
    punten = [Puntcodering(blindering.punt) for blindering in blinderingen]
    evaluatie = _evaluate_with(_oprf(code), punten, r=_scalar("r"))
    uitvoer = finalize(blinderingen, evaluatie, _oprf(code).publiek)
    return {
        "code": code,
        "x": [encode_base64url(x) for x in invoeren],
        "blind": [encode_base64url(blindering.blind) for blindering in blinderingen],
        "punten": [encode_base64url(punt) for punt in punten],
        "r": encode_base64url(_scalar("r")),
        "evaluatie": {
            "punten": [encode_base64url(punt) for punt in evaluatie.punten],
            "bewijs": encode_base64url(evaluatie.bewijs),
        },
        "y": [encode_base64url(y) for y in uitvoer],
    }


def _geweigerd() -> Iterator[dict[str, Any]]:
    goed = _invoer(Persoon("Jan", "", "Jansen", "2000-01-02"))
    for naam, anders in _GEWEIGERD.items():
        invoer = {**goed, **anders}
        yield {"naam": naam, "invoer": invoer, "veld": _refused_field(invoer)}


def _refused_field(invoer: Mapping[str, str | None]) -> str:
    try:
        canoniseer(Persoon(**{veld: waarde or "" for veld, waarde in invoer.items()}), vandaag=VANDAAG)
    except OngeldigPersoon as error:
        return error.veld
    raise AssertionError("an input that must be refused was taken")
