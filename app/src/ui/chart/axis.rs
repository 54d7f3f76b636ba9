//! The scale of a chart: where a value lies, which ticks it has, which bands stand behind it.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// A scale of points or percent, in whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    /// Left or lower end.
    pub min: i32,
    /// Right or upper end; greater than `min`.
    pub max: i32,
}

/// Distance between two ticks.
const STEP: i32 = 10;

/// A range of the scale with a name ("Tốt"), cut to the scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Lower end.
    pub from: i32,
    /// Upper end.
    pub until: i32,
    /// Its name.
    pub name: &'static str,
    /// Code for its colour: not-completed, completed, good, excellent.
    pub kind: &'static str,
}

impl Axis {
    /// 50 to 100 when every value is at least 50, for small differences to be seen; otherwise 0 to 100.
    pub fn of(values: impl IntoIterator<Item = Decimal>) -> Self {
        let low = values.into_iter().any(|value| value < Decimal::from(50));
        Self {
            min: if low { 0 } else { 50 },
            max: 100,
        }
    }

    /// Where a value lies between the coordinates `from` (at `min`) and `until` (at `max`), rounded;
    /// a value outside the scale lies at its end.
    pub fn place(self, value: Decimal, from: i32, until: i32) -> i32 {
        let cut = value.clamp(Decimal::from(self.min), Decimal::from(self.max));
        let span = Decimal::from(self.max - self.min);
        let along = (cut - Decimal::from(self.min)) * Decimal::from(until - from) / span;
        from + along.round().to_i32().unwrap_or(0)
    }

    /// Whether a value lies on the scale.
    pub fn holds(self, value: Decimal) -> bool {
        value >= Decimal::from(self.min) && value <= Decimal::from(self.max)
    }

    /// The values that are written at the scale.
    pub fn ticks(self) -> impl Iterator<Item = i32> {
        let first = self.min;
        (0..)
            .map(move |n| first + n * STEP)
            .take_while(move |tick| *tick <= self.max)
    }

    /// Names the ranges between `starts` (ascending: start, name, kind) as far as they lie on the scale.
    pub fn bands(self, starts: &[(Decimal, &'static str, &'static str)]) -> Vec<Band> {
        let ends = starts
            .iter()
            .skip(1)
            .map(|(start, ..)| *start)
            .chain([Decimal::from(self.max)]);
        starts
            .iter()
            .zip(ends)
            .map(|((start, name, kind), end)| Band {
                from: start.round().to_i32().unwrap_or(self.min).max(self.min),
                until: end.round().to_i32().unwrap_or(self.max).min(self.max),
                name,
                kind,
            })
            .filter(|band| band.from < band.until)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn the_scale_starts_at_fifty_unless_a_value_lies_below() {
        assert_eq!(
            Axis::of([decimal("50"), decimal("91.2")]),
            Axis { min: 50, max: 100 }
        );
        assert_eq!(
            Axis::of([decimal("49.99"), decimal("91.2")]),
            Axis { min: 0, max: 100 }
        );
        assert_eq!(Axis::of([]), Axis { min: 50, max: 100 });
    }

    #[test]
    fn values_are_placed_in_proportion_and_cut_at_the_ends() {
        let axis = Axis { min: 50, max: 100 };
        assert_eq!(axis.place(decimal("50"), 200, 700), 200);
        assert_eq!(axis.place(decimal("75"), 200, 700), 450);
        assert_eq!(axis.place(decimal("100"), 200, 700), 700);
        assert_eq!(axis.place(decimal("20"), 200, 700), 200);
        assert_eq!(axis.place(decimal("130"), 200, 700), 700);
        assert_eq!(axis.place(decimal("75.06"), 200, 700), 451);
        // Upwards, as a line chart counts: 100 at the top.
        assert_eq!(axis.place(decimal("100"), 80, 10), 10);
        assert!(
            axis.holds(decimal("50"))
                && !axis.holds(decimal("49.9"))
                && !axis.holds(decimal("100.1"))
        );
    }

    #[test]
    fn bands_are_cut_to_the_scale() {
        let starts = [
            (decimal("0"), "Không hoàn thành", "not-completed"),
            (decimal("50"), "Hoàn thành", "completed"),
            (decimal("70"), "Tốt", "good"),
            (decimal("90"), "Xuất sắc", "excellent"),
        ];
        let high = Axis { min: 50, max: 100 }.bands(&starts);
        let ranges: Vec<(i32, i32)> = high.iter().map(|band| (band.from, band.until)).collect();
        assert_eq!(ranges, [(50, 70), (70, 90), (90, 100)]);
        assert_eq!(Axis { min: 0, max: 100 }.bands(&starts).len(), 4);
        assert_eq!(
            Axis { min: 50, max: 100 }.ticks().collect::<Vec<_>>(),
            [50, 60, 70, 80, 90, 100]
        );
    }
}
