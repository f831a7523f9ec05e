//! When strings of header fields are Huffman coded.

use core::ffi::{c_int, c_uint};

use nghttp2_engine::error::{Error, Result};
use nghttp2_engine::hpack::Huffman;

use crate::door::status;
use crate::hpack::nghttp2_hd_deflater;
use crate::options::{nghttp2_option, set};

/// When names and values are Huffman coded (RFC 7541 section 5.2).
#[repr(C)]
pub enum nghttp2x_huffman_e {
    /// If that makes them strictly shorter. The default, and what the original does.
    NGHTTP2X_HUFFMAN_SHORTER = 0,
    /// Always, though it makes some longer, four times at most.
    NGHTTP2X_HUFFMAN_ALWAYS = 1,
    /// Never: more octets for less time, at both ends.
    NGHTTP2X_HUFFMAN_NEVER = 2,
}

/// A Huffman policy, as an argument: any number.
pub type nghttp2x_huffman = c_uint;

fn policy(number: nghttp2x_huffman) -> Result<Huffman> {
    const SHORTER: c_uint = nghttp2x_huffman_e::NGHTTP2X_HUFFMAN_SHORTER as c_uint;
    const ALWAYS: c_uint = nghttp2x_huffman_e::NGHTTP2X_HUFFMAN_ALWAYS as c_uint;
    const NEVER: c_uint = nghttp2x_huffman_e::NGHTTP2X_HUFFMAN_NEVER as c_uint;
    match number {
        SHORTER => Ok(Huffman::Shorter),
        ALWAYS => Ok(Huffman::Always),
        NEVER => Ok(Huffman::Never),
        _ => Err(Error::InvalidArgument),
    }
}

/// Says when the strings in header blocks that a session sends are Huffman coded: `huffman` is of
/// ::nghttp2x_huffman. Whatever a peer does, it must understand all of them. Default:
/// ::NGHTTP2X_HUFFMAN_SHORTER.
///
/// Returns 0, or ::NGHTTP2_ERR_INVALID_ARGUMENT if there is no such policy; then nothing changes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2x_option_set_huffman(
    option: *mut nghttp2_option,
    huffman: nghttp2x_huffman,
) -> c_int {
    let change = |huffman| {
        // SAFETY: the pointer is a set's.
        unsafe { set(option, |config| config.huffman = huffman) };
    };
    status(policy(huffman).map(change))
}

/// Says when the strings that a deflater compresses are Huffman coded, from its next header block
/// on, like nghttp2x_option_set_huffman() does for a session. nghttp2_hd_deflate_bound() knows of
/// it.
///
/// Returns 0, or ::NGHTTP2_ERR_INVALID_ARGUMENT if there is no such policy; then nothing changes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2x_hd_deflate_set_huffman(
    deflater: *mut nghttp2_hd_deflater,
    huffman: nghttp2x_huffman,
) -> c_int {
    // SAFETY: the pointer is a deflater's.
    status(policy(huffman).map(|huffman| unsafe { (*deflater).set_huffman(huffman) }))
}
