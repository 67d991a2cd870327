"""All chains of one version side by side. Parties sign independently: only the order inside one chain counts."""

from collections.abc import Iterable, Iterator

from convenant.errors import VerklaringGeweigerd
from convenant.model import Convenant, Partij
from convenant.ondertekening._keten import Keten, broken_chain, joined
from convenant.ondertekening.model import Verklaring
from convenant.ondertekening.types import Verklaringhash
from convenant.types import Oin

_Plaats = tuple[Oin, Verklaringhash | None]


class Ketens:
    """The chains so far.

    A party of the document has one chain. Anybody can write a toetreden in the name of any OIN, so an organisation that
    is not in the document has a chain for each: which of them is its own, the convenanthouder says by admitting it.
    """

    def __init__(self, convenant: Convenant) -> None:
        self._convenant = convenant
        self._by_end: dict[_Plaats, Keten] = {(p.oin, None): Keten(partij=p) for p in convenant.partijen}

    def __iter__(self) -> Iterator[Keten]:
        return iter(self._by_end.values())

    def before(self, verklaring: Verklaring) -> Keten:
        """Return the chain that a statement continues; for a toetreden the empty one of the party in it.

        Raises `VerklaringGeweigerd` for an organisation that is not known, `GebrokenKeten` when nothing ends where
        this begins.
        """
        if verklaring.partij is not None:
            return self._new(verklaring.oin, verklaring.partij)
        found = self._by_end.get((verklaring.oin, verklaring.vorige))
        if found is not None:
            return found
        if any(oin == verklaring.oin for oin, _ in self._by_end):
            raise broken_chain()
        raise VerklaringGeweigerd(
            "Deze organisatie is geen partij bij dit convenant. Controleer de OIN, of laat haar eerst toetreden."
        )

    def add(self, verklaring: Verklaring) -> None:
        """Put a statement at the end of its chain. Raises what `before` and `Keten.extended` raise."""
        keten = self.before(verklaring)
        if verklaring.partij is not None:
            new = joined(verklaring, verklaring.partij)
        else:
            new = keten.extended(verklaring)
            del self._by_end[verklaring.oin, keten.laatste]
        self._by_end[verklaring.oin, verklaring.hash] = new

    def of_document(self) -> dict[Oin, Keten]:
        """Return the chains of the parties that the document names, in its order."""
        found = {keten.partij.oin: keten for keten in self if keten.hoofd is None}
        return {partij.oin: found[partij.oin] for partij in self._convenant.partijen}

    def begun_with(self, toetreding: Verklaringhash) -> Keten | None:
        """Return the chain that begins with that toetreden, if there is one."""
        return next((keten for keten in self if keten.hoofd == toetreding), None)

    def _new(self, oin: Oin, partij: Partij) -> Keten:
        if self._convenant.has_partij(oin):
            raise VerklaringGeweigerd("Deze organisatie is al partij bij dit convenant. Kies aanvaarden.")
        return Keten(partij=partij)


def ketens_of(convenant: Convenant, verklaringen: Iterable[Verklaring]) -> Ketens:
    """Return the chains of statements that were verified before."""
    ketens = Ketens(convenant)
    for verklaring in verklaringen:
        ketens.add(verklaring)
    return ketens
