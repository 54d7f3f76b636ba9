//! How far an indicator is, held against what is expected by the working days gone.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use kpi::period::Period;
use kpi::unit::{Direction, Indicator};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{days_of, months};
use crate::error::AppError;
use crate::format::{moment, percent};
use crate::unit_kpi::store::{IndicatorRow, ReportRow};
use crate::unit_kpi::wire::{IndicatorView, Lag, ReportView};

/// Percentage points that a figure may stay behind what is expected without being named: a month's report is a few
/// days old.
const PATIENCE: Decimal = Decimal::from_parts(5, 0, 0, false, 0);

/// The calendar that expected progress is read from.
pub(super) struct Calendar {
    pub today: NaiveDate,
    pub holidays: Vec<NaiveDate>,
}

/// The row as the rules see it; without a figure as if nothing was reached.
pub(super) fn indicator(row: &IndicatorRow) -> Result<Indicator, AppError> {
    Ok(Indicator {
        name: row.name.clone(),
        direction: row.direction.parse().map_err(AppError::inner)?,
        target: row.target,
        actual: row.actual.unwrap_or_default(),
        weight: row.weight,
    })
}

/// Percent of the target that counts, 0 to 100, with four decimals.
fn achieved(target: Decimal, direction: Direction, actual: Decimal) -> Result<Decimal, AppError> {
    let indicator = Indicator {
        name: String::new(),
        direction,
        target,
        actual,
        weight: Decimal::ZERO,
    };
    let share = indicator.achievement()?;
    let rounded = share.round(6).map_err(AppError::inner)?;
    Ok((rounded * Decimal::ONE_HUNDRED).normalize())
}

/// Percent of the target that is expected on a day: the share of working days gone, or all of it at any time for a
/// rate, a mean, or where less is better.
fn expected(
    row: &IndicatorRow,
    direction: Direction,
    on: NaiveDate,
    calendar: &Calendar,
) -> Result<Decimal, AppError> {
    if !row.accumulates {
        return Ok(Decimal::ONE_HUNDRED);
    }
    let days = days_of(row.year, on, &calendar.holidays)?;
    let figure = kpi::unit::expected(row.target, direction, (days.done, days.total))?;
    Ok(percent(figure, row.target)
        .unwrap_or(Decimal::ONE_HUNDRED)
        .round_dp(1))
}

/// The last month that ought to be reported: the one before today's, of a past year its December; none in January.
fn due_month(year: i32, today: NaiveDate) -> Option<Period> {
    let last = Period::of(today).ok()?.previous();
    if year < today.year() {
        Period::month(year, 12).ok()
    } else {
        (last.year() == year).then_some(last)
    }
}

/// Whether the last finished month has no report yet.
pub(super) fn unreported(row: &IndicatorRow, today: NaiveDate) -> bool {
    due_month(row.year, today)
        .is_some_and(|due| row.period.is_none_or(|last| last < due.first_day()))
}

/// How far the row is behind, if it is. A figure is held against what was expected on its cut-off day; while the month
/// due is unreported, against what is expected by its end.
pub(super) fn lag(row: &IndicatorRow, calendar: &Calendar) -> Result<Option<Lag>, AppError> {
    let direction = indicator(row)?.direction;
    let Some(due) = due_month(row.year, calendar.today) else {
        return Ok(None);
    };
    let on = row
        .cut_off
        .map_or(due.last_day(), |day| day.max(due.last_day()))
        .min(calendar.today);
    let reached = match row.actual {
        Some(actual) => achieved(row.target, direction, actual)?,
        None => Decimal::ZERO,
    };
    let points = expected(row, direction, on, calendar)? - reached;
    Ok((points > PATIENCE).then(|| Lag {
        name: row.name.clone(),
        points: points.round_dp(1),
    }))
}

/// The rows with everything that is known of them. `reports_it` says which ones the visitor reports.
pub(super) fn views(
    rows: Vec<IndicatorRow>,
    reports: Vec<ReportRow>,
    calendar: &Calendar,
    reports_it: impl Fn(&IndicatorRow) -> bool,
) -> Result<Vec<IndicatorView>, AppError> {
    let mut by_indicator: HashMap<Uuid, Vec<ReportRow>> = HashMap::new();
    for report in reports {
        by_indicator
            .entry(report.indicator)
            .or_default()
            .push(report);
    }
    rows.into_iter()
        .map(|row| {
            let reports = by_indicator.remove(&row.indicator).unwrap_or_default();
            let may = reports_it(&row);
            view(row, reports, calendar, may)
        })
        .collect()
}

fn view(
    row: IndicatorRow,
    reports: Vec<ReportRow>,
    calendar: &Calendar,
    reports_it: bool,
) -> Result<IndicatorView, AppError> {
    let direction = indicator(&row)?.direction;
    let lag = lag(&row, calendar)?.map(|lag| lag.points);
    let expected_on = row.cut_off.unwrap_or(calendar.today);
    let reached = row
        .actual
        .filter(|_| direction == Direction::Higher)
        .and_then(|actual| percent(actual, row.target))
        .map(|value| value.round_dp(1));
    let counted = row
        .actual
        .map(|actual| achieved(row.target, direction, actual))
        .transpose()?;
    let mut figures: HashMap<NaiveDate, Decimal> = HashMap::new();
    let mut shown = Vec::with_capacity(reports.len());
    for report in reports {
        // The newest version of a month comes first.
        let counts = !figures.contains_key(&report.period);
        if counts {
            let value = achieved(row.target, direction, report.actual)?;
            figures.insert(report.period, value);
        }
        shown.push(ReportView {
            period: Period::from_first_day(report.period).map_err(AppError::inner)?,
            version: report.version,
            counts,
            actual: report.actual.normalize(),
            source: report.source,
            cut_off: report.cut_off,
            evidence: report.evidence,
            reason: report.reason,
            by: report.by,
            at: moment(report.at),
        });
    }
    let year = months(row.year)?;
    Ok(IndicatorView {
        expected: expected(&row, direction, expected_on, calendar)?,
        months: year
            .iter()
            .map(|month| figures.get(&month.first_day()).copied())
            .collect(),
        open: open_months(&year, &row, calendar.today),
        indicator: row.indicator,
        unit: row.unit,
        unit_name: row.unit_name,
        year: row.year,
        function: row.function,
        name: row.name,
        unit_of_measure: row.unit_of_measure,
        direction,
        accumulates: row.accumulates,
        target: row.target.normalize(),
        weight: row.weight.normalize(),
        owner: row.owner,
        owner_name: row.owner_name,
        version: row.version,
        achieved: counted,
        reached,
        lag,
        reports: shown,
        reports_it,
    })
}

/// Months that have begun, the first one after the last report before the others, latest first.
fn open_months(year: &[Period], row: &IndicatorRow, today: NaiveDate) -> Vec<Period> {
    let begun = || year.iter().rev().filter(|month| month.first_day() <= today);
    let next = year
        .iter()
        .find(|month| row.period.is_none_or(|last| month.first_day() > last))
        .filter(|month| month.first_day() <= today);
    let rest = begun().filter(|month| Some(*month) != next);
    next.into_iter().chain(rest).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn row(actual: Option<&str>, cut_off: &str) -> IndicatorRow {
        IndicatorRow {
            indicator: Uuid::nil(),
            unit: Uuid::nil(),
            unit_name: String::new(),
            year: 2026,
            function: String::new(),
            name: "Đề án".into(),
            unit_of_measure: "đề án".into(),
            direction: "higher".into(),
            accumulates: true,
            target: 100.into(),
            weight: 100.into(),
            owner: Uuid::nil(),
            owner_name: String::new(),
            version: 1,
            period: actual.map(|_| Period::of(day(cut_off)).unwrap().first_day()),
            actual: actual.map(|text| text.parse().unwrap()),
            cut_off: actual.map(|_| day(cut_off)),
        }
    }

    fn on(today: &str) -> Calendar {
        Calendar {
            today: day(today),
            holidays: Vec::new(),
        }
    }

    #[test]
    fn a_figure_is_held_against_its_cut_off_day() {
        // 217 of 261 weekdays are gone by the end of October: 83,1 %.
        assert_eq!(
            lag(&row(Some("80"), "2026-10-31"), &on("2026-11-24")).unwrap(),
            None
        );
        let behind = lag(&row(Some("60"), "2026-10-31"), &on("2026-11-24")).unwrap();
        assert_eq!(
            behind.map(|lag| lag.points.to_string()),
            Some("23.1".into())
        );
    }

    #[test]
    fn a_figure_that_is_not_reported_falls_behind() {
        let old = lag(&row(Some("45"), "2026-05-31"), &on("2026-11-24")).unwrap();
        assert!(old.is_some_and(|lag| lag.points > Decimal::from(35)));
        assert!(unreported(
            &row(Some("45"), "2026-05-31"),
            day("2026-11-24")
        ));
        assert!(!unreported(
            &row(Some("80"), "2026-10-31"),
            day("2026-11-24")
        ));
        // Nothing is due in January.
        assert!(!unreported(&row(None, ""), day("2026-01-20")));
    }

    #[test]
    fn a_rate_and_a_lower_is_better_figure_are_held_against_the_whole_target() {
        let mut rate = row(Some("90"), "2026-03-31");
        rate.accumulates = false;
        assert_eq!(
            lag(&rate, &on("2026-04-10")).unwrap().map(|lag| lag.points),
            Some(Decimal::TEN)
        );
        let mut days = row(Some("125"), "2026-03-31");
        days.direction = "lower".into();
        assert_eq!(
            lag(&days, &on("2026-04-10")).unwrap().map(|lag| lag.points),
            Some(Decimal::from(20))
        );
    }

    #[test]
    fn the_next_month_to_report_is_offered_first() {
        let year = months(2026).unwrap();
        let open = open_months(&year, &row(Some("1"), "2026-09-30"), day("2026-11-24"));
        let texts: Vec<String> = open.iter().map(ToString::to_string).collect();
        assert_eq!(texts[..3], ["2026-10", "2026-11", "2026-09"]);
        assert_eq!(texts.len(), 11);
    }
}
