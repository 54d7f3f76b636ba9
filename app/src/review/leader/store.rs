//! SQL of what speaks for a leader's criteria.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use crate::error::AppError;

/// A piece of work that speaks for or against đ.
pub struct FactRow {
    /// overdue, returned or extra.
    pub what: String,
    /// Name of the product.
    pub product: String,
    /// Whose work it is.
    pub name: String,
    /// How many there are of its kind.
    pub all: i64,
}

/// Work of a unit and those below it in a month: past due and not accepted in full, returned for major errors,
/// unexpected and accepted; at most five of each, those due first first.
///
/// # Errors
/// The database's failure.
pub async fn facts(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    period: NaiveDate,
    path: &str,
    today: NaiveDate,
) -> Result<Vec<FactRow>, AppError> {
    Ok(sqlx::query_as!(
        FactRow,
        r#"with work as (
               select a.assignment_id, a.product_name, a.officer_id, a.kind, a.due_day, a.quantity - a.handed_over as owed,
                   coalesce(sum(d.quantity) filter (where d.status = 'accepted'), 0) as accepted,
                   coalesce(sum(d.failed_reviews), 0) as failed
               from assignment a
               join unit u on u.agency_id = $1 and u.unit_id = a.unit_id and starts_with(u.path, $3)
               left join deliverable d on d.agency_id = $1 and d.period = $2 and d.assignment_id = a.assignment_id
                   and d.status <> 'withdrawn'
               where a.agency_id = $1 and a.period = $2 and a.status = 'active'
               group by a.assignment_id, a.product_name, a.officer_id, a.kind, a.due_day, a.quantity, a.handed_over),
           told as (
               select 'overdue' as what, w.* from work w where w.due_day < $4 and w.accepted < w.owed
               union all select 'returned', w.* from work w where w.failed > 0
               union all select 'extra', w.* from work w where w.kind = 'ad_hoc' and w.accepted > 0),
           ranked as (
               select t.*, count(*) over (partition by t.what) as all_of_it,
                   row_number() over (partition by t.what order by t.due_day, t.assignment_id) as place
               from told t)
           select r.what as "what!", r.product_name as "product!", o.full_name as name, r.all_of_it as "all!"
           from ranked r join officer o on o.agency_id = $1 and o.officer_id = r.officer_id
           where r.place <= 5 order by r.what, r.place"#,
        agency,
        period,
        path,
        today
    )
    .fetch_all(db)
    .await?)
}

/// A subordinate without a score.
pub struct UnscoredRow {
    /// Full name.
    pub name: String,
    /// How many there are.
    pub all: i64,
}

/// Subordinates (as `assignment::figures::subordinate_scores` counts them) who have no score: of a sheet, or of a post on
/// the second day while there is no sheet; at most fifty, in the order of given names.
///
/// # Errors
/// The database's failure.
pub async fn unscored(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    (period, day): (NaiveDate, NaiveDate),
    (unit, leader, head): (Uuid, Uuid, bool),
) -> Result<Vec<UnscoredRow>, AppError> {
    Ok(sqlx::query_as!(
        UnscoredRow,
        r#"with member as (
               select s.officer_id, s.unit_id, s.role from sheet s where s.agency_id = $1 and s.period = $2
               union all
               select p.officer_id, p.unit_id, p.kind from post p
               where p.agency_id = $1 and p.from_day <= $3 and (p.until_day is null or p.until_day >= $3)
                 and not exists (select from sheet s where s.agency_id = $1 and s.period = $2 and s.officer_id = p.officer_id)),
           unscored as (
               select distinct o.officer_id, o.full_name, o.sort_key from member m
               join unit u on u.agency_id = $1 and u.unit_id = m.unit_id
               join officer o on o.agency_id = $1 and o.officer_id = m.officer_id
               left join person_month s on s.agency_id = $1 and s.period = $2 and s.officer_id = m.officer_id
               where m.officer_id <> $5 and s.score is null
                 and case when $6 then (m.unit_id = $4 and m.role <> 'head') or (u.parent_id = $4 and m.role = 'head')
                          else m.unit_id = $4 and m.role = 'staff' end)
           select full_name as name, count(*) over () as "all!" from unscored order by sort_key, officer_id limit 50"#,
        agency,
        period,
        day,
        unit,
        leader,
        head
    )
    .fetch_all(db)
    .await?)
}

/// What is recorded about a unit.
pub struct NoteRow {
    /// Its id.
    pub note: Uuid,
    /// initiative or complaint.
    pub kind: String,
    /// What it is.
    pub text: String,
    /// The document that shows it.
    pub document: String,
    /// Who recorded it.
    pub recorded_by: String,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// Who withdrew it.
    pub withdrawn_by: Option<String>,
    /// When.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Why.
    pub withdraw_reason: Option<String>,
}

/// What is recorded about a unit in a month, newest first; at most fifty.
///
/// # Errors
/// The database's failure.
pub async fn notes(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    period: NaiveDate,
    unit: Uuid,
) -> Result<Vec<NoteRow>, AppError> {
    Ok(sqlx::query_as!(
        NoteRow,
        r#"select n.note_id as note, n.kind, n.text, n.document, coalesce(ro.full_name, ra.login, '') as "recorded_by!",
               n.recorded_at, coalesce(wo.full_name, wa.login) as withdrawn_by, n.withdrawn_at, n.withdraw_reason
           from leader_note n
           left join account ra on ra.agency_id = $1 and ra.account_id = n.recorded_by
           left join officer ro on ro.agency_id = $1 and ro.officer_id = ra.officer_id
           left join account wa on wa.agency_id = $1 and wa.account_id = n.withdrawn_by
           left join officer wo on wo.agency_id = $1 and wo.officer_id = wa.officer_id
           where n.agency_id = $1 and n.period = $2 and n.unit_id = $3
           order by n.recorded_at desc, n.note_id limit 50"#,
        agency,
        period,
        unit
    )
    .fetch_all(db)
    .await?)
}

/// How many of a kind are recorded about a unit in a month and stand.
///
/// # Errors
/// The database's failure.
pub async fn standing(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    (unit, period): (Uuid, NaiveDate),
    kind: &str,
) -> Result<i64, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from leader_note
           where agency_id = $1 and period = $2 and unit_id = $3 and kind = $4 and withdrawn_at is null"#,
        agency,
        period,
        unit,
        kind
    )
    .fetch_one(db)
    .await?)
}

/// Stores a new note: its id, kind, text and document.
///
/// # Errors
/// The database's failure.
pub async fn insert(
    db: &mut PgConnection,
    agency: Uuid,
    (unit, period): (Uuid, NaiveDate),
    (note, kind, text, document): (Uuid, &str, &str, &str),
    account: Uuid,
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into leader_note (agency_id, note_id, unit_id, period, kind, text, document, recorded_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        agency,
        note,
        unit,
        period,
        kind,
        text,
        document,
        account
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A note that is about to be withdrawn.
pub struct HeldNote {
    /// Its unit.
    pub unit: Uuid,
    /// The unit's path.
    pub path: String,
    /// Its month.
    pub period: NaiveDate,
    /// Whether it was withdrawn already.
    pub withdrawn: bool,
}

/// A note, locked until the transaction ends.
///
/// # Errors
/// `NotFound`; the database's failure.
pub async fn lock(db: &mut PgConnection, agency: Uuid, note: Uuid) -> Result<HeldNote, AppError> {
    Ok(sqlx::query_as!(
        HeldNote,
        r#"select n.unit_id as unit, u.path, n.period, n.withdrawn_at is not null as "withdrawn!"
           from leader_note n join unit u on u.agency_id = $1 and u.unit_id = n.unit_id
           where n.agency_id = $1 and n.note_id = $2 for update of n"#,
        agency,
        note
    )
    .fetch_one(db)
    .await?)
}

/// Marks a note as withdrawn.
///
/// # Errors
/// The database's failure.
pub async fn withdraw(
    db: &mut PgConnection,
    agency: Uuid,
    note: Uuid,
    account: Uuid,
    reason: &str,
) -> Result<(), AppError> {
    sqlx::query!(
        "update leader_note set withdrawn_by = $3, withdrawn_at = now(), withdraw_reason = $4
         where agency_id = $1 and note_id = $2",
        agency,
        note,
        account,
        reason
    )
    .execute(db)
    .await?;
    Ok(())
}
