//! What comments leave out.

use crate::item::{Item, Kind, Reference};

/// Objects that a function is about. They are explained where their types are.
const OBJECTS: [&str; 7] = [
    "nghttp2_session",
    "nghttp2_session_callbacks",
    "nghttp2_option",
    "nghttp2_rcbuf",
    "nghttp2_stream",
    "nghttp2_hd_deflater",
    "nghttp2_hd_inflater",
];

/// Everything that a comment should say, and does not: a line each.
pub fn all(reference: &Reference) -> Vec<String> {
    let mut gaps = Vec::new();
    for item in &reference.items {
        gaps.extend(silent(item));
        gaps.extend(dangling(reference, item));
        gaps.extend(unnamed(reference, item));
        gaps.extend(unanswered(reference, item));
    }
    gaps
}

/// Parts without a comment.
fn silent(item: &Item) -> Vec<String> {
    let silent = item.comments().filter(|(_, comment)| comment.is_empty());
    silent.map(|(part, _)| format!("{}: {part} has no comment", item.name)).collect()
}

/// Names that nothing has.
fn dangling(reference: &Reference, item: &Item) -> Vec<String> {
    let names = item.comments().flat_map(|(_, comment)| item.text_of(comment).names());
    let dangling = names.filter(|name| reference.find(name).is_none());
    dangling.map(|name| format!("{}: there is no {name}", item.name)).collect()
}

/// Parameters that neither the comment mentions, by name or by type, nor that of its model.
fn unnamed(reference: &Reference, item: &Item) -> Vec<String> {
    let lineage = reference.lineage(item);
    let callback = matches!(item.kind, Kind::Callback(_));
    let unnamed = item.parameters().iter().enumerate().filter(|(index, parameter)| {
        let object =
            *index == 0 && OBJECTS.contains(&parameter.base()) && !parameter.c_type.ends_with("**");
        // Which ones every callback gets is said once, at nghttp2_session_callbacks.
        let usual =
            object || callback && ["user_data", "mem_user_data"].contains(&&*parameter.name);
        let said = lineage.iter().any(|one| {
            let comment = one.text();
            let same = one.parameters().iter().any(|other| other.name == parameter.name);
            same && comment.mentions(&parameter.name)
                || comment.names().iter().any(|name| *name == parameter.base())
        });
        let manual = item.comment.starts_with("Like ") && item.comment.ends_with("(3).");
        !usual && !said && !manual
    });
    unnamed.map(|(_, one)| format!("{}: {} is not explained", item.name, one.name)).collect()
}

/// Functions and callbacks that return something unspoken.
fn unanswered(reference: &Reference, item: &Item) -> Option<String> {
    let returns = item.prototype().is_some_and(|prototype| prototype.returns != "void");
    let manual = item.comment.ends_with("(3).");
    let said = reference
        .lineage(item)
        .iter()
        .any(|one| one.comment.contains("Returns ") || one.comment.contains("Returns\n"));
    (returns && !said && !manual).then(|| format!("{}: what it returns is not said", item.name))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// The gaps in a header of its own, beside one that is empty otherwise.
    fn gaps(name: &str, text: &str) -> Vec<String> {
        let directory = std::env::temp_dir().join(format!("gaps-{}-{name}", std::process::id()));
        fs::create_dir_all(&directory).unwrap();
        fs::write(directory.join("nghttp2.h"), text).unwrap();
        fs::write(directory.join("nghttp2x.h"), "").unwrap();
        fs::write(directory.join("nghttp2ver.h"), "").unwrap();
        let reference = Reference::read(&directory).unwrap();
        fs::remove_dir_all(&directory).unwrap();
        all(&reference)
    }

    #[test]
    fn every_gap_is_found() {
        let told = [
            ("no-comment", "#define A 1\n", "A: A has no comment"),
            ("name", "/**\n * See ::nghttp2_b.\n */\n#define A 1\n", "A: there is no nghttp2_b"),
            (
                "parameter",
                "/**\n * Does in it.\n */\nNGHTTP2_EXTERN void f(int in);\n",
                "f: in is not explained",
            ),
            (
                "result",
                "/**\n * Does.\n */\nNGHTTP2_EXTERN int f(nghttp2_session *session);\n",
                "f: what it returns is not said",
            ),
        ];
        for (name, header, gap) in told {
            assert_eq!(gaps(name, header), [gap]);
        }
    }

    #[test]
    fn a_model_speaks_for_others() {
        let text = "/**\n * Takes number.\n *\n * Returns 0.\n */\n\
                    NGHTTP2_EXTERN int nghttp2_f(int number);\n\
                    /**\n * Like nghttp2_f().\n */\nNGHTTP2_EXTERN int nghttp2_g(int number);\n";
        assert_eq!(gaps("model", text), [""; 0]);
    }
}
