"""Who is in: the acts of the convenanthouder, in the order of its own chain, over the chains of all others.

That order is the only one there is between parties, so who is in does not depend on what arrived first.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from convenant.errors import VerklaringGeweigerd
from convenant.model import Convenant
from convenant.ondertekening._keten import Keten
from convenant.ondertekening._ketens import Ketens
from convenant.ondertekening.model import Verklaring
from convenant.ondertekening.types import Verklaringsoort
from convenant.types import Oin


@dataclass(slots=True, kw_only=True)
class Leden:
    """Everybody who is known, the parties of the document first, then in the order of admission."""

    ketens: dict[Oin, Keten]
    geschorst: set[Oin] = field(default_factory=set)


def admit(leden: Leden, verklaring: Verklaring, ketens: Ketens) -> None:
    """Let the party in that asked for it. Raises `VerklaringGeweigerd`."""
    oin = verklaring.partij_oin
    keten = ketens.begun_with(verklaring.toetreding) if verklaring.toetreding else None
    if keten is None or keten.partij.oin != oin:
        raise VerklaringGeweigerd("De toetreding die wordt toegelaten, ontbreekt. Voeg haar toe aan de bundel.")
    if oin in leden.ketens:
        raise VerklaringGeweigerd("Deze organisatie doet al mee. Zij kan maar één keer toetreden.")
    if _shares_zegelsleutel(leden, keten):
        raise VerklaringGeweigerd("De zegelsleutel is al van een andere partij. Laat de organisatie er een maken.")
    leden.ketens[keten.partij.oin] = keten


def suspend(leden: Leden, verklaring: Verklaring, _: Ketens) -> None:
    """Put a party out for the time being. Raises `VerklaringGeweigerd`."""
    oin = verklaring.partij_oin
    if oin is None or oin not in leden.ketens:
        raise VerklaringGeweigerd("Deze organisatie doet niet mee aan dit convenant. Controleer de OIN.")
    if oin == verklaring.oin:
        raise VerklaringGeweigerd("De convenanthouder kan zichzelf niet schorsen. Kies opzeggen.")
    if oin in leden.geschorst:
        raise VerklaringGeweigerd("Deze partij is al geschorst.")
    leden.geschorst.add(oin)


def resume(leden: Leden, verklaring: Verklaring, _: Ketens) -> None:
    """Lift a suspension. Raises `VerklaringGeweigerd`."""
    oin = verklaring.partij_oin
    if oin is None or oin not in leden.geschorst:
        raise VerklaringGeweigerd("Deze partij is niet geschorst. Er is niets om te hervatten.")
    leden.geschorst.remove(oin)


_Act = Callable[[Leden, Verklaring, Ketens], None]
ACTS: Final[Mapping[Verklaringsoort, _Act]] = MappingProxyType(
    {Verklaringsoort.TOELATEN: admit, Verklaringsoort.SCHORSEN: suspend, Verklaringsoort.HERVATTEN: resume}
)
"""What only the convenanthouder may do."""


def check_holder(convenant: Convenant, verklaring: Verklaring) -> None:
    """Refuse acts of the convenanthouder by anybody else. Raises `VerklaringGeweigerd`."""
    if verklaring.soort not in ACTS:
        return
    # In the document too: whoever joins under the OIN of a convenanthouder that is no party would admit itself.
    if verklaring.oin != convenant.convenanthouder or not convenant.has_partij(verklaring.oin):
        raise VerklaringGeweigerd("Alleen de convenanthouder mag toelaten, schorsen en hervatten.")


def act(leden: Leden, verklaring: Verklaring, ketens: Ketens) -> None:
    """Carry one statement out, if it is an act of the convenanthouder. Raises `VerklaringGeweigerd`."""
    if verklaring.soort in ACTS:
        ACTS[verklaring.soort](leden, verklaring, ketens)


def _shares_zegelsleutel(leden: Leden, keten: Keten) -> bool:
    eigen = keten.partij.zegelsleutel
    if eigen is None:
        return False
    anderen = (ander.partij.zegelsleutel for ander in leden.ketens.values())
    return any(ander is not None and ander.publiek == eigen.publiek for ander in anderen)
