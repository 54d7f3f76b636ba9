//! The KPI of the units of the demo agency: indicators of each function for the year before and the running one, monthly
//! figures up to today, points of the common criteria, and what the leader of the agency decided about the year before.

mod table;

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use kpi::period::{Period, is_working_day};
use kpi::rule_set::RuleSet;
use rust_decimal::Decimal;
use uuid::Uuid;

use self::table::{Measure, Sort, UNIT_YEARS, measures};
use super::calendar::moment;
use super::ground::Ground;
use super::organisation::{Kind, UNITS};
use super::random::Random;
use super::rows::{IndicatorActualRow, IndicatorRow, UnitBasicRow, UnitDecisionRow, UnitYearRow};
use super::{Plan, whole};

/// Share of the year's work that is done by the end of each month, in thousandths: less around Tết, more at the end.
const COURSE: [i64; 12] = [78, 142, 228, 312, 398, 492, 568, 645, 735, 826, 915, 1000];

/// Puts the KPI of every unit into the plan.
///
/// # Errors
/// One sentence when a year lies outside the supported ones.
pub fn set(plan: &mut Plan, ground: &Ground, random: &Random) -> Result<(), String> {
    let this_year = ground.today.year();
    for unit in 0..UNITS.len() {
        for year in [this_year - 1, this_year] {
            let past = year < this_year;
            let label = whole(unit) * 10 + u64::from(past);
            let year = Year {
                ground,
                unit,
                year,
                past,
                random: random.fork(40, label),
            };
            year.indicators(plan)?;
            year.authority(plan);
        }
    }
    Ok(())
}

/// One unit's year.
struct Year<'a> {
    ground: &'a Ground,
    unit: usize,
    year: i32,
    past: bool,
    random: Random,
}

impl Year<'_> {
    fn unit_id(&self) -> Uuid {
        let units = &self.ground.units;
        units.get(self.unit).copied().unwrap_or(self.ground.agency)
    }

    /// People of the unit who were there from the beginning, the head first.
    fn people(&self) -> Vec<Uuid> {
        let first = self.ground.months.first();
        let since = |day: NaiveDate| first.is_none_or(|month| day <= month.first_day());
        let of_unit = self.ground.people.iter().filter(|person| {
            let stayed = person.career.left.is_none();
            person.unit == self.unit && stayed && (person.kind == Kind::Head || since(person.since))
        });
        of_unit.map(|person| person.id).collect()
    }

    fn indicators(&self, plan: &mut Plan) -> Result<(), String> {
        let people = self.people();
        let mut random = self.random.fork(1, 0);
        let january = Period::month(self.year, 1).map_err(|error| error.to_string())?;
        let set_up = moment(january.first_day() + Duration::days(11), 9, 0);
        for (measure, ordinal) in measures(self.unit).iter().zip(1..) {
            let Some(owner) = people.get(measure.owner).or(people.first()).copied() else {
                continue;
            };
            let row = IndicatorRow {
                agency_id: self.ground.agency,
                indicator_id: random.id(set_up),
                unit_id: self.unit_id(),
                year: self.year,
                function: measure.function.to_owned(),
                name: measure.name.to_owned(),
                unit_of_measure: measure.unit_of_measure.to_owned(),
                direction: measure.sort.direction().as_str().to_owned(),
                accumulates: measure.sort.accumulates(),
                target: measure.target.into(),
                weight: measure.weight.into(),
                owner_id: owner,
                ordinal,
                version: 1,
            };
            self.figures(plan, measure, &row, january, &mut random);
            plan.indicators.push(row);
        }
        Ok(())
    }

    /// The figure of each finished month, reported on the fourth working day after it.
    fn figures(
        &self,
        plan: &mut Plan,
        measure: &Measure,
        row: &IndicatorRow,
        january: Period,
        random: &mut Random,
    ) {
        let months = std::iter::successors(Some(january), |month| Some(month.next()));
        for (month, course) in months.zip(COURSE) {
            let reported = self.fourth_day_after(month.last_day());
            let silent = !self.past
                && measure
                    .silent_since
                    .is_some_and(|last| month.month_number() > last);
            if reported > self.ground.today || silent {
                return;
            }
            let at = moment(reported, 8, random.between(5, 55));
            let actual = figure(measure, self.past, course, random);
            let report = IndicatorActualRow {
                agency_id: row.agency_id,
                indicator_id: row.indicator_id,
                period: month.first_day(),
                version: 1,
                actual,
                source: measure.source.to_owned(),
                cut_off: month.last_day(),
                evidence: format!(
                    "{}-BC/{}",
                    random.between(11, 89) + i64::from(month.month_number()) * 90,
                    UNITS.get(self.unit).map_or("BAN", |unit| unit.code)
                ),
                reason: String::new(),
                reported_by: row.owner_id,
                at,
            };
            // Once a year somebody counts twice and says so.
            if measure.corrected && month.month_number() == 6 {
                let first = IndicatorActualRow {
                    actual: actual + Decimal::ONE,
                    ..report.clone()
                };
                plan.indicator_actuals.push(first);
                plan.indicator_actuals.push(IndicatorActualRow {
                    version: 2,
                    reason: "Một báo cáo đã tính hai lần, kiểm tra lại với sổ theo dõi.".to_owned(),
                    at: at + Duration::hours(3),
                    ..report
                });
            } else {
                plan.indicator_actuals.push(report);
            }
        }
    }

    fn fourth_day_after(&self, last: NaiveDate) -> NaiveDate {
        last.iter_days()
            .skip(1)
            .filter(|day| is_working_day(*day, &self.ground.holidays))
            .nth(3)
            .unwrap_or(last)
    }

    /// Points, facts and the decision, as far as they are due by today. The root is recognised from outside the agency.
    fn authority(&self, plan: &mut Plan) {
        let Some(told) = UNIT_YEARS.get(self.unit).copied().flatten() else {
            return;
        };
        let points = if self.past {
            Some(told.past_points)
        } else {
            told.points
        };
        let (agency_id, unit_id, year) = (self.ground.agency, self.unit_id(), self.year);
        // Of the running year the leader gave points after its first half.
        let given = NaiveDate::from_ymd_opt(year, 7, 15);
        let due = self.past || given.is_some_and(|day| day <= self.ground.today);
        let criteria = RuleSet::nd_335_2025().unit_criteria;
        let known = points.filter(|_| due).into_iter().flatten();
        for (criterion, points) in criteria.into_iter().zip(known) {
            plan.unit_basics.push(UnitBasicRow {
                agency_id,
                unit_id,
                year,
                criterion: criterion.code,
                max: criterion.max,
                points: Decimal::new(points, 1),
                reason: if self.past {
                    "Theo báo cáo tổng kết năm và kết quả kiểm tra của Ban."
                } else {
                    "Theo báo cáo sáu tháng đầu năm của đơn vị."
                }
                .to_owned(),
            });
        }
        if points.is_none() || !due {
            return;
        }
        let wrongdoing = told.wrongdoing.filter(|_| self.past);
        plan.unit_years.push(UnitYearRow {
            agency_id,
            unit_id,
            year,
            shortcomings_fixed: self.past || told.wrongdoing.is_none(),
            shortcomings_note: if self.past || told.wrongdoing.is_none() {
                String::new()
            } else {
                "Đang kiện toàn quy chế làm việc sau kết luận kiểm tra năm trước.".to_owned()
            },
            wrongdoing: wrongdoing.is_some(),
            wrongdoing_document: wrongdoing.unwrap_or_default().to_owned(),
            version: 1,
        });
        let decided: Option<DateTime<Utc>> = NaiveDate::from_ymd_opt(self.year + 1, 1, 9)
            .filter(|day| self.past && *day <= self.ground.today)
            .map(|day| moment(day, 14, 10));
        let leader = self.ground.people.first().map(|person| person.id);
        if let (Some(at), Some(level)) = (decided, told.decided) {
            plan.unit_decisions.push(UnitDecisionRow {
                unit_id,
                year,
                level,
                reason: told.reason.to_owned(),
                decided_by: leader,
                at,
            });
        }
    }
}

/// The figure of a month: its part of the year's result, or a rate around its mean.
fn figure(measure: &Measure, past: bool, course: i64, random: &mut Random) -> Decimal {
    let result = if past { measure.past } else { measure.now };
    let target = Decimal::from(measure.target);
    let share = Decimal::new(result, 3);
    match measure.sort {
        Sort::Sum | Sort::LowerSum => (target * share * Decimal::new(course, 3)).round(),
        Sort::Rate | Sort::LowerRate => {
            let swing = Decimal::new(random.between(-12, 12), 3);
            let value = (target * (share + swing)).round_dp(1);
            let most = if measure.unit_of_measure == "%" {
                Decimal::ONE_HUNDRED
            } else {
                value
            };
            value.min(most).normalize()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_of_every_unit_add_up_and_names_stand_once() {
        for unit in 0..UNITS.len() {
            let all = measures(unit);
            assert!((4..=6).contains(&all.len()), "{unit}");
            assert_eq!(all.iter().map(|one| one.weight).sum::<i64>(), 100, "{unit}");
            let mut names: Vec<&str> = all.iter().map(|one| one.name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), all.len(), "{unit}");
        }
        assert_eq!(UNIT_YEARS.len(), UNITS.len());
    }

    #[test]
    fn the_course_of_a_year_never_falls() {
        assert!(COURSE.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(COURSE[11], 1000);
    }
}
