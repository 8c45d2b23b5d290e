"""Invent the notes of a council: `python make_notes.py --notes 1000000 --out notes/` writes Parquet, the same for the same seed.

A part of the notes is made from the sample notes in `examples/notes`: some of the sentences of one, in their order, about another child,
written by somebody on a day of four years. The others tell of uneventful days, as most notes do. No note is of a real child, and no figure
that comes of them says anything about a real service. Two things are built in, to be found again: teams that had training write more of the
notes that think, and from a day on every note begins with the labels of a form.
"""

from __future__ import annotations

import argparse
import datetime
import random
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

SAMPLES = Path(__file__).parents[1] / "notes"
FIRST, LAST = datetime.date(2022, 1, 1), datetime.date(2025, 12, 31)
TRAINING = datetime.date(2024, 5, 1)
TEMPLATE = datetime.date(2025, 2, 1)
TEAMS = ["Assessment North", "Assessment South", "Children in care", "Early help", "Leaving care", "MASH", "Missing", "Youth justice"]
TRAINED = set(TEAMS[:4])
AUTHORS_IN_TEAM = 25
FORM = "Reason for contact: {reason}\nReason for DNA: \nRisky behaviour: see below\n\n"
REASONS = ["visit", "phone call", "review", "return interview", "meeting"]
# Sample notes in which the writer thinks about most of what is recorded.
THINKING = {"07-youth-justice", "11-strategy-minutes", "15-supervision-note", "16-school-counsellor", "18-assessment-visit"}
# Names in the sample notes, each of which becomes another.
NAMES = (
    "Bethan Carys Ifan Osei Duarte Larkfield Kev Dorota Steph Imogen Rhys Jayden Keeley Marnie Petrie Ewan Devon Rukhsana Ottoline "
    "Brannigan Noor Safiya Yusuf Abdi Jermaine Lyle"
).split()
OTHERS = (
    "Aisha Alfie Amara Ben Callum Chloe Daisy Dylan Ella Farah Finn Grace Hamza Holly Isla Jack Jasmine Kai Kiera Leo Lola Maya Mia Nathan "
    "Nia Omar Oscar Poppy Priya Reece Rosie Ruby Sami Sofia Tariq Tia Tom Zane Zara Zoe"
).split()
SENTENCE = re.compile(r"(?<=[.!?])[ \n]+(?=[A-Z“\"])")
NAME = re.compile(r"\b(" + "|".join(NAMES) + r")\b")
IN_A_FILE = 100_000
CHILDREN = 40_000
# Of so many notes one is made from a sample note.
SAMPLED = 4
PLAIN = """
{0} was at home with both parents when I called, and let me in before I had rung.
We looked at the school timetable together and marked the days on which the bus is late.
{0} has a dental appointment on Thursday and would like a lift.
Dinner was on the table; there was enough of it, and everybody sat down.
The heating engineer has been, and the bathroom is warm again.
{0} showed me a drawing of the harbour that took two evenings.
The school reports that homework is handed in and that maths goes well.
I rang {1}, the uncle, who will take the brothers swimming at the weekend.
{0} sleeps well since the bunk bed came, and says so with some pride.
The review is on the third of next month, and the invitation has gone out.
We talked about the move, what is already in boxes and what has to be found.
{1} asked for the number of the housing office, which I gave.
The reading group meets on Tuesdays, and {0} has not missed one.
{0} wanted to know when the allotment can be dug over, and whether there would be potatoes.
New shoes have been bought out of the clothing grant; the receipt is on file.
The health visitor has weighed the baby, who follows the line.
{1} has started work at the bakery, and the mornings begin early.
I confirmed the contact times for the holidays in writing.
{0} came third in the cross-country run and was clapped in assembly.
The smoke alarm was tested while I was there; it works.
We agreed that {0} rings on Fridays, and that I ring back where it does not suit.
Glasses were collected from the optician and are worn.
The passport form has been signed and goes off tomorrow.
{0} told me about the guinea pigs, their names and what each of them likes.
""".strip().splitlines()

SCHEMA = pa.schema(
    {
        "id": pa.int64(),
        "child_id": pa.int64(),
        "date": pa.date32(),
        "team": pa.string(),
        "author": pa.string(),
        "age": pa.int32(),
        "note": pa.string(),
    }
)


def samples() -> dict[str, list[list[str]]]:
    """Read the sample notes: paragraphs of sentences, in which each name is a place for one."""
    notes = {}
    for path in sorted(SAMPLES.glob("*.*")):
        if path.suffix not in {".txt", ".md"}:
            continue
        text = path.read_text(encoding="utf-8").replace("{", "(").replace("}", ")")
        if text.startswith("---\n"):
            text = text.split("\n---\n", 1)[1]
        text = NAME.sub(lambda name: "{n[" + str(NAMES.index(name[0])) + "]}", text.strip())
        notes[path.stem] = [SENTENCE.split(paragraph) for paragraph in text.split("\n\n")]
    return notes


def write_note(rng: random.Random, paragraphs: list[list[str]], has_form: bool) -> str:
    """Write one note: most of the sentences of a sample, about other people."""
    kept = (" ".join(sentence for sentence in paragraph if rng.random() < 0.85) for paragraph in paragraphs)  # noqa: PLR2004
    body = "\n\n".join(paragraph for paragraph in kept if paragraph)
    form = FORM.format(reason=rng.choice(REASONS)) if has_form else ""
    names = rng.sample(OTHERS, len(NAMES))
    return form + body.format(n=names)


def plain_note(rng: random.Random, has_form: bool) -> str:
    """Write a note of an uneventful day."""
    form = FORM.format(reason=rng.choice(REASONS)) if has_form else ""
    names = rng.sample(OTHERS, 2)
    return form + "\n".join(rng.sample(PLAIN, 13)).format(*names)


def notes(number: int, seed: int) -> pa.RecordBatch:
    """Invent `number` notes."""
    rng = random.Random(seed)
    texts = samples()
    names = list(texts)
    columns: dict[str, list[object]] = {name: [] for name in SCHEMA.names}
    days = (LAST - FIRST).days + 1
    for row in range(number):
        day = FIRST + datetime.timedelta(days=rng.randrange(days))
        team = rng.choice(TEAMS)
        is_trained = team in TRAINED and day >= TRAINING
        weights = [(6 if is_trained else 2) if name in THINKING else 2 for name in names]
        sample = rng.choices(names, weights)[0]
        child = rng.randrange(CHILDREN)
        values = {
            "id": seed * IN_A_FILE + row,
            "child_id": child,
            "date": day,
            "team": team,
            "author": f"{team[:3]}-{rng.randrange(AUTHORS_IN_TEAM):02}",
            "age": 9 + child % 9 if child % 7 else None,
            "note": write_note(rng, texts[sample], day >= TEMPLATE) if rng.randrange(SAMPLED) == 0 else plain_note(rng, day >= TEMPLATE),
        }
        for name, value in values.items():
            columns[name].append(value)
    return pa.RecordBatch.from_pydict(columns, schema=SCHEMA)


def main() -> None:
    """Write files of Parquet."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--notes", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("notes"))
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for number, start in enumerate(range(0, arguments.notes, IN_A_FILE)):
        batch = notes(min(IN_A_FILE, arguments.notes - start), arguments.seed * 1_000 + number)
        pq.write_table(pa.Table.from_batches([batch]), arguments.out / f"part-{number:04}.parquet", row_group_size=20_000)


if __name__ == "__main__":
    main()
