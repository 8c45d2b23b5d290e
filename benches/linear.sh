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
# One line of 20 MB is what must hold; the other shapes tell as much from less.
for shape in paragraphs:300000 line:2000000 sentence:300000; do
  size=${shape#*:} shape=${shape%:*}
  none=$(count "$shape" 0)
  small=$(($(count "$shape" "$size") - none))
  large=$(($(count "$shape" $((size * 10))) - none))
  ratio=$((large * 100 / small))
  echo "linear: $shape: $size bytes $small, ten times that $large instructions: $((ratio / 100)).$(printf %02d $((ratio % 100))) times"
  [ "$ratio" -le 1100 ] || { echo "linear: $shape: more than eleven times" >&2; status=1; }
done
exit "$status"
