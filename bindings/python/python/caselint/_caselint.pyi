"""The engine, written in Rust."""

from collections.abc import Sequence
from os import PathLike
from typing import Optional, Union

VERSION: str

class CaselintError(ValueError):
    """What is wrong, where, and how to mend it."""

class SettingsError(CaselintError):
    """A linter cannot be made of this: a lexicon, a configuration, a name."""

class InputError(CaselintError):
    """A record or a table cannot be read as it is."""

class Stream:
    """A table that is made while it is read, and read once. pyarrow, polars, pandas and DuckDB take it as it is."""

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...

class Engine:
    def __new__(cls, settings: str) -> Engine: ...
    @staticmethod
    def settings(config: Optional[Union[str, PathLike[str]]], lexicons: Sequence[Union[str, PathLike[str]]], wanted: str) -> str: ...
    @property
    def edition(self) -> str: ...
    def check(self, record: str) -> str: ...
    def check_batch(self, records: Sequence[str], threads: Optional[int]) -> list[tuple[Optional[str], Optional[str]]]: ...
    def notebook(self, record: str) -> str: ...
    def check_arrow(self, batches: object, options: str) -> Stream: ...
    def histories_arrow(self, batches: object, options: str) -> Stream: ...
