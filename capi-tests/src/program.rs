//! Compiling and running C programs.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::library::{Library, package_dir};

/// No program takes more than a few seconds by itself; valgrind makes some fifty of one.
const TIME_LIMIT: Duration = Duration::from_secs(120);
const VALGRIND_TIME_LIMIT: Duration = Duration::from_secs(1200);

const FLAGS: [&str; 5] = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-g"];

/// Compiles the support files; done once for all programs.
pub fn compile_support(library: &Library) -> Vec<PathBuf> {
    let objects = library.work_dir.join("support");
    fs::create_dir_all(&objects).expect("the object directory can be made");
    let sources = c_files(&package_dir().join("c/support"));
    sources.iter().map(|source| compile_object(library, source, &objects)).collect()
}

fn compile_object(library: &Library, source: &Path, objects: &Path) -> PathBuf {
    let object = objects.join(stem(source)).with_extension("o");
    let mut compiler = compiler(library);
    compiler.arg("-c").arg(source).arg("-o").arg(&object);
    succeed(&mut compiler);
    object
}

/// Builds `c/NAME.c` with the support objects against the shared library.
pub fn build(library: &Library, support: &[PathBuf], name: &str) -> PathBuf {
    let program = library.work_dir.join(name);
    let mut compiler = compiler(library);
    compiler
        .arg(package_dir().join("c").join(name).with_extension("c"))
        .args(support)
        .arg("-L")
        .arg(&library.link_dir)
        .arg(format!("-Wl,-rpath,{}", library.link_dir.display()))
        .args(["-lnghttp2", "-o"])
        .arg(&program);
    succeed(&mut compiler);
    program
}

/// The same against the static library, which must need nothing but the C library.
pub fn build_static(library: &Library, archive: &Path, support: &[PathBuf], name: &str) -> PathBuf {
    let program = library.work_dir.join(format!("{name}-static"));
    let mut compiler = compiler(library);
    compiler
        .arg("-DNGHTTP2_STATICLIB")
        .arg(package_dir().join("c").join(name).with_extension("c"))
        .args(support)
        .arg(archive)
        .arg("-o")
        .arg(&program);
    succeed(&mut compiler);
    program
}

fn compiler(library: &Library) -> Command {
    let mut compiler = Command::new("cc");
    compiler.args(FLAGS).arg("-I").arg(&library.include_dir);
    compiler
}

/// Runs the program and expects it to succeed. Returns what it wrote.
pub fn run(library: &Library, program: &Path, arguments: &[&Path]) -> String {
    let mut command = Command::new(program);
    command.args(arguments);
    run_command(library, command, &stem(program), TIME_LIMIT)
}

/// The same under valgrind: no invalid access, no leak.
pub fn run_under_valgrind(library: &Library, program: &Path, arguments: &[&Path]) -> String {
    let mut command = Command::new("valgrind");
    command
        .args(["--quiet", "--error-exitcode=9", "--leak-check=full"])
        .arg("--errors-for-leak-kinds=definite,indirect,possible")
        .arg(program)
        .args(arguments);
    let name = format!("{}-valgrind", stem(program));
    run_command(library, command, &name, VALGRIND_TIME_LIMIT)
}

fn run_command(library: &Library, mut command: Command, name: &str, limit: Duration) -> String {
    let log = library.work_dir.join(name).with_extension("log");
    let stdout = File::create(&log).expect("the log can be made");
    let stderr = stdout.try_clone().expect("the log can be shared");
    // Cargo's own LD_LIBRARY_PATH would come before the run path.
    command.env("LD_LIBRARY_PATH", &library.run_dir).stdin(Stdio::null());
    let child = command.stdout(stdout).stderr(stderr).spawn().expect("the program starts");
    let status = wait(child, limit);
    let output = String::from_utf8_lossy(&fs::read(&log).expect("the log is there")).into_owned();
    match status {
        Some(status) if status.success() => output,
        Some(status) => panic!("{name}: {status}\n{output}"),
        None => panic!("{name}: not finished after {limit:?}\n{output}"),
    }
}

fn wait(mut child: Child, limit: Duration) -> Option<ExitStatus> {
    let deadline = Instant::now() + limit;
    while Instant::now() < deadline {
        if let Some(status) = child.try_wait().expect("the program can be waited for") {
            return Some(status);
        }
        sleep(Duration::from_millis(5));
    }
    child.kill().expect("the program can be stopped");
    child.wait().expect("the program can be waited for");
    None
}

/// Runs a compiler or another tool; its messages are the panic's text. Returns its output.
pub fn succeed(command: &mut Command) -> String {
    attempt(command).unwrap_or_else(|error| panic!("{error}"))
}

/// The same for a tool that may fail, with its messages as the error.
pub fn attempt(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    Err(format!("{command:?}: {}\n{stderr}", output.status))
}

/// The C files of a directory, sorted.
pub fn c_files(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).expect("the directory can be read");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the directory can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "c"))
        .collect();
    files.sort();
    files
}

pub fn stem(path: &Path) -> String {
    path.file_stem().expect("a file name").to_string_lossy().into_owned()
}
