//! Reporting progress on an own assignment.

use chrono::NaiveDate;
use kpi::assignment::check_progress;
use rust_decimal::Decimal;
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

use super::Scene;
use crate::assignment::store::find;
use crate::assignment::typed;
use crate::error::AppError;
use crate::format;
use crate::progress::store;
use crate::progress::wire::Reported;

/// A progress report as typed.
#[derive(Clone, Debug)]
pub struct Report {
    /// The own assignment.
    pub assignment: Uuid,
    /// Quantity done so far.
    pub quantity_done: Decimal,
    /// Day of the work.
    pub work_day: NaiveDate,
    /// Note.
    pub note: String,
    /// Version of the assignment that was shown.
    pub version: i32,
}

impl Report {
    /// Reads a report as typed.
    ///
    /// # Errors
    /// `Invalid` with the field.
    pub fn read(
        assignment: Uuid,
        quantity_done: &str,
        work_day: &str,
        note: &str,
        version: i32,
    ) -> Result<Self, AppError> {
        Ok(Self {
            assignment,
            quantity_done: typed::number("quantity_done", quantity_done)?,
            work_day: typed::day("work_day", work_day)?,
            note: typed::text("note", note, typed::LONGEST_TEXT)?,
            version,
        })
    }
}

/// Records progress on an own assignment.
///
/// # Errors
/// `Invalid` with the field; `Conflict` with both values when the assignment moved since it was shown; `NotFound` for
/// another person's.
pub async fn report(
    pool: &PgPool,
    scene: Scene<'_>,
    report: &Report,
) -> Result<Reported, AppError> {
    let Some((mut db, month)) = scene.begin(pool).await? else {
        return as_it_stands(pool, scene, report.assignment).await;
    };
    typed::work_day_within(scene.period, scene.today, report.work_day)?;
    let assigned = scene.assignment(&mut db, &month, report.assignment).await?;
    if assigned.version != report.version {
        return Err(AppError::Conflict {
            current: done_in_words(assigned.quantity_done, assigned.work_day),
            yours: done_in_words(report.quantity_done, Some(report.work_day)),
        });
    }
    let typed_done = format::number(report.quantity_done, 12);
    check_progress(
        assigned.quantity,
        assigned.handed_over,
        report.quantity_done,
    )
    .map_err(typed::refused("quantity_done", &typed_done))?;
    if report.quantity_done < assigned.delivered {
        return Err(AppError::invalid(
            "quantity_done",
            format!(
                "Đã bàn giao {}, nên số hoàn thành không thể ít hơn.",
                format::number(assigned.delivered, 4)
            ),
            typed_done,
        ));
    }
    let row = store::Reported {
        assignment: report.assignment,
        quantity_done: report.quantity_done,
        work_day: report.work_day,
        note: &report.note,
    };
    let version = store::report(&mut db, &month, &row).await?;
    let detail = json!({ "period": scene.period.to_string(), "product": assigned.code });
    let subject = ("assignment", report.assignment);
    scene
        .finish(db, &month, "report_progress", subject, detail)
        .await?;
    Ok(Reported {
        version,
        done: report.quantity_done.normalize(),
        key: Uuid::now_v7(),
    })
}

/// The own assignment as it is stored: the answer to a form that was carried out before.
async fn as_it_stands(
    pool: &PgPool,
    scene: Scene<'_>,
    assignment: Uuid,
) -> Result<Reported, AppError> {
    let mut db = pool.acquire().await?;
    let agency = scene.access.actor.agency;
    let assigned = find(&mut db, agency, scene.period, assignment).await?;
    if assigned.officer != scene.access.officer()?.0 {
        return Err(AppError::NotFound);
    }
    Ok(Reported {
        version: assigned.version,
        done: assigned.quantity_done.normalize(),
        key: Uuid::now_v7(),
    })
}

fn done_in_words(quantity: Decimal, day: Option<NaiveDate>) -> String {
    let quantity = format::number(quantity, 4);
    day.map_or_else(
        || format!("đã làm {quantity}"),
        |day| format!("đã làm {quantity}, ngày {}", format::day(day)),
    )
}
