"""Taking signed convenanten in: what is refused changes nothing, and what was seen does not go away."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import pytest

from convenant.errors import ConvenantFout, GebrokenKeten, OngeldigeBundel, OngeldigeOpvolging, OngeldigeVerklaring
from convenant.ondertekening import Bundel, Ondertekend, Status, Verklaringsoort, Verklaringtekst
from convenant.pg.convenanten import Boek, find
from convenant.pg.database import Database
from convenant.pg.inlezen import add_verklaring, import_bundel, import_bundels
from convenant.types import ConvenantId, Omgeving
from convenant.web.errors import StartFout

if TYPE_CHECKING:
    from tests.conftest import Klok, Sql
    from tests.convenant.pg.conftest import Kring

Lees = Callable[..., Awaitable[Ondertekend]]
ID = ConvenantId("test-2026")


@pytest.fixture
def lees(database: Database, boek: Boek, klok: "Klok") -> Lees:
    """Take one bundle in, in a transaction of its own."""

    async def read(bundel: Bundel, *, bekend: bool = False, omgeving: Omgeving = Omgeving.PROEF) -> Ondertekend:
        async with database.transaction() as connection:
            return await import_bundel(connection, boek, bundel, omgeving=omgeving, bekend=bekend, op=klok())

    return read


@pytest.fixture
def meld(database: Database, boek: Boek, klok: "Klok") -> Lees:
    """Take one statement in, in a transaction of its own."""

    async def add(tekst: Verklaringtekst, *, versie: int = 1, convenant: ConvenantId = ID) -> Ondertekend:
        async with database.transaction() as connection:
            return await add_verklaring(connection, boek, convenant, versie, tekst, op=klok())

    return add


def stored(sql: "Sql") -> tuple[list[int], int]:
    """The versions, and the number of statements."""
    versies = [versie for (versie,) in sql("SELECT versie FROM convenant ORDER BY versie")]
    return versies, sql("SELECT count(*) FROM verklaring")[0][0]


async def refused(act: Awaitable[object], sql: "Sql", kind: type[ConvenantFout], match: str) -> None:
    before = sql("SELECT id, versie, hash FROM convenant"), sql("SELECT tekst FROM verklaring")
    with pytest.raises(kind, match=match):
        await act
    assert (sql("SELECT id, versie, hash FROM convenant"), sql("SELECT tekst FROM verklaring")) == before


async def test_a_bundle_is_stored_as_it_was_signed(lees: Lees, kring: "Kring", sql: "Sql") -> None:
    bundel = kring.accepted()
    taken = await lees(bundel)
    assert (taken.stand.status, set(taken.stand.aanvaard)) == (Status.GELDIG, set(kring.oins))
    assert sql("SELECT id, versie, hash, inhoud FROM convenant") == [
        (ID, 1, taken.convenant.hash, kring.document),
    ]
    assert {tekst for (tekst,) in sql("SELECT tekst FROM verklaring")} == set(bundel.verklaringen)


async def test_the_same_bundle_twice_changes_nothing(lees: Lees, kring: "Kring", sql: "Sql") -> None:
    bundel = kring.accepted()
    first = await lees(bundel)
    rows = sql("SELECT * FROM convenant"), sql("SELECT * FROM verklaring ORDER BY volgorde")
    kring.klok.later(hours=1)
    assert (await lees(bundel)).verklaringen == first.verklaringen
    assert (sql("SELECT * FROM convenant"), sql("SELECT * FROM verklaring ORDER BY volgorde")) == rows


async def test_a_bundle_with_fewer_statements_than_known_loses_none(lees: Lees, kring: "Kring", sql: "Sql") -> None:
    """Otherwise whoever keeps an old bundle could take an opzegging back for somebody else."""
    full = kring.accepted()
    await lees(kring.left(full, kring.school))
    fewer = kring.sealed(Bundel(document=full.document, verklaringen=full.verklaringen[:1]))
    for older in (full, fewer):
        taken = await lees(older)
        assert (len(taken.verklaringen), list(taken.stand.opgezegd)) == (4, [kring.school])
    assert stored(sql) == ([1], 4)


async def test_statements_gather_from_two_bundles(lees: Lees, kring: "Kring", sql: "Sql") -> None:
    begin = kring.accepted(door=[kring.houder])
    others = [kring.state(begin, oin, Verklaringsoort.AANVAARDEN) for oin in (kring.wijkteam, kring.school)]
    for tekst in others:
        taken = await lees(kring.sealed(kring.more(begin, tekst)))
    assert taken.stand.aanvaard == set(kring.oins)
    assert stored(sql) == ([1], 3)


async def test_another_text_under_a_known_version_is_refused(lees: Lees, kring: "Kring", sql: "Sql") -> None:
    await lees(kring.accepted())
    other = kring.accepted({**kring.document, "naam": "Een andere naam"})
    await refused(lees(other), sql, StartFout, "nieuw versienummer")


async def test_a_version_that_follows_is_stored_beside_the_one_before(lees: Lees, kring: "Kring", sql: "Sql") -> None:
    await lees(kring.accepted())
    taken = await lees(kring.accepted(kring.next_version(), door=[kring.houder]))
    assert (taken.convenant.versie, taken.stand.status) == (2, Status.GELDIG)
    assert stored(sql) == ([1, 2], 4)


async def test_a_version_that_skips_one_is_refused(lees: Lees, kring: "Kring", sql: "Sql") -> None:
    await lees(kring.accepted())
    third = kring.next_version(kring.next_version())
    await refused(lees(kring.accepted(third)), sql, OngeldigeOpvolging, "versienummer")


async def test_a_version_that_names_another_text_before_it_is_refused(lees: Lees, kring: "Kring", sql: "Sql") -> None:
    await lees(kring.accepted())
    elsewhere = kring.next_version({**kring.document, "naam": "Een andere naam"})
    await refused(lees(kring.accepted(elsewhere)), sql, OngeldigeOpvolging, "opvolging")


async def test_an_earlier_version_that_was_never_seen_cannot_come_after(lees: Lees, kring: "Kring", sql: "Sql") -> None:
    await lees(kring.accepted(kring.next_version()))
    await refused(lees(kring.accepted()), sql, OngeldigeOpvolging, "versienummer")


async def test_a_new_version_waits_for_everybody_it_requires(lees: Lees, kring: "Kring", sql: "Sql") -> None:
    await lees(kring.accepted())
    new = kring.next_version()
    await refused(lees(kring.accepted(new, door=[kring.wijkteam])), sql, OngeldigeOpvolging, "Nog niet elke partij")


async def test_a_first_version_waits_for_everybody_it_requires(lees: Lees, kring: "Kring", sql: "Sql") -> None:
    await refused(lees(kring.accepted(door=[kring.school])), sql, StartFout, "vereiste partij")
    assert stored(sql) == ([], 0)


async def test_a_convenant_of_another_omgeving_is_refused(lees: Lees, kring: "Kring", sql: "Sql") -> None:
    await refused(
        lees(kring.accepted(), omgeving=Omgeving.PRODUCTIE), sql, StartFout, "voor omgeving proef; .* als productie"
    )


async def test_a_convenant_that_is_new_here_can_be_left_to_the_operator(lees: Lees, kring: "Kring", sql: "Sql") -> None:
    bundel = kring.accepted()
    await refused(lees(bundel, bekend=True), sql, StartFout, "beheerder van de dienst")
    await lees(bundel)
    await lees(kring.accepted(kring.next_version()), bekend=True)
    assert stored(sql)[0] == [1, 2]


async def test_a_bundle_without_a_seal_is_refused(lees: Lees, kring: "Kring", sql: "Sql") -> None:
    await refused(lees(kring.more(kring.accepted())), sql, OngeldigeBundel, "niet verzegeld")


class TestSeveralBundles:
    @pytest.fixture
    def lees_alle(self, database: Database, boek: Boek, klok: "Klok") -> Callable[..., Awaitable[list[Ondertekend]]]:
        async def read(*named: tuple[str, Bundel]) -> list[Ondertekend]:
            async with database.transaction() as connection:
                return await import_bundels(connection, boek, named, omgeving=Omgeving.PROEF, op=klok())

        return read

    async def test_older_versions_come_first(self, lees_alle: Any, kring: "Kring", sql: "Sql") -> None:
        second = kring.next_version()
        bundels = [kring.accepted(document) for document in (kring.next_version(second), kring.document, second)]
        taken = await lees_alle(*(("bundel", bundel) for bundel in bundels))
        assert [each.convenant.versie for each in taken] == [1, 2, 3]
        assert stored(sql) == ([1, 2, 3], 9)

    async def test_every_fault_is_told_by_name_and_nothing_is_kept(
        self, lees_alle: Any, kring: "Kring", sql: "Sql"
    ) -> None:
        good = kring.accepted()
        unsealed = kring.more(kring.accepted({**kring.document, "convenant": "elders-2026"}))
        skipping = kring.accepted(kring.next_version(kring.next_version()))
        nameless = Bundel(document={"versie": "twee"})
        with pytest.raises(StartFout) as caught:
            await lees_alle(("derde", skipping), ("goed", good), ("los", unsealed), ("niets", nameless))
        told = [line.split(":")[0] for line in str(caught.value).splitlines() if not line.startswith(" ")]
        assert told == ["niets", "los", "derde"]
        assert stored(sql) == ([], 0)

    async def test_no_bundles_are_fine(self, lees_alle: Any, sql: "Sql") -> None:
        assert await lees_alle() == []
        assert stored(sql) == ([], 0)


class TestOneStatement:
    async def test_it_joins_the_others(self, lees: Lees, meld: Lees, kring: "Kring", sql: "Sql") -> None:
        bundel = kring.accepted()
        await lees(bundel)
        taken = await meld(kring.state(bundel, kring.school, Verklaringsoort.OPZEGGEN))
        assert (list(taken.stand.opgezegd), taken.stand.status) == ([kring.school], Status.GELDIG)
        assert stored(sql) == ([1], 4)

    async def test_it_can_be_told_again(self, lees: Lees, meld: Lees, kring: "Kring", sql: "Sql") -> None:
        bundel = kring.accepted()
        await lees(bundel)
        await meld(bundel.verklaringen[0])
        assert stored(sql) == ([1], 3)

    async def test_about_a_version_that_is_not_here_it_is_refused(
        self, lees: Lees, meld: Lees, kring: "Kring", sql: "Sql"
    ) -> None:
        bundel = kring.accepted()
        await lees(bundel)
        tekst = kring.state(bundel, kring.school, Verklaringsoort.OPZEGGEN)
        await refused(meld(tekst, versie=2), sql, StartFout, "niet bekend")
        await refused(meld(tekst, convenant=ConvenantId("elders-2026")), sql, StartFout, "niet bekend")

    async def test_about_another_text_it_is_refused(self, lees: Lees, meld: Lees, kring: "Kring", sql: "Sql") -> None:
        await lees(kring.accepted())
        other = kring.accepted(kring.next_version())
        tekst = kring.state(other, kring.school, Verklaringsoort.OPZEGGEN)
        await refused(meld(tekst), sql, OngeldigeVerklaring, "andere versie")

    async def test_a_second_word_in_the_same_place_is_refused(
        self, lees: Lees, meld: Lees, kring: "Kring", sql: "Sql"
    ) -> None:
        bundel = kring.accepted()
        await lees(bundel)
        een, ander = (kring.state(bundel, kring.school, Verklaringsoort.OPZEGGEN) for _ in range(2))
        await meld(een)
        await refused(meld(ander), sql, GebrokenKeten, "sluit niet aan")

    async def test_of_two_in_the_same_place_at_the_same_moment_one_is_refused(
        self, database: Database, boek: Boek, lees: Lees, meld: Lees, kring: "Kring"
    ) -> None:
        """Both stored, no process could read the convenant any more, and rows cannot be taken out."""
        bundel = kring.accepted()
        await lees(bundel)
        een, ander = (kring.state(bundel, kring.school, Verklaringsoort.OPZEGGEN) for _ in range(2))
        async with database.transaction() as connection:
            await add_verklaring(connection, boek, ID, 1, een, op=kring.klok())
            second = asyncio.ensure_future(meld(ander))
            done, _ = await asyncio.wait([second], timeout=0.2)
            assert not done
        with pytest.raises(GebrokenKeten):
            await second
        async with database.transaction() as connection:
            [kept] = await find(connection, boek, op=kring.klok())
        assert (len(kept.verklaringen), list(kept.stand.opgezegd)) == (4, [kring.school])
