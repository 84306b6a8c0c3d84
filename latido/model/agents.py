"""Agents and employees, with dated roles and teams."""

from latido.i18n import _
from latido.model.table import Column, Table, Type

AGENTS = Table(
    name="agents",
    meaning=_("A spell of an agent or employee in one role and team"),
    key=("agent_id", "valid_from"),
    order=(("valid_from", "valid_to"), ("hired", "departed")),
    columns=(
        Column(
            "agent_id",
            Type.TEXT,
            _("Agent's or employee's identifier"),
            required=True,
            personal=True,
            synonyms=(
                "agent",
                "agente",
                "employee",
                "employee id",
                "employee number",
                "empleado",
                "id empleado",
                "numero empleado",
                "matricula",
                "assignee id",
                "employeenumber",
            ),
        ),
        Column(
            "valid_from",
            Type.INSTANT,
            _("Since when this role and team hold (the first spell starts at hiring)"),
            synonyms=("from", "desde", "valid from"),
        ),
        Column(
            "valid_to",
            Type.INSTANT,
            _("Until when they held; empty while they hold"),
            synonyms=("to", "hasta", "valid to"),
        ),
        Column(
            "name", Type.TEXT, _("Name"), personal=True, synonyms=("full name", "nombre", "agent name", "employee name")
        ),
        Column("email", Type.TEXT, _("E-mail address"), personal=True, synonyms=("correo", "mail", "e mail")),
        Column(
            "role",
            Type.TEXT,
            _("Role during the spell"),
            allowed=("agent", "bot", "employee"),
            default="agent",
            dimension=True,
            synonyms=("rol", "tipo"),
        ),
        Column(
            "team",
            Type.TEXT,
            _("Team during the spell"),
            dimension=True,
            synonyms=("equipo", "department", "departamento", "group", "grupo", "area", "dc nbr", "centro"),
        ),
        Column(
            "site",
            Type.TEXT,
            _("Place of work"),
            dimension=True,
            synonyms=("sede", "office", "oficina", "location", "centro trabajo"),
        ),
        Column("country", Type.TEXT, _("Country"), dimension=True, synonyms=("pais",)),
        Column(
            "hired",
            Type.INSTANT,
            _("When they joined"),
            synonyms=("hire date", "fecha alta", "fecha contratacion", "start date", "fecha ingreso", "joined"),
        ),
        Column(
            "departed",
            Type.INSTANT,
            _("When they left the company; empty while they work here"),
            synonyms=("leave date", "left", "end date", "fecha baja", "termination date", "fecha salida"),
        ),
        Column(
            "attrited",
            Type.BOOLEAN,
            _("Whether they left, where the file gives no date"),
            synonyms=("attrition", "has left", "baja", "se fue"),
        ),
        Column(
            "departure_reason",
            Type.TEXT,
            _("Why they left"),
            dimension=True,
            synonyms=("reason", "motivo", "motivo baja", "termination reason"),
        ),
        Column(
            "voluntary",
            Type.BOOLEAN,
            _("Whether leaving was their own decision"),
            synonyms=("voluntario", "baja voluntaria"),
        ),
    ),
)
