"""`koppelradar sleutels`: making an organisation's keys, and handing out and receiving the convenant key K."""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer
from joserfc.jwk import OKPKey

from client_sdk.cli._gedeeld import DEFAULT_CONFIGURATIE, ConfiguratieOptie, with_clear_errors
from client_sdk.configuratie import load_configuratie
from client_sdk.errors import ConfiguratieFout, SleutelFout
from client_sdk.sleutels import (
    ConvenantSleutel,
    Ondertekensleutel,
    OrganisatieSleutel,
    generate_sleutel,
    read_ondertekensleutel,
    read_sleutel,
    write_ondertekensleutel,
    write_sleutel,
)
from client_sdk.types import KEY_BYTES
from convenant.base64url import encode_base64url
from convenant.bundelbestanden import load_tekst
from convenant.errors import ConvenantFout, SleutelbestandFout
from convenant.model import Convenant
from convenant.sleutelbewaarder import Uitgifte, give_out, open_uitgifte, vingerafdruk
from convenant.taal import meervoud
from convenant.types import Epoche, Oin
from convenant.zegel import Kem, PubliekeZegelsleutel, Zegelsleutel
from convenant.zegelbestanden import read_zegelsleutel, write_zegelsleutel

ONDERTEKENSLEUTEL: Final = "ondertekensleutel.jwk"
ORGANISATIESLEUTEL: Final = "organisatie.sleutel"
ZEGELSLEUTEL: Final = "zegel.sleutel"
_SUFFIX: Final = ".sleutelbericht.json"
_MAX_BYTES: Final = 16 * 1024

ConvenantOptie = Annotated[Path, typer.Option("--convenant", help="Het convenant (YAML).")]
EpocheOptie = Annotated[int, typer.Option("--epoche", min=1, help="Voor welke epoche de convenantsleutel is.")]


@contextmanager
def _one_sentence() -> Iterator[None]:
    """Turn what the convenant or a key file has against it into an error of the SDK."""
    try:
        yield
    except SleutelbestandFout as error:
        raise SleutelFout(str(error)) from None  # the cause can quote a key
    except ConvenantFout as error:
        raise ConfiguratieFout(str(error)) from error


@with_clear_errors
def make(
    folder: Annotated[Path, typer.Argument(metavar="MAP", help="Map voor de sleutelbestanden.")],
    kem: Annotated[Kem, typer.Option("--kem", help="Soort zegelsleutel.")] = Kem.MLKEM768_X25519,
) -> None:
    """Maak de eigen sleutels van een organisatie, en toon wat daarvan in het convenant komt.

    Een bestaand bestand wordt nooit overschreven. Bewaar een kopie op een veilige plaats.
    """
    with _one_sentence():
        folder.mkdir(parents=True, exist_ok=True)
        ondertekensleutel, zegelsleutel = Ondertekensleutel.generate(), Zegelsleutel.generate(kem)
        write_ondertekensleutel(folder / ONDERTEKENSLEUTEL, ondertekensleutel)
        write_sleutel(folder / ORGANISATIESLEUTEL, generate_sleutel(OrganisatieSleutel))
        write_zegelsleutel(folder / ZEGELSLEUTEL, zegelsleutel)
    typer.echo(f"De sleutels staan in {folder}. Geef dit aan de convenanthouder; het is niet geheim:\n")
    typer.echo(_public_yaml(ondertekensleutel, zegelsleutel.publiek))


@with_clear_errors
def hand_out(
    *,
    convenant: ConvenantOptie,
    epoche: EpocheOptie,
    ondertekensleutel: Annotated[
        Path, typer.Option("--ondertekensleutel", help="De geheime ondertekensleutel van de sleutelbewaarder.")
    ],
    sleutel: Annotated[
        Path,
        typer.Option("--sleutel", help="Bestand van de convenantsleutel; wordt gemaakt als het niet bestaat."),
    ],
    folder: Annotated[Path, typer.Option("--uit", help="Map voor de sleutelberichten.")],
    aan: Annotated[
        list[str] | None, typer.Option("--aan", metavar="OIN", help="Alleen voor deze partij; mag vaker.")
    ] = None,
) -> None:
    """Verzegel de convenantsleutel van een epoche voor elke partij: een bestand per partij, dat alleen zij kan openen.

    Dit doet de sleutelbewaarder. Treedt later een partij toe, voer het dan nog eens uit met --aan.
    """
    with _one_sentence():
        agreed = load_tekst(convenant, op=datetime.now(UTC))
        signing = OKPKey.import_key(dict(read_ondertekensleutel(ondertekensleutel).private_jwk()))
        ontvangers = [Oin(oin) for oin in aan] if aan else _receivers(agreed)
        k = _read_or_make(sleutel)
        berichten = [give_out(k.reveal(), agreed, Epoche(epoche), oin, ondertekenaar=signing) for oin in ontvangers]
        _write(folder, berichten)
    typer.echo(f"{meervoud(len(berichten), 'sleutelbericht', 'sleutelberichten')} in {folder}.")
    typer.echo(f"Vingerafdruk van de convenantsleutel: {vingerafdruk(k.reveal())}. Elke partij moet dezelfde zien.")


@with_clear_errors
def receive(
    bericht: Annotated[Path, typer.Argument(metavar="BERICHT", help="Het bestand van de sleutelbewaarder.")],
    naar: Annotated[Path, typer.Option("--naar", help="Nieuw bestand voor de convenantsleutel.")],
    zegelsleutel: Annotated[
        Path, typer.Option("--zegelsleutel", help="De geheime zegelsleutel van uw organisatie.")
    ] = Path(ZEGELSLEUTEL),
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
) -> None:
    """Open een sleutelbericht van de sleutelbewaarder en bewaar de convenantsleutel."""
    settings = load_configuratie(configuratie)
    with _one_sentence():
        uitgifte = Uitgifte.from_json(_text(bericht))
        agreed = load_tekst(settings.convenant, op=datetime.now(UTC))
        k = open_uitgifte(uitgifte, read_zegelsleutel(zegelsleutel), agreed, ontvanger=settings.oin)
        write_sleutel(naar, ConvenantSleutel(k))
    typer.echo(f"De convenantsleutel van epoche {uitgifte.epoche} staat in {naar}.")
    typer.echo(f"Vingerafdruk: {vingerafdruk(k)}. Vergelijk die met de sleutelbewaarder.")


def _receivers(convenant: Convenant) -> list[Oin]:
    return [partij.oin for partij in convenant.partijen if partij.zegelsleutel is not None]


def _read_or_make(path: Path) -> ConvenantSleutel:
    if path.exists():
        return read_sleutel(path, ConvenantSleutel)
    sleutel = ConvenantSleutel(secrets.token_bytes(KEY_BYTES))
    write_sleutel(path, sleutel)
    return sleutel


def _write(folder: Path, berichten: list[Uitgifte]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for uitgifte in berichten:
            name = f"{uitgifte.convenant}-{uitgifte.epoche}-{uitgifte.ontvanger}{_SUFFIX}"
            (folder / name).write_text(uitgifte.to_json() + "\n", encoding="utf-8")
    except OSError as error:
        raise SleutelFout(f"De map {folder} kan niet worden geschreven. Kies een andere map.") from error


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_MAX_BYTES).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise SleutelFout(f"Het sleutelbericht {path} kan niet worden gelezen. Controleer het pad.") from None


def _public_yaml(ondertekensleutel: Ondertekensleutel, zegelsleutel: PubliekeZegelsleutel) -> str:
    jwk = ondertekensleutel.public_jwk()
    return (
        f"    sleutels:\n      - {json.dumps({name: jwk[name] for name in ('kid', 'kty', 'crv', 'x')})}\n"
        f"    zegelsleutel:\n      kem: {zegelsleutel.kem.value}\n"
        f'      publiek: "{encode_base64url(zegelsleutel.publiek)}"'
    )
