//! SQL of petitions. Every query names the agency first.

mod answerer;

use chrono::{DateTime, NaiveDate, Utc};
use kpi::period::Period;
use kpi::petition::PetitionOutcome;
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use super::wire::{About, Fault, Line};
use crate::error::AppError;

/// Most petitions of a list.
const MOST: i64 = 200;

/// A petition as it is stored.
#[derive(Clone, Debug)]
pub struct Stored {
    /// As in a list; the days left are counted by the caller.
    pub line: Line,
    /// Code of the criterion or id of the assignment, with its kind.
    pub about_line: Option<(String, String)>,
    /// What it asks for.
    pub text: String,
    /// The reply.
    pub reply: String,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// The signature of the reply.
    pub signature: Option<Uuid>,
    /// The new version of the sheet.
    pub sheet_version: Option<i32>,
    /// The replacing decision.
    pub new_decision: Option<Uuid>,
    /// It is open, and whoever gave the result can answer no more: he holds no post on the day, or does not head the
    /// agency any more, whose head alone replaces a decision about a year.
    pub gone: bool,
    /// Version.
    pub version: i32,
}

/// Whose petitions are read; without any, all of the agency.
#[derive(Clone, Copy, Debug, Default)]
pub struct Which {
    /// Of this petitioner.
    pub officer: Option<Uuid>,
    /// Open ones that this officer answers on the day.
    pub authority: Option<Uuid>,
    /// This one.
    pub id: Option<Uuid>,
}

/// Petitions as they are on a day: open ones first, due first; then answered and withdrawn ones, newest first. At most
/// 200.
///
/// # Errors
/// The database's failure.
pub async fn petitions(
    db: &mut PgConnection,
    agency: Uuid,
    which: Which,
    today: NaiveDate,
) -> Result<Vec<Stored>, AppError> {
    let rows = sqlx::query!(
        r#"select p.petition_id, p.officer_id, o.full_name as name, a.officer_id as authority_id, a.full_name as authority_name,
                  gone.gone as "gone!", p.period, p.year,
                  p.decision_id, p.line_kind, p.line, p.line_label, p.text, p.received_on, p.due_on, p.status, p.outcome, p.reply,
                  p.answered_at, p.signature_id, p.sheet_version, p.new_decision_id, p.withdrawn_at, p.version
           from petition p
           join officer o on o.agency_id = p.agency_id and o.officer_id = p.officer_id
           join officer a on a.agency_id = p.agency_id and a.officer_id = coalesce(p.answered_by, p.authority_id)
           cross join lateral (
               select p.status = 'lodged' and not exists (
                   select from post h join unit u on u.agency_id = h.agency_id and u.unit_id = h.unit_id
                   where h.agency_id = p.agency_id and h.officer_id = p.authority_id
                     and h.from_day <= $6 and (h.until_day is null or h.until_day >= $6)
                     and (p.year is null or (h.kind = 'head' and u.parent_id is null))) as gone) gone
           where p.agency_id = $1 and ($2::uuid is null or p.officer_id = $2)
             and ($3::uuid is null or (p.status = 'lodged' and (p.authority_id = $3 or gone.gone)))
             and ($4::uuid is null or p.petition_id = $4)
           order by (p.status = 'lodged') desc, case when p.status = 'lodged' then p.due_on end, p.lodged_at desc, p.petition_id
           limit $5"#,
        agency,
        which.officer,
        which.authority,
        which.id,
        MOST,
        today
    )
    .fetch_all(&mut *db)
    .await?;
    let mut found: Vec<Stored> = rows
        .into_iter()
        .map(|row| {
            let about = match (row.period, row.year, row.decision_id) {
                (Some(day), _, _) => {
                    About::Month(Period::from_first_day(day).map_err(AppError::inner)?)
                }
                (None, Some(year), Some(decision)) => About::Year { year, decision },
                _ => return Err(AppError::inner("a petition about nothing")),
            };
            let outcome = row
                .outcome
                .map(|code| code.parse().map_err(AppError::inner))
                .transpose()?;
            Ok(Stored {
                line: Line {
                    id: row.petition_id,
                    officer: row.officer_id,
                    name: row.name,
                    authority: row.authority_id,
                    authority_name: row.authority_name,
                    about,
                    line: row.line_label,
                    status: row.status.parse().map_err(AppError::inner)?,
                    outcome,
                    received: row.received_on,
                    due: row.due_on,
                    left: 0,
                },
                about_line: row.line_kind.zip(row.line),
                text: row.text,
                reply: row.reply,
                answered_at: row.answered_at,
                withdrawn_at: row.withdrawn_at,
                signature: row.signature_id,
                sheet_version: row.sheet_version,
                new_decision: row.new_decision_id,
                gone: row.gone,
                version: row.version,
            })
        })
        .collect::<Result<_, AppError>>()?;
    answerer::put_successors(db, agency, today, &mut found).await?;
    found.retain(|one| {
        which
            .authority
            .is_none_or(|authority| one.line.authority == authority)
    });
    Ok(found)
}

/// A petition under its lock, as it is on a day.
///
/// # Errors
/// `NotFound`; the database's failure.
pub async fn hold(
    db: &mut PgConnection,
    agency: Uuid,
    id: Uuid,
    today: NaiveDate,
) -> Result<Stored, AppError> {
    sqlx::query_scalar!(
        "select petition_id from petition where agency_id = $1 and petition_id = $2 for update",
        agency,
        id
    )
    .fetch_one(&mut *db)
    .await?;
    let which = Which {
        id: Some(id),
        ..Which::default()
    };
    petitions(db, agency, which, today)
        .await?
        .into_iter()
        .next()
        .ok_or(AppError::NotFound)
}

/// Holidays of the agency.
///
/// # Errors
/// The database's failure.
pub async fn holidays(db: &mut PgConnection, agency: Uuid) -> Result<Vec<NaiveDate>, AppError> {
    Ok(sqlx::query_scalar!(
        "select day from holiday where agency_id = $1 order by day",
        agency
    )
    .fetch_all(db)
    .await?)
}

/// The result of a month that may be contested.
#[derive(Clone, Debug)]
pub struct Month {
    /// Code of the rule set.
    pub rule_set: String,
    /// Who confirmed it.
    pub confirmed_by: Option<Uuid>,
    /// The day on which it was announced; none before.
    pub announced: Option<NaiveDate>,
    /// The officer led then.
    pub leads: bool,
    /// đ and e as they stand.
    pub leader: (Option<i32>, Option<i32>),
}

/// The month of an officer; none without a sheet.
///
/// # Errors
/// The database's failure.
pub async fn month(
    db: &mut PgConnection,
    agency: Uuid,
    period: Period,
    officer: Uuid,
) -> Result<Option<Month>, AppError> {
    let row = sqlx::query!(
        r#"select s.rule_set, s.confirmed_by, s.role, s.organising, s.unity,
                  case when s.status in ('announced', 'locked') then (coalesce(
                      (select min(d.announced_at) from period_unit d
                       join unit above on above.agency_id = d.agency_id and above.unit_id = d.unit_id
                       join unit own on own.agency_id = d.agency_id and own.unit_id = s.unit_id and starts_with(own.path, above.path)
                       where d.agency_id = s.agency_id and d.period = s.period),
                      (select p.announced_at from period p where p.agency_id = s.agency_id and p.period = s.period),
                      s.locked_at, s.confirmed_at, now()) at time zone 'Asia/Ho_Chi_Minh')::date end as announced
           from sheet s where s.agency_id = $1 and s.period = $2 and s.officer_id = $3"#,
        agency,
        period.first_day(),
        officer
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Month {
        rule_set: row.rule_set,
        confirmed_by: row.confirmed_by,
        announced: row.announced,
        leads: row.role != "staff",
        leader: (row.organising, row.unity),
    }))
}

/// Points of the criteria of a month as they stand, by code.
///
/// # Errors
/// The database's failure.
pub async fn points(
    db: &mut PgConnection,
    agency: Uuid,
    period: Period,
    officer: Uuid,
) -> Result<Vec<(String, Option<Decimal>)>, AppError> {
    let rows = sqlx::query!(
        "select criterion, confirmed_points from sheet_criterion
         where agency_id = $1 and period = $2 and officer_id = $3 order by criterion",
        agency,
        period.first_day(),
        officer
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.criterion, row.confirmed_points))
        .collect())
}

/// Assignments of an officer's month with what they lost, in the order in which they are due.
///
/// # Errors
/// The database's failure.
pub async fn assignments(
    db: &mut PgConnection,
    agency: Uuid,
    period: Period,
    officer: Uuid,
) -> Result<Vec<Fault>, AppError> {
    let rows = sqlx::query!(
        r#"select a.assignment_id, a.product_code, a.product_name,
                  coalesce(sum(d.failed_reviews - d.excused_failed_reviews), 0)::int as "returns!",
                  coalesce(sum(d.delays - d.excused_delays), 0)::int as "delays!"
           from assignment a
           left join deliverable d on d.agency_id = a.agency_id and d.period = a.period and d.assignment_id = a.assignment_id
               and d.status <> 'withdrawn'
           where a.agency_id = $1 and a.period = $2 and a.officer_id = $3 and a.status = 'active'
           group by a.assignment_id, a.product_code, a.product_name, a.due_day
           order by a.due_day, a.product_code, a.assignment_id limit 500"#,
        agency,
        period.first_day(),
        officer
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Fault {
            assignment: row.assignment_id,
            name: format!("{} {}", row.product_code, row.product_name),
            returns: row.returns,
            delays: row.delays,
        })
        .collect())
}

/// Who heads the agency on a day (khoản 2 Điều 10); nobody while the post is empty.
///
/// # Errors
/// The database's failure.
pub async fn head_of_agency(
    db: &mut PgConnection,
    agency: Uuid,
    day: NaiveDate,
) -> Result<Option<Uuid>, AppError> {
    Ok(sqlx::query_scalar!(
        "select p.officer_id from post p join unit u on u.agency_id = p.agency_id and u.unit_id = p.unit_id
         where p.agency_id = $1 and p.kind = 'head' and u.parent_id is null
           and p.from_day <= $2 and (p.until_day is null or p.until_day >= $2)
         order by p.from_day desc, p.post_id desc limit 1",
        agency,
        day
    )
    .fetch_optional(db)
    .await?)
}

/// A petition to store.
#[derive(Clone, Debug)]
pub struct NewPetition {
    /// Its id.
    pub id: Uuid,
    /// Who lodges it.
    pub officer: Uuid,
    /// What it is about.
    pub about: About,
    /// Kind and code of the line.
    pub line: Option<(&'static str, String)>,
    /// Its words.
    pub line_label: String,
    /// What it asks for.
    pub text: String,
    /// Who answers.
    pub authority: Uuid,
    /// The day on which it is received.
    pub received: NaiveDate,
    /// The day on which it is due.
    pub due: NaiveDate,
}

/// Stores a petition; false when the same is open already.
///
/// # Errors
/// The database's failure.
pub async fn insert(
    db: &mut PgConnection,
    agency: Uuid,
    new: &NewPetition,
) -> Result<bool, AppError> {
    let (period, year, decision) = match &new.about {
        About::Month(period) => (Some(period.first_day()), None, None),
        About::Year { year, decision } => (None, Some(*year), Some(*decision)),
    };
    let (kind, line) = new.line.clone().unzip();
    let done = sqlx::query!(
        "insert into petition (agency_id, petition_id, officer_id, period, year, decision_id, line_kind, line, line_label, text,
                authority_id, received_on, due_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing",
        agency,
        new.id,
        new.officer,
        period,
        year,
        decision,
        kind,
        line,
        new.line_label,
        new.text,
        new.authority,
        new.received,
        new.due
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// An answer to store.
#[derive(Clone, Debug)]
pub struct Answer<'a> {
    /// What became of it.
    pub outcome: PetitionOutcome,
    /// Why.
    pub reply: &'a str,
    /// Who answered.
    pub by: Uuid,
    /// His signature.
    pub signature: Uuid,
    /// The new version of the sheet.
    pub sheet_version: Option<i32>,
    /// The replacing decision.
    pub decision: Option<Uuid>,
}

/// Stores an answer to a petition that was seen in `version`.
///
/// # Errors
/// `Conflict`; the database's failure.
pub async fn answer(
    db: &mut PgConnection,
    agency: Uuid,
    (id, version): (Uuid, i32),
    answer: &Answer<'_>,
) -> Result<(), AppError> {
    let done = sqlx::query!(
        "update petition set status = 'answered', outcome = $4, reply = $5, answered_by = $6, answered_at = now(),
                signature_id = $7, sheet_version = $8, new_decision_id = $9, version = version + 1
         where agency_id = $1 and petition_id = $2 and version = $3",
        agency,
        id,
        version,
        answer.outcome.as_str(),
        answer.reply,
        answer.by,
        answer.signature,
        answer.sheet_version,
        answer.decision
    )
    .execute(db)
    .await?;
    changed(done.rows_affected())
}

/// Takes a petition back that was seen in `version`.
///
/// # Errors
/// `Conflict`; the database's failure.
pub async fn withdraw(
    db: &mut PgConnection,
    agency: Uuid,
    (id, version): (Uuid, i32),
) -> Result<(), AppError> {
    let done = sqlx::query!(
        "update petition set status = 'withdrawn', withdrawn_at = now(), version = version + 1
         where agency_id = $1 and petition_id = $2 and version = $3",
        agency,
        id,
        version
    )
    .execute(db)
    .await?;
    changed(done.rows_affected())
}

fn changed(rows: u64) -> Result<(), AppError> {
    if rows == 1 {
        Ok(())
    } else {
        Err(AppError::Conflict {
            current: "kiến nghị đã được cập nhật".to_owned(),
            yours: "nội dung vừa gửi; hãy tải lại trang".to_owned(),
        })
    }
}
