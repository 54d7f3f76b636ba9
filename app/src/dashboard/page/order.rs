//! The order of the units on an open page: kept while figures move, so that no row jumps under a pointer.

use kpi::period::Period;
use uuid::Uuid;

use crate::dashboard::api::{Comparison, UnitCompared};
use crate::dashboard::figures::Measure;

/// The order that an open page first showed, and of what.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    about: Option<(Period, Measure)>,
    order: Vec<Uuid>,
}

/// The units in the kept order, and whether sorting them again would change it.
/// A new month or measure is sorted afresh; units that came since stand at the end.
pub fn arrange(kept: &mut Kept, data: &Comparison) -> (Vec<UnitCompared>, bool) {
    let about = Some((data.period, data.measure));
    if kept.about != about {
        *kept = Kept {
            about,
            order: data.units.iter().map(|unit| unit.unit).collect(),
        };
        return (data.units.clone(), false);
    }
    let place = |unit: &UnitCompared| {
        kept.order
            .iter()
            .position(|known| *known == unit.unit)
            .unwrap_or(usize::MAX)
    };
    let mut units = data.units.clone();
    units.sort_by_key(place);
    let value = |unit: &UnitCompared| unit.value(data.measure);
    let moved = !units.is_sorted_by(|before, after| value(before) >= value(after));
    (units, moved)
}

#[cfg(test)]
mod tests {
    use kpi::period::WorkingDays;
    use rust_decimal::Decimal;

    use super::*;
    use crate::dashboard::figures::Figures;

    fn unit(id: u128, score: i64) -> UnitCompared {
        UnitCompared {
            unit: Uuid::from_u128(id),
            name: String::new(),
            own: false,
            reachable: true,
            now: Figures {
                scored: 1,
                score_sum: Decimal::from(score),
                ..Figures::default()
            },
            before: Figures::default(),
            series: Vec::new(),
        }
    }

    fn data(period: &str, units: Vec<UnitCompared>) -> Comparison {
        Comparison {
            agency: String::new(),
            period: period.parse().unwrap(),
            today: "2026-11-16".parse().unwrap(),
            days: WorkingDays { done: 1, total: 2 },
            measure: Measure::Score,
            units,
            whole: unit(0, 80),
        }
    }

    fn ids(units: &[UnitCompared]) -> Vec<u128> {
        units.iter().map(|unit| unit.unit.as_u128()).collect()
    }

    #[test]
    fn the_first_order_stays_and_the_page_says_when_it_is_old() {
        let mut kept = Kept::default();
        let (first, moved) = arrange(&mut kept, &data("2026-11", vec![unit(1, 90), unit(2, 80)]));
        assert_eq!((ids(&first), moved), (vec![1, 2], false));
        // The server sorts 2 before 1 now.
        let (second, moved) = arrange(&mut kept, &data("2026-11", vec![unit(2, 95), unit(1, 90)]));
        assert_eq!((ids(&second), moved), (vec![1, 2], true));
        // And back again.
        let (third, moved) = arrange(&mut kept, &data("2026-11", vec![unit(1, 96), unit(2, 95)]));
        assert_eq!((ids(&third), moved), (vec![1, 2], false));
    }

    #[test]
    fn a_tie_is_no_change_of_order() {
        let mut kept = Kept::default();
        arrange(&mut kept, &data("2026-11", vec![unit(1, 90), unit(2, 80)]));
        let (units, moved) = arrange(&mut kept, &data("2026-11", vec![unit(2, 90), unit(1, 90)]));
        assert_eq!((ids(&units), moved), (vec![1, 2], false));
    }

    #[test]
    fn a_new_unit_stands_at_the_end_and_another_month_is_sorted_afresh() {
        let mut kept = Kept::default();
        arrange(&mut kept, &data("2026-11", vec![unit(1, 90), unit(2, 80)]));
        let (units, moved) = arrange(&mut kept, &data("2026-11", vec![unit(3, 99), unit(2, 80)]));
        assert_eq!((ids(&units), moved), (vec![2, 3], true));
        let (units, moved) = arrange(&mut kept, &data("2026-10", vec![unit(2, 95), unit(1, 90)]));
        assert_eq!((ids(&units), moved), (vec![2, 1], false));
    }
}
