"""How often, where and since when: rates in each thousand words, as a tidy table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any, Literal, Optional, Union

from pyspark.sql import Window
from pyspark.sql import functions as F  # noqa: N812

from .._caselint import VERSION, InputError
from .._linter import Linter
from ._columns import present, refuse_repeated, wanted
from ._intervals import SUMS, intervals
from ._job import job, run
from ._together import edition_of
from ._trial import precision

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

MEASURES = ("all", "family", "ask", "voice")
MONTH = "month"
CELL = "cell"
COUNTED = {"id", "digest", "words", "counts", "lexicon", "error"}
OWN = ("measure", "name", "records", "authors", "words", "findings", "not_checked", "suppressed")


def count(
    df: DataFrame,
    text: str = "note",
    id: str = "id",
    *,
    keep: Sequence[str],
    date: Optional[str] = None,
    subject_age: Optional[str] = None,
    genre: Optional[str] = None,
    agency: Optional[str] = None,
    linter: Optional[Linter] = None,
    unique_ids: bool = True,
) -> DataFrame:
    """Give a row a record with its counts and the columns of `keep`, and no word of its text: what `audit` adds up.

    Keep it, as Parquet say, where several audits are made of the same records.
    """
    columns = {"text": text, "id": id, "age": subject_age, "date": date, "genre": genre, "agency": agency}
    kept = [name for name in dict.fromkeys([*keep, *([] if date is None else [date])]) if name != id]
    work = job(linter or Linter(), "check_arrow", **columns, keep=kept, rows="records", unique_ids=False)
    counted = run(wanted(df, columns, kept), work)
    if unique_ids:
        refuse_repeated(df, id)
    return counted


def audit(
    df: DataFrame,
    by: Sequence[str] = ("team", MONTH),
    text: str = "note",
    id: str = "id",
    *,
    author: str,
    date: Optional[str] = None,
    subject_age: Optional[str] = None,
    genre: Optional[str] = None,
    agency: Optional[str] = None,
    case: Optional[str] = None,
    linter: Optional[Linter] = None,
    trial: Optional[Union[str, PathLike[str], Mapping[str, Any]]] = None,
    copies: Literal["once", "all"] = "once",
    measures: Sequence[str] = MEASURES,
    least_records: int = 10,
    least_authors: int = 5,
    unique_ids: bool = True,
) -> DataFrame:
    """Count findings in each thousand words, by columns and by family, ask and voice, with intervals of 95 %.

    The table is one of records, or what `count` made of them. `month` among the columns is that of `date`. Copies of one text count once,
    where they stand first, unless `copies="all"`. Cells of fewer than 10 records or 5 authors are there without figures. `trial` is what
    `caselint trial read --format json` printed: with it come the rates that readers would agree with. An audit compares wording, not
    people: nothing is counted by author or by case.
    """
    by = _groups(df, by, {"author": author, "id": id, "text": text, "case": case}, date)
    if COUNTED.issubset(df.columns):
        records, edition = df, edition_of(df)
    else:
        linter = linter or Linter()
        keep = [name for name in [*by, author] if name in df.columns]
        known = {"date": date, "subject_age": subject_age, "genre": genre, "agency": agency}
        records = count(df, text, id, keep=keep, linter=linter, unique_ids=unique_ids, **known)
        edition = linter.edition
    held = None if trial is None else precision(trial, edition)
    table = _with_month(records, by, date)
    order = [name for name in (date, *by, "id") if name is not None]
    figures = _figures(_counted(table, by, author, order, copies), by, measures)
    few = (F.col("records") < least_records) | (F.col("authors") < least_authors)
    return _told(intervals(figures, held), by, few, held is not None).withColumn("lexicon", F.lit(edition))


def _groups(df: DataFrame, by: Sequence[str], people: Mapping[str, Optional[str]], date: Optional[str]) -> list[str]:
    """The columns to count by. Some would count persons."""
    names = [by] if isinstance(by, str) else list(by)
    if people["author"] in names or people["case"] in names:
        raise InputError("an audit compares wording, not people; count by team, month or kind of record, not by author or case")
    others = {people["id"], people["text"]}
    wrong = [name for name in names if name in others or name in OWN]
    if wrong:
        raise InputError(f"the column “{wrong[0]}” is none to count by; count by team, month or kind of record")
    if MONTH in names and MONTH not in df.columns and date is None:
        raise InputError("to count by month, name the column of dates with date=")
    present(df, [people["author"], *(name for name in names if name != MONTH)])
    return names


def _with_month(df: DataFrame, by: Sequence[str], date: Optional[str]) -> DataFrame:
    if MONTH not in by or MONTH in df.columns or date is None:
        return df
    present(df, [date])
    return df.withColumn(MONTH, F.date_format(F.col(date), "yyyy-MM"))


def _counted(records: DataFrame, by: Sequence[str], author: str, order: Sequence[str], copies: str) -> DataFrame:
    """A row a record; of copies of one text the first."""
    table = records.select(*by, F.col(author).alias("_author"), "digest", "words", "counts", "error", F.struct(*order).alias("_order"))
    if copies == "all":
        return table
    # Records that could not be checked have no digest, and each counts by itself.
    row = F.struct(*by, "_author", "words", "counts", "error")
    alone = F.when(F.col("digest").isNull(), F.to_json("_order"))
    first = table.groupBy("digest", alone.alias("_alone")).agg(F.min_by(row, F.col("_order")).alias("_first"))
    return first.select("_first.*")


def _figures(counted: DataFrame, by: Sequence[str], measures: Sequence[str]) -> DataFrame:
    """A row a cell and name, with the sums that rates and intervals need; names that a cell has not got count 0 there.

    The records are gone through once: what belongs to a cell as a whole is summed beside its counts.
    """
    sums = _sums(counted, by, measures)
    is_cell = F.col("measure") == CELL
    cell = F.max(F.when(is_cell, F.struct("records", "authors", "words", "_ww", "not_checked"))).alias("_cell")
    found = F.collect_list(F.when(~is_cell, F.struct("measure", "name", *SUMS))).alias("_found")
    cells = sums.groupBy(*by).agg(cell, found)
    names = F.transform("_found", lambda one: F.struct(one["measure"].alias("measure"), one["name"].alias("name")))
    everywhere = F.flatten(F.collect_list(names).over(Window.partitionBy(F.lit(0))))
    if "all" in measures:
        everywhere = F.concat(F.array(F.struct(F.lit("all").alias("measure"), F.lit("all").alias("name"))), everywhere)
    named = cells.withColumn("_names", F.array_distinct(everywhere)).withColumn("_name", F.explode("_names"))
    of_name = F.filter("_found", lambda one: (one["measure"] == F.col("_name.measure")) & (one["name"] == F.col("_name.name")))
    told = named.withColumn("_sums", F.get(of_name, 0)).select(*by, "_name.measure", "_name.name", "_cell.*", "_sums")
    return told.select("*", *[F.coalesce(f"_sums.{name}", F.lit(0.0)).alias(name) for name in SUMS]).drop("_sums")


def _sums(counted: DataFrame, by: Sequence[str], measures: Sequence[str]) -> DataFrame:
    """Sums over records, by cell and name; the name of what belongs to a cell as a whole is empty."""
    whole = F.struct(F.lit(CELL).alias("measure"), F.lit("").alias("name"), F.lit(0).cast("int").alias("findings"))
    wanted_counts = F.filter("counts", lambda count: count["measure"].isin(*measures))
    counts = F.when(F.col("counts").isNull(), F.array(whole)).otherwise(F.concat(F.array(whole), wanted_counts))
    rows = counted.select(*by, "_author", "words", "error", F.explode(counts).alias("_count"))
    is_checked, words = F.col("error").isNull(), F.col("words").cast("double")
    is_cell, number = F.col("_count.measure") == CELL, F.col("_count.findings").cast("double")
    return rows.groupBy(*by, F.col("_count.measure").alias("measure"), F.col("_count.name").alias("name")).agg(
        F.count(F.when(is_checked, 1)).alias("records"),
        F.countDistinct(F.when(is_checked & is_cell, F.col("_author"))).alias("authors"),
        F.sum("words").alias("words"),
        F.sum(words * words).alias("_ww"),
        F.count("error").alias("not_checked"),
        F.sum(number).alias("findings"),
        F.sum(number * number).alias("_ff"),
        F.sum(number * words).alias("_fw"),
    )


def _told(figures: DataFrame, by: Sequence[str], few: Column, agreed: bool) -> DataFrame:
    """The table as it is handed on, in which small cells have no figures."""
    whole = [(name, F.col(name).cast("long")) for name in ("records", "authors", "words", "findings", "not_checked")]
    rates = ["per_1000_words", "low", "high", *(["agreed_per_1000_words", "agreed_low", "agreed_high"] if agreed else [])]
    shown = [F.when(~few, column).alias(name) for name, column in [*whole, *((name, F.col(name)) for name in rates)]]
    return figures.select(*by, "measure", "name", *shown, few.alias("suppressed"), F.lit(VERSION).alias("caselint"))
