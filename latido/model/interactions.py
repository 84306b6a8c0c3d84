"""Everything else that customers do and say: visits, calls, deliveries, social networks, observations."""

from latido.i18n import _
from latido.model.table import Column, Table, Type
from latido.model.tickets import CHANNELS

SENTIMENTS = ("negative", "neutral", "positive")

MENTIONS = Table(
    name="mentions",
    meaning=_("One public mention on a social network"),
    key=("mention_id",),
    time="occurred",
    order=(("occurred", "replied"),),
    columns=(
        Column(
            "mention_id",
            Type.TEXT,
            _("Mention's identifier"),
            required=True,
            synonyms=("tweet id", "post id", "id mencion", "mention"),
        ),
        Column(
            "occurred",
            Type.INSTANT,
            _("When it was published"),
            required=True,
            synonyms=("date", "fecha", "created at", "published", "timestamp", "tweet created"),
        ),
        Column(
            "network",
            Type.TEXT,
            _("Social network"),
            dimension=True,
            synonyms=("red", "red social", "platform", "plataforma"),
        ),
        Column(
            "customer_id",
            Type.TEXT,
            _("Who wrote it, where known"),
            personal=True,
            synonyms=("author", "autor", "user", "usuario"),
        ),
        Column("brand", Type.TEXT, _("Brand mentioned"), dimension=True, synonyms=("marca", "airline")),
        Column(
            "sentiment",
            Type.TEXT,
            _("Whether it is favourable"),
            dimension=True,
            allowed=SENTIMENTS,
            synonyms=("sentimiento", "polarity", "polaridad", "airline sentiment"),
        ),
        Column(
            "intent",
            Type.TEXT,
            _("What it wants"),
            dimension=True,
            allowed=("technical", "account", "complaint", "praise", "campaign", "other"),
            synonyms=("intencion", "tipo"),
        ),
        Column("campaign", Type.TEXT, _("Campaign that it answers to"), dimension=True, synonyms=("campana",)),
        Column(
            "replied",
            Type.INSTANT,
            _("When we first answered"),
            synonyms=("replied at", "respondido", "fecha respuesta"),
        ),
        Column("text", Type.TEXT, _("What was said"), personal=True, synonyms=("texto", "content", "tweet", "body")),
        Column("language", Type.TEXT, _("Language"), dimension=True, synonyms=("idioma", "lang")),
    ),
)

TOUCHPOINTS = Table(
    name="touchpoints",
    meaning=_("One interaction of a customer on any channel"),
    key=("touchpoint_id",),
    time="occurred",
    columns=(
        Column(
            "touchpoint_id",
            Type.TEXT,
            _("Interaction's identifier"),
            required=True,
            synonyms=("visit id", "session id", "event id", "id visita"),
        ),
        Column(
            "occurred",
            Type.INSTANT,
            _("When it happened"),
            required=True,
            synonyms=("timestamp", "date", "fecha", "time", "hora"),
        ),
        Column(
            "customer_id",
            Type.TEXT,
            _("Who, where known"),
            personal=True,
            synonyms=("user id", "visitor", "cliente", "customer"),
        ),
        Column("channel", Type.TEXT, _("Channel"), dimension=True, allowed=CHANNELS, synonyms=("canal",)),
        Column(
            "kind",
            Type.TEXT,
            _("What they did"),
            dimension=True,
            synonyms=("event", "evento", "action", "accion", "tipo"),
        ),
        Column("stage", Type.TEXT, _("Stage of the journey"), dimension=True, synonyms=("etapa",)),
        Column(
            "place",
            Type.TEXT,
            _("Page, store or screen"),
            dimension=True,
            synonyms=("page", "pagina", "tienda", "store", "screen", "url"),
        ),
        Column("seconds", Type.NUMBER, _("How long it took"), low=0, synonyms=("duration", "duracion")),
    ),
)

OBSERVATIONS = Table(
    name="observations",
    meaning=_("One finding of a mystery visit, focus group, interview or review"),
    key=("observation_id",),
    time="occurred",
    columns=(
        Column("observation_id", Type.TEXT, _("Finding's identifier"), required=True),
        Column("occurred", Type.INSTANT, _("When it was observed"), required=True, synonyms=("date", "fecha")),
        Column(
            "kind",
            Type.TEXT,
            _("How it was observed"),
            required=True,
            dimension=True,
            allowed=("mystery_visit", "focus_group", "interview", "review"),
        ),
        Column("place", Type.TEXT, _("Where"), dimension=True, synonyms=("tienda", "store", "lugar")),
        Column("stage", Type.TEXT, _("Stage of the journey"), dimension=True, synonyms=("etapa",)),
        Column("item", Type.TEXT, _("What was looked at"), dimension=True),
        Column("score", Type.NUMBER, _("Score, where one was given")),
        Column("text", Type.TEXT, _("What was found"), personal=True),
    ),
)
