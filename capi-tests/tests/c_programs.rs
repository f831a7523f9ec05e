//! Every C program, built and run. See `src/lib.rs` for the environment variables.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use capi_tests::library::{Library, package_dir};
use capi_tests::program;

struct Workshop {
    library: Library,
    support: Vec<PathBuf>,
}

fn workshop() -> &'static Workshop {
    static WORKSHOP: OnceLock<Workshop> = OnceLock::new();
    WORKSHOP.get_or_init(|| {
        let library = Library::from_environment(Path::new(env!("CARGO_TARGET_TMPDIR")));
        let support = program::compile_support(&library);
        Workshop { library, support }
    })
}

/// Programs that NGHTTP2_VALGRIND=1 runs under valgrind as well.
const UNDER_VALGRIND: [&str; 6] =
    ["feeding", "traces", "streams", "tree_shape", "rcbuf", "reentrancy"];

fn wants_valgrind(name: &str) -> bool {
    match env::var("NGHTTP2_VALGRIND").as_deref() {
        Ok("all") => true,
        Ok("1") => UNDER_VALGRIND.contains(&name),
        _ => false,
    }
}

/// Builds and runs `c/NAME.c`; what it prints says which library file it has loaded.
fn run_with(name: &str, arguments: &[&Path]) {
    let Workshop { library, support } = workshop();
    let file = program::build(library, support, name);
    let output = program::run(library, &file, arguments);
    let loaded = format!("library: {}", library.loaded_file().display());
    assert!(output.lines().any(|line| line == loaded), "{name} did not load {loaded}\n{output}");
    println!("{output}");
    // Only an original lacks what some tests speak of.
    let skipped = output.lines().any(|line| line.starts_with("skip "));
    assert!(!skipped || env::var_os("NGHTTP2_ORIGINAL").is_some(), "{name} skips\n{output}");
    if wants_valgrind(name) {
        program::run_under_valgrind(library, &file, arguments);
    }
}

fn run(name: &str) {
    run_with(name, &[]);
}

/// The same for a program that cannot be built without our additions.
fn run_with_additions(name: &str) {
    if env::var_os("NGHTTP2_ORIGINAL").is_none() {
        run(name);
    }
}

#[test]
fn altsvc_origin() {
    run("altsvc_origin");
}

#[test]
fn callback_returns() {
    run("callback_returns");
}

#[test]
fn callbacks_table() {
    run("callbacks_table");
}

#[test]
fn check_functions() {
    run("check_functions");
}

#[test]
fn continuation() {
    run("continuation");
}

#[test]
fn conversion() {
    run("conversion");
}

#[test]
fn counters() {
    run_with_additions("counters");
}

#[test]
fn data_source() {
    run("data_source");
}

#[test]
fn error_callback() {
    run("error_callback");
}

#[test]
fn extensible_priority() {
    run("extensible_priority");
}

#[test]
fn extension_frames() {
    run("extension_frames");
}

#[test]
fn feeding() {
    run("feeding");
}

#[test]
fn flow_recv() {
    run("flow_recv");
}

#[test]
fn flow_send() {
    run("flow_send");
}

#[test]
fn flow_window() {
    run("flow_window");
}

#[test]
fn frame_header() {
    run("frame_header");
}

#[test]
fn gather() {
    run_with_additions("gather");
}

#[test]
fn goaway() {
    run("goaway");
}

#[test]
fn guard_excess() {
    run_with_additions("guard_excess");
}

#[test]
fn guard_flow() {
    run_with_additions("guard_flow");
}

#[test]
fn guard_header_list() {
    run_with_additions("guard_header_list");
}

#[test]
fn guard_rates() {
    run_with_additions("guard_rates");
}

#[test]
fn guard_streams() {
    run_with_additions("guard_streams");
}

#[test]
fn header_block() {
    run("header_block");
}

#[test]
fn header_sending() {
    run("header_sending");
}

#[test]
fn hostile() {
    run("hostile");
}

#[test]
fn hpack_decoder() {
    run("hpack_decoder");
}

#[test]
fn hpack_encoder() {
    run("hpack_encoder");
}

#[test]
fn hpack_session() {
    run("hpack_session");
}

/// The stories of `HPACK_CORPUS`, or the part of them that is kept here.
#[test]
fn hpack_stories() {
    let kept = package_dir().join("data/hpack");
    let corpus = env::var_os("HPACK_CORPUS").map_or(kept, PathBuf::from);
    run_with("hpack_stories", &[&corpus]);
}

#[test]
fn hpack_table_size() {
    run("hpack_table_size");
}

#[test]
fn http_body() {
    run("http_body");
}

#[test]
fn http_fields() {
    run("http_fields");
}

#[test]
fn http_request() {
    run("http_request");
}

#[test]
fn http_response() {
    run("http_response");
}

#[test]
fn huffman_policy() {
    run_with_additions("huffman_policy");
}

#[test]
fn limits() {
    run("limits");
}

#[test]
fn memory() {
    run("memory");
}

#[test]
fn memory_in_use() {
    run_with_additions("memory_in_use");
}

#[test]
fn no_copy() {
    run("no_copy");
}

#[test]
fn nulls() {
    run("nulls");
}

#[test]
fn options() {
    run("options");
}

#[test]
fn out_of_memory() {
    run("out_of_memory");
}

#[test]
fn padding() {
    run("padding");
}

#[test]
fn preface() {
    run("preface");
}

#[test]
fn priority_field() {
    run("priority_field");
}

#[test]
fn priority_update() {
    run("priority_update");
}

#[test]
fn push() {
    run("push");
}

#[test]
fn queries() {
    run("queries");
}

#[test]
fn queues() {
    run("queues");
}

#[test]
fn rcbuf() {
    run("rcbuf");
}

#[test]
fn recv_control() {
    run("recv_control");
}

#[test]
fn recv_data() {
    run("recv_data");
}

#[test]
fn recv_headers() {
    run("recv_headers");
}

#[test]
fn recv_priority() {
    run("recv_priority");
}

#[test]
fn recv_settings() {
    run("recv_settings");
}

#[test]
fn recv_window_update() {
    run("recv_window_update");
}

#[test]
fn reentrancy() {
    run("reentrancy");
}

#[test]
fn send_io() {
    run("send_io");
}

#[test]
fn settings() {
    run("settings");
}

#[test]
fn small_functions() {
    run("small_functions");
}

#[test]
fn streams() {
    run("streams");
}

#[test]
fn submit_arguments() {
    run("submit_arguments");
}

#[test]
fn threads() {
    run("threads");
}

#[test]
fn traces() {
    run("traces");
}

#[test]
fn tree_order() {
    run("tree_order");
}

#[test]
fn tree_shape() {
    run("tree_shape");
}

#[test]
fn upgrade() {
    run("upgrade");
}

#[test]
fn wants() {
    run("wants");
}

#[test]
fn static_library_needs_only_the_c_library() {
    let Workshop { library, support } = workshop();
    let Some(archive) = &library.archive else {
        // Distributions leave it out.
        assert!(env::var_os("NGHTTP2_ORIGINAL").is_some(), "no libnghttp2.a beside the library");
        return;
    };
    let file = program::build_static(library, archive, support, "traces");
    program::run(library, &file, &[]);
}

#[test]
fn every_program_has_its_test() {
    let here = include_str!("c_programs.rs");
    for source in program::c_files(&package_dir().join("c")) {
        let call = format!("(\"{}\"", program::stem(&source));
        assert!(here.contains(&call), "no test runs {}", source.display());
    }
}
