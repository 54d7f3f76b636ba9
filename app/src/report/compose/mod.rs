//! The stored record as the input of a form: what the pages show is read by the same steps, so paper and page agree.

mod minutes;
mod month;
mod unit;
mod year;

use chrono::{DateTime, NaiveDate, Utc};
use forms::Data;
use forms::data::{Heading, Signature, Signed};
use forms::wording::Level as FormLevel;
use kpi::level::Level;
use kpi::period::Period;
use sqlx::PgPool;

use super::Paper;
use crate::auth::Access;
use crate::error::AppError;
use crate::format::vietnam;

/// A file's data, and the record of each of its papers.
pub struct Composed {
    /// The form's input, not yet stamped.
    pub data: Data,
    /// One a paper, in its order.
    pub papers: Vec<Paper>,
}

/// Reads what is to be printed, as far as the actor may see it.
///
/// # Errors
/// `Forbidden` out of reach; `NotFound` for no such record; `Invalid` for a list without anybody or too long for one
/// file; the database's failure.
pub async fn compose(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    paper: Paper,
) -> Result<Composed, AppError> {
    match paper {
        Paper::Sheet(period, officer) => {
            month::sheets(pool, access, today, (period, &[officer.0])).await
        }
        Paper::Trace(period, officer) => month::trace(pool, access, today, (period, officer)).await,
        Paper::Unit(period, unit) => unit::summary(pool, access, today, (period, unit)).await,
        Paper::UnitSheets(period, unit) => unit::sheets(pool, access, today, (period, unit)).await,
        Paper::YearSheet(year, officer) => {
            year::sheets(pool, access, today, (year, &[officer.0])).await
        }
        Paper::Notice(decision) => year::notice(pool, access, today, decision).await,
        Paper::Minutes(id) => minutes::minutes(pool, access, id).await,
    }
}

pub use month::sheets;
pub use year::sheets as year_sheets;

/// "tháng 11 năm 2026".
fn month_of(period: Period) -> String {
    let first = period.first_day();
    format!("tháng {} năm {}", first.format("%-m"), first.format("%Y"))
}

/// The agency's own head of the paper; a unit's paper names the agency above it.
fn heading(agency: &str, unit: Option<&str>) -> Heading {
    match unit {
        Some(unit) if unit != agency => Heading {
            above: agency.to_owned(),
            agency: unit.to_owned(),
            ..Heading::default()
        },
        _ => Heading {
            agency: agency.to_owned(),
            ..Heading::default()
        },
    }
}

/// What somebody did in the system, under his name; unsigned it leaves room for a signature by hand.
fn signature(
    name: &str,
    act: &str,
    post: &str,
    at: Option<DateTime<Utc>>,
    hash: Option<&[u8]>,
) -> Signature {
    let at = at.map(vietnam);
    Signature {
        day: at.map(|at| at.date()),
        name: name.to_owned(),
        signed: at.map(|at| Signed {
            act: act.to_owned(),
            post: post.to_owned(),
            at,
            hash: hash
                .unwrap_or_default()
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect(),
        }),
    }
}

/// A signature of the product.
fn signed(signed: &crate::sign::Signed) -> Signature {
    let mut made = signature(
        &signed.name,
        signed.kind.label(),
        &signed.post,
        Some(signed.at),
        None,
    );
    if let Some(done) = &mut made.signed {
        done.hash.clone_from(&signed.hash);
    }
    made
}

/// The level as the forms name it.
const fn level(level: Level) -> FormLevel {
    match level {
        Level::Excellent => FormLevel::Excellent,
        Level::Good => FormLevel::Good,
        Level::Completed => FormLevel::Completed,
        Level::NotCompleted => FormLevel::NotCompleted,
    }
}
