//! SQL of decisions about years: they are added, announced and replaced, never changed.

use chrono::NaiveDate;
use kpi::level::Level;
use rust_decimal::Decimal;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::AppError;
use crate::format::{moment, vietnam};
use crate::rating::process::wire::{Decision, PublicLine};

/// Which decisions are read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Which {
    /// Of one officer.
    pub officer: Option<Uuid>,
    /// Of one year.
    pub year: Option<i32>,
    /// One of them.
    pub id: Option<Uuid>,
}

/// Decisions of an agency, newest first for each officer.
///
/// # Errors
/// The database's failure.
pub async fn decisions(
    db: &mut PgConnection,
    agency: Uuid,
    which: Which,
) -> Result<Vec<Decision>, AppError> {
    let rows = sqlx::query!(
        r#"select d.decision_id, d.officer_id, d.year, d.number, d.decided_on, d.level, d.computed_level, d.mean, d.reason, d.handling,
                  d.signature_id, coalesce(o.full_name, d.outside_authority, '') as "by!", d.supersedes, d.supersede_reason,
                  d.replaced_by, d.published_at
           from year_decision d
           left join officer o on o.agency_id = d.agency_id and o.officer_id = d.decided_by
           where d.agency_id = $1 and ($2::uuid is null or d.officer_id = $2) and ($3::integer is null or d.year = $3)
             and ($4::uuid is null or d.decision_id = $4)
           order by d.officer_id, d.recorded_at desc, d.decision_id desc"#,
        agency,
        which.officer,
        which.year,
        which.id
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Decision {
                id: row.decision_id,
                officer: row.officer_id,
                year: row.year,
                number: row.number,
                day: row.decided_on,
                level: row.level.parse().map_err(AppError::inner)?,
                computed: row.computed_level.parse().map_err(AppError::inner)?,
                mean: row.mean,
                reason: row.reason,
                handling: row.handling,
                by: row.by,
                signature: row.signature_id,
                supersedes: row.supersedes.zip(row.supersede_reason),
                replaced_by: row.replaced_by,
                published: row.published_at.map(moment),
                published_on: row.published_at.map(|at| vietnam(at).date()),
            })
        })
        .collect()
}

/// A decision to store.
#[derive(Clone, Debug)]
pub struct NewDecision {
    /// Its id.
    pub id: Uuid,
    /// About whom.
    pub officer: Uuid,
    /// What it says.
    pub level: Level,
    /// What the rules computed.
    pub computed: Level,
    /// Mean of the year.
    pub mean: Option<Decimal>,
    /// Why it departs.
    pub reason: String,
    /// What is done with the result.
    pub handling: String,
}

/// Who decided.
#[derive(Clone, Debug)]
pub enum By {
    /// The head of this agency, with his signature.
    Here {
        /// The officer.
        officer: Uuid,
        /// The signature.
        signature: Uuid,
    },
    /// The managing agency.
    Above(String),
}

/// The paper that decisions stand on.
#[derive(Clone, Debug)]
pub struct Paper {
    /// The agency.
    pub agency: Uuid,
    /// The year.
    pub year: i32,
    /// Its number.
    pub number: String,
    /// Its day.
    pub day: NaiveDate,
    /// Who decided.
    pub by: By,
    /// The account that entered it.
    pub account: Uuid,
}

/// Stores the decisions of a paper, as one statement.
///
/// # Errors
/// The database's failure.
pub async fn insert_decisions(
    db: &mut PgConnection,
    paper: &Paper,
    new: &[NewDecision],
) -> Result<(), AppError> {
    let list: Vec<Value> = new
        .iter()
        .map(|one| {
            serde_json::json!({
                "id": one.id, "officer": one.officer, "level": one.level.as_str(), "computed": one.computed.as_str(),
                "mean": one.mean, "reason": one.reason, "handling": one.handling
            })
        })
        .collect();
    let (officer, signature, above) = parties(&paper.by);
    sqlx::query!(
        "insert into year_decision (agency_id, decision_id, year, officer_id, number, decided_on, level, computed_level, mean,
                reason, handling, signature_id, outside_authority, decided_by, recorded_by)
         select $1, n.id, $2, n.officer, $3, $4, n.level, n.computed, n.mean, n.reason, n.handling, $5, $6, $7, $8
         from jsonb_to_recordset($9) as n(id uuid, officer uuid, level text, computed text, mean numeric, reason text, handling text)",
        paper.agency,
        paper.year,
        paper.number,
        paper.day,
        signature,
        above,
        officer,
        paper.account,
        Value::Array(list)
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores a decision in the place of another one (khoản 3 Điều 21), announced at once where that one was.
///
/// # Errors
/// The database's failure.
pub async fn replace(
    db: &mut PgConnection,
    paper: &Paper,
    new: &NewDecision,
    (old, why, announced): (Uuid, &str, bool),
) -> Result<(), AppError> {
    sqlx::query!(
        "update year_decision set replaced_by = $3 where agency_id = $1 and decision_id = $2",
        paper.agency,
        old,
        new.id
    )
    .execute(&mut *db)
    .await?;
    let (officer, signature, above) = parties(&paper.by);
    sqlx::query!(
        "insert into year_decision (agency_id, decision_id, year, officer_id, number, decided_on, level, computed_level, mean,
                reason, handling, signature_id, outside_authority, decided_by, recorded_by, supersedes, supersede_reason, published_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, case when $18 then now() end)",
        paper.agency,
        new.id,
        paper.year,
        new.officer,
        paper.number,
        paper.day,
        new.level.as_str(),
        new.computed.as_str(),
        new.mean,
        new.reason,
        new.handling,
        signature,
        above,
        officer,
        paper.account,
        old,
        why,
        announced
    )
    .execute(db)
    .await?;
    Ok(())
}

fn parties(by: &By) -> (Option<Uuid>, Option<Uuid>, Option<&str>) {
    match by {
        By::Here { officer, signature } => (Some(*officer), Some(*signature), None),
        By::Above(name) => (None, None, Some(name)),
    }
}

/// Marks the decisions of these people as announced now.
///
/// # Errors
/// The database's failure.
pub async fn announce(
    db: &mut PgConnection,
    (agency, year): (Uuid, i32),
    officers: &[Uuid],
) -> Result<(), AppError> {
    sqlx::query!(
        "update year_decision set published_at = now()
         where agency_id = $1 and year = $2 and officer_id = any($3) and replaced_by is null and published_at is null",
        agency,
        year,
        officers
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What is public of a year: people by unit and name, from `offset` on, with the number of all for each level.
///
/// # Errors
/// The database's failure.
pub async fn publication(
    db: &mut PgConnection,
    (agency, year): (Uuid, i32),
    (limit, offset): (i64, i64),
) -> Result<(Vec<PublicLine>, Vec<(Level, u32)>), AppError> {
    let counted = sqlx::query!(
        r#"select level, count(*) as "people!" from year_decision
           where agency_id = $1 and year = $2 and replaced_by is null and published_at is not null group by level"#,
        agency,
        year
    )
    .fetch_all(&mut *db)
    .await?;
    let rows = sqlx::query!(
        r#"select o.full_name, coalesce(p.title, '') as "title!", u.name as unit_name, d.level, d.number, d.decided_on, d.mean
           from year_decision d
           join year_sheet s on s.agency_id = d.agency_id and s.year = d.year and s.officer_id = d.officer_id
           join officer o on o.agency_id = d.agency_id and o.officer_id = d.officer_id
           join unit u on u.agency_id = s.agency_id and u.unit_id = s.unit_id
           left join lateral (
               select p.title from post p
               where p.agency_id = d.agency_id and p.officer_id = d.officer_id and p.unit_id = s.unit_id
               order by p.from_day desc, p.post_id desc limit 1) p on true
           where d.agency_id = $1 and d.year = $2 and d.replaced_by is null and d.published_at is not null
           order by u.path, o.sort_key, o.code, o.officer_id limit $3 offset $4"#,
        agency,
        year,
        limit,
        offset
    )
    .fetch_all(db)
    .await?;
    let lines = rows
        .into_iter()
        .map(|row| {
            Ok(PublicLine {
                name: row.full_name,
                title: row.title,
                unit_name: row.unit_name,
                level: row.level.parse().map_err(AppError::inner)?,
                decision: format!("{} ngày {}", row.number, crate::format::day(row.decided_on)),
                mean: row.mean,
            })
        })
        .collect::<Result<_, AppError>>()?;
    let counts = counted
        .into_iter()
        .map(|row| {
            let level = row.level.parse().map_err(AppError::inner)?;
            Ok((level, u32::try_from(row.people).unwrap_or(0)))
        })
        .collect::<Result<_, AppError>>()?;
    Ok((lines, counts))
}
