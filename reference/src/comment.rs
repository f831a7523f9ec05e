//! What a comment says.
//!
//! Comments are in doxygen's style: paragraphs, lists with dashes, `::NAME` and `name()` for items,
//! backquotes for code, `@deprecated`. Names of parameters may stand for themselves, but for those that
//! are English words, too; these are in backquotes.

/// Names of parameters and members that are also words.
const WORDS: [&str; 34] = [
    "age",
    "args",
    "base",
    "burst",
    "cat",
    "data",
    "exclusive",
    "fields",
    "flags",
    "format",
    "frame",
    "free",
    "huffman",
    "id",
    "in",
    "length",
    "limit",
    "mem",
    "name",
    "octets",
    "option",
    "origin",
    "out",
    "payload",
    "rate",
    "reserved",
    "session",
    "size",
    "source",
    "stream",
    "type",
    "urgency",
    "value",
    "weight",
];

#[derive(Debug, PartialEq, Eq)]
pub enum Span {
    Text(String),
    Code(String),
    /// A name of the interface.
    Name(String),
    /// The same, of a function.
    Call(String),
    /// A parameter or member.
    Variable(String),
    /// A page of the manual that is not ours.
    Manual(String, char),
    /// A document, and the section in it.
    Rfc(String, Option<String>),
}

#[derive(Debug, PartialEq, Eq)]
pub enum Block {
    Paragraph(Vec<Span>),
    /// What a function returns.
    Returns(Vec<Span>),
    List(Vec<Vec<Span>>),
}

#[derive(Debug, Default)]
pub struct Comment {
    pub blocks: Vec<Block>,
    pub deprecated: Option<Vec<Span>>,
}

impl Comment {
    /// Parses a comment about something that has these parameters or members.
    pub fn parse(text: &str, variables: &[&str]) -> Self {
        let mut comment = Self::default();
        for paragraph in text.split("\n\n").map(str::trim).filter(|text| !text.is_empty()) {
            if let Some(rest) = paragraph.strip_prefix("@deprecated ") {
                comment.deprecated = Some(spans(&joined(rest), variables));
                continue;
            }
            let (head, items) = list(paragraph);
            comment.blocks.extend(paragraphs(&joined(head)).map(|text| {
                let spans = spans(text, variables);
                let returns = text.starts_with("Returns ") || text.starts_with("A negative result");
                if returns { Block::Returns(spans) } else { Block::Paragraph(spans) }
            }));
            if !items.is_empty() {
                let items = items.iter().map(|item| spans(&joined(item), variables)).collect();
                comment.blocks.push(Block::List(items));
            }
        }
        comment
    }

    pub fn spans(&self) -> impl Iterator<Item = &Span> {
        let blocks = self.blocks.iter().flat_map(|block| match block {
            Block::Paragraph(spans) | Block::Returns(spans) => vec![spans],
            Block::List(items) => items.iter().collect(),
        });
        blocks.chain(&self.deprecated).flatten()
    }

    /// Names of the interface, in order.
    pub fn names(&self) -> Vec<String> {
        let names = self.spans().filter_map(|span| match span {
            Span::Name(name) | Span::Call(name) => Some(name.clone()),
            _ => None,
        });
        names.collect()
    }

    /// Whether it speaks of a parameter or member.
    pub fn mentions(&self, variable: &str) -> bool {
        self.spans().any(|span| matches!(span, Span::Variable(name) if name == variable))
    }

    /// The function whose comment holds here, too: what stands behind `like`.
    pub fn model(&self) -> Option<String> {
        let spans: Vec<&Span> = self.spans().collect();
        spans.windows(2).find_map(|pair| match pair {
            [Span::Text(text), Span::Name(name) | Span::Call(name)]
                if text.to_ascii_lowercase().ends_with("like ") =>
            {
                Some(name.clone())
            }
            _ => None,
        })
    }

    /// The first sentence, without its end, in lower case where it is a sentence.
    pub fn brief(&self) -> String {
        let first = self.blocks.iter().find_map(|block| match block {
            Block::Paragraph(spans) | Block::Returns(spans) => Some(plain(spans)),
            Block::List(_) => None,
        });
        let text = without_sections(&first.unwrap_or_default());
        let end = [". ", ": ", "; "].iter().filter_map(|end| text.find(end)).min();
        let text = text.get(..end.unwrap_or(text.len())).unwrap_or(&text);
        let text = shortened(text.trim_end_matches(['.', ':', ';']));
        let mut letters = text.chars();
        match (letters.next(), letters.next()) {
            (Some(first), Some(second)) if !second.is_uppercase() => {
                first.to_lowercase().chain([second]).chain(letters).collect()
            }
            _ => text.to_owned(),
        }
    }
}

/// Without markup.
pub fn plain(spans: &[Span]) -> String {
    let mut text = String::new();
    for span in spans {
        match span {
            Span::Text(part) | Span::Code(part) | Span::Name(part) | Span::Variable(part) => {
                text.push_str(part);
            }
            Span::Call(name) => text.push_str(&format!("{name}()")),
            Span::Manual(name, section) => text.push_str(&format!("{name}({section})")),
            Span::Rfc(number, section) => {
                text.push_str(&format!("RFC {number}"));
                text.extend(section.iter().flat_map(|section| [" section ", section]));
            }
        }
    }
    text
}

/// Without the sections of documents that stand in brackets.
fn without_sections(text: &str) -> String {
    let mut parts = text.split(" (RFC ");
    let mut left = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        left.push_str(part.split_once(')').map_or("", |(_, rest)| rest));
    }
    left
}

/// Without clauses at the end that make a line too long.
fn shortened(text: &str) -> &str {
    let mut left = text;
    while left.len() > 72 {
        let clauses = [", which are ", ", and ", ", as ", ", for ", ", without "];
        match clauses.iter().filter_map(|clause| left.rfind(clause)).max() {
            Some(end) => left = left.get(..end).unwrap_or(left),
            None => break,
        }
    }
    left
}

fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What comes before a list, and its items.
fn list(paragraph: &str) -> (&str, Vec<&str>) {
    if let Some(items) = paragraph.strip_prefix("- ") {
        return ("", items.split("\n- ").collect());
    }
    let (head, items) = paragraph.split_once("\n- ").unwrap_or((paragraph, ""));
    (head, items.split("\n- ").filter(|item| !item.is_empty()).collect())
}

/// What is returned is a paragraph of its own, wherever it begins.
fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    let middle = text.find(". Returns ").map_or(text.len(), |place| place + 1);
    let (before, after) = text.split_at(middle);
    [before, after.trim()].into_iter().filter(|part| !part.is_empty())
}

/// Reads text from left to right.
fn spans(text: &str, variables: &[&str]) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut rest = text;
    let mut before = None;
    while let Some(first) = rest.chars().next() {
        let (span, length) = span(rest, before, variables);
        match (span, spans.last_mut()) {
            (Span::Text(text), Some(Span::Text(last))) => last.push_str(&text),
            (span, _) => spans.push(span),
        }
        let (taken, left) = rest.split_at(length.max(first.len_utf8()));
        before = taken.chars().last();
        rest = left;
    }
    spans
}

/// What a text begins with, and how long that is.
fn span(text: &str, before: Option<char>, variables: &[&str]) -> (Span, usize) {
    let as_text = |length: usize| (Span::Text(text.chars().take(length).collect()), length);
    if let Some((code, _)) = text.strip_prefix('`').and_then(|rest| rest.split_once('`')) {
        let owned = code.to_owned();
        let is_variable = variables.contains(&code);
        return (
            if is_variable { Span::Variable(owned) } else { Span::Code(owned) },
            code.len() + 2,
        );
    }
    if let Some(rest) = text.strip_prefix("::") {
        let name = word(rest);
        return (Span::Name(name.to_owned()), name.len() + 2);
    }
    let name = word(text);
    if name.is_empty() {
        return as_text(1);
    }
    let rest = text.strip_prefix(name).unwrap_or_default();
    let lower = name.to_ascii_lowercase();
    if lower.starts_with("nghttp2_") || lower.starts_with("nghttp2x_") {
        let owned = name.to_owned();
        return match rest.strip_prefix("()") {
            Some(_) => (Span::Call(owned), name.len() + 2),
            // Not an item, but a switch that programs may define.
            None if name == "NGHTTP2_NO_SSIZE_T" => as_text(name.len()),
            None => (Span::Name(owned), name.len()),
        };
    }
    if name == "RFC"
        && let Some((span, length)) = rfc(rest)
    {
        return (span, name.len() + length);
    }
    if let [b'(', section @ b'1'..=b'8', b')', ..] = rest.as_bytes() {
        return (Span::Manual(name.to_owned(), char::from(*section)), name.len() + 3);
    }
    // Not in frame->hd.length.
    let alone = !matches!(before, Some('.' | '>' | '-' | '\'' | ':' | '/'));
    if alone && variables.contains(&name) && !WORDS.contains(&name) {
        return (Span::Variable(name.to_owned()), name.len());
    }
    as_text(name.len())
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

/// ` NUMBER` or ` NUMBER section NUMBER`, behind `RFC`.
fn rfc(text: &str) -> Option<(Span, usize)> {
    let number = word(text.strip_prefix(' ')?);
    if number.is_empty() || !number.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let length = 1 + number.len();
    let section = text.get(length..)?.strip_prefix(" section ").map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default().trim_end_matches('.')
    });
    let whole = length + section.map_or(0, |section| " section ".len() + section.len());
    Some((Span::Rfc(number.to_owned(), section.map(str::to_owned)), whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Span {
        Span::Text(text.to_owned())
    }

    #[test]
    fn words_are_told_apart() {
        let found = spans(
            "In `in` are inlen octets, `h2`; see ::nghttp2_nv, nghttp2_is_fatal(), malloc(3).",
            &["in", "inlen"],
        );
        let expected = [
            text("In "),
            Span::Variable("in".to_owned()),
            text(" are "),
            Span::Variable("inlen".to_owned()),
            text(" octets, "),
            Span::Code("h2".to_owned()),
            text("; see "),
            Span::Name("nghttp2_nv".to_owned()),
            text(", "),
            Span::Call("nghttp2_is_fatal".to_owned()),
            text(", "),
            Span::Manual("malloc".to_owned(), '3'),
            text("."),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn sections_end_before_the_full_stop() {
        let found = spans("(RFC 9113 section 6.9.1). RFC 8336.", &[]);
        let expected = [
            text("("),
            Span::Rfc("9113".to_owned(), Some("6.9.1".to_owned())),
            text("). "),
            Span::Rfc("8336".to_owned(), None),
            text("."),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn briefs_are_short() {
        let brief = |text| Comment::parse(text, &[]).brief();
        assert_eq!(
            brief("Queues PING (RFC 9113 section 6.7), at once. More."),
            "queues PING, at once"
        );
        assert_eq!(brief("PING waits; no more."), "PING waits");
        let long = "Queues what is rather long a name, and then goes on, without an end that would fit here.";
        assert_eq!(brief(long), "queues what is rather long a name, and then goes on");
    }

    #[test]
    fn a_comment_has_its_parts() {
        let comment = Comment::parse(
            "Like nghttp2_a(). It is\nlong. Returns 0.\n\n\
             Head:\n- one\n  more\n- two\n\n@deprecated Use ::nghttp2_b.",
            &[],
        );
        let [Block::Paragraph(_), Block::Returns(returns), Block::Paragraph(_), Block::List(items)] =
            &comment.blocks[..]
        else {
            panic!("{:?}", comment.blocks);
        };
        assert_eq!(plain(returns), "Returns 0.");
        assert_eq!(items.len(), 2);
        assert_eq!(plain(&items[0]), "one more");
        assert_eq!(comment.model().as_deref(), Some("nghttp2_a"));
        assert_eq!(comment.brief(), "like nghttp2_a()");
        assert_eq!(comment.names(), ["nghttp2_a", "nghttp2_b"]);
        assert!(comment.deprecated.is_some());
    }
}
