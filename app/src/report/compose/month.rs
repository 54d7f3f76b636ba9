//! Mẫu số 01 and the explanation of a month.

use chrono::NaiveDate;
use forms::Data;
use forms::data::Print;
use forms::form::month_sheet::{Change, Criterion, Group, MonthSheet};
use forms::form::trace::{Step, Trace};
use kpi::ids::OfficerId;
use kpi::number::format_vi;
use kpi::period::Period;
use sqlx::PgPool;
use uuid::Uuid;

use super::{Composed, heading, month_of, signature};
use crate::auth::Access;
use crate::error::AppError;
use crate::report::Paper;
use crate::report::store::{Acts, acts};
use crate::review::steps::load_print;
use crate::review::wire::{PrintView, SheetView};

/// What a paper of an open month says.
const OPEN: &str = "chưa được cấp có thẩm quyền xác nhận, số liệu tạm tính";

/// Mẫu số 01 of several people, in the given order, each as its page shows it.
///
/// # Errors
/// As `review::steps::load_print`, of the first who is refused.
pub async fn sheets(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (period, officers): (Period, &[Uuid]),
) -> Result<Composed, AppError> {
    let acts = acts(pool, access.actor.agency, period, officers).await?;
    let (mut sheets, mut papers) = (Vec::new(), Vec::new());
    for officer in officers {
        let shown = load_print(pool, access, today, period, OfficerId(*officer)).await?;
        let acts = acts.iter().find(|acts| acts.officer == *officer);
        sheets.push(sheet(&shown, &acts.cloned().unwrap_or_default()));
        papers.push(Paper::Sheet(period, OfficerId(*officer)));
    }
    Ok(Composed {
        data: Data::MonthSheet(sheets),
        papers,
    })
}

fn print(sheet: &SheetView) -> Print {
    Print {
        draft: if sheet.is_confirmed() {
            String::new()
        } else {
            OPEN.to_owned()
        },
        ..Print::default()
    }
}

fn sheet(shown: &PrintView, acts: &Acts) -> MonthSheet {
    let sheet = &shown.sheet;
    MonthSheet {
        heading: heading(&sheet.agency, Some(&sheet.unit)),
        print: print(sheet),
        period: month_of(sheet.period),
        name: sheet.name.clone(),
        post: sheet.title.clone(),
        unit: sheet.unit.clone(),
        groups: sheet
            .groups
            .iter()
            .map(|group| Group {
                number: group.code.clone(),
                label: group.label.clone(),
                criteria: sheet
                    .criteria
                    .iter()
                    .filter(|criterion| criterion.group == group.code)
                    .map(|criterion| Criterion {
                        label: criterion.label.clone(),
                        max: criterion.max,
                        own: criterion.own,
                    })
                    .collect(),
            })
            .collect(),
        common: Some(shown.common_points),
        tasks: shown.task_points,
        total: shown.total,
        strengths: sheet.strengths.clone(),
        shortcomings: sheet.shortcomings.clone(),
        remark: remark(sheet),
        changes: changes(sheet),
        own: signature(
            &sheet.name,
            "Gửi tự đánh giá",
            &sheet.title,
            acts.submitted,
            None,
        ),
        authority: signature(
            acts.signer.as_deref().unwrap_or_default(),
            "Ký xác nhận",
            acts.post.as_deref().unwrap_or_default(),
            acts.signed,
            acts.hash.as_deref(),
        ),
    }
}

/// The authority's remark, and of a leader what was decided about đ and e (khoản 3 Điều 15).
fn remark(sheet: &SheetView) -> String {
    let mut lines = vec![sheet.remark.clone()];
    for (name, percent, reason) in [
        (
            "đ) Khả năng tổ chức triển khai",
            sheet.organising,
            &sheet.organising_reason,
        ),
        (
            "e) Năng lực tập hợp, đoàn kết",
            sheet.unity,
            &sheet.unity_reason,
        ),
    ] {
        lines.extend(
            percent.map(|percent| format!("{name}: {percent} %. {reason}").trim().to_owned()),
        );
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// Criteria that the authority assessed otherwise.
fn changes(sheet: &SheetView) -> Vec<Change> {
    let differs = |row: &&crate::review::wire::CriterionRow| {
        row.confirmed.is_some() && row.confirmed != row.own
    };
    sheet
        .criteria
        .iter()
        .filter(differs)
        .filter_map(|row| {
            Some(Change {
                criterion: row.code.clone(),
                own: row.own,
                confirmed: row.confirmed?,
                reason: row.reason.clone(),
            })
        })
        .collect()
}

/// Why the score of a month is what it is, step by step.
///
/// # Errors
/// As `review::steps::load_print`.
pub async fn trace(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (period, officer): (Period, OfficerId),
) -> Result<Composed, AppError> {
    let shown = load_print(pool, access, today, period, officer).await?;
    let sheet = &shown.sheet;
    let state = if sheet.is_confirmed() {
        format!(
            "{} xác nhận lúc {}.",
            sheet.confirmed_by.as_deref().unwrap_or_default(),
            sheet.confirmed.as_deref().unwrap_or_default()
        )
    } else {
        "tạm tính theo kết quả công chức báo cáo.".to_owned()
    };
    let total = shown.total.map_or_else(
        || "chưa đủ dữ liệu".to_owned(),
        |total| {
            let level = shown.level.map_or("", kpi::level::Level::label);
            format!(
                "{} điểm ({})",
                format_vi(total, total.scale()),
                level.to_lowercase()
            )
        },
    );
    let steps = shown
        .trace
        .iter()
        .map(|step| Step {
            title: step.sentence.title.clone(),
            value: step.sentence.formula.clone(),
            formula: step.sentence.reason.clone(),
            article: step.sentence.article.clone(),
            lines: step.lines.clone(),
        })
        .collect();
    Ok(Composed {
        data: Data::Trace(Trace {
            heading: heading(&sheet.agency, Some(&sheet.unit)),
            print: print(sheet),
            period: month_of(period),
            name: sheet.name.clone(),
            post: sheet.title.clone(),
            unit: sheet.unit.clone(),
            state,
            rules: shown.rules.1.clone(),
            total,
            steps,
        }),
        papers: vec![Paper::Trace(period, officer)],
    })
}
