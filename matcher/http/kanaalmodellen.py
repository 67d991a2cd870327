"""What travels about webhooks and mail."""

from datetime import time
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from convenant.web.modellen import Model
from matcher.diensten.webhooks import Webhookbeeld
from matcher.domein.cloudevent import format_nummer
from matcher.domein.document import format_moment
from matcher.domein.post import Emailinstelling, Emailwijze
from matcher.domein.webhook import Webhookstatus
from matcher.http.modellen import NotificatieUitvoer
from matcher.uitgaand.adres import MAX_URL

Kloktijd = Annotated[str, Field(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["18:00"])]


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


class EmailkanaalInvoer(Model):
    """Of en wanneer er e-mail gaat naar het contactadres in het convenant: alleen dat er nieuws is."""

    aan: bool = Field(strict=True)
    wijze: Emailwijze = Emailwijze.DIRECT
    tijdstip: Kloktijd = Field(default="08:00", description="Van de dagelijkse e-mail, in Nederland.")
    stil_van: Kloktijd | None = Field(default=None, description="Vanaf dan gaat alleen wat dringend is.")
    stil_tot: Kloktijd | None = None

    def to_instelling(self) -> Emailinstelling:
        """What the organisation wants."""
        return Emailinstelling(
            aan=self.aan,
            wijze=self.wijze,
            tijdstip=time.fromisoformat(self.tijdstip),
            stil_van=_time(self.stil_van),
            stil_tot=_time(self.stil_tot),
        )


class EmailkanaalUitvoer(EmailkanaalInvoer):
    """Hoe e-mail is ingesteld."""


def emailkanaal_document(instelling: Emailinstelling) -> dict[str, Any]:
    """The setting, ready for JSON."""
    return {
        "aan": instelling.aan,
        "wijze": instelling.wijze,
        "tijdstip": _clock(instelling.tijdstip),
        "stilVan": _clock(instelling.stil_van),
        "stilTot": _clock(instelling.stil_tot),
    }


def _time(text: str | None) -> time | None:
    return None if text is None else time.fromisoformat(text)


def _clock(moment: time | None) -> str | None:
    return None if moment is None else moment.strftime("%H:%M")


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
