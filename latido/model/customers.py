"""Customers and the identities by which systems know them."""

from latido.i18n import _
from latido.model.table import Column, Table, Type

CUSTOMERS = Table(
    name="customers",
    meaning=_("A person or company that buys from or talks to us"),
    key=("customer_id",),
    columns=(
        Column(
            "customer_id",
            Type.TEXT,
            _("Customer's identifier"),
            required=True,
            personal=True,
            synonyms=(
                "customer",
                "customer number",
                "client",
                "client id",
                "cliente",
                "id cliente",
                "numero cliente",
                "codigo cliente",
                "contact id",
                "user id",
                "customerid",
                "account id",
            ),
        ),
        Column(
            "name",
            Type.TEXT,
            _("Name"),
            personal=True,
            synonyms=("full name", "nombre", "customer name", "razon social"),
        ),
        Column(
            "email",
            Type.TEXT,
            _("E-mail address"),
            personal=True,
            synonyms=("e mail", "mail", "email address", "correo", "correo electronico"),
        ),
        Column(
            "phone",
            Type.TEXT,
            _("Telephone number"),
            personal=True,
            synonyms=("telefono", "movil", "mobile", "telephone"),
        ),
        Column(
            "created",
            Type.INSTANT,
            _("When they became a customer"),
            synonyms=("customer since", "created at", "signup", "signup date", "alta", "fecha alta", "cliente desde"),
        ),
        Column(
            "segment",
            Type.TEXT,
            _("Segment"),
            dimension=True,
            synonyms=("segmento", "tier", "customer segment", "tipo cliente"),
        ),
        Column("country", Type.TEXT, _("Country"), dimension=True, synonyms=("pais", "country code")),
        Column(
            "region",
            Type.TEXT,
            _("Region"),
            dimension=True,
            synonyms=("state", "province", "provincia", "comunidad", "estado region"),
        ),
        Column("language", Type.TEXT, _("Language"), dimension=True, synonyms=("idioma", "locale", "lang")),
        Column(
            "plan",
            Type.TEXT,
            _("Plan or tariff"),
            dimension=True,
            synonyms=("tarifa", "product plan", "contract", "contrato"),
        ),
    ),
)

IDENTITIES = Table(
    name="identities",
    meaning=_("One identifier by which one system knows a customer"),
    key=("system", "kind", "value"),
    columns=(
        Column("system", Type.TEXT, _("System that uses it"), required=True),
        Column("kind", Type.TEXT, _("What the identifier is"), required=True, allowed=("id", "email", "phone")),
        Column("value", Type.TEXT, _("The identifier, normalised"), required=True, personal=True),
        Column("customer_id", Type.TEXT, _("The customer it belongs to"), required=True, personal=True),
    ),
)
