"""The constants and the framing of messages."""

import pytest

from convenant.voprf import suite


def test_every_use_of_the_hash_has_a_domain_of_its_own() -> None:
    domains = [value for name, value in vars(suite).items() if name.startswith(("DST_", "LABEL_"))]
    assert len(set(domains)) == len(domains) == 7


def test_prefixes_each_part_with_its_length() -> None:
    assert suite.prefixed(b"ab", b"", b"c") == b"\x00\x02ab\x00\x00\x00\x01c"


def test_parts_do_not_run_into_each_other() -> None:
    assert suite.prefixed(b"ab", b"c") != suite.prefixed(b"a", b"bc")


def test_two_bytes_hold_no_more_than_65535() -> None:
    assert suite.i2osp2(65535) == b"\xff\xff"
    with pytest.raises(OverflowError):
        suite.i2osp2(65536)
