"""Joining, admitting, suspending and changing keys: who may, and what nobody can smuggle in."""

from typing import TYPE_CHECKING, Any

import pytest
from joserfc.jwk import OKPKey

from convenant.base64url import encode_base64url
from convenant.errors import GebrokenKeten, OngeldigeVerklaring, VerklaringGeweigerd
from convenant.ondertekening import open_toetredingen
from convenant.types import Oin
from convenant.zegel import Zegelsleutel

if TYPE_CHECKING:
    from tests.convenant.ondertekening.conftest import Dekken, Tafel, Vervalsen

VT = Oin("00000099000000001000")
WIJKTEAM = Oin("00000099000000002000")
SCHOOL = Oin("00000099000000003000")
NIEUW = Oin("00000099000000004000")
ANDER = Oin("00000099000000005000")
BEHEERDER = Oin("00000099000000009000")
BEWIJS = "koppelradar-sleutelbewijs+jws"


def _oins(tafel: "Tafel") -> list[Oin]:
    return [partij.oin for partij in tafel.stand().partijen]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"sector": "justitie"}, "Kijk bij 'toetreding'"),
        ({"rollen": ["signaleerder", "radar"]}, "Kijk bij 'toetreding'"),
        ({"vereist": True}, "niet vereist"),
        ({"naam": "x" * 201}, "onbekende vorm"),
        ({"macht": "alle"}, "onbekende vorm"),
        ({"sleutels": []}, "onbekende vorm"),
    ],
    ids=["sector", "role", "required", "long-name", "unknown-field", "no-key"],
)
def test_refuses_an_organisation_that_the_convenant_does_not_let_join(
    tafel: "Tafel", changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises((VerklaringGeweigerd, OngeldigeVerklaring), match=sentence):
        tafel.ask(**changes)
    assert tafel.teksten == []


def test_without_a_section_on_joining_nobody_joins(dek: "Dekken") -> None:
    with pytest.raises(VerklaringGeweigerd, match="Kijk bij 'toetreding'"):
        dek(toetreding=None).ask()


def test_sector_and_roles_have_to_stand_in_one_rule_together(dek: "Dekken") -> None:
    regel = {"artikel": "2.3", "toelichting": "Zo."}
    rules = [
        {**regel, "sectoren": ["onderwijs"], "rollen": ["privacy"]},
        {**regel, "artikel": "2.4", "sectoren": ["justitie"], "rollen": ["signaleerder"]},
    ]
    with pytest.raises(VerklaringGeweigerd, match="Kijk bij 'toetreding'"):
        dek(toetreding=rules).ask()


def test_who_joins_signs_with_the_one_key_in_its_own_document(
    tafel: "Tafel", vervals: "Vervalsen", reserve: tuple[OKPKey, ...]
) -> None:
    partij = tafel.joiner()
    inhoud = tafel.payload(NIEUW, "toetreden", partij=partij)
    assert tafel.read(vervals(inhoud, tafel.sleutels[NIEUW]))
    with pytest.raises(OngeldigeVerklaring, match="geregistreerde sleutel"):
        tafel.read(vervals(inhoud, reserve[0], kid=partij["sleutels"][0]["kid"]))
    x = str(reserve[0].as_dict(private=False)["x"])
    second = {"kid": str(reserve[0].thumbprint()), "kty": "OKP", "crv": "Ed25519", "x": x}
    with pytest.raises(VerklaringGeweigerd, match="precies één sleutel"):
        tafel.ask(sleutels=[*partij["sleutels"], second])


def test_the_name_of_a_new_key_follows_from_the_key(tafel: "Tafel", vervals: "Vervalsen") -> None:
    (jwk,) = tafel.joiner()["sleutels"]
    partij = tafel.joiner(sleutels=[{**jwk, "kid": "school-9"}])
    with pytest.raises(VerklaringGeweigerd, match="vingerafdruk"):
        tafel.read(vervals(tafel.payload(NIEUW, "toetreden", partij=partij), tafel.sleutels[NIEUW], kid="school-9"))


def test_the_oin_of_the_statement_is_that_of_the_party(tafel: "Tafel", vervals: "Vervalsen") -> None:
    inhoud = tafel.payload(NIEUW, "toetreden", partij=tafel.joiner(oin=ANDER))
    with pytest.raises(VerklaringGeweigerd, match="OIN"):
        tafel.read(vervals(inhoud, tafel.sleutels[ANDER]))


def test_who_is_a_party_does_not_join_again(tafel: "Tafel", vervals: "Vervalsen", reserve: tuple[OKPKey, ...]) -> None:
    """Otherwise anybody could join in the name of a party, with a key of its own."""
    x = str(reserve[0].as_dict(private=False)["x"])
    jwk = {"kid": str(reserve[0].thumbprint()), "kty": "OKP", "crv": "Ed25519", "x": x}
    inhoud = tafel.payload(SCHOOL, "toetreden", partij=tafel.joiner(oin=SCHOOL, sleutels=[jwk]))
    with pytest.raises(VerklaringGeweigerd, match="al partij"):
        tafel.read(vervals(inhoud, reserve[0]))


def test_a_key_of_a_party_does_not_join_under_another_name(tafel: "Tafel", vervals: "Vervalsen") -> None:
    (jwk,) = tafel.document["partijen"][2]["sleutels"]
    inhoud = tafel.payload(NIEUW, "toetreden", partij=tafel.joiner(sleutels=[jwk]))
    with pytest.raises(VerklaringGeweigerd, match="past niet in het convenant"):
        tafel.read(vervals(inhoud, tafel.sleutels[SCHOOL]))


def test_who_runs_the_matcher_does_not_join_as_signaleerder(tafel: "Tafel") -> None:
    tafel.sleutels[BEHEERDER] = tafel.sleutels[NIEUW]
    with pytest.raises(VerklaringGeweigerd, match="beheerder van de matcher"):
        tafel.ask(BEHEERDER)


def test_two_can_ask_in_one_name_and_the_convenanthouder_says_which_it_is(
    tafel: "Tafel", vervals: "Vervalsen", reserve: tuple[OKPKey, ...]
) -> None:
    tafel.accept()
    real = tafel.ask()
    tafel.sleutels[NIEUW] = reserve[0]
    impostor = tafel.ask()
    assert {v.hash for v in open_toetredingen(tafel.convenant, tafel.verklaringen())} == {real.hash, impostor.hash}
    tafel.admit(real)
    (partij,) = [partij for partij in tafel.stand().partijen if partij.oin == NIEUW]
    assert partij == real.partij
    with pytest.raises(VerklaringGeweigerd, match="doet al mee"):
        tafel.admit(impostor)
    tafel.sign(NIEUW, "opzeggen", sleutel=reserve[0])
    assert NIEUW in _oins(tafel)


def test_admits_only_what_lies_on_the_table_and_under_its_own_name(tafel: "Tafel") -> None:
    asked = tafel.ask()
    with pytest.raises(VerklaringGeweigerd, match="ontbreekt"):
        tafel.sign(VT, "toelaten", partij_oin=ANDER, toetreding=asked.hash)
    tafel.teksten.clear()
    with pytest.raises(VerklaringGeweigerd, match="ontbreekt"):
        tafel.sign(VT, "toelaten", partij_oin=NIEUW, toetreding=asked.hash)


def test_admits_a_request_and_no_other_statement(tafel: "Tafel") -> None:
    tafel.accept()
    with pytest.raises(VerklaringGeweigerd, match="ontbreekt"):
        tafel.sign(VT, "toelaten", partij_oin=SCHOOL, toetreding=tafel.verklaringen()[-1].hash)


def test_a_request_is_the_first_statement_of_who_makes_it(tafel: "Tafel", vervals: "Vervalsen") -> None:
    for changes in ({"nummer": 2}, {"vorige": "sha256:" + "0" * 64}):
        inhoud = tafel.payload(NIEUW, "toetreden", partij=tafel.joiner()) | changes
        with pytest.raises(GebrokenKeten):
            tafel.read(vervals(inhoud, tafel.sleutels[NIEUW]))


def test_nobody_becomes_the_convenanthouder_by_joining(dek: "Dekken") -> None:
    tafel = dek(convenanthouder=NIEUW)
    with pytest.raises(VerklaringGeweigerd, match="past niet in het convenant"):
        tafel.ask()


def test_who_joins_has_a_sealing_key_of_its_own(tafel: "Tafel") -> None:
    publiek = Zegelsleutel.generate().publiek
    zegelsleutel = {"kem": publiek.kem.value, "publiek": encode_base64url(publiek.publiek)}
    tafel.admit(tafel.ask(zegelsleutel=zegelsleutel))
    with pytest.raises(VerklaringGeweigerd, match="zegelsleutel is al"):
        tafel.admit(tafel.ask(ANDER, zegelsleutel=zegelsleutel))
    tafel.teksten.pop()
    other = Zegelsleutel.generate().publiek
    tafel.admit(tafel.ask(ANDER, zegelsleutel={**zegelsleutel, "publiek": encode_base64url(other.publiek)}))
    assert _oins(tafel) == [NIEUW, ANDER]


def test_who_joins_without_a_sealing_key_is_in_nobodys_way(tafel: "Tafel") -> None:
    publiek = Zegelsleutel.generate().publiek
    tafel.admit(tafel.ask(zegelsleutel={"kem": publiek.kem.value, "publiek": encode_base64url(publiek.publiek)}))
    tafel.admit(tafel.ask(ANDER))
    assert _oins(tafel) == [NIEUW, ANDER]


@pytest.mark.parametrize(
    ("soort", "partij_oin", "sentence"),
    [
        ("schorsen", NIEUW, "doet niet mee"),
        ("schorsen", VT, "zichzelf niet schorsen"),
        ("hervatten", SCHOOL, "niet geschorst"),
        ("hervatten", NIEUW, "niet geschorst"),
    ],
)
def test_suspends_and_resumes_parties_only(tafel: "Tafel", soort: str, partij_oin: Oin, sentence: str) -> None:
    tafel.ask()
    with pytest.raises(VerklaringGeweigerd, match=sentence):
        tafel.sign(VT, soort, partij_oin=partij_oin)


def test_suspends_once(tafel: "Tafel") -> None:
    tafel.sign(VT, "schorsen", partij_oin=SCHOOL)
    with pytest.raises(VerklaringGeweigerd, match="al geschorst"):
        tafel.sign(VT, "schorsen", partij_oin=SCHOOL)


def test_after_a_change_only_the_new_key_signs(
    tafel: "Tafel", vervals: "Vervalsen", reserve: tuple[OKPKey, ...]
) -> None:
    leaked = tafel.sleutels[SCHOOL]
    tafel.accept()
    tafel.change_key(SCHOOL, reserve[0])
    with pytest.raises(OngeldigeVerklaring, match="geregistreerde sleutel"):
        tafel.read(vervals(tafel.payload(SCHOOL, "opzeggen"), leaked))
    with pytest.raises(VerklaringGeweigerd, match="niet de geregistreerde sleutel"):
        tafel.sign(SCHOOL, "opzeggen", sleutel=leaked)
    tafel.change_key(SCHOOL, reserve[1])
    tafel.sign(SCHOOL, "opzeggen")
    assert SCHOOL not in _oins(tafel)


def test_the_new_key_signs_along_for_that_very_change(
    tafel: "Tafel", vervals: "Vervalsen", reserve: tuple[OKPKey, ...]
) -> None:
    x = str(reserve[0].as_dict(private=False)["x"])
    jwk = {"kid": str(reserve[0].thumbprint()), "kty": "OKP", "crv": "Ed25519", "x": x}
    inhoud = tafel.payload(SCHOOL, "sleutelwissel", sleutel=jwk)
    right = vervals(inhoud, reserve[0], typ=BEWIJS)
    assert tafel.read(vervals({**inhoud, "bewijs": right}, tafel.sleutels[SCHOOL]))
    for wrong in (
        vervals(inhoud, tafel.sleutels[SCHOOL], typ=BEWIJS),
        vervals(inhoud, reserve[0]),
        vervals({**inhoud, "oin": WIJKTEAM}, reserve[0], typ=BEWIJS),
        vervals({**inhoud, "bewijs": "x"}, reserve[0], typ=BEWIJS),
        "x",
    ):
        with pytest.raises(OngeldigeVerklaring):
            tafel.read(vervals({**inhoud, "bewijs": wrong}, tafel.sleutels[SCHOOL]))


def test_the_name_of_the_new_key_follows_from_it(
    tafel: "Tafel", vervals: "Vervalsen", reserve: tuple[OKPKey, ...]
) -> None:
    x = str(reserve[0].as_dict(private=False)["x"])
    inhoud = tafel.payload(SCHOOL, "sleutelwissel", sleutel={"kid": "a", "kty": "OKP", "crv": "Ed25519", "x": x})
    bewijs = vervals(inhoud, reserve[0], typ=BEWIJS)
    with pytest.raises(VerklaringGeweigerd, match="vingerafdruk"):
        tafel.read(vervals({**inhoud, "bewijs": bewijs}, tafel.sleutels[SCHOOL]))


def test_a_key_is_somebodys_once_and_never_comes_back(tafel: "Tafel", reserve: tuple[OKPKey, ...]) -> None:
    first = tafel.sleutels[SCHOOL]
    for taken in (first, tafel.sleutels[WIJKTEAM]):
        with pytest.raises(VerklaringGeweigerd, match="al eens gebruikt"):
            tafel.sign(SCHOOL, "sleutelwissel", nieuwe_sleutel=taken)
    tafel.change_key(SCHOOL, reserve[0])
    for oin, taken in ((SCHOOL, first), (WIJKTEAM, reserve[0])):
        with pytest.raises(VerklaringGeweigerd, match="al eens gebruikt") as found:
            tafel.sign(oin, "sleutelwissel", nieuwe_sleutel=taken)
        assert found.value.plaats == 2
    tafel.sleutels[NIEUW] = reserve[0]
    with pytest.raises(VerklaringGeweigerd, match="al eens gebruikt"):
        tafel.ask()


def test_the_matcher_and_the_sleutelbewaarder_keep_their_keys_to_themselves(
    dek: "Dekken", reserve: tuple[OKPKey, ...]
) -> None:
    matcher, bewaarder = (
        {"kid": f"dienst-{i}", "kty": "OKP", "crv": "Ed25519", "x": str(key.as_dict(private=False)["x"])}
        for i, key in enumerate(reserve[:2])
    )
    tafel = dek(
        matcher={"beheerder": BEHEERDER, "naam": "Beheerder", "sleutels": [matcher]},
        sleutelbewaarder={"naam": "Bewaarder", "sleutels": [bewaarder]},
    )
    for key in reserve[:2]:
        with pytest.raises(VerklaringGeweigerd, match="al eens gebruikt"):
            tafel.sign(SCHOOL, "sleutelwissel", nieuwe_sleutel=key)


def test_who_joined_changes_its_key_like_any_party(tafel: "Tafel", reserve: tuple[OKPKey, ...]) -> None:
    tafel.accept()
    asked = tafel.ask()
    tafel.change_key(NIEUW, reserve[0])
    tafel.admit(asked)
    tafel.change_key(NIEUW, reserve[1])
    tafel.sign(NIEUW, "opzeggen")
    assert NIEUW not in _oins(tafel)
