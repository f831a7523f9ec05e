//! Where the members of structures and unions are, according to a C compiler and a header.

use std::fmt::Write;
use std::fs;
use std::process::Command;

use crate::contract::Contract;
use crate::headers::Header;
use crate::library::Library;
use crate::program::{run, succeed};

/// The file in `api/`.
pub const TABLE: &str = "layout.txt";

/// A line for each structure and union that the header has, and for each member, as in the table.
pub fn measure(library: &Library, header: &Header) -> String {
    let source = library.work_dir.join(format!("layout_{}.c", header.name));
    let program = source.with_extension("");
    fs::write(&source, source_text(&Contract::read(), header)).expect("it can be written");
    let mut compiler = Command::new("cc");
    compiler.args(["-std=gnu11", "-Wall", "-Wextra", "-Werror", "-I"]).arg(&header.dir);
    succeed(compiler.arg(&source).arg("-o").arg(&program));
    run(library, &program, &[])
}

/// The type of a member is taken from the header, so `__typeof__`, which gcc and clang know.
fn source_text(contract: &Contract, header: &Header) -> String {
    let mut text = String::from(
        "#include <nghttp2/nghttp2.h>\n\
         #include <stddef.h>\n\
         #include <stdio.h>\n\
         #define WHOLE(type) printf(\"%s %zu %zu\\n\", #type, sizeof(type), _Alignof(type))\n\
         #define MEMBER(type, name) \\\n\
         printf(\"  %s %zu %zu %zu\\n\", #name, offsetof(type, name), \\\n\
         sizeof(((type *)0)->name), _Alignof(__typeof__(((type *)0)->name)))\n\
         int main(void) {\n",
    );
    for layout in contract.layouts.iter().filter(|layout| header.has(&layout.name)) {
        let name = &layout.name;
        writeln!(text, "  WHOLE({name});").expect("a String can be written to");
        for field in &layout.fields {
            writeln!(text, "  MEMBER({name}, {});", field.name)
                .expect("a String can be written to");
        }
    }
    text + "  return 0;\n}\n"
}
