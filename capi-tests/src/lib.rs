//! Builds the C programs in `c/` with the system's compilers and runs them on a library file.
//!
//! | module | what |
//! | --- | --- |
//! | [`library`] | which library and header are tested: environment variables, staging |
//! | [`program`] | compiling a program, running it within a time limit |
//! | [`contract`] | the documented API as data: functions, types, constants |
//! | [`names`] | programs that name everything in the contract |
//! | [`headers`] | the original's headers, to compare ours with |
//!
//! `build.rs` writes the C interface of the Rust sources in a form that `tests/abi.rs` can hold against
//! headers.
//!
//! | variable | meaning | default |
//! | --- | --- | --- |
//! | `NGHTTP2_LIB_DIR` | directory of `libnghttp2.so` | `target/release` of the workspace |
//! | `NGHTTP2_INCLUDE_DIR` | directory of `nghttp2/nghttp2.h` | `include` of the workspace |
//! | `NGHTTP2_ORIGINAL_INCLUDE_DIR` | the same for an original, to compare with | `/usr/include`, else Debian's libnghttp2-dev, unpacked |
//! | `NGHTTP2_ORIGINAL` | set: the library is an original, without what only ours has | unset |
//! | `NGHTTP2_RUN_DIR` | directory of another `libnghttp2.so.14` to load instead | as linked |
//! | `NGHTTP2_VALGRIND` | `1`: a few programs under valgrind as well, `all`: every program | off |
//! | `NGHTTP2_REFERENCE` | a library file whose HPACK encoder ours must equal | none |
//! | `HPACK_CORPUS` | directory of the whole HPACK corpus | the part in `data/hpack` |

pub mod contract;
pub mod headers;
pub mod library;
pub mod names;
pub mod program;
