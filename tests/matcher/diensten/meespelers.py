"""A convenant under which parties hear of each other's follow-up, and what its parties do in a match."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from convenant.laden import document_from_yaml, dump_yaml
from convenant.types import Sector

if TYPE_CHECKING:
    from tests.matcher.conftest import Caller, World

GRANTED = {
    "4.1": ["regie", "opvolging", "hulp"],  # jeugdhulp and wijkteams among each other
    "4.4": ["regie", "opvolging"],  # schools and they
    "5.1": ["hulp"],  # the radar
}


def with_opvolging(text: str, **afspraken: Any) -> str:
    """The convenant of the tests with these fields of the follow-up granted, and a short term for a regisseur."""
    document = document_from_yaml(text, bron="test")
    for regel in document["deelregels"]:
        others = [veld for veld in regel["velden"] if veld not in ("regie", "opvolging", "hulp")]
        regel["velden"] = [*others, *GRANTED.get(regel["artikel"], [])]
    for termijn in document["termijnen"]:
        if termijn["code"] == "regie-na-match":
            termijn["aantal"] = 3
    return dump_yaml(document | afspraken)


def kinds(events: list[dict[str, Any]]) -> list[str]:
    return [event["type"].removeprefix("nl.koppelradar.") for event in events]


@dataclass
class Speler:
    """One organisation, and the one match that it sees."""

    caller: "Caller"
    match: str = ""

    @property
    def oin(self) -> str:
        return str(self.caller.oin)

    async def find(self) -> "Speler":
        [found] = await self.caller.matches()
        self.match = found["id"]
        return self

    async def ask(self, path: str, **body: Any) -> Any:
        return await self.caller.post(f"/v1/matches/{self.match}/{path}", body)

    async def do(self, path: str, **body: Any) -> dict[str, Any]:
        answer = await self.ask(path, **body)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def stand(self) -> dict[str, Any]:
        answer = await self.caller.get(f"/v1/matches/{self.match}/opvolging")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def termijnen(self) -> dict[str, str]:
        answer = await self.caller.get("/v1/termijnen")
        assert answer.status_code == 200, answer.text
        return {termijn["code"]: termijn["uiterlijk"] for termijn in answer.json()["termijnen"]}

    async def told(self, *soorten: str) -> list[dict[str, Any]]:
        """The content of its events of these kinds, oldest first."""
        events = await self.caller.events(limiet=1000)
        return [event["data"] for event, kind in zip(events, kinds(events), strict=True) if kind in soorten]


@dataclass
class Spel:
    """A wijkteam and a jeugdhulp that may be regisseur, a school that may not, and a radar, around one child."""

    world: "World"
    wijkteam: Speler
    jeugdhulp: Speler
    school: Speler
    vt: Speler

    async def log_in(self) -> None:
        for speler in (self.wijkteam, self.jeugdhulp, self.school, self.vt):
            await speler.caller.log_in()


SECTOREN = (Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP, Sector.ONDERWIJS, Sector.VEILIG_THUIS)


async def begin_spel(world: "World", maak_signaal: Any) -> Spel:
    """All but the radar signalled the same child; the events of that are still to be read."""
    callers = await world.callers(*SECTOREN)
    for caller in callers[:3]:
        assert (await caller.submit(maak_signaal("kind", signaalsoort="zorg-om-kind"))).status_code == 201
    spelers = [await Speler(caller).find() for caller in callers]
    return Spel(world, *spelers)
