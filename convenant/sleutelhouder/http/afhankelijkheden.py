"""What routes ask for: the kern and the caller."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request

from convenant.sleutelhouder.diensten.kern import Aanroeper, Kern
from convenant.sleutelhouder.types import MedewerkerPseudoniem
from convenant.types import Rol
from convenant.web.afhankelijkheden import MedewerkerKop, PoortDep, authorise
from convenant.web.modellen import decode


async def kern(request: Request) -> Kern:
    """The kern of this application."""
    found: Kern = request.app.state.kern
    return found


KernDep = Annotated[Kern, Depends(kern)]


def _caller(*toegelaten: Rol) -> Callable[..., object]:
    async def caller(request: Request, kern: KernDep, poort: PoortDep, medewerker: MedewerkerKop) -> Aanroeper:
        client, rol = await authorise(request, kern, poort, *toegelaten)
        return Aanroeper(client, MedewerkerPseudoniem(decode(medewerker)), rol)

    return caller


Vrager = Annotated[Aanroeper, Depends(_caller(Rol.SIGNALEERDER, Rol.RADAR))]
Privacy = Annotated[Aanroeper, Depends(_caller(Rol.PRIVACY))]
