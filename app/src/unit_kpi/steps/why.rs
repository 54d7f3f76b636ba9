//! The score in words, step by step, so that it can be checked with a pocket calculator.

use kpi::rule_set::RuleSet;
use kpi::unit::{Direction, Indicator, UnitInput, UnitOutcome};
use kpi::wording::Sentence;
use rust_decimal::Decimal;

use crate::error::AppError;
use crate::format::number;

/// The decree whose articles are cited.
const DECREE: &str = "NĐ 335/2025/NĐ-CP";

/// Each indicator, the functional block, the common criteria, the total, the level.
pub(super) fn why(
    rules: &RuleSet,
    input: &UnitInput,
    outcome: &UnitOutcome,
    judged: bool,
) -> Result<Vec<Sentence>, AppError> {
    let mut steps = Vec::new();
    let mut sum = Decimal::ZERO;
    let mut parts = Vec::new();
    for indicator in &input.functional {
        let (sentence, part) = indicator_step(indicator)?;
        steps.push(sentence);
        parts.push(number(part, 4));
        sum += part;
    }
    steps.push(Sentence {
        title: "Điểm kết quả thực hiện nhiệm vụ".to_owned(),
        formula: format!(
            "({}) % = {} %; {} % × {} = {}",
            parts.join(" + "),
            number(sum, 4),
            number(sum, 4),
            number(rules.task_points, 2),
            number(outcome.functional_points, 2)
        ),
        reason: "Cộng phần đóng góp của các chỉ số rồi nhân với điểm tối đa của khối; chỉ làm tròn ở kết quả."
            .to_owned(),
        article: format!("Điều 7 {DECREE}"),
    });
    if !judged {
        return Ok(steps);
    }
    let basic: Vec<String> = input
        .basic
        .iter()
        .map(|given| number(given.points, 4))
        .collect();
    steps.push(Sentence {
        title: "Điểm tiêu chí chung".to_owned(),
        formula: format!(
            "{} = {}",
            basic.join(" + "),
            number(outcome.basic_points, 2)
        ),
        reason: input
            .basic
            .iter()
            .map(|given| {
                let label = rules
                    .unit_criteria
                    .iter()
                    .find(|group| group.code == given.criterion)
                    .map_or(given.criterion.as_str(), |group| group.label.as_str());
                format!(
                    "{label}: {} / {}",
                    number(given.points, 4),
                    number(given.max, 4)
                )
            })
            .collect::<Vec<_>>()
            .join(" · "),
        article: format!("Điều 6 {DECREE}"),
    });
    steps.push(Sentence {
        title: "Tổng điểm".to_owned(),
        formula: format!(
            "{} + {} = {}",
            number(outcome.basic_points, 2),
            number(outcome.functional_points, 2),
            number(outcome.total, 2)
        ),
        reason: "Làm tròn một lần từ giá trị chính xác, nên có thể lệch 0,01 so với tổng của hai số đã làm tròn."
            .to_owned(),
        article: format!("Điều 8 {DECREE}"),
    });
    steps.push(Sentence {
        title: "Mức xếp loại theo quy định".to_owned(),
        formula: outcome.level.map_or_else(
            || "Cấp có thẩm quyền quyết định".to_owned(),
            |level| level.label().to_owned(),
        ),
        reason: sentence(outcome.reason.label()),
        article: outcome.article().to_string(),
    });
    Ok(steps)
}

fn indicator_step(indicator: &Indicator) -> Result<(Sentence, Decimal), AppError> {
    let share = indicator.achievement()?.round(6).map_err(AppError::inner)?;
    let percent = (share * Decimal::ONE_HUNDRED).normalize();
    let part = (indicator.weight * share).round_dp(4).normalize();
    let (target, actual) = (number(indicator.target, 4), number(indicator.actual, 4));
    let (ratio, way) = match indicator.direction {
        Direction::Higher => (
            format!("{actual} ÷ {target}"),
            "Càng cao càng tốt: thực hiện chia chỉ tiêu",
        ),
        Direction::Lower if indicator.actual.is_zero() => (
            format!("0 trên chỉ tiêu {target}"),
            "Càng thấp càng tốt: bằng 0 là đạt trọn",
        ),
        Direction::Lower => (
            format!("{target} ÷ {actual}"),
            "Càng thấp càng tốt: chỉ tiêu chia thực hiện",
        ),
    };
    let beyond = match indicator.direction {
        Direction::Higher => indicator.actual > indicator.target,
        Direction::Lower => indicator.actual < indicator.target,
    };
    let cut = if beyond {
        ", phần vượt chỉ tiêu không cộng thêm"
    } else {
        ""
    };
    let equals = if beyond { "lớn hơn 1, tính" } else { "=" };
    let formula = format!(
        "{ratio} {equals} {} %; × trọng số {} % = {} %",
        number(percent, 4),
        number(indicator.weight, 4),
        number(part, 4)
    );
    let sentence = Sentence {
        title: indicator.name.clone(),
        formula,
        reason: format!("{way}{cut}."),
        article: format!("Điều 7 {DECREE}"),
    };
    Ok((sentence, part))
}

fn sentence(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| {
        format!("{}{}.", first.to_uppercase(), letters.as_str())
    })
}
