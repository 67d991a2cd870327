"""What a Persoon refuses to hold."""

import pytest

from client_sdk.errors import OngeldigPersoon
from client_sdk.persoon import Persoon

_FIELDS = {"voornamen": "Jan", "voorvoegsel": "", "geslachtsnaam": "Berg", "geboortedatum": "1980-05-31"}


@pytest.mark.parametrize("veld", ["voornamen", "voorvoegsel", "geslachtsnaam", "partnernaam"])
@pytest.mark.parametrize(
    "bsn", ["123456782", "1234.56.782", "123 456 782", "12345678", "Berg 123456782", "１２３４５６７８２", "١٢٣٤٥٦٧٨٢"]
)
def test_refuses_a_bsn_in_a_name_without_repeating_it(veld: str, bsn: str) -> None:
    with pytest.raises(OngeldigPersoon, match="lijkt een BSN") as caught:
        Persoon(**{**_FIELDS, veld: bsn})
    assert caught.value.veld == veld
    assert "12" not in str(caught.value)


@pytest.mark.parametrize("name", ["Jan2", "²", "Berg 12", "①", "1234567890"])
def test_refuses_any_digit_in_a_name(name: str) -> None:
    with pytest.raises(OngeldigPersoon, match="geen cijfers"):
        Persoon(**{**_FIELDS, "geslachtsnaam": name})


@pytest.mark.parametrize("text", ["Ja\x00n", "Jan\n", "Ja\tn", "Ja\x7fn", "Ja\x85n", "Ja\ud800n"])
@pytest.mark.parametrize("veld", ["voornamen", "geslachtsnaam", "geboortedatum"])
def test_refuses_control_characters(veld: str, text: str) -> None:
    with pytest.raises(OngeldigPersoon, match="stuurteken"):
        Persoon(**{**_FIELDS, veld: text})


def test_refuses_201_characters_and_takes_200() -> None:
    assert Persoon(**{**_FIELDS, "geslachtsnaam": "a" * 200})
    with pytest.raises(OngeldigPersoon, match="200 tekens"):
        Persoon(**{**_FIELDS, "geslachtsnaam": "a" * 201})


def test_takes_invisible_characters_and_letters_that_also_count() -> None:
    assert Persoon(**{**_FIELDS, "voornamen": "J\u200ban", "geslachtsnaam": "万"})


def test_shows_nothing() -> None:
    assert repr(Persoon(**_FIELDS)) == str(Persoon(**_FIELDS)) == "Persoon(***)"
