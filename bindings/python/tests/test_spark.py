"""The same over Spark. The session is a local one; a real cluster is what docs/scale.md measures."""

import datetime
import json
import math
import os
import random
import sys

import pyarrow as pa
import pytest

import caselint

pyspark = pytest.importorskip("pyspark")

from conftest import WORDS
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from caselint import spark as cs
from caselint.spark._job import Job, run

NOTES = ["She puts herself at risk.", "Tea was ready.", "🙂 She is promiscuous.", "Mum said that she consented to sex with him."]


@pytest.fixture(scope="module")
def session():
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "3")
    session = builder.config("spark.sql.session.timeZone", "Europe/London").config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def records():
    """Invented notes: two teams and two months, one with few writers, another with few records."""
    rng = random.Random(1)
    rows = []
    for number in range(240):
        team = "Small" if number < 6 else "Few" if number < 40 else rng.choice(["North", "South"])
        author = f"{team}-{number % (2 if team == 'Few' else 9)}"
        day = datetime.date(2024, rng.choice([1, 2]), rng.randint(1, 28))
        text = f"Visit {number}. " + " ".join(rng.choices(NOTES, k=3))
        rows.append((number, f"child-{number % 7}", day, team, author, rng.choice([12, 15, None]), text))
    rows.append((1000, "child-1", datetime.date(2024, 1, 3), "North", "North-1", -1, "She is promiscuous."))
    rows.append((1001, "child-1", datetime.date(2024, 1, 3), "North", "North-2", 14, None))
    return rows


SCHEMA = "id long, child_id string, date date, team string, author string, age int, note string"
KNOWN = {"subject_age": "age", "date": "date"}


@pytest.fixture(scope="module")
def df(session, records):
    return session.createDataFrame(records, SCHEMA).repartition(4).cache()


@pytest.fixture(scope="module")
def table(records):
    columns = [field.split()[0] for field in SCHEMA.split(", ")]
    return pa.table({**{name: list(values) for name, values in zip(columns, zip(*records))}})


def rows_of(frame):
    return sorted((row.asDict() for row in frame.collect()), key=lambda row: json.dumps(row, default=str))


def test_findings_and_errors_are_those_of_arrow(df, table, linter):
    found = rows_of(cs.findings(df, team="team", words=True, **KNOWN))
    arrow = linter.check_arrow(table, text="note", id="id", age="age", date="date", team="team", keep=["date", "team"], words=True)
    wanted = pa.table(arrow).to_pylist()
    errors = [{"id": row["id"], "error": row["error"]} for row in wanted if row["error"]]
    wanted = [{key: value for key, value in row.items() if key != "error"} for row in wanted if not row["error"]]
    assert found == sorted(wanted, key=lambda row: json.dumps(row, default=str))
    assert len(found) > 200
    assert rows_of(cs.errors(df, **KNOWN)) == sorted(errors, key=lambda row: json.dumps(row, default=str))
    assert sorted(row["id"] for row in errors) == [1000, 1001]


def test_no_text_comes_out_unless_it_is_asked_for(df):
    plain = cs.findings(df, **KNOWN)
    assert {"text", "message", "note"}.isdisjoint(plain.columns)
    assert "author" not in cs.findings(df, author="author", **KNOWN).columns


def figures(records, linter):
    """Rates reckoned by hand: cells of team and month, findings by family."""
    cells = {}
    for number, _, day, team, author, age, text in records:
        if text is None or (age is not None and age < 0):
            continue
        found = linter.check(text, {"age": age}, date=day, id=str(number)).findings
        cell = cells.setdefault((team, f"{day:%Y-%m}"), {"records": 0, "authors": set(), "words": 0, "pairs": []})
        words = sum(any(letter.isalnum() for letter in word) for word in text.split())
        cell["records"] += 1
        cell["authors"].add(author)
        cell["words"] += words
        cell["pairs"].append((sum(finding.family == "sexualised" for finding in found), words))
    return cells


def test_an_audit_counts_as_by_hand(df, records, linter):
    audit = rows_of(cs.audit(df, ["team", "month"], author="author", copies="all", **KNOWN))
    cells = figures(records, linter)
    seen = 0
    for row in audit:
        if (row["measure"], row["name"]) != ("family", "sexualised"):
            continue
        seen += 1
        cell = cells[row["team"], row["month"]]
        assert row["suppressed"] == (cell["records"] < 10 or len(cell["authors"]) < 5)
        hidden = ["records", "authors", "words", "findings", "per_1000_words", "low", "high"]
        if row["suppressed"]:
            assert [row[name] for name in hidden] == [None] * len(hidden)
            continue
        number, total = sum(found for found, _ in cell["pairs"]), cell["words"]
        assert (row["records"], row["authors"], row["words"], row["findings"]) == (cell["records"], len(cell["authors"]), total, number)
        rate = number / total
        spread = sum((found - rate * words) ** 2 for found, words in cell["pairs"]) * cell["records"] / (cell["records"] - 1)
        se = math.sqrt(max(spread, number)) / number
        assert row["per_1000_words"] == pytest.approx(1000 * rate)
        assert row["low"] == pytest.approx(1000 * rate * math.exp(-1.959964 * se))
        assert row["high"] == pytest.approx(1000 * rate * math.exp(1.959964 * se))
    assert seen == len(cells)
    suppressed = {row["team"] for row in audit if row["suppressed"]}
    assert suppressed == {"Small", "Few"}
    assert {row["lexicon"] for row in audit} == {linter.edition}
    assert sum(row["not_checked"] or 0 for row in audit if row["measure"] == "all") == 2


def test_counts_that_were_kept_give_the_same_audit(df, tmp_path, session):
    counted = cs.count(df, keep=["team", "author"], **KNOWN)
    assert {"note", "text"}.isdisjoint(counted.columns)
    counted.write.parquet(str(tmp_path / "counted"))
    kept = session.read.parquet(str(tmp_path / "counted"))
    how = {"by": ["team", "month"], "author": "author", "date": "date"}
    assert rows_of(cs.audit(kept, **how)) == rows_of(cs.audit(df, subject_age="age", **how))


def test_copies_count_once_and_nothing_found_is_nought(session, linter):
    copied = [(number, "A", f"w{number % 6}", "She is promiscuous.") for number in range(30)]
    plain = [(100 + number, "B", f"w{number % 6}", f"Tea was ready, cup {number}.") for number in range(30)]
    df = session.createDataFrame([*copied, *plain], "id long, team string, who string, note string")

    def told(**how):
        rows = cs.audit(df, ["team"], author="who", linter=linter, least_records=1, least_authors=1, **how).collect()
        return {row["team"]: row for row in rows if row["measure"] == "all"}

    once, every = told(), told(copies="all")
    assert (once["A"]["records"], once["A"]["findings"]) == (1, 1)
    assert (every["A"]["records"], every["A"]["findings"]) == (30, 30)
    assert (once["B"]["findings"], once["B"]["low"]) == (0, 0.0)
    assert once["B"]["high"] == pytest.approx(1000 * -math.log(0.025) / once["B"]["words"])


def trial(edition, agreed, judged, **families):
    def figure(agreed, judged):
        p, z = agreed / judged, 1.959964
        centre, half = p + z * z / (2 * judged), z * math.sqrt(p * (1 - p) / judged + z * z / (4 * judged * judged))
        low, high = ((centre + sign * half) / (1 + z * z / judged) for sign in (-1, 1))
        return {"judged": judged, "agreed": agreed, "share": p, "low": low, "high": high}

    flagged = {"all": figure(agreed, judged), "families": {name: figure(*pair) for name, pair in families.items()}}
    return {"tool": {"lexicon": edition}, "reading": {"flagged": flagged}}


def test_a_trial_makes_the_interval_wider(df, linter, tmp_path):
    path = tmp_path / "trial.json"
    path.write_text(json.dumps(trial(linter.edition, 80, 100, sexualised=(10, 40))), encoding="utf-8")
    audit = cs.audit(df, ["month"], author="author", trial=path, **KNOWN).collect()
    for row in (row for row in audit if row["findings"]):
        share = 0.25 if row["name"] == "sexualised" else 0.8
        assert row["agreed_per_1000_words"] == pytest.approx(share * row["per_1000_words"])
        assert row["agreed_high"] / row["agreed_low"] > row["high"] / row["low"]


REFUSED = [
    ({"by": ["author"]}, "not by author or case"),
    ({"by": ["team", "author"]}, "not by author or case"),
    ({"by": ["child_id"], "case": "child_id"}, "not by author or case"),
    ({"by": ["id"]}, "the column “id” is none to count by"),
    ({"by": ["month"], "date": None}, "name the column of dates with date="),
    ({"by": ["place"]}, "there is no column “place”"),
    ({"by": ["team"], "author": "writer"}, "there is no column “writer”"),
    ({"by": ["team"], "text": "nte"}, "there is no column “nte”"),
    ({"by": ["team"], "trial": trial("0" * 64, 8, 10)}, "the trial was of lexicon 000000000000"),
    ({"by": ["team"], "trial": {"tool": {}}}, "this is no trial"),
]


@pytest.mark.parametrize(("how", "says"), REFUSED, ids=[says for _, says in REFUSED])
def test_what_an_audit_does_not_do(df, how, says):
    with pytest.raises(caselint.InputError) as raised:
        cs.audit(df, **{"author": "author", "date": "date", **how})
    assert says in str(raised.value)


BAD = [
    ({"date": "team"}, "dates should be a column of dates"),
    ({"subject_age": "team"}, "ages should be a column of whole numbers"),
    ({"text": "age"}, "the text of records should be a column of strings"),
    ({"id": "child_id"}, "the column “child_id”: 7 ids stand in more than one row"),
]


@pytest.mark.parametrize(("how", "says"), BAD, ids=[says for _, says in BAD])
def test_a_column_that_cannot_be_read_is_named_before_the_job(df, how, says):
    with pytest.raises(caselint.InputError) as raised:
        cs.findings(df, **how)
    assert says in str(raised.value)


def test_times_are_dates_where_the_session_is(session, linter):
    at_night = "timestamp'2024-06-30 23:30:00'"
    df = session.sql(f"select 1 as id, 'She is promiscuous.' as note, {at_night} as seen, 'w' as who")
    (row,) = cs.findings(df, date="seen").collect()
    assert row["seen"] == datetime.date(2024, 6, 30)
    audit = cs.audit(df, ["month"], author="who", date="seen", least_records=1, least_authors=1).collect()
    assert {row["month"] for row in audit} == {"2024-06"}


def test_editions_do_not_mix(df, linter):
    local = caselint.Linter(lexicons=[WORDS])
    other = cs.findings(df, linter=local, **KNOWN)
    one = cs.findings(df, linter=linter, **KNOWN)
    assert cs.together(one, one).count() == 2 * one.count()
    with pytest.raises(caselint.InputError, match="2 editions of the lexicon"):
        cs.together(one, other)
    counted = [cs.count(df, keep=["team", "author"], linter=made, **KNOWN) for made in (linter, local)]
    with pytest.raises(caselint.InputError, match="2 editions of the lexicon"):
        cs.audit(counted[0].union(counted[1]), ["team"], author="author", date="date")
    stale = Job(linter.settings, "0" * 64, "check_arrow", {"text": "note", "rows": "records"})
    with pytest.raises(caselint.SettingsError, match="figures of two editions do not mix"):
        run(df, stale)


def test_histories_are_those_of_arrow(df, table, linter):
    found = rows_of(cs.histories(df, words=True, **KNOWN))
    rows = table.sort_by([("child_id", "ascending"), ("date", "ascending"), ("id", "ascending")])
    stream = linter.histories_arrow(rows, text="note", case="child_id", id="id", date="date", age="age", words=True)
    wanted = [row for row in pa.table(stream).to_pylist() if not row.pop("error")]
    assert found == sorted(wanted, key=lambda row: json.dumps(row, default=str))
    assert {row["case"] for row in found} == {f"child-{number}" for number in range(7)}
    errors = cs.histories(df, errors=True, **KNOWN).orderBy("id").collect()
    assert [row["id"] for row in errors] == ["1000", "1001"]


def test_columns_with_odd_names(session):
    df = session.createDataFrame([(1, "She is promiscuous.")], ["the id", "note text"])
    (row,) = cs.findings(df, "note text", "the id").select("id", F.col("family")).collect()
    assert tuple(row) == (1, "sexualised")
    dotted = df.withColumnRenamed("the id", "ref.no")
    with pytest.raises(caselint.InputError, match=r"the column “ref\.no”: .*; rename it first"):
        cs.findings(dotted, "note text", "ref.no")
