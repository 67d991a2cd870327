"""Random convenanten with all their sections, and questions about them: small worlds, in which rules often meet.

They are models, built without the loader, so that nothing stands between a policy and what it must refuse: a grondslag
that does not exist, a rule without fields, a group of nobody.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations
from typing import Any, Final

from hypothesis import strategies as st

from convenant.beleid import Vraag
from convenant.model import (
    Afspraken,
    Alarm,
    Archivering,
    Berichtregel,
    Budget,
    Budgetregel,
    Contact,
    Convenant,
    Deelregel,
    Eenrichting,
    EpochePeriode,
    Epochesleutels,
    Escalatietrede,
    Grondslag,
    Informeertrap,
    Informeren,
    Matcher,
    Monitoring,
    Opvolging,
    Overdrachtsafspraak,
    Partij,
    Partijgroep,
    Plafond,
    Plafondregel,
    PubliekeSleutel,
    Richting,
    Signaalsoort,
    Sleutelbewaarder,
    Sleutelhouder,
    Termijn,
    Toetreding,
    Uitzonderingsgrond,
    Wederkerig,
)
from convenant.profielen import NL_1
from convenant.types import (
    Betrokkene,
    ConvenantId,
    Doelgroep,
    Eenheid,
    Epoche,
    Fase,
    Gebeurtenis,
    Informatieplicht,
    Informeerder,
    LopendeSignalen,
    Modus,
    Niveau,
    Oin,
    Omgeving,
    Overdrachtsgegeven,
    Overdrachtsmoment,
    Overdrachtswijze,
    Rol,
    Sector,
    Veld,
    Zwaarte,
)

OINS: Final = tuple(Oin(f"00000099{nummer:09}000") for nummer in range(1, 6))
STRANGER: Final = Oin("00000099999999999000")
SOORTEN: Final = ("zorg", "geweld", "verzuim")
UNKNOWN_SOORT: Final = "onbekend"
GRONDSLAGEN: Final = ("jeugdwet", "wmo", "meldcode")
UNKNOWN_GRONDSLAG: Final = "bestaat-niet"
VAN: Final = date(2026, 1, 1)
TOT: Final = date(2027, 12, 31)

_SECTOREN: Final = (Sector.VEILIG_THUIS, Sector.ONDERWIJS, Sector.JEUGDHULP)
_ROLLEN: Final = (Rol.SIGNALEERDER, Rol.RADAR, Rol.REGISSEUR)
_ARTIKELEN: Final = tuple(f"{hoofd}.{lid}" for hoofd in range(1, 5) for lid in range(1, 12))
_TEKST: Final = st.sampled_from(["Daarom.", "Zij stemmen hun hulp af."])
_ARTIKEL: Final = st.sampled_from(_ARTIKELEN)
_HASHES: Final = st.integers(0, 2**256 - 1).map(lambda waarde: f"sha256:{waarde:064x}")


def _some(values: Iterable[Any], *, min_size: int = 1, max_size: int = 3) -> st.SearchStrategy[frozenset[Any]]:
    # One draw from all subsets is many times faster than drawing member by member.
    members = list(values)
    sizes = range(min_size, min(max_size, len(members)) + 1)
    return st.sampled_from([frozenset(chosen) for size in sizes for chosen in combinations(members, size)])


def _mostly(values: Iterable[Any]) -> st.SearchStrategy[frozenset[Any]]:
    # All of them in half of the cases: rules that ask little meet questions often.
    members = list(values)
    subsets = [frozenset(chosen) for size in range(1, len(members)) for chosen in combinations(members, size)]
    return st.sampled_from([*[frozenset(members)] * len(subsets), *subsets])


def _few(elements: st.SearchStrategy[Any], *, max_size: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(elements, max_size=max_size).map(tuple)


_EVERYBODY: Final = Partijgroep(alle=True)
_CHOICES: Final = (
    *(Partijgroep(sectoren=frozenset({sector})) for sector in _SECTOREN),
    Partijgroep(sectoren=frozenset(_SECTOREN[1:])),
    *(Partijgroep(rollen=frozenset({rol})) for rol in _ROLLEN),
    *(Partijgroep(oins=frozenset({oin})) for oin in OINS),
    Partijgroep(oins=frozenset(OINS[:3])),
    Partijgroep(oins=frozenset(OINS[2:]), rollen=frozenset({Rol.RADAR})),
    Partijgroep(alle=True, sectoren=frozenset(_SECTOREN[:1])),
    Partijgroep(),
)
_GROEPEN: Final = st.sampled_from([*[_EVERYBODY] * 2 * len(_CHOICES), *_CHOICES])


def partijgroepen() -> st.SearchStrategy[Partijgroep]:
    """Groups by every criterion, most of them of everybody, one of nobody."""
    return _GROEPEN


def _partij(oin: Oin) -> st.SearchStrategy[Partij]:
    nummer = OINS.index(oin) + 1
    return st.builds(
        Partij,
        oin=st.just(oin),
        naam=st.just(f"Stichting Nummer {nummer}"),
        sector=st.sampled_from(_SECTOREN),
        rollen=_some(_ROLLEN),
        gemeenten=st.sampled_from([(), ("Almere",), ("Urk", "Zeewolde")]),
        omvang=st.integers(1, 100_000),
        sleutels=st.just((PubliekeSleutel(kid=f"partij-{nummer}", kty="OKP", crv="Ed25519", x=f"{nummer}" * 43),)),
        functies=st.just(("aandachtsfunctionaris",)),
        contact=st.just(Contact(afdeling="Balie", telefoon="000-0000000", email=f"p{nummer}@example.nl")),
        vereist=st.booleans(),
    )


_PARTIJEN: Final = {oin: _partij(oin) for oin in OINS}
_DEELNEMERS: Final = _some(OINS, min_size=2, max_size=len(OINS))


@st.composite
def partijen(draw: st.DrawFn) -> tuple[Partij, ...]:
    """Two parties or more, with an OIN each."""
    return tuple(draw(_PARTIJEN[oin]) for oin in sorted(draw(_DEELNEMERS)))


def _grondslag(code: str) -> st.SearchStrategy[Grondslag]:
    return st.builds(
        Grondslag,
        code=st.just(code),
        wet=st.just("Een wet"),
        artikel=_ARTIKEL,
        omschrijving=_TEKST,
        signaalsoorten=_mostly([*SOORTEN, UNKNOWN_SOORT]),
        ontvangers=_GROEPEN,
    )


def _soort(code: str) -> st.SearchStrategy[Signaalsoort]:
    return st.builds(
        Signaalsoort,
        code=st.just(code),
        omschrijving=_TEKST,
        leeftijd_tot=st.none() | st.integers(12, 23),
        bewaartermijn_maanden=st.integers(1, 24),
        betrokkenen_geinformeerd=st.sampled_from(Informatieplicht),
        indieners=_GROEPEN,
    )


def richtingen() -> st.SearchStrategy[Richting]:
    """Both kinds of direction."""
    eenrichting = st.builds(Eenrichting, ontvanger=_GROEPEN, over=_GROEPEN, zonder_eigen_signaal=st.booleans())
    return wederkerig() | wederkerig() | eenrichting


def wederkerig() -> st.SearchStrategy[Wederkerig]:
    """Reciprocal directions."""
    return st.builds(Wederkerig, tussen=st.tuples(_GROEPEN, _GROEPEN))


_FASEN: Final = st.sampled_from([frozenset[Fase]()] * 3 + [frozenset({Fase.HERSTEL}), frozenset(list(Fase)[1:])])


def deelregels(
    richting: st.SearchStrategy[Richting] | None = None, *, min_size: int = 2, max_size: int = 6
) -> st.SearchStrategy[tuple[Deelregel, ...]]:
    """Rules with an article each; most are for a match, on a grondslag that may exist."""
    regel = st.builds(
        Deelregel,
        artikel=_ARTIKEL,
        gebeurtenissen=_mostly(Gebeurtenis),
        niveaus=_mostly(Niveau),
        richting=richtingen() if richting is None else richting,
        signaalsoorten=_mostly([*SOORTEN, UNKNOWN_SOORT]),
        velden=_some(Veld) | _some(Veld) | _some(Veld, min_size=0),
        grondslag=st.sampled_from([*GRONDSLAGEN, *GRONDSLAGEN, *GRONDSLAGEN, UNKNOWN_GRONDSLAG]),
        toelichting=_TEKST,
        fasen=_FASEN,
    )
    return st.lists(regel, min_size=min_size, max_size=max_size, unique_by=lambda gemaakt: gemaakt.artikel).map(tuple)


def berichtregels() -> st.SearchStrategy[tuple[Berichtregel, ...]]:
    """Rules on what goes into a notification."""
    regel = st.builds(
        Berichtregel, ontvangers=_GROEPEN, gebeurtenissen=_some(Gebeurtenis), velden=_some(Veld, min_size=0)
    )
    return _few(regel, max_size=3)


_PLAFONDS: Final = st.builds(Plafond, per_duizend=st.integers(0, 1000), minstens=st.integers(0, 1000))
_TOEGETREDEN: Final = st.builds(
    Toetreding, artikel=_ARTIKEL, sectoren=_some(_SECTOREN), rollen=_some(Rol), toelichting=_TEKST
)
_INFORMEREN: Final = st.builds(
    Informeren,
    artikel=_ARTIKEL,
    trappen=_some(Betrokkene).map(lambda wie: tuple(Informeertrap(vanaf=jaar, wie=wie) for jaar in (0, 12, 16))),
    uitzonderingen=st.just((Uitzonderingsgrond(code="onveilig", omschrijving="Het is niet veilig."),)),
)
_TERMIJNEN: Final = st.builds(
    Termijn,
    code=st.sampled_from(["ontvangst", "overdracht"]),
    artikel=_ARTIKEL,
    aantal=st.integers(1, 30),
    eenheid=st.sampled_from(Eenheid),
    omschrijving=_TEKST,
)
_MONITORING: Final = st.builds(
    Monitoring,
    code=st.just("volgen"),
    artikel=_ARTIKEL,
    momenten_maanden=st.just((3, 12)),
    door=_GROEPEN,
    toelichting=_TEKST,
)
_TREDEN: Final = st.builds(
    Escalatietrede,
    artikel=_ARTIKEL,
    na_werkdagen=st.integers(1, 20),
    partijen=_GROEPEN,
    functie=st.just("bestuurder"),
    toelichting=_TEKST,
)
_PLAFONDREGELS: Final = st.builds(
    Plafondregel, partijen=_GROEPEN, signalen=_PLAFONDS, mogelijke_matches=_PLAFONDS, bevragingen=_PLAFONDS
)
_OVERDRACHT: Final = st.builds(
    Overdrachtsafspraak,
    artikel=_ARTIKEL,
    gemeenten=_some(["Almere", "Urk"], min_size=0),
    doelgroepen=_some(Doelgroep),
    zwaarten=_some(Zwaarte),
    momenten=_some(Overdrachtsmoment),
    hulp_betrokken=st.sampled_from([None, True, False]),
    ontvangers=st.none() | _GROEPEN,
    via=st.none() | st.just("de toegang"),
    wijze=st.sampled_from(Overdrachtswijze),
    wijze_toelichting=_TEKST,
    termijn=st.just("overdracht"),
    ontvangstbevestiging=st.just("ontvangst"),
    gedeeld=_some(Overdrachtsgegeven),
    niet_gedeeld=_some(Overdrachtsgegeven),
    advies=_TEKST,
    terugmelding=_TEKST,
    monitoring=st.none() | st.just("volgen"),
    informeert=st.sampled_from(Informeerder),
    zicht_op_veiligheid=_TEKST,
    grondslag=st.sampled_from(GRONDSLAGEN),
    toelichting=_TEKST,
)


def afspraken() -> st.SearchStrategy[Afspraken]:
    """Everything that is agreed beside who may be told what; each section may be empty."""
    return st.builds(
        Afspraken,
        opvolging=st.none()
        | st.builds(Opvolging, versie=st.just(1), hash=_HASHES, lopende_signalen=st.sampled_from(LopendeSignalen)),
        toetreding=_few(_TOEGETREDEN),
        informeren=st.none() | _INFORMEREN,
        archivering=st.none()
        | st.builds(Archivering, artikel=_ARTIKEL, maanden=st.integers(1, 240), toelichting=_TEKST),
        vrije_dagen=st.frozensets(st.dates(VAN, TOT), max_size=2),
        termijnen=_few(_TERMIJNEN),
        monitoring=_few(_MONITORING, max_size=1),
        escalatie=_few(_TREDEN),
        plafonds=_few(_PLAFONDREGELS),
        berichten=berichtregels(),
        overdracht=_few(_OVERDRACHT, max_size=1),
    )


def _sleutelhouder(oin: Oin) -> Sleutelhouder:
    punten = tuple((slot.code, bytes([nummer] * 32)) for nummer, slot in enumerate(NL_1.slots, start=1))
    sleutels = (Epochesleutels(epoche=Epoche(1), punten=punten),)
    return Sleutelhouder(oin=oin, naam="Sleutelhouder", url="https://sleutelhouder.example.nl", sleutels=sleutels)


_SLEUTELHOUDERS: Final = st.sampled_from([(), (_sleutelhouder(Oin("00000099000000090000")),)])
_BEWAARDER: Final = Sleutelbewaarder(
    naam="Notaris", sleutels=(PubliekeSleutel(kid="bewaarder-1", kty="OKP", crv="Ed25519", x="b" * 43),)
)
_EPOCHEN: Final = (
    EpochePeriode(nummer=Epoche(1), van=VAN, tot=date(2026, 12, 31)),
    EpochePeriode(nummer=Epoche(2), van=date(2026, 12, 1), tot=TOT),
)


def convenanten(
    *,
    regels: st.SearchStrategy[tuple[Deelregel, ...]] | None = None,
    andere: st.SearchStrategy[Afspraken] | None = None,
) -> st.SearchStrategy[Convenant]:
    """Convenanten with every section; `regels` are its deelregels, `andere` all that is agreed beside those."""
    return st.builds(
        Convenant,
        id=st.just(ConvenantId("test-2026")),
        versie=st.integers(1, 9),
        naam=_TEKST,
        regio=st.just("Nergens"),
        doel=_TEKST,
        omgeving=st.just(Omgeving.PROEF),
        modus=st.sampled_from(Modus),
        profiel=st.just(NL_1.naam),
        geldig_van=st.just(VAN),
        geldig_tot=st.just(TOT),
        convenanthouder=st.sampled_from(OINS),
        matcher=st.just(Matcher(beheerder=Oin("00000099000000080000"), naam="Beheerder")),
        grondslagen=st.tuples(*map(_grondslag, GRONDSLAGEN)),
        epochen=st.just(_EPOCHEN),
        partijen=partijen(),
        signaalsoorten=st.tuples(*map(_soort, SOORTEN)),
        deelregels=deelregels() if regels is None else regels,
        hash=_HASHES,
        sleutelhouders=_SLEUTELHOUDERS,
        sleutelbewaarder=st.sampled_from([None, _BEWAARDER]),
        budgetten=_few(
            st.builds(
                Budgetregel,
                partijen=_GROEPEN,
                budget=st.builds(
                    Budget, per_minuut=st.integers(0, 9), per_dag=st.integers(0, 99), per_maand=st.integers(0, 999)
                ),
            )
        ),
        alarm=st.sampled_from([None, Alarm(factor=4, vrij=100)]),
        afspraken=afspraken() if andere is None else andere,
    )


_EIGEN: Final = _some([*SOORTEN, UNKNOWN_SOORT], min_size=0, max_size=4)


_GEBEURTENIS: Final = st.sampled_from(Gebeurtenis)
_NIVEAU: Final = st.sampled_from(Niveau)
_FASE: Final = st.sampled_from([None, *Fase])
_SOORT: Final = st.sampled_from(SOORTEN)
_DAG: Final = st.dates(VAN, TOT)


@st.composite
def vragen(draw: st.DrawFn, convenant: Convenant) -> Vraag:
    """Questions about two parties of the convenant on a day on which it is in force: what rules decide about."""
    first = draw(st.integers(0, len(convenant.partijen) - 1))
    second = draw(st.integers(0, len(convenant.partijen) - 2))
    return Vraag(
        gebeurtenis=draw(_GEBEURTENIS),
        niveau=draw(_NIVEAU),
        ontvanger=convenant.partijen[first].oin,
        over=convenant.partijen[second + (second >= first)].oin,
        signaalsoort=draw(_SOORT),
        eigen_signaalsoorten=draw(_EIGEN),
        op=draw(_DAG),
        fase=draw(_FASE),
    )


def any_vragen() -> st.SearchStrategy[Vraag]:
    """Questions of which nothing needs to fit: strangers, one party twice, unknown kinds, days outside the period."""
    return st.builds(
        Vraag,
        gebeurtenis=_GEBEURTENIS,
        niveau=_NIVEAU,
        ontvanger=st.sampled_from([*OINS, STRANGER]),
        over=st.sampled_from([*OINS, STRANGER]),
        signaalsoort=st.sampled_from([*SOORTEN, UNKNOWN_SOORT]),
        eigen_signaalsoorten=_EIGEN,
        op=st.dates(VAN - timedelta(days=5), VAN + timedelta(days=5)) | st.dates(TOT, TOT + timedelta(days=5)),
        fase=_FASE,
    )


_CONVENANTEN: Final = convenanten()


@st.composite
def gevallen(draw: st.DrawFn, convenant: st.SearchStrategy[Convenant] | None = None) -> tuple[Convenant, Vraag]:
    """A convenant with a question about it."""
    made = draw(_CONVENANTEN if convenant is None else convenant)
    return made, draw(vragen(made))
