//! Scenario files: scripts with a purpose.
//!
//! ```text
//! # One sentence about the file.
//! # section: session 7.1
//! # profile: tree            (only if compared with the last release that had the tree)
//! s open
//! +++
//! # What the first scenario shows.
//! s feed data stream={0 1}
//! s recv
//! ---
//! # intended: some-id        (this scenario must show that entry of allowed.txt)
//! s terminate_session
//! ```
//!
//! Every scenario begins with fresh objects. What stands above `+++` begins each of the scenarios
//! that follow; `---` separates them. Braces are alternatives, see `expand`.

use super::expand::expand;
use crate::script::{self, Script};

/// One scenario, its alternatives chosen.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The comment above it, the line of the file where it begins, and what was chosen.
    pub title: String,
    pub line: usize,
    pub chosen: String,
    /// The intended difference it must show.
    pub intended: Option<String>,
    pub script: Script,
}

/// What one file holds.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// `PAGE NUMBER` of each section it covers.
    pub sections: Vec<String>,
    pub tree: bool,
    pub scenarios: Vec<Scenario>,
}

/// The lines between two separators.
#[derive(Default)]
struct Block {
    line: usize,
    title: String,
    intended: Option<String>,
    body: String,
}

/// Reads one file; the error says where.
pub fn parse(text: &str) -> Result<File, String> {
    let mut file = File::default();
    let mut beginning = String::new();
    let mut block = Block { line: 1, ..Block::default() };
    for (n, line) in text.lines().enumerate() {
        match line.trim() {
            "+++" => {
                beginning = std::mem::take(&mut block.body);
                block = Block { line: n + 2, ..Block::default() };
            }
            "---" => {
                finish(&mut file, &beginning, block)?;
                block = Block { line: n + 2, ..Block::default() };
            }
            line => match line.strip_prefix('#') {
                Some(comment) => annotate(&mut file, &mut block, comment.trim())?,
                None => block.body.push_str(&format!("{line}\n")),
            },
        }
    }
    finish(&mut file, &beginning, block)?;
    if file.sections.is_empty() {
        return Err("names no section".into());
    }
    Ok(file)
}

fn annotate(file: &mut File, block: &mut Block, comment: &str) -> Result<(), String> {
    match comment.split_once(": ") {
        Some(("section", section)) => file.sections.push(section.trim().into()),
        Some(("profile", "tree")) => file.tree = true,
        Some(("profile", other)) => return Err(format!("unknown profile {other}")),
        Some(("intended", id)) => block.intended = Some(id.trim().into()),
        _ if block.title.is_empty() => block.title = comment.into(),
        _ => {}
    }
    Ok(())
}

fn finish(file: &mut File, beginning: &str, block: Block) -> Result<(), String> {
    let place = |error: String| format!("scenario at line {}: {error}", block.line);
    if block.body.trim().is_empty() {
        return Err(place("is empty".into()));
    }
    for choice in expand(&format!("{beginning}{}", block.body)).map_err(place)? {
        file.scenarios.push(Scenario {
            title: block.title.clone(),
            line: block.line,
            chosen: choice.chosen,
            intended: block.intended.clone(),
            script: script::parse(&choice.text).map_err(place)?,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_is_shared_and_alternatives_are_chosen() {
        let text = "# Shows it.\n# section: session 3\ns open\n+++\n# One.\ns recv\n---\n\
                    # Two.\n# intended: x\ns mem_send n={1 2}\n";
        let file = parse(text).expect("well-formed");
        assert_eq!(file.sections, ["session 3"]);
        let shown: Vec<String> = file.scenarios.iter().map(|s| script::print(&s.script)).collect();
        let expected = ["s open\ns recv\n", "s open\ns mem_send n=1\n", "s open\ns mem_send n=2\n"];
        assert_eq!(shown, expected);
        assert_eq!(file.scenarios[0].title, "One.");
        assert_eq!(file.scenarios[2].intended.as_deref(), Some("x"));
        assert_eq!((file.scenarios[2].line, file.scenarios[2].chosen.as_str()), (8, "2"));
    }

    #[test]
    fn what_is_wrong_is_said() {
        let head = "# section: http 1\n";
        for (text, part) in [
            ("s open\n", "names no section"),
            ("# section: http 1\ns open\n---\n", "line 4: is empty"),
            ("# section: http 1\n# profile: old\ns open\n", "unknown profile"),
        ] {
            let error = parse(text).expect_err(text);
            assert!(error.contains(part), "{error}");
        }
        assert!(parse(&format!("{head}x y\n")).is_err());
    }
}
