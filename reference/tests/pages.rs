//! The files as readers get them: formatters and checkers find nothing to complain about, every link leads
//! somewhere, and no word of a comment is lost on the way.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use nghttp2_reference::item::{CONSTANTS, Item, Reference};
use nghttp2_reference::manual::{self, File};
use nghttp2_reference::{comment, site, theme};

fn reference() -> Reference {
    let headers = Path::new(env!("CARGO_MANIFEST_DIR")).join("../include/nghttp2");
    Reference::read(&headers).unwrap()
}

/// Files written below a directory of the test's own.
fn written(test: &str, files: &BTreeMap<String, File>) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test).join("man3");
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).unwrap();
    for (name, file) in files {
        match file {
            File::Page(text) => fs::write(directory.join(name), text).unwrap(),
            File::Link(to) => symlink(to, directory.join(name)).unwrap(),
        }
    }
    directory
}

/// Runs a command, which must succeed. What it prints and what it complains about.
fn run(directory: &Path, command: &[&str]) -> (String, String) {
    let (program, arguments) = command.split_first().unwrap();
    let output = Command::new(program)
        .args(arguments)
        .current_dir(directory)
        .env("GROFF_NO_SGR", "1")
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    let [out, err] =
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    assert!(output.status.success(), "{program}: {out}{err}");
    (out, err)
}

fn names(files: &BTreeMap<String, File>) -> Vec<&str> {
    let pages = files.iter().filter(|(_, file)| matches!(file, File::Page(_)));
    pages.map(|(name, _)| name.as_str()).collect()
}

/// Every word of an item's comments, without markup.
fn words_of(item: &Item) -> BTreeSet<String> {
    let texts = item.comments().flat_map(|(_, text)| {
        let comment = item.text_of(text);
        let spans: Vec<String> =
            comment.spans().map(|span| comment::plain(std::slice::from_ref(span))).collect();
        spans
    });
    texts.flat_map(|text| words(&text)).collect()
}

fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Formatters print bold as a letter over itself, and italics as a letter over an underscore.
fn without_overstrikes(text: &str) -> String {
    let mut plain = String::new();
    for c in text.chars() {
        if c == '\u{8}' {
            plain.pop();
        } else {
            plain.push(c);
        }
    }
    plain
}

#[test]
fn mandoc_finds_no_fault() {
    let files = manual::files(&reference());
    let directory = written("mandoc", &files);
    let pages = names(&files);
    assert!(pages.len() > 250);
    let mut command = vec!["mandoc", "-Tlint", "-Wwarning"];
    command.extend(pages);
    assert_eq!(run(&directory, &command), (String::new(), String::new()));
}

#[test]
fn groff_finds_no_fault() {
    let files = manual::files(&reference());
    let directory = written("groff", &files);
    for page in names(&files) {
        // Some names are longer than a line of the usual length.
        let command = ["groff", "-mandoc", "-ww", "-z", "-Tutf8", "-rLL=120n", page];
        assert_eq!(run(&directory, &command), (String::new(), String::new()), "{page}");
    }
}

#[test]
fn man_finds_items_and_constants() {
    let reference = reference();
    let directory = written("man", &manual::files(&reference));
    let tree = directory.parent().unwrap().to_str().unwrap();
    for name in ["nghttp2_submit_request2", "NGHTTP2_ERR_NOMEM", "NGHTTP2_VERSION", "libnghttp2"] {
        let (page, fault) = run(&directory, &["man", "-M", tree, "-Tutf8", "-P", "cat", name]);
        assert!(without_overstrikes(&page).contains(name), "{name}: {page}");
        assert_eq!(fault, "", "{name}");
    }
    let (page, fault) = run(&directory, &["man", "-P", "cat", "-l", "nghttp2_nv.3"]);
    let found = without_overstrikes(&page).contains("valuelen");
    assert!(found && fault.is_empty(), "{page}{fault}");
}

#[test]
fn man_pages_refer_to_pages() {
    let files = manual::files(&reference());
    let mut references = 0;
    for (name, file) in &files {
        let File::Page(text) = file else { continue };
        for line in text.lines().filter(|line| line.contains("Xr ")) {
            let words: Vec<&str> = line.split(' ').collect();
            let to = words.iter().position(|word| *word == "3").and_then(|at| words.get(at - 1));
            let to = to.unwrap_or_else(|| panic!("{name}: `{line}` refers to nothing"));
            let ours = to.contains("nghttp2");
            assert!(!ours || files.contains_key(&format!("{to}.3")), "{name}: {to} is missing");
            references += usize::from(ours);
        }
    }
    assert!(references > 1000, "only {references} references");
}

#[test]
fn no_word_is_lost_in_man_pages() {
    let reference = reference();
    let directory = written("words", &manual::files(&reference));
    let mut pages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for item in &reference.items {
        let found = pages.entry(item.page().to_owned()).or_insert_with(|| {
            let page = format!("{}.3", item.page());
            // Wide enough that no word is broken.
            let (text, _) = run(&directory, &["mandoc", "-Tascii", "-Owidth=500", &page]);
            words(&without_overstrikes(&text))
        });
        let lost: Vec<String> = words_of(item).difference(found).cloned().collect();
        assert!(lost.is_empty(), "{}: {lost:?}", item.name);
    }
    assert!(pages.contains_key(CONSTANTS));
}

#[test]
fn no_word_is_lost_in_html() {
    let reference = reference();
    let files = site::files(&reference);
    for item in &reference.items {
        let name = format!("{}.html", theme::of(item).unwrap().name);
        let Some(File::Page(page)) = files.get(&name) else { panic!("{name}") };
        let start = page.find(&format!("<section id=\"{}\">", item.name)).unwrap();
        let (_, section) = page.split_at(start);
        let section = section.split("</section>").next().unwrap();
        let mut plain = String::new();
        for part in section.split('<') {
            plain.push_str(part.split_once('>').map_or(part, |(_, text)| text));
        }
        let lost: Vec<String> = words_of(item).difference(&words(&plain)).cloned().collect();
        assert!(lost.is_empty(), "{}: {lost:?}", item.name);
    }
}

/// The values of an attribute.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    page.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn links_lead_somewhere() {
    let files = site::files(&reference());
    let mut places = BTreeSet::new();
    for (name, file) in &files {
        let File::Page(text) = file else { panic!("{name} is a link") };
        places.insert(name.clone());
        for id in values(text, "id") {
            assert!(places.insert(format!("{name}#{id}")), "{id} is twice in {name}");
        }
    }
    let mut links = 0;
    for (name, file) in &files {
        let File::Page(text) = file else { continue };
        for link in values(text, "href") {
            let outside = link.starts_with("https://www.rfc-editor.org/rfc/rfc");
            assert!(outside || places.contains(link), "{name}: {link} leads nowhere");
            links += 1;
        }
    }
    assert!(links > 2000, "only {links} links");
}

#[test]
fn tidy_finds_no_fault() {
    let files = site::files(&reference());
    let directory = written("tidy", &files);
    for page in names(&files).into_iter().filter(|name| name.ends_with(".html")) {
        let command = ["tidy", "-quiet", "-errors", "-utf8", page];
        assert_eq!(run(&directory, &command), (String::new(), String::new()), "{page}");
    }
}
