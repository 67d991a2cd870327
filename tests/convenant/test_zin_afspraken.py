"""Agreements beside the deelregels that cannot be kept."""

import pytest

from tests.convenant.conftest import Change, document_with_afspraken, drop, findings, put

DOCUMENT = document_with_afspraken()


def test_agreements_on_every_subject_can_be_right() -> None:
    assert findings(DOCUMENT) == {}


@pytest.mark.parametrize(
    ("change", "pad", "part"),
    [
        (drop("opvolging"), "opvolging", "Voeg 'opvolging' toe"),
        (put("versie", value=1), "opvolging", "Versie 1 volgt niets op"),
        (put("versie", value=3), "opvolging.versie", "één lager"),
        (put("opvolging", "versie", value=2), "opvolging.versie", "één lager"),
        (put("termijnen", 1, "code", value="overdracht"), "termijnen.1.code", "eerdere termijn"),
        (put("informeren", "trappen", 0, "vanaf", value=1), "informeren.trappen.0.vanaf", "0 jaar"),
        (put("informeren", "trappen", 1, "vanaf", value=0), "informeren.trappen.1.vanaf", "hogere leeftijd"),
        (put("monitoring", 0, "momentenMaanden", value=[3, 3]), "monitoring.0.momentenMaanden", "oplopende"),
        (put("monitoring", 0, "momentenMaanden", value=[6, 3]), "monitoring.0.momentenMaanden", "oplopende"),
        (put("monitoring", 0, "momentenMaanden", value=[25]), "monitoring.0.momentenMaanden.0", "bewaard"),
        (put("monitoring", 0, "door", value={"sectoren": ["justitie"]}), "monitoring.0.door", "niemand"),
        (put("escalatie", 1, "naWerkdagen", value=0), "escalatie.1.naWerkdagen", "later"),
        (put("escalatie", 0, "naWerkdagen", value=6), "escalatie.1.naWerkdagen", "later"),
        (put("escalatie", 1, "partijen", value={"sectoren": ["justitie"]}), "escalatie.1.partijen", "niemand"),
        (put("escalatie", 1, "partijen", value={"rollen": ["radar"]}), "escalatie.1.functie", "'functies'"),
        (put("escalatie", 0, "functie", value="directeur"), "escalatie.0.functie", "'functies'"),
        (put("escalatie", 0, "partijen", value={"oins": ["00000099000000077000"]}), "escalatie.0.partijen.oins", "OIN"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_finds_what_cannot_be_kept(change: Change, pad: str, part: str) -> None:
    found = findings(DOCUMENT, change)
    assert part in found[pad]
    assert set(found) <= {pad, pad.removesuffix(".oins"), "overdracht.0.ontvangstbevestiging"}


def test_codes_are_not_given_twice() -> None:
    monitoring, grond = DOCUMENT["monitoring"][0], DOCUMENT["informeren"]["uitzonderingen"][0]
    twice = put("monitoring", value=[monitoring] * 2), put("informeren", "uitzonderingen", value=[grond] * 2)
    assert list(findings(DOCUMENT, *twice)) == ["monitoring.1.code", "informeren.uitzonderingen.1.code"]


def test_the_first_look_may_be_in_the_last_month_of_a_signal() -> None:
    assert findings(DOCUMENT, put("monitoring", 0, "momentenMaanden", value=[24, 60])) == {}


def test_a_functie_may_be_written_in_any_case() -> None:
    assert findings(DOCUMENT, put("escalatie", 0, "functie", value="Teamleider")) == {}


def test_version_one_follows_on_nothing() -> None:
    assert findings(DOCUMENT, put("versie", value=1), drop("opvolging")) == {}


def test_production_says_who_is_informed_where_that_is_a_duty() -> None:
    production, nobody = put("omgeving", value="productie"), drop("informeren")
    assert findings(DOCUMENT, nobody) == {}
    assert "informeren" not in findings(DOCUMENT, production)
    assert "trappen per leeftijd" in findings(DOCUMENT, production, nobody)["informeren"]
    no_duty = put("signaalsoorten", 0, "betrokkenenGeinformeerd", value="niet-verplicht")
    assert "informeren" not in findings(DOCUMENT, production, nobody, no_duty)
