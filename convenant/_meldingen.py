"""From what pydantic found to what a writer of convenanten can act on, in Dutch and without the value."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from convenant import _basis, _sleuteldienst
from convenant._afspraken import HASH_PATTERN
from convenant._sleutels import PRIVATE_MEMBERS
from convenant._yaml import pad_of
from convenant.document import ConvenantDocument
from convenant.errors import Bevinding
from convenant.types import OIN_PATTERN

_FORMS: Final[Mapping[str, str]] = {
    OIN_PATTERN: "Dit is geen OIN: 20 tekens, als tekst tussen aanhalingstekens, eindigend op 000.",
    _basis.ID_PATTERN: "Gebruik 3 tot 40 kleine letters, cijfers en streepjes.",
    _basis.CODE_PATTERN: "Gebruik 2 tot 40 kleine letters, cijfers en streepjes; begin met een letter.",
    _basis.ARTIKEL_PATTERN: "Schrijf een artikelnummer, zoals 4.1.",
    _basis.TELEFOON_PATTERN: "Schrijf een telefoonnummer met cijfers, spaties en streepjes.",
    _basis.EMAIL_PATTERN: "Schrijf een e-mailadres, zoals meldpunt@example.nl.",
    HASH_PATTERN: "Dit is geen hash. Neem over wat 'koppelradar convenant verifieer' van die versie toont.",
    _basis.LINE_PATTERN: "Schrijf gewone tekst op één regel.",
    _basis.TEXT_PATTERN: "Schrijf gewone tekst, zonder besturingstekens.",
    _sleuteldienst.PUNT_PATTERN: "Dit is geen publieke sleutel: 32 bytes in base64url, 43 tekens.",
    _sleuteldienst.URL_PATTERN: "Schrijf een adres als https://naam.example.nl, zonder pad en zonder schuine streep.",
}
_KINDS: Final[Mapping[str, str]] = {
    "missing": "Dit veld ontbreekt.",
    "string_type": "Hier hoort tekst te staan. Zet de waarde tussen aanhalingstekens.",
    "int_type": "Hier hoort een geheel getal te staan, zonder aanhalingstekens.",
    "bool_type": "Hier hoort true of false te staan.",
    "tuple_type": "Hier hoort een lijst te staan.",
    "model_type": "Hier horen velden te staan.",
    "model_attributes_type": "Hier horen velden te staan.",
    "enum": "Deze waarde bestaat niet. Kies uit: {expected}.",
    "literal_error": "Deze waarde bestaat niet. Kies uit: {expected}.",
    "string_too_long": "Deze tekst is te lang: ten hoogste {max_length} tekens.",
    "too_short": "Deze lijst is te kort: ten minste {min_length}.",
    "too_long": "Deze lijst is te lang: ten hoogste {max_length}.",
    "greater_than_equal": "Dit getal is te klein: ten minste {ge}.",
    "less_than_equal": "Dit getal is te groot: ten hoogste {le}.",
    "union_tag_invalid": "Deze waarde bestaat niet. Kies uit: {expected_tags}.",
    "union_tag_not_found": "Het veld kty ontbreekt: schrijf 'OKP' of 'RSA'.",
}
# Our own validators speak Dutch already.
_OWN_KINDS: Final = frozenset({"budget", "groep", "jwk", "overdracht", "richting"})
_SCHEMAVERSIE: Final = "schemaversie"
_OTHER_SCHEMAVERSIE: Final = (
    "Deze versie van Koppelradar leest schemaversie 1. Werk Koppelradar bij als het convenant nieuwer is; schrijf "
    "anders 'schemaversie: 1', zonder aanhalingstekens."
)
_FILL_IN: Final = ("VUL IN", "VUL-IN")
_PLACEHOLDER: Final = "Hier staat nog VUL IN. Vraag de waarde op en zet haar hier neer."
_NO_SUCH_FIELD: Final = "Dit veld bestaat niet. Haal het weg."
_DATE: Final = "Schrijf de datum als jjjj-mm-dd, bijvoorbeeld 2026-01-31."
_WRONG_FORM: Final = "Deze waarde heeft niet de juiste vorm."
PRIVATE_KEY: Final = (
    "Dit is een deel van een PRIVÉSLEUTEL. Haal het direct weg, zet hier alleen de publieke sleutel neer, "
    "en vervang het sleutelpaar: het is niet meer geheim."
)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the document classes inside an annotation such as `tuple[X, ...]` or `X | Y`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)


def _fields_at(ouder: tuple[str | int, ...]) -> set[str]:
    """Return the names of the fields that may stand at that place of the document."""
    models: list[type[BaseModel]] = [ConvenantDocument]
    for naam in (deel for deel in ouder if isinstance(deel, str)):
        fields = [field for model in models for field in model.model_fields.values() if field.alias == naam]
        models = [model for field in fields for model in _models(field.annotation)]
    return {str(field.alias) for model in models for field in model.model_fields.values()}


def _unknown_field(pad: tuple[str | int, ...]) -> str:
    naam = str(pad[-1])
    if "sleutels" in pad and naam in PRIVATE_MEMBERS:
        return PRIVATE_KEY
    bekend = _fields_at(pad[:-1])
    lijken = get_close_matches(naam, sorted(bekend), n=1)
    return f"Dit veld bestaat niet. Bedoelt u '{lijken[0]}'?" if lijken else _NO_SUCH_FIELD


def _in_dutch(fout: ErrorDetails, pad: tuple[str | int, ...]) -> str:
    kind, context = fout["type"], fout.get("ctx", {})
    if kind in _OWN_KINDS:
        return fout["msg"]
    if kind == "extra_forbidden":
        return _unknown_field(pad)
    if pad == (_SCHEMAVERSIE,) and kind != "missing":
        return _OTHER_SCHEMAVERSIE
    if kind == "string_pattern_mismatch":
        return _FORMS.get(context["pattern"], _WRONG_FORM)
    if kind.startswith("date"):
        return _DATE
    expected = str(context.get("expected", "")).replace(" or ", " of ")
    return _KINDS.get(kind, _WRONG_FORM).format(**{**context, "expected": expected})


def _path_in(document: Any, fout: ErrorDetails) -> tuple[tuple[str | int, ...], Any]:
    """Return the place in the document and what stands there.

    The place leaves out the names of union members, which pydantic puts in between.
    """
    pad: list[str | int] = []
    for deel in fout["loc"]:
        if isinstance(document, dict) and deel in document:
            document = document[str(deel)]
        elif isinstance(document, list) and isinstance(deel, int) and deel < len(document):
            document = document[deel]
        elif fout["type"] != "missing" or deel != fout["loc"][-1]:
            continue
        pad.append(deel)
    return tuple(pad), document


def _is_echo(fout: ErrorDetails, value: Any) -> bool:
    """Return whether the error only follows from another one.

    Pydantic calls a list too short whose items were refused, and says of each optional field that it is not None.
    """
    if fout["type"] == "none_required":
        return True
    return fout["type"] == "too_short" and len(value) >= fout["ctx"]["min_length"]


def _is_placeholder(value: Any) -> bool:
    """Return whether the writer still has to fill this in; `convenant.nieuw` marks it so."""
    return isinstance(value, str) and value.startswith(_FILL_IN)


def findings(fout: ValidationError, document: dict[str, Any]) -> tuple[Bevinding, ...]:
    """Return one finding per error, with its path in `document` and without a line; no value is quoted.

    For a document of another schemaversie that is the only finding.
    """
    errors = fout.errors(include_url=False, include_input=False)
    placed = [(error, *_path_in(document, error)) for error in errors]
    found = tuple(
        Bevinding(pad_of(*pad), None, _PLACEHOLDER if _is_placeholder(value) else _in_dutch(error, pad))
        for error, pad, value in placed
        if not _is_echo(error, value)
    )
    # Fields that another version of the schema has are no mistakes of the writer.
    return tuple(b for b in found if b.melding == _OTHER_SCHEMAVERSIE) or found
