"""What the page of the benchmarks says, in both languages."""

# ruff: noqa: E501 - paragraphs of a page

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "introduction": """# Benchmarks

`make bench` measures all of this in one run and writes this page. {machine}.

The help desk is made up (`benchmarks/generate.py`): two years of tickets with their histories, about 7.5 events a ticket, and surveys after the solve. Everybody answers the same questions. DuckDB in hand-written SQL, Polars and pandas answer **from the events**, reading only the columns and rows they need from the lake's Parquet files; latido answers **from its facts**, which it keeps up to date at import. So the ratios say what the facts are worth, not which engine is quicker: latido's engine is DuckDB itself. The *scan floor* is one pass of DuckDB over the columns of the facts that the definition needs: nothing that reads them can be quicker.

Every measurement is a process of its own. Seconds are the best of up to five repetitions after the imports, memory is the most that the process ever held. latido's answers include their intervals, and how many rows were left out and why.""",
        "events": "{n} events",
        "before": "Before the first question",
        "stage": "stage",
        "rows": "rows",
        "seconds": "seconds",
        "rate": "rows/s",
        "peak": "peak MiB",
        "store": "canonical rows → lake",
        "facts": "events in the lake → facts",
        "tickets": "`latido import` of a CSV of tickets, facts and all",
        "ticket_events": "`latido import` of a CSV of events, facts and all",
        "ratios": "Ratios",
        "question": "question",
        "over_floor": "latido ÷ scan floor",
        "over_latido": "{name} ÷ latido",
        "times": "Seconds",
        "first": "latido, first time",
        "memory": "Peak memory of the process, MiB",
        "agreement": "Do the answers agree?",
        "agree": "All {n} answers are latido's: counts and shares to 1e-9, waiting times to 1.1 % (above a million tickets latido groups them into buckets of 1 %).",
        "not_run": "not run",
        "computed": "What everybody computed",
        "meaning": "meaning",
        "from": "facts",
        "columns": "columns of the scan floor",
        "floor": "scan floor",
        "nps": "net promoter score by channel of the ticket and month of the answer",
        "csat": "share of 4 and 5 on a scale of 5, by month of the answer",
        "response_rate": "answered, of those asked whose invitation arrived, by month of asking",
        "first_reply_time": "Kaplan–Meier median and p90 from creation to the first public human reply, by month of creation",
        "first_reply_time_business": "the same in business hours (two blocks a day, Europe/Madrid)",
        "resolution_time": "Kaplan–Meier median and p90 from creation to the last solve, by month of creation",
        "agent_touches": "public agent messages per resolved ticket, by channel",
        "one_touch_rate": "resolved with exactly one public agent message, by month of the solve",
        "first_contact_resolution": "resolved, not reopened, no new ticket of the customer on the topic within 7 days, by month",
        "reopen_rate": "reopened at least once, of all tickets, by month of creation",
        "transfer_rate": "tickets with a transfer, by channel",
        "ticket_volume": "tickets created, by channel and month",
        "backlog": "tickets open at the end of each month, from the history of statuses",
    },
    "es": {
        "introduction": """# Rendimiento

`make bench` mide todo esto de una vez y escribe esta página. {machine}.

El sistema de soporte es inventado (`benchmarks/generate.py`): dos años de tickets con sus historiales, unos 7,5 eventos por ticket, y encuestas tras la resolución. Todos responden a las mismas preguntas. DuckDB con SQL escrito a mano, Polars y pandas responden **a partir de los eventos**, leyendo de los archivos Parquet del lago solo las columnas y filas que necesitan; latido responde **a partir de sus hechos**, que mantiene al día en cada importación. Así, los cocientes dicen cuánto valen los hechos, no qué motor es más rápido: el motor de latido es el propio DuckDB. El *suelo de lectura* es una pasada de DuckDB por las columnas de los hechos que la definición necesita: nada que las lea puede tardar menos.

Cada medición es un proceso aparte. Los segundos son los mejores de hasta cinco repeticiones tras cargar los módulos; la memoria, la máxima que tuvo el proceso. Las respuestas de latido incluyen sus intervalos, y cuántas filas quedaron fuera y por qué.""",
        "events": "{n} eventos",
        "before": "Antes de la primera pregunta",
        "stage": "etapa",
        "rows": "filas",
        "seconds": "segundos",
        "rate": "filas/s",
        "peak": "máx. MiB",
        "store": "filas canónicas → lago",
        "facts": "eventos del lago → hechos",
        "tickets": "`latido import` de un CSV de tickets, con sus hechos",
        "ticket_events": "`latido import` de un CSV de eventos, con sus hechos",
        "ratios": "Cocientes",
        "question": "pregunta",
        "over_floor": "latido ÷ suelo de lectura",
        "over_latido": "{name} ÷ latido",
        "times": "Segundos",
        "first": "latido, la primera vez",
        "memory": "Memoria máxima del proceso, MiB",
        "agreement": "¿Coinciden las respuestas?",
        "agree": "Las {n} respuestas son las de latido: recuentos y proporciones hasta 1e-9, tiempos de espera hasta el 1,1 % (por encima de un millón de tickets latido los agrupa en tramos del 1 %).",
        "not_run": "no medido",
        "computed": "Qué calculó cada uno",
        "meaning": "significado",
        "from": "hechos",
        "columns": "columnas del suelo de lectura",
        "floor": "suelo de lectura",
        "nps": "NPS por canal del ticket y mes de la respuesta",
        "csat": "proporción de 4 y 5 en una escala de 5, por mes de la respuesta",
        "response_rate": "respondidas, de las invitaciones que llegaron, por mes de la invitación",
        "first_reply_time": "mediana y p90 de Kaplan–Meier desde la creación hasta la primera respuesta humana pública, por mes de creación",
        "first_reply_time_business": "lo mismo en horas laborables (dos tramos al día, Europe/Madrid)",
        "resolution_time": "mediana y p90 de Kaplan–Meier desde la creación hasta la última resolución, por mes de creación",
        "agent_touches": "mensajes públicos de agentes por ticket resuelto, por canal",
        "one_touch_rate": "resueltos con exactamente un mensaje público de un agente, por mes de la resolución",
        "first_contact_resolution": "resueltos, no reabiertos, sin otro ticket del cliente sobre el tema en 7 días, por mes",
        "reopen_rate": "reabiertos al menos una vez, de todos los tickets, por mes de creación",
        "transfer_rate": "tickets con alguna transferencia, por canal",
        "ticket_volume": "tickets creados, por canal y mes",
        "backlog": "tickets abiertos al final de cada mes, según el historial de sus estados",
    },
}  # fmt: skip
