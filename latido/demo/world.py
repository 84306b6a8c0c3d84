"""Lumbre Hogar: what the company is, where it works, when things happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np

from latido.demo.columns import Floats


def instant(text: str) -> int:
    """Epoch seconds of an ISO stamp, UTC unless it says otherwise."""
    stamp = datetime.fromisoformat(text)
    return int((stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)).timestamp())


COMPANY = "Lumbre Hogar"
FIRST_DAY, LAST_DAY = date(2024, 7, 1), date(2026, 6, 30)
START, END = instant("2024-07-01T00:00:00+02:00"), instant("2026-07-01T00:00:00+02:00")
MONTHS = 24
DAY, HOUR = 86_400, 3_600

CUSTOMERS, TICKETS, VISITS, MENTIONS, PANEL = 40_000, 150_000, 180_000, 9_000, 6_000

# What happened, and when.
OUTAGE = (instant("2026-02-09T00:00:00+01:00"), instant("2026-02-18T00:00:00+01:00"))
OUTAGE_REGION = "Galicia"
BOT_START = instant("2025-08-01T00:00:00+02:00")
TRAINING_START = instant("2025-03-03T00:00:00+01:00")
TRAINED_TEAM = "Soporte técnico"
TARIFF_CHANGES = tuple(
    instant(t)
    for t in (
        "2024-12-01T00:00:00+01:00",
        "2025-06-01T00:00:00+02:00",
        "2025-12-01T00:00:00+01:00",
        "2026-06-01T00:00:00+02:00",
    )
)
BILLING_WINDOW = (8 * DAY, 38 * DAY)
CAMPAIGN = (instant("2025-05-05T00:00:00+02:00"), instant("2025-05-26T00:00:00+02:00"))
CAMPAIGN_NAME = "#SolEnCasa"
NPS_WAVES = {
    "2024-10": instant("2024-10-14T08:00:00"),
    "2025-04": instant("2025-04-14T08:00:00"),
    "2025-10": instant("2025-10-13T08:00:00"),
    "2026-04": instant("2026-04-13T08:00:00"),
}


@dataclass(frozen=True)
class Country:
    """Where it works: zone, money, and how much of the company is there."""

    code: str
    zone: str
    currency: str
    share: float
    english: float
    regions: dict[str, float]


SPAIN_REGIONS = {
    "Madrid": 24.0, "Cataluña": 19.0, "Andalucía": 17.0, "Comunitat Valenciana": 13.0, "Galicia": 13.0,
    "Castilla y León": 8.0, "País Vasco": 6.0,
}  # fmt: skip
MEXICO_REGIONS = {
    "Ciudad de México": 32.0, "Jalisco": 20.0, "Nuevo León": 18.0, "Puebla": 12.0, "Querétaro": 10.0, "Yucatán": 8.0,
}  # fmt: skip
COUNTRIES = (
    Country("ES", "Europe/Madrid", "EUR", 0.62, 0.07, SPAIN_REGIONS),
    Country("MX", "America/Mexico_City", "MXN", 0.38, 0.03, MEXICO_REGIONS),
)
REGIONS = tuple(r for c in COUNTRIES for r in c.regions)
ES, MX = 0, 1

# How customers write: Spanish of Spain, Spanish of Mexico, English.
SPAIN, MEXICO, ENGLISH = 0, 1, 2
VARIANTS = ("es-ES", "es-MX", "en")

SEGMENTS = {"hogar": 0.72, "hogar plus": 0.19, "negocio": 0.09}
PLANS = {"Fija 24": 0.38, "Indexada": 0.27, "Dual luz y gas": 0.21, "Solar Compartida": 0.14}
MONTHLY_PRICE = ((58.9, 49.5, 84.0, 41.0), (620.0, 540.0, 910.0, 450.0))
CHURN_PLAN = np.array([-0.25, 0.20, -0.05, -0.15])

CHANNELS = ("email", "web", "phone", "chat", "messaging", "social")
EMAIL, WEB, PHONE, CHAT, MESSAGING, SOCIAL = range(6)
LIVE = np.array([False, False, True, True, False, False])
BOT_CHANNELS = np.array([False, True, False, True, True, False])
CHANNEL_SHARE = np.array([[25.0, 16, 25, 16, 12, 6], [14.0, 10, 22, 14, 30, 10]])

TOPICS = ("facturación", "suministro", "calefacción", "solar", "contratación", "mudanza", "contador", "app", "baja")
BILLING, SUPPLY, HEATING, SOLAR, SIGNUP, MOVING, METER, APP, CANCEL = range(9)
TOPIC_SHARE = np.array([25.0, 11, 15, 8, 12, 8, 9, 8, 4])
SUBTOPICS = (
    ("importe alto", "factura no recibida", "domiciliación", "desglose", "cobro duplicado"),
    ("corte", "microcortes", "tensión baja", "restablecimiento", "avería general"),
    ("caldera apagada", "revisión anual", "ruido", "termostato", "fuga"),
    ("producción baja", "excedentes", "inversor", "instalación", "limpieza"),
    ("alta nueva", "cambio de tarifa", "potencia", "documentación", "promoción"),
    ("cambio de titular", "traslado", "alta en vivienda nueva", "contrato anterior", "documentación"),
    ("lectura errónea", "contador nuevo", "lectura estimada", "acceso", "consumo"),
    ("no puedo entrar", "datos personales", "notificaciones", "pago en la app", "error"),
    ("precio", "competencia", "mudanza", "servicio", "permanencia"),
)
DOUBLE_CHARGE, GENERAL_FAULT = 4, 4
SUBTOPIC_SHARE = np.array([34.0, 24, 22, 18, 2])
PRIORITIES = ("low", "normal", "high", "urgent")
PRIORITY_SHARE = np.array([
    [20.0, 65, 13, 2], [2, 30, 43, 25], [8, 47, 33, 12], [22, 63, 13, 2], [25, 65, 9, 1],
    [26, 65, 8, 1], [25, 65, 9, 1], [30, 60, 9, 1], [8, 62, 27, 3],
])  # fmt: skip

TEAMS = ("Facturación", "Soporte técnico", "Contratos", "Atención México", "Canales digitales")
TEAM_SEATS = (14, 14, 8, 15, 9)
TECHNICAL_TOPICS = (SUPPLY, HEATING, SOLAR, METER)

BRANDS = {"Lumbre Hogar": 0.34, "Brisavolt": 0.27, "Kilómetro Luz": 0.22, "Encina y Rayo": 0.17}
NETWORKS = {"X": 0.46, "Facebook": 0.27, "Instagram": 0.17, "TikTok": 0.06, "YouTube": 0.04}


def shares(weights: dict[str, float]) -> Floats:
    """The weights of a table of names, in its order."""
    return np.array(list(weights.values()), dtype=float)
