"""Foreign words for the values of canonical columns, Spanish and English, normalised."""

from __future__ import annotations

from functools import cache

import pyarrow as pa

from latido.model.tickets import PRIORITIES, STATUSES
from latido.sources.scales import normal

# Canonical value → how others call it.
SYNONYMS = {
    # channels
    "email": "e mail|mail|correo|correo electronico|email message",
    "chat": "live chat|web chat|webchat|chat en vivo|chat en linea",
    "phone": "telefono|telephone|call|voice|llamada|phone call|llamada telefonica|voz|call center",
    "web": "website|web form|webform|formulario|formulario web|portal|self service|site|sitio web|online|pagina web",
    "social": "social media|facebook|twitter|instagram|redes sociales|redes|linkedin|tiktok|youtube|social network",
    "messaging": "whatsapp|messenger|telegram|sms|mensajeria|imessage|native messaging|facebook messenger|rcs",
    "store": "tienda|in store|branch|oficina|sucursal|walk in|presencial|in person|retail",
    "app": "mobile app|aplicacion|app movil|mobile|mobile sdk|ios|android",
    "forum": "community|foro|comunidad",
    "other": "otro|otros|others|otra|otras",
    # statuses
    "new": "nuevo|nueva|logged|created|registrado|registrada|unassigned|sin asignar|creado|creada",
    "open": "abierto|abierta|active|activo|in progress|assigned|en curso|en proceso|en progreso|accepted|asignado"
    "|asignada|reopened|reabierto|work in progress|queued|in call",
    "pending": "pendiente|awaiting user info|waiting on customer|waiting for customer|awaiting customer"
    "|customer response|esperando al cliente|en espera del cliente|pending customer|pending reply|uat|waiting on user",
    "hold": "on hold|en espera|awaiting vendor|awaiting problem|awaiting evidence|paused|pausado|waiting on third party"
    "|en espera de terceros|waiting|wait",
    "solved": "resolved|resuelto|resuelta|solucionado|solucionada|completed|completado|done|hecho|fixed",
    "closed": "cerrado|cerrada|cancelled|canceled|cancelado|cancelada|finalizado|finalizada",
    "deleted": "eliminado|eliminada|borrado|borrada|removed",
    # priorities
    "low": "baja|bajo|minor|menor|4 low|5 planning|trivial|lowest",
    "normal": "media|medio|medium|moderate|moderada|3 moderate|average",
    "high": "alta|alto|major|mayor|2 high|importante",
    "urgent": "urgente|critical|critica|critico|1 critical|blocker|highest|emergency",
    # roles
    "customer": "cliente|end user|enduser|requester|user|usuario|client|solicitante|contact|visitor",
    "agent": "agente|staff|admin|support|operator|operador|soporte|teammate|tecnico",
    "bot": "chatbot|robot|virtual agent|asistente virtual|ai",
    "system": "sistema|automation|automatic|automatico|trigger|workflow|rule",
    "employee": "empleado|empleada|worker|trabajador|trabajadora|staff member",
    # what happened to a ticket
    "message": "mensaje|comment|comentario|reply|respuesta|public reply|respuesta publica",
    "note": "nota|internal note|private note|nota interna|nota privada|private",
    "assignment": "asignacion|assigned|reassignment|reasignacion",
    "transfer": "transferencia|escalation|escalado|traspaso|transferred",
    "status": "estado|status change|cambio de estado|state",
    "priority": "prioridad|priority change|cambio de prioridad",
    "merge": "fusion|merged",
    "reopen": "reapertura|reopened",
    # sentiments and intents
    "negative": "negativo|negativa|neg|n|unfavourable|unfavorable",
    "neutral": "neutro|neutra|neu|none|mixed|mixto",
    "positive": "positivo|positiva|pos|p|favourable|favorable",
    "technical": "tecnico|tecnica|technical issue|problema tecnico",
    "account": "cuenta|billing|facturacion",
    "complaint": "queja|reclamacion|reclamo",
    "praise": "elogio|felicitacion|compliment",
    "campaign": "campana",
    # questions and subjects
    "nps": "net promoter score|recomendacion",
    "csat": "customer satisfaction|satisfaction|satisfaccion",
    "ces": "customer effort score|effort|esfuerzo",
    "ticket": "case|caso|incidencia",
    "order": "pedido|purchase|compra",
    "stage": "etapa|touchpoint",
    "relationship": "relacion|relational|relacional",
    "employment": "empleo|employee",
    "mystery_visit": "mystery shopper|mystery shopping|cliente misterioso|visita misteriosa|cliente oculto",
    "focus_group": "focus group|grupo focal|grupo de discusion",
    "interview": "entrevista",
    "review": "resena|opinion",
}


@cache
def words(allowed: tuple[str, ...]) -> dict[str, str]:
    """Foreign words, as `bare` has them, and which of the allowed values each means."""
    found = {bare(word): value for value in allowed for word in SYNONYMS.get(value, "").split("|") if word}
    return {**found, **{bare(value): value for value in allowed}}


def bare(word: str) -> str:
    """A word normalised and without spaces: `WhatsApp`, `whats app` and `whatsapp` are one."""
    return normal(word).replace(" ", "")


def canonical(values: pa.Array, allowed: tuple[str, ...]) -> pa.Array:
    """Texts as the allowed values that they mean; those that mean none stay."""
    known = words(allowed)
    coded = values.dictionary_encode()
    return pa.array([known.get(bare(w), w) for w in coded.dictionary.to_pylist()], pa.string()).take(coded.indices)


def allowed_values(table: str, column: str, declared: tuple[str, ...], kind: object = None) -> tuple[str, ...]:
    """What may stand in a column: as declared; for an event's value, what its kind says.

    Args:
        table: Canonical table.
        column: Canonical column.
        declared: The column's declaration.
        kind: The event's kind, where all rows have the same.
    """
    if (table, column) == ("ticket_events", "value"):
        return {"status": STATUSES, "priority": PRIORITIES}.get(str(kind), ())
    return declared
