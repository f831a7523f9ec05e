//! Values of the Priority field: what two of them say one by one, they say together.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nghttp2_engine::error::Error;
use nghttp2_engine::http::{Priority, PriorityField};

fuzz_target!(|input: (usize, &[u8])| {
    let (at, value) = input;
    let (one, other) = value.split_at(at % (value.len() + 1));
    if let (Some(first), Some(second)) = (members(one), members(other)) {
        let together = PriorityField {
            urgency: second.urgency.or(first.urgency),
            incremental: second.incremental.or(first.incremental),
        };
        for comma in [&b","[..], b" ,\t ", b", a=(\"x\" 1);b=:YQ==:, "] {
            let joined = [one, comma, other].concat();
            assert_eq!(PriorityField::parse(&joined), Ok(together), "{}", joined.escape_ascii());
        }
    }
    match PriorityField::parse(value) {
        Ok(field) => valid(value, field),
        Err(error) => {
            assert_eq!(error, Error::InvalidArgument);
            let mut priority = Priority { urgency: 5, incremental: true };
            let before = priority;
            assert_eq!(priority.update(value), Err(Error::InvalidArgument));
            assert_eq!(priority, before, "changed by a value that says nothing");
        }
    }
});

/// What a value says that has members.
fn members(value: &[u8]) -> Option<PriorityField> {
    let begins = value.first().is_some_and(|octet| octet.is_ascii_lowercase() || *octet == b'*');
    PriorityField::parse(value).ok().filter(|_| begins)
}

fn valid(value: &[u8], field: PriorityField) {
    assert!(field.urgency.is_none_or(|urgency| urgency <= Priority::LOWEST_URGENCY));
    let blanks = [b"  ", value, b" "].concat();
    assert_eq!(PriorityField::parse(&blanks), Ok(field));
    let mut priority = Priority { urgency: 5, incremental: true };
    assert_eq!(priority.update(value), Ok(()));
    assert_eq!(priority.urgency, field.urgency.unwrap_or(5));
    assert_eq!(priority.incremental, field.incremental.unwrap_or(true));
    // The canonical form says the same.
    let flag = if priority.incremental { "?1" } else { "?0" };
    let canonical = format!("u={}, i={flag}", priority.urgency);
    let said = PriorityField::parse(canonical.as_bytes()).expect("the canonical form");
    assert_eq!(
        (said.urgency, said.incremental),
        (Some(priority.urgency), Some(priority.incremental))
    );
}
