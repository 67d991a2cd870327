"""Evaluating blinded points: who may ask, are they points, count them for good, and only then compute."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from convenant.errors import OngeldigPunt
from convenant.model import Convenant
from convenant.sleutelhouder.diensten.kern import Aanroeper, Kern
from convenant.sleutelhouder.diensten.reserveren import Opdracht, reserve, retired
from convenant.sleutelhouder.diensten.toelaten import VERBETER, admit, refused
from convenant.sleutelhouder.domein.epoche import status_of
from convenant.sleutelhouder.domein.telling import verify_telling
from convenant.sleutelhouder.types import Epochestatus
from convenant.types import Epoche
from convenant.voprf import Evaluatie, OprfSleutel, Puntcodering, parse_punt
from convenant.voprf import evaluate as evaluate_punten
from convenant.web.errors import Invoerfout, OngeldigeInvoer


@dataclass(frozen=True, slots=True, kw_only=True)
class Aanvraag:
    """Blinded points per code, as they came in: of 32 bytes each, and nothing else is known of them."""

    convenant: str
    epoche: Epoche
    profiel: str
    punten: Mapping[str, Sequence[Puntcodering]] = field(repr=False)
    telling: str | None = field(default=None, repr=False)


async def evaluate(kern: Kern, aanroeper: Aanroeper, aanvraag: Aanvraag) -> Mapping[str, Evaluatie]:
    """The evaluation of every point, with one proof per code. All or nothing.

    Raises OngeldigeInvoer or GeenToegang (nothing was counted), and what `reserve` raises.
    """
    convenant, budget = admit(kern, aanroeper, aanvraag.convenant)
    geheim = _secret_keys(kern, convenant, aanvraag)
    verklaring = aanvraag.telling
    opdracht = Opdracht(
        aanroeper=aanroeper,
        convenant=convenant,
        budget=budget,
        epoche=aanvraag.epoche,
        aantallen={code: len(punten) for code, punten in aanvraag.punten.items()},
        telling=verify_telling(verklaring, convenant=convenant, organisatie=aanroeper.client) if verklaring else None,
        verklaring=verklaring,
    )
    await _check_punten(kern, aanvraag)
    await reserve(kern, opdracht)
    return await _compute(kern, geheim, aanvraag)


def _secret_keys(kern: Kern, convenant: Convenant, aanvraag: Aanvraag) -> Mapping[str, OprfSleutel]:
    if aanvraag.profiel != convenant.profiel:
        melding = "Dit is niet het profiel van het convenant. Werk de SDK of de configuratie bij."
        raise refused("/profiel", "verkeerd-profiel", melding)
    eigen = kern.sleutels.get(convenant.id, {}).get(aanvraag.epoche)
    gewist = eigen is not None and not eigen.geheim
    status = status_of(convenant, aanvraag.epoche, gewist=gewist, op=kern.vandaag())
    if status is Epochestatus.UITGETREDEN:
        raise retired()
    if status is Epochestatus.GEMAAKT or eigen is None:
        raise refused("/epoche", "epoche-loopt-niet", "Deze epoche loopt nu niet. Gebruik de epoche van vandaag.")
    return eigen.geheim


async def _check_punten(kern: Kern, aanvraag: Aanvraag) -> None:
    loop = asyncio.get_running_loop()
    tasks = [loop.run_in_executor(kern.rekenaar, _findings, code, punten) for code, punten in aanvraag.punten.items()]
    fouten = tuple(fout for found in await asyncio.gather(*tasks) for fout in found)
    if fouten:
        raise OngeldigeInvoer(VERBETER, fouten=fouten)


def _findings(code: str, punten: Sequence[Puntcodering]) -> list[Invoerfout]:
    melding = "Dit is geen punt van de groep. Blindeer opnieuw, en controleer de SDK."
    return [
        Invoerfout(f"/punten/{code}/{plaats}", "ongeldig-punt", melding)
        for plaats, punt in enumerate(punten)
        if not _is_punt(punt)
    ]


def _is_punt(codering: Puntcodering) -> bool:
    try:
        parse_punt(codering)
    except OngeldigPunt:
        return False
    return True


async def _compute(kern: Kern, geheim: Mapping[str, OprfSleutel], aanvraag: Aanvraag) -> Mapping[str, Evaluatie]:
    # In threads: libsodium lets go of the interpreter while it multiplies, so the event loop lives.
    loop = asyncio.get_running_loop()
    codes = list(aanvraag.punten)
    tasks = [
        loop.run_in_executor(kern.rekenaar, evaluate_punten, geheim[code], aanvraag.punten[code]) for code in codes
    ]
    return dict(zip(codes, await asyncio.gather(*tasks), strict=True))
