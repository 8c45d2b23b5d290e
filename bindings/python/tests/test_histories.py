"""Phrase histories of many cases, as `caselint case` has them."""

import datetime
import json
import re

import pyarrow as pa
import pytest
from conftest import REPOSITORY

FOLDER = REPOSITORY / "examples/case-julia"


@pytest.fixture(scope="module")
def julia(tmp_path_factory):
    """The sample case as records: a line of JSON each, named by its id."""
    folder = tmp_path_factory.mktemp("julia")
    records = []
    for path in sorted(FOLDER.glob("2*.*")):
        _, front, text = path.read_text(encoding="utf-8").split("---\n", 2)
        keys = dict(re.findall(r"^(\w+): *(.+)$", front, re.MULTILINE))
        record = {"id": path.name, "text": text, "genre": keys.get("genre"), "date": keys.get("date"), "agency": keys.get("agency")}
        records.append(record)
        (folder / f"{path.name}.jsonl").write_text(json.dumps(record), encoding="utf-8")
    assert len(records) > 15
    return folder, records


def day(text):
    if text is None:
        return None
    parts = [int(part) for part in re.split(r"[-/]", text)]
    return datetime.date(*(parts if parts[0] > 31 else reversed(parts)))


def table(records, case="Julia"):
    return pa.table(
        {
            "child": pa.array([case] * len(records), pa.string()),
            "id": [record["id"] for record in records],
            "note": [record["text"] for record in records],
            "date": pa.array([day(record["date"]) for record in records], pa.date32()),
            "genre": pa.array([record["genre"] for record in records], pa.string()),
            "agency": pa.array([record["agency"] for record in records], pa.string()),
        }
    )


COLUMNS = {name: name for name in ("id", "date", "genre", "agency")} | {"text": "note", "case": "child"}


def test_histories_are_those_of_the_command_line(linter, command, julia):
    folder, records = julia
    done = command("case", "--no-config", "--format", "json", folder)
    case = json.loads(done.stdout)["case"]
    wanted = []
    for number, history in enumerate(case["histories"], 1):
        for place, appearance in enumerate(history["appearances"], 1):
            step = case["steps"][appearance["step"]]
            phrase = step["phrases"][appearance["phrase"]]
            told = {key: appearance[key] for key in ("event", "times", "after_challenge", "other_figures")}
            said = {"voice": phrase["who"], "form": phrase["form"], "standing": phrase["standing"], "words": phrase["quote"]["words"]}
            when = {"date": datetime.date.fromisoformat(step["when"]["date"]), "precision": step["when"]["precision"]}
            of = {"rule": history["rule"], "family": history["family"], "history": number, "appearance": place, "id": step["id"]}
            wanted.append({"case": "Julia", **of, **when, **told, **said})
    assert len(wanted) > 20
    # The order of records changes nothing.
    for rows in (records, records[::-1]):
        found = pa.table(linter.histories_arrow(table(rows), words=True, **COLUMNS)).to_pylist()
        assert {row.pop("error") for row in found} == {None}
        assert {row.pop("lexicon") for row in found} == {linter.edition}
        for row in found:
            del row["caselint"]
        assert found == wanted


def test_a_case_goes_on_over_batches(linter, julia):
    _, records = julia
    cases = [table(records, case) for case in ("A", "B", "C")]
    whole = pa.table(linter.histories_arrow(pa.concat_tables(cases), unique_ids=False, **COLUMNS))
    pieces = [part.slice(row, 1).to_batches()[0] for part in cases for row in range(len(part))]
    assert pa.table(linter.histories_arrow(pieces, unique_ids=False, **COLUMNS)) == whole
    by_case = [[{**row, "case": None} for row in whole.to_pylist() if row["case"] == case] for case in "ABC"]
    assert by_case[0] == by_case[1] == by_case[2] != []


def test_a_case_that_comes_again_and_one_that_is_not_told(linter):
    rows = pa.table({"child": ["A", "B", "A", None], "id": list("wxyz"), "note": ["She is promiscuous."] * 4})
    found = pa.table(linter.histories_arrow(rows, text="note", case="child", id="id")).to_pylist()
    errors = {row["id"]: row["error"] for row in found if row["error"]}
    assert sorted(errors) == ["y", "z"]
    assert "the column “child”: this case comes again after others; sort the rows by it" in errors["y"]
    assert "the column “child”: there is no case (null)" in errors["z"]
