"""Whether the parts of a convenant agree with one another.

Everything here holds for a document whose shape is right; each check yields its findings, none stops another.
The paths are those of the document, because its lists keep their order in the model.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Final

from convenant import zin_afspraken, zin_opvolging, zin_overdracht, zin_partijen, zin_regels, zin_sleutels
from convenant._zin import ENTERS_PERSONS, Check, doubles, finding
from convenant.errors import Bevinding
from convenant.model import Afspraken, Convenant, Eenrichting, Partijgroep, PubliekeSleutel, Wederkerig
from convenant.types import TEST_OIN_PREFIX, Gebeurtenis, Modus, Niveau, Omgeving, Rol, Veld
from convenant.zin_regels import groups_of

_UNKNOWN_SOORT: Final = "Een van deze codes staat niet in de lijst signaalsoorten."
_UNSURE: Final = frozenset({Gebeurtenis.MOGELIJKE_MATCH, Gebeurtenis.ACUUT})


def _doubled_names(convenant: Convenant) -> Iterator[Bevinding]:
    yield from doubles(
        [(f"partijen.{i}.oin", p.oin) for i, p in enumerate(convenant.partijen)],
        "Deze OIN staat al bij een eerdere partij. Elke partij heeft een eigen OIN.",
    )
    yield from doubles(
        [(f"grondslagen.{i}.code", g.code) for i, g in enumerate(convenant.grondslagen)],
        "Deze code is al van een eerdere grondslag. Kies een andere.",
    )
    yield from doubles(
        [(f"signaalsoorten.{i}.code", s.code) for i, s in enumerate(convenant.signaalsoorten)],
        "Deze code is al van een eerdere signaalsoort. Kies een andere.",
    )
    yield from doubles(
        [(f"deelregels.{i}.artikel", r.artikel) for i, r in enumerate(convenant.deelregels)],
        "Dit artikelnummer staat al bij een eerdere deelregel. Elke deelregel heeft een eigen nummer.",
    )
    yield from doubles(
        [(f"epochen.{i}.nummer", str(e.nummer)) for i, e in enumerate(convenant.epochen)],
        "Dit nummer is al van een eerdere epoche. Kies een ander.",
    )


def all_keys(convenant: Convenant) -> Iterator[tuple[str, PubliekeSleutel]]:
    """Yield every key that the document names, of whomever, with its path."""
    for i, partij in enumerate(convenant.partijen):
        yield from ((f"partijen.{i}.sleutels.{j}", sleutel) for j, sleutel in enumerate(partij.sleutels))
    yield from ((f"matcher.sleutels.{i}", sleutel) for i, sleutel in enumerate(convenant.matcher.sleutels))
    bewaarder = convenant.sleutelbewaarder
    if bewaarder is not None:
        yield from ((f"sleutelbewaarder.sleutels.{i}", sleutel) for i, sleutel in enumerate(bewaarder.sleutels))


def _doubled_keys(convenant: Convenant) -> Iterator[Bevinding]:
    sleutels = list(all_keys(convenant))
    yield from doubles(
        [(f"{pad}.kid", sleutel.kid) for pad, sleutel in sleutels],
        "Dit kid is al van een eerdere sleutel. Elke sleutel in het convenant heeft een eigen naam.",
    )
    # With one key two organisations could act in each other's name.
    yield from doubles(
        [(pad, sleutel.materiaal) for pad, sleutel in sleutels],
        "Deze sleutel staat al eerder in het convenant. Elke organisatie maakt haar eigen sleutels.",
    )


def _periods(convenant: Convenant) -> Iterator[Bevinding]:
    if convenant.geldig_tot < convenant.geldig_van:
        yield finding("geldigTot", "De laatste dag ligt voor de eerste dag (geldigVan).")
    for i, epoche in enumerate(convenant.epochen):
        if epoche.tot < epoche.van:
            yield finding(f"epochen.{i}.tot", "De laatste dag van deze epoche ligt voor de eerste dag.")
        if epoche.van < convenant.geldig_van:
            yield finding(f"epochen.{i}.van", "Deze epoche begint voordat het convenant geldt.")
        if epoche.tot > convenant.geldig_tot:
            yield finding(f"epochen.{i}.tot", "Deze epoche loopt door nadat het convenant is afgelopen.")


def _references(convenant: Convenant) -> Iterator[Bevinding]:
    for i, grondslag in enumerate(convenant.grondslagen):
        if not all(map(convenant.has_signaalsoort, grondslag.signaalsoorten)):
            yield finding(f"grondslagen.{i}.signaalsoorten", _UNKNOWN_SOORT)
    for i, regel in enumerate(convenant.deelregels):
        if convenant.grondslag(regel.grondslag) is None:
            yield finding(f"deelregels.{i}.grondslag", "Deze grondslag staat niet in de lijst grondslagen.")
        if not all(map(convenant.has_signaalsoort, regel.signaalsoorten)):
            yield finding(f"deelregels.{i}.signaalsoorten", _UNKNOWN_SOORT)


def _groups(convenant: Convenant) -> Iterator[tuple[str, Partijgroep]]:
    for i, soort in enumerate(convenant.signaalsoorten):
        yield f"signaalsoorten.{i}.indieners", soort.indieners
    for i, regel in enumerate(convenant.deelregels):
        yield from groups_of(f"deelregels.{i}", regel)
    for i, budgetregel in enumerate(convenant.budgetten):
        yield f"budgetten.{i}.partijen", budgetregel.partijen
    for i, grondslag in enumerate(convenant.grondslagen):
        yield f"grondslagen.{i}.ontvangers", grondslag.ontvangers
    yield from _groups_in_afspraken(convenant.afspraken)


def _groups_in_afspraken(afspraken: Afspraken) -> Iterator[tuple[str, Partijgroep]]:
    yield from ((f"monitoring.{i}.door", monitoring.door) for i, monitoring in enumerate(afspraken.monitoring))
    yield from ((f"escalatie.{i}.partijen", trede.partijen) for i, trede in enumerate(afspraken.escalatie))
    yield from ((f"plafonds.{i}.partijen", regel.partijen) for i, regel in enumerate(afspraken.plafonds))
    yield from ((f"berichten.{i}.ontvangers", bericht.ontvangers) for i, bericht in enumerate(afspraken.berichten))
    if afspraken.bekendheid is not None:
        regels = afspraken.bekendheid.regels
        yield from ((f"bekendheid.regels.{i}.partijen", regel.partijen) for i, regel in enumerate(regels))
    for i, afspraak in enumerate(afspraken.overdracht):
        if afspraak.ontvangers is not None:
            yield f"overdracht.{i}.ontvangers", afspraak.ontvangers


def _unknown_in_groups(convenant: Convenant) -> Iterator[Bevinding]:
    for pad, groep in _groups(convenant):
        if not all(map(convenant.has_partij, groep.oins)):
            yield finding(f"{pad}.oins", "Een van deze OIN's is niet van een partij bij dit convenant.")


def _rules_reach(convenant: Convenant) -> Iterator[Bevinding]:
    if not any(_unknown_in_groups(convenant)):
        yield from chain.from_iterable(check(convenant) for check in (*zin_regels.CHECKS, *zin_opvolging.CHECKS))


def _receivers_have_the_radar(convenant: Convenant) -> Iterator[Bevinding]:
    for i, regel in enumerate(convenant.deelregels):
        if not isinstance(regel.richting, Eenrichting) or regel.is_bekendheidsregel:
            continue
        ontvangers = filter(regel.richting.ontvanger.contains, convenant.partijen)
        if any(Rol.RADAR not in partij.rollen for partij in ontvangers):
            yield finding(
                f"deelregels.{i}.ontvanger",
                "In één richting mag alleen een partij met de rol radar iets horen. Kies zo'n groep, "
                "of maak de deelregel wederkerig met 'tussen'.",
            )


def _possible_matches_tell_nothing_more(convenant: Convenant) -> Iterator[Bevinding]:
    for i, regel in enumerate(convenant.deelregels):
        possible = Gebeurtenis.MOGELIJKE_MATCH in regel.gebeurtenissen
        if possible != (Veld.OVEREENKOMST in regel.velden) or (possible and len(regel.velden) > 1):
            yield finding(
                f"deelregels.{i}.velden",
                "Een mogelijke match vertelt alleen 'overeenkomst', en niets anders vertelt dat.",
            )
        if possible and (len(regel.gebeurtenissen) > 1 or not isinstance(regel.richting, Wederkerig)):
            yield finding(
                f"deelregels.{i}", "Een regel voor mogelijke matches gaat alleen daarover en is wederkerig ('tussen')."
            )
        if Niveau.ZEKER in regel.niveaus and regel.gebeurtenissen & _UNSURE:
            yield finding(
                f"deelregels.{i}.niveaus", "Een mogelijke match is nooit zeker. Kies waarschijnlijk en mogelijk."
            )


def _soorten_have_submitters(convenant: Convenant) -> Iterator[Bevinding]:
    for i, soort in enumerate(convenant.signaalsoorten):
        if not any(convenant.may_submit(partij.oin, soort.code) for partij in convenant.partijen):
            yield finding(
                f"signaalsoorten.{i}.indieners",
                "Niemand mag dit indienen: geen partij met de rol signaleerder hoort bij deze groep.",
            )


def _matcher_stands_apart(convenant: Convenant) -> Iterator[Bevinding]:
    # Who enters persons holds the convenant key; with the matcher's tokens beside it, it could guess every name. The
    # convenanthouder is a party like any other here: it may run the matcher as long as it enters nobody.
    beheerder = convenant.matcher.beheerder
    if any(p.oin == beheerder and p.rollen & ENTERS_PERSONS for p in convenant.partijen):
        yield finding(
            "matcher.beheerder",
            "De beheerder van de matcher mag geen signaleerder of regisseur zijn en geen radar hebben.",
        )


def _production_is_real(convenant: Convenant) -> Iterator[Bevinding]:
    if convenant.omgeving is not Omgeving.PRODUCTIE:
        return
    if convenant.modus is Modus.HMAC:
        yield finding("modus", "Modus hmac kan alleen in een proef. Kies voor productie de modus voprf.")
    oins = [
        ("convenanthouder", convenant.convenanthouder),
        ("matcher.beheerder", convenant.matcher.beheerder),
        *((f"partijen.{i}.oin", partij.oin) for i, partij in enumerate(convenant.partijen)),
        *((f"sleutelhouders.{i}.oin", houder.oin) for i, houder in enumerate(convenant.sleutelhouders)),
    ]
    for pad, oin in oins:
        if oin.startswith(TEST_OIN_PREFIX):
            yield finding(pad, "Dit is een test-OIN. Vul voor productie de echte OIN in.")


_CHECKS: Final[tuple[Check, ...]] = (
    _doubled_names,
    _doubled_keys,
    _periods,
    _references,
    _unknown_in_groups,
    _receivers_have_the_radar,
    _possible_matches_tell_nothing_more,
    _soorten_have_submitters,
    _matcher_stands_apart,
    _production_is_real,
    _rules_reach,
    *zin_sleutels.CHECKS,
    *zin_partijen.CHECKS,
    *zin_afspraken.CHECKS,
    *zin_overdracht.CHECKS,
)


def check_zin(convenant: Convenant) -> tuple[Bevinding, ...]:
    """Return what contradicts itself in the convenant, with paths and without lines; empty when it holds."""
    return tuple(chain.from_iterable(check(convenant) for check in _CHECKS))
