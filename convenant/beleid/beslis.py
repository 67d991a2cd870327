"""The decision: first the question as a whole, then every rule by itself."""

from typing import Final

from convenant.beleid.besluit import Besluit, grant, refuse
from convenant.beleid.verleners import VERLENER
from convenant.beleid.voorwaarden import VOORWAARDEN
from convenant.beleid.vraag import Vraag
from convenant.model import Convenant

_NO_REGEL: Final = (0, "nodig is een deelregel waarin de ontvanger staat")


def beslis(convenant: Convenant, vraag: Vraag) -> Besluit:
    """Return what the convenant grants the receiver; pure, and a refusal is an answer, never an exception.

    Does not check that the convenant was signed, nor that the match exists: the caller vouches for the
    question.
    """
    reden = VOORWAARDEN(convenant, vraag)
    if reden is not None:
        return refuse(convenant, reden)
    toepassingen = convenant.toepassingen(vraag.ontvanger)
    answers = [(toepassing.regel, VERLENER.shortfall(convenant, toepassing, vraag)) for toepassing in toepassingen]
    granting = [regel for regel, tekort in answers if tekort is None]
    if granting:
        return grant(convenant, granting)
    # The rule that got furthest says what is lacking; of rules that got equally far the text decides, not their order.
    _, needed = max((tekort for _, tekort in answers if tekort is not None), default=_NO_REGEL)
    return refuse(convenant, f"Geen deelregel van het convenant staat dit toe; {needed}.")
