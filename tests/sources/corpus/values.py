"""Values that are mixed, ambiguous, impossible or contradictory."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.sources.corpus.odd import ANSWERS, ORDERS, TICKETS, Odd, text

EMPTIED = "The value was left empty and the row kept."
SOLVED = TICKETS + 'solved = "solved"\n'
VISITS = (
    '[[tables]]\ntable = "touchpoints"\n[tables.columns]\n'
    'touchpoint_id = "id"\noccurred = "created"\nseconds = "seconds"\n'
)


def instant(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


VALUES = (
    Odd(
        "mixed_dates.csv",
        ("day first and month first in one column", "día primero y mes primero en una columna"),
        text("id,created\n1,25/03/2024\n2,03/25/2024\n3,01/02/2024\n"),
        refused="The dates in “created” mix two orders: 25/03/2024 can only be day first, 03/25/2024 only month first. "
        "Say which counts with --dates dmy or --dates mdy; what cannot be read so is set aside as rejects.",
    ),
    Odd(
        "mixed_dates_said.csv",
        ("the same, read with --dates dmy", "lo mismo, leído con --dates dmy"),
        text("id,created\n1,25/03/2024\n2,03/25/2024\n3,01/02/2024\n"),
        dates="dmy",
        rows=2,
        set_aside=("row 2, created “03/25/2024”: “03/25/2024” is not a date and time.",),
    ),
    Odd(
        "either_date.csv",
        ("dates that can be read both ways", "fechas que se leen de las dos formas"),
        text("id,created\n1,11/1/2019 2:30:36 PM\n2,11/2/2019 9:05:00 AM\n"),
        refused="Every date in “created” can be read as day/month and as month/day, for instance 11/1/2019. "
        "Say which it is with --dates dmy or --dates mdy.",
    ),
    Odd(
        "dates_said.csv",
        ("an order that does not exist", "un orden que no existe"),
        text("id,created\n1,11/1/2019\n"),
        dates="dym",
        refused="“dym” is no order of day and month. It can be dmy, mdy, ymd.",
    ),
    Odd(
        "late_proof.csv",
        ("only the last of 400 dates tells the order", "solo la última de 400 fechas dice el orden"),
        text("id,created\n" + "".join(f"{i},01/02/2024\n" for i in range(400)) + "400,25/03/2024\n"),
        rows=401,
        shows={"created": instant(2024, 1, 31, 23)},
    ),
    Odd(
        "no_such_day.csv",
        ("30 February", "30 de febrero"),
        text("id,created\n1,30/02/2024\n2,28/02/2024\n"),
        rows=1,
        set_aside=("row 1, created “30/02/2024”: “30/02/2024” is not a date and time.",),
    ),
    Odd(
        "serials.csv",
        (
            "Excel serials, the invented 29 February 1900 too",
            "números de serie de Excel, incluido el inventado 29 de febrero de 1900",
        ),
        text("id,created\n1,45355.5\n2,60\n"),
        rows=1,
        set_aside=("row 2, created “60”: “60” is not a date and time.",),
        shows={"created": instant(2024, 3, 4, 11)},
    ),
    Odd(
        "milliseconds.csv",
        ("milliseconds since 1970", "milisegundos desde 1970"),
        text("id,created\n1,1709546400000\n2,1709546400\n"),
        rows=2,
        shows={"created": instant(2024, 3, 4, 10)},
    ),
    Odd(
        "far_years.csv",
        ("the years 1 and 9999", "los años 1 y 9999"),
        text("id,created,solved\n1,2024-03-04,9999-12-31\n2,0001-01-01,\n"),
        SOLVED,
        rows=1,
        set_aside=(
            f"row 1, solved “9999-12-31”: 9999-12-30 23:00:00 lies outside the years 1970 to 2099. {EMPTIED}",
            "row 2, created “0001-01-01”: 0000-12-31 23:00:00 lies outside the years 1970 to 2099.",
        ),
    ),
    Odd(
        "skipped_hour.csv",
        ("an hour that the clocks skipped", "una hora que los relojes saltaron"),
        text("id,created\n1,2024-03-31 02:30\n"),
        rows=1,
        shows={"created": instant(2024, 3, 31, 1, 30)},
    ),
    Odd(
        "offsets.csv",
        ("stamps with and without offset", "marcas con y sin desfase horario"),
        text("id,created\n1,2024-03-04T10:00:00+05:30\n2,2024-03-04 10:00\n3,2024-03-04T10:00Z\n"),
        rows=3,
        shows={"created": instant(2024, 3, 4, 4, 30)},
    ),
    Odd(
        "unknown_offset.csv",
        ("a time zone's name that nobody knows", "una zona horaria que nadie conoce"),
        text("id,created\n1,2024-03-04 10:00 QQT\n2,2024-03-04 10:00 UTC\n"),
        rows=1,
        set_aside=("row 1, created “2024-03-04 10:00 QQT”: “2024-03-04 10:00 QQT” is not a date and time.",),
    ),
    Odd(
        "unknown_zone.csv",
        ("a mapping with an unknown time zone", "correspondencia con una zona horaria desconocida"),
        text("id,created\n1,2024-03-04 10:00\n"),
        'time_zone = "Europe/Madird"\n' + TICKETS,
        refused="There is no time zone called “Europe/Madird”. "
        "Did you mean Europe/Madrid, Europe/Samara, Europe/Andorra?",
    ),
    Odd(
        "thousands.csv",
        ("1.234: a thousand or one and a bit", "1.234: mil y pico o uno y pico"),
        text("id,created,amount\n1,2024-03-04,1.234\n2,2024-03-04,5.678\n"),
        ORDERS,
        refused="Every number in “amount” can be read with a decimal point or a decimal comma, for instance 1.234. "
        'Say which in a mapping file: decimal = "," or decimal = "."',
    ),
    Odd(
        "mixed_decimals.csv",
        ("decimal points and decimal commas", "puntos y comas decimales"),
        text("id;created;amount\n1;2024-03-04;12.50\n2;2024-03-04;13,20\n"),
        ORDERS,
        refused="The numbers in “amount” mix decimal points and decimal commas: 12.50, 13,20. "
        'Say which in a mapping file: decimal = "," or decimal = "."',
    ),
    Odd(
        "money.csv",
        ("currency signs, thousands, brackets for minus", "signos de moneda, miles, paréntesis por menos"),
        text('id;created;amount\n1;2024-03-04;"1.234,50 €"\n2;2024-03-04;(12,00)\n3;2024-03-04;doce\n'),
        ORDERS,
        rows=3,
        set_aside=(f"row 3, amount “doce”: “doce” is not a number. {EMPTIED}",),
        shows={"amount": 1234.5},
    ),
    Odd(
        "nps_11.csv",
        ("a recommendation of 11", "una recomendación de 11"),
        text("id,score\n1,10\n2,11\n3,\n"),
        ANSWERS,
        rows=2,
        set_aside=("row 2, score “11”: 11 is not on the scale from 0 to 10.",),
    ),
    Odd(
        "off_scale.csv",
        ("a 10 on a scale from 1 to 5", "un 10 en una escala de 1 a 5"),
        text("id,score\n1,5\n2,10\n"),
        ANSWERS.replace("nps", "rating") + "scale_low = { constant = 1 }\nscale_high = { constant = 5 }\n",
        rows=1,
        set_aside=("row 2, score “10”: 10 is not on the scale from 1 to 5.",),
    ),
    Odd(
        "backwards.csv",
        ("solved before it was created", "resuelto antes de crearse"),
        text("id,created,solved\n1,2024-03-04 10:00,2024-03-04 09:00\n2,2024-03-04,2024-03-05\n"),
        SOLVED,
        rows=1,
        set_aside=(
            (
                "row 1, solved “2024-03-04 09:00”: “solved” (2024-03-04 08:00:00) is before “created” "
                "(2024-03-04 09:00:00)."
            ),
        ),
    ),
    Odd(
        "early_reply.csv",
        ("answered before it was asked", "respondido antes de preguntarse"),
        text("id,created,replied\n1,2024-03-04 10:00,2024-03-04 09:59\n2,2024-03-04 10:00,2024-03-04 10:00\n"),
        TICKETS + 'first_replied = "replied"\n',
        rows=1,
        set_aside=(
            (
                "row 1, replied “2024-03-04 09:59”: “first_replied” (2024-03-04 08:59:00) is before “created” "
                "(2024-03-04 09:00:00)."
            ),
        ),
    ),
    Odd(
        "negative.csv",
        ("a visit of −5 seconds", "una visita de −5 segundos"),
        text("id,created,seconds\n1,2024-03-04,-5\n2,2024-03-04,5\n"),
        VISITS,
        rows=2,
        set_aside=(f"row 1, seconds “-5”: -5 is below 0. {EMPTIED}",),
    ),
    Odd(
        "nameless.csv",
        ("a row without identifier", "una fila sin identificador"),
        text("id,created\n,2024-03-04\n2,2024-03-04\n"),
        rows=1,
        set_aside=("row 1, id “”: “ticket_id” is missing.",),
    ),
    Odd(
        "fax.csv",
        ("a channel that nobody knows", "un canal que nadie conoce"),
        text("id,created,channel\n1,2024-03-04,fax\n2,2024-03-04,Correo\n"),
        TICKETS + 'channel = "channel"\n',
        rows=2,
        set_aside=(
            (
                "row 1, channel “fax”: “fax” is not one of: email, chat, phone, web, social, messaging, store, app, "
                f"forum, api, other. {EMPTIED}"
            ),
        ),
    ),
    Odd(
        "maybe.csv",
        ("neither yes nor no", "ni sí ni no"),
        text("id,created,sla\n1,2024-03-04,sí\n2,2024-03-04,maybe\n3,2024-03-04,s/d\n"),
        TICKETS + 'sla_met = "sla"\n',
        rows=3,
        set_aside=(f"row 2, sla “maybe”: “maybe” is neither yes nor no. {EMPTIED}",),
        shows={"sla_met": True},
    ),
)
