//! Rule sets as they are shown: all, one, two beside each other.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kpi::ids::AccountId;
use kpi::period::Period;
use kpi::permission::{Permission, granted};
use kpi::rule_set::RuleSet;
use kpi::rule_set::field::{departures, differences};
use kpi::rule_set::lifecycle::{Dated, Status, in_force};
use serde_json::Value;
use sqlx::PgPool;
use uuid::Uuid;

use crate::auth::Access;
use crate::error::AppError;
use crate::format::day;
use crate::rule_set::api::{May, SetLine, SetView, SetsCompared, SetsView, Standing};
use crate::rule_set::store::{self, SetRow};

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
    let now = Period::of(today)
        .ok()
        .and_then(|month| in_force(month, &dated));
    let mut lines: Vec<SetLine> = rows
        .iter()
        .filter(|row| row.status != Status::Draft.as_str() || sees_drafts(access))
        .map(|row| line(row, &dated, now, today))
        .collect();
    lines.extend(RuleSet::BUILTIN.iter().filter_map(|code| {
        let set = RuleSet::builtin(code)?;
        // Before the agency's first own set, the decree's own is in force.
        let scores = now.is_none() && set.code == RuleSet::nd_335_2025().code;
        let first = dated.iter().map(|set| set.from).min();
        Some(SetLine {
            code: set.code,
            name: set.name,
            legal_basis: set.legal_basis,
            standing: if scores {
                Standing::InForce
            } else {
                Standing::BuiltIn
            },
            from: None,
            until: first.filter(|_| scores).and_then(|day| day.pred_opt()),
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

pub(super) fn dated(rows: &[SetRow]) -> Vec<Dated> {
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

fn line(row: &SetRow, dated: &[Dated], now: Option<&str>, today: NaiveDate) -> SetLine {
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
        Some(_) if now == Some(row.code.as_str()) => Standing::InForce,
        Some(_) => Standing::Replaced,
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
        until: next.and_then(|day| day.pred_opt()),
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
        store::last_months(pool, agency).await?.begun
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

pub(super) fn reasons(stored: Value) -> BTreeMap<String, String> {
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
