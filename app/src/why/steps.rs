//! Lays two traces of one person beside each other.

use chrono::NaiveDate;
use kpi::ids::OfficerId;
use kpi::number::format_vi;
use kpi::period::{Period, PeriodError};
use kpi::rule_set::RuleSet;
use kpi::scoring::{PeriodInput, score};
use kpi::trace::{Step, StepDifference, StepKey, Trace, compare as differences};
use kpi::wording::{explain_input, explain_line, formula, level_in};
use rust_decimal::Decimal;
use sqlx::PgPool;

use super::wire::{Compared, ItemRow, Side, Start, StepRow, WhyView};
use crate::auth::Access;
use crate::error::AppError;
use crate::review::steps::{MonthScore, Stage, month_score};
use crate::review::wire::SheetView;

/// What a month is laid beside.
enum With {
    Nothing,
    SelfAssessment,
    Month(Period),
}

/// A person's month beside its self-assessment or another month; both within the actor's reach.
///
/// # Errors
/// `Invalid` for a month that does not exist, the same month twice, or a sheet that was confirmed without having been
/// sent; `Forbidden` out of reach; `NotFound` without a post in this month; the database's failure.
pub async fn compare(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (officer, period, with): (OfficerId, &str, &str),
) -> Result<WhyView, AppError> {
    let period = if period.is_empty() {
        Period::of(today).map_err(AppError::inner)?
    } else {
        month("period", period)?
    };
    let beside = match with {
        "" => With::Nothing,
        "self" => With::SelfAssessment,
        text => With::Month(month("with", text)?),
    };
    let shown = month_score(pool, access, today, (officer, period)).await?;
    // What was accepted stands beside what the officer claims; months are compared on what is reported in both.
    let accepted = matches!(beside, With::SelfAssessment);
    let (main, trace) = side(&shown, accepted)?;
    let base = match beside {
        With::Nothing => None,
        With::SelfAssessment => Some(own_side(&shown)?),
        With::Month(other) if other == period => {
            return Err(AppError::invalid(
                "with",
                "Hai bên là cùng một tháng; hãy chọn một tháng khác để so.",
                with,
            ));
        }
        With::Month(other) => match month_score(pool, access, today, (officer, other)).await {
            Ok(other) => Some(side(&other, false)?),
            Err(AppError::NotFound) => {
                return Err(AppError::invalid(
                    "with",
                    format!(
                        "{} không có vị trí công tác nào trong {}, nên không có gì để so.",
                        shown.sheet.name,
                        other.label().to_lowercase()
                    ),
                    with,
                ));
            }
            Err(error) => return Err(error),
        },
    };
    let input = start(&shown.stage, accepted).clone();
    access.viewed(pool, [officer], "why");
    Ok(WhyView {
        officer: officer.0,
        name: shown.sheet.name.clone(),
        post: format!("{} · {}", shown.sheet.title, shown.sheet.unit),
        period,
        with: with.to_owned(),
        compared: base.map(|(base, before)| compared(base, &before, &trace)),
        main,
        start: Start {
            rules: shown.rules,
            input,
        },
    })
}

fn month(field: &str, text: &str) -> Result<Period, AppError> {
    text.parse().map_err(|error: PeriodError| {
        let typed: String = text.chars().take(40).collect();
        AppError::invalid(field, error.to_string(), typed)
    })
}

const fn start(stage: &Stage, accepted: bool) -> &PeriodInput {
    match stage {
        Stage::Confirmed(input, _) => input,
        Stage::Open(_, input) if accepted => input,
        Stage::Open(input, _) => input,
    }
}

/// The month as confirmed, or provisional on what was accepted or reported.
fn side(month: &MonthScore, accepted: bool) -> Result<(Side, Trace), AppError> {
    let sheet = &month.sheet;
    let (stage, state, trace) = match &month.stage {
        Stage::Confirmed(_, trace) => ("đã xác nhận", confirmed_by(sheet), trace.clone()),
        Stage::Open(..) => {
            let words = if accepted {
                "tạm tính theo sản phẩm đã nghiệm thu"
            } else {
                "tạm tính theo kết quả báo cáo"
            };
            let state = "Phiếu chưa được xác nhận.".to_owned();
            let input = start(&month.stage, accepted);
            (words, state, score(&month.rules, input)?.trace)
        }
    };
    let name = format!("{}, {stage}", sheet.period.label());
    Ok((of_trace(name, state, &month.rules, &trace), trace))
}

fn confirmed_by(sheet: &SheetView) -> String {
    let by = sheet.confirmed_by.as_deref().unwrap_or_default();
    let at = sheet.confirmed.as_deref().unwrap_or_default();
    format!("{by} xác nhận lúc {at}.")
}

/// What the officer sent (khoản 2 Điều 17), computed again; of a draft, what is reported now.
fn own_side(month: &MonthScore) -> Result<(Side, Trace), AppError> {
    let (input, state) = match (&month.sent, &month.stage) {
        (Some(sent), _) => {
            let at = month.sheet.submitted.as_deref().unwrap_or_default();
            (sent, format!("Gửi lúc {at}."))
        }
        (None, Stage::Open(reported, _)) => (
            reported,
            "Phiếu chưa gửi: theo kết quả và điểm đang tự ghi.".to_owned(),
        ),
        (None, Stage::Confirmed(..)) => {
            return Err(AppError::invalid(
                "with",
                "Phiếu tháng này được xác nhận thay, công chức không gửi tự đánh giá, nên không có gì để so.",
                "self",
            ));
        }
    };
    let trace = score(&month.rules, input)?.trace;
    let name = format!("Tự đánh giá {}", month.sheet.period.label().to_lowercase());
    Ok((of_trace(name, state, &month.rules, &trace), trace))
}

fn of_trace(name: String, state: String, rules: &RuleSet, trace: &Trace) -> Side {
    Side {
        name,
        state,
        total: trace.step(StepKey::Total).map(|step| step.published),
        level: trace.step(StepKey::Level).map(level_in),
        rules: (rules.code.clone(), rules.name.clone()),
    }
}

fn compared(base: Side, before: &Trace, after: &Trace) -> Compared {
    let found = differences(before, after);
    let (mut differing, mut equal) = (Vec::new(), Vec::new());
    for key in StepKey::ALL {
        let (one, other) = (before.step(*key), after.step(*key));
        if one.is_none() && other.is_none() {
            continue;
        }
        match found.iter().find(|difference| difference.key == *key) {
            Some(difference) => differing.push(row(*key, one, other, Some(difference))),
            None => equal.push(row(*key, one, other, None)),
        }
    }
    Compared {
        base,
        differing,
        equal,
    }
}

fn row(
    key: StepKey,
    before: Option<&Step>,
    after: Option<&Step>,
    found: Option<&StepDifference>,
) -> StepRow {
    let mut articles: Vec<String> = [before, after]
        .into_iter()
        .flatten()
        .map(|step| step.article.to_string())
        .collect();
    articles.dedup();
    let lines = |lines: &[kpi::trace::Line]| -> Vec<String> {
        lines.iter().map(|line| explain_line(key, line)).collect()
    };
    let items = found.map_or(&[][..], |found| &found.items);
    let inputs = found.map_or(&[][..], |found| &found.inputs);
    StepRow {
        title: key.label().to_owned(),
        article: articles.join("; "),
        before: before.map(published),
        after: after.map(published),
        difference: before
            .zip(after)
            .filter(|_| key != StepKey::Level)
            .map(|(before, after)| super::trial::signed(after.published - before.published)),
        formula_before: before.map(formula),
        formula_after: after.map(formula),
        items: items
            .iter()
            .map(|item| ItemRow {
                name: item.name.clone(),
                before: lines(&item.before),
                after: lines(&item.after),
            })
            .collect(),
        inputs: inputs.iter().flat_map(explain_input).collect(),
    }
}

/// The published value with its unit; of the level, its name.
fn published(step: &Step) -> String {
    let number = |value: Decimal| format_vi(value, value.scale());
    match step.key {
        StepKey::Level => level_in(step).label().to_owned(),
        StepKey::Assigned | StepKey::Volume | StepKey::Quality | StepKey::Progress => {
            format!("{} quy đổi", number(step.published))
        }
        StepKey::TaskPoints | StepKey::CommonPoints | StepKey::Total => {
            format!("{} điểm", number(step.published))
        }
        _ => format!("{} %", number(step.published)),
    }
}
