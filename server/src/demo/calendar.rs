//! Days of the demo agency: public holidays, months, working days, moments of a day.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use kpi::period::{Period, is_working_day};

/// Public holidays of 2025 and 2026 on weekdays (Điều 112 Bộ luật Lao động and the yearly notices): month, day, name.
const HOLIDAYS: &[(i32, u32, u32, &str)] = &[
    (2025, 1, 1, "Tết Dương lịch"),
    (2025, 1, 27, "Tết Nguyên đán Ất Tỵ"),
    (2025, 1, 28, "Tết Nguyên đán Ất Tỵ"),
    (2025, 1, 29, "Tết Nguyên đán Ất Tỵ"),
    (2025, 1, 30, "Tết Nguyên đán Ất Tỵ"),
    (2025, 1, 31, "Tết Nguyên đán Ất Tỵ"),
    (2025, 4, 7, "Giỗ Tổ Hùng Vương"),
    (2025, 4, 30, "Ngày Chiến thắng"),
    (2025, 5, 1, "Ngày Quốc tế lao động"),
    (2025, 9, 1, "Quốc khánh"),
    (2025, 9, 2, "Quốc khánh"),
    (2026, 1, 1, "Tết Dương lịch"),
    (2026, 2, 16, "Tết Nguyên đán Bính Ngọ"),
    (2026, 2, 17, "Tết Nguyên đán Bính Ngọ"),
    (2026, 2, 18, "Tết Nguyên đán Bính Ngọ"),
    (2026, 2, 19, "Tết Nguyên đán Bính Ngọ"),
    (2026, 2, 20, "Tết Nguyên đán Bính Ngọ"),
    (2026, 4, 27, "Nghỉ bù Giỗ Tổ Hùng Vương"),
    (2026, 4, 30, "Ngày Chiến thắng"),
    (2026, 5, 1, "Ngày Quốc tế lao động"),
    (2026, 9, 1, "Quốc khánh"),
    (2026, 9, 2, "Quốc khánh"),
];

/// Working days after the month in which late work and decisions still arrive.
const AFTER: usize = 10;

/// Holidays as dates with their names.
pub fn holidays() -> Vec<(NaiveDate, &'static str)> {
    HOLIDAYS
        .iter()
        .filter_map(|(year, month, day, name)| {
            Some((NaiveDate::from_ymd_opt(*year, *month, *day)?, *name))
        })
        .collect()
}

/// The working days of a month, and some that follow it.
#[derive(Clone, Debug)]
pub struct Days {
    /// The month.
    pub period: Period,
    /// Working days of the month, then of the days after it.
    days: Vec<NaiveDate>,
    /// How many lie in the month; at least 1.
    pub count: usize,
}

impl Days {
    /// Working days of a month.
    pub fn of(period: Period, holidays: &[NaiveDate]) -> Self {
        let mut days: Vec<NaiveDate> = period
            .first_day()
            .iter_days()
            .filter(|day| is_working_day(*day, holidays))
            .take(40)
            .collect();
        let count = days
            .iter()
            .filter(|day| period.contains(**day))
            .count()
            .max(1);
        days.truncate(count + AFTER);
        Self {
            period,
            days,
            count,
        }
    }

    /// The working day at an index; past the end the last known one.
    pub fn at(&self, index: usize) -> NaiveDate {
        self.days
            .get(index)
            .or(self.days.last())
            .copied()
            .unwrap_or(self.period.last_day())
    }

    /// The last weekday before the month: the day on which its work is planned.
    pub fn eve(&self) -> NaiveDate {
        let mut day = self.period.first_day() - Duration::days(1);
        while !is_working_day(day, &[]) {
            day -= Duration::days(1);
        }
        day
    }

    /// Index of the last working day of the month.
    pub fn last(&self) -> usize {
        self.count - 1
    }

    /// Index of the last day on which late work of the month is still taken.
    pub fn closing(&self) -> usize {
        self.last() + 3
    }
}

/// A moment of a working day in Vietnam.
pub fn moment(day: NaiveDate, hour: i64, minute: i64) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc() + Duration::minutes((hour - 7) * 60 + minute)
}

/// The months from January of last year, whose rating is under way, up to that of `today`.
///
/// # Errors
/// One sentence when `today` lies outside the years 2000–2999.
pub fn months(today: NaiveDate) -> Result<Vec<Period>, String> {
    let last = Period::of(today).map_err(|error| error.to_string())?;
    let first = Period::month(last.year() - 1, 1).map_err(|error| error.to_string())?;
    let months = std::iter::successors(Some(first), |month| Some(month.next()));
    Ok(months.take_while(|month| *month <= last).collect())
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, Weekday};

    use super::*;

    #[test]
    fn holidays_are_weekdays_and_each_stands_once() {
        let days: Vec<NaiveDate> = holidays().into_iter().map(|(day, _)| day).collect();
        assert_eq!(days.len(), HOLIDAYS.len());
        assert!(days.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(
            days.iter()
                .all(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
        );
    }

    #[test]
    fn months_begin_with_last_year_and_end_with_the_current_one() {
        let months = months(NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()).unwrap();
        assert_eq!(months.len(), 23);
        assert_eq!(
            (months[0].to_string(), months[22].to_string()),
            ("2025-01".into(), "2026-11".into())
        );
    }

    #[test]
    fn moments_are_told_in_vietnamese_time() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        assert_eq!(app::format::moment(moment(day, 8, 30)), "24/11/2026 08:30");
    }
}
