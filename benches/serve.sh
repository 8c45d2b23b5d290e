#!/usr/bin/env bash
# How fast caselint answers a case system: over HTTP on loopback, by a load from a process of its own, with a note of 5 KB; and as a child
# process. Figures of one run compare with each other; on a shared machine those of two runs do not.
#
#     bash benches/serve.sh [REQUESTS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
requests=${1:-100000}

cargo build --release --locked --bin caselint --example serve_load
target=${CARGO_TARGET_DIR:-target}/release
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT

python3 - "$work" <<'PY'
import json, pathlib, sys

notes = [path.read_text() for path in sorted(pathlib.Path("examples/notes").glob("*.txt"))]
text = "\n\n".join(notes).encode()[:5000].decode(errors="ignore")
work = pathlib.Path(sys.argv[1])
(work / "note.json").write_text(json.dumps({"record": {"text": text}, "policy": {"stage": "finalise"}}))
PY

"$target/caselint" serve --address 127.0.0.1:0 --no-log --rate 1000000 2>"$work/log" &
server=$!
until address=$(sed -n 's/.*http:\/\/\([^;]*\);.*/\1/p' "$work/log") && [ -n "$address" ]; do kill -0 "$server"; done

load() { "$target/examples/serve_load" "$address" "$work/note.json" --pid "$server" "$@"; }
echo "HTTP, to warm up"
load --connections 64 --requests $((requests / 10))
echo "HTTP, as many as there can be"
load --connections 64 --requests "$requests"
echo "HTTP, 1000 a second"
load --connections 64 --requests $((requests / 10)) --rate 1000

python3 - "$target/caselint" "$work/note.json" "$((requests / 10))" <<'PY'
import json, statistics, subprocess, sys, time

program, note, count = sys.argv[1], open(sys.argv[2]).read(), int(sys.argv[3])


def told(what, times):
    times.sort()
    milliseconds = [time * 1e3 for time in times]
    print(f"{what}: median {statistics.median(milliseconds):.2f} ms, 99th percentile {milliseconds[int(len(times) * 0.99)]:.2f} ms")


def resident(pid):
    return next(line.split()[1] for line in open(f"/proc/{pid}/status") if line.startswith("VmRSS"))


times = []
for _ in range(50):
    begun = time.perf_counter()
    subprocess.run([program, "hook"], input=note, capture_output=True, text=True)
    times.append(time.perf_counter() - begun)
told("hook, started for each note", times)

child = subprocess.Popen([program, "hook", "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
line, times = note + "\n", []
for number in range(count):
    begun = time.perf_counter()
    child.stdin.write(line)
    child.stdin.flush()
    answer = child.stdout.readline()
    times.append(time.perf_counter() - begun)
    if number == count // 10:
        before = resident(child.pid)
assert json.loads(answer)["decision"] == "prompt"
told("hook --stdio", times)
print(f"{count / sum(times):.0f} a second; resident memory: {before} kB after a tenth, {resident(child.pid)} kB at the end")
child.stdin.close()
child.wait()
PY
