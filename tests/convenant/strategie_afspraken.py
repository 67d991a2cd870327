"""Random sections of a convenant beside its rules on who may be told what."""

from typing import Final

from hypothesis import strategies as st

from convenant.model import (
    Afspraken,
    Archivering,
    Berichtregel,
    Escalatietrede,
    Informeertrap,
    Informeren,
    Monitoring,
    Opvolging,
    Overdrachtsafspraak,
    Plafond,
    Plafondregel,
    Termijn,
    Toetreding,
    Uitzonderingsgrond,
)
from convenant.types import (
    Betrokkene,
    Doelgroep,
    Eenheid,
    Gebeurtenis,
    Informeerder,
    LopendeSignalen,
    Overdrachtsgegeven,
    Overdrachtsmoment,
    Overdrachtswijze,
    Rol,
    Veld,
    Zwaarte,
)
from tests.convenant.strategie_basis import ARTIKEL, GROEPEN, GRONDSLAGEN, HASHES, SECTOREN, TEKST, TOT, VAN, few, some


def berichtregels() -> st.SearchStrategy[tuple[Berichtregel, ...]]:
    """Rules on what goes into a notification."""
    regel = st.builds(Berichtregel, ontvangers=GROEPEN, gebeurtenissen=some(Gebeurtenis), velden=some(Veld, min_size=0))
    return few(regel, max_size=3)


_PLAFONDS: Final = st.builds(Plafond, per_duizend=st.integers(0, 1000), minstens=st.integers(0, 1000))
_TOEGETREDEN: Final = st.builds(
    Toetreding, artikel=ARTIKEL, sectoren=some(SECTOREN), rollen=some(Rol), toelichting=TEKST
)
_INFORMEREN: Final = st.builds(
    Informeren,
    artikel=ARTIKEL,
    trappen=some(Betrokkene).map(lambda wie: tuple(Informeertrap(vanaf=jaar, wie=wie) for jaar in (0, 12, 16))),
    uitzonderingen=st.just((Uitzonderingsgrond(code="onveilig", omschrijving="Het is niet veilig."),)),
)
_TERMIJNEN: Final = st.builds(
    Termijn,
    code=st.sampled_from(["ontvangst", "overdracht"]),
    artikel=ARTIKEL,
    aantal=st.integers(1, 30),
    eenheid=st.sampled_from(Eenheid),
    omschrijving=TEKST,
)
_MONITORING: Final = st.builds(
    Monitoring,
    code=st.just("volgen"),
    artikel=ARTIKEL,
    momenten_maanden=st.just((3, 12)),
    door=GROEPEN,
    toelichting=TEKST,
)
_TREDEN: Final = st.builds(
    Escalatietrede,
    artikel=ARTIKEL,
    na_werkdagen=st.integers(1, 20),
    partijen=GROEPEN,
    functie=st.just("bestuurder"),
    toelichting=TEKST,
)
_PLAFONDREGELS: Final = st.builds(
    Plafondregel, partijen=GROEPEN, signalen=_PLAFONDS, mogelijke_matches=_PLAFONDS, bevragingen=_PLAFONDS
)
_OVERDRACHT: Final = st.builds(
    Overdrachtsafspraak,
    artikel=ARTIKEL,
    gemeenten=some(["Almere", "Urk"], min_size=0),
    doelgroepen=some(Doelgroep),
    zwaarten=some(Zwaarte),
    momenten=some(Overdrachtsmoment),
    hulp_betrokken=st.sampled_from([None, True, False]),
    ontvangers=st.none() | GROEPEN,
    via=st.none() | st.just("de toegang"),
    wijze=st.sampled_from(Overdrachtswijze),
    wijze_toelichting=TEKST,
    termijn=st.just("overdracht"),
    ontvangstbevestiging=st.just("ontvangst"),
    gedeeld=some(Overdrachtsgegeven),
    niet_gedeeld=some(Overdrachtsgegeven),
    advies=TEKST,
    terugmelding=TEKST,
    monitoring=st.none() | st.just("volgen"),
    informeert=st.sampled_from(Informeerder),
    zicht_op_veiligheid=TEKST,
    grondslag=st.sampled_from(GRONDSLAGEN),
    toelichting=TEKST,
)


def afspraken() -> st.SearchStrategy[Afspraken]:
    """Everything that is agreed beside who may be told what; each section may be empty."""
    return st.builds(
        Afspraken,
        opvolging=st.none()
        | st.builds(Opvolging, versie=st.just(1), hash=HASHES, lopende_signalen=st.sampled_from(LopendeSignalen)),
        toetreding=few(_TOEGETREDEN),
        informeren=st.none() | _INFORMEREN,
        archivering=st.none() | st.builds(Archivering, artikel=ARTIKEL, maanden=st.integers(1, 240), toelichting=TEKST),
        vrije_dagen=st.frozensets(st.dates(VAN, TOT), max_size=2),
        termijnen=few(_TERMIJNEN),
        monitoring=few(_MONITORING, max_size=1),
        escalatie=few(_TREDEN),
        plafonds=few(_PLAFONDREGELS),
        berichten=berichtregels(),
        overdracht=few(_OVERDRACHT, max_size=1),
    )
