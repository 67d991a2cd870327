"""Guarantee 10: nobody submits more than the convenant lets an organisation of its size."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from convenant.invullen import with_plafond
from convenant.laden import document_from_yaml, dump_yaml
from convenant.types import Sector

if TYPE_CHECKING:
    from tests.conftest import Partijen
    from tests.matcher.conftest import Caller, World

Maker = Callable[..., dict[str, Any]]
PLAFOND = 5
MOGELIJK = 3


@pytest.fixture
def mogelijk() -> int:
    """The limit to possible matches; twelve times the limit to signals does not get in the way."""
    return 12 * (PLAFOND + 1)


@pytest.fixture
def convenant_text(partijen: "Partijen", mogelijk: int) -> str:
    document = with_plafond(document_from_yaml(partijen.text, bron="test"), PLAFOND)
    document["plafonds"][0]["mogelijkeMatches"] = {"perDuizend": 0, "minstens": mogelijk}
    return dump_yaml(document)


@pytest.fixture
async def wijkteam(world: "World") -> "Caller":
    return await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)


async def test_the_last_signal_within_the_limit_comes_in_and_the_next_one_does_not(
    wijkteam: "Caller", maak_signaal: Maker, sql: Callable[..., list[Any]]
) -> None:
    assert (await wijkteam.submit(*(maak_signaal() for _ in range(PLAFOND)))).status_code == 201
    refused = await wijkteam.submit(maak_signaal())
    assert (refused.status_code, refused.json()["type"]) == (429, "urn:problem-type:koppelradar:plafond-bereikt")
    assert [fout["code"] for fout in refused.json()["fouten"]] == ["plafond-signalen"]
    # 12 May, noon in the Netherlands: the new month begins in 19 and a half days.
    assert int(refused.headers["retry-after"]) == (19 * 24 + 12) * 3600
    assert sql("SELECT count(*) FROM signaal")[0][0] == PLAFOND


async def test_a_batch_that_goes_beyond_it_stores_nothing(
    wijkteam: "Caller", maak_signaal: Maker, sql: Callable[..., list[Any]]
) -> None:
    assert (await wijkteam.submit(*(maak_signaal() for _ in range(PLAFOND + 1)))).status_code == 429
    assert sql("SELECT count(*) FROM signaal")[0][0] == 0
    assert (await wijkteam.submit(maak_signaal())).status_code == 201


async def test_two_batches_at_the_same_moment_cannot_pass_it_together(
    wijkteam: "Caller", maak_signaal: Maker, sql: Callable[..., list[Any]]
) -> None:
    batches = [[maak_signaal() for _ in range(PLAFOND - 1)] for _ in range(4)]
    answers = await asyncio.gather(*(wijkteam.submit(*batch) for batch in batches))
    assert sorted(answer.status_code for answer in answers) == [201, 429, 429, 429]
    assert sql("SELECT nieuwe_signalen FROM telling")[0][0] == PLAFOND - 1


async def test_a_repetition_counts_once_and_a_new_month_begins_at_nothing(
    world: "World", wijkteam: "Caller", maak_signaal: Maker
) -> None:
    signalen = [maak_signaal() for _ in range(PLAFOND)]
    for _ in range(2):
        assert (await wijkteam.submit(*signalen)).status_code == 201
    assert (await wijkteam.submit(maak_signaal())).status_code == 429
    world.klok.later(days=20)
    again = await world.caller(wijkteam.oin)
    assert (await again.submit(maak_signaal())).status_code == 201


class TestPossibleMatches:
    @pytest.fixture
    def mogelijk(self) -> int:
        return MOGELIJK

    async def test_enough_of_them_end_the_fishing(
        self, world: "World", wijkteam: "Caller", maak_signaal: Maker
    ) -> None:
        jeugdhulp = await world.in_sector(Sector.JEUGDHULP)
        for nummer in range(MOGELIJK + 1):
            await jeugdhulp.submit(maak_signaal(slots={"s1": f"persoon-{nummer}"}))
        for nummer in range(MOGELIJK):
            assert (await wijkteam.submit(maak_signaal(slots={"s1": f"persoon-{nummer}"}))).status_code == 201
        for zoekt in ({"s1": f"persoon-{MOGELIJK}"}, {}):
            # The same answer whether there is somebody to be found or not.
            refused = await wijkteam.submit(maak_signaal(slots=zoekt))
            assert [fout["code"] for fout in refused.json()["fouten"]] == ["plafond-mogelijke-matches"]
        assert len(await wijkteam.mogelijke()) == MOGELIJK
        # Whoever was found did not do the finding.
        assert (await jeugdhulp.submit(maak_signaal())).status_code == 201

    async def test_a_batch_that_could_find_more_than_is_left_has_to_be_smaller(
        self, wijkteam: "Caller", maak_signaal: Maker
    ) -> None:
        refused = await wijkteam.submit(maak_signaal(), maak_signaal())
        assert (refused.status_code, refused.json()["type"].rpartition(":")[2]) == (413, "te-groot")
        assert "hoogstens 1 signalen" in refused.json()["detail"]
