"""Who may be told what, written down a second time: one deelregel at a time, from the document and nothing else."""

from convenant.beleid import Vraag
from convenant.model import Convenant, Deelregel, Eenrichting, Partij, Partijgroep
from convenant.types import Rol, Veld


def _partij(convenant: Convenant, oin: str) -> Partij | None:
    found = [partij for partij in convenant.partijen if partij.oin == oin]
    return found[0] if found else None


def _in_scope(convenant: Convenant, vraag: Vraag) -> bool:
    soorten = {soort.code for soort in convenant.signaalsoorten}
    in_period = convenant.geldig_van <= vraag.op and vraag.op <= convenant.geldig_tot
    return in_period and vraag.signaalsoort in soorten and vraag.ontvanger != vraag.over


def _known_eigen(convenant: Convenant, vraag: Vraag) -> set[str]:
    return {soort.code for soort in convenant.signaalsoorten} & vraag.eigen_signaalsoorten


def _covered(convenant: Convenant, regel: Deelregel, soort: str, ontvanger: Partij) -> bool:
    return any(
        grondslag.code == regel.grondslag
        and soort in grondslag.signaalsoorten
        and grondslag.ontvangers.contains(ontvanger)
        for grondslag in convenant.grondslagen
    )


def _between(een: Partijgroep, ander: Partijgroep, ontvanger: Partij, over: Partij) -> bool:
    return (een.contains(ontvanger) and ander.contains(over)) or (ander.contains(ontvanger) and een.contains(over))


def _directed(convenant: Convenant, regel: Deelregel, vraag: Vraag, ontvanger: Partij, over: Partij) -> bool:
    richting, eigen = regel.richting, _known_eigen(convenant, vraag)
    if isinstance(richting, Eenrichting):
        told = richting.ontvanger.contains(ontvanger) and richting.over.contains(over)
        return told and Rol.RADAR in ontvanger.rollen and (richting.zonder_eigen_signaal or bool(eigen))
    told_back = any(_covered(convenant, regel, soort, over) for soort in eigen & regel.signaalsoorten)
    return _between(*richting.tussen, ontvanger, over) and told_back


def holds(convenant: Convenant, regel: Deelregel, vraag: Vraag) -> bool:
    """Whether this rule grants its fields, on a grondslag that covers them."""
    ontvanger, over = _partij(convenant, vraag.ontvanger), _partij(convenant, vraag.over)
    if ontvanger is None or over is None or not _in_scope(convenant, vraag):
        return False
    return (
        vraag.gebeurtenis in regel.gebeurtenissen
        and vraag.niveau in regel.niveaus
        and vraag.signaalsoort in regel.signaalsoorten
        and (regel.fasen == frozenset() or vraag.fase in regel.fasen)
        and _covered(convenant, regel, vraag.signaalsoort, ontvanger)
        and _directed(convenant, regel, vraag, ontvanger, over)
    )


def granted(convenant: Convenant, vraag: Vraag) -> frozenset[Veld]:
    """The fields that all rules that hold grant together."""
    velden = [regel.velden for regel in convenant.deelregels if holds(convenant, regel, vraag)]
    return frozenset[Veld]().union(*velden)
