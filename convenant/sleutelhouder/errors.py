"""What can go wrong in the sleutelhouder beyond what it shares with other services (`convenant.web.errors`).

ConvenantFout
└── SleutelhouderFout
    ├── BeheerFout       an operator's command cannot be carried out
    └── OngeldigeKluis   what is stored does not open under this key
TeVeel
└── BudgetOp             429, with Retry-After

Texts are Dutch, say what to do, and never quote a value that was sent.
"""

from convenant.errors import ConvenantFout
from convenant.web.errors import TeVeel


class SleutelhouderFout(ConvenantFout):
    """Base of the errors of this package that are no answer to a request."""


class BeheerFout(SleutelhouderFout):
    """What an operator asks is not possible, or not allowed; nothing changed."""


class OngeldigeKluis(SleutelhouderFout):
    """A stored key does not open: another key of the vault, another place, or changed bytes."""


class BudgetOp(TeVeel):
    """The caller asks more than the convenant lets it; nothing was evaluated and nothing counted."""

    code = "budget-op"
    titel = "Het budget is op"
