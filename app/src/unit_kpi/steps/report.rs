//! Reporting the figure of a month: by the owner of the indicator or the head. A correction is a new row with its reason.

use chrono::{Datelike, NaiveDate};
use kpi::period::{Period, PeriodError};
use kpi::unit::{Direction, Indicator};
use rust_decimal::Decimal;
use sqlx::PgPool;
use uuid::Uuid;

use super::load::reaches;
use super::typed::{day, figure, short, text};
use super::{about, done, hold_open};
use crate::auth::Access;
use crate::error::AppError;
use crate::format::{self, number};
use crate::unit_kpi::store::{self, HeldIndicator, NewReport};

/// A report as typed.
#[derive(Clone, Debug, Default)]
pub struct TypedReport {
    /// The indicator.
    pub indicator: Uuid,
    /// Number of its reports that were seen.
    pub seen: i64,
    /// The month.
    pub period: String,
    /// Figure of the year up to the cut-off day.
    pub actual: String,
    /// Where it comes from.
    pub source: String,
    /// Up to which day.
    pub cut_off: String,
    /// What proves it.
    pub evidence: String,
    /// Why the last report of the month was wrong; not asked for the first.
    pub reason: String,
}

/// Stores a report. Returns the unit and year it belongs to.
///
/// # Errors
/// `Invalid` naming the field; `Conflict` when somebody reported since; `Forbidden` for whoever neither owns the
/// indicator nor heads its unit; `NotFound`; the database's failure.
pub async fn report(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    typed: TypedReport,
) -> Result<(Uuid, i32), AppError> {
    let officer = access.officer()?;
    let mut db = pool.begin().await?;
    let held = store::hold_indicator(&mut db, access.agency(), typed.indicator).await?;
    if !reaches(access, held.owner, &held.path) {
        return Err(AppError::Forbidden);
    }
    let (period, new) = parse(&held, today, &typed, officer.0)?;
    hold_open(&mut db, access.agency(), held.unit, held.year).await?;
    let months = store::reports_of(&mut db, access.agency(), typed.indicator).await?;
    if held.reports != typed.seen {
        let current = months.last().map_or_else(
            || "chưa có số liệu".to_owned(),
            |(_, _, actual)| format!("{} {}", number(*actual, 4), held.unit_of_measure),
        );
        return Err(AppError::Conflict {
            current,
            yours: short(&typed.actual),
        });
    }
    let before = months.iter().find(|(first, ..)| *first == new.period);
    if before.is_some() && new.reason.is_empty() {
        let message = format!(
            "{} đã có số liệu: hãy ghi lý do đính chính.",
            period.label()
        );
        return Err(AppError::invalid("reason", message, ""));
    }
    if held.accumulates {
        check_growth(&months, &new, &typed.actual)?;
    }
    let new = NewReport {
        version: before.map_or(1, |(_, version, _)| version + 1),
        reason: before.map_or_else(String::new, |_| new.reason.clone()),
        ..new
    };
    store::add_report(&mut db, access.agency(), typed.indicator, &new).await?;
    let mut detail = about(held.year, &held.name);
    if let Some(object) = detail.as_object_mut() {
        object.insert("period".to_owned(), period.to_string().into());
        if before.is_some() {
            object.insert("reason".to_owned(), new.reason.clone().into());
        }
    }
    let action = if before.is_some() {
        "unit_kpi.correct"
    } else {
        "unit_kpi.report"
    };
    done(&mut db, access, (held.unit, today), action, detail).await?;
    db.commit().await?;
    Ok((held.unit, held.year))
}

fn parse(
    held: &HeldIndicator,
    today: NaiveDate,
    typed: &TypedReport,
    by: Uuid,
) -> Result<(Period, NewReport), AppError> {
    let period: Period = typed.period.trim().parse().map_err(|error: PeriodError| {
        AppError::invalid("period", error.to_string(), short(&typed.period))
    })?;
    if period.year() != held.year || period.first_day() > today {
        let message = format!("Chọn một tháng của năm {} đã bắt đầu.", held.year);
        return Err(AppError::invalid("period", message, &typed.period));
    }
    let actual = figure("actual", "Số thực hiện", &typed.actual)?;
    // The rule bounds a figure; the other values only make it an indicator.
    let bounds = Indicator {
        name: held.name.clone(),
        direction: Direction::Higher,
        target: Decimal::ONE,
        actual,
        weight: Decimal::ZERO,
    };
    bounds
        .validate()
        .map_err(AppError::from)
        .map_err(|error| error.typed_as("actual", &typed.actual))?;
    let cut_off = day("cut_off", "Ngày chốt số liệu", &typed.cut_off)?;
    if !period.contains(cut_off) {
        let message = format!(
            "Ngày chốt phải nằm trong {}, từ {} đến {}.",
            period.label().to_lowercase(),
            format::day(period.first_day()),
            format::day(period.last_day())
        );
        return Err(AppError::invalid("cut_off", message, &typed.cut_off));
    }
    if cut_off > today {
        return Err(AppError::invalid(
            "cut_off",
            "Ngày chốt không được sau hôm nay.",
            &typed.cut_off,
        ));
    }
    let source = text(
        "source",
        &typed.source,
        Some("Hãy ghi nguồn số liệu, ví dụ: sổ theo dõi đề án."),
    )?;
    let new = NewReport {
        period: period.first_day(),
        version: 1,
        actual,
        source,
        cut_off,
        evidence: text("evidence", &typed.evidence, None)?,
        reason: text("reason", &typed.reason, None)?,
        by,
    };
    Ok((period, new))
}

/// A figure that grows over the year is not below the month before nor above the month after.
fn check_growth(
    months: &[(NaiveDate, i32, Decimal)],
    new: &NewReport,
    typed: &str,
) -> Result<(), AppError> {
    let before = months.iter().rfind(|(first, ..)| *first < new.period);
    let after = months.iter().find(|(first, ..)| *first > new.period);
    let refused = |first: NaiveDate, actual: Decimal, words: &str| {
        let message = format!(
            "Số lũy kế từ đầu năm không thể {words} số của tháng {:02} ({}).",
            first.month(),
            number(actual, 4)
        );
        Err(AppError::invalid("actual", message, short(typed)))
    };
    match (before, after) {
        (Some((first, _, actual)), _) if new.actual < *actual => {
            refused(*first, *actual, "nhỏ hơn")
        }
        (_, Some((first, _, actual))) if new.actual > *actual => {
            refused(*first, *actual, "lớn hơn")
        }
        _ => Ok(()),
    }
}
