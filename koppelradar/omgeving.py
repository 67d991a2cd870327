"""A complete trial environment in one folder: agreement, keys, and a ready SDK configuration per organisation.

    map/
        matcher/            convenanten/, sleutels/, logs
        <OIN>/              koppelradar.toml, the keys of one organisation, its register

Every key is made on the spot. In a real region the parts lie with different organisations; here they lie side by side,
which only `omgeving: proef` allows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from client_sdk.configuratie import load_configuratie
from client_sdk.dienst import Koppelradar
from client_sdk.register.register import Register
from client_sdk.sleutels import (
    ConvenantSleutel,
    Ondertekensleutel,
    OrganisatieSleutel,
    RegisterSleutel,
    generate_sleutel,
    write_ondertekensleutel,
    write_sleutel,
)
from convenant.laden import document_from_yaml, dump_yaml, parse_convenant, with_public_keys
from convenant.model import Convenant
from convenant.types import Oin
from convenant.voorbeelden import example_text
from matcher.instellingen import Instellingen, make_sleutels

VOORBEELD = "noord-holland-noord"
_REGISTER_LABEL = "proef"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proefomgeving:
    """Where everything is. `configuraties` holds the SDK configuration of each organisation that was asked for."""

    convenant: Convenant
    matcher: Instellingen
    configuraties: Mapping[Oin, Path]

    def open(self, oin: Oin, *, account: str = "demo") -> Koppelradar:
        """The SDK of one of the organisations; close it after use."""
        return Koppelradar.open(load_configuratie(self.configuraties[oin]), account=account)


def make_proefomgeving(
    folder: Path, *, organisaties: Iterable[Oin], poort: int, voorbeeld: str = VOORBEELD
) -> Proefomgeving:
    """Write the environment into an empty folder and return where everything is.

    `poort` is the loopback port on which the matcher will be. Every party of the example convenant gets a fresh key
    pair; the private halves of those that are not in `organisaties` are forgotten.
    """
    document = document_from_yaml(example_text(voorbeeld), bron=voorbeeld)
    sleutels = {Oin(partij["oin"]): Ondertekensleutel.generate() for partij in document["partijen"]}
    text = dump_yaml(with_public_keys(document, {oin: s.public_jwk() for oin, s in sleutels.items()}))
    url = f"http://127.0.0.1:{poort}"
    convenantsleutel = generate_sleutel(ConvenantSleutel)
    return Proefomgeving(
        convenant=parse_convenant(text, bron=voorbeeld),
        matcher=_write_matcher(folder / "matcher", text, url=url, poort=poort),
        configuraties={
            oin: _write_organisatie(folder / oin, oin, sleutels[oin], convenantsleutel, text=text, url=url)
            for oin in organisaties
        },
    )


def _write_matcher(folder: Path, convenant: str, *, url: str, poort: int) -> Instellingen:
    convenanten = folder / "convenanten"
    convenanten.mkdir(parents=True)
    (convenanten / "convenant.yaml").write_text(convenant, encoding="utf-8")
    made = make_sleutels(folder / "sleutels")
    return made.model_copy(update={"convenanten": convenanten, "publieke_url": url, "port": poort, "datamap": folder})


def _write_organisatie(
    folder: Path, oin: Oin, sleutel: Ondertekensleutel, convenantsleutel: ConvenantSleutel, *, text: str, url: str
) -> Path:
    folder.mkdir(parents=True)
    (folder / "convenant.yaml").write_text(text, encoding="utf-8")
    write_ondertekensleutel(folder / "ondertekensleutel.jwk", sleutel)
    write_sleutel(folder / "convenant.sleutel", convenantsleutel)
    write_sleutel(folder / "organisatie.sleutel", generate_sleutel(OrganisatieSleutel))
    registersleutel = generate_sleutel(RegisterSleutel)
    write_sleutel(folder / "register.sleutel", registersleutel)
    Register.create(folder / "register.db", registersleutel, label=_REGISTER_LABEL).close()
    configuratie = folder / "koppelradar.toml"
    configuratie.write_text(_toml(oin, url), encoding="utf-8")
    return configuratie


def _toml(oin: Oin, url: str) -> str:
    return f"""[organisatie]
oin = "{oin}"
ondertekensleutel = "ondertekensleutel.jwk"
organisatiesleutel = "organisatie.sleutel"

[matcher]
url = "{url}"

[convenant]
bestand = "convenant.yaml"
sleutel = "convenant.sleutel"

[register]
bestand = "register.db"
sleutel = "register.sleutel"
"""
