//! The formula of a step with its numbers.

use super::{figure, percent, position, published, rate, scores, value_of, weighted};
use crate::{
    exact,
    level::Level,
    number::format_vi,
    rule_set::{CapMode, DeductionShape},
    trace::{Fraction, Line, OperandLabel, Step, StepKey},
};

/// Most lines that are spelled out in a formula.
const SPELLED_LINES: usize = 8;

/// The formula of a step with its numbers: "95,3947 % × 70 = 66,78".
#[must_use]
pub fn formula(step: &Step) -> String {
    let nth = |index: usize| {
        step.operands
            .get(index)
            .map_or_else(String::new, |operand| figure(&operand.value))
    };
    let result = published(step);
    match step.key {
        StepKey::Assigned | StepKey::Volume | StepKey::Quality | StepKey::Progress => {
            format!("{} = {result}", lines_formula(&step.lines))
        }
        StepKey::QuantityPercent | StepKey::QualityPercent | StepKey::ProgressPercent => {
            format!("{} ÷ {} × 100 = {result} %", nth(0), nth(1))
        }
        StepKey::Results => results_formula(step),
        StepKey::Organising | StepKey::Unity => format!("mức được chọn: {result} %"),
        StepKey::TaskPercent => mean_formula(step),
        StepKey::TaskPoints => format!("{} % × {} = {result}", nth(0), nth(1)),
        StepKey::CommonPoints | StepKey::Total => {
            let parts: Vec<String> = step
                .operands
                .iter()
                .map(|operand| figure(&operand.value))
                .collect();
            format!("{} = {result}", parts.join(" + "))
        }
        StepKey::Level => {
            let level = level_in(step);
            // Where the score is compared before rounding, the published figure would mislead.
            let exact = exact::from_decimal(step.published)
                .is_ok_and(|published| Fraction::from(published) == step.value);
            let result = if exact { result } else { figure(&step.value) };
            match least_of(step, level) {
                Some(threshold) => {
                    format!("{result} ≥ {} → {}", figure(&threshold), level.label())
                }
                None => {
                    let completed = least_of(step, Level::Completed)
                        .map_or_else(String::new, |threshold| figure(&threshold));
                    format!("{result} < {completed} → {}", level.label())
                }
            }
        }
    }
}

fn lines_formula(lines: &[Line]) -> String {
    if lines.is_empty() {
        return "không có nhiệm vụ nào".to_owned();
    }
    if lines.len() > SPELLED_LINES {
        return format!("tổng của {} dòng (số lượng × hệ số)", lines.len());
    }
    let parts: Vec<String> = lines.iter().map(line_formula).collect();
    parts.join(" + ")
}

fn line_formula(line: &Line) -> String {
    let product = format!(
        "{} × {}{}",
        format_vi(line.quantity, 4),
        format_vi(line.coefficient, 6),
        position(line)
    );
    if line.counted() == 0 {
        return product;
    }
    if line.converted == line.deducted {
        return format!("{product} × 0");
    }
    match line.shape {
        DeductionShape::Linear => format!("{product} × (1 − {} × {})", rate(line), line.counted()),
        DeductionShape::Compound => {
            format!("{product} × (1 − {})^{}", rate(line), line.counted())
        }
        DeductionShape::Steps => format!("{product} × (1 − {})", rate(line)),
    }
}

fn results_formula(step: &Step) -> String {
    let result = published(step);
    let threshold = value_of(step, OperandLabel::CompletedThreshold);
    match (scores(step).min(), threshold) {
        (Some(lowest), Some(threshold)) => {
            let sign = if *lowest < threshold { "<" } else { "≥" };
            format!(
                "điểm thấp nhất {} {sign} {} → {result} %",
                figure(lowest),
                figure(&threshold)
            )
        }
        _ => format!("chưa có ai được chấm điểm → {result} %"),
    }
}

fn mean_formula(step: &Step) -> String {
    let parts = weighted(step);
    let full = Fraction::from(exact::whole(100));
    let each = step.cap == Some(CapMode::Component);
    let even = parts.windows(2).all(|pair| pair[0].1 == pair[1].1);
    let mut sum = exact::whole(0);
    let mut weights = exact::whole(0);
    let mut words = Vec::with_capacity(parts.len());
    for (operand, weight) in &parts {
        let value = if each {
            operand.value.min(full)
        } else {
            operand.value
        };
        words.push(if even {
            percent(&value)
        } else {
            format!("{} × {}", percent(&value), figure(&Fraction::from(*weight)))
        });
        let product = exact::mul(&value.to_ratio(), weight);
        let added = product.and_then(|product| exact::add(&sum, &product));
        let (Ok(added), Ok(all)) = (added, exact::add(&weights, weight)) else {
            return format!("{} %", published(step));
        };
        (sum, weights) = (added, all);
    }
    let divisor = if even {
        parts.len().to_string()
    } else {
        figure(&Fraction::from(weights))
    };
    let mean = exact::div(&sum, &weights).map(Fraction::from);
    let result = match mean {
        Ok(mean) if mean > full => format!("{} → chặn ở {} %", percent(&mean), published(step)),
        _ => format!("{} %", published(step)),
    };
    format!("({}) ÷ {divisor} = {result}", words.join(" + "))
}

/// The level that the operands of a [`StepKey::Level`] step give.
#[must_use]
pub fn level_in(step: &Step) -> Level {
    [Level::Excellent, Level::Good, Level::Completed]
        .into_iter()
        .find(|level| least_of(step, *level).is_some_and(|least| step.value >= least))
        .unwrap_or(Level::NotCompleted)
}

fn least_of(step: &Step, level: Level) -> Option<Fraction> {
    match level {
        Level::Excellent => value_of(step, OperandLabel::ExcellentThreshold),
        Level::Good => value_of(step, OperandLabel::GoodThreshold),
        Level::Completed => value_of(step, OperandLabel::CompletedThreshold),
        Level::NotCompleted => None,
    }
}
