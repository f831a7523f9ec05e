//! The man pages: one for each function, callback and type, one for all macros, and one that lists all
//! others. A constant is a link to the page that it is on, so that `man NGHTTP2_ERR_NOMEM` works.

use std::collections::BTreeMap;

use crate::comment::{Block, Comment};
use crate::item::{CONSTANTS, Item, Kind, OVERVIEW, Reference, Variable};
use crate::mdoc::{Page, escaped};
use crate::theme;

/// The day of the text. Change it with a release.
const DATE: &str = "November 22, 2026";

/// What is under a name.
#[derive(Debug)]
pub enum File {
    Page(String),
    /// Another name, which stands beside it. (Symbolic links: mandoc advises against `.so`.)
    Link(String),
}

/// Every file by its name.
pub fn files(reference: &Reference) -> BTreeMap<String, File> {
    let mut files = BTreeMap::new();
    for (name, item) in reference.names() {
        let file = if name == item.page() {
            File::Page(of_item(reference, item))
        } else {
            File::Link(format!("{}.3", item.page()))
        };
        files.insert(format!("{name}.3"), file);
    }
    files.insert(format!("{CONSTANTS}.3"), File::Page(of_macros(reference)));
    files.insert(format!("{OVERVIEW}.3"), File::Page(overview(reference)));
    files
}

fn of_item(reference: &Reference, item: &Item) -> String {
    let comment = item.text();
    let mut page = Page::new(reference, &item.name, DATE);
    page.names(&comment.brief());
    synopsis(&mut page, item);
    description(&mut page, item, &comment);
    returned(&mut page, reference, item, &comment);
    errors(&mut page, reference, item);
    page.see_also(&reference.related(item));
    page.finish()
}

fn synopsis(page: &mut Page, item: &Item) {
    page.section("SYNOPSIS");
    page.line(&format!(".In nghttp2/{}", item.header));
    match &item.kind {
        Kind::Function(prototype) => {
            page.line(&format!(".Ft \"{}\"", prototype.returns));
            parameters(page, &item.name, &prototype.parameters);
        }
        Kind::Callback(prototype) => {
            page.line(&format!(".Ft \"typedef {}\"", prototype.returns));
            parameters(page, &format!("(*{})", item.name), &prototype.parameters);
        }
        Kind::Record { word, members } => {
            let body = members.iter().map(|member| format!("    {};", member.declaration));
            let mut lines = vec![format!("typedef {word} {{")];
            lines.extend(body);
            lines.push(format!("}} {};", item.name));
            page.verbatim(&lines);
        }
        Kind::Opaque => page.line(&format!(".Vt typedef struct {0} {0} ;", item.name)),
        Kind::Alias(of) => page.line(&format!(".Vt typedef {of} {} ;", item.name)),
        Kind::Enumeration(_) => page.line(&format!(".Vt typedef enum {{ ... }} {} ;", item.name)),
        Kind::Macro(_) => {}
    }
}

fn parameters(page: &mut Page, name: &str, parameters: &[Variable]) {
    page.line(&format!(".Fo {name}"));
    for parameter in parameters {
        page.line(&format!(".Fa \"{}\"", parameter.declaration));
    }
    page.line(".Fc");
}

/// What is returned is left to its own section.
fn description(page: &mut Page, item: &Item, comment: &Comment) {
    let returns = |block: &&Block| matches!(block, Block::Returns(_));
    let said = comment.blocks.iter().any(|block| !returns(&block));
    let parts = !item.members().is_empty() || !item.enumerators().is_empty();
    if !said && !parts && comment.deprecated.is_none() && !item.guarded {
        return;
    }
    page.section("DESCRIPTION");
    page.blocks(comment.blocks.iter().filter(|block| !returns(block)));
    members(page, item);
    enumerators(page, item);
    let mut first = !said && !parts;
    if let Some(deprecated) = &comment.deprecated {
        paragraph(page, &mut first);
        page.line(".Em Deprecated .");
        page.spans(deprecated);
    }
    if item.guarded {
        paragraph(page, &mut first);
        page.line("It is not declared for programs that define");
        page.line(".Dv NGHTTP2_NO_SSIZE_T .");
    }
}

fn paragraph(page: &mut Page, first: &mut bool) {
    if !*first {
        page.line(".Pp");
    }
    *first = false;
}

fn members(page: &mut Page, item: &Item) {
    if item.members().is_empty() {
        return;
    }
    page.line(".Bl -tag -width Ds");
    for member in item.members() {
        page.line(&format!(".It Fa {}", member.name));
        page.blocks(item.text_of(&member.comment).blocks.iter());
    }
    page.line(".El");
}

fn enumerators(page: &mut Page, item: &Item) {
    if item.enumerators().is_empty() {
        return;
    }
    page.line(".Bl -tag -width Ds");
    for enumerator in item.enumerators() {
        let value = enumerator.value.to_string().replace('-', "\\-");
        page.line(&format!(".It Dv {} Pq {value}", enumerator.name));
        page.blocks(item.text_of(&enumerator.comment).blocks.iter());
    }
    page.line(".El");
}

/// What a function or callback returns. One without a word on it returns what its model does.
fn returned(page: &mut Page, reference: &Reference, item: &Item, comment: &Comment) {
    let returns = comment.blocks.iter().filter(|block| matches!(block, Block::Returns(_)));
    if returns.clone().next().is_some() {
        page.section("RETURN VALUES");
        page.blocks(returns);
    } else if let (Some(prototype), Some(model)) = (item.prototype(), reference.model(item))
        && prototype.returns != "void"
    {
        page.section("RETURN VALUES");
        page.line("The same as");
        page.line(&format!(".Xr {} 3 .", model.name));
    }
}

fn errors(page: &mut Page, reference: &Reference, item: &Item) {
    let errors = reference.errors(item);
    if item.prototype().is_none() || errors.is_empty() {
        return;
    }
    page.section("ERRORS");
    page.line(".Bl -tag -width Er");
    for name in errors {
        page.line(&format!(".It Bq Er {name}"));
        let Some(found) = reference.find(&name) else { continue };
        page.blocks(found.text_of(reference.comment_on(&name)).blocks.iter());
    }
    page.line(".El");
}

fn of_macros(reference: &Reference) -> String {
    let mut page = Page::new(reference, CONSTANTS, DATE);
    page.names("constants that are macros");
    page.section("SYNOPSIS");
    page.line(".In nghttp2/nghttp2.h");
    page.section("DESCRIPTION");
    page.line(".Bl -tag -width Ds");
    for item in &reference.items {
        let Kind::Macro(value) = &item.kind else { continue };
        page.line(&format!(".It Dv {}", item.name));
        page.line(".Bd -literal -compact");
        page.line(&escaped(value));
        page.line(".Ed");
        page.blocks(item.text().blocks.iter());
    }
    page.line(".El");
    page.see_also(&[OVERVIEW.to_owned()]);
    page.finish()
}

fn overview(reference: &Reference) -> String {
    let mut page = Page::new(reference, OVERVIEW, DATE);
    page.names("HTTP/2 and HPACK for C programs");
    page.section("SYNOPSIS");
    page.line(".In nghttp2/nghttp2.h");
    page.line(".In nghttp2/nghttp2x.h");
    page.section("DESCRIPTION");
    page.line(".Bl -tag -width Ds");
    for (header, opening) in reference.openings() {
        page.line(&format!(".It In nghttp2/{header}"));
        page.line(&escaped(&opening));
    }
    page.line(".El");
    for (theme, items) in theme::contents(reference) {
        page.line(&format!(".Ss {}", theme.title));
        page.line(".Bl -tag -width Ds -compact");
        if theme.name == theme::MACROS.name {
            page.line(&format!(".It Xr {CONSTANTS} 3"));
            page.line("constants that are macros");
        } else {
            for item in items {
                page.line(&format!(".It Xr {} 3", item.name));
                page.line(&escaped(&item.text().brief()));
            }
        }
        page.line(".El");
    }
    page.finish()
}
