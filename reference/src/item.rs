//! Items of the C interface, and where each name has its place.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use crate::comment::Comment;
use crate::header;

/// The headers, in the order in which they are read.
const HEADERS: [&str; 3] = ["nghttp2ver.h", "nghttp2.h", "nghttp2x.h"];

/// The page with all macros.
pub const CONSTANTS: &str = "nghttp2_constants";

/// The page that lists all others.
pub const OVERVIEW: &str = "libnghttp2";

/// A parameter, or a member of a structure.
#[derive(Debug)]
pub struct Variable {
    pub name: String,
    /// Without the brackets of an array.
    pub c_type: String,
    /// As it is declared, without a semicolon.
    pub declaration: String,
    /// Of members only.
    pub comment: String,
}

impl Variable {
    /// The type without `const` and asterisks.
    pub fn base(&self) -> &str {
        self.c_type.trim_start_matches("const ").trim_end_matches(['*', ' '])
    }
}

/// A constant of an enumeration.
#[derive(Debug)]
pub struct Enumerator {
    pub name: String,
    pub value: i64,
    pub comment: String,
}

/// What functions and pointers to functions have in common.
#[derive(Debug)]
pub struct Prototype {
    pub returns: String,
    pub parameters: Vec<Variable>,
}

#[derive(Debug)]
pub enum Kind {
    Function(Prototype),
    Callback(Prototype),
    /// `word` is struct or union.
    Record {
        word: String,
        members: Vec<Variable>,
    },
    Opaque,
    Alias(String),
    Enumeration(Vec<Enumerator>),
    Macro(String),
}

/// Something that a header declares.
#[derive(Debug)]
pub struct Item {
    pub name: String,
    /// The header that a program includes for it.
    pub header: &'static str,
    pub comment: String,
    /// Whether it is missing when the program defines NGHTTP2_NO_SSIZE_T.
    pub guarded: bool,
    pub kind: Kind,
}

impl Item {
    pub fn prototype(&self) -> Option<&Prototype> {
        match &self.kind {
            Kind::Function(prototype) | Kind::Callback(prototype) => Some(prototype),
            _ => None,
        }
    }

    pub fn parameters(&self) -> &[Variable] {
        self.prototype().map_or(&[], |prototype| &prototype.parameters)
    }

    pub fn members(&self) -> &[Variable] {
        match &self.kind {
            Kind::Record { members, .. } => members,
            _ => &[],
        }
    }

    pub fn enumerators(&self) -> &[Enumerator] {
        match &self.kind {
            Kind::Enumeration(enumerators) => enumerators,
            _ => &[],
        }
    }

    /// What its comment says.
    pub fn text(&self) -> Comment {
        self.text_of(&self.comment)
    }

    /// What the comment of a part says: its members are known by their names, as are parameters.
    pub fn text_of(&self, comment: &str) -> Comment {
        let variables = self.parameters().iter().chain(self.members());
        let names: Vec<&str> = variables.map(|variable| variable.name.as_str()).collect();
        Comment::parse(comment, &names)
    }

    /// Every comment: its own, and those of its parts.
    pub fn comments(&self) -> impl Iterator<Item = (&str, &str)> {
        let own = [(self.name.as_str(), self.comment.as_str())];
        let members = self.members().iter().map(|part| (part.name.as_str(), part.comment.as_str()));
        let constants =
            self.enumerators().iter().map(|part| (part.name.as_str(), part.comment.as_str()));
        own.into_iter().chain(members).chain(constants)
    }

    /// The man page that it is on.
    pub fn page(&self) -> &str {
        if matches!(self.kind, Kind::Macro(_)) { CONSTANTS } else { &self.name }
    }
}

/// The whole interface.
pub struct Reference {
    pub items: Vec<Item>,
    /// What the headers say of themselves.
    openings: Vec<(&'static str, String)>,
    places: BTreeMap<String, usize>,
}

impl Reference {
    /// Reads the headers in a directory.
    pub fn read(directory: &Path) -> io::Result<Self> {
        let mut reference =
            Self { items: Vec::new(), openings: Vec::new(), places: BTreeMap::new() };
        for name in HEADERS {
            // Nobody includes the version header by itself.
            let included = if name == "nghttp2ver.h" { "nghttp2.h" } else { name };
            let text = fs::read_to_string(directory.join(name))?;
            let items = header::items(&text, included)
                .map_err(|what| io::Error::other(format!("{name}: {what}")))?;
            if included == name {
                reference.openings.push((name, header::opening(&text)));
            }
            reference.items.extend(items);
        }
        for (index, item) in reference.items.iter().enumerate() {
            let constants = item.enumerators().iter().map(|constant| constant.name.clone());
            for name in constants.chain([item.name.clone()]) {
                if reference.places.insert(name.clone(), index).is_some() {
                    return Err(io::Error::other(format!("{name} is declared twice")));
                }
            }
        }
        Ok(reference)
    }

    /// What each header that programs include is about, in a sentence.
    pub fn openings(&self) -> impl Iterator<Item = (&'static str, String)> {
        let first = |text: &str| {
            let line = text.replace('\n', " ");
            line.split_inclusive(". ").next().unwrap_or_default().trim().to_owned()
        };
        self.openings.iter().map(move |(name, text)| (*name, first(text)))
    }

    /// The item with a name, or with a constant of that name.
    pub fn find(&self, name: &str) -> Option<&Item> {
        self.items.get(*self.places.get(name)?)
    }

    /// Every name that a program may write: of items and of constants.
    pub fn names(&self) -> impl Iterator<Item = (&str, &Item)> {
        let item = |index: &usize| self.items.get(*index);
        self.places.iter().filter_map(move |(name, index)| Some((name.as_str(), item(index)?)))
    }

    /// The comment of a constant or an item.
    pub fn comment_on(&self, name: &str) -> &str {
        let own = self.find(name).into_iter().flat_map(Item::comments);
        own.into_iter().find(|(part, _)| *part == name).map_or("", |(_, comment)| comment)
    }

    /// The item whose comment holds for this one, too: `Like NAME(), but ...`.
    pub fn model(&self, item: &Item) -> Option<&Item> {
        let name = item.text().model()?;
        let functions = |model: &&Item| model.prototype().is_some() && model.name != item.name;
        self.find(&name).filter(functions)
    }

    /// An item and those that its comment begins with, from the nearest on.
    pub fn lineage<'a>(&'a self, item: &'a Item) -> Vec<&'a Item> {
        let mut lineage = vec![item];
        while let Some(model) = lineage.last().and_then(|last| self.model(last)) {
            if lineage.iter().any(|known| known.name == model.name) {
                break;
            }
            lineage.push(model);
        }
        lineage
    }

    /// The errors that an item's comment speaks of, and those that it inherits.
    pub fn errors(&self, item: &Item) -> Vec<String> {
        let mut errors: Vec<String> = Vec::new();
        for item in self.lineage(item) {
            for name in item.text().names() {
                if name.starts_with("NGHTTP2_ERR_") && !errors.contains(&name) {
                    errors.push(name);
                }
            }
        }
        errors
    }

    /// The pages that a reader may want next, in order.
    pub fn related(&self, item: &Item) -> Vec<String> {
        let mut pages: Vec<String> = item
            .comments()
            .flat_map(|(_, comment)| item.text_of(comment).names())
            .filter_map(|name| self.find(&name).map(|found| found.page().to_owned()))
            .collect();
        pages.extend(self.types(item));
        pages.extend(self.users(item));
        pages.push(OVERVIEW.to_owned());
        pages.retain(|page| page != item.page());
        pages.sort();
        pages.dedup();
        pages
    }

    /// Types in an item's declaration, those aside that nearly every function has.
    fn types(&self, item: &Item) -> impl Iterator<Item = String> {
        let variables = item.parameters().iter().chain(item.members());
        let bases = variables.map(Variable::base).filter(|base| *base != "nghttp2_session");
        bases.filter_map(|base| self.find(base)).map(|found| found.name.clone())
    }

    /// Functions, callbacks and structures with a type. Of those with an opaque one, which are too
    /// many, only the ones that make or free it.
    fn users<'a>(&'a self, item: &'a Item) -> impl Iterator<Item = String> + 'a {
        let is_type = !matches!(item.kind, Kind::Function(_) | Kind::Macro(_));
        let opaque = matches!(item.kind, Kind::Opaque);
        let uses = move |user: &&Item| {
            let mut variables = user.parameters().iter().chain(user.members());
            variables.any(|variable| {
                let counts = !opaque
                    || variable.c_type.ends_with("**")
                    || user.name.ends_with("_del")
                    || user.name.ends_with("_decref");
                counts && variable.base() == item.name
            })
        };
        let users = self.items.iter().filter(move |_| is_type).filter(uses);
        users.map(|user| user.name.clone())
    }
}
