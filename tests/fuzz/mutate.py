"""Gives the program broken input for a while: python3 tests/fuzz/mutate.py PROGRAM [--seconds 600] [--seed 1] [--keep FOLDER]

It begins with good and hostile files of tests/formats/made, with notes, lexicon files and requests, and changes them by chance: bits, bytes, pieces taken out,
doubled, moved, put in from other files, and numbers made large. It does not look at what code was reached. Files go to `check`, lexicon files to `lexicon
check` (the pattern compiler), requests to `hook --stdio`, which reads them as `serve` does. A fault is an end by a signal, an exit status but 0, 1 or 2, a breakdown
that was caught and told, or a command that takes more than two
minutes of the processor. What led to one is kept, and the status is then 1.
"""

import argparse
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LARGE = [b"0", b"-1", b"255", b"65535", b"65536", b"2147483647", b"4294967296", b"99999999999999999999", b"1e309", b"NaN"]
SIGNS = [b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\xe2\x80\xae", b"\r", b"\n\n", b'"', b"<", b"&#0;", b"{", b"(", b"..9", b"~", b"?", b"|", b"]/"]
REQUESTS = [
    b'{"record": {"id": "n1", "text": "Sam puts herself at risk.", "subject": {"age": 13}}, "policy": {"stage": "finalise"}, "offsets": "utf-16"}',
    b'{"record": {"fields": [{"id": "said", "heading": "What was said", "text": "Mum says she consented.", "voice": "parent"}, {"id": "a", "text": ""}]}}',
    '{"text": "Zoë “absconded” 😀 again.", "date": "12/03/2026", "genre": "case note", "subject": {"date_of_birth": "02/09/2012"}}'.encode(),
]


def changed(chance, data, others):
    """The data with one to eight changes."""
    data = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 3, 8])):
        at = chance.randrange(len(data) + 1)
        length = min(chance.choice([1, 2, 4, 16, 200]), len(data) - at)
        how = chance.randrange(8)
        if how == 0 and at < len(data):
            data[at] ^= 1 << chance.randrange(8)
        elif how == 1 and at < len(data):
            data[at] = chance.randrange(256)
        elif how == 2:
            del data[at : at + length]
        elif how == 3:
            data[at:at] = data[at : at + length] * chance.choice([1, 2, 50])
        elif how == 4:
            piece = data[at : at + length]
            del data[at : at + length]
            to = chance.randrange(len(data) + 1)
            data[to:to] = piece
        elif how == 5:
            other = chance.choice(others)
            start = chance.randrange(len(other) + 1)
            data[at : at + length] = other[start : start + chance.choice([4, 40, 400])]
        elif how == 6:
            data[at : at + length] = chance.choice(LARGE)
        else:
            data[at:at] = chance.choice(SIGNS)
    return bytes(data)


class Fuzz:
    def __init__(self, arguments):
        self.program = str(Path(arguments.program).resolve())
        self.keep = Path(arguments.keep)
        self.chance = random.Random(arguments.seed)
        self.faults = 0
        self.inputs = {}
        made = [path for path in sorted((ROOT / "tests/formats/made").iterdir()) if path.stat().st_size < 200_000]
        notes = sorted((ROOT / "examples/notes").iterdir()) + sorted((ROOT / "examples/case-julia").iterdir())
        self.files = [(path.suffix, path.read_bytes()) for path in made + notes]
        words = sorted((ROOT / "tests").glob("*/words.toml")) + [ROOT / "src/cli/starter.toml", ROOT / "lexicons/gaps.toml"]
        self.words = [path.read_bytes() for path in words]
        self.folder = Path(tempfile.mkdtemp(prefix="caselint-fuzz-"))

    def run(self, what, arguments, given, stdin=None):
        """Runs the program on what was made, and keeps it where there is a fault."""
        self.inputs[what] = self.inputs.get(what, 0) + len(given)
        # Time of the processor is limited, since a clock also counts what other programs take.
        limited = lambda: resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
        ended = subprocess.run([self.program, *arguments], input=stdin, capture_output=True, check=False, preexec_fn=limited)
        if ended.returncode not in (0, 1, 2):
            self.fault(what, f"ends with {ended.returncode}", given)
        elif b"broke down" in ended.stderr + ended.stdout:
            said = [line for line in (ended.stderr + ended.stdout).splitlines() if b"broke down" in line]
            self.fault(what, said[0].decode(errors="replace"), given)

    def fault(self, what, how, given):
        self.faults += 1
        kept = self.keep / f"{what}-{self.faults}"
        kept.mkdir(parents=True, exist_ok=True)
        for name, data in given:
            with open(kept / name, "ab") as file:
                file.write(data if len(given) == 1 or name != "bodies.jsonl" else data + b"\n")
        print(f"{what}: {how}; kept in {kept}", flush=True)

    def documents(self):
        others = [data for _, data in self.files]
        given = []
        for number in range(30):
            suffix, data = self.chance.choice(self.files)
            name = f"{number}{self.chance.choice([suffix, suffix, suffix, '.txt', '.docx', '.csv'])}"
            given.append((name, changed(self.chance, data, others)))
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        for name, data in given:
            (self.folder / name).write_bytes(data)
        limits = ["--limit", "seconds=20", "--limit", "unpacked-size=50MB", "--limit", "memory=500MB"]
        self.run("documents", ["check", str(self.folder), "--fail-on", "never", "--format", "jsonl", "--no-config", *limits], given)

    def lexicons(self):
        given = [("words.toml", changed(self.chance, self.chance.choice(self.words), self.words))]
        path = self.folder / "words.toml"
        path.write_bytes(given[0][1])
        self.run("lexicons", ["lexicon", "check", str(path)], given)
        path.unlink()

    def requests(self):
        texts = [data for suffix, data in self.files if suffix in (".txt", ".md")]
        bodies = [changed(self.chance, self.chance.choice(REQUESTS), REQUESTS + texts).replace(b"\n", b" ") for _ in range(300)]
        stdin = b"\n".join(bodies) + b"\n"
        self.run("requests", ["hook", "--stdio"], [("bodies.jsonl", body) for body in bodies], stdin)

    def texts(self):
        """Whole notes as text, by way of requests, so that the engine sees many in a short time."""
        import json

        others = [data for suffix, data in self.files if suffix in (".txt", ".md")]
        bodies = []
        for _ in range(200):
            text = changed(self.chance, self.chance.choice(others), others + self.words).decode(errors="replace")
            bodies.append(json.dumps({"record": {"text": text}, "offsets": self.chance.choice(["utf-8", "utf-16", "utf-32"])}).encode())
        self.run("texts", ["hook", "--stdio", "--profile", "full"], [("bodies.jsonl", body) for body in bodies], b"\n".join(bodies) + b"\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", default="fuzz-faults")
    arguments = parser.parse_args()
    fuzz = Fuzz(arguments)
    begun = time.monotonic()
    while time.monotonic() - begun < arguments.seconds:
        for step in (fuzz.documents, fuzz.lexicons, fuzz.requests, fuzz.texts):
            step()
    shutil.rmtree(fuzz.folder)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    counts = ", ".join(f"{count} {what}" for what, count in fuzz.inputs.items())
    print(f"{counts}; {used.ru_utime + used.ru_stime:.0f} s of processor time in {time.monotonic() - begun:.0f} s; {fuzz.faults} faults")
    sys.exit(1 if fuzz.faults else 0)


if __name__ == "__main__":
    main()
