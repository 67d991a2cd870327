"""Convenanten in mode voprf that put too much in one hand, or leave something out."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from convenant.base64url import encode_base64url
from convenant.errors import OngeldigConvenant
from convenant.laden import convenant_from_document, document_from_yaml, dump_yaml, parse_convenant
from convenant.profielen import NL_1
from convenant.types import Omgeving
from convenant.voorbeelden import example_text
from convenant.voprf import OprfSleutel

NHN = document_from_yaml(example_text("noord-holland-noord"), bron="voorbeeld")
MATCHER = NHN["matcher"]["beheerder"]
SCHOOL = "00000099000000061000"
PINNED = ("sleutelhouders", 0, "sleutels", 0, "punten")
HOUDER = NHN["sleutelhouders"][0]["oin"]

Change = Callable[[dict[str, Any]], None]


def _punten() -> dict[str, str]:
    return {slot.code: encode_base64url(OprfSleutel.generate().publiek.to_bytes()) for slot in NL_1.slots}


def _put(*pad: str | int, value: Any) -> Change:
    def change(document: Any) -> None:
        for deel in pad[:-1]:
            document = document[deel]
        document[pad[-1]] = value

    return change


def _drop(*pad: str | int) -> Change:
    def change(document: Any) -> None:
        for deel in pad[:-1]:
            document = document[deel]
        del document[pad[-1]]

    return change


def _second(**other: Any) -> Change:
    def change(document: dict[str, Any]) -> None:
        houder = {
            "oin": "00000099000000005000",
            "naam": "Tweede",
            "url": "https://tweede.example.nl",
            "sleutels": [{"epoche": 1, "punten": _punten()}],
        }
        document["sleutelhouders"].append({**houder, **other})

    return change


def _second_with_the_keys_of_the_first(document: dict[str, Any]) -> None:
    _second(sleutels=copy.deepcopy(document["sleutelhouders"][0]["sleutels"]))(document)


def _same_zegelsleutel(document: dict[str, Any]) -> None:
    document["partijen"][1]["zegelsleutel"] = document["partijen"][0]["zegelsleutel"]


def _epochen(*perioden: tuple[int, str, str]) -> Change:
    def change(document: dict[str, Any]) -> None:
        document["epochen"] = [{"nummer": n, "van": van, "tot": tot} for n, van, tot in perioden]
        document["sleutelhouders"][0]["sleutels"] = [{"epoche": n, "punten": _punten()} for n, _, _ in perioden]

    return change


def _regel(artikel: str, **members: Any) -> Change:
    def change(document: dict[str, Any]) -> None:
        next(regel for regel in document["deelregels"] if regel["artikel"] == artikel).update(members)

    return change


def _loaded(change: Change | None = None) -> Any:
    document = copy.deepcopy(NHN)
    if change is not None:
        change(document)
    return convenant_from_document(document, bron="test")


@pytest.mark.parametrize(
    ("change", "pad", "part"),
    [
        (_drop("sleutelhouders"), "sleutelhouders", "een of twee"),
        (_drop("sleutelbewaarder"), "sleutelbewaarder", "wie de convenantsleutel maakt"),
        (_drop("alarm"), "alarm", "alarm slaat"),
        (_drop("matcher", "sleutels"), "matcher.sleutels", "publieke sleutel"),
        (_drop("partijen", 3, "zegelsleutel"), "partijen.3", "zegelsleutel"),
        (_drop("budgetten", 2), "partijen.18", "geen budget"),
        (_put("modus", value="hmac"), "sleutelhouders", "hmac"),
        (
            _drop(*PINNED, "zeker"),
            "sleutelhouders.0.sleutels.0.punten",
            "per code",
        ),
        (_put("sleutelhouders", 0, "sleutels", 0, "epoche", value=2), "sleutelhouders.0.sleutels", "elke epoche"),
        (_put("sleutelhouders", 0, "oin", value=MATCHER), "sleutelhouders.0.oin", "niet ook de matcher"),
        (_put("sleutelhouders", 0, "oin", value=SCHOOL), "sleutelhouders.0.oin", "geen signaleerder"),
        (_put("sleutelbewaarder", "oin", value=MATCHER), "sleutelbewaarder.oin", "beheert niet ook"),
        (_put("sleutelbewaarder", "oin", value=HOUDER), "sleutelbewaarder.oin", "beheert niet ook"),
        (_put("sleutelhouders", 0, "url", value="http://sleutel.example.nl"), "sleutelhouders.0.url", "https"),
        (_second(oin=HOUDER), "sleutelhouders.1", "twee organisaties"),
        (_second(url=NHN["sleutelhouders"][0]["url"]), "sleutelhouders.1", "twee organisaties"),
        (_second_with_the_keys_of_the_first, "sleutelhouders.1.sleutels.0.punten.zeker", "eerder"),
        (_same_zegelsleutel, "partijen.1.zegelsleutel", "andere partij"),
        (
            _epochen((2, "2026-01-01", "2026-12-31"), (1, "2027-01-01", "2027-12-31")),
            "epochen.0",
            "hoger nummer",
        ),
        (
            _epochen((1, "2026-01-01", "2026-12-31"), (2, "2026-06-01", "2027-06-01"), (3, "2026-12-01", "2027-12-01")),
            "epochen.2",
            "hoogstens twee",
        ),
        (_regel("4.8", velden=["overeenkomst", "contact"]), "deelregels.7.velden", "alleen 'overeenkomst'"),
        (_regel("4.1", velden=["overeenkomst"]), "deelregels.0.velden", "niets anders"),
        (_regel("4.8", niveaus=["zeker"]), "deelregels.7.niveaus", "nooit zeker"),
        (_regel("4.8", gebeurtenissen=["mogelijke-match", "match"]), "deelregels.7", "alleen daarover"),
    ],
)
def test_refuses(change: Change, pad: str, part: str) -> None:
    with pytest.raises(OngeldigConvenant) as caught:
        _loaded(change)
    found = {bevinding.pad: bevinding.melding for bevinding in caught.value.bevindingen}
    assert part in found[pad]


def _production() -> str:
    document = NHN | {"informeren": {"artikel": "3.1", "trappen": [{"vanaf": 0, "wie": ["ouders"]}]}}
    return dump_yaml(document).replace("00000099", "00000001").replace("omgeving: proef", "omgeving: productie")


def test_production_with_voprf_and_real_oins_is_right() -> None:
    text = _production()
    assert parse_convenant(text, bron="test").omgeving is Omgeving.PRODUCTIE


def test_production_refuses_a_test_oin_of_a_sleutelhouder() -> None:
    text = _production()
    with pytest.raises(OngeldigConvenant) as caught:
        parse_convenant(text.replace("00000001000000004000", "00000099000000004000"), bron="test")
    assert [bevinding.pad for bevinding in caught.value.bevindingen] == ["sleutelhouders.0.oin"]


def test_production_has_tls_everywhere() -> None:
    text = _production()
    with pytest.raises(OngeldigConvenant, match="https"):
        parse_convenant(text.replace("https://sleutelhouder.example.nl", "http://127.0.0.1:8200"), bron="test")


def test_two_sleutelhouders_with_keys_of_their_own_are_fine() -> None:
    assert len(_loaded(_second()).sleutelhouders) == 2


def test_a_trial_on_one_machine_needs_no_tls() -> None:
    assert _loaded(_put("sleutelhouders", 0, "url", value="http://127.0.0.1:8200")).sleutelhouders


def test_two_epochs_may_overlap() -> None:
    convenant = _loaded(_epochen((1, "2026-01-01", "2026-12-31"), (2, "2026-12-01", "2027-12-31")))
    assert [epoche.nummer for epoche in convenant.epochen] == [1, 2]


@pytest.mark.parametrize(
    ("change", "pad"),
    [
        (_put(*PINNED, "zeker", value="x"), "punten.zeker"),
        (_put("sleutelhouders", 0, "url", value="https://x.example.nl/v1"), "url"),
        (_put("partijen", 0, "zegelsleutel", "publiek", value="AAAA"), "zegelsleutel"),
        (_put("budgetten", 0, "perDag", value=1), "budgetten.0"),
    ],
    ids=["punt", "url", "zegelsleutel", "budget"],
)
def test_refuses_what_has_not_the_right_form_without_quoting_it(change: Change, pad: str) -> None:
    with pytest.raises(OngeldigConvenant) as caught:
        _loaded(change)
    assert any(pad in bevinding.pad for bevinding in caught.value.bevindingen)
    assert "AAAA" not in str(caught.value)
