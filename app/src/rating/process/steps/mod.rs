//! The yearly steps on the server. `kpi::rating::process` says who may do what in which order; here it is done.

mod decide;
mod hand_in;
mod prepare;
mod publish;
mod replace;
mod show;

pub use decide::{Deciding, decide};
pub use hand_in::{HandInForm, hand_in, hand_in_for_absent, take_back};
pub use prepare::{
    MeetingForm, OpinionForm, ProposalForm, propose, propose_all, record_meeting, record_opinion,
    step_back,
};
pub use publish::publish;
pub use replace::{Above, Replacing, enter_decision, replace, replace_decision};
pub use show::{Asked, load_decision, load_process, load_publication, load_sheet};

use std::collections::HashMap;

use chrono::NaiveDate;
use kpi::level::Level;
use kpi::rating::process::{
    Subject, YearAction, YearActor, YearRefusal, YearStatus, check_season, step,
};
use kpi::scoring::ScoringRole;
use sqlx::PgConnection;
use uuid::Uuid;

use super::store::{self, Which};
use super::wire::{Row, SheetMonth};
use crate::auth::Access;
use crate::error::AppError;
use crate::rating::months::Line;
use crate::rating::steps::{Loaded, load};
use crate::rating::wire::{Outcome, PersonLine};
use crate::rating::year::{decided_above, post_of};

/// Most characters of remarks, summaries, opinions and replies.
pub const LONGEST: usize = 4000;

/// A year with how far everybody's rating is.
pub(in crate::rating) struct Whole {
    /// The year as it is rated.
    pub loaded: Loaded,
    /// Everybody who is still here, in the same order as the rated year.
    pub rows: Vec<Row>,
    /// The months of each.
    pub months: Vec<Vec<Line>>,
}

impl Whole {
    /// Somebody's row.
    ///
    /// # Errors
    /// `NotFound` for somebody who did not serve in the year, or left before the rating.
    pub fn row(&self, officer: Uuid) -> Result<&Row, AppError> {
        self.rows
            .iter()
            .find(|row| row.line.officer == officer)
            .ok_or(AppError::NotFound)
    }

    /// The months of somebody as Mẫu số 02 lists them.
    pub fn sheet_months(&self, officer: Uuid) -> Vec<SheetMonth> {
        let place = self.rows.iter().position(|row| row.line.officer == officer);
        place
            .and_then(|place| self.months.get(place))
            .map(|months| months.iter().map(sheet_month).collect())
            .unwrap_or_default()
    }
}

fn sheet_month(line: &Line) -> SheetMonth {
    SheetMonth {
        month: line.period.month_number(),
        score: line.score(),
        note: line.state.note(),
    }
}

/// Reads a year with its sheets and the decisions that stand: of everybody, or of one person.
pub(in crate::rating) async fn whole(
    db: &mut PgConnection,
    access: &Access,
    (year, today): (i32, NaiveDate),
    officer: Option<Uuid>,
) -> Result<Whole, AppError> {
    let mut loaded = load(db, access, (year, today), officer).await?;
    let agency = access.agency();
    let sheets = store::sheets(db, agency, year, officer).await?;
    let which = Which {
        officer,
        year: Some(year),
        id: None,
    };
    let standing: HashMap<Uuid, _> = store::decisions(db, agency, which)
        .await?
        .into_iter()
        .filter(|decision| decision.replaced_by.is_none())
        .map(|decision| (decision.officer, decision))
        .collect();
    let (mut rows, mut all_months) = (Vec::new(), Vec::new());
    let people = std::mem::take(&mut loaded.year.people);
    for (read, (line, months)) in loaded.people.iter().zip(people) {
        if matches!(line.outcome, Outcome::Left(_)) {
            continue;
        }
        let post = post_of(&loaded.settings.calendar, &read.facts.facts);
        let leads = post.is_some_and(|post| post.kind != ScoringRole::Staff);
        let decided_above = decided_above(&loaded.settings.calendar, &read.facts.facts);
        let sheet = sheets.get(&line.officer);
        rows.push(Row {
            status: sheet.map_or(YearStatus::Draft, |sheet| sheet.status),
            leads: sheet
                .filter(|sheet| sheet.status != YearStatus::Draft)
                .map_or(leads, |sheet| sheet.leads),
            decided_above: sheet
                .filter(|sheet| sheet.status != YearStatus::Draft)
                .map_or(decided_above, |sheet| sheet.decided_above),
            self_level: sheet.and_then(|sheet| sheet.self_level),
            proposed: sheet
                .and_then(|sheet| Some((sheet.proposed?, sheet.proposal_reason.clone()))),
            handling: sheet.map_or_else(String::new, |sheet| sheet.handling.clone()),
            decision: standing.get(&line.officer).cloned(),
            version: sheet.map_or(0, |sheet| sheet.version),
            contested: false,
            line,
        });
        all_months.push(months);
    }
    let mut whole = Whole {
        loaded,
        rows,
        months: all_months,
    };
    // Alone, somebody is more than any share allows: the places are known by the list of the agency.
    if officer.is_none() {
        let rows = whole.rows.iter();
        let contested: Vec<bool> = rows.map(|row| decide::is_contested(&whole, row)).collect();
        for (row, contested) in whole.rows.iter_mut().zip(contested) {
            row.contested = contested;
        }
    }
    Ok(whole)
}

/// The level that the rules compute, before any choice in a surplus.
pub(in crate::rating) fn computed(line: &PersonLine) -> Option<Level> {
    match line.outcome {
        Outcome::Rated { level, .. } => level,
        _ => None,
    }
}

/// Everybody who is still here with the months as Mẫu số 02 lists them: for those who write the history of a year in bulk.
///
/// # Errors
/// A rule's refusal; the database's failure.
pub async fn everybody(
    db: &mut PgConnection,
    access: &Access,
    (year, today): (i32, NaiveDate),
) -> Result<Vec<(Row, Vec<SheetMonth>)>, AppError> {
    let whole = whole(db, access, (year, today), None).await?;
    let months = whole.months.iter();
    let months = months.map(|lines| lines.iter().map(sheet_month).collect());
    Ok(whole.rows.clone().into_iter().zip(months).collect())
}

/// The level that the rules compute for somebody's year now.
///
/// # Errors
/// `NotFound` for somebody who did not serve in the year; a rule's refusal; the database's failure.
pub async fn computed_level(
    db: &mut PgConnection,
    access: &Access,
    (year, today): (i32, NaiveDate),
    officer: Uuid,
) -> Result<Option<Level>, AppError> {
    let whole = whole(db, access, (year, today), Some(officer)).await?;
    Ok(computed(&whole.row(officer)?.line))
}

/// The state after an action, or why it is refused: whoever has another part is forbidden it.
fn next(row: &Row, action: YearAction, who: YearActor) -> Result<YearStatus, AppError> {
    let subject = Subject {
        leads: row.leads,
        decided_above: row.decided_above,
    };
    step(row.status, action, who, subject).map_err(|refusal| match refusal {
        YearRefusal::Actor { .. } => AppError::Forbidden,
        other => AppError::invalid("status", other.to_string(), ""),
    })
}

/// As what the personnel office acts: nobody acts about himself.
fn personnel(access: &Access, officer: Uuid, otherwise: YearActor) -> YearActor {
    match access.actor.officer {
        Some(me) if me.0 == officer => YearActor::Subject,
        _ => otherwise,
    }
}

fn in_season(year: i32, action: YearAction, today: NaiveDate) -> Result<(), AppError> {
    Ok(check_season(year, action, today)?)
}

/// A level by its code.
pub(in crate::rating) fn level(typed: &str) -> Result<Level, AppError> {
    typed
        .trim()
        .parse()
        .map_err(|_| AppError::invalid("level", "Hãy chọn một trong bốn mức.", ""))
}

/// A text of several lines, up to [`LONGEST`] characters; empty only where it may be.
///
/// # Errors
/// `Invalid` on `field`.
pub fn long_text(
    field: &str,
    label: &str,
    typed: &str,
    required: bool,
) -> Result<String, AppError> {
    let tidy = typed.trim().replace("\r\n", "\n");
    let back: String = tidy.replace('\0', "").chars().take(LONGEST).collect();
    if required && tidy.is_empty() {
        return Err(AppError::invalid(
            field,
            format!("{label} không được để trống."),
            back,
        ));
    }
    if tidy.chars().count() > LONGEST || tidy.contains('\0') {
        let message = format!("{label} dài tối đa {LONGEST} ký tự, không có ký tự điều khiển.");
        return Err(AppError::invalid(field, message, back));
    }
    Ok(tidy)
}

/// A day that is not ahead.
pub(in crate::rating) fn past_day(
    field: &str,
    label: &str,
    typed: &str,
    today: NaiveDate,
) -> Result<NaiveDate, AppError> {
    let day = crate::org::text::day(field, label, typed)?;
    if day > today {
        return Err(AppError::invalid(
            field,
            format!("{label} chưa đến."),
            typed,
        ));
    }
    Ok(day)
}
