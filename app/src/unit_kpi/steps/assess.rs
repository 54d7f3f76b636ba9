//! What the recognising authority does (Điều 5, Điều 9): points of the common criteria, facts with their documents, the
//! level. Nobody assesses the unit that he leads himself.

use chrono::{DateTime, NaiveDate, Utc};
use kpi::level::Level;
use kpi::rule_set::RuleSet;
use kpi::unit::{BasicPoint, Choice, UnitOutcome, assess, choices};
use serde_json::json;
use sqlx::{PgConnection, PgPool};
use std::collections::BTreeMap;
use uuid::Uuid;

use super::standing::{Data, data_of, standing};
use super::typed::{figure, short, text};
use super::{check_year, done, hold_open, month, rules};
use crate::auth::Access;
use crate::error::AppError;
use crate::unit_kpi::store::{self, Recognition};
use crate::unit_kpi::wire::Facts;

/// Whether the visitor is head or deputy of this very unit.
pub(super) fn leads(access: &Access, path: &str) -> bool {
    access.actor.led_paths().iter().any(|led| led == path)
}

/// A unit that the visitor may assess, with its year.
async fn assessed(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    unit: Uuid,
    year: &str,
) -> Result<i32, AppError> {
    let year = check_year(year, today)?;
    let place = crate::org::store::unit(pool, access.agency(), unit.into()).await?;
    access.reach_unit(&place.path)?;
    if leads(access, &place.path) {
        return Err(AppError::invalid(
            "unit",
            "Bạn đứng đầu hoặc là cấp phó của đơn vị này nên không tự đánh giá, công nhận; việc đó thuộc cấp trên trực tiếp (Điều 5).",
            "",
        ));
    }
    Ok(year)
}

fn seen(version: i32, stored: i32) -> Result<(), AppError> {
    if version == stored {
        return Ok(());
    }
    Err(AppError::Conflict {
        current: format!("lần sửa thứ {stored}"),
        yours: format!("sửa từ lần thứ {version}"),
    })
}

/// Gives the points of the common criteria (Điều 6), each with its reason, by the code of the group.
///
/// # Errors
/// `Invalid` on `points[code]` or `reasons[code]`, or on `unit` for one's own; `Conflict`; `Forbidden`; `NotFound`; the
/// database's failure.
pub async fn give_points(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (unit, year, version): (Uuid, &str, i32),
    (points, reasons): (&BTreeMap<String, String>, &BTreeMap<String, String>),
) -> Result<i32, AppError> {
    let year = assessed(pool, access, today, unit, year).await?;
    let rules = rules(pool, access.actor.agency, year, today).await?;
    let mut rows = Vec::new();
    for group in &rules.unit_criteria {
        let field = format!("points[{}]", group.code);
        let typed = points.get(&group.code).map_or("", String::as_str);
        let given = figure(&field, "Điểm", typed)?;
        let point = BasicPoint {
            criterion: group.code.clone(),
            max: group.max,
            points: given,
        };
        point
            .validate(&rules)
            .map_err(|error| AppError::invalid(field, error.message, short(typed)))?;
        let reason = text(
            &format!("reasons[{}]", group.code),
            reasons.get(&group.code).map_or("", String::as_str),
            Some("Hãy ghi căn cứ của điểm."),
        )?;
        rows.push((point.criterion, point.max, point.points, reason));
    }
    let mut db = pool.begin().await?;
    let stored = hold_open(&mut db, access.agency(), unit, year).await?;
    seen(version, stored)?;
    store::put_basic(&mut db, access.agency(), (unit, year), &rows).await?;
    let detail = json!({ "year": year });
    done(
        &mut db,
        access,
        (unit, today),
        "unit_kpi.give_points",
        detail,
    )
    .await?;
    db.commit().await?;
    Ok(year)
}

/// Records what the authority knows, wrongdoing and force majeure each with its document.
///
/// # Errors
/// `Invalid` naming the field; `Conflict`; `Forbidden`; `NotFound`; the database's failure.
pub async fn put_facts(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (unit, year, version): (Uuid, &str, i32),
    facts: Facts,
) -> Result<i32, AppError> {
    let year = assessed(pool, access, today, unit, year).await?;
    let document = |held: bool, field: &str, typed: &str| {
        let sentence = "Hãy ghi số, ngày và cơ quan ban hành của văn bản kết luận.";
        text(field, typed, held.then_some(sentence))
            .map(|tidy| if held { tidy } else { String::new() })
    };
    let facts = Facts {
        shortcomings_note: text(
            "shortcomings_note",
            &facts.shortcomings_note,
            (!facts.shortcomings_fixed)
                .then_some("Hãy ghi hạn chế, khuyết điểm nào chưa khắc phục."),
        )?,
        wrongdoing_document: document(
            facts.wrongdoing,
            "wrongdoing_document",
            &facts.wrongdoing_document,
        )?,
        force_majeure_document: document(
            facts.force_majeure,
            "force_majeure_document",
            &facts.force_majeure_document,
        )?,
        ..facts
    };
    let mut db = pool.begin().await?;
    let stored = hold_open(&mut db, access.agency(), unit, year).await?;
    seen(version, stored)?;
    store::put_facts(&mut db, access.agency(), (unit, year), &facts).await?;
    let detail = json!({ "year": year });
    done(&mut db, access, (unit, today), "unit_kpi.facts", detail).await?;
    db.commit().await?;
    Ok(year)
}

/// A decision about a level.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The level.
    pub level: Level,
    /// Why, where the law does not give it by itself.
    pub reason: String,
    /// Who decides.
    pub by: Option<Uuid>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Recognises a level: the one the law gives, or one of those it leaves to the authority, then with a reason.
///
/// # Errors
/// `Invalid` on `level` while there is no score, while a unit directly below waits (khoản 1 Điều 9), or for a level that is
/// not open; on `reason`; `Conflict`; `Forbidden`; `NotFound`; the database's failure.
pub async fn recognise(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (unit, year, version): (Uuid, &str, i32),
    (level, reason): (&str, &str),
) -> Result<i32, AppError> {
    let year = assessed(pool, access, today, unit, year).await?;
    let level: Level = level
        .parse()
        .map_err(|_| AppError::invalid("level", "Hãy chọn một mức xếp loại.", short(level)))?;
    let decision = Decision {
        level,
        reason: text("reason", reason, None)?,
        by: access.actor.officer.map(|officer| officer.0),
        at: Utc::now(),
    };
    let rules = rules(pool, access.actor.agency, year, today).await?;
    let mut db = pool.begin().await?;
    let stored = hold_open(&mut db, access.agency(), unit, year).await?;
    seen(version, stored)?;
    record(
        &mut db,
        &rules,
        access.agency(),
        (unit, year, today),
        decision,
    )
    .await?;
    let detail = json!({ "year": year });
    done(&mut db, access, (unit, today), "unit_kpi.recognise", detail).await?;
    db.commit().await?;
    Ok(year)
}

/// Checks a decision against the rules and stores it with the score it rests on. The caller holds the transaction.
///
/// # Errors
/// As [`recognise`].
pub async fn record(
    db: &mut PgConnection,
    rules: &RuleSet,
    agency: Uuid,
    (unit, year, today): (Uuid, i32, NaiveDate),
    decision: Decision,
) -> Result<(), AppError> {
    store::hold_year(db, agency, unit, year).await?;
    let (data, waiting) = gather(db, agency, (unit, year, today)).await?;
    if let Some(name) = waiting {
        let message =
            format!("Đơn vị cấp dưới phải được công nhận trước (khoản 1 Điều 9): còn {name}.");
        return Err(AppError::invalid("level", message, ""));
    }
    if let Some(gap) = standing(rules, &data)?.gaps.first() {
        let message = format!("Chưa công nhận được. {}", gap.words());
        return Err(AppError::invalid("level", message, ""));
    }
    let input = data.input(rules)?;
    let outcome = assess(rules, &input)?;
    let needs_reason = open_to(rules, &outcome, decision.level)?;
    if needs_reason && decision.reason.is_empty() {
        return Err(AppError::invalid(
            "reason",
            "Mức này do cấp có thẩm quyền quyết định nên phải ghi lý do.",
            "",
        ));
    }
    let new = Recognition {
        level: decision.level,
        decided: needs_reason,
        reason: decision.reason,
        total: outcome.total,
        rule_set: rules.code.clone(),
        input,
        by: decision.by,
        at: decision.at,
    };
    store::recognise(db, agency, (unit, year), &new).await
}

/// The levels that may be recognised for a unit's year as it stands; none while there is no score.
///
/// # Errors
/// The database's failure.
pub async fn open_levels(
    db: &mut PgConnection,
    rules: &RuleSet,
    agency: Uuid,
    of: (Uuid, i32, NaiveDate),
) -> Result<Vec<Choice>, AppError> {
    let (data, _) = gather(db, agency, of).await?;
    let outcome = standing(rules, &data)?.outcome;
    Ok(outcome.map_or_else(Vec::new, |outcome| choices(rules, &outcome)))
}

/// Whether a level that is open needs a reason; refuses one that is not open.
fn open_to(rules: &RuleSet, outcome: &UnitOutcome, level: Level) -> Result<bool, AppError> {
    let open = choices(rules, outcome);
    if let Some(choice) = open.iter().find(|choice| choice.level == level) {
        return Ok(choice.needs_reason);
    }
    let names: Vec<&str> = open.iter().map(|choice| choice.level.label()).collect();
    let message = format!(
        "Theo Điều 8, đơn vị chỉ có thể được công nhận: {}.",
        names.join("; ")
    );
    Err(AppError::invalid("level", message, ""))
}

/// The rows of one unit, and the name of a unit directly below that has indicators and is not recognised yet.
async fn gather(
    db: &mut PgConnection,
    agency: Uuid,
    (unit, year, today): (Uuid, i32, NaiveDate),
) -> Result<(Data, Option<String>), AppError> {
    let ids = [unit];
    let indicators = store::indicators(&mut *db, agency, store::Whose::Units(&ids), year).await?;
    let basic = store::basic(&mut *db, agency, &ids, year).await?;
    let years = store::years(&mut *db, agency, &ids, year).await?;
    let days = (
        month(year, 1)?.first_day(),
        month(year, 12)?.first_day(),
        today,
    );
    let tasks = store::tasks(&mut *db, agency, &ids, days).await?;
    let waiting = store::waiting_below(&mut *db, agency, unit, year).await?;
    Ok((data_of(unit, &indicators, &basic, &years, &tasks), waiting))
}

/// Takes a recognised level back, so that what was wrong can be set right and decided anew (khoản 3 Điều 21).
///
/// # Errors
/// `Invalid` on `unit` when none is recognised, on `reason`; `Conflict`; `Forbidden`; `NotFound`; the database's failure.
pub async fn reopen(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (unit, year, version): (Uuid, &str, i32),
    reason: &str,
) -> Result<i32, AppError> {
    let year = assessed(pool, access, today, unit, year).await?;
    let reason = text(
        "reopen_reason",
        reason,
        Some("Hãy ghi vì sao thu hồi công nhận."),
    )?;
    let mut db = pool.begin().await?;
    let (stored, recognised) = store::hold_year(&mut db, access.agency(), unit, year).await?;
    seen(version, stored)?;
    if !recognised {
        return Err(AppError::invalid(
            "unit",
            "Đơn vị chưa được công nhận mức xếp loại.",
            "",
        ));
    }
    store::clear_level(&mut db, access.agency(), (unit, year)).await?;
    let detail = json!({ "year": year, "reason": reason });
    done(&mut db, access, (unit, today), "unit_kpi.reopen", detail).await?;
    db.commit().await?;
    Ok(year)
}
