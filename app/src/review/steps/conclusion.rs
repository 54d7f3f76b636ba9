//! A conclusion as it is typed, and what of it counts under the rules: points with their reasons, đ and e of a leader.

use std::collections::BTreeMap;

use kpi::review::{NoteKind, unrecorded_ground};
use kpi::rule_set::RuleSet;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{REASON, points, text};
use crate::assignment::month_lock::Month;
use crate::error::AppError;
use crate::format::number;
use crate::review::leader::store::standing;
use crate::review::store::sheet::Concluded;

/// What the competent person concludes, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conclusion {
    /// Whose sheet.
    pub officer: Uuid,
    /// Version of the sheet that was seen; 0 for one that did not exist.
    pub version: i32,
    /// Points by criterion.
    pub points: BTreeMap<String, String>,
    /// Reasons by criterion, required where the points differ from the officer's.
    pub reasons: BTreeMap<String, String>,
    /// Remark (Mẫu số 01, II.6).
    pub remark: String,
    /// đ in percent; a leader's only.
    pub organising: String,
    /// Why.
    pub organising_reason: String,
    /// e in percent; a leader's only.
    pub unity: String,
    /// Why; required for less than 100.
    pub unity_reason: String,
    /// Why a sheet is confirmed that the officer never sent; possible after the month's last day.
    pub instead_reason: String,
}

/// Points of every criterion, each with a reason where it differs from the officer's own.
///
/// # Errors
/// `Invalid` on the field of the criterion.
pub(super) fn concluded(
    rules: &RuleSet,
    own: &[(String, Decimal)],
    given: &Conclusion,
    instead: bool,
) -> Result<Vec<Concluded>, AppError> {
    if let Some(unknown) = given
        .points
        .keys()
        .find(|code| rules.criterion(code).is_none())
    {
        points(rules, unknown, "")?;
    }
    rules
        .criteria
        .iter()
        .map(|criterion| {
            let code = &criterion.code;
            let typed = given.points.get(code).map_or("", String::as_str);
            let Some(value) = points(rules, code, typed)? else {
                return Err(AppError::invalid(
                    format!("points[{code}]"),
                    format!("Chưa kết luận điểm tiêu chí {code}."),
                    typed,
                ));
            };
            let own = own
                .iter()
                .find(|(other, _)| other == code)
                .map(|(_, own)| *own);
            let differs = !instead && own != Some(value);
            let missing = format!(
                "Tiêu chí {code}: tự chấm {}, kết luận {}; hãy ghi lý do.",
                own.map_or_else(|| "trống".to_owned(), |own| number(own, 2)),
                number(value, 2)
            );
            let reason = given.reasons.get(code).map_or("", String::as_str);
            let reason = text(
                &format!("reasons[{code}]"),
                reason,
                REASON,
                differs.then_some(missing.as_str()),
            )?;
            Ok(Concluded {
                criterion: code.clone(),
                points: value,
                reason: if differs || instead {
                    reason
                } else {
                    String::new()
                },
            })
        })
        .collect()
}

/// A percentage with its reason.
pub(super) type Chosen = Option<(u32, String)>;

/// đ and e of a leader (khoản 3 Điều 15); refused for staff.
///
/// # Errors
/// `Invalid` on the field of the choice or its reason.
pub(super) fn leadership(
    rules: &RuleSet,
    month: &Month,
    given: &Conclusion,
) -> Result<(Chosen, Chosen), AppError> {
    if !month.role.is_leader() {
        if given.organising.trim().is_empty() && given.unity.trim().is_empty() {
            return Ok((None, None));
        }
        return Err(AppError::invalid(
            "organising",
            "Tiêu chí đ, e chỉ áp dụng cho công chức giữ chức vụ lãnh đạo, quản lý.",
            given.organising.clone(),
        ));
    }
    let percent = |field: &str, typed: &str, name: &str| {
        typed
            .trim()
            .parse::<u32>()
            .ok()
            .filter(|percent| rules.leadership.allowed.contains(percent))
            .ok_or_else(|| {
                let offered: Vec<String> = rules
                    .leadership
                    .allowed
                    .iter()
                    .map(|percent| format!("{percent} %"))
                    .collect();
                let why = format!("Hãy chọn mức của {name}: {}.", offered.join(" hoặc "));
                AppError::invalid(field, why, typed)
            })
    };
    let organising = percent("organising", &given.organising, "tiêu chí đ")?;
    let reason = text(
        "organising_reason",
        &given.organising_reason,
        REASON,
        Some("Hãy ghi căn cứ chọn mức của tiêu chí đ: sáng kiến, giải pháp, hoặc hạn chế."),
    )?;
    let unity = percent("unity", &given.unity, "tiêu chí e")?;
    let missing = (unity < 100).then_some("Hãy ghi căn cứ khi tiêu chí e dưới 100 %.");
    let unity_reason = text("unity_reason", &given.unity_reason, REASON, missing)?;
    Ok((Some((organising, reason)), Some((unity, unity_reason))))
}

/// The choice with its reason, which says so where nothing recorded speaks for it (choice A14).
///
/// # Errors
/// The database's failure.
pub(super) async fn told(
    db: &mut PgConnection,
    month: &Month,
    chosen: Chosen,
    kind: NoteKind,
) -> Result<Chosen, AppError> {
    let Some((percent, reason)) = chosen else {
        return Ok(None);
    };
    let place = (month.unit.0, month.period.first_day());
    let recorded = standing(db, month.agency.0, place, kind.as_str()).await?;
    let recorded = usize::try_from(recorded).unwrap_or_default();
    let allowed = &month.rules.leadership.allowed;
    let reason = match unrecorded_ground(kind, percent, allowed, recorded) {
        Some(said) => format!("{said} {reason}"),
        None => reason,
    };
    Ok(Some((percent, reason)))
}
