//! What the pages of the yearly steps show, each cut to what its reader may know.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kpi::ids::OfficerId;
use kpi::permission::Permission;
use kpi::rating::process::{YearAction, YearActor, YearStatus};
use kpi::rule_set::Publication;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::decide::to_decide;
use super::prepare::follows;
use super::{computed, in_season, next, personnel, whole};
use crate::auth::{Access, check};
use crate::error::AppError;
use crate::rating::process::store::{self, Which};
use crate::rating::process::wire::{
    Decision, DecisionView, ProcessView, PublicationView, Row, ToDecide, YearSheet,
};
use crate::rating::steps::rules_of_year;
use crate::rating::store::heads_agency;
use crate::rating::wire::UnitOption;
use crate::sign;

/// Rows on a page.
const PER_PAGE: usize = 50;
/// Most pages.
const MOST_PAGES: u32 = 10_000;

/// As what a visitor reads about others.
struct Reader {
    personnel: bool,
    authority: bool,
}

async fn reader(
    db: &mut PgConnection,
    access: &Access,
    today: NaiveDate,
) -> Result<Reader, AppError> {
    let personnel = check(access.actor.clone(), Permission::RecordYear).is_ok();
    let authority = match (
        check(access.actor.clone(), Permission::DecideRating),
        access.actor.officer,
    ) {
        (Ok(_), Some(me)) => heads_agency(db, access.agency(), me.0, today).await?,
        _ => false,
    };
    Ok(Reader {
        personnel,
        authority,
    })
}

/// Mẫu số 02 of the visitor, or of somebody within reach. The opinion of the Party committee and the decisions are for the
/// person once they are announced, for the authority and the personnel office.
///
/// # Errors
/// `Forbidden` out of reach; `NotFound`; the database's failure.
pub async fn load_sheet(
    pool: &PgPool,
    access: &Access,
    (year, today): (i32, NaiveDate),
    officer: Option<Uuid>,
) -> Result<YearSheet, AppError> {
    let mut db = pool.acquire().await?;
    let officer = match officer {
        Some(officer) => officer,
        None => access.officer()?.0,
    };
    let whole = whole(&mut db, access, (year, today), Some(officer)).await?;
    let row = whole.row(officer)?;
    access.reach_person(OfficerId(officer), &row.line.path)?;
    let own = access.actor.officer == Some(OfficerId(officer));
    let reader = reader(&mut db, access, today).await?;
    let knows = reader.personnel || reader.authority;
    let over = row.status == YearStatus::Published;
    let sheet = store::sheets(&mut db, access.agency(), year, Some(officer))
        .await?
        .remove(&officer);
    let which = Which {
        officer: Some(officer),
        year: Some(year),
        id: None,
    };
    let decisions = if own || knows {
        store::decisions(&mut db, access.agency(), which).await?
    } else {
        Vec::new()
    };
    let stored = row.status != YearStatus::Draft;
    let handed = sheet.as_ref().filter(|_| stored);
    let closed = in_season(year, YearAction::Submit, today)
        .and_then(|()| next(row, YearAction::Submit, YearActor::Subject))
        .err()
        .map(|refusal| refusal.to_string());
    let who = personnel(access, officer, YearActor::Authority);
    let decides = reader.authority
        && in_season(year, YearAction::Decide, today).is_ok()
        && next(row, YearAction::Decide, who).is_ok();
    let waits = to_decide(row).filter(|_| decides).zip(computed(&row.line));
    access.viewed(pool, [OfficerId(officer)], "year_sheet");
    Ok(YearSheet {
        agency: access.actor.agency_name.clone(),
        year,
        today,
        officer,
        name: row.line.name.clone(),
        title: row.line.title.clone(),
        unit_name: row.line.unit_name.clone(),
        own,
        status: row.status,
        months: handed.map_or_else(|| whole.sheet_months(officer), |sheet| sheet.months.clone()),
        mean: handed.map_or(row.line.mean, |sheet| sheet.mean),
        self_level: row.self_level,
        self_remarks: sheet
            .as_ref()
            .map_or_else(String::new, |sheet| sheet.self_remarks.clone()),
        absent_reason: sheet.as_ref().and_then(|sheet| sheet.absent_reason.clone()),
        minutes: sheet
            .as_ref()
            .filter(|_| !own || over)
            .and_then(|sheet| sheet.minutes.clone()),
        opinion: sheet
            .as_ref()
            .filter(|_| (knows && !own) || (own && over))
            .and_then(|sheet| sheet.opinion.clone()),
        back_reason: sheet.map_or_else(String::new, |sheet| sheet.back_reason),
        decisions: decisions
            .into_iter()
            .filter(|decision| !own || decision.published.is_some())
            .collect(),
        to_decide: waits.map(|((proposed, reason), computed)| ToDecide {
            proposed,
            reason,
            computed,
        }),
        closed,
        version: row.version,
    })
}

/// What the address of the list asks for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// A step; all without one.
    pub step: Option<YearStatus>,
    /// A unit; all without one.
    pub unit: Option<Uuid>,
    /// The page, from 1.
    pub page: u32,
}

/// Everybody with the step that comes next: for the personnel office and the leaders.
///
/// # Errors
/// `NotFound` for a unit without people; a rule's refusal; the database's failure.
pub async fn load_process(
    pool: &PgPool,
    access: &Access,
    (year, today): (i32, NaiveDate),
    asked: &Asked,
) -> Result<ProcessView, AppError> {
    let mut db = pool.acquire().await?;
    let whole = whole(&mut db, access, (year, today), None).await?;
    let reader = reader(&mut db, access, today).await?;
    let units = units(&whole.rows);
    if let Some(unit) = asked.unit
        && !units.iter().any(|(option, _)| option.unit == unit)
    {
        return Err(AppError::NotFound);
    }
    let inside: Vec<&Row> = whole
        .rows
        .iter()
        .filter(|row| asked.unit.is_none_or(|unit| row.line.unit == unit))
        .collect();
    let count = |keep: &dyn Fn(&Row) -> bool| {
        let kept = inside.iter().filter(|row| keep(row)).count();
        u32::try_from(kept).unwrap_or(0)
    };
    let matching: Vec<&Row> = inside
        .iter()
        .filter(|row| asked.step.is_none_or(|step| row.status == step))
        .copied()
        .collect();
    let page = asked.page.clamp(1, MOST_PAGES);
    let skipped = (usize::try_from(page).unwrap_or(1) - 1) * PER_PAGE;
    let may = |row: &Row, action, who| {
        next(row, action, personnel(access, row.line.officer, who)).is_ok()
    };
    let to_decide: Vec<Row> = whole
        .rows
        .iter()
        .filter(|row| reader.authority && may(row, YearAction::Decide, YearActor::Authority))
        .filter(|row| computed(&row.line).is_some() && to_decide(row).is_some())
        .cloned()
        .collect();
    let publisher = if reader.personnel {
        YearActor::Personnel
    } else {
        YearActor::Authority
    };
    let to_publish = whole
        .rows
        .iter()
        .filter(|row| may(row, YearAction::Publish, publisher))
        .count();
    let to_propose = whole.rows.iter().filter(|row| follows(access, row)).count();
    Ok(ProcessView {
        agency: access.actor.agency_name.clone(),
        year,
        today,
        counts: YearStatus::ALL
            .iter()
            .map(|status| (*status, count(&|row| row.status == *status)))
            .collect(),
        step: asked.step,
        to_meet: to_meet(access, &whole.rows),
        units: units.into_iter().map(|(unit, _)| unit).collect(),
        unit: asked.unit,
        gauges: whole.loaded.year.gauges.clone(),
        found: u32::try_from(matching.len()).unwrap_or(0),
        rows: matching
            .into_iter()
            .skip(skipped)
            .take(PER_PAGE)
            .cloned()
            .collect(),
        page,
        per_page: u32::try_from(PER_PAGE).unwrap_or(0),
        to_propose: u32::try_from(to_propose).unwrap_or(0),
        to_decide,
        to_publish: u32::try_from(to_publish).unwrap_or(0),
        records: reader.personnel,
        decides: reader.authority,
        publishes: reader.personnel || reader.authority,
        me: access.actor.officer.map(|me| me.0),
    })
}

/// Units by path, with their people.
fn units(rows: &[Row]) -> Vec<(UnitOption, u32)> {
    let mut by_path: BTreeMap<&str, (UnitOption, u32)> = BTreeMap::new();
    for row in rows {
        let option = UnitOption {
            unit: row.line.unit,
            name: row.line.unit_name.clone(),
            path: row.line.path.clone(),
        };
        by_path.entry(&row.line.path).or_insert((option, 0)).1 += 1;
    }
    by_path.into_values().collect()
}

fn to_meet(access: &Access, rows: &[Row]) -> Vec<(UnitOption, u32)> {
    let waiting: Vec<Row> = rows
        .iter()
        .filter(|row| {
            let who = personnel(access, row.line.officer, YearActor::Personnel);
            next(row, YearAction::RecordMeeting, who).is_ok()
        })
        .cloned()
        .collect();
    units(&waiting)
}

/// A decision for its parties: the officer once it was announced, the head of the agency, the personnel office.
///
/// # Errors
/// `NotFound` for anybody else; the database's failure.
pub async fn load_decision(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    id: Uuid,
) -> Result<DecisionView, AppError> {
    let mut db = pool.acquire().await?;
    let agency = access.agency();
    let which = Which {
        id: Some(id),
        ..Which::default()
    };
    let decision = store::decisions(&mut db, agency, which)
        .await?
        .into_iter()
        .next()
        .ok_or(AppError::NotFound)?;
    let own = access.actor.officer == Some(OfficerId(decision.officer));
    let reader = reader(&mut db, access, today).await?;
    if !(reader.personnel || reader.authority || own && decision.published.is_some()) {
        return Err(AppError::NotFound);
    }
    let whole = whole(
        &mut db,
        access,
        (decision.year, today),
        Some(decision.officer),
    )
    .await?;
    let row = whole.row(decision.officer)?;
    let which = Which {
        officer: Some(decision.officer),
        year: Some(decision.year),
        id: None,
    };
    let chain: Vec<Decision> = store::decisions(&mut db, agency, which)
        .await?
        .into_iter()
        .filter(|one| !own || one.published.is_some())
        .collect();
    let signatures = match decision.signature {
        Some(signature) => sign::store::by_id(&mut db, access.actor.agency, signature).await?,
        None => Vec::new(),
    };
    let replaces = decision.replaced_by.is_none()
        && if row.decided_above {
            reader.personnel && !own
        } else {
            reader.authority && !own
        };
    access.viewed(pool, [OfficerId(decision.officer)], "decision");
    Ok(DecisionView {
        agency: access.actor.agency_name.clone(),
        name: row.line.name.clone(),
        post: format!("{} · {}", row.line.title, row.line.unit_name),
        chain,
        signatures,
        own,
        replaces,
        decided_above: row.decided_above,
        computed: computed(&row.line),
        decision,
    })
}

/// What is public of a year in the organisation: the level, and the score only where the rule set says so (choice A32).
///
/// # Errors
/// The database's failure.
pub async fn load_publication(
    pool: &PgPool,
    access: &Access,
    (year, today): (i32, NaiveDate),
    page: u32,
) -> Result<PublicationView, AppError> {
    let mut db = pool.acquire().await?;
    let last = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(today);
    let rules = rules_of_year(&mut db, access, last.min(today)).await?;
    let with_score = rules.publication == Publication::LevelAndScore;
    let page = page.clamp(1, MOST_PAGES);
    let per_page = i64::try_from(PER_PAGE).unwrap_or(0);
    let offset = (i64::from(page) - 1) * per_page;
    let agency = access.agency();
    let (mut lines, mut counts) =
        store::publication(&mut db, (agency, year), (per_page, offset)).await?;
    if !with_score {
        for line in &mut lines {
            line.mean = None;
        }
    }
    counts.sort_by_key(|count| std::cmp::Reverse(count.0));
    Ok(PublicationView {
        agency: access.actor.agency_name.clone(),
        year,
        today,
        with_score,
        found: counts.iter().map(|(_, people)| people).sum(),
        counts,
        lines,
        page,
        per_page: u32::try_from(PER_PAGE).unwrap_or(0),
    })
}
