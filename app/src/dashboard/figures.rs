//! Sums of a unit's month and what is computed from them; pure, the same on both sides.

use kpi::number::round_half_up;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What units are compared by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// Mean score of the scored people, 0 to 100 points.
    #[default]
    Score,
    /// Completed share of the assigned quantity, in percent (điểm a khoản 2 Điều 14 NĐ 335/2025/NĐ-CP).
    Quantity,
    /// The same after deductions for quality (điểm b).
    Quality,
    /// The same after deductions for delay (điểm c).
    Progress,
}

impl Measure {
    /// All of them, in the order of the switch.
    pub const ALL: [Self; 4] = [Self::Score, Self::Quantity, Self::Quality, Self::Progress];

    /// The code in an address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Score => "score",
            Self::Quantity => "quantity",
            Self::Quality => "quality",
            Self::Progress => "progress",
        }
    }

    /// The measure of a code; the score for any other text.
    pub fn of_code(code: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|measure| measure.code() == code)
            .unwrap_or_default()
    }

    /// Its name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Score => "Tổng điểm",
            Self::Quantity => "Số lượng",
            Self::Quality => "Chất lượng",
            Self::Progress => "Tiến độ",
        }
    }

    /// Its name inside a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Score => "điểm",
            Self::Quantity => "số lượng",
            Self::Quality => "chất lượng",
            Self::Progress => "tiến độ",
        }
    }

    /// Decimals of a published value: scores two, percentages one.
    pub fn decimals(self) -> u32 {
        if self == Self::Score { 2 } else { 1 }
    }

    /// A value as it is written: "86,4" or "79,6%".
    pub fn written(self, value: Decimal) -> String {
        let number = crate::format::number(value, self.decimals());
        if self == Self::Score {
            number
        } else {
            format!("{number}%")
        }
    }
}

/// Sums of a unit's month, or of several units' months.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// People with a month.
    pub people: u32,
    /// People with a score.
    pub scored: u32,
    /// Assignments.
    pub assignments: u32,
    /// Converted assigned quantity.
    pub assigned: Decimal,
    /// Converted completed quantity.
    pub volume: Decimal,
    /// Converted quantity after deductions for quality.
    pub quality: Decimal,
    /// Converted quantity after deductions for delay.
    pub progress: Decimal,
    /// Sum of the scores.
    pub score_sum: Decimal,
    /// People at "xuất sắc".
    pub excellent: u32,
    /// People at "tốt".
    pub good: u32,
    /// People at "hoàn thành".
    pub completed: u32,
    /// People at "không hoàn thành".
    pub not_completed: u32,
    /// Deliverables waiting for a decision.
    pub waiting: u32,
    /// Confirmed sheets.
    pub confirmed: u32,
}

impl Figures {
    /// The published value of a measure, rounded half up to `Measure::decimals`; none while nobody has a score,
    /// or nothing is assigned.
    pub fn value(&self, measure: Measure) -> Option<Decimal> {
        let exact = match measure {
            Measure::Score => self.score_sum.checked_div(Decimal::from(self.scored)),
            Measure::Quantity => crate::format::percent(self.volume, self.assigned),
            Measure::Quality => crate::format::percent(self.quality, self.assigned),
            Measure::Progress => crate::format::percent(self.progress, self.assigned),
        }?;
        Some(round_half_up(exact, measure.decimals()))
    }

    /// The level at which most of the scored people are: how many, and its short name.
    pub fn fullest_level(&self) -> (u32, &'static str) {
        let levels = [
            (self.excellent, "Xuất sắc"),
            (self.good, "Tốt"),
            (self.completed, "Hoàn thành"),
            (self.not_completed, "Không hoàn thành"),
        ];
        levels
            .into_iter()
            .max_by_key(|(people, _)| *people)
            .unwrap_or_default()
    }
}

/// This month minus last month, of published values.
pub fn change(now: Option<Decimal>, before: Option<Decimal>) -> Option<Decimal> {
    Some(now? - before?)
}

/// Ranks by descending value; equal values share a rank and the next one is left out (1, 2, 2, 4).
/// A unit without a value has none.
pub fn ranks(values: &[Option<Decimal>]) -> Vec<Option<u32>> {
    values
        .iter()
        .map(|value| {
            let value = (*value)?;
            let ahead = values
                .iter()
                .flatten()
                .filter(|other| **other > value)
                .count();
            u32::try_from(ahead).ok().map(|ahead| ahead + 1)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn figures() -> Figures {
        Figures {
            people: 4,
            scored: 3,
            assigned: decimal("40"),
            volume: decimal("35.5"),
            quality: decimal("30"),
            progress: decimal("42"),
            score_sum: decimal("250"),
            good: 2,
            completed: 1,
            ..Figures::default()
        }
    }

    #[test]
    fn values_are_exact_quotients_rounded_once() {
        let figures = figures();
        assert_eq!(figures.value(Measure::Score), Some(decimal("83.33")));
        assert_eq!(figures.value(Measure::Quantity), Some(decimal("88.8")));
        assert_eq!(figures.value(Measure::Quality), Some(decimal("75.0")));
        assert_eq!(figures.value(Measure::Progress), Some(decimal("105.0")));
        assert_eq!(Measure::Score.written(decimal("83.33")), "83,33");
        assert_eq!(Measure::Quantity.written(decimal("88.8")), "88,8%");
        assert_eq!(figures.fullest_level(), (2, "Tốt"));
    }

    #[test]
    fn nothing_is_made_up_without_people_or_work() {
        for measure in Measure::ALL {
            assert_eq!(Figures::default().value(measure), None);
        }
        assert_eq!(change(Some(decimal("80")), None), None);
        assert_eq!(
            change(Some(decimal("80")), Some(decimal("81.5"))),
            Some(decimal("-1.5"))
        );
    }

    #[test]
    fn equal_values_share_a_rank() {
        let values: Vec<Option<Decimal>> = ["90", "85.5", "", "85.50", "70"]
            .iter()
            .map(|text| text.parse().ok())
            .collect();
        assert_eq!(ranks(&values), [Some(1), Some(2), None, Some(2), Some(4)]);
    }

    #[test]
    fn every_measure_has_a_code_of_its_own() {
        for measure in Measure::ALL {
            assert_eq!(Measure::of_code(measure.code()), measure);
        }
        assert_eq!(Measure::of_code("<script>"), Measure::Score);
    }
}
