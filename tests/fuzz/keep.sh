#!/usr/bin/env bash
# Keeps a few small inputs of each fuzz target in tests/fuzz/corpus, from which the next run begins: bash tests/fuzz/keep.sh. Of what run.sh has learned it takes
# inputs of at most BYTES that together reach most, the smallest first, and FILES of a target at most.
set -euo pipefail
BYTES=400
FILES=40
cd "$(dirname "${BASH_SOURCE[0]}")"
cache=${CASELINT_CI_CACHE:-$HOME/.cache/caselint-ci}/fuzz
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for target in $(basename -s .rs -a fuzz_targets/*.rs); do
  program=$(find "$cache/target" -path "*/release/$target" -type f -perm -u+x -print -quit)
  mkdir -p "$work/$target/small" "$work/$target/chosen" "corpus/$target"
  # A name tells what is in a file, so what both folders have is the same.
  for folder in "$cache/corpus/$target" "corpus/$target"; do
    find "$folder" -type f -size "-$((BYTES + 1))c" -exec cp -t "$work/$target/small" {} +
  done
  "$program" -set_cover_merge=1 "$work/$target/chosen" "$work/$target/small" >/dev/null 2>&1
  rm -rf "corpus/$target"
  mkdir -p "corpus/$target"
  find "$work/$target/chosen" -type f -printf '%s %p\n' | sort -n | sed -n "1,${FILES}p" | cut -d' ' -f2- | xargs cp -t "corpus/$target"
  echo "$target: $(find "corpus/$target" -type f | wc -l) of $(find "$cache/corpus/$target" -type f | wc -l)"
done
