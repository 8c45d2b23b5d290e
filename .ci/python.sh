#!/usr/bin/env bash
# The Python package: its style and types, its wheel, and its tests with PySpark 3.5 and 4, of which the comparison with the command line is
# one. It needs Rust, Python 3.10 or later and Java 17 or later, and installs the rest; what it writes goes to a cache outside the clone.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/.."
cache=${CASELINT_CI_CACHE:-$HOME/.cache/caselint-ci}/python
package=bindings/python
mkdir -p "$cache"

if ! command -v java >/dev/null; then
  root=()
  [ "$(id -u)" -eq 0 ] || root=(sudo)
  "${root[@]}" apt-get update
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends default-jre-headless
fi

# A virtual environment a version of Spark.
environment() {
  local name=$1 wanted=$package/tests/requirements-$1.txt
  if ! cmp -s "$wanted" "$cache/$name.txt"; then
    python3 -m venv --clear "$cache/$name"
    "$cache/$name/bin/pip" install --quiet --disable-pip-version-check -r "$wanted"
    cp "$wanted" "$cache/$name.txt"
  fi
}
environment spark-3.5
environment spark-4
tools=$cache/spark-4/bin

"$tools/ruff" check --no-cache --config "$package/pyproject.toml" "$package" examples/audit benches/scale.py
"$tools/ruff" format --no-cache --config "$package/pyproject.toml" --check "$package" examples/audit benches/scale.py
"$tools/mypy" --cache-dir "$cache/mypy" --config-file "$package/pyproject.toml" "$package/python"

# A program that is there already may be given.
if [ -z "${CASELINT:-}" ]; then
  cargo build --locked --bin caselint
  CASELINT=$(realpath "${CARGO_TARGET_DIR:-target}/debug/caselint")
fi
export CASELINT
cargo test --locked --package caselint-python --test guard

rm -rf "$cache/wheels"
PATH=$tools:$PATH bash "$package/build.sh" "$cache/wheels"
wheels=("$cache"/wheels/*.whl)

export PYTHONDONTWRITEBYTECODE=1 SPARK_LOCAL_IP=127.0.0.1
for name in spark-3.5 spark-4; do
  "$cache/$name/bin/pip" install --quiet --disable-pip-version-check --no-deps --force-reinstall "${wheels[0]}"
done
"$cache/spark-4/bin/python" -m pytest -q -p no:cacheprovider "$package/tests"
"$cache/spark-3.5/bin/python" -m pytest -q -p no:cacheprovider "$package/tests/test_spark.py"

# The example on a few notes: the programs that read tables larger than memory agree, and the notebook runs.
rm -rf "$cache/notes"
"$tools/python" examples/audit/make_notes.py --notes 3000 --out "$cache/notes"
"$tools/python" examples/audit/laptop.py --with duckdb "$cache/notes" >"$cache/duckdb.txt"
"$tools/python" examples/audit/laptop.py --with polars "$cache/notes" >"$cache/polars.txt"
cmp "$cache/duckdb.txt" "$cache/polars.txt"
NOTES="$cache/notes" PATH=$tools:$PATH "$tools/jupyter" nbconvert --to notebook --execute --log-level WARN --output-dir "$cache" examples/audit/audit.ipynb
