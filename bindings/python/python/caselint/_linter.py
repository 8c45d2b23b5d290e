"""The linter."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, Literal, Optional, Union

from ._caselint import Engine, InputError, Stream
from ._records import Record, record_json
from ._result import Finding, Result, Subject

if TYPE_CHECKING:
    import datetime

Path = Union[str, "PathLike[str]"]
Ask = Literal["reword", "analyse", "consider"]

BATCH = 512
"""So many records of `check_many` are in memory at a time."""


class Linter:
    """Checks records. Made once, used for many; it can be sent to other processes, and its lexicons and settings go with it.

    `config` is a `caselint.toml`; none is looked for. The other arguments are the flags of the command line, and win over it.
    """

    def __init__(
        self,
        config: Optional[Path] = None,
        lexicons: Sequence[Path] = (),
        *,
        jurisdiction: Optional[str] = None,
        profile: Optional[str] = None,
        families: Sequence[str] = (),
        on: Sequence[str] = (),
        off: Sequence[str] = (),
        ask: Optional[Mapping[str, Ask]] = None,
        local_procedure: Optional[str] = None,
        subject_age: Optional[int] = None,
    ) -> None:
        wanted = {
            "jurisdiction": jurisdiction,
            "profile": profile,
            "families": _names(families),
            "on": _names(on),
            "off": _names(off),
            "ask": list((ask or {}).items()),
            "local_procedure": local_procedure,
            "subject": {"age": subject_age},
        }
        paths = [fspath(path) for path in _names(lexicons)]
        self._settings = Engine.settings(None if config is None else fspath(config), paths, json.dumps(wanted))
        self._engine = Engine(self._settings)

    @classmethod
    def from_settings(cls, settings: str) -> Linter:
        """Make the linter that `settings` of another one tells of."""
        linter = cls.__new__(cls)
        linter._settings = settings
        linter._engine = Engine(settings)
        return linter

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return (Linter.from_settings, (self._settings,))

    def __repr__(self) -> str:
        return f"<caselint.Linter, lexicon {self.edition[:12]}>"

    @property
    def settings(self) -> str:
        """All that it is made of, the texts of lexicons among it."""
        return self._settings

    @property
    def edition(self) -> str:
        """A hash over the canonical form of the lexicon. Figures of two editions are not to be compared."""
        return self._engine.edition

    def check(
        self,
        text: Record,
        subject: Optional[Union[Subject, Mapping[str, Any]]] = None,
        *,
        id: Optional[str] = None,
        date: Optional[Union[datetime.date, str]] = None,
        genre: Optional[str] = None,
        agency: Optional[str] = None,
        team: Optional[str] = None,
        author: Optional[str] = None,
        case: Optional[str] = None,
    ) -> Result:
        """Check one record: a text with what is known of it, or a mapping in the keys of a record."""
        keys = {"subject": subject, "id": id, "date": date, "genre": genre, "agency": agency, "team": team}
        return self._result(record_json(text, **keys, author=author, case=case))

    def check_many(self, records: Iterable[Record], *, threads: Optional[int] = None) -> Iterator[Result]:
        """Check records as they come, in order, with all cores. Where one cannot be checked, the `error` of its result says why."""
        records = iter(records)
        while batch := list(itertools.islice(records, BATCH)):
            read = [_read(record) for record in batch]
            texts = [text for text, _ in read if text is not None]
            checked = iter(self._engine.check_batch(texts, threads))
            for text, problem in read:
                if text is None:
                    yield Result(None, (), (), error=problem)
                    continue
                outcome, error = next(checked)
                yield self._result_of(text, outcome, error)

    def check_arrow(
        self,
        batches: object,
        *,
        text: str,
        id: Optional[str] = None,
        age: Optional[str] = None,
        date_of_birth: Optional[str] = None,
        learning_disability: Optional[str] = None,
        date: Optional[str] = None,
        genre: Optional[str] = None,
        agency: Optional[str] = None,
        team: Optional[str] = None,
        author: Optional[str] = None,
        case: Optional[str] = None,
        keep: Sequence[str] = (),
        rows: Literal["findings", "records"] = "findings",
        words: bool = False,
        left: bool = False,
        unique_ids: bool = True,
        threads: Optional[int] = None,
    ) -> Stream:
        """Check a table, or batches one after another, of anything that speaks Arrow; the arguments name its columns.

        The result is a stream of the same kind: a row a finding, or a row a record, with the columns of `keep` beside it. A record that
        cannot be checked is a row whose `error` says why. Words of records come out with `words=True` alone.
        """
        columns = {
            "text": text,
            "id": id,
            "age": age,
            "date_of_birth": date_of_birth,
            "learning_disability": learning_disability,
            "date": date,
            "genre": genre,
            "agency": agency,
            "team": team,
            "author": author,
            "case": case,
        }
        options = {"columns": columns, "keep": _names(keep), "rows": rows, "words": words, "left": left}
        return self._engine.check_arrow(batches, json.dumps({**options, "unique": unique_ids, "threads": threads}))

    def histories_arrow(
        self,
        batches: object,
        *,
        text: str,
        case: str,
        id: Optional[str] = None,
        date: Optional[str] = None,
        age: Optional[str] = None,
        genre: Optional[str] = None,
        agency: Optional[str] = None,
        author: Optional[str] = None,
        words: bool = False,
        unique_ids: bool = True,
        threads: Optional[int] = None,
    ) -> Stream:
        """Tell what becomes of each phrase over the records of a case, as `caselint case` does: a row an appearance.

        The rows of the table come sorted by `case`. No text of a case is kept, so that it may be of any length.
        """
        columns = {
            "text": text,
            "case": case,
            "id": id,
            "date": date,
            "age": age,
            "genre": genre,
            "agency": agency,
            "author": author,
        }
        options = {"columns": columns, "keep": [], "rows": "findings", "words": words, "left": False}
        return self._engine.histories_arrow(batches, json.dumps({**options, "unique": unique_ids, "threads": threads}))

    def _result(self, record: str) -> Result:
        return self._result_of(record, self._engine.check(record), None)

    def _result_of(self, record: str, outcome: Optional[str], error: Optional[str]) -> Result:
        known = json.loads(record).get("id")
        name = None if known is None else str(known)
        if outcome is None:
            return Result(name, (), (), error=error)
        found = json.loads(outcome)
        return Result(
            name,
            tuple(Finding.from_dict(finding) for finding in found["findings"]),
            tuple(Finding.from_dict(finding) for finding in found["left"]),
            _html=lambda: self._engine.notebook(record),
        )


def _names(names: Sequence[Any]) -> list[Any]:
    """A list of names; one name alone is a slip that would be read letter by letter."""
    if isinstance(names, (str, PathLike)):
        raise InputError(f"{names!r} should stand in a list: [{names!r}]")
    return list(names)


def _read(record: Record) -> tuple[Optional[str], Optional[str]]:
    try:
        return record_json(record), None
    except InputError as error:
        return None, str(error)
