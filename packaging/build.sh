#!/usr/bin/env bash
# Builds everything that is handed out: bash packaging/build.sh [FOLDER] puts it into FOLDER, target/packages where nothing is said. It needs
# Rust, Node 18, Python 3.10 and, for what else is missing, a Debian to install it. The same sources give the same bytes: packaging/twice.sh
# builds them in two places and compares.
set -euo pipefail
out=$(realpath -m "${1:-target/packages}")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/.." && pwd)
cd "$root"
# shellcheck source=packaging/cross.sh
source packaging/cross.sh

linux=x86_64-unknown-linux-musl
windows=x86_64-pc-windows-gnu
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
CARGO_TARGET_DIR=$(realpath -m "${CARGO_TARGET_DIR:-target}")
cache=${CASELINT_CI_CACHE:-$HOME/.cache/caselint-ci}
tools=$cache/tools
musl=$cache/musl
# What is written into archives as the time of their making: that of the last commit.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export CARGO_TARGET_DIR SOURCE_DATE_EPOCH
export CARGO_PROFILE_RELEASE_STRIP=true CARGO_INCREMENTAL=0

# A tool of crates.io: its name, its version, and what else cargo install is to know.
crates_tool() {
  local name=$1 version=$2
  shift 2
  [ -e "$tools/bin/$name-$version" ] && return
  install_crate "$tools" "$name@$version" "$@"
  # Two of them tell no version of their own.
  ln -sf "$name" "$tools/bin/$name-$version"
}

# The program for the target $1. The places where things lie on this computer do not go into it.
compile() {
  local target=$1 name flags
  name=$(tr a-z- A-Z_ <<<"$target")
  shift
  flags="--remap-path-prefix=$root=/caselint --remap-path-prefix=$CARGO_TARGET_DIR=/target"
  flags+=" --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo $*"
  env "CARGO_TARGET_${name}_RUSTFLAGS=$flags" \
    "CFLAGS_${target//-/_}=-ffile-prefix-map=$CARGO_TARGET_DIR=/target -ffile-prefix-map=${CARGO_HOME:-$HOME/.cargo}=/cargo" \
    bash -c 'source packaging/cross.sh; cross_cargo "$@"' - "$target" std,panic_unwind build --locked --release --bin caselint
}

# A C compiler for musl, at $musl/gcc. Debian's packages are unpacked and not installed: where musl is installed, Spark's snappy takes the computer
# for Alpine and reads no Parquet any more.
prepare_musl() {
  [ -x "$musl/gcc" ] && return
  rm -rf "$musl"
  mkdir -p "$musl/packages"
  as_root apt-get update
  (cd "$musl/packages" && apt-get download musl-dev musl-tools)
  local package
  for package in "$musl"/packages/*.deb; do dpkg -x "$package" "$musl"; done
  sed -i "s#/usr/#$musl/usr/#g" "$musl/usr/lib/x86_64-linux-musl/musl-gcc.specs"
  # The library that unwinds the stack comes from gcc, by the name that Rust looks for.
  ln -s "$(gcc -print-file-name=libgcc_eh.a)" "$musl/usr/lib/x86_64-linux-musl/libunwind.a"
  printf '#!/bin/sh\nexec gcc "$@" -specs %s\n' "$musl/usr/lib/x86_64-linux-musl/musl-gcc.specs" >"$musl/gcc"
  chmod +x "$musl/gcc"
}

compile_linux() {
  prepare_target "$linux"
  prepare_musl
  local own=()
  if ! has_target "$linux"; then
    own=(-Clink-self-contained=no -Ctarget-feature=+crt-static "-Clink-arg=-L$musl/usr/lib/x86_64-linux-musl")
    export CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_LINKER=$musl/gcc
  fi
  CC_x86_64_unknown_linux_musl=$musl/gcc compile "$linux" "${own[@]}"
}

compile_windows() {
  install_debian gcc-mingw-w64-x86-64
  prepare_target "$windows"
  CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER=x86_64-w64-mingw32-gcc compile "$windows" -Clink-arg=-Wl,--no-insert-timestamp
}

# What every archive holds besides the program.
papers() {
  mkdir -p "$1"
  cp README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE "$work/THIRD-PARTY.txt" "$1/"
  cp packaging/UNSIGNED.txt "$1/"
  cp "$work/web/caselint.html" "$1/"
  cp -r examples/notes "$1/"
}

tarball() {
  tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX -C "$work" -c "$1" | gzip -9n >"$out/$1.tar.gz"
}

archive_linux() {
  local name=caselint-$version-linux-x86_64
  papers "$work/$name"
  cp "$program_linux" "$work/$name/caselint"
  tarball "$name"
}

archive_windows() {
  local name=caselint-$version-windows-x86_64
  papers "$work/$name"
  # Notepad of older Windows shows no line ends of Unix.
  sed -i 's/$/\r/' "$work/$name"/*.txt
  cp "$program_windows" "$work/$name/caselint.exe"
  python3 packaging/zip.py "$work/$name" "$out/$name.zip"
  cp "$program_windows" "$out/caselint-$version.exe"
}

# A package of Debian: program, manual pages, completions, caselint.html.
archive_debian() {
  local tree=$work/deb
  papers "$tree/usr/share/doc/caselint"
  rm "$tree/usr/share/doc/caselint"/LICENSE-* "$tree/usr/share/doc/caselint/caselint.html"
  mkdir -p "$tree"/usr/{bin,share/{caselint,man/man1,bash-completion/completions,fish/vendor_completions.d,zsh/vendor-completions}} "$tree"/{DEBIAN,usr/share/lintian/overrides}
  cp "$program_linux" "$tree/usr/bin/caselint"
  cp "$work/web/caselint.html" "$tree/usr/share/caselint/"
  "$program_linux" completions bash >"$tree/usr/share/bash-completion/completions/caselint"
  "$program_linux" completions fish >"$tree/usr/share/fish/vendor_completions.d/caselint.fish"
  "$program_linux" completions zsh >"$tree/usr/share/zsh/vendor-completions/_caselint"
  "$program_linux" man --all "$tree/usr/share/man/man1"
  sed -e "s/@VERSION@/$version/" -e "s/@DATE@/$(date --utc --rfc-email --date="@$SOURCE_DATE_EPOCH")/" packaging/debian/changelog >"$tree/usr/share/doc/caselint/changelog"
  gzip -9n "$tree"/usr/share/man/man1/* "$tree/usr/share/doc/caselint"/{changelog,CHANGELOG.md,THIRD-PARTY.txt}
  cat packaging/debian/copyright LICENSE-MIT >"$tree/usr/share/doc/caselint/copyright"
  cp packaging/debian/lintian-overrides "$tree/usr/share/lintian/overrides/caselint"
  sed -e "s/@VERSION@/$version/" -e "s/@SIZE@/$(du -sk --apparent-size "$tree" | cut -f 1)/" packaging/debian/control >"$tree/DEBIAN/control"
  (cd "$tree" && find usr -type f | sort | xargs md5sum) >"$tree/DEBIAN/md5sums"
  chmod -R u=rwX,go=rX "$tree"
  chmod 755 "$tree/usr/bin/caselint"
  find "$tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
  dpkg-deb --root-owner-group -Zxz --build "$tree" "$out/caselint_${version}_amd64.deb" >/dev/null
}

# What is in the programs: for computers (CycloneDX) and for people.
components() {
  crates_tool cargo-cyclonedx 0.5.9
  crates_tool cargo-about 0.9.3 --features cli
  PATH=$tools/bin:$PATH cargo cyclonedx --format json --spec-version 1.5 --target "$linux" --override-filename sbom-linux
  PATH=$tools/bin:$PATH cargo cyclonedx --format json --spec-version 1.5 --target "$windows" --override-filename sbom-windows
  mv sbom-linux.json "$out/caselint-$version-linux-x86_64.cdx.json"
  mv sbom-windows.json "$out/caselint-$version-windows-x86_64.cdx.json"
  find bindings -name 'sbom-*.json' -delete
  sed -i "s#file://$root#file:///caselint#g" "$out"/*.cdx.json
  # Licences are read from the sources of all crates, whatever they are compiled for.
  cargo fetch --locked
  PATH=$tools/bin:$PATH cargo about generate --locked --offline --config packaging/about.toml packaging/third-party.hbs --output-file "$work/THIRD-PARTY.txt"
  cp "$work/THIRD-PARTY.txt" "$out/"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -rf "$out"
mkdir -p "$out"
umask 022

compile_linux
compile_windows
program_linux=$CARGO_TARGET_DIR/$linux/release/caselint
program_windows=$CARGO_TARGET_DIR/$windows/release/caselint.exe
bash bindings/wasm/build.sh "$work/web"
components
archive_linux
archive_windows
archive_debian
cp "$work/web/caselint.html" "$out/caselint-$version.html"
(cd "$work/web/caselint" && npm pack --silent --pack-destination "$out" >/dev/null)
mv "$out/caselint-$version.tgz" "$out/caselint-$version-npm.tgz"
bash bindings/python/build.sh "$out"
cargo package --locked --no-verify --quiet --package caselint ${ALLOW_DIRTY:+--allow-dirty}
cp "$CARGO_TARGET_DIR/package/caselint-$version.crate" "$out/"
cp packaging/Containerfile packaging/compose.yaml packaging/UNSIGNED.txt "$out/"
(cd "$out" && sha256sum -- * >"$work/SHA256SUMS" && mv "$work/SHA256SUMS" .)
ls -l "$out"
