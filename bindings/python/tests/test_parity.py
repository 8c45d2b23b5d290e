"""Results equal those of the command line, field by field, on all labelled notes that may be read."""

import datetime
import re

import pyarrow as pa
import pytest


def in_characters(finding, text):
    """A finding of the report with its offsets as Python counts."""

    def at(byte):
        return len(text.encode()[:byte].decode())

    places = [finding, finding["voice"], *finding["evidence"]]
    for place in places:
        place["start"], place["end"] = at(place["start"]), at(place["end"])
    # The line of the file that holds the record; a record that is given has none.
    del finding["location"]
    return finding


@pytest.fixture(scope="module")
def expected(reported, labelled):
    def converted(findings, record):
        return [in_characters(finding, record["text"]) for finding in findings]

    pairs = list(zip(reported["records"], labelled))
    return [
        {"id": report["id"], "findings": converted(report["findings"], record), "left": converted(report["left"], record)}
        for report, record in pairs
    ]


def test_the_edition_is_that_of_the_command_line(linter, reported):
    assert linter.edition == reported["tool"]["lexicon"]


def test_check(linter, labelled, expected):
    found = [linter.check(record).to_dict() for record in labelled]
    assert found == expected
    assert sum(len(record["findings"]) for record in found) > 500
    assert any(not record["text"].isascii() for record in labelled)


def test_check_many(linter, labelled, expected):
    assert [result.to_dict() for result in linter.check_many(labelled, threads=2)] == expected


DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)|(\d\d?)/(\d\d?)/(\d{4})")


def day(text):
    """A date of a record as a date of Python."""
    if text is None:
        return None
    year, month, day_of_month, other_day, other_month, other_year = DAY.fullmatch(text).groups()
    return datetime.date(int(year or other_year), int(month or other_month), int(day_of_month or other_day))


def table(labelled):
    subject = [record.get("subject") or {} for record in labelled]
    columns = {
        "row": pa.array(range(len(labelled)), pa.int64()),
        "text": pa.array([record["text"] for record in labelled], pa.string()),
        "age": pa.array([known.get("age") for known in subject], pa.int64()),
        "date_of_birth": pa.array([day(known.get("date_of_birth")) for known in subject], pa.date32()),
        "learning_disability": pa.array([known.get("learning_disability") for known in subject], pa.bool_()),
        "date": pa.array([day(record.get("date")) for record in labelled], pa.date32()),
    }
    for name in ("genre", "agency", "team", "author"):
        columns[name] = pa.array([record.get(name) for record in labelled], pa.string())
    return pa.table(columns)


def flat(row, finding):
    keys = ["start", "end", "line", "column", "kind", "rule", "family", "ask", "gravity", "verdict", "row", "reason"]
    keys += ["text", "message", "fingerprint", "reframe", "questions"]
    voice = {"voice": finding["voice"]["who"], "form": finding["voice"]["form"]}
    return {"id": row, **{key: finding[key] for key in keys}, **voice}


def test_check_arrow(linter, labelled, expected):
    assert not any(record.get("fields") for record in labelled)
    notes = table(labelled)
    columns = {name: name for name in notes.column_names if name != "row"}
    found = pa.table(linter.check_arrow(notes, id="row", words=True, left=True, **columns)).to_pylist()
    assert {row.pop("error") for row in found} == {None}
    assert {row.pop("lexicon") for row in found} == {linter.edition}
    for row in found:
        del row["caselint"]
    wanted = [flat(row, finding) for row, record in enumerate(expected) for finding in [*record["findings"], *record["left"]]]
    assert found == wanted
