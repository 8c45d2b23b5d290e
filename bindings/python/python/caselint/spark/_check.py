"""A row a finding, and a row for each record that could not be checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Optional

from pyspark.sql import functions as F  # noqa: N812

from .._linter import Linter
from ._columns import refuse_repeated, wanted
from ._job import job, run

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def check(
    df: DataFrame,
    text: str = "note",
    id: str = "id",
    *,
    subject_age: Optional[str] = None,
    date_of_birth: Optional[str] = None,
    learning_disability: Optional[str] = None,
    date: Optional[str] = None,
    genre: Optional[str] = None,
    agency: Optional[str] = None,
    team: Optional[str] = None,
    author: Optional[str] = None,
    case: Optional[str] = None,
    keep: Optional[Sequence[str]] = None,
    linter: Optional[Linter] = None,
    words: bool = False,
    left: bool = False,
    unique_ids: bool = True,
) -> DataFrame:
    """Check a table: findings, and errors in the column `error`. Persist it to use both.

    The columns of date, genre, agency, team and case go along unless `keep` says otherwise. `unique_ids=False` spares the pass over
    the ids, where the table has a key.
    """
    beside = [name for name in (date, genre, agency, team, case) if name is not None]
    kept = [name for name in dict.fromkeys(beside if keep is None else keep) if name != id]
    columns = {
        "text": text,
        "id": id,
        "age": subject_age,
        "date_of_birth": date_of_birth,
        "learning_disability": learning_disability,
        "date": date,
        "genre": genre,
        "agency": agency,
        "team": team,
        "author": author,
        "case": case,
    }
    table = wanted(df, columns, kept)
    work = job(linter or Linter(), "check_arrow", **columns, keep=kept, words=words, left=left, unique_ids=False)
    checked = run(table, work)
    if unique_ids:
        refuse_repeated(df, id)
    return checked


def findings(df: DataFrame, text: str = "note", id: str = "id", **columns: Any) -> DataFrame:  # noqa: ANN401 - those of `check`
    """Give a row for each finding. The arguments are those of `check`."""
    return check(df, text, id, **columns).where(F.col("error").isNull()).drop("error")


def errors(df: DataFrame, text: str = "note", id: str = "id", **columns: Any) -> DataFrame:  # noqa: ANN401
    """Give the records that could not be checked by id, and why. The arguments are those of `check`."""
    return check(df, text, id, **columns).where(F.col("error").isNotNull()).select("id", "error")
