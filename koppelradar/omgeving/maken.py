"""Making a trial environment."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from client_sdk.sleutels import ConvenantSleutel, Ondertekensleutel, generate_sleutel
from convenant.invullen import (
    with_matcher_key,
    with_plafond,
    with_public_keys,
    with_sleutelbewaarder_key,
    with_sleutelhouder,
    with_zegelsleutels,
)
from convenant.laden import document_from_yaml, dump_yaml, parse_convenant
from convenant.pg.ingebed import EmbeddedPostgres
from convenant.types import ConvenantId, Epoche, Oin
from convenant.voorbeelden import example_text
from koppelradar.omgeving.diensten import (
    matcher_in,
    sleutelhouder_in,
    write_matcher_keys,
    write_sleutelbewaarder,
    write_sleutelhouder_keys,
)
from koppelradar.omgeving.model import MATCHER, SLEUTELHOUDER, Proefomgeving, convenant_path
from koppelradar.omgeving.organisatie import Afspraken, Eigensleutels, write_organisatie

VOORBEELD = "noord-holland-noord"
# A trial brings whole registers in at once.
_PLAFOND = 1_000_000
_TWEEDE = {"oin": "00000099000000005000", "naam": "Waarborgfonds Sleutels Noorderlicht (verzonnen)", "sleutels": []}


def make_proefomgeving(
    folder: Path,
    postgres: EmbeddedPostgres,
    *,
    organisaties: Iterable[Oin],
    poort: int,
    sleutelhouder_poorten: Sequence[int],
    voorbeeld: str = VOORBEELD,
) -> Proefomgeving:
    """Write the environment into a folder and return where everything is.

    `poort` and `sleutelhouder_poorten` (one or two) are the loopback ports on which the services will be; `postgres`
    keeps the keys of the sleutelhouders. Every party of the example convenant gets fresh keys; the private halves of
    those that are not in `organisaties` are forgotten. Raises FileExistsError where an environment was made before.
    """
    convenant_path(folder / MATCHER).parent.mkdir(parents=True)
    example = with_plafond(document_from_yaml(example_text(voorbeeld), bron=voorbeeld), _PLAFOND)
    document = _with_sleutelhouders(example, len(sleutelhouder_poorten))
    eigen = {Oin(partij["oin"]): Eigensleutels.generate() for partij in document["partijen"]}
    k = generate_sleutel(ConvenantSleutel)
    bewaarder = write_sleutelbewaarder(folder, k)
    urls = [f"http://127.0.0.1:{nummer}" for nummer in sleutelhouder_poorten]
    document = _with_services(_with_parties(document, eigen, bewaarder), folder, postgres, urls)
    afspraken = Afspraken(
        text=dump_yaml(document),
        convenant=parse_convenant(dump_yaml(document), bron=voorbeeld),
        k={Epoche(1): k},
        bewaarder=bewaarder,
        matcher_url=f"http://127.0.0.1:{poort}",
    )
    configuraties = {oin: write_organisatie(folder / oin, oin, eigen[oin], afspraken) for oin in organisaties}
    _write_convenant(folder, afspraken.text, len(urls))
    return Proefomgeving(
        convenant=afspraken.convenant,
        matcher=matcher_in(folder, afspraken.matcher_url),
        sleutelhouders=tuple(
            sleutelhouder_in(folder, nummer, houder.url, houder.oin)
            for nummer, houder in enumerate(afspraken.convenant.sleutelhouders, start=1)
        ),
        configuraties=configuraties,
    )


def _with_sleutelhouders(document: dict[str, Any], aantal: int) -> dict[str, Any]:
    return {**document, "sleutelhouders": [*document["sleutelhouders"], dict(_TWEEDE)][:aantal]}


def _with_parties(
    document: dict[str, Any], eigen: dict[Oin, Eigensleutels], bewaarder: Ondertekensleutel
) -> dict[str, Any]:
    signing = {oin: sleutels.ondertekensleutel.public_jwk() for oin, sleutels in eigen.items()}
    sealing = {oin: sleutels.zegelsleutel.publiek for oin, sleutels in eigen.items()}
    return with_sleutelbewaarder_key(
        with_zegelsleutels(with_public_keys(document, signing), sealing), bewaarder.public_jwk()
    )


def _with_services(
    document: dict[str, Any], folder: Path, postgres: EmbeddedPostgres, urls: Sequence[str]
) -> dict[str, Any]:
    convenant = ConvenantId(document["convenant"])
    epochen = tuple(epoche["nummer"] for epoche in document["epochen"])
    result = with_matcher_key(document, write_matcher_keys(folder))
    for positie, url in enumerate(urls):
        sleutels = write_sleutelhouder_keys(folder, positie + 1, postgres, convenant=convenant, epochen=epochen)
        result = with_sleutelhouder(result, positie, url=url, sleutels=sleutels)
    return result


def _write_convenant(folder: Path, text: str, sleutelhouders: int) -> None:
    for nummer in range(1, sleutelhouders + 1):
        path = convenant_path(folder / SLEUTELHOUDER.format(nummer))
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    # Last, because the convenant of the matcher is what tells a finished environment from one that broke off.
    convenant_path(folder / MATCHER).write_text(text, encoding="utf-8")
