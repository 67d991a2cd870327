"""The calls of the radar, in both shells."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from client_sdk.client import (
    Bevraagdepersoon,
    Casusopgave,
    Casustoestand,
    Epochetokens,
    Meldingsoort,
    Radarfilter,
    Radarsortering,
    Terugkoppeling,
)
from client_sdk.errors import MatcherOnbereikbaar, OngeldigAntwoord
from convenant.types import ConvenantId, Epoche, Niveau, Oin

CASUS, SIGNAAL, PAAR = UUID(int=1), UUID(int=2), UUID(int=3)
WIJKTEAM = "00000099000000011000"
DOCUMENT = {
    "id": str(CASUS),
    "convenant": "nhn",
    "nummer": "A" * 208,
    "toestand": "onderzoek",
    "acuut": True,
    "geopendOp": "2026-03-01T12:00:00Z",
    "gewijzigdOp": "2026-03-02T12:00:00Z",
    "monitoringTot": "2027-09-01",
    "signalen": [str(SIGNAAL)],
}
OPGAVE = Casusopgave(
    id=CASUS,
    convenant=ConvenantId("nhn"),
    nummer="A" * 208,
    signalen=(SIGNAAL,),
    acuut=False,
    monitoring_tot=date(2027, 9, 1),
)
OVERGEDRAGEN = Terugkoppeling(
    match="m-1", paar=PAAR, opgepakt=True, overgedragen_aan=Oin(WIJKTEAM), monitort=Oin(WIJKTEAM)
)
PERSOON = Bevraagdepersoon(tokensets=(Epochetokens(epoche=Epoche(2), koppeltokens=("A" * 43,) * 12),))

LINE = {
    "casus": DOCUMENT,
    "nieuw": 2,
    "partijen": 3,
    "signalen": 4,
    "niveaus": {"mogelijk": 1, "zeker": 3},
    "laatsteOp": "2026-03-05",
    "termijnen": [],
    "melding": "hermelding",
}

ANSWER = {
    "bevraagdOp": "2026-03-05T12:00:00Z",
    "personen": [
        {
            "partijen": [
                {
                    "niveau": "zeker",
                    "organisatie": {"oin": WIJKTEAM, "naam": "Wijkteam"},
                    "radarmelding": True,
                    "artikel": "12",
                    "grondslag": "wmo-4-1-1",
                }
            ],
            "eigenCasussen": [
                {"id": str(CASUS), "nummer": "A" * 208, "toestand": "afgesloten", "melding": "nieuwe-melding"}
            ],
        }
    ],
}


class TestCasussen:
    def test_are_registered(self, beide: Any) -> None:
        beide.tegenover.reply((201, DOCUMENT))

        casus = beide("radar.open_casus", OPGAVE)

        assert (casus.toestand, casus.acuut, casus.signalen) == (Casustoestand.ONDERZOEK, True, (SIGNAAL,))
        assert (casus.nummer, casus.geopend_op) == (bytes(156), datetime(2026, 3, 1, 12, tzinfo=UTC))
        assert beide.request.url.path == "/v1/casussen"
        assert beide.body == {
            "id": str(CASUS),
            "convenant": "nhn",
            "nummer": "A" * 208,
            "signalen": [str(SIGNAAL)],
            "acuut": False,
            "monitoringTot": "2027-09-01",
            "toestand": "beoordeling",
        }

    @pytest.mark.parametrize(
        ("call", "given", "path", "body"),
        [
            ("add_betrokkenen", (([SIGNAAL],), {}), "betrokkenen", {"signalen": [str(SIGNAAL)]}),
            ("set_toestand", ((Casustoestand.MONITORING,), {}), "toestanden", {"toestand": "monitoring"}),
            (
                "set_toestand",
                ((Casustoestand.MONITORING,), {"monitoring_tot": date(2028, 1, 1)}),
                "toestanden",
                {"toestand": "monitoring", "monitoringTot": "2028-01-01"},
            ),
            (
                "set_toestand",
                ((Casustoestand.OVERGEDRAGEN,), {"overgedragen_aan": Oin(WIJKTEAM)}),
                "toestanden",
                {"toestand": "overgedragen", "overgedragenAan": WIJKTEAM},
            ),
            ("mark_seen", ((), {}), "inzagen", {}),
            (
                "give_terugkoppeling",
                ((Terugkoppeling(match="m-1", paar=PAAR, opgepakt=False),), {}),
                "terugkoppelingen",
                {"match": "m-1", "paar": str(PAAR), "opgepakt": False},
            ),
            (
                "give_terugkoppeling",
                ((OVERGEDRAGEN,), {}),
                "terugkoppelingen",
                {
                    "match": "m-1",
                    "paar": str(PAAR),
                    "opgepakt": True,
                    "overgedragenAan": WIJKTEAM,
                    "monitort": WIJKTEAM,
                },
            ),
        ],
    )
    def test_acts_are_asked_as_the_interface_says(
        self, beide: Any, call: str, given: Any, path: str, body: Any
    ) -> None:
        args, kwargs = given
        beide.tegenover.reply((201, DOCUMENT))

        beide(f"radar.{call}", CASUS, *args, **kwargs)

        assert (beide.request.method, beide.request.url.path) == ("POST", f"/v1/casussen/{CASUS}/{path}")
        assert beide.body == body

    def test_are_listed_over_pages(self, beide: Any) -> None:
        beide.tegenover.reply(
            (200, {"casussen": [DOCUMENT], "volgende": "1"}), (200, {"casussen": [DOCUMENT], "volgende": None})
        )

        assert [casus.id for casus in beide("radar.list_casussen")] == [CASUS, CASUS]
        assert dict(beide.tegenover.requests[1].url.params) == {"limiet": "1000", "na": "1"}

    def test_another_casus_is_refused(self, beide: Any) -> None:
        beide.tegenover.reply((200, DOCUMENT | {"id": str(UUID(int=9))}))

        with pytest.raises(OngeldigAntwoord):
            beide("radar.casus", CASUS)

    @pytest.mark.parametrize("count", [0, 51])
    def test_have_1_to_50_signals_at_a_time(self, beide: Any, count: int) -> None:
        with pytest.raises(ValueError, match="1 tot 50"):
            beide("radar.add_betrokkenen", CASUS, [SIGNAAL] * count)

    def test_a_repr_shows_no_number(self, beide: Any) -> None:
        beide.tegenover.reply((200, DOCUMENT))

        assert "x00" not in repr(beide("radar.casus", CASUS))
        assert "AAA" not in repr(OPGAVE)


class TestRadarlijst:
    def test_says_what_there_is(self, beide: Any) -> None:
        beide.tegenover.reply((200, {"radar": [LINE], "volgende": None}))

        [regel] = beide("radar.list_radar")

        assert (regel.nieuw, regel.partijen, regel.signalen) == (2, 3, 4)
        assert regel.niveaus == ((Niveau.ZEKER, 3), (Niveau.MOGELIJK, 1))
        assert (regel.melding, regel.laatste_op) == (Meldingsoort.HERMELDING, datetime(2026, 3, 5, tzinfo=UTC))
        assert dict(beide.request.url.params) == {"limiet": "1000"}

    def test_is_filtered_and_sorted_by_the_matcher(self, beide: Any) -> None:
        beide.tegenover.reply((200, {"radar": [], "volgende": None}))
        filter_ = Radarfilter(
            toestand=Casustoestand.MONITORING,
            nieuw=True,
            termijn=False,
            minimaal_partijen=2,
            sorteer=Radarsortering.TERMIJN,
        )

        assert beide("radar.list_radar", filter_, limiet=10) == []
        assert dict(beide.request.url.params) == {
            "toestand": "monitoring",
            "nieuw": "true",
            "termijn": "false",
            "minimaalPartijen": "2",
            "sorteer": "termijn",
            "limiet": "10",
        }


class TestBevraging:
    def test_asks_with_tokens_and_shows_what_is_granted(self, beide: Any) -> None:
        beide.tegenover.reply((201, ANSWER))

        antwoord = beide("radar.bevraag", ConvenantId("nhn"), "melding", [PERSOON])

        [beeld] = antwoord.personen
        assert (beeld.partijen[0].organisatie.naam, beeld.partijen[0].radarmelding) == ("Wijkteam", True)
        assert (beeld.partijen[0].signaalsoort, beeld.partijen[0].sloten) == (None, ())
        assert beeld.eigen_casussen[0].melding is Meldingsoort.NIEUWE_MELDING
        assert beide.body == {
            "convenant": "nhn",
            "reden": "melding",
            "personen": [{"tokensets": [{"epoche": 2, "koppeltokens": ["A" * 43] * 12}]}],
        }

    def test_another_number_of_persons_is_refused(self, beide: Any) -> None:
        beide.tegenover.reply((201, ANSWER))

        with pytest.raises(OngeldigAntwoord, match="aantal personen"):
            beide("radar.bevraag", ConvenantId("nhn"), "melding", [PERSOON] * 2)

    def test_is_tried_once_because_every_attempt_counts(self, beide: Any) -> None:
        beide.tegenover.reply((503, {}))

        with beide.sync() as client, pytest.raises(MatcherOnbereikbaar):
            client.radar.bevraag(ConvenantId("nhn"), "melding", [PERSOON])
        assert len(beide.tegenover.requests) == 1

    @pytest.mark.parametrize("count", [0, 21])
    def test_is_about_1_to_20_persons(self, beide: Any, count: int) -> None:
        with pytest.raises(ValueError, match="1 tot 20"):
            beide("radar.bevraag", ConvenantId("nhn"), "melding", [PERSOON] * count)
