//! Decisions about a year: another share of "xuất sắc" (điểm b khoản 5 Điều 20), and whom to choose while more stand for
//! it than may be. Only the head of the agency chooses (khoản 2 Điều 10), never about himself.

use chrono::{Datelike, NaiveDate};
use kpi::number::{format_vi, parse_number};
use kpi::rule_set::RuleSet;
use rust_decimal::Decimal;
use serde_json::json;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::{about_another, document, load, parse_year, reason, rules_of_year, write_audit};
use crate::auth::Access;
use crate::error::AppError;
use crate::org::text;
use crate::rating::months::NO_GROUP;
use crate::rating::process::store::{Which, decisions};
use crate::rating::store::{self, NewChoice, NewQuota};
use crate::rating::wire::{Chosen, Standing};

/// A decision about the share, as typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The year.
    pub year: String,
    /// The share in percent ("25") or as a fraction ("0,25").
    pub ratio: String,
    /// The decision.
    pub document: String,
    /// Its day.
    pub decided_on: String,
}

/// Records a decision to use another share of "xuất sắc" for a year.
///
/// # Errors
/// `Invalid` on `ratio` outside the rule set's ordinary and greatest share, on `document`, `decided_on` or `year`; the
/// database's failure.
pub async fn decide_ratio(
    pool: &PgPool,
    access: &Access,
    typed: &Typed,
    today: NaiveDate,
) -> Result<(), AppError> {
    let year = parse_year(&typed.year, today)?;
    if year > today.year() {
        return Err(AppError::invalid("year", "Năm này chưa đến.", &typed.year));
    }
    let mut db = pool.begin().await?;
    store::hold_agency(&mut db, access.agency()).await?;
    let last = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(today);
    let rules = rules_of_year(&mut db, access, last.min(today)).await?;
    let ratio = share(&rules, &typed.ratio)?;
    let decided_on = text::day("decided_on", "Ngày quyết định", &typed.decided_on)?;
    if decided_on > today {
        return Err(AppError::invalid(
            "decided_on",
            "Ngày quyết định chưa đến.",
            &typed.decided_on,
        ));
    }
    let new = NewQuota {
        quota: Uuid::now_v7(),
        year,
        ratio,
        document: document(&typed.document)?,
        decided_on,
    };
    store::insert_quota(&mut db, access.agency(), access.actor.account.0, &new).await?;
    let detail = json!({ "year": year, "ratio": ratio, "document": new.document });
    write_audit(&mut db, access, "decide_ratio", None, detail).await?;
    db.commit().await?;
    Ok(())
}

/// The ordinary share to the greatest (khoản 5 Điều 20), typed in percent or as a fraction of one.
fn share(rules: &RuleSet, typed: &str) -> Result<Decimal, AppError> {
    let refuse = |message: String| {
        let typed: String = typed.chars().take(40).collect();
        AppError::invalid("ratio", message, typed)
    };
    let value = parse_number(typed).map_err(|error| refuse(error.to_string()))?;
    let ratio = if value > Decimal::ONE {
        value / Decimal::ONE_HUNDRED
    } else {
        value
    }
    .normalize();
    let (least, most) = (rules.year.excellent_ratio, rules.year.most_excellent_ratio);
    if ratio < least || ratio > most {
        let percent = |ratio: Decimal| format_vi(ratio * Decimal::ONE_HUNDRED, 2);
        return Err(refuse(format!(
            "Tỷ lệ phải từ {} % đến {} % (khoản 5 Điều 20).",
            percent(least),
            percent(most)
        )));
    }
    if ratio.scale() > 4 {
        return Err(refuse(
            "Tỷ lệ có tối đa hai chữ số thập phân sau dấu phẩy của phần trăm.".to_owned(),
        ));
    }
    Ok(ratio)
}

/// Chooses about a candidate while more stand for "xuất sắc" than may be: he stays there, or becomes "tốt".
///
/// # Errors
/// `Forbidden` for anybody but the head of the agency, and about himself; `Invalid` on `reason`, on `chosen` when there is
/// nothing to choose or no place left; `Conflict` when somebody chose meanwhile; the database's failure.
pub async fn choose(
    pool: &PgPool,
    access: &Access,
    (year, today): (i32, NaiveDate),
    (officer, chosen, why): (Uuid, &str, &str),
) -> Result<(), AppError> {
    about_another(access, officer)?;
    let mut db = pool.begin().await?;
    let me = authority(&mut db, access, today).await?;
    let why = reason(why)?;
    let chosen = Chosen::of_code(chosen)
        .ok_or_else(|| AppError::invalid("chosen", "Hãy chọn xuất sắc hoặc tốt.", ""))?;
    store::hold_agency(&mut db, access.agency()).await?;
    let loaded = load(&mut db, access, (year, today), None).await?;
    undecided(&mut db, access, (year, officer)).await?;
    let refuse = |message: &str| {
        Err(AppError::invalid(
            "chosen",
            message,
            chosen.level().as_str(),
        ))
    };
    let line = loaded
        .year
        .people
        .iter()
        .map(|(line, _)| line)
        .find(|line| line.officer == officer)
        .ok_or(AppError::NotFound)?;
    match &line.standing {
        Standing::Open => {}
        Standing::Decided(choice) => {
            return Err(AppError::Conflict {
                current: choice.chosen.level().label().to_owned(),
                yours: chosen.level().label().to_owned(),
            });
        }
        Standing::Within => {
            return refuse("Số được đề nghị xuất sắc không vượt tỷ lệ nên không cần chọn.");
        }
        Standing::None => {
            return refuse("Công chức này không thuộc diện đề nghị xuất sắc.");
        }
        Standing::Above => {
            return refuse(
                "Cơ quan quản lý quyết định mức của người đứng đầu cơ quan này (khoản 2 Điều 10).",
            );
        }
    }
    let group = if line.group.is_empty() {
        NO_GROUP
    } else {
        &line.group
    };
    let full = [group, ""]
        .into_iter()
        .filter_map(|group| loaded.year.gauge(group))
        .any(|gauge| gauge.chosen >= gauge.most);
    if chosen == Chosen::Excellent && full {
        return refuse("Đã chọn đủ số suất xuất sắc; hãy hủy một lựa chọn trước.");
    }
    let new = NewChoice {
        choice: Uuid::now_v7(),
        year,
        officer,
        chosen,
        reason: why,
    };
    let by = (me, access.actor.account.0);
    store::insert_choice(&mut db, access.agency(), by, &new).await?;
    let detail = json!({ "year": year, "chosen": chosen.level().as_str(), "reason": new.reason });
    write_audit(&mut db, access, "choose_rating", Some(officer), detail).await?;
    db.commit().await?;
    Ok(())
}

/// Undoes a choice that was seen in `version`; the candidate stands again as the rules propose.
///
/// # Errors
/// As [`choose`].
pub async fn undo_choice(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (choice, version, why): (Uuid, i32, &str),
) -> Result<(), AppError> {
    let why = reason(why)?;
    let mut db = pool.begin().await?;
    authority(&mut db, access, today).await?;
    store::hold_agency(&mut db, access.agency()).await?;
    let (officer, year, stored) = store::hold_choice(&mut db, access.agency(), choice).await?;
    about_another(access, officer)?;
    undecided(&mut db, access, (year, officer)).await?;
    if stored != version {
        return Err(AppError::Conflict {
            current: format!("lựa chọn đã đổi (lần {stored})"),
            yours: format!("hủy lựa chọn lần {version}"),
        });
    }
    store::undo_choice(
        &mut db,
        access.agency(),
        access.actor.account.0,
        choice,
        &why,
    )
    .await?;
    let detail = json!({ "choice": choice, "reason": why });
    write_audit(&mut db, access, "undo_rating_choice", Some(officer), detail).await?;
    db.commit().await?;
    Ok(())
}

/// Refuses a choice about somebody whose level is decided: another decision replaces it (khoản 3 Điều 21).
async fn undecided(
    db: &mut PgConnection,
    access: &Access,
    (year, officer): (i32, Uuid),
) -> Result<(), AppError> {
    let which = Which {
        officer: Some(officer),
        year: Some(year),
        id: None,
    };
    if decisions(db, access.agency(), which).await?.is_empty() {
        return Ok(());
    }
    Err(AppError::invalid(
        "chosen",
        "Mức của người này đã được quyết định; chỉ thay đổi bằng quyết định thay thế (khoản 3 Điều 21).",
        "",
    ))
}

/// Refuses everyone but the head of the agency (khoản 2 Điều 10).
pub(in crate::rating) async fn authority(
    db: &mut PgConnection,
    access: &Access,
    today: NaiveDate,
) -> Result<Uuid, AppError> {
    let me = access.officer()?.0;
    if store::heads_agency(db, access.agency(), me, today).await? {
        Ok(me)
    } else {
        Err(AppError::Forbidden)
    }
}
