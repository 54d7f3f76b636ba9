//! Preparing a conclusion and marking it for the next signature. It is checked as if it were signed now, so that the
//! signature refuses nothing that could have been said here.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kpi::ids::OfficerId;
use kpi::number::format_vi;
use kpi::period::Period;
use kpi::review::{SheetAction, sheet_step};
use serde_json::json;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::place::acts_as;
use crate::assignment::month_lock::Month;
use crate::audit;
use crate::auth::{Access, take_key};
use crate::error::AppError;
use crate::review::steps::{Conclusion, REASON, check_conclusion, day_in, step_error, text};
use crate::review::store::prepared;
use crate::review::store::sheet::all_own_points;

/// What the pressed button says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The officer's own points stand.
    Own,
    /// The points that were typed.
    Changed,
    /// Nothing is prepared any more.
    Clear,
}

/// What was typed about one person.
#[derive(Clone, Debug)]
pub struct Given {
    /// Points, remark, đ and e; reasons by criterion are taken from `reason`.
    pub conclusion: Conclusion,
    /// Why criteria are concluded otherwise.
    pub reason: String,
    /// The pressed button.
    pub choice: Choice,
}

/// Prepares the conclusion of one sheet and marks it, or takes both back.
///
/// # Errors
/// `Forbidden` about oneself and for anybody who neither decides nor prepares; `Invalid` as a confirmation would be;
/// `Conflict` when the sheet changed meanwhile; the database's failure.
pub async fn prepare(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    period: Period,
    (given, key): (Given, Uuid),
) -> Result<(), AppError> {
    let mut db = pool.begin().await?;
    if !take_key(&mut db, access, key).await? {
        return Ok(());
    }
    let officer = OfficerId(given.conclusion.officer);
    let day = day_in(period, today);
    let month = Month::lock(&mut db, access.actor.agency, period, officer, day).await?;
    put(&mut db, access, today, &month, given).await?;
    db.commit().await?;
    Ok(())
}

/// Marks calm sheets as the officers sent them: all or none. `shown` are people with the versions that were seen.
///
/// # Errors
/// As [`prepare`].
pub async fn accept_rest(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    period: Period,
    (shown, key): (Vec<(Uuid, i32)>, Uuid),
) -> Result<(), AppError> {
    let mut db = pool.begin().await?;
    if !take_key(&mut db, access, key).await? {
        return Ok(());
    }
    let officers: Vec<OfficerId> = shown.iter().map(|(id, _)| OfficerId(*id)).collect();
    let day = day_in(period, today);
    let agency = access.actor.agency;
    for month in Month::lock_all(&mut db, agency, period, &officers, day).await? {
        let seen = shown.iter().find(|(id, _)| *id == month.officer.0);
        let conclusion = Conclusion {
            officer: month.officer.0,
            version: seen.map_or(0, |(_, version)| *version),
            ..Conclusion::default()
        };
        let given = Given {
            conclusion,
            reason: String::new(),
            choice: Choice::Own,
        };
        put(&mut db, access, today, &month, given).await?;
    }
    db.commit().await?;
    Ok(())
}

async fn put(
    db: &mut PgConnection,
    access: &Access,
    today: NaiveDate,
    month: &Month,
    given: Given,
) -> Result<(), AppError> {
    let who = acts_as(db, access, today, month).await?;
    month.must_be_open(db).await?;
    sheet_step(month.status, SheetAction::Prepare, who).map_err(step_error)?;
    let mut conclusion = given.conclusion;
    if given.choice == Choice::Clear {
        prepared::take(db, month).await?;
    } else {
        let own: BTreeMap<String, String> = all_own_points(db, month)
            .await?
            .into_iter()
            .map(|(code, points)| (code, format_vi(points, 2)))
            .collect();
        if given.choice == Choice::Own {
            conclusion.points = own;
            conclusion.reasons = BTreeMap::new();
        } else {
            let reason = text("reason", &given.reason, REASON, None)?;
            conclusion.reasons = conclusion
                .points
                .keys()
                .map(|code| (code.clone(), reason.clone()))
                .collect();
        }
        check_conclusion(db, month, today, &conclusion).await?;
        let content = serde_json::to_value(&conclusion).map_err(AppError::inner)?;
        prepared::put(db, month, &content, true, access.officer()?).await?;
    }
    let detail = json!({ "period": month.period.to_string(), "as": who.as_str(), "marked": given.choice != Choice::Clear });
    let subject = ("sheet", Some(month.officer.0));
    audit::write(
        db,
        month.agency,
        access.actor.audit(),
        "review.prepare",
        subject,
        detail,
    )
    .await
}
