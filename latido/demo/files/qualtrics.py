"""Qualtrics: three header rows, stamps by the clock of Madrid, one row a response."""

from __future__ import annotations

import json

import numpy as np

from latido.demo.clock import local
from latido.demo.columns import Ints, stream
from latido.demo.company import Company
from latido.demo.files.folder import Folder
from latido.demo.files.responses import WHY, Responses, about_names, codes, languages, responses
from latido.demo.files.stamps import plain
from latido.demo.surveys import CSAT, RELATIONSHIP, SURVEYS
from latido.demo.world import COUNTRIES, NPS_WAVES

RECOMMEND = "¿Con qué probabilidad recomendaría Lumbre Hogar a familiares o amigos? (0–10)"
SATISFIED = "¿Cuál es su satisfacción con la atención recibida? (1–5)"
STAMPS = ("startDate", "endDate", "recordedDate")
GROUPS = ("Detractor", "Passive", "Promoter")
# Names, wordings and identifiers of the columns that every survey has.
FRAME = {
    "StartDate": ("Start Date", "startDate"),
    "EndDate": ("End Date", "endDate"),
    "Status": ("Response Type", "status"),
    "IPAddress": ("IP Address", "ipAddress"),
    "Progress": ("Progress", "progress"),
    "Duration (in seconds)": ("Duration (in seconds)", "duration"),
    "Finished": ("Finished", "finished"),
    "RecordedDate": ("Recorded Date", "recordedDate"),
    "ResponseId": ("Response ID", "_recordId"),
    "RecipientLastName": ("Recipient Last Name", "recipientLastName"),
    "RecipientFirstName": ("Recipient First Name", "recipientFirstName"),
    "RecipientEmail": ("Recipient Email", "recipientEmail"),
    "ExternalReference": ("External Data Reference", "externalDataReference"),
    "LocationLatitude": ("Location Latitude", "locationLatitude"),
    "LocationLongitude": ("Location Longitude", "locationLongitude"),
    "DistributionChannel": ("Distribution Channel", "distributionChannel"),
    "UserLanguage": ("User Language", "userLanguage"),
}
Questions = dict[str, tuple[str, str]]
Values = dict[str, list[object] | list[str] | np.ndarray]


def write_relationship(folder: Folder, company: Company) -> None:
    """Recommendation, twice a year."""
    own = responses(company, RELATIONSHIP)
    questions: Questions = {
        "Q1_NPS_GROUP": (f"{RECOMMEND} - Group", "QID1_NPS_GROUP"),
        "Q1": (RECOMMEND, "QID1"),
        "Q2": (WHY, "QID2_TEXT"),
        "wave": ("wave", "wave"),
        "ask_id": ("ask_id", "ask_id"),
    }
    score = own.asks.score
    values: Values = {
        "Q1_NPS_GROUP": np.array(GROUPS)[(score >= 7).astype(int) + (score >= 9)],
        "Q1": score,
        "Q2": own.comments,
        "wave": np.array(list(NPS_WAVES))[own.asks.wave],
        "ask_id": own.ids,
    }
    _write(folder, SURVEYS[RELATIONSHIP], questions, values | _frame(company, own, RELATIONSHIP))


def write_satisfaction(folder: Folder, company: Company) -> None:
    """Satisfaction after tickets."""
    own = responses(company, CSAT)
    questions: Questions = {
        "Q1": (SATISFIED, "QID1"),
        "Q2": (WHY, "QID2_TEXT"),
        "ticket_id": ("ticket_id", "ticket_id"),
        "ask_id": ("ask_id", "ask_id"),
    }
    values: Values = {
        "Q1": own.asks.score, "Q2": own.comments, "ticket_id": about_names(own.asks), "ask_id": own.ids,
    }  # fmt: skip
    _write(folder, SURVEYS[CSAT], questions, values | _frame(company, own, CSAT))


def _frame(company: Company, own: Responses, survey: int) -> Values:
    """The columns that every survey has; where people were is not kept."""
    rng = stream(company.seed, f"qualtrics {SURVEYS[survey]}")
    people, asks = company.people, own.asks
    took = rng.integers(20, 400, len(asks))
    names = [name.partition(" ") for name in people.name[asks.customer].tolist()]
    ended = madrid(asks.answered)
    return {
        "StartDate": madrid(asks.answered - took), "EndDate": ended, "RecordedDate": ended,
        "Duration (in seconds)": took, "ResponseId": [f"R_{code}" for code in codes(rng, len(asks), 15)],
        "RecipientFirstName": [first for first, _, _ in names], "RecipientLastName": [last for _, _, last in names],
        "RecipientEmail": people.email[asks.customer], "ExternalReference": people.number[asks.customer],
        "UserLanguage": languages(people, asks.customer, ("ES", "ES", "EN")),
        **_same(len(asks), {"Status": 0, "Progress": 100, "Finished": 1, "DistributionChannel": "email"}),
    }  # fmt: skip


def _same(n: int, values: dict[str, object]) -> Values:
    return {name: [value] * n for name, value in values.items()}


def _write(folder: Folder, name: str, questions: Questions, values: Values) -> None:
    columns = FRAME | questions
    heads = [
        list(columns),
        [wording for wording, _ in columns.values()],
        [_imported(number) for _, number in columns.values()],
    ]
    empty = [""] * len(values["Q2"])
    cells = (values.get(column, empty) for column in columns)
    rows = zip(*(c.tolist() if isinstance(c, np.ndarray) else c for c in cells), strict=True)
    folder.table(f"encuestas/{name}.csv", heads, rows)


def _imported(number: str) -> str:
    zone = {"timeZone": COUNTRIES[0].zone} if number in STAMPS else {}
    return json.dumps({"ImportId": number, **zone})


def madrid(t: Ints) -> list[str]:
    """`2025-03-04 10:30:00`, by the clock of Madrid."""
    return plain(local(t, 0))
