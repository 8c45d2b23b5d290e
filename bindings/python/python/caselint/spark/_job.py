"""What travels to the workers, and what it does there."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from .._caselint import VERSION, SettingsError, Stream
from .._linter import Linter

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


@functools.lru_cache(maxsize=4)
def _linter(settings: str) -> Linter:
    """A worker process makes a linter once and uses it for all of its tasks."""
    return Linter.from_settings(settings)


@dataclass(frozen=True)
class Job:
    """A check of a table. It is sent to workers as it is, and holds no data."""

    settings: str
    edition: str
    method: str
    options: dict[str, Any] = field(default_factory=dict)
    version: str = VERSION

    def stream(self, batches: object) -> Stream:
        """Check batches on the one core that a task has."""
        linter = _linter(self.settings)
        if linter.edition != self.edition:
            raise SettingsError(
                f"this worker has caselint {VERSION} with lexicon {linter.edition[:12]}, and the driver caselint {self.version} with "
                f"{self.edition[:12]}; figures of two editions do not mix, so install the same version on both"
            )
        checked: Stream = getattr(linter, self.method)(batches, threads=1, **self.options)
        return checked

    def run(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Check the batches of one partition."""
        first = next(batches, None)
        if first is not None:
            yield from _reader(self.stream(itertools.chain([first], batches)))


def _reader(stream: Stream) -> pa.RecordBatchReader:
    if hasattr(pa.RecordBatchReader, "from_stream"):
        return pa.RecordBatchReader.from_stream(stream)
    # pyarrow 14 has it under another name.
    return pa.RecordBatchReader._import_from_c_capsule(stream.__arrow_c_stream__())


def job(linter: Linter, method: str, **options: object) -> Job:
    """A job of a linter."""
    return Job(linter.settings, linter.edition, method, options)


def run(df: DataFrame, work: Job) -> DataFrame:
    """Run a job on a table. The columns are looked at here, before it starts."""
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema  # noqa: PLC0415 - the driver alone needs it

    empty = to_arrow_schema(df.schema).empty_table()
    schema = from_arrow_schema(pa.schema(work.stream(empty)))

    def partition(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return work.run(iter(batches))

    return df.mapInArrow(partition, schema)
