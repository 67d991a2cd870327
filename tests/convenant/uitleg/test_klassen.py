"""Parties for whom a convenant says the same."""

from itertools import product
from typing import Any

from convenant.beleid import beslis
from convenant.laden import convenant_from_document, parse_convenant
from convenant.model import Convenant
from convenant.types import Oin
from convenant.uitleg.gevallen import Keuze, gevallen
from convenant.uitleg.klassen import Klasse, klassen, wie
from convenant.uitleg.leg_uit import vraag_van
from convenant.voorbeelden import example_text
from tests.convenant.conftest import SCHOOL, WIJKTEAM, partij

NHN = parse_convenant(example_text("noord-holland-noord"), bron="voorbeeld")
_KEYS = (
    "gU0tz45mRY52_ADdN4eTX3pslfnOqqugxPyMleICUMc",
    "aEcatgVJuHYqGiSirusLdsXz7K5uE2_OZeWOfK42vIQ",
)


def _decisions(convenant: Convenant, ontvanger: Oin, over: Oin) -> dict[object, object]:
    vragen = gevallen(convenant, ontvanger, over, Keuze())
    return {
        geval: beslis(convenant, vraag_van(geval, ontvanger, over, convenant.geldig_van)).verleend for geval in vragen
    }


def test_everybody_of_a_class_learns_the_same_of_everybody_of_another() -> None:
    groepen = klassen(NHN)
    assert sorted(oin for klasse in groepen for oin in klasse.oins) == sorted(p.oin for p in NHN.partijen)
    for een, ander in product(groepen, repeat=2):
        answers = [
            _decisions(NHN, ontvanger, over)
            for ontvanger, over in product((een.oins[0], een.oins[-1]), (ander.oins[0], ander.oins[-1]))
            if ontvanger != over
        ]
        assert all(answer == answers[0] for answer in answers)


def test_a_role_that_no_group_asks_for_divides_nobody() -> None:
    assert [klasse.naam for klasse in klassen(NHN) if len(klasse.partijen) > 1] == [
        "gezondheidszorg (2)",
        "onderwijs (3)",
        "maatschappelijke ondersteuning (9)",
        "jeugdhulp (4)",
        "overheid (2)",
    ]


def test_a_party_that_is_named_by_number_stands_apart(document: dict[str, Any]) -> None:
    for nummer, key in enumerate(_KEYS):
        naam = f"Andere school {nummer}"
        document["partijen"].append(
            partij(f"0000009900000000{nummer + 5}000", naam, "onderwijs", ["signaleerder"], key)
        )
    document["deelregels"][0]["tussen"][1] = {"oins": [SCHOOL]}
    groepen = klassen(convenant_from_document(document, bron="test"))
    assert [klasse.naam for klasse in groepen if klasse.partijen[0].sector == "onderwijs"] == [
        "School",
        "Andere school 0 en Andere school 1",
    ]


def _named(convenant: Convenant, *sectoren: str) -> str:
    gekozen: list[Klasse] = [k for k in klassen(convenant) if k.partijen[0].sector in sectoren]
    return wie([p for k in gekozen for p in k.partijen], convenant.partijen)


def test_a_sentence_names_whole_sectors_and_else_parties() -> None:
    assert _named(NHN, "onderwijs", "jeugdhulp") == "de organisaties in onderwijs en jeugdhulp"
    assert _named(NHN, "onderwijs", "veilig-thuis") == (
        "de organisaties in onderwijs, en Veilig Thuis Noord-Holland Noord"
    )
    assert wie(NHN.partijen, NHN.partijen) == "alle partijen"
    enkele = [p for p in NHN.partijen if p.sector == "maatschappelijke-ondersteuning"][:5]
    assert wie(enkele, NHN.partijen) == (
        "5 van de 9 organisaties in maatschappelijke ondersteuning (Wijkteams Alkmaar, Wijkteams BUCH en nog 3)"
    )


def test_few_are_named_one_by_one(convenant: Convenant) -> None:
    assert wie([convenant.partij(Oin(WIJKTEAM))], convenant.partijen) == "Wijkteam"
