//! The steps of a review on the server: each checks, applies a rule of `kpi` and writes in one transaction that
//! begins with the lock of the month. Apart from `api`, so that they run without a request.

mod conclusion;
mod confirm;
mod decide;
mod load_people;
mod load_review;
mod load_sheet;
mod load_unit;
mod month_score;
mod self_assess;

pub use conclusion::Conclusion;
pub use confirm::confirm;
pub(in crate::review) use confirm::{check_conclusion, conclude};
pub use decide::{Decision, accept_all, decide_cause, decide_delivery};
pub use load_people::load_people;
pub use load_review::load_review;
pub(in crate::review) use load_review::{components, total};
pub use load_sheet::{load_print, load_sheet};
pub(in crate::review) use load_sheet::{outcome, role};
pub use load_unit::load_unit;
pub(in crate::review) use load_unit::{status, whole};
pub use month_score::{MonthScore, Stage, month_score};
pub(in crate::review) use self_assess::step_error;
pub use self_assess::{Draft, save_criterion, save_remarks, save_sheet, withdraw};

use chrono::NaiveDate;
use kpi::ids::OfficerId;
use kpi::number::{format_vi, parse_number};
use kpi::period::Period;
use kpi::rule_set::RuleSet;
use rust_decimal::Decimal;
use sqlx::PgConnection;

use crate::assignment::month_lock::Month;
use crate::auth::Access;
use crate::error::AppError;
use crate::org::require_superior;

/// Most characters of a reason.
pub const REASON: usize = 1000;
/// Most characters of a remark.
pub const REMARK: usize = 4000;

/// The day of a month whose posts count: today while the month runs, its nearest day else.
pub fn day_in(period: Period, today: NaiveDate) -> NaiveDate {
    today.clamp(period.first_day(), period.last_day())
}

/// Locks a month that the actor decides about: he is the direct superior, and nothing is confirmed or closed.
async fn lock_as_superior(
    db: &mut PgConnection,
    access: &Access,
    today: NaiveDate,
    period: Period,
    officer: OfficerId,
) -> Result<Month, AppError> {
    let day = day_in(period, today);
    require_superior(&mut *db, access, officer, day).await?;
    let month = Month::lock(db, access.actor.agency, period, officer, day).await?;
    month.must_be_open(db).await?;
    Ok(month)
}

/// A text within its bounds, trimmed; `required` says what is missing when it is empty.
pub(in crate::review) fn text(
    field: &str,
    value: &str,
    most: usize,
    required: Option<&str>,
) -> Result<String, AppError> {
    let value = value.trim();
    if value.chars().count() > most {
        return Err(AppError::invalid(
            field,
            format!("Nội dung dài quá {most} ký tự; hãy rút gọn."),
            value,
        ));
    }
    if value.contains('\0') {
        return Err(AppError::invalid(
            field,
            "Nội dung có ký tự không hợp lệ.",
            value.replace('\0', ""),
        ));
    }
    match required {
        Some(sentence) if value.is_empty() => Err(AppError::invalid(field, sentence, "")),
        _ => Ok(value.to_owned()),
    }
}

/// Points of a criterion as typed: empty for none, 0 to its maximum, at most two decimals.
fn points(rules: &RuleSet, code: &str, typed: &str) -> Result<Option<Decimal>, AppError> {
    let field = format!("points[{code}]");
    let Some(criterion) = rules.criterion(code) else {
        return Err(AppError::invalid(
            field,
            "Không có tiêu chí này trong Mẫu số 01.",
            typed,
        ));
    };
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let refuse = |why: String| AppError::invalid(field.clone(), why, typed);
    let value = parse_number(typed).map_err(|error| refuse(format!("Tiêu chí {code}: {error}")))?;
    if value < Decimal::ZERO || value > criterion.max {
        return Err(refuse(format!(
            "Điểm tiêu chí {code} phải từ 0 đến {}.",
            format_vi(criterion.max, 2)
        )));
    }
    if value.normalize().scale() > 2 {
        return Err(refuse(format!(
            "Điểm tiêu chí {code} chỉ có tối đa hai chữ số thập phân."
        )));
    }
    Ok(Some(value.normalize()))
}
