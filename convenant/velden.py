"""What can be told on which event."""

from collections.abc import Mapping
from typing import Final

from convenant.types import Gebeurtenis, Veld

_WHO: Final = frozenset({Veld.ORGANISATIE, Veld.CONTACT})
_SIGNAL: Final = _WHO | {Veld.SIGNAALSOORT, Veld.INGEDIEND_OP}
_SIGNAL_AND_CARD: Final = _SIGNAL | {Veld.KAART}

VELDEN_BIJ: Final[Mapping[Gebeurtenis, frozenset[Veld]]] = {
    Gebeurtenis.MATCH: _SIGNAL_AND_CARD | {Veld.REGIE, Veld.OPVOLGING, Veld.HULP},
    Gebeurtenis.MOGELIJKE_MATCH: frozenset({Veld.OVEREENKOMST}),
    Gebeurtenis.ACUUT: _SIGNAL_AND_CARD,
    # No card: who helps one member of a family does not get a person to call about another one.
    Gebeurtenis.GEZINSMATCH: _SIGNAL,
    Gebeurtenis.BEVRAGING: _SIGNAL,
    Gebeurtenis.TERUGKOPPELING: _WHO | {Veld.TERUGKOPPELING},
    Gebeurtenis.BEKENDHEIDSVRAAG: _WHO,
}
"""The fields that mean something on each event; a deelregel names no others."""
