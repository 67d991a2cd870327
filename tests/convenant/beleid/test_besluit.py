"""What an answer holds."""

from dataclasses import replace

from convenant.beleid.besluit import Besluit, Verlening, grant, refuse
from convenant.types import Veld
from tests.convenant.beleid.conftest import NHN, artikel


def test_a_refusal_grants_nothing_and_says_why() -> None:
    assert refuse(NHN, "Daarom niet.") == Besluit(
        toegestaan=False,
        velden=frozenset(),
        artikel="",
        grondslag="",
        reden="Daarom niet.",
        verleend=(),
        convenant=NHN.id,
        versie=NHN.versie,
    )


def test_a_grant_adds_up_what_the_rules_grant_sorted_by_article() -> None:
    school, raad = artikel("4.5"), artikel("4.6")
    besluit = grant(NHN, [replace(raad, velden=frozenset({Veld.KAART})), school])
    assert besluit == Besluit(
        toegestaan=True,
        velden=frozenset({Veld.ORGANISATIE, Veld.CONTACT, Veld.OPVOLGING, Veld.KAART}),
        artikel="4.5, 4.6",
        grondslag="avg-algemeen-belang, avg-zorg",
        reden=f"Artikel 4.5: {school.toelichting} Artikel 4.6: {raad.toelichting}",
        verleend=(
            Verlening("4.5", "avg-zorg", school.velden),
            Verlening("4.6", "avg-algemeen-belang", frozenset({Veld.KAART})),
        ),
        convenant=NHN.id,
        versie=NHN.versie,
    )


def test_rules_with_one_number_have_an_order_too() -> None:
    een = replace(artikel("4.5"), grondslag="b", toelichting="Eerst.")
    ander = replace(een, grondslag="a", toelichting="Later.")
    derde = replace(ander, toelichting="Eerder.")
    assert [v.grondslag for v in grant(NHN, [een, ander]).verleend] == ["a", "b"]
    assert grant(NHN, [ander, derde]).reden == "Artikel 4.5: Eerder. Artikel 4.5: Later."


def test_a_grondslag_of_two_articles_is_named_once() -> None:
    assert grant(NHN, [artikel("4.4"), artikel("4.3")]).grondslag == "jeugdwet-signaal"


def test_the_grounds_of_a_field_are_the_articles_that_grant_it() -> None:
    besluit = grant(NHN, [artikel("5.2"), artikel("5.1")])
    assert [v.artikel for v in besluit.grounds_for(Veld.CONTACT)] == ["5.1", "5.2"]
    assert [v.artikel for v in besluit.grounds_for(Veld.SIGNAALSOORT)] == ["5.2"]


def test_a_field_that_is_not_granted_has_no_grounds() -> None:
    assert grant(NHN, [artikel("5.1")]).grounds_for(Veld.SIGNAALSOORT) == ()
