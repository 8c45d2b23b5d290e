"""What several tests share. `CASELINT` names the command line program that results are compared with."""

import json
import os
import subprocess
from pathlib import Path

import pytest

import caselint

REPOSITORY = Path(__file__).parents[3]
CORPUS = REPOSITORY / "tests/corpus/dev"
# A local lexicon with a family of its own.
WORDS = REPOSITORY / "tests/config/words.toml"


@pytest.fixture(scope="session")
def linter():
    return caselint.Linter()


@pytest.fixture(scope="session")
def command():
    """Runs the command line program."""
    program = os.environ["CASELINT"]

    def run(*arguments):
        return subprocess.run([program, *map(str, arguments)], capture_output=True, encoding="utf-8", check=False)

    return run


@pytest.fixture(scope="session")
def labelled():
    """The records of the labelled notes that may be read, without their labels."""
    lines = [line for path in sorted(CORPUS.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines() if line]
    records = [json.loads(line) for line in lines]
    assert len(records) > 100
    return [{key: value for key, value in record.items() if key not in {"labels", "gaps"}} for record in records]


@pytest.fixture(scope="session")
def reported(command, labelled, tmp_path_factory):
    """What the command line says of each of them. One file a record: what an export repeats is taken for printed in its form."""
    folder = tmp_path_factory.mktemp("records")
    for number, record in enumerate(labelled):
        (folder / f"{number:06}.jsonl").write_text(json.dumps(record), encoding="utf-8")
    done = command("check", "--no-config", "--show-left", "--format", "json", folder)
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    assert len(report["records"]) == len(labelled)
    return report
