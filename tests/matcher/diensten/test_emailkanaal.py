"""Setting mail, with a matcher that has no mail server."""

from typing import TYPE_CHECKING

from convenant.types import Sector

if TYPE_CHECKING:
    from tests.matcher.conftest import World


async def test_without_a_mail_server_mail_cannot_be_set_and_is_off(world: "World") -> None:
    school = await world.in_sector(Sector.ONDERWIJS)
    answer = await school.http.put("/v1/emailkanaal", json={"aan": True}, headers=school.headers())
    assert answer.status_code == 409
    assert "mailserver" in answer.json()["detail"]
    assert (await school.get("/v1/emailkanaal")).json()["aan"] is False
