"""The convenant key of each epoch, read from its file when it is first needed."""

from pathlib import Path
from typing import Final

from client_sdk.errors import SleutelFout
from client_sdk.koppeltokens import Tokenafleiding
from client_sdk.sleutels import read_sleutel
from client_sdk.types import ConvenantSleutel
from convenant.model import Convenant
from convenant.types import Epoche

EPOCHE_IN_NAAM: Final = "{epoche}"


class Sleutelring:
    """The derivations of one convenant, each under the key of its epoch.

    `pad` with `{epoche}` in it names a file per epoch. Without it there is one file: of the pinned epoch, or else of
    the first epoch of the convenant. Under another epoch it would give tokens that match nobody's.
    """

    def __init__(self, convenant: Convenant, pad: Path, *, epoche: Epoche | None = None) -> None:
        self._convenant = convenant
        self._pad = pad
        self._enige = epoche or min(periode.nummer for periode in convenant.epochen)
        self._afleidingen: dict[Epoche, Tokenafleiding] = {}

    def afleiding(self, epoche: Epoche) -> Tokenafleiding:
        """Return the derivation of an epoch. Raises SleutelFout, saying how to get the key, when it is not there."""
        if epoche not in self._afleidingen:
            sleutel = read_sleutel(self._file(epoche), ConvenantSleutel)
            self._afleidingen[epoche] = Tokenafleiding(self._convenant.id, epoche, sleutel)
        return self._afleidingen[epoche]

    def _file(self, epoche: Epoche) -> Path:
        if EPOCHE_IN_NAAM not in self._pad.name:
            if epoche != self._enige:
                raise SleutelFout(
                    f"De convenantsleutel van epoche {epoche} ontbreekt. Noem in de configuratie een bestand per "
                    f'epoche: convenant.sleutel = "convenant-{EPOCHE_IN_NAAM}.sleutel". {_how_to_open(epoche)}'
                )
            return self._pad
        file = self._pad.with_name(self._pad.name.replace(EPOCHE_IN_NAAM, str(epoche)))
        if not file.exists():
            raise SleutelFout(
                f"De convenantsleutel van epoche {epoche} ontbreekt: {file}. {_how_to_open(epoche, file.name)}"
            )
        return file


def _how_to_open(epoche: Epoche, naar: str | None = None) -> str:
    bestand = naar or f"convenant-{epoche}.sleutel"
    return f"Open hem met: koppelradar sleutels open BERICHT --naar {bestand}"
