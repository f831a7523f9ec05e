//! Arguments: header lists, settings, sizes, codes, bodies, options.

use super::Generator;
use crate::script::{Step, escape};

/// Values around which behaviour changes.
const WINDOWS: &[i64] = &[
    0,
    1,
    2,
    100,
    8191,
    16383,
    16384,
    16385,
    32767,
    32768,
    65534,
    65535,
    65536,
    70000,
    131070,
    1 << 20,
    (1 << 30),
    (1 << 31) - 2,
    (1 << 31) - 1,
];

const CODES: &[i64] = &[0, 1, 2, 3, 5, 7, 8, 11, 13, 14, 0xffff_ffff];

impl Generator {
    pub fn window(&mut self) -> i64 {
        match self.rng.below(10) {
            0..=5 => self.rng.pick(WINDOWS),
            6..=8 => self.rng.range(1, 70000),
            _ => self.rng.range(1, (1 << 31) - 1),
        }
    }

    pub fn code(&mut self) -> i64 {
        self.rng.pick(CODES)
    }

    /// A body: what the read callback does call by call.
    pub fn body(&mut self) -> String {
        let mut items = Vec::new();
        for _ in 0..self.rng.weighted(&[(50, 1), (20, 2), (15, 3), (10, 5), (5, 0)]) {
            let item = match self.rng.below(40) {
                0..=19 => self.rng.range(0, 3000).to_string(),
                20..=25 => self.rng.pick(&["16384", "16383", "16385", "40000", "70000"]).into(),
                26..=30 => "defer".into(),
                31..=32 => "pause".into(),
                33 => "temp".into(),
                34 => self.rng.pick(&["0", "0", "swap1", "swap2"]).into(),
                35 => self.rng.pick(&["over", "-1", "-902", "-504", "-535"]).into(),
                36..=37 => format!("{}c", self.rng.range(0, 20000)),
                _ => format!("{}n", self.rng.range(0, 100)),
            };
            items.push(item);
        }
        match self.rng.below(10) {
            0..=5 => items.push(format!("{}e", self.rng.range(0, 500))),
            6 => items.push(format!("{}en", self.rng.range(0, 500))),
            7 => items.push("0en".into()),
            8 => items.push(format!("{}ec", self.rng.range(0, 500))),
            _ => {}
        }
        items.join(",")
    }

    /// Cuts for received octets; none means in one piece.
    pub fn cuts(&mut self) -> Option<String> {
        match self.rng.below(10) {
            0..=5 => None,
            6 => Some("1".into()),
            7 => Some(self.rng.range(2, 30).to_string()),
            _ => Some(format!("{},{}", self.rng.range(1, 20), self.rng.range(1, 2000))),
        }
    }

    /// Settings entries, mostly valid.
    pub fn settings(&mut self, target: char, own: bool) -> String {
        let count = self.rng.weighted(&[(20, 0), (35, 1), (25, 2), (15, 3), (5, 6)]);
        let entries: Vec<String> = (0..count).map(|_| self.setting(target, own)).collect();
        entries.join(",")
    }

    fn setting(&mut self, target: char, own: bool) -> String {
        let id = self.rng.pick(&[1, 1, 2, 3, 3, 4, 4, 4, 5, 6, 8, 8, 9, 99, 0x1234]);
        let value = match id {
            1 => self.rng.pick(&[0, 1, 64, 100, 4095, 4096, 4097, 8192, 65536, 0xffff_ffff]),
            // A server must not allow pushes.
            2 if target == 'c' && !own && self.rng.chance(90) => 0,
            2 | 8 => self.rng.weighted(&[(45, 0), (45, 1), (5, 2), (5, 0xffff_ffff)]),
            // Must not unfix the priority mode of the profile.
            9 if own => return "6:1000000".into(),
            // A limit that matters is one that only we hold the peer to.
            6 if own => self.rng.range(1_000_000, 1_100_000),
            9 => self.rng.weighted(&[(45, 0), (45, 1), (5, 2)]),
            3 => self.rng.pick(&[0, 1, 2, 3, 5, 100, 0xffff_ffff]),
            4 if self.rng.chance(8) => self.rng.pick(&[1 << 31, 0xffff_ffff]),
            4 => self.window(),
            5 if self.rng.chance(10) => self.rng.pick(&[0, 16383, 1 << 24]),
            5 => self.rng.pick(&[16384, 16385, 32768, (1 << 24) - 1]),
            _ => self.rng.range(0, 100_000),
        };
        format!("{id}:{value}")
    }

    /// A well-formed request.
    pub fn request(&mut self) -> String {
        let method = self.rng.weighted(&[
            (60, "GET"),
            (20, "POST"),
            (10, "HEAD"),
            (5, "PUT"),
            (5, "OPTIONS"),
        ]);
        let path = self.rng.pick(&["/", "/index.html", "/a%20b?c%3dd", "/x"]).replace("%20", "_");
        let mut nv = format!(":method={method}|:scheme=https|:authority=example.org|:path={path}");
        for _ in 0..self.rng.weighted(&[(50, 0), (30, 1), (15, 2), (5, 5)]) {
            nv.push('|');
            let extra = self.ordinary_field();
            nv.push_str(&extra);
        }
        nv
    }

    pub fn connect_request(&mut self) -> String {
        match self.rng.below(3) {
            0 => ":method=CONNECT|:authority=a:1".into(),
            1 => ":method=CONNECT|:protocol=websocket|:scheme=https|:authority=a|:path=/".into(),
            _ => ":method=CONNECT|:authority=a:1|content-length=5".into(),
        }
    }

    /// A field that any message may carry.
    pub fn ordinary_field(&mut self) -> String {
        match self.rng.below(16) {
            0 => "te=trailers".into(),
            1 => "1^authorization=secret".into(),
            2 => format!("cookie=~{}k", self.rng.range(1, 40)),
            3 => "accept=*/*".into(),
            4 => format!("foo=~{}b", self.rng.range(0, 300)),
            5 => format!("x-{}=v", self.rng.range(0, 9)),
            6 => format!("priority={}", self.priority_value()),
            7 => "Upper-Case=V".to_ascii_lowercase(),
            8 => format!("big=~{}z", self.rng.pick(&[3000, 4000, 5000, 17000])),
            9 => "etag=%22abc%22".into(),
            10 => "set-cookie=a%3db".into(),
            11 => "age=1".into(),
            _ => format!("foo={}", self.rng.range(0, 30)),
        }
    }

    /// A structured field value for RFC 9218, escaped.
    pub fn priority_value(&mut self) -> String {
        let text = match self.rng.below(14) {
            0 => "u=0".into(),
            1 => "u=7,i".into(),
            2 => "i".into(),
            3 => "i=?0, u=2".into(),
            4 => "u=9".into(),
            5 => "u=-1".into(),
            6 => "".into(),
            7 => "u=1;x=\"y\", i;a, foo=(1 2);q".into(),
            8 => "u=3,".into(),
            9 => " u=4".into(),
            10 => "u=2.5".into(),
            _ => format!("u={}{}", self.rng.below(8), self.rng.pick(&["", ",i", ", i=?1"])),
        };
        escape(text.as_bytes())
    }

    pub fn response(&mut self) -> String {
        let status = self.rng.weighted(&[(70, "200"), (10, "204"), (10, "304"), (10, "404")]);
        let mut nv = format!(":status={status}");
        for _ in 0..self.rng.weighted(&[(50, 0), (30, 1), (20, 3)]) {
            nv.push('|');
            let extra = self.ordinary_field();
            nv.push_str(&extra);
        }
        nv
    }

    pub fn trailers(&mut self) -> String {
        self.rng.pick(&["t=1", "x-sum=abc|y=z", "foo=bar", ""]).into()
    }

    /// Adds random options and a random callback table.
    pub fn configure(&mut self, mut step: Step) -> Step {
        for _ in 0..self.rng.weighted(&[(35, 0), (35, 1), (20, 2), (10, 4)]) {
            let (name, value) = self.option();
            if !step.has(name) {
                step = step.arg(name, value);
            }
        }
        if step.target == 's' && self.rng.chance(15) {
            step =
                step.arg("opt.user_recv_extension_type", self.rng.pick(&[10, 12, 16, 42, 200, 9]));
        }
        if self.rng.chance(25) {
            let kind = if self.rng.chance(50) { 16 } else { 10 };
            step = step.arg("opt.builtin_recv_extension_type", kind);
            if step.target == 'c' {
                step = step.arg("opt.builtin_recv_extension_type", 12);
            }
        }
        if self.rng.chance(25) {
            let table = self.callback_table();
            step = step.arg("cb", table);
        }
        if self.rng.chance(15) {
            step = step.arg("pad", self.rng.pick(&[1, 2, 8, 100, 255, 256, 300]));
            let form = self.rng.pick(&["+select_padding2", "+select_padding"]);
            step = add_callbacks(step, form);
        }
        if self.rng.chance(8) {
            // Ten thousand very short frames would be glitches for us.
            let length = self.rng.pick(&[100, 300, 16384, 16385, 40000, 1 << 24, 0, -1]);
            step = step.arg("readlen", length);
            let form = self.rng.pick(&["+read_length2", "+read_length"]);
            step = add_callbacks(step, form);
        }
        if self.rng.chance(25) {
            let form = self.rng.pick(&["+on_header2", "+on_header2,+on_invalid_header2"]);
            step = add_callbacks(step, form);
        }
        match self.rng.below(20) {
            0 if !step.args.iter().any(|(key, _)| key.starts_with("opt.")) => step.arg("new", 1),
            1 | 2 => step.arg("new", 2),
            3 => step.arg("mem", 0),
            _ => step,
        }
    }

    fn option(&mut self) -> (&'static str, String) {
        let number = |n: i64| n.to_string();
        match self.rng.below(14) {
            0..=3 => ("opt.no_auto_window_update", "1".into()),
            4 => {
                let n = self.rng.pick(&[0, 1, 2, 100]);
                ("opt.peer_max_concurrent_streams", number(n))
            }
            5 => ("opt.no_http_messaging", "1".into()),
            6 => {
                let n = self.rng.pick(&[0, 1, 2]);
                ("opt.max_reserved_remote_streams", number(n))
            }
            7 => ("opt.no_auto_ping_ack", "1".into()),
            8 => {
                let n = self.rng.pick(&[0, 50, 100, 150, 200, 5000, 200_000]);
                ("opt.max_send_header_block_length", number(n))
            }
            9 => {
                let n = self.rng.pick(&[0, 1, 100, 4095, 4096, 4097, 65536]);
                ("opt.max_deflate_dynamic_table_size", number(n))
            }
            10 => ("opt.max_outbound_ack", number(self.rng.range(0, 4))),
            11 => ("opt.max_settings", number(self.rng.range(0, 4))),
            12 => {
                // Some glitches are such for us only; there are fewer of those in a script.
                let (name, burst) = if self.rng.chance(50) {
                    ("opt.stream_reset_rate_limit", self.rng.range(0, 4))
                } else {
                    ("opt.glitch_rate_limit", self.rng.range(12, 16))
                };
                // A rate would let the clock into the result.
                (name, format!("{burst}:0"))
            }
            _ => match self.rng.below(2) {
                0 => ("opt.max_continuations", number(self.rng.range(0, 3))),
                _ => ("opt.no_rfc9113_leading_and_trailing_ws_validation", "1".into()),
            },
        }
    }

    fn callback_table(&mut self) -> String {
        const OPTIONAL: &[&str] = &[
            "on_frame_recv",
            "on_invalid_frame_recv",
            "on_data_chunk_recv",
            "before_frame_send",
            "on_frame_send",
            "on_frame_not_send",
            "on_stream_close",
            "on_begin_headers",
            "on_header",
            "on_begin_frame",
            "pack_extension2",
            "unpack_extension",
            "on_extension_chunk_recv",
            "error2",
            "on_invalid_header",
            "send_data",
        ];
        const ADDITIONAL: &[&str] =
            &["+on_header2", "+on_invalid_header2", "+send", "+recv", "+pack_extension", "+error"];
        let mut items = Vec::new();
        for _ in 0..self.rng.range(0, 3) {
            let name = self.rng.pick(OPTIONAL);
            items.push(format!("-{name}"));
        }
        for _ in 0..self.rng.range(0, 2) {
            items.push(self.rng.pick(ADDITIONAL).into());
        }
        if self.rng.chance(10) {
            items.push("-send2".into());
            items.push("+send".into());
        }
        items.join(",")
    }
}

fn add_callbacks(mut step: Step, more: &str) -> Step {
    match step.args.iter_mut().find(|(key, _)| key == "cb") {
        Some((_, value)) => {
            value.push(',');
            value.push_str(more);
            step
        }
        None => step.arg("cb", more),
    }
}
