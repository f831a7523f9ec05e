//! The language of man pages, mdoc(7).

use crate::comment::{Block, Span, plain};
use crate::item::{CONSTANTS, Reference};

/// A page that is being written.
pub struct Page<'a> {
    reference: &'a Reference,
    /// What the page is called.
    name: &'a str,
    text: String,
}

impl<'a> Page<'a> {
    /// A page with its head. The date is not that of the day, so that the same text makes the same page.
    pub fn new(reference: &'a Reference, name: &'a str, date: &str) -> Self {
        let mut page = Self { reference, name, text: String::new() };
        page.line(r#".\" Generated from the comments in the headers. Change those."#);
        page.line(&format!(".Dd {date}"));
        page.line(&format!(".Dt {} 3", name.to_ascii_uppercase()));
        page.line(".Os");
        page
    }

    pub fn finish(self) -> String {
        self.text
    }

    pub fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    pub fn section(&mut self, title: &str) {
        self.line(&format!(".Sh {title}"));
    }

    /// The NAME section, which apropos(1) searches.
    pub fn names(&mut self, brief: &str) {
        self.section("NAME");
        self.line(&format!(".Nm {}", self.name));
        self.line(&format!(".Nd {}", escaped(brief)));
    }

    /// Lines as they are.
    pub fn verbatim(&mut self, lines: &[String]) {
        self.line(".Bd -literal");
        for line in lines {
            self.line(&text_line(line));
        }
        self.line(".Ed");
    }

    /// Paragraphs and lists, with a break between every two.
    pub fn blocks<'b>(&mut self, blocks: impl Iterator<Item = &'b Block>) {
        for (index, block) in blocks.enumerate() {
            match block {
                Block::Paragraph(spans) | Block::Returns(spans) => {
                    if index > 0 {
                        self.line(".Pp");
                    }
                    self.spans(spans);
                }
                Block::List(items) => {
                    self.line(".Bl -bullet");
                    for item in items {
                        self.line(".It");
                        self.spans(item);
                    }
                    self.line(".El");
                }
            }
        }
    }

    /// Text with names in it, each of which has a line of its own as a macro.
    pub fn spans(&mut self, spans: &[Span]) {
        let mut text = String::new();
        let mut behind = "";
        for (index, span) in spans.iter().enumerate() {
            if let Span::Text(part) = span {
                text.push_str(part.strip_prefix(behind).unwrap_or(part));
                behind = "";
                continue;
            }
            let Some(call) = self.call(span) else {
                text.push_str(&plain(std::slice::from_ref(span)));
                continue;
            };
            let next = match spans.get(index + 1) {
                Some(Span::Text(next)) => next.as_str(),
                _ => "",
            };
            behind = glued(next);
            let open = text.rsplit(char::is_whitespace).next().unwrap_or_default().to_owned();
            text.truncate(text.len() - open.len());
            self.sentences(&text);
            text.clear();
            self.line(&surrounded(&call, &open, behind));
        }
        self.sentences(&text);
    }

    /// The macro for a name, if there is one.
    fn call(&self, span: &Span) -> Option<String> {
        match span {
            Span::Text(_) | Span::Rfc(..) => None,
            Span::Code(code) => Some(format!("Ql \\&{}", escaped(code).replace(' ', "\\ "))),
            Span::Variable(name) => Some(format!("Fa {name}")),
            Span::Manual(name, section) => Some(format!("Xr {name} {section}")),
            Span::Name(name) | Span::Call(name) => {
                let found = self.reference.find(name)?;
                let constant = found.name != *name || found.page() == CONSTANTS;
                Some(if constant {
                    format!("Dv {name}")
                } else if name == self.name {
                    format!("Nm {name}")
                } else {
                    format!("Xr {name} 3")
                })
            }
        }
    }

    /// Each sentence begins a line.
    fn sentences(&mut self, text: &str) {
        let mut line = String::new();
        for word in text.split_whitespace() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
            if word.ends_with(['.', '?']) {
                self.line(&text_line(&std::mem::take(&mut line)));
            }
        }
        if !line.is_empty() {
            self.line(&text_line(&line));
        }
    }

    pub fn see_also(&mut self, pages: &[String]) {
        self.section("SEE ALSO");
        for (index, page) in pages.iter().enumerate() {
            let comma = if index + 1 < pages.len() { " ," } else { "" };
            self.line(&format!(".Xr {page} 3{comma}"));
        }
    }
}

/// What stands before the next blank.
fn glued(text: &str) -> &str {
    text.split(char::is_whitespace).next().unwrap_or_default()
}

/// A line with a macro, and what is written without a blank before and behind it.
fn surrounded(call: &str, open: &str, close: &str) -> String {
    let mut line = String::from(".");
    let closes = |c: char| ".,:;)]?!".contains(c);
    match open {
        "" => {}
        "(" | "[" => {
            // Delimiters in front are arguments of the macro.
            let (name, rest) = call.split_once(' ').unwrap_or((call, ""));
            line.push_str(&format!("{name} {open} {rest}"));
        }
        _ => line.push_str(&format!("No {} Ns {call}", escaped(open))),
    }
    if line == "." {
        line.push_str(call);
    }
    let delimiters = close.len() - close.trim_start_matches(closes).len();
    let (delimiters, rest) = close.split_at(delimiters);
    if rest.is_empty() {
        for delimiter in delimiters.chars() {
            line.push_str(&format!(" {delimiter}"));
        }
    } else {
        line.push_str(&format!(" Ns No {}", escaped(close)));
    }
    line
}

/// Text that no macro or escape is hidden in.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\e"),
            '-' => escaped.push('-'),
            '^' => escaped.push_str("\\(ha"),
            '~' => escaped.push_str("\\(ti"),
            '\'' => escaped.push_str("\\(aq"),
            '`' => escaped.push_str("\\(ga"),
            '"' => escaped.push_str("\\(dq"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A line of text, which must not look like a macro.
fn text_line(line: &str) -> String {
    let guard = if line.starts_with(['.', '\'']) { "\\&" } else { "" };
    format!("{guard}{}", escaped(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_stays_where_it_is() {
        assert_eq!(surrounded("Dv A", "", "."), ".Dv A .");
        assert_eq!(surrounded("Dv A", "(", ")."), ".Dv ( A ) .");
        assert_eq!(surrounded("Dv A", "", "'s"), ".Dv A Ns No \\(aqs");
        assert_eq!(surrounded("Dv A", "2*", ""), ".No 2* Ns Dv A");
    }

    #[test]
    fn text_is_no_macro() {
        assert_eq!(text_line(".Sh"), "\\&.Sh");
        assert_eq!(text_line("a\\b 2^31"), "a\\eb 2\\(ha31");
    }
}
