"""Mappings of the company's plain tables: what a person would have accepted in the wizard."""

CUSTOMERS = """\
# clientes.csv: the customer file of the CRM
encoding = "cp1252"
delimiter = ";"
dates = "dmy"
time_zone = "Europe/Madrid"

[[tables]]
table = "customers"

[tables.columns]
customer_id = "Nº cliente"
name = "Nombre"
email = "Correo electrónico"
phone = "Teléfono"
created = "Fecha de alta"
segment = "Segmento"
country = { column = "País", values = { "España" = "ES", "México" = "MX" } }
region = "Comunidad o estado"
language = { column = "Idioma", values = { "español" = "es", "inglés" = "en" } }
plan = "Tarifa"
updated = "Actualizado"

[[tables]]
table = "identities"
where = { column = "Correo electrónico", filled = true }

[tables.columns]
system = { constant = "crm" }
kind = { constant = "email" }
value = "Correo electrónico"
customer_id = "Nº cliente"
"""

CONTRACTS = """\
# contratos.csv: supply and maintenance contracts
delimiter = ";"
decimal = ","
dates = "dmy"
time_zone = "Europe/Madrid"

[[tables]]
table = "subscriptions"

[tables.columns]
subscription_id = "Nº contrato"
customer_id = "Nº cliente"
plan = "Tarifa"
started = "Fecha inicio"
ended = "Fecha fin"
reason = "Motivo de baja"
amount = "Cuota mensual"
currency = "Moneda"
"""

ROSTER = """\
# plantilla.csv: a line for each spell of an employee in a role and team
encoding = "cp1252"
delimiter = ";"
dates = "dmy"
time_zone = "Europe/Madrid"

[[tables]]
table = "agents"

[tables.columns]
agent_id = "Id"
valid_from = "Desde"
valid_to = "Hasta"
name = "Nombre"
email = "Correo"
role = "Rol"
team = "Equipo"
site = "Sede"
country = { column = "País", values = { "España" = "ES", "México" = "MX" } }
hired = "Fecha de contratación"
departed = "Fecha de baja"
departure_reason = "Motivo de la baja"
voluntary = "Voluntaria"
updated = "Actualizado"
"""

ASKS = """\
# invitations.csv: whom the mailing system asked
delimiter = ","
dates = "ymd"

[[tables]]
table = "asks"

[tables.columns]
ask_id = "invitation_id"
survey = "survey"
wave = "wave"
kind = "kind"
customer_id = "customer_id"
subject = "subject"
subject_id = "subject_id"
channel = "channel"
asked = "sent_at"
bounced = "bounced"
"""

PANEL = """\
# panel_blind.csv: a market panel; respondents were not told who asked
delimiter = ","
dates = "ymd"

[[tables]]
table = "answers"

[tables.columns]
answer_id = { column = "respondent", suffix = "-nps" }
survey = { constant = "panel_blind" }
wave = "wave"
question = { constant = "How likely are you to recommend your energy company? (0–10)" }
kind = { constant = "nps" }
score = "recommend_0_10"
scale_low = { constant = 0 }
scale_high = { constant = 10 }
subject = { constant = "relationship" }
customer_id = { column = "respondent", prefix = "panel:" }
brand = "brand"
blind = { constant = true }
answered = "answered_at"
comment = "comment"
language = "language"
x_country = "country"

[[tables]]
table = "answers"

[tables.columns]
answer_id = { column = "respondent", suffix = "-price" }
survey = { constant = "panel_blind" }
wave = "wave"
question = { constant = "How do you rate its prices? (1–5)" }
kind = { constant = "rating" }
score = "price_1_5"
scale_low = { constant = 1 }
scale_high = { constant = 5 }
subject = { constant = "relationship" }
customer_id = { column = "respondent", prefix = "panel:" }
brand = "brand"
blind = { constant = true }
answered = "answered_at"
language = "language"
x_country = "country"

[[tables]]
table = "answers"

[tables.columns]
answer_id = { column = "respondent", suffix = "-service" }
survey = { constant = "panel_blind" }
wave = "wave"
question = { constant = "How do you rate its service? (1–5)" }
kind = { constant = "rating" }
score = "service_1_5"
scale_low = { constant = 1 }
scale_high = { constant = 5 }
subject = { constant = "relationship" }
customer_id = { column = "respondent", prefix = "panel:" }
brand = "brand"
blind = { constant = true }
answered = "answered_at"
language = "language"
x_country = "country"
"""

STAFF = """\
# clima.csv: the employees' survey, two questions a line, nobody's name
delimiter = ";"
dates = "dmy"
time_zone = "Europe/Madrid"

[[tables]]
table = "answers"

[tables.columns]
answer_id = { column = "Respuesta", suffix = "-esat" }
survey = { constant = "clima" }
wave = "Ola"
question = { constant = "¿Está satisfecho con su trabajo? (1-5)" }
kind = { constant = "esat" }
score = "¿Está satisfecho con su trabajo? (1-5)"
scale_low = { constant = 1 }
scale_high = { constant = 5 }
subject = { constant = "employment" }
customer_id = { column = "Respuesta", prefix = "staff:" }
team = "Equipo"
site = "Sede"
answered = "Fecha"

[[tables]]
table = "answers"

[tables.columns]
answer_id = { column = "Respuesta", suffix = "-enps" }
survey = { constant = "clima" }
wave = "Ola"
question = { constant = "¿Recomendaría trabajar aquí? (0-10)" }
kind = { constant = "enps" }
score = "¿Recomendaría trabajar aquí? (0-10)"
scale_low = { constant = 0 }
scale_high = { constant = 10 }
subject = { constant = "employment" }
customer_id = { column = "Respuesta", prefix = "staff:" }
team = "Equipo"
site = "Sede"
answered = "Fecha"
comment = "Comentario"
"""

VISITS = """\
# events.csv: pages of site and app, deliveries
delimiter = ","
dates = "ymd"

[[tables]]
table = "touchpoints"

[tables.columns]
touchpoint_id = "event_id"
occurred = "timestamp"
customer_id = "user_id"
channel = "channel"
kind = "action"
stage = "stage"
place = "page"
seconds = "seconds"
"""

MENTIONS = """\
# menciones.csv: what a listening tool found
delimiter = ";"
dates = "dmy"
time_zone = "Europe/Madrid"

[[tables]]
table = "mentions"

[tables.columns]
mention_id = "Id"
occurred = "Fecha"
network = "Red"
customer_id = "Autor"
brand = "Marca"
sentiment = { column = "Sentimiento", values = { negativo = "negative", neutro = "neutral", positivo = "positive" } }
intent = "Intención"
campaign = "Campaña"
replied = "Respondido"
text = "Texto"
language = "Idioma"
"""
