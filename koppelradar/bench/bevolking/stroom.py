"""The population as a stream: a million persons without keeping one."""

from collections.abc import Iterator
from itertools import count

from client_sdk.persoon import Persoon
from koppelradar.bench.bevolking.huishoudens import GEZINNEN, Lid, draw_huishouden
from koppelradar.bench.bevolking.kans import Kans
from koppelradar.bench.bevolking.model import Inwoner
from koppelradar.errors import BevolkingFout


def bevolking(personen: int, *, zaad: int, gezinnen: float = GEZINNEN) -> Iterator[Inwoner]:
    """Return exactly `personen` persons, household by household; the last household can be cut short.

    The same arguments give the same persons on every Python and every day; a longer population begins with the
    shorter one. `gezinnen` is the part of the households with children at home: 1.0 gives parents and children
    only. Any likeness to a real person is chance. Raises `BevolkingFout` when `personen` is negative or
    `gezinnen` no part.
    """
    if personen < 0:
        raise BevolkingFout("Het aantal personen is negatief. Geef 0 of meer.")
    if not 0 <= gezinnen <= 1:
        raise BevolkingFout("Het deel gezinnen klopt niet. Geef een getal van 0 tot en met 1.")
    return _stream(personen, Kans(zaad), gezinnen)


def _stream(personen: int, kans: Kans, gezinnen: float) -> Iterator[Inwoner]:
    nummer = tweelingen = 0
    for huishouden in count():
        leden = draw_huishouden(kans, gezinnen=gezinnen)
        geboorten = sorted({lid.tweeling for lid in leden if lid.tweeling is not None})
        groep = {geboorte: tweelingen + plaats for plaats, geboorte in enumerate(geboorten)}
        tweelingen += len(groep)
        for lid in leden:
            if nummer == personen:
                return
            tweeling = None if lid.tweeling is None else groep[lid.tweeling]
            yield _inwoner(lid, nummer, huishouden, tweeling)
            nummer += 1


def _inwoner(lid: Lid, nummer: int, huishouden: int, tweeling: int | None) -> Inwoner:
    return Inwoner(
        nummer=nummer,
        huishouden=huishouden,
        tweeling=tweeling,
        geslacht=lid.geslacht,
        herkomst=lid.herkomst,
        persoon=Persoon(
            voornamen=" ".join(lid.voornamen),
            voorvoegsel=lid.achternaam.voorvoegsel,
            geslachtsnaam=lid.achternaam.naam,
            geboortedatum=lid.geboren.isoformat(),
            partnernaam=None if lid.partner is None else str(lid.partner),
        ),
    )
