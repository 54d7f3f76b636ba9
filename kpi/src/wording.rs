//! The trace in Vietnamese: for each step a title, the formula with its
//! numbers, the reason and the article. A figure that does not end within two
//! decimals stands with four inside a formula, so that the published result
//! can be checked with a pocket calculator.

mod difference;
mod formula;
mod gap;
mod reason;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use self::{
    difference::{InputWords, explain_input},
    formula::{formula, level_in},
    gap::explain_gap,
};

use crate::{
    exact::{self, Exact},
    number::format_vi,
    rule_set::{DeductionShape, DelayUnit},
    trace::{Fraction, Line, Operand, OperandLabel, Step, StepKey, Trace},
};

/// A step in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// What the step computes.
    pub title: String,
    /// The formula with its numbers: "95,3947 % × 70 = 66,78".
    pub formula: String,
    /// Why it is computed so, with what spoke for or against.
    pub reason: String,
    /// "điểm a khoản 2 Điều 14 NĐ 335/2025/NĐ-CP".
    pub article: String,
}

/// All steps of a trace in words, in order.
#[must_use]
pub fn explain_all(trace: &Trace) -> Vec<Sentence> {
    trace.steps.iter().map(explain).collect()
}

/// One step in words.
#[must_use]
pub fn explain(step: &Step) -> Sentence {
    Sentence {
        title: step.key.label().to_owned(),
        formula: formula(step),
        reason: reason::reason(step),
        article: step.article.to_string(),
    }
}

/// One line of a sum: "Báo cáo tháng: 1 × 12 = 12; 1 lần chưa đạt, trừ 25 % mỗi lần, còn 9".
#[must_use]
pub fn explain_line(key: StepKey, line: &Line) -> String {
    let mut text = format!(
        "{}: {} × {}{} = {}",
        item_name(line),
        format_vi(line.quantity, 4),
        format_vi(line.coefficient, 6),
        position(line),
        figure(&line.converted)
    );
    if line.faults == 0 {
        return text;
    }
    let unit = match line.delay_unit {
        DelayUnit::MissedDates => "lần",
        DelayUnit::WorkingDays => "ngày",
    };
    text.push_str(&format!("; {} {}", line.faults, fault_name(key, line)));
    if line.excused > 0 {
        text.push_str(&format!(
            " ({} {unit} do nguyên nhân khách quan, không trừ)",
            line.excused
        ));
    }
    if line.counted() > 0 {
        let kept =
            kept_of(line).map_or_else(String::new, |kept| format!(", còn {}", figure(&kept)));
        let deducted = match line.shape {
            DeductionShape::Linear => format!("trừ {} mỗi {unit}", rate(line)),
            DeductionShape::Compound => format!("mỗi {unit} trừ {} phần còn lại", rate(line)),
            DeductionShape::Steps => format!("trừ {} theo bậc", rate(line)),
        };
        text.push_str(&format!(", {deducted}{kept}"));
    }
    text
}

fn kept_of(line: &Line) -> Option<Fraction> {
    exact::sub(&line.converted.to_ratio(), &line.deducted.to_ratio())
        .ok()
        .map(Fraction::from)
}

/// The title in quotes, or the position of the item.
pub(crate) fn item_name(line: &Line) -> String {
    named(line.title.as_deref(), line.item)
}

pub(crate) fn named(title: Option<&str>, item: u32) -> String {
    match title.map(str::trim).filter(|title| !title.is_empty()) {
        Some(title) => format!("“{title}”"),
        None => format!("nhiệm vụ thứ {}", item.saturating_add(1)),
    }
}

const fn fault_name(key: StepKey, line: &Line) -> &'static str {
    match key {
        StepKey::Progress => delay_name(line.delay_unit),
        _ => "lần đánh giá chưa đạt",
    }
}

pub(crate) const fn delay_name(unit: DelayUnit) -> &'static str {
    match unit {
        DelayUnit::MissedDates => "lần chậm",
        DelayUnit::WorkingDays => "ngày làm việc chậm",
    }
}

/// The factor of the post's coefficient, where there is one.
fn position(line: &Line) -> String {
    line.position.map_or_else(String::new, |position| {
        format!(" × {}", format_vi(position, 2))
    })
}

fn rate(line: &Line) -> String {
    percent_of(line.rate)
}

/// A share as a percentage: "25 %".
fn percent_of(share: Decimal) -> String {
    // A trace may come over the wire, so even this product is checked.
    match share.checked_mul(Decimal::ONE_HUNDRED) {
        Some(percent) => format!("{} %", format_vi(percent, 2)),
        None => share.to_string(),
    }
}

/// Two decimals where that is exact, else four.
fn figure(value: &Fraction) -> String {
    let ratio = value.to_ratio();
    let short = exact::to_decimal(&ratio, 2)
        .ok()
        .filter(|short| exact::from_decimal(*short).is_ok_and(|back| back == ratio));
    match short {
        Some(short) => format_vi(short, 2),
        None => exact::to_decimal(&ratio, 4)
            .map_or_else(|_| value.to_string(), |long| format_vi(long, 4)),
    }
}

fn percent(value: &Fraction) -> String {
    format!("{} %", figure(value))
}

fn published(step: &Step) -> String {
    format_vi(step.published, step.published.scale())
}

fn scores(step: &Step) -> impl Iterator<Item = &Fraction> {
    step.operands
        .iter()
        .filter(|operand| operand.label == OperandLabel::SubordinateScore)
        .map(|operand| &operand.value)
}

fn value_of(step: &Step, label: OperandLabel) -> Option<Fraction> {
    step.operands
        .iter()
        .find(|operand| operand.label == label)
        .map(|operand| operand.value)
}

/// Operands of a mean that carry weight, with the weights.
fn weighted(step: &Step) -> Vec<(&Operand, Exact)> {
    step.operands
        .iter()
        .filter_map(|operand| Some((operand, operand.weight?.to_ratio())))
        .filter(|(_, weight)| *weight != exact::whole(0))
        .collect()
}

#[cfg(test)]
mod tests;
