//! Recording the facts of a year: absences, months from elsewhere, blockers. Each names its paper, nobody records about
//! himself, and what is wrong is withdrawn or replaced with a reason, never overwritten.

use chrono::{Datelike, NaiveDate};
use kpi::number::parse_number;
use kpi::period::Period;
use kpi::rating::{Absence, Blocker};
use rust_decimal::Decimal;
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use uuid::Uuid;

use super::{about_another, document, officer_id, parse_year, reason, write_audit};
use crate::auth::Access;
use crate::error::AppError;
use crate::format::day;
use crate::org::text;
use crate::rating::store::{self, NewAbsence, NewBlocker, NewOutside};
use crate::rating::wire::{AbsenceForm, BlockerForm, OutsideForm};

/// Longest absence, in days: two years.
const LONGEST_ABSENCE: i64 = 731;

/// Records an absence (khoản 2 Điều 11).
///
/// # Errors
/// `Invalid` naming the field; `Forbidden` about oneself; `NotFound`; the database's failure.
pub async fn record_absence(
    pool: &PgPool,
    access: &Access,
    form: &AbsenceForm,
) -> Result<(), AppError> {
    let officer = officer_id(&form.officer)?;
    about_another(access, officer)?;
    let kind: Absence = form
        .kind
        .parse()
        .map_err(|_| AppError::invalid("kind", "Hãy chọn lý do vắng mặt.", ""))?;
    let from = text::day("from_day", "Ngày bắt đầu", &form.from_day)?;
    let until = text::day("until_day", "Ngày kết thúc", &form.until_day)?;
    let refuse = |message: String| Err(AppError::invalid("until_day", message, &form.until_day));
    if until < from {
        return refuse(format!(
            "Ngày kết thúc phải từ ngày bắt đầu {} trở đi.",
            day(from)
        ));
    }
    if (until - from).num_days() >= LONGEST_ABSENCE {
        return refuse("Một lần vắng mặt dài tối đa hai năm; hãy xem lại ngày.".to_owned());
    }
    let new = NewAbsence {
        absence: Uuid::now_v7(),
        officer,
        kind,
        from,
        until,
        document: document(&form.document)?,
    };
    let mut db = pool.begin().await?;
    let agency = access.agency();
    store::hold_officer(&mut db, agency, officer).await?;
    if let Some((other_from, other_until)) =
        store::overlapping_absence(&mut db, agency, officer, (from, until)).await?
    {
        let message = format!(
            "Khoảng này trùng với lần vắng mặt đã ghi từ {} đến {}.",
            day(other_from),
            day(other_until)
        );
        return Err(AppError::invalid("from_day", message, &form.from_day));
    }
    store::insert_absence(&mut db, agency, access.actor.account.0, &new).await?;
    let detail =
        json!({ "kind": kind.as_str(), "from": from, "until": until, "document": new.document });
    write_audit(&mut db, access, "record_absence", Some(officer), detail).await?;
    db.commit().await?;
    Ok(())
}

/// Takes an absence back.
///
/// # Errors
/// `Invalid` on `reason`; `Forbidden` about oneself; `NotFound`; the database's failure.
pub async fn withdraw_absence(
    pool: &PgPool,
    access: &Access,
    absence: Uuid,
    why: &str,
) -> Result<(), AppError> {
    let why = reason(why)?;
    let mut db = pool.begin().await?;
    let account = access.actor.account.0;
    let officer = store::withdraw_absence(&mut db, access.agency(), account, absence, &why).await?;
    about_another(access, officer)?;
    let detail = json!({ "absence": absence, "reason": why });
    write_audit(&mut db, access, "withdraw_absence", Some(officer), detail).await?;
    db.commit().await?;
    Ok(())
}

/// Records a month that another organisation scored (khoản 2 Điều 19), or replaces one with a reason.
///
/// # Errors
/// `Invalid` naming the field: a score out of 0 to 100, a month that was confirmed here, one that is there already and
/// no reason to replace it; `Forbidden` about oneself; `NotFound`; the database's failure.
pub async fn record_outside_month(
    pool: &PgPool,
    access: &Access,
    form: &OutsideForm,
    today: NaiveDate,
) -> Result<(), AppError> {
    let officer = officer_id(&form.officer)?;
    about_another(access, officer)?;
    let refuse_period = |message: String| {
        let typed: String = form.period.chars().take(40).collect();
        AppError::invalid("period", message, typed)
    };
    let period: Period = form
        .period
        .trim()
        .parse()
        .map_err(|error: kpi::period::PeriodError| refuse_period(error.to_string()))?;
    if period.first_day() > today {
        return Err(refuse_period(format!("{} chưa đến.", period.label())));
    }
    let mut new = NewOutside {
        outside: Uuid::now_v7(),
        officer,
        period: period.first_day(),
        score: score(&form.score)?,
        origin: text::name("origin", "Cơ quan chấm điểm", &form.origin)?,
        document: document(&form.document)?,
        digest: String::new(),
        reason: if form.reason.trim().is_empty() {
            String::new()
        } else {
            reason(&form.reason)?
        },
    };
    new.digest = outside_digest(officer, new.period, new.score, &new.origin, &new.document);
    let mut db = pool.begin().await?;
    let agency = access.agency();
    store::hold_officer(&mut db, agency, officer).await?;
    let here = store::month_here(&mut db, agency, officer, period.first_day()).await?;
    if here.own {
        return Err(refuse_period(format!(
            "{} đã có phiếu được xác nhận tại cơ quan, không nhập từ nơi khác.",
            period.label()
        )));
    }
    if here.outside.is_some() && new.reason.is_empty() {
        return Err(AppError::invalid(
            "reason",
            format!(
                "{} đã có kết quả nhập từ cơ quan khác; muốn thay thế hãy ghi lý do.",
                period.label()
            ),
            "",
        ));
    }
    store::insert_outside(&mut db, agency, access.actor.account.0, &new, here.outside).await?;
    let detail = json!({
        "period": period, "origin": new.origin, "document": new.document, "digest": new.digest,
        "replaces": here.outside, "reason": new.reason
    });
    write_audit(
        &mut db,
        access,
        "record_outside_month",
        Some(officer),
        detail,
    )
    .await?;
    db.commit().await?;
    Ok(())
}

/// 0 to 100, at most two decimals.
fn score(typed: &str) -> Result<Decimal, AppError> {
    let refuse = |message: String| {
        let typed: String = typed.chars().take(40).collect();
        AppError::invalid("score", message, typed)
    };
    let value = parse_number(typed).map_err(|error| refuse(error.to_string()))?;
    if value < Decimal::ZERO || value > Decimal::ONE_HUNDRED {
        return Err(refuse("Điểm tháng phải từ 0 đến 100.".to_owned()));
    }
    if value.normalize().scale() > 2 {
        return Err(refuse(
            "Điểm tháng có tối đa hai chữ số thập phân.".to_owned(),
        ));
    }
    Ok(value.normalize())
}

/// SHA-256 of a month from elsewhere, each text with its length, so that no two entries look alike.
pub fn outside_digest(
    officer: Uuid,
    period: NaiveDate,
    score: Decimal,
    origin: &str,
    document: &str,
) -> String {
    let mut hasher = Sha256::new();
    for text in [
        officer.to_string().as_str(),
        &period.to_string(),
        &score.normalize().to_string(),
        origin,
        document,
    ] {
        hasher.update(format!("{}:{text}", text.len()));
    }
    hasher
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Records what makes a year "không hoàn thành" (khoản 4 Điều 20), in the one year in which its act counts.
///
/// # Errors
/// `Invalid` naming the field: an act that counts already, no paper, a case for leaders about somebody who never led;
/// `Forbidden` about oneself; `NotFound`; the database's failure.
pub async fn record_blocker(
    pool: &PgPool,
    access: &Access,
    form: &BlockerForm,
    today: NaiveDate,
) -> Result<(), AppError> {
    let officer = officer_id(&form.officer)?;
    about_another(access, officer)?;
    let year = parse_year(&form.year, today)?;
    if year > today.year() {
        return Err(AppError::invalid("year", "Năm này chưa đến.", &form.year));
    }
    let kind: Blocker = form
        .kind
        .parse()
        .map_err(|_| AppError::invalid("kind", "Hãy chọn trường hợp.", ""))?;
    let act = text::name("act", "Hành vi", &form.act)?;
    let decided_on = text::day("decided_on", "Ngày quyết định", &form.decided_on)?;
    if decided_on > today {
        return Err(AppError::invalid(
            "decided_on",
            "Ngày quyết định chưa đến.",
            &form.decided_on,
        ));
    }
    let new = NewBlocker {
        blocker: Uuid::now_v7(),
        officer,
        year,
        kind,
        act,
        document: document(&form.document)?,
        decided_on,
    };
    let mut db = pool.begin().await?;
    let agency = access.agency();
    store::hold_officer(&mut db, agency, officer).await?;
    let last = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(today);
    if kind == Blocker::UnitCorruption && !store::has_led(&mut db, agency, officer, last).await? {
        return Err(AppError::invalid(
            "kind",
            "Trường hợp này chỉ áp dụng cho công chức giữ chức vụ lãnh đạo, quản lý (điểm d khoản 4 Điều 20).",
            kind.as_str(),
        ));
    }
    if let Some((counted, paper)) = store::act_counted(&mut db, agency, officer, &new.act).await? {
        let message = format!(
            "Hành vi này đã tính vào năm {counted} theo {paper}; một hành vi chỉ tính trong một năm (khoản 3 Điều 11)."
        );
        return Err(AppError::invalid("act", message, new.act));
    }
    store::insert_blocker(&mut db, agency, access.actor.account.0, &new).await?;
    let detail = json!({ "year": year, "kind": kind.as_str(), "document": new.document });
    write_audit(&mut db, access, "record_blocker", Some(officer), detail).await?;
    db.commit().await?;
    Ok(())
}

/// Takes a blocker back.
///
/// # Errors
/// `Invalid` on `reason`; `Forbidden` about oneself; `NotFound`; the database's failure.
pub async fn withdraw_blocker(
    pool: &PgPool,
    access: &Access,
    blocker: Uuid,
    why: &str,
) -> Result<(), AppError> {
    let why = reason(why)?;
    let mut db = pool.begin().await?;
    let account = access.actor.account.0;
    let officer = store::withdraw_blocker(&mut db, access.agency(), account, blocker, &why).await?;
    about_another(access, officer)?;
    let detail = json!({ "blocker": blocker, "reason": why });
    write_audit(&mut db, access, "withdraw_blocker", Some(officer), detail).await?;
    db.commit().await?;
    Ok(())
}
