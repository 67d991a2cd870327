"""Who may be told what: the only place where the system decides so.

Default deny. A question that falls outside the agreement is refused by the first voorwaarde that it does not meet;
otherwise the answer is the union of what single deelregels grant, each by itself, so that it depends on no order, and
no rule widens or narrows another one. Both are composed of small policies, and a composition of none refuses.
"""

from convenant.beleid.berichten import berichtvelden
from convenant.beleid.beslis import beslis
from convenant.beleid.besluit import Besluit, Verlening
from convenant.beleid.escalatie import escaleer
from convenant.beleid.vraag import Vraag

__all__ = ["Besluit", "Verlening", "Vraag", "berichtvelden", "beslis", "escaleer"]
