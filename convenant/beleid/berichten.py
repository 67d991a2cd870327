"""What of a Besluit may stand in a notification itself."""

from convenant.beleid.besluit import Besluit
from convenant.model import Convenant
from convenant.types import Gebeurtenis, Oin, Veld


def berichtvelden(convenant: Convenant, ontvanger: Oin, gebeurtenis: Gebeurtenis, besluit: Besluit) -> frozenset[Veld]:
    """Return the granted fields that go into the receiver's notification; the others it has to fetch.

    Never more than `besluit` grants. Without a berichtregel for this receiver and event it is all of that, with some it
    is what these name together, and for who is no party it is nothing. That the decision is about this receiver and
    event is for the caller.
    """
    if not convenant.has_partij(ontvanger):
        return frozenset()
    partij = convenant.partij(ontvanger)
    named = [
        regel.velden
        for regel in convenant.afspraken.berichten
        if gebeurtenis in regel.gebeurtenissen and regel.ontvangers.contains(partij)
    ]
    return besluit.velden.intersection(frozenset[Veld]().union(*named)) if named else besluit.velden
