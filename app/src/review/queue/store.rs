//! SQL of the queue: who acts for which unit, and what is known of the months before.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::error::AppError;

/// A unit whose sheets somebody confirms or prepares.
#[derive(Clone, Debug)]
pub struct PlaceOf {
    /// The unit.
    pub unit: Uuid,
    /// Its name.
    pub name: String,
    /// Who signs.
    pub authority: Uuid,
    /// His name.
    pub authority_name: String,
}

/// Units whose head `me` is on `day`, and units for whose head he prepares today; his own first, at most 50.
///
/// # Errors
/// The database's failure.
pub async fn places(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    me: Uuid,
    (day, today): (NaiveDate, NaiveDate),
) -> Result<Vec<PlaceOf>, AppError> {
    Ok(sqlx::query_as!(
        PlaceOf,
        "select u.unit_id as unit, u.name, h.officer_id as authority, o.full_name as authority_name
         from post h
         join unit u on u.agency_id = h.agency_id and u.unit_id = h.unit_id
         join officer o on o.agency_id = h.agency_id and o.officer_id = h.officer_id
         where h.agency_id = $1 and h.kind = 'head' and h.from_day <= $3 and (h.until_day is null or h.until_day >= $3)
           and (h.officer_id = $2 or exists (
               select from delegation d
               where d.agency_id = $1 and d.authority_id = h.officer_id and d.delegate_id = $2 and d.ended_at is null
                 and $4 between d.from_day and d.until_day and (d.unit_id is null or d.unit_id = h.unit_id)))
         order by h.officer_id <> $2, u.path, h.from_day desc, h.post_id desc limit 50",
        agency,
        me,
        day,
        today
    )
    .fetch_all(db)
    .await?)
}

/// Mean score of up to three months before, of these people: two decimals; nobody without one.
///
/// # Errors
/// The database's failure.
pub async fn means(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    period: NaiveDate,
    officers: &[Uuid],
) -> Result<Vec<(Uuid, Decimal)>, AppError> {
    let rows = sqlx::query!(
        r#"select officer_id, round(avg(score), 2) as "mean!" from person_month
           where agency_id = $1 and period < $2 and period >= $2::date - interval '3 months' and officer_id = any($3)
             and score is not null
           group by officer_id"#,
        agency,
        period,
        officers
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.officer_id, row.mean))
        .collect())
}

/// What is recorded about a unit for and against its leaders.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The unit.
    pub unit: Uuid,
    /// Initiatives that stand.
    pub initiatives: i64,
    /// The text of one of them.
    pub initiative: Option<String>,
    /// Complaints that stand.
    pub complaints: i64,
}

/// What is recorded about these units in a month.
///
/// # Errors
/// The database's failure.
pub async fn recorded(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    period: NaiveDate,
    units: &[Uuid],
) -> Result<Vec<Recorded>, AppError> {
    Ok(sqlx::query_as!(
        Recorded,
        r#"select unit_id as unit, count(*) filter (where kind = 'initiative') as "initiatives!",
               (array_agg(text order by recorded_at, note_id) filter (where kind = 'initiative'))[1] as initiative,
               count(*) filter (where kind = 'complaint') as "complaints!"
           from leader_note
           where agency_id = $1 and period = $2 and unit_id = any($3) and withdrawn_at is null
           group by unit_id"#,
        agency,
        period,
        units
    )
    .fetch_all(db)
    .await?)
}

/// What a meeting said about somebody.
#[derive(Clone, Debug)]
pub struct SaidOf {
    /// About whom.
    pub officer: Uuid,
    /// A conclusion of the meeting, else a remark in it.
    pub concludes: bool,
    /// The text.
    pub text: String,
    /// Who wrote it down.
    pub by: String,
    /// The meeting.
    pub meeting: Uuid,
    /// It has minutes.
    pub minutes: bool,
}

/// What the meetings about a unit's month said of these people: conclusions first, then remarks, the latest first, at
/// most five a person. `paths` narrows to meetings of units at, above or below one of these, as taking part does.
///
/// # Errors
/// The database's failure.
pub async fn said(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    period: NaiveDate,
    (officers, paths): (&[Uuid], Option<&[String]>),
) -> Result<Vec<SaidOf>, AppError> {
    Ok(sqlx::query_as!(
        SaidOf,
        r#"select officer as "officer!", concludes as "concludes!", text, by, meeting, minutes as "minutes!"
           from (
               select e.subject as officer, e.kind = 'conclusion' as concludes, e.text, e.name as by, m.meeting_id as meeting,
                      n.minutes_id is not null as minutes,
                      row_number() over (partition by e.subject
                          order by e.kind = 'conclusion' desc, e.written_at desc, e.entry_id) as place
               from meeting m
               join unit u on u.agency_id = $1 and u.unit_id = m.unit_id
               join meeting_entry e on e.agency_id = $1 and e.meeting_id = m.meeting_id
               left join minutes n on n.agency_id = $1 and n.meeting_id = m.meeting_id
               where m.agency_id = $1 and m.kind = 'month_unit' and m.period = $2
                 and ($4::text[] is null
                      or exists (select from unnest($4::text[]) p where starts_with(u.path, p) or starts_with(p, u.path)))
                 and e.kind in ('conclusion', 'remark') and e.subject = any($3)
           ) said
           where place <= 5
           order by officer, place"#,
        agency,
        period,
        officers,
        paths
    )
    .fetch_all(db)
    .await?)
}

/// Whether somebody prepares for a competent person today, for the people of a unit or the heads below it.
///
/// # Errors
/// The database's failure.
pub async fn delegated(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    (authority, delegate): (Uuid, Uuid),
    unit: Uuid,
    today: NaiveDate,
) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (
               select from delegation d
               where d.agency_id = $1 and d.authority_id = $2 and d.delegate_id = $3 and d.ended_at is null
                 and $5 between d.from_day and d.until_day
                 and (d.unit_id is null or d.unit_id = $4 or d.unit_id = (
                     select u.parent_id from unit u where u.agency_id = $1 and u.unit_id = $4))) as "is!""#,
        agency,
        authority,
        delegate,
        unit,
        today
    )
    .fetch_one(db)
    .await?)
}
