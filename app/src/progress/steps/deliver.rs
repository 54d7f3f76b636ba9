//! Delivering, delivering again, and taking back.

use chrono::NaiveDate;
use kpi::assignment::{
    DeliverableAction, DeliverableStatus, StepError, check_delivery, deliverable_step, may_withdraw,
};
use rust_decimal::Decimal;
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

use super::Scene;
use crate::assignment::typed;
use crate::error::AppError;
use crate::format;
use crate::progress::store::{self, Deliverable};

/// Most rounds of one deliverable: more is a case for a talk, not for a form.
const MOST_ROUNDS: i32 = 50;
/// Most deliverables of one assignment.
const MOST_DELIVERABLES: i64 = 500;

/// Delivers a quantity of an own assignment: a deliverable with its first round.
///
/// # Errors
/// `Invalid` with the field; `NotFound` for another person's.
pub async fn deliver(
    pool: &PgPool,
    scene: Scene<'_>,
    (assignment, quantity): (Uuid, Decimal),
    work_day: NaiveDate,
    note: &str,
) -> Result<(), AppError> {
    let Some((mut db, month)) = scene.begin(pool).await? else {
        return Ok(());
    };
    typed::work_day_within(scene.period, scene.today, work_day)?;
    let assigned = scene.assignment(&mut db, &month, assignment).await?;
    check_delivery(
        assigned.quantity,
        assigned.handed_over,
        assigned.delivered,
        quantity,
    )
    .map_err(typed::refused("quantity", &format::number(quantity, 12)))?;
    if store::count_deliverables(&mut db, &month, assignment).await? >= MOST_DELIVERABLES {
        let sentence =
            format!("Một việc có tối đa {MOST_DELIVERABLES} lần bàn giao; hãy gộp số lượng.");
        return Err(AppError::invalid("quantity", sentence, ""));
    }
    let due = assigned.due_day;
    let id = store::insert_deliverable(&mut db, &month, assignment, quantity, due).await?;
    store::insert_round(&mut db, &month, id, (1, due), work_day, note).await?;
    store::recount(&mut db, month.agency, month.period, id).await?;
    store::raise_done(
        &mut db,
        &month,
        assignment,
        assigned.delivered + quantity,
        work_day,
    )
    .await?;
    let text = format!(
        "{} bàn giao {} “{}”, chờ nghiệm thu.",
        scene.access.actor.name,
        format::number(quantity, 4),
        assigned.name
    );
    scene.tell_superior(&mut db, &text).await?;
    let detail = json!({ "period": scene.period.to_string(), "product": assigned.code, "quantity": quantity.to_string() });
    scene
        .finish(db, &month, "deliver", ("deliverable", id), detail)
        .await
}

/// Delivers a returned deliverable again: the next round, against the due day in force.
///
/// # Errors
/// `Invalid` unless it was returned; `NotFound` for another person's.
pub async fn redeliver(
    pool: &PgPool,
    scene: Scene<'_>,
    deliverable: Uuid,
    work_day: NaiveDate,
    note: &str,
) -> Result<(), AppError> {
    let Some((mut db, month)) = scene.begin(pool).await? else {
        return Ok(());
    };
    typed::work_day_within(scene.period, scene.today, work_day)?;
    let found = scene.deliverable(&mut db, &month, deliverable).await?;
    let next = step(&found, DeliverableAction::Redeliver)?;
    if work_day < found.last_day {
        return Err(AppError::invalid(
            "work_day",
            format!(
                "Ngày bàn giao lại không thể trước lần bàn giao vừa rồi ({}).",
                format::day(found.last_day)
            ),
            format::day(work_day),
        ));
    }
    if found.rounds >= MOST_ROUNDS {
        let sentence = format!("Một sản phẩm được bàn giao tối đa {MOST_ROUNDS} lần.");
        return Err(AppError::invalid("deliverable", sentence, ""));
    }
    let round = (found.rounds + 1, found.due_day);
    store::insert_round(&mut db, &month, deliverable, round, work_day, note).await?;
    store::set_status(&mut db, &month, deliverable, next.as_str()).await?;
    store::recount(&mut db, month.agency, month.period, deliverable).await?;
    let text = format!(
        "{} bàn giao lại “{}”, chờ nghiệm thu.",
        scene.access.actor.name, found.product
    );
    scene.tell_superior(&mut db, &text).await?;
    let detail = json!({ "period": scene.period.to_string(), "round": round.0 });
    scene
        .finish(
            db,
            &month,
            "redeliver",
            ("deliverable", deliverable),
            detail,
        )
        .await
}

/// Takes a deliverable back before it was decided about, in its first round only.
///
/// # Errors
/// `Invalid` once it was decided about or returned before; `NotFound` for another person's.
pub async fn withdraw(pool: &PgPool, scene: Scene<'_>, deliverable: Uuid) -> Result<(), AppError> {
    let Some((mut db, month)) = scene.begin(pool).await? else {
        return Ok(());
    };
    let found = scene.deliverable(&mut db, &month, deliverable).await?;
    let next = step(&found, DeliverableAction::Withdraw)?;
    if !may_withdraw(u32::try_from(found.rounds).unwrap_or(u32::MAX)) {
        let sentence =
            "Sản phẩm đã từng bị trả lại nên không rút được: lần đánh giá chưa đạt vẫn tính.";
        return Err(AppError::invalid("deliverable", sentence, ""));
    }
    store::set_status(&mut db, &month, deliverable, next.as_str()).await?;
    store::end_causes(&mut db, &month, deliverable).await?;
    let detail = json!({ "period": scene.period.to_string() });
    scene
        .finish(db, &month, "withdraw", ("deliverable", deliverable), detail)
        .await
}

fn step(found: &Deliverable, action: DeliverableAction) -> Result<DeliverableStatus, AppError> {
    let status: DeliverableStatus = found.status.parse().map_err(AppError::inner)?;
    deliverable_step(status, action)
        .map_err(|error: StepError| AppError::invalid("deliverable", error.to_string(), ""))
}
