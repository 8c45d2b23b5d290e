"""Tables in and out, of whatever speaks Arrow."""

import datetime
import decimal

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import caselint

NOTES = ["She puts herself at risk.", "Tea was ready.", "🙂 She is promiscuous."]
FOUND = [(1, "risk-and-choice"), (3, "sexualised")]


def notes(**columns):
    return pa.table({"id": [1, 2, 3], "note": NOTES, **columns})


def found(stream):
    rows = pa.table(stream).to_pylist()
    assert all(row["error"] is None for row in rows)
    return [(row["id"], row["family"]) for row in rows]


SOURCES = {
    "pyarrow table": lambda table: table,
    "pyarrow batch": lambda table: table.to_batches()[0],
    "pyarrow reader": lambda table: table.to_reader(),
    "pyarrow chunks": lambda table: pa.concat_tables([table.slice(0, 1), table.slice(1)]),
    "batches one by one": lambda table: (table.slice(row, 1).to_batches()[0] for row in range(len(table))),
    "an empty batch first": lambda table: [table.slice(0, 0), table],
    "polars": pl.from_arrow,
    "polars slices": lambda table: pl.from_arrow(table).iter_slices(2),
    "pandas": lambda table: table.to_pandas(),
    "duckdb": duckdb.from_arrow,
}


@pytest.mark.parametrize("source", SOURCES)
def test_whatever_speaks_arrow_is_taken(linter, source):
    assert found(linter.check_arrow(SOURCES[source](notes()), text="note", id="id")) == FOUND


RESULTS = {
    "polars": lambda stream: pl.DataFrame(stream)["rule"].to_list(),
    "pandas": lambda stream: list(pd.DataFrame.from_arrow(stream)["rule"]) if hasattr(pd.DataFrame, "from_arrow") else None,
    "duckdb": lambda stream: [row[0] for row in duckdb.sql("select rule from stream").fetchall()],
    "pyarrow": lambda stream: pa.RecordBatchReader.from_stream(stream).read_all()["rule"].to_pylist(),
}


@pytest.mark.parametrize("result", RESULTS)
def test_whatever_speaks_arrow_takes_it(linter, result):
    stream = linter.check_arrow(notes(), text="note")
    rules = RESULTS[result](stream)
    if rules is None:
        pytest.skip("this pandas has no from_arrow")
    assert [rule.split("/")[0] for rule in rules] == [family for _, family in FOUND]
    with pytest.raises(caselint.InputError, match="has been read"):
        stream.__arrow_c_stream__()


TYPES = [
    pa.string(),
    pa.large_string(),
    pa.string_view(),
    pa.binary(),
    pa.large_binary(),
    pa.binary_view(),
    pa.dictionary(pa.int8(), pa.string()),
]


@pytest.mark.parametrize("kind", TYPES, ids=str)
def test_texts_of_any_type(linter, kind):
    values = [text.encode() for text in NOTES] if "binary" in str(kind) else NOTES
    column = pa.array(NOTES).dictionary_encode() if pa.types.is_dictionary(kind) else pa.array(values, kind)
    table = notes().set_column(1, "note", column)
    for part in (table, table.slice(0)):
        assert found(linter.check_arrow(part, text="note", id="id")) == FOUND
    assert found(linter.check_arrow(table.slice(1), text="note", id="id")) == FOUND[1:]


IDS = [pa.string(), pa.large_string(), pa.int8(), pa.uint64(), pa.string_view()]


@pytest.mark.parametrize("kind", IDS, ids=str)
def test_ids_come_out_as_they_went_in(linter, kind):
    is_number = pa.types.is_integer(kind)
    ids = pa.array([1, 2, 3] if is_number else ["1", "2", "3"], kind)
    table = pa.table(linter.check_arrow(notes().set_column(0, "ref", ids), text="note", id="ref"))
    assert table.schema.field("id").type == kind
    assert [str(value) for value in table["id"].to_pylist()] == ["1", "3"]


def test_columns_that_are_kept_go_along(linter):
    table = notes(team=["A", None, "B"], seen=[datetime.date(2024, 1, day) for day in (1, 2, 3)])
    rows = pa.table(linter.check_arrow(table, text="note", id="id", keep=["team", "seen"])).to_pylist()
    assert [(row["team"], row["seen"].day) for row in rows] == [("A", 1), ("B", 3)]


def test_no_words_come_out_unless_they_are_asked_for(linter):
    plain = pa.table(linter.check_arrow(notes(), text="note", id="id", left=True))
    assert "promiscuous" not in str(plain.to_pylist()).replace("sexualised/promiscuous", "")
    asked = pa.table(linter.check_arrow(notes(), text="note", id="id", words=True))
    assert asked["text"].to_pylist() == ["puts herself at risk", "promiscuous"]


def test_a_row_a_record(linter):
    table = notes(team=["A", "A", "B"]).append_column("age", pa.array([12, 300, 14]))
    rows = pa.table(linter.check_arrow(table, text="note", id="id", age="age", keep=["team"], rows="records")).to_pylist()
    assert [row["words"] for row in rows] == [5, None, 3]
    assert [row["error"] is None for row in rows] == [True, False, True]
    counts = {(count["measure"], count["name"]): count["findings"] for count in rows[0]["counts"]}
    assert counts["all", "all"] == counts["family", "risk-and-choice"] == 1
    again = pa.table(linter.check_arrow(table, text="note", rows="records"))["digest"].to_pylist()
    assert again[0] == rows[0]["digest"] != again[1]


def bad(column, values, kind, wrong, says):
    return pytest.param(column, pa.array(values, kind), wrong, says, id=f"{column} {kind}")


# A column that cannot be read: it is said before the first row.
COLUMNS = [
    bad("note", [1, 2, 3], pa.int64(), None, "the column “note” holds Int64: the text of records should be a column of strings"),
    bad("age", ["12", "13", "14"], pa.string(), None, "the column “age” holds Utf8: ages should be a column of whole numbers"),
    bad("date", ["1/2/2024"] * 3, pa.string(), None, "the column “date” holds Utf8: dates should be a column of dates"),
    bad("date", [1, 2, 3], pa.timestamp("us", "Europe/London"), None, "make dates of them"),
    bad("learning_disability", ["y", "n", "y"], pa.string(), None, "a column of true and false"),
    bad("team", [[1], [2], [3]], pa.list_(pa.int64()), None, "strings or whole numbers"),
    # A value that cannot be read: it costs its row.
    bad("note", ["a", None, "b"], pa.string(), 1, "the column “note”: there is no text (null)"),
    bad("note", [None, None, None], pa.null(), 0, "the column “note”: there is no text (null)"),
    bad("note", [b"a", b"\xc3\x28", b"b"], pa.binary(), 1, "the column “note”: byte 0 is not UTF-8"),
    bad("age", [12, -3, None], pa.int64(), 1, "the column “age”: -3 is no age; give whole years from 0 to 255"),
    bad("age", [12.0, 12.5, None], pa.float64(), 1, "the column “age”: 12.5 is no age"),
    bad("date", [datetime.date(2024, 1, 1), datetime.date(24, 1, 1), None], pa.date32(), 1, "the column “date”: it is before 1880"),
    bad("id", ["a", "b", "a"], pa.string(), 2, "the column “id”: an earlier row has this id"),
]


@pytest.mark.parametrize(("column", "values", "wrong", "says"), COLUMNS)
def test_a_column_that_cannot_be_read_is_named(linter, column, values, wrong, says):
    table = notes()
    number = table.schema.get_field_index(column)
    table = table.append_column(column, values) if number < 0 else table.set_column(number, column, values)
    columns = {"text": "note", "id": "id", column if column != "note" else "text": column}
    if wrong is None:
        with pytest.raises(caselint.InputError) as raised:
            linter.check_arrow(table, **columns)
        assert says in str(raised.value)
        return
    rows = pa.table(linter.check_arrow(table, rows="records", **columns)).to_pylist()
    assert says in rows[wrong]["error"]
    nulls = column == "note" and pa.types.is_null(values.type)
    assert sum(row["error"] is not None for row in rows) == (3 if nulls else 1)
    errors = [row for row in pa.table(linter.check_arrow(table, **columns)).to_pylist() if row["error"]]
    assert [row["id"] for row in errors][:1] == [rows[wrong]["id"]]


NAMES = [
    ({"text": "nte"}, "there is no column “nte”; the table has id, note"),
    ({"text": "note", "age": "years"}, "there is no column “years”"),
    ({"text": "note", "keep": ["rule"]}, "there is no column “rule”"),
    ({"text": "note", "keep": "note"}, "should stand in a list"),
]


@pytest.mark.parametrize(("columns", "says"), NAMES, ids=[says for _, says in NAMES])
def test_a_column_that_is_not_there_is_named(linter, columns, says):
    with pytest.raises(caselint.InputError, match=says.split("“", maxsplit=1)[0]) as raised:
        linter.check_arrow(notes(), **columns)
    assert says in str(raised.value)


def test_a_kept_column_may_not_take_a_name_of_the_result(linter):
    table = notes(rule=["a", "b", "c"])
    with pytest.raises(caselint.InputError, match="the column “rule” has a name that the result needs"):
        linter.check_arrow(table, text="note", keep=["rule"])


@pytest.mark.parametrize("source", [5, "notes.parquet", []], ids=repr)
def test_what_is_no_table_is_told(linter, source):
    with pytest.raises(caselint.InputError):
        linter.check_arrow(source, text="note")


def test_batches_of_other_columns_end_the_stream(linter):
    other = pa.table({"id": ["1"], "note": ["x"]})
    with pytest.raises(Exception, match="a later batch has other columns"):
        pa.table(linter.check_arrow([notes(), other], text="note"))


def test_ages_of_decimals_are_refused(linter):
    table = notes(age=pa.array([decimal.Decimal(12)] * 3))
    with pytest.raises(caselint.InputError, match="whole numbers"):
        linter.check_arrow(table, text="note", age="age")


def test_threads_change_nothing_and_order_stays(linter):
    many = pa.table({"id": range(3_000), "note": [NOTES[number % 3] for number in range(3_000)]})
    one = pa.table(linter.check_arrow(many, text="note", id="id", threads=1))
    assert one == pa.table(linter.check_arrow(many, text="note", id="id", threads=4))
    assert one["id"].to_pylist() == [number for number in range(3_000) if number % 3 != 1]


def test_the_interpreter_is_free_meanwhile(linter):
    """A generator of Python gives the batches, so that a lock that is held would stop it."""
    text = "She puts herself at risk. " * 400
    batches = (pa.record_batch({"id": [number], "note": [text]}) for number in range(20))
    rows = pa.table(linter.check_arrow(batches, text="note", id="id", threads=4))
    assert len(rows) == 20 * 400
