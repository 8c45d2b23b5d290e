"""From what Python holds to a record as the engine takes it: JSON in the keys of caselint."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Mapping
from typing import Any, Union

from ._caselint import InputError
from ._result import Subject

Record = Union[str, Mapping[str, Any]]


def record_json(record: Record, **keys: object) -> str:
    """Write a record. What is wrong is told without a word of it."""
    if isinstance(record, str):
        known: dict[str, Any] = {"text": record}
    elif isinstance(record, Mapping):
        known = dict(record)
    else:
        raise InputError(f"a record should be a text, or a mapping such as {{'text': '…'}}; this is {_kind(record)}")
    known.update({key: value for key, value in keys.items() if value is not None})
    try:
        text = json.dumps(known, default=_plain, ensure_ascii=False, allow_nan=False)
        text.encode()
    except UnicodeEncodeError:
        raise InputError("the text holds half of a character (a lone surrogate); decode it anew from its bytes") from None
    except (TypeError, ValueError):
        raise InputError("a value of the record is none that JSON has; give texts, numbers, dates and lists") from None
    return text


def _plain(value: object) -> object:
    if isinstance(value, Subject):
        return {key: part for key, part in dataclasses.asdict(value).items() if part is not None}
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(_kind(value))


def _kind(value: object) -> str:
    return f"of type {type(value).__name__}"
