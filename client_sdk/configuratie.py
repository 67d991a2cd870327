"""The settings of an organisation, read from one TOML file.

    [organisatie]
    oin = "00000099000000001000"
    ondertekensleutel = "ondertekensleutel.jwk"
    organisatiesleutel = "organisatie.sleutel"
    zegelsleutel = "zegel.sleutel"      # optional: to open cards that are sealed for this organisation

    [matcher]
    url = "https://matcher.example.nl"

    [convenant]
    bestand = "convenant.bundel.json"  # sealed; in a trial the bare YAML will do
    sleutel = "convenant-{epoche}.sleutel"  # one file per epoch; a name without {epoche} is for the first epoch alone
    epoche = 2                              # optional: the epochs of today when absent

    [register]
    bestand = "register.db"
    sleutel = "register.sleutel"

    [kaart]                             # optional: the contact card that goes along with every signal
    professional = "J. Jansen"
    functie = "intern begeleider"
    telefoon = "0200000000"             # telefoon or email
    email = "j.jansen@example.nl"
    beschikbaarheid = "ma t/m do"       # optional
    vrijgave = "na-akkoord"             # optional: or "automatisch"

Paths are relative to the file. Keys are named, never held here.
"""

import difflib
import ipaddress
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from client_sdk.errors import ConfiguratieFout, KaartOngeldig
from client_sdk.kaarten import Kaartgegevens
from convenant.errors import OngeldigOin
from convenant.types import Epoche, Oin, parse_oin

_REQUIRED: Final[Mapping[str, frozenset[str]]] = {
    "organisatie": frozenset({"oin", "ondertekensleutel", "organisatiesleutel"}),
    "matcher": frozenset({"url"}),
    "convenant": frozenset({"bestand", "sleutel"}),
    "register": frozenset({"bestand", "sleutel"}),
}
_OPTIONAL: Final[Mapping[str, frozenset[str]]] = {
    "organisatie": frozenset({"zegelsleutel"}),
    "convenant": frozenset({"epoche"}),
    "kaart": frozenset({"professional", "functie", "telefoon", "email", "beschikbaarheid", "vrijgave"}),
}
_SECTIONS: Final = frozenset(_REQUIRED) | frozenset(_OPTIONAL)


class Kaartvrijgavebeleid(StrEnum):
    """Whether a card that the convenant grants is released at once, or after a person said yes."""

    AUTOMATISCH = "automatisch"
    NA_AKKOORD = "na-akkoord"


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuratie:
    """Where everything is. All paths are absolute; `epoche` is None when the epochs of today are meant.

    `convenantsleutel` can hold `{epoche}`, for a file per epoch. `kaart` is None without a section [kaart].
    That the files exist and hold what they should is found out by whoever opens them.
    """

    oin: Oin
    ondertekensleutel: Path
    organisatiesleutel: Path
    matcher_url: str
    convenant: Path
    convenantsleutel: Path
    epoche: Epoche | None
    register: Path
    registersleutel: Path
    zegelsleutel: Path | None = None
    kaart: Kaartgegevens | None = None
    kaartvrijgave: Kaartvrijgavebeleid = Kaartvrijgavebeleid.NA_AKKOORD


def load_configuratie(path: Path) -> Configuratie:
    """Return the settings in a TOML file.

    Raises ConfiguratieFout, naming the setting, when one is missing, unknown, empty or of the wrong kind, or
    when the URL of the matcher is not https (http is for a matcher on this computer).
    """
    document = _read(path)
    _check_names(document)
    base = path.absolute().parent

    def file(section: str, name: str) -> Path:
        return base / _text(document, section, name)

    return Configuratie(
        oin=_oin(document),
        ondertekensleutel=file("organisatie", "ondertekensleutel"),
        organisatiesleutel=file("organisatie", "organisatiesleutel"),
        matcher_url=_url(_text(document, "matcher", "url")),
        convenant=file("convenant", "bestand"),
        convenantsleutel=file("convenant", "sleutel"),
        epoche=_epoche(document),
        register=file("register", "bestand"),
        registersleutel=file("register", "sleutel"),
        zegelsleutel=file("organisatie", "zegelsleutel") if "zegelsleutel" in document["organisatie"] else None,
        kaart=_kaart(document),
        kaartvrijgave=_vrijgave(document),
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfiguratieFout(
            f"Het configuratiebestand {path} bestaat niet. Geef het op met --configuratie."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfiguratieFout(
            f"Het configuratiebestand {path} kan niet worden gelezen. Het moet tekst in UTF-8 zijn."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfiguratieFout(f"Het configuratiebestand {path} is geen geldige TOML{_position(error)}.") from error


def _position(error: tomllib.TOMLDecodeError) -> str:
    """Return where the mistake is; the rest of the message of tomllib can quote a value."""
    _, found, place = str(error).rpartition("(at line ")
    line = place.partition(",")[0]
    return f" (regel {line})" if found and line.isdigit() else ""


def _check_names(document: dict[str, Any]) -> None:
    _check_known(document, _SECTIONS, "Het onderdeel [{}] in de configuratie is onbekend{}.")
    for section in sorted(_SECTIONS):
        required = _REQUIRED.get(section, frozenset())
        table = document.get(section, None if required else {})
        if not isinstance(table, dict):
            raise ConfiguratieFout(f"In de configuratie ontbreekt het onderdeel [{section}].")
        allowed = required | _OPTIONAL.get(section, frozenset())
        _check_known(table, allowed, f"De instelling {section}.{{}} in de configuratie is onbekend{{}}.")
        missing = sorted(required - table.keys())
        if missing:
            raise ConfiguratieFout(f"In de configuratie ontbreekt de instelling {section}.{missing[0]}.")


def _check_known(table: dict[str, Any], allowed: frozenset[str], melding: str) -> None:
    for name in table:
        if name not in allowed:
            near = difflib.get_close_matches(name, sorted(allowed), n=1)
            raise ConfiguratieFout(melding.format(name, f"; bedoelt u {near[0]}?" if near else ""))


def _text(document: dict[str, Any], section: str, name: str) -> str:
    value = document[section][name]
    if not isinstance(value, str) or not value.strip():
        raise ConfiguratieFout(f"De instelling {section}.{name} moet een ingevulde tekst zijn.")
    return value


def _oin(document: dict[str, Any]) -> Oin:
    try:
        return parse_oin(_text(document, "organisatie", "oin"))
    except OngeldigOin as error:
        raise ConfiguratieFout(f"De instelling organisatie.oin klopt niet. {error}") from error


def _epoche(document: dict[str, Any]) -> Epoche | None:
    value = document["convenant"].get("epoche")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ConfiguratieFout("De instelling convenant.epoche moet een heel getal vanaf 1 zijn.")
    return Epoche(value)


def _kaart(document: dict[str, Any]) -> Kaartgegevens | None:
    if "kaart" not in document:
        return None
    velden = {naam: _text(document, "kaart", naam) for naam in document["kaart"] if naam != "vrijgave"}
    try:
        return Kaartgegevens(**{"professional": "", "functie": "", **velden})
    except KaartOngeldig as error:
        raise ConfiguratieFout(f"De instelling kaart.{error.veld} klopt niet. {error.melding}") from error


def _vrijgave(document: dict[str, Any]) -> Kaartvrijgavebeleid:
    value = document.get("kaart", {}).get("vrijgave", Kaartvrijgavebeleid.NA_AKKOORD.value)
    try:
        return Kaartvrijgavebeleid(value)
    except ValueError as error:
        raise ConfiguratieFout("De instelling kaart.vrijgave is automatisch of na-akkoord.") from error


def _url(text: str) -> str:
    """Return the URL without a closing slash; the SDK adds /v1 itself."""
    try:
        parts = urlsplit(text.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ConfiguratieFout("De instelling matcher.url is geen geldig adres.") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise ConfiguratieFout("De instelling matcher.url moet beginnen met https:// en een servernaam.")
    if parts.path.rstrip("/") or parts.query or parts.fragment or parts.username is not None:
        raise ConfiguratieFout("De instelling matcher.url bevat alleen https:// en de servernaam, zonder pad.")
    if parts.scheme == "http" and not _is_loopback(host):
        raise ConfiguratieFout(
            "De instelling matcher.url moet met https:// beginnen. Alleen op deze computer zelf mag http://."
        )
    return f"{parts.scheme}://{parts.netloc}"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
