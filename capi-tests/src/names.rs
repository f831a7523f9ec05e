//! Programs that name everything in the contract: the compiler is the judge.
//!
//! They are plain C89 that is also C++. A wrong prototype is an assignment between different
//! pointer types; a wrong value or offset is an array of negative size.

use std::fmt::Write;

use crate::contract::{Callback, Contract, Enumeration, Field, Function, Layout, Macro};

/// The program for a client that does (not) want declarations that mention `ssize_t`.
pub fn program(contract: &Contract, with_ssize_t: bool) -> String {
    let mut text = String::new();
    if !with_ssize_t {
        text.push_str("#define NGHTTP2_NO_SSIZE_T\n");
    }
    // Before anything else, to show that the header brings what it needs.
    line(&mut text, format_args!("#include <{0}>\n#include <{0}>", contract.header));
    text.push_str("#include <stdio.h>\n#include <string.h>\n\n");
    let visible = |guarded: bool| with_ssize_t || !guarded;

    for name in &contract.opaque {
        opaque(&mut text, name);
    }
    for layout in contract.layouts.iter().filter(|layout| visible(layout.guarded)) {
        layout_checks(&mut text, layout);
    }
    for callback in contract.callbacks.iter().filter(|callback| visible(callback.guarded)) {
        callback_check(&mut text, callback);
    }
    for enumeration in &contract.enumerations {
        enumeration_checks(&mut text, enumeration);
    }
    for item in &contract.macros {
        macro_check(&mut text, item);
    }
    if !with_ssize_t {
        hidden_names(&mut text, contract);
    }
    let functions: Vec<&Function> =
        contract.expected_functions().filter(|function| visible(function.guarded)).collect();
    main_function(&mut text, contract, &functions);
    text
}

/// The part about structures and unions, for a header that need not have all of them.
pub fn layouts(contract: &Contract, has: impl Fn(&str) -> bool) -> String {
    let mut text = format!("#include <{}>\n#include <stddef.h>\n\n", contract.header);
    for layout in contract.layouts.iter().filter(|layout| has(&layout.name)) {
        layout_checks(&mut text, layout);
    }
    text
}

fn line(text: &mut String, arguments: std::fmt::Arguments) {
    writeln!(text, "{arguments}").expect("a String can be written to");
}

/// `typedef char NAME[condition ? 1 : -1];`
fn assertion(text: &mut String, name: &str, condition: &str) {
    line(text, format_args!("typedef char assert_{name}[({condition}) ? 1 : -1];"));
}

fn opaque(text: &mut String, name: &str) {
    line(text, format_args!("struct {name} *opaque_{name}({name} *object);"));
    line(text, format_args!("struct {name} *opaque_{name}({name} *object) {{ return object; }}"));
}

fn layout_checks(text: &mut String, layout: &Layout) {
    let Layout { name, size, alignment, .. } = layout;
    assertion(text, &format!("size_of_{name}"), &format!("sizeof({name}) == {size}"));
    line(text, format_args!("struct align_{name} {{ char first; {name} second; }};"));
    assertion(
        text,
        &format!("alignment_of_{name}"),
        &format!("offsetof(struct align_{name}, second) == {alignment}"),
    );
    for field in &layout.fields {
        field_checks(text, name, field);
    }
}

fn field_checks(text: &mut String, of: &str, field: &Field) {
    let Field { name, declaration, offset, size } = field;
    assertion(text, &format!("offset_{of}_{name}"), &format!("offsetof({of}, {name}) == {offset}"));
    assertion(
        text,
        &format!("size_{of}_{name}"),
        &format!("sizeof((({of} *)0)->{name}) == {size}"),
    );
    let pointer = if declaration.ends_with(']') {
        declaration.replace('@', "(*pointer)")
    } else {
        declaration.replace('@', "*pointer")
    };
    line(text, format_args!("int field_{of}_{name}({of} *object);"));
    line(text, format_args!("int field_{of}_{name}({of} *object) {{"));
    line(text, format_args!("    {pointer} = &object->{name};"));
    line(text, format_args!("    return pointer != 0;\n}}"));
}

fn callback_check(text: &mut String, callback: &Callback) {
    let Callback { name, result, arguments, .. } = callback;
    line(text, format_args!("int callback_{name}({name} callback);"));
    line(text, format_args!("int callback_{name}({name} callback) {{"));
    line(text, format_args!("    {result} (*pointer)({arguments}) = callback;"));
    line(text, format_args!("    {name} back = pointer;"));
    line(text, format_args!("    return back != 0;\n}}"));
}

fn enumeration_checks(text: &mut String, enumeration: &Enumeration) {
    let name = &enumeration.name;
    assertion(text, &format!("size_of_{name}"), &format!("sizeof({name}) == 4"));
    for (enumerator, value) in &enumeration.enumerators {
        assertion(text, enumerator, &format!("(long){enumerator} == {value}"));
        line(text, format_args!("{name} variable_{enumerator}(void);"));
        line(text, format_args!("{name} variable_{enumerator}(void) {{ return {enumerator}; }}"));
    }
}

fn macro_check(text: &mut String, item: &Macro) {
    match item {
        Macro::Number(name, value) => {
            assertion(text, name, &format!("(long){name} == {value}"));
        }
        Macro::Text(name, value) => {
            assertion(text, name, &format!("sizeof({name}) == sizeof({value})"));
        }
    }
}

/// Names that the header hides are the program's to use.
fn hidden_names(text: &mut String, contract: &Contract) {
    for function in contract.functions.iter().filter(|function| function.guarded) {
        line(text, format_args!("typedef struct {0} {{ int own; }} {0};", function.name));
    }
    for callback in contract.callbacks.iter().filter(|callback| callback.guarded) {
        line(text, format_args!("typedef struct {0} {{ int own; }} {0};", callback.name));
    }
}

/// Every function, assigned to a pointer of the documented type; every text, compared.
fn main_function(text: &mut String, contract: &Contract, functions: &[&Function]) {
    text.push_str("static int count(void (*pointer)(void)) { return pointer != 0; }\n\n");
    text.push_str("int main(void) {\n    int functions = 0, wrong = 0;\n");
    for Function { name, result, arguments, .. } in functions {
        line(text, format_args!("    {{ {result} (*pointer)({arguments}) = {name};"));
        line(text, format_args!("      functions += count((void (*)(void))pointer); }}"));
    }
    for item in &contract.macros {
        if let Macro::Text(name, value) = item {
            line(text, format_args!("    wrong += strcmp({name}, {value}) != 0;"));
        }
    }
    line(text, format_args!("    printf(\"%d functions, %d wrong texts\\n\", functions, wrong);"));
    line(text, format_args!("    return functions != {} || wrong != 0;\n}}", functions.len()));
}
