//! SQL of the first page: counts with the nearest date, a statement a part. No score of anybody.

mod leader;

use chrono::NaiveDate;
use kpi::ids::OfficerId;
use kpi::period::Period;
use kpi::permission::Role;
use sqlx::{PgConnection, PgPool};

use super::api::{Line, Part};
use crate::auth::Access;
use crate::error::AppError;

/// Days ahead for which unfinished work is named.
const AHEAD: i32 = 3;

/// Collects lines, leaving out those that count nothing.
struct Lines {
    today: NaiveDate,
    lines: Vec<Line>,
}

impl Lines {
    fn add(&mut self, part: Part, count: i64, what: &str, day: Option<NaiveDate>, link: String) {
        if count > 0 {
            self.lines.push(Line {
                part,
                what: what.to_owned(),
                count,
                day,
                late: day.is_some_and(|day| day < self.today),
                link,
            });
        }
    }
}

/// What waits for the visitor: one statement for each of his parts.
///
/// # Errors
/// The database's failure.
pub async fn lines(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
) -> Result<Vec<Line>, AppError> {
    let mut db = pool.acquire().await?;
    let has = |role: Role| access.actor.roles.contains(&role);
    let mut lines = Lines {
        today,
        lines: Vec::new(),
    };
    if let Some(officer) = access.actor.officer {
        own(&mut db, access, officer, &mut lines).await?;
        if has(Role::Head) {
            head(&mut db, access, officer, &mut lines).await?;
        }
    }
    if has(Role::Leader) {
        leader::add(&mut db, access, &mut lines).await?;
    }
    if has(Role::Personnel) {
        personnel(&mut db, access, &mut lines).await?;
    }
    if has(Role::Administrator) {
        administrator(&mut db, access, &mut lines).await?;
    }
    Ok(lines.lines)
}

/// The address of a page about the month that begins on a day; the page itself without one.
fn of_month(path: &str, month: Option<NaiveDate>) -> String {
    match month.and_then(|day| Period::from_first_day(day).ok()) {
        Some(period) => format!("{path}?period={period}"),
        None => path.to_owned(),
    }
}

async fn own(
    db: &mut PgConnection,
    access: &Access,
    officer: OfficerId,
    lines: &mut Lines,
) -> Result<(), AppError> {
    let row = sqlx::query!(
        r#"with running as (
               select p.period, coalesce(own.self_until, p.self_until) as self_until, coalesce(s.status, 'draft') as sheet
               from period p
               left join sheet s on s.agency_id = $1 and s.period = p.period and s.officer_id = $2
               left join lateral (
                   select h.unit_id from post h
                   where h.agency_id = $1 and h.officer_id = $2 and h.from_day <= $3 and (h.until_day is null or h.until_day >= $3)
                   order by array_position(array['head', 'deputy', 'staff'], h.kind), h.from_day desc limit 1) held on true
               join unit u on u.agency_id = $1 and u.unit_id = coalesce(s.unit_id, held.unit_id)
               left join lateral (
                   select d.self_until, d.announced_at from unit above
                   join period_unit d on d.agency_id = $1 and d.period = p.period and d.unit_id = above.unit_id
                   where above.agency_id = $1 and starts_with(u.path, above.path)
                   order by length(above.path) desc limit 1) own on true
               where p.agency_id = $1 and p.status in ('self_assessment', 'confirmation')
                 and own.announced_at is null
           ),
           due as (
               select a.period, a.due_day from assignment a
               join sheet s on s.agency_id = $1 and s.period = a.period and s.officer_id = $2
                   and s.status in ('draft', 'self_assessed')
               where a.agency_id = $1 and a.officer_id = $2 and a.status = 'active'
                 and a.quantity_done < a.quantity - a.handed_over and a.due_day <= $3::date + $4::int
                 and a.period >= ($3::date - 92)
                 and not exists (select from period c where c.agency_id = $1 and c.period = a.period
                     and c.status in ('announced', 'locked'))
           ),
           returned as (
               select d.period, d.due_day from deliverable d
               join sheet s on s.agency_id = $1 and s.period = d.period and s.officer_id = $2
                   and s.status in ('draft', 'self_assessed')
               where d.agency_id = $1 and d.officer_id = $2 and d.status = 'returned'
                 and d.period >= ($3::date - 92)
                 and not exists (select from period c where c.agency_id = $1 and c.period = d.period
                     and c.status in ('announced', 'locked'))
           )
           select (select count(*) from running where sheet = 'draft') as "sheets!",
                  (select min(self_until) from running where sheet = 'draft') as sheet_day,
                  (select min(period) from running where sheet = 'draft') as sheet_month,
                  (select count(*) from due) as "due!", (select min(due_day) from due) as due_day,
                  (select min(period) from due) as due_month,
                  (select count(*) from returned) as "returned!", (select min(due_day) from returned) as returned_day,
                  (select min(period) from returned) as returned_month,
                  (select count(*) from year_sheet y where y.agency_id = $1 and y.officer_id = $2 and y.status = 'draft') as "years!",
                  (select max(y.year) from year_sheet y where y.agency_id = $1 and y.officer_id = $2 and y.status = 'draft') as year"#,
        access.agency(),
        officer.0,
        lines.today,
        AHEAD
    )
    .fetch_one(db)
    .await?;
    let part = Part::Own;
    let link = of_month("/month", row.sheet_month);
    lines.add(
        part,
        row.sheets,
        "phiếu tháng cần tự đánh giá và gửi",
        row.sheet_day,
        link,
    );
    let link = of_month("/month", row.returned_month);
    lines.add(
        part,
        row.returned,
        "sản phẩm bị trả lại",
        row.returned_day,
        link,
    );
    let link = of_month("/month", row.due_month);
    lines.add(
        part,
        row.due,
        "việc đến hạn hoặc quá hạn, chưa báo cáo đủ",
        row.due_day,
        link,
    );
    let year = row.year.unwrap_or_default();
    lines.add(
        part,
        row.years,
        "phiếu năm (Mẫu số 02) cần gửi",
        None,
        format!("/year-sheet/{year}"),
    );
    Ok(())
}

async fn head(
    db: &mut PgConnection,
    access: &Access,
    officer: OfficerId,
    lines: &mut Lines,
) -> Result<(), AppError> {
    // Those who answer to him (khoản 1 Điều 10): deputies and staff of his units, heads of the units directly below.
    let row = sqlx::query!(
        r#"with mine as (
               select s.period, s.officer_id, s.status, p.confirm_until
               from post h
               join unit u on u.agency_id = $1 and (u.unit_id = h.unit_id or u.parent_id = h.unit_id)
               join sheet s on s.agency_id = $1 and s.unit_id = u.unit_id and s.officer_id <> $2
                   and (s.role = 'head') = (u.unit_id <> h.unit_id) and s.status in ('draft', 'self_assessed')
               join period p on p.agency_id = $1 and p.period = s.period and p.status not in ('announced', 'locked')
               where h.agency_id = $1 and h.officer_id = $2 and h.kind = 'head'
                 and h.from_day <= $3 and (h.until_day is null or h.until_day >= $3)
           ),
           waiting as (
               select m.period from mine m
               join deliverable d on d.agency_id = $1 and d.period = m.period and d.officer_id = m.officer_id
               where d.status = 'delivered'
           ),
           causes as (
               select m.period from mine m
               join cause c on c.agency_id = $1 and c.period = m.period and c.officer_id = m.officer_id
               where c.status = 'requested'
           ),
           -- Those that he answers: he gave the result and is here, or whoever gave it left and the petitioner answers
           -- to him; about a year the head of the agency.
           petitions as (
               select q.due_on from petition q
               where q.agency_id = $1 and q.status = 'lodged' and q.officer_id <> $2
                 and case when q.year is not null then exists (
                         select from post h join unit u on u.agency_id = $1 and u.unit_id = h.unit_id
                         where h.agency_id = $1 and h.officer_id = $2 and h.kind = 'head' and u.parent_id is null
                           and h.from_day <= $3 and (h.until_day is null or h.until_day >= $3))
                     else q.authority_id = $2 or (
                         not exists (select from post a where a.agency_id = $1 and a.officer_id = q.authority_id
                             and a.from_day <= $3 and (a.until_day is null or a.until_day >= $3))
                         and exists (
                             select from post p
                             join unit u on u.agency_id = $1 and u.unit_id = p.unit_id
                             join post h on h.agency_id = $1 and h.officer_id = $2 and h.kind = 'head'
                                 and h.unit_id = case p.kind when 'head' then u.parent_id else u.unit_id end
                                 and h.from_day <= $3 and (h.until_day is null or h.until_day >= $3)
                             where p.agency_id = $1 and p.officer_id = q.officer_id
                               and p.from_day <= $3 and (p.until_day is null or p.until_day >= $3)))
                     end
           )
           select (select count(*) from waiting) as "waiting!", (select min(period) from waiting) as waiting_month,
                  (select count(*) from causes) as "causes!", (select min(period) from causes) as causes_month,
                  (select count(*) from mine where status = 'self_assessed') as "sheets!",
                  (select min(period) from mine where status = 'self_assessed') as sheet_month,
                  (select min(confirm_until) from mine where status = 'self_assessed') as sheet_day,
                  (select count(*) from mine m where m.status = 'self_assessed' and exists (
                      select from deliverable d
                      where d.agency_id = $1 and d.period = m.period and d.officer_id = m.officer_id
                        and (d.status = 'returned'
                            or d.status = 'accepted' and d.delays + d.failed_reviews > d.excused_delays + d.excused_failed_reviews)
                  )) as "faults!",
                  (select count(*) from petitions) as "petitions!", (select min(due_on) from petitions) as petition_day"#,
        access.agency(),
        officer.0,
        lines.today
    )
    .fetch_one(db)
    .await?;
    let part = Part::Head;
    let link = of_month("/unit", row.waiting_month);
    lines.add(part, row.waiting, "sản phẩm chờ nghiệm thu", None, link);
    let link = of_month("/unit", row.causes_month);
    lines.add(
        part,
        row.causes,
        "đề nghị xác nhận nguyên nhân khách quan",
        None,
        link,
    );
    let link = of_month("/review", row.sheet_month);
    let what = if row.faults > 0 {
        format!(
            "phiếu chờ xác nhận, {} phiếu có việc trễ hoặc bị trả lại",
            row.faults
        )
    } else {
        "phiếu chờ xác nhận".to_owned()
    };
    lines.add(part, row.sheets, &what, row.sheet_day, link);
    lines.add(
        part,
        row.petitions,
        "kiến nghị cần trả lời",
        row.petition_day,
        "/petition".to_owned(),
    );
    Ok(())
}

async fn personnel(
    db: &mut PgConnection,
    access: &Access,
    lines: &mut Lines,
) -> Result<(), AppError> {
    let row = sqlx::query!(
        r#"with unconfirmed as (
               select p.period, p.announce_on, s.unit_id, p.confirm_until from period p
               join sheet s on s.agency_id = $1 and s.period = p.period and s.status in ('draft', 'self_assessed')
               where p.agency_id = $1 and p.status = 'confirmation'
                 and not exists (select from period_left_out l where l.agency_id = $1 and l.period = p.period
                     and l.officer_id = s.officer_id)
           )
           select (select count(*) from generate_series(0, 0) where not exists (
                      select from period where agency_id = $1 and period = date_trunc('month', $2::date)::date)) as "unopened!",
                  date_trunc('month', $2::date)::date as "this_month!",
                  (select count(*) from unconfirmed) as "unconfirmed!", (select min(announce_on) from unconfirmed) as announce_day,
                  (select min(period) from unconfirmed) as month,
                  (select count(distinct unit_id) from unconfirmed where confirm_until < $2) as "late!",
                  (select count(*) from period where agency_id = $1 and status = 'announced' and lock_on <= $2) as "to_lock!",
                  (select min(lock_on) from period where agency_id = $1 and status = 'announced') as lock_day,
                  (select min(period) from period where agency_id = $1 and status = 'announced') as lock_month,
                  (select count(*) from period where agency_id = $1 and status = 'confirmation' and announce_on <= $2) as "to_announce!",
                  (select min(announce_on) from period where agency_id = $1 and status = 'confirmation') as to_announce_day,
                  (select min(period) from period where agency_id = $1 and status = 'confirmation') as to_announce_month,
                  (select count(*) from petition q where q.agency_id = $1 and q.status = 'lodged') as "petitions!",
                  (select min(q.due_on) from petition q where q.agency_id = $1 and q.status = 'lodged') as petition_day"#,
        access.agency(),
        lines.today
    )
    .fetch_one(db)
    .await?;
    let part = Part::Personnel;
    let link = of_month("/period", Some(row.this_month));
    lines.add(part, row.unopened, "kỳ của tháng này chưa mở", None, link);
    let link = of_month("/period", row.month);
    lines.add(
        part,
        row.unconfirmed,
        "phiếu chưa xác nhận trước khi công bố",
        row.announce_day,
        link.clone(),
    );
    lines.add(part, row.late, "đơn vị quá hạn xác nhận", None, link);
    let link = of_month("/period", row.to_announce_month);
    lines.add(
        part,
        row.to_announce,
        "kỳ đến ngày công bố",
        row.to_announce_day,
        link,
    );
    let link = of_month("/period", row.lock_month);
    lines.add(part, row.to_lock, "kỳ đến ngày khóa", row.lock_day, link);
    lines.add(
        part,
        row.petitions,
        "kiến nghị đang chờ trả lời",
        row.petition_day,
        "/petition".to_owned(),
    );
    Ok(())
}

async fn administrator(
    db: &mut PgConnection,
    access: &Access,
    lines: &mut Lines,
) -> Result<(), AppError> {
    let row = sqlx::query!(
        r#"select (select count(*) from officer o
                   where o.agency_id = $1 and o.active
                     and exists (select from post p where p.agency_id = $1 and p.officer_id = o.officer_id
                         and p.from_day <= $2 and (p.until_day is null or p.until_day >= $2))
                     and not exists (select from account a where a.agency_id = $1 and a.officer_id = o.officer_id)) as "without!",
                  (select count(*) from account a where a.agency_id = $1 and a.must_change and a.locked_at is null) as "unused!""#,
        access.agency(),
        lines.today
    )
    .fetch_one(db)
    .await?;
    let part = Part::Administrator;
    let link = "/accounts".to_owned();
    lines.add(
        part,
        row.without,
        "công chức chưa có tài khoản",
        None,
        link.clone(),
    );
    lines.add(
        part,
        row.unused,
        "tài khoản chưa đổi mật khẩu được cấp",
        None,
        link,
    );
    Ok(())
}
