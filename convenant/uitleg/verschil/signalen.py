"""What changes about kinds of signals, the laws that rules rest on, and the articles themselves."""

from collections.abc import Callable, Iterator

from convenant.model import Convenant, Deelregel, Grondslag, Partijgroep, Signaalsoort
from convenant.uitleg.verschil.zinnen import gewijzigd, nu, per_sleutel, wordt
from convenant.uitleg.woorden import (
    INFORMATIEPLICHTEN,
    groep,
    hoofdletter,
    leeftijdsgrens,
    maanden,
    soorten,
    wet,
    wet_met_code,
)


def over_signaalsoorten(oud: Convenant, nieuw: Convenant) -> Iterator[str]:
    """Yield what changes about what can be signalled, for how long, and by whom."""
    wie = _groups(oud, nieuw)

    def nieuwe(soort: Signaalsoort) -> str:
        delen = (
            f"{soort.code} is nieuw: bewaartermijn {maanden(soort.bewaartermijn_maanden)}",
            f"leeftijdsgrens {leeftijdsgrens(soort.leeftijd_tot)}",
            INFORMATIEPLICHTEN[soort.betrokkenen_geinformeerd],
            *(["een radarmelding: alleen voor de radar"] if soort.radarmelding else []),
            f"in te dienen door {wie(soort.indieners)}.",
        )
        return hoofdletter("; ".join(delen))

    def beide(was: Signaalsoort, is_nu: Signaalsoort) -> Iterator[str]:
        code = is_nu.code
        yield from gewijzigd(f"De omschrijving van {code}", was.omschrijving, is_nu.omschrijving)
        yield from wordt(
            f"De bewaartermijn van {code}", was.bewaartermijn_maanden, is_nu.bewaartermijn_maanden, maanden
        )
        yield from nu(f"Leeftijdsgrens van {code}", was.leeftijd_tot, is_nu.leeftijd_tot, leeftijdsgrens)
        yield from nu(
            f"Informatieplicht bij {code}",
            was.betrokkenen_geinformeerd,
            is_nu.betrokkenen_geinformeerd,
            INFORMATIEPLICHTEN.__getitem__,
        )
        yield from gewijzigd(f"Of {code} een radarmelding is", was.radarmelding, is_nu.radarmelding)
        yield from nu(f"Wie {code} mag indienen", was.indieners, is_nu.indieners, wie)

    return per_sleutel(
        oud.signaalsoorten,
        nieuw.signaalsoorten,
        lambda soort: soort.code,
        nieuwe=nieuwe,
        vervallen=lambda soort: hoofdletter(f"{soort.code} vervalt: zulke signalen kunnen niet meer worden ingediend."),
        beide=beide,
    )


def over_grondslagen(oud: Convenant, nieuw: Convenant) -> Iterator[str]:
    """Yield what changes about laws and where they apply."""
    wie = _groups(oud, nieuw)

    def beide(was: Grondslag, is_nu: Grondslag) -> Iterator[str]:
        naam = f"grondslag {is_nu.code}"
        yield from wordt(hoofdletter(naam), wet(was), wet(is_nu))
        yield from gewijzigd(f"De omschrijving van {naam}", was.omschrijving, is_nu.omschrijving)
        yield from nu(
            f"Signaalsoorten bij {naam}",
            soorten(was.signaalsoorten, oud, "en"),
            soorten(is_nu.signaalsoorten, nieuw, "en"),
        )
        yield from nu(f"Wie iets mag horen op {naam}", was.ontvangers, is_nu.ontvangers, wie)

    return per_sleutel(
        oud.grondslagen,
        nieuw.grondslagen,
        lambda grondslag: grondslag.code,
        nieuwe=lambda grondslag: f"Grondslag {grondslag.code} is nieuw: {wet(grondslag)}.",
        vervallen=lambda grondslag: f"Grondslag {grondslag.code} vervalt ({wet(grondslag)}).",
        beide=beide,
    )


def over_artikelen(oud: Convenant, nieuw: Convenant) -> Iterator[str]:
    """Yield which articles are new, gone, or rest on another law; what they grant says `verschil.weten`."""

    def law(code: str) -> str:
        return wet_met_code(nieuw if nieuw.grondslag(code) else oud, code)

    def beide(was: Deelregel, is_nu: Deelregel) -> Iterator[str]:
        naam = f"artikel {is_nu.artikel}"
        yield from wordt(f"De grondslag van {naam}", was.grondslag, is_nu.grondslag, law)
        yield from gewijzigd(f"De toelichting bij {naam}", was.toelichting, is_nu.toelichting)
        yield from gewijzigd(f"Wat {naam} verleent", _grants(was), _grants(is_nu))

    return per_sleutel(
        oud.deelregels,
        nieuw.deelregels,
        lambda regel: regel.artikel,
        nieuwe=lambda regel: f"Artikel {regel.artikel} is nieuw: {regel.toelichting}",
        vervallen=lambda regel: f"Artikel {regel.artikel} vervalt: {regel.toelichting}",
        beide=beide,
    )


def _grants(regel: Deelregel) -> tuple[object, ...]:
    return regel.gebeurtenissen, regel.niveaus, regel.richting, regel.signaalsoorten, regel.velden, regel.fasen


def _groups(oud: Convenant, nieuw: Convenant) -> Callable[[Partijgroep], str]:
    """Return how a group of either version is said."""
    namen = {partij.oin: partij for partij in (*oud.partijen, *nieuw.partijen)}
    return lambda keuze: groep(keuze, namen.values())
