//! One loaded library: every exported function as a typed method.
//!
//! A function that one of the two libraries lacks is left out of both tables; calling it gives
//! zero, and [`Api::has`] tells. The functions that
//! 1.60 renamed when it introduced `nghttp2_ssize` stand in for one another, so that
//! older libraries can serve as a reference too.

use std::collections::HashMap;
use std::ffi::{CStr, CString, c_char, c_int, c_uint, c_void};
use std::mem::transmute_copy;
use std::os::unix::ffi::OsStrExt;

use c_types::*;

use crate::callbacks;
use crate::endpoint;

macro_rules! api {
    ($($name:ident($($arg:ident: $ty:ty),*) $(-> $ret:ty)?;)*) => {
        /// The function table of one library.
        pub struct Api {
            /// Setters of callbacks and options, which the script calls by name.
            setters: HashMap<String, *mut c_void>,
            $($name: Option<unsafe extern "C" fn($($ty),*) $(-> $ret)?>,)*
        }

        /// Names of all functions in the table, without prefix.
        const NAMES: &[&str] = &[$(stringify!($name)),*];

        #[allow(clippy::too_many_arguments, dead_code)]
        impl Api {
            unsafe fn bind(handle: *mut c_void) -> Api {
                Api {
                    setters: HashMap::new(),
                    $($name: unsafe {
                        symbol(handle, stringify!($name)).map(|p| transmute_copy(&p))
                    },)*
                }
            }

            /// Whether the library exports the function.
            pub fn has(&self, name: &str) -> bool {
                match name {
                    $(stringify!($name) => self.$name.is_some(),)*
                    _ => false,
                }
            }

            /// Forgets what the other library lacks.
            pub fn restrict(&mut self, other: &Api) {
                $(if other.$name.is_none() {
                    self.$name = None;
                })*
                self.setters.retain(|name, _| other.setters.contains_key(name));
            }

            $(pub unsafe fn $name(&self, $($arg: $ty),*) $(-> $ret)? {
                match self.$name {
                    Some(function) => unsafe { function($($arg),*) },
                    None => unsafe { std::mem::zeroed() },
                }
            })*
        }
    };
}

/// Pairs (name, stand-in): functions that differ in nothing but the type names.
const TWINS: &[(&str, &str)] = &[
    ("session_mem_send2", "session_mem_send"),
    ("session_mem_recv2", "session_mem_recv"),
    ("pack_settings_payload2", "pack_settings_payload"),
    ("submit_request2", "submit_request"),
    ("submit_response2", "submit_response"),
    ("submit_data2", "submit_data"),
    ("hd_deflate_hd2", "hd_deflate_hd"),
    ("hd_deflate_hd_vec2", "hd_deflate_hd_vec"),
    ("hd_inflate_hd3", "hd_inflate_hd2"),
    ("select_alpn", "select_next_protocol"),
    ("session_callbacks_set_send_callback2", "session_callbacks_set_send_callback"),
    ("session_callbacks_set_recv_callback2", "session_callbacks_set_recv_callback"),
    (
        "session_callbacks_set_select_padding_callback2",
        "session_callbacks_set_select_padding_callback",
    ),
    (
        "session_callbacks_set_data_source_read_length_callback2",
        "session_callbacks_set_data_source_read_length_callback",
    ),
    (
        "session_callbacks_set_pack_extension_callback2",
        "session_callbacks_set_pack_extension_callback",
    ),
];

unsafe fn symbol(handle: *mut c_void, name: &str) -> Option<*mut c_void> {
    let lookup = |name: &str| {
        let name = CString::new(format!("nghttp2_{name}")).ok()?;
        let found = unsafe { libc::dlsym(handle, name.as_ptr()) };
        (!found.is_null()).then_some(found)
    };
    lookup(name).or_else(|| {
        let (_, twin) = TWINS.iter().find(|(wanted, _)| *wanted == name)?;
        lookup(twin)
    })
}

impl Api {
    /// Loads a library beside whatever is loaded already: a file, else a name that the dynamic
    /// linker knows.
    pub fn load(path: &str) -> Result<Api, String> {
        let file = std::fs::canonicalize(path).unwrap_or_else(|_| path.into());
        let c_path = CString::new(file.as_os_str().as_bytes()).map_err(|e| e.to_string())?;
        let handle = unsafe { libc::dlopen(c_path.as_ptr(), libc::RTLD_NOW | libc::RTLD_LOCAL) };
        if handle.is_null() {
            let text = unsafe { CStr::from_ptr(libc::dlerror()) };
            return Err(text.to_string_lossy().into_owned());
        }
        let mut api = unsafe { Api::bind(handle) };
        let callbacks =
            callbacks::TABLE.iter().map(|c| format!("session_callbacks_set_{}", c.setter));
        let options = endpoint::OPTIONS.iter().map(|(name, _)| format!("option_set_{name}"));
        for name in callbacks.chain(options) {
            if let Some(address) = unsafe { symbol(handle, &name) } {
                api.setters.insert(name, address);
            }
        }
        Ok(api)
    }

    /// A setter, as an untyped address.
    pub fn setter(&self, name: &str) -> Option<*mut c_void> {
        self.setters.get(name).copied()
    }

    /// Functions that are not there.
    pub fn missing(&self) -> Vec<&'static str> {
        NAMES.iter().copied().filter(|name| !self.has(name)).collect()
    }

    /// The release, such as `1.70.0`.
    pub fn release(&self) -> String {
        let info = unsafe { self.version(0) };
        if info.is_null() {
            return "unknown".into();
        }
        unsafe { CStr::from_ptr((*info).version_str) }.to_string_lossy().into_owned()
    }
}

api! {
    rcbuf_incref(rcbuf: *mut Rcbuf);
    rcbuf_decref(rcbuf: *mut Rcbuf);
    rcbuf_get_buf(rcbuf: *mut Rcbuf) -> Vector;
    rcbuf_is_static(rcbuf: *const Rcbuf) -> c_int;
    session_callbacks_new(callbacks_ptr: *mut *mut Callbacks) -> c_int;
    session_callbacks_del(callbacks: *mut Callbacks);
    option_new(option_ptr: *mut *mut Options) -> c_int;
    option_del(option: *mut Options);
    session_client_new(
        session_ptr: *mut *mut Session, callbacks: *const Callbacks, user_data: *mut c_void
    ) -> c_int;
    session_server_new(
        session_ptr: *mut *mut Session, callbacks: *const Callbacks, user_data: *mut c_void
    ) -> c_int;
    session_client_new2(
        session_ptr: *mut *mut Session, callbacks: *const Callbacks, user_data: *mut c_void, option:
        *const Options
    ) -> c_int;
    session_server_new2(
        session_ptr: *mut *mut Session, callbacks: *const Callbacks, user_data: *mut c_void, option:
        *const Options
    ) -> c_int;
    session_client_new3(
        session_ptr: *mut *mut Session, callbacks: *const Callbacks, user_data: *mut c_void, option:
        *const Options, mem: *mut Mem
    ) -> c_int;
    session_server_new3(
        session_ptr: *mut *mut Session, callbacks: *const Callbacks, user_data: *mut c_void, option:
        *const Options, mem: *mut Mem
    ) -> c_int;
    session_del(session: *mut Session);
    session_send(session: *mut Session) -> c_int;
    session_mem_send(session: *mut Session, data_ptr: *mut *const u8) -> isize;
    session_mem_send2(session: *mut Session, data_ptr: *mut *const u8) -> isize;
    session_recv(session: *mut Session) -> c_int;
    session_mem_recv(session: *mut Session, input: *const u8, inlen: usize) -> isize;
    session_mem_recv2(session: *mut Session, input: *const u8, inlen: usize) -> isize;
    session_resume_data(session: *mut Session, stream_id: i32) -> c_int;
    session_want_read(session: *mut Session) -> c_int;
    session_want_write(session: *mut Session) -> c_int;
    session_get_stream_user_data(session: *mut Session, stream_id: i32) -> *mut c_void;
    session_set_stream_user_data(
        session: *mut Session, stream_id: i32, stream_user_data: *mut c_void
    ) -> c_int;
    session_set_user_data(session: *mut Session, user_data: *mut c_void);
    session_get_outbound_queue_size(session: *mut Session) -> usize;
    session_get_stream_effective_recv_data_length(session: *mut Session, stream_id: i32) -> i32;
    session_get_stream_effective_local_window_size(session: *mut Session, stream_id: i32) -> i32;
    session_get_stream_local_window_size(session: *mut Session, stream_id: i32) -> i32;
    session_get_effective_recv_data_length(session: *mut Session) -> i32;
    session_get_effective_local_window_size(session: *mut Session) -> i32;
    session_get_local_window_size(session: *mut Session) -> i32;
    session_get_stream_remote_window_size(session: *mut Session, stream_id: i32) -> i32;
    session_get_remote_window_size(session: *mut Session) -> i32;
    session_get_stream_local_close(session: *mut Session, stream_id: i32) -> c_int;
    session_get_stream_remote_close(session: *mut Session, stream_id: i32) -> c_int;
    session_get_hd_inflate_dynamic_table_size(session: *mut Session) -> usize;
    session_get_hd_deflate_dynamic_table_size(session: *mut Session) -> usize;
    session_terminate_session(session: *mut Session, error_code: u32) -> c_int;
    session_terminate_session2(
        session: *mut Session, last_stream_id: i32, error_code: u32
    ) -> c_int;
    submit_shutdown_notice(session: *mut Session) -> c_int;
    session_get_remote_settings(session: *mut Session, id: c_uint) -> u32;
    session_get_local_settings(session: *mut Session, id: c_uint) -> u32;
    session_set_next_stream_id(session: *mut Session, next_stream_id: i32) -> c_int;
    session_get_next_stream_id(session: *mut Session) -> u32;
    session_consume(session: *mut Session, stream_id: i32, size: usize) -> c_int;
    session_consume_connection(session: *mut Session, size: usize) -> c_int;
    session_consume_stream(session: *mut Session, stream_id: i32, size: usize) -> c_int;
    session_change_stream_priority(
        session: *mut Session, stream_id: i32, pri_spec: *const PrioritySpec
    ) -> c_int;
    session_create_idle_stream(
        session: *mut Session, stream_id: i32, pri_spec: *const PrioritySpec
    ) -> c_int;
    session_upgrade(
        session: *mut Session, settings_payload: *const u8, settings_payloadlen: usize,
        stream_user_data: *mut c_void
    ) -> c_int;
    session_upgrade2(
        session: *mut Session, settings_payload: *const u8, settings_payloadlen: usize,
        head_request: c_int, stream_user_data: *mut c_void
    ) -> c_int;
    pack_settings_payload(
        buf: *mut u8, buflen: usize, iv: *const SettingsEntry, niv: usize
    ) -> isize;
    pack_settings_payload2(
        buf: *mut u8, buflen: usize, iv: *const SettingsEntry, niv: usize
    ) -> isize;
    strerror(lib_error_code: c_int) -> *const c_char;
    http2_strerror(error_code: u32) -> *const c_char;
    priority_spec_init(pri_spec: *mut PrioritySpec, stream_id: i32, weight: i32, exclusive: c_int);
    priority_spec_default_init(pri_spec: *mut PrioritySpec);
    priority_spec_check_default(pri_spec: *const PrioritySpec) -> c_int;
    submit_request(
        session: *mut Session, pri_spec: *const PrioritySpec, nva: *const Nv, nvlen: usize,
        data_prd: *const DataProvider, stream_user_data: *mut c_void
    ) -> i32;
    submit_request2(
        session: *mut Session, pri_spec: *const PrioritySpec, nva: *const Nv, nvlen: usize,
        data_prd: *const DataProvider, stream_user_data: *mut c_void
    ) -> i32;
    submit_response(
        session: *mut Session, stream_id: i32, nva: *const Nv, nvlen: usize, data_prd: *const
        DataProvider
    ) -> c_int;
    submit_response2(
        session: *mut Session, stream_id: i32, nva: *const Nv, nvlen: usize, data_prd: *const
        DataProvider
    ) -> c_int;
    submit_trailer(session: *mut Session, stream_id: i32, nva: *const Nv, nvlen: usize) -> c_int;
    submit_headers(
        session: *mut Session, flags: u8, stream_id: i32, pri_spec: *const PrioritySpec, nva: *const
        Nv, nvlen: usize, stream_user_data: *mut c_void
    ) -> i32;
    submit_data(
        session: *mut Session, flags: u8, stream_id: i32, data_prd: *const DataProvider
    ) -> c_int;
    submit_data2(
        session: *mut Session, flags: u8, stream_id: i32, data_prd: *const DataProvider
    ) -> c_int;
    submit_priority(
        session: *mut Session, flags: u8, stream_id: i32, pri_spec: *const PrioritySpec
    ) -> c_int;
    submit_rst_stream(session: *mut Session, flags: u8, stream_id: i32, error_code: u32) -> c_int;
    submit_settings(
        session: *mut Session, flags: u8, iv: *const SettingsEntry, niv: usize
    ) -> c_int;
    submit_push_promise(
        session: *mut Session, flags: u8, stream_id: i32, nva: *const Nv, nvlen: usize,
        promised_stream_user_data: *mut c_void
    ) -> i32;
    submit_ping(session: *mut Session, flags: u8, opaque_data: *const u8) -> c_int;
    submit_goaway(
        session: *mut Session, flags: u8, last_stream_id: i32, error_code: u32, opaque_data: *const
        u8, opaque_data_len: usize
    ) -> c_int;
    session_get_last_proc_stream_id(session: *mut Session) -> i32;
    session_check_request_allowed(session: *mut Session) -> c_int;
    session_check_server_session(session: *mut Session) -> c_int;
    submit_window_update(
        session: *mut Session, flags: u8, stream_id: i32, window_size_increment: i32
    ) -> c_int;
    session_set_local_window_size(
        session: *mut Session, flags: u8, stream_id: i32, window_size: i32
    ) -> c_int;
    submit_extension(
        session: *mut Session, kind: u8, flags: u8, stream_id: i32, payload: *mut c_void
    ) -> c_int;
    submit_altsvc(
        session: *mut Session, flags: u8, stream_id: i32, origin: *const u8, origin_len: usize,
        field_value: *const u8, field_value_len: usize
    ) -> c_int;
    submit_origin(session: *mut Session, flags: u8, ov: *const OriginEntry, nov: usize) -> c_int;
    submit_priority_update(
        session: *mut Session, flags: u8, stream_id: i32, field_value: *const u8, field_value_len:
        usize
    ) -> c_int;
    session_change_extpri_stream_priority(
        session: *mut Session, stream_id: i32, extpri: *const Extpri, ignore_client_signal: c_int
    ) -> c_int;
    session_get_extpri_stream_priority(
        session: *mut Session, extpri: *mut Extpri, stream_id: i32
    ) -> c_int;
    extpri_parse_priority(extpri: *mut Extpri, value: *const u8, len: usize) -> c_int;
    nv_compare_name(lhs: *const Nv, rhs: *const Nv) -> c_int;
    select_next_protocol(
        out: *mut *mut u8, outlen: *mut u8, input: *const u8, inlen: c_uint
    ) -> c_int;
    select_alpn(out: *mut *const u8, outlen: *mut u8, input: *const u8, inlen: c_uint) -> c_int;
    version(least_version: c_int) -> *mut Info;
    set_debug_vprintf_callback(callback: *mut c_void);
    is_fatal(lib_error_code: c_int) -> c_int;
    check_header_name(name: *const u8, len: usize) -> c_int;
    check_header_value(value: *const u8, len: usize) -> c_int;
    check_header_value_rfc9113(value: *const u8, len: usize) -> c_int;
    check_method(value: *const u8, len: usize) -> c_int;
    check_path(value: *const u8, len: usize) -> c_int;
    check_authority(value: *const u8, len: usize) -> c_int;
    hd_deflate_new(
        deflater_ptr: *mut *mut Deflater, max_deflate_dynamic_table_size: usize
    ) -> c_int;
    hd_deflate_new2(
        deflater_ptr: *mut *mut Deflater, max_deflate_dynamic_table_size: usize, mem: *mut Mem
    ) -> c_int;
    hd_deflate_del(deflater: *mut Deflater);
    hd_deflate_change_table_size(
        deflater: *mut Deflater, settings_max_dynamic_table_size: usize
    ) -> c_int;
    hd_deflate_hd(
        deflater: *mut Deflater, buf: *mut u8, buflen: usize, nva: *const Nv, nvlen: usize
    ) -> isize;
    hd_deflate_hd2(
        deflater: *mut Deflater, buf: *mut u8, buflen: usize, nva: *const Nv, nvlen: usize
    ) -> isize;
    hd_deflate_hd_vec(
        deflater: *mut Deflater, vec: *const Vector, veclen: usize, nva: *const Nv, nvlen: usize
    ) -> isize;
    hd_deflate_hd_vec2(
        deflater: *mut Deflater, vec: *const Vector, veclen: usize, nva: *const Nv, nvlen: usize
    ) -> isize;
    hd_deflate_bound(deflater: *mut Deflater, nva: *const Nv, nvlen: usize) -> usize;
    hd_deflate_get_num_table_entries(deflater: *mut Deflater) -> usize;
    hd_deflate_get_table_entry(deflater: *mut Deflater, idx: usize) -> *const Nv;
    hd_deflate_get_dynamic_table_size(deflater: *mut Deflater) -> usize;
    hd_deflate_get_max_dynamic_table_size(deflater: *mut Deflater) -> usize;
    hd_inflate_new(inflater_ptr: *mut *mut Inflater) -> c_int;
    hd_inflate_new2(inflater_ptr: *mut *mut Inflater, mem: *mut Mem) -> c_int;
    hd_inflate_del(inflater: *mut Inflater);
    hd_inflate_change_table_size(
        inflater: *mut Inflater, settings_max_dynamic_table_size: usize
    ) -> c_int;
    hd_inflate_hd(
        inflater: *mut Inflater, nv_out: *mut Nv, inflate_flags: *mut c_int, input: *mut u8, inlen:
        usize, in_final: c_int
    ) -> isize;
    hd_inflate_hd2(
        inflater: *mut Inflater, nv_out: *mut Nv, inflate_flags: *mut c_int, input: *const u8,
        inlen: usize, in_final: c_int
    ) -> isize;
    hd_inflate_hd3(
        inflater: *mut Inflater, nv_out: *mut Nv, inflate_flags: *mut c_int, input: *const u8,
        inlen: usize, in_final: c_int
    ) -> isize;
    hd_inflate_end_headers(inflater: *mut Inflater) -> c_int;
    hd_inflate_get_num_table_entries(inflater: *mut Inflater) -> usize;
    hd_inflate_get_table_entry(inflater: *mut Inflater, idx: usize) -> *const Nv;
    hd_inflate_get_dynamic_table_size(inflater: *mut Inflater) -> usize;
    hd_inflate_get_max_dynamic_table_size(inflater: *mut Inflater) -> usize;
    session_find_stream(session: *mut Session, stream_id: i32) -> *mut Stream;
    stream_get_state(stream: *mut Stream) -> c_uint;
    session_get_root_stream(session: *mut Session) -> *mut Stream;
    stream_get_parent(stream: *mut Stream) -> *mut Stream;
    stream_get_stream_id(stream: *mut Stream) -> i32;
    stream_get_next_sibling(stream: *mut Stream) -> *mut Stream;
    stream_get_previous_sibling(stream: *mut Stream) -> *mut Stream;
    stream_get_first_child(stream: *mut Stream) -> *mut Stream;
    stream_get_weight(stream: *mut Stream) -> i32;
    stream_get_sum_dependency_weight(stream: *mut Stream) -> i32;
}
