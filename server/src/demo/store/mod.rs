//! SQL that stores the demo agency, all of it in one transaction.

pub mod decided;
mod figures;
mod ground;
mod unit_kpi;
mod work;
mod year;

use app::audit;
use app::error::AppError;
use kpi::ids::AgencyId;
use sqlx::{PgConnection, PgPool};

use super::Plan;

/// Rows sent at once.
const CHUNK: usize = 1000;

/// What the database holds already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// No agency.
    Nothing,
    /// The demo agency and no other.
    Demo,
    /// Some other agency.
    Other,
}

/// Looks for agencies.
///
/// # Errors
/// The database's failure.
pub async fn find(pool: &PgPool) -> sqlx::Result<Found> {
    let row = sqlx::query!(
        r#"select count(*) as "all!", count(*) filter (where code = $1) as "demo!" from agency"#,
        super::AGENCY_CODE
    )
    .fetch_one(pool)
    .await?;
    Ok(match (row.all, row.demo) {
        (0, _) => Found::Nothing,
        (1, 1) => Found::Demo,
        _ => Found::Other,
    })
}

/// Writes the plan; nothing is written when anything fails. `hash` is that of the password of every account.
/// Returns false, and writes nothing, when an agency appeared meanwhile.
///
/// # Errors
/// The database's failure.
pub async fn write(pool: &PgPool, plan: &Plan, hash: &str) -> Result<bool, AppError> {
    let mut transaction = pool.begin().await?;
    let db: &mut PgConnection = &mut transaction;
    // Two servers that start at once on one empty database make one agency.
    sqlx::query!("lock table agency in exclusive mode")
        .execute(&mut *db)
        .await?;
    let empty = sqlx::query_scalar!(r#"select not exists (select from agency) as "empty!""#)
        .fetch_one(&mut *db)
        .await?;
    if !empty {
        return Ok(false);
    }
    ground::agency(db, &plan.agencies).await?;
    ground::unit(db, &plan.units).await?;
    ground::task_group(db, &plan.task_groups).await?;
    ground::officer(db, &plan.officers).await?;
    ground::post(db, &plan.posts).await?;
    ground::account(db, &plan.accounts, hash).await?;
    ground::holiday(db, &plan.holidays).await?;
    ground::catalogue(db, &plan.catalogues).await?;
    ground::product_group(db, &plan.product_groups).await?;
    ground::product(db, &plan.products).await?;
    ground::period(db, &plan.periods).await?;
    ground::left_out(db, &plan.left_out).await?;
    work::assignment(db, &plan.assignments).await?;
    work::progress_report(db, &plan.progress_reports).await?;
    work::deliverable(db, &plan.deliverables).await?;
    work::delivery(db, &plan.deliveries).await?;
    work::cause(db, &plan.causes).await?;
    work::evidence(db, &plan.evidence).await?;
    figures::sheet(db, &plan.sheets).await?;
    figures::sheet_criterion(db, &plan.sheet_criteria).await?;
    figures::person_month(db, &plan.person_months).await?;
    figures::unit_month(db, &plan.unit_months).await?;
    year::absence(db, &plan.absences).await?;
    year::outside_month(db, &plan.outside_months).await?;
    year::year_blocker(db, &plan.year_blockers).await?;
    work::notification(db, &plan.notifications).await?;
    unit_kpi::indicator(db, &plan.indicators).await?;
    unit_kpi::indicator_actual(db, &plan.indicator_actuals).await?;
    unit_kpi::unit_basic(db, &plan.unit_basics).await?;
    unit_kpi::unit_year(db, &plan.unit_years).await?;
    // Until the rows are counted, the next statements would be planned for empty tables.
    sqlx::raw_sql(
        "analyze unit, post, assignment, deliverable, delivery, sheet, sheet_criterion, person_month",
    )
    .execute(&mut *db)
    .await?;
    for agency in &plan.agencies {
        figures::sheet_version(db, agency.agency_id).await?;
        unit_kpi::decisions(db, agency.agency_id, &plan.unit_decisions).await?;
    }
    super::decided::tell(db, plan).await?;
    if let Some(agency) = plan.agencies.first() {
        let subject = ("agency", Some(agency.agency_id));
        let nobody = audit::Actor::default();
        let detail = serde_json::json!({ "name": agency.name });
        audit::write(
            db,
            AgencyId(agency.agency_id),
            nobody,
            "demo.create",
            subject,
            detail,
        )
        .await?;
    }
    transaction.commit().await?;
    Ok(true)
}
