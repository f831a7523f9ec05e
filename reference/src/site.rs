//! The HTML reference: a page for each theme, and an index with every name. Links are relative, so it
//! can be read from a directory.

use std::collections::BTreeMap;

use crate::html::{self, STYLE, blocks, code, escaped, link, spans};
use crate::item::{Item, Kind, Prototype, Reference};
use crate::manual::File;
use crate::theme::{self, Theme};

/// Every file by its name.
pub fn files(reference: &Reference) -> BTreeMap<String, File> {
    let mut files = BTreeMap::new();
    for (theme, items) in theme::contents(reference) {
        files.insert(format!("{}.html", theme.name), of_theme(reference, theme, &items));
    }
    files.insert("index.html".to_owned(), index(reference));
    files.insert("style.css".to_owned(), STYLE.to_owned());
    files.into_iter().map(|(name, text)| (name, File::Page(text))).collect()
}

fn index(reference: &Reference) -> String {
    let mut body = String::from("<h1>libnghttp2</h1>\n");
    for (header, opening) in reference.openings() {
        let header = format!("<code>#include &lt;nghttp2/{header}&gt;</code>");
        body.push_str(&format!("<p>{header}: {}</p>\n", escaped(&opening)));
    }
    for (theme, items) in theme::contents(reference) {
        let title = escaped(theme.title);
        body.push_str(&format!("<h2><a href=\"{}.html\">{title}</a></h2>\n", theme.name));
        body.push_str("<dl>\n");
        for item in items {
            body.push_str(&format!("<dt>{}</dt>\n", link(reference, &item.name, &item.name)));
            body.push_str(&format!("<dd>{}</dd>\n", escaped(&item.text().brief())));
        }
        body.push_str("</dl>\n");
    }
    body.push_str("<h2 id=\"names\">Every name</h2>\n<ul class=\"names\">\n");
    for (name, _) in reference.names() {
        body.push_str(&format!("<li>{}</li>\n", link(reference, name, name)));
    }
    body.push_str("</ul>\n");
    html::page("libnghttp2", &body)
}

fn of_theme(reference: &Reference, theme: &Theme, items: &[&Item]) -> String {
    let title = escaped(theme.title);
    let mut body = format!(
        "<nav><a href=\"index.html\">libnghttp2</a> &middot; \
         <a href=\"index.html#names\">every name</a></nav>\n<h1>{title}</h1>\n<ul class=\"names\">\n"
    );
    for item in items {
        body.push_str(&format!("<li>{}</li>\n", link(reference, &item.name, &item.name)));
    }
    body.push_str("</ul>\n");
    for item in items {
        body.push_str(&of_item(reference, item));
    }
    html::page(&format!("{} - libnghttp2", theme.title), &body)
}

fn of_item(reference: &Reference, item: &Item) -> String {
    let comment = item.text();
    let mut body = format!("<section id=\"{0}\">\n<h2>{0}</h2>\n", item.name);
    body.push_str(&format!("<pre>{}</pre>\n", code(reference, &declaration(item))));
    if let Some(deprecated) = &comment.deprecated {
        let text = spans(reference, deprecated);
        body.push_str(&format!("<p class=\"note\"><strong>Deprecated.</strong> {text}</p>\n"));
    }
    body.push_str(&blocks(reference, &comment.blocks));
    parts(&mut body, reference, item);
    errors(&mut body, reference, item);
    if item.guarded {
        body.push_str("<p class=\"note\">Not declared for programs that define ");
        body.push_str("<code>NGHTTP2_NO_SSIZE_T</code>.</p>\n");
    }
    if item.header != "nghttp2.h" {
        body.push_str(&format!("<p class=\"note\">In <code>nghttp2/{}</code>.</p>\n", item.header));
    }
    body.push_str("</section>\n");
    body
}

/// As C has it, on several lines where it would be long.
fn declaration(item: &Item) -> String {
    match &item.kind {
        Kind::Function(prototype) => called(&item.name, &prototype.returns, prototype),
        Kind::Callback(prototype) => {
            let returns = format!("typedef {}", prototype.returns);
            called(&format!("(*{})", item.name), &returns, prototype)
        }
        Kind::Record { word, members } => {
            let lines = members.iter().map(|member| format!("    {};\n", member.declaration));
            format!("typedef {word} {{\n{}}} {};", lines.collect::<String>(), item.name)
        }
        Kind::Opaque => format!("typedef struct {0} {0};", item.name),
        Kind::Alias(of) => format!("typedef {of} {};", item.name),
        Kind::Enumeration(_) => format!("typedef enum {{ ... }} {};", item.name),
        Kind::Macro(value) => format!("#define {} {value}", item.name),
    }
}

fn called(name: &str, returns: &str, prototype: &Prototype) -> String {
    let blank = if returns.ends_with('*') { "" } else { " " };
    let declarations = prototype.parameters.iter().map(|one| one.declaration.as_str());
    let list: Vec<&str> = declarations.collect();
    let line = format!("{returns}{blank}{name}({});", list.join(", "));
    if line.len() <= 80 {
        return line;
    }
    format!("{returns}{blank}{name}(\n    {});", list.join(",\n    "))
}

/// Members and constants. A constant can be linked to; a member cannot, since others have its name.
fn parts(body: &mut String, reference: &Reference, item: &Item) {
    let mut list = String::new();
    for member in item.members() {
        list.push_str(&format!("<dt><var>{}</var></dt>\n", member.name));
        part(&mut list, reference, item, &member.comment);
    }
    for constant in item.enumerators() {
        let (name, value) = (&constant.name, constant.value);
        list.push_str(&format!("<dt id=\"{name}\"><code>{name}</code> = {value}</dt>\n"));
        part(&mut list, reference, item, &constant.comment);
    }
    if !list.is_empty() {
        body.push_str(&format!("<dl>\n{list}</dl>\n"));
    }
}

fn part(list: &mut String, reference: &Reference, item: &Item, comment: &str) {
    let text = blocks(reference, &item.text_of(comment).blocks);
    list.push_str(&format!("<dd>{}</dd>\n", text.trim_end()));
}

/// What the errors mean that the comment speaks of.
fn errors(body: &mut String, reference: &Reference, item: &Item) {
    let errors = reference.errors(item);
    if item.prototype().is_none() || errors.is_empty() {
        return;
    }
    body.push_str("<h3>Errors</h3>\n<dl>\n");
    for name in errors {
        let Some(found) = reference.find(&name) else { continue };
        body.push_str(&format!("<dt>{}</dt>\n", link(reference, &name, &name)));
        part(body, reference, found, reference.comment_on(&name));
    }
    body.push_str("</dl>\n");
}
