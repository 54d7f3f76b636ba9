//! What the personnel office recorded about people's years: every absence of a month or more, months from elsewhere, a
//! decision of discipline. Where it recorded nothing, the yearly rating finds a month missing.

use app::rating::steps::outside_digest;
use chrono::{Duration, NaiveDate};
use kpi::rating::{Absence, Blocker};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::calendar::moment;
use super::character::{Month, Turn, turn};
use super::ground::Ground;
use super::history::months;
use super::organisation::Person;
use super::random::Random;
use super::rows::{AbsenceRow, OutsideMonthRow, YearBlockerRow};
use super::{Plan, whole};

/// Records the facts of last year and of this one.
pub fn record(plan: &mut Plan, ground: &Ground, random: &Random) {
    let account = plan
        .accounts
        .iter()
        .find(|account| account.roles.iter().any(|role| role == "personnel"))
        .map_or(ground.agency, |account| account.account_id);
    let months = months(ground);
    for (index, person) in ground.people.iter().enumerate() {
        let mut random = random.fork(30, whole(index));
        for (first, last, kind) in runs(person, whole(index), &months) {
            plan.absences.push(absence(
                ground,
                person,
                account,
                (first, last, kind),
                &mut random,
            ));
        }
        if person.career.from_elsewhere {
            elsewhere(plan, ground, index, account, &mut random);
        }
        if person.career.disciplined {
            plan.year_blockers
                .push(discipline(ground, person, account, &mut random));
        }
    }
}

/// Months away on end, with the reason that was recorded.
fn runs(person: &Person, number: u64, months: &[Month]) -> Vec<(Month, Month, Absence)> {
    let lasting = Random::new(super::SEED);
    let mut runs: Vec<(Month, Month, Absence)> = Vec::new();
    for month in months {
        let away = person
            .in_month(month.period)
            .is_some_and(|person| turn(&lasting, &person, number, *month) == Turn::Away);
        if !away {
            continue;
        }
        let kind = match person.leave_in(month.period) {
            Some(leave) => leave.kind,
            None => Some(Absence::SickLeave),
        };
        let Some(kind) = kind else { continue };
        match runs.last_mut() {
            Some((_, last, before)) if last.index + 1 == month.index && *before == kind => {
                *last = *month;
            }
            _ => runs.push((*month, *month, kind)),
        }
    }
    runs
}

fn absence(
    ground: &Ground,
    person: &Person,
    account: Uuid,
    (first, last, kind): (Month, Month, Absence),
    random: &mut Random,
) -> AbsenceRow {
    let from_day = first.period.first_day();
    let recorded_at = moment(from_day, 8, random.between(0, 59));
    let number = random.between(100, 999);
    let signed = app::format::day(from_day - Duration::days(random.between(2, 9)));
    let document = match kind {
        Absence::SickLeave => format!("Giấy chứng nhận nghỉ việc hưởng BHXH số {number}"),
        Absence::MaternityLeave => {
            format!("Quyết định nghỉ thai sản số {number}-QĐ/BCSPT ngày {signed}")
        }
        Absence::UnpaidLeave | Absence::Other => {
            format!("Quyết định cho nghỉ số {number}-QĐ/BCSPT ngày {signed}")
        }
    };
    AbsenceRow {
        agency_id: ground.agency,
        absence_id: random.id(recorded_at),
        officer_id: person.id,
        kind: kind.as_str().to_owned(),
        from_day,
        until_day: last.period.last_day(),
        document,
        recorded_by: account,
        recorded_at,
    }
}

/// Months of last year that another organisation scored: before the service here, or all of them for the head of the
/// agency, whom the managing agency scores.
fn elsewhere(plan: &mut Plan, ground: &Ground, index: usize, account: Uuid, random: &mut Random) {
    let Some(person) = ground.people.get(index) else {
        return;
    };
    let leads = index == 0;
    let (origin, number) = if leads {
        ("Cơ quan quản lý cấp trên (mẫu)", 71)
    } else {
        ("Sở Kế hoạch tỉnh Bình Hòa (mẫu)", 214)
    };
    for month in ground.months.iter().take(12) {
        let period = month.first_day();
        if !leads && period >= person.since {
            continue;
        }
        // Two weeks after the month, or on the first day here.
        let sent = (month.last_day() + Duration::days(14)).max(if leads {
            NaiveDate::MIN
        } else {
            person.since
        });
        if sent > ground.today {
            continue;
        }
        let score = Decimal::new(random.between(8840, 9460), 2).normalize();
        let entered_at = moment(sent, 8, random.between(0, 59));
        let document = format!(
            "Công văn số {}-CV/TC ngày {}",
            number + month.month_number(),
            app::format::day(sent)
        );
        plan.outside_months.push(OutsideMonthRow {
            agency_id: ground.agency,
            outside_id: random.id(entered_at),
            officer_id: person.id,
            period,
            score,
            origin: origin.to_owned(),
            digest: outside_digest(person.id, period, score, origin, &document),
            document,
            reason: String::new(),
            entered_by: account,
            entered_at,
        });
    }
}

fn discipline(
    ground: &Ground,
    person: &Person,
    account: Uuid,
    random: &mut Random,
) -> YearBlockerRow {
    let year = ground.months.first().map_or(0, |month| month.year());
    let decided_on = NaiveDate::from_ymd_opt(year, 10, 15).unwrap_or(ground.today);
    let recorded_at = moment(decided_on + Duration::days(1), 9, 10);
    YearBlockerRow {
        agency_id: ground.agency,
        blocker_id: random.id(recorded_at),
        officer_id: person.id,
        year,
        kind: Blocker::Discipline.as_str().to_owned(),
        act: format!("Để lộ dự thảo báo cáo chưa công bố, tháng 8/{year}"),
        document: format!(
            "Quyết định khiển trách số 118-QĐ/BCSPT ngày {}",
            app::format::day(decided_on)
        ),
        decided_on,
        recorded_by: account,
        recorded_at,
    }
}
