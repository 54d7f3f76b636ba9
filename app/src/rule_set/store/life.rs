//! The life of an agency's rule sets: listed, drafted, changed, approved.

use chrono::{DateTime, NaiveDate, Utc};
use kpi::ids::AgencyId;
use kpi::period::Period;
use kpi::rule_set::RuleSet;
use serde_json::Value;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use crate::auth::Access;
use crate::error::AppError;

/// A rule set of the agency, without its content.
#[derive(Clone, Debug)]
pub struct SetRow {
    /// Its id.
    pub rule_set: Uuid,
    /// By which sheets name it.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The document it rests on.
    pub legal_basis: String,
    /// draft, approved or superseded.
    pub status: String,
    /// First day it scores.
    pub effective_from: Option<NaiveDate>,
    /// The account that wrote it.
    pub author: Uuid,
    /// Who that is.
    pub author_name: String,
    /// Who approved it.
    pub approver_name: Option<String>,
    /// When.
    pub approved_at: Option<DateTime<Utc>>,
    /// By which decision.
    pub decision: Option<String>,
    /// Version of the row.
    pub version: i32,
}

/// The rule sets of the agency, newest first; at most 200.
///
/// # Errors
/// The database's failure.
pub async fn list(db: impl PgExecutor<'_>, agency: AgencyId) -> Result<Vec<SetRow>, AppError> {
    Ok(sqlx::query_as!(
        SetRow,
        r#"select r.rule_set_id as rule_set, r.code, r.name, r.legal_basis, r.status, r.effective_from, r.author,
               coalesce(ao.full_name, aa.login, '') as "author_name!", coalesce(bo.full_name, ba.login) as approver_name,
               r.approved_at, r.decision, r.version
           from rule_set r
           left join account aa on aa.agency_id = $1 and aa.account_id = r.author
           left join officer ao on ao.agency_id = $1 and ao.officer_id = aa.officer_id
           left join account ba on ba.agency_id = $1 and ba.account_id = r.approved_by
           left join officer bo on bo.agency_id = $1 and bo.officer_id = ba.officer_id
           where r.agency_id = $1
           order by r.effective_from desc nulls first, r.created_at desc
           limit 200"#,
        agency.0
    )
    .fetch_all(db)
    .await?)
}

/// What a draft holds, locked until the transaction ends.
#[derive(Clone, Debug)]
pub struct Content {
    /// Its id.
    pub rule_set: Uuid,
    /// draft, approved or superseded.
    pub status: String,
    /// The account that wrote it.
    pub author: Uuid,
    /// Version of the row.
    pub version: i32,
    /// kpi::rule_set::RuleSet.
    pub content: Value,
    /// Reason by path.
    pub reasons: Value,
}

/// A rule set of the agency for a change.
///
/// # Errors
/// `NotFound`; the database's failure.
pub async fn lock(
    db: &mut PgConnection,
    agency: AgencyId,
    code: &str,
) -> Result<Content, AppError> {
    Ok(sqlx::query_as!(
        Content,
        "select rule_set_id as rule_set, status, author, version, content, reasons from rule_set
         where agency_id = $1 and code = $2 for update",
        agency.0,
        code
    )
    .fetch_one(db)
    .await?)
}

/// Reasons of a rule set of the agency, by path of the field.
///
/// # Errors
/// The database's failure.
pub async fn reasons(
    db: impl PgExecutor<'_>,
    agency: AgencyId,
    code: &str,
) -> Result<Value, AppError> {
    let found = sqlx::query_scalar!(
        "select reasons from rule_set where agency_id = $1 and code = $2",
        agency.0,
        code
    );
    Ok(found.fetch_optional(db).await?.unwrap_or_default())
}

/// Stores a new draft under the next code of the agency, which it gives back and which `content` then names.
///
/// # Errors
/// The database's failure.
pub async fn insert(
    db: &mut PgConnection,
    access: &Access,
    copied_from: &str,
    mut set: RuleSet,
    reasons: Value,
) -> Result<String, AppError> {
    let agency = access.actor.agency.0;
    // Two copies at once must not take the same number.
    sqlx::query!(
        "select agency_id from agency where agency_id = $1 for update",
        agency
    )
    .fetch_one(&mut *db)
    .await?;
    let next = sqlx::query_scalar!(
        r#"select coalesce(max(substring(code from '^quy-tac-(\d{1,9})$')::integer), 0) + 1 as "next!"
           from rule_set where agency_id = $1"#,
        agency
    )
    .fetch_one(&mut *db)
    .await?;
    set.code = format!("quy-tac-{next}");
    sqlx::query!(
        "insert into rule_set (agency_id, rule_set_id, code, name, legal_basis, content, reasons, copied_from, author)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        agency,
        Uuid::now_v7(),
        set.code,
        set.name,
        set.legal_basis,
        serde_json::to_value(&set).map_err(AppError::inner)?,
        reasons,
        copied_from,
        access.actor.account.0
    )
    .execute(db)
    .await?;
    Ok(set.code)
}

/// Stores the content of a draft.
///
/// # Errors
/// The database's failure.
pub async fn update(
    db: &mut PgConnection,
    agency: AgencyId,
    id: Uuid,
    set: &RuleSet,
    reasons: Value,
) -> Result<(), AppError> {
    sqlx::query!(
        "update rule_set set name = $3, legal_basis = $4, content = $5, reasons = $6, updated_at = now(),
            version = version + 1
         where agency_id = $1 and rule_set_id = $2",
        agency.0,
        id,
        set.name,
        set.legal_basis,
        serde_json::to_value(set).map_err(AppError::inner)?,
        reasons
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Deletes a draft.
///
/// # Errors
/// The database's failure.
pub async fn delete(db: &mut PgConnection, agency: AgencyId, id: Uuid) -> Result<(), AppError> {
    sqlx::query!(
        "delete from rule_set where agency_id = $1 and rule_set_id = $2",
        agency.0,
        id
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Marks a draft as approved from a day on; one that was in force before is superseded then.
///
/// # Errors
/// The database's failure.
pub async fn approve(
    db: &mut PgConnection,
    access: &Access,
    id: Uuid,
    from: NaiveDate,
    decision: &str,
) -> Result<(), AppError> {
    let agency = access.actor.agency.0;
    sqlx::query!(
        "update rule_set set status = 'approved', effective_from = $3, decision = $4, approved_by = $5,
            approved_at = now(), version = version + 1
         where agency_id = $1 and rule_set_id = $2",
        agency,
        id,
        from,
        decision,
        access.actor.account.0
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update rule_set r set status = case when exists (select from rule_set n where n.agency_id = $1
                and n.status <> 'draft' and n.effective_from > r.effective_from) then 'superseded' else 'approved' end
         where r.agency_id = $1 and r.status <> 'draft'",
        agency
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How far the months of an agency are.
#[derive(Clone, Copy, Debug, Default)]
pub struct LastMonths {
    /// The last month that is closed or has a confirmed sheet.
    pub signed: Option<Period>,
    /// The last month that is closed or has any sheet: rules may change only after it.
    pub begun: Option<Period>,
}

/// How far the months of an agency are.
///
/// # Errors
/// The database's failure.
pub async fn last_months(
    db: impl PgExecutor<'_>,
    agency: AgencyId,
) -> Result<LastMonths, AppError> {
    let row = sqlx::query!(
        "select greatest(c.closed, s.signed) as signed, greatest(c.closed, s.begun) as begun
         from (select max(period) as closed from period where agency_id = $1 and status in ('announced', 'locked')) c,
             (select max(period) as begun, max(period) filter (where status in ('confirmed', 'announced', 'locked')) as signed
              from sheet where agency_id = $1) s",
        agency.0
    )
    .fetch_one(db)
    .await?;
    let month = |day: Option<NaiveDate>| {
        day.map(|day| Period::from_first_day(day).map_err(AppError::inner))
            .transpose()
    };
    Ok(LastMonths {
        signed: month(row.signed)?,
        begun: month(row.begun)?,
    })
}
