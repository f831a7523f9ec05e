//! Scripts: what the driver does to a library, as readable data.
//!
//! One step a line; `#` starts a comment line:
//!
//! ```text
//! TARGET VERB [WORD] [KEY=VALUE …]
//! TARGET on EVENT [@STREAM] [#N] VERB [WORD] [KEY=VALUE …]
//! ```
//!
//! **Targets.** `s` a server session, `c` a client session, `d` a stand-alone deflater, `i` a
//! stand-alone inflater, `-` everything without an object.
//!
//! **Values** contain no blanks: octets are written `%xx` where they would confuse.
//! `hex=` values are hex octets, `AA*N` repeats, `+` joins: `hex=4142+00*100`.
//! `nv=` values are header lists: `:method=GET|:path=/|1^cookie=~500x`; the number before `^`
//! holds the copy and index flags, `~500x` is 500 times `x`.
//! `iv=` values are SETTINGS entries: `3:100,4:70000`.
//! `prio=` values are `DEPENDENCY:WEIGHT:EXCLUSIVE`.
//! `read=` values describe a data source, one item for each stretch of the body:
//! `5000` that many octets over as many reads as it takes, then flags `e` (EOF), `n`
//! (NO_END_STREAM), `c` (NO_COPY); `defer`, `pause`, `temp`, `over` (more than the buffer holds),
//! `swapN` (puts source N of the session in its own place) or a negative result. After the last
//! item comes EOF.
//! `plan=` values tell the transport: octets accepted or offered at each call, `wb` (would
//! block), `eof`, or a negative result; after the last item everything is accepted.
//! `times=N` does the step N times.
//!
//! **Input.** `feed KIND …` appends frames to the inbox of a session, `recv` hands the inbox to
//! `nghttp2_session_mem_recv`. What a paused session left over stays in the inbox.
//!
//! **Callbacks.** `s on on_header#3 return value=-526` makes the third invocation return a value;
//! any other verb is an action done inside the callback. Without `#N` the rule holds for every
//! invocation; `@STREAM` counts only invocations for that stream. The rule is registered when its
//! step is reached.
//!
//! The verbs are listed in the README; each is implemented in the module of its theme.

use std::borrow::Cow;
use std::fmt;

/// A condition on a callback invocation.
#[derive(Clone, Debug, PartialEq)]
pub struct When {
    pub event: String,
    pub stream: Option<i32>,
    /// The invocation, counted from 1; 0 means every one.
    pub nth: u32,
}

/// One line of a script.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub target: char,
    pub when: Option<When>,
    pub verb: String,
    pub word: Option<String>,
    pub args: Vec<(Cow<'static, str>, String)>,
}

/// A script is its steps in order.
pub type Script = Vec<Step>;

/// A new step, to be completed with [`Step::arg`] and friends.
pub fn step(target: char, verb: &str) -> Step {
    Step { target, when: None, verb: verb.into(), word: None, args: Vec::new() }
}

impl Step {
    pub fn word(mut self, word: &str) -> Step {
        self.word = Some(word.into());
        self
    }

    pub fn arg(mut self, key: &'static str, value: impl fmt::Display) -> Step {
        self.args.push((Cow::Borrowed(key), value.to_string()));
        self
    }

    pub fn arg_if(self, condition: bool, key: &'static str, value: impl fmt::Display) -> Step {
        if condition { self.arg(key, value) } else { self }
    }

    /// The same step as an action of a callback.
    pub fn on(mut self, event: &str, stream: Option<i32>, nth: u32) -> Step {
        self.when = Some(When { event: event.into(), stream, nth });
        self
    }

    pub fn text(&self, key: &str) -> Option<&str> {
        self.args.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }

    pub fn has(&self, key: &str) -> bool {
        self.text(key).is_some()
    }

    /// A number in decimal or `0x` notation; the default if absent or malformed.
    pub fn int(&self, key: &str, default: i64) -> i64 {
        self.text(key).and_then(number).unwrap_or(default)
    }

    pub fn bytes(&self, key: &str) -> Option<Vec<u8>> {
        self.text(key).map(octets)
    }

    /// Comma-separated numbers.
    pub fn ints(&self, key: &str) -> Vec<i64> {
        self.text(key).unwrap_or("").split(',').filter_map(number).collect()
    }
}

/// Reads a decimal, negative or hexadecimal number.
pub fn number(text: &str) -> Option<i64> {
    match text.strip_prefix("0x") {
        Some(hex) => i64::from_str_radix(hex, 16).ok(),
        None => text.parse().ok(),
    }
}

/// Reads the notation of `hex=` values; what is malformed counts as nothing.
pub fn octets(text: &str) -> Vec<u8> {
    let mut all = Vec::new();
    for part in text.split('+') {
        let (digits, times) = match part.split_once('*') {
            Some((digits, times)) => (digits, times.parse().unwrap_or(0)),
            None => (part, 1usize),
        };
        let unit: Vec<u8> = digits
            .as_bytes()
            .chunks_exact(2)
            .filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect();
        for _ in 0..times.min(1 << 20) {
            all.extend_from_slice(&unit);
        }
    }
    all
}

/// Writes octets in the notation of `hex=` values, runs of one octet shortened.
pub fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    let mut text = String::new();
    let mut rest = bytes;
    let mut after_run = false;
    while let Some(&first) = rest.first() {
        let run = rest.iter().take_while(|&&b| b == first).count();
        let repeated = run > 8;
        if !text.is_empty() && (repeated || after_run) {
            text.push('+');
        }
        let _ = write!(text, "{first:02x}");
        if repeated {
            let _ = write!(text, "*{run}");
        }
        after_run = repeated;
        rest = if repeated { &rest[run..] } else { &rest[1..] };
    }
    text
}

/// Escapes octets for use inside a value.
pub fn escape(bytes: &[u8]) -> String {
    use fmt::Write;
    let mut text = String::new();
    for &b in bytes {
        if b.is_ascii_graphic() && !b"%=|^#,~".contains(&b) {
            text.push(b as char);
        } else {
            let _ = write!(text, "%{b:02x}");
        }
    }
    text
}

/// Undoes [`escape`].
pub fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&b, tail)) = rest.split_first() {
        rest = tail;
        let code = (b == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match code {
            Some(code) => {
                bytes.push(code);
                rest = &tail[2..];
            }
            None => bytes.push(b),
        }
    }
    bytes
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.target)?;
        if let Some(when) = &self.when {
            write!(f, " on {}", when.event)?;
            if let Some(stream) = when.stream {
                write!(f, "@{stream}")?;
            }
            if when.nth > 0 {
                write!(f, "#{}", when.nth)?;
            }
        }
        write!(f, " {}", self.verb)?;
        if let Some(word) = &self.word {
            write!(f, " {word}")?;
        }
        for (key, value) in &self.args {
            write!(f, " {key}={value}")?;
        }
        Ok(())
    }
}

/// Prints a whole script.
pub fn print(script: &[Step]) -> String {
    script.iter().map(|step| format!("{step}\n")).collect()
}

/// Reads a script; the error names the line.
pub fn parse(text: &str) -> Result<Script, String> {
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
        .map(|(n, line)| parse_step(line).map_err(|e| format!("line {}: {e}: {line}", n + 1)))
        .collect()
}

fn parse_step(line: &str) -> Result<Step, String> {
    let mut words = line.split_whitespace().peekable();
    let target = match words.next() {
        Some(t) if ["s", "c", "d", "i", "-"].contains(&t) => t.chars().next().unwrap_or('-'),
        _ => return Err("unknown target".into()),
    };
    let when = match words.peek() {
        Some(&"on") => {
            words.next();
            Some(parse_when(words.next().ok_or("event missing")?)?)
        }
        _ => None,
    };
    let verb = words.next().ok_or("verb missing")?.to_string();
    let mut step = Step { target, when, verb, word: None, args: Vec::new() };
    for word in words {
        match word.split_once('=') {
            Some((key, value)) => step.args.push((Cow::Owned(key.into()), value.into())),
            None if step.word.is_none() && step.args.is_empty() => step.word = Some(word.into()),
            None => return Err(format!("stray word {word}")),
        }
    }
    Ok(step)
}

fn parse_when(text: &str) -> Result<When, String> {
    let (text, nth) = match text.split_once('#') {
        Some((head, nth)) => (head, nth.parse().map_err(|_| "bad invocation number")?),
        None => (text, 0),
    };
    let (event, stream) = match text.split_once('@') {
        Some((head, id)) => (head, Some(id.parse().map_err(|_| "bad stream id")?)),
        None => (text, None),
    };
    Ok(When { event: event.into(), stream, nth })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_script_reads_back() {
        let script = vec![
            step('s', "open").arg("opt.max_settings", 3).arg("cb", "-on_header2"),
            step('s', "feed").word("headers").arg("stream", 1).arg("nv", ":path=%20|a="),
            step('s', "return").arg("value", -526).on("on_header", Some(3), 2),
            step('-', "pump"),
        ];
        assert_eq!(parse(&print(&script)).as_ref(), Ok(&script));
    }

    #[test]
    fn octets_survive_both_notations() {
        let mut bytes: Vec<u8> = (0..=255).collect();
        bytes.extend([7; 1000]);
        bytes.extend(b"tail");
        assert_eq!(octets(&hex(&bytes)), bytes);
        assert_eq!(unescape(&escape(&bytes)), bytes);
    }

    #[test]
    fn a_malformed_line_is_named() {
        let error = parse("s open\n\nx what\n").unwrap_err();
        assert!(error.starts_with("line 3:"), "{error}");
    }
}
