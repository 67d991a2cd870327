"""Settings: what is read, and how clearly a mistake is named."""

from pathlib import Path

import pytest

from client_sdk.configuratie import Kaartvrijgavebeleid, load_configuratie
from client_sdk.errors import ConfiguratieFout
from client_sdk.kaarten import Kaartgegevens

GOOD = """
[organisatie]
oin = "00000099000000021000"
ondertekensleutel = "a.jwk"
organisatiesleutel = "b.sleutel"

[matcher]
url = "https://matcher.example.org/"

[convenant]
bestand = "convenant.yaml"
sleutel = "/keys/c.sleutel"

[register]
bestand = "register.db"
sleutel = "d.sleutel"
"""

KAART = """
[kaart]
professional = "J. Jansen"
functie = "ib"
telefoon = "020"
vrijgave = "automatisch"
"""


def _write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "koppelradar.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    configuratie = load_configuratie(_write(tmp_path, GOOD))

    assert configuratie.register == tmp_path / "register.db"
    assert configuratie.convenantsleutel == Path("/keys/c.sleutel")
    assert configuratie.matcher_url == "https://matcher.example.org"
    assert configuratie.epoche is None


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        pytest.param('url = "https://matcher.example.org/"', "", "matcher.url", id="missing"),
        pytest.param("oin =", "onb =", "organisatie.onb", id="unknown"),
        pytest.param("ondertekensleutel", "ondertekensleutl", "bedoelt u ondertekensleutel", id="misspelt"),
        pytest.param("[register]", "[regsiter]", "bedoelt u register", id="misspelt section"),
        pytest.param('"a.jwk"', "3", "organisatie.ondertekensleutel", id="no text"),
        pytest.param('"a.jwk"', '" "', "organisatie.ondertekensleutel", id="empty"),
        pytest.param("00000099000000021000", "12", "organisatie.oin", id="no OIN"),
        pytest.param("https://matcher.example.org/", "http://matcher.example.org", "https://", id="no TLS"),
        pytest.param("https://matcher.example.org/", "https://matcher.example.org/v1", "zonder pad", id="with path"),
        pytest.param("https://matcher.example.org/", "https://u:p@example.org", "matcher.url", id="with password"),
        pytest.param("https://matcher.example.org/", "https://[::1", "matcher.url", id="no URL"),
        pytest.param("https://matcher.example.org/", "ftp://example.org", "matcher.url", id="other scheme"),
        pytest.param("[register]", "epoche = 0\n[register]", "convenant.epoche", id="epoch zero"),
        pytest.param("[register]", 'epoche = "1"\n[register]', "convenant.epoche", id="epoch as text"),
        pytest.param("[register]", "epoche = \n[register]", "regel 14", id="no TOML"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, named: str) -> None:
    assert old in GOOD
    with pytest.raises(ConfiguratieFout, match=named.replace("[", r"\[")):
        load_configuratie(_write(tmp_path, GOOD.replace(old, new, 1)))


def test_a_card_and_a_sealing_key_are_optional(tmp_path: Path) -> None:
    plain = load_configuratie(_write(tmp_path, GOOD))
    assert (plain.zegelsleutel, plain.kaart, plain.kaartvrijgave) == (None, None, Kaartvrijgavebeleid.NA_AKKOORD)

    text = GOOD.replace("[matcher]", 'zegelsleutel = "zegel.sleutel"\n[matcher]') + KAART
    full = load_configuratie(_write(tmp_path, text))

    assert full.zegelsleutel == tmp_path / "zegel.sleutel"
    assert full.kaart == Kaartgegevens(professional="J. Jansen", functie="ib", telefoon="020")
    assert full.kaartvrijgave is Kaartvrijgavebeleid.AUTOMATISCH
    assert "Jansen" not in repr(full)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        pytest.param('functie = "ib"\n', "", r"kaart\.functie", id="missing"),
        pytest.param('telefoon = "020"\n', "", r"kaart\.telefoon", id="nowhere to call"),
        pytest.param('"automatisch"', '"misschien"', r"kaart\.vrijgave", id="unknown release"),
        pytest.param("functie =", "funtie =", "bedoelt u functie", id="misspelt"),
        pytest.param('"020"', "20", r"kaart\.telefoon", id="no text"),
    ],
)
def test_a_mistake_in_a_card_is_named(tmp_path: Path, old: str, new: str, named: str) -> None:
    assert old in KAART
    with pytest.raises(ConfiguratieFout, match=named):
        load_configuratie(_write(tmp_path, GOOD + KAART.replace(old, new)))


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_http_is_for_this_computer(tmp_path: Path, host: str) -> None:
    text = GOOD.replace("https://matcher.example.org/", f"http://{host}")

    assert load_configuratie(_write(tmp_path, text)).matcher_url == f"http://{host}"


@pytest.mark.parametrize("content", [None, b"\xff\xfe"], ids=["missing", "not UTF-8"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "koppelradar.toml"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(ConfiguratieFout, match=r"koppelradar\.toml"):
        load_configuratie(path)
