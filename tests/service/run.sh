#!/usr/bin/env bash
# Runs the tests of `caselint serve` that other programs do: the clients of examples/presave/clients in their own languages, and schemathesis
# against /openapi.json. It needs Rust and Python 3.10 or later, and installs the rest; what it writes goes to a cache outside the clone.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."
cache=${CASELINT_CI_CACHE:-$HOME/.cache/caselint-ci}/service

# Mono compiles C# as .NET Framework does, which .NET takes as well.
packages=()
command -v node >/dev/null || packages+=(nodejs)
command -v mcs >/dev/null || packages+=(mono-mcs)
command -v mono >/dev/null || packages+=(mono-runtime)
if [ ${#packages[@]} -gt 0 ]; then
  root=()
  [ "$(id -u)" -eq 0 ] || root=(sudo)
  "${root[@]}" apt-get update
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${packages[@]}" \
    libmono-system-net-http4.0-cil libmono-system-runtime-serialization4.0-cil
fi

mkdir -p "$cache"
if ! cmp -s "$here/requirements.txt" "$cache/installed.txt"; then
  python3 -m venv --clear "$cache/venv"
  "$cache/venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
  cp "$here/requirements.txt" "$cache/installed.txt"
fi

# A program that is there already may be given.
caselint=${CASELINT:-}
if [ -z "$caselint" ]; then
  cargo build --locked --bin caselint
  caselint=$(realpath "${CARGO_TARGET_DIR:-target}/debug/caselint")
fi
python3 "$here/clients.py" "$caselint"

log=$cache/serve.log
"$caselint" serve --address 127.0.0.1:0 2>"$log" &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
url=
for _ in $(seq 600); do
  url=$(sed -n 's/.*listening on \(http:[^;]*\);.*/\1/p' "$log")
  [ -z "$url" ] || break
  kill -0 "$server" || { cat "$log" >&2; exit 1; }
  read -rt 0.1 <> <(:) || true
done
cd "$cache"
"$cache/venv/bin/python" - "$url" <<'PY'
import sys
import urllib.request

from prometheus_client.parser import text_string_to_metric_families as families

names = {family.name for family in families(urllib.request.urlopen(f"{sys.argv[1]}/metrics").read().decode())}
assert names == {"caselint_requests", "caselint_request_seconds", "caselint_decisions", "caselint_requests_under_way"}, names
PY
# Two of its checks do not fit: a schema cannot tell which dates and names of profiles there are, and what an export means by a null or a number
# is taken on purpose, although a schema would not have it.
"$cache/venv/bin/schemathesis" run "$url/openapi.json" --max-examples 30 --seed 1 --generation-deterministic --no-color --request-timeout 30 \
  --exclude-checks positive_data_acceptance,negative_data_rejection
