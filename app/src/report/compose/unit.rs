//! A unit's month: the summary, and everybody's sheet as one file.

use chrono::NaiveDate;
use forms::Data;
use forms::data::{Print, Signature};
use forms::form::unit_summary::{Line, UnitSummary};
use kpi::ids::UnitId;
use kpi::number::round_half_up;
use kpi::period::Period;
use kpi::permission::{Permission, granted};
use rust_decimal::Decimal;
use sqlx::PgPool;

use super::{Composed, heading, level, month, month_of};
use crate::auth::Access;
use crate::error::AppError;
use crate::org::store::agency_units;
use crate::report::Paper;
use crate::report::store::people_of_unit;

/// Refuses a unit out of reach; gives its name.
async fn reach(pool: &PgPool, access: &Access, unit: UnitId) -> Result<String, AppError> {
    let units = agency_units(pool, access.agency()).await?;
    let unit = units
        .into_iter()
        .find(|row| row.unit_id == unit.0)
        .ok_or(AppError::NotFound)?;
    access.reach_unit(&unit.path)?;
    Ok(unit.name)
}

/// Everybody's Mẫu số 01 as one file.
///
/// # Errors
/// `Forbidden` out of reach; `NotFound` for no unit; `Invalid` when nobody has a sheet; the database's failure.
pub async fn sheets(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (period, unit): (Period, UnitId),
) -> Result<Composed, AppError> {
    reach(pool, access, unit).await?;
    let people = people_of_unit(pool, access.actor.agency, period, unit).await?;
    if people.is_empty() {
        return Err(nobody(period));
    }
    month::sheets(pool, access, today, (period, &people)).await
}

fn nobody(period: Period) -> AppError {
    AppError::invalid(
        "period",
        format!(
            "Đơn vị chưa có phiếu nào trong {}, nên chưa có gì để in. Phiếu có khi công việc đầu tiên của tháng được giao.",
            period.label().to_lowercase()
        ),
        period.to_string(),
    )
}

/// The summary: each person's own and confirmed points as their sheets say.
///
/// # Errors
/// As [`sheets`].
pub async fn summary(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (period, unit): (Period, UnitId),
) -> Result<Composed, AppError> {
    let name = reach(pool, access, unit).await?;
    let people = people_of_unit(pool, access.actor.agency, period, unit).await?;
    if people.is_empty() {
        return Err(nobody(period));
    }
    // A head sees the sheets of his unit, and with them their points.
    let scope = granted(&access.actor.roles, Permission::ViewMonth).ok_or(AppError::Forbidden)?;
    let access = &Access {
        actor: access.actor.clone(),
        scope,
    };
    let mut lines = Vec::with_capacity(people.len());
    for officer in people {
        let officer = kpi::ids::OfficerId(officer);
        let shown = crate::review::steps::load_print(pool, access, today, period, officer).await?;
        let confirmed = shown.sheet.is_confirmed();
        lines.push(Line {
            name: shown.sheet.name.clone(),
            post: shown.sheet.title.clone(),
            common: confirmed.then_some(shown.common_points),
            tasks: shown.task_points.filter(|_| confirmed),
            own: shown.sheet.own_total,
            total: shown.sheet.confirmed_total,
            level: shown.sheet.confirmed_level.map(level),
            note: if confirmed {
                String::new()
            } else {
                shown.sheet.status.label().to_owned()
            },
        });
    }
    let open = lines.iter().any(|line| line.total.is_none());
    let totals: Vec<Decimal> = lines.iter().filter_map(|line| line.total).collect();
    let mean = totals
        .iter()
        .sum::<Decimal>()
        .checked_div(Decimal::from(totals.len()))
        .map(|mean| round_half_up(mean, 2));
    Ok(Composed {
        data: Data::UnitSummary(UnitSummary {
            heading: heading(&access.actor.agency_name, Some(&name)),
            print: Print {
                draft: if open {
                    "còn phiếu chưa được xác nhận".to_owned()
                } else {
                    String::new()
                },
                ..Print::default()
            },
            unit: name,
            period: month_of(period),
            people: lines,
            mean,
            drawn_up: Signature::default(),
            head: Signature::default(),
        }),
        papers: vec![Paper::Unit(period, unit)],
    })
}
