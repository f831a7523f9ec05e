//! One loaded library, with the functions in use as a typed table.

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::fs;
use std::mem::transmute_copy;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::time::Instant;

use c_types::{
    Callbacks, DataProvider, Deflater, Inflater, Info, Mem, Nv, Options, Session, SettingsEntry,
    Vector,
};

macro_rules! functions {
    ($($name:ident($($arg:ty),*) $(-> $ret:ty)?;)*) => {
        /// The functions that every release has, by one name or another.
        pub struct Functions {
            $(pub $name: unsafe extern "C" fn($($arg),*) $(-> $ret)?,)*
        }

        impl Functions {
            unsafe fn bind(handle: *mut c_void) -> Result<Functions, String> {
                Ok(Functions {
                    $($name: {
                        let address = unsafe { symbol(handle, stringify!($name)) }
                            .ok_or_else(|| format!("no nghttp2_{}", stringify!($name)))?;
                        unsafe { transmute_copy(&address) }
                    },)*
                })
            }
        }
    };
}

functions! {
    version(c_int) -> *const Info;
    strerror(c_int) -> *const c_char;
    hd_deflate_new(*mut *mut Deflater, usize) -> c_int;
    hd_deflate_del(*mut Deflater);
    hd_deflate_hd2(*mut Deflater, *mut u8, usize, *const Nv, usize) -> isize;
    hd_inflate_new(*mut *mut Inflater) -> c_int;
    hd_inflate_del(*mut Inflater);
    hd_inflate_hd3(*mut Inflater, *mut Nv, *mut c_int, *const u8, usize, c_int) -> isize;
    hd_inflate_end_headers(*mut Inflater) -> c_int;
    hd_inflate_change_table_size(*mut Inflater, usize) -> c_int;
    session_callbacks_new(*mut *mut Callbacks) -> c_int;
    session_callbacks_del(*mut Callbacks);
    option_new(*mut *mut Options) -> c_int;
    option_del(*mut Options);
    session_client_new3(
        *mut *mut Session, *const Callbacks, *mut c_void, *const Options, *mut Mem
    ) -> c_int;
    session_server_new3(
        *mut *mut Session, *const Callbacks, *mut c_void, *const Options, *mut Mem
    ) -> c_int;
    session_del(*mut Session);
    session_mem_send2(*mut Session, *mut *const u8) -> isize;
    session_mem_recv2(*mut Session, *const u8, usize) -> isize;
    session_want_read(*mut Session) -> c_int;
    session_resume_data(*mut Session, i32) -> c_int;
    submit_settings(*mut Session, u8, *const SettingsEntry, usize) -> c_int;
    submit_request2(
        *mut Session, *const c_void, *const Nv, usize, *const DataProvider, *mut c_void
    ) -> i32;
    submit_response2(*mut Session, i32, *const Nv, usize, *const DataProvider) -> c_int;
    submit_trailer(*mut Session, i32, *const Nv, usize) -> c_int;
}

/// What older releases have under another name, with nothing but the types' names different.
const FORMER: &[(&str, &str)] = &[
    ("session_mem_send2", "session_mem_send"),
    ("session_mem_recv2", "session_mem_recv"),
    ("submit_request2", "submit_request"),
    ("submit_response2", "submit_response"),
    ("hd_deflate_hd2", "hd_deflate_hd"),
    ("hd_inflate_hd3", "hd_inflate_hd2"),
];

unsafe fn symbol(handle: *mut c_void, name: &str) -> Option<*mut c_void> {
    let lookup = |prefix: &str, name: &str| {
        let name = CString::new(format!("{prefix}{name}")).ok()?;
        let found = unsafe { libc::dlsym(handle, name.as_ptr()) };
        (!found.is_null()).then_some(found)
    };
    lookup("nghttp2_", name).or_else(|| lookup("nghttp2x_", name)).or_else(|| {
        let (_, former) = FORMER.iter().find(|(newer, _)| *newer == name)?;
        lookup("nghttp2_", former)
    })
}

/// What only ours has.
type MemSendv = unsafe extern "C" fn(*mut Session, *const Vector, usize) -> isize;

/// What ours is called.
pub const OURS: &str = "ours";

/// A library that stays loaded until the program ends.
pub struct Library {
    /// How tables call it.
    pub name: String,
    /// Whether it has none of our additions.
    pub is_original: bool,
    /// Whether it schedules streams as RFC 7540 has it.
    pub has_tree: bool,
    /// Its file, without links.
    pub file: PathBuf,
    pub(super) functions: Functions,
    pub(super) mem_sendv: Option<MemSendv>,
    handle: *mut c_void,
}

fn open(file: &Path) -> Result<*mut c_void, String> {
    let path = CString::new(file.as_os_str().as_bytes()).map_err(|error| error.to_string())?;
    let handle = unsafe { libc::dlopen(path.as_ptr(), libc::RTLD_NOW | libc::RTLD_LOCAL) };
    if handle.is_null() {
        let text = unsafe { CStr::from_ptr(libc::dlerror()) };
        return Err(text.to_string_lossy().into_owned());
    }
    Ok(handle)
}

/// Seconds that it takes to load a file that nobody has loaded.
pub fn load_time(file: &Path) -> Result<f64, String> {
    let begin = Instant::now();
    let handle = open(file)?;
    let taken = begin.elapsed().as_secs_f64();
    unsafe { libc::dlclose(handle) };
    Ok(taken)
}

impl Library {
    /// Loads a file beside whatever is loaded already. Without a name it is called what it calls itself.
    pub fn load(file: &Path, name: Option<&str>) -> Result<&'static Library, String> {
        let file =
            fs::canonicalize(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let handle = open(&file)?;
        let functions = unsafe { Functions::bind(handle) }
            .map_err(|error| format!("{}: {error}", file.display()))?;
        let info = unsafe { (functions.version)(0) };
        let release = unsafe { CStr::from_ptr((*info).version_str) }.to_string_lossy();
        let is_original = unsafe { symbol(handle, "session_get_counters") }.is_none();
        // Release 1.65 was the first without; ours never is.
        let has_tree = !is_original || unsafe { (*info).version_num } < 0x01_41_00;
        let name = name.map_or_else(|| release.into_owned(), str::to_owned);
        let mem_sendv = unsafe { symbol(handle, "session_mem_sendv") }
            .map(|address| unsafe { transmute_copy::<_, MemSendv>(&address) });
        Ok(Box::leak(Box::new(Library {
            name,
            is_original,
            has_tree,
            file,
            functions,
            mem_sendv,
            handle,
        })))
    }

    /// A function of the given type, if the library has it.
    ///
    /// # Safety
    ///
    /// `F` must be the type of that function.
    pub(super) unsafe fn optional<F: Copy>(&self, name: &str) -> Option<F> {
        unsafe { symbol(self.handle, name).map(|address| transmute_copy(&address)) }
    }

    /// Ends the program when the library reports an error: nothing here may fail.
    #[inline]
    pub(super) fn check(&self, what: &str, result: isize) {
        if result < 0 {
            self.complain(what, result);
        }
    }

    #[cold]
    fn complain(&self, what: &str, result: isize) -> ! {
        let text = unsafe { CStr::from_ptr((self.functions.strerror)(result as c_int)) };
        panic!("{} of {}: {}", what, self.name, text.to_string_lossy());
    }
}
