//! Decisions of the direct superior about deliveries and objective causes (điểm b, c khoản 2 Điều 14).

use chrono::NaiveDate;
use kpi::assignment::{
    CauseAction, CauseStatus, DeliverableAction, DeliverableStatus, cause_step, deliverable_step,
};
use kpi::ids::OfficerId;
use kpi::period::{Period, add_working_days};
use serde_json::json;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::self_assess::step_error;
use super::{REASON, lock_as_superior, text};
use crate::assignment::figures::recompute;
use crate::assignment::month_lock::Month;
use crate::auth::{Access, take_key};
use crate::error::AppError;
use crate::format::{day, parse_day};
use crate::live::notify;
use crate::progress::store::recount;
use crate::review::store::decision::{self, Decided, Round};
use crate::{audit, org};

/// Working days that a return gives by default.
const DAYS_AFTER_RETURN: u32 = 3;
/// Most deliverables that are accepted at once.
const MOST_AT_ONCE: usize = 500;

/// A decision about the current round of a deliverable, as typed.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The deliverable.
    pub deliverable: Uuid,
    /// Version of the deliverable that the superior saw.
    pub version: i32,
    /// Accept, return for a major error, return for small fixes.
    pub action: DeliverableAction,
    /// Day of the work, corrected; empty confirms the officer's own.
    pub confirmed_day: String,
    /// Why; required with a return.
    pub reason: String,
    /// Due day of the next round; empty for three working days from today.
    pub new_due_day: String,
}

/// The due day that a return offers: three working days from today, inside the month while it runs.
pub(super) fn offered_due_day(
    period: Period,
    today: NaiveDate,
    holidays: &[NaiveDate],
) -> NaiveDate {
    let day = add_working_days(today, DAYS_AFTER_RETURN, holidays);
    if today <= period.last_day() {
        day.min(period.last_day())
    } else {
        day
    }
}

/// Accepts or returns a delivery: once, by the direct superior.
///
/// # Errors
/// `Forbidden` for anyone but the direct superior; `NotFound`; `Invalid` for a step out of order, a missing reason, a
/// day out of range or a closed month; `Conflict` when the deliverable changed meanwhile; the database's failure.
pub async fn decide_delivery(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    period: Period,
    (given, key): (Decision, Uuid),
) -> Result<(), AppError> {
    let agency = access.actor.agency;
    let mut db = pool.begin().await?;
    if !take_key(&mut db, access, key).await? {
        return Ok(());
    }
    let officer =
        decision::owner_of_deliverable(&mut db, agency, period.first_day(), given.deliverable)
            .await?;
    let month = lock_as_superior(&mut db, access, today, period, officer).await?;
    let mut rounds = decision::rounds_of(&mut db, &month, &[given.deliverable]).await?;
    let round = rounds.pop().ok_or(AppError::NotFound)?;
    let status = next_status(&round, given.action)?;
    if round.version != given.version {
        return Err(conflict(&round, given.action)?);
    }
    let confirmed_day = confirmed_day(period, today, &given.confirmed_day)?;
    let returns = given.action != DeliverableAction::Accept;
    let missing = returns.then_some("Hãy ghi lý do trả lại để người thực hiện biết cần sửa gì.");
    let reason = text("reason", &given.reason, REASON, missing)?;
    let new_due_day = if returns {
        Some(new_due_day(&mut db, access, period, today, &given.new_due_day).await?)
    } else {
        None
    };
    let decided = Decided {
        decision: given.action.as_str(),
        status: status.as_str(),
        confirmed_day,
        reason: &reason,
        new_due_day,
        by: access.officer()?,
    };
    apply(&mut db, access, &month, &[given.deliverable], &decided).await?;
    let said = match (given.action, new_due_day) {
        (DeliverableAction::Accept, _) => format!("“{}” đã được nghiệm thu.", round.product),
        (action, due) => format!(
            "“{}” bị {}; hạn bàn giao lại {}. Lý do: {reason}",
            round.product,
            action.label(),
            due.map_or_else(String::new, day)
        ),
    };
    tell(&mut db, &month, &said).await?;
    db.commit().await?;
    Ok(())
}

/// Stores the decision, counts faults again where they may differ, audits and recomputes the month.
async fn apply(
    db: &mut PgConnection,
    access: &Access,
    month: &Month,
    deliverables: &[Uuid],
    decided: &Decided<'_>,
) -> Result<(), AppError> {
    let rounds = decision::decide_rounds(db, month, deliverables, decided).await?;
    if usize::try_from(rounds).ok() != Some(deliverables.len()) {
        return Err(AppError::inner("a delivered round was decided already"));
    }
    // What is accepted as delivered keeps its counts: they were made when it was delivered.
    if let ([one], true) = (deliverables, decided.changes_counts()) {
        recount(db, month.agency, month.period, *one).await?;
    }
    recompute(db, month, decided.decision).await?;
    for deliverable in deliverables {
        audit::write(
            db,
            month.agency,
            access.actor.audit(),
            &format!("review.{}", decided.decision),
            ("deliverable", Some(*deliverable)),
            json!({ "period": month.period.to_string(), "officer": month.officer, "reason": decided.reason }),
        )
        .await?;
    }
    Ok(())
}

async fn tell(db: &mut PgConnection, month: &Month, said: &str) -> Result<(), AppError> {
    let link = format!("/month?period={}", month.period);
    notify(db, month.agency.0, month.officer, said, &link).await
}

fn status_of(round: &Round) -> Result<DeliverableStatus, AppError> {
    round.status.parse().map_err(AppError::inner)
}

fn next_status(round: &Round, action: DeliverableAction) -> Result<DeliverableStatus, AppError> {
    if !matches!(
        action,
        DeliverableAction::Accept | DeliverableAction::ReturnMajor | DeliverableAction::ReturnMinor
    ) {
        return Err(AppError::invalid(
            "decision",
            "Chỉ có thể nghiệm thu hoặc trả lại.",
            action.as_str(),
        ));
    }
    deliverable_step(status_of(round)?, action).map_err(step_error)
}

fn conflict(round: &Round, action: DeliverableAction) -> Result<AppError, AppError> {
    Ok(AppError::Conflict {
        current: format!(
            "“{}”: lần bàn giao {}, {}",
            round.product,
            round.round,
            status_of(round)?.label()
        ),
        yours: action.label().to_owned(),
    })
}

/// The day of the work as the superior corrects it: from the month's first day to today, as the officer reports it.
fn confirmed_day(
    period: Period,
    today: NaiveDate,
    typed: &str,
) -> Result<Option<NaiveDate>, AppError> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let refuse = |why: String| Err(AppError::invalid("confirmed_day", why, typed));
    let Some(given) = parse_day(typed) else {
        return refuse("Ngày chưa đúng; hãy ghi như 05/11/2026.".to_owned());
    };
    if given < period.first_day() || given > today {
        return refuse(format!(
            "Ngày thực hiện phải từ {} đến {}.",
            day(period.first_day()),
            day(today)
        ));
    }
    Ok(Some(given))
}

async fn new_due_day(
    db: &mut PgConnection,
    access: &Access,
    period: Period,
    today: NaiveDate,
    typed: &str,
) -> Result<NaiveDate, AppError> {
    let until = today + chrono::Days::new(60);
    let holidays = org::store::holidays(&mut *db, access.agency(), today, until).await?;
    let offered = offered_due_day(period, today, &holidays);
    if typed.trim().is_empty() {
        return Ok(offered);
    }
    let refuse = |why: String| Err(AppError::invalid("new_due_day", why, typed));
    let Some(given) = parse_day(typed) else {
        return refuse("Ngày chưa đúng; hãy ghi như 05/11/2026.".to_owned());
    };
    // Once the month is over, the days that a return offers are all that is left.
    let last = period.last_day().max(offered);
    if given < today || given > last {
        return refuse(format!(
            "Hạn bàn giao lại phải từ {} đến {}.",
            day(today),
            day(last)
        ));
    }
    Ok(given)
}

/// Accepts what the superior saw of one person as it was delivered, all or nothing.
///
/// # Errors
/// As `decide_delivery`; `Conflict` when one of them changed meanwhile.
pub async fn accept_all(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    period: Period,
    (officer, shown, key): (OfficerId, Vec<(Uuid, i32)>, Uuid),
) -> Result<(), AppError> {
    if shown.is_empty() || shown.len() > MOST_AT_ONCE {
        return Err(AppError::invalid(
            "shown",
            format!("Mỗi lần nghiệm thu từ 1 đến {MOST_AT_ONCE} sản phẩm."),
            shown.len().to_string(),
        ));
    }
    let mut db = pool.begin().await?;
    if !take_key(&mut db, access, key).await? {
        return Ok(());
    }
    let month = lock_as_superior(&mut db, access, today, period, officer).await?;
    let ids: Vec<Uuid> = shown.iter().map(|(id, _)| *id).collect();
    let rounds = decision::rounds_of(&mut db, &month, &ids).await?;
    for (id, version) in &shown {
        let round = rounds
            .iter()
            .find(|round| round.deliverable == *id)
            .ok_or(AppError::NotFound)?;
        next_status(round, DeliverableAction::Accept)?;
        if round.version != *version {
            return Err(conflict(round, DeliverableAction::Accept)?);
        }
    }
    let ids: Vec<Uuid> = rounds.iter().map(|round| round.deliverable).collect();
    let decided = Decided {
        decision: DeliverableAction::Accept.as_str(),
        status: DeliverableStatus::Accepted.as_str(),
        confirmed_day: None,
        reason: "",
        new_due_day: None,
        by: access.officer()?,
    };
    apply(&mut db, access, &month, &ids, &decided).await?;
    let said = format!("{} sản phẩm đã được nghiệm thu.", ids.len());
    tell(&mut db, &month, &said).await?;
    db.commit().await?;
    Ok(())
}

/// Confirms or refuses an objective cause: once, by the direct superior; a refusal says why.
///
/// # Errors
/// `Forbidden`, `NotFound`; `Invalid` for a second decision, more occurrences than happened, a missing reason or a
/// closed month; the database's failure.
pub async fn decide_cause(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    period: Period,
    (id, action, reason, key): (Uuid, CauseAction, &str, Uuid),
) -> Result<(), AppError> {
    let agency = access.actor.agency;
    let mut db = pool.begin().await?;
    if !take_key(&mut db, access, key).await? {
        return Ok(());
    }
    let officer = decision::cause(&mut db, agency, period.first_day(), id)
        .await?
        .officer;
    let month = lock_as_superior(&mut db, access, today, period, OfficerId(officer)).await?;
    let cause = decision::cause(&mut db, agency, period.first_day(), id).await?;
    let status: CauseStatus = cause.status.parse().map_err(AppError::inner)?;
    let next = cause_step(status, action).map_err(step_error)?;
    let confirmed = next == CauseStatus::Confirmed;
    let missing = (!confirmed).then_some("Hãy ghi lý do không xác nhận.");
    let reason = text("reason", reason, REASON, missing)?;
    if confirmed && cause.occurrences > cause.happened - cause.excused {
        return Err(AppError::invalid(
            "occurrences",
            format!(
                "Chỉ còn {} lần chưa được xác nhận, đề nghị nêu {} lần; không thể xác nhận nhiều hơn số lần đã xảy ra.",
                cause.happened - cause.excused,
                cause.occurrences
            ),
            cause.occurrences.to_string(),
        ));
    }
    decision::decide_cause(
        &mut db,
        &month,
        (id, &cause),
        confirmed,
        &reason,
        access.officer()?,
    )
    .await?;
    recompute(&mut db, &month, "cause").await?;
    audit::write(
        &mut db,
        agency,
        access.actor.audit(),
        if confirmed {
            "review.cause_confirmed"
        } else {
            "review.cause_refused"
        },
        ("cause", Some(id)),
        json!({ "period": period.to_string(), "officer": month.officer, "reason": reason }),
    )
    .await?;
    let outcome = if confirmed {
        "đã được xác nhận"
    } else {
        "không được xác nhận"
    };
    let mut said = format!("Nguyên nhân khách quan của “{}” {outcome}.", cause.product);
    if !reason.is_empty() {
        said.push_str(&format!(" Lý do: {reason}"));
    }
    tell(&mut db, &month, &said).await?;
    db.commit().await?;
    Ok(())
}
