"""Families: what shows of them, and who is found where only one household fits."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from client_sdk.canoniek import Geboortedatum
from client_sdk.koppelsleutels import Koppelsleutel
from convenant.types import Niveau
from koppelradar.bench.aanval import structuur
from koppelradar.bench.aanval.gezinnen import find_gezinnen
from koppelradar.bench.aanval.oordeel import judge_namen
from koppelradar.bench.aanval.woordenlijst import SLOTS, Ingezetene, Woordenlijst

if TYPE_CHECKING:
    from tests.koppelradar.bench.aanval.conftest import Vuller, Werkplaatsmaker

ACHTERNAAM, ZEKER = SLOTS["achternaam"], SLOTS["zeker"]
KIND = "zorg-om-kind"
# Aged 22: the age limit of 23 ends the signal in July 2026, long before the retention does.
BIJNA_23 = Geboortedatum(2003, 9, 4)
EIND_BIJNA_23 = date(2026, 7, 1)
JARIG_2015 = Geboortedatum(2015, 3, 2)


def _persoon(
    nummer: int, huishouden: int, geboren: Geboortedatum = JARIG_2015, *, naam: str | None = None, leeg: bool = False
) -> Ingezetene:
    """A person with a key `zeker` of its own (unless `leeg`), and one of surname and date that twins share."""
    achternaam = Koppelsleutel("achternaam", Niveau.MOGELIJK, f"{naam or nummer}{geboren}")
    zeker = {} if leeg else {ZEKER: Koppelsleutel("zeker", Niveau.ZEKER, str(nummer))}
    return Ingezetene(
        nummer=nummer,
        huishouden=huishouden,
        tweeling=None,
        geboren=geboren,
        sleutels=zeker | {ACHTERNAAM: achternaam},
    )


def _lijst(personen: Sequence[Ingezetene]) -> Woordenlijst:
    return Woordenlijst(tuple(personen))


def test_signals_of_one_person_and_one_act_are_one_family(werkplaats: "Werkplaatsmaker") -> None:
    plaats = werkplaats()
    een, ander, vreemd = _persoon(0, 0), _persoon(1, 0), _persoon(2, 1)
    signalen = [plaats.add(een, act=5), plaats.add(ander, act=5), plaats.add(een, organisatie=2), plaats.add(vreemd)]
    families = {frozenset(map(frozenset, vondst.signalen)) for vondst in find_gezinnen(plaats.buit(organisatie=4))}
    assert families == {
        frozenset({frozenset({signalen[0], signalen[2]}), frozenset({signalen[1]})}),
        frozenset({frozenset({signalen[3]})}),
    }


def test_twins_show_by_the_slot_they_share(werkplaats: "Werkplaatsmaker") -> None:
    plaats = werkplaats()
    for nummer in range(2):
        plaats.add(_persoon(nummer, 0, naam="bs"), organisatie=nummer + 1)
    (vondst,) = find_gezinnen(plaats.buit(organisatie=4))
    assert vondst.gezin.gedeeld == ((0, 1, frozenset({ACHTERNAAM})),)


def test_an_age_limit_tells_half_a_year(werkplaats: "Werkplaatsmaker") -> None:
    plaats = werkplaats()
    plaats.add(_persoon(0, 0, BIJNA_23), soort=KIND, verloopt_op=EIND_BIJNA_23)
    plaats.add(_persoon(1, 1), soort=KIND)
    plaats.add(_persoon(2, 2))
    vondsten = {
        vondst.gezin.gedaanten[0].geboren_van: vondst.gezin.gedaanten[0]
        for vondst in find_gezinnen(plaats.buit(organisatie=4))
    }
    assert {van: gedaante.geboren_tot for van, gedaante in vondsten.items()} == {
        date(2003, 7, 1): date(2004, 1, 1),
        date(2005, 1, 1): date.max,
        date.min: date.max,
    }
    assert vondsten[date(2003, 7, 1)].fits(_persoon(3, 3, BIJNA_23))
    assert not vondsten[date(2005, 1, 1)].fits(_persoon(3, 3, BIJNA_23))


def test_an_organisation_recognises_its_own_fillers_only(werkplaats: "Werkplaatsmaker") -> None:
    plaats = werkplaats()
    plaats.add(_persoon(0, 0, leeg=True))
    (own,), (foreign,) = find_gezinnen(plaats.buit(organisatie=1)), find_gezinnen(plaats.buit(organisatie=4))
    assert own.gezin.gedaanten[0].leeg == set(range(12)) - {ACHTERNAAM}
    assert foreign.gezin.gedaanten[0].leeg == frozenset()
    assert not own.gezin.gedaanten[0].fits(_persoon(1, 1))


def test_a_family_like_no_other_is_found(werkplaats: "Werkplaatsmaker") -> None:
    """The planted weakness: one household with a child of 22 and a child of 10, among households of one."""
    uniek = [_persoon(0, 0, BIJNA_23), _persoon(1, 0)]
    lijst = _lijst([*uniek, *(_persoon(nummer, nummer) for nummer in range(2, 40))])
    plaats = werkplaats()
    plaats.add(uniek[0], act=1, soort=KIND, verloopt_op=EIND_BIJNA_23)
    plaats.add(uniek[1], act=1, soort=KIND)
    for persoon in lijst.personen[2:20]:
        plaats.add(persoon, soort=KIND)
    sure = judge_namen(structuur.val_zeker_aan(plaats.buit(organisatie=4), lijst, None), plaats.waarheid)
    assert (sure.herkend, sure.onterecht) == (2, 0)


def test_families_that_are_alike_are_not_told_apart(werkplaats: "Werkplaatsmaker") -> None:
    lijst = _lijst([_persoon(nummer, nummer // 2) for nummer in range(60)])
    plaats = werkplaats()
    for persoon in lijst.personen[:40]:
        plaats.add(persoon, act=persoon.huishouden)
    buit = plaats.buit(organisatie=4)
    assert structuur.val_zeker_aan(buit, lijst, None) == {}
    guessed = judge_namen(structuur.val_aan(buit, lijst, None), plaats.waarheid)
    assert len(guessed.namingen) == 40
    assert guessed.herkend < 5


def test_a_family_that_fits_nowhere_is_taken_apart(werkplaats: "Werkplaatsmaker") -> None:
    lijst = _lijst([_persoon(0, 0), _persoon(1, 1)])
    plaats = werkplaats()
    for persoon in lijst.personen:
        plaats.add(persoon, act=1)
    assert len(structuur.val_aan(plaats.buit(organisatie=4), lijst, None)) == 2


def test_finds_everybody_with_the_oprf_keys(werkplaats: "Werkplaatsmaker", lijst: Woordenlijst, fill: "Vuller") -> None:
    plaats = werkplaats()
    fill(plaats, lijst.personen[:25])
    for aanval in (structuur.val_aan, structuur.val_zeker_aan):
        oordeel = judge_namen(aanval(plaats.buit(), lijst, plaats.sleutel()), plaats.waarheid)
        assert (oordeel.herkend, oordeel.onterecht) == (25, 0)
