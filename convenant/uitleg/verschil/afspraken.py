"""What changes in what was agreed beside who may be told what."""

from collections.abc import Callable, Iterator

from convenant.model import (
    Archivering,
    Berichtregel,
    Convenant,
    Escalatietrede,
    Informeren,
    Monitoring,
    Overdrachtsafspraak,
    Partijgroep,
    Termijn,
    Toetreding,
)
from convenant.uitleg.overdracht_tekst import afspraak_geval, groep_rijen
from convenant.uitleg.verschil.zinnen import erbij, gewijzigd, nu, per_sleutel, wordt
from convenant.uitleg.woorden import (
    BETROKKENEN,
    GEBEURTENISSEN,
    ROLLEN,
    SECTOREN,
    VELDEN,
    bewaren,
    datum,
    groep,
    hoofdletter,
    in_order,
    momenten,
    opsomming,
    termijn,
)


def over_toetreding(oud: Convenant, nieuw: Convenant) -> Iterator[str]:
    """Yield who may join from now on, and who no longer."""

    def beide(was: Toetreding, is_nu: Toetreding) -> Iterator[str]:
        artikel = is_nu.artikel
        yield from erbij(
            f"Sectoren die mogen toetreden (artikel {artikel})",
            in_order(was.sectoren, SECTOREN),
            in_order(is_nu.sectoren, SECTOREN),
        )
        yield from erbij(
            f"Rollen bij toetreding (artikel {artikel})", in_order(was.rollen, ROLLEN), in_order(is_nu.rollen, ROLLEN)
        )
        yield from gewijzigd(f"De toelichting bij artikel {artikel}", was.toelichting, is_nu.toelichting)

    return per_sleutel(
        oud.afspraken.toetreding,
        nieuw.afspraken.toetreding,
        lambda toetreding: toetreding.artikel,
        nieuwe=lambda t: f"Toetreden is mogelijk voor {_joiners(t)} (artikel {t.artikel}).",
        vervallen=lambda t: f"Toetreden kan niet meer op grond van artikel {t.artikel} ({_joiners(t)}).",
        beide=beide,
    )


def _joiners(toetreding: Toetreding) -> str:
    sectoren = opsomming(in_order(toetreding.sectoren, SECTOREN), "of")
    return f"organisaties in {sectoren}, met de rol {opsomming(in_order(toetreding.rollen, ROLLEN), 'of')}"


def over_informeren(oud: Convenant, nieuw: Convenant) -> Iterator[str]:
    """Yield who is told about a signal from now on, and what is kept of it."""
    yield from _telling(oud.afspraken.informeren, nieuw.afspraken.informeren)
    yield from _keeping(oud.afspraken.archivering, nieuw.afspraken.archivering)


def _telling(was: Informeren | None, is_nu: Informeren | None) -> Iterator[str]:
    if was is None or is_nu is None:
        yield from nu("Afspraak over informeren", was, is_nu, lambda i: f"artikel {i.artikel}" if i else "geen")
        return
    yield from wordt("Het artikel over informeren", was.artikel, is_nu.artikel)
    for vanaf in {trap.vanaf for trap in (*was.trappen, *is_nu.trappen)}:
        yield from nu(
            f"Wie er vanaf {vanaf} jaar geïnformeerd wordt",
            was.wie(vanaf),
            is_nu.wie(vanaf),
            lambda wie: opsomming(in_order(wie, BETROKKENEN)) or "niemand",
        )
    yield from per_sleutel(
        was.uitzonderingen,
        is_nu.uitzonderingen,
        lambda grond: grond.code,
        nieuwe=lambda grond: f"Nieuwe grond om later te informeren: {grond.omschrijving}",
        vervallen=lambda grond: f"Geen grond meer om later te informeren: {grond.omschrijving}",
        beide=lambda een, ander: gewijzigd(
            f"De omschrijving van grond {ander.code}", een.omschrijving, ander.omschrijving
        ),
    )


def _keeping(was: Archivering | None, is_nu: Archivering | None) -> Iterator[str]:
    yield from nu("Bewaren in het eigen systeem", was, is_nu, lambda a: bewaren(a) if a else "niet geregeld")


def over_termijnen(oud: Convenant, nieuw: Convenant) -> Iterator[str]:
    """Yield which terms, free days and moments of monitoring change."""

    def beide(was: Termijn, is_nu: Termijn) -> Iterator[str]:
        yield from wordt(f"Termijn {is_nu.code}", termijn(was), termijn(is_nu))
        yield from wordt(f"Het artikel van termijn {is_nu.code}", was.artikel, is_nu.artikel)
        yield from gewijzigd(f"De omschrijving van termijn {is_nu.code}", was.omschrijving, is_nu.omschrijving)

    yield from per_sleutel(
        oud.afspraken.termijnen,
        nieuw.afspraken.termijnen,
        lambda ding: ding.code,
        nieuwe=lambda ding: f"Termijn {ding.code} is nieuw: {termijn(ding)}. {ding.omschrijving}",
        vervallen=lambda ding: f"Termijn {ding.code} vervalt ({termijn(ding)}).",
        beide=beide,
    )
    yield from erbij(
        "Vrije dagen",
        map(datum, sorted(oud.afspraken.vrije_dagen)),
        map(datum, sorted(nieuw.afspraken.vrije_dagen)),
    )
    yield from _watching(oud, nieuw)


def _watching(oud: Convenant, nieuw: Convenant) -> Iterator[str]:
    wie = _groups(oud, nieuw)

    def moments(monitoring: Monitoring) -> str:
        return f"{momenten(monitoring)}, door {wie(monitoring.door)}"

    return per_sleutel(
        oud.afspraken.monitoring,
        nieuw.afspraken.monitoring,
        lambda ding: ding.code,
        nieuwe=lambda ding: f"Monitoring {ding.code} is nieuw: {moments(ding)}.",
        vervallen=lambda ding: f"Monitoring {ding.code} vervalt ({moments(ding)}).",
        beide=lambda was, is_nu: nu(f"Monitoring {is_nu.code}", was, is_nu, moments),
    )


def over_escalatie(oud: Convenant, nieuw: Convenant) -> Iterator[str]:
    """Yield which steps of the ladder are new, gone or otherwise."""
    wie = _groups(oud, nieuw)

    def step(trede: Escalatietrede) -> str:
        return f"na {trede.na_werkdagen} werkdagen naar {trede.functie} bij {wie(trede.partijen)}"

    return per_sleutel(
        oud.afspraken.escalatie,
        nieuw.afspraken.escalatie,
        lambda trede: trede.artikel,
        nieuwe=lambda trede: f"Nieuwe trede (artikel {trede.artikel}): {step(trede)}.",
        vervallen=lambda trede: f"De trede van artikel {trede.artikel} vervalt ({step(trede)}).",
        beide=lambda was, is_nu: nu(f"De trede van artikel {is_nu.artikel}", was, is_nu, step),
    )


def over_berichten(oud: Convenant, nieuw: Convenant) -> Iterator[str]:
    """Yield what stands in notifications from now on, and what has to be fetched."""
    wie = _groups(oud, nieuw)

    def key(regel: Berichtregel) -> tuple[str, str]:
        return wie(regel.ontvangers), opsomming(in_order(regel.gebeurtenissen, GEBEURTENISSEN), "of")

    def fields(regel: Berichtregel) -> str:
        return f"alleen {opsomming(in_order(regel.velden, VELDEN))}"

    return per_sleutel(
        oud.afspraken.berichten,
        nieuw.afspraken.berichten,
        key,
        nieuwe=lambda r: f"In notificaties bij {key(r)[1]} aan {key(r)[0]} staat voortaan {fields(r)}.",
        vervallen=lambda r: f"Wat er in notificaties bij {key(r)[1]} aan {key(r)[0]} staat, is niet meer beperkt.",
        beide=lambda was, is_nu: nu(f"Wat er in notificaties aan {key(is_nu)[0]} staat", was, is_nu, fields),
    )


def over_overdracht(oud: Convenant, nieuw: Convenant) -> Iterator[str]:
    """Yield what changes in handing over, per agreement and per part of it."""

    def beide(was: Overdrachtsafspraak, is_nu: Overdrachtsafspraak) -> Iterator[str]:
        naam = f"Overdracht, artikel {is_nu.artikel}"
        yield from erbij(f"{naam}, gemeenten", sorted(was.gemeenten), sorted(is_nu.gemeenten))
        yield from nu(f"{naam}, meldingen", afspraak_geval(was), afspraak_geval(is_nu))
        oude, nieuwe = dict(groep_rijen(oud, was)), dict(groep_rijen(nieuw, is_nu))
        for deel in [*nieuwe, *(rij for rij in oude if rij not in nieuwe)]:
            yield from _part(f"{naam}, {deel.lower()}", oude.get(deel), nieuwe.get(deel))

    return per_sleutel(
        oud.afspraken.overdracht,
        nieuw.afspraken.overdracht,
        lambda afspraak: afspraak.artikel,
        nieuwe=lambda a: f"Overdracht, artikel {a.artikel} is nieuw ({_where(a)}): {a.toelichting}",
        vervallen=lambda a: f"Overdracht, artikel {a.artikel} vervalt ({_where(a)}): {a.toelichting}",
        beide=beide,
    )


def _where(afspraak: Overdrachtsafspraak) -> str:
    return opsomming(sorted(afspraak.gemeenten)) or "de hele regio"


def _part(naam: str, was: str | None, is_nu: str | None) -> Iterator[str]:
    if was == is_nu:
        return
    yield f"{naam}: {is_nu or 'niets meer.'} (Was: {hoofdletter(was or 'niets.')})"


def _groups(oud: Convenant, nieuw: Convenant) -> Callable[[Partijgroep], str]:
    namen = {partij.oin: partij for partij in (*oud.partijen, *nieuw.partijen)}
    return lambda keuze: groep(keuze, namen.values())
