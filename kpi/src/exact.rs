//! Exact fractions with checked steps: nothing here can overflow in silence
//! or panic, whatever the inputs.

use num_bigint::BigInt;
use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, Zero};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::{RuleError, rule_set::Rounding};

/// An exact fraction in lowest terms with a positive denominator.
pub(crate) type Exact = Ratio<i128>;

/// An exact fraction of any size, for sums over quotients: a handful of
/// denominators that share nothing leave 128 bits.
pub(crate) type Wide = Ratio<BigInt>;

/// An arithmetic step left the range of 128 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Phép tính vượt quá giới hạn số học.")]
pub(crate) struct Overflow;

impl From<Overflow> for RuleError {
    fn from(overflow: Overflow) -> Self {
        Self::new("", overflow.to_string())
    }
}

pub(crate) fn add(a: &Exact, b: &Exact) -> Result<Exact, Overflow> {
    a.checked_add(b).ok_or(Overflow)
}

pub(crate) fn sub(a: &Exact, b: &Exact) -> Result<Exact, Overflow> {
    a.checked_sub(b).ok_or(Overflow)
}

pub(crate) fn mul(a: &Exact, b: &Exact) -> Result<Exact, Overflow> {
    a.checked_mul(b).ok_or(Overflow)
}

/// `a ÷ b`; a zero divisor is an [`Overflow`] too.
pub(crate) fn div(a: &Exact, b: &Exact) -> Result<Exact, Overflow> {
    if b.is_zero() {
        return Err(Overflow);
    }
    a.checked_div(b).ok_or(Overflow)
}

pub(crate) fn whole(value: u32) -> Exact {
    Exact::from_integer(i128::from(value))
}

fn power_of_ten(exponent: u32) -> Result<i128, Overflow> {
    10_i128.checked_pow(exponent).ok_or(Overflow)
}

/// The exact value of a decimal.
pub(crate) fn from_decimal(value: Decimal) -> Result<Exact, Overflow> {
    // A Decimal's mantissa has 96 bits and its scale is at most 28.
    Ok(Exact::new(value.mantissa(), power_of_ten(value.scale())?))
}

/// Rounds half away from zero to exactly `decimals` places (0 to 18).
pub(crate) fn to_decimal(value: &Exact, decimals: u32) -> Result<Decimal, Overflow> {
    if decimals > 18 {
        return Err(Overflow);
    }
    let (numerator, denominator) = (*value.numer(), *value.denom());
    let negative = numerator < 0;
    let scale = power_of_ten(decimals)?;
    let numerator = numerator.checked_abs().ok_or(Overflow)?;
    let integer = numerator / denominator;
    let rest = numerator % denominator;
    let Some(scaled_rest) = rest.checked_mul(scale) else {
        return wide_to_decimal(&widen(value), decimals);
    };
    let mut fraction = scaled_rest / denominator;
    let remainder = scaled_rest % denominator;
    // remainder ≥ denominator − remainder is 2·remainder ≥ denominator without the product.
    if remainder >= denominator - remainder {
        fraction += 1;
    }
    let mantissa = integer
        .checked_mul(scale)
        .and_then(|whole| whole.checked_add(fraction))
        .ok_or(Overflow)?;
    let mantissa = if negative { -mantissa } else { mantissa };
    Decimal::try_from_i128_with_scale(mantissa, decimals).map_err(|_| Overflow)
}

/// The published figure of a value (choice A1): cut, or rounded half up, at
/// exactly `decimals` places (0 to 18).
pub(crate) fn publish(
    value: &Exact,
    decimals: u32,
    rounding: Rounding,
) -> Result<Decimal, Overflow> {
    match rounding {
        Rounding::HalfUp | Rounding::Exact => to_decimal(value, decimals),
        Rounding::Truncate => {
            let scale = power_of_ten(decimals)?;
            let cut = div(&Exact::from_integer(1), &Exact::from_integer(scale))?;
            to_decimal(&mul(&div(value, &cut)?.trunc(), &cut)?, decimals)
        }
    }
}

/// As [`publish`], for a fraction of any size.
pub(crate) fn wide_publish(
    value: &Wide,
    decimals: u32,
    rounding: Rounding,
) -> Result<Decimal, Overflow> {
    match rounding {
        Rounding::HalfUp | Rounding::Exact => wide_to_decimal(value, decimals),
        Rounding::Truncate => {
            let scale = Wide::from_integer(power_of_ten(decimals)?.into());
            wide_to_decimal(&((value * &scale).trunc() / scale), decimals)
        }
    }
}

/// The same value, of any size.
pub(crate) fn widen(value: &Exact) -> Wide {
    Wide::new_raw((*value.numer()).into(), (*value.denom()).into())
}

/// As [`to_decimal`], for a fraction of any size.
pub(crate) fn wide_to_decimal(value: &Wide, decimals: u32) -> Result<Decimal, Overflow> {
    let scale = Wide::from_integer(power_of_ten(decimals)?.into());
    // `round` takes a half away from zero.
    let mantissa = (value * scale).round().to_integer();
    let mantissa = i128::try_from(mantissa).map_err(|_| Overflow)?;
    Decimal::try_from_i128_with_scale(mantissa, decimals).map_err(|_| Overflow)
}

/// The decimal that equals `value`, or, where none with 28 digits does, the
/// one rounded half up at the tenth place.
pub(crate) fn nearest_decimal(value: &Exact) -> Result<Decimal, Overflow> {
    for decimals in [0, 2, 4, 6, 8, 10, 12, 14, 16, 18] {
        if let Ok(decimal) = to_decimal(value, decimals)
            && from_decimal(decimal)? == *value
        {
            return Ok(decimal.normalize());
        }
    }
    to_decimal(value, 10)
}

/// Rounds a decimal half away from zero to exactly `decimals` places.
pub(crate) fn round_decimal(value: Decimal, decimals: u32) -> Decimal {
    let mut rounded =
        value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(decimals);
    rounded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_is_rounded_up_once() {
        let value = Exact::new(17_999, 200); // 89.995
        assert_eq!(to_decimal(&value, 2).unwrap().to_string(), "90.00");
        let below = Exact::new(89_994_999, 1_000_000);
        assert_eq!(to_decimal(&below, 2).unwrap().to_string(), "89.99");
        let negative = Exact::new(-5, 1000);
        assert_eq!(to_decimal(&negative, 2).unwrap().to_string(), "-0.01");
    }

    #[test]
    fn a_wide_fraction_is_rounded_as_a_narrow_one() {
        for (numerator, denominator) in [(17_999, 200), (-5, 1000), (1, 3), (0, 1), (7, 2)] {
            let value = Exact::new(numerator, denominator);
            assert_eq!(wide_to_decimal(&widen(&value), 2), to_decimal(&value, 2));
        }
        let huge = widen(&Exact::from_integer(i128::MAX));
        assert_eq!(wide_to_decimal(&(&huge * &huge), 2), Err(Overflow));
    }

    #[test]
    fn a_published_figure_is_rounded_or_cut() {
        let value = Exact::new(17_999, 200); // 89.995
        for (rounding, figure) in [
            (Rounding::HalfUp, "90.00"),
            (Rounding::Exact, "90.00"),
            (Rounding::Truncate, "89.99"),
        ] {
            assert_eq!(publish(&value, 2, rounding).unwrap().to_string(), figure);
            let wide = wide_publish(&widen(&value), 2, rounding).unwrap();
            assert_eq!(wide.to_string(), figure);
        }
    }

    #[test]
    fn an_overflow_is_an_error_not_a_panic() {
        let huge = Exact::from_integer(i128::MAX);
        assert_eq!(add(&huge, &huge), Err(Overflow));
        assert_eq!(mul(&huge, &huge), Err(Overflow));
        assert_eq!(div(&huge, &whole(0)), Err(Overflow));
        assert!(to_decimal(&huge, 2).is_err());
    }
}
