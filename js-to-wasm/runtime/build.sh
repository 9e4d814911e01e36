#!/usr/bin/env bash
# Builds ../runtime.wasm from this folder and notes the hash of its sources in ../runtime.wasm.meta.
#
#   PURVIEW_RUSTC    a rustc that is not the active one, for machines whose toolchain has no WebAssembly target
#   PURVIEW_LIBRARIES  folder of the shared libraries that this rustc needs
set -euo pipefail
cd "$(dirname "$0")"
target=wasm32-unknown-unknown
out="${CARGO_TARGET_DIR:-$PWD/../../target}/runtime"
host="$(rustc -vV | sed -n 's/^host: //p')"
export CARGO_TARGET_DIR="$out"
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="${PURVIEW_LLD:-$(rustc --print sysroot)/lib/rustlib/$host/bin/rust-lld}"
export CARGO_PROFILE_RELEASE_DEBUG=0 CARGO_PROFILE_RELEASE_LTO=fat CARGO_PROFILE_RELEASE_CODEGEN_UNITS=1
# At level 3 modules are 6 % larger and not faster.
export CARGO_PROFILE_RELEASE_OPT_LEVEL=2 CARGO_PROFILE_RELEASE_PANIC=abort
export RUSTC_BOOTSTRAP=1
# Panics that cannot happen need no messages; addresses stay as relocations for the compiler's linker.
export RUSTFLAGS="-Zunstable-options -Cpanic=immediate-abort -Cstrip=none \
  -Ctarget-feature=+simd128,+bulk-memory,+sign-ext,+nontrapping-fptoint \
  -Clink-arg=--emit-relocs -Clink-arg=-zstack-size=131072"
if [ -n "${PURVIEW_RUSTC:-}" ]; then
  export RUSTC="$PURVIEW_RUSTC" LD_LIBRARY_PATH="${PURVIEW_LIBRARIES:-}"
fi
cargo rustc --release --lib --target "$target" -Zbuild-std=core,alloc --crate-type cdylib
cp "$out/$target/release/purview_js_runtime.wasm" ../runtime.wasm
cd ../..
UPDATE_EXPECT=1 env -u RUSTC -u RUSTFLAGS -u LD_LIBRARY_PATH -u CARGO_TARGET_DIR -u RUSTC_BOOTSTRAP \
  cargo test -q --workspace --test runtime_is_current
