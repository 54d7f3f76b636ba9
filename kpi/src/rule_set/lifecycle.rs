//! The life of a rule set: a draft is edited, an approved one never again, a
//! newer one supersedes it from a month on. Refusals name the field and why.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{RuleSet, field::departures};
use crate::{RuleError, code::code_enum, ids::AccountId, period::Period};

/// Longest reason for a departure, in characters.
pub const MAX_REASON: usize = 1000;

code_enum! {
    /// State of a rule set.
    pub enum Status {
        /// It may be changed; nothing is computed with it but trials.
        Draft = "draft", "dự thảo";
        /// In force from its date on, never changed.
        Approved = "approved", "đã phê duyệt";
        /// A later one is in force; the months of its time keep it.
        Superseded = "superseded", "đã được thay thế";
    }
}

/// A rule set with the day from which it is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// Its code.
    pub code: String,
    /// First of a month.
    pub from: NaiveDate,
}

/// What an approval is decided on.
#[derive(Debug, Clone, Copy)]
pub struct Approval<'a> {
    /// Its state now.
    pub status: Status,
    /// Who wrote it.
    pub author: AccountId,
    /// Who approves it.
    pub approver: AccountId,
    /// From when it is to be in force.
    pub effective_from: NaiveDate,
    /// The agency's rule sets that are or were in force.
    pub in_force: &'a [Dated],
    /// The last month that is confirmed or locked, if any is.
    pub locked_until: Option<Period>,
    /// Why it departs from the decree: reason by path of the field.
    pub reasons: &'a BTreeMap<String, String>,
}

/// Whether a rule set may be edited: a draft only, for sheets keep the rules
/// they were scored by (Điều 4, Điều 13, Điều 26).
///
/// # Errors
/// [`RuleError`] at `status`.
pub fn check_edit(status: Status) -> Result<(), RuleError> {
    match status {
        Status::Draft => Ok(()),
        Status::Approved | Status::Superseded => Err(RuleError::new(
            "status",
            format!(
                "Bộ quy tắc {} nên không được sửa; hãy sao chép thành dự thảo mới.",
                status.label()
            ),
        )),
    }
}

/// Whether a rule set may be approved from a day on (Điều 26; choice A18: a
/// departure from the decree needs its reason).
///
/// # Errors
/// [`RuleError`] at the first of: `status` (no draft), `approver` (the author),
/// the path of what is unfilled or does not hold, `effective_from` (no first of
/// a month, not after the confirmed and locked months, or the day of another),
/// `reasons.` and the path of a departure without a reason.
pub fn check_approval(set: &RuleSet, approval: &Approval<'_>) -> Result<(), RuleError> {
    check_edit(approval.status)?;
    if approval.author == approval.approver {
        return Err(RuleError::new(
            "approver",
            "Người soạn bộ quy tắc không được tự phê duyệt.",
        ));
    }
    set.validate()?;
    check_effective_from(approval)?;
    check_reasons(set, approval.reasons)
}

fn check_effective_from(approval: &Approval<'_>) -> Result<(), RuleError> {
    let refuse = |message: String| Err(RuleError::new("effective_from", message));
    let Ok(first) = Period::from_first_day(approval.effective_from) else {
        return refuse("Ngày hiệu lực phải là ngày đầu tháng.".to_owned());
    };
    if let Some(last) = approval.locked_until.filter(|last| first <= *last) {
        return refuse(format!(
            "{} đã có phiếu được xác nhận hoặc khóa; ngày hiệu lực sớm nhất là ngày 01 {}.",
            last.label(),
            last.next().label().to_lowercase()
        ));
    }
    let same = |other: &&Dated| other.from == approval.effective_from;
    if let Some(other) = approval.in_force.iter().find(same) {
        return refuse(format!(
            "Bộ quy tắc “{}” đã có hiệu lực từ cùng ngày.",
            other.code
        ));
    }
    Ok(())
}

fn check_reasons(set: &RuleSet, reasons: &BTreeMap<String, String>) -> Result<(), RuleError> {
    for departure in departures(set).into_iter().filter(|found| !found.choice) {
        let reason = reasons.get(&departure.path).map_or("", |text| text.trim());
        let field = format!("reasons.{}", departure.path);
        if reason.is_empty() {
            return Err(RuleError::new(
                field,
                format!(
                    "“{}” khác NĐ 335 ({} → {}); phải nêu lý do, căn cứ.",
                    departure.label, departure.before, departure.after
                ),
            ));
        }
        if reason.chars().count() > MAX_REASON {
            return Err(RuleError::new(field, "Lý do không dài quá 1.000 ký tự."));
        }
    }
    Ok(())
}

/// The code of the rule set in force in a month: the latest that began on its
/// first day or before (Điều 17: a month is scored by the rules of that month).
/// `None` before the first; the decree's own then holds.
#[must_use]
pub fn in_force(on: Period, dated: &[Dated]) -> Option<&str> {
    dated
        .iter()
        .filter(|set| set.from <= on.first_day())
        .max_by_key(|set| set.from)
        .map(|set| set.code.as_str())
}

#[cfg(test)]
mod tests;
