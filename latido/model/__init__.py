"""What latido knows: the canonical tables and their columns, and business calendars."""

from latido.model.catalog import TABLES, table
from latido.model.table import Column, Table, Type

__all__ = ["TABLES", "Column", "Table", "Type", "table"]
