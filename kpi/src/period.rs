//! Assessment periods and the working calendar. Months only for now; the
//! decree allows month or quarter (Điều 14 khoản 1). Today is an argument.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub mod life;

/// A period that does not exist; `Display` is a Vietnamese sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Kỳ đánh giá không hợp lệ: cần năm 2000–2999 và tháng 01–12, ví dụ 2026-11.")]
pub struct PeriodError;

/// A month of assessment; `2026-11` on the wire and in addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    year: i32,
    month: u32,
}

impl Period {
    /// The month `month` (1–12) of `year` (2000–2999), one period of assessment (Điều 14 khoản 1).
    ///
    /// # Errors
    /// [`PeriodError`] outside those ranges.
    pub fn month(year: i32, month: u32) -> Result<Self, PeriodError> {
        if (2000..=2999).contains(&year) && (1..=12).contains(&month) {
            Ok(Self { year, month })
        } else {
            Err(PeriodError)
        }
    }

    /// The month a day lies in (Điều 14 khoản 1).
    ///
    /// # Errors
    /// [`PeriodError`] outside the years 2000–2999.
    pub fn of(day: NaiveDate) -> Result<Self, PeriodError> {
        Self::month(day.year(), day.month())
    }

    /// The month that begins on `day`, as the database stores a period (Điều 14 khoản 1).
    ///
    /// # Errors
    /// [`PeriodError`] if `day` is not the first of a month.
    pub fn from_first_day(day: NaiveDate) -> Result<Self, PeriodError> {
        if day.day() == 1 {
            Self::of(day)
        } else {
            Err(PeriodError)
        }
    }

    /// Its year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.year
    }

    /// Its month, 1 to 12.
    #[must_use]
    pub const fn month_number(self) -> u32 {
        self.month
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        // The constructor holds year and month in range, so the day exists.
        NaiveDate::from_ymd_opt(self.year, self.month, 1).unwrap_or(NaiveDate::MIN)
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        let (year, month) = if self.month == 12 {
            (self.year + 1, 1)
        } else {
            (self.year, self.month + 1)
        };
        NaiveDate::from_ymd_opt(year, month, 1)
            .and_then(|day| day.pred_opt())
            .unwrap_or(NaiveDate::MAX)
    }

    /// The month before; the first supported month is its own predecessor.
    #[must_use]
    pub fn previous(self) -> Self {
        let before = if self.month == 1 {
            Self::month(self.year - 1, 12)
        } else {
            Self::month(self.year, self.month - 1)
        };
        before.unwrap_or(self)
    }

    /// The month after; the last supported month is its own successor.
    #[must_use]
    pub fn next(self) -> Self {
        let after = if self.month == 12 {
            Self::month(self.year + 1, 1)
        } else {
            Self::month(self.year, self.month + 1)
        };
        after.unwrap_or(self)
    }

    /// Whether a day lies in it: work belongs to the period of its due date (choice A11).
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        day.year() == self.year && day.month() == self.month
    }

    /// "Tháng 11/2026".
    #[must_use]
    pub fn label(self) -> String {
        format!("Tháng {}/{}", self.month, self.year)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (year, month) = text.split_once('-').ok_or(PeriodError)?;
        let digits = |part: &str, length: usize| {
            part.len() == length && part.bytes().all(|b| b.is_ascii_digit())
        };
        if !digits(year, 4) || !digits(month, 2) {
            return Err(PeriodError);
        }
        Self::month(
            year.parse().map_err(|_| PeriodError)?,
            month.parse().map_err(|_| PeriodError)?,
        )
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// The quarter of a month of the year (Điều 17 khoản 3): 1 for 1 to 3, … 4 for 10 to 12.
#[must_use]
pub const fn quarter_of_month(month: u32) -> u32 {
    month.div_ceil(3)
}

/// Whether people work on that day: neither a weekend nor a holiday (the working
/// days of Điều 22).
#[must_use]
pub fn is_working_day(day: NaiveDate, holidays: &[NaiveDate]) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !holidays.contains(&day)
}

/// Working days of a period, gone and in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingDays {
    /// Days gone, today included.
    pub done: u32,
    /// Days in all.
    pub total: u32,
}

impl WorkingDays {
    /// Counts the working days of `period` up to and including `today` (Điều 18:
    /// work is followed while the period runs).
    #[must_use]
    pub fn of(period: Period, today: NaiveDate, holidays: &[NaiveDate]) -> Self {
        let (done, total) = expected_share(period, today, holidays);
        Self { done, total }
    }

    /// The expected progress in whole percent, 0 to 100, rounded down; 100
    /// for a period without working days.
    #[must_use]
    pub fn percent(self) -> u32 {
        self.done
            .saturating_mul(100)
            .checked_div(self.total)
            .unwrap_or(100)
    }
}

/// `(done, total)` working days of a period: before it 0, after it the total;
/// today counts as gone (Điều 18: work is followed while it runs).
#[must_use]
pub fn expected_share(period: Period, today: NaiveDate, holidays: &[NaiveDate]) -> (u32, u32) {
    let mut done = 0;
    let mut total = 0;
    for day in period
        .first_day()
        .iter_days()
        .take_while(|day| period.contains(*day))
    {
        if is_working_day(day, holidays) {
            total += 1;
            if day <= today {
                done += 1;
            }
        }
    }
    (done, total)
}

/// Working days after `due` up to and including `day`: how late work of that
/// day is (Điều 14 khoản 2 điểm c; choice A4). 0 on the due date and before.
#[must_use]
pub fn working_days_late(due: NaiveDate, day: NaiveDate, holidays: &[NaiveDate]) -> u32 {
    let after = due.iter_days().skip(1).take_while(|late| *late <= day);
    let days = after.filter(|late| is_working_day(*late, holidays)).count();
    u32::try_from(days).unwrap_or(u32::MAX)
}

/// `(days gone, days in all)` of a year, today included (Điều 7, Điều 17):
/// before it none, after it all.
#[must_use]
pub fn year_gone(year: i32, today: NaiveDate) -> (u32, u32) {
    let day = |year| NaiveDate::from_ymd_opt(year, 1, 1);
    let (Some(first), Some(next)) = (day(year), year.checked_add(1).and_then(day)) else {
        return (0, 0);
    };
    let days = |until: NaiveDate| u32::try_from((until - first).num_days()).unwrap_or(0);
    let gone = today.succ_opt().map_or(0, days);
    (gone.min(days(next)), days(next))
}

/// The last day on which a result of that day goes to the national database: five calendar days later (Điều 26 khoản 1
/// điểm d).
#[must_use]
pub fn result_due(result: NaiveDate) -> NaiveDate {
    result
        .checked_add_days(chrono::Days::new(5))
        .unwrap_or(result)
}

/// The day that is `n` working days after `date`; `date` itself is not
/// counted. With `n` = 0 the date itself. Used for the 07 working days of a
/// petition (Điều 22) and for a new due date.
#[must_use]
pub fn add_working_days(date: NaiveDate, n: u32, holidays: &[NaiveDate]) -> NaiveDate {
    let mut day = date;
    let mut left = n;
    while left > 0 {
        let Some(next) = day.succ_opt() else { break };
        day = next;
        if is_working_day(day, holidays) {
            left -= 1;
        }
    }
    day
}

#[cfg(test)]
mod tests;
