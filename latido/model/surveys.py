"""Surveys: who was asked, and one row per question answered."""

from latido.i18n import _
from latido.model.table import Column, Table, Type
from latido.model.tickets import CHANNELS

QUESTION_KINDS = ("nps", "csat", "ces", "esat", "enps", "rating", "recommend", "text")
SUBJECTS = ("ticket", "order", "stage", "relationship", "employment")
POLARITIES = ("higher_better", "lower_better")

ANSWERS = Table(
    name="answers",
    meaning=_("One question answered by one respondent"),
    key=("answer_id",),
    time="answered",
    order=(("asked", "answered"),),
    columns=(
        Column(
            "answer_id",
            Type.TEXT,
            _("Answer's identifier"),
            required=True,
            synonyms=("response id", "respuesta", "id respuesta", "submission id"),
        ),
        Column("survey", Type.TEXT, _("Survey"), dimension=True, synonyms=("encuesta", "survey name", "form")),
        Column("wave", Type.TEXT, _("Wave of the survey"), dimension=True, synonyms=("ola", "oleada")),
        Column("question", Type.TEXT, _("Wording of the question"), dimension=True, synonyms=("pregunta",)),
        Column(
            "kind",
            Type.TEXT,
            _("What the question measures"),
            required=True,
            allowed=QUESTION_KINDS,
            dimension=True,
            synonyms=("question type", "tipo pregunta"),
        ),
        Column(
            "score",
            Type.NUMBER,
            _("Answer as given, on its own scale"),
            synonyms=(
                "rating",
                "puntuacion",
                "nota",
                "valoracion",
                "satisfaction",
                "satisfaccion",
                "nps",
                "csat",
                "ces",
                "overall rating",
                "calificacion",
            ),
        ),
        Column("scale_low", Type.NUMBER, _("Lowest point of the scale")),
        Column("scale_high", Type.NUMBER, _("Highest point of the scale")),
        Column(
            "polarity",
            Type.TEXT,
            _("Whether a higher answer is the better one"),
            allowed=POLARITIES,
            default="higher_better",
        ),
        Column("subject", Type.TEXT, _("What the answer is about"), allowed=SUBJECTS, dimension=True),
        Column(
            "subject_id",
            Type.TEXT,
            _("Ticket, order or stage that it is about"),
            synonyms=("ticket id", "order id", "ticket"),
        ),
        Column(
            "customer_id",
            Type.TEXT,
            _("Who answered; for employee surveys a pseudonym"),
            personal=True,
            synonyms=("respondent", "recipient", "cliente", "customer", "id cliente", "encuestado"),
        ),
        Column(
            "brand", Type.TEXT, _("Brand that was rated"), dimension=True, synonyms=("marca", "airline name", "company")
        ),
        Column("blind", Type.BOOLEAN, _("Whether respondents did not know who asked"), default=False, dimension=True),
        Column(
            "channel",
            Type.TEXT,
            _("Channel through which it was answered"),
            dimension=True,
            allowed=CHANNELS,
            synonyms=("canal",),
        ),
        Column(
            "stage", Type.TEXT, _("Stage of the customer's journey"), dimension=True, synonyms=("etapa", "touchpoint")
        ),
        Column(
            "team",
            Type.TEXT,
            _("Team of the employee who answered, or that was rated"),
            dimension=True,
            synonyms=("equipo", "department", "departamento"),
        ),
        Column(
            "site",
            Type.TEXT,
            _("Place of work of the employee who answered"),
            dimension=True,
            synonyms=("sede", "oficina"),
        ),
        Column(
            "asked",
            Type.INSTANT,
            _("When it was asked"),
            synonyms=("sent", "sent at", "enviada", "fecha envio", "start date"),
        ),
        Column(
            "answered",
            Type.INSTANT,
            _("When it was answered"),
            synonyms=(
                "timestamp",
                "date",
                "fecha",
                "marca temporal",
                "recorded date",
                "submitted at",
                "end date",
                "fecha respuesta",
                "completed",
            ),
        ),
        Column("ask_id", Type.TEXT, _("The ask that it answers")),
        Column(
            "comment",
            Type.TEXT,
            _("What was said"),
            personal=True,
            synonyms=(
                "comentario",
                "comments",
                "content",
                "feedback",
                "verbatim",
                "why",
                "por que",
                "opinion",
                "review",
            ),
        ),
        Column(
            "language", Type.TEXT, _("Language of the answer"), dimension=True, synonyms=("idioma", "user language")
        ),
    ),
)

ASKS = Table(
    name="asks",
    meaning=_("One invitation to answer a survey"),
    key=("ask_id",),
    time="asked",
    columns=(
        Column(
            "ask_id",
            Type.TEXT,
            _("Invitation's identifier"),
            required=True,
            synonyms=("invitation", "invitation id", "invitacion"),
        ),
        Column("survey", Type.TEXT, _("Survey"), dimension=True, synonyms=("encuesta",)),
        Column("wave", Type.TEXT, _("Wave of the survey"), dimension=True, synonyms=("ola", "oleada")),
        Column("kind", Type.TEXT, _("What its main question measures"), allowed=QUESTION_KINDS, dimension=True),
        Column(
            "customer_id", Type.TEXT, _("Who was asked"), personal=True, synonyms=("cliente", "recipient", "customer")
        ),
        Column("subject", Type.TEXT, _("What it asks about"), allowed=SUBJECTS, dimension=True),
        Column(
            "subject_id", Type.TEXT, _("Ticket, order or stage that it asks about"), synonyms=("ticket id", "order id")
        ),
        Column(
            "channel",
            Type.TEXT,
            _("Channel through which it was asked"),
            dimension=True,
            allowed=CHANNELS,
            synonyms=("canal",),
        ),
        Column(
            "asked",
            Type.INSTANT,
            _("When it was asked"),
            required=True,
            synonyms=("sent", "sent at", "fecha envio", "enviada", "date", "fecha"),
        ),
        Column(
            "bounced",
            Type.BOOLEAN,
            _("Whether it never arrived"),
            default=False,
            synonyms=("rebotada", "bounce", "devuelta"),
        ),
    ),
)
