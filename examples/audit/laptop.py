"""Audit Parquet that is larger than memory on a laptop: `python laptop.py --with duckdb notes/`, or `--with polars`.

Batches go through `check_arrow` one after another. What comes out is a row a record without its text, and is added up as it comes.
"""

from __future__ import annotations

import argparse
import resource
import sys
from pathlib import Path

import caselint

COLUMNS = {"text": "note", "id": "id", "age": "age", "date": "date"}
KEEP = ["team", "date"]


def with_duckdb(linter: caselint.Linter, folder: Path) -> list[tuple]:
    """Read and add up with DuckDB, which asks for batches as it can take them."""
    import duckdb  # noqa: PLC0415 - one of the two is enough

    reading, adding = duckdb.connect(), duckdb.connect()
    query = f"select id, note, age, date, team from read_parquet('{folder}/*.parquet')"
    batches = reading.sql(query).to_arrow_reader(10_000)
    checked = linter.check_arrow(batches, **COLUMNS, keep=KEEP, rows="records")
    adding.register("checked", checked)
    return adding.sql(
        """
        select team, year(date), count(*), sum(words), sum(coalesce(list_filter(counts, lambda c: c.measure = 'all')[1].findings, 0))
        from checked where error is null group by all order by all
        """
    ).fetchall()


def with_polars(linter: caselint.Linter, folder: Path) -> list[tuple]:
    """Read with polars, some rows at a time, and add up batch by batch."""
    import polars as pl  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415

    batches = pl.scan_parquet(folder / "*.parquet").select("id", "note", "age", "date", "team").collect_batches(chunk_size=10_000)
    checked = pa.RecordBatchReader.from_stream(linter.check_arrow(batches, **COLUMNS, keep=KEEP, rows="records"))
    found = pl.col("counts").list.eval(pl.element().filter(pl.element().struct["measure"] == "all").struct["findings"]).list.sum()
    groups = ["team", pl.col("date").dt.year().alias("year")]
    figures = [pl.len().alias("records"), pl.col("words").sum(), found.sum().alias("findings")]
    parts = [pl.from_arrow(batch).filter(pl.col("error").is_null()).group_by(groups).agg(figures) for batch in checked]
    return pl.concat(parts).group_by("team", "year").agg(pl.col("records", "words", "findings").sum()).sort("team", "year").rows()


def main() -> None:
    """Print a table of rates."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--with", dest="reader", choices=["duckdb", "polars"], default="duckdb")
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    audit = {"duckdb": with_duckdb, "polars": with_polars}[arguments.reader]
    print(f"{'team':<20} {'year':>5} {'records':>9} {'findings':>9} {'in 1,000 words':>15}")  # noqa: T201
    for team, year, records, words, found in audit(caselint.Linter(), arguments.folder):
        print(f"{team:<20} {year:>5} {records:>9} {found:>9} {1000 * found / words:>15.2f}")  # noqa: T201
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"at most {peak} MB of memory", file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    main()
