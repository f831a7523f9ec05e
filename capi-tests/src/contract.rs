//! The documented API as data, read from the files in `api/`.

use std::env;
use std::fs;

use crate::library::package_dir;

/// `int nghttp2_name(int argument)`, and what the remark behind it says.
pub struct Function {
    pub name: String,
    pub result: String,
    pub arguments: String,
    /// Hidden by NGHTTP2_NO_SSIZE_T.
    pub guarded: bool,
    /// Not in the original.
    pub ours: bool,
}

pub struct Field {
    pub name: String,
    /// The declaration with `@` in place of the name.
    pub declaration: String,
    pub offset: usize,
    pub size: usize,
}

pub struct Layout {
    pub name: String,
    pub size: usize,
    pub alignment: usize,
    pub fields: Vec<Field>,
    pub guarded: bool,
}

/// A function pointer type.
pub struct Callback {
    pub name: String,
    pub result: String,
    pub arguments: String,
    pub guarded: bool,
}

pub struct Enumeration {
    pub name: String,
    pub enumerators: Vec<(String, i64)>,
}

pub enum Macro {
    Number(String, i64),
    /// With its quotes.
    Text(String, String),
}

pub struct Contract {
    /// Declares all of it.
    pub header: &'static str,
    pub functions: Vec<Function>,
    pub opaque: Vec<String>,
    pub layouts: Vec<Layout>,
    pub callbacks: Vec<Callback>,
    pub enumerations: Vec<Enumeration>,
    pub macros: Vec<Macro>,
}

impl Contract {
    pub fn read() -> Contract {
        let types = read_file("types.txt");
        let constants = read_file("constants.txt");
        Contract::new("nghttp2/nghttp2.h", &read_file("functions.txt"), &types, &constants)
    }

    /// What only our library has, beyond one function.
    pub fn additions() -> Contract {
        let text = read_file("additions.txt");
        let mut contract = Contract::new("nghttp2/nghttp2x.h", &text, &text, &text);
        contract.functions.iter_mut().for_each(|function| function.ours = true);
        contract
    }

    fn new(header: &'static str, functions: &str, types: &str, constants: &str) -> Contract {
        Contract {
            header,
            functions: functions.lines().filter_map(function).collect(),
            opaque: types.lines().filter_map(opaque).collect(),
            layouts: layouts(types),
            callbacks: types.lines().filter_map(callback).collect(),
            enumerations: enumerations(constants),
            macros: constants.lines().filter_map(object_macro).collect(),
        }
    }

    /// The functions that the library under test must have: `NGHTTP2_ORIGINAL` says that it is an
    /// original.
    pub fn expected_functions(&self) -> impl Iterator<Item = &Function> {
        let original = env::var_os("NGHTTP2_ORIGINAL").is_some();
        self.functions.iter().filter(move |function| !(original && function.ours))
    }
}

fn read_file(name: &str) -> String {
    let path = package_dir().join("api").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A line without its remark, and the remark.
fn split_remark(line: &str) -> (&str, &str) {
    let (text, remark) = line.split_once('#').unwrap_or((line, ""));
    (text.trim(), remark)
}

const GUARD: &str = "guard NGHTTP2_NO_SSIZE_T";

fn function(line: &str) -> Option<Function> {
    let (text, remark) = split_remark(line);
    let (head, rest) = text.split_once('(')?;
    let name_at = head.rfind([' ', '*'])? + 1;
    Some(Function {
        name: head[name_at..].to_owned(),
        result: head[..name_at].trim().to_owned(),
        arguments: rest.strip_suffix(");")?.to_owned(),
        guarded: remark.contains(GUARD),
        ours: remark.trim() == "ours",
    })
}

fn opaque(line: &str) -> Option<String> {
    let rest = line.strip_prefix("typedef struct ")?;
    rest.split(' ').next().map(str::to_owned)
}

/// `typedef RESULT (*NAME)(ARGUMENTS);`
fn callback(line: &str) -> Option<Callback> {
    let (text, remark) = split_remark(line);
    let (result, rest) = text.strip_prefix("typedef ")?.split_once("(*")?;
    let (name, arguments) = rest.split_once(")(")?;
    Some(Callback {
        name: name.to_owned(),
        result: result.trim().to_owned(),
        arguments: arguments.strip_suffix(");")?.to_owned(),
        guarded: remark.contains(GUARD),
    })
}

fn layouts(text: &str) -> Vec<Layout> {
    let mut layouts: Vec<Layout> = Vec::new();
    for line in text.lines() {
        if let Some(layout) = layout_head(line) {
            layouts.push(layout);
        } else if let Some(field) = field(line) {
            layouts.last_mut().expect("a field follows its struct").fields.push(field);
        }
    }
    layouts
}

/// `struct NAME  sizeof=S alignof=A`
fn layout_head(line: &str) -> Option<Layout> {
    let (text, remark) = split_remark(line);
    let rest = text.strip_prefix("struct ").or_else(|| text.strip_prefix("union "))?;
    let mut words = rest.split_whitespace();
    Some(Layout {
        name: words.next()?.to_owned(),
        size: words.next()?.strip_prefix("sizeof=")?.parse().ok()?,
        alignment: words.next()?.strip_prefix("alignof=")?.parse().ok()?,
        fields: Vec::new(),
        guarded: remark.contains(GUARD),
    })
}

/// `  +8   8   uint8_t *name;`
fn field(line: &str) -> Option<Field> {
    let (offset, rest) = line.strip_prefix("  +")?.split_once(' ')?;
    let (size, declaration) = rest.trim_start().split_once(' ')?;
    let declaration = declaration.trim().strip_suffix(';')?;
    let end = declaration.find('[').unwrap_or(declaration.len());
    let start = declaration[..end].rfind([' ', '*'])? + 1;
    let array = &declaration[end..];
    Some(Field {
        name: declaration[start..end].to_owned(),
        declaration: format!("{}@{array}", &declaration[..start]),
        offset: offset.parse().ok()?,
        size: size.parse().ok()?,
    })
}

fn enumerations(text: &str) -> Vec<Enumeration> {
    let mut enumerations: Vec<Enumeration> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("enum ") {
            let name = split_remark(name).0.to_owned();
            enumerations.push(Enumeration { name, enumerators: Vec::new() });
        } else if let Some((name, value)) = line.strip_prefix("  ").and_then(assignment) {
            let enumeration = enumerations.last_mut().expect("an enumerator follows its enum");
            enumeration.enumerators.push((name.to_owned(), value));
        }
    }
    enumerations
}

/// `NAME = VALUE (0xHEX)`
fn assignment(text: &str) -> Option<(&str, i64)> {
    let (name, value) = text.split_once(" = ")?;
    Some((name, value.split(' ').next()?.parse().ok()?))
}

fn object_macro(line: &str) -> Option<Macro> {
    let definition = line.strip_prefix("define ")?;
    if let Some((name, value)) = assignment(definition) {
        return Some(Macro::Number(name.to_owned(), value));
    }
    let (name, value) = definition.split_once(" = ")?;
    Some(Macro::Text(name.to_owned(), value.trim().to_owned()))
}
