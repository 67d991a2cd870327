"""By which ways an organisation has news brought to it: webhooks and mail."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path

from convenant.web.afhankelijkheden import PoortDep, json_body
from matcher.diensten.emailkanaal import own_emailkanaal, set_emailkanaal
from matcher.diensten.webhooks import (
    own_webhooks,
    read_letters,
    register_webhook,
    remove_webhook,
    resend_letters,
    resume_webhook,
)
from matcher.http.afhankelijkheden import KernDep, Ontvanger
from matcher.http.kanaalmodellen import (
    DodeLettersUitvoer,
    EmailkanaalInvoer,
    EmailkanaalUitvoer,
    HerbezorgingInvoer,
    HervattingInvoer,
    WebhookInvoer,
    WebhooksUitvoer,
    WebhookUitvoer,
    emailkanaal_document,
    webhook_document,
)
from matcher.http.notificaties import event_of
from matcher.types import WebhookId

router = APIRouter(tags=["Matches en notificaties"])

WebhookPad = Annotated[UUID, Path(description="Het id van de WEBHOOK.")]


@router.post(
    "/webhooks",
    status_code=201,
    response_model=WebhookUitvoer,
    dependencies=[Depends(json_body)],
    summary="Meld een WEBHOOK aan",
    operation_id="meldWebhookAan",
)
async def register(aanroeper: Ontvanger, kern: KernDep, invoer: WebhookInvoer) -> dict[str, Any]:
    """NOTIFICATIES vanaf nu gaan naar dit adres, zodra het op OPTIONS heeft geantwoord dat ze welkom zijn. Dezelfde URL
    nog eens geeft dezelfde WEBHOOK, met het nieuwe token. Een organisatie heeft er hoogstens vijf.
    """  # noqa: D205 - one paragraph in the published description
    return webhook_document(await register_webhook(kern, aanroeper, invoer.url, invoer.bearer))


@router.get("/webhooks", response_model=WebhooksUitvoer, summary="Lijst van WEBHOOKS", operation_id="lijstWebhooks")
async def list_webhooks(aanroeper: Ontvanger, kern: KernDep) -> dict[str, Any]:
    """De eigen WEBHOOKS, de oudste eerst."""
    return {"webhooks": [webhook_document(beeld) for beeld in await own_webhooks(kern, aanroeper)]}


@router.delete("/webhooks/{id}", status_code=204, summary="Verwijder een WEBHOOK", operation_id="verwijderWebhook")
async def remove(id: WebhookPad, aanroeper: Ontvanger, kern: KernDep) -> None:  # noqa: A002 - the name in the path
    """Er gaat niets meer heen. Wat al onderweg is, kan nog aankomen."""
    await remove_webhook(kern, aanroeper, WebhookId(id))


@router.post(
    "/webhooks/{id}/hervattingen",
    status_code=201,
    response_model=WebhookUitvoer,
    dependencies=[Depends(json_body)],
    summary="Hervat een WEBHOOK",
    operation_id="hervatWebhook",
)
async def resume(
    id: WebhookPad,  # noqa: A002 - the name in the path
    aanroeper: Ontvanger,
    kern: KernDep,
    invoer: HervattingInvoer,
) -> dict[str, Any]:
    """Vraagt het adres opnieuw of NOTIFICATIES welkom zijn, en gaat dan verder waar het bleef."""
    return webhook_document(await resume_webhook(kern, aanroeper, WebhookId(id)))


@router.get(
    "/webhooks/{id}/dode-letters",
    response_model=DodeLettersUitvoer,
    response_model_exclude_unset=True,
    summary="Lijst van dode letters",
    operation_id="lijstDodeLetters",
)
async def list_letters(
    id: WebhookPad,  # noqa: A002 - the name in the path
    aanroeper: Ontvanger,
    kern: KernDep,
    poort: PoortDep,
) -> dict[str, Any]:
    """NOTIFICATIES die de WEBHOOK niet aannam. Ze staan ook gewoon in de lijst van NOTIFICATIES."""
    found = await read_letters(kern, aanroeper, WebhookId(id))
    return {"dodeLetters": [event_of(kern, notificatie, poort.basis_url) for notificatie in found]}


@router.post(
    "/webhooks/{id}/herbezorgingen",
    status_code=201,
    response_model=WebhookUitvoer,
    dependencies=[Depends(json_body)],
    summary="Bezorg dode letters opnieuw",
    operation_id="herbezorgDodeLetters",
)
async def resend(
    id: WebhookPad,  # noqa: A002 - the name in the path
    aanroeper: Ontvanger,
    kern: KernDep,
    invoer: HerbezorgingInvoer,
) -> dict[str, Any]:
    """Stuurt alle dode letters nog eens, op volgorde, zodra de WEBHOOK actief is. Wat aankomt, telt niet meer mee."""
    return webhook_document(await resend_letters(kern, aanroeper, WebhookId(id)))


@router.get(
    "/emailkanaal",
    response_model=EmailkanaalUitvoer,
    summary="Lees hoe e-mail is ingesteld",
    operation_id="leesEmailkanaal",
)
async def read_emailkanaal(aanroeper: Ontvanger, kern: KernDep) -> dict[str, Any]:
    """Zolang er niets is ingesteld, gaat er geen e-mail."""
    return emailkanaal_document(await own_emailkanaal(kern, aanroeper))


@router.put(
    "/emailkanaal",
    response_model=EmailkanaalUitvoer,
    dependencies=[Depends(json_body)],
    summary="Stel e-mail in",
    operation_id="stelEmailkanaalIn",
)
async def put_emailkanaal(aanroeper: Ontvanger, kern: KernDep, invoer: EmailkanaalInvoer) -> dict[str, Any]:
    """E-mail zegt alleen dat er nieuws is, en gaat alleen naar het contactadres van uw organisatie in het convenant."""
    return emailkanaal_document(await set_emailkanaal(kern, aanroeper, invoer.to_instelling()))
