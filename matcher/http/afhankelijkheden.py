"""What routes ask for: the kern and the caller."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Header, Request

from convenant.types import Rol
from convenant.web.afhankelijkheden import MedewerkerKop, PoortDep, authorise, require_rol
from convenant.web.modellen import decode
from matcher.diensten.kern import ONTVANGERS, Aanroeper, Kern
from matcher.types import MedewerkerPseudoniem


async def kern(request: Request) -> Kern:
    """The kern of this application."""
    found: Kern = request.app.state.kern
    return found


KernDep = Annotated[Kern, Depends(kern)]


def _caller(*toegelaten: Rol) -> Callable[..., object]:
    async def caller(request: Request, kern: KernDep, poort: PoortDep, medewerker: MedewerkerKop) -> Aanroeper:
        client, rol = await authorise(request, kern, poort, *toegelaten)
        return Aanroeper(client, MedewerkerPseudoniem(decode(medewerker)), rol.value)

    return caller


def _access(*toegelaten: Rol) -> Callable[..., object]:
    async def access(request: Request, kern: KernDep, poort: PoortDep) -> Callable[[], None]:
        def look() -> None:
            require_rol(request, kern, poort, *toegelaten)

        return look

    return access


Signaleerder = Annotated[Aanroeper, Depends(_caller(Rol.SIGNALEERDER))]
Radar = Annotated[Aanroeper, Depends(_caller(Rol.RADAR))]
Samensteller = Annotated[Aanroeper, Depends(_caller(Rol.RADAR, Rol.REGISSEUR))]
Lezer = Annotated[Aanroeper, Depends(_caller(Rol.SIGNALEERDER, Rol.RADAR))]
Beheerder = Annotated[Aanroeper, Depends(_caller(Rol.BEHEER))]
Deelnemer = Annotated[Aanroeper, Depends(_caller(*Rol))]
Ontvanger = Annotated[Aanroeper, Depends(_caller(*ONTVANGERS))]
ToegangDep = Annotated[Callable[[], None], Depends(_access(*ONTVANGERS))]
"""Asks again whether a caller that stays may still have what it came for; raises what its next call would."""

IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern="^[A-Za-z0-9_-]{8,64}$",
        description="Zelf gekozen; hetzelfde verzoek onder dezelfde sleutel verandert niets meer.",
    ),
]
