//! Opening a meeting, and the list of those that one takes part in.

use chrono::{Datelike, NaiveDate};
use kpi::ids::UnitId;
use kpi::period::Period;
use kpi::permission::Permission;
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

use super::record;
use crate::auth::{Access, check};
use crate::error::AppError;
use crate::meeting::store;
use crate::meeting::wire::{MeetingKind, Meetings};
use crate::org;
use crate::review::wire::UnitChoice;

/// A meeting as its form asks for it, as typed.
#[derive(Clone, Debug, Default)]
pub struct NewMeeting {
    /// Code of the kind.
    pub kind: String,
    /// The unit.
    pub unit: String,
    /// The month, "2026-11"; of a comparison empty for the whole year.
    pub period: String,
    /// The year; empty for that of the month.
    pub year: String,
}

/// Meetings that the actor takes part in, and the units for which he may hold one.
///
/// # Errors
/// The database's failure.
pub async fn list(pool: &PgPool, access: &Access, today: NaiveDate) -> Result<Meetings, AppError> {
    let paths = access.paths();
    let staff: Vec<String> = access
        .actor
        .posts
        .iter()
        .map(|post| post.path.clone())
        .collect();
    let meetings = store::list(pool, access.agency(), (paths.as_deref(), &staff)).await?;
    let units = match check(access.actor.clone(), Permission::HoldMeeting) {
        Ok(access) => org::store::agency_units(pool, access.agency())
            .await?
            .into_iter()
            .filter(|unit| unit.active && access.reach_unit(&unit.path).is_ok())
            .map(|unit| UnitChoice {
                unit: unit.unit_id,
                depth: u32::try_from(unit.path.matches('/').count())
                    .unwrap_or(0)
                    .saturating_sub(2),
                name: unit.name,
            })
            .collect(),
        Err(_) => Vec::new(),
    };
    Ok(Meetings {
        meetings,
        units,
        today,
    })
}

/// Opens a meeting; one about the same that runs already is found instead. Returns its id.
///
/// # Errors
/// `Invalid` with the field; `NotFound` for a unit of another agency; `Forbidden` for one out of reach; the database's
/// failure.
pub async fn open(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    typed: &NewMeeting,
) -> Result<Uuid, AppError> {
    let kind = MeetingKind::parse(&typed.kind)
        .ok_or_else(|| AppError::invalid("kind", "Hãy chọn loại cuộc họp.", short(&typed.kind)))?;
    let unit: Uuid = typed.unit.trim().parse().map_err(|_| {
        AppError::invalid("unit", "Hãy chọn đơn vị của cuộc họp.", short(&typed.unit))
    })?;
    let place = org::store::unit(pool, access.agency(), UnitId(unit)).await?;
    access.reach_unit(&place.path)?;
    let period = period(kind, typed, today)?;
    let year = match period {
        Some(period) => period.first_day().year(),
        None => year(typed, today)?,
    };
    let what = period.map_or_else(
        || format!("năm {year}"),
        |period| period.label().to_lowercase(),
    );
    let title = format!("{}: {}, {what}", kind.label(), place.name);
    let new = store::NewMeeting {
        meeting: Uuid::now_v7(),
        kind,
        unit,
        period,
        year,
        title: &title,
        by: access.actor.account.0,
    };
    let mut db = pool.begin().await?;
    if !store::insert(&mut db, access.agency(), &new).await? {
        return store::running(&mut db, access.agency(), &new).await;
    }
    let detail = json!({ "kind": kind.code(), "unit": unit, "what": what });
    record(&mut db, access, "open_meeting", new.meeting, detail).await?;
    db.commit().await?;
    Ok(new.meeting)
}

fn short(typed: &str) -> String {
    typed.chars().take(40).collect()
}

/// A month that has begun; none for a year.
fn period(
    kind: MeetingKind,
    typed: &NewMeeting,
    today: NaiveDate,
) -> Result<Option<Period>, AppError> {
    let text = typed.period.trim();
    if kind == MeetingKind::Year || (kind == MeetingKind::CompareUnits && text.is_empty()) {
        return Ok(None);
    }
    let refuse = |why: String| AppError::invalid("period", why, short(text));
    let period: Period = text
        .parse()
        .map_err(|error: kpi::period::PeriodError| refuse(error.to_string()))?;
    if period.first_day() > today {
        return Err(refuse(format!(
            "{} chưa bắt đầu nên chưa có gì để họp.",
            period.label()
        )));
    }
    Ok(Some(period))
}

/// A year that has begun.
fn year(typed: &NewMeeting, today: NaiveDate) -> Result<i32, AppError> {
    let text = typed.year.trim();
    if text.is_empty() {
        return Ok(today.year());
    }
    text.parse()
        .ok()
        .filter(|year| (2000..=today.year()).contains(year))
        .ok_or_else(|| {
            let sentence = format!("Năm phải từ 2000 đến {}.", today.year());
            AppError::invalid("year", sentence, short(text))
        })
}
