"""What becomes of phrases over the records of each child."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from pyspark.sql import functions as F  # noqa: N812

from .._linter import Linter
from ._columns import column, refuse_repeated, wanted
from ._job import job, run

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def histories(
    df: DataFrame,
    case: str = "child_id",
    text: str = "note",
    id: str = "id",
    *,
    date: Optional[str] = None,
    subject_age: Optional[str] = None,
    genre: Optional[str] = None,
    agency: Optional[str] = None,
    author: Optional[str] = None,
    linter: Optional[Linter] = None,
    words: bool = False,
    unique_ids: bool = True,
    errors: bool = False,
) -> DataFrame:
    """Give a row for each appearance of a phrase in the history of a case, as `caselint case` has it.

    The records of a case are brought together and sorted; a worker reads them one after another and keeps their phrases, not their texts.
    With `errors=True` it gives instead the records that could not be read.
    """
    columns = {
        "text": text,
        "case": case,
        "id": id,
        "date": date,
        "age": subject_age,
        "genre": genre,
        "agency": agency,
        "author": author,
    }
    table = wanted(df, columns, [])
    work = job(linter or Linter(), "histories_arrow", **columns, words=words, unique_ids=False)
    order = [column(name) for name in (case, date, id) if name is not None]
    told = run(table.repartition(column(case)).sortWithinPartitions(*order), work)
    if unique_ids:
        refuse_repeated(df, id)
    if errors:
        return told.where(F.col("error").isNotNull()).select("case", "id", "error")
    return told.where(F.col("error").isNull()).drop("error")
