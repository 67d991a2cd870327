"""Agreements on handing over in words: as text for a terminal, and as rows for a table."""

from collections.abc import Iterator

from convenant.model import Convenant, Overdrachtsafspraak, Partij
from convenant.types import Overdrachtsmoment
from convenant.uitleg.overdracht import Overdrachtsantwoord, Overdrachtsgeval, Overdrachtsuitleg
from convenant.uitleg.regels import alinea, blokken
from convenant.uitleg.woorden import (
    DOELGROEPEN,
    GEGEVENS,
    INFORMEERDERS,
    MOMENTEN,
    WIJZEN,
    ZWARE,
    bereikbaar,
    groep,
    hoofdletter,
    in_order,
    leden_of_groep,
    momenten,
    opsomming,
    termijn,
    termijn_met_code,
    wet_met_code,
)

_WERKDAGEN = "Werkdagen tellen zonder weekend, feestdagen en de vrije dagen van dit convenant."
_INVOLVED = "De professional die al betrokken is."
_NO_AFSPRAAK = "Hierover staat niets in het convenant. Overleg met de convenanthouder."


def overdracht_tekst(uitleg: Overdrachtsuitleg) -> str:
    """Return the explanation, one block per agreement."""
    return blokken([_kop(uitleg), *(_block(antwoord, uitleg.convenant) for antwoord in uitleg.antwoorden), _WERKDAGEN])


def _kop(uitleg: Overdrachtsuitleg) -> str:
    zware = {zwaarte for antwoord in uitleg.antwoorden for geval in antwoord.gevallen for zwaarte in geval.zwaarten}
    convenant = uitleg.convenant
    vraag = f"Wie neemt een {opsomming(in_order(zware, ZWARE), 'of')} melding uit {uitleg.gemeente} over?"
    return f"{alinea(vraag)}\nConvenant {convenant.id}, versie {convenant.versie}."


def _block(antwoord: Overdrachtsantwoord, convenant: Convenant) -> str:
    kop = [alinea(f"{geval_zin(geval)}:") for geval in antwoord.gevallen]
    if antwoord.afspraak is None:
        return "\n".join([*kop, alinea(_NO_AFSPRAAK, 2)])
    rijen = afspraak_rijen(convenant, antwoord.afspraak, overnemers(antwoord.afspraak, antwoord.ontvangers))
    return "\n".join([*kop, *(alinea(f"{naam}: {tekst}", 2) for naam, tekst in rijen)])


def geval_zin(geval: Overdrachtsgeval) -> str:
    """Return about which meldingen it is: Een middelzware melding over jeugd, na de veiligheidsbeoordeling."""
    zwaarte = opsomming(in_order(geval.zwaarten, ZWARE), "of")
    doelgroep = opsomming(in_order(geval.doelgroepen, DOELGROEPEN), "of")
    return f"Een {zwaarte} melding over {doelgroep}, na {_moments(geval.momenten)}{_help(geval.hulp_betrokken)}"


def afspraak_geval(afspraak: Overdrachtsafspraak) -> str:
    """Return about which meldingen an agreement is, as it stands in the document."""
    hulp = (False, True) if afspraak.hulp_betrokken is None else (afspraak.hulp_betrokken,)
    return geval_zin(
        Overdrachtsgeval(
            doelgroepen=tuple(afspraak.doelgroepen),
            zwaarten=tuple(afspraak.zwaarten),
            momenten=tuple(afspraak.momenten),
            hulp_betrokken=hulp,
        )
    )


def _moments(momenten: tuple[Overdrachtsmoment, ...]) -> str:
    return opsomming(in_order(momenten, MOMENTEN), "of")


def _help(hulp_betrokken: tuple[bool, ...]) -> str:
    if len(hulp_betrokken) > 1:
        return ""
    return ", als er al hulp betrokken is" if hulp_betrokken[0] else ", als er nog geen hulp betrokken is"


def afspraak_rijen(convenant: Convenant, afspraak: Overdrachtsafspraak, wie: str) -> Iterator[tuple[str, str]]:
    """Yield every part of an agreement with what it says, in the order in which people ask about it."""
    yield "Wie neemt over", wie
    if afspraak.via:
        yield "Via", hoofdletter(f"{afspraak.via}.")
    yield "Hoe", f"{hoofdletter(WIJZEN[afspraak.wijze])}. {afspraak.wijze_toelichting}"
    yield "Termijn", _term(convenant, afspraak.termijn)
    yield "Ontvangstbevestiging", _term(convenant, afspraak.ontvangstbevestiging)
    yield "Gaat mee", f"{hoofdletter(opsomming(in_order(afspraak.gedeeld, GEGEVENS)))}."
    yield "Gaat niet mee", f"{hoofdletter(opsomming(in_order(afspraak.niet_gedeeld, GEGEVENS)))}."
    yield "Wie informeert de betrokkenen", f"{hoofdletter(INFORMEERDERS[afspraak.informeert])}."
    yield "Zicht op veiligheid", afspraak.zicht_op_veiligheid
    yield "Advies van Veilig Thuis", afspraak.advies
    yield "Terug naar Veilig Thuis", afspraak.terugmelding
    yield "Monitoring", _monitoring(convenant, afspraak)
    yield "Afspraak", f"Artikel {afspraak.artikel}: {afspraak.toelichting}"
    yield "Grondslag", f"{wet_met_code(convenant, afspraak.grondslag)}."


def groep_rijen(convenant: Convenant, afspraak: Overdrachtsafspraak) -> Iterator[tuple[str, str]]:
    """Yield the same as `afspraak_rijen`, with who takes over as the document says it, for every municipality."""
    wie = hoofdletter(f"{groep(afspraak.ontvangers, convenant.partijen)}.") if afspraak.ontvangers else _INVOLVED
    return afspraak_rijen(convenant, afspraak, wie)


def overnemers(afspraak: Overdrachtsafspraak, ontvangers: tuple[Partij, ...]) -> str:
    """Return who takes over in one municipality and where they can be reached."""
    if afspraak.ontvangers is None:
        return _INVOLVED
    if not ontvangers:
        return "Geen van de partijen werkt in deze gemeente. Overleg met de convenanthouder."
    return f"{'; '.join(f'{partij.naam} ({bereikbaar(partij.contact)})' for partij in ontvangers)}."


def _term(convenant: Convenant, code: str) -> str:
    gevonden = termijn_met_code(convenant, code)
    return f"Binnen {termijn(gevonden)}. {gevonden.omschrijving}" if gevonden else f"{code}."


def _monitoring(convenant: Convenant, afspraak: Overdrachtsafspraak) -> str:
    for monitoring in convenant.afspraken.monitoring:
        if monitoring.code == afspraak.monitoring:
            wie = leden_of_groep(monitoring.door, convenant.partijen)
            return f"{hoofdletter(momenten(monitoring))}, door {wie}. {monitoring.toelichting}"
    return "Niemand monitort."
