#!/usr/bin/env bash
# Builds the book: bash docs/build.sh [FOLDER] writes it to FOLDER, target/book where nothing is said. It needs Rust, mdBook (MDBOOK names it,
# where it is not on the path) and Node 18, which checks that every link within the book leads somewhere.
set -euo pipefail
out=$(realpath -m "${1:-target/book}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The pages keep their places among what they lead to, so that a link is right here and in the repository.
mkdir -p "$work/src"
cp docs/book.toml "$work/"
cp README.md CONTRIBUTING.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE "$work/src/"
parts=(docs lexicons examples schemas bindings/python/README.md bindings/wasm/README.md bindings/wasm/index.d.ts packaging/README.md tests/real/README.md
  tests/corpus/README.md tests/corpus/own/README.md tests/fairness/README.md)
git ls-files --cached --others --exclude-standard "${parts[@]}" | while IFS= read -r file; do
  install -D -m 644 "$file" "$work/src/$file"
done
rm "$work/src/docs/book.toml" "$work/src/docs/SUMMARY.md"
cargo run --locked --quiet --example reference -- "$work/src/docs/reference"
# mdBook makes index.html of a README, and leads to README.html.
find "$work/src" -name README.md -execdir mv {} index.md \;
find "$work/src" -name '*.md' -exec sed -i 's/README\.md\([)#]\)/index.md\1/g' {} +
sed -e 's/README\.md/index.md/' -e 's/](/](docs\//' -e 's/](docs\/\.\.\//](/' docs/SUMMARY.md >"$work/src/SUMMARY.md"

rm -rf "$out"
"${MDBOOK:-mdbook}" build --dest-dir "$out" "$work"
node docs/links.mjs "$out"
