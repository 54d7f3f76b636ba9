//! Mẫu số 02 and the notice of a decision, as the pages of the yearly steps show them to the reader.

use chrono::NaiveDate;
use forms::Data;
use forms::data::{Print, Signature};
use forms::form::notice;
use forms::form::year_sheet;
use kpi::ids::AgencyId;
use sqlx::PgPool;
use uuid::Uuid;

use super::{Composed, heading, level, signature};
use crate::auth::Access;
use crate::error::AppError;
use crate::format::day;
use crate::rating::process::steps::{load_decision, load_sheet};
use crate::rating::process::wire::{Decision, YearSheet};
use crate::report::{Paper, store};
use crate::sign;

/// Mẫu số 02 of several people, in the given order.
///
/// # Errors
/// As `rating::process::steps::load_sheet`, of the first who is refused.
pub async fn sheets(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (year, officers): (i32, &[Uuid]),
) -> Result<Composed, AppError> {
    let agency = access.actor.agency;
    let extra = store::year_extras(pool, agency, year, officers).await?;
    let (mut sheets, mut papers) = (Vec::new(), Vec::new());
    for officer in officers {
        let shown = load_sheet(pool, access, (year, today), Some(*officer)).await?;
        let extra = extra.iter().find(|row| row.officer == *officer);
        let decision = shown.decisions.iter().find(|one| one.replaced_by.is_none());
        let authority = match decision {
            Some(decision) => under(pool, agency, decision).await?,
            None => Signature::default(),
        };
        sheets.push(sheet(&shown, extra, decision, authority));
        papers.push(Paper::YearSheet(year, kpi::ids::OfficerId(*officer)));
    }
    Ok(Composed {
        data: Data::YearSheet(sheets),
        papers,
    })
}

fn sheet(
    shown: &YearSheet,
    extra: Option<&store::YearExtra>,
    decision: Option<&Decision>,
    authority: Signature,
) -> year_sheet::YearSheet {
    let submitted = extra.and_then(|extra| extra.submitted);
    year_sheet::YearSheet {
        heading: heading(&shown.agency, Some(&shown.unit_name)),
        print: Print {
            draft: if decision.is_some() {
                String::new()
            } else {
                "chưa có quyết định xếp loại".to_owned()
            },
            ..Print::default()
        },
        year: Some(shown.year),
        name: shown.name.clone(),
        post: shown.title.clone(),
        unit: shown.unit_name.clone(),
        months: shown
            .months
            .iter()
            .map(|month| year_sheet::Month {
                total: month.score,
                note: month.note.clone(),
            })
            .collect(),
        mean: shown.mean,
        own_level: shown.self_level.map(level),
        decided_level: decision.map(|decision| level(decision.level)),
        decided_words: decision.map(words).unwrap_or_default(),
        proposal: decision
            .map(|decision| decision.handling.clone())
            .unwrap_or_default(),
        own: if shown.absent_reason.is_some() {
            Signature::default()
        } else {
            signature(
                &shown.name,
                "Gửi tự xếp loại",
                &shown.title,
                submitted,
                None,
            )
        },
        authority,
    }
}

/// "Quyết định số 45/QĐ-BAN ngày 10/12/2026".
fn words(decision: &Decision) -> String {
    format!(
        "Quyết định số {} ngày {}",
        decision.number,
        day(decision.day)
    )
}

/// The signature under a decision; of one of the managing agency, its name.
async fn under(
    pool: &PgPool,
    agency: AgencyId,
    decision: &Decision,
) -> Result<Signature, AppError> {
    let Some(id) = decision.signature else {
        return Ok(Signature {
            day: Some(decision.day),
            name: decision.by.clone(),
            signed: None,
        });
    };
    let mut db = pool.acquire().await?;
    let all = sign::store::by_id(&mut db, agency, id).await?;
    Ok(all.first().map(super::signed).unwrap_or_default())
}

/// The notice of a decision to the person.
///
/// # Errors
/// `NotFound` for no such decision within reach; `Invalid` before it is published; the database's failure.
pub async fn notice(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    id: Uuid,
) -> Result<Composed, AppError> {
    let shown = load_decision(pool, access, today, id).await?;
    let decision = &shown.decision;
    if decision.published.is_none() {
        return Err(AppError::invalid(
            "decision",
            "Quyết định này chưa được công bố, nên chưa có thông báo. Hãy công bố kết quả của năm trước khi in thông báo.",
            "",
        ));
    }
    let authority = shown.signatures.first().map_or_else(
        || Signature {
            name: decision.by.clone(),
            ..Signature::default()
        },
        super::signed,
    );
    let post = shown.signatures.first().map(|signed| signed.post.clone());
    let replaces = decision.supersedes.as_ref().and_then(|(before, _)| {
        let found = shown.chain.iter().find(|one| one.id == *before);
        found.map(words)
    });
    let (post_of, unit) = shown.post.split_once(" · ").unwrap_or((&shown.post, ""));
    Ok(Composed {
        data: Data::Notice(vec![notice::Notice {
            heading: heading(&shown.agency, None),
            print: Print {
                draft: if decision.replaced_by.is_some() {
                    "đã được thay thế bằng quyết định khác".to_owned()
                } else {
                    String::new()
                },
                ..Print::default()
            },
            day: decision.published_on,
            year: decision.year,
            name: shown.name.clone(),
            post: post_of.to_owned(),
            unit: unit.to_owned(),
            level: Some(level(decision.level)),
            unrated: String::new(),
            mean: decision.mean,
            decision: words(decision),
            replaces: replaces.unwrap_or_default(),
            capacity: post
                .filter(|post| !post.is_empty())
                .unwrap_or_else(|| "Cấp có thẩm quyền".to_owned()),
            authority,
        }]),
        papers: vec![Paper::Notice(id)],
    })
}
