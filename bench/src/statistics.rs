//! Ratios of paired rounds, and what they come to.

/// The middle of some ratios, and where most of them lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    pub median: f64,
    /// A tenth lies below the first, and a tenth above the second.
    pub low: f64,
    pub high: f64,
}

/// The value below which that part of the sorted values lies, between neighbours in proportion.
fn quantile(sorted: &[f64], part: f64) -> Option<f64> {
    let place = part * sorted.len().checked_sub(1)? as f64;
    let below = *sorted.get(place.floor() as usize)?;
    let above = *sorted.get(place.ceil() as usize)?;
    Some(below + (above - below) * place.fract())
}

impl Spread {
    /// Of at least one value.
    pub fn of(values: &[f64]) -> Option<Spread> {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        Some(Spread {
            median: quantile(&sorted, 0.5)?,
            low: quantile(&sorted, 0.1)?,
            high: quantile(&sorted, 0.9)?,
        })
    }

    /// Of the quotients of two lists, pair by pair.
    pub fn of_ratios(dividends: &[f64], divisors: &[f64]) -> Option<Spread> {
        let ratios: Vec<f64> = dividends.iter().zip(divisors).map(|(a, b)| a / b).collect();
        Spread::of(&ratios)
    }
}

/// What ratios come to when none is more important than the other.
pub fn geometric_mean(ratios: &[f64]) -> Option<f64> {
    if ratios.is_empty() {
        return None;
    }
    let sum: f64 = ratios.iter().map(|ratio| ratio.ln()).sum();
    Some((sum / ratios.len() as f64).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_neighbours() {
        let values: Vec<f64> = (0..=10).rev().map(f64::from).collect();
        let spread = Spread::of(&values).unwrap();
        assert_eq!(spread, Spread { median: 5.0, low: 1.0, high: 9.0 });
        assert_eq!(Spread::of(&[1.0, 2.0]).unwrap().median, 1.5);
        assert_eq!(Spread::of(&[]), None);
    }

    #[test]
    fn an_outlier_does_not_move_the_median() {
        let theirs = [2.0, 4.0, 6.0, 600.0, 8.0];
        let ours = [1.0, 2.0, 3.0, 3.0, 4.0];
        assert_eq!(Spread::of_ratios(&theirs, &ours).unwrap().median, 2.0);
    }

    #[test]
    fn half_and_double_cancel_out() {
        assert!((geometric_mean(&[0.5, 2.0]).unwrap() - 1.0).abs() < 1e-12);
        assert!((geometric_mean(&[2.0, 8.0]).unwrap() - 4.0).abs() < 1e-12);
        assert_eq!(geometric_mean(&[]), None);
    }
}
