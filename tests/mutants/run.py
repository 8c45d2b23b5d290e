"""Changes the verdict and context modules in each way that cargo-mutants knows, and tells which changes no test sees:

    python3 tests/mutants/run.py [--cache FOLDER] [--only REGEX]

cargo-mutants builds the crate once for each change, which takes hours. Here all changes stand in one program, and a variable chooses one. It needs Rust
and cargo-mutants (`cargo install --locked cargo-mutants`). It reads the last commit. Survivors are printed, a line each, and kept in `survivors.txt`
of the folder; those that change nothing that can be seen are for a reader to tell.
"""

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES = ["src/verdict.rs", "src/weigh.rs", "src/context/**"]
# The quickest that see most come first; the last are slow, and few changes come to them.
TESTS = ["behaviour", "ages", "notes", "case", "accuracy", "forms", "caselint", "fairness", "invariance", "gaps"]
SECONDS = 120
IDS = re.compile(r"mutants::is\((\d+)\)")


def cargo(arguments, source, cache, **more):
    settings = {"CARGO_TARGET_DIR": str(cache / "target"), "CARGO_PROFILE_DEV_DEBUG": "0", "CARGO_PROFILE_TEST_DEBUG": "0"}
    return subprocess.run(["cargo", *arguments], cwd=source, env={**os.environ, **settings}, capture_output=True, text=True, **more)


def messages(output):
    return (json.loads(line) for line in output.splitlines() if line.startswith("{"))


def faulty(source, cache):
    """The changes that do not compile, by the lines of the errors; and the files and texts of errors that are of no change."""
    found, elsewhere = set(), []
    for message in messages(cargo(["check", "--locked", "--lib", "--message-format", "json"], source, cache).stdout):
        if message.get("reason") != "compiler-message" or message["message"]["level"] != "error":
            continue
        ids = set()
        for span in message["message"]["spans"]:
            file = source / span["file_name"]
            lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
            # Around an error that spans a body, the change at its head is the one.
            for line in lines[max(0, span["line_start"] - 2) : span["line_start"] + 3]:
                ids |= {int(number) for number in IDS.findall(line)}
        found |= ids
        if not ids and message["message"]["spans"]:
            elsewhere.append((message["message"]["spans"][0]["file_name"], message["message"]["message"]))
    return found, elsewhere


def prepared(source, cache, listed):
    """Writes all changes that compile into the source, and says which those are."""
    tool = ROOT / "tests/mutants"
    subprocess.run(["cargo", "build", "--quiet", "--manifest-path", str(tool / "Cargo.toml"), "--target-dir", str(cache / "tool")], check=True)
    # Nothing else can be returned beside what some trait is implemented by.
    dropped = {number for number, change in enumerate(listed) if change["genre"] == "FnValue" and "impl " in change["function"]["return_type"]}
    while True:
        subprocess.run(["git", "checkout", "--quiet", "."], cwd=source, check=True)
        rewrite = [str(cache / "tool/debug/caselint-mutants"), str(cache / "mutants.json"), str(source), *map(str, sorted(dropped))]
        left_out = subprocess.run(rewrite, check=True, capture_output=True, text=True).stdout
        found, elsewhere = faulty(source, cache)
        if not found and not elsewhere:
            break
        if not found:
            # Without an arm that must be there a match is not exhaustive, and the error stands at the match.
            files = {file for file, _ in elsewhere}
            found = {number for number, change in enumerate(listed) if change["genre"] == "MatchArm" and change["file"] in files} - dropped
        if not found:
            sys.exit("these errors are of no change: " + "; ".join(text for _, text in elsewhere))
        dropped |= found
    dropped |= {int(line.split("\t")[0]) for line in left_out.splitlines()}
    print(f"{len(listed)} changes, of which {len(dropped)} do not compile beside the others", flush=True)
    return [number for number in range(len(listed)) if number not in dropped]


def programs(source, cache):
    """The test programs, by name."""
    tests = [argument for test in TESTS if test != "caselint" for argument in ["--test", test]]
    built = cargo(["test", "--locked", "--no-run", "--lib", *tests, "--message-format", "json"], source, cache, check=True)
    made = [message for message in messages(built.stdout) if message.get("executable") and message["profile"]["test"]]
    return {message["target"]["name"]: message["executable"] for message in made}


def fate(number, made, source):
    """What sees a change; nothing where it survives. None is the right code."""
    chosen = {} if number is None else {"MUTANT": str(number)}
    for test in TESTS:
        try:
            ended = subprocess.run([made[test]], env={**os.environ, "INSTA_UPDATE": "no", **chosen}, cwd=source, capture_output=True, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return f"{test}, which took too long"
        if ended.returncode != 0:
            return test
    return None


def main():
    parser = argparse.ArgumentParser(description="Tells which changes of the verdict and context modules no test sees.")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache/caselint-ci/mutants")
    parser.add_argument("--only", type=re.compile, default=re.compile(""), help="changes whose name matches, such as src/weigh.rs")
    arguments = parser.parse_args()
    cache, source = arguments.cache, arguments.cache / "source"
    cache.mkdir(parents=True, exist_ok=True)
    subprocess.run(["rm", "-rf", str(source)], check=True)
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(source)], check=True)
    files = [argument for file in FILES for argument in ["-f", file]]
    listed = cargo(["mutants", "--list", "--json", *files], source, cache, check=True).stdout
    (cache / "mutants.json").write_text(listed, encoding="utf-8")
    listed = json.loads(listed)
    numbers = [number for number in prepared(source, cache, listed) if arguments.only.search(listed[number]["name"])]
    made = programs(source, cache)
    if (failed := fate(None, made, source)) is not None:
        sys.exit(f"without any change the test {failed} fails")
    survivors = []
    for number in numbers:
        if fate(number, made, source) is None:
            survivors.append(listed[number]["name"])
            print(f"survived: {survivors[-1]}", flush=True)
    (cache / "survivors.txt").write_text("".join(f"{name}\n" for name in survivors), encoding="utf-8")
    print(f"{len(numbers)} tried, {len(numbers) - len(survivors)} seen by a test, {len(survivors)} survived")


main()
