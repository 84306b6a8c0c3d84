"""Who may do what: people, sessions, tokens, one-time links and the audit trail, in SQL."""

from latido.state.people import RIGHTS, Person, Right, Role
from latido.state.state import State

__all__ = ["RIGHTS", "Person", "Right", "Role", "State"]
