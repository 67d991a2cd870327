import base64
import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from convenant.beleid import Besluit
from convenant.types import ConvenantId, Oin, Veld
from matcher.domein.grond import EigenZaak, Toezicht
from matcher.logboek.blad import Blad
from matcher.logboek.handeling import Bladmaker, Handeling, besluit_fields, grond_fields, weigering_fields
from matcher.types import MedewerkerPseudoniem, SignaalId

BEGIN = datetime(2026, 5, 12, 10, 0, tzinfo=UTC)
SIGNAAL = SignaalId(UUID("11111111-2222-4333-8444-555555555555"))
HANDELING = Handeling(
    naam="signaal indienen",
    organisatie=Oin("00000099000000001000"),
    medewerker=MedewerkerPseudoniem(b"m" * 32),
    rol="signaleerder",
    begonnen_op=BEGIN,
    operatie="00" * 8,
    spoor="11" * 16,
)


def entry(blad: Blad) -> object:
    return json.loads(blad.inhoud)


def test_access_leaf_names_actor_role_and_outcome() -> None:
    blad = Bladmaker(bytes(32)).toegang(HANDELING, aantal=2, uitkomst="verwerkt")
    assert entry(blad) == {
        "operatie": "00" * 8,
        "handeling": "signaal indienen",
        "organisatie": "00000099000000001000",
        "medewerker": base64.urlsafe_b64encode(b"m" * 32).rstrip(b"=").decode(),
        "rol": "signaleerder",
        "aantal": 2,
        "uitkomst": "verwerkt",
    }


def test_processing_leaf_has_the_fields_of_logboek_dataverwerkingen() -> None:
    maker = Bladmaker(bytes(32))
    [blad] = maker.verwerkingen(HANDELING, [SIGNAAL], klaar_op=BEGIN + timedelta(milliseconds=42))
    assert entry(blad) == {
        "trace_id": "11" * 16,
        "operation_id": "00" * 8,
        "status_code": 1,
        "name": "signaal indienen",
        "start_time": 1778580000000,
        "end_time": 1778580000042,
        "attributes": [
            {
                "key": "dpl.core.processing_activity_id",
                "value": "urn:koppelradar:verwerkingsactiviteit:signaal-indienen:1",
            },
            {"key": "dpl.core.data_subject_id", "value": maker.betrokkene(SIGNAAL)},
        ],
    }


def test_a_data_subject_is_found_again_with_the_key_only() -> None:
    een, ander = Bladmaker(b"a" * 32), Bladmaker(b"b" * 32)
    assert een.betrokkene(SIGNAAL) == Bladmaker(b"a" * 32).betrokkene(SIGNAAL)
    assert een.betrokkene(SIGNAAL) != ander.betrokkene(SIGNAAL)


def test_a_leaf_never_holds_the_id_of_a_signal() -> None:
    [blad] = Bladmaker(bytes(32)).verwerkingen(HANDELING, [SIGNAAL], klaar_op=BEGIN)
    assert str(SIGNAAL) not in blad.inhoud


def test_every_act_has_its_own_trace() -> None:
    handelingen = [
        Handeling(naam="n", organisatie=HANDELING.organisatie, medewerker=None, rol="beheer", begonnen_op=BEGIN)
        for _ in range(2)
    ]
    assert handelingen[0].spoor != handelingen[1].spoor
    assert handelingen[0].operatie != handelingen[1].operatie
    assert (len(handelingen[0].spoor), len(handelingen[0].operatie)) == (32, 16)


def test_of_a_decision_the_log_keeps_ground_and_fields() -> None:
    besluit = Besluit(
        toegestaan=True,
        velden=frozenset({Veld.ORGANISATIE, Veld.CONTACT}),
        artikel="4.1",
        grondslag="jeugdwet-signaal",
        reden="omdat het mag",
        verleend=(),
        convenant=ConvenantId("nhn-2026"),
        versie=3,
    )
    assert besluit_fields(besluit) == {
        "artikel": "4.1",
        "grondslag": "jeugdwet-signaal",
        "convenant": "nhn-2026",
        "convenantversie": 3,
        "velden": ["contact", "organisatie"],
    }
    assert besluit_fields(besluit, frozenset({Veld.CONTACT}))["velden"] == ["contact"]
    assert besluit_fields(besluit, frozenset())["velden"] == []


def test_of_a_refusal_the_log_keeps_reason_and_version() -> None:
    besluit = Besluit(
        toegestaan=False,
        velden=frozenset(),
        artikel="",
        grondslag="",
        reden="geen artikel verleent dit",
        verleend=(),
        convenant=ConvenantId("nhn-2026"),
        versie=3,
    )
    assert weigering_fields(besluit) == {
        "convenant": "nhn-2026",
        "convenantversie": 3,
        "reden": "geen artikel verleent dit",
    }


@pytest.mark.parametrize(
    ("grond", "more"),
    [
        (EigenZaak(ConvenantId("nhn-2026"), 3), {"velden": []}),
        (Toezicht(ConvenantId("nhn-2026"), 3), {"velden": ["organisatie"], "grondslag": "toezicht"}),
    ],
    ids=["own", "oversight"],
)
def test_without_a_decision_the_log_keeps_on_what_it_was_told(
    grond: EigenZaak | Toezicht, more: dict[str, object]
) -> None:
    assert grond_fields(grond) == {"convenant": "nhn-2026", "convenantversie": 3, **more}
