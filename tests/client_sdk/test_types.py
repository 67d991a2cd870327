"""Secrets that stay secret, and labels that differ."""

import pytest

from client_sdk.types import ConvenantSleutel, Geheim, Kaartsleutel, Label, OrganisatieSleutel, RegisterSleutel
from convenant.profielen import NL_1


@pytest.mark.parametrize("soort", [ConvenantSleutel, OrganisatieSleutel, RegisterSleutel, Kaartsleutel])
def test_a_secret_shows_only_its_kind(soort: type[Geheim]) -> None:
    geheim = soort(bytes(range(32)))
    assert repr(geheim) == str(geheim) == f"{soort.__name__}(***)"
    assert geheim.reveal() == bytes(range(32))


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_secret_has_32_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        ConvenantSleutel(bytes(length))


def test_the_same_bytes_of_another_kind_are_another_secret() -> None:
    secrets = {OrganisatieSleutel(bytes(32)), OrganisatieSleutel(bytes(32)), RegisterSleutel(bytes(32))}
    assert len(secrets) == 2


def test_no_label_begins_another() -> None:
    labels = [bytes(label) for label in Label]
    assert not [(a, b) for a in labels for b in labels if a is not b and b.startswith(a)]


def test_the_label_of_the_profile_carries_its_name() -> None:
    assert f"koppelradar/{NL_1.naam}/".encode() == Label.KOPPELSLEUTEL_NL_1
