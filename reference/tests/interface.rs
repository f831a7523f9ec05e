//! Everything that a program may name has a page and a place, and a comment that says what is to be said.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use nghttp2_reference::item::{CONSTANTS, Kind, Reference};
use nghttp2_reference::manual::{self, File};
use nghttp2_reference::{gaps, site, theme};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn reference() -> Reference {
    Reference::read(&root().join("include/nghttp2")).unwrap()
}

/// The interface as `capi-tests/api` has it: each name, with the remarks on it.
fn interface() -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for file in ["functions.txt", "types.txt", "constants.txt", "additions.txt"] {
        let text = fs::read_to_string(root().join("capi-tests/api").join(file)).unwrap();
        for line in text.lines() {
            let (line, remark) = line.split_once('#').unwrap_or((line, ""));
            if let Some(name) = name(line) {
                names.insert(name.to_owned(), remark.to_owned());
            }
        }
    }
    names
}

/// What a line defines. Members of structures begin with their offset.
fn name(line: &str) -> Option<&str> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('+') {
        return None;
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let word = |text: &'_ str| text.split(|c| !is_name(c)).next().map(str::len);
    if let Some((_, rest)) = line.split_once("(*") {
        return rest.get(..word(rest)?);
    }
    if let Some((before, _)) = line.split_once('(').filter(|_| line.ends_with(';')) {
        return before.rsplit(|c| !is_name(c)).next();
    }
    if line.starts_with("typedef ") {
        return line.trim_end_matches(';').rsplit(' ').next();
    }
    let rest = ["enum ", "define ", "struct ", "union "]
        .iter()
        .find_map(|start| line.strip_prefix(start))
        .unwrap_or(line);
    rest.get(..word(rest)?)
}

#[test]
fn the_reference_has_what_the_interface_has() {
    let interface: BTreeSet<String> = interface().into_keys().collect();
    let reference = reference();
    let known: BTreeSet<String> = reference.names().map(|(name, _)| name.to_owned()).collect();
    let missing: Vec<_> = interface.difference(&known).collect();
    let unknown: Vec<_> = known.difference(&interface).collect();
    assert!(missing.is_empty() && unknown.is_empty(), "missing {missing:?}, unknown {unknown:?}");
    assert!(interface.len() > 350, "the lists have {} names only", interface.len());
}

#[test]
fn what_is_deprecated_or_guarded_is_said() {
    let interface = interface();
    for item in &reference().items {
        let remark = interface.get(&item.name).map_or("", String::as_str);
        assert_eq!(remark.contains("guard NGHTTP2_NO_SSIZE_T"), item.guarded, "{}", item.name);
        if matches!(item.kind, Kind::Function(_)) {
            let said = item.text().deprecated.is_some();
            assert_eq!(remark.contains("deprecated"), said, "{}", item.name);
        }
    }
}

#[test]
fn every_name_has_a_man_page() {
    let reference = reference();
    let files = manual::files(&reference);
    for (name, item) in reference.names() {
        let page = match files.get(&format!("{name}.3")) {
            Some(File::Page(page)) => page,
            Some(File::Link(to)) => match files.get(to) {
                Some(File::Page(page)) => page,
                other => panic!("{name} leads to {to}, which is {other:?}"),
            },
            None => panic!("{name} has no page"),
        };
        let heading = [".Nm", ".It Dv"].map(|start| format!("{start} {name}"));
        let found = page.lines().any(|line| {
            heading.iter().any(|heading| {
                line.strip_prefix(heading.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            })
        });
        assert!(found, "{name} is not on the page of {}", item.page());
    }
}

#[test]
fn every_name_has_a_place_in_html() {
    let reference = reference();
    let files = site::files(&reference);
    for (name, item) in reference.names() {
        let theme = theme::of(item).unwrap_or_else(|| panic!("{name} has no theme"));
        let Some(File::Page(page)) = files.get(&format!("{}.html", theme.name)) else {
            panic!("{} has no page", theme.name);
        };
        assert!(page.contains(&format!(" id=\"{name}\"")), "{name} is not in {}", theme.name);
    }
}

#[test]
fn the_overview_lists_every_page() {
    let reference = reference();
    let files = manual::files(&reference);
    let Some(File::Page(overview)) = files.get("libnghttp2.3") else { panic!("no overview") };
    for (name, file) in &files {
        let listed = overview.contains(&format!(".It Xr {} 3\n", name.trim_end_matches(".3")));
        let expected = matches!(file, File::Page(_)) && name != "libnghttp2.3";
        assert_eq!(listed, expected, "{name}");
    }
    assert!(files.contains_key(&format!("{CONSTANTS}.3")));
}

#[test]
fn no_theme_is_empty() {
    for (theme, items) in theme::contents(&reference()) {
        assert!(!items.is_empty(), "{}", theme.title);
    }
}

#[test]
fn comments_leave_nothing_out() {
    let gaps = gaps::all(&reference());
    assert!(gaps.is_empty(), "{} gaps:\n{}", gaps.len(), gaps.join("\n"));
}
