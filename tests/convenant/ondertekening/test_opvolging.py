"""A new version follows on the one before, and nobody is signed for or passed over on the way."""

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from joserfc.jwk import OKPKey

from convenant.errors import OngeldigeOpvolging
from convenant.ondertekening import Ondertekend, check_opvolging, verify_bundel
from convenant.types import Oin

if TYPE_CHECKING:
    from tests.convenant.ondertekening.conftest import Dekken, Tafel

VT = Oin("00000099000000001000")
WIJKTEAM = Oin("00000099000000002000")
SCHOOL = Oin("00000099000000003000")
NIEUW = Oin("00000099000000004000")


def _read(tafel: "Tafel") -> Ondertekend:
    """Return what was signed, also on a text that the sense checks refuse: this is the second line of defence."""
    return Ondertekend(
        convenant=tafel.convenant,
        verklaringen=tafel.verklaringen(),
        stand=tafel.stand(),
        bundel=tafel.bundel(),
    )


def _next(tafel: "Tafel", lay: "Tafel", **members: Any) -> "Tafel":
    """Lay version 2 of what lies on `tafel` on another table, where nobody signed yet."""
    document = deepcopy(tafel.document) | {"versie": 2}
    document["opvolging"] = {"versie": 1, "hash": tafel.convenant.hash, "lopendeSignalen": "nieuwe-regels"}
    lay.op, lay.sleutels = tafel.op, dict(tafel.sleutels)
    return lay.use(document | members)


def _require(tafel: "Tafel", *oins: Oin) -> list[dict[str, Any]]:
    return [{**partij, "vereist": partij["oin"] in oins} for partij in tafel.document["partijen"]]


def test_the_first_version_follows_on_nothing(tafel: "Tafel", dek: "Dekken") -> None:
    with pytest.raises(OngeldigeOpvolging, match="Nog niet elke partij"):
        check_opvolging(None, _read(tafel))
    check_opvolging(None, verify_bundel(tafel.accept(VT).sealed(), bron="test", op=tafel.op))
    with pytest.raises(OngeldigeOpvolging, match="Laad eerst de vorige"):
        check_opvolging(None, _read(_next(tafel, dek()).accept()))
    with pytest.raises(OngeldigeOpvolging, match="Laad eerst de vorige"):
        check_opvolging(None, _read(dek(versie=2).accept()))


def test_a_new_version_names_the_one_before(tafel: "Tafel", dek: "Dekken") -> None:
    old = _read(tafel.accept())
    check_opvolging(old, _read(_next(tafel, dek()).accept(VT)))


@pytest.mark.parametrize(
    ("members", "sentence"),
    [
        ({"convenant": "ander-2026"}, "ander convenant"),
        ({"versie": 3}, "versienummer"),
        ({"versie": 1, "opvolging": None}, "versienummer"),
        ({"opvolging": None}, "Bij 'opvolging'"),
        (
            {"opvolging": {"versie": 1, "hash": "sha256:" + "0" * 64, "lopendeSignalen": "beeindigen"}},
            "Bij 'opvolging'",
        ),
    ],
    ids=["other-convenant", "skipped", "same", "no-section", "other-hash"],
)
def test_refuses_a_version_that_does_not_follow(
    tafel: "Tafel", dek: "Dekken", members: dict[str, Any], sentence: str
) -> None:
    old = _read(tafel.accept())
    document = _next(tafel, dek()).document | members
    new = dek().use({naam: waarde for naam, waarde in document.items() if waarde is not None})
    new.op = tafel.op
    with pytest.raises(OngeldigeOpvolging, match=sentence):
        check_opvolging(old, _read(new.accept()))


def test_every_party_that_the_new_version_requires_accepts_it(tafel: "Tafel", dek: "Dekken") -> None:
    old = _read(tafel.accept())
    new = _next(tafel, dek(), partijen=_require(tafel, VT, SCHOOL)).accept(VT)
    with pytest.raises(OngeldigeOpvolging, match="Nog niet elke partij"):
        check_opvolging(old, _read(new))
    check_opvolging(old, _read(new.accept(SCHOOL)))


def test_nobody_makes_a_version_in_which_it_needs_nobody_else(tafel: "Tafel", dek: "Dekken") -> None:
    old = _read(tafel.accept())
    coup = _next(tafel, dek(), partijen=_require(tafel, WIJKTEAM), convenanthouder=WIJKTEAM).accept(WIJKTEAM)
    with pytest.raises(OngeldigeOpvolging, match="Nog niet elke partij"):
        check_opvolging(old, _read(coup))
    check_opvolging(old, _read(coup.accept(VT)))


def test_the_convenanthouder_accepts_the_new_version_also_when_it_is_not_required(
    tafel: "Tafel", dek: "Dekken"
) -> None:
    tafel.use({**tafel.document, "partijen": _require(tafel, WIJKTEAM)})
    old = _read(tafel.accept())
    new = _next(tafel, dek()).accept(WIJKTEAM)
    with pytest.raises(OngeldigeOpvolging, match="Nog niet elke partij"):
        check_opvolging(old, _read(new))
    check_opvolging(old, _read(new.accept(VT)))


def test_who_revoked_the_old_version_is_not_needed_for_the_new_one(tafel: "Tafel", dek: "Dekken") -> None:
    tafel.use({**tafel.document, "partijen": _require(tafel, VT, SCHOOL)})
    tafel.accept().sign(SCHOOL, "opzeggen")
    new = _next(tafel, dek(), partijen=_require(tafel, VT)).accept(VT)
    check_opvolging(_read(tafel), _read(new))


def _with_key(tafel: "Tafel", key: OKPKey) -> list[dict[str, Any]]:
    partijen = deepcopy(tafel.document["partijen"])
    x = str(key.as_dict(private=False)["x"])
    partijen[2]["sleutels"] = [{"kid": "school-2", "kty": "OKP", "crv": "Ed25519", "x": x}]
    return list(partijen)


def test_a_party_keeps_the_key_that_it_had(tafel: "Tafel", dek: "Dekken", reserve: tuple[OKPKey, ...]) -> None:
    """Whoever writes the new text could otherwise put in a key of its own and sign for another."""
    old = _read(tafel.accept())
    new = _next(tafel, dek(), partijen=_with_key(tafel, reserve[0])).accept(VT)
    with pytest.raises(OngeldigeOpvolging, match=r"^partijen\.2: .* van sleutel wisselen"):
        check_opvolging(old, _read(new))


def test_after_a_change_the_new_version_has_the_new_key(
    tafel: "Tafel", dek: "Dekken", reserve: tuple[OKPKey, ...]
) -> None:
    tafel.accept().change_key(SCHOOL, reserve[0])
    old = _read(tafel)
    check_opvolging(old, _read(_next(tafel, dek(), partijen=_with_key(tafel, reserve[0])).accept(VT)))
    with pytest.raises(OngeldigeOpvolging, match="een andere sleutel dan zij nu heeft"):
        check_opvolging(old, _read(_next(tafel, dek()).accept(VT)))


def test_who_joined_has_its_own_key_in_the_new_version_and_a_new_party_any(
    tafel: "Tafel", dek: "Dekken", reserve: tuple[OKPKey, ...]
) -> None:
    tafel.accept().admit(tafel.ask())
    old = _read(tafel)
    for sleutels, good in ((tafel.joiner()["sleutels"], True), (_with_key(tafel, reserve[1])[2]["sleutels"], False)):
        partijen = [*tafel.document["partijen"], tafel.joiner(sleutels=sleutels)]
        new = _read(_next(tafel, dek(), partijen=partijen).accept(VT))
        if good:
            check_opvolging(old, new)
        else:
            with pytest.raises(OngeldigeOpvolging, match=r"partijen\.3"):
                check_opvolging(old, new)
    tafel.teksten = tafel.teksten[:3]
    check_opvolging(_read(tafel), new)
