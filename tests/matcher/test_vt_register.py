"""The VT-register: all 26 organisations Veilig Thuis in one convenant find each other's casussen; nobody searches."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from joserfc.jwk import OKPKey

from convenant.invullen import with_plafond, with_public_keys
from convenant.laden import document_from_yaml, dump_yaml, parse_convenant
from convenant.model import Partij
from convenant.types import Oin, Rol, Sector
from convenant.voorbeelden import example_text
from matcher.instellingen import Instellingen, make_sleutels
from tests.conftest import Partijen
from tests.matcher.conftest import signaal, tokenset
from tests.matcher.radar import REDEN, casus

if TYPE_CHECKING:
    from convenant.pg.ingebed import DatabaseUrls
    from tests.matcher.conftest import Caller, World

CONVENANT = "vt-register-2026"


@pytest.fixture(scope="session")
def register() -> Partijen:
    """The example, under keys of this test."""
    document = document_from_yaml(example_text("vt-register"), bron="voorbeeld")
    keys = {Oin(p["oin"]): OKPKey.generate_key("Ed25519", auto_kid=True) for p in document["partijen"]}
    public = {oin: {k: str(v) for k, v in key.as_dict(private=False).items()} for oin, key in keys.items()}
    text = dump_yaml(with_plafond(with_public_keys(document, public), 1_000_000))
    return Partijen(parse_convenant(text, bron="test"), keys, text)


@pytest.fixture
def partijen(register: Partijen) -> Partijen:
    return register


@pytest.fixture
def maak_instellingen(register: Partijen) -> Callable[["DatabaseUrls", str, Path], Instellingen]:
    def make(urls: "DatabaseUrls", convenant: str, folder: Path) -> Instellingen:
        convenanten = folder / "convenanten"
        convenanten.mkdir()
        (convenanten / "vt.bundel.json").write_text(register.signed(convenant), encoding="utf-8")
        return make_sleutels(folder / "sleutels").model_copy(
            update={
                "database_url": urls.toepassing,
                "migratie_url": urls.eigenaar,
                "convenanten": convenanten,
                "publieke_url": "https://matcher.test",
            }
        )

    return make


@pytest.fixture
def organisaties(register: Partijen) -> list[Partij]:
    return [partij for partij in register.convenant.partijen if partij.sector is Sector.VEILIG_THUIS]


@pytest.fixture
async def callers(world: "World", organisaties: list[Partij]) -> "list[Caller]":
    return [await world.caller(partij.oin) for partij in organisaties]


def known_to(nummer: int) -> set[int]:
    """Which persons an organisation has a casus on: one of its own, some that moved, and one that was everywhere."""
    return {nummer, (nummer * 7 + 3) % 26, (nummer + 1) % 26, 99}


def of_register(register: Partijen, oin: Oin, persoon: str, **changes: Any) -> dict[str, Any]:
    convenant = register.convenant
    [soort] = [s.code for s in convenant.signaalsoorten if convenant.may_submit(oin, s.code)]
    return signaal(persoon, convenant=CONVENANT, signaalsoort=soort, verlooptOp="2027-05-01", **changes)


async def test_all_twenty_six_find_each_others_casussen(
    world: "World", register: Partijen, organisaties: list[Partij], callers: "list[Caller]"
) -> None:
    assert len(callers) == 26
    sent = [
        {f"persoon {n}": of_register(register, caller.oin, f"persoon {n}") for n in sorted(known_to(nummer))}
        for nummer, caller in enumerate(callers)
    ]
    answers = await asyncio.gather(
        *(caller.submit(*signalen.values()) for caller, signalen in zip(callers, sent, strict=True))
    )
    assert {answer.status_code for answer in answers} == {201}
    who: defaultdict[str, set[Oin]] = defaultdict(set)
    for caller, signalen in zip(callers, sent, strict=True):
        for persoon in signalen:
            who[persoon].add(caller.oin)
    contacts = {partij.oin: partij.contact.telefoon for partij in organisaties}
    for caller, signalen in zip(callers, sent, strict=True):
        expected = {each["id"]: who[persoon] - {caller.oin} for persoon, each in signalen.items()}
        found = {match["eigenSignalen"][0]: match["partijen"] for match in await caller.matches()}
        named = {id_: {p["organisatie"]["oin"] for p in others} for id_, others in found.items()}
        assert named == {id_: oins for id_, oins in expected.items() if oins}
        for partij in (each for others in found.values() for each in others):
            assert partij["contact"]["telefoon"] == contacts[partij["organisatie"]["oin"]]
            assert partij.keys() == {"paar", "organisatie", "contact", "ingediendOp", "artikel", "grondslag"}
        heard = [event["type"].rpartition(".")[2] for event in await caller.events(limiet=1000)]
        assert set(heard) <= {"match-ontstaan", "match-uitgebreid"}
        assert heard.count("match-ontstaan") == len(named)


async def test_the_network_and_the_fg_hear_nothing_of_it(
    world: "World", register: Partijen, callers: "list[Caller]"
) -> None:
    for caller in callers[:2]:
        await caller.submit(of_register(register, caller.oin, "Anna"))
    fg = await world.caller(register.with_rol(Rol.PRIVACY))
    assert await fg.events() == []


async def test_nobody_searches_and_nobody_composes_a_casus_here(register: Partijen, callers: "list[Caller]") -> None:
    caller = callers[0]
    mine = of_register(register, caller.oin, "Anna")
    assert (await caller.submit(mine)).status_code == 201
    vraag = {"convenant": CONVENANT, "reden": REDEN, "personen": [{"tokensets": [tokenset("Anna")]}]}
    assert (await caller.post("/v1/bevragingen", vraag)).status_code == 403
    assert (await caller.post("/v1/casussen", casus(mine["id"], convenant=CONVENANT))).status_code == 403


async def test_a_move_is_noticed_also_when_a_name_is_spelled_otherwise(
    register: Partijen, callers: "list[Caller]"
) -> None:
    oud, nieuw = callers[3], callers[21]
    await oud.submit(of_register(register, oud.oin, "Anna", slots={"s1": "Anna"}))
    await nieuw.submit(of_register(register, nieuw.oin, "Ana", slots={"s1": "Anna"}))
    for caller in (oud, nieuw):
        [mogelijk] = await caller.mogelijke()
        assert (await caller.confirm(mogelijk["id"])).status_code == 201
    [match] = await nieuw.matches()
    assert [partij["organisatie"]["oin"] for partij in match["partijen"]] == [oud.oin]
