"""Convenanten of the right shape that contradict themselves."""

from collections.abc import Callable
from typing import Any

import pytest

from convenant.errors import OngeldigConvenant
from convenant.laden import convenant_from_document, parse_convenant
from convenant.zin import check_zin

Change = Callable[[dict[str, Any]], None]

REAL_OINS = ["00000001000000001000", "00000001000000002000", "00000001000000003000"]


def _findings(document: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(OngeldigConvenant) as caught:
        convenant_from_document(document, bron="test")
    return [(bevinding.pad, bevinding.melding) for bevinding in caught.value.bevindingen]


def _put(*pad: str | int, value: Any) -> Change:
    def change(document: Any) -> None:
        for deel in pad[:-1]:
            document = document[deel]
        document[pad[-1]] = value

    return change


def _again(name: str, field: str, other: Any) -> Change:
    """Repeat the first item of a list with one field changed, so that only the rest is doubled."""

    def change(document: dict[str, Any]) -> None:
        document[name].append({**document[name][0], field: other})

    return change


def _same_key_elsewhere(document: dict[str, Any]) -> None:
    own = document["partijen"][1]["sleutels"][0]
    document["partijen"][1]["sleutels"] = [{**document["partijen"][0]["sleutels"][0], "kid": own["kid"]}]


def _no_signaleerders(document: dict[str, Any]) -> None:
    document["partijen"][2]["rollen"] = ["privacy"]


def _production(document: dict[str, Any]) -> None:
    document["omgeving"] = "productie"
    for partij, oin in zip(document["partijen"], REAL_OINS, strict=True):
        partij["oin"] = oin
    document["convenanthouder"] = REAL_OINS[0]
    document["matcher"]["beheerder"] = "00000001000000009000"
    document["informeren"] = {"artikel": "3.1", "trappen": [{"vanaf": 0, "wie": ["ouders"]}]}


def test_a_convenant_without_faults_has_no_findings(document: dict[str, Any]) -> None:
    assert check_zin(convenant_from_document(document, bron="test")) == ()


@pytest.mark.parametrize(
    ("change", "pad", "part"),
    [
        (_again("grondslagen", "wet", "Andere"), "grondslagen.1.code", "eerdere grondslag"),
        (_again("signaalsoorten", "omschrijving", "x"), "signaalsoorten.2.code", "eerdere signaalsoort"),
        (_again("deelregels", "toelichting", "x"), "deelregels.2.artikel", "eigen nummer"),
        (_put("epochen", 1, "nummer", value=1), "epochen.1.nummer", "eerdere epoche"),
        (_put("partijen", 1, "oin", value="00000099000000001000"), "partijen.1.oin", "eerdere partij"),
        (_put("partijen", 1, "sleutels", 0, "kid", value="veilig-thuis-1"), "partijen.1.sleutels.0.kid", "kid"),
        (_same_key_elsewhere, "partijen.1.sleutels.0", "eigen sleutels"),
        (_put("epochen", 0, "van", value="2025-12-31"), "epochen.0.van", "voordat het convenant geldt"),
        (_put("epochen", 1, "tot", value="2028-01-01"), "epochen.1.tot", "afgelopen"),
        (_put("epochen", 0, "tot", value="2025-06-01"), "epochen.0.tot", "voor de eerste dag"),
        (_put("deelregels", 0, "grondslag", value="avg"), "deelregels.0.grondslag", "lijst grondslagen"),
        (_put("deelregels", 0, "signaalsoorten", value=["x1"]), "deelregels.0.signaalsoorten", "signaalsoorten"),
        (_put("deelregels", 0, "tussen", 1, "oins", value=REAL_OINS[:1]), "deelregels.0.tussen.1.oins", "geen|niet"),
        (_put("deelregels", 1, "over", "oins", value=REAL_OINS[:1]), "deelregels.1.over.oins", "niet van een partij"),
        (_put("deelregels", 1, "ontvanger", value={"alle": True}), "deelregels.1.ontvanger", "rol radar"),
        (_no_signaleerders, "signaalsoorten.1.indieners", "Niemand"),
        (
            _put("matcher", "beheerder", value="00000099000000002000"),
            "matcher.beheerder",
            "mag geen signaleerder of regisseur zijn",
        ),
    ],
    ids=[
        "grondslag-twice",
        "signaalsoort-twice",
        "artikel-twice",
        "epoch-twice",
        "oin-twice",
        "kid-twice",
        "key-of-another-party",
        "epoch-too-early",
        "epoch-too-late",
        "epoch-backwards",
        "unknown-grondslag",
        "unknown-signaalsoort",
        "unknown-oin-in-tussen",
        "unknown-oin-in-over",
        "one-way-to-all",
        "soort-without-submitters",
        "matcher-run-by-a-signaleerder",
    ],
)
def test_finds_the_contradiction(document: dict[str, Any], change: Change, pad: str, part: str) -> None:
    change(document)
    ((found, melding),) = _findings(document)
    assert found == pad
    assert any(choice in melding for choice in part.split("|"))


def test_finds_a_validity_that_ends_before_it_begins(document: dict[str, Any]) -> None:
    document["geldigTot"] = "2025-06-01"
    assert "geldigTot" in [pad for pad, _ in _findings(document)]


def test_reports_all_contradictions_together_with_their_lines() -> None:
    text = SMALL.replace("tot: 2026-12-31", "tot: 2030-01-01").replace("grondslag: wet", "grondslag: onbekend")
    with pytest.raises(OngeldigConvenant) as caught:
        parse_convenant(text, bron="test")
    lines = text.splitlines()
    assert [lines[(b.regel or 0) - 1].strip() for b in caught.value.bevindingen] == [
        "tot: 2030-01-01",
        "grondslag: onbekend",
    ]


def test_production_refuses_hmac(document: dict[str, Any]) -> None:
    _production(document)
    assert [pad for pad, _ in _findings(document)] == ["modus"]


def test_production_refuses_test_oins(document: dict[str, Any]) -> None:
    _production(document)
    document["convenanthouder"] = document["partijen"][0]["oin"] = "00000099000000001000"
    document["partijen"][1]["oin"] = "00000099000000002000"
    document["matcher"]["beheerder"] = "00000099000000009000"
    assert [pad for pad, _ in _findings(document)] == [
        "modus",
        "convenanthouder",
        "matcher.beheerder",
        "partijen.0.oin",
        "partijen.1.oin",
    ]


def test_a_convenant_without_a_radar_is_right(document: dict[str, Any]) -> None:
    document["partijen"][0]["rollen"] = ["signaleerder"]
    document["deelregels"][0]["tussen"][0] = {"sectoren": ["veilig-thuis", "maatschappelijke-ondersteuning"]}
    assert check_zin(convenant_from_document(document, bron="test")) == ()


def test_accepts_a_group_that_has_no_members_yet(document: dict[str, Any]) -> None:
    document["deelregels"][0]["tussen"][1] = {"sectoren": ["justitie"]}
    assert check_zin(convenant_from_document(document, bron="test")) == ()


SMALL = """\
schemaversie: 1
convenant: klein-2026
versie: 1
naam: Klein
regio: Nergens
doel: Afstemmen.
omgeving: proef
modus: hmac
profiel: nl-1
geldigVan: 2026-01-01
geldigTot: 2026-12-31
convenanthouder: 00000099000000001000
matcher: {beheerder: 00000099000000009000, naam: Beheerder}
grondslagen:
  - {code: wet, wet: Jeugdwet, artikel: 7.1.4.1, omschrijving: Mag., signaalsoorten: alle, ontvangers: {alle: true}}
epochen:
  - nummer: 1
    van: 2026-01-01
    tot: 2026-12-31
partijen:
  - oin: 00000099000000001000
    naam: School
    sector: onderwijs
    rollen: [signaleerder]
    omvang: 100
    vereist: true
    contact: {afdeling: Zorg, telefoon: 000-0000000, email: zorg@example.nl}
    sleutels:
      - {kid: s1, kty: OKP, crv: Ed25519, x: 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo}
  - oin: 00000099000000002000
    naam: Wijkteam
    sector: maatschappelijke-ondersteuning
    rollen: [signaleerder]
    omvang: 100
    contact: {afdeling: Zorg, telefoon: 000-0000000, email: zorg@example.nl}
    sleutels:
      - {kid: s2, kty: OKP, crv: Ed25519, x: TnDGW4vVv9Fx_NbFA9MFvliU5_pcytak5p4iVzlpCKs}
signaalsoorten:
  - code: zorg
    omschrijving: Zorg.
    bewaartermijnMaanden: 12
    betrokkenenGeinformeerd: verplicht
    indieners: {alle: true}
deelregels:
  - artikel: "1"
    gebeurtenissen: [match]
    niveaus: [zeker]
    tussen: [{alle: true}, {alle: true}]
    signaalsoorten: alle
    velden: [organisatie]
    grondslag: wet
    toelichting: Daarom.
plafonds:
  - partijen: {alle: true}
    signalen: {perDuizend: 100, minstens: 10}
    mogelijkeMatches: {perDuizend: 100, minstens: 10}
    bevragingen: {perDuizend: 0, minstens: 0}
"""
