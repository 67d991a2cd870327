"""Whether those who hold keys stand apart, and whether nothing that mode voprf needs is missing.

The strength of a pseudonym is that no single operator has all of: K, the OPRF keys, and the tokens (ONTWERP section
2). A convenant that puts two of them in one hand is refused.
"""

import ipaddress
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Final
from urllib.parse import urlsplit

from convenant._zin import ENTERS_PERSONS, Check, finding
from convenant.errors import Bevinding
from convenant.model import Convenant, EpochePeriode, Sleutelhouder
from convenant.profielen import PROFIELEN
from convenant.types import Modus, Omgeving


def _epochen_follow(convenant: Convenant) -> Iterator[Bevinding]:
    placed = sorted(enumerate(convenant.epochen), key=lambda item: item[1].nummer)
    for (_, een), (j, ander) in pairwise(placed):
        if een.nummer < ander.nummer and not _later(een, ander):
            yield finding(
                f"epochen.{j}", "Een epoche met een hoger nummer begint en eindigt later. Verbeter nummer of dagen."
            )
    for (_, een), (j, ander) in zip(placed, placed[2:], strict=False):
        if ander.van <= een.tot:
            yield finding(f"epochen.{j}", "Op een dag lopen hoogstens twee epochen. Laat deze later beginnen.")


def _later(een: EpochePeriode, ander: EpochePeriode) -> bool:
    return een.van < ander.van and een.tot < ander.tot


def _hmac_has_no_sleutelhouder(convenant: Convenant) -> Iterator[Bevinding]:
    if convenant.modus is Modus.HMAC and convenant.sleutelhouders:
        yield finding("sleutelhouders", "In modus hmac doet geen sleutelhouder mee. Kies modus voprf of haal dit weg.")


def _voprf_is_complete(convenant: Convenant) -> Iterator[Bevinding]:
    if convenant.modus is not Modus.VOPRF:
        return
    for pad, missing, melding in (
        ("sleutelhouders", not convenant.sleutelhouders, "Modus voprf heeft een of twee sleutelhouders nodig."),
        ("sleutelbewaarder", convenant.sleutelbewaarder is None, "Noem wie de convenantsleutel maakt."),
        ("alarm", convenant.alarm is None, "Noem wanneer de sleutelhouder alarm slaat (factor en vrij)."),
        ("matcher.sleutels", not convenant.matcher.sleutels, "Noem de publieke sleutel van de matcher."),
    ):
        if missing:
            yield finding(pad, melding)
    yield from _parties_can_take_part(convenant)


def _parties_can_take_part(convenant: Convenant) -> Iterator[Bevinding]:
    for i, partij in enumerate(convenant.partijen):
        if partij.zegelsleutel is None:
            yield finding(f"partijen.{i}", "Deze partij heeft geen zegelsleutel. Vraag haar publieke zegelsleutel op.")
        if partij.rollen & ENTERS_PERSONS and convenant.budget_of(partij.oin) is None:
            yield finding(f"partijen.{i}", "Voor deze partij is er geen budget. Voeg een regel toe aan 'budgetten'.")


def _pinned_keys_are_complete(convenant: Convenant) -> Iterator[Bevinding]:
    codes = {slot.code for slot in PROFIELEN[convenant.profiel].slots}
    epochen = {epoche.nummer for epoche in convenant.epochen}
    for i, sleutelhouder in enumerate(convenant.sleutelhouders):
        named = [sleutels.epoche for sleutels in sleutelhouder.sleutels]
        if set(named) != epochen or len(named) != len(epochen):
            yield finding(f"sleutelhouders.{i}.sleutels", "Noem de sleutels van elke epoche precies één keer.")
        for j, sleutels in enumerate(sleutelhouder.sleutels):
            if {code for code, _ in sleutels.punten} != codes:
                yield finding(
                    f"sleutelhouders.{i}.sleutels.{j}.punten", "Noem precies één sleutel per code van het profiel."
                )


def _pinned_keys_differ(convenant: Convenant) -> Iterator[Bevinding]:
    # One key for two codes would be one budget spent twice; one key for two services would not need the second.
    seen: set[bytes] = set()
    for i, sleutelhouder in enumerate(convenant.sleutelhouders):
        for j, sleutels in enumerate(sleutelhouder.sleutels):
            for code, punt in sleutels.punten:
                if punt in seen:
                    yield finding(
                        f"sleutelhouders.{i}.sleutels.{j}.punten.{code}",
                        "Deze sleutel staat al eerder in het convenant. Elke code en epoche heeft een eigen sleutel.",
                    )
                seen.add(punt)


def _operators_stand_apart(convenant: Convenant) -> Iterator[Bevinding]:
    enters_persons = {partij.oin for partij in convenant.partijen if partij.rollen & ENTERS_PERSONS}
    for i, sleutelhouder in enumerate(convenant.sleutelhouders):
        if sleutelhouder.oin == convenant.matcher.beheerder:
            yield finding(f"sleutelhouders.{i}.oin", "De sleutelhouder mag niet ook de matcher beheren.")
        if sleutelhouder.oin in enters_persons:
            yield finding(
                f"sleutelhouders.{i}.oin",
                "De sleutelhouder mag geen signaleerder of regisseur zijn en geen radar hebben.",
            )
    for (_, een), (j, ander) in combinations(enumerate(convenant.sleutelhouders), 2):
        if een.oin == ander.oin or een.url == ander.url:
            yield finding(
                f"sleutelhouders.{j}", "Twee sleutelhouders zijn twee organisaties, elk met een eigen dienst."
            )


def _sleutelbewaarder_stands_apart(convenant: Convenant) -> Iterator[Bevinding]:
    bewaarder = convenant.sleutelbewaarder
    operators = {convenant.matcher.beheerder, *(houder.oin for houder in convenant.sleutelhouders)}
    if bewaarder is not None and bewaarder.oin in operators:
        yield finding("sleutelbewaarder.oin", "De sleutelbewaarder beheert niet ook de matcher of een sleutelhouder.")


def _services_use_tls(convenant: Convenant) -> Iterator[Bevinding]:
    for i, sleutelhouder in enumerate(convenant.sleutelhouders):
        if not (sleutelhouder.url.startswith("https://") or _is_trial_on_one_machine(convenant, sleutelhouder)):
            yield finding(
                f"sleutelhouders.{i}.url",
                "Begin dit adres met https://. Alleen een proef op één computer mag zonder.",
            )


def _is_trial_on_one_machine(convenant: Convenant, sleutelhouder: Sleutelhouder) -> bool:
    host = urlsplit(sleutelhouder.url).hostname or ""
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = host == "localhost"
    return loopback and convenant.omgeving is Omgeving.PROEF


def _zegelsleutels_differ(convenant: Convenant) -> Iterator[Bevinding]:
    seen: set[bytes] = set()
    for i, partij in enumerate(convenant.partijen):
        if partij.zegelsleutel is None:
            continue
        if partij.zegelsleutel.publiek in seen:
            yield finding(
                f"partijen.{i}.zegelsleutel", "Deze zegelsleutel is al van een andere partij. Elke partij maakt er een."
            )
        seen.add(partij.zegelsleutel.publiek)


CHECKS: Final[tuple[Check, ...]] = (
    _epochen_follow,
    _hmac_has_no_sleutelhouder,
    _voprf_is_complete,
    _pinned_keys_are_complete,
    _pinned_keys_differ,
    _operators_stand_apart,
    _sleutelbewaarder_stands_apart,
    _services_use_tls,
    _zegelsleutels_differ,
)
