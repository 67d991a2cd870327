"""Pseudonyms of professionals."""

import pytest

from client_sdk.errors import InvoerFout
from client_sdk.medewerker import medewerker_pseudoniem
from client_sdk.types import OrganisatieSleutel

EIGEN = OrganisatieSleutel(bytes(range(32)))


@pytest.mark.parametrize("spelling", ["zoë@school.nl", "ZOË@SCHOOL.NL", " zoë@school.nl ", "zoe\u0308@school.nl"])
def test_one_account_has_one_pseudonym(spelling: str) -> None:
    pseudoniem = medewerker_pseudoniem(EIGEN, spelling)
    assert pseudoniem == medewerker_pseudoniem(EIGEN, "zoë@school.nl")
    assert len(pseudoniem) == 32


def test_another_account_or_organisation_has_another() -> None:
    pseudoniemen = {
        medewerker_pseudoniem(EIGEN, "zoë@school.nl"),
        medewerker_pseudoniem(EIGEN, "zoe@school.nl"),
        medewerker_pseudoniem(OrganisatieSleutel(bytes(32)), "zoë@school.nl"),
    }
    assert len(pseudoniemen) == 3


@pytest.mark.parametrize("account", ["", "  "])
def test_refuses_an_empty_account(account: str) -> None:
    with pytest.raises(InvoerFout, match="medewerker is leeg"):
        medewerker_pseudoniem(EIGEN, account)
