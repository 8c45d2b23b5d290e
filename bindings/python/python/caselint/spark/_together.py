"""Tables of several runs, put together."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from .._caselint import InputError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def together(*tables: DataFrame) -> DataFrame:
    """Put tables of findings, audits or histories one below the other. Those of two editions of the lexicon are not to be compared."""
    if not tables:
        raise InputError("there is no table to put together; give one at least")
    found = functools.reduce(lambda one, other: one.unionByName(other), tables)
    edition_of(found)
    return found


def edition_of(table: DataFrame) -> str:
    """Give the one edition of the lexicon that a table comes from."""
    editions = sorted(str(row[0]) for row in table.select("lexicon").distinct().collect() if row[0] is not None)
    if len(editions) > 1:
        raise InputError(
            f"this comes from {len(editions)} editions of the lexicon ({', '.join(edition[:12] for edition in editions)}); a change of "
            "figures would be one of the rules, so check all records with one"
        )
    return editions[0] if editions else ""
