//! Loads what speaks for a leader's criteria; records initiatives and complaints, and withdraws them.

use chrono::NaiveDate;
use kpi::ids::{OfficerId, UnitId};
use kpi::period::Period;
use kpi::period::life::PeriodAct;
use kpi::permission::{Permission, granted};
use kpi::review::NoteKind;
use kpi::rule_set::RuleSet;
use kpi::scoring::ScoringRole;
use serde_json::json;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::store::{self, FactRow, NoteRow};
use super::wire::{LeaderGrounds, Named, Note};
use crate::audit;
use crate::auth::{Access, take_key};
use crate::error::AppError;
use crate::format::moment;
use crate::org;
use crate::period::store::must_allow_in;
use crate::review::steps::{REASON, day_in, text};

/// Longest document reference, in characters.
const LONGEST_DOCUMENT: usize = 200;

/// Whose criteria are looked at.
pub struct Leader<'a> {
    /// The leader.
    pub officer: OfficerId,
    /// Head or deputy.
    pub role: ScoringRole,
    /// The unit that is led.
    pub unit: UnitId,
    /// Its path.
    pub path: &'a str,
}

/// What speaks for d, đ and e of a month: three statements.
///
/// # Errors
/// The database's failure.
pub async fn grounds(
    db: &mut PgConnection,
    access: &Access,
    (period, today): (Period, NaiveDate),
    leader: &Leader<'_>,
    rules: &RuleSet,
) -> Result<LeaderGrounds, AppError> {
    let (agency, first) = (access.agency(), period.first_day());
    let facts = store::facts(&mut *db, agency, first, leader.path, today).await?;
    let head = leader.role == ScoringRole::Head;
    let days = (first, day_in(period, today));
    let unscored = store::unscored(
        &mut *db,
        agency,
        days,
        (leader.unit.0, leader.officer.0, head),
    )
    .await?;
    let notes = store::notes(&mut *db, agency, first, leader.unit.0).await?;
    let of = |what: &str| named(facts.iter().filter(|row| row.what == what));
    let mut allowed = rules.leadership.allowed.clone();
    allowed.sort_unstable_by(|a, b| b.cmp(a));
    Ok(LeaderGrounds {
        unit: leader.unit.0,
        allowed,
        overdue: of("overdue"),
        returned: of("returned"),
        extra: of("extra"),
        unscored: Named {
            count: unscored.first().map_or(0, |row| count(row.all)),
            names: unscored.into_iter().map(|row| row.name).collect(),
        },
        notes: notes.into_iter().map(note).collect::<Result<_, _>>()?,
        records: may_record(access, leader.unit, leader.path).is_ok(),
        key: Uuid::now_v7(),
    })
}

fn count(value: i64) -> u32 {
    value.try_into().unwrap_or(u32::MAX)
}

fn named<'a>(rows: impl Iterator<Item = &'a FactRow>) -> Named {
    let mut named = Named::default();
    for row in rows {
        named.count = count(row.all);
        named
            .names
            .push(format!("“{}” ({})", row.product, row.name));
    }
    named
}

fn note(row: NoteRow) -> Result<Note, AppError> {
    Ok(Note {
        note: row.note,
        kind: row.kind.parse().map_err(AppError::inner)?,
        text: row.text,
        document: row.document,
        recorded: format!("{} ghi lúc {}", row.recorded_by, moment(row.recorded_at)),
        withdrawn: row.withdrawn_at.map(|at| {
            let by = row.withdrawn_by.unwrap_or_default();
            let reason = row.withdraw_reason.unwrap_or_default();
            format!("{by} rút lại lúc {}: {reason}", moment(at))
        }),
    })
}

/// Within reach of those who record, and never about a unit that the actor leads himself (Điều 10).
fn may_record(access: &Access, unit: UnitId, path: &str) -> Result<(), AppError> {
    let actor = &access.actor;
    let scope = granted(&actor.roles, Permission::RecordLeaderNote).ok_or(AppError::Forbidden)?;
    let leads = |post: &crate::auth::Post| post.unit == unit && post.kind != "staff";
    if actor.posts.iter().any(leads) {
        return Err(AppError::Forbidden);
    }
    let actor = actor.clone();
    Access { actor, scope }.reach_unit(path)
}

/// An initiative or a complaint, as typed.
#[derive(Clone, Debug)]
pub struct NewNote {
    /// The unit.
    pub unit: UnitId,
    /// Which of the two.
    pub kind: NoteKind,
    /// What it is; 1 to 1,000 characters.
    pub text: String,
    /// The document that shows it; 1 to 200 characters.
    pub document: String,
}

/// Records an initiative or a complaint of a unit in a month.
///
/// # Errors
/// `Forbidden` out of reach or about the unit that the actor leads; `Invalid` for a missing text or document, a month
/// that did not begin or is closed; `NotFound`; the database's failure.
pub async fn record(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    period: Period,
    (given, key): (NewNote, Uuid),
) -> Result<(), AppError> {
    let mut db = pool.begin().await?;
    if !take_key(&mut db, access, key).await? {
        return Ok(());
    }
    let unit = org::store::unit(&mut *db, access.agency(), given.unit).await?;
    may_record(access, unit.unit_id, &unit.path)?;
    must_allow_in(
        &mut db,
        access.actor.agency,
        period,
        unit.unit_id,
        PeriodAct::Work,
    )
    .await?;
    if period.first_day() > today {
        let message = format!("{} chưa bắt đầu.", period.label());
        return Err(AppError::invalid("period", message, period.to_string()));
    }
    let what = match given.kind {
        NoteKind::Initiative => "Hãy ghi sáng kiến, giải pháp là gì.",
        NoteKind::Complaint => "Hãy ghi nội dung phản ánh.",
    };
    let words = text("text", &given.text, REASON, Some(what))?;
    let missing = Some("Hãy ghi số, ngày của văn bản làm căn cứ.");
    let document = text("document", &given.document, LONGEST_DOCUMENT, missing)?;
    let new = (
        Uuid::now_v7(),
        given.kind.as_str(),
        words.as_str(),
        document.as_str(),
    );
    let place = (unit.unit_id.0, period.first_day());
    store::insert(&mut db, access.agency(), place, new, access.actor.account.0).await?;
    let detail =
        json!({ "period": period.to_string(), "kind": given.kind.as_str(), "document": document });
    write_audit(
        &mut db,
        access,
        "review.record_note",
        unit.unit_id.0,
        detail,
    )
    .await?;
    db.commit().await?;
    Ok(())
}

/// Withdraws what was recorded; it stays to be read, with the reason.
///
/// # Errors
/// As [`record`]; `Invalid` without a reason, or for one that is withdrawn already.
pub async fn withdraw(
    pool: &PgPool,
    access: &Access,
    note: Uuid,
    reason: &str,
) -> Result<(), AppError> {
    let mut db = pool.begin().await?;
    let held = store::lock(&mut db, access.agency(), note).await?;
    may_record(access, UnitId(held.unit), &held.path)?;
    let period = Period::of(held.period).map_err(AppError::inner)?;
    let unit = UnitId(held.unit);
    must_allow_in(&mut db, access.actor.agency, period, unit, PeriodAct::Work).await?;
    if held.withdrawn {
        return Err(AppError::invalid(
            "reason",
            "Ghi nhận này đã được rút lại.",
            "",
        ));
    }
    let reason = text("reason", reason, REASON, Some("Hãy ghi lý do rút lại."))?;
    store::withdraw(
        &mut db,
        access.agency(),
        note,
        access.actor.account.0,
        &reason,
    )
    .await?;
    let detail = json!({ "period": period.to_string(), "reason": reason });
    write_audit(&mut db, access, "review.withdraw_note", held.unit, detail).await?;
    db.commit().await?;
    Ok(())
}

async fn write_audit(
    db: &mut PgConnection,
    access: &Access,
    action: &str,
    unit: Uuid,
    detail: serde_json::Value,
) -> Result<(), AppError> {
    let subject = ("unit", Some(unit));
    audit::write(
        db,
        access.actor.agency,
        access.actor.audit(),
        action,
        subject,
        detail,
    )
    .await?;
    Ok(())
}
