"""Where the steps of a follow-up go when matches join, part or lose a party."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from matcher.domein.opvolging import Deelnemer, Stap, Stapsoort, fold
from matcher.domein.verhuizing import Bewaard, Plaats, departures, lost_regies, moves, relocated
from matcher.types import MatchId, SignaalId
from tests.matcher.domein.conftest import oin

NU = datetime(2026, 5, 12, 10, tzinfo=UTC)
VANDAAG = date(2026, 5, 12)
M, N, P = (MatchId(UUID(int=n)) for n in (1, 2, 3))


def plaats(nummer: int, match: MatchId, name: MatchId | None = None) -> Plaats:
    return match, Deelnemer(oin(nummer), name or match)


def at(*places: Plaats) -> dict[SignaalId, Plaats]:
    return {SignaalId(UUID(int=n)): place for n, place in enumerate(places)}


def bewaard(nummer: int, match: MatchId, stap: Stap) -> Bewaard:
    return Bewaard(id=UUID(int=100 + nummer), match=match, stap=stap, volgnummer=nummer)


def stap(door: Plaats, soort: Stapsoort, over: Plaats | None = None) -> Stap:
    return Stap(door=door[1], soort=soort, op=NU, over=over[1] if over else None)


def test_who_stays_where_it_is_does_not_move() -> None:
    here = at(plaats(1, M), plaats(2, M))
    assert moves(here, here) == {}
    assert list(relocated([bewaard(1, M, stap(plaats(1, M), Stapsoort.CONTACT))], {})) == []


def test_when_matches_join_the_steps_go_along_and_who_keeps_its_name_keeps_it() -> None:
    voor = at(plaats(1, M), plaats(2, N), plaats(3, N))
    na = at(plaats(1, M), plaats(2, M, N), plaats(3, M, N))
    steps = [
        bewaard(1, M, stap(plaats(1, M), Stapsoort.CONTACT)),
        bewaard(2, N, stap(plaats(2, N), Stapsoort.VOORGESTELD, plaats(3, N))),
    ]
    [moved] = relocated(steps, moves(voor, na))
    assert moved == replace(steps[1], match=M)


def test_of_two_regisseurs_that_come_together_the_later_one_loses_it() -> None:
    een, ander = plaats(1, M), plaats(2, M, N)
    steps = [stap(ander, Stapsoort.AANVAARD), stap(een, Stapsoort.AANVAARD)]
    leden = [een[1], ander[1]]
    [lost] = lost_regies(M, fold(steps, leden, dag=VANDAAG), op=NU)
    assert (lost.stap.door, lost.stap.soort) == (een[1], Stapsoort.REGIE_VERVALLEN)
    assert list(lost_regies(M, fold([*steps, lost.stap], leden, dag=VANDAAG), op=NU)) == []
    # Gone is gone: when the other one leaves, the regie is vacant.
    after = fold([*steps, lost.stap, stap(ander, Stapsoort.VERTROKKEN)], [een[1]], dag=VANDAAG)
    assert after.regie is None


def test_when_a_match_parts_everybody_takes_its_own_steps() -> None:
    voor = at(plaats(1, M), plaats(2, M))
    na = at(plaats(1, M), plaats(2, N, M))
    steps = [bewaard(n, M, stap(plaats(n, M), Stapsoort.CONTACT)) for n in (1, 2)]
    [moved] = relocated(steps, moves(voor, na))
    assert (moved.id, moved.match) == (steps[1].id, N)


def test_who_is_in_both_parts_has_its_steps_in_both_in_their_place() -> None:
    voor, na = at(plaats(1, M), plaats(1, M)), at(plaats(1, M), plaats(1, N))
    step = bewaard(7, M, stap(plaats(1, M), Stapsoort.AANVAARD))
    [copy] = relocated([step], moves(voor, na))
    assert (copy.id, copy.match, copy.volgnummer, copy.stap.door) == (None, N, 7, plaats(1, N)[1])


def test_names_that_become_one_take_their_steps_along_also_where_others_named_them() -> None:
    voor = at(plaats(1, M), plaats(1, M, P), plaats(2, M))
    na = at(plaats(1, M), plaats(1, M), plaats(2, M))
    steps = [
        bewaard(1, M, stap(plaats(1, M, P), Stapsoort.CONTACT)),
        bewaard(2, M, stap(plaats(2, M), Stapsoort.VOORGESTELD, plaats(1, M, P))),
        bewaard(3, M, stap(plaats(1, M, P), Stapsoort.VOORGESTELD, plaats(2, M))),
    ]
    moved = list(relocated(steps, moves(voor, na)))
    assert [(each.stap.door, each.stap.over) for each in moved] == [
        (plaats(1, M)[1], None),
        (plaats(2, M)[1], plaats(1, M)[1]),
        (plaats(1, M)[1], plaats(2, M)[1]),
    ]


def test_who_left_is_noted_where_there_is_something_to_note() -> None:
    voor, na = at(plaats(1, M), plaats(2, M)), {SignaalId(UUID(int=0)): plaats(1, M)}
    weg = moves(voor, na)
    assert weg == {plaats(2, M): ()}
    [note] = departures(weg, [M], op=NU)
    assert (note.match, note.stap.door, note.stap.soort) == (M, plaats(2, M)[1], Stapsoort.VERTROKKEN)
    assert list(departures(weg, [N], op=NU)) == []
    kept = bewaard(1, M, stap(plaats(2, M), Stapsoort.CONTACT))
    assert list(relocated([kept], weg)) == []
