"""A card opens for who it is for, says who signed it, and nothing that was changed in it goes unseen."""

import base64
import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import OctKey, OKPKey

from client_sdk.errors import KaartOnbetrouwbaar, KaartOngeldig
from client_sdk.kaarten import (
    KAART_BYTES,
    OMSLAG_BYTES,
    Kaartcontext,
    Kaartgegevens,
    generate_kaartgeheim,
    make_omslag,
    open_kaart,
    open_omslag,
    open_vrijgave,
    open_zegel,
    random_omslag,
    seal_geheim,
    seal_kaart,
    seal_vrijgave,
    sign_kaart,
    verify_kaart,
)
from client_sdk.kaarten.handtekening import MAX_JWS_BYTES, context_of
from client_sdk.sleutels import Ondertekensleutel
from client_sdk.types import Kaartgeheim, Kaartsleutel
from convenant.invullen import with_public_keys
from convenant.laden import document_from_yaml, dump_yaml, parse_convenant
from convenant.model import Convenant
from convenant.types import ConvenantId, Epoche, Oin
from convenant.voorbeelden import example_text
from convenant.zegel import Kem, Zegelsleutel

BLIJF, WIJKTEAM, VT = Oin("00000099000000021000"), Oin("00000099000000011000"), Oin("00000099000000001000")
SIGNAAL = UUID("11111111-2222-4333-8444-555555555555")
CONTEXT = Kaartcontext(convenant=ConvenantId("nhn-2026"), signaal=SIGNAAL, oin=BLIJF)
GEGEVENS = Kaartgegevens(
    professional="A. de Vries", functie="hulpverlener", telefoon="0720000021", beschikbaarheid="ma t/m do"
)
EIGEN, ANDER = Ondertekensleutel.generate(), Ondertekensleutel.generate()
KAARTSLEUTEL, SIBLING = Kaartsleutel(bytes(range(32))), Kaartsleutel(bytes(range(1, 33)))
GEHEIM = Kaartgeheim(bytes(range(2, 34)))
JWS = sign_kaart(GEGEVENS, context=CONTEXT, naam="Blijf Groep", ondertekensleutel=EIGEN)


@pytest.fixture(scope="module")
def convenant() -> Convenant:
    document = document_from_yaml(example_text("noord-holland-noord"), bron="voorbeeld")
    keys = {BLIJF: EIGEN.public_jwk(), WIJKTEAM: ANDER.public_jwk()}
    return parse_convenant(dump_yaml(with_public_keys(document, keys)), bron="voorbeeld")


def refused(open_it: Callable[[], object]) -> bool:
    try:
        open_it()
    except KaartOnbetrouwbaar:
        return True
    return False


class TestOpening:
    def test_a_co_signaller_reads_who_to_call(self, convenant: Convenant) -> None:
        versleuteld = seal_kaart(JWS, GEHEIM, CONTEXT)
        omslag = make_omslag(GEHEIM, KAARTSLEUTEL, context=CONTEXT, epoche=Epoche(1))

        geheim = open_omslag(omslag, KAARTSLEUTEL, context=CONTEXT, epoche=Epoche(1))
        kaart = verify_kaart(open_kaart(versleuteld, geheim, CONTEXT), context=CONTEXT, convenant=convenant)

        assert (kaart.gegevens, kaart.naam, kaart.context) == (GEGEVENS, "Blijf Groep", CONTEXT)
        assert (len(versleuteld), len(omslag), len(random_omslag())) == (KAART_BYTES, OMSLAG_BYTES, OMSLAG_BYTES)
        assert (KAART_BYTES, OMSLAG_BYTES) == (1052, 60)

    def test_a_sibling_does_not(self) -> None:
        omslag = make_omslag(GEHEIM, KAARTSLEUTEL, context=CONTEXT, epoche=Epoche(1))

        assert refused(lambda: open_omslag(omslag, SIBLING, context=CONTEXT, epoche=Epoche(1)))

    @pytest.mark.parametrize("kem", list(Kem))
    def test_a_receiver_of_a_zegel_does_and_nobody_else(self, kem: Kem) -> None:
        vt, wijkteam = Zegelsleutel.generate(kem), Zegelsleutel.generate(kem)
        zegel = seal_geheim(GEHEIM, context=CONTEXT, ontvanger=VT, zegelsleutel=vt.publiek)

        assert open_zegel(zegel, context=CONTEXT, ontvanger=VT, zegelsleutel=vt) == GEHEIM
        assert refused(lambda: open_zegel(zegel, context=CONTEXT, ontvanger=VT, zegelsleutel=wijkteam))
        assert refused(lambda: open_zegel(zegel, context=CONTEXT, ontvanger=WIJKTEAM, zegelsleutel=vt))

    def test_two_cards_of_one_professional_look_unlike(self) -> None:
        assert seal_kaart(JWS, GEHEIM, CONTEXT) != seal_kaart(JWS, GEHEIM, CONTEXT)
        assert generate_kaartgeheim() != generate_kaartgeheim()

    @settings(max_examples=30)
    @given(st.text(alphabet="abcé Ż0", min_size=1, max_size=30).filter(str.strip))
    def test_every_card_has_the_same_length(self, naam: str) -> None:
        token = sign_kaart(replace(GEGEVENS, professional=naam), context=CONTEXT, naam="B", ondertekensleutel=EIGEN)

        assert len(seal_kaart(token, GEHEIM, CONTEXT)) == KAART_BYTES
        assert open_kaart(seal_kaart(token, GEHEIM, CONTEXT), GEHEIM, CONTEXT) == token


OTHERS = [
    pytest.param(replace(CONTEXT, convenant=ConvenantId("twente")), id="convenant"),
    pytest.param(replace(CONTEXT, signaal=UUID(int=1)), id="signal"),
    pytest.param(replace(CONTEXT, oin=WIJKTEAM), id="organisation"),
]


class TestTampering:
    def test_every_byte_of_a_card_counts(self) -> None:
        for place in range(KAART_BYTES):
            changed = bytearray(SEALED)
            changed[place] ^= 1
            assert refused(partial(open_kaart, bytes(changed), GEHEIM, CONTEXT))

    def test_every_byte_of_an_omslag_counts(self) -> None:
        omslag = make_omslag(GEHEIM, KAARTSLEUTEL, context=CONTEXT, epoche=Epoche(1))
        for place in range(OMSLAG_BYTES):
            changed = bytes(byte ^ (128 if n == place else 0) for n, byte in enumerate(omslag))
            assert refused(partial(open_omslag, changed, KAARTSLEUTEL, context=CONTEXT, epoche=Epoche(1)))

    def test_every_byte_of_a_zegel_counts(self) -> None:
        sleutel = Zegelsleutel.generate(Kem.X25519)
        zegel = seal_geheim(GEHEIM, context=CONTEXT, ontvanger=VT, zegelsleutel=sleutel.publiek)
        for place in range(len(zegel)):
            changed = bytes(byte ^ (1 if n == place else 0) for n, byte in enumerate(zegel))
            assert refused(partial(open_zegel, changed, context=CONTEXT, ontvanger=VT, zegelsleutel=sleutel))

    def test_every_character_of_a_signed_card_counts(self, convenant: Convenant) -> None:
        accepted = []
        for place, char in enumerate(JWS):
            changed = JWS[:place] + ("A" if char != "A" else "B") + JWS[place + 1 :]
            if not refused(partial(verify_kaart, changed, context=CONTEXT, convenant=convenant)):
                accepted.append(place)

        # The last character of the signature holds bits that base64url does not use; any other spelling is refused.
        assert accepted == [] or all(place == len(JWS) - 1 for place in accepted)

    @pytest.mark.parametrize("length", [0, 11, 12, KAART_BYTES - 1, KAART_BYTES + 1])
    def test_another_length_is_no_card(self, length: int) -> None:
        assert refused(lambda: open_kaart(bytes(length), GEHEIM, CONTEXT))
        assert refused(lambda: open_omslag(bytes(length), KAARTSLEUTEL, context=CONTEXT, epoche=Epoche(1)))
        assert refused(
            lambda: open_zegel(bytes(length), context=CONTEXT, ontvanger=VT, zegelsleutel=Zegelsleutel.generate())
        )

    @pytest.mark.parametrize("other", OTHERS)
    def test_a_card_belongs_to(self, convenant: Convenant, other: Kaartcontext) -> None:
        omslag = make_omslag(GEHEIM, KAARTSLEUTEL, context=CONTEXT, epoche=Epoche(1))

        assert refused(lambda: open_kaart(SEALED, GEHEIM, other))
        assert refused(lambda: open_omslag(omslag, KAARTSLEUTEL, context=other, epoche=Epoche(1)))
        assert refused(lambda: verify_kaart(JWS, context=other, convenant=convenant))

    def test_an_omslag_belongs_to_its_epoch(self) -> None:
        omslag = make_omslag(GEHEIM, KAARTSLEUTEL, context=CONTEXT, epoche=Epoche(1))

        assert refused(lambda: open_omslag(omslag, KAARTSLEUTEL, context=CONTEXT, epoche=Epoche(2)))

    def test_the_card_names_its_key(self) -> None:
        assert refused(lambda: open_kaart(SEALED, Kaartgeheim(bytes(32)), CONTEXT))


SEALED = seal_kaart(JWS, GEHEIM, CONTEXT)


def _signed(changes: dict[str, object], *, header: dict[str, object] | None = None, key: OKPKey | None = None) -> str:
    payload = json.loads(base64.urlsafe_b64decode(JWS.split(".")[1] + "=="))
    inhoud = {name: value for name, value in {**payload, **changes}.items() if value is not None}
    head = header or {"alg": "Ed25519", "kid": EIGEN.kid, "typ": "kaart+jws"}
    signing = key or OKPKey.import_key(dict(EIGEN.private_jwk()))
    return jws.serialize_compact(head, json.dumps(inhoud).encode(), signing, algorithms=["Ed25519", "HS256"])


class TestSignature:
    def test_another_organisation_cannot_sign_for_it(self, convenant: Convenant) -> None:
        forged = sign_kaart(GEGEVENS, context=CONTEXT, naam="Blijf Groep", ondertekensleutel=ANDER)

        with pytest.raises(KaartOnbetrouwbaar, match="handtekening"):
            verify_kaart(forged, context=CONTEXT, convenant=convenant)

    def test_a_stranger_to_the_convenant_has_no_key(self, convenant: Convenant) -> None:
        context = replace(CONTEXT, oin=Oin("00000099000000099000"))
        forged = sign_kaart(GEGEVENS, context=context, naam="X", ondertekensleutel=EIGEN)

        assert refused(lambda: verify_kaart(forged, context=context, convenant=convenant))

    @pytest.mark.parametrize(
        "changes",
        [{"versie": 2}, {"extra": 1}, {"naam": None}, {"professional": ""}, {"professional": "a\nb"}, {"oin": 3}],
        ids=["version", "unknown member", "missing member", "nobody", "two lines", "number"],
    )
    def test_a_card_of_another_form_is_not_believed(self, convenant: Convenant, changes: dict[str, object]) -> None:
        assert refused(lambda: verify_kaart(_signed(changes), context=CONTEXT, convenant=convenant))

    @pytest.mark.parametrize(
        "header",
        [
            {"alg": "Ed25519", "typ": "JWT"},
            {"alg": "Ed25519"},
            {"alg": "Ed25519", "typ": "kaart+jws", "b64": False, "crit": ["b64"]},
        ],
        ids=["another type", "no type", "critical extension"],
    )
    def test_another_kind_of_signature_is_not_taken_for_one(
        self, convenant: Convenant, header: dict[str, object]
    ) -> None:
        assert refused(lambda: verify_kaart(_signed({}, header=header), context=CONTEXT, convenant=convenant))

    def test_the_public_key_is_no_secret_to_sign_with(self, convenant: Convenant) -> None:
        public = OctKey.import_key(EIGEN.public_jwk()["x"].ljust(43, "A"))
        forged = _signed({}, header={"alg": "HS256", "typ": "kaart+jws"}, key=public)  # type: ignore[arg-type]

        assert refused(lambda: verify_kaart(forged, context=CONTEXT, convenant=convenant))

    @pytest.mark.parametrize("token", ["", ".", "..", "a.b.c", JWS.rpartition(".")[0] + ".", "x" * 2000])
    def test_what_is_no_jws_is_no_card(self, convenant: Convenant, token: str) -> None:
        assert refused(lambda: verify_kaart(token, context=CONTEXT, convenant=convenant))
        assert token.startswith("ey") or refused(lambda: context_of(token))


class TestFillingIn:
    @pytest.mark.parametrize(
        ("change", "veld"),
        [
            ({"professional": " "}, "professional"),
            ({"functie": ""}, "functie"),
            ({"telefoon": ""}, "telefoon"),
            ({"email": "a\nb"}, "email"),
        ],
    )
    def test_a_field_that_cannot_be_used_is_named(self, change: dict[str, str], veld: str) -> None:
        with pytest.raises(KaartOngeldig) as caught:
            replace(GEGEVENS, **change)
        assert caught.value.veld == veld

    @pytest.mark.parametrize("veld", ["professional", "functie", "telefoon", "email", "beschikbaarheid"])
    def test_the_field_that_is_too_long_is_named_and_how_much(self, veld: str) -> None:
        def sign(length: int) -> str:
            gegevens = replace(GEGEVENS, **{veld: "x" * length})
            return sign_kaart(gegevens, context=CONTEXT, naam="Blijf Groep", ondertekensleutel=EIGEN)

        with pytest.raises(KaartOngeldig) as caught:
            sign(700)
        assert caught.value.veld == veld
        found = re.search(r"ongeveer ([0-9]+) tekens", caught.value.melding)
        assert found is not None
        assert MAX_JWS_BYTES - 8 <= len(sign(700 - int(found[1]))) <= MAX_JWS_BYTES

    def test_a_repr_names_nobody(self) -> None:
        assert "Vries" not in repr(GEGEVENS)
        assert "0720000021" not in repr(GEGEVENS)


class TestVrijgave:
    def test_opens_for_the_receiver_alone(self, convenant: Convenant) -> None:
        wijkteam, vt = Zegelsleutel.generate(), Zegelsleutel.generate()
        seal = partial(seal_vrijgave, convenant=CONTEXT.convenant, oin=BLIJF)
        open_it = partial(open_vrijgave, convenant=CONTEXT.convenant, oin=BLIJF)
        zegel = seal(JWS, ontvanger=WIJKTEAM, zegelsleutel=wijkteam.publiek)

        found = open_it(zegel, ontvanger=WIJKTEAM, zegelsleutel=wijkteam)
        assert found == JWS
        assert context_of(found) == CONTEXT
        assert len(zegel) <= 4096
        assert refused(lambda: open_it(zegel, ontvanger=WIJKTEAM, zegelsleutel=vt))
        assert refused(lambda: open_it(zegel, ontvanger=VT, zegelsleutel=wijkteam))
        assert refused(lambda: open_it(zegel, ontvanger=WIJKTEAM, zegelsleutel=wijkteam, oin=WIJKTEAM))

    def test_is_not_a_zegel_of_a_card(self) -> None:
        sleutel = Zegelsleutel.generate(Kem.X25519)
        zegel = seal_geheim(GEHEIM, context=CONTEXT, ontvanger=VT, zegelsleutel=sleutel.publiek)

        assert refused(
            lambda: open_vrijgave(zegel, convenant=CONTEXT.convenant, oin=BLIJF, ontvanger=VT, zegelsleutel=sleutel)
        )


def test_a_card_of_another_signal_cannot_be_made_from_this_one() -> None:
    assert refused(lambda: open_kaart(SEALED, GEHEIM, replace(CONTEXT, signaal=uuid4())))
