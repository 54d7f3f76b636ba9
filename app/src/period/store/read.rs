//! What the page of periods reads.

use chrono::NaiveDate;
use kpi::ids::AgencyId;
use kpi::period::Period;
use kpi::period::life::PeriodDates;
use sqlx::{PgConnection, PgExecutor};

use crate::error::AppError;
use crate::period::wire::{Lack, MonthLine, SheetCounts, UnfinishedLine, UnitLine};

/// Names that a lack shows.
const SHOWN: i64 = 8;

/// The latest months that were opened, with the counts of their sheets; at most 24.
///
/// # Errors
/// The database's failure.
pub async fn months(
    db: impl PgExecutor<'_>,
    agency: AgencyId,
    chosen: Period,
) -> Result<Vec<MonthLine>, AppError> {
    let rows = sqlx::query!(
        r#"select p.period, p.status, p.automatic, p.version, p.self_from, p.self_until, p.confirm_until, p.announce_on,
                  p.lock_on, c.draft as "draft!", c.sent as "sent!", c.confirmed as "confirmed!", c.told as "told!"
           from (
               (select * from period where agency_id = $1 order by period desc limit 23)
               union (select * from period where agency_id = $1 and period = $2)) p
           cross join lateral (
               select count(*) filter (where s.status = 'draft') as draft,
                      count(*) filter (where s.status = 'self_assessed') as sent,
                      count(*) filter (where s.status = 'confirmed') as confirmed,
                      count(*) filter (where s.status in ('announced', 'locked')) as told
               from sheet s where s.agency_id = p.agency_id and s.period = p.period) c
           order by p.period desc"#,
        agency.0,
        chosen.first_day()
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let dates = || {
                Some(PeriodDates {
                    self_from: row.self_from?,
                    self_until: row.self_until?,
                    confirm_until: row.confirm_until?,
                    announce_on: row.announce_on?,
                    lock_on: row.lock_on?,
                })
            };
            Ok(MonthLine {
                period: Period::from_first_day(row.period.unwrap_or_default())
                    .map_err(AppError::inner)?,
                status: row
                    .status
                    .as_deref()
                    .unwrap_or_default()
                    .parse()
                    .map_err(AppError::inner)?,
                dates: dates(),
                automatic: row.automatic.unwrap_or_default(),
                version: row.version.unwrap_or_default(),
                sheets: SheetCounts {
                    draft: row.draft,
                    sent: row.sent,
                    confirmed: row.confirmed,
                    told: row.told,
                },
            })
        })
        .collect()
}

/// Active units with their own dates and unfinished sheets; at most 500.
///
/// # Errors
/// The database's failure.
pub async fn units(
    db: impl PgExecutor<'_>,
    agency: AgencyId,
    period: Period,
) -> Result<Vec<UnitLine>, AppError> {
    Ok(sqlx::query_as!(
        UnitLine,
        r#"select u.unit_id as unit, u.name, d.self_until as "self_until?", d.confirm_until as "confirm_until?",
                  d.announce_on as "announce_on?", coalesce(d.announced_at is not null, false) as "announced!",
                  (select count(*) from sheet s join unit b on b.agency_id = $1 and b.unit_id = s.unit_id
                   where s.agency_id = $1 and s.period = $2 and starts_with(b.path, u.path)
                     and s.status in ('draft', 'self_assessed')
                     and not exists (select from period_left_out l
                         where l.agency_id = $1 and l.period = $2 and l.officer_id = s.officer_id)) as "unfinished!"
           from unit u
           left join period_unit d on d.agency_id = $1 and d.period = $2 and d.unit_id = u.unit_id
           where u.agency_id = $1 and u.active
           order by u.path collate "C" limit 500"#,
        agency.0,
        period.first_day()
    )
    .fetch_all(db)
    .await?)
}

/// The first unfinished sheets of a month.
///
/// # Errors
/// The database's failure.
pub async fn first_unfinished(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
) -> Result<Vec<UnfinishedLine>, AppError> {
    let all = super::announce::unfinished(db, agency, period, "/").await?;
    Ok(all
        .into_iter()
        .take(50)
        .map(|sheet| UnfinishedLine {
            officer: sheet.officer,
            name: sheet.name,
            unit: sheet.unit,
            sent: sheet.sent,
        })
        .collect())
}

/// What is missing before a month is opened, looked at on a day of it.
///
/// # Errors
/// The database's failure.
pub async fn lacks(
    db: impl PgExecutor<'_>,
    agency: AgencyId,
    period: Period,
    day: NaiveDate,
) -> Result<Vec<Lack>, AppError> {
    let row = sqlx::query!(
        r#"with held as (
               select distinct p.officer_id, p.unit_id, p.kind from post p
               where p.agency_id = $1 and p.from_day <= $3 and (p.until_day is null or p.until_day >= $3)
           ),
           people as (
               select o.officer_id, o.full_name, o.sort_key, o.task_group_id,
                      exists (select from held h where h.officer_id = o.officer_id) as posted
               from officer o where o.agency_id = $1 and o.active
           ),
           planned as (
               select distinct officer_id from assignment
               where agency_id = $1 and period = $2 and status = 'active' and kind = 'plan'
           ),
           lacking as (
               select 1 as kind, full_name as name, sort_key from people where not posted
               union all
               select 2, u.name, u.path from unit u
               where u.agency_id = $1 and u.active
                 and exists (select from held h where h.unit_id = u.unit_id)
                 and not exists (select from held h where h.unit_id = u.unit_id and h.kind = 'head')
               union all
               select 3, full_name, sort_key from people where posted and task_group_id is null
               union all
               select 4, full_name, sort_key from people where posted and officer_id not in (select officer_id from planned)
           ),
           ranked as (
               select kind, name, row_number() over (partition by kind order by sort_key) as place,
                      count(*) over (partition by kind) as found
               from lacking
           )
           select
               coalesce((select jsonb_agg(jsonb_build_array(kind, found, name) order by kind, place)
                   from ranked where place <= $4), '[]') as "named!",
               exists (select from holiday where agency_id = $1
                   and extract(year from day) = extract(year from $2::date)) as "holidays!",
               exists (select from catalogue where agency_id = $1 and status = 'approved') as "catalogue!""#,
        agency.0,
        period.first_day(),
        day,
        SHOWN
    )
    .fetch_one(db)
    .await?;
    let named: Vec<(u8, i64, String)> =
        serde_json::from_value(row.named).map_err(AppError::inner)?;
    let mut lacks = Vec::new();
    let kinds = [
        (
            1,
            "Công chức chưa giữ vị trí nào",
            "/organisation".to_owned(),
        ),
        (
            2,
            "Đơn vị chưa có người đứng đầu",
            "/organisation".to_owned(),
        ),
        (
            3,
            "Công chức chưa thuộc nhóm nhiệm vụ tương đồng nào",
            "/organisation".to_owned(),
        ),
        (
            4,
            "Công chức chưa được giao việc theo kế hoạch trong tháng",
            format!("/unit?period={period}"),
        ),
    ];
    for (kind, what, link) in kinds {
        let of: Vec<&(u8, i64, String)> = named.iter().filter(|(of, ..)| *of == kind).collect();
        if let Some((_, count, _)) = of.first() {
            lacks.push(Lack {
                what: what.to_owned(),
                count: *count,
                names: of.iter().map(|(_, _, name)| name.clone()).collect(),
                link,
            });
        }
    }
    let whole = [
        (
            row.holidays,
            format!("Chưa có ngày nghỉ nào của năm {}", period.year()),
            "/period/holidays",
        ),
        (
            row.catalogue,
            "Chưa có danh mục sản phẩm được phê duyệt".to_owned(),
            "/catalogue",
        ),
    ];
    for (there, what, link) in whole {
        if !there {
            lacks.push(Lack {
                what,
                count: 0,
                names: Vec::new(),
                link: link.to_owned(),
            });
        }
    }
    Ok(lacks)
}
