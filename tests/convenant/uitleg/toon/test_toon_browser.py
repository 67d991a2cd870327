"""The page in a real browser: on a phone nothing sticks out, on a screen everything has contrast.

Skipped where there is no Chromium (Debian: `apt-get install chromium`); `CHROMIUM` names another program.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
from html import unescape
from pathlib import Path
from typing import Any, Final

import pytest

from convenant.laden import parse_convenant
from convenant.uitleg.toon import toon
from convenant.voorbeelden import example_text

_CHROMIUM: Final = os.environ.get("CHROMIUM") or shutil.which("chromium")
_FLAGS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
# What the browser is asked to measure stands in this page around the page, never in the page itself.
_WRAPPER: Final = """<!DOCTYPE html><html><body style="margin:0">
<iframe id="kader" style="border:0;width:{breedte}px;height:800px"></iframe><pre id="uit"></pre><script>
const kader = document.getElementById("kader");
kader.onload = () => {{
  const blad = kader.contentDocument, venster = kader.contentWindow;
  const meting = (() => {{ {meting} }})();
  document.getElementById("uit").textContent = "MEETING" + JSON.stringify(meting) + "EINDE";
}};
kader.srcdoc = {pagina};
</script></body></html>"""
_OVERFLOW: Final = """
  const regios = [...blad.querySelectorAll(".tabel")];
  return {
    breedte: venster.innerWidth,
    blad: blad.documentElement.scrollWidth,
    uitstekend: [...blad.body.querySelectorAll("*")]
      .filter(e => !e.closest(".tabel") && !e.matches(".overslaan"))
      .filter(e => e.getBoundingClientRect().right > venster.innerWidth + 1).map(e => e.tagName),
    schuivend: regios.filter(e => e.scrollWidth > e.clientWidth).length,
    bereikbaar: regios.every(e => { e.focus(); return blad.activeElement === e; }),
  };
"""
_CONTRAST: Final = """
  const getallen = kleur => kleur.match(/[0-9.]+/g).map(Number);
  const licht = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((som, v, i) => som + v * [0.2126, 0.7152, 0.0722][i], 0);
  const grond = e => {
    for (let deel = e; deel; deel = deel.parentElement) {
      const kleur = getallen(venster.getComputedStyle(deel).backgroundColor);
      if (kleur.length < 4 || kleur[3] > 0) return kleur;
    }
    return [255, 255, 255];
  };
  const verhouding = e => {
    const [a, b] = [getallen(venster.getComputedStyle(e).color), grond(e)].map(licht);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const met_tekst = [...blad.body.querySelectorAll("*")]
    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()));
  return {aantal: met_tekst.length, minst: Math.min(...met_tekst.map(verhouding))};
"""
_SKIP_LINK: Final = """
  const link = blad.querySelector(".overslaan"), eerst = link.getBoundingClientRect().right;
  link.focus();
  const plek = link.getBoundingClientRect();
  link.click();
  return {verborgen: eerst <= 0, zichtbaar: plek.left >= 0 && plek.top >= 0};
"""

pytestmark = pytest.mark.skipif(_CHROMIUM is None, reason="no Chromium here; install it, or name it in CHROMIUM")


def _page(naam: str) -> str:
    return toon(parse_convenant(example_text(naam), bron=naam))


def _measure(pagina: str, *, breedte: int, meting: str) -> Any:
    """Return what a script finds on the page in a frame of that width."""
    assert _CHROMIUM is not None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        wrapper = Path(folder) / "meting.html"
        # </ would end the script that carries the page.
        carried = json.dumps(pagina).replace("</", "<\\/")
        wrapper.write_text(_WRAPPER.format(breedte=breedte, meting=meting, pagina=carried), encoding="utf-8")
        done = subprocess.run(
            [_CHROMIUM, *_FLAGS, f"--user-data-dir={folder}/gebruiker", "--dump-dom", wrapper.as_uri()],
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
    found = re.search("MEETING(.*?)EINDE</pre>", done.stdout, re.DOTALL)
    assert found, "the browser measured nothing"
    return json.loads(unescape(found[1]))


@pytest.mark.parametrize("naam", ["noord-holland-noord", "flevoland"])
def test_on_a_phone_only_tables_are_wider_than_the_screen_and_they_scroll(naam: str) -> None:
    gemeten = _measure(_page(naam), breedte=360, meting=_OVERFLOW)
    assert gemeten["breedte"] == 360
    assert gemeten["blad"] <= 360
    assert gemeten["uitstekend"] == []
    assert gemeten["schuivend"] > 0
    assert gemeten["bereikbaar"]


def test_a_name_without_spaces_does_not_stick_out() -> None:
    text = example_text("minimaal").replace("Rekencentrum Polderstad", "R" * 150).replace("Wijkteam Oost", "W" * 90)
    gemeten = _measure(toon(parse_convenant(text, bron="lang")), breedte=360, meting=_OVERFLOW)
    assert gemeten["blad"] <= 360
    assert gemeten["uitstekend"] == []


@pytest.mark.parametrize("breedte", [360, 1280])
def test_all_text_has_the_contrast_of_wcag_aa(breedte: int) -> None:
    gemeten = _measure(_page("flevoland"), breedte=breedte, meting=_CONTRAST)
    assert gemeten["aantal"] > 500
    assert gemeten["minst"] >= 4.5


def test_the_way_to_the_contents_shows_itself_to_the_keyboard() -> None:
    assert _measure(_page("minimaal"), breedte=1280, meting=_SKIP_LINK) == {"verborgen": True, "zichtbaar": True}
