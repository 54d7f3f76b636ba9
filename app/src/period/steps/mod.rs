//! The acts of the personnel office on a period: each checks, applies the rule of `kpi` and writes in one transaction.

mod announce;
mod change;
mod load;
mod open;

pub use announce::{Announcement, announce, lock};
pub use change::{set_dates, set_unit_dates, take_step};
pub use load::load;
pub use open::open;

use kpi::period::Period;
use kpi::period::life::StepError;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::audit;
use crate::auth::Access;
use crate::error::AppError;

/// Most characters of a reason.
pub const REASON: usize = 1000;

/// The unit that a form names; none when the field is empty.
///
/// # Errors
/// `Invalid` on `unit`.
pub fn unit_of(typed: &str) -> Result<Option<Uuid>, AppError> {
    let tidy = typed.trim();
    if tidy.is_empty() {
        return Ok(None);
    }
    let chosen = tidy.parse().map(Some);
    chosen.map_err(|_| AppError::invalid("unit", "Hãy chọn một đơn vị trong danh sách.", ""))
}

fn refused(error: &StepError) -> AppError {
    AppError::invalid("period", error.to_string(), "")
}

/// Refuses a version that is not the stored one any more.
fn same_version(stored: i32, seen: i32, what: &str) -> Result<(), AppError> {
    if stored == seen {
        return Ok(());
    }
    Err(AppError::Conflict {
        current: format!("kỳ {what}, bản {stored}"),
        yours: format!("bản {seen}"),
    })
}

/// A reason within its bounds; `missing` says what is wanted when there is none.
fn reason(field: &str, typed: &str, missing: Option<&str>) -> Result<String, AppError> {
    let tidy = typed.trim();
    if tidy.chars().count() > REASON {
        let sentence = format!("Lý do dài quá {REASON} ký tự; hãy rút gọn.");
        return Err(AppError::invalid(field, sentence, typed));
    }
    if tidy.contains('\0') {
        let sentence = "Lý do có ký tự không hợp lệ.";
        return Err(AppError::invalid(field, sentence, tidy.replace('\0', "")));
    }
    match missing {
        Some(sentence) if tidy.is_empty() => Err(AppError::invalid(field, sentence, "")),
        _ => Ok(tidy.to_owned()),
    }
}

/// Writes what was done with a period into the audit log.
async fn audited(
    db: &mut PgConnection,
    access: &Access,
    action: &str,
    period: Period,
    mut detail: Value,
) -> Result<(), AppError> {
    if let Value::Object(fields) = &mut detail {
        fields.insert("period".to_owned(), period.to_string().into());
    }
    audit::write(
        db,
        access.actor.agency,
        access.actor.audit(),
        action,
        ("period", None),
        detail,
    )
    .await
}
