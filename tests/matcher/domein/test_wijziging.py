"""What receivers hear adds up to what they can see, and nobody hears anything twice or without need."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convenant.model import Convenant
from convenant.types import Oin, Rol
from matcher.domein.koppeling import Lid, Toestand
from matcher.domein.melding import Matchmelding, matchmeldingen
from matcher.domein.paar import Paar, reject, separate
from matcher.domein.signaal import Signaal
from matcher.domein.wijziging import Matchbericht, changes
from matcher.types import MatchId, Notificatiesoort
from tests.matcher.domein.conftest import confirmed, maak_paar, maak_signaal, settle, token

if TYPE_CHECKING:
    from tests.conftest import Partijen

VANDAAG = date(2026, 5, 12)
SOORTEN = ("zorg-om-kind", "huiselijk-geweld")
Stap = Callable[[Toestand], Toestand]
Geheugen = dict[tuple[Oin, MatchId], Matchmelding]


@pytest.fixture(scope="module")
def convenant(partijen: "Partijen") -> Convenant:
    return partijen.convenant


@st.composite
def histories(draw: st.DrawFn, oins: list[Oin]) -> list[Stap]:
    aantal = draw(st.integers(2, 7))
    signalen = [
        maak_signaal(n, draw(st.sampled_from(oins)), soort=draw(st.sampled_from(SOORTEN))) for n in range(1, aantal + 1)
    ]
    steps: list[Stap] = [_arrival(s, token(f"p{draw(st.integers(1, 3))}")) for s in signalen]
    for een, ander in draw(st.lists(st.tuples(*[st.sampled_from(signalen)] * 2), max_size=4)):
        if een.organisatie != ander.organisatie:
            paar = maak_paar(een, ander)
            outcome = draw(st.sampled_from([confirmed(paar), separate(paar), reject(paar, een.organisatie)]))
            steps.append(_decision(outcome))
    steps += [_ending(gone) for gone in draw(st.lists(st.sampled_from(signalen), max_size=2))]
    return draw(st.permutations(steps))


def _decision(paar: Paar) -> Stap:
    return lambda toestand: toestand.with_paar(paar)


def _ending(gone: Signaal) -> Stap:
    return lambda toestand: toestand.only(lambda lid: lid.signaal.id != gone.id)


def _arrival(signaal: Signaal, bearing: Any) -> Stap:
    def do(toestand: Toestand) -> Toestand:
        ordered = sorted([*toestand.leden.values(), Lid(signaal)], key=lambda lid: lid.signaal.ingediend_op)
        leden = {lid.signaal.id: lid for lid in ordered}
        return Toestand(leden, [*toestand.zeker, (bearing, signaal.id)], toestand.paren)

    return do


def _views(convenant: Convenant, toestand: Toestand) -> Geheugen:
    found = matchmeldingen({convenant.id: convenant}, toestand, op=VANDAAG)
    views = {(melding.ontvanger, melding.match): melding for melding in found}
    assert len(views) == len(found)
    return views


def _listen(memory: Geheugen, bericht: Matchbericht) -> None:
    """What a receiver knows after an event, if it does no more than what the type says."""
    plaats = (bericht.melding.ontvanger, bericht.melding.match)
    known = memory.get(plaats)
    if bericht.soort is Notificatiesoort.MATCH_ONTSTAAN:
        assert known is None
    else:
        assert known is not None
        assert known.partijen != bericht.melding.partijen or known.eigen_signalen != bericht.melding.eigen_signalen
    if bericht.soort is Notificatiesoort.MATCH_VERVALLEN:
        assert bericht.melding.partijen == ()
        del memory[plaats]
    else:
        memory[plaats] = bericht.melding


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_events_add_up_to_the_view(convenant: Convenant, data: st.DataObject) -> None:
    oins = [partij.oin for partij in convenant.partijen if Rol.SIGNALEERDER in partij.rollen][:8]
    memory: Geheugen = {}
    toestand, numbers = Toestand({}), count(1000)
    for step in data.draw(histories(oins)):
        before = _views(convenant, toestand)
        after_step = step(toestand)
        ended = toestand.leden.keys() - after_step.leden.keys()
        toestand = settle(after_step, numbers)
        after = _views(convenant, toestand)
        for bericht in changes(before.values(), after.values(), ended=ended):
            _listen(memory, bericht)
        # Whoever ended its own last signal need not hear that the match is over.
        memory = {
            plaats: melding
            for plaats, melding in memory.items()
            if not set(melding.eigen_signalen) & ended or plaats in after
        }
        strip = {plaats: (m.eigen_signalen, m.partijen) for plaats, m in memory.items()}
        assert strip == {plaats: (m.eigen_signalen, m.partijen) for plaats, m in after.items()}


def test_a_receiver_that_can_see_no_change_hears_nothing(convenant: Convenant) -> None:
    een, ander, third = (
        maak_signaal(n, oin)
        for n, oin in enumerate((p.oin for p in convenant.partijen if Rol.SIGNALEERDER in p.rollen), start=1)
        if n <= 3
    )
    silent = replace(convenant, deelregels=())
    toestand = Toestand({s.id: Lid(s) for s in (een, ander, third)}, [(token("p"), s.id) for s in (een, ander, third)])
    assert list(changes((), _views(silent, settle(toestand)).values(), ended=())) == []
