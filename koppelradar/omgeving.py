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
from urllib.parse import urlsplit

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
from convenant.invullen import with_public_keys, without_sleutelhouder
from convenant.laden import document_from_yaml, dump_yaml, load_convenant, parse_convenant
from convenant.model import Convenant
from convenant.types import Oin
from convenant.voorbeelden import example_text
from matcher.instellingen import Instellingen, make_sleutels, sleutels_in

VOORBEELD = "noord-holland-noord"
_REGISTER_LABEL = "proef"
_CONFIGURATIE = "koppelradar.toml"
_SLEUTELS = "sleutels"


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
    document = without_sleutelhouder(document_from_yaml(example_text(voorbeeld), bron=voorbeeld))
    sleutels = {Oin(partij["oin"]): Ondertekensleutel.generate() for partij in document["partijen"]}
    text = dump_yaml(with_public_keys(document, {oin: s.public_jwk() for oin, s in sleutels.items()}))
    url = f"http://127.0.0.1:{poort}"
    convenantsleutel = generate_sleutel(ConvenantSleutel)
    configuraties = {
        oin: _write_organisatie(folder / oin, oin, sleutels[oin], convenantsleutel, text=text, url=url)
        for oin in organisaties
    }
    return Proefomgeving(
        convenant=parse_convenant(text, bron=voorbeeld),
        matcher=_write_matcher(folder / "matcher", text, url=url),
        configuraties=configuraties,
    )


def is_proefomgeving(folder: Path) -> bool:
    """Whether `make_proefomgeving` filled this folder."""
    return _convenant_path(folder / "matcher").is_file()


def read_proefomgeving(folder: Path, *, organisaties: Iterable[Oin]) -> Proefomgeving:
    """The environment that was made in this folder before, with its keys, registers and port."""
    configuraties = {oin: folder / oin / _CONFIGURATIE for oin in organisaties}
    url = load_configuratie(next(iter(configuraties.values()))).matcher_url
    return Proefomgeving(
        convenant=load_convenant(_convenant_path(folder / "matcher")),
        matcher=_instellingen(folder / "matcher", sleutels_in(folder / "matcher" / _SLEUTELS), url=url),
        configuraties=configuraties,
    )


def _convenant_path(folder: Path) -> Path:
    return folder / "convenanten" / "convenant.yaml"


def _instellingen(folder: Path, sleutels: Instellingen, *, url: str) -> Instellingen:
    return sleutels.model_copy(
        update={
            "convenanten": _convenant_path(folder).parent,
            "publieke_url": url,
            "port": urlsplit(url).port,
            "datamap": folder,
        }
    )


def _write_matcher(folder: Path, convenant: str, *, url: str) -> Instellingen:
    path = _convenant_path(folder)
    path.parent.mkdir(parents=True)
    sleutels = make_sleutels(folder / _SLEUTELS)
    # Last, because the convenant is what tells a finished environment from one that broke off.
    path.write_text(convenant, encoding="utf-8")
    return _instellingen(folder, sleutels, url=url)


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
    configuratie = folder / _CONFIGURATIE
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
