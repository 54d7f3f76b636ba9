//! The order of the units on an open page: kept while figures move, so that no row jumps under a pointer. The page
//! names the order it shows in the address from which it is read again.

use uuid::Uuid;

use crate::dashboard::api::{Comparison, UnitCompared};

/// The order of the units as an address carries it.
pub fn order_of(units: &[UnitCompared]) -> String {
    let marks: Vec<String> = units.iter().map(|unit| mark(unit.unit)).collect();
    marks.join(".")
}

/// A unit in few letters: the random end of its id.
fn mark(unit: Uuid) -> String {
    let text = unit.simple().to_string();
    text.chars().skip(20).collect()
}

/// The units in the order that the page showed before, and whether sorting them again would change it. Without an
/// order they stand as the server sorts them; units that came since stand at the end.
pub fn arrange(data: &Comparison, order: &str) -> (Vec<UnitCompared>, bool) {
    let mut units = data.units.clone();
    if order.is_empty() {
        return (units, false);
    }
    let known: Vec<&str> = order.split('.').collect();
    units.sort_by_cached_key(|unit| {
        let mark = mark(unit.unit);
        known
            .iter()
            .position(|known| *known == mark)
            .unwrap_or(usize::MAX)
    });
    let value = |unit: &UnitCompared| unit.value(data.measure);
    let moved = !units.is_sorted_by(|before, after| value(before) >= value(after));
    (units, moved)
}

#[cfg(test)]
mod tests {
    use kpi::period::WorkingDays;
    use rust_decimal::Decimal;

    use super::*;
    use crate::dashboard::figures::{Figures, Measure};

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
            rules: kpi::rule_set::RuleSet::nd_335_2025(),
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
        let (first, moved) = arrange(&data("2026-11", vec![unit(1, 90), unit(2, 80)]), "");
        assert_eq!((ids(&first), moved), (vec![1, 2], false));
        let order = order_of(&first);
        // The server sorts 2 before 1 now.
        let (second, moved) = arrange(&data("2026-11", vec![unit(2, 95), unit(1, 90)]), &order);
        assert_eq!((ids(&second), moved), (vec![1, 2], true));
        // And back again.
        let (third, moved) = arrange(&data("2026-11", vec![unit(1, 96), unit(2, 95)]), &order);
        assert_eq!((ids(&third), moved), (vec![1, 2], false));
    }

    #[test]
    fn a_tie_is_no_change_of_order() {
        let order = order_of(&[unit(1, 90), unit(2, 80)]);
        let (units, moved) = arrange(&data("2026-11", vec![unit(2, 90), unit(1, 90)]), &order);
        assert_eq!((ids(&units), moved), (vec![1, 2], false));
    }

    #[test]
    fn a_new_unit_stands_at_the_end_and_what_is_no_order_is_ignored() {
        let order = order_of(&[unit(1, 90), unit(2, 80)]);
        let (units, moved) = arrange(&data("2026-11", vec![unit(3, 99), unit(2, 80)]), &order);
        assert_eq!((ids(&units), moved), (vec![2, 3], true));
        let (units, _) = arrange(&data("2026-11", vec![unit(2, 95), unit(1, 90)]), "<b>..'");
        assert_eq!(ids(&units), vec![2, 1]);
    }
}
