"""Importing CSV files, through the service and a small matcher."""

import time
from pathlib import Path
from typing import Any

import pytest

from client_sdk.dienst import Koppelradar
from client_sdk.errors import OngeldigCsv
from client_sdk.importeren import RijFout, import_csv

HEADER = "clientnummer;voornamen;voorvoegsel;geslachtsnaam;geboortedatum"
ROWS = ("1;Jan;de;Vries;2015-03-09", "2;Fatima;el;Amrani;2014-12-31", "3;Zoë;;Öztürk;2016-02-29")
KIND = "zorg-om-kind"


def write(tmp_path: Path, *lines: str, encoding: str = "utf-8", newline: str = "\r\n") -> Path:
    path = tmp_path / "export.csv"
    path.write_bytes("".join(line + newline for line in lines).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [";", ",", "\t"], ids=["semicolon", "comma", "tab"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["unix", "windows"])
def test_reads_what_spreadsheets_write(
    dienst: Koppelradar, tmp_path: Path, encoding: str, separator: str, newline: str
) -> None:
    lines = [line.replace(";", separator) for line in (HEADER, *ROWS)]
    path = write(tmp_path, *lines, encoding=encoding, newline=newline)

    verslag = import_csv(dienst, path, signaalsoort=KIND)

    assert (verslag.gelezen, verslag.ingediend, verslag.fouten) == (3, 3, ())
    assert [s.clientnummer for s in dienst.signalen()] == ["1", "2", "3"]


def test_a_second_run_submits_nothing_twice(dienst: Koppelradar, matcher: Any, tmp_path: Path) -> None:
    path = write(tmp_path, HEADER, *ROWS)
    import_csv(dienst, path, signaalsoort=KIND)

    verslag = import_csv(dienst, path, signaalsoort=KIND)

    assert (verslag.gelezen, verslag.ingediend, verslag.bestond_al) == (3, 0, 3)
    assert len(matcher.signalen) == 3


def test_while_the_matcher_is_away_rows_wait_and_a_second_run_sends_them(
    dienst: Koppelradar, matcher: Any, tmp_path: Path
) -> None:
    path = write(tmp_path, HEADER, *ROWS)
    matcher.faults.append(type(matcher).fault(path="/v1/", times=10**6, drop=True))
    assert import_csv(dienst, path, signaalsoort=KIND).wachtend == 3
    assert import_csv(dienst, path, signaalsoort=KIND).wachtend == 3

    matcher.faults.clear()

    assert import_csv(dienst, path, signaalsoort=KIND).bestond_al == 3
    assert len(matcher.signalen) == 3


def test_a_wrong_row_is_named_and_the_others_go_on(dienst: Koppelradar, tmp_path: Path) -> None:
    path = write(
        tmp_path,
        HEADER,
        "1;Jan;de;Vries;2015-13-09",
        "2;Jan;de;123456782;2015-03-09",
        "",
        "3;Jan;de",
        "4;Jan;de;Vries;2015-03-09;te veel",
        ";Jan;de;Vries;2015-03-09",
        "6;Jan;de;Vries;1950-03-09",
        ";;;;",
        "7;Jan;de;Vries;2015-03-09",
    )

    verslag = import_csv(dienst, path, signaalsoort=KIND)

    assert (verslag.gelezen, verslag.ingediend) == (7, 1)
    assert [(f.regel, f.kolom) for f in verslag.fouten] == [
        (2, "geboortedatum"),
        (3, "geslachtsnaam"),
        (5, None),
        (6, None),
        (7, "clientnummer"),
        (8, "geboortedatum"),
    ]
    text = " ".join(f.melding for f in verslag.fouten)
    assert not any(secret in text for secret in ("Jan", "Vries", "123456782", "2015-13-09", "te veel"))


def test_a_row_that_the_matcher_refuses_is_an_error_of_that_row(
    dienst: Koppelradar, matcher: Any, tmp_path: Path
) -> None:
    matcher.refuse = {"huiselijk-geweld": "te-laat"}
    path = write(tmp_path, f"{HEADER};signaalsoort", f"{ROWS[0]};", f"{ROWS[1]};huiselijk-geweld")

    verslag = import_csv(dienst, path, signaalsoort=KIND)

    assert verslag.ingediend == 1
    assert verslag.fouten == (RijFout(3, None, "De matcher weigerde dit signaal (te-laat)."),)


def test_an_unknown_kind_is_an_error_of_that_column(dienst: Koppelradar, tmp_path: Path) -> None:
    path = write(tmp_path, f"{HEADER};signaalsoort", f"{ROWS[0]};geheim-woord")

    [fout] = import_csv(dienst, path).fouten

    assert (fout.regel, fout.kolom) == (2, "signaalsoort")
    assert KIND in fout.melding
    assert "geheim-woord" not in fout.melding


def test_a_quoted_cell_can_hold_the_separator(dienst: Koppelradar, tmp_path: Path) -> None:
    path = write(tmp_path, f"{HEADER};partnernaam", '1;"Jan; Piet";;Vries;2015-03-09;', *(f"{r};" for r in ROWS[1:]))

    assert import_csv(dienst, path, signaalsoort=KIND).ingediend == 3


@pytest.mark.parametrize(
    ("header", "named"),
    [
        pytest.param(HEADER.replace("geboortedatum", "geboortedtum"), "kolom 5 is onbekend (bedoelt u geb", id="typo"),
        pytest.param(HEADER.replace("geboortedatum", "geboortedtum"), "kolom geboortedatum ontbreekt", id="missing"),
        pytest.param(f"{HEADER};bsn", "kolom 6 is onbekend", id="extra"),
        pytest.param(f"{HEADER};voornamen", "kolom voornamen staat er 2 keer", id="twice"),
        pytest.param("", "kolom clientnummer ontbreekt", id="empty file"),
    ],
)
def test_a_wrong_header_is_explained(dienst: Koppelradar, tmp_path: Path, header: str, named: str) -> None:
    with pytest.raises(OngeldigCsv) as caught:
        import_csv(dienst, write(tmp_path, header, *ROWS), signaalsoort=KIND)
    assert named in str(caught.value)


def test_the_kind_must_come_from_somewhere(dienst: Koppelradar, tmp_path: Path) -> None:
    with pytest.raises(OngeldigCsv, match="kolom signaalsoort ontbreekt"):
        import_csv(dienst, write(tmp_path, HEADER, *ROWS))


def test_a_file_without_header_does_not_show_its_first_person(dienst: Koppelradar, tmp_path: Path) -> None:
    with pytest.raises(OngeldigCsv) as caught:
        import_csv(dienst, write(tmp_path, *ROWS), signaalsoort=KIND)
    assert "vries" not in str(caught.value).lower()


def test_another_encoding_is_placed_and_nothing_is_submitted(dienst: Koppelradar, matcher: Any, tmp_path: Path) -> None:
    path = write(tmp_path, HEADER, *ROWS, encoding="cp1252")

    with pytest.raises(OngeldigCsv, match="regel 4, positie 5") as caught:
        import_csv(dienst, path, signaalsoort=KIND)

    assert caught.value.__cause__ is None
    assert matcher.exchanges == []


def test_a_quote_that_is_never_closed_swallows_no_rows(dienst: Koppelradar, matcher: Any, tmp_path: Path) -> None:
    path = write(tmp_path, HEADER, ROWS[0], '2;"Fatima;el;Amrani;2014-12-31', ROWS[2])

    with pytest.raises(OngeldigCsv, match="vanaf regel 3"):
        import_csv(dienst, path, signaalsoort=KIND)
    assert matcher.exchanges == []


def test_a_missing_file_is_named(dienst: Koppelradar, tmp_path: Path) -> None:
    with pytest.raises(OngeldigCsv, match=r"weg\.csv"):
        import_csv(dienst, tmp_path / "weg.csv", signaalsoort=KIND)


@pytest.mark.slow
def test_a_large_school_is_imported_in_seconds(dienst: Koppelradar, tmp_path: Path) -> None:
    rows = [f"{n};Jan Piet;van der;Vries;2015-03-09" for n in range(2500)]
    seen: list[tuple[int, int]] = []
    started = time.process_time()

    verslag = import_csv(
        dienst, write(tmp_path, HEADER, *rows), signaalsoort=KIND, on_progress=lambda *at: seen.append(at)
    )

    # 5000 persons in ten seconds of one core; the matcher of this test runs in the same process and counts along.
    assert time.process_time() - started < 5
    assert verslag.ingediend == 2500
    assert seen == [(1000, 2500), (2000, 2500), (2500, 2500)]
