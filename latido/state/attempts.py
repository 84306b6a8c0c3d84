"""Failures to sign in, counted for all workers together: who fails often must wait, longer each time."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple

from sqlalchemy import delete

from latido.state.columns import now
from latido.state.database import Database
from latido.state.keys import digest
from latido.state.tables import AttemptRow

LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=12)
_NOTHING = timedelta()


class Limit(NamedTuple):
    """How patient we are with one account, or with one address.

    Attributes:
        subject: What is counted.
        free: So many failures cost nothing.
    """

    subject: str
    free: int


class Attempts:
    """The failures of a workspace.

    Args:
        database: Where they are counted.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, *limits: Limit) -> int:
        """Count an attempt as a failure until it is known to be none; the seconds to wait if it comes too early.

        It is counted before the password is looked at: else a hundred at once would all be let through.
        """
        with self._database.writing(alone=True) as session:
            moment = now()
            session.execute(delete(AttemptRow).where(AttemptRow.latest < moment - FORGOTTEN_AFTER))
            rows = {limit: session.get(AttemptRow, digest(limit.subject)) for limit in limits}
            wait = max(row.until - moment if row else _NOTHING for row in rows.values())
            if wait > _NOTHING:
                return ceil(wait.total_seconds())
            session.add_all(_counted(limit, row, moment) for limit, row in rows.items())
            return 0

    def succeed(self, account: Limit, *others: Limit) -> None:
        """Forget an account's failures; of the others take back only this one attempt.

        Whoever tries many accounts from one address and owns one of them must not start anew with each success.
        """
        with self._database.writing(alone=True) as session:
            session.execute(delete(AttemptRow).where(AttemptRow.digest == digest(account.subject)))
            for limit in others:
                if row := session.get(AttemptRow, digest(limit.subject)):
                    row.failures -= 1
                    row.until = row.latest


def _counted(limit: Limit, row: AttemptRow | None, moment: datetime) -> AttemptRow:
    counted = row or AttemptRow(digest=digest(limit.subject), failures=0)
    counted.failures += 1
    counted.latest, counted.until = moment, moment + _wait(counted.failures - limit.free)
    return counted


def _wait(beyond: int) -> timedelta:
    return min(timedelta(seconds=2 ** min(beyond, 20)), LONGEST_WAIT) if beyond > 0 else _NOTHING
