//! SQL of a unit's month: who belongs to it, how far each is, what waits.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::error::AppError;

/// Most people on one page.
pub const MOST_PEOPLE: i64 = 500;

/// One person with current figures.
#[derive(Clone, Debug)]
pub struct PersonOf {
    /// The officer.
    pub officer: Uuid,
    /// Full name.
    pub name: String,
    /// Title as appointed.
    pub title: String,
    /// The unit.
    pub unit: Uuid,
    /// Its name.
    pub unit_name: String,
    /// head, deputy or staff.
    pub role: String,
    /// Active assignments.
    pub assignments: i32,
    /// Converted assigned quantity.
    pub assigned: Decimal,
    /// Converted completed quantity.
    pub volume: Decimal,
    /// After deductions for failed reviews.
    pub quality: Decimal,
    /// After deductions for delays.
    pub progress: Decimal,
    /// Score.
    pub score: Option<Decimal>,
    /// Level.
    pub level: Option<String>,
    /// Deliveries that wait.
    pub waiting: i32,
    /// Causes that wait.
    pub causes: i64,
    /// Overdue assignments.
    pub overdue: i64,
    /// State of the sheet.
    pub status: Option<String>,
    /// People on all pages.
    pub found: i64,
}

/// People of a unit on a day of the month, and the heads of the units directly below it, by given name; one page
/// of 500. `today` decides what is overdue.
///
/// # Errors
/// The database's failure.
pub async fn people(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    (period, day, today): (NaiveDate, NaiveDate, NaiveDate),
    unit: Uuid,
    page: i64,
) -> Result<Vec<PersonOf>, AppError> {
    Ok(sqlx::query_as!(
        PersonOf,
        r#"with reached as (
            select u.unit_id, u.name, u.unit_id = $5 as own from unit u
            where u.agency_id = $1 and (u.unit_id = $5 or u.parent_id = $5)
        ),
        members as (
            select s.officer_id, s.unit_id, s.role from sheet s
            where s.agency_id = $1 and s.period = $2 and s.unit_id in (select unit_id from reached)
            union all
            select * from (
                select distinct on (p.officer_id) p.officer_id, p.unit_id, p.kind from post p
                where p.agency_id = $1 and p.unit_id in (select unit_id from reached)
                  and p.from_day <= $3 and (p.until_day is null or p.until_day >= $3)
                  and not exists (select from sheet s where s.agency_id = $1 and s.period = $2
                      and s.officer_id = p.officer_id)
                order by p.officer_id, array_position(array['head', 'deputy', 'staff'], p.kind), p.from_day desc
            ) unseen
        )
        select o.officer_id as officer, o.full_name as name, coalesce(t.title, '') as "title!", m.unit_id as "unit!",
            r.name as unit_name, m.role as "role!",
            coalesce(f.assignments, 0) as "assignments!", coalesce(f.assigned, 0) as "assigned!",
            coalesce(f.volume, 0) as "volume!", coalesce(f.quality, 0) as "quality!",
            coalesce(f.progress, 0) as "progress!", f.score, f.level, coalesce(f.waiting, 0) as "waiting!",
            (select count(*) from cause c where c.agency_id = $1 and c.period = $2 and c.officer_id = m.officer_id
                and c.status = 'requested') as "causes!",
            (select count(*) from assignment a where a.agency_id = $1 and a.period = $2 and a.officer_id = m.officer_id
                and a.status = 'active' and a.due_day < $4
                and a.quantity_done < a.quantity - a.handed_over) as "overdue!",
            s.status as "status?", count(*) over () as "found!"
        from members m
        join reached r on r.unit_id = m.unit_id and (r.own or m.role = 'head')
        join officer o on o.agency_id = $1 and o.officer_id = m.officer_id
        left join person_month f on f.agency_id = $1 and f.period = $2 and f.officer_id = m.officer_id
        left join sheet s on s.agency_id = $1 and s.period = $2 and s.officer_id = m.officer_id
        left join lateral (
            select p.title from post p where p.agency_id = $1 and p.officer_id = m.officer_id and p.unit_id = m.unit_id
              and p.from_day <= $3 and (p.until_day is null or p.until_day >= $3)
            order by array_position(array['head', 'deputy', 'staff'], p.kind), p.from_day desc limit 1
        ) t on true
        order by r.own desc, o.sort_key, o.officer_id
        limit $6 offset $7"#,
        agency,
        period,
        day,
        today,
        unit,
        MOST_PEOPLE,
        page.saturating_sub(1).saturating_mul(MOST_PEOPLE)
    )
    .fetch_all(db)
    .await?)
}

/// Sums of a unit's month, with who leads it.
#[derive(Clone, Debug)]
pub struct UnitFacts {
    /// People with a score.
    pub scored: i32,
    /// Active assignments.
    pub assignments: i32,
    /// Converted assigned quantity.
    pub assigned: Decimal,
    /// Converted completed quantity.
    pub volume: Decimal,
    /// Sum of scores.
    pub score_sum: Decimal,
    /// Deliveries that wait.
    pub waiting: i32,
    /// Confirmed sheets.
    pub confirmed: i32,
    /// Holidays of the month.
    pub holidays: Vec<NaiveDate>,
    /// State of a month whose results stand: announced or locked.
    pub closed: Option<String>,
    /// The unit's head on the day.
    pub head: Option<Uuid>,
    /// The nearest head above the unit on the day.
    pub above: Option<Uuid>,
}

/// Sums of a unit's month with holidays and heads.
///
/// # Errors
/// `NotFound` for a unit that is not of this agency; the database's failure.
pub async fn facts(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    (period, last_day, day): (NaiveDate, NaiveDate, NaiveDate),
    unit: Uuid,
) -> Result<UnitFacts, AppError> {
    Ok(sqlx::query_as!(
        UnitFacts,
        r#"select coalesce(m.scored, 0) as "scored!", coalesce(m.assignments, 0) as "assignments!",
            coalesce(m.assigned, 0) as "assigned!", coalesce(m.volume, 0) as "volume!",
            coalesce(m.score_sum, 0) as "score_sum!", coalesce(m.waiting, 0) as "waiting!",
            coalesce(m.confirmed, 0) as "confirmed!",
            array(select h.day from holiday h where h.agency_id = $1 and h.day between $2 and $3) as "holidays!",
            (select q.status from period q where q.agency_id = $1 and q.period = $2 and q.status in ('announced', 'locked')) as closed,
            (select h.officer_id from post h where h.agency_id = $1 and h.unit_id = u.unit_id and h.kind = 'head'
                and h.from_day <= $4 and (h.until_day is null or h.until_day >= $4)
                order by h.from_day desc, h.post_id desc limit 1) as head,
            (select h.officer_id from unit above
                join post h on h.agency_id = $1 and h.unit_id = above.unit_id and h.kind = 'head'
                    and h.from_day <= $4 and (h.until_day is null or h.until_day >= $4)
                where above.agency_id = $1 and above.unit_id <> u.unit_id and starts_with(u.path, above.path)
                order by length(above.path) desc, h.from_day desc, h.post_id desc limit 1) as above
        from unit u
        left join unit_month m on m.agency_id = $1 and m.period = $2 and m.unit_id = u.unit_id
        where u.agency_id = $1 and u.unit_id = $5"#,
        agency,
        period,
        last_day,
        day,
        unit
    )
    .fetch_one(db)
    .await?)
}

/// One of the people whom a superior goes through.
#[derive(Clone, Debug)]
pub struct ListedOf {
    /// The officer.
    pub officer: Uuid,
    /// Full name.
    pub name: String,
    /// Title as appointed.
    pub title: String,
    /// Score.
    pub score: Option<Decimal>,
    /// Level.
    pub level: Option<String>,
    /// State of the sheet.
    pub status: Option<String>,
    /// Decisions that wait.
    pub waiting: i64,
}

/// Deputies and staff of a unit with the heads of the units directly below: those who answer to its head
/// (khoản 1 Điều 10), by given name; at most 500.
///
/// # Errors
/// The database's failure.
pub async fn circle(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    (period, day): (NaiveDate, NaiveDate),
    unit: Uuid,
) -> Result<Vec<ListedOf>, AppError> {
    Ok(sqlx::query_as!(
        ListedOf,
        r#"with reached as (
            select u.unit_id, u.unit_id = $4 as own from unit u
            where u.agency_id = $1 and (u.unit_id = $4 or u.parent_id = $4)
        ),
        members as (
            select s.officer_id, s.unit_id, s.role from sheet s
            where s.agency_id = $1 and s.period = $2 and s.unit_id in (select unit_id from reached)
            union all
            select * from (
                select distinct on (p.officer_id) p.officer_id, p.unit_id, p.kind from post p
                where p.agency_id = $1 and p.unit_id in (select unit_id from reached)
                  and p.from_day <= $3 and (p.until_day is null or p.until_day >= $3)
                  and not exists (select from sheet s where s.agency_id = $1 and s.period = $2
                      and s.officer_id = p.officer_id)
                order by p.officer_id, array_position(array['head', 'deputy', 'staff'], p.kind), p.from_day desc
            ) unseen
        )
        select o.officer_id as officer, o.full_name as name, coalesce(t.title, '') as "title!", f.score, f.level,
            s.status as "status?",
            coalesce(f.waiting, 0) + (select count(*) from cause c where c.agency_id = $1 and c.period = $2
                and c.officer_id = m.officer_id and c.status = 'requested') as "waiting!"
        from members m
        join reached r on r.unit_id = m.unit_id and (r.own <> (m.role = 'head'))
        join officer o on o.agency_id = $1 and o.officer_id = m.officer_id
        left join person_month f on f.agency_id = $1 and f.period = $2 and f.officer_id = m.officer_id
        left join sheet s on s.agency_id = $1 and s.period = $2 and s.officer_id = m.officer_id
        left join lateral (
            select p.title from post p where p.agency_id = $1 and p.officer_id = m.officer_id and p.unit_id = m.unit_id
              and p.from_day <= $3 and (p.until_day is null or p.until_day >= $3)
            order by array_position(array['head', 'deputy', 'staff'], p.kind), p.from_day desc limit 1
        ) t on true
        order by o.sort_key, o.officer_id
        limit 500"#,
        agency,
        period,
        day,
        unit
    )
    .fetch_all(db)
    .await?)
}
