//! Which items belong together. An item is under the first theme that has a pattern for its name, so
//! that a new one seldom needs a line here.

use crate::item::{Item, Kind, Reference};

pub struct Theme {
    /// The name of its file.
    pub name: &'static str,
    pub title: &'static str,
    /// Names; a `*` at an end stands for anything.
    patterns: &'static [&'static str],
}

pub const THEMES: [Theme; 13] = [
    Theme {
        name: "sessions",
        title: "Sessions",
        patterns: &[
            "nghttp2_session",
            "nghttp2_session_client_new*",
            "nghttp2_session_server_new*",
            "nghttp2_session_del",
            "nghttp2_session_terminate_session*",
            "nghttp2_session_upgrade*",
            "nghttp2_session_set_user_data",
            "nghttp2_session_check_*",
        ],
    },
    Theme {
        name: "transport",
        title: "Receiving and sending octets",
        patterns: &[
            "nghttp2_session_mem_*",
            "nghttp2_session_recv",
            "nghttp2_session_send",
            "nghttp2_session_want_*",
            "nghttp2_session_get_outbound_queue_size",
            "nghttp2_send_callback*",
            "nghttp2_recv_callback*",
            "nghttp2x_session_mem_sendv",
            "nghttp2_vec",
        ],
    },
    Theme {
        name: "submitting",
        title: "Submitting frames",
        patterns: &["nghttp2_submit_*", "nghttp2_nv*", "nghttp2_session_set_next_stream_id"],
    },
    Theme {
        name: "content",
        title: "The content of messages",
        patterns: &[
            "nghttp2_data_*",
            "nghttp2_session_resume_data",
            "nghttp2_send_data_callback",
            "nghttp2_select_padding_callback*",
        ],
    },
    Theme {
        name: "priorities",
        title: "Priorities",
        patterns: &[
            "nghttp2_priority_spec*",
            "nghttp2_extpri*",
            "*_stream_priority",
            "nghttp2_session_create_idle_stream",
            "nghttp2_session_get_root_stream",
            "nghttp2_stream_get_parent",
            "nghttp2_stream_get_*sibling",
            "nghttp2_stream_get_first_child",
            "*_weight",
        ],
    },
    Theme {
        name: "windows",
        title: "Flow control",
        patterns: &["nghttp2_session_consume*", "*_window_size", "*_recv_data_length"],
    },
    Theme {
        name: "streams",
        title: "Streams and the state of the session",
        patterns: &[
            "nghttp2_stream*",
            "nghttp2_session_find_stream",
            "nghttp2_session_get_*",
            "nghttp2_session_set_stream_user_data",
            "nghttp2_headers_category",
            "nghttp2x_session_*",
            "nghttp2x_counters",
            "nghttp2x_excess",
            "nghttp2x_limit",
        ],
    },
    Theme {
        name: "callbacks",
        title: "Callbacks",
        patterns: &[
            "nghttp2_session_callbacks*",
            "nghttp2_on_*",
            "nghttp2_before_*",
            "nghttp2_pack_extension*",
            "nghttp2_unpack_*",
            "nghttp2_error_callback*",
            "nghttp2_rand_callback",
        ],
    },
    Theme { name: "options", title: "Options", patterns: &["nghttp2_option*", "nghttp2x_option*"] },
    Theme {
        name: "hpack",
        title: "Compressing and decompressing fields",
        patterns: &["nghttp2_hd_*", "nghttp2x_hd_*", "nghttp2x_huffman"],
    },
    Theme {
        name: "errors",
        title: "Errors and versions",
        patterns: &[
            "nghttp2_error*",
            "nghttp2_*strerror",
            "nghttp2_is_fatal",
            "nghttp2_version",
            "nghttp2_info",
            "nghttp2_set_debug_*",
            "nghttp2_debug_*",
        ],
    },
    Theme {
        name: "helpers",
        title: "Memory and helpers",
        patterns: &[
            "nghttp2_rcbuf*",
            "nghttp2_mem",
            "nghttp2_malloc",
            "nghttp2_free",
            "nghttp2_calloc",
            "nghttp2_realloc",
            "nghttp2_ssize",
            "nghttp2_check_*",
            "nghttp2_select_*",
            "nghttp2_pack_settings_payload*",
        ],
    },
    Theme {
        name: "frames",
        title: "Frames",
        patterns: &[
            "nghttp2_frame*",
            "nghttp2_data",
            "nghttp2_flag",
            "nghttp2_ext_*",
            "nghttp2_extension",
            "nghttp2_headers",
            "nghttp2_priority",
            "nghttp2_rst_stream",
            "nghttp2_settings*",
            "nghttp2_push_promise",
            "nghttp2_ping",
            "nghttp2_goaway",
            "nghttp2_origin_entry",
            "nghttp2_window_update",
        ],
    },
];

/// Where all macros are.
pub const MACROS: Theme = Theme { name: "constants", title: "Constants", patterns: &[] };

impl Theme {
    fn holds(&self, name: &str) -> bool {
        self.patterns.iter().any(|pattern| fits(pattern, name))
    }
}

fn fits(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        Some((start, end)) => name.strip_prefix(start).is_some_and(|rest| rest.ends_with(end)),
        None => pattern == name,
    }
}

/// The theme of an item.
pub fn of(item: &Item) -> Option<&'static Theme> {
    if matches!(item.kind, Kind::Macro(_)) {
        return Some(&MACROS);
    }
    THEMES.iter().find(|theme| theme.holds(&item.name))
}

/// All themes, each with its items in the order of the headers.
pub fn contents(reference: &Reference) -> Vec<(&'static Theme, Vec<&Item>)> {
    let themes = THEMES.iter().chain([&MACROS]);
    let with_items = themes.map(|theme| {
        let items = reference.items.iter();
        let held = items.filter(|item| of(item).is_some_and(|found| found.name == theme.name));
        (theme, held.collect())
    });
    with_items.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_anything() {
        assert!(fits("a_*_z", "a_b_z") && fits("*_z", "a_z") && fits("a_*", "a_"));
        assert!(!fits("a_*_z", "a_z") && !fits("a", "a_b") && !fits("a_*", "b_a_"));
    }
}
