"""The folder of one organisation: its keys, the convenant key that it received, its register and configuration."""

import json
from dataclasses import dataclass
from pathlib import Path

from joserfc.jwk import OKPKey

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
from convenant.model import Convenant, Partij
from convenant.sleutelbewaarder import give_out, open_uitgifte
from convenant.types import Epoche, Oin
from convenant.zegel import Zegelsleutel
from convenant.zegelbestanden import write_zegelsleutel
from koppelradar.omgeving.model import BUNDEL, CONFIGURATIE

_REGISTER_LABEL = "proef"


@dataclass(frozen=True, slots=True)
class Eigensleutels:
    """The key pairs of one party, of which the convenant holds the public halves."""

    ondertekensleutel: Ondertekensleutel
    zegelsleutel: Zegelsleutel

    @classmethod
    def generate(cls) -> "Eigensleutels":
        """New ones."""
        return cls(Ondertekensleutel.generate(), Zegelsleutel.generate())


@dataclass(frozen=True, slots=True)
class Afspraken:
    """What all organisations share: the signed convenant, K per epoch, and who hands it out."""

    text: str
    convenant: Convenant
    k: dict[Epoche, ConvenantSleutel]
    bewaarder: Ondertekensleutel
    matcher_url: str

    def received_by(self, oin: Oin, zegelsleutel: Zegelsleutel, epoche: Epoche) -> ConvenantSleutel:
        """K as the organisation gets it: sealed and signed by the sleutelbewaarder, and opened."""
        signing = OKPKey.import_key(dict(self.bewaarder.private_jwk()))
        uitgifte = give_out(self.k[epoche].reveal(), self.convenant, epoche, oin, ondertekenaar=signing)
        return ConvenantSleutel(open_uitgifte(uitgifte, zegelsleutel, self.convenant, ontvanger=oin))


def write_organisatie(folder: Path, oin: Oin, sleutels: Eigensleutels, afspraken: Afspraken) -> Path:
    """Write everything that this organisation needs; the path of its configuration."""
    folder.mkdir(parents=True)
    (folder / BUNDEL).write_text(afspraken.text, encoding="utf-8")
    write_ondertekensleutel(folder / "ondertekensleutel.jwk", sleutels.ondertekensleutel)
    write_zegelsleutel(folder / "zegel.sleutel", sleutels.zegelsleutel)
    for epoche in afspraken.k:
        received = afspraken.received_by(oin, sleutels.zegelsleutel, epoche)
        write_sleutel(folder / f"convenant-{epoche}.sleutel", received)
    write_sleutel(folder / "organisatie.sleutel", generate_sleutel(OrganisatieSleutel))
    registersleutel = generate_sleutel(RegisterSleutel)
    write_sleutel(folder / "register.sleutel", registersleutel)
    Register.create(folder / "register.db", registersleutel, label=_REGISTER_LABEL).close()
    configuratie = folder / CONFIGURATIE
    configuratie.write_text(_toml(afspraken.convenant.partij(oin), afspraken.matcher_url), encoding="utf-8")
    return configuratie


def _toml(partij: Partij, url: str) -> str:
    # A JSON string is a TOML string too.
    functie = json.dumps(partij.functies[0] if partij.functies else "medewerker", ensure_ascii=False)
    return f"""[organisatie]
oin = "{partij.oin}"
ondertekensleutel = "ondertekensleutel.jwk"
organisatiesleutel = "organisatie.sleutel"
zegelsleutel = "zegel.sleutel"

[matcher]
url = "{url}"

[convenant]
bestand = "{BUNDEL}"
sleutel = "convenant-{{epoche}}.sleutel"

[register]
bestand = "register.db"
sleutel = "register.sleutel"

[kaart]
professional = "M. Voorbeeld"
functie = {functie}
telefoon = "{partij.contact.telefoon}"
email = "{partij.contact.email}"
beschikbaarheid = "maandag tot en met donderdag"
"""
