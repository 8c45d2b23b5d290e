#!/usr/bin/env bash
# Whether the same sources give the same bytes: bash packaging/twice.sh builds the last commit in two places, each with nothing built
# before, and compares. It takes as long as two builds.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for place in here/caselint some-where/else; do
  git clone --quiet "$root" "$work/$place"
  echo "$place"
  (cd "$work/$place" && CARGO_TARGET_DIR="$work/$place/target" bash packaging/build.sh "$work/$place/out" >"$work/log" 2>&1) || { tail -n 30 "$work/log" >&2; exit 1; }
done
diff "$work/here/caselint/out/SHA256SUMS" "$work/some-where/else/out/SHA256SUMS"
echo "the same bytes twice: $(wc -l <"$work/here/caselint/out/SHA256SUMS") files"
