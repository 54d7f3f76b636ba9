//! Asking the head to confirm an objective cause.

use kpi::assignment::DeliverableStatus;
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

use super::Scene;
use crate::assignment::typed;
use crate::error::AppError;
use crate::progress::store::{self, NewCause};

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
