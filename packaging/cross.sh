# shellcheck shell=bash
# Compiles for other targets than this computer's; other scripts source it. Where rustup has the target, or can fetch it, that serves. Else the
# standard library is built from its sources with Debian's rustc-web, cargo-web and rust-web-src, which are installed where they are missing.

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# Packages of Debian.
install_debian() {
  dpkg -s "$@" >/dev/null 2>&1 && return
  command -v apt-get >/dev/null || { echo "these packages are missing, and there is no apt-get to install them: $*" >&2; return 1; }
  as_root apt-get update
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

# A tool of crates.io into the folder $1; the rest is for cargo install. It is used a few times, so that building it quickly counts for more than
# how quick it is.
install_crate() {
  local root=$1 build
  shift
  build=$(mktemp -d)
  CARGO_TARGET_DIR=$build CARGO_PROFILE_DEV_OPT_LEVEL=1 cargo install --locked --force --debug --root "$root" "$@"
  rm -rf "$build"
}

# Whether rustup's standard library for the target $1 is here.
has_target() {
  command -v rustup >/dev/null && [ -d "$(rustc --print sysroot)/lib/rustlib/$1/lib" ]
}

# Some networks have no way to rustup's server, so one try is enough, and a short one.
fetch_target() {
  command -v rustup >/dev/null && timeout 120 rustup target add "$1"
}

# Makes sure that the target $1 can be compiled for. The rest are packages of Debian that are needed where its standard library is built here.
prepare_target() {
  local target=$1
  shift
  has_target "$target" || fetch_target "$target" || install_debian rustc-web cargo-web rust-web-src "$@"
}

# cargo for the target $1, with the crates $2 of the standard library where that is built here.
cross_cargo() {
  local target=$1 crates=$2
  shift 2
  if has_target "$target"; then
    cargo "$@" --target "$target"
  else
    RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc /usr/bin/cargo "$@" --target "$target" -Z "build-std=$crates"
  fi
}
