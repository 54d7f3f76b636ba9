//! Bounds of the input, value by value, each with the path of what it refuses.
//! Apart from the engine so that the JSON reader refuses in reading order.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Blocker, MAX_PEOPLE, Month, MonthResult, Person, YearInput};
use crate::{
    RuleError,
    bounds::{self, period_score},
    number::format_vi,
    period::Period,
    quarter,
    rule_set::RuleSet,
    scoring::ScoringRole,
};

/// Refuses an input that the engine must not see, in canonical order.
pub(crate) fn input(rule_set: &RuleSet, input: &YearInput) -> Result<(), RuleError> {
    year(input.year)?;
    if let Some(ratio) = input.excellent_ratio {
        excellent_ratio(rule_set, ratio)?;
    }
    people_count(input.people.len())?;
    let mut ids = BTreeSet::new();
    for (index, person) in input.people.iter().enumerate() {
        self::person(&mut ids, person)
            .map_err(|error| error.within(&format!("people[{index}]")))?;
    }
    Ok(())
}

pub(crate) fn year(year: u32) -> Result<(), RuleError> {
    let known = i32::try_from(year).is_ok_and(|year| Period::month(year, 1).is_ok());
    if !known {
        return Err(RuleError::new("year", "Năm phải từ 2000 đến 2999."));
    }
    Ok(())
}

/// 0 to the most that an authority may decide (Điều 20 khoản 5 điểm b).
pub(crate) fn excellent_ratio(rule_set: &RuleSet, ratio: Decimal) -> Result<(), RuleError> {
    let most = rule_set.year.most_excellent_ratio;
    if ratio < Decimal::ZERO || ratio > most {
        return Err(RuleError::new(
            "excellent_ratio",
            format!(
                "Tỷ lệ hoàn thành xuất sắc phải từ 0 đến {} (khoản 5 Điều 20).",
                format_vi(most, 4)
            ),
        ));
    }
    bounds::decimals("excellent_ratio", ratio, 4)
}

pub(crate) fn people_count(count: usize) -> Result<(), RuleError> {
    if count > MAX_PEOPLE {
        return Err(RuleError::new(
            "people",
            "Tối đa 100.000 công chức trong một tổ chức.",
        ));
    }
    Ok(())
}

fn person<'a>(ids: &mut BTreeSet<&'a str>, person: &'a Person) -> Result<(), RuleError> {
    id(ids, &person.id)?;
    bounds::name("group", &person.group)?;
    for (index, month) in person.months.iter().enumerate() {
        self::month(&person.months[..index], month)
            .map_err(|error| error.within(&format!("months[{index}]")))?;
    }
    worked_months(person.worked_months)?;
    for (index, given) in person.blockers.iter().enumerate() {
        blocker(person.role, *given)
            .map_err(|error| error.within(&format!("blockers[{index}]")))?;
    }
    for (index, tasks) in person.quarters.iter().enumerate() {
        quarter::new_quarter(&person.quarters[..index], tasks.quarter)
            .and_then(|()| tasks.check())
            .map_err(|error| error.within(&format!("quarters[{index}]")))?;
    }
    Ok(())
}

/// An identifier that is not among those before.
pub(crate) fn id<'a>(ids: &mut BTreeSet<&'a str>, id: &'a str) -> Result<(), RuleError> {
    bounds::name("id", id)?;
    if !ids.insert(id) {
        return Err(RuleError::new("id", "Công chức này bị lặp lại."));
    }
    Ok(())
}

fn month(before: &[Month], month: &Month) -> Result<(), RuleError> {
    month_number(before, month.month)?;
    match month.result {
        MonthResult::Score(score) => period_score("score", score),
        MonthResult::Absent(_) => Ok(()),
    }
}

/// 1 to 12, and not among those before.
pub(crate) fn month_number(before: &[Month], number: u32) -> Result<(), RuleError> {
    if !(1..=12).contains(&number) {
        return Err(RuleError::new("month", "Tháng phải từ 1 đến 12."));
    }
    if before.iter().any(|other| other.month == number) {
        return Err(RuleError::new(
            "month",
            format!("Tháng {number} bị lặp lại."),
        ));
    }
    Ok(())
}

pub(crate) fn worked_months(count: u32) -> Result<(), RuleError> {
    if count > 12 {
        return Err(RuleError::new(
            "worked_months",
            "Số tháng làm việc phải từ 0 đến 12.",
        ));
    }
    Ok(())
}

/// Điểm d khoản 4 Điều 20 is about leaders only; the path is the value itself.
pub(crate) fn blocker(role: ScoringRole, blocker: Blocker) -> Result<(), RuleError> {
    if blocker == Blocker::UnitCorruption && !role.is_leader() {
        return Err(RuleError::new(
            "",
            "Trường hợp này chỉ áp dụng cho công chức giữ chức vụ lãnh đạo, quản lý.",
        ));
    }
    Ok(())
}
