"""From the kinds of error to a copy that carries them."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Final

from client_sdk.canoniek import canoniseer
from client_sdk.errors import OngeldigPersoon
from client_sdk.persoon import Persoon
from koppelradar.bench.bevolking.fouten import velden
from koppelradar.bench.bevolking.fouten.soorten import GEWICHTEN, TWEEDE_FOUT, Foutsoort
from koppelradar.bench.bevolking.kans import Kans, Tabel
from koppelradar.bench.bevolking.model import PEILDATUM, Inwoner

Fout = Callable[[Kans, Persoon, Inwoner], Persoon | None]

_FOUTEN: Final[Mapping[Foutsoort, Fout]] = {
    Foutsoort.TYPEFOUT: velden.typefout,
    Foutsoort.OCR: velden.ocr,
    Foutsoort.FONETISCH: velden.fonetisch,
    Foutsoort.VOORVOEGSEL: velden.voorvoegsel,
    Foutsoort.VERWISSELD: velden.verwisseld,
    Foutsoort.ROEPNAAM: velden.roepnaam,
    Foutsoort.INITIALEN: velden.initialen,
    Foutsoort.DUBBELE_NAAM_HALF: velden.dubbele_naam_half,
    Foutsoort.GETROUWDE_NAAM: velden.getrouwde_naam,
    Foutsoort.DAG_MAAND: velden.dag_maand,
    Foutsoort.DATUMCIJFER: velden.datumcijfer,
    Foutsoort.VOORNAAM_ONTBREEKT: velden.voornaam_ontbreekt,
    Foutsoort.VOORNAMEN_INGEKORT: velden.voornamen_ingekort,
    Foutsoort.TRANSLITERATIE: velden.transliteratie,
    Foutsoort.STANDAARDDATUM: velden.vervangende_datum,
}
_SOORTEN: Final = Tabel(GEWICHTEN.items())


def make_fout(kans: Kans, soort: Foutsoort, persoon: Persoon, inwoner: Inwoner) -> Persoon | None:
    """Return `persoon` with one error of this kind; None when it cannot happen, or not in this throw.

    What comes back differs from `persoon` and from the inwoner as registered, and `canoniseer` accepts it.
    """
    getypt = _FOUTEN[soort](kans, persoon, inwoner)
    if getypt is None or getypt in (persoon, inwoner.persoon) or not _is_acceptable(getypt):
        return None
    return getypt


def draw_fouten(kans: Kans, inwoner: Inwoner) -> tuple[Persoon, tuple[Foutsoort, ...]]:
    """Return the inwoner as mistyped, with the one or two kinds of error in the order they were made."""
    persoon, eerste = _draw(kans, inwoner.persoon, inwoner)
    if not kans.happens(TWEEDE_FOUT):
        return persoon, (eerste,)
    persoon, tweede = _draw(kans, persoon, inwoner, na=eerste)
    return persoon, (eerste, tweede)


def _draw(kans: Kans, persoon: Persoon, inwoner: Inwoner, *, na: Foutsoort | None = None) -> tuple[Persoon, Foutsoort]:
    """Return an error of another kind than `na`, in fields that are still right: it cannot undo the first."""
    fout = _changed(inwoner.persoon, persoon)
    # Ends: voornaam_ontbreekt can always happen to a name that is untouched, datumcijfer to such a date.
    while True:
        soort = kans.draw(_SOORTEN)
        getypt = None if soort is na else make_fout(kans, soort, persoon, inwoner)
        if getypt is not None and not fout & _changed(persoon, getypt):
            return getypt, soort


def _changed(voor: Persoon, na: Persoon) -> frozenset[str]:
    return frozenset(veld.name for veld in fields(Persoon) if getattr(voor, veld.name) != getattr(na, veld.name))


def _is_acceptable(persoon: Persoon) -> bool:
    try:
        canoniseer(persoon, vandaag=PEILDATUM)
    except OngeldigPersoon:
        return False
    return True
