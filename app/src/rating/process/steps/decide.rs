//! The decision (khoản 2 Điều 10, điểm d Điều 21): the head of the agency signs one paper about many people. Whatever
//! exceeds the places at "xuất sắc" is refused until he chose.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use kpi::level::Level;
use kpi::rating::process::{YearAction, YearActor, YearStatus, check_level, check_places};
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

use super::{Whole, computed, in_season, level, next, past_day, personnel, whole};
use crate::auth::Access;
use crate::error::AppError;
use crate::org::text;
use crate::rating::months::NO_GROUP;
use crate::rating::process::store::{self, By, NewDecision, Paper};
use crate::rating::process::wire::Row;
use crate::rating::steps::{authority, reason, write_audit};
use crate::rating::wire::{Gauge, PersonLine, Standing};
use crate::sign::{self, Kind, Signer, Subject};

/// Most people of one paper.
const MOST: usize = 5000;

/// A paper, as typed.
#[derive(Clone, Debug, Default)]
pub struct Deciding {
    /// About whom.
    pub officers: Vec<Uuid>,
    /// Code of the level, about one person alone; empty for what is proposed.
    pub level: String,
    /// Why that level; not asked for what is proposed.
    pub reason: String,
    /// Number of the decision.
    pub number: String,
    /// Its day.
    pub decided_on: String,
}

/// Decides about these people and signs once; returns how many.
///
/// # Errors
/// `Forbidden` for anybody but the head of the agency, and about himself; `Invalid` on `number`, `decided_on`, `officers`,
/// on `level` above the computed level or above the cap, on `reason`, on `status` out of order; the database's failure.
pub async fn decide(
    pool: &PgPool,
    access: &Access,
    (year, today): (i32, NaiveDate),
    signer: &Signer,
    form: &Deciding,
) -> Result<usize, AppError> {
    in_season(year, YearAction::Decide, today)?;
    let number = text::name("number", "Số quyết định", &form.number)?;
    let day = past_day("decided_on", "Ngày quyết định", &form.decided_on, today)?;
    let officers: BTreeSet<Uuid> = form.officers.iter().copied().collect();
    if officers.is_empty() || officers.len() > MOST {
        return Err(AppError::invalid(
            "officers",
            "Hãy chọn những người được quyết định trong văn bản này.",
            "",
        ));
    }
    let mut db = pool.begin().await?;
    let me = authority(&mut db, access, today).await?;
    crate::rating::store::hold_agency(&mut db, access.agency()).await?;
    let whole = whole(&mut db, access, (year, today), None).await?;
    let typed = if form.level.trim().is_empty() {
        None
    } else if officers.len() == 1 {
        let why = reason(&form.reason)?;
        Some((level(&form.level)?, why))
    } else {
        return Err(AppError::invalid(
            "level",
            "Mức khác đề xuất được quyết định cho từng người một.",
            "",
        ));
    };
    let mut new = Vec::with_capacity(officers.len());
    let mut lines = Vec::with_capacity(officers.len());
    for officer in &officers {
        let row = whole.row(*officer)?;
        let who = personnel(access, *officer, YearActor::Authority);
        next(row, YearAction::Decide, who)?;
        let (level, reason) = match &typed {
            Some(typed) => typed.clone(),
            None => to_decide(row).ok_or(AppError::NotFound)?,
        };
        let computed = computed(&row.line);
        check_level(computed, level, &reason)
            .map_err(|refusal| AppError::from(about(&row.line, refusal)))?;
        if level == Level::Excellent && row.contested {
            check_choice(&whole, &row.line)?;
        }
        new.push(NewDecision {
            id: Uuid::now_v7(),
            officer: *officer,
            level,
            computed: computed.unwrap_or(level),
            mean: row.line.mean,
            reason,
            handling: row.handling.clone(),
        });
        lines.push(&row.line);
    }
    check_cap(&whole, &new, None)?;
    let content = json!({
        "year": year, "number": number, "decided_on": day,
        "decisions": new.iter().zip(&lines).map(|(one, line)| content(one, line)).collect::<Vec<_>>()
    });
    let subject = Subject {
        kind: Kind::YearDecision,
        officer: None,
        period: None,
        year: Some(year),
        record: Some(Uuid::now_v7()),
        version: 1,
    };
    let agency = access.actor.agency;
    let signature = sign::store::sign(&mut db, agency, signer, subject, &content).await?;
    let paper = Paper {
        agency: agency.0,
        year,
        number,
        day,
        by: By::Here {
            officer: me,
            signature,
        },
        account: access.actor.account.0,
    };
    store::insert_decisions(&mut db, &paper, &new).await?;
    let officers: Vec<Uuid> = officers.into_iter().collect();
    let steps = (YearStatus::Proposed, YearStatus::Decided);
    store::advance(&mut db, (agency.0, year), &officers, steps).await?;
    for one in &new {
        let detail = json!({ "year": year, "number": paper.number, "level": one.level.as_str() });
        write_audit(&mut db, access, "decide_level", Some(one.officer), detail).await?;
    }
    db.commit().await?;
    Ok(new.len())
}

/// What is decided unless the authority says otherwise: the proposal, or "tốt" for whom he did not choose.
pub(in crate::rating) fn to_decide(row: &Row) -> Option<(Level, String)> {
    let (proposed, reason) = row.proposed.clone()?;
    match &row.line.standing {
        Standing::Decided(choice) if choice.chosen.level() < proposed => {
            Some((choice.chosen.level(), choice.reason.clone()))
        }
        _ => Some((proposed, reason)),
    }
}

/// A decision as it is signed.
pub(super) fn content(one: &NewDecision, line: &PersonLine) -> serde_json::Value {
    json!({
        "decision": one.id, "officer": one.officer, "name": line.name, "level": one.level.as_str(),
        "computed": one.computed.as_str(), "mean": one.mean, "reason": one.reason, "handling": one.handling
    })
}

/// A refusal that names the person.
pub(super) fn about(line: &PersonLine, refusal: kpi::RuleError) -> kpi::RuleError {
    kpi::RuleError::new(refusal.field, format!("{}: {}", line.name, refusal.message))
}

fn group_of(line: &PersonLine) -> &str {
    if line.group.is_empty() {
        NO_GROUP
    } else {
        &line.group
    }
}

/// The gauges under which somebody is counted.
fn scopes<'a>(whole: &'a Whole, line: &PersonLine) -> impl Iterator<Item = &'a Gauge> {
    [
        whole.loaded.year.gauge(group_of(line)),
        whole.loaded.year.gauge(""),
    ]
    .into_iter()
    .flatten()
}

fn is_in(gauge: &Gauge, line: &PersonLine) -> bool {
    gauge.group.is_empty() || group_of(line) == gauge.group
}

/// Whether somebody stands for "xuất sắc" beside more than may be, and nobody chose about him.
pub(super) fn is_contested(whole: &Whole, row: &Row) -> bool {
    row.line.standing == Standing::Open && check_choice(whole, &row.line).is_err()
}

/// Whoever stands for "xuất sắc" beside more than may be waits for the choice.
fn check_choice(whole: &Whole, line: &PersonLine) -> Result<(), AppError> {
    for gauge in scopes(whole, line) {
        check_places(&gauge.place(), gauge.standing(), gauge.most)
            .map_err(|refusal| AppError::from(about(line, refusal)))?;
    }
    Ok(())
}

/// The "xuất sắc" that stand, without the decision that is replaced, and those about to be decided fit every scope.
pub(super) fn check_cap(
    whole: &Whole,
    new: &[NewDecision],
    replaced: Option<Uuid>,
) -> Result<(), AppError> {
    let touched = |gauge: &&Gauge| {
        let excellent = new.iter().filter(|one| one.level == Level::Excellent);
        excellent
            .filter_map(|one| whole.row(one.officer).ok())
            .any(|row| is_in(gauge, &row.line))
    };
    for gauge in whole.loaded.year.gauges.iter().filter(touched) {
        let counted = whole
            .rows
            .iter()
            .filter(|row| !row.decided_above && is_in(gauge, &row.line))
            .filter(|row| {
                let about_to = new.iter().find(|one| one.officer == row.line.officer);
                let stands = row
                    .decision
                    .as_ref()
                    .filter(|decision| Some(decision.id) != replaced);
                match (about_to, stands) {
                    (Some(one), _) => one.level == Level::Excellent,
                    (None, Some(decision)) => decision.level == Level::Excellent,
                    (None, None) => false,
                }
            })
            .count();
        check_places(
            &gauge.place(),
            u32::try_from(counted).unwrap_or(u32::MAX),
            gauge.most,
        )?;
    }
    Ok(())
}
