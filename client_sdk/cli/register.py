"""`koppelradar register`: make, look after, back up and rebuild the register."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer

from client_sdk.cli._gedeeld import (
    DEFAULT_CONFIGURATIE,
    EXIT_CODES,
    EXIT_MATCHER_WEG,
    AccountOptie,
    ConfiguratieOptie,
    JsonOptie,
    open_dienst,
    print_json,
    print_table,
    with_clear_errors,
)
from client_sdk.configuratie import load_configuratie
from client_sdk.register import Register, SignaalStatus
from client_sdk.sleutels import RegisterSleutel, generate_sleutel, read_sleutel, write_sleutel
from convenant.terminal import EXIT_GEWEIGERD

_FIRST_LABEL: Final = "beheerder"

register_app = typer.Typer(
    name="register", help=f"Het register van uw organisatie beheren. {EXIT_CODES}", no_args_is_help=True
)


@contextmanager
def _opened(configuratie: Path) -> Iterator[Register]:
    settings = load_configuratie(configuratie)
    sleutel = read_sleutel(settings.registersleutel, RegisterSleutel)
    with Register.open(settings.register, sleutel) as register:
        yield register


def _read_or_make(path: Path) -> RegisterSleutel:
    if path.exists():
        return read_sleutel(path, RegisterSleutel)
    sleutel = generate_sleutel(RegisterSleutel)
    write_sleutel(path, sleutel)
    return sleutel


@register_app.command("maak")
@with_clear_errors
def create(
    label: Annotated[str, typer.Option("--label", help="Van wie de sleutel is.")] = _FIRST_LABEL,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
) -> None:
    """Maak een leeg register, en een sleutel als die er nog niet is. Bewaar een kopie van de sleutel elders."""
    settings = load_configuratie(configuratie)
    Register.create(settings.register, _read_or_make(settings.registersleutel), label).close()
    typer.echo(f"Het register {settings.register} is gemaakt.")


@register_app.command("status")
@with_clear_errors
def status(configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE, as_json: JsonOptie = False) -> None:
    """Toon hoeveel signalen er zijn en wie het register kan openen."""
    with _opened(configuratie) as register:
        counts, toegangen = register.counts(), register.toegangen()
        cursor = register.notificatiecursor()
    aantallen = {soort.value: counts.get(soort, 0) for soort in SignaalStatus}
    if as_json:
        print_json({"signalen": aantallen, "toegangen": list(toegangen), "notificatiecursor": cursor})
        return
    print_table("Register", ("Status", "Signalen"), [(naam, str(n)) for naam, n in aantallen.items()])
    typer.echo(f"Toegang: {', '.join(toegangen)}.")


@register_app.command("backup")
@with_clear_errors
def backup(
    bestand: Annotated[Path, typer.Argument(metavar="BESTAND", help="Een bestand dat nog niet bestaat.")],
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
) -> None:
    """Maak een versleutelde, gecontroleerde kopie. Terugzetten: zet de kopie op de plaats van het register."""
    with _opened(configuratie) as register:
        register.backup(bestand)
    typer.echo(f"De back-up {bestand} is gemaakt en gecontroleerd.")


@register_app.command("herstel")
@with_clear_errors
def restore(
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Bouw een verloren register opnieuw op uit wat de matcher bewaart.

    Maak eerst een leeg register met `koppelradar register maak`. De namen komen terug als u daarna het
    bestand uit uw eigen systeem opnieuw importeert; er wordt niets dubbel ingediend.
    """
    with open_dienst(configuratie, account) as dienst:
        verslag = dienst.restore()
    if as_json:
        print_json(
            {
                "hersteld": verslag.hersteld,
                "bijgewerkt": verslag.bijgewerkt,
                "onleesbaar": verslag.onleesbaar,
            }
        )
    else:
        typer.echo(f"{verslag.hersteld} signalen hersteld, {verslag.bijgewerkt} bijgewerkt.")
    if verslag.onleesbaar:
        typer.echo(
            f"Fout: {verslag.onleesbaar} signalen zijn met een andere organisatiesleutel gemaakt. "
            "Controleer organisatie.organisatiesleutel.",
            err=True,
        )
        raise typer.Exit(EXIT_GEWEIGERD)


@register_app.command("verzend")
@with_clear_errors
def send_pending(
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Verstuur de signalen die nog in het register wachten."""
    with open_dienst(configuratie, account) as dienst:
        verslag = dienst.send_pending()
    if as_json:
        print_json({"ontvangen": verslag.ontvangen, "geweigerd": verslag.geweigerd, "wachtend": verslag.wachtend})
    else:
        typer.echo(f"{verslag.ontvangen} ontvangen, {verslag.geweigerd} geweigerd, {verslag.wachtend} wachten nog.")
    for melding in verslag.meldingen:
        typer.echo(melding, err=True)
    if verslag.wachtend:
        raise typer.Exit(EXIT_MATCHER_WEG)
    if verslag.geweigerd:
        raise typer.Exit(EXIT_GEWEIGERD)


@register_app.command("toegang-toevoegen")
@with_clear_errors
def add_toegang(
    label: Annotated[str, typer.Argument(metavar="LABEL", help="Van wie de sleutel is.")],
    sleutel: Annotated[Path, typer.Option("--sleutel", help="Sleutelbestand; wordt gemaakt als het er niet is.")],
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
) -> None:
    """Laat nog een sleutel het register openen."""
    with _opened(configuratie) as register:
        register.add_toegang(label, _read_or_make(sleutel))
    typer.echo("De toegang is toegevoegd.")


@register_app.command("toegang-verwijderen")
@with_clear_errors
def remove_toegang(
    label: Annotated[str, typer.Argument(metavar="LABEL", help="Zie `koppelradar register status`.")],
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
) -> None:
    """Laat een sleutel het register niet meer openen. Oude back-ups blijven ermee te openen: vernietig die."""
    with _opened(configuratie) as register:
        register.remove_toegang(label)
    typer.echo("De toegang is verwijderd.")
