//! Who is reminded of which date of a period, and that it happened.

use chrono::NaiveDate;
use kpi::ids::AgencyId;
use kpi::period::Period;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use crate::error::AppError;
use crate::mail::{self, BaseUrl, Letter, Recipient};

/// Why a reminder came by mail, at its end.
const WHY: &str =
    "Thư nhắc hạn được gửi cho mọi tài khoản có địa chỉ thư, kể cả khi tắt tóm tắt hằng ngày.";

/// Months of every agency that are neither locked nor without dates, oldest first; at most 10,000.
///
/// # Errors
/// The database's failure.
pub async fn running(pool: &PgPool) -> Result<Vec<(AgencyId, Period)>, AppError> {
    let rows = sqlx::query!(
        "select agency_id, period from period where status <> 'locked' and self_from is not null
         order by agency_id, period limit 10000"
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let period = Period::from_first_day(row.period).map_err(AppError::inner)?;
            Ok((AgencyId(row.agency_id), period))
        })
        .collect()
}

/// Somebody whose sheet is not confirmed.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub officer: Uuid,
    /// The sheet was not sent.
    pub draft: bool,
    /// Last day of self-assessment in the unit.
    pub self_until: NaiveDate,
}

/// People in post on `today` whose sheet of a month under self-assessment was not sent, with the date of their unit.
///
/// # Errors
/// The database's failure.
pub async fn people(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
    today: NaiveDate,
) -> Result<Vec<Person>, AppError> {
    Ok(sqlx::query_as!(
        Person,
        r#"select p.officer_id as officer, coalesce(s.status, 'draft') = 'draft' as "draft!",
                  coalesce(own.self_until, q.self_until) as "self_until!"
           from period q
           join (select distinct on (officer_id) officer_id, unit_id from post
                 where agency_id = $1 and from_day <= $3 and (until_day is null or until_day >= $3)
                 order by officer_id, array_position(array['head', 'deputy', 'staff'], kind), from_day desc) p on true
           join officer o on o.agency_id = $1 and o.officer_id = p.officer_id and o.active
           left join sheet s on s.agency_id = $1 and s.period = $2 and s.officer_id = p.officer_id
           join unit u on u.agency_id = $1 and u.unit_id = coalesce(s.unit_id, p.unit_id)
           left join lateral (
               select d.self_until from unit above
               join period_unit d on d.agency_id = $1 and d.period = $2 and d.unit_id = above.unit_id
               where above.agency_id = $1 and starts_with(u.path, above.path)
               order by length(above.path) desc limit 1) own on true
           where q.agency_id = $1 and q.period = $2 and q.status in ('self_assessment', 'confirmation')
             and coalesce(s.status, 'draft') = 'draft'
           order by p.officer_id"#,
        agency.0,
        period.first_day(),
        today
    )
    .fetch_all(db)
    .await?)
}

/// A superior with sheets that wait.
#[derive(Clone, Debug)]
pub struct Head {
    /// Who.
    pub officer: Uuid,
    /// Sent sheets that wait for him.
    pub waiting: i64,
    /// The first of the dates of their units.
    pub confirm_until: NaiveDate,
}

/// Direct superiors (khoản 1 Điều 10) with sent sheets that wait for them.
///
/// # Errors
/// The database's failure.
pub async fn heads(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
    today: NaiveDate,
) -> Result<Vec<Head>, AppError> {
    Ok(sqlx::query_as!(
        Head,
        r#"select decider.officer_id as officer, count(*) as "waiting!",
                  min(coalesce(own.confirm_until, q.confirm_until)) as "confirm_until!"
           from period q
           join sheet s on s.agency_id = $1 and s.period = $2 and s.status = 'self_assessed'
           join unit u on u.agency_id = $1 and u.unit_id = s.unit_id
           join lateral (
               select h.officer_id from unit above
               join post h on h.agency_id = $1 and h.unit_id = above.unit_id and h.kind = 'head'
                   and h.officer_id <> s.officer_id
                   and h.from_day <= $3 and (h.until_day is null or h.until_day >= $3)
               where above.agency_id = $1 and starts_with(u.path, above.path)
                 and (s.role <> 'head' or above.unit_id <> u.unit_id)
               order by length(above.path) desc, h.from_day desc, h.post_id desc limit 1) decider on true
           left join lateral (
               select d.confirm_until from unit above
               join period_unit d on d.agency_id = $1 and d.period = $2 and d.unit_id = above.unit_id
               where above.agency_id = $1 and starts_with(u.path, above.path)
               order by length(above.path) desc limit 1) own on true
           where q.agency_id = $1 and q.period = $2 and q.status in ('self_assessment', 'confirmation')
           group by decider.officer_id order by decider.officer_id"#,
        agency.0,
        period.first_day(),
        today
    )
    .fetch_all(db)
    .await?)
}

/// Somebody of the personnel office.
#[derive(Clone, Debug)]
pub struct Office {
    /// Who.
    pub officer: Uuid,
    /// Day of the announcement.
    pub announce_on: NaiveDate,
    /// Sheets that are not confirmed.
    pub unfinished: i64,
}

/// The personnel office, before a month is announced.
///
/// # Errors
/// The database's failure.
pub async fn personnel(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
) -> Result<Vec<Office>, AppError> {
    Ok(sqlx::query_as!(
        Office,
        r#"select a.officer_id as "officer!", q.announce_on as "announce_on!",
                  (select count(*) from sheet s where s.agency_id = $1 and s.period = $2
                       and s.status in ('draft', 'self_assessed')) as "unfinished!"
           from period q
           join account a on a.agency_id = $1 and a.officer_id is not null and a.locked_at is null and 'personnel' = any(a.roles)
           where q.agency_id = $1 and q.period = $2 and q.status in ('self_assessment', 'confirmation')
             and q.announce_on is not null
           order by a.officer_id"#,
        agency.0,
        period.first_day()
    )
    .fetch_all(db)
    .await?)
}

/// A reminder of one person.
#[derive(Clone, Debug)]
pub struct Given {
    kind: &'static str,
    days: i32,
    officer: Uuid,
    text: String,
    link: String,
}

impl Given {
    /// Of the date `kind`, so many working days before it.
    pub fn new(kind: &'static str, days: i32, officer: Uuid, text: String, link: String) -> Self {
        Self {
            kind,
            days,
            officer,
            text,
            link,
        }
    }
}

/// Gives the reminders that were not given before: a notification each, and a letter where mail is sent (`base`) and
/// the account has an address.
///
/// # Errors
/// The database's failure.
pub async fn give(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
    given: &[Given],
    base: Option<&BaseUrl>,
) -> Result<(), AppError> {
    let ids: Vec<Uuid> = given.iter().map(|_| Uuid::now_v7()).collect();
    let officers: Vec<Uuid> = given.iter().map(|one| one.officer).collect();
    let kinds: Vec<String> = given.iter().map(|one| one.kind.to_owned()).collect();
    let days: Vec<i32> = given.iter().map(|one| one.days).collect();
    let texts: Vec<String> = given.iter().map(|one| one.text.clone()).collect();
    let links: Vec<String> = given.iter().map(|one| one.link.clone()).collect();
    let with_address = sqlx::query!(
        r#"with given as (
             select * from unnest($3::uuid[], $4::uuid[], $5::text[], $6::int[], $7::text[], $8::text[])
                 as given (id, officer_id, kind, days, text, link)
         ),
         fresh as (
             insert into period_reminder (agency_id, period, officer_id, kind, days_before)
             select $1, $2, officer_id, kind, days from given on conflict do nothing
             returning officer_id, kind, days_before
         ),
         told as (
             insert into notification (agency_id, notification_id, officer_id, text, link)
             select $1, g.id, g.officer_id, g.text, g.link
             from given g join fresh f on f.officer_id = g.officer_id and f.kind = g.kind and f.days_before = g.days
             returning notification_id
         )
         select o.full_name as name, a.email as "address!", g.kind as "kind!", g.text as "text!", g.link as "link!"
         from told t join given g on g.id = t.notification_id
         join officer o on o.agency_id = $1 and o.officer_id = g.officer_id
         join account a on a.agency_id = $1 and a.officer_id = g.officer_id and a.email is not null and a.locked_at is null
         order by g.id"#,
        agency.0,
        period.first_day(),
        &ids,
        &officers,
        &kinds,
        &days,
        &texts,
        &links
    )
    .fetch_all(&mut *db)
    .await?;
    let Some(base) = base else { return Ok(()) };
    let letters: Vec<Letter> = with_address
        .into_iter()
        .map(|row| {
            let to = Recipient {
                name: row.name,
                address: row.address,
            };
            let text = format!("{}\n{}", row.text, base.link(&row.link));
            Letter::new(to, subject(&row.kind, period), &text, WHY, base)
        })
        .collect();
    mail::store::queue(db, agency, &letters).await
}

fn subject(kind: &str, period: Period) -> String {
    let what = match kind {
        "self_until" => "nhắc gửi tự đánh giá",
        "confirm_until" => "nhắc xác nhận phiếu",
        _ => "nhắc ngày công bố kết quả",
    };
    format!("Công Tâm: {what} {}", period.label().to_lowercase())
}
