#!/usr/bin/env bash
# Runs the tests of pages in a real Chromium: bash tests/browser/run.sh [FILE.test.cjs…]. It needs Rust and Node 18 or later, and installs
# the rest: the packages of package-lock.json and, where there is none, Chromium. All that it writes goes to a cache outside the clone.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."
cache=${CASELINT_CI_CACHE:-$HOME/.cache/caselint-ci}/browser

fail() {
  echo "browser tests: $*" >&2
  exit 1
}

install() {
  local root=()
  [ "$(id -u)" -eq 0 ] || root=(sudo)
  "${root[@]}" apt-get update
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

find_chromium() {
  command -v chromium || command -v chromium-browser || command -v google-chrome
}

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then install nodejs npm; fi
if [ -z "${CHROMIUM:-}" ] && ! find_chromium >/dev/null; then install chromium; fi
CHROMIUM=${CHROMIUM:-$(find_chromium)} || fail "Chromium is missing; install it, or set CHROMIUM to its path"

mkdir -p "$cache"
if ! cmp -s "$here/package-lock.json" "$cache/installed-lock.json"; then
  cp "$here/package.json" "$here/package-lock.json" "$cache/"
  npm ci --ignore-scripts --no-audit --no-fund --prefix "$cache"
  cp "$here/package-lock.json" "$cache/installed-lock.json"
fi

# A program that is there already may be given.
if [ -z "${CASELINT:-}" ]; then
  cargo build --locked --bin caselint
  CASELINT=${CARGO_TARGET_DIR:-target}/debug/caselint
fi
CASELINT=$(realpath "$CASELINT")
CASELINT_WEB=$cache/web
bash bindings/wasm/build.sh "$CASELINT_WEB"
export CHROMIUM CASELINT CASELINT_WEB NODE_PATH="$cache/node_modules"

if [ $# -gt 0 ]; then tests=("${@/#/$here/}"); else tests=("$here"/*.test.cjs); fi
node --test --test-concurrency=1 "${tests[@]}"
