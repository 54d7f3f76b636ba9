//! The sheets of a month when its results are announced and locked.

use kpi::ids::{AgencyId, OfficerId};
use kpi::period::Period;
use kpi::review::SheetStatus;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::AppError;

/// Most people whose results one act announces.
const MOST: i64 = 100_000;

/// A sheet that is neither confirmed nor left out.
#[derive(Clone, Debug)]
pub struct Unfinished {
    /// Whose.
    pub officer: Uuid,
    /// Full name.
    pub name: String,
    /// Name of the unit.
    pub unit: String,
    /// It was sent, and waits for the head.
    pub sent: bool,
}

/// Waits for the writes of a month that are under way; later ones find its new state.
///
/// # Errors
/// The database's failure.
pub async fn wait_for_writes(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
) -> Result<(), AppError> {
    sqlx::query!(
        "select from sheet where agency_id = $1 and period = $2 order by officer_id for update",
        agency.0,
        period.first_day()
    )
    .fetch_all(db)
    .await?;
    Ok(())
}

/// Sheets below a path ("/" is everybody) that are neither confirmed nor left out, sent ones first.
///
/// # Errors
/// The database's failure.
pub async fn unfinished(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
    path: &str,
) -> Result<Vec<Unfinished>, AppError> {
    Ok(sqlx::query_as!(
        Unfinished,
        r#"select o.officer_id as officer, o.full_name as name, u.name as unit, s.status = 'self_assessed' as "sent!"
           from sheet s
           join unit u on u.agency_id = $1 and u.unit_id = s.unit_id
           join officer o on o.agency_id = $1 and o.officer_id = s.officer_id
           where s.agency_id = $1 and s.period = $2 and s.status in ('draft', 'self_assessed') and starts_with(u.path, $3)
             and not exists (select from period_left_out l
                 where l.agency_id = $1 and l.period = $2 and l.officer_id = s.officer_id)
           order by s.status desc, u.path collate "C", o.sort_key, o.officer_id limit $4"#,
        agency.0,
        period.first_day(),
        path,
        MOST
    )
    .fetch_all(db)
    .await?)
}

/// Records who is left out of the announcement, each with the reason.
///
/// # Errors
/// The database's failure.
pub async fn leave_out(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
    people: &[(Uuid, String)],
    by: Uuid,
) -> Result<(), AppError> {
    let (officers, reasons): (Vec<Uuid>, Vec<String>) = people.iter().cloned().unzip();
    sqlx::query!(
        "insert into period_left_out (agency_id, period, officer_id, reason, left_out_by)
         select $1, $2, officer, reason, $5 from unnest($3::uuid[], $4::text[]) as given (officer, reason)",
        agency.0,
        period.first_day(),
        &officers,
        &reasons,
        by
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A confirmed sheet that an announcement is about.
#[derive(Clone, Debug)]
pub struct Confirmed {
    /// Whose.
    pub officer: Uuid,
    /// Number of the signed version that is announced; none for one from before versions were kept.
    pub version: Option<i32>,
}

/// Confirmed sheets below a path ("/" is everybody), by officer. The caller holds them ([`wait_for_writes`]).
///
/// # Errors
/// The database's failure.
pub async fn confirmed(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
    path: &str,
) -> Result<Vec<Confirmed>, AppError> {
    Ok(sqlx::query_as!(
        Confirmed,
        r#"select s.officer_id as officer,
                  (select max(v.version_no) from sheet_version v
                   where v.agency_id = $1 and v.period = $2 and v.officer_id = s.officer_id) as version
           from sheet s
           join unit u on u.agency_id = $1 and u.unit_id = s.unit_id
           where s.agency_id = $1 and s.period = $2 and s.status = 'confirmed' and starts_with(u.path, $3)
           order by s.officer_id limit $4"#,
        agency.0,
        period.first_day(),
        path,
        MOST
    )
    .fetch_all(db)
    .await?)
}

/// Takes the sheets below a path one step further (`kpi::review::SHEET_TRANSITIONS`), from confirmed to announced or
/// from announced to locked, and tells every screen; `announcement` is the signature that announces them. Returns whose
/// went.
///
/// # Errors
/// The database's failure.
pub async fn step_sheets(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
    path: &str,
    (from, to): (SheetStatus, SheetStatus),
    announcement: Option<Uuid>,
) -> Result<Vec<OfficerId>, AppError> {
    let officers = sqlx::query_scalar!(
        r#"with gone as (
            update sheet s set status = $5, version = s.version + 1,
                locked_at = case when $5 = 'locked' then now() else s.locked_at end,
                announcement_id = coalesce($6, s.announcement_id)
            from unit u
            where s.agency_id = $1 and s.period = $2 and s.status = $4
              and u.agency_id = $1 and u.unit_id = s.unit_id and starts_with(u.path, $3)
            returning s.officer_id, s.unit_id
        ),
        shown as (
            update person_month m set sheet_status = $5 from gone
            where m.agency_id = $1 and m.period = $2 and m.officer_id = gone.officer_id
        ),
        told as (
            insert into change (agency_id, period, unit_id, officer_id, kind)
            select $1, $2, unit_id, officer_id, case $5 when 'locked' then 'lock' else 'announce' end from gone
        )
        select officer_id as "officer_id!" from gone"#,
        agency.0,
        period.first_day(),
        path,
        from.as_str(),
        to.as_str(),
        announcement
    )
    .fetch_all(db)
    .await?;
    Ok(officers.into_iter().map(OfficerId).collect())
}

/// How many sheets of a month are neither confirmed nor announced.
///
/// # Errors
/// The database's failure.
pub async fn count_unconfirmed(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
) -> Result<i64, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "left!" from sheet
           where agency_id = $1 and period = $2 and status in ('draft', 'self_assessed')"#,
        agency.0,
        period.first_day()
    )
    .fetch_one(db)
    .await?)
}

/// Leaves the same notification with many people.
///
/// # Errors
/// The database's failure.
pub async fn tell(
    db: &mut PgConnection,
    agency: AgencyId,
    officers: &[OfficerId],
    text: &str,
    link: impl Fn(OfficerId) -> String,
) -> Result<(), AppError> {
    let ids: Vec<Uuid> = officers.iter().map(|_| Uuid::now_v7()).collect();
    let people: Vec<Uuid> = officers.iter().map(|officer| officer.0).collect();
    let links: Vec<String> = officers.iter().map(|officer| link(*officer)).collect();
    sqlx::query!(
        "insert into notification (agency_id, notification_id, officer_id, text, link)
         select $1, id, officer, $4, link from unnest($2::uuid[], $3::uuid[], $5::text[]) as given (id, officer, link)",
        agency.0,
        &ids,
        &people,
        text,
        &links
    )
    .execute(db)
    .await?;
    Ok(())
}
