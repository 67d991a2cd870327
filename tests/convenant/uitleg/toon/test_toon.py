"""The convenant as one page that everybody can read."""

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any, Final

import pytest

from convenant.document import ConvenantDocument
from convenant.laden import convenant_from_document, parse_convenant
from convenant.model import Convenant
from convenant.types import Gebeurtenis
from convenant.uitleg.toon import toon
from convenant.uitleg.toon.matrix import matrix
from convenant.voorbeelden import example_text
from tests.convenant.uitleg.documenten import full_document

EXAMPLES: Final = ("noord-holland-noord", "flevoland", "minimaal", "vt-register")
PAGES: Final = {naam: toon(parse_convenant(example_text(naam), bron=naam)) for naam in EXAMPLES}
_VOID: Final = frozenset({"meta"})


class _Page(HTMLParser):
    """What stands on a page, read strictly: every element that opens must close, in order."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.headings: list[tuple[int, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {naam: waarde or "" for naam, waarde in attrs}))
        if tag not in _VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and re.fullmatch("h[1-6]", self.open[-1]):
            niveau, tekst = self.headings[-1]
            self.headings[-1] = (niveau, tekst + data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for naam, attrs in self.tags if naam == tag]


@pytest.fixture(params=EXAMPLES)
def page(request: pytest.FixtureRequest) -> _Page:
    """Each of the example convenants as a page."""
    return _Page(PAGES[request.param])


def test_every_element_closes_and_no_id_is_used_twice(page: _Page) -> None:
    assert page.open == []
    ids = Counter(attrs["id"] for _, attrs in page.tags if "id" in attrs)
    assert [naam for naam, aantal in ids.items() if aantal > 1] == []


def test_every_link_leads_to_something_on_the_page(page: _Page) -> None:
    ids = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    doelen = {attrs["href"] for attrs in page.all("a")}
    assert doelen
    assert {doel for doel in doelen if not doel.startswith("#") or doel[1:] not in ids} == set()


def test_nothing_runs_and_nothing_comes_from_elsewhere(page: _Page) -> None:
    allowed = {
        *("html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section", "footer"),
        *("h1", "h2", "h3", "h4", "p", "a", "ul", "ol", "li", "dl", "div", "dt", "dd", "strong", "code", "span"),
        *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    }
    assert {naam for naam, _ in page.tags} <= allowed
    attributen = {naam for _, attrs in page.tags for naam in attrs}
    assert attributen <= {
        *("lang", "charset", "name", "content", "class", "href", "id", "scope", "role", "tabindex", "aria-labelledby")
    }


@pytest.mark.parametrize("naam", EXAMPLES)
def test_the_style_fetches_nothing(naam: str) -> None:
    (stijl,) = re.findall("<style>(.*?)</style>", PAGES[naam], re.DOTALL)
    assert stijl
    assert not re.search(r"url\(|@import|http|<", stijl)


def test_is_dutch_and_opens_with_a_way_to_the_contents(page: _Page) -> None:
    assert page.all("html") == [{"lang": "nl"}]
    assert page.all("a")[0] == {"class": "overslaan", "href": "#inhoud"}
    assert len(page.all("main")) == 1
    assert page.all("main")[0]["id"] == "inhoud"


def test_headings_never_skip_a_level(page: _Page) -> None:
    niveaus = [niveau for niveau, _ in page.headings]
    assert niveaus.count(1) == 1
    assert niveaus[0] == 1
    assert all(volgende <= vorige + 1 for vorige, volgende in pairwise(niveaus))
    assert all(tekst.strip() for _, tekst in page.headings)


def test_every_table_has_a_caption_and_headings_and_scrolls_by_keyboard(page: _Page) -> None:
    regions = [attrs for attrs in page.all("div") if attrs.get("role") == "region"]
    assert len(page.all("table")) == len(page.all("caption")) == len(regions) > 0
    assert all(attrs["tabindex"] == "0" and attrs["aria-labelledby"] for attrs in regions)
    assert {attrs.get("scope") for attrs in page.all("th")} == {"col", "row"}


def _hostile(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document with markup in every text that may hold it."""
    markup = "<script>alert(1)</script>\"'&<b onclick=x>"
    vrij = {"naam", "regio", "doel", "omschrijving", "toelichting", "wijzeToelichting", "advies", "terugmelding", "via"}
    vrij |= {"zichtOpVeiligheid", "afdeling", "wet", "functie", "artikel"}

    def change(waarde: Any, sleutel: str = "") -> Any:
        if isinstance(waarde, dict):
            is_grondslag = "wet" in waarde
            return {k: change(v, k if k != "artikel" or is_grondslag else "") for k, v in waarde.items()}
        if isinstance(waarde, list):
            return [markup if sleutel in {"gemeenten", "functies"} else change(deel) for deel in waarde]
        return markup if sleutel in vrij else waarde

    changed: dict[str, Any] = change(document)
    return changed


def test_markup_in_any_text_of_the_convenant_stays_text() -> None:
    document = full_document()
    document["overdracht"][0]["via"] = "x"
    document["partijen"][0]["gemeenten"] = ["Zeewolde"]
    plain = _Page(toon(ConvenantDocument.model_validate(document, strict=False).to_model(content_hash="sha256:0")))
    changed = _hostile(document)
    hostile = toon(ConvenantDocument.model_validate(changed, strict=False).to_model(content_hash="sha256:0"))
    assert "&lt;script&gt;alert(1)" in hostile
    assert Counter(naam for naam, _ in _Page(hostile).tags) == Counter(naam for naam, _ in plain.tags)
    assert "<script" not in hostile
    assert "<b " not in hostile


def test_every_part_of_the_convenant_is_on_the_page() -> None:
    model = ConvenantDocument.model_validate(full_document(), strict=False).to_model(content_hash="sha256:abc")
    page = toon(model)
    koppen = [tekst for niveau, tekst in _Page(page).headings if niveau == 2]
    assert koppen == [
        "Inhoud",
        "Wie doet mee",
        "Wie hoort wat van wie",
        "De artikelen",
        "Notificaties",
        "Signaalsoorten",
        "Grondslagen",
        "Informeren en bewaren",
        "Termijnen en monitoring",
        "Overdracht van meldingen",
        "Escalatie",
        "Plafonds en budgetten",
        "Sleutels en beheer",
    ]
    for tekst in (
        "sha256:abc",
        "Zeewolde",
        "15 mei 2026",
        "Bij gevaar.",
        "intern begeleider",
        "12 maanden na het einde",
    ):
        assert tekst in page


def test_parts_that_the_convenant_does_not_have_are_left_out(convenant: Convenant) -> None:
    koppen = {tekst for _, tekst in _Page(toon(convenant)).headings}
    assert not koppen & {"Notificaties", "Escalatie", "Overdracht van meldingen", "Informeren en bewaren"}


def _cell(convenant: Convenant, gebeurtenis: Gebeurtenis, rij: str, kolom: str) -> str:
    """Return the text of one cell of the matrix."""
    inhoud = matrix(convenant).inhoud
    table = inhoud[inhoud.index(f'id="tabel-{gebeurtenis.value}"') :].split("</table>")[0]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall("<tr>(.*?)</tr>", table)]
    place = rows[0].index(f"van {kolom}")
    (found,) = [row[place] for row in rows if row[0] == rij]
    return " | ".join(re.sub("<[^>]+>", "", deel) for deel in found.split("</p><p>"))


def test_the_matrix_says_what_whom_when_and_on_which_article(convenant: Convenant) -> None:
    def cell(rij: str, kolom: str) -> str:
        return _cell(convenant, Gebeurtenis.MATCH, rij, kolom)

    assert cell("Wijkteam", "School") == "naam: zeker, over zorg (art. 4.1)"
    assert cell("School", "Wijkteam") == "naam: zeker, met een eigen signaal zorg (art. 4.1)"
    assert cell("Veilig Thuis", "School") == "naam, contact: zeker, ook zonder eigen signaal (art. 5.1)"
    assert cell("Wijkteam", "Wijkteam") == cell("Wijkteam", "Veilig Thuis") == "niets"


def test_the_matrix_names_phases_and_what_comes_on_top(document: dict[str, Any]) -> None:
    document["deelregels"][0]["niveaus"] = ["zeker", "waarschijnlijk", "mogelijk"]
    document["deelregels"].append(
        document["deelregels"][0] | {"artikel": "4.2", "velden": ["organisatie", "kaart"], "fasen": ["terugval"]}
    )
    convenant = convenant_from_document(document, bron="test")
    assert _cell(convenant, Gebeurtenis.MATCH, "Wijkteam", "School") == (
        "naam: over zorg (art. 4.1, 4.2) | contactkaart: over zorg, in de fase terugval (art. 4.2)"
    )


def test_an_event_without_rules_has_no_table(convenant: Convenant) -> None:
    assert "tabel-acuut" not in toon(convenant)
