#!/usr/bin/env bash
# Looks for input that breaks the engine and what it reads: bash tests/fuzz/run.sh [SECONDS [TARGET…]] gives each fuzz target so many seconds of one
# core, 60 where nothing is said. It needs Rust and a C++ compiler, and fetches cargo-fuzz. What it learns goes to a cache outside the clone, with
# tests/fuzz/corpus and files of the tests to begin with; what breaks something stays in artifacts there, and the status is then 1.
set -euo pipefail
seconds=${1:-60}
shift || true
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
cache=${CASELINT_CI_CACHE:-$HOME/.cache/caselint-ci}/fuzz
root=$PWD
fuzz_version=0.13.2
export CARGO_TARGET_DIR=$cache/target CARGO_INCREMENTAL=0

if ! command -v cargo-fuzz >/dev/null; then CARGO_TARGET_DIR=$cache/tools-build cargo install --locked "cargo-fuzz@$fuzz_version"; fi

if [ $# -gt 0 ]; then targets=("$@"); else mapfile -t targets < <(basename -s .rs -a tests/fuzz/fuzz_targets/*.rs); fi
# No address sanitizer: it looks for faults of memory, which code without `unsafe` has not.
build() { cargo fuzz build --fuzz-dir tests/fuzz --sanitizer none "$1"; }

python3 tests/fuzz/seeds.py "$cache/seeds"
status=0
for target in "${targets[@]}"; do
  build "$target"
  corpus=$cache/corpus/$target
  mkdir -p "$corpus" "$cache/artifacts/$target" "tests/fuzz/corpus/$target"
  program=$(find "$cache/target" -path "*/release/$target" -type f -perm -u+x -print -quit)
  # The first folder is the one that new input goes to. A record takes milliseconds, so ten seconds are a fault.
  broke=0
  TIMEFORMAT="$target: %U seconds of the processor"
  time "$program" "$corpus" "tests/fuzz/corpus/$target" "$cache/seeds/$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
    -max_len=20000 -artifact_prefix="$cache/artifacts/$target/" -print_final_stats=1 -verbosity=0 2>&1 |
    { grep -E 'panicked|SUMMARY|stat::number_of|Test unit|libFuzzer:|assert' || true; } || broke=1
  if [ "$broke" -ne 0 ] || [ -n "$(ls -A "$cache/artifacts/$target")" ]; then
    echo "$target: see $cache/artifacts/$target" >&2
    status=1
  fi
done
rmdir --ignore-fail-on-non-empty "$root"/tests/fuzz/corpus/* 2>/dev/null || true
exit "$status"
