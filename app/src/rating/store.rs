//! SQL of the yearly rating. Every query names the agency first; an officer narrows it to one person.

mod decision;
mod fact;

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use kpi::quarter::QuarterTasks;
use kpi::rating::Blocker;
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

pub use self::decision::*;
pub use self::fact::*;
use super::months::{Arrangement, Away, Calendar, Facts, Held, Origin, Stored};
use super::wire::{BlockerLine, Choice, Chosen, Ratio};
use super::year::PersonFacts;
use crate::error::AppError;
use crate::format::moment;

/// Which part of an agency's year is read.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// The agency.
    pub agency: Uuid,
    /// The year.
    pub year: i32,
    /// One person; none for everybody.
    pub officer: Option<Uuid>,
}

impl Part {
    fn days(self) -> (NaiveDate, NaiveDate) {
        let day = |month, day| NaiveDate::from_ymd_opt(self.year, month, day).unwrap_or_default();
        (day(1, 1), day(12, 31))
    }
}

/// A person with what blocks his year in full.
#[derive(Clone, Debug)]
pub struct Read {
    /// What the rating rests on.
    pub facts: PersonFacts,
    /// The blockers with their papers.
    pub blockers: Vec<BlockerLine>,
}

/// What belongs to the year as a whole.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Which months are over.
    pub calendar: Calendar,
    /// The decision about the share of "xuất sắc", if there is one.
    pub ratio: Option<Ratio>,
}

/// Everybody who served in the year, by name, with all facts of it: five statements.
///
/// # Errors
/// The database's failure.
pub async fn people(db: &mut PgConnection, part: Part) -> Result<Vec<Read>, AppError> {
    let mut people = posts(db, part).await?;
    let places = places(&people);
    months(db, part, &mut people, &places).await?;
    absences(db, part, &mut people, &places).await?;
    blockers(db, part, &mut people, &places).await?;
    choices(db, part, &mut people, &places).await?;
    Ok(people)
}

/// Where each officer stands in the list.
type Places = HashMap<Uuid, usize>;

fn places(people: &[Read]) -> Places {
    people
        .iter()
        .enumerate()
        .map(|(place, read)| (read.facts.officer, place))
        .collect()
}

fn found<'a>(people: &'a mut [Read], places: &Places, officer: Uuid) -> Option<&'a mut Read> {
    places
        .get(&officer)
        .and_then(|place| people.get_mut(*place))
}

async fn posts(db: &mut PgConnection, part: Part) -> Result<Vec<Read>, AppError> {
    let (from, until) = part.days();
    let rows = sqlx::query!(
        r#"select o.officer_id, o.full_name, coalesce(g.name, '') as "task_group!", p.unit_id, u.path, u.name as unit_name,
                  p.kind, p.title, p.arrangement, p.from_day, p.until_day
           from post p
           join officer o on o.agency_id = p.agency_id and o.officer_id = p.officer_id
           join unit u on u.agency_id = p.agency_id and u.unit_id = p.unit_id
           left join task_group g on g.agency_id = o.agency_id and g.task_group_id = o.task_group_id
           where p.agency_id = $1 and p.from_day <= $3 and (p.until_day is null or p.until_day >= $2)
             and ($4::uuid is null or p.officer_id = $4)
           order by o.sort_key, o.code, o.officer_id, p.from_day, p.post_id"#,
        part.agency,
        from,
        until,
        part.officer
    )
    .fetch_all(db)
    .await?;
    let mut people: Vec<Read> = Vec::new();
    for row in rows {
        if people.last().map(|read| read.facts.officer) != Some(row.officer_id) {
            people.push(Read {
                facts: PersonFacts {
                    officer: row.officer_id,
                    name: row.full_name,
                    group: row.task_group,
                    facts: Facts::default(),
                    blockers: Vec::new(),
                    choice: None,
                    quarters: Vec::new(),
                    organisation_level: None,
                },
                blockers: Vec::new(),
            });
        }
        if let Some(read) = people.last_mut() {
            read.facts.facts.posts.push(Held {
                unit: row.unit_id,
                path: row.path,
                unit_name: row.unit_name,
                kind: row.kind.parse().map_err(AppError::inner)?,
                title: row.title,
                arrangement: Arrangement::of_code(&row.arrangement),
                from_day: row.from_day,
                until_day: row.until_day,
            });
        }
    }
    Ok(people)
}

async fn months(
    db: &mut PgConnection,
    part: Part,
    people: &mut [Read],
    places: &Places,
) -> Result<(), AppError> {
    let (from, until) = part.days();
    let rows = sqlx::query!(
        r#"select officer_id as "officer_id!", period as "period!", score, sheet_status in ('confirmed', 'announced', 'locked') as "confirmed!",
                  null::text as origin, null::text as document, null::text as digest
           from person_month
           where agency_id = $1 and period between $2 and $3 and ($4::uuid is null or officer_id = $4)
           union all
           select officer_id, period, score, true, origin, document, digest
           from outside_month
           where agency_id = $1 and period between $2 and $3 and superseded_by is null and ($4::uuid is null or officer_id = $4)"#,
        part.agency,
        from,
        until,
        part.officer
    )
    .fetch_all(db)
    .await?;
    for row in rows {
        let outside = match (row.origin, row.document, row.digest) {
            (Some(organisation), Some(document), Some(digest)) => Some(Origin {
                organisation,
                document,
                digest,
            }),
            _ => None,
        };
        if let Some(read) = found(people, places, row.officer_id) {
            read.facts.facts.stored.push(Stored {
                month: row.period.month(),
                score: row.score,
                confirmed: row.confirmed,
                outside,
            });
        }
    }
    Ok(())
}

async fn absences(
    db: &mut PgConnection,
    part: Part,
    people: &mut [Read],
    places: &Places,
) -> Result<(), AppError> {
    let (from, until) = part.days();
    let rows = sqlx::query!(
        "select absence_id, officer_id, kind, from_day, until_day, document from absence
         where agency_id = $1 and until_day >= $2 and from_day <= $3 and withdrawn_at is null
           and ($4::uuid is null or officer_id = $4)
         order by from_day, absence_id",
        part.agency,
        from,
        until,
        part.officer
    )
    .fetch_all(db)
    .await?;
    for row in rows {
        if let Some(read) = found(people, places, row.officer_id) {
            read.facts.facts.absences.push(Away {
                absence: row.absence_id,
                kind: row.kind.parse().map_err(AppError::inner)?,
                from_day: row.from_day,
                until_day: row.until_day,
                document: row.document,
            });
        }
    }
    Ok(())
}

async fn blockers(
    db: &mut PgConnection,
    part: Part,
    people: &mut [Read],
    places: &Places,
) -> Result<(), AppError> {
    let rows = sqlx::query!(
        "select blocker_id, officer_id, kind, act, document, decided_on from year_blocker
         where agency_id = $1 and year = $2 and withdrawn_at is null and ($3::uuid is null or officer_id = $3)
         order by decided_on, blocker_id",
        part.agency,
        part.year,
        part.officer
    )
    .fetch_all(db)
    .await?;
    for row in rows {
        if let Some(read) = found(people, places, row.officer_id) {
            let kind: Blocker = row.kind.parse().map_err(AppError::inner)?;
            read.facts.blockers.push(kind);
            read.blockers.push(BlockerLine {
                blocker: row.blocker_id,
                kind,
                act: row.act,
                document: row.document,
                decided_on: row.decided_on,
            });
        }
    }
    Ok(())
}

async fn choices(
    db: &mut PgConnection,
    part: Part,
    people: &mut [Read],
    places: &Places,
) -> Result<(), AppError> {
    let rows = sqlx::query!(
        "select c.choice_id, c.officer_id, c.chosen, c.reason, o.full_name, c.decided_at, c.version
         from year_choice c join officer o on o.agency_id = c.agency_id and o.officer_id = c.decided_by
         where c.agency_id = $1 and c.year = $2 and c.undone_at is null and ($3::uuid is null or c.officer_id = $3)",
        part.agency,
        part.year,
        part.officer
    )
    .fetch_all(db)
    .await?;
    for row in rows {
        if let Some(read) = found(people, places, row.officer_id) {
            read.facts.choice = Chosen::of_code(&row.chosen).map(|chosen| Choice {
                choice: row.choice_id,
                chosen,
                reason: row.reason,
                by: row.full_name,
                at: moment(row.decided_at),
                version: row.version,
            });
        }
    }
    Ok(())
}

/// Adds the tasks of each quarter: assigned, accepted in full, and left with a confirmed objective cause. Asked only
/// where the rules hold them against the year (Hướng dẫn 02-HD/BTCTW).
///
/// # Errors
/// The database's failure.
pub async fn quarters(
    db: &mut PgConnection,
    part: Part,
    people: &mut [Read],
) -> Result<(), AppError> {
    let (from, until) = part.days();
    let rows = sqlx::query!(
        r#"select officer_id, extract(quarter from period)::int as "quarter!", count(*) as "assigned!",
                  count(*) filter (where done) as "completed!", count(*) filter (where not done and excused) as "excused!"
           from (
               select a.officer_id, a.period,
                      coalesce(sum(d.quantity) filter (where d.status = 'accepted'), 0) >= a.quantity - a.handed_over as done,
                      coalesce(bool_or(d.excused_delays + d.excused_failed_reviews > 0), false) as excused
               from assignment a
               left join deliverable d on d.agency_id = a.agency_id and d.period = a.period
                   and d.assignment_id = a.assignment_id and d.status <> 'withdrawn'
               where a.agency_id = $1 and a.period between $2 and $3 and a.status = 'active'
                 and ($4::uuid is null or a.officer_id = $4)
               group by a.officer_id, a.period, a.assignment_id, a.quantity, a.handed_over) task
           group by officer_id, 2 order by officer_id, 2"#,
        part.agency,
        from,
        until,
        part.officer
    )
    .fetch_all(db)
    .await?;
    let places = places(people);
    let count = |value: i64| u32::try_from(value).unwrap_or(0);
    for row in rows {
        if let Some(read) = found(people, &places, row.officer_id) {
            read.facts.quarters.push(QuarterTasks {
                quarter: u32::try_from(row.quarter).unwrap_or(0),
                assigned: count(row.assigned),
                completed: count(row.completed),
                excused: count(row.excused),
            });
        }
    }
    Ok(())
}

/// What belongs to the year as a whole: closed months and the share of "xuất sắc".
///
/// # Errors
/// The database's failure.
pub async fn settings(
    db: &mut PgConnection,
    part: Part,
    today: NaiveDate,
) -> Result<Settings, AppError> {
    let (from, until) = part.days();
    let row = sqlx::query!(
        r#"select array(select extract(month from period)::int from period
                        where agency_id = $1 and period between $2 and $3 and status in ('announced', 'locked') order by 1) as "closed!",
                  q.ratio as "ratio?", q.document as "document?", q.decided_on as "decided_on?"
           from (select 1) one
           left join year_quota q on q.agency_id = $1 and q.year = $4 and q.superseded_by is null"#,
        part.agency,
        from,
        until,
        part.year
    )
    .fetch_one(db)
    .await?;
    let ratio = |ratio: Option<Decimal>| {
        Some(Ratio {
            ratio: ratio?.normalize(),
            document: row.document?,
            decided_on: row.decided_on?,
        })
    };
    Ok(Settings {
        calendar: Calendar {
            year: part.year,
            today,
            closed: row
                .closed
                .into_iter()
                .filter_map(|month| u32::try_from(month).ok())
                .collect(),
        },
        ratio: ratio(row.ratio),
    })
}
