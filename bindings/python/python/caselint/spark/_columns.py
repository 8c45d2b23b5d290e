"""The columns that a job reads, looked at before it starts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Optional

from pyspark.sql import functions as F  # noqa: N812 - so it is called everywhere
from pyspark.sql.types import TimestampNTZType, TimestampType

from .._caselint import InputError

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

DATES = ("date", "date_of_birth")


def present(df: DataFrame, columns: Iterable[Optional[str]]) -> None:
    """Name the first column that is not there."""
    for name in columns:
        if name is not None and name not in df.columns:
            raise InputError(f"there is no column “{name}”; the table has {', '.join(df.columns)}")


def wanted(df: DataFrame, columns: dict[str, Optional[str]], keep: Sequence[str]) -> DataFrame:
    """Leave the columns that are read. Times become dates, as the session's time zone has them."""
    named = {key: name for key, name in columns.items() if name is not None}
    present(df, [*named.values(), *keep])
    for name in kept_names(named, keep):
        if "." in name or "`" in name:
            raise InputError(f"the column “{name}”: Spark hands no column to Python whose name holds a dot or a backtick; rename it first")
    dates = {named[key] for key in DATES if key in named}
    kept = kept_names(named, keep)
    times = {field.name for field in df.schema.fields if isinstance(field.dataType, (TimestampType, TimestampNTZType))}
    return df.select([F.to_date(column(name)).alias(name) if name in dates & times else column(name) for name in kept])


def kept_names(named: dict[str, str], keep: Sequence[str]) -> list[str]:
    """The names of columns that are read or go along, each once."""
    return list(dict.fromkeys([*named.values(), *keep]))


def column(name: str) -> Column:
    """A column by its whole name, dots and all."""
    return F.col("`" + name.replace("`", "``") + "`")


def refuse_repeated(df: DataFrame, name: str) -> None:
    """Look for ids that stand in more than one row: a pass over that column alone."""
    ids = df.select(column(name).alias("id")).where(F.col("id").isNotNull())
    repeated = ids.groupBy("id").count().where(F.col("count") > 1).count()
    if repeated:
        raise InputError(f"the column “{name}”: {repeated} ids stand in more than one row; give each record its own")
