"""What is said in public: mentions on social networks, and the panel's reasons."""

from __future__ import annotations

import random

from latido.demo.panels import Panel
from latido.demo.traffic import INTENTS, Mentions
from latido.demo.words.comments import NEGATIVE, WORDS, comment
from latido.demo.words.grammar import careless, expand, sentence
from latido.demo.world import CAMPAIGN_NAME, ES, MEXICO, OUTAGE_REGION, SPAIN

HANDLE = "@lumbrehogar"
SAID = {
    "technical": [
        f"{HANDLE} [sin {{power}} {{house}}|otra vez sin servicio|la app no carga], ¿[alguien|hay alguien] ahí?",
        f"¿A alguien más le falla la app de {HANDLE}?",
        f"{HANDLE} el {{boiler}} que me instalaron [no enciende|da error] y nadie contesta",
    ],
    "account": [
        f"{HANDLE} ¿[cómo|dónde] cambio [el titular|la cuenta bancaria|la tarifa]?",
        f"{HANDLE} no me llega {{bill}} de este mes, [¿me ayudáis?|ayuda]",
        f"[Llevo|Ya llevo] {{days}} esperando que {HANDLE} me [conteste|aclare {{bill}}]",
    ],
    "complaint": [
        f"{HANDLE} {{awful}}, {{days}} sin respuesta",
        f"[Cobro duplicado|Me cobran doble] y {HANDLE} [mudo|sin contestar]. {{angry}}",
        f"Nunca contraten con {HANDLE}: [{{agents}} y nadie resuelve|solo contesta un bot|precios por las nubes]",
    ],
    "praise": [
        f"[Hay que decirlo|Lo digo]: {HANDLE} {{great}}, resuelto en {{minutes}}",
        f"{HANDLE} [gracias|mil gracias], {{person}} [un encanto|súper amable]",
        f"[Contentos|Muy contento] con los paneles de {HANDLE} ☀️",
    ],
    "campaign": [
        f"{CAMPAIGN_NAME} [nos apuntamos|ya tenemos paneles|qué buena idea] {HANDLE}",
        f"[Alguien ha probado|Opiniones de] la oferta {CAMPAIGN_NAME} de {HANDLE}?",
        f"[Participo|Yo quiero] {CAMPAIGN_NAME} ☀️☀️",
    ],
    "other": [
        f"[Leyendo|Viendo] lo de {HANDLE} y la luz, [interesante|a ver en qué queda]",
        f"{HANDLE} [patrocina el maratón|abre oficina] [este domingo|en el centro]",
        f"Comparando tarifas: {HANDLE}, Brisavolt, [Kilómetro Luz|Encina y Rayo]...",
    ],
}
DARK = [
    f"{{days}} sin {{power}} en {OUTAGE_REGION} y {HANDLE} [sin dar la cara|sin informar|comunicando]",
    f"[Apagón|A oscuras] en {OUTAGE_REGION}, {HANDLE} ¿[cuándo vuelve|para cuándo]? {{angry}}",
    f"Otra noche sin luz. {HANDLE} {{awful}}",
]


def mention_texts(seed: int, own: Mentions) -> list[str]:
    """The text of each mention."""
    dice = random.Random(f"{seed}-mentions")
    rows = zip(own.country.tolist(), own.intent.tolist(), own.sentiment.tolist(), own.outage.tolist(), strict=True)
    return [_mention(dice, *row) for row in rows]


def _mention(dice: random.Random, country: int, intent: int, sentiment: int, outage: int) -> str:
    options = DARK if outage and sentiment == 0 else SAID[INTENTS[intent]]
    words = WORDS[SPAIN if country == ES else MEXICO]
    return careless(sentence(expand(dice.choice(options), dice, words)), dice)


def panel_comments(seed: int, own: Panel) -> list[str]:
    """The panel's reasons, a few words where any."""
    dice = random.Random(f"{seed}-panel")
    rows = zip(own.variant.tolist(), own.score.tolist(), strict=True)
    return [_reason(dice, v, (s >= 7) + (s >= 9)) for v, s in rows]


def _reason(dice: random.Random, variant: int, side: int) -> str:
    causes = dice.sample(
        ["price", "wait", "app", "general"] if side == NEGATIVE else ["fast", "kind", "clear", "loyal"], 1
    )
    # A third of what customers write: panels are paid by the answer. And no name of a company: brands differ.
    text = comment(dice, variant, side, causes) if dice.random() < 1 / 3 else ""
    return "" if "umbre" in text.lower() else text
