//! SQL of period sheets and their criteria.

use chrono::{DateTime, NaiveDate, Utc};
use kpi::ids::OfficerId;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use crate::assignment::month_lock::Month;
use crate::error::AppError;

/// A criterion as stored.
#[derive(Clone, Debug, Deserialize)]
pub struct StoredCriterion {
    /// "I.1" … "III.4".
    pub code: String,
    /// The officer's own points.
    pub own: Option<Decimal>,
    /// The competent person's points.
    pub confirmed: Option<Decimal>,
    /// Why they differ.
    pub reason: String,
}

/// A person with his sheet; of a month without a sheet, what the post says.
#[derive(Clone, Debug)]
pub struct SheetRow {
    /// The officer.
    pub officer: Uuid,
    /// Full name.
    pub name: String,
    /// Title as appointed.
    pub title: String,
    /// The unit.
    pub unit: Uuid,
    /// Its path.
    pub path: String,
    /// Its name.
    pub unit_name: String,
    /// The unit above.
    pub parent: Option<Uuid>,
    /// head, deputy or staff.
    pub role: String,
    /// State of the sheet; none while there is no sheet.
    pub status: Option<String>,
    /// Code of the rule set.
    pub rule_set: Option<String>,
    /// Version.
    pub version: Option<i32>,
    /// Strengths.
    pub strengths: Option<String>,
    /// Shortcomings.
    pub shortcomings: Option<String>,
    /// Remark.
    pub remark: Option<String>,
    /// đ.
    pub organising: Option<i32>,
    /// Why.
    pub organising_reason: Option<String>,
    /// e.
    pub unity: Option<i32>,
    /// Why.
    pub unity_reason: Option<String>,
    /// Total as submitted.
    pub self_total: Option<Decimal>,
    /// When it was submitted.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Total as confirmed.
    pub confirmed_total: Option<Decimal>,
    /// Level as confirmed.
    pub confirmed_level: Option<String>,
    /// Name of the one who confirmed.
    pub confirmed_by: Option<String>,
    /// When.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Trace as confirmed.
    pub confirmed_trace: Option<Value>,
    /// State of a month whose results stand: announced or locked.
    pub closed: Option<String>,
    /// Stored criteria.
    pub criteria: Json<Vec<StoredCriterion>>,
    /// Holidays of the month and the one after.
    pub holidays: Vec<NaiveDate>,
    /// The direct superior on the given day (khoản 1 Điều 10).
    pub decider: Option<Uuid>,
    /// A leader's subordinates whose sheets are not confirmed yet.
    pub unconfirmed: i64,
}

/// A person with his sheet of a month. `day` decides post and superior, inside the month.
///
/// # Errors
/// `NotFound` for nobody of this agency, or without a post in this month; the database's failure.
pub async fn load(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    period: NaiveDate,
    officer: Uuid,
    day: NaiveDate,
) -> Result<SheetRow, AppError> {
    let rows = load_many(db, agency, period, &[officer], day).await?;
    rows.into_iter().next().ok_or(AppError::NotFound)
}

/// As [`load`], of several people in one statement; whoever has no post in this month is left out.
///
/// # Errors
/// The database's failure.
pub async fn load_many(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    period: NaiveDate,
    officers: &[Uuid],
    day: NaiveDate,
) -> Result<Vec<SheetRow>, AppError> {
    Ok(sqlx::query_as!(
        SheetRow,
        r#"select o.officer_id as officer, o.full_name as name, coalesce(p.title, '') as "title!", u.unit_id as unit, u.path, u.name as unit_name,
            u.parent_id as parent, coalesce(s.role, p.kind) as "role!", s.status as "status?", s.rule_set as "rule_set?",
            s.version as "version?", s.strengths as "strengths?", s.shortcomings as "shortcomings?", s.remark as "remark?",
            s.organising, s.organising_reason as "organising_reason?", s.unity, s.unity_reason as "unity_reason?",
            s.self_total, s.submitted_at, s.confirmed_total, s.confirmed_level, c.full_name as "confirmed_by?",
            s.confirmed_at, s.confirmed_trace,
            (select m.status from period m where m.agency_id = $1 and m.period = $2 and m.status in ('announced', 'locked')) as closed,
            (select coalesce(jsonb_agg(jsonb_build_object('code', k.criterion, 'own', k.self_points::text,
                    'confirmed', k.confirmed_points::text, 'reason', k.reason)), '[]')
                from sheet_criterion k where k.agency_id = $1 and k.period = $2 and k.officer_id = o.officer_id
            ) as "criteria!: Json<Vec<StoredCriterion>>",
            array(select h.day from holiday h where h.agency_id = $1 and h.day between $2 and ($2::date + 90)
                order by h.day) as "holidays!",
            (select h.officer_id from unit above
                join post h on h.agency_id = $1 and h.unit_id = above.unit_id and h.kind = 'head' and h.officer_id <> o.officer_id
                    and h.from_day <= $4 and (h.until_day is null or h.until_day >= $4)
                where above.agency_id = $1 and starts_with(u.path, above.path)
                    and (coalesce(s.role, p.kind) <> 'head' or above.unit_id <> u.unit_id)
                order by length(above.path) desc, h.from_day desc, h.post_id desc limit 1) as decider,
            case when s.role in ('head', 'deputy') then
                (select count(*) from sheet b join unit v on v.agency_id = b.agency_id and v.unit_id = b.unit_id
                 where b.agency_id = $1 and b.period = $2 and b.officer_id <> o.officer_id and b.status in ('draft', 'self_assessed')
                   and case when s.role = 'head'
                       then (b.unit_id = s.unit_id and b.role <> 'head') or (v.parent_id = s.unit_id and b.role = 'head')
                       else b.unit_id = s.unit_id and b.role = 'staff' end)
                else 0 end as "unconfirmed!"
        from officer o
        left join sheet s on s.agency_id = $1 and s.period = $2 and s.officer_id = o.officer_id
        left join lateral (
            select q.unit_id, q.kind, q.title from post q
            where q.agency_id = $1 and q.officer_id = o.officer_id and q.from_day <= $4 and (q.until_day is null or q.until_day >= $4)
            order by case when q.unit_id = s.unit_id then 0 else 1 end,
                array_position(array['head', 'deputy', 'staff'], q.kind), q.from_day desc, q.post_id desc
            limit 1
        ) p on true
        join unit u on u.agency_id = $1 and u.unit_id = coalesce(s.unit_id, p.unit_id)
        left join officer c on c.agency_id = $1 and c.officer_id = s.confirmed_by
        where o.agency_id = $1 and o.officer_id = any($3)"#,
        agency,
        period,
        officers,
        day
    )
    .fetch_all(db)
    .await?)
}

/// Scores of those who answer to each of several leaders, as `assignment::figures::subordinate_scores` finds them, each
/// with the leader; nothing of staff.
///
/// # Errors
/// The database's failure.
pub async fn scores_below(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    period: NaiveDate,
    leaders: &[Uuid],
) -> Result<Vec<(Uuid, Decimal)>, AppError> {
    let rows = sqlx::query!(
        r#"select l.officer_id as leader, p.score as "score!"
           from sheet l
           join unit u on u.agency_id = l.agency_id and (u.unit_id = l.unit_id or u.parent_id = l.unit_id)
           join sheet s on s.agency_id = l.agency_id and s.period = l.period and s.unit_id = u.unit_id
               and s.officer_id <> l.officer_id
           join person_month p on p.agency_id = s.agency_id and p.period = s.period and p.officer_id = s.officer_id
           where l.agency_id = $1 and l.period = $2 and l.officer_id = any($3) and p.score is not null
             and case l.role
                 when 'head' then (s.unit_id = l.unit_id and s.role <> 'head') or (u.parent_id = l.unit_id and s.role = 'head')
                 when 'deputy' then s.unit_id = l.unit_id and s.role = 'staff'
                 else false end
           order by l.officer_id, p.officer_id"#,
        agency,
        period,
        leaders
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.leader, row.score))
        .collect())
}

/// What the stored scores of a sheet were computed from (`kpi::scoring::PeriodInput`): as it was sent, as it was
/// confirmed.
///
/// # Errors
/// The database's failure.
pub async fn inputs(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    period: NaiveDate,
    officer: Uuid,
) -> Result<(Option<Value>, Option<Value>), AppError> {
    let row = sqlx::query!(
        "select self_input, confirmed_input from sheet where agency_id = $1 and period = $2 and officer_id = $3",
        agency,
        period,
        officer
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map_or((None, None), |row| (row.self_input, row.confirmed_input)))
}

/// Own points of one criterion, as stored.
///
/// # Errors
/// The database's failure.
pub async fn own_points(
    db: &mut PgConnection,
    month: &Month,
    criterion: &str,
) -> Result<Option<Decimal>, AppError> {
    Ok(sqlx::query_scalar!(
        "select self_points from sheet_criterion
         where agency_id = $1 and period = $2 and officer_id = $3 and criterion = $4",
        month.agency.0,
        month.period.first_day(),
        month.officer.0,
        criterion
    )
    .fetch_optional(db)
    .await?
    .flatten())
}

/// Own points of every criterion, as stored.
///
/// # Errors
/// The database's failure.
pub async fn all_own_points(
    db: &mut PgConnection,
    month: &Month,
) -> Result<Vec<(String, Decimal)>, AppError> {
    let rows = sqlx::query!(
        r#"select criterion, self_points as "points!" from sheet_criterion
           where agency_id = $1 and period = $2 and officer_id = $3 and self_points is not null order by criterion"#,
        month.agency.0,
        month.period.first_day(),
        month.officer.0
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.criterion, row.points))
        .collect())
}

/// Stores the officer's own points of criteria; `None` clears.
///
/// # Errors
/// The database's failure.
pub async fn put_own_points(
    db: &mut PgConnection,
    month: &Month,
    points: &[(String, Option<Decimal>)],
) -> Result<(), AppError> {
    let codes: Vec<String> = points.iter().map(|(code, _)| code.clone()).collect();
    let values: Vec<Option<Decimal>> = points.iter().map(|(_, value)| *value).collect();
    sqlx::query!(
        "insert into sheet_criterion (agency_id, period, officer_id, criterion, self_points)
         select $1, $2, $3, code, value from unnest($4::text[], $5::numeric[]) as given (code, value)
         on conflict (agency_id, period, officer_id, criterion) do update set self_points = excluded.self_points",
        month.agency.0,
        month.period.first_day(),
        month.officer.0,
        &codes,
        &values as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What an officer writes about his month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    /// Strengths.
    pub strengths: String,
    /// Shortcomings.
    pub shortcomings: String,
}

/// Remarks as stored.
///
/// # Errors
/// The database's failure.
pub async fn remarks(db: &mut PgConnection, month: &Month) -> Result<Remarks, AppError> {
    Ok(sqlx::query_as!(
        Remarks,
        "select strengths, shortcomings from sheet where agency_id = $1 and period = $2 and officer_id = $3",
        month.agency.0,
        month.period.first_day(),
        month.officer.0
    )
    .fetch_one(db)
    .await?)
}

/// Stores the remarks and returns the new version.
///
/// # Errors
/// The database's failure.
pub async fn put_remarks(
    db: &mut PgConnection,
    month: &Month,
    remarks: &Remarks,
) -> Result<i32, AppError> {
    Ok(sqlx::query_scalar!(
        "update sheet set strengths = $4, shortcomings = $5, version = version + 1
         where agency_id = $1 and period = $2 and officer_id = $3 returning version",
        month.agency.0,
        month.period.first_day(),
        month.officer.0,
        remarks.strengths,
        remarks.shortcomings
    )
    .fetch_one(db)
    .await?)
}

/// Whether the officer sent the sheet and did not take it back.
///
/// # Errors
/// The database's failure.
pub async fn was_sent(db: &mut PgConnection, month: &Month) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select submitted_at is not null as "sent!" from sheet
           where agency_id = $1 and period = $2 and officer_id = $3"#,
        month.agency.0,
        month.period.first_day(),
        month.officer.0
    )
    .fetch_one(db)
    .await?)
}

/// What an officer sends.
pub struct Submission {
    /// The total on what is reported.
    pub total: Option<Decimal>,
    /// What it was computed from: `kpi::scoring::PeriodInput`.
    pub input: Value,
    /// The day of sending in Vietnam, which may be late; the time of day is the database's.
    pub day: NaiveDate,
}

/// Marks the sheet as submitted, or as a draft again.
///
/// # Errors
/// The database's failure.
pub async fn put_submission(
    db: &mut PgConnection,
    month: &Month,
    sent: Option<Submission>,
) -> Result<(), AppError> {
    sqlx::query!(
        "update sheet set status = case when $4 then 'self_assessed' else 'draft' end, self_total = $5,
            self_input = $6, version = version + 1,
            submitted_at = case when $4 then
                ($7::date + (now() at time zone 'Asia/Ho_Chi_Minh')::time) at time zone 'Asia/Ho_Chi_Minh' end
         where agency_id = $1 and period = $2 and officer_id = $3",
        month.agency.0,
        month.period.first_day(),
        month.officer.0,
        sent.is_some(),
        sent.as_ref().and_then(|sent| sent.total),
        sent.as_ref().map(|sent| sent.input.clone()),
        sent.map(|sent| sent.day)
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One concluded criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concluded {
    /// "I.1" … "III.4".
    pub criterion: String,
    /// The competent person's points.
    pub points: Decimal,
    /// Why they differ from the officer's.
    pub reason: String,
}

/// Stores the competent person's points.
///
/// # Errors
/// The database's failure.
pub async fn put_concluded(
    db: &mut PgConnection,
    month: &Month,
    concluded: &[Concluded],
) -> Result<(), AppError> {
    let codes: Vec<String> = concluded.iter().map(|row| row.criterion.clone()).collect();
    let points: Vec<Decimal> = concluded.iter().map(|row| row.points).collect();
    let reasons: Vec<String> = concluded.iter().map(|row| row.reason.clone()).collect();
    sqlx::query!(
        "insert into sheet_criterion (agency_id, period, officer_id, criterion, confirmed_points, reason)
         select $1, $2, $3, code, points, reason
         from unnest($4::text[], $5::numeric[], $6::text[]) as given (code, points, reason)
         on conflict (agency_id, period, officer_id, criterion)
             do update set confirmed_points = excluded.confirmed_points, reason = excluded.reason",
        month.agency.0,
        month.period.first_day(),
        month.officer.0,
        &codes,
        &points,
        &reasons
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What a conclusion leaves in the sheet, and in its version.
#[derive(Clone, Debug, Serialize)]
pub struct Confirmation {
    /// The competent person's points, every criterion.
    pub criteria: Vec<Concluded>,
    /// The competent person's remark.
    pub remark: String,
    /// đ with its reason, for a leader.
    pub organising: Option<(u32, String)>,
    /// e with its reason, for a leader.
    pub unity: Option<(u32, String)>,
    /// Total; none when the data did not suffice.
    pub total: Option<Decimal>,
    /// Its level.
    pub level: Option<&'static str>,
    /// Who confirmed.
    pub by: OfficerId,
    /// Who prepared it, where that was somebody else.
    pub prepared_by: Option<OfficerId>,
    /// The input of the score.
    pub input: Value,
    /// Its trace.
    pub trace: Value,
}

/// Shows a conclusion in the sheet; what is confirmed for the first time becomes confirmed.
///
/// # Errors
/// The database's failure.
pub async fn put_confirmation(
    db: &mut PgConnection,
    month: &Month,
    confirmation: &Confirmation,
) -> Result<(), AppError> {
    let (organising, organising_reason) = confirmation.organising.clone().unzip();
    let (unity, unity_reason) = confirmation.unity.clone().unzip();
    sqlx::query!(
        "update sheet set status = case when status in ('draft', 'self_assessed') then 'confirmed' else status end,
            remark = $4, organising = $5, organising_reason = coalesce($6, ''),
            unity = $7, unity_reason = coalesce($8, ''), confirmed_total = $9, confirmed_level = $10,
            confirmed_by = $11, confirmed_at = now(), confirmed_input = $12, confirmed_trace = $13, version = version + 1
         where agency_id = $1 and period = $2 and officer_id = $3",
        month.agency.0,
        month.period.first_day(),
        month.officer.0,
        confirmation.remark,
        percent(organising),
        organising_reason,
        percent(unity),
        unity_reason,
        confirmation.total,
        confirmation.level,
        confirmation.by.0,
        confirmation.input,
        confirmation.trace
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A percentage as it is stored.
pub fn percent(value: Option<u32>) -> Option<i32> {
    value.and_then(|value| i32::try_from(value).ok())
}
