"""What the plenary decided: attendance, agreed weights, moves, merges and decisions, each with its reason."""

from ksd_toolkit.plenary.article import article_text
from ksd_toolkit.plenary.outcome import Minutes, Outcome, Quorum
from ksd_toolkit.plenary.reading import read_plenary, read_record
from ksd_toolkit.plenary.roster import Member, Roster, read_roster

__all__ = [
    "Member",
    "Minutes",
    "Outcome",
    "Quorum",
    "Roster",
    "article_text",
    "read_plenary",
    "read_record",
    "read_roster",
]
