"""What customers buy and subscribe to."""

from latido.i18n import _
from latido.model.table import Column, Table, Type
from latido.model.tickets import CHANNELS

ORDERS = Table(
    name="orders",
    meaning=_("One purchase"),
    key=("order_id",),
    time="ordered",
    columns=(
        Column(
            "order_id",
            Type.TEXT,
            _("Order's identifier"),
            required=True,
            synonyms=(
                "order",
                "invoice",
                "invoice no",
                "pedido",
                "id pedido",
                "factura",
                "numero pedido",
                "purchase id",
            ),
        ),
        Column(
            "customer_id",
            Type.TEXT,
            _("Who bought"),
            required=True,
            personal=True,
            synonyms=("customer", "customer id", "cliente", "id cliente", "email", "client id"),
        ),
        Column(
            "ordered",
            Type.INSTANT,
            _("When it was placed"),
            required=True,
            synonyms=(
                "order date",
                "date",
                "fecha",
                "fecha pedido",
                "created at",
                "invoice date",
                "purchase date",
                "fecha compra",
            ),
        ),
        Column(
            "amount",
            Type.NUMBER,
            _("What was paid, in the currency's main unit"),
            synonyms=("total", "importe", "price", "precio", "revenue", "dollars", "monto", "valor", "subtotal"),
        ),
        Column("currency", Type.TEXT, _("Currency (ISO 4217)"), dimension=True, synonyms=("moneda", "divisa")),
        Column(
            "items", Type.NUMBER, _("How many items"), low=0, synonyms=("units", "quantity", "cantidad", "unidades")
        ),
        Column(
            "channel", Type.TEXT, _("Channel of the purchase"), dimension=True, allowed=CHANNELS, synonyms=("canal",)
        ),
        Column(
            "product",
            Type.TEXT,
            _("Main product"),
            dimension=True,
            synonyms=("producto", "lineitem name", "description"),
        ),
        Column(
            "cancelled",
            Type.BOOLEAN,
            _("Whether it was cancelled or fully refunded"),
            default=False,
            synonyms=("canceled", "cancelado", "anulado"),
        ),
    ),
)

SUBSCRIPTIONS = Table(
    name="subscriptions",
    meaning=_("One contract with a customer, from its start to its end"),
    key=("subscription_id",),
    time="started",
    order=(("started", "ended"),),
    columns=(
        Column(
            "subscription_id",
            Type.TEXT,
            _("Contract's identifier"),
            required=True,
            synonyms=("subscription", "suscripcion", "contract id", "id contrato", "contrato", "customerid"),
        ),
        Column(
            "customer_id",
            Type.TEXT,
            _("Whose contract it is"),
            required=True,
            personal=True,
            synonyms=("customer", "cliente", "id cliente", "customerid", "customer id", "account id"),
        ),
        Column(
            "started",
            Type.INSTANT,
            _("When it started"),
            synonyms=("start", "start date", "inicio", "fecha inicio", "fecha alta", "alta"),
        ),
        Column(
            "ended",
            Type.INSTANT,
            _("When it ended; empty while it runs"),
            synonyms=("end", "end date", "fin", "fecha fin", "fecha baja", "cancelled at", "baja"),
        ),
        Column(
            "months",
            Type.NUMBER,
            _("How many months it has lasted, where the file gives no dates"),
            low=0,
            synonyms=("tenure", "antiguedad", "meses"),
        ),
        Column(
            "churned",
            Type.BOOLEAN,
            _("Whether it was lost, where the file gives no dates"),
            synonyms=("churn", "lost", "abandono", "cancelada"),
        ),
        Column(
            "reason",
            Type.TEXT,
            _("Why it ended"),
            dimension=True,
            synonyms=("motivo", "churn reason", "motivo baja", "cancel reason"),
        ),
        Column("plan", Type.TEXT, _("Plan or tariff"), dimension=True, synonyms=("tarifa", "contract", "plan name")),
        Column(
            "amount",
            Type.NUMBER,
            _("Price a month, in the currency's main unit"),
            synonyms=("monthly charges", "mrr", "cuota", "precio mes", "monthly price"),
        ),
        Column("currency", Type.TEXT, _("Currency (ISO 4217)"), dimension=True, synonyms=("moneda", "divisa")),
    ),
)
