//! The C example of the README compiles without a warning, and says what HTTP/2 begins with.

use std::fs;
use std::path::Path;
use std::process::Command;

use capi_tests::library::{Library, package_dir};
use capi_tests::program::{run, succeed};

#[test]
fn the_c_example_works() {
    let library = Library::from_environment(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme"));
    let readme = fs::read_to_string(package_dir().join("../README.md")).expect("it can be read");
    let (_, rest) = readme.split_once("```c\n").expect("it has a C example");
    let (example, _) = rest.split_once("```").expect("the example ends");

    let source = library.work_dir.join("readme.c");
    let program = library.work_dir.join("readme");
    fs::write(&source, example).expect("it can be written");
    succeed(
        Command::new("cc")
            .args(["-std=c11", "-Wall", "-Wextra", "-Werror", "-pedantic", "-I"])
            .arg(&library.include_dir)
            .arg(&source)
            .arg("-L")
            .arg(&library.link_dir)
            .args(["-lnghttp2", "-o"])
            .arg(&program),
    );
    let output = run(&library, &program, &[]);
    assert!(output.starts_with("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), "{output:?}");
}
