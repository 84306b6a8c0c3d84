"""What employees write in their survey."""

from __future__ import annotations

import random

from latido.demo.panels import StaffAnswers
from latido.demo.words.grammar import careless, expand, sentence

WORDS = {
    "team": ["el equipo", "los compañeros", "la gente"],
    "hours": ["los turnos", "los horarios", "los sábados", "las guardias de invierno"],
}
SAID = (
    (
        "{hours} [son imposibles|cambian sin avisar|no cuadran con la vida]",
        "[mucha|demasiada] presión en [los picos|invierno|las averías] y [poca gente|pocas manos]",
        (
            "el [bot|asistente nuevo] nos manda [lo que no es|casos "
            "de otros] y [el cliente llega enfadado|perdemos tiempo]"
        ),
        "el sueldo [no compensa|está por debajo de otras empresas]",
        "[nadie nos escucha|se pregunta mucho y se cambia poco]",
    ),
    (
        "{team} bien, {hours} [regular|mejorables]",
        "[falta formación|faltan medios] pero [se va mejorando|hay buen ambiente]",
        "[depende de la semana|correcto]",
    ),
    (
        "{team} [es lo mejor|ayuda mucho|da gusto]",
        "[buen ambiente|buena dirección|se aprende mucho]",
        "la formación de [marzo|este año] [ayudó mucho|vino muy bien]",
        "[contenta con el cambio|se nota que escuchan]",
    ),
)
WRITTEN = 0.4


def employee_comments(seed: int, own: StaffAnswers) -> list[str]:
    """A comment for each answer, empty for most; they agree with the score for recommending."""
    dice = random.Random(f"{seed}-staff")
    return [_comment(dice, (score >= 7) + (score >= 9)) for score in own.enps.tolist()]


def _comment(dice: random.Random, side: int) -> str:
    if dice.random() > WRITTEN:
        return ""
    return careless(sentence(expand(dice.choice(SAID[side]), dice, WORDS)) + ".", dice)
