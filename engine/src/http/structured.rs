//! Dictionaries of structured fields (RFC 9651 section 4.2.2), without building anything: the
//! caller is told each member's key and what it needs of the value.

use super::octets::is_token;

/// The value of a member, as far as anyone here cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Integer(i64),
    Boolean(bool),
    /// Any other type, or an inner list.
    Other,
}

/// The input is not a dictionary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Malformed;

type Result<T> = core::result::Result<T, Malformed>;

/// Tells `each` the members in their order, until it returns false or the input turns out to be
/// malformed.
pub(super) fn dictionary(input: &[u8], mut each: impl FnMut(&[u8], Item) -> bool) -> Result<()> {
    let mut parser = Parser { rest: input };
    parser.skip(b" ");
    while !parser.rest.is_empty() {
        let key = parser.key()?;
        let item = if parser.take(b'=') { parser.member()? } else { Item::Boolean(true) };
        parser.parameters()?;
        if !each(key, item) {
            return Err(Malformed);
        }
        parser.skip(b" \t");
        if parser.rest.is_empty() {
            break;
        }
        parser.expect(b',')?;
        parser.skip(b" \t");
        if parser.rest.is_empty() {
            return Err(Malformed);
        }
    }
    Ok(())
}

struct Parser<'a> {
    rest: &'a [u8],
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    fn next(&mut self) -> Result<u8> {
        let (&octet, rest) = self.rest.split_first().ok_or(Malformed)?;
        self.rest = rest;
        Ok(octet)
    }

    /// Takes the next octet if it is `octet`.
    fn take(&mut self, octet: u8) -> bool {
        self.take_while(1, |next| next == octet).len() == 1
    }

    fn expect(&mut self, octet: u8) -> Result<()> {
        if self.take(octet) { Ok(()) } else { Err(Malformed) }
    }

    fn skip(&mut self, blanks: &[u8]) {
        self.take_while(usize::MAX, |octet| blanks.contains(&octet));
    }

    /// Takes at most `most` octets of a kind.
    fn take_while(&mut self, most: usize, kind: impl Fn(u8) -> bool) -> &'a [u8] {
        let fitting = self.rest.iter().take(most).take_while(|&&octet| kind(octet)).count();
        let (taken, rest) = self.rest.split_at_checked(fitting).unwrap_or_default();
        self.rest = rest;
        taken
    }

    /// Section 4.2.3.3
    fn key(&mut self) -> Result<&'a [u8]> {
        if !matches!(self.peek(), Some(b'a'..=b'z' | b'*')) {
            return Err(Malformed);
        }
        Ok(self.take_while(
            usize::MAX,
            |octet| matches!(octet, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'.' | b'*'),
        ))
    }

    fn member(&mut self) -> Result<Item> {
        if self.take(b'(') { self.inner_list() } else { self.bare_item() }
    }

    /// Section 4.2.1.2, behind the opening parenthesis.
    fn inner_list(&mut self) -> Result<Item> {
        loop {
            self.skip(b" ");
            if self.take(b')') {
                return Ok(Item::Other);
            }
            self.bare_item()?;
            self.parameters()?;
            if !matches!(self.peek(), Some(b' ' | b')')) {
                return Err(Malformed);
            }
        }
    }

    /// Section 4.2.3.2
    fn parameters(&mut self) -> Result<()> {
        while self.take(b';') {
            self.skip(b" ");
            self.key()?;
            if self.take(b'=') {
                self.bare_item()?;
            }
        }
        Ok(())
    }

    /// Section 4.2.3.1
    fn bare_item(&mut self) -> Result<Item> {
        match self.peek().ok_or(Malformed)? {
            b'-' | b'0'..=b'9' => self.number(),
            b'"' => self.string(),
            b'?' => self.boolean(),
            b':' => self.byte_sequence(),
            b'@' => self.date(),
            b'%' => self.display_string(),
            b'*' => self.token(),
            octet if octet.is_ascii_alphabetic() => self.token(),
            _ => Err(Malformed),
        }
    }

    /// Section 4.2.4
    fn number(&mut self) -> Result<Item> {
        let negative = self.take(b'-');
        let digits = self.take_while(16, |octet| octet.is_ascii_digit());
        if !self.take(b'.') {
            if digits.is_empty() || digits.len() > 15 {
                return Err(Malformed);
            }
            let value = digits.iter().fold(0_i64, |value, digit| {
                value.wrapping_mul(10).wrapping_add(i64::from(digit.wrapping_sub(b'0')))
            });
            return Ok(Item::Integer(if negative { value.wrapping_neg() } else { value }));
        }
        let fraction = self.take_while(4, |octet| octet.is_ascii_digit());
        if !(1..=12).contains(&digits.len()) || !(1..=3).contains(&fraction.len()) {
            return Err(Malformed);
        }
        Ok(Item::Other)
    }

    /// Section 4.2.5
    fn string(&mut self) -> Result<Item> {
        self.expect(b'"')?;
        loop {
            match self.next()? {
                b'"' => return Ok(Item::Other),
                b'\\' if !matches!(self.next()?, b'"' | b'\\') => return Err(Malformed),
                b'\\' | b' '..=b'~' => {}
                _ => return Err(Malformed),
            }
        }
    }

    /// Section 4.2.6
    fn token(&mut self) -> Result<Item> {
        self.take_while(usize::MAX, |octet| matches!(octet, b':' | b'/') || is_token(octet));
        Ok(Item::Other)
    }

    /// Section 4.2.7
    fn byte_sequence(&mut self) -> Result<Item> {
        self.expect(b':')?;
        let digits = self.take_while(usize::MAX, |octet| {
            octet.is_ascii_alphanumeric() || matches!(octet, b'+' | b'/')
        });
        let padding = self.take_while(usize::MAX, |octet| octet == b'=');
        self.expect(b':')?;
        // Padding may be left out, in part or as a whole.
        let most = match digits.len() % 4 {
            0 => 0,
            1 => return Err(Malformed),
            2 => 2,
            _ => 1,
        };
        if padding.len() <= most { Ok(Item::Other) } else { Err(Malformed) }
    }

    /// Section 4.2.8
    fn boolean(&mut self) -> Result<Item> {
        self.expect(b'?')?;
        match self.next()? {
            b'0' => Ok(Item::Boolean(false)),
            b'1' => Ok(Item::Boolean(true)),
            _ => Err(Malformed),
        }
    }

    /// Section 4.2.9
    fn date(&mut self) -> Result<Item> {
        self.expect(b'@')?;
        match self.number()? {
            Item::Integer(_) => Ok(Item::Other),
            _ => Err(Malformed),
        }
    }

    /// Section 4.2.10
    fn display_string(&mut self) -> Result<Item> {
        self.expect(b'%')?;
        self.expect(b'"')?;
        let mut utf8 = Utf8::default();
        loop {
            match self.next()? {
                b'"' => return if utf8.is_complete() { Ok(Item::Other) } else { Err(Malformed) },
                b'%' => {
                    let octet = self.hex_digit()? << 4 | self.hex_digit()?;
                    utf8.push(octet)?;
                }
                octet @ b' '..=b'~' => utf8.push(octet)?,
                _ => return Err(Malformed),
            }
        }
    }

    fn hex_digit(&mut self) -> Result<u8> {
        match self.next()? {
            digit @ b'0'..=b'9' => Ok(digit.wrapping_sub(b'0')),
            digit @ b'a'..=b'f' => Ok(digit.wrapping_sub(b'a').wrapping_add(10)),
            _ => Err(Malformed),
        }
    }
}

/// UTF-8 that comes octet by octet.
#[derive(Default)]
struct Utf8 {
    character: [u8; 4],
    len: usize,
}

impl Utf8 {
    fn is_complete(&self) -> bool {
        self.len == 0
    }

    fn push(&mut self, octet: u8) -> Result<()> {
        *self.character.get_mut(self.len).ok_or(Malformed)? = octet;
        self.len = self.len.wrapping_add(1);
        match core::str::from_utf8(self.character.get(..self.len).unwrap_or_default()) {
            Ok(_) => self.len = 0,
            // None says that octets are missing, not that one is wrong.
            Err(error) if error.error_len().is_none() => {}
            Err(_) => return Err(Malformed),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(input: &str) -> Result<Vec<(String, Item)>> {
        let mut members = Vec::new();
        dictionary(input.as_bytes(), |key, item| {
            members.push((String::from_utf8(key.to_vec()).unwrap(), item));
            true
        })?;
        Ok(members)
    }

    #[test]
    fn members_are_told_in_order() {
        let expected = [
            ("a", Item::Integer(-7)),
            ("b", Item::Boolean(true)),
            ("*c.d_e-f", Item::Boolean(false)),
            ("a", Item::Other),
        ];
        assert_eq!(members("  a=-7 \t,\tb;x=1;y , *c.d_e-f=?0,a=1.5 "), Ok(owned(expected)));
        assert_eq!(members(""), Ok(vec![]));
        assert_eq!(members("  "), Ok(vec![]));
    }

    fn owned<const N: usize>(members: [(&str, Item); N]) -> Vec<(String, Item)> {
        members.map(|(key, item)| (key.to_string(), item)).into()
    }

    const TRUE: Item = Item::Boolean(true);

    #[test]
    fn every_type_is_understood_wherever_it_may_be() {
        for (value, item) in [
            ("123456789012345", Item::Integer(123_456_789_012_345)),
            ("123456789012.123", Item::Other),
            ("\"a \\\" \\\\\"", Item::Other),
            ("tok/en:*", Item::Other),
            ("*", Item::Other),
            (":aGk=:", Item::Other),
            (":aGk:", Item::Other),
            ("::", Item::Other),
            ("?0", Item::Boolean(false)),
            ("@-1659578233", Item::Other),
            ("%\"caf%c3%a9\"", Item::Other),
        ] {
            assert_eq!(members(&format!("k={value},l")), Ok(owned([("k", item), ("l", TRUE)])));
            let parameter = members(&format!("k;p={value};q,l"));
            assert_eq!(parameter, Ok(owned([("k", TRUE), ("l", TRUE)])), "{value}");
            let inside = members(&format!("k=({value}  {value};p={value} ),l"));
            assert_eq!(inside, Ok(owned([("k", Item::Other), ("l", TRUE)])), "{value}");
        }
    }

    #[test]
    fn inner_lists_are_values_of_members_only() {
        for list in ["()", "( )", "(1 \"two\" three;x  ?1)"] {
            assert_eq!(members(&format!("k={list};p")), Ok(owned([("k", Item::Other)])));
            assert_eq!(members(&format!("k;p={list}")), Err(Malformed));
            assert_eq!(members(&format!("k=({list})")), Err(Malformed));
        }
    }

    #[test]
    fn anything_else_is_malformed() {
        for input in [
            ",",
            "a,",
            "a,,b",
            "A",
            "1",
            "a=",
            "a=-",
            "a=1234567890123456",
            "a=1.",
            "a=1.2345",
            "a=1234567890123.1",
            "a=\"",
            "a=\"\\x\"",
            "a=\"\u{7f}\"",
            "a=?2",
            "a=:a:",
            "a=:a=b=:",
            "a=:",
            "a=@1.5",
            "a=%\"%C3%A9\"",
            "a=%\"%c3\"",
            "a=%\"%ff\"",
            "a=(1",
            "a=(1\"x\")",
            "a;",
            "a;B",
            "a b",
            "a=1 b",
            "\ta",
            "a=&",
        ] {
            assert_eq!(members(input), Err(Malformed), "{input}");
        }
    }
}
