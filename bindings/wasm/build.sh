#!/usr/bin/env bash
# Builds caselint for the web: bash bindings/wasm/build.sh [FOLDER] puts the npm package, caselint.html and the demonstration of
# examples/presave into FOLDER, target/web where nothing is said. It needs Rust and Node 18.
#
# packaging/cross.sh says where the standard library for the web comes from.
set -euo pipefail
out=$(realpath -m "${1:-target/web}")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."
target=wasm32-unknown-unknown
# shellcheck source=packaging/cross.sh
source packaging/cross.sh

fail() {
  echo "wasm: $*" >&2
  exit 1
}

# Builds with these flags, and puts the module to $1.
compile() {
  local module=$1
  shift
  # Where the standard library is built here, a panic's words need not be there: it ends the instance whatever it says.
  if ! has_target "$target"; then
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-19
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Zunstable-options -Cpanic=immediate-abort"
  fi
  cross_cargo "$target" std,panic_abort build --locked --package caselint-wasm --profile web "$@"
  cp "$CARGO_TARGET_DIR/$target/web/caselint_wasm.wasm" "$module"
}

command -v node >/dev/null || fail "Node is missing; install Node 18 or later"
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-target}
prepare_target "$target" lld-19
mkdir -p "$out"
# The package is to be small; the page also opens files.
compile "$out/engine.wasm"
compile "$out/page.wasm" --features page
node "$here/assemble.mjs" "$out"
