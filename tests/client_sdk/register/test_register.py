"""The register on a real SQLite file."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from client_sdk.client import Epochetokens, Omslag, SignaalInzending, Verzegeldekaart
from client_sdk.errors import KaartNietVrij, OnbekendSignaal, RegisterBeschadigd, RegisterFout, RegisterVergrendeld
from client_sdk.kaarten import EigenKaart
from client_sdk.persoon import Persoon
from client_sdk.register import (
    Getokend,
    Idempotentiesleutel,
    Inschrijving,
    Kaartverzoek,
    KaartverzoekStatus,
    NieuwSignaal,
    Paar,
    Register,
    Signaal,
    SignaalStatus,
    Wachtreden,
)
from client_sdk.sleutels import generate_sleutel
from client_sdk.types import Kaartgeheim, Kaartsleutel, RegisterSleutel
from convenant.types import ConvenantId, Epoche, Niveau, Oin

SLEUTEL = generate_sleutel(RegisterSleutel)
KAARTSLEUTEL = Kaartsleutel(b"kaartsleutel".ljust(32, b"."))
GEHEIM = Kaartgeheim(b"kaartgeheim".ljust(32, b"."))
NHN = ConvenantId("nhn")
EEN, TWEE, DRIE = (Idempotentiesleutel(f"zending-{n}") for n in (1, 2, 3))
JAN = Persoon(voornamen="Jantje", voorvoegsel="", geslachtsnaam="Zonderling", geboortedatum="2015-03-09")


def nieuw(clientnummer: str = "client-77", *, signaalsoort: str = "zorg-om-kind") -> NieuwSignaal:
    return NieuwSignaal(
        id=uuid4(),
        convenant=NHN,
        signaalsoort=signaalsoort,
        verloopt_op=date(2028, 1, 1),
        clientnummer=clientnummer,
        persoon=JAN,
        aangemaakt_op=datetime(2026, 3, 1, 12, tzinfo=UTC),
        kaart=EigenKaart(jws="ondertekende-kaart", geheim=GEHEIM),
    )


def getokend(een: NieuwSignaal, *epochen: int) -> Getokend:
    nummers = tuple(Epoche(epoche) for epoche in epochen or (1,))
    inzending = SignaalInzending(
        id=een.id,
        convenant=een.convenant,
        profiel="nl-1",
        signaalsoort=een.signaalsoort,
        verloopt_op=een.verloopt_op,
        tokensets=tuple(
            Epochetokens(epoche=epoche, koppeltokens=tuple(f"koppeltoken-{n}" for n in range(12))) for epoche in nummers
        ),
        referentie="verzegelde-referentie",
        kaart=Verzegeldekaart(
            versleuteld=bytes(1052),
            omslagen=tuple(Omslag(epoche=epoche, waarde=bytes(60)) for epoche in nummers),
            zegels=(),
        ),
    )
    return Getokend(inzending=inzending, kaartsleutels=dict.fromkeys(nummers, KAARTSLEUTEL))


def add(register: Register, nieuwe: Sequence[NieuwSignaal], zending: Idempotentiesleutel) -> tuple[Inschrijving, ...]:
    """Write signals and fix their tokens, as one batch."""
    inschrijvingen = register.add(nieuwe)
    written = {inschrijving.signaal.id for inschrijving in inschrijvingen}
    register.set_tokens([getokend(een) for een in nieuwe if een.id in written], zending)
    return inschrijvingen


def add_one(register: Register, zending: Idempotentiesleutel = EEN, clientnummer: str = "client-77") -> UUID:
    return add(register, [nieuw(clientnummer)], zending)[0].signaal.id


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


@pytest.fixture
def register(path: Path) -> Iterator[Register]:
    with Register.create(path, SLEUTEL, "eerste") as register:
        yield register


def _raw_files(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.glob("register.db*"))


class TestSecrecy:
    def test_nothing_personal_is_readable_in_the_files(self, register: Register, path: Path) -> None:
        add_one(register)

        raw = _raw_files(path)

        assert b"zorg-om-kind" in raw  # the search finds what is not encrypted
        personal = (b"Jantje", b"Zonderling", b"2015-03-09", b"client-77")
        for secret in (*personal, b"koppeltoken-", b"verzegelde", b"kaartsleutel.", b"kaartgeheim", b"ondertekende"):
            assert secret not in raw

    def test_a_repr_shows_no_client_number(self, register: Register) -> None:
        add_one(register)

        assert "client-77" not in repr(register.signalen()) + repr(nieuw())

    def test_only_the_owner_can_read_the_file(self, register: Register, path: Path) -> None:
        add_one(register)

        assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}

    def test_another_key_does_not_open_it(self, register: Register, path: Path) -> None:
        with pytest.raises(RegisterVergrendeld):
            Register.open(path, generate_sleutel(RegisterSleutel))

    @pytest.mark.parametrize("column", ["clientnummer", "persoon", "inzending"])
    def test_a_flipped_bit_is_found_and_only_the_signal_is_named(
        self, register: Register, path: Path, column: str
    ) -> None:
        signaal = add_one(register)
        with closing(sqlite3.connect(path)) as raw:
            value = bytearray(raw.execute(f"SELECT {column} FROM signaal").fetchone()[0])  # noqa: S608 -- test names
            value[-1] ^= 1
            raw.execute(f"UPDATE signaal SET {column} = ?", (bytes(value),))  # noqa: S608 -- test names
            raw.commit()

        with pytest.raises(RegisterBeschadigd) as caught:
            (register.signalen(), register.persoon(signaal), register.zending(EEN))

        assert str(signaal) in str(caught.value)
        assert "client-77" not in str(caught.value)

    def test_a_value_moved_to_another_signal_is_found(self, register: Register, path: Path) -> None:
        add_one(register, clientnummer="a")
        add_one(register, clientnummer="b")
        with closing(sqlite3.connect(path)) as raw:
            value = raw.execute("SELECT clientnummer FROM signaal WHERE volgorde = 1").fetchone()
            raw.execute("UPDATE signaal SET clientnummer = ? WHERE volgorde = 2", value)
            raw.commit()

        with pytest.raises(RegisterBeschadigd):
            register.signalen()


class TestFile:
    def test_is_never_overwritten(self, register: Register, path: Path) -> None:
        signaal = add_one(register)

        with pytest.raises(RegisterFout, match="bestaat al"):
            Register.create(path, SLEUTEL, "eerste")
        assert register.signaal(signaal).id == signaal

    def test_that_is_missing_is_an_error_and_is_not_made(self, path: Path) -> None:
        with pytest.raises(RegisterFout, match="register maak"):
            Register.open(path, SLEUTEL)
        assert not path.exists()

    def test_of_a_newer_version_is_refused(self, register: Register, path: Path) -> None:
        register.close()
        with closing(sqlite3.connect(path)) as raw:
            raw.execute("PRAGMA user_version = 99")

        with pytest.raises(RegisterFout, match="versie 99"):
            Register.open(path, SLEUTEL)

    def test_that_is_another_database_is_refused(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as raw:
            raw.execute("CREATE TABLE iets (a)")

        with pytest.raises(RegisterFout, match="geen register"):
            Register.open(path, SLEUTEL)

    def test_that_is_no_database_is_refused(self, path: Path) -> None:
        path.write_bytes(b"geen sqlite " * 1000)

        with pytest.raises(RegisterBeschadigd):
            Register.open(path, SLEUTEL)

    def test_a_failed_creation_leaves_nothing(self, path: Path) -> None:
        with pytest.raises(RegisterFout, match="label"):
            Register.create(path, SLEUTEL, " ")
        assert not path.exists()


class TestAccess:
    def test_two_keys_open_one_register(self, register: Register, path: Path) -> None:
        tweede = generate_sleutel(RegisterSleutel)
        register.add_toegang("tweede", tweede)
        signaal = add_one(register)

        with Register.open(path, tweede) as other:
            assert other.signaal(signaal).clientnummer == "client-77"
            assert other.toegangen() == ("eerste", "tweede")

    def test_a_removed_key_no_longer_opens_it(self, register: Register, path: Path) -> None:
        register.add_toegang("tweede", generate_sleutel(RegisterSleutel))
        register.remove_toegang("eerste")

        with pytest.raises(RegisterVergrendeld):
            Register.open(path, SLEUTEL)

    def test_the_last_key_stays(self, register: Register) -> None:
        with pytest.raises(RegisterFout, match="laatste"):
            register.remove_toegang("eerste")

    def test_a_label_is_used_once(self, register: Register) -> None:
        with pytest.raises(RegisterFout, match="label"):
            register.add_toegang("eerste", SLEUTEL)

    def test_an_unknown_label_cannot_be_removed(self, register: Register) -> None:
        with pytest.raises(RegisterFout, match="label"):
            register.remove_toegang("niemand")


class TestSignals:
    def test_what_waits_comes_back_exactly_as_written(self, register: Register, path: Path) -> None:
        nieuwe = [nieuw(str(n)) for n in range(5)]
        add(register, nieuwe, EEN)

        with Register.open(path, SLEUTEL) as reopened:
            assert reopened.pending() == (EEN,)
            assert reopened.zending(EEN).inzendingen == tuple(getokend(n).inzending for n in nieuwe)

    def test_the_same_client_and_kind_is_one_signal(self, register: Register) -> None:
        eerste = add_one(register)
        inschrijving = add(register, [nieuw()], TWEE)[0]

        assert inschrijving.bestond_al
        assert inschrijving.signaal.id == eerste
        assert register.pending() == (EEN,)

    def test_another_kind_is_another_signal(self, register: Register) -> None:
        add_one(register)

        assert not add(register, [nieuw(signaalsoort="schoolverzuim")], TWEE)[0].bestond_al

    def test_after_the_end_the_client_can_be_signalled_again(self, register: Register) -> None:
        register.mark_ingetrokken(add_one(register), rest=TWEE)

        assert not add(register, [nieuw()], DRIE)[0].bestond_al

    def test_an_error_half_way_writes_nothing(self, register: Register) -> None:
        dubbel = nieuw("a")
        with pytest.raises(RegisterFout):
            add(register, [dubbel, replace(dubbel, clientnummer="b")], EEN)

        assert register.signalen() == ()

    def test_what_was_received_no_longer_holds_tokens(self, register: Register, path: Path) -> None:
        signaal = add_one(register)
        register.mark_ontvangen([signaal])

        assert register.signaal(signaal).status is SignaalStatus.ONTVANGEN
        assert register.persoon(signaal) == JAN
        with closing(sqlite3.connect(path)) as raw:
            assert raw.execute("SELECT inzending, zending FROM signaal").fetchone() == (None, None)

    @pytest.mark.parametrize("end", ["withdraw", "expire", "refuse"])
    def test_a_signal_that_ended_no_longer_holds_the_person(self, register: Register, end: str) -> None:
        signaal = add_one(register)
        if end == "withdraw":
            register.mark_ingetrokken(signaal, rest=TWEE)
        elif end == "refuse":
            register.refuse({signaal: "ongeldig"}, zending=EEN, rest=TWEE)
        else:
            register.mark_ontvangen([signaal])
            assert register.end_verlopen(date(2027, 12, 31)) == 0
            assert register.end_verlopen(date(2028, 1, 1)) == 1

        assert register.persoon(signaal) is None
        assert register.signaal(signaal).clientnummer == "client-77"

    def test_a_refused_signal_leaves_the_rest_of_its_batch_under_a_new_key(self, register: Register) -> None:
        goed, fout = (i.signaal.id for i in add(register, [nieuw("a"), nieuw("b")], EEN))
        register.refuse({fout: "te-laat"}, zending=EEN, rest=TWEE)

        assert register.signaal(fout).reden == "te-laat"
        assert [i.id for i in register.zending(TWEE).inzendingen] == [goed]
        assert register.zending(EEN).inzendingen == ()

    def test_a_signal_withdrawn_under_way_is_reported(self, register: Register) -> None:
        signaal = add_one(register)
        register.mark_ingetrokken(signaal, rest=TWEE)

        assert register.mark_ontvangen([signaal]) == (signaal,)
        assert register.signaal(signaal).status is SignaalStatus.INGETROKKEN

    @pytest.mark.parametrize("change", ["confirm", "mark_ingetrokken"])
    def test_a_batch_that_loses_a_member_is_another_batch(self, register: Register, change: str) -> None:
        een, ander = (i.signaal.id for i in add(register, [nieuw("a"), nieuw("b")], EEN))
        if change == "confirm":
            register.confirm(een, epochen=(Epoche(1),), rest=TWEE)
        else:
            register.mark_ingetrokken(een, rest=TWEE)

        assert register.pending() == (TWEE,)
        assert [i.id for i in register.zending(TWEE).inzendingen] == [ander]

    def test_an_unknown_signal_is_an_error(self, register: Register) -> None:
        with pytest.raises(OnbekendSignaal):
            register.signaal(uuid4())
        assert register.find(uuid4()) is None

    def test_a_restored_signal_is_refilled(self, register: Register) -> None:
        hersteld = _hersteld("caf\u00e9")
        register.add_hersteld(hersteld)

        assert not register.signaal(hersteld.id).persoon_bekend
        assert register.refill("cafe\u0301", JAN) == 1
        assert register.persoon(hersteld.id) == JAN
        assert register.refill("caf\u00e9", JAN) == 0

    def test_submitting_again_refills_too(self, register: Register) -> None:
        hersteld = _hersteld("client-77")
        register.add_hersteld(hersteld)
        inschrijving = add(register, [nieuw()], EEN)[0]

        assert inschrijving.signaal == register.signaal(hersteld.id)
        assert inschrijving.signaal.persoon_bekend
        assert register.pending() == ()

    def test_the_cursor_never_goes_back(self, register: Register) -> None:
        assert register.notificatiecursor() == "0000000000"
        for cursor in ("0000000007", "0000000003"):
            register.advance_notificatiecursor(cursor)
        assert register.notificatiecursor() == "0000000007"

    def test_another_process_that_holds_the_lock_gives_a_clear_error(self, register: Register, path: Path) -> None:
        register._connection.execute("PRAGMA busy_timeout = 10")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(RegisterVergrendeld, match="in gebruik"):
                add_one(register)


class TestWaiting:
    def test_a_new_signal_waits_for_its_tokens(self, register: Register) -> None:
        een, ander = (i.signaal.id for i in register.add([nieuw("a"), nieuw("b")]))

        assert register.untokenised() == (een, ander)
        assert register.pending() == ()
        [te_tokeniseren] = register.te_tokeniseren([een])
        assert te_tokeniseren.persoon == JAN
        assert te_tokeniseren.kaart == EigenKaart(jws="ondertekende-kaart", geheim=GEHEIM)

    def test_says_for_what_and_until_when(self, register: Register) -> None:
        een, ander, derde = (i.signaal.id for i in register.add([nieuw("a"), nieuw("b"), nieuw("c")]))
        tot = datetime(2026, 3, 1, 13, tzinfo=UTC)
        register.mark_wachtend([een], Wachtreden.BUDGET, tot)
        add_one(register, clientnummer="d")

        assert (register.signaal(een).wacht_op, register.signaal(een).wacht_tot) == (Wachtreden.BUDGET, tot)
        assert register.signaal(ander).wacht_op is None
        assert register.waiting() == {(None, None): 2, (Wachtreden.BUDGET, tot): 1, (Wachtreden.MATCHER, None): 1}
        register.mark_ingetrokken(derde, rest=TWEE)
        assert register.waiting()[None, None] == 1

    def test_tokens_are_fixed_once(self, register: Register) -> None:
        een = nieuw()
        register.add([een])
        register.set_tokens([getokend(een)], EEN)
        register.set_tokens([getokend(een, 2)], TWEE)

        assert register.pending() == (EEN,)
        assert register.signaal(een.id).epochen == (1,)
        assert register.kaartsleutels(een.id) == {1: KAARTSLEUTEL}

    def test_a_signal_that_ended_gets_no_tokens(self, register: Register) -> None:
        een = nieuw()
        register.add([een])
        register.mark_ingetrokken(een.id, rest=TWEE)
        register.set_tokens([getokend(een)], EEN)

        assert register.pending() == ()
        assert register.kaartsleutels(een.id) == {}

    def test_tokens_that_are_cleared_leave_the_rest_under_a_new_key(self, register: Register) -> None:
        een, ander = (i.signaal.id for i in add(register, [nieuw("a"), nieuw("b")], EEN))
        register.clear_tokens([een], zending=EEN, rest=TWEE)

        assert register.untokenised() == (een,)
        assert register.signaal(een).epochen == ()
        assert [i.id for i in register.zending(TWEE).inzendingen] == [ander]


class TestEpochs:
    def test_a_received_signal_lacks_the_new_epoch_until_it_is_added(self, register: Register) -> None:
        signaal = add_one(register)
        assert register.without_epoche(NHN, Epoche(2)) == ()  # it waits; it will get all running epochs
        register.mark_ontvangen([signaal])

        assert register.without_epoche(NHN, Epoche(2)) == (signaal,)
        register.add_epoche(Epoche(2), {signaal: None})
        assert register.without_epoche(NHN, Epoche(2)) == ()
        assert register.signaal(signaal).epochen == (1, 2)
        assert register.epochen(NHN) == (1, 2)
        assert register.kaartsleutels(signaal) == {1: KAARTSLEUTEL}

    def test_an_erased_epoch_is_gone_and_what_waits_with_it_waits_for_other_tokens(self, register: Register) -> None:
        ontvangen, wacht = add_one(register, clientnummer="a"), add_one(register, TWEE, clientnummer="b")
        register.mark_ontvangen([ontvangen])
        register.erase_epoche(NHN, Epoche(1))

        assert register.signaal(ontvangen).epochen == ()
        assert register.untokenised() == (wacht,)

    def test_another_convenant_is_left_alone(self, register: Register) -> None:
        signaal = add_one(register)
        register.mark_ontvangen([signaal])
        register.erase_epoche(ConvenantId("twente"), Epoche(1))

        assert register.signaal(signaal).epochen == (1,)
        assert register.without_epoche(ConvenantId("twente"), Epoche(2)) == ()

    @pytest.mark.parametrize("end", ["withdraw", "expire", "refuse"])
    def test_with_a_signal_end_its_keys_its_card_and_its_pairs(self, register: Register, path: Path, end: str) -> None:
        signaal = add_one(register)
        register.add_paar(_paar(signaal))
        register.add_kaartverzoek(_verzoek(signaal))
        register.add_bevestiging(uuid4(), signaal=signaal, niveau=Niveau.MOGELIJK)
        if end == "withdraw":
            register.mark_ingetrokken(signaal, rest=TWEE)
        elif end == "refuse":
            register.refuse({signaal: "ongeldig"}, zending=EEN, rest=TWEE)
        else:
            register.mark_ontvangen([signaal])
            register.end_verlopen(date(2028, 1, 1))

        assert register.eigen_kaart(signaal) is None
        with closing(sqlite3.connect(path)) as raw:
            for table in ("signaal_epoche", "paar", "kaartverzoek", "bevestiging"):
                assert raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608 -- our tables


class TestPairs:
    def test_what_was_found_out_comes_back_and_is_sealed(self, register: Register, path: Path) -> None:
        signaal = add_one(register)
        paar = _paar(signaal)
        register.add_paar(paar)

        assert register.paar(paar.id) == paar
        assert register.paren() == (paar,)
        assert register.paar(uuid4()) is None
        assert b"00000099000000011000" not in _raw_files(path)
        register.remove_paar(paar.id)
        assert register.paren() == ()

    def test_a_request_is_written_once_and_opens_again_only_after_it_was_answered(self, register: Register) -> None:
        verzoek = _verzoek(add_one(register))
        later = replace(verzoek, op=verzoek.op + timedelta(days=1))

        assert register.add_kaartverzoek(verzoek)
        assert not register.add_kaartverzoek(verzoek)
        register.set_kaartverzoek(verzoek.id, KaartverzoekStatus.VRIJGEGEVEN)
        assert not register.add_kaartverzoek(verzoek)  # the same event, delivered twice
        assert register.add_kaartverzoek(later)
        assert register.kaartverzoek(verzoek.id) == later
        register.set_kaartverzoek(verzoek.id, KaartverzoekStatus.GEWEIGERD)
        assert not register.add_kaartverzoek(replace(later, op=later.op + timedelta(days=1)))

    def test_nobody_asked(self, register: Register) -> None:
        with pytest.raises(KaartNietVrij):
            register.kaartverzoek(uuid4())

    @pytest.mark.parametrize("table", ["paar", "kaartverzoek"])
    def test_a_changed_value_is_found_by_a_backup(
        self, register: Register, path: Path, tmp_path: Path, table: str
    ) -> None:
        signaal = add_one(register)
        register.add_paar(_paar(signaal))
        register.add_kaartverzoek(_verzoek(signaal))
        with closing(sqlite3.connect(path)) as raw:
            raw.execute(f"UPDATE {table} SET inhoud = x'00'")  # noqa: S608 -- our tables
            raw.commit()

        with pytest.raises(RegisterBeschadigd):
            register.backup(tmp_path / "kopie.db")


def _paar(signaal: UUID) -> Paar:
    return Paar(
        id=uuid4(),
        signaal=signaal,
        niveau=Niveau.ZEKER,
        match="m-1",
        oin=Oin("00000099000000011000"),
        kaartsignaal=uuid4(),
        jws="hun-kaart",
    )


def _verzoek(signaal: UUID) -> Kaartverzoek:
    return Kaartverzoek(
        id=uuid4(),
        signaal=signaal,
        match="m-1",
        ontvanger=Oin("00000099000000011000"),
        convenant=NHN,
        status=KaartverzoekStatus.OPEN,
        op=datetime(2026, 3, 1, 12, tzinfo=UTC),
    )


class TestBackup:
    def test_opens_as_a_register_and_is_one_file(self, register: Register, path: Path, tmp_path: Path) -> None:
        signaal = add_one(register)
        (tmp_path / "kopie").mkdir()
        copy = tmp_path / "kopie" / "kopie.db"
        register.backup(copy)

        assert [file.name for file in copy.parent.iterdir()] == ["kopie.db"]
        assert copy.stat().st_mode & 0o777 == 0o600
        with Register.open(copy, SLEUTEL) as restored:
            assert restored.signaal(signaal) == register.signaal(signaal)
            assert restored.zending(EEN) == register.zending(EEN)

    def test_never_overwrites(self, register: Register, tmp_path: Path) -> None:
        copy = tmp_path / "kopie.db"
        copy.write_bytes(b"kostbaar")

        with pytest.raises(RegisterFout, match="bestaat al"):
            register.backup(copy)
        assert copy.read_bytes() == b"kostbaar"

    def test_of_a_damaged_register_is_no_backup(self, register: Register, path: Path, tmp_path: Path) -> None:
        add_one(register)
        with closing(sqlite3.connect(path)) as raw:
            raw.execute("UPDATE signaal SET persoon = x'00'")
            raw.commit()

        with pytest.raises(RegisterBeschadigd):
            register.backup(tmp_path / "kopie.db")
        assert not (tmp_path / "kopie.db").exists()


def _hersteld(clientnummer: str) -> Signaal:
    return Signaal(
        id=uuid4(),
        clientnummer=clientnummer,
        convenant=ConvenantId("nhn"),
        epochen=(Epoche(1),),
        signaalsoort="zorg-om-kind",
        status=SignaalStatus.ONTVANGEN,
        aangemaakt_op=datetime(2026, 1, 1, tzinfo=UTC),
        verloopt_op=date(2028, 1, 1),
        persoon_bekend=False,
    )
