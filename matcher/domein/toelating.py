"""Whether the convenant lets this organisation submit this signal. All findings at once, nothing is thrown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from convenant.bewaartermijn import latest_einddatum
from convenant.errors import OnbekendeSignaalsoort
from convenant.model import Convenant, Signaalsoort
from convenant.types import ConvenantId, Oin
from convenant.web.errors import Invoerfout
from matcher.domein.signaal import Hertokening, Inzending, Signaal
from matcher.types import SignaalId

EPOCHE_LOOPT_NIET = "Deze epoche loopt vandaag niet. Haal het nieuwste convenant op en stuur het signaal opnieuw."


def findings(
    inzendingen: Sequence[Inzending],
    *,
    organisatie: Oin,
    convenanten: Mapping[ConvenantId, Convenant],
    vandaag: date,
) -> tuple[Invoerfout, ...]:
    """Everything that keeps these signals from being accepted; empty when they all may come in.

    `pad` of a finding is a JSON pointer into the request body.
    """
    return (
        *_repeated_ids(inzendingen),
        *(
            fout
            for nummer, inzending in enumerate(inzendingen)
            for fout in _check(
                f"/signalen/{nummer}", inzending, organisatie, convenanten.get(inzending.convenant), vandaag
            )
        ),
    )


def hertokening_findings(
    hertokeningen: Sequence[Hertokening],
    own: Mapping[SignaalId, Signaal],
    *,
    convenanten: Mapping[ConvenantId, Convenant],
    vandaag: date,
) -> tuple[Invoerfout, ...]:
    """Everything that keeps these tokens from being added to the caller's `own` signals."""
    seen: set[SignaalId] = set()
    fouten: list[Invoerfout] = []
    for nummer, hertokening in enumerate(hertokeningen):
        pad = f"/signalen/{nummer}"
        if hertokening.signaal in seen:
            fouten.append(Invoerfout(f"{pad}/id", "dubbel-id", "Dit id staat twee keer in het verzoek."))
        seen.add(hertokening.signaal)
        fouten.extend(_check_hertokening(pad, hertokening, own, convenanten, vandaag))
    return tuple(fouten)


def _check_hertokening(
    pad: str,
    hertokening: Hertokening,
    own: Mapping[SignaalId, Signaal],
    convenanten: Mapping[ConvenantId, Convenant],
    vandaag: date,
) -> Iterator[Invoerfout]:
    signaal = own.get(hertokening.signaal)
    convenant = convenanten.get(signaal.convenant) if signaal else None
    if convenant is None:
        yield Invoerfout(f"{pad}/id", "onbekend-signaal", "Uw organisatie heeft geen signaal met dit id.")
        return
    if hertokening.tokenset.epoche not in {periode.nummer for periode in convenant.running_epochen(vandaag)}:
        yield Invoerfout(f"{pad}/tokenset/epoche", "epoche-loopt-niet", EPOCHE_LOOPT_NIET)


def _repeated_ids(inzendingen: Sequence[Inzending]) -> Iterator[Invoerfout]:
    seen = set()
    for nummer, inzending in enumerate(inzendingen):
        if inzending.id in seen:
            yield Invoerfout(f"/signalen/{nummer}/id", "dubbel-id", "Dit id staat twee keer in het verzoek.")
        seen.add(inzending.id)


def _check(
    pad: str, inzending: Inzending, organisatie: Oin, convenant: Convenant | None, vandaag: date
) -> Iterable[Invoerfout]:
    if convenant is None or not convenant.has_partij(organisatie):
        # One answer for both: whether a convenant exists is not for outsiders to learn.
        return [Invoerfout(f"{pad}/convenant", "onbekend-convenant", "Uw organisatie doet niet mee aan dit convenant.")]
    if not convenant.is_in_force(vandaag):
        return [Invoerfout(f"{pad}/convenant", "convenant-geldt-niet", "Dit convenant geldt vandaag niet.")]
    return [
        *_check_epochen(pad, inzending, convenant, vandaag),
        *_check_kaart(pad, inzending, convenant),
        *_check_profiel(pad, inzending, convenant),
        *_check_soort(pad, inzending, organisatie, convenant, vandaag),
    ]


def _check_epochen(pad: str, inzending: Inzending, convenant: Convenant, vandaag: date) -> Iterator[Invoerfout]:
    running = [periode.nummer for periode in convenant.running_epochen(vandaag)]
    sent = [tokenset.epoche for tokenset in inzending.tokensets]
    for nummer, epoche in enumerate(sent):
        if epoche in sent[:nummer]:
            melding = "Deze epoche staat er twee keer. Stuur per epoche een keer koppeltokens."
            yield Invoerfout(f"{pad}/tokensets/{nummer}/epoche", "dubbele-epoche", melding)
        if epoche not in running:
            yield Invoerfout(f"{pad}/tokensets/{nummer}/epoche", "epoche-loopt-niet", EPOCHE_LOOPT_NIET)
    if running and running[0] not in sent:
        melding = "De koppeltokens van de nieuwste epoche ontbreken. Haal haar sleutels op en stuur ze mee."
        yield Invoerfout(f"{pad}/tokensets", "nieuwste-epoche-ontbreekt", melding)


def _check_kaart(pad: str, inzending: Inzending, convenant: Convenant) -> Iterator[Invoerfout]:
    if inzending.kaart is None:
        return
    if sorted(omslag.epoche for omslag in inzending.kaart.omslagen) != sorted(t.epoche for t in inzending.tokensets):
        melding = "Stuur bij de kaart een omslag voor elke epoche waarvan u koppeltokens stuurt."
        yield Invoerfout(f"{pad}/kaart/omslagen", "omslag-per-epoche", melding)
    ontvangers = [zegel.ontvanger for zegel in inzending.kaart.zegels]
    for nummer, ontvanger in enumerate(ontvangers):
        if not convenant.has_partij(ontvanger) or ontvanger in ontvangers[:nummer]:
            melding = "Verzegel de kaart een keer per ontvanger, en alleen voor partijen van dit convenant."
            yield Invoerfout(f"{pad}/kaart/zegels/{nummer}/ontvanger", "onbekende-ontvanger", melding)


def _check_profiel(pad: str, inzending: Inzending, convenant: Convenant) -> Iterator[Invoerfout]:
    if inzending.profiel != convenant.profiel:
        melding = "Dit convenant gebruikt een ander koppelprofiel. Werk de SDK bij."
        yield Invoerfout(f"{pad}/profiel", "verkeerd-profiel", melding)


def _check_soort(
    pad: str, inzending: Inzending, organisatie: Oin, convenant: Convenant, vandaag: date
) -> Iterator[Invoerfout]:
    try:
        soort = convenant.signaalsoort(inzending.signaalsoort)
    except OnbekendeSignaalsoort:
        melding = "Het convenant kent deze signaalsoort niet. Kies een signaalsoort uit het convenant."
        yield Invoerfout(f"{pad}/signaalsoort", "onbekende-signaalsoort", melding)
        return
    if not convenant.may_submit(organisatie, soort.code):
        melding = "Uw organisatie mag deze signaalsoort volgens het convenant niet indienen."
        yield Invoerfout(f"{pad}/signaalsoort", "signaalsoort-niet-toegestaan", melding)
    yield from _check_einddatum(pad, inzending.verloopt_op, soort, vandaag)


def _check_einddatum(pad: str, verloopt_op: date, soort: Signaalsoort, vandaag: date) -> Iterator[Invoerfout]:
    # Any other day than the first would tell something about the birth date (ONTWERP section 5).
    if verloopt_op.day != 1:
        yield Invoerfout(f"{pad}/verlooptOp", "niet-de-eerste", "Kies de eerste dag van een maand.")
    if verloopt_op <= vandaag:
        yield Invoerfout(f"{pad}/verlooptOp", "al-voorbij", "Deze datum is al voorbij. Kies een latere datum.")
    if verloopt_op > latest_einddatum(soort, ingediend_op=vandaag):
        melding = "Dit is langer dan het convenant voor deze signaalsoort toestaat. Kies een eerdere datum."
        yield Invoerfout(f"{pad}/verlooptOp", "te-lang", melding)
