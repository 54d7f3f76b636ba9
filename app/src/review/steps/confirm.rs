//! The competent person confirms or changes a sheet (khoản 3 Điều 17), once; the score is computed on what was
//! accepted, and stored with its input and trace.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use kpi::ids::OfficerId;
use kpi::level::Level;
use kpi::period::Period;
use kpi::period::life::PeriodAct;
use kpi::review::{NoteKind, SheetAction, SheetActor, SheetStatus, sheet_step, unrecorded_ground};
use kpi::rule_set::RuleSet;
use kpi::scoring::{Outcome, score};
use rust_decimal::Decimal;
use serde_json::json;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::self_assess::step_error;
use super::{REASON, REMARK, lock_as_superior, points, text};
use crate::assignment::figures::{self, Basis, load_input, load_work};
use crate::assignment::month_lock::Month;
use crate::audit;
use crate::auth::{Access, take_key};
use crate::error::AppError;
use crate::format::number;
use crate::live::notify;
use crate::review::leader::store::standing;
use crate::review::store::decision::undecided;
use crate::review::store::sheet::{
    Concluded, Confirmation, all_own_points, put_concluded, put_confirmation,
};
use crate::review::version::{self, store::Place};

/// What the competent person concludes, as typed.
#[derive(Clone, Debug, Default)]
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

/// Confirms a sheet.
///
/// # Errors
/// `Forbidden` for anyone but the direct superior; `Invalid` while something waits for a decision, for a sheet that
/// was not sent, for points out of range or a change without a reason; `Conflict` when the sheet changed meanwhile;
/// the database's failure.
pub async fn confirm(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    period: Period,
    (given, key): (Conclusion, Uuid),
) -> Result<(), AppError> {
    let mut db = pool.begin().await?;
    if !take_key(&mut db, access, key).await? {
        return Ok(());
    }
    let officer = OfficerId(given.officer);
    let mut month = lock_as_superior(&mut db, access, today, period, officer).await?;
    month.must_allow(&mut db, PeriodAct::Confirm).await?;
    let instead = may_conclude(&month, today, &given.instead_reason)?;
    // A sheet that did not exist when the page was loaded has its first version by now.
    if given.version.max(1) != month.version {
        return Err(AppError::Conflict {
            current: format!("phiếu {}, bản {}", month.status.label(), month.version),
            yours: format!("xác nhận bản {}", given.version),
        });
    }
    refuse_undecided(&mut db, &month).await?;
    let rules = Arc::clone(&month.rules);
    let own = all_own_points(&mut db, &month).await?;
    let concluded = concluded(&rules, &own, &given, instead.is_some())?;
    let remark = text("remark", &given.remark, REMARK, None)?;
    let chosen = leadership(&rules, &month, &given)?;
    let organising = told(&mut db, &month, chosen.0, NoteKind::Initiative).await?;
    let unity = told(&mut db, &month, chosen.1, NoteKind::Complaint).await?;
    month.organising = organising.as_ref().map(|(percent, _)| *percent);
    month.unity = unity.as_ref().map(|(percent, _)| *percent);
    put_concluded(&mut db, &month, &concluded).await?;
    let rows = load_work(&mut db, month.agency, period.first_day(), officer).await?;
    let input = load_input(&mut db, &month, &rows, Basis::Accepted).await?;
    let outcome = score(&rules, &input)?;
    let changed: Vec<String> = concluded
        .iter()
        .filter(|row| !row.reason.is_empty())
        .map(|row| row.criterion.clone())
        .collect();
    let confirmation = Confirmation {
        criteria: concluded,
        prepared_by: None,
        remark: with_instead(remark, instead.as_deref()),
        organising,
        unity,
        total: outcome.scored.as_ref().map(|scored| scored.total),
        level: outcome.scored.as_ref().map(|scored| scored.level.as_str()),
        by: access.officer()?,
        input: serde_json::to_value(&input).map_err(AppError::inner)?,
        trace: serde_json::to_value(&outcome.trace).map_err(AppError::inner)?,
    };
    let before = version::store::newest(&mut db, &month).await?;
    let place = Place {
        number: before.unwrap_or(0) + 1,
        supersedes: before,
        reason: "",
        signature: None,
    };
    version::store::append(&mut db, &month, &confirmation, place).await?;
    put_confirmation(&mut db, &month, &confirmation).await?;
    figures::store(
        &mut db,
        &month,
        figures::figures(&rows, &outcome, true),
        "confirm",
    )
    .await?;
    audit::write(
        &mut db,
        month.agency,
        access.actor.audit(),
        "review.confirm",
        ("sheet", Some(officer.0)),
        json!({ "period": period.to_string(), "changed": changed, "instead": instead }),
    )
    .await?;
    let link = format!("/sheet/{officer}?period={period}");
    notify(
        &mut db,
        month.agency.0,
        officer,
        &said(period, &outcome, changed.len()),
        &link,
    )
    .await?;
    db.commit().await?;
    Ok(())
}

/// Whether the sheet may be concluded now; the reason when it is concluded in place of an officer who never sent it.
fn may_conclude(
    month: &Month,
    today: NaiveDate,
    instead: &str,
) -> Result<Option<String>, AppError> {
    if month.status != SheetStatus::Draft {
        confirm_step(month)?;
        return Ok(None);
    }
    if today <= month.period.last_day() {
        return Err(AppError::invalid(
            "status",
            "Công chức chưa gửi tự đánh giá. Phiếu chưa gửi chỉ xác nhận thay được sau ngày cuối của tháng.",
            "",
        ));
    }
    let missing = "Công chức chưa gửi tự đánh giá. Muốn xác nhận thay, hãy ghi lý do.";
    let reason = text("instead_reason", instead, REASON, Some(missing))?;
    confirm_step(month)?;
    Ok(Some(reason))
}

fn confirm_step(month: &Month) -> Result<SheetStatus, AppError> {
    sheet_step(month.status, SheetAction::Confirm, SheetActor::Authority).map_err(step_error)
}

fn with_instead(remark: String, instead: Option<&str>) -> String {
    match instead {
        None => remark,
        Some(reason) => format!("Xác nhận thay: {reason}\n{remark}")
            .trim_end()
            .to_owned(),
    }
}

async fn refuse_undecided(db: &mut PgConnection, month: &Month) -> Result<(), AppError> {
    let waiting = undecided(db, month).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    let named: Vec<String> = waiting
        .iter()
        .take(5)
        .map(|(product, delivery)| {
            let what = if *delivery {
                "chờ nghiệm thu"
            } else {
                "chờ quyết định nguyên nhân khách quan"
            };
            format!("“{product}” {what}")
        })
        .collect();
    Err(AppError::invalid(
        "waiting",
        format!(
            "Còn {} sản phẩm chờ quyết định, chưa xác nhận phiếu được: {}{}.",
            waiting.len(),
            named.join("; "),
            if waiting.len() > named.len() {
                "; …"
            } else {
                ""
            }
        ),
        "",
    ))
}

fn concluded(
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

type Chosen = Option<(u32, String)>;

/// đ and e of a leader (khoản 3 Điều 15); refused for staff.
fn leadership(
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
async fn told(
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

fn said(period: Period, outcome: &Outcome, changed: usize) -> String {
    let result = match &outcome.scored {
        None => "chưa đủ dữ liệu để có điểm".to_owned(),
        Some(scored) => format!(
            "{} điểm, {}",
            number(scored.total, 2),
            Level::label(scored.level).to_lowercase()
        ),
    };
    let differs = if changed > 0 {
        format!(" {changed} tiêu chí được kết luận khác điểm tự chấm, có ghi lý do.")
    } else {
        String::new()
    };
    format!(
        "Phiếu {} đã được xác nhận: {result}.{differs}",
        period.label().to_lowercase()
    )
}
