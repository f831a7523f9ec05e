//! What the library asks the system for besides memory: the time, and octets that nobody can guess.

#[cfg(not(windows))]
use core::mem::MaybeUninit;

/// Whole seconds on a clock that never goes back.
#[cfg(not(windows))]
pub(crate) fn seconds() -> u64 {
    let mut time = MaybeUninit::<libc::timespec>::zeroed();
    // SAFETY: the structure may be written to, and zeros are a time.
    unsafe {
        libc::clock_gettime(libc::CLOCK_MONOTONIC, time.as_mut_ptr());
        u64::try_from(time.assume_init().tv_sec).unwrap_or(0)
    }
}

/// Eight octets that peers cannot guess: from those that the kernel gives each process, which cost no
/// system call, and are the same each time.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(crate) fn entropy() -> [u8; 8] {
    use core::ptr::null_mut;
    use core::sync::atomic::{AtomicPtr, Ordering::Relaxed};

    /// Where they are: the system looks for that in a list, each time that it is asked.
    static BLOCK: AtomicPtr<[u8; 8]> = AtomicPtr::new(null_mut());

    let mut block = BLOCK.load(Relaxed);
    // SAFETY: the auxiliary vector can always be asked; if there is a block, it has 16 octets, which nobody
    // writes to.
    unsafe {
        if block.is_null() {
            block = libc::getauxval(libc::AT_RANDOM) as *mut [u8; 8];
            BLOCK.store(block, Relaxed);
        }
        block.as_ref().copied().unwrap_or_default()
    }
}

/// Eight octets that peers cannot guess, others each time.
#[cfg(not(any(target_os = "linux", target_os = "android", windows)))]
pub(crate) fn entropy() -> [u8; 8] {
    let mut octets = [0; 8];
    // SAFETY: so many octets may be written to.
    unsafe { libc::arc4random_buf(octets.as_mut_ptr().cast(), octets.len()) };
    octets
}

/// What only Windows has; its names are those of its documentation.
#[cfg(windows)]
mod windows {
    use core::ffi::c_void;

    #[link(name = "kernel32")]
    unsafe extern "system" {
        pub safe fn GetTickCount64() -> u64;
    }

    #[link(name = "advapi32")]
    unsafe extern "system" {
        /// `RtlGenRandom`.
        pub fn SystemFunction036(buffer: *mut c_void, length: u32) -> u8;
    }
}

/// Whole seconds on a clock that never goes back.
#[cfg(windows)]
pub(crate) fn seconds() -> u64 {
    windows::GetTickCount64() / 1000
}

/// Eight octets that peers cannot guess, others each time.
#[cfg(windows)]
pub(crate) fn entropy() -> [u8; 8] {
    let mut octets = [0; 8];
    // SAFETY: so many octets may be written to.
    unsafe { windows::SystemFunction036(octets.as_mut_ptr().cast(), octets.len() as u32) };
    octets
}
