//! SQL of evidence.

use kpi::ids::AgencyId;
use kpi::period::Period;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use crate::assignment::month_lock::Month;
use crate::error::AppError;

/// What is added.
#[derive(Clone, Copy, Debug)]
pub struct NewEvidence<'a> {
    /// document, link or file.
    pub kind: &'a str,
    /// The document's number, the link, or the file's name.
    pub label: &'a str,
    /// Media type and content of a file.
    pub file: Option<(&'a str, &'a [u8])>,
}

/// Pieces of evidence of an assignment.
///
/// # Errors
/// The database's failure.
pub async fn count(
    db: &mut PgConnection,
    month: &Month,
    assignment: Uuid,
) -> Result<i64, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from evidence where agency_id = $1 and period = $2 and assignment_id = $3"#,
        month.agency.0,
        month.period.first_day(),
        assignment
    )
    .fetch_one(db)
    .await?)
}

/// Adds a piece of evidence.
///
/// # Errors
/// The database's failure.
pub async fn insert(
    db: &mut PgConnection,
    month: &Month,
    assignment: Uuid,
    new: NewEvidence<'_>,
) -> Result<Uuid, AppError> {
    // Its address is random, so that one cannot be guessed from another.
    let id = Uuid::from_u128(rand::random());
    let size = new.file.map_or(0, |(_, content)| {
        i32::try_from(content.len()).unwrap_or(i32::MAX)
    });
    sqlx::query!(
        "insert into evidence (agency_id, period, evidence_id, assignment_id, officer_id, kind, label, media_type,
            content, size, added_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $5)",
        month.agency.0,
        month.period.first_day(),
        id,
        assignment,
        month.officer.0,
        new.kind,
        new.label,
        new.file.map(|(media, _)| media),
        new.file.map(|(_, content)| content),
        size
    )
    .execute(db)
    .await?;
    Ok(id)
}

/// Removes an officer's own piece of evidence; its label, if it was there.
///
/// # Errors
/// `NotFound`; the database's failure.
pub async fn remove(
    db: &mut PgConnection,
    month: &Month,
    evidence: Uuid,
) -> Result<(Uuid, String), AppError> {
    let row = sqlx::query!(
        "delete from evidence where agency_id = $1 and period = $2 and evidence_id = $3 and officer_id = $4
         returning assignment_id, label",
        month.agency.0,
        month.period.first_day(),
        evidence,
        month.officer.0
    )
    .fetch_one(db)
    .await?;
    Ok((row.assignment_id, row.label))
}

/// A file with whose it is.
pub struct File {
    /// Whose it is.
    pub officer: Uuid,
    /// Path of the unit in which it was assigned.
    pub path: String,
    /// Its name.
    pub label: String,
    /// Its media type.
    pub media: String,
    /// Its content.
    pub content: Vec<u8>,
}

/// Whose a file is: asked before its content is read.
///
/// # Errors
/// `NotFound`; the database's failure.
pub async fn find(
    pool: &PgPool,
    agency: AgencyId,
    period: Period,
    evidence: Uuid,
) -> Result<File, AppError> {
    Ok(sqlx::query_as!(
        File,
        r#"select e.officer_id as officer, u.path, e.label, coalesce(e.media_type, '') as "media!",
               coalesce(e.content, '') as "content!"
           from evidence e
           join assignment a on a.agency_id = e.agency_id and a.period = e.period and a.assignment_id = e.assignment_id
           join unit u on u.agency_id = a.agency_id and u.unit_id = a.unit_id
           where e.agency_id = $1 and e.period = $2 and e.evidence_id = $3 and e.kind = 'file'"#,
        agency.0,
        period.first_day(),
        evidence
    )
    .fetch_one(pool)
    .await?)
}
