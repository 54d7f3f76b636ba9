//! Who assigns to, decides about and scores whom: khoản 1 Điều 10 NĐ 335/2025/NĐ-CP.

use chrono::NaiveDate;
use kpi::ids::OfficerId;
use kpi::permission::may_decide;
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::auth::Access;
use crate::error::AppError;

/// The direct superior of an officer on `day` (điểm a, b, c khoản 1 Điều 10).
///
/// Staff and deputies answer to the head of their unit, a head to the head of the nearest unit above. While a
/// unit has no head, the nearest unit above that has one answers for it: somebody must be able to decide.
/// `None` for the head of the root, whose superior belongs to the managing agency, and for an officer without a post.
///
/// # Errors
/// The database's failure.
pub async fn direct_superior(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    officer: OfficerId,
    day: NaiveDate,
) -> Result<Option<OfficerId>, AppError> {
    let found = direct_superiors(db, agency, &[officer.0], day).await?;
    Ok(found.into_iter().next().map(|(_, superior)| superior))
}

/// Of several officers those who have a direct superior, each with him; otherwise as [`direct_superior`].
///
/// # Errors
/// The database's failure.
pub async fn direct_superiors(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    officers: &[Uuid],
    day: NaiveDate,
) -> Result<Vec<(OfficerId, OfficerId)>, AppError> {
    let rows = sqlx::query!(
        r#"select o.officer_id as "officer!", superior.officer_id as superior
           from unnest($2::uuid[]) as o (officer_id)
           cross join lateral (
             select p.kind, u.path from post p
             join unit u on u.agency_id = p.agency_id and u.unit_id = p.unit_id
             where p.agency_id = $1 and p.officer_id = o.officer_id
               and p.from_day <= $3 and (p.until_day is null or p.until_day >= $3)
             order by array_position(array['head', 'deputy', 'staff'], p.kind), p.from_day desc, p.post_id desc
             limit 1) own
           cross join lateral (
             select h.officer_id from unit above
             join post h on h.agency_id = $1 and h.unit_id = above.unit_id and h.kind = 'head' and h.officer_id <> o.officer_id
                  and h.from_day <= $3 and (h.until_day is null or h.until_day >= $3)
             where above.agency_id = $1 and starts_with(own.path, above.path)
                  and (own.kind <> 'head' or above.path <> own.path)
             order by length(above.path) desc, h.from_day desc, h.post_id desc
             limit 1) superior"#,
        agency,
        officers,
        day
    )
    .fetch_all(db)
    .await?;
    let pairs = rows.into_iter();
    Ok(pairs
        .map(|row| (OfficerId(row.officer), OfficerId(row.superior)))
        .collect())
}

/// Refuses everyone but the direct superior of `officer` on `day`; nobody decides about himself.
///
/// # Errors
/// `Forbidden`, or the database's failure.
pub async fn require_superior(
    db: impl PgExecutor<'_>,
    access: &Access,
    officer: OfficerId,
    day: NaiveDate,
) -> Result<(), AppError> {
    let actor = access.officer()?;
    if !may_decide(actor, officer) {
        return Err(AppError::Forbidden);
    }
    match direct_superior(db, access.agency(), officer, day).await? {
        Some(superior) if superior == actor => Ok(()),
        _ => Err(AppError::Forbidden),
    }
}
