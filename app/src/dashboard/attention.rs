//! "Cần chú ý": what a leader should look at first, in sentences with unit, number and reason.
//! Pure: made from the comparison alone. While a month runs, units are held against the expected share of today
//! and against the whole agency, never against a finished month.

use rust_decimal::Decimal;

use super::api::{Comparison, UnitCompared};
use super::figures::{Figures, Measure, change};
use crate::format::number;

/// One sentence: about whom, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The unit, or "Toàn cơ quan".
    pub subject: String,
    /// The rest of the sentence.
    pub words: String,
    /// How much it weighs against the others; larger first.
    weight: Decimal,
}

/// Most sentences at once: more would say nothing.
const MOST: usize = 6;
/// Points by which a unit's score must fall to be named.
const FALL: i64 = 2;
/// Points by which it must fall more than the whole agency.
const FALL_MORE: i64 = 1;
/// Percentage points below the expected progress of today.
const BEHIND: i64 = 10;
/// Percentage points below the whole agency, when that is behind too: only who stands out is named.
const BEHIND_MORE: i64 = 3;
/// Percentage points of the whole agency below it.
const WHOLE_BEHIND: i64 = 3;
/// Deliverables that wait for a decision.
const WAITING: u32 = 5;
/// Scored people from which on one level for most of them says something.
const ALIKE_OF: u32 = 5;

/// The sentences of a comparison, weightiest first; at most six.
pub fn notices(comparison: &Comparison) -> Vec<Notice> {
    let expected = Decimal::from(comparison.days.percent());
    let mut notices = Vec::new();
    notices.extend(whole_behind(comparison, expected));
    notices.extend(most_waiting(comparison));
    for unit in &comparison.units {
        notices.extend(behind(comparison, unit, expected));
        if comparison.is_over() {
            notices.extend(fell(comparison, unit));
            notices.extend(below_good(comparison, unit));
            notices.extend(alike(unit));
            notices.extend(unconfirmed(unit));
        }
    }
    notices.sort_by_key(|notice| std::cmp::Reverse(notice.weight));
    notices.truncate(MOST);
    notices
}

fn whole_behind(comparison: &Comparison, expected: Decimal) -> Option<Notice> {
    let value = comparison.whole.value(Measure::Progress)?;
    let below = expected - value;
    if below < Decimal::from(WHOLE_BEHIND) {
        return None;
    }
    let mut missing: Vec<Decimal> = comparison
        .units
        .iter()
        .map(|unit| shortfall(&unit.now, expected))
        .filter(|short| *short > Decimal::ZERO)
        .collect();
    missing.sort_by_key(|short| std::cmp::Reverse(*short));
    let two: Decimal = missing.iter().take(2).sum();
    let share = crate::format::percent(two, missing.iter().sum());
    let concentrated = share.filter(|share| missing.len() > 2 && *share >= Decimal::from(50));
    let tail = concentrated
        .map(|share| format!("; {}% phần thiếu nằm ở 2 đơn vị", number(share, 0)))
        .unwrap_or_default();
    Some(Notice {
        subject: comparison.whole.name.clone(),
        words: format!(
            "đạt tiến độ {}, thấp hơn dự kiến đến nay {} điểm phần trăm{tail}.",
            Measure::Progress.written(value),
            number(below, 1)
        ),
        // About everybody: always first.
        weight: Decimal::from(1000),
    })
}

/// Converted quantity that is missing to the expected progress.
fn shortfall(figures: &Figures, expected: Decimal) -> Decimal {
    (figures.assigned * expected / Decimal::ONE_HUNDRED - figures.progress).max(Decimal::ZERO)
}

fn most_waiting(comparison: &Comparison) -> Option<Notice> {
    let unit = comparison
        .units
        .iter()
        .max_by_key(|unit| unit.now.waiting)?;
    let all = comparison.whole.now.waiting;
    if unit.now.waiting < WAITING {
        return None;
    }
    Some(Notice {
        subject: unit.name.clone(),
        words: format!(
            "có {} sản phẩm chờ duyệt, nhiều nhất trong {all} sản phẩm đang chờ của cơ quan.",
            unit.now.waiting
        ),
        weight: Decimal::from(unit.now.waiting) / Decimal::TWO,
    })
}

fn fell(comparison: &Comparison, unit: &UnitCompared) -> Option<Notice> {
    let (now, before) = (unit.value(Measure::Score)?, unit.previous(Measure::Score)?);
    let fall = before - now;
    let whole = &comparison.whole;
    let whole_change = change(whole.value(Measure::Score), whole.previous(Measure::Score));
    let whole_fall = -whole_change.unwrap_or_default();
    let more = fall - whole_fall;
    if fall < Decimal::from(FALL) || more < Decimal::from(FALL_MORE) {
        return None;
    }
    let against = if comparison.is_over() || whole_fall <= Decimal::ZERO {
        String::new()
    } else {
        format!(", trong khi toàn cơ quan giảm {}", number(whole_fall, 2))
    };
    Some(Notice {
        subject: unit.name.clone(),
        words: format!(
            "giảm {} điểm so với {} (từ {} còn {}){against}.",
            number(fall, 2),
            comparison.month_before(),
            number(before, 2),
            number(now, 2)
        ),
        weight: more.min(fall) * Decimal::TWO,
    })
}

fn behind(comparison: &Comparison, unit: &UnitCompared, expected: Decimal) -> Option<Notice> {
    let value = unit.value(Measure::Progress)?;
    let below = expected - value;
    let whole = comparison.whole.value(Measure::Progress)?;
    if below < Decimal::from(BEHIND) || whole - value < Decimal::from(BEHIND_MORE) {
        return None;
    }
    Some(Notice {
        subject: unit.name.clone(),
        words: format!(
            "mới đạt tiến độ {}, dự kiến đến nay {}%, toàn cơ quan {}.",
            Measure::Progress.written(value),
            number(expected, 0),
            Measure::Progress.written(whole)
        ),
        weight: below,
    })
}

fn below_good(comparison: &Comparison, unit: &UnitCompared) -> Option<Notice> {
    let value = unit.value(Measure::Score)?;
    let good = comparison.rules.thresholds.good;
    (value < good).then(|| Notice {
        subject: unit.name.clone(),
        words: format!(
            "có điểm trung bình {}, dưới {}; {}/{} người ở mức Không hoàn thành.",
            number(value, 2),
            number(good, 0),
            unit.now.not_completed,
            unit.now.scored
        ),
        weight: (good - value) * Decimal::TWO,
    })
}

/// More than four of five at one level: either all work alike, or the scores do not tell them apart.
fn alike(unit: &UnitCompared) -> Option<Notice> {
    let (people, level) = unit.now.fullest_level();
    let scored = unit.now.scored;
    (scored >= ALIKE_OF && people * 5 > scored * 4).then(|| Notice {
        subject: unit.name.clone(),
        words: format!("{people}/{scored} người cùng ở mức {level}: nên xem điểm có phân biệt được kết quả không."),
        weight: Decimal::from(3),
    })
}

fn unconfirmed(unit: &UnitCompared) -> Option<Notice> {
    let open = unit.now.people.saturating_sub(unit.now.confirmed);
    // One open sheet is the rule: nobody inside the agency confirms its head's.
    (open > 1).then(|| Notice {
        subject: unit.name.clone(),
        words: format!(
            "còn {open}/{} phiếu của tháng chưa được xác nhận.",
            unit.now.people
        ),
        weight: Decimal::from(open) / Decimal::TEN + Decimal::ONE,
    })
}

#[cfg(test)]
mod tests;
