//! Reads a header into items.
//!
//! This is no parser of C: it knows the few forms that cbindgen writes, and refuses others rather than
//! leave an item out.

use crate::item::{Enumerator, Item, Kind, Prototype, Variable};

const GUARD: &str = "#if !defined(NGHTTP2_NO_SSIZE_T)";

/// The comment at the top of a file, up to its licence.
pub fn opening(text: &str) -> String {
    let lines = text.lines().skip(1).map(|line| line.trim_start_matches(" *").trim());
    let lines = lines.take_while(|line| !line.starts_with("SPDX")).collect::<Vec<_>>();
    lines.join("\n").trim().to_owned()
}

/// Every item, in order.
pub fn items(text: &str, header: &'static str) -> Result<Vec<Item>, String> {
    let mut items = Vec::new();
    let mut lines = text.lines();
    let mut comment = String::new();
    let mut guarded = false;
    while let Some(line) = lines.next() {
        let kind = if line == "/**" {
            comment = comment_body(&mut lines);
            continue;
        } else if line == "/*" {
            // The opening, which is about no item.
            lines.by_ref().find(|line| line.trim() == "*/");
            continue;
        } else if line == GUARD {
            guarded = true;
            continue;
        } else if line.is_empty() || line == "}" || line == "extern \"C\" {" {
            continue;
        } else if let Some(rest) = line.strip_prefix("#define ") {
            let Some((name, value)) = rest.split_once(' ') else { continue };
            Some((name.to_owned(), Kind::Macro(value.to_owned())))
        } else if line.starts_with('#') || line.starts_with(' ') {
            // What chooses NGHTTP2_EXTERN, which is no item.
            guarded &= line != "#endif";
            None
        } else if line == "typedef enum {" {
            let (body, name) = braces(&mut lines)?;
            Some((name, Kind::Enumeration(enumerators(&body)?)))
        } else if line == "typedef struct {" || line == "typedef union {" {
            let word = line.split(' ').nth(1).unwrap_or_default().to_owned();
            let (body, name) = braces(&mut lines)?;
            Some((name, Kind::Record { word, members: members(&body)? }))
        } else {
            Some(declaration(&statement(line, &mut lines)?)?)
        };
        if let Some((name, kind)) = kind {
            let comment = std::mem::take(&mut comment);
            items.push(Item { name, header, comment, guarded, kind });
        }
    }
    Ok(items)
}

/// The rest of a comment that has begun, without asterisks.
fn comment_body<'a>(lines: &mut impl Iterator<Item = &'a str>) -> String {
    let mut body = String::new();
    for line in lines.map(str::trim).take_while(|line| *line != "*/") {
        let line = line.strip_prefix('*').unwrap_or(line);
        body.push_str(line.strip_prefix(' ').unwrap_or(line));
        body.push('\n');
    }
    body.trim().to_owned()
}

/// The lines up to the closing brace, and the name behind it.
fn braces<'a>(lines: &mut impl Iterator<Item = &'a str>) -> Result<(Vec<&'a str>, String), String> {
    let mut body = Vec::new();
    for line in lines {
        if let Some(name) = line.strip_prefix("} ").and_then(|rest| rest.strip_suffix(';')) {
            return Ok((body, name.to_owned()));
        }
        body.push(line.trim());
    }
    Err("a brace is not closed".to_owned())
}

/// A statement on one line.
fn statement<'a>(first: &str, lines: &mut impl Iterator<Item = &'a str>) -> Result<String, String> {
    let mut whole = first.trim().to_owned();
    while !whole.ends_with(';') {
        let next = lines.next().ok_or_else(|| format!("no end of `{whole}`"))?;
        if !whole.ends_with('(') {
            whole.push(' ');
        }
        whole.push_str(next.trim());
    }
    whole.pop();
    Ok(whole)
}

/// Parts of a body, each with its comment.
fn commented(body: &[&str]) -> Vec<(String, String)> {
    let mut parts = Vec::new();
    let mut comment = String::new();
    let mut lines = body.iter().copied();
    while let Some(line) = lines.next() {
        if line == "/**" {
            comment = comment_body(&mut lines);
        } else {
            parts.push((line.to_owned(), std::mem::take(&mut comment)));
        }
    }
    parts
}

fn enumerators(body: &[&str]) -> Result<Vec<Enumerator>, String> {
    let mut next = 0;
    let mut enumerators = Vec::new();
    for (line, comment) in commented(body) {
        let line = line.trim_end_matches(',');
        let (name, value) = match line.split_once(" = ") {
            Some((name, value)) => {
                (name, value.parse().map_err(|_| format!("`{value}` is no number"))?)
            }
            None => (line, next),
        };
        next = value + 1;
        enumerators.push(Enumerator { name: name.to_owned(), value, comment });
    }
    Ok(enumerators)
}

fn members(body: &[&str]) -> Result<Vec<Variable>, String> {
    let parts = commented(body).into_iter().map(|(line, comment)| {
        let line = line.strip_suffix(';').ok_or_else(|| format!("`{line}` is no member"))?;
        Ok(Variable { comment, ..variable(line)? })
    });
    parts.collect()
}

/// What is neither a macro nor has braces.
fn declaration(statement: &str) -> Result<(String, Kind), String> {
    let unknown = || format!("`{statement}` is not understood");
    if let Some(rest) = statement.strip_prefix("typedef ") {
        if let Some((returns, rest)) = rest.split_once("(*") {
            let (name, parameters) = rest.split_once(")(").ok_or_else(unknown)?;
            return Ok((name.to_owned(), Kind::Callback(prototype(returns, parameters)?)));
        }
        let (of, name) = rest.rsplit_once(' ').ok_or_else(unknown)?;
        let opaque = of.starts_with("struct ");
        return Ok((
            name.to_owned(),
            if opaque { Kind::Opaque } else { Kind::Alias(of.to_owned()) },
        ));
    }
    let rest = statement.strip_prefix("NGHTTP2_EXTERN ").ok_or_else(unknown)?;
    let (head, parameters) = rest.split_once('(').ok_or_else(unknown)?;
    let Variable { name, c_type, .. } = variable(head)?;
    Ok((name, Kind::Function(prototype(&c_type, parameters)?)))
}

fn prototype(returns: &str, parameters: &str) -> Result<Prototype, String> {
    let list = parameters.strip_suffix(')').ok_or_else(|| format!("`{parameters}` goes on"))?;
    let parameters = list.split(", ").filter(|one| *one != "void").map(variable);
    Ok(Prototype {
        returns: returns.trim().to_owned(),
        parameters: parameters.collect::<Result<_, _>>()?,
    })
}

/// The name is what comes last, brackets aside.
fn variable(declaration: &str) -> Result<Variable, String> {
    let declaration = declaration.trim();
    let plain = declaration.split('[').next().unwrap_or(declaration);
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let c_type = plain.trim_end_matches(is_name);
    let name = plain.strip_prefix(c_type).unwrap_or_default();
    if name.is_empty() || c_type.trim().is_empty() {
        return Err(format!("`{declaration}` has no name"));
    }
    Ok(Variable {
        name: name.to_owned(),
        c_type: c_type.trim().to_owned(),
        declaration: declaration.to_owned(),
        comment: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_read() {
        let text = "/*\n * Opening.\n */\n#ifndef X_H\n#define X_H\n\n/**\n * Ten.\n */\n\
                    #define TEN (5 + 5)\n/**\n * An enumeration.\n */\n\
                    typedef enum {\n  /**\n   * One.\n   */\n\
                    \u{20} ONE = 1,\n  /**\n   * Two.\n   */\n  TWO\n} numbers;\n\
                    #if !defined(NGHTTP2_NO_SSIZE_T)\n/**\n * Calls.\n */\n\
                    typedef const char *(*call)(int a,\n\
                    \u{20}                 uint8_t b[8]);\n#endif\n/**\n * Does.\n *\n * More.\n */\n\
                    NGHTTP2_EXTERN\nvoid **does(const void *a);\n";
        let items = items(text, "x.h").unwrap();
        let names: Vec<&str> = items.iter().map(|item| item.name.as_str()).collect();
        assert_eq!(names, ["TEN", "numbers", "call", "does"]);
        let values: Vec<i64> = items[1].enumerators().iter().map(|one| one.value).collect();
        assert_eq!(values, [1, 2]);
        assert_eq!(items[1].enumerators()[1].comment, "Two.");
        assert!(items[2].guarded && !items[3].guarded);
        assert_eq!(items[2].prototype().unwrap().returns, "const char *");
        assert_eq!(items[2].parameters()[1].declaration, "uint8_t b[8]");
        assert_eq!(items[3].prototype().unwrap().returns, "void **");
        assert_eq!(items[3].comment, "Does.\n\nMore.");
    }

    #[test]
    fn other_forms_are_refused() {
        for text in ["int x;", "void f(int a);", "typedef enum {\n  ONE = x\n} numbers;"] {
            assert!(items(text, "x.h").is_err(), "{text}");
        }
    }
}
