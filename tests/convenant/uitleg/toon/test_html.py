"""Elements of HTML from which nobody's name can break out."""

from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from convenant.uitleg.toon.html import Html, gegevens, kenmerk, lijst, samen, tabel, tag, verwijzing


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _read(markup: str) -> _Reader:
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"))))
@settings(max_examples=60)
def test_text_stays_text(text: str) -> None:
    reader = _read(tag("p", text, title=text))
    assert reader.tags == ["p"]
    assert "".join(reader.text) == text


def test_markup_is_not_escaped_twice() -> None:
    assert tag("p", "a & ", tag("b", "<c>")) == "<p>a &amp; <b>&lt;c&gt;</b></p>"
    assert isinstance(samen("a", tag("i", "b")), Html)


def test_names_of_attributes_can_be_words_of_python() -> None:
    assert tag("p", "x", class_="y", aria_label='"') == '<p class="y" aria-label="&quot;">x</p>'


def test_an_id_is_made_of_words() -> None:
    assert kenmerk("Artikel", "4.10a") == "artikel-4-10a"
    assert verwijzing("artikel-4", "4") == '<a href="#artikel-4">4</a>'


def test_a_list_of_nothing_is_nothing() -> None:
    assert lijst([]) == ""
    assert lijst(["<a>"]) == "<ul><li>&lt;a&gt;</li></ul>"
    assert gegevens([("a", "b")]) == "<dl><div><dt>a</dt><dd>b</dd></div></dl>"


def test_a_table_has_a_caption_headings_with_scope_and_a_region_for_the_keyboard() -> None:
    markup = tabel("Titel", ["A", "B"], [["rij", "<cel>"]], plek="hier")
    assert '<caption id="hier-titel">Titel</caption>' in markup
    assert '<th scope="col">A</th><th scope="col">B</th>' in markup
    assert '<tr><th scope="row">rij</th><td>&lt;cel&gt;</td></tr>' in markup
    assert 'role="region" aria-labelledby="hier-titel" tabindex="0"' in markup
