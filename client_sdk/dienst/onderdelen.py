"""Everything a service of one organisation is put together from, opened from its configuration."""

from contextlib import ExitStack
from dataclasses import dataclass

from client_sdk.client.gesprek import Aanmelding
from client_sdk.client.retry import Herhaalbeleid
from client_sdk.client.sleutelhouder import SleutelhouderClient
from client_sdk.client.sync import MatcherClient
from client_sdk.configuratie import Configuratie, Kaartvrijgavebeleid
from client_sdk.dienst.tokenisering import HmacTokeniser, Houder, Tellingbron, Tokeniser, VoprfTokeniser
from client_sdk.dienst.voorbereiding import Voorbereider, load_voorbereider
from client_sdk.errors import SleutelFout
from client_sdk.medewerker import medewerker_pseudoniem
from client_sdk.register.register import Register
from client_sdk.sleutels import RegisterSleutel, read_sleutel
from client_sdk.types import MedewerkerPseudoniem
from convenant.errors import SleutelbestandFout
from convenant.types import Modus
from convenant.zegel import Zegelsleutel
from convenant.zegelbestanden import read_zegelsleutel


@dataclass(frozen=True, slots=True, kw_only=True)
class Onderdelen:
    """The parts; `close` closes what holds connections and files."""

    register: Register
    client: MatcherClient
    voorbereider: Voorbereider
    tokeniser: Tokeniser
    zegelsleutel: Zegelsleutel | None = None
    vrijgave: Kaartvrijgavebeleid = Kaartvrijgavebeleid.NA_AKKOORD
    sleutelhouders: tuple[SleutelhouderClient, ...] = ()

    def close(self) -> None:
        """Close the register and the connections."""
        for sleutelhouder in self.sleutelhouders:
            sleutelhouder.close()
        self.client.close()
        self.register.close()


def open_onderdelen(
    configuratie: Configuratie, *, account: str, herhaalbeleid: Herhaalbeleid | None = None
) -> Onderdelen:
    """Return the parts, with the register open and nothing sent.

    Raises ConfiguratieFout, SleutelFout, RegisterFout, and InvoerFout for an empty account.
    """
    voorbereider = load_voorbereider(configuratie)
    medewerker = medewerker_pseudoniem(voorbereider.organisatiesleutel, account)
    zegelsleutel = _zegelsleutel(configuratie)
    with ExitStack() as opened:
        register = opened.enter_context(
            Register.open(configuratie.register, read_sleutel(configuratie.registersleutel, RegisterSleutel))
        )
        client = opened.enter_context(
            MatcherClient(
                _aanmelding(configuratie.matcher_url, voorbereider), medewerker=medewerker, herhaalbeleid=herhaalbeleid
            )
        )
        houders = _houders(voorbereider, medewerker, herhaalbeleid)
        for houder in houders:
            opened.enter_context(houder.client)
        opened.pop_all()
    return Onderdelen(
        register=register,
        client=client,
        voorbereider=voorbereider,
        tokeniser=_tokeniser(voorbereider, client, tuple(houders)),
        zegelsleutel=zegelsleutel,
        vrijgave=configuratie.kaartvrijgave,
        sleutelhouders=tuple(houder.client for houder in houders),
    )


def _aanmelding(url: str, voorbereider: Voorbereider) -> Aanmelding:
    return Aanmelding(url=url, oin=voorbereider.oin, ondertekensleutel=voorbereider.ondertekensleutel)


def _houders(
    voorbereider: Voorbereider, medewerker: MedewerkerPseudoniem, herhaalbeleid: Herhaalbeleid | None
) -> list[Houder]:
    return [
        Houder(
            partij,
            SleutelhouderClient(
                _aanmelding(partij.url, voorbereider),
                sleutelhouder=partij.oin,
                medewerker=medewerker,
                herhaalbeleid=herhaalbeleid,
            ),
        )
        for partij in voorbereider.convenant.sleutelhouders
    ]


def _tokeniser(voorbereider: Voorbereider, client: MatcherClient, houders: tuple[Houder, ...]) -> Tokeniser:
    if voorbereider.convenant.modus is Modus.HMAC:
        return HmacTokeniser(voorbereider.sleutelring, voorbereider.organisatiesleutel)
    return VoprfTokeniser(
        convenant=voorbereider.convenant,
        sleutelring=voorbereider.sleutelring,
        organisatiesleutel=voorbereider.organisatiesleutel,
        houders=houders,
        telling=Tellingbron(client, voorbereider.convenant),
    )


def _zegelsleutel(configuratie: Configuratie) -> Zegelsleutel | None:
    if configuratie.zegelsleutel is None:
        return None
    try:
        return read_zegelsleutel(configuratie.zegelsleutel)
    except SleutelbestandFout as error:
        # Without its cause: that one can quote the key.
        raise SleutelFout(str(error)) from None
