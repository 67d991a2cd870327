"""The follow-up of a match: single rules, and a model of two matches that grow, shrink and are joined."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from convenant.types import Oin
from convenant.web.errors import Conflict
from matcher.domein import stappen
from matcher.domein.opvolging import Deelnemer, Hulp, Opvolging, Stap, Stapsoort, fold
from matcher.domein.stappen import Wie
from matcher.domein.verhuizing import Bewaard, absent, departures, lost_regies, moves, relocated
from matcher.types import MatchId, SignaalId
from tests.matcher.domein.conftest import oin

BEGIN = datetime(2026, 5, 12, 10, tzinfo=UTC)
VANDAAG = date(2026, 5, 12)
M = MatchId(UUID(int=1))


def deelnemer(nummer: int, match: MatchId = M) -> Deelnemer:
    return Deelnemer(oin(nummer), match)


A, B, C, D = (deelnemer(n) for n in range(1, 5))
ALLEN = (A, B, C, D)


def wie(deelnemer: Deelnemer, *, mag: bool = True, ziet: bool = True) -> Wie:
    return Wie(deelnemer=deelnemer, mag_regie=mag, ziet_regie=ziet)


@dataclass
class Verloop:
    """A match with its steps, and a clock that moves on with every act."""

    leden: list[Deelnemer] = field(default_factory=lambda: list(ALLEN))
    stappen: list[Stap] = field(default_factory=list)
    nu: datetime = BEGIN

    def stand(self) -> Opvolging:
        return fold(self.stappen, self.leden, dag=self.nu.date())

    def do(self, act: Callable[..., tuple[Stap, ...]], *args: object, **named: object) -> int:
        added = act(self.stand(), *args, op=self.nu, **named)
        self.stappen += added
        return len(added)

    def leave(self, weg: Deelnemer) -> None:
        self.leden.remove(weg)
        self.stappen.append(Stap(door=weg, soort=Stapsoort.VERTROKKEN, op=self.nu))

    def later(self, days: int) -> None:
        self.nu += timedelta(days=days)

    @property
    def regisseur(self) -> Deelnemer | None:
        regie = self.stand().regie
        return regie.wie if regie else None


@pytest.fixture
def verloop() -> Verloop:
    return Verloop()


def test_a_proposal_that_is_accepted_makes_a_regisseur(verloop: Verloop) -> None:
    verloop.do(stappen.propose, wie(A), B, per=None)
    assert verloop.regisseur is None
    assert [v.kandidaat for v in verloop.stand().voorstellen] == [B]
    assert verloop.do(stappen.accept, wie(B)) == 1
    assert verloop.regisseur == B
    assert verloop.stand().voorstellen == ()
    assert verloop.do(stappen.accept, wie(B)) == 0


def test_proposing_oneself_is_accepting(verloop: Verloop) -> None:
    verloop.do(stappen.propose, wie(A), A, per=None)
    assert verloop.regisseur == A
    assert verloop.do(stappen.propose, wie(A), A, per=None) == 0


def test_who_has_not_the_role_or_was_not_asked_does_not_become_regisseur(verloop: Verloop) -> None:
    refused: list[tuple[Callable[..., tuple[Stap, ...]], tuple[object, ...], dict[str, object]]] = [
        (stappen.propose, (wie(A, mag=False), A), {"per": None}),
        (stappen.propose, (wie(A), None), {"per": None}),
        (stappen.accept, (wie(A),), {}),
        (stappen.decline, (wie(A),), {}),
    ]
    for act, args, named in refused:
        with pytest.raises(Conflict):
            verloop.do(act, *args, **named)
    assert verloop.stappen == []


def test_while_there_is_a_regisseur_only_it_can_hand_over(verloop: Verloop) -> None:
    verloop.do(stappen.propose, wie(A), A, per=None)
    with pytest.raises(Conflict, match="al een regisseur"):
        verloop.do(stappen.propose, wie(B), C, per=None)
    with pytest.raises(Conflict, match="al een regisseur"):
        verloop.do(stappen.propose, wie(B), B, per=None)
    verloop.do(stappen.propose, wie(A), B, per=None)
    verloop.do(stappen.accept, wie(B))
    assert verloop.regisseur == B


def test_a_proposal_of_who_cannot_see_the_regisseur_is_kept_and_has_no_effect(verloop: Verloop) -> None:
    verloop.do(stappen.propose, wie(A), A, per=None)
    assert verloop.do(stappen.propose, wie(D, ziet=False), B, per=None) == 1
    with pytest.raises(Conflict):
        verloop.do(stappen.accept, wie(B))
    assert verloop.do(stappen.propose, wie(D, ziet=False), A, per=None) == 1
    assert verloop.do(stappen.accept, wie(A)) == 0
    verloop.do(stappen.propose, wie(A), B, per=None)
    verloop.do(stappen.accept, wie(B))
    assert verloop.regisseur == B


def test_the_old_regisseur_stays_until_the_day_of_the_hand_over(verloop: Verloop) -> None:
    verloop.do(stappen.propose, wie(A), A, per=None)
    with pytest.raises(Conflict, match="voorbij"):
        verloop.do(stappen.propose, wie(A), B, per=VANDAAG - timedelta(days=1))
    day = VANDAAG + timedelta(days=3)
    verloop.do(stappen.propose, wie(A), B, per=day)
    assert verloop.do(stappen.propose, wie(A), B, per=day) == 0
    verloop.do(stappen.accept, wie(B))
    assert verloop.do(stappen.accept, wie(B)) == verloop.do(stappen.propose, wie(A), B, per=day) == 0
    whose = [fold(verloop.stappen, ALLEN, dag=VANDAAG + timedelta(days=n)).regie for n in range(5)]
    assert [regie.wie for regie in whose if regie] == [A, A, A, B, B]
    verloop.later(3)
    with pytest.raises(Conflict, match="al een regisseur"):
        verloop.do(stappen.propose, wie(A), C, per=None)
    verloop.do(stappen.propose, wie(B), C, per=None)


def test_the_day_of_a_hand_over_can_be_agreed_anew_or_taken_back(verloop: Verloop) -> None:
    verloop.do(stappen.propose, wie(A), A, per=None)
    for days in (9, 5):
        verloop.do(stappen.propose, wie(A), B, per=VANDAAG + timedelta(days=days))
        assert verloop.do(stappen.accept, wie(B)) == 1
    regie = verloop.stand().regie
    assert regie is not None
    assert regie.per == VANDAAG + timedelta(days=5)
    assert verloop.do(stappen.decline, wie(B)) == 1
    assert verloop.do(stappen.decline, wie(B)) == 0
    verloop.later(10)
    assert verloop.regisseur == A


def test_a_regisseur_cannot_decline_what_it_has(verloop: Verloop) -> None:
    verloop.do(stappen.propose, wie(A), A, per=None)
    with pytest.raises(Conflict, match="Draag de regie over"):
        verloop.do(stappen.decline, wie(A))


def test_a_regisseur_that_leaves_leaves_the_regie_vacant(verloop: Verloop) -> None:
    verloop.do(stappen.propose, wie(A), A, per=None)
    verloop.leave(A)
    assert verloop.regisseur is None
    verloop.leden.append(A)  # a new signal: it begins anew
    assert verloop.regisseur is None
    verloop.do(stappen.propose, wie(B), B, per=None)
    assert verloop.regisseur == B


def test_who_agreed_to_take_over_does_so_when_the_regisseur_leaves(verloop: Verloop) -> None:
    verloop.do(stappen.propose, wie(A), A, per=None)
    verloop.do(stappen.propose, wie(A), B, per=VANDAAG + timedelta(days=9))
    verloop.do(stappen.accept, wie(B))
    verloop.leave(A)
    assert verloop.regisseur == B


def test_who_is_not_in_the_match_today_counts_as_gone(verloop: Verloop) -> None:
    """Its last day came, and nobody cleared it yet: whoever accepts meanwhile is regisseur, also afterwards."""
    verloop.do(stappen.propose, wie(A), A, per=None)
    verloop.leden.remove(A)
    assert verloop.regisseur is None
    kept = [Bewaard(id=None, match=M, stap=stap) for stap in verloop.stappen]
    verloop.stappen += [each.stap for each in absent(M, kept, verloop.leden, op=verloop.nu)]
    verloop.do(stappen.propose, wie(B), B, per=None)
    verloop.stappen.append(Stap(door=A, soort=Stapsoort.VERTROKKEN, op=verloop.nu))
    verloop.leden.append(A)
    assert verloop.regisseur == B


def test_a_party_closes_for_itself_and_the_regisseur_for_everybody_that_may_know(verloop: Verloop) -> None:
    verloop.do(stappen.close, wie(A), volgers=ALLEN)
    closed = [d for d in ALLEN if verloop.stand().stand_of(d).afgesloten_op]
    assert closed == [A]
    verloop.do(stappen.propose, wie(B), B, per=None)
    assert verloop.do(stappen.close, wie(B), volgers=[C]) == 2
    assert verloop.do(stappen.close, wie(B), volgers=[C]) == 0
    assert [d for d in ALLEN if verloop.stand().stand_of(d).afgesloten_op] == [A, B, C]
    verloop.leave(C)
    verloop.leden.append(C)  # comes back as a new party: open again for it
    assert verloop.stand().stand_of(C).afgesloten_op is None


def test_the_next_moment_opens_what_was_closed(verloop: Verloop) -> None:
    verloop.do(stappen.close, wie(A), volgers=())
    with pytest.raises(Conflict, match="voorbij"):
        verloop.do(stappen.agree_moment, wie(A), VANDAAG - timedelta(days=1))
    assert verloop.do(stappen.agree_moment, wie(A), VANDAAG) == 1
    assert verloop.do(stappen.agree_moment, wie(A), VANDAAG) == 0
    assert verloop.stand().stand_of(A).afgesloten_op is None


def test_hulp_is_of_each_party_by_itself(verloop: Verloop) -> None:
    verloop.do(stappen.report_hulp, wie(A), Hulp.GESTART)
    verloop.later(4)
    verloop.do(stappen.report_hulp, wie(A), Hulp.STAGNEERT)
    assert verloop.do(stappen.report_hulp, wie(A), Hulp.STAGNEERT) == 0
    stand = verloop.stand().stand_of(A)
    assert (stand.hulp, stand.hulp_sinds) == (Hulp.STAGNEERT, VANDAAG + timedelta(days=4))
    assert verloop.stand().stand_of(B).hulp is None


OWN = [
    lambda w: Stap(door=w, soort=Stapsoort.CONTACT, op=BEGIN),
    lambda w: Stap(door=w, soort=Stapsoort.HULP, op=BEGIN, hulp=Hulp.GESTART),
    lambda w: Stap(door=w, soort=Stapsoort.HULP, op=BEGIN, hulp=Hulp.GESTOPT),
    lambda w: Stap(door=w, soort=Stapsoort.MOMENT, op=BEGIN, moment=VANDAAG),
    lambda w: Stap(door=w, soort=Stapsoort.AFGESLOTEN, op=BEGIN),
    lambda w: Stap(door=w, soort=Stapsoort.VERTROKKEN, op=BEGIN),
]


@given(steps=st.lists(st.tuples(st.sampled_from(ALLEN), st.sampled_from(range(len(OWN))))), seed=st.randoms())
def test_what_parties_do_for_themselves_depends_on_nobody_elses_order(
    steps: list[tuple[Deelnemer, int]], seed: "object"
) -> None:
    made = [OWN[soort](door) for door, soort in steps]
    per_party = {d: [stap for stap in made if stap.door == d] for d in ALLEN}
    mixed: list[Stap] = []
    queues = {d: list(each) for d, each in per_party.items()}
    while any(queues.values()):
        d = seed.choice([d for d in ALLEN if queues[d]])  # type: ignore[attr-defined]
        mixed.append(queues[d].pop(0))
    assert fold(made, ALLEN, dag=VANDAAG).standen == fold(mixed, ALLEN, dag=VANDAAG).standen


ANY = st.builds(
    Stap,
    door=st.sampled_from(ALLEN),
    soort=st.sampled_from(Stapsoort),
    op=st.datetimes(datetime(2026, 5, 1), datetime(2026, 6, 1), timezones=st.just(UTC)),
    over=st.none() | st.sampled_from(ALLEN),
    per=st.none() | st.dates(VANDAAG, date(2026, 6, 20)),
    moment=st.none() | st.dates(VANDAAG, date(2026, 6, 20)),
    hulp=st.none() | st.sampled_from(Hulp),
)


@given(steps=st.lists(ANY, max_size=30), leden=st.sets(st.sampled_from(ALLEN)))
def test_any_row_of_steps_can_be_read_and_names_nobody_who_is_gone(steps: list[Stap], leden: set[Deelnemer]) -> None:
    stand = fold(steps, leden, dag=VANDAAG)
    named = {*stand.standen, *(v.kandidaat for v in stand.voorstellen), *stand.afgewezen}
    named |= {wie for regie in stand.regies for wie in (regie.wie, regie.aan) if wie is not None}
    assert named <= leden
    assert len({regie.wie for regie in stand.regies}) == len(stand.regies)
    assert fold(steps, leden, dag=VANDAAG) == stand


@dataclass
class Model:
    """What a match should be, in the plainest words."""

    regisseur: int | None = None
    accepted: int = 0
    taker: tuple[int, date] | None = None
    asked: dict[tuple[int, int], date | None] = field(default_factory=dict)
    contact: set[int] = field(default_factory=set)

    def on(self, dag: date) -> None:
        if self.taker and self.taker[1] <= dag:
            self.regisseur, self.taker = self.taker[0], None

    def leave(self, weg: int) -> None:
        self.contact.discard(weg)
        self.asked = {key: per for key, per in self.asked.items() if key[1] != weg}
        if self.taker and self.taker[0] == weg:
            self.taker = None
        if self.regisseur == weg:
            self.regisseur, self.taker = (self.taker[0] if self.taker else None), None


class Opvolgingsmachine(RuleBasedStateMachine):
    """Two matches of nine parties, one by one in the plain model and in the code, until they are one."""

    def __init__(self) -> None:
        super().__init__()
        self.nu = BEGIN
        self.volg, self.ids, self.moments = count(1), count(100), count(1)
        self.bewaard: list[Bewaard] = []
        self.match_of: dict[int, int] = dict.fromkeys(range(1, 5), 1) | dict.fromkeys(range(5, 9), 2)
        self.name_of = {n: MatchId(UUID(int=m)) for n, m in self.match_of.items()}
        self.models = {1: Model(), 2: Model()}

    # --- the code under test, with what a service does around it

    def place(self, nummer: int) -> tuple[MatchId, Deelnemer]:
        return MatchId(UUID(int=self.match_of[nummer])), Deelnemer(oin(nummer), self.name_of[nummer])

    def places(self) -> dict[SignaalId, tuple[MatchId, Deelnemer]]:
        return {SignaalId(UUID(int=n)): self.place(n) for n in sorted(self.match_of)}

    def stand(self, match: int, dag: date | None = None) -> Opvolging:
        mine = sorted((b for b in self.bewaard if b.match.int == match), key=lambda b: b.volgnummer or 0)
        leden = {self.place(n)[1] for n, m in self.match_of.items() if m == match}
        return fold((b.stap for b in mine), leden, dag=dag or self.nu.date())

    def add(self, match: MatchId, stap: Stap) -> None:
        id_ = UUID(int=next(self.ids))
        self.bewaard.append(Bewaard(id=id_, match=match, stap=stap, volgnummer=next(self.volg)))

    def rearranged(self, voor: dict[SignaalId, tuple[MatchId, Deelnemer]]) -> None:
        weg = moves(voor, self.places())
        for moved in list(relocated(self.bewaard, weg)):
            assert moved.id is not None
            self.bewaard = [moved if each.id == moved.id else each for each in self.bewaard]
        live = {MatchId(UUID(int=m)) for m in self.match_of.values()}
        for each in list(departures(weg, live, op=self.nu)):
            self.add(each.match, each.stap)
        for match in live:
            for each in list(lost_regies(match, self.stand(match.int), op=self.nu)):
                self.add(each.match, each.stap)

    def act(self, nummer: int, act: Callable[..., tuple[Stap, ...]], *args: object, **named: object) -> bool | None:
        """Whether something changed; None for a refusal. What changed nothing once more, changes nothing."""
        match, _ = self.place(nummer)
        try:
            added = act(self.stand(match.int), self.wie(nummer), *args, op=self.nu, **named)
        except Conflict:
            return None
        for stap in added:
            self.add(match, stap)
        assert act(self.stand(match.int), self.wie(nummer), *args, op=self.nu, **named) == ()
        return bool(added)

    def wie(self, nummer: int) -> Wie:
        # Even numbers have the role; the highest of every match cannot see who is regisseur.
        return Wie(deelnemer=self.place(nummer)[1], mag_regie=nummer % 2 == 0, ziet_regie=nummer not in (3, 7))

    def model(self, nummer: int) -> Model:
        model = self.models[self.match_of[nummer]]
        model.on(self.nu.date())
        return model

    # --- rules

    parties = st.integers(1, 9)
    kandidaten = st.sampled_from((2, 4, 6, 8))

    @rule(nummer=parties, kandidaat=kandidaten, days=st.none() | st.integers(-1, 5))
    def propose(self, nummer: int, kandidaat: int, days: int | None) -> None:
        if nummer not in self.match_of or self.match_of.get(kandidaat) != self.match_of[nummer]:
            return
        model, per = self.model(nummer), None if days is None else self.nu.date() + timedelta(days=days)
        before = self.stand(self.match_of[nummer])
        changed = self.act(nummer, stappen.propose, self.place(kandidaat)[1], per=per)
        if nummer == kandidaat:
            self.took(model, nummer, changed, asked=False)
        elif model.regisseur not in (None, nummer) and self.wie(nummer).ziet_regie:
            assert changed is None
        elif changed:
            assert days is None or days >= 0
            model.asked[nummer, kandidaat] = per
        elif changed is None:
            assert days is not None
            assert days < 0
        else:
            agreed = (kandidaat, per) == (model.taker or (None, None))
            assert model.asked.get((nummer, kandidaat), 0) == per or agreed
            assert before == self.stand(self.match_of[nummer])

    @rule(nummer=kandidaten)
    def accept(self, nummer: int) -> None:
        if nummer in self.match_of:
            model = self.model(nummer)
            self.took(model, nummer, self.act(nummer, stappen.accept), asked=True)

    def took(self, model: Model, nummer: int, changed: bool | None, *, asked: bool) -> None:
        asking = {door: per for (door, wie), per in model.asked.items() if wie == nummer}
        if not self.wie(nummer).mag_regie:
            assert changed is None
        elif model.regisseur is None:
            assert changed is (True if asking or not asked else None)
            if changed:
                model.regisseur, model.accepted, model.asked = nummer, next(self.moments), {}
        elif model.regisseur in asking:
            assert changed is True
            model.taker = (nummer, asking[model.regisseur] or self.nu.date())
            model.asked = {}
            model.on(self.nu.date())
        else:
            known = nummer == model.regisseur or (model.taker is not None and model.taker[0] == nummer)
            assert changed is (False if known else None)

    @rule(nummer=kandidaten)
    def decline(self, nummer: int) -> None:
        if nummer not in self.match_of:
            return
        model = self.model(nummer)
        asking = [key for key in model.asked if key[1] == nummer]
        taking = model.taker is not None and model.taker[0] == nummer
        changed = self.act(nummer, stappen.decline)
        assert (changed is True) == (nummer != model.regisseur and bool(asking or taking))
        if changed:
            model.asked = {key: per for key, per in model.asked.items() if key[1] != nummer}
            model.taker = None if taking else model.taker

    @rule(nummer=parties)
    def contact(self, nummer: int) -> None:
        if nummer in self.match_of:
            assert self.act(nummer, stappen.record_contact) is (nummer not in self.model(nummer).contact)
            self.model(nummer).contact.add(nummer)

    @rule(days=st.integers(1, 4))
    def wait(self, days: int) -> None:
        self.nu += timedelta(days=days)
        for model in self.models.values():
            model.on(self.nu.date())

    @rule(nummer=parties)
    def leave(self, nummer: int) -> None:
        if nummer not in self.match_of:
            return
        voor, match = self.places(), self.match_of.pop(nummer)
        self.rearranged(voor)
        self.models[match].leave(nummer)

    @rule(nummer=parties, match=st.integers(1, 2))
    def join(self, nummer: int, match: int) -> None:
        if nummer in self.match_of or match not in self.models:
            return
        voor = self.places()
        self.match_of[nummer] = match
        self.name_of[nummer] = MatchId(UUID(int=match))
        self.rearranged(voor)

    @precondition(lambda self: len(self.models) == 2)
    @rule()
    def join_matches(self) -> None:
        voor = self.places()
        self.match_of = dict.fromkeys(self.match_of, 1)
        self.rearranged(voor)
        een, ander = self.models.pop(1), self.models.pop(2)
        claims = sorted((m for m in (een, ander) if m.regisseur is not None), key=lambda m: m.accepted)
        kept = claims[0] if claims else Model()
        # What was proposed before somebody accepted elsewhere may have lapsed by that.
        asked = {(int(v.door.organisatie), int(v.kandidaat.organisatie)): v.per for v in self.stand(1).voorstellen}
        assert asked.items() <= (een.asked | ander.asked).items()
        self.models[1] = Model(kept.regisseur, kept.accepted, kept.taker, asked, een.contact | ander.contact)

    @invariant()
    def agrees_with_the_model(self) -> None:
        for match, model in self.models.items():
            stand = self.stand(match)
            assert len(stand.regies) <= 1
            found = int(stand.regie.wie.organisatie) if stand.regie else None
            assert found == model.regisseur
            assert {int(d.organisatie) for d, p in stand.standen.items() if p.contact_op} == model.contact
            asked = {(int(v.door.organisatie), int(v.kandidaat.organisatie)): v.per for v in stand.voorstellen}
            assert asked == model.asked
            for days in (1, 3, 6):
                dag = self.nu.date() + timedelta(days=days)
                later = self.stand(match, dag).regie
                taken = model.taker is not None and model.taker[1] <= dag
                expected = model.taker[0] if taken and model.taker else model.regisseur
                assert (int(later.wie.organisatie) if later else None) == expected


TestModel = Opvolgingsmachine.TestCase
TestModel.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


def test_names_of_the_same_organisation_do_not_mix() -> None:
    other = Deelnemer(Oin(A.organisatie), MatchId(UUID(int=9)))
    steps = stappen.record_contact(Opvolging(), wie(A), op=BEGIN)
    assert fold(steps, [A, other], dag=VANDAAG).stand_of(other).contact_op is None
