//! Posts over time (Điều 10, Điều 19): one person holds one post on a day, and
//! nobody is assessed, however indirectly, by somebody he assesses.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{RuleError, ids::OfficerId};

/// The days a post is held, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    /// First day.
    pub from: NaiveDate,
    /// Last day; `None` while it is held.
    pub until: Option<NaiveDate>,
}

impl Days {
    /// Whether both contain some day (Điều 19 khoản 1: the months of a person
    /// belong to one organisation at a time).
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let before = |one: &Self, two: &Self| one.until.is_some_and(|until| until < two.from);
        !before(self, other) && !before(other, self)
    }
}

/// Whether a person who held posts on the days `held` may hold one on `new`
/// (Điều 10, Điều 19 khoản 1): each month is scored by one post.
///
/// # Errors
/// [`RuleError`] at `until_day` (before the first day) or `from_day` (overlap).
pub fn check_new_post(held: &[Days], new: &Days) -> Result<(), RuleError> {
    if new.until.is_some_and(|until| until < new.from) {
        return Err(RuleError::new(
            "until_day",
            "Ngày kết thúc không được trước ngày bắt đầu.",
        ));
    }
    let Some(other) = held.iter().find(|other| other.overlaps(new)) else {
        return Ok(());
    };
    let from = shown(other.from);
    let until = other.until.map_or_else(
        || "nay".to_owned(),
        |until| format!("ngày {}", shown(until)),
    );
    Err(RuleError::new(
        "from_day",
        format!("Thời gian giữ vị trí trùng với vị trí khác từ ngày {from} đến {until}."),
    ))
}

fn shown(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// The people of a cycle of who assesses whom, in order, each assessed by the
/// next and the last by the first (Điều 10); `None` if there is no cycle. Pairs are
/// `(officer, superior)`.
#[must_use]
pub fn cycle(pairs: &[(OfficerId, OfficerId)]) -> Option<Vec<OfficerId>> {
    let mut superiors: BTreeMap<OfficerId, Vec<OfficerId>> = BTreeMap::new();
    for (officer, superior) in pairs {
        superiors.entry(*officer).or_default().push(*superior);
    }
    let above = |officer: OfficerId| superiors.get(&officer).map_or(&[][..], Vec::as_slice);
    // Whoever was left again leads to no cycle.
    let mut clear = BTreeSet::new();
    for start in superiors.keys() {
        // The way up from `start`, with how many of each one's superiors were seen.
        if clear.contains(start) {
            continue;
        }
        let mut way = vec![(*start, 0)];
        let mut on_way = BTreeSet::from([*start]);
        while let Some((officer, seen)) = way.last_mut() {
            let officer = *officer;
            let next = above(officer).get(*seen).copied();
            *seen += 1;
            match next {
                None => {
                    on_way.remove(&officer);
                    clear.insert(officer);
                    way.pop();
                }
                Some(next) if clear.contains(&next) => {}
                Some(next) if on_way.insert(next) => way.push((next, 0)),
                Some(next) => {
                    let ring = way.iter().map(|(one, _)| *one);
                    return Some(ring.skip_while(|one| *one != next).collect());
                }
            }
        }
    }
    None
}

/// Refuses a cycle of who assesses whom (Điều 10): scores are taken bottom-up.
/// Pairs are `(officer, superior)`.
///
/// # Errors
/// [`RuleError`] at `superior`; [`cycle`] says who is in it.
pub fn check_no_cycle(pairs: &[(OfficerId, OfficerId)]) -> Result<(), RuleError> {
    match cycle(pairs) {
        None => Ok(()),
        Some(people) => Err(RuleError::new(
            "superior",
            format!(
                "Người đánh giá tạo thành vòng khép kín giữa {} công chức; \
                 không ai được đánh giá người đánh giá mình.",
                people.len()
            ),
        )),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn days(from: &str, until: &str) -> Days {
        Days {
            from: from.parse().unwrap(),
            until: until.parse().ok(),
        }
    }

    #[test]
    fn days_overlaps_counts_both_ends() {
        let first_half = days("2026-01-01", "2026-06-30");
        for (from, until, expected) in [
            ("2026-06-30", "", true),
            ("2026-07-01", "", false),
            ("2025-01-01", "2025-12-31", false),
            ("2025-01-01", "2026-01-01", true),
            ("2026-02-01", "2026-03-01", true),
            ("2020-01-01", "", true),
        ] {
            let other = days(from, until);
            assert_eq!(first_half.overlaps(&other), expected, "{from} {until}");
            assert_eq!(other.overlaps(&first_half), expected, "{from} {until}");
        }
    }

    #[test]
    fn check_new_post_refuses_an_overlap_at_its_field() {
        let held = [days("2026-01-01", "2026-06-30"), days("2026-08-01", "")];
        let check = |from, until| check_new_post(&held, &days(from, until));
        assert_eq!(check("2026-07-01", "2026-07-31"), Ok(()));
        let refusal = check("2026-06-30", "2026-07-31").unwrap_err();
        assert_eq!(refusal.field, "from_day");
        assert!(
            refusal
                .message
                .ends_with("từ ngày 01/01/2026 đến ngày 30/06/2026.")
        );
        assert!(
            check("2027-01-01", "")
                .unwrap_err()
                .message
                .ends_with("đến nay.")
        );
        let backwards = check("2026-07-31", "2026-07-01").unwrap_err();
        assert_eq!(backwards.field, "until_day");
    }

    fn people(pairs: &[(u128, u128)]) -> Vec<(OfficerId, OfficerId)> {
        let officer = |number| OfficerId(Uuid::from_u128(number));
        pairs
            .iter()
            .map(|(a, b)| (officer(*a), officer(*b)))
            .collect()
    }

    #[test]
    fn check_no_cycle_refuses_who_assesses_his_own_superior() {
        assert_eq!(check_no_cycle(&[]), Ok(()));
        assert_eq!(
            check_no_cycle(&people(&[(1, 2), (2, 3), (1, 3), (4, 3)])),
            Ok(())
        );
        for pairs in [
            &[(1, 1)][..],
            &[(1, 2), (2, 1)],
            &[(9, 1), (1, 2), (2, 3), (3, 1)],
        ] {
            assert_eq!(
                check_no_cycle(&people(pairs)).unwrap_err().field,
                "superior"
            );
        }
    }

    #[test]
    fn cycle_gives_those_in_it_and_nobody_else() {
        let found = cycle(&people(&[(9, 1), (1, 2), (2, 3), (3, 1), (3, 7)])).unwrap();
        assert_eq!(found.len(), 3);
        let long: Vec<_> = (0..100_000).map(|number| (number, number + 1)).collect();
        assert_eq!(cycle(&people(&long)), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn cycle_is_found_where_there_is_one_and_nowhere_else(
            pairs in proptest::collection::vec((0_u128..8, 0_u128..8), 0..12),
        ) {
            let pairs = people(&pairs);
            match cycle(&pairs) {
                Some(found) => {
                    for (index, officer) in found.iter().enumerate() {
                        let superior = found[(index + 1) % found.len()];
                        prop_assert!(pairs.contains(&(*officer, superior)));
                    }
                }
                None => {
                    // Who is assessed by nobody left can go, one after the other.
                    let mut left = pairs;
                    loop {
                        let before = left.len();
                        let assessed: Vec<_> = left.iter().map(|(officer, _)| *officer).collect();
                        left.retain(|(_, superior)| assessed.contains(superior));
                        if left.len() == before { break; }
                    }
                    prop_assert!(left.is_empty());
                }
            }
        }
    }
}
