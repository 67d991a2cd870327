"""Random convenanten with all their sections, and questions about them: small worlds, in which rules often meet.

They are models, built without the loader, so that nothing stands between a policy and what it must refuse: a grondslag
that does not exist, a rule without fields, a group of nobody.
"""

from datetime import date, timedelta
from typing import Final

from hypothesis import strategies as st

from convenant.beleid import Vraag
from convenant.model import (
    Afspraken,
    Alarm,
    Budget,
    Budgetregel,
    Convenant,
    Deelregel,
    Eenrichting,
    EpochePeriode,
    Epochesleutels,
    Grondslag,
    Matcher,
    PubliekeSleutel,
    Richting,
    Signaalsoort,
    Sleutelbewaarder,
    Sleutelhouder,
    Wederkerig,
)
from convenant.profielen import NL_1
from convenant.types import (
    ConvenantId,
    Epoche,
    Fase,
    Gebeurtenis,
    Informatieplicht,
    Modus,
    Niveau,
    Oin,
    Omgeving,
    Veld,
)
from tests.convenant.strategie_afspraken import afspraken, berichtregels
from tests.convenant.strategie_basis import (
    ARTIKEL,
    GROEPEN,
    GRONDSLAGEN,
    HASHES,
    OINS,
    SOORTEN,
    STRANGER,
    TEKST,
    TOT,
    UNKNOWN_GRONDSLAG,
    UNKNOWN_SOORT,
    VAN,
    few,
    mostly,
    partijen,
    partijgroepen,
    some,
)

__all__ = [
    "GRONDSLAGEN",
    "OINS",
    "SOORTEN",
    "STRANGER",
    "UNKNOWN_GRONDSLAG",
    "UNKNOWN_SOORT",
    "afspraken",
    "any_vragen",
    "berichtregels",
    "convenanten",
    "deelregels",
    "gevallen",
    "partijen",
    "partijgroepen",
    "richtingen",
    "vragen",
    "wederkerig",
]


def _grondslag(code: str) -> st.SearchStrategy[Grondslag]:
    return st.builds(
        Grondslag,
        code=st.just(code),
        wet=st.just("Een wet"),
        artikel=ARTIKEL,
        omschrijving=TEKST,
        signaalsoorten=mostly([*SOORTEN, UNKNOWN_SOORT]),
        ontvangers=GROEPEN,
    )


def _soort(code: str) -> st.SearchStrategy[Signaalsoort]:
    return st.builds(
        Signaalsoort,
        code=st.just(code),
        omschrijving=TEKST,
        leeftijd_tot=st.none() | st.integers(12, 23),
        bewaartermijn_maanden=st.integers(1, 24),
        betrokkenen_geinformeerd=st.sampled_from(Informatieplicht),
        indieners=GROEPEN,
    )


def richtingen() -> st.SearchStrategy[Richting]:
    """Both kinds of direction."""
    eenrichting = st.builds(Eenrichting, ontvanger=GROEPEN, over=GROEPEN, zonder_eigen_signaal=st.booleans())
    return wederkerig() | wederkerig() | eenrichting


def wederkerig() -> st.SearchStrategy[Wederkerig]:
    """Reciprocal directions."""
    return st.builds(Wederkerig, tussen=st.tuples(GROEPEN, GROEPEN))


_FASEN: Final = st.sampled_from([frozenset[Fase]()] * 3 + [frozenset({Fase.HERSTEL}), frozenset(list(Fase)[1:])])


def deelregels(
    richting: st.SearchStrategy[Richting] | None = None, *, min_size: int = 2, max_size: int = 6
) -> st.SearchStrategy[tuple[Deelregel, ...]]:
    """Rules with an article each; most are for a match, on a grondslag that may exist."""
    regel = st.builds(
        Deelregel,
        artikel=ARTIKEL,
        gebeurtenissen=mostly(Gebeurtenis),
        niveaus=mostly(Niveau),
        richting=richtingen() if richting is None else richting,
        signaalsoorten=mostly([*SOORTEN, UNKNOWN_SOORT]),
        velden=some(Veld) | some(Veld) | some(Veld, min_size=0),
        grondslag=st.sampled_from([*GRONDSLAGEN, *GRONDSLAGEN, *GRONDSLAGEN, UNKNOWN_GRONDSLAG]),
        toelichting=TEKST,
        fasen=_FASEN,
    )
    return st.lists(regel, min_size=min_size, max_size=max_size, unique_by=lambda gemaakt: gemaakt.artikel).map(tuple)


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
        naam=TEKST,
        regio=st.just("Nergens"),
        doel=TEKST,
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
        hash=HASHES,
        sleutelhouders=_SLEUTELHOUDERS,
        sleutelbewaarder=st.sampled_from([None, _BEWAARDER]),
        budgetten=few(
            st.builds(
                Budgetregel,
                partijen=GROEPEN,
                budget=st.builds(
                    Budget, per_minuut=st.integers(0, 9), per_dag=st.integers(0, 99), per_maand=st.integers(0, 999)
                ),
            )
        ),
        alarm=st.sampled_from([None, Alarm(factor=4, vrij=100)]),
        afspraken=afspraken() if andere is None else andere,
    )


_EIGEN: Final = some([*SOORTEN, UNKNOWN_SOORT], min_size=0, max_size=4)


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
