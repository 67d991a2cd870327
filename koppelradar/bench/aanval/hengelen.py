"""Fishing: an organisation invents signals about persons it wonders about, and waits whether somebody else knows them.

It has no dump: only what every organisation may do. It asks the sleutelhouder within its budget, submits what comes out
as any signal, and reads the matches and possible matches that the convenant lets it see. A possible match says which
slots coincide, so that one signal can carry the keys of twelve persons, one in each slot.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from client_sdk.koppeltokens.voprf import Blindronde
from client_sdk.medewerker import medewerker_pseudoniem
from client_sdk.referentie import seal_referentie
from convenant.bewaartermijn import latest_einddatum
from convenant.web.errors import TeGroot
from koppelradar.bench.aanval.buit import CODES, Buit, Organisatiegeheimen
from koppelradar.bench.aanval.matcheropslag import Indiening, Matcheropslag
from koppelradar.bench.aanval.namen import name_signalen
from koppelradar.bench.aanval.ontsleutelen import kandidaten_with_sleutel
from koppelradar.bench.aanval.voprf import Loket, Vrager
from koppelradar.bench.aanval.woordenlijst import SLOTS, Woordenlijst
from matcher.errors import PlafondBereikt

# In the most rules of the convenant, and the matcher cannot know that somebody is too old for it.
_SOORT = "zorg-om-kind"
_ACCOUNT = "hengelaar"
_PER_ACT = 500

Lokaas = Mapping[int, int]
"""An invented signal: whose key stands at which place."""


@dataclass(frozen=True, kw_only=True)
class Deelname:
    """What a party may do: its own secrets, the counter of the sleutelhouder, and the matcher."""

    geheimen: Organisatiegeheimen
    loket: Loket = field(repr=False)
    matcher: Matcheropslag = field(repr=False)


@dataclass(frozen=True, slots=True)
class Vangst:
    """What a day of fishing gave: how many persons were tested, and who turned out to be known to somebody.

    `geknepen` is that a limit of the convenant to the month ended it, and not the budget of the day.
    """

    getest: int
    bekenden: frozenset[int] = field(repr=False)
    geknepen: bool


def val_aan(buit: Buit, lijst: Woordenlijst, sleutel: Vrager) -> frozenset[int]:
    """Return who is known to somebody, for a fisher who holds the OPRF keys and a dump and needs no matcher."""
    return frozenset(name_signalen(buit.dump, kandidaten_with_sleutel(buit, lijst, sleutel)).values())


def whole(lijst: Woordenlijst, personen: Iterable[int]) -> list[Lokaas]:
    """Return a bait per person, with all its keys: a signal as any other."""
    return [dict.fromkeys(lijst.personen[nummer].sleutels, nummer) for nummer in personen]


def composed(lijst: Woordenlijst, personen: Sequence[int]) -> list[Lokaas]:
    """Return baits of twelve persons each, every one in a slot of its own: one signal tests them all."""
    groups = [personen[begin : begin + len(CODES)] for begin in range(0, len(personen), len(CODES))]
    return [
        {slot: nummer for slot, nummer in enumerate(group) if slot in lijst.personen[nummer].sleutels}
        for group in groups
    ]


def hengel(deelname: Deelname, lijst: Woordenlijst, lokazen: Sequence[Lokaas]) -> Vangst:
    """Return what one day gives, with these baits in this order until the budget is spent."""
    used = lokazen[: min(deelname.loket.ruimte(code) for code in deelname.loket.publiek)]
    verzonnen = _submit(deelname, _invent(deelname, lijst, used))
    hits = deelname.matcher.coinciding(deelname.geheimen.oin, _medewerker(deelname))
    bekenden = {verzonnen[signaal].get(SLOTS[code]) for signaal, code in hits if signaal in verzonnen}
    getest = {nummer for lokaas in verzonnen.values() for nummer in lokaas.values()}
    found = frozenset(nummer for nummer in bekenden if nummer is not None)
    return Vangst(len(getest), found, geknepen=len(verzonnen) < len(used))


def _submit(deelname: Deelname, verzonnen: Sequence[tuple[Indiening, Lokaas]]) -> dict[UUID, Lokaas]:
    """Return what the matcher took, in acts as large as it takes, until a limit of the convenant ends it."""
    taken: dict[UUID, Lokaas] = {}
    todo, size = list(verzonnen), _PER_ACT
    while todo:
        act = todo[:size]
        try:
            deelname.matcher.submit(deelname.geheimen.oin, _medewerker(deelname), [indiening for indiening, _ in act])
        except (PlafondBereikt, TeGroot):
            if len(act) == 1:
                break
            size = len(act) // 2
            continue
        taken |= {indiening.id: lokaas for indiening, lokaas in act}
        del todo[:size]
    return taken


def _invent(deelname: Deelname, lijst: Woordenlijst, lokazen: Sequence[Lokaas]) -> list[tuple[Indiening, Lokaas]]:
    sleutels = [[lijst.personen[nummer].sleutels[slot] for slot, nummer in lokaas.items()] for lokaas in lokazen]
    ronde = Blindronde.prepare(deelname.geheimen.afleiding(), sleutels)
    publiek = deelname.loket.publiek
    antwoord = {code: (deelname.loket.evalueer(code, punten), publiek[code]) for code, punten in ronde.punten.items()}
    indieningen = [_indiening(deelname, uitkomsten) for uitkomsten in ronde.finish([antwoord])]
    return list(zip(indieningen, lokazen, strict=True))


def _indiening(deelname: Deelname, uitkomsten: Mapping[str, bytes]) -> Indiening:
    geheimen = deelname.geheimen
    sleutel, signaal = geheimen.organisatiesleutel, uuid4()
    nummer = signaal.hex
    soort = geheimen.convenant.signaalsoort(_SOORT)
    return Indiening(
        id=signaal,
        epoche=geheimen.epoche,
        signaalsoort=soort.code,
        verloopt_op=latest_einddatum(soort, ingediend_op=deelname.matcher.vandaag),
        tokenset=geheimen.afleiding().tokenset(uitkomsten, organisatiesleutel=sleutel, clientnummer=nummer),
        referentie=seal_referentie(sleutel, convenant=geheimen.convenant.id, signaal_id=signaal, clientnummer=nummer),
    )


def _medewerker(deelname: Deelname) -> bytes:
    return medewerker_pseudoniem(deelname.geheimen.organisatiesleutel, _ACCOUNT)
