//! The answer of the authority (Điều 22), signed. What is granted changes the result: a month is scored again as a new
//! version beside the old one, a year gets a decision that replaces the old one (khoản 3 Điều 21).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kpi::ids::OfficerId;
use kpi::number::parse_number;
use kpi::period::Period;
use kpi::petition::{PetitionAction, PetitionOutcome, step};
use rust_decimal::Decimal;
use serde_json::json;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::{party, refused, write_audit};
use crate::auth::Access;
use crate::error::AppError;
use crate::live::notify;
use crate::petition::store::{self, Answer, Stored};
use crate::petition::wire::About;
use crate::rating::process::steps::{Replacing, long_text, replace_decision};
use crate::review::version::{Change, supersede};
use crate::sign::{self, Kind, Signer, Subject};

/// An answer, as typed. What does not belong to the petition's result is left empty.
#[derive(Clone, Debug, Default)]
pub struct Answering {
    /// The petition.
    pub petition: Uuid,
    /// Code of the outcome.
    pub outcome: String,
    /// Why.
    pub reply: String,
    /// Points by criterion; those that stand stay.
    pub points: BTreeMap<String, String>,
    /// Assignments whose returns no longer count.
    pub waive_returns: Vec<Uuid>,
    /// Assignments whose delays no longer count.
    pub waive_delays: Vec<Uuid>,
    /// đ in percent; empty to leave it.
    pub organising: String,
    /// e in percent; empty to leave it.
    pub unity: String,
    /// Code of the new level of a year.
    pub level: String,
    /// Number of the replacing decision.
    pub number: String,
    /// Its day.
    pub decided_on: String,
    /// Version that was seen.
    pub version: i32,
}

/// Answers a petition and signs the reply: whoever gave the result, or his successor once he left.
///
/// # Errors
/// `NotFound` for whoever is no party; `Forbidden` for the petitioner; `Invalid` on `outcome`, `reply`, on `changes` where
/// a granted petition changes nothing, on what a new version or a replacing decision refuses, on `status` once it is
/// answered; `Conflict`; the database's failure.
pub async fn answer(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    signer: &Signer,
    form: &Answering,
) -> Result<(), AppError> {
    let mut db = pool.begin().await?;
    let agency = access.agency();
    let petition = store::hold(&mut db, agency, form.petition, today).await?;
    let who = party(access, &petition, false)?;
    step(petition.line.status, PetitionAction::Answer, who).map_err(refused)?;
    let outcome: PetitionOutcome = form
        .outcome
        .parse()
        .map_err(|_| AppError::invalid("outcome", "Hãy chọn kết quả giải quyết.", ""))?;
    let reply = long_text("reply", "Nội dung trả lời", &form.reply, true)?;
    let officer = OfficerId(petition.line.officer);
    let (mut version, mut decision) = (None, None);
    if outcome.changes_result() {
        match &petition.line.about {
            About::Month(period) => {
                let changes = changes(&mut db, agency, *period, &petition, form).await?;
                let why = reason(&reply);
                version = Some(
                    supersede(&mut db, access, signer, *period, officer, &changes, &why).await?,
                );
            }
            About::Year { decision: old, .. } => {
                let replacing = Replacing {
                    decision: *old,
                    level: form.level.clone(),
                    reason: reason(&reply),
                    number: form.number.clone(),
                    decided_on: form.decided_on.clone(),
                };
                decision =
                    Some(replace_decision(&mut db, access, today, signer, &replacing).await?);
            }
        }
    }
    let (period, year) = match petition.line.about {
        About::Month(period) => (Some(period), None),
        About::Year { year, .. } => (None, Some(year)),
    };
    let subject = Subject {
        kind: Kind::PetitionReply,
        officer: Some(officer),
        period,
        year,
        record: Some(form.petition),
        version: 1,
    };
    let content = json!({
        "petition": petition.line.id, "asked": petition.text, "line": petition.line.line, "outcome": outcome.as_str(),
        "reply": reply, "sheet_version": version, "decision": decision
    });
    let signature =
        sign::store::sign(&mut db, access.actor.agency, signer, subject, &content).await?;
    let stored = Answer {
        outcome,
        reply: &reply,
        by: signer.officer().0,
        signature,
        sheet_version: version,
        decision,
    };
    store::answer(&mut db, agency, (form.petition, form.version), &stored).await?;
    let detail = json!({ "petition": form.petition, "outcome": outcome.as_str() });
    write_audit(&mut db, access, "answer_petition", officer.0, detail).await?;
    let told = format!(
        "Kiến nghị của bạn về {} đã được trả lời: {}.",
        petition.line.about.label().to_lowercase(),
        outcome.label()
    );
    let link = format!("/petition/{}", form.petition);
    notify(&mut db, agency, officer, &told, &link).await?;
    db.commit().await?;
    Ok(())
}

/// The reason that a new version or a replacing decision carries: the reply, as far as a reason goes.
fn reason(reply: &str) -> String {
    let short: String = reply.chars().take(900).collect();
    format!("Giải quyết kiến nghị: {short}")
}

/// What the answer changes in a month: of a petition about one line nothing but that line.
async fn changes(
    db: &mut PgConnection,
    agency: Uuid,
    period: Period,
    petition: &Stored,
    form: &Answering,
) -> Result<Vec<Change>, AppError> {
    let standing: BTreeMap<String, Option<Decimal>> =
        store::points(db, agency, period, petition.line.officer)
            .await?
            .into_iter()
            .collect();
    let about = petition.about_line.as_ref();
    let concerns = |kind: &str, code: &str| about.is_none_or(|(k, c)| k == kind && c == code);
    let mut changes = Vec::new();
    for (code, typed) in &form.points {
        if typed.trim().is_empty() || !concerns("criterion", code) {
            continue;
        }
        let points = parse_number(typed).map_err(|error| {
            let field = format!("points[{code}]");
            AppError::invalid(
                field,
                error.to_string(),
                typed.chars().take(40).collect::<String>(),
            )
        })?;
        if standing.get(code).copied().flatten() != Some(points) {
            changes.push(Change::Criterion {
                code: code.clone(),
                points,
            });
        }
    }
    let named = |assignment: &Uuid| concerns("assignment", &assignment.to_string());
    let returns = form.waive_returns.iter().filter(|one| named(one));
    changes.extend(returns.map(|one| Change::WaiveReturn { assignment: *one }));
    let delays = form.waive_delays.iter().filter(|one| named(one));
    changes.extend(delays.map(|one| Change::WaiveDelay { assignment: *one }));
    if about.is_none() {
        if let Some(percent) = percent("organising", &form.organising)? {
            changes.push(Change::Organising(percent));
        }
        if let Some(percent) = percent("unity", &form.unity)? {
            changes.push(Change::Unity(percent));
        }
    }
    if changes.is_empty() {
        return Err(AppError::invalid(
            "changes",
            "Chấp nhận kiến nghị thì kết quả phải thay đổi: hãy sửa điểm hoặc bỏ trừ ở dòng được kiến nghị; nếu giữ nguyên, hãy chọn không chấp nhận.",
            "",
        ));
    }
    Ok(changes)
}

fn percent(field: &str, typed: &str) -> Result<Option<u32>, AppError> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let short: String = typed.chars().take(40).collect();
    typed
        .trim()
        .parse()
        .map(Some)
        .map_err(|_| AppError::invalid(field, "Mức phần trăm không hợp lệ.", short))
}
