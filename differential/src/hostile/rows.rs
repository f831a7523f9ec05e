//! Which rows there must be, and what they must be made of.

use std::collections::BTreeMap;

use super::read;

/// Every row, by section, with what is not a matter for a library left out: a stalled handshake
/// (S03) and a body that never comes (S04) need a clock, a slow reader (S02) a program that counts
/// its progress, and deleting a session within a callback (C16) is outside the contract.
const ROWS: &[(&str, &str)] = &[
    (
        "framing",
        "F01 F02 F03 F04 F05 F06 F07 F08 F10 F11 F12 F13 F14 F15 F20 F21 F22 F23 F24 F25 F26 F27 \
         F28 F29 F30 F31 F32",
    ),
    (
        "control",
        "F40 F41 F42 F43 F44 F50 F51 F52 F53 F54 F55 F56 F57 F58 F59 F60 F61 \
         F62 F63 F64 F65 F66 F70 F71 F72 F73 F74 F75 F80 F81 F82 F83 F84 F85 F86 F87 F88 F89 F90",
    ),
    (
        "messages",
        "M01 M02 M03 M04 M05 M06 M07 M08 M09 M10 M11 M12 M13 M20 M21 M22 M23 M24 M25 M30 M31 M32 \
         M33 M34 M40 M41 M42 M43 M44 M45 M46 M47 M48 M49",
    ),
    ("hpack", "H01 H02 H03 H04 H05 H06 H07 H08 H09 H10 H11 H12 H13 H14 H15"),
    (
        "floods",
        "R01 R02 R03 R04 R05 R06 R07 R08 R09 R10 R11 R12 R13 R14 R15 R16 R17 R18 R19 R20 R21 R22 \
         R23 R24 R25 R26 R27",
    ),
    ("sequences", "C01 C02 C03 C04 C05 C06 C07 C08 C09 C10 C11 C12 C13 C14"),
    ("calls", "C15 C17"),
    ("holding", "S01 S05 S06 S07"),
];

#[test]
fn every_row_is_there_in_its_section() {
    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (section, inputs) in read().expect("they read") {
        let rows = found.entry(section).or_default();
        inputs.iter().for_each(|input| {
            if !rows.contains(&input.id) {
                rows.push(input.id.clone());
            }
        });
    }
    for (section, ids) in ROWS {
        let ids: Vec<&str> = ids.split_whitespace().collect();
        assert_eq!(found[section], ids, "{section}");
    }
    let rows: usize = found.values().map(Vec::len).sum();
    assert_eq!(rows, 162);
}

#[test]
fn every_input_but_a_flood_has_a_trace() {
    for (section, inputs) in read().expect("they read") {
        for input in inputs {
            for expected in [&input.ours, &input.original] {
                let whole = expected.trace.is_some() && expected.out.is_some();
                assert!(whole || input.flood, "{section}: {} at line {}", input.id, input.line);
            }
        }
    }
}

#[test]
fn every_input_says_something() {
    for (_, inputs) in read().expect("they read") {
        for input in inputs {
            assert!(!input.sentence.is_empty(), "{} at line {}", input.id, input.line);
            assert!(input.script.len() > input.skipped, "{} at line {}", input.id, input.line);
        }
    }
}
