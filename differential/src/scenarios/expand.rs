//! Alternatives in a scenario: one text stands for many.
//!
//! `{1 4 ""}` is each of these words, the last of them empty; `{1..8}` and `{%00..%ff}` are ranges;
//! alternatives with blanks in them, or of several lines, have a ` ; ` between them. Several braces in one scenario
//! give every combination; the same braces again choose the same again.

/// Combinations one scenario may stand for.
const MOST: usize = 5000;

/// One combination.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// What was chosen, in order; empty without braces.
    pub chosen: String,
    pub text: String,
    /// The alternative that each of the braces so far stands for.
    made: Vec<(String, String)>,
}

/// Every combination of the alternatives of a text.
pub fn expand(text: &str) -> Result<Vec<Choice>, String> {
    let mut done = vec![Choice::default()];
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (inside, after) = after.split_once('}').ok_or("a brace is not closed")?;
        let alternatives = alternatives(inside)?;
        // The same braces may be broken into lines in another way.
        let inside = inside.split_whitespace().collect::<Vec<_>>().join(" ");
        done =
            done.iter().flat_map(|choice| extend(choice, before, &inside, &alternatives)).collect();
        if done.len() > MOST {
            return Err(format!("stands for more than {MOST} scenarios"));
        }
        rest = after;
    }
    done.iter_mut().for_each(|choice| choice.text.push_str(rest));
    Ok(done)
}

fn extend(choice: &Choice, before: &str, inside: &str, alternatives: &[String]) -> Vec<Choice> {
    let mut choice = choice.clone();
    choice.text.push_str(before);
    if let Some((_, again)) = choice.made.iter().find(|(braces, _)| braces == inside) {
        choice.text.push_str(again);
        return vec![choice];
    }
    let with = |alternative: &String| {
        let mut choice = choice.clone();
        choice.chosen = join(&choice.chosen, alternative);
        choice.text.push_str(alternative);
        choice.made.push((inside.into(), alternative.clone()));
        choice
    };
    alternatives.iter().map(with).collect()
}

fn join(chosen: &str, alternative: &str) -> String {
    let line = alternative.trim().replace('\n', " & ");
    if chosen.is_empty() { line } else { format!("{chosen}, {line}") }
}

fn alternatives(inside: &str) -> Result<Vec<String>, String> {
    if inside.contains('{') {
        return Err("braces inside braces".into());
    }
    let pieces = separated(inside);
    if pieces.len() > 1 {
        return Ok(pieces.into_iter().map(|piece| piece.trim().into()).collect());
    }
    let words = inside.split_whitespace().map(range).collect::<Result<Vec<_>, _>>()?;
    Ok(words.concat())
}

/// The pieces between semicolons that stand alone.
fn separated(inside: &str) -> Vec<&str> {
    let octets = inside.as_bytes();
    let blank = |place: Option<usize>| {
        place.and_then(|n| octets.get(n)).is_none_or(|octet| octet.is_ascii_whitespace())
    };
    let mut pieces = Vec::new();
    let mut start = 0;
    for (n, _) in inside.match_indices(';') {
        if blank(n.checked_sub(1)) && blank(Some(n + 1)) {
            pieces.push(&inside[start..n]);
            start = n + 1;
        }
    }
    pieces.push(&inside[start..]);
    pieces
}

/// `1..8`, `%00..%ff`, `""` for nothing, or the word itself.
fn range(word: &str) -> Result<Vec<String>, String> {
    if word == "\"\"" {
        return Ok(vec![String::new()]);
    }
    let Some((first, last)) = word.split_once("..") else { return Ok(vec![word.into()]) };
    let bad = |_| format!("no range: {word}");
    if let (Some(first), Some(last)) = (first.strip_prefix('%'), last.strip_prefix('%')) {
        let octet = |text: &str| u8::from_str_radix(text, 16).map_err(bad);
        return Ok((octet(first)?..=octet(last)?).map(|n| format!("%{n:02x}")).collect());
    }
    let number = |text: &str| text.parse::<i64>().map_err(bad);
    Ok((number(first)?..=number(last)?).map(|n| n.to_string()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        expand(text).expect("well-formed").into_iter().map(|choice| choice.text).collect()
    }

    #[test]
    fn several_braces_give_every_combination() {
        assert_eq!(texts("a{1 2}b{x y}"), ["a1bx", "a1by", "a2bx", "a2by"]);
        assert_eq!(texts("plain"), ["plain"]);
        assert_eq!(texts("{s c} open, {s\n  c} del"), ["s open, s del", "c open, c del"]);
    }

    #[test]
    fn ranges_count_in_their_own_notation() {
        assert_eq!(texts("{-1..1}"), ["-1", "0", "1"]);
        assert_eq!(texts("{%0f..%10 \"\"}"), ["%0f", "%10", ""]);
    }

    #[test]
    fn alternatives_may_have_blanks_and_lines() {
        assert_eq!(texts("s {ping ; rst code=1}\n"), ["s ping\n", "s rst code=1\n"]);
        assert_eq!(texts("{\na b\nc\n;\nd\n}"), ["a b\nc", "d"]);
        assert_eq!(texts("x{ ; y}"), ["x", "xy"]);
    }

    #[test]
    fn malformed_braces_are_refused() {
        assert!(expand("{1 2").is_err());
        assert!(expand("{1 {2}}").is_err());
        assert!(expand("{1..100}{0..99}").is_err());
    }
}
