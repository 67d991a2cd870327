"""What a caller may see of the counts: its own use, and for a privacy officer the alarms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from convenant.model import Budget, Convenant
from convenant.profielen import PROFIELEN
from convenant.sleutelhouder.diensten.kern import Aanroeper, Kern
from convenant.sleutelhouder.diensten.toelaten import admit
from convenant.sleutelhouder.domein.budget import Stand, empty_stand
from convenant.sleutelhouder.domein.venster import Venster
from convenant.sleutelhouder.opslag import alarmen, logboek, vensters, verbruik
from convenant.sleutelhouder.opslag.alarmen import Alarmmelding
from convenant.sleutelhouder.types import Vensterstatus
from convenant.types import Rol


@dataclass(frozen=True, slots=True)
class Budgetstand:
    """What the convenant gives, what was used of it per code, and the window that is open, if any."""

    budget: Budget
    standen: Mapping[str, Stand]
    venster: Venster | None


async def budget_of(kern: Kern, aanroeper: Aanroeper, convenant_id: str) -> tuple[Convenant, Budgetstand]:
    """The caller's own use and limits, for every code of the profile. Raises what `admit` raises."""
    convenant, budget = admit(kern, aanroeper, convenant_id, pad="convenant")
    op = kern.klok()
    async with kern.transaction() as connection:
        gebruikt = await verbruik.standen(connection, convenant.id, aanroeper.client, op=op)
        eigen = await vensters.of_organisatie(connection, aanroeper.client, kern.beheerders, convenant=convenant.id)
    standen = {s.code: gebruikt.get(s.code) or empty_stand(op) for s in PROFIELEN[convenant.profiel].slots}
    venster = next((v for v in eigen if v.status(op) is Vensterstatus.OPEN), None)
    return convenant, Budgetstand(budget, standen, venster)


async def alarmen_for(kern: Kern, aanroeper: Aanroeper, *, limiet: int) -> Sequence[Alarmmelding]:
    """The newest alarms of every convenant that gives the caller the role privacy. Leaves a line in the log of each."""
    eigen = [
        convenant.id for convenant in kern.convenanten.values() if convenant.has_rol(aanroeper.client, Rol.PRIVACY)
    ]
    async with kern.transaction() as connection:
        gevonden = await alarmen.find(connection, eigen, limiet=limiet)
        for convenant in eigen:
            aantal = sum(melding.convenant == convenant for melding in gevonden)
            regel = aanroeper.regel(
                "alarmen inzien",
                op=kern.klok(),
                convenant=convenant,
                uitkomst="getoond",
                aantallen={"alarmen": aantal},
            )
            await logboek.append(connection, regel)
    return gevonden
