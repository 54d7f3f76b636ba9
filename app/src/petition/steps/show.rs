//! What the pages of petitions show: one's own, those to answer, and all of them for the personnel office.

use chrono::NaiveDate;
use kpi::period::Period;
use kpi::permission::Scope;
use kpi::petition::{PetitionAction, PetitionActor, PetitionStatus, step, working_days_left};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::{lodge, party};
use crate::auth::Access;
use crate::error::AppError;
use crate::format::moment;
use crate::petition::store::{self, Stored, Which};
use crate::petition::wire::{About, Changes, Criterion, Line, Lists, Petition};
use crate::rating::process::steps::computed_level;
use crate::rule_set;
use crate::sign;

fn counted(stored: Stored, today: NaiveDate, holidays: &[NaiveDate]) -> Line {
    Line {
        left: working_days_left(stored.line.due, today, holidays),
        ..stored.line
    }
}

/// The petitions that the visitor may see, and the form where the address asks for one.
///
/// # Errors
/// `NotFound` for a result that is not the visitor's; the database's failure.
pub async fn load_lists(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    about: &str,
) -> Result<Lists, AppError> {
    let mut db = pool.acquire().await?;
    let agency = access.agency();
    let holidays = store::holidays(&mut db, agency).await?;
    let me = access.actor.officer.map(|me| me.0);
    let (mut own, mut to_answer) = (Vec::new(), Vec::new());
    if let Some(me) = me {
        let which = Which {
            officer: Some(me),
            ..Which::default()
        };
        own = store::petitions(&mut db, agency, which, today).await?;
        let which = Which {
            authority: Some(me),
            ..Which::default()
        };
        to_answer = store::petitions(&mut db, agency, which, today).await?;
    }
    let all = if access.scope == Scope::Agency {
        Some(store::petitions(&mut db, agency, Which::default(), today).await?)
    } else {
        None
    };
    let lines = |stored: Vec<Stored>| -> Vec<Line> {
        let each = stored.into_iter();
        each.map(|one| counted(one, today, &holidays)).collect()
    };
    let (own, to_answer, all) = (lines(own), lines(to_answer), all.map(lines));
    let form = if about.trim().is_empty() {
        None
    } else {
        Some(lodge::form(&mut db, access, today, about).await?)
    };
    Ok(Lists {
        own,
        to_answer,
        all,
        form,
    })
}

/// A petition for its parties.
///
/// # Errors
/// `NotFound` for anybody else; the database's failure.
pub async fn load(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    id: Uuid,
) -> Result<Petition, AppError> {
    let mut db = pool.acquire().await?;
    let agency = access.agency();
    let which = Which {
        id: Some(id),
        ..Which::default()
    };
    let stored = store::petitions(&mut db, agency, which, today)
        .await?
        .into_iter()
        .next()
        .ok_or(AppError::NotFound)?;
    let who = party(access, &stored, access.scope == Scope::Agency)?;
    let holidays = store::holidays(&mut db, agency).await?;
    let may_answer = step(stored.line.status, PetitionAction::Answer, who).is_ok();
    let answers = if may_answer {
        Some(changes(&mut db, access, today, &stored).await?)
    } else {
        None
    };
    let signatures = match stored.signature {
        Some(signature) => sign::store::by_id(&mut db, access.actor.agency, signature).await?,
        None => Vec::new(),
    };
    access.viewed(pool, [stored.line.officer.into()], "petition");
    Ok(Petition {
        text: stored.text.clone(),
        reply: stored.reply.clone(),
        answered: stored.answered_at.map(moment),
        withdrawn: stored.withdrawn_at.map(moment),
        sheet_version: stored.sheet_version,
        new_decision: stored.new_decision,
        signatures,
        own: who == PetitionActor::Petitioner && stored.line.status == PetitionStatus::Lodged,
        answers,
        version: stored.version,
        line: counted(stored, today, &holidays),
    })
}

async fn changes(
    db: &mut PgConnection,
    access: &Access,
    today: NaiveDate,
    stored: &Stored,
) -> Result<Changes, AppError> {
    let officer = stored.line.officer;
    match stored.line.about {
        About::Year { year, .. } => Ok(Changes {
            computed: computed_level(db, access, (year, today), officer).await?,
            today: Some(today),
            ..Changes::default()
        }),
        About::Month(period) => month_changes(db, access, period, stored).await,
    }
}

/// Of a petition about one line, that line alone.
async fn month_changes(
    db: &mut PgConnection,
    access: &Access,
    period: Period,
    stored: &Stored,
) -> Result<Changes, AppError> {
    let (agency, officer) = (access.agency(), stored.line.officer);
    let Some(month) = store::month(db, agency, period, officer).await? else {
        return Ok(Changes::default());
    };
    let rules = rule_set::store::of(&mut *db, access.actor.agency, &month.rule_set).await?;
    let concerns = |kind: &str, code: &str| {
        let about = stored.about_line.as_ref();
        about.is_none_or(|(k, c)| k == kind && c == code)
    };
    let points = store::points(db, agency, period, officer).await?;
    let standing = |code: &str| {
        let found = points.iter().find(|(criterion, _)| criterion == code);
        found.and_then(|(_, points)| *points)
    };
    let criteria = rules
        .criteria
        .iter()
        .filter(|criterion| concerns("criterion", &criterion.code))
        .map(|criterion| Criterion {
            points: standing(&criterion.code),
            code: criterion.code.clone(),
            label: criterion.label.clone(),
            max: criterion.max,
        })
        .collect();
    let faults = store::assignments(db, agency, period, officer)
        .await?
        .into_iter()
        .filter(|fault| fault.returns > 0 || fault.delays > 0)
        .filter(|fault| concerns("assignment", &fault.assignment.to_string()))
        .collect();
    let percent = |value: Option<i32>| value.and_then(|value| u32::try_from(value).ok());
    let leads = month.leads && stored.about_line.is_none();
    Ok(Changes {
        criteria,
        faults,
        allowed: if leads {
            rules.leadership.allowed.clone()
        } else {
            Vec::new()
        },
        leader: (percent(month.leader.0), percent(month.leader.1)),
        ..Changes::default()
    })
}
