"""The corpus: every broken or odd file, once."""

from tests.sources.corpus.containers import CONTAINERS
from tests.sources.corpus.odd import Odd
from tests.sources.corpus.records import RECORDS
from tests.sources.corpus.spreadsheets import SPREADSHEETS
from tests.sources.corpus.texts import TEXTS
from tests.sources.corpus.values import VALUES

CORPUS: tuple[Odd, ...] = (*CONTAINERS, *TEXTS, *VALUES, *SPREADSHEETS, *RECORDS)

__all__ = ["CORPUS", "Odd"]
