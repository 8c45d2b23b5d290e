#!/usr/bin/env bash
# Takes the pictures of the book anew, of the real program and its real pages: bash docs/pictures/make.sh. It needs what tests/browser/run.sh
# needs and has made (run that first), and takes xterm.js, a terminal, from npm. Look at each picture before it goes in.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."
cache=${CASELINT_CI_CACHE:-$HOME/.cache/caselint-ci}/browser
export CASELINT_WEB=${CASELINT_WEB:-$cache/web}
CASELINT=$(realpath "${CASELINT:-${CARGO_TARGET_DIR:-target}/debug/caselint}")
CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
terminal=$cache/terminal
[ -d "$terminal/node_modules/@xterm/xterm" ] || npm install --ignore-scripts --no-audit --no-fund --prefix "$terminal" @xterm/xterm@5.5.0
export CASELINT CHROMIUM NODE_PATH="$cache/node_modules:$terminal/node_modules"
node "$here/make.cjs"
