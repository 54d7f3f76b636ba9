//! The steps of reporting, delivering and asking for a cause: each one transaction, from the lock to the audit row.

use chrono::NaiveDate;
use kpi::assignment::{
    DeliverableAction, DeliverableStatus, StepError, check_delivery, check_progress,
    deliverable_step, may_withdraw,
};
use kpi::period::Period;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use uuid::Uuid;

use super::store::{self, Deliverable, NewCause};
use super::wire::Reported;
use crate::assignment::month_lock::Month;
use crate::assignment::store::{Assigned, find, first_time};
use crate::assignment::{figures, steps::must_be_active, typed};
use crate::auth::Access;
use crate::error::AppError;
use crate::{audit, format, live, org};

/// Most rounds of one deliverable: more is a case for a talk, not for a form.
const MOST_ROUNDS: i32 = 50;
/// Most deliverables of one assignment.
const MOST_DELIVERABLES: i64 = 500;

/// Where an act happens: who acts, on which day, in which month.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// Who acts.
    pub access: &'a Access,
    /// Today.
    pub today: NaiveDate,
    /// The month.
    pub period: Period,
    /// Key of the form.
    pub key: Uuid,
}

impl<'a> Scene<'a> {
    /// A scene in the month that the form names.
    ///
    /// # Errors
    /// `Invalid` on `period`.
    pub fn new(
        access: &'a Access,
        today: NaiveDate,
        period: &str,
        key: Uuid,
    ) -> Result<Self, AppError> {
        let period = typed::period(period)?;
        Ok(Self {
            access,
            today,
            period,
            key,
        })
    }

    /// Opens the transaction of an act on the own month; none when this form was carried out before.
    pub(super) async fn begin(
        &self,
        pool: &PgPool,
    ) -> Result<Option<(Transaction<'static, Postgres>, Month)>, AppError> {
        let officer = self.access.officer()?;
        let mut db = pool.begin().await?;
        if !first_time(&mut db, self.access, self.key).await? {
            return Ok(None);
        }
        let agency = self.access.actor.agency;
        let month = Month::lock(&mut db, agency, self.period, officer, self.today).await?;
        month.must_be_open(&mut db).await?;
        Ok(Some((db, month)))
    }

    pub(super) async fn finish(
        &self,
        mut db: Transaction<'static, Postgres>,
        month: &Month,
        action: &str,
        subject: (&str, Uuid),
        detail: Value,
    ) -> Result<(), AppError> {
        let actor = &self.access.actor;
        let subject = (subject.0, Some(subject.1));
        audit::write(
            &mut db,
            actor.agency,
            actor.audit(),
            action,
            subject,
            detail,
        )
        .await?;
        figures::recompute(&mut db, month, action).await?;
        db.commit().await?;
        Ok(())
    }

    /// The own active assignment; another person's does not exist for the actor.
    pub(super) async fn assignment(
        &self,
        db: &mut PgConnection,
        month: &Month,
        assignment: Uuid,
    ) -> Result<Assigned, AppError> {
        let assigned = find(db, month.agency, month.period, assignment).await?;
        if assigned.officer != month.officer.0 {
            return Err(AppError::NotFound);
        }
        must_be_active(&assigned)?;
        Ok(assigned)
    }

    async fn deliverable(
        &self,
        db: &mut PgConnection,
        month: &Month,
        deliverable: Uuid,
    ) -> Result<Deliverable, AppError> {
        let found = store::find_deliverable(db, month.agency, month.period, deliverable).await?;
        if found.officer != month.officer.0 {
            return Err(AppError::NotFound);
        }
        Ok(found)
    }

    /// Tells the direct superior that something waits for him; a person without one is told nothing.
    async fn tell_superior(&self, db: &mut PgConnection, text: &str) -> Result<(), AppError> {
        let (agency, officer) = (self.access.agency(), self.access.officer()?);
        match org::direct_superior(&mut *db, agency, officer, self.today).await? {
            Some(superior) => {
                let link = format!("/review/{officer}?period={}", self.period);
                live::notify(db, agency, superior, text, &link).await
            }
            None => Ok(()),
        }
    }
}

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

/// What an objective cause concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concerns {
    /// Missed due days (điểm c khoản 2 Điều 14).
    Delay,
    /// Failed reviews (điểm b khoản 2 Điều 14).
    FailedReview,
}

impl Concerns {
    /// As the database and the form write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Delay => "delay",
            Self::FailedReview => "failed_review",
        }
    }
}

/// A request to confirm an objective cause, as typed.
#[derive(Clone, Debug)]
pub struct CauseRequest {
    /// The own deliverable.
    pub deliverable: Uuid,
    /// What it concerns.
    pub concerns: Concerns,
    /// How many of its faults, at least 1.
    pub occurrences: i32,
    /// Why.
    pub reason: String,
    /// What shows it: a document's number or a link.
    pub evidence: String,
}

/// Asks the head to confirm an objective cause of faults that are neither excused nor asked for yet.
///
/// # Errors
/// `Invalid` with the field; `NotFound` for another person's.
pub async fn request_cause(
    pool: &PgPool,
    scene: Scene<'_>,
    request: &CauseRequest,
) -> Result<(), AppError> {
    let Some((mut db, month)) = scene.begin(pool).await? else {
        return Ok(());
    };
    let found = scene
        .deliverable(&mut db, &month, request.deliverable)
        .await?;
    if found.status == DeliverableStatus::Withdrawn.as_str() {
        return Err(AppError::invalid(
            "deliverable",
            "Sản phẩm đã được rút lại.",
            "",
        ));
    }
    let concerns = request.concerns.as_str();
    let asked = store::asked_causes(
        &mut db,
        month.agency,
        month.period,
        request.deliverable,
        concerns,
    )
    .await?;
    let (faults, excused) = match request.concerns {
        Concerns::Delay => (found.delays, found.excused_delays),
        Concerns::FailedReview => (found.failed_reviews, found.excused_failed_reviews),
    };
    let left = i64::from(faults - excused) - asked;
    if !(1..=left).contains(&i64::from(request.occurrences)) {
        let sentence = if left > 0 {
            format!(
                "Số lần đề nghị phải từ 1 đến {left}: đó là số lần chưa được xác nhận hay đề nghị."
            )
        } else {
            "Không còn lần nào chưa được xác nhận hay đề nghị.".to_owned()
        };
        return Err(AppError::invalid(
            "occurrences",
            sentence,
            request.occurrences.to_string(),
        ));
    }
    let row = NewCause {
        deliverable: request.deliverable,
        concerns,
        occurrences: request.occurrences,
        reason: &request.reason,
        evidence: &request.evidence,
    };
    let id = store::insert_cause(&mut db, &month, &row).await?;
    let text = format!(
        "{} đề nghị xác nhận nguyên nhân khách quan cho “{}”.",
        scene.access.actor.name, found.product
    );
    scene.tell_superior(&mut db, &text).await?;
    let detail = json!({ "period": scene.period.to_string(), "concerns": concerns, "occurrences": request.occurrences });
    scene
        .finish(db, &month, "request_cause", ("cause", id), detail)
        .await
}

impl CauseRequest {
    /// Reads a request as typed.
    ///
    /// # Errors
    /// `Invalid` with the field.
    pub fn read(
        deliverable: Uuid,
        concerns: &str,
        occurrences: &str,
        reason: &str,
        evidence: &str,
    ) -> Result<Self, AppError> {
        let whole = occurrences
            .trim()
            .parse()
            .ok()
            .filter(|count| (1..=1000).contains(count));
        Ok(Self {
            deliverable,
            concerns: match concerns {
                "delay" => Concerns::Delay,
                "failed_review" => Concerns::FailedReview,
                _ => {
                    return Err(AppError::invalid(
                        "concerns",
                        "Hãy chọn lần chậm hoặc lần chưa đạt.",
                        "",
                    ));
                }
            },
            occurrences: whole.ok_or_else(|| {
                let typed: String = occurrences.chars().take(40).collect();
                AppError::invalid(
                    "occurrences",
                    "Số lần phải là số nguyên từ 1 đến 1.000.",
                    typed,
                )
            })?,
            reason: typed::required_text(
                "reason",
                reason,
                typed::LONGEST_TEXT,
                "Hãy ghi nguyên nhân khách quan.",
            )?,
            evidence: typed::text("evidence", evidence, 500)?,
        })
    }
}
