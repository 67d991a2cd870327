"""What travels about webhooks and mail."""

from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from convenant.web.modellen import Model
from matcher.diensten.webhooks import Webhookbeeld
from matcher.domein.cloudevent import format_nummer
from matcher.domein.document import format_moment
from matcher.domein.webhook import Webhookstatus
from matcher.http.modellen import NotificatieUitvoer
from matcher.uitgaand.adres import MAX_URL


class WebhookInvoer(Model):
    """Een WEBHOOK: een adres waar de matcher NOTIFICATIES heen stuurt."""

    url: str = Field(
        pattern="^[!-~]+$", max_length=MAX_URL, description="Begint met https:// en staat op het openbare internet."
    )
    bearer: str = Field(
        pattern="^[!-~]{16,512}$",
        repr=False,
        description="Gaat bij elke bezorging mee als Bearer-token; is nergens terug te lezen.",
    )


class HervattingInvoer(Model):
    """Een hervatting heeft geen velden."""


class HerbezorgingInvoer(Model):
    """Een herbezorging heeft geen velden."""


class WebhookUitvoer(Model):
    """Een eigen WEBHOOK, en hoever hij is."""

    id: UUID
    url: str
    status: Webhookstatus
    aangemaakt_op: AwareDatetime
    verwerkt_tot: str = Field(description="Het laatste nummer dat aankwam of werd opgegeven.")
    mislukt: int = Field(description="Hoe vaak het met de NOTIFICATIE die nu aan de beurt is, mislukte.")
    dode_letters: int = Field(description="Hoeveel NOTIFICATIES niet werden aangenomen.")


class WebhooksUitvoer(Model):
    """De eigen WEBHOOKS."""

    webhooks: list[WebhookUitvoer]


class DodeLettersUitvoer(Model):
    """De eerste honderd NOTIFICATIES die de WEBHOOK niet aannam, op volgorde."""

    dode_letters: list[NotificatieUitvoer]


def webhook_document(beeld: Webhookbeeld) -> dict[str, Any]:
    """The webhook, ready for JSON."""
    webhook, stand = beeld.webhook, beeld.webhook.stand
    return {
        "id": webhook.id,
        "url": webhook.url,
        "status": stand.status,
        "aangemaaktOp": format_moment(webhook.aangemaakt_op),
        "verwerktTot": format_nummer(stand.verwerkt_tot),
        "mislukt": stand.pogingen,
        "dodeLetters": beeld.dode_letters,
    }
