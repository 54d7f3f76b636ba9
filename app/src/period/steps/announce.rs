//! Announcing the results of a month, of everybody or of one unit before the others; and locking it for good.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kpi::ids::UnitId;
use kpi::period::Period;
use kpi::period::life::{PeriodAction, PeriodActor, step};
use kpi::review::SheetStatus;
use serde_json::{Value, json};
use sqlx::PgPool;
use uuid::Uuid;

use super::{audited, reason, refused, same_version};
use crate::auth::{Access, take_key};
use crate::error::AppError;
use crate::period::store::announce::{
    Confirmed, Unfinished, confirmed, count_unconfirmed, leave_out, step_sheets, tell, unfinished,
    wait_for_writes,
};
use crate::period::store::write::{announce_unit, hold, put_status};
use crate::period::wire::reason_key;
use crate::sign::{Kind, Signer, Subject};
use crate::{org, sign};

/// An announcement as it is asked for.
#[derive(Clone, Debug, Default)]
pub struct Announcement {
    /// The unit that is announced before the others, those below it included; none for everybody.
    pub unit: Option<Uuid>,
    /// Version of the period that was seen.
    pub version: i32,
    /// Why those without a reason of their own are left out; empty when nobody is.
    pub reason: String,
    /// Why a person is left out, by officer.
    pub reasons: BTreeMap<String, String>,
}

/// Announces the results (khoản 3 Điều 17) and signs once: which version of whose sheet, and who is left out with which
/// reason. Returns how many people were told.
///
/// # Errors
/// `Invalid` on `reason` while sheets are neither confirmed nor left out with a reason, naming them; on `period` where
/// the state has no announcement; `Conflict`; the database's failure.
pub async fn announce(
    pool: &PgPool,
    (access, signer): (&Access, &Signer),
    period: Period,
    (asked, key): (Announcement, Uuid),
) -> Result<usize, AppError> {
    let agency = access.actor.agency;
    let mut db = pool.begin().await?;
    if !take_key(&mut db, access, key).await? {
        return Ok(0);
    }
    let unit = match asked.unit {
        Some(unit) => Some(org::store::unit(&mut *db, agency.0, UnitId(unit)).await?),
        None => None,
    };
    let path = unit.as_ref().map_or("/", |unit| unit.path.as_str());
    wait_for_writes(&mut db, agency, period).await?;
    let held = hold(&mut db, agency, period).await?;
    same_version(held.version, asked.version, held.status.label())?;
    let to = step(held.status, PeriodAction::Announce, PeriodActor::Personnel)
        .map_err(|error| refused(&error))?;
    let left = left_out(&unfinished(&mut db, agency, period, path).await?, &asked)?;
    leave_out(&mut db, agency, period, &left, access.actor.account.0).await?;
    let sheets = confirmed(&mut db, agency, period, path).await?;
    let content = content(unit.as_ref().map(|unit| unit.name.as_str()), &sheets, &left);
    let about = asked.unit.unwrap_or(agency.0);
    let subject = Subject::record(Kind::MonthAnnouncement, about, None).in_period(period);
    let signature = sign::store::sign(&mut db, agency, signer, subject, &content).await?;
    let steps = (SheetStatus::Confirmed, SheetStatus::Announced);
    let people = step_sheets(&mut db, agency, period, path, steps, Some(signature)).await?;
    match &unit {
        Some(unit) => {
            let by = access.actor.account.0;
            if !announce_unit(&mut db, agency, period, unit.unit_id, by).await? {
                let sentence = format!("{} đã được công bố.", unit.name);
                return Err(AppError::invalid("unit", sentence, ""));
            }
        }
        None => put_status(&mut db, agency, period, to, Some(access.actor.account.0)).await?,
    }
    let text = format!(
        "Kết quả {} đã được công bố. Nếu không đồng ý, bạn có thể gửi kiến nghị.",
        period.label().to_lowercase()
    );
    tell(&mut db, agency, &people, &text, |officer| {
        format!("/sheet/{officer}?period={period}")
    })
    .await?;
    let detail = json!({ "unit": unit.map(|unit| unit.name), "people": people.len(), "left_out": left.len() });
    audited(&mut db, access, "period.announce", period, detail).await?;
    db.commit().await?;
    Ok(people.len())
}

/// What an announcement signs. It names versions, never scores: whoever reads it learns nothing about anybody.
fn content(unit: Option<&str>, sheets: &[Confirmed], left: &[(Uuid, String)]) -> Value {
    let told = |one: &Confirmed| json!({ "officer": one.officer, "version": one.version });
    let out = |(officer, reason): &(Uuid, String)| json!({ "officer": officer, "reason": reason });
    json!({
        "unit": unit,
        "sheets": sheets.iter().map(told).collect::<Vec<_>>(),
        "left_out": left.iter().map(out).collect::<Vec<_>>(),
    })
}

/// Each unfinished sheet with the reason why its person is left out.
fn left_out(
    unfinished: &[Unfinished],
    asked: &Announcement,
) -> Result<Vec<(Uuid, String)>, AppError> {
    let for_all = reason("reason", &asked.reason, None)?;
    let mut left = Vec::with_capacity(unfinished.len());
    let mut missing = Vec::new();
    for sheet in unfinished {
        let key = reason_key(sheet.officer);
        let field = format!("reasons[{key}]");
        let typed = asked.reasons.get(&key).map_or("", String::as_str);
        let own = reason(&field, typed, None)?;
        let why = if own.is_empty() { for_all.clone() } else { own };
        if why.is_empty() {
            missing.push(sheet);
        } else {
            left.push((sheet.officer, why));
        }
    }
    if missing.is_empty() {
        return Ok(left);
    }
    let named: Vec<String> = missing
        .iter()
        .take(5)
        .map(|sheet| {
            let state = if sheet.sent {
                "chờ xác nhận"
            } else {
                "chưa gửi"
            };
            format!("{} ({}, {state})", sheet.name, sheet.unit)
        })
        .collect();
    let more = if missing.len() > named.len() {
        "; …"
    } else {
        ""
    };
    Err(AppError::invalid(
        "reason",
        format!(
            "Còn {} phiếu chưa xác nhận: {}{more}. Hãy xác nhận, hoặc ghi lý do chưa công bố cho từng người hay chung cho tất cả.",
            missing.len(),
            named.join("; ")
        ),
        asked.reason.chars().take(super::REASON).collect::<String>(),
    ))
}

/// Locks a month whose results were announced; returns how many sheets were locked and how many stay as they are,
/// because they were left out.
///
/// # Errors
/// `Invalid` on `period` before the month's last day, or where the state has no lock; `Conflict`; the database's failure.
pub async fn lock(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    period: Period,
    (version, key): (i32, Uuid),
) -> Result<(usize, i64), AppError> {
    let agency = access.actor.agency;
    let mut db = pool.begin().await?;
    if !take_key(&mut db, access, key).await? {
        return Ok((0, 0));
    }
    if today < period.last_day() {
        let sentence = format!("{} chưa kết thúc, chưa khóa được.", period.label());
        return Err(AppError::invalid("period", sentence, period.to_string()));
    }
    wait_for_writes(&mut db, agency, period).await?;
    let held = hold(&mut db, agency, period).await?;
    same_version(held.version, version, held.status.label())?;
    let to = step(held.status, PeriodAction::Lock, PeriodActor::Personnel)
        .map_err(|error| refused(&error))?;
    let steps = (SheetStatus::Announced, SheetStatus::Locked);
    let locked = step_sheets(&mut db, agency, period, "/", steps, None)
        .await?
        .len();
    let left = count_unconfirmed(&mut db, agency, period).await?;
    put_status(&mut db, agency, period, to, Some(access.actor.account.0)).await?;
    let detail = json!({ "locked": locked, "unconfirmed": left });
    audited(&mut db, access, "period.lock", period, detail).await?;
    db.commit().await?;
    Ok((locked, left))
}
