//! The life of a draft: copied, changed, approved, deleted.

use std::collections::BTreeMap;

use kpi::ids::AccountId;
use kpi::period::Period;
use kpi::rule_set::RuleSet;
use kpi::rule_set::field::{self, departures, differences, field};
use kpi::rule_set::lifecycle::{Approval, MAX_REASON, Status, check_approval, check_edit};
use serde_json::{Value, json};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::show::{dated, reasons};
use crate::audit;
use crate::auth::{Access, take_key};
use crate::error::AppError;
use crate::rule_set::store::{self, Content};

/// Longest name, in characters.
const LONGEST_NAME: usize = 200;
/// Longest number of a decision, in characters.
const LONGEST_DECISION: usize = 100;

/// Copies a rule set into a draft; gives the code of the draft. The same key again copies nothing.
///
/// # Errors
/// `Invalid` for the name; `NotFound` for the source; the database's failure.
pub async fn copy(
    pool: &PgPool,
    access: &Access,
    source: &str,
    name: &str,
    key: Uuid,
) -> Result<String, AppError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(AppError::invalid(
            "name",
            format!("Hãy đặt tên cho bản sao, tối đa {LONGEST_NAME} chữ."),
            name,
        ));
    }
    let agency = access.actor.agency;
    let mut set = store::known(pool, agency, source).await?;
    name.clone_into(&mut set.name);
    let given = store::reasons(pool, agency, source).await?;
    let mut db = pool.begin().await?;
    if !take_key(&mut db, access, key).await? {
        let rows = store::list(&mut *db, agency).await?;
        let made = rows.into_iter().find(|row| row.name == name);
        return made.map(|row| row.code).ok_or(AppError::NotFound);
    }
    let code = store::insert(&mut db, access, source, set, object(given)).await?;
    record(
        &mut db,
        access,
        "rule_set.copy",
        None,
        json!({ "code": code, "name": name }),
    )
    .await?;
    db.commit().await?;
    Ok(code)
}

fn object(value: Value) -> Value {
    if value.is_object() { value } else { json!({}) }
}

async fn record(
    db: &mut PgConnection,
    access: &Access,
    action: &str,
    id: Option<Uuid>,
    detail: Value,
) -> Result<(), AppError> {
    let actor = access.actor.audit();
    audit::write(
        db,
        access.actor.agency,
        actor,
        action,
        ("rule_set", id),
        detail,
    )
    .await
}

/// A draft in the version that was seen.
async fn draft(
    db: &mut PgConnection,
    access: &Access,
    (code, version): (&str, i32),
) -> Result<(Content, RuleSet, Status), AppError> {
    let found = store::lock(db, access.actor.agency, code).await?;
    let status: Status = found.status.parse().map_err(AppError::inner)?;
    check_edit(status)?;
    if found.version != version {
        return Err(AppError::Conflict {
            current: format!("bản {}", found.version),
            yours: format!("bản {version}"),
        });
    }
    let set = serde_json::from_value(found.content.clone()).map_err(AppError::inner)?;
    Ok((found, set, status))
}

/// Stores the values of a draft as they are typed.
///
/// # Errors
/// `Invalid` at the path of a value that cannot be read or does not fit the others; `Conflict`; the database's
/// failure.
pub async fn change(
    pool: &PgPool,
    access: &Access,
    draft_seen: (&str, i32),
    given: &BTreeMap<String, String>,
    given_reasons: BTreeMap<String, String>,
) -> Result<(), AppError> {
    let mut db = pool.begin().await?;
    let (found, before, _) = draft(&mut db, access, draft_seen).await?;
    let mut set = before.clone();
    for (path, typed) in given {
        let Some(field) = field(path) else {
            return Err(AppError::invalid(
                path.clone(),
                "Không có mục này trong bộ quy tắc.",
                typed.clone(),
            ));
        };
        // A browser sends lines with carriage returns.
        field::write(&mut set, field, &typed.replace('\r', ""))
            .map_err(|error| AppError::invalid(error.field, error.message, typed.clone()))?;
    }
    set.validate_content()?;
    let kept = kept_reasons(&set, given_reasons)?;
    let changed: Vec<String> = differences(&before, &set)
        .into_iter()
        .map(|difference| difference.path)
        .collect();
    store::update(
        &mut db,
        access.actor.agency,
        found.rule_set,
        &set,
        json!(kept),
    )
    .await?;
    let detail = json!({ "code": draft_seen.0, "changed": changed });
    record(
        &mut db,
        access,
        "rule_set.change",
        Some(found.rule_set),
        detail,
    )
    .await?;
    db.commit().await?;
    Ok(())
}

/// Reasons of what departs from the decree; others are dropped.
fn kept_reasons(
    set: &RuleSet,
    given: BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, AppError> {
    let departs = departures(set);
    let mut kept = BTreeMap::new();
    for (path, reason) in given {
        let reason = reason.trim().to_owned();
        if reason.chars().count() > MAX_REASON {
            return Err(AppError::invalid(
                format!("reasons.{path}"),
                format!("Lý do tối đa {MAX_REASON} chữ."),
                reason,
            ));
        }
        if !reason.is_empty() && departs.iter().any(|found| found.path == path) {
            kept.insert(path, reason);
        }
    }
    Ok(kept)
}

/// Deletes a draft.
///
/// # Errors
/// `Invalid` once it is approved; `Conflict`; the database's failure.
pub async fn delete(
    pool: &PgPool,
    access: &Access,
    draft_seen: (&str, i32),
) -> Result<(), AppError> {
    let mut db = pool.begin().await?;
    let (found, set, _) = draft(&mut db, access, draft_seen).await?;
    store::delete(&mut db, access.actor.agency, found.rule_set).await?;
    let detail = json!({ "code": draft_seen.0, "name": set.name });
    record(
        &mut db,
        access,
        "rule_set.delete",
        Some(found.rule_set),
        detail,
    )
    .await?;
    db.commit().await?;
    Ok(())
}

/// Approves a draft: from the first day of the month `from` ("2026-12") it scores every new sheet, and never changes
/// again.
///
/// # Errors
/// `Invalid` for the month, the decision or a draft that is not complete; a refusal for its own author; `Conflict`;
/// the database's failure.
pub async fn approve(
    pool: &PgPool,
    access: &Access,
    draft_seen: (&str, i32),
    from: &str,
    decision: &str,
) -> Result<(), AppError> {
    let decision = decision.trim();
    if decision.is_empty() || decision.chars().count() > LONGEST_DECISION {
        return Err(AppError::invalid(
            "decision",
            format!("Hãy ghi số quyết định ban hành, tối đa {LONGEST_DECISION} chữ."),
            decision,
        ));
    }
    let month: Period = from
        .trim()
        .parse()
        .map_err(|error: kpi::period::PeriodError| {
            AppError::invalid("from", error.to_string(), from)
        })?;
    let agency = access.actor.agency;
    let mut db = pool.begin().await?;
    let (found, set, status) = draft(&mut db, access, draft_seen).await?;
    let rows = store::list(&mut *db, agency).await?;
    let months = store::last_months(&mut *db, agency).await?;
    let approval = Approval {
        status,
        author: AccountId(found.author),
        approver: access.actor.account,
        effective_from: month.first_day(),
        in_force: &dated(&rows),
        locked_until: months.signed,
        reasons: &reasons(found.reasons.clone()),
    };
    check_approval(&set, &approval)
        .map_err(|error| AppError::invalid(name_of(&error.field), error.message, from))?;
    if let Some(last) = months.begun.filter(|last| month <= *last) {
        return Err(AppError::invalid(
            "from",
            format!(
                "{} đã có việc được giao theo bộ quy tắc đang áp dụng; chọn từ {} trở đi.",
                last.label(),
                last.next().label().to_lowercase()
            ),
            from,
        ));
    }
    store::approve(&mut db, access, found.rule_set, month.first_day(), decision).await?;
    let detail =
        json!({ "code": draft_seen.0, "decision": decision, "effective_from": month.first_day() });
    record(
        &mut db,
        access,
        "rule_set.approve",
        Some(found.rule_set),
        detail,
    )
    .await?;
    db.commit().await?;
    Ok(())
}

/// The form's name of what a rule refuses.
fn name_of(field: &str) -> String {
    match field {
        "effective_from" => "from".to_owned(),
        other => other.to_owned(),
    }
}
