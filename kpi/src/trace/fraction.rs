//! An exact fraction that travels as two texts, so that no reader of JSON
//! loses digits.

use std::fmt;

use num_rational::Ratio;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{
    exact::{self, Exact},
    number::NumberError,
};

/// An exact fraction in lowest terms with a positive denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fraction(Exact);

impl Fraction {
    /// Its numerator.
    #[must_use]
    pub const fn numerator(&self) -> i128 {
        *self.0.numer()
    }

    /// Its denominator, above 0.
    #[must_use]
    pub const fn denominator(&self) -> i128 {
        *self.0.denom()
    }

    /// As a ratio, to compute with.
    #[must_use]
    pub const fn to_ratio(self) -> Ratio<i128> {
        self.0
    }

    /// Rounded half up to exactly `decimals` places (at most 18).
    ///
    /// # Errors
    /// [`NumberError::OutOfRange`] if it does not fit a `Decimal`.
    pub fn round(&self, decimals: u32) -> Result<Decimal, NumberError> {
        exact::to_decimal(&self.0, decimals).map_err(|_| NumberError::OutOfRange)
    }
}

impl From<Ratio<i128>> for Fraction {
    fn from(value: Ratio<i128>) -> Self {
        Self(value)
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.0.numer(), self.0.denom())
    }
}

#[derive(Serialize, Deserialize)]
struct Wire {
    numerator: String,
    denominator: String,
}

impl Serialize for Fraction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Wire {
            numerator: self.numerator().to_string(),
            denominator: self.denominator().to_string(),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Fraction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        let numerator: i128 = wire.numerator.parse().map_err(D::Error::custom)?;
        let denominator: i128 = wire.denominator.parse().map_err(D::Error::custom)?;
        // The smallest i128 has no opposite, so reducing it could overflow.
        if denominator <= 0 || numerator == i128::MIN {
            return Err(D::Error::custom("phân số không hợp lệ"));
        }
        Ok(Self(Exact::new(numerator, denominator)))
    }
}
