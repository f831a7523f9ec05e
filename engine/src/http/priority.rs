//! The priority of a response (RFC 9218 section 4).

use super::structured::{Item, dictionary};
use crate::error::{Error, Result};

/// Urgency and way of delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Priority {
    /// 0 is the most urgent, 7 the least.
    pub urgency: u8,
    /// Whether parts of the response are of use before the whole has come.
    pub incremental: bool,
}

impl Priority {
    /// The least urgent.
    pub const LOWEST_URGENCY: u8 = 7;

    /// Takes over what a Priority field value says; what it does not mention stays. A value that
    /// cannot be parsed changes nothing.
    pub fn update(&mut self, value: &[u8]) -> Result<()> {
        let field = PriorityField::parse(value)?;
        self.urgency = field.urgency.unwrap_or(self.urgency);
        self.incremental = field.incremental.unwrap_or(self.incremental);
        Ok(())
    }
}

impl Default for Priority {
    /// Urgency 3, not incremental.
    fn default() -> Priority {
        Priority { urgency: 3, incremental: false }
    }
}

/// What a Priority field value says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PriorityField {
    /// `u`, if it is mentioned.
    pub urgency: Option<u8>,
    /// `i`, if it is mentioned.
    pub incremental: Option<bool>,
}

impl PriorityField {
    /// Parses a value. [`Error::InvalidArgument`] for one that is no dictionary, or has a wrong type or
    /// number for `u` or `i`.
    pub fn parse(value: &[u8]) -> Result<PriorityField> {
        match PriorityField::usual(value) {
            Some(field) => Ok(field),
            None => PriorityField::any(value),
        }
    }

    /// What nearly all values are.
    fn usual(value: &[u8]) -> Option<PriorityField> {
        let [b'u', b'=', digit @ b'0'..=b'7', rest @ ..] = value else { return None };
        let incremental = match rest {
            b"" => None,
            b", i" | b",i" => Some(true),
            _ => return None,
        };
        Some(PriorityField { urgency: Some(digit & 7), incremental })
    }

    /// Any value.
    fn any(value: &[u8]) -> Result<PriorityField> {
        let mut field = PriorityField::default();
        let whole = dictionary(value, |key, item| {
            match (key, item) {
                (b"u", Item::Integer(urgency @ 0..=7)) => field.urgency = Some(urgency as u8),
                (b"i", Item::Boolean(incremental)) => field.incremental = Some(incremental),
                (b"u" | b"i", _) => return false,
                _ => {}
            }
            true
        });
        whole.map(|()| field).map_err(|_| Error::InvalidArgument)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_values_are_read_like_any() {
        for head in ["u=", "u", "U=", "u= ", " u=", "v="] {
            for digit in ["", "0", "3", "7", "8", "-1", "07"] {
                for tail in ["", ", i", ",i", ",  i", " ,i", ",i=?0", ", i;x", ",j", ","] {
                    let value = [head, digit, tail].concat();
                    let any = PriorityField::any(value.as_bytes());
                    assert_eq!(PriorityField::parse(value.as_bytes()), any, "{value}");
                    if let Some(usual) = PriorityField::usual(value.as_bytes()) {
                        assert_eq!(any, Ok(usual), "{value}");
                    }
                }
            }
        }
        assert!(PriorityField::usual(b"u=1, i").is_some());
    }
}
