"""What a check gives: plain objects, in the words of the JSON report."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Callable, Optional

if TYPE_CHECKING:
    import datetime


@dataclass(frozen=True)
class Subject:
    """The person whom a record is about."""

    age: Optional[int] = None
    date_of_birth: Optional[datetime.date] = None
    learning_disability: Optional[bool] = None


@dataclass(frozen=True)
class Voice:
    """Whose words a phrase is, how they are given, and where the words stand that tell it."""

    who: str
    form: str
    start: int
    end: int


@dataclass(frozen=True)
class Evidence:
    """A cue or a fact that took part in a verdict."""

    kind: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Finding:
    """A phrase that was flagged, or that was seen and left alone. Offsets count the characters of a Python string."""

    kind: str
    rule: str
    family: str
    ask: str
    gravity: int
    field: Optional[str]
    start: int
    end: int
    line: int
    column: int
    text: str
    voice: Voice
    verdict: str
    row: Optional[int]
    reason: str
    message: str
    reframe: tuple[str, ...]
    questions: tuple[str, ...]
    sources: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    also: tuple[str, ...]
    fingerprint: str

    @classmethod
    def from_dict(cls, keys: dict[str, Any]) -> Finding:
        """Make a finding from the keys of the JSON report; those that are not known here are passed over."""
        known: dict[str, Any] = {key: keys[key] for key in _FINDING}
        for key in ("reframe", "questions", "sources", "also"):
            known[key] = tuple(known[key])
        known["voice"] = Voice(**known["voice"])
        known["evidence"] = tuple(Evidence(**evidence) for evidence in known["evidence"])
        return cls(**known)

    def to_dict(self) -> dict[str, Any]:
        """Give the keys of the JSON report."""
        keys = dataclasses.asdict(self)
        for key in ("reframe", "questions", "sources", "also", "evidence"):
            keys[key] = list(keys[key])
        return keys


_FINDING = tuple(known.name for known in dataclasses.fields(Finding))


@dataclass(frozen=True)
class Result:
    """What was found in one record, and what was seen and left alone, in the order of the text."""

    id: Optional[str]
    findings: tuple[Finding, ...]
    left: tuple[Finding, ...]
    error: Optional[str] = None
    """Why the record could not be checked, where `check_many` met one that could not."""
    _html: Optional[Callable[[], str]] = field(default=None, repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """Give the keys of a record in the JSON report."""
        return {
            "id": self.id,
            "findings": [finding.to_dict() for finding in self.findings],
            "left": [finding.to_dict() for finding in self.left],
        }

    def _repr_html_(self) -> Optional[str]:
        """Show the text with its phrases marked, and the questions below it. A notebook that is saved keeps that text."""
        return None if self._html is None else self._html()
