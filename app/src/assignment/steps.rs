//! The steps of assigning, cancelling and handing over: each one transaction, from the lock to the audit row.

use chrono::NaiveDate;
use kpi::assignment::{check_assigned, check_hand_over};
use kpi::ids::{OfficerId, ProductId};
use kpi::period::Period;
use kpi::scoring::{ItemKind, MAX_ITEMS};
use rust_decimal::Decimal;
use serde_json::json;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::month_lock::Month;
use super::store::{self, Assigned, NewAssignment, Snapshot};
use super::{figures, typed};
use crate::auth::{Access, take_key};
use crate::error::AppError;
use crate::{audit, catalogue, format, live, org};

/// Most people who get the same work with one form.
pub const MOST_PEOPLE: usize = 50;
/// Most active assignments of one person and month.
pub const MOST_ASSIGNMENTS: i32 = 500;

/// Work for one or several people.
#[derive(Clone, Debug)]
pub struct NewWork {
    /// The month.
    pub period: Period,
    /// Product of the approved catalogue.
    pub product: Uuid,
    /// Quantity for each.
    pub quantity: Decimal,
    /// Due day.
    pub due_day: NaiveDate,
    /// What must come out.
    pub expected_output: String,
    /// Planned or ad hoc.
    pub kind: ItemKind,
    /// For whom.
    pub officers: Vec<OfficerId>,
    /// Key of the form.
    pub key: Uuid,
}

/// Assigns work to one or several people, all or nothing. False when this form was carried out before.
///
/// # Errors
/// `Invalid` with the field; `Forbidden` unless the actor is the direct superior of everyone; `NotFound` for a
/// product that is not in the approved catalogue or a person without a post in the month.
pub async fn assign(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    work: &NewWork,
) -> Result<bool, AppError> {
    let by = access.officer()?;
    let officers = people(&work.officers)?;
    check_assigned(work.quantity).map_err(typed::refused(
        "quantity",
        &format::number(work.quantity, 6),
    ))?;
    if work.kind == ItemKind::TakenOver {
        return Err(AppError::invalid(
            "kind",
            "Việc nhận thêm chỉ đến từ chuyển giao của công chức khác.",
            "",
        ));
    }
    check_period(work.period, today)?;
    typed::due_day_within(work.period, work.due_day)?;
    let mut db = pool.begin().await?;
    if !take_key(&mut db, access, work.key).await? {
        return Ok(false);
    }
    for officer in &officers {
        org::require_superior(&mut *db, access, *officer, today).await?;
    }
    let product = snapshot(&mut db, access, work.product).await?;
    let months =
        Month::lock_all(&mut db, access.actor.agency, work.period, &officers, today).await?;
    for month in &months {
        may_take_more(&mut db, month).await?;
        let new = NewAssignment {
            product: &product,
            kind: work.kind.as_str(),
            quantity: work.quantity,
            taken_from: None,
            due_day: work.due_day,
            expected_output: &work.expected_output,
            assigned_by: by,
        };
        let id = store::insert(&mut db, month, &new).await?;
        tell(&mut db, month, "được giao", &product.name, work.due_day).await?;
        record(
            &mut db,
            access,
            "assign",
            id,
            month,
            json!({ "product": product.code }),
        )
        .await?;
    }
    figures::recompute_all(&mut db, &months, "assign").await?;
    db.commit().await?;
    Ok(true)
}

/// The product of the approved catalogue, as an assignment copies it.
async fn snapshot(
    db: &mut PgConnection,
    access: &Access,
    product: Uuid,
) -> Result<Snapshot, AppError> {
    let product = catalogue::store::product(db, access.actor.agency, ProductId(product)).await?;
    Ok(Snapshot {
        product: product.product.0,
        name: super::product_name(&product),
        code: product.code,
        coefficient: product.coefficient,
    })
}

/// The named people, each once.
fn people(named: &[OfficerId]) -> Result<Vec<OfficerId>, AppError> {
    if named.len() > MOST_PEOPLE {
        return Err(AppError::invalid(
            "officers",
            format!("Mỗi lần giao cho tối đa {MOST_PEOPLE} người."),
            "",
        ));
    }
    let mut people = named.to_vec();
    people.sort_unstable();
    people.dedup();
    if people.is_empty() {
        return Err(AppError::invalid(
            "officers",
            "Hãy chọn ít nhất một người được giao.",
            "",
        ));
    }
    Ok(people)
}

/// Work is assigned for a month that is not further than a year away.
fn check_period(period: Period, today: NaiveDate) -> Result<(), AppError> {
    let days = period.first_day().signed_duration_since(today).num_days();
    if (-400..=366).contains(&days) {
        return Ok(());
    }
    Err(AppError::invalid(
        "period",
        format!("{} quá xa hôm nay để giao việc.", period.label()),
        period.to_string(),
    ))
}

async fn may_take_more(db: &mut PgConnection, month: &Month) -> Result<(), AppError> {
    month.must_be_open(db).await?;
    let has = month.before.map_or(0, |before| before.assignments);
    let most = usize::try_from(MOST_ASSIGNMENTS)
        .unwrap_or(MAX_ITEMS)
        .min(MAX_ITEMS);
    if usize::try_from(has).unwrap_or(0) < most {
        return Ok(());
    }
    Err(AppError::invalid(
        "officers",
        format!("Một người có tối đa {MOST_ASSIGNMENTS} việc trong một tháng."),
        "",
    ))
}

async fn tell(
    db: &mut PgConnection,
    month: &Month,
    what: &str,
    product: &str,
    due: NaiveDate,
) -> Result<(), AppError> {
    let text = format!("Bạn {what} “{product}”, hạn {}.", format::day(due));
    let link = format!("/month?period={}", month.period);
    live::notify(db, month.agency.0, month.officer, &text, &link).await
}

async fn record(
    db: &mut PgConnection,
    access: &Access,
    action: &str,
    assignment: Uuid,
    month: &Month,
    mut detail: serde_json::Value,
) -> Result<(), AppError> {
    if let Some(detail) = detail.as_object_mut() {
        detail.insert("period".into(), month.period.to_string().into());
        detail.insert("officer".into(), month.officer.to_string().into());
    }
    let subject = ("assignment", Some(assignment));
    audit::write(
        db,
        access.actor.agency,
        access.actor.audit(),
        action,
        subject,
        detail,
    )
    .await
}

/// Locks the month of an assignment for its direct superior.
async fn lock_as_superior(
    db: &mut PgConnection,
    access: &Access,
    today: NaiveDate,
    period: Period,
    assignment: Uuid,
) -> Result<(Month, Assigned), AppError> {
    let agency = access.actor.agency;
    let officer = OfficerId(store::find(db, agency, period, assignment).await?.officer);
    org::require_superior(&mut *db, access, officer, today).await?;
    let month = Month::lock(db, agency, period, officer, today).await?;
    month.must_be_open(db).await?;
    // Again, now that nobody else can move it.
    let assigned = store::find(db, agency, period, assignment).await?;
    Ok((month, assigned))
}

/// Cancels an assignment of which nothing was delivered or handed over; it stays in the history with its reason.
///
/// # Errors
/// `Forbidden` unless the actor is the direct superior; `Conflict` when it moved since it was read; `Invalid` once
/// something was delivered.
pub async fn cancel(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (period, assignment): (Period, Uuid),
    reason: &str,
    version: i32,
) -> Result<(), AppError> {
    let mut db = pool.begin().await?;
    let (month, assigned) = lock_as_superior(&mut db, access, today, period, assignment).await?;
    must_be_active(&assigned)?;
    if assigned.version != version {
        return Err(AppError::Conflict {
            current: format!("đã làm {}", format::number(assigned.done(), 4)),
            yours: "hủy việc này".into(),
        });
    }
    let why_not = if assigned.delivered > Decimal::ZERO {
        Some("Việc đã có sản phẩm bàn giao nên không hủy được.")
    } else if assigned.handed_over > Decimal::ZERO {
        Some(
            "Việc đã chuyển giao một phần nên không hủy được; phần đã chuyển vẫn tính trong số được giao.",
        )
    } else if assigned.kind == ItemKind::TakenOver.as_str() {
        Some("Việc nhận thêm không hủy được; hãy chuyển giao tiếp cho người khác.")
    } else {
        None
    };
    if let Some(sentence) = why_not {
        return Err(AppError::invalid("assignment", sentence, ""));
    }
    store::cancel(&mut db, &month, assignment, reason).await?;
    let text = format!("Việc “{}” đã được hủy: {reason}", assigned.name);
    let link = format!("/month?period={period}");
    live::notify(&mut db, access.agency(), month.officer, &text, &link).await?;
    let detail = json!({ "product": assigned.code, "reason": reason });
    record(
        &mut db,
        access,
        "cancel_assignment",
        assignment,
        &month,
        detail,
    )
    .await?;
    figures::recompute(&mut db, &month, "cancel").await?;
    db.commit().await?;
    Ok(())
}

/// Refuses an assignment that was cancelled.
///
/// # Errors
/// `Invalid` on `assignment`.
pub fn must_be_active(assigned: &Assigned) -> Result<(), AppError> {
    if assigned.status == "active" {
        return Ok(());
    }
    Err(AppError::invalid("assignment", "Việc này đã được hủy.", ""))
}

/// A part of an assignment that goes to a colleague.
#[derive(Clone, Debug)]
pub struct HandOver {
    /// The month.
    pub period: Period,
    /// The giver's assignment.
    pub assignment: Uuid,
    /// What goes over.
    pub quantity: Decimal,
    /// Who takes it.
    pub to: OfficerId,
    /// Due day of the taker.
    pub due_day: NaiveDate,
    /// Why.
    pub reason: String,
    /// Key of the form.
    pub key: Uuid,
}

/// Hands a part of an assignment over: it stays in the giver's assigned total and counts as extra work for the taker
/// (điểm d khoản 1 Điều 18). False when this form was carried out before.
///
/// # Errors
/// `Forbidden` unless the actor is the direct superior of both; `Invalid` with the field.
pub async fn hand_over(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    over: &HandOver,
) -> Result<bool, AppError> {
    let (by, agency) = (access.officer()?, access.actor.agency);
    typed::due_day_within(over.period, over.due_day)?;
    let mut db = pool.begin().await?;
    if !take_key(&mut db, access, over.key).await? {
        return Ok(false);
    }
    let giver = OfficerId(
        store::find(&mut db, agency, over.period, over.assignment)
            .await?
            .officer,
    );
    if giver == over.to {
        return Err(AppError::invalid(
            "to",
            "Người nhận phải khác người đang được giao.",
            "",
        ));
    }
    for officer in [giver, over.to] {
        org::require_superior(&mut *db, access, officer, today).await?;
    }
    let months = Month::lock_all(&mut db, agency, over.period, &[giver, over.to], today).await?;
    let of = |officer: OfficerId| {
        months
            .iter()
            .find(|month| month.officer == officer)
            .ok_or(AppError::NotFound)
    };
    let (from, to) = (of(giver)?, of(over.to)?);
    from.must_be_open(&mut db).await?;
    may_take_more(&mut db, to).await?;
    let assigned = store::find(&mut db, agency, over.period, over.assignment).await?;
    must_be_active(&assigned)?;
    check_hand_over(
        assigned.quantity,
        assigned.handed_over,
        assigned.done(),
        over.quantity,
    )
    .map_err(typed::refused(
        "quantity",
        &format::number(over.quantity, 6),
    ))?;
    store::add_handed_over(&mut db, from, over.assignment, over.quantity).await?;
    let product = Snapshot {
        product: assigned.product,
        code: assigned.code.clone(),
        name: assigned.name.clone(),
        coefficient: assigned.coefficient,
    };
    let new = NewAssignment {
        product: &product,
        kind: ItemKind::TakenOver.as_str(),
        quantity: over.quantity,
        taken_from: Some(over.assignment),
        due_day: over.due_day,
        expected_output: &assigned.expected_output,
        assigned_by: by,
    };
    let id = store::insert(&mut db, to, &new).await?;
    let gone = format!(
        "“{}”: {} đã được chuyển cho người khác: {}",
        assigned.name,
        format::number(over.quantity, 4),
        over.reason
    );
    let link = format!("/month?period={}", over.period);
    live::notify(&mut db, access.agency(), giver, &gone, &link).await?;
    tell(&mut db, to, "nhận thêm", &assigned.name, over.due_day).await?;
    let detail = json!({
        "product": assigned.code, "quantity": over.quantity.to_string(), "reason": over.reason,
        "to": over.to.to_string(), "new_assignment": id.to_string(),
    });
    record(&mut db, access, "hand_over", over.assignment, from, detail).await?;
    figures::recompute_all(&mut db, &months, "hand_over").await?;
    db.commit().await?;
    Ok(true)
}
