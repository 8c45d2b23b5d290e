#!/usr/bin/env bash
# Work is linear in the text: ten times the text takes at most eleven times the instructions, counted by callgrind. The shapes of text:
# paragraphs, one line, and one endless sentence of phrases.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

command -v valgrind >/dev/null || { echo "linear: valgrind is missing" >&2; exit 1; }
cargo build --release --locked --bench linear
program=$(cargo bench --locked --bench linear --no-run --message-format=json 2>/dev/null |
  grep -o '"executable":"[^"]*linear[^"]*"' | tail -n 1 | cut -d '"' -f 4)
[ -x "$program" ] || { echo "linear: the bench program was not built" >&2; exit 1; }

count() {
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" "$1" "$2" 2>&1 |
    sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

status=0
for shape in paragraphs line sentence; do
  none=$(count "$shape" 0)
  small=$(($(count "$shape" 2000000) - none))
  large=$(($(count "$shape" 20000000) - none))
  ratio=$((large * 100 / small))
  echo "linear: $shape: 2 MB $small, 20 MB $large instructions: $((ratio / 100)).$(printf %02d $((ratio % 100))) times"
  [ "$ratio" -le 1100 ] || { echo "linear: $shape: more than eleven times" >&2; status=1; }
done
exit "$status"
