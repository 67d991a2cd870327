"""Casussen in the register: their numbers sealed, one row for each number."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from client_sdk.client import Casusopgave
from client_sdk.register import Register
from client_sdk.types import RegisterSleutel
from convenant.types import ConvenantId

SLEUTEL = RegisterSleutel(bytes(range(32)))
NHN = ConvenantId("nhn")
NU = datetime(2026, 3, 1, 12, tzinfo=UTC)


def opgave(casus: UUID) -> Casusopgave:
    return Casusopgave(
        id=casus,
        convenant=NHN,
        nummer="A" * 208,
        signalen=(uuid4(), uuid4()),
        acuut=True,
        monitoring_tot=date(2027, 9, 1),
    )


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.create(tmp_path / "register.db", SLEUTEL, "test") as register:
        yield register


def add(register: Register, nummer: str = "C-2026-1") -> Casusopgave:
    new = opgave(uuid4())
    register.add_casus(new.id, convenant=NHN, casusnummer=nummer, op=NU, opgave=new)
    return new


def test_what_is_to_be_sent_comes_back_as_it_was_until_it_was_received(register: Register) -> None:
    new = add(register)

    found = register.find_casus(NHN, "C-2026-1")
    assert found is not None
    assert (found.id, found.casusnummer, found.opgave, found.aangemaakt_op) == (new.id, "C-2026-1", new, NU)

    register.mark_casus_ontvangen(new.id)
    received = register.casus(new.id)
    assert received is not None
    assert (received.casusnummer, received.opgave) == ("C-2026-1", None)


def test_a_number_is_one_casus(register: Register) -> None:
    first = add(register)
    second = opgave(uuid4())

    written = register.add_casus(second.id, convenant=NHN, casusnummer="C-2026-1", op=NU, opgave=second)

    assert written.id == first.id
    assert register.casus(second.id) is None
    assert register.find_casus(ConvenantId("twente"), "C-2026-1") is None


def test_what_can_no_longer_be_sent_is_replaced(register: Register) -> None:
    first = add(register)
    renewed = opgave(first.id)
    register.renew_casus(renewed)

    found = register.casus(first.id)
    assert found is not None
    assert found.opgave == renewed


def test_the_file_and_the_repr_show_no_number(register: Register, tmp_path: Path) -> None:
    add(register, "geheim-nummer")

    assert "geheim" not in repr(register.casusregistraties())
    register.backup(tmp_path / "kopie.db")
    for file in tmp_path.iterdir():
        assert b"geheim-nummer" not in file.read_bytes()


def test_a_client_with_the_same_number_has_another_index(register: Register) -> None:
    kluis = register._kluis

    assert kluis.blind_index("7") != kluis.blind_casusindex("7")
