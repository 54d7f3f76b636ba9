//! Lodging a petition about an announced result, and taking it back.

use chrono::NaiveDate;
use kpi::ids::OfficerId;
use kpi::period::Period;
use kpi::petition::{PetitionAction, check_lodging, due_day, step};
use kpi::rule_set::RuleSet;
use serde_json::json;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::{party, refused, write_audit};
use crate::auth::Access;
use crate::error::AppError;
use crate::live::notify;
use crate::org::{direct_superior, store::name_of};
use crate::petition::store::{self, NewPetition};
use crate::petition::wire::{About, Form};
use crate::rating::process::steps::long_text;
use crate::rating::process::store::{Which, decisions};
use crate::rule_set;

/// A petition, as typed.
#[derive(Clone, Debug, Default)]
pub struct Lodging {
    /// "2026-10", or the id of a decision.
    pub about: String,
    /// "criterion:I.1", "assignment:…"; empty for the whole result.
    pub line: String,
    /// What it asks for.
    pub text: String,
}

/// A result that somebody contests.
struct Contested {
    about: About,
    rules: RuleSet,
    announced: Option<NaiveDate>,
    /// Who gave it; none for the managing agency.
    authority: Option<Uuid>,
}

const ABOVE: &str = "Kết quả này do cơ quan quản lý quyết định: hãy gửi kiến nghị đến cơ quan quản lý; bộ phận tổ chức cán bộ hướng dẫn và ghi quyết định thay thế khi có.";

/// Reads the own result that an address names.
async fn contested(
    db: &mut PgConnection,
    access: &Access,
    today: NaiveDate,
    about: &str,
) -> Result<Contested, AppError> {
    let me = access.officer()?;
    let agency = access.agency();
    if let Ok(period) = about.trim().parse::<Period>() {
        let month = store::month(db, agency, period, me.0)
            .await?
            .ok_or(AppError::NotFound)?;
        let above = direct_superior(&mut *db, agency, me, today).await?;
        let rules = rule_set::store::of(&mut *db, access.actor.agency, &month.rule_set).await?;
        return Ok(Contested {
            about: About::Month(period),
            rules,
            announced: month.announced,
            authority: above
                .map(|above| above.0)
                .or(month.confirmed_by)
                .filter(|authority| *authority != me.0),
        });
    }
    let id = about.trim().parse().map_err(|_| AppError::NotFound)?;
    let which = Which {
        officer: Some(me.0),
        year: None,
        id: Some(id),
    };
    let decision = decisions(db, agency, which)
        .await?
        .into_iter()
        .next()
        .ok_or(AppError::NotFound)?;
    if decision.replaced_by.is_some() {
        return Err(AppError::invalid(
            "about",
            "Quyết định này đã được thay thế: hãy kiến nghị về quyết định đang có hiệu lực.",
            "",
        ));
    }
    let last = NaiveDate::from_ymd_opt(decision.year, 12, 1).unwrap_or(today);
    let period = Period::of(last.min(today)).map_err(AppError::inner)?;
    let rules = rule_set::store::in_force(&mut *db, access.actor.agency, period).await?;
    let authority = match decision.signature {
        Some(_) => store::head_of_agency(db, agency, today).await?,
        None => None,
    };
    Ok(Contested {
        about: About::Year {
            year: decision.year,
            decision: decision.id,
        },
        rules,
        announced: decision.published_on,
        authority: authority.filter(|authority| *authority != me.0),
    })
}

fn refusal(result: &Contested, today: NaiveDate, holidays: &[NaiveDate]) -> Option<String> {
    let days = result.rules.petition_lodging_days;
    match check_lodging(result.announced, today, days, holidays) {
        Err(refused) => Some(refused.message),
        Ok(()) if result.authority.is_none() => Some(ABOVE.to_owned()),
        Ok(()) => None,
    }
}

/// Lines of a month that a petition may name, with their words; the whole result is always possible.
async fn lines(
    db: &mut PgConnection,
    access: &Access,
    result: &Contested,
) -> Result<Vec<(String, String)>, AppError> {
    let About::Month(period) = result.about else {
        return Ok(Vec::new());
    };
    let mut lines: Vec<(String, String)> = result
        .rules
        .criteria
        .iter()
        .map(|criterion| {
            (
                format!("criterion:{}", criterion.code),
                format!("Tiêu chí {}: {}", criterion.code, criterion.label),
            )
        })
        .collect();
    let me = access.officer()?.0;
    for fault in store::assignments(db, access.agency(), period, me).await? {
        lines.push((
            format!("assignment:{}", fault.assignment),
            format!("Nhiệm vụ {}", fault.name),
        ));
    }
    Ok(lines)
}

/// The form about one's own result, or why there is none.
///
/// # Errors
/// `NotFound` for a result that is not the visitor's; the database's failure.
pub async fn form(
    db: &mut PgConnection,
    access: &Access,
    today: NaiveDate,
    about: &str,
) -> Result<Form, AppError> {
    let result = contested(db, access, today, about).await?;
    let holidays = store::holidays(db, access.agency()).await?;
    let authority = match result.authority {
        Some(authority) => name_of(&mut *db, access.agency(), authority).await?,
        None => String::new(),
    };
    Ok(Form {
        about: about.trim().to_owned(),
        label: result.about.label(),
        authority,
        days: result.rules.petition_days,
        lines: lines(db, access, &result).await?,
        refused: refusal(&result, today, &holidays),
    })
}

/// Lodges a petition about one's own announced result; returns its id.
///
/// # Errors
/// `Invalid` on `about` before the result is announced, after the deadline of the rule set and where the managing agency
/// decided; on `line`, on `text`; where the same is open already; `NotFound` for a result that is not the visitor's.
pub async fn lodge(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    typed: &Lodging,
) -> Result<Uuid, AppError> {
    let me = access.officer()?;
    let agency = access.agency();
    let mut db = pool.begin().await?;
    let result = contested(&mut db, access, today, &typed.about).await?;
    let holidays = store::holidays(&mut db, agency).await?;
    if let Some(message) = refusal(&result, today, &holidays) {
        return Err(AppError::invalid("about", message, ""));
    }
    let authority = result.authority.ok_or(AppError::NotFound)?;
    let text = long_text("text", "Nội dung kiến nghị", &typed.text, true)?;
    let (line, line_label) = if typed.line.trim().is_empty() {
        (None, String::new())
    } else {
        let offered = lines(&mut db, access, &result).await?;
        let found = offered.into_iter().find(|(value, _)| *value == typed.line);
        let refuse = || AppError::invalid("line", "Hãy chọn một dòng của phiếu này.", "");
        let (value, words) = found.ok_or_else(refuse)?;
        let (kind, code) = value.split_once(':').ok_or_else(refuse)?;
        let kind = if kind == "criterion" {
            "criterion"
        } else {
            "assignment"
        };
        (Some((kind, code.to_owned())), words)
    };
    let new = NewPetition {
        id: Uuid::now_v7(),
        officer: me.0,
        line,
        line_label,
        text,
        authority,
        received: today,
        due: due_day(today, result.rules.petition_days, &holidays),
        about: result.about,
    };
    if !store::insert(&mut db, agency, &new).await? {
        return Err(AppError::invalid(
            "about",
            "Bạn đã gửi kiến nghị về nội dung này và đang được giải quyết; hãy xem ở danh sách dưới, hoặc rút lại để gửi bản khác.",
            "",
        ));
    }
    let detail = json!({ "petition": new.id, "about": new.about.label(), "due": new.due });
    write_audit(&mut db, access, "lodge_petition", me.0, detail).await?;
    let told = format!(
        "{} kiến nghị về {}. Hạn trả lời: {}.",
        access.actor.name,
        new.about.label().to_lowercase(),
        crate::format::day(new.due)
    );
    let link = format!("/petition/{}", new.id);
    notify(&mut db, agency, OfficerId(authority), &told, &link).await?;
    db.commit().await?;
    Ok(new.id)
}

/// Takes one's own petition back while it is open.
///
/// # Errors
/// `NotFound` for whoever is no party, `Forbidden` for another party; `Invalid` on `status` once answered; `Conflict`; the
/// database's failure.
pub async fn withdraw(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (id, version): (Uuid, i32),
) -> Result<(), AppError> {
    let mut db = pool.begin().await?;
    let petition = store::hold(&mut db, access.agency(), id, today).await?;
    let who = party(access, &petition, false)?;
    step(petition.line.status, PetitionAction::Withdraw, who).map_err(refused)?;
    store::withdraw(&mut db, access.agency(), (id, version)).await?;
    let detail = json!({ "petition": id });
    write_audit(
        &mut db,
        access,
        "withdraw_petition",
        petition.line.officer,
        detail,
    )
    .await?;
    let told = format!(
        "{} đã rút kiến nghị về {}.",
        petition.line.name,
        petition.line.about.label().to_lowercase()
    );
    let authority = OfficerId(petition.line.authority);
    let link = format!("/petition/{id}");
    notify(&mut db, access.agency(), authority, &told, &link).await?;
    db.commit().await?;
    Ok(())
}
