//! All that is unsafe here: loaded libraries, C types, callbacks. What leaves this module is safe.

mod endpoint;
mod hpack;
mod library;
mod meter;
mod seat;

pub use endpoint::{Endpoint, Kit, Role, setting};
pub use hpack::{Deflater, Field, FieldList, Inflater};
pub use library::{Library, OURS, load_time};
pub use meter::Meter;
pub use seat::{Answer, Body};

/// A place that valgrind knows by name: it writes down what was counted up to here, and begins anew.
#[unsafe(no_mangle)]
#[inline(never)]
pub extern "C" fn bench_mark() {
    std::hint::black_box(());
}

/// Seconds that this thread has been running: what other programs do does not count.
pub fn thread_time() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

// C programs may use a library from several threads, each with objects of its own; so may tests.
unsafe impl Sync for Library {}
unsafe impl Send for Library {}
unsafe impl Sync for FieldList {}
unsafe impl Send for FieldList {}
