#!/usr/bin/env python3
"""Do the tests notice when the engine is wrong?

    scripts/mutants.py COUNT [SEED]

Takes a random sample of the changes that cargo-mutants (which must be installed) proposes for the
engine, makes each in a copy of the last commit below the build directory, and runs tests of `make
check` until one fails. Prints a line for each change, and counts at the end; the exit status is 1
if fewer than nine in ten of those that compile were noticed.

Releases of the original are used if `make originals` has brought them.
"""

import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
WORK = TARGET / "mutants"
TREE = WORK / "tree"
LIBRARY = WORK / "build/release/libnghttp2.so"

ENVIRONMENT = os.environ | {
    "CARGO_TARGET_DIR": str(WORK / "build"),
    "NGHTTP2_LIB_DIR": str(LIBRARY.parent),
}


def tests():
    """Name, command and seconds for each test; a change may make any of them run for ever."""
    yield "C tests", ["cargo", "test", "-q", "-p", "capi-tests", "--test", "c_programs"], 60
    yield "engine's tests", ["cargo", "test", "-q", "-p", "nghttp2-engine"], 120
    current, tree = (TARGET / f"originals/{release}/libnghttp2.so.14" for release in ("1.70.0", "1.64.0"))
    if current.exists() and tree.exists():
        driver = WORK / "build/release/differential"
        yield "scenarios", [driver, "scenarios", "--a", current, "--tree-a", tree, "--b", LIBRARY], 300
        yield "hostile inputs", [driver, "hostile", "--a", current, "--lib", LIBRARY], 300


def run(command, seconds):
    """The exit status; 124 when time is up. What the command has started ends with it."""
    process = subprocess.Popen(command, cwd=TREE, env=ENVIRONMENT, start_new_session=True,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return 124
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def build():
    return run(["cargo", "build", "-q", "--release", "-p", "nghttp2"], 300)


def verdict(mutant):
    subprocess.run(["git", "checkout", "-q", "."], cwd=TREE, check=True)
    subprocess.run(["patch", "-s", mutant["file"]], cwd=TREE, input=mutant["diff"], text=True, check=True)
    if build() != 0:
        return "does not compile"
    for name, command, seconds in tests():
        status = run(command, seconds)
        if status != 0:
            return f"noticed by the {name}" + (", out of time" if status == 124 else "")
    return "NOT NOTICED"


def main():
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    # So that what is running is ended as well.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) == 3 else 1
    WORK.mkdir(parents=True, exist_ok=True)
    subprocess.run(["rm", "-rf", TREE], check=True)
    subprocess.run(["git", "clone", "-q", ROOT, TREE], check=True)
    for command in ["build", "--release", "-p", "differential"], ["test", "--workspace", "--no-run"]:
        if build() != 0 or run(["cargo", "-q", *command], 900) != 0:
            sys.exit("the last commit does not compile")
    for name, command, seconds in tests():
        if run(command, seconds) != 0:
            sys.exit(f"the {name} fail without any change")

    command = ["cargo", "mutants", "--list", "--json", "--diff", "-p", "nghttp2-engine"]
    listed = subprocess.run(command, cwd=TREE, check=True, capture_output=True, text=True).stdout
    mutants = json.loads(listed)
    random.Random(seed).shuffle(mutants)

    counts = Counter()
    for mutant in mutants[:count]:
        result = verdict(mutant)
        counts[result.split(",")[0]] += 1
        print(f"{result}: {mutant['name']}", flush=True)
    missed = counts["NOT NOTICED"]
    compiled = counts.total() - counts["does not compile"]
    print(f"{len(mutants)} proposed; of {counts.total()} taken {compiled} compile,"
          f" {compiled - missed} are noticed, {missed} are not: {dict(counts)}")
    sys.exit(1 if missed * 10 > compiled else 0)


main()
