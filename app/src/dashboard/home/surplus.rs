//! How many proposed for "xuất sắc" wait for the choice of the authority, from counts of the groups.

use kpi::rating::max_excellent;
use kpi::rule_set::{CapScope, YearRules};
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::error::AppError;

/// A group of similar tasks of one year, as far as levels were computed for its proposals.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Group {
    /// People with a computed level.
    pub rated: u32,
    /// Of these, at "tốt" or better.
    pub good_or_better: u32,
    /// Of these, at "xuất sắc" and not declined by the authority.
    pub standing: u32,
    /// Of these, proposed, and the authority neither chose nor decided.
    pub waiting: u32,
}

/// People in a scope where more stand for "xuất sắc" than may be (khoản 5 Điều 20): the agency, or a group where the
/// rules count in groups.
///
/// # Errors
/// A ratio outside 0 to 1.
pub fn waiting(rules: &YearRules, ratio: Decimal, groups: &[Group]) -> Result<u32, AppError> {
    let over = |group: &Group| -> Result<bool, AppError> {
        let most = max_excellent(rules, ratio, group.good_or_better, group.rated)?;
        Ok(group.standing > most)
    };
    let all = groups.iter().fold(Group::default(), |sum, group| Group {
        rated: sum.rated + group.rated,
        good_or_better: sum.good_or_better + group.good_or_better,
        standing: sum.standing + group.standing,
        waiting: sum.waiting + group.waiting,
    });
    if over(&all)? {
        return Ok(all.waiting);
    }
    let mut waiting = 0;
    if rules.cap_scope == CapScope::GroupAndOrganisation {
        for group in groups {
            if over(group)? {
                waiting += group.waiting;
            }
        }
    }
    Ok(waiting)
}

#[cfg(test)]
mod tests {
    use kpi::rule_set::RuleSet;

    use super::*;

    fn group(good_or_better: u32, standing: u32, waiting: u32) -> Group {
        Group {
            rated: good_or_better + 3,
            good_or_better,
            standing,
            waiting,
        }
    }

    fn of(scope: CapScope, groups: &[Group]) -> u32 {
        let mut rules = RuleSet::nd_335_2025().year;
        rules.cap_scope = scope;
        waiting(&rules, rules.excellent_ratio, groups).unwrap()
    }

    #[test]
    fn those_wait_in_whose_group_or_agency_more_stand_than_may_be() {
        use CapScope::{GroupAndOrganisation as Groups, Organisation as All};
        // Twelve make two places, thirty make five.
        assert_eq!(of(Groups, &[group(12, 2, 2)]), 0);
        assert_eq!(of(Groups, &[group(12, 3, 2)]), 2);
        let full_elsewhere = [group(12, 3, 3), group(30, 4, 4)];
        assert_eq!(of(Groups, &full_elsewhere), 3, "7 of 42 fit the agency");
        assert_eq!(of(All, &full_elsewhere), 0);
        assert_eq!(of(All, &[group(12, 3, 3), group(30, 6, 4)]), 7);
        assert_eq!(of(Groups, &[]), 0);
    }
}
