//! The C reference: man pages and HTML, out of the comments in the headers.
//!
//! The headers in `include/nghttp2` are made from the sources of the C shell, and say everything that
//! there is to say about each item. Nothing is written a second time here.
//!
//! | module | subject |
//! | --- | --- |
//! | [`header`] | reads headers into items |
//! | [`item`] | what an item is, and where each name has its place |
//! | [`comment`] | what a comment says: paragraphs, lists, names |
//! | [`theme`] | which items belong together |
//! | [`mdoc`], [`manual`] | the language of man pages, and the pages |
//! | [`html`], [`site`] | the same for HTML |
//! | [`gaps`] | what comments leave out |

#![forbid(unsafe_code)]

pub mod comment;
pub mod gaps;
pub mod header;
pub mod html;
pub mod item;
pub mod manual;
pub mod mdoc;
pub mod site;
pub mod theme;
