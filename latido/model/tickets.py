"""Tickets and everything that happened to them."""

from latido.i18n import _
from latido.model.table import Column, Table, Type

CHANNELS = ("email", "chat", "phone", "web", "social", "messaging", "store", "app", "forum", "api", "other")
STATUSES = ("new", "open", "pending", "hold", "solved", "closed", "deleted")
ROLES = ("customer", "agent", "bot", "system")
PRIORITIES = ("low", "normal", "high", "urgent")
EVENT_KINDS = ("message", "note", "assignment", "transfer", "status", "priority", "merge", "reopen")

TICKETS = Table(
    name="tickets",
    meaning=_("One request, question or incident"),
    key=("ticket_id",),
    time="created",
    order=(("created", "solved"), ("created", "first_replied")),
    columns=(
        Column("ticket_id", Type.TEXT, _("Ticket's identifier"), required=True,
               synonyms=("ticket", "case", "case id", "caso", "incident", "incidencia", "number", "id ticket", "conversation id",
                         "ticket number", "numero ticket", "folio")),
        Column("created", Type.INSTANT, _("When it was created"), required=True,
               synonyms=("created at", "opened at", "opened", "fecha creacion", "creado", "abierto", "fecha apertura", "date created",
                         "open date", "logged")),
        Column("customer_id", Type.TEXT, _("Who asked"), personal=True,
               synonyms=("requester", "requester id", "caller id", "solicitante", "cliente", "customer", "client id", "id cliente")),
        Column("subject", Type.TEXT, _("Subject"), personal=True, synonyms=("asunto", "title", "titulo", "summary")),
        Column("channel", Type.TEXT, _("Channel through which it came"), dimension=True, allowed=CHANNELS,
               synonyms=("canal", "via", "contact type", "origin", "origen", "source channel")),
        Column("topic", Type.TEXT, _("What it is about"), dimension=True,
               synonyms=("category", "categoria", "tema", "motivo", "problem", "tipo", "reason")),
        Column("subtopic", Type.TEXT, _("What it is about, finer"), dimension=True, synonyms=("subcategory", "subcategoria", "subtema")),
        Column("product", Type.TEXT, _("Product or service"), dimension=True, synonyms=("producto", "service", "servicio")),
        Column("brand", Type.TEXT, _("Brand"), dimension=True, synonyms=("marca",)),
        Column("priority", Type.TEXT, _("Priority now"), dimension=True, allowed=PRIORITIES,
               synonyms=("prioridad", "severity", "severidad", "urgency")),
        Column("status", Type.TEXT, _("Status now"), dimension=True, allowed=STATUSES,
               synonyms=("estado", "state", "current status", "incident state")),
        Column("team", Type.TEXT, _("Team now"), dimension=True,
               synonyms=("equipo", "group", "grupo", "assignment group", "department", "departamento")),
        Column("agent_id", Type.TEXT, _("Assignee now"), dimension=True, personal=True,
               synonyms=("assignee", "assigned to", "agente", "asignado a", "assignee id", "agent")),
        Column("opened_by", Type.TEXT, _("Who opened it; a ticket opened by an agent is proactive"), allowed=ROLES, default="customer"),
        Column("solved", Type.INSTANT, _("Last solve as the source states it, where it gives no events"),
               synonyms=("resolved at", "solved at", "closed at", "fecha cierre", "fecha resolucion", "resuelto", "cerrado",
                         "resolution date", "close date")),
        Column("first_replied", Type.INSTANT, _("First human reply as the source states it, where it gives no events"),
               synonyms=("first reply at", "first response at", "first response", "primera respuesta", "fecha primera respuesta")),
        Column("reopens", Type.INTEGER, _("Reopenings as the source counts them"), low=0, synonyms=("reopen count", "reaperturas")),
        Column("reassignments", Type.INTEGER, _("Reassignments as the source counts them"), low=0,
               synonyms=("reassignment count", "reasignaciones")),
        Column("sla_met", Type.BOOLEAN, _("Whether the source says that its agreement was met"),
               synonyms=("made sla", "sla", "sla met", "cumple sla", "sla cumplido")),
        Column("first_reply_target", Type.NUMBER, _("Promised first reply in seconds, at the time it applied"), low=0),
        Column("next_reply_target", Type.NUMBER, _("Promised next reply in seconds, at the time it applied"), low=0),
        Column("resolution_target", Type.NUMBER, _("Promised resolution in seconds, at the time it applied"), low=0),
        Column("merged_into", Type.TEXT, _("Ticket that this one was merged into"), synonyms=("merged into", "fusionado en")),
        Column("spam", Type.BOOLEAN, _("Whether it is spam"), default=False),
    ),
)

TICKET_EVENTS = Table(
    name="ticket_events",
    meaning=_("Something that happened to a ticket, with the author's role at that time"),
    key=("ticket_id", "event_id"),
    time="occurred",
    columns=(
        Column("ticket_id", Type.TEXT, _("Ticket's identifier"), required=True,
               synonyms=("ticket", "case", "caso", "incident", "number", "case id", "incidencia", "conversation id")),
        Column("event_id", Type.TEXT, _("Event's identifier within the ticket; ties in time are broken by it"), required=True,
               synonyms=("event", "evento", "status no", "audit id", "comment id", "id evento", "sequence")),
        Column("occurred", Type.INSTANT, _("When it happened"), required=True,
               synonyms=("timestamp", "date", "fecha", "created at", "event time", "hora", "fecha hora", "sys updated at")),
        Column("kind", Type.TEXT, _("What happened"), required=True, allowed=EVENT_KINDS, synonyms=("event type", "tipo evento", "type")),
        Column("author_id", Type.TEXT, _("Who did it"), personal=True, synonyms=("author", "autor", "user", "usuario", "actor")),
        Column("author_role", Type.TEXT, _("The author's role at that time"), allowed=ROLES, synonyms=("role", "rol", "rol autor")),
        Column("public", Type.BOOLEAN, _("Whether the customer can see it"), synonyms=("publico", "is public", "visible")),
        Column("value", Type.TEXT, _("The new value: status, assignee, team, priority, or the ticket merged into"),
               synonyms=("new value", "valor", "status name", "estado")),
        Column("team", Type.TEXT, _("Team responsible at that time"), synonyms=("equipo", "group")),
        Column("agent_id", Type.TEXT, _("Assignee at that time"), personal=True, synonyms=("assigned to", "assignee", "asignado a")),
        Column("channel", Type.TEXT, _("Channel of the message"), allowed=CHANNELS, synonyms=("canal", "via")),
        Column("text", Type.TEXT, _("What was said"), personal=True, synonyms=("body", "comment", "mensaje", "texto", "message text")),
    ),
)
