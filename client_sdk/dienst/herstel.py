"""Bringing a register back in line with what the matcher holds."""

from collections import Counter
from enum import Enum, auto

from client_sdk.client.model import EigenSignaal, Matcherstatus
from client_sdk.client.sync import MatcherClient
from client_sdk.dienst.model import Herstelverslag
from client_sdk.dienst.verzending import new_sleutel
from client_sdk.errors import OngeldigeReferentie
from client_sdk.referentie import open_referentie
from client_sdk.register.model import Signaal, SignaalStatus
from client_sdk.register.register import Register
from client_sdk.types import OrganisatieSleutel


class _Gevolg(Enum):
    HERSTELD = auto()
    BIJGEWERKT = auto()
    ONLEESBAAR = auto()
    ONGEWIJZIGD = auto()


def restore_register(
    register: Register, client: MatcherClient, *, organisatiesleutel: OrganisatieSleutel
) -> Herstelverslag:
    """Add every active signal that the register does not know, and correct the status of those it does.

    A signal that was withdrawn here but is active at the matcher is withdrawn there too. Can be stopped and
    repeated.
    """
    gevolgen: Counter[_Gevolg] = Counter()
    for eigen in client.list_signalen():
        bekend = register.find(eigen.id)
        if bekend is None:
            gevolgen[_add(register, eigen, organisatiesleutel)] += 1
        else:
            gevolgen[_correct(register, client, bekend, eigen)] += 1
    return Herstelverslag(
        hersteld=gevolgen[_Gevolg.HERSTELD],
        bijgewerkt=gevolgen[_Gevolg.BIJGEWERKT],
        onleesbaar=gevolgen[_Gevolg.ONLEESBAAR],
    )


def _add(register: Register, eigen: EigenSignaal, organisatiesleutel: OrganisatieSleutel) -> _Gevolg:
    if eigen.status != Matcherstatus.ACTIEF:
        return _Gevolg.ONGEWIJZIGD
    try:
        clientnummer = open_referentie(
            organisatiesleutel,
            convenant=eigen.convenant,
            signaal_id=eigen.id,
            referentie=eigen.referentie,
        )
    except OngeldigeReferentie:
        return _Gevolg.ONLEESBAAR
    register.add_hersteld(
        Signaal(
            id=eigen.id,
            clientnummer=clientnummer,
            convenant=eigen.convenant,
            epochen=eigen.epochen,
            signaalsoort=eigen.signaalsoort,
            status=SignaalStatus.ONTVANGEN,
            aangemaakt_op=eigen.ingediend_op,
            verloopt_op=eigen.verloopt_op,
            persoon_bekend=False,
        )
    )
    return _Gevolg.HERSTELD


def _correct(register: Register, client: MatcherClient, bekend: Signaal, eigen: EigenSignaal) -> _Gevolg:
    match (bekend.status, eigen.status):
        case (SignaalStatus.WACHTEND | SignaalStatus.GEWEIGERD, Matcherstatus.ACTIEF):
            register.confirm(eigen.id, epochen=eigen.epochen, rest=new_sleutel())
        case (SignaalStatus.INGETROKKEN, Matcherstatus.ACTIEF):
            client.withdraw_signaal(eigen.id)
        case (SignaalStatus.WACHTEND | SignaalStatus.ONTVANGEN, Matcherstatus.INGETROKKEN):
            register.mark_ingetrokken(eigen.id, rest=new_sleutel())
        case _:
            return _Gevolg.ONGEWIJZIGD
    return _Gevolg.BIJGEWERKT
