"""Writes what fuzzing begins with, made from files of the tests: `python3 seeds.py FOLDER`. A folder a target."""

import json
import re
import sys
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUT = Path(sys.argv[1])
MADE = ROOT / "tests/formats/made"


def put(target, number, data):
    """Writes a seed, unless it is larger than what the fuzzer keeps."""
    folder = OUT / target
    folder.mkdir(parents=True, exist_ok=True)
    data = data.encode() if isinstance(data, str) else data
    if len(data) <= 20_000:
        (folder / f"seed-{number}").write_bytes(data)


def parts(ending, name):
    """The part of that name of each document that can be opened."""
    for path in sorted(MADE.glob(f"*.{ending}")):
        try:
            yield zipfile.ZipFile(path).read(name)
        except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError):
            continue


def phrases(value):
    """All phrases of a lexicon file."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in {"phrases", "leave", "members"} and isinstance(inner, list):
                yield from (phrase for phrase in inner if isinstance(phrase, str))
            else:
                yield from phrases(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from phrases(inner)


lines = [line for path in sorted((ROOT / "tests/corpus/dev").glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
for number, line in enumerate(lines[::12]):
    put("record", number, line)
    put("labelled", number, line)
    record = json.loads(line)
    boxes = [{"id": str(at), "text": text} for at, text in enumerate(re.split(r"\n\n", record["text"]))]
    put("record", f"{number}-boxes", json.dumps({"fields": boxes, "subject": record.get("subject", {})}))
    asked = {"text": record["text"], "subject": record.get("subject", {})}
    put("request", number, json.dumps({"record": asked, "policy": {"stage": "finalise"}, "offsets": "utf-16"}))
    put("request", f"{number}-batch", json.dumps({"records": [asked, {"fields": boxes}], "policy": {"profile": "full"}, "offsets": "utf-32"}))
for number, path in enumerate(sorted((ROOT / "examples/notes").glob("*.txt")) + sorted(MADE.glob("*.txt"))):
    put("note", number, path.read_bytes())
for number, part in enumerate(parts("docx", "word/document.xml")):
    put("docx", number, part)
for number, part in enumerate(parts("odt", "content.xml")):
    put("odt", number, part)
for ending in ["rtf", "html"]:
    for number, path in enumerate(sorted(MADE.glob(f"*.{ending}"))):
        put(ending, number, path.read_bytes())
for number, path in enumerate(sorted(MADE.glob("*.eml"))):
    put("mail", number, path.read_bytes().partition(b"\n\n")[2] or path.read_bytes())
for number, path in enumerate(sorted(MADE.glob("*.csv")) + sorted(MADE.glob("*.tsv"))):
    put("table", number, path.read_bytes())
found = [phrase for path in sorted((ROOT / "lexicons").rglob("*.toml")) for phrase in phrases(tomllib.loads(path.read_text(encoding="utf-8")))]
for number, phrase in enumerate(found[::40]):
    put("pattern", number, phrase)
put("lexicon", "starter", (ROOT / "src/cli/starter.toml").read_text(encoding="utf-8"))
for number, path in enumerate(sorted((ROOT / "lexicons").rglob("*.toml"))):
    put("lexicon", number, path.read_bytes())
for number, path in enumerate(sorted((ROOT / "tests/config").rglob("*.toml"))):
    put("config", number, path.read_bytes())
for number, path in enumerate(sorted((ROOT / "examples/exercises").glob("*.toml"))):
    put("exercise", number, path.read_bytes())
