//! Bounds of the input, value by value, each with the path of what it refuses.
//! Apart from the engine so that the JSON reader refuses in reading order.

use rust_decimal::Decimal;

use super::{
    COEFFICIENT_DECIMALS, CommonPoint, DeliverableInput, Item, Leadership, MAX_COEFFICIENT,
    MAX_DELIVERABLES, MAX_FAULTS, MAX_ITEMS, MAX_QUANTITY, MAX_SUBORDINATES, PeriodInput,
    QUANTITY_DECIMALS, ScoringRole,
};
use crate::{
    RuleError,
    bounds::{decimals, period_score},
    number::format_vi,
    rule_set::RuleSet,
};

/// Refuses an input that the engine must not see, in canonical order.
pub(crate) fn input(rule_set: &RuleSet, input: &PeriodInput) -> Result<(), RuleError> {
    for (index, point) in input.common.iter().enumerate() {
        common_point(rule_set, &input.common[..index], point)
            .map_err(|error| error.within(&format!("common[{index}]")))?;
    }
    item_count(input.items.len())?;
    let mut deliverables = 0;
    for (index, item) in input.items.iter().enumerate() {
        self::item(item, &mut deliverables)
            .map_err(|error| error.within(&format!("items[{index}]")))?;
    }
    match (&input.leadership, input.role.is_leader()) {
        (Some(given), true) => {
            leadership(rule_set, given).map_err(|error| error.within("leadership"))
        }
        (given, _) => leadership_presence(input.role, given.is_some()),
    }
}

/// d, đ, e are for leaders, and for them only.
pub(crate) fn leadership_presence(role: ScoringRole, given: bool) -> Result<(), RuleError> {
    match (role.is_leader(), given) {
        (true, false) => Err(RuleError::new(
            "leadership",
            "Thiếu các tiêu chí d, đ, e của công chức giữ chức vụ lãnh đạo, quản lý.",
        )),
        (false, true) => Err(RuleError::new(
            "leadership",
            "Các tiêu chí d, đ, e chỉ áp dụng cho công chức giữ chức vụ lãnh đạo, quản lý.",
        )),
        _ => Ok(()),
    }
}

pub(crate) fn item_count(count: usize) -> Result<(), RuleError> {
    if count > MAX_ITEMS {
        return Err(RuleError::new(
            "items",
            "Tối đa 10.000 nhiệm vụ trong một kỳ.",
        ));
    }
    Ok(())
}

/// One common point; `before` are the points already accepted.
pub(crate) fn common_point(
    rule_set: &RuleSet,
    before: &[CommonPoint],
    point: &CommonPoint,
) -> Result<(), RuleError> {
    criterion_code(rule_set, before, &point.criterion)?;
    criterion_points(rule_set, &point.criterion, point.points)
}

pub(crate) fn criterion_code(
    rule_set: &RuleSet,
    before: &[CommonPoint],
    code: &str,
) -> Result<(), RuleError> {
    let shown: String = code.chars().take(40).collect();
    if rule_set.criterion(code).is_none() {
        return Err(RuleError::new(
            "criterion",
            format!("Không có tiêu chí chung “{shown}”."),
        ));
    }
    if before.iter().any(|other| other.criterion == code) {
        return Err(RuleError::new(
            "criterion",
            format!("Tiêu chí chung “{shown}” bị lặp lại."),
        ));
    }
    Ok(())
}

/// Points of a known criterion: 0 to its maximum, at most four decimals.
pub(crate) fn criterion_points(
    rule_set: &RuleSet,
    code: &str,
    points: Decimal,
) -> Result<(), RuleError> {
    let max = rule_set
        .criterion(code)
        .map_or(Decimal::ZERO, |criterion| criterion.max);
    if points < Decimal::ZERO || points > max {
        return Err(RuleError::new(
            "points",
            format!("Điểm tiêu chí {code} phải từ 0 đến {}.", format_vi(max, 2)),
        ));
    }
    decimals("points", points, QUANTITY_DECIMALS)
}

/// One item with its deliverables; `deliverables` counts them over all items.
pub(crate) fn item(item: &Item, deliverables: &mut usize) -> Result<(), RuleError> {
    coefficient("coefficient", item.coefficient)?;
    quantity("assigned", item.assigned)?;
    quantity("handed_over", item.handed_over)?;
    handed_over(item.assigned, item.handed_over)?;
    let mut room = item.assigned - item.handed_over;
    for (index, given) in item.deliverables.iter().enumerate() {
        deliverable(given, deliverables, &mut room)
            .map_err(|error| error.within(&format!("deliverables[{index}]")))?;
    }
    Ok(())
}

pub(crate) fn handed_over(assigned: Decimal, handed_over: Decimal) -> Result<(), RuleError> {
    if handed_over > assigned {
        return Err(RuleError::new(
            "handed_over",
            "Số lượng chuyển giao không được lớn hơn số lượng được giao.",
        ));
    }
    Ok(())
}

/// One deliverable; `room` is what may still be delivered of the item.
pub(crate) fn deliverable(
    given: &DeliverableInput,
    deliverables: &mut usize,
    room: &mut Decimal,
) -> Result<(), RuleError> {
    delivered(given.quantity, deliverables, room)?;
    faults("failed_reviews", given.failed_reviews)?;
    excused(
        "excused_failed_reviews",
        given.failed_reviews,
        given.excused_failed_reviews,
    )?;
    faults("delays", given.delays)?;
    excused("excused_delays", given.delays, given.excused_delays)?;
    faults("days_late", given.days_late)?;
    excused(
        "excused_days_late",
        given.days_late,
        given.excused_days_late,
    )
}

/// The quantity of the next deliverable, taken from `room`.
pub(crate) fn delivered(
    value: Decimal,
    deliverables: &mut usize,
    room: &mut Decimal,
) -> Result<(), RuleError> {
    *deliverables += 1;
    if *deliverables > MAX_DELIVERABLES {
        return Err(RuleError::new(
            "",
            "Tối đa 100.000 sản phẩm bàn giao trong một kỳ.",
        ));
    }
    quantity("quantity", value)?;
    if value > *room {
        return Err(RuleError::new(
            "quantity",
            "Tổng số lượng hoàn thành vượt quá số lượng được giao (đã trừ phần chuyển giao).",
        ));
    }
    *room -= value;
    Ok(())
}

/// 0 to 1,000,000 with at most four decimals.
pub(crate) fn quantity(field: &str, value: Decimal) -> Result<(), RuleError> {
    if value < Decimal::ZERO || value > Decimal::from(MAX_QUANTITY) {
        return Err(RuleError::new(field, "Số lượng phải từ 0 đến 1.000.000."));
    }
    decimals(field, value, QUANTITY_DECIMALS)
}

/// Above 0, up to 100,000, with at most six decimals.
pub(crate) fn coefficient(field: &str, value: Decimal) -> Result<(), RuleError> {
    if value <= Decimal::ZERO || value > Decimal::from(MAX_COEFFICIENT) {
        return Err(RuleError::new(
            field,
            "Hệ số quy đổi phải lớn hơn 0 và không quá 100.000.",
        ));
    }
    decimals(field, value, COEFFICIENT_DECIMALS)
}

pub(crate) fn faults(field: &str, count: u32) -> Result<(), RuleError> {
    if count > MAX_FAULTS {
        return Err(RuleError::new(field, "Số lần phải từ 0 đến 1.000."));
    }
    Ok(())
}

pub(crate) fn excused(field: &str, happened: u32, excused: u32) -> Result<(), RuleError> {
    if excused > happened {
        return Err(RuleError::new(
            field,
            "Số lần do nguyên nhân khách quan không được lớn hơn số lần đã xảy ra.",
        ));
    }
    Ok(())
}

/// d, đ, e of a leader.
pub(crate) fn leadership(rule_set: &RuleSet, given: &Leadership) -> Result<(), RuleError> {
    subordinate_count(given.subordinate_scores.len())?;
    for (index, score) in given.subordinate_scores.iter().enumerate() {
        period_score(&format!("subordinate_scores[{index}]"), *score)?;
    }
    chosen_percent(rule_set, "organising", given.organising)?;
    chosen_percent(rule_set, "unity", given.unity)
}

pub(crate) fn subordinate_count(count: usize) -> Result<(), RuleError> {
    if count > MAX_SUBORDINATES {
        return Err(RuleError::new(
            "subordinate_scores",
            "Tối đa 100.000 công chức thuộc quyền.",
        ));
    }
    Ok(())
}

/// A percentage that the rule set offers (Điều 15 khoản 3: 100 or 50).
pub(crate) fn chosen_percent(
    rule_set: &RuleSet,
    field: &str,
    percent: u32,
) -> Result<(), RuleError> {
    if rule_set.leadership.allowed.contains(&percent) {
        return Ok(());
    }
    let offered: Vec<String> = rule_set
        .leadership
        .allowed
        .iter()
        .map(u32::to_string)
        .collect();
    Err(RuleError::new(
        field,
        format!("Chỉ được chọn một trong các mức: {} %.", offered.join(", ")),
    ))
}
