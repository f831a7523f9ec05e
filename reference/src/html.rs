//! The language of HTML pages.

use crate::comment::{Block, Span};
use crate::item::{Item, Reference};
use crate::theme;

/// The layout, for all pages.
pub const STYLE: &str = include_str!("style.css");

/// A whole page.
pub fn page(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{0}</title>\n\
         <link rel=\"stylesheet\" href=\"style.css\">\n</head>\n<body>\n{body}</body>\n</html>\n",
        escaped(title)
    )
}

/// Text that no tag or entity is hidden in.
pub fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

/// Where a name is, seen from any page.
pub fn address(name: &str, item: &Item) -> Option<String> {
    theme::of(item).map(|theme| format!("{}.html#{name}", theme.name))
}

/// A link to a name, or the name alone if it has no place.
pub fn link(reference: &Reference, name: &str, text: &str) -> String {
    let code = format!("<code>{}</code>", escaped(text));
    match reference.find(name).and_then(|item| address(name, item)) {
        Some(address) => format!("<a href=\"{address}\">{code}</a>"),
        None => code,
    }
}

/// C code, in which every name of the interface is a link.
pub fn code(reference: &Reference, text: &str) -> String {
    let mut html = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len()).max(first.len_utf8());
        let (word, left) = rest.split_at(end);
        match reference.find(word).and_then(|item| address(word, item)) {
            Some(address) => html.push_str(&format!("<a href=\"{address}\">{word}</a>")),
            None => html.push_str(&escaped(word)),
        }
        rest = left;
    }
    html
}

pub fn blocks(reference: &Reference, blocks: &[Block]) -> String {
    let mut html = String::new();
    for block in blocks {
        match block {
            Block::Paragraph(text) | Block::Returns(text) => {
                html.push_str(&format!("<p>{}</p>\n", spans(reference, text)));
            }
            Block::List(items) => {
                html.push_str("<ul>\n");
                for item in items {
                    html.push_str(&format!("<li>{}</li>\n", spans(reference, item)));
                }
                html.push_str("</ul>\n");
            }
        }
    }
    html
}

pub fn spans(reference: &Reference, spans: &[Span]) -> String {
    spans.iter().map(|part| span(reference, part)).collect()
}

fn span(reference: &Reference, span: &Span) -> String {
    match span {
        Span::Text(text) => escaped(text),
        Span::Code(code) => format!("<code>{}</code>", escaped(code)),
        Span::Variable(name) => format!("<var>{name}</var>"),
        Span::Manual(name, section) => format!("<i>{name}</i>({section})"),
        Span::Name(name) => link(reference, name, name),
        Span::Call(name) => link(reference, name, &format!("{name}()")),
        Span::Rfc(number, section) => {
            let base = format!("https://www.rfc-editor.org/rfc/rfc{number}");
            match section {
                Some(section) => format!(
                    "<a href=\"{base}#section-{section}\">RFC {number} section {section}</a>"
                ),
                None => format!("<a href=\"{base}\">RFC {number}</a>"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_no_tag() {
        assert_eq!(escaped("<a> & \"b\""), "&lt;a&gt; &amp; &quot;b&quot;");
    }
}
