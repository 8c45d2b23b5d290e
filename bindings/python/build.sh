#!/usr/bin/env bash
# Builds the wheel: bash bindings/python/build.sh [FOLDER] puts it into FOLDER, target/wheels where nothing is said. It needs Rust and Python 3.10
# or later, and takes maturin from PATH or else fetches it.
set -euo pipefail
out=$(realpath -m "${1:-target/wheels}")
cd "$(dirname "${BASH_SOURCE[0]}")"
cache=${CASELINT_CI_CACHE:-$HOME/.cache/caselint-ci}/maturin

if ! command -v maturin >/dev/null; then
  [ -x "$cache/bin/maturin" ] || { python3 -m venv --clear "$cache" && "$cache/bin/pip" install --quiet --disable-pip-version-check "maturin==1.16.0"; }
  PATH=$cache/bin:$PATH
fi
# The places where things lie on this computer do not go into it. Named as a target, its build stands apart from others.
host=$(rustc -vV | sed -n 's/^host: //p')
name=$(tr a-z- A-Z_ <<<"$host")
target=${CARGO_TARGET_DIR:-$(realpath ../../target)}
export "CARGO_TARGET_${name}_RUSTFLAGS=--remap-path-prefix=$(realpath ../..)=/caselint --remap-path-prefix=$(realpath -m "$target")=/target \
--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo"
maturin build --locked --release --target "$host" --out "$out" --quiet
wheels=("$out"/caselint-*-cp39-abi3-*.whl)
if [ "${#wheels[@]}" -ne 1 ] || [ ! -e "${wheels[0]}" ]; then
  echo "expected one wheel for all versions from 3.9 in $out, and there is ${wheels[*]}" >&2
  exit 1
fi
