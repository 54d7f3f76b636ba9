//! The steps of the yearly rating on the server, apart from `api` so that they run without a request.

mod decide;
mod load;
mod person;
mod record;

pub(in crate::rating) use decide::authority;
pub use decide::{Typed, choose, decide_ratio, undo_choice};
pub use load::{Asked, load_year};
pub use person::load_person;
pub use record::{
    outside_digest, record_absence, record_blocker, record_outside_month, withdraw_absence,
    withdraw_blocker,
};

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use kpi::ids::{OfficerId, UnitId};
use kpi::period::Period;
use kpi::permission::may_decide;
use kpi::rule_set::RuleSet;
use kpi::scoring::ScoringRole;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::store;
use super::year::{Year, compute, post_of};
use crate::audit;
use crate::auth::Access;
use crate::error::AppError;
use crate::rule_set;
use crate::unit_kpi;

/// Most characters of a reason.
pub const REASON: usize = 1000;

/// Reads "2025"; without text the year before today's, whose months are all there.
///
/// # Errors
/// `Invalid` on `year` for anything but 2000 to 2999.
pub fn parse_year(typed: &str, today: NaiveDate) -> Result<i32, AppError> {
    if typed.trim().is_empty() {
        return Ok(today.year() - 1);
    }
    typed
        .trim()
        .parse()
        .ok()
        .filter(|year| Period::month(*year, 1).is_ok())
        .ok_or_else(|| {
            let typed: String = typed.chars().take(40).collect();
            AppError::invalid("year", "Năm phải từ 2000 đến 2999.", typed)
        })
}

/// The rules of a year: those in force in its last month, or today while it runs.
pub(in crate::rating) async fn rules_of_year(
    db: &mut PgConnection,
    access: &Access,
    day: NaiveDate,
) -> Result<RuleSet, AppError> {
    let period = Period::of(day).map_err(AppError::inner)?;
    rule_set::store::in_force(db, access.actor.agency, period).await
}

/// A year as it was read and rated.
pub(in crate::rating) struct Loaded {
    pub(in crate::rating) rules: RuleSet,
    pub(in crate::rating) settings: store::Settings,
    pub(in crate::rating) people: Vec<store::Read>,
    pub(in crate::rating) year: Year,
}

pub(in crate::rating) async fn load(
    db: &mut PgConnection,
    access: &Access,
    (year, today): (i32, NaiveDate),
    officer: Option<Uuid>,
) -> Result<Loaded, AppError> {
    let part = store::Part {
        agency: access.agency(),
        year,
        officer,
    };
    let settings = store::settings(db, part, today).await?;
    let rules = rules_of_year(db, access, settings.calendar.day()).await?;
    let mut people = store::people(db, part).await?;
    if rules.quarter.blocker {
        store::quarters(db, part, &mut people).await?;
    }
    let levels: HashMap<_, _> =
        unit_kpi::store::level_of_units(&mut *db, access.actor.agency, year)
            .await?
            .into_iter()
            .collect();
    for read in &mut people {
        let heads = post_of(&settings.calendar, &read.facts.facts)
            .filter(|post| post.kind == ScoringRole::Head);
        read.facts.organisation_level =
            heads.and_then(|post| levels.get(&UnitId(post.unit)).copied());
    }
    let facts: Vec<_> = people.iter().map(|read| read.facts.clone()).collect();
    let ratio = settings.ratio.as_ref().map(|ratio| ratio.ratio);
    let year = compute(&rules, &settings.calendar, &facts, ratio)?;
    Ok(Loaded {
        rules,
        settings,
        people,
        year,
    })
}

/// Refuses whoever acts about himself, whatever his roles.
pub(in crate::rating) fn about_another(access: &Access, officer: Uuid) -> Result<(), AppError> {
    match access.actor.officer {
        Some(me) if !may_decide(me, OfficerId(officer)) => Err(AppError::Forbidden),
        _ => Ok(()),
    }
}

/// A reason: what was typed, 1 to 1,000 characters.
pub(in crate::rating) fn reason(typed: &str) -> Result<String, AppError> {
    let tidy = typed.trim();
    if tidy.is_empty() {
        return Err(AppError::invalid("reason", "Hãy ghi lý do.", ""));
    }
    if tidy.chars().count() > REASON || tidy.contains('\0') {
        let typed: String = tidy.replace('\0', "").chars().take(REASON).collect();
        let message = format!("Lý do dài tối đa {REASON} ký tự, không có ký tự điều khiển.");
        return Err(AppError::invalid("reason", message, typed));
    }
    Ok(tidy.to_owned())
}

/// A decision's number: empty is refused with what it is asked for.
pub(in crate::rating) fn document(typed: &str) -> Result<String, AppError> {
    if typed.trim().is_empty() {
        return Err(AppError::invalid(
            "document",
            "Hãy ghi số, ngày của văn bản làm căn cứ.",
            "",
        ));
    }
    crate::org::text::name("document", "Văn bản", typed)
}

fn officer_id(typed: &str) -> Result<Uuid, AppError> {
    typed.trim().parse().map_err(|_| AppError::NotFound)
}

pub(in crate::rating) async fn write_audit(
    db: &mut PgConnection,
    access: &Access,
    action: &str,
    officer: Option<Uuid>,
    detail: Value,
) -> Result<(), AppError> {
    let subject = ("officer", officer);
    audit::write(
        db,
        access.actor.agency,
        access.actor.audit(),
        action,
        subject,
        detail,
    )
    .await
}
