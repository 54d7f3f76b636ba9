//! The acts on rule sets: showing, comparing, copying, changing, approving, deleting.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use kpi::ids::AccountId;
use kpi::period::Period;
use kpi::permission::{Permission, granted};
use kpi::rule_set::RuleSet;
use kpi::rule_set::field::{self, departures, differences, field};
use kpi::rule_set::lifecycle::{Approval, Dated, MAX_REASON, Status, check_approval, check_edit};
use serde_json::{Value, json};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::api::{May, SetLine, SetView, SetsCompared, SetsView, Standing};
use super::store::{self, Content, SetRow};
use crate::audit;
use crate::auth::{Access, take_key};
use crate::error::AppError;
use crate::format::day;

/// Longest name, in characters.
const LONGEST_NAME: usize = 200;
/// Longest number of a decision, in characters.
const LONGEST_DECISION: usize = 100;

/// Rule sets the visitor may see: drafts only for those who prepare or approve them.
///
/// # Errors
/// The database's failure.
pub async fn list(pool: &PgPool, access: &Access, today: NaiveDate) -> Result<SetsView, AppError> {
    let rows = store::list(pool, access.actor.agency).await?;
    let may = |permission| granted(&access.actor.roles, permission).is_some();
    Ok(SetsView {
        sets: lines(access, &rows, today),
        may_copy: may(Permission::ManageRuleSets),
        key: Uuid::now_v7(),
    })
}

fn sees_drafts(access: &Access) -> bool {
    [Permission::ManageRuleSets, Permission::ApproveRuleSet]
        .iter()
        .any(|permission| granted(&access.actor.roles, *permission).is_some())
}

/// Stored sets and the built-in ones, in the order of `Standing`.
fn lines(access: &Access, rows: &[SetRow], today: NaiveDate) -> Vec<SetLine> {
    let dated = dated(rows);
    let mut lines: Vec<SetLine> = rows
        .iter()
        .filter(|row| row.status != Status::Draft.as_str() || sees_drafts(access))
        .map(|row| line(row, &dated, today))
        .collect();
    lines.extend(RuleSet::BUILTIN.iter().filter_map(|code| {
        let set = RuleSet::builtin(code)?;
        // Before the agency's first own set, the decree's own is in force.
        let first = dated.iter().map(|set| set.from).min();
        let own = set.code == RuleSet::nd_335_2025().code;
        let in_force = own && first.is_none_or(|first| first > today);
        Some(SetLine {
            code: set.code,
            name: set.name,
            legal_basis: set.legal_basis,
            standing: if in_force {
                Standing::InForce
            } else {
                Standing::BuiltIn
            },
            from: None,
            until: first.filter(|_| in_force).and_then(day_before),
            author: String::new(),
            approved: String::new(),
        })
    }));
    lines.sort_by_key(|line| match line.standing {
        Standing::InForce => 0,
        Standing::Coming => 1,
        Standing::Draft => 2,
        Standing::BuiltIn => 3,
        Standing::Replaced => 4,
    });
    lines
}

fn day_before(day: NaiveDate) -> Option<NaiveDate> {
    day.checked_sub_days(Days::new(1))
}

fn dated(rows: &[SetRow]) -> Vec<Dated> {
    rows.iter()
        .filter(|row| row.status != Status::Draft.as_str())
        .filter_map(|row| {
            Some(Dated {
                code: row.code.clone(),
                from: row.effective_from?,
            })
        })
        .collect()
}

fn line(row: &SetRow, dated: &[Dated], today: NaiveDate) -> SetLine {
    let from = row
        .effective_from
        .filter(|_| row.status != Status::Draft.as_str());
    let next = from.and_then(|from| {
        dated
            .iter()
            .map(|set| set.from)
            .filter(|other| *other > from)
            .min()
    });
    let standing = match from {
        None => Standing::Draft,
        Some(from) if from > today => Standing::Coming,
        Some(_) if next.is_some_and(|next| next <= today) => Standing::Replaced,
        Some(_) => Standing::InForce,
    };
    let approved = match (&row.approver_name, row.approved_at, &row.decision) {
        (Some(name), Some(at), Some(decision)) => format!(
            "{name}, {}, {decision}",
            day(crate::format::vietnam(at).date())
        ),
        _ => String::new(),
    };
    SetLine {
        code: row.code.clone(),
        name: row.name.clone(),
        legal_basis: row.legal_basis.clone(),
        standing,
        from,
        until: next.and_then(day_before),
        author: row.author_name.clone(),
        approved,
    }
}

/// One rule set.
///
/// # Errors
/// `NotFound` for one that is not there or a draft that the visitor may not see; the database's failure.
pub async fn show(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    code: &str,
) -> Result<SetView, AppError> {
    let agency = access.actor.agency;
    let rows = store::list(pool, agency).await?;
    let line = lines(access, &rows, today)
        .into_iter()
        .find(|line| line.code == code)
        .ok_or(AppError::NotFound)?;
    let set = store::known(pool, agency, code).await?;
    let row = rows.iter().find(|row| row.code == code);
    let draft = line.standing == Standing::Draft;
    let may = |permission| granted(&access.actor.roles, permission).is_some();
    let author = row.map(|row| AccountId(row.author));
    let last = if draft {
        store::last_month(pool, agency).await?
    } else {
        None
    };
    Ok(SetView {
        departures: departures(&set),
        fault: set
            .validate()
            .err()
            .map(|error| (error.field, error.message)),
        reasons: reasons(store::reasons(pool, agency, code).await?),
        version: row.map_or(0, |row| row.version),
        may: May {
            change: draft && may(Permission::ManageRuleSets),
            approve: draft
                && may(Permission::ApproveRuleSet)
                && author != Some(access.actor.account),
            copy: may(Permission::ManageRuleSets),
            try_out: may(Permission::TryRuleSet) && set.unfilled.is_empty(),
        },
        first_month: last.map_or_else(
            || Period::of(today).map_err(AppError::inner),
            |last| Ok(last.next()),
        )?,
        line,
        set,
        key: Uuid::now_v7(),
    })
}

fn reasons(stored: Value) -> BTreeMap<String, String> {
    serde_json::from_value(stored).unwrap_or_default()
}

/// What differs between two rule sets.
///
/// # Errors
/// As [`show`].
pub async fn compare(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (one, other): (String, String),
) -> Result<SetsCompared, AppError> {
    let rows = store::list(pool, access.actor.agency).await?;
    let lines = lines(access, &rows, today);
    let mut sets = Vec::with_capacity(2);
    for code in [&one, &other] {
        if !lines.iter().any(|line| line.code == *code) {
            return Err(AppError::NotFound);
        }
        sets.push(store::known(pool, access.actor.agency, code).await?);
    }
    let differences = match sets.as_slice() {
        [one, other] => differences(one, other),
        _ => Vec::new(),
    };
    Ok(SetsCompared {
        sets: lines
            .into_iter()
            .map(|line| (line.code, line.name))
            .collect(),
        one,
        other,
        differences,
    })
}

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
    let approval = Approval {
        status,
        author: AccountId(found.author),
        approver: access.actor.account,
        effective_from: month.first_day(),
        in_force: &dated(&rows),
        locked_until: store::last_signed(&mut *db, agency).await?,
        reasons: &reasons(found.reasons.clone()),
    };
    check_approval(&set, &approval)
        .map_err(|error| AppError::invalid(name_of(&error.field), error.message, from))?;
    if let Some(last) = store::last_month(&mut *db, agency)
        .await?
        .filter(|last| month <= *last)
    {
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
