//! The months of the demo agency, one after the other: work, its course, sheets.

use kpi::rule_set::RuleSet;

use super::calendar::Days;
use super::character::{Month, Turn, character, climate, turn};
use super::criteria::judge;
use super::delivery::{Course, course};
use super::ground::Ground;
use super::organisation::{Kind, Person, UNITS};
use super::random::Random;
use super::record::Recorder;
use super::sheets::{Entry, Scoring};
use super::work::{Job, Worker, unit_month};
use super::{Plan, whole};

/// Puts every month up to today into the plan.
///
/// # Errors
/// A rule that refuses the invented data.
pub fn tell(plan: &mut Plan, ground: &Ground, random: &Random) -> Result<(), String> {
    let rules = RuleSet::nd_335_2025();
    for month in months(ground) {
        let days = Days::of(month.period, &ground.holidays);
        let random = random.fork(20, month.label());
        let ground = &ground.in_month(month.period);
        let mut entries = Vec::new();
        for unit in 0..UNITS.len() {
            let workers = workers(ground, month, unit);
            let jobs = unit_month(
                ground,
                &days,
                &workers,
                month.index,
                &random.fork(21, whole(unit)),
            );
            for worker in &workers {
                let mine = jobs.iter().filter(|job| job.worker == worker.index);
                let calm = is_calm(worker.person, month);
                entries.extend(entry(plan, ground, &days, (worker, calm), mine, &random));
            }
        }
        Scoring::new(ground, &days, month.index, &rules, random.fork(22, 0))
            .month(plan, entries)?;
    }
    Ok(())
}

/// The months, the current one last.
pub fn months(ground: &Ground) -> Vec<Month> {
    let last = i64::try_from(ground.months.len()).unwrap_or(0);
    let numbered = ground.months.iter().zip(1..);
    numbered
        .map(|(period, number): (_, i64)| Month {
            period: *period,
            index: 12 + number - last,
            first_year: ground.months.first().map(|first| first.year()) == Some(period.year()),
        })
        .collect()
}

/// A unit whose last months went well, so that the last is no jump: its head confirms nearly everybody after one look.
const CALM_UNIT: usize = 6;

/// Whether somebody's month is a calm one.
fn is_calm(person: &Person, month: Month) -> bool {
    (8..=11).contains(&month.index) && person.unit == CALM_UNIT
}

/// Those of a unit who hold a post in the month and are not away; the ground is that of the month.
fn workers(ground: &Ground, month: Month, unit: usize) -> Vec<Worker<'_>> {
    let first = ground
        .people
        .iter()
        .position(|person| person.unit == unit && person.present && person.kind == Kind::Staff);
    // Characters and long absences come from the seed of the agency, not of the month.
    let lasting = Random::new(super::SEED);
    ground
        .people
        .iter()
        .enumerate()
        .filter(|(_, person)| person.unit == unit && person.present)
        .map(|(index, person)| Worker {
            index,
            person,
            character: {
                let character = character(&lasting, person, whole(index));
                if month.first_year {
                    character.in_first_year()
                } else if is_calm(person, month) {
                    character.in_a_calm_month(Some(index) == first)
                } else {
                    character
                }
            },
            turn: match turn(&lasting, person, whole(index), month) {
                Turn::Away => Turn::Away,
                _ if is_calm(person, month) => Turn::Usual,
                turn => turn,
            },
        })
        .filter(|worker| worker.turn != Turn::Away)
        .collect()
}

fn entry<'a>(
    plan: &mut Plan,
    ground: &Ground,
    days: &Days,
    (worker, calm): (&Worker, bool),
    jobs: impl Iterator<Item = &'a Job>,
    random: &Random,
) -> Option<Entry> {
    let mut recorder = Recorder {
        ground,
        days,
        person: worker.person,
        superior: ground.superior(worker.index),
        shows_everything: calm,
        random: random.fork(23, whole(worker.index)),
    };
    let mut events = random.fork(24, whole(worker.index));
    let mut work = Vec::new();
    let (mut asked, mut done) = (0, 0);
    for job in jobs {
        asked += job.own();
        done += job.done;
        let course = if job.cancelled.is_some() {
            Course::default()
        } else {
            course(
                job,
                worker.person,
                worker.character,
                days,
                worker.index != 0,
                &mut events,
            )
        };
        work.extend(recorder.record(plan, job, &course));
    }
    if work.is_empty() {
        return None;
    }
    let share = (done * 1000).checked_div(asked).unwrap_or(1000);
    let mut points = random.fork(25, whole(worker.index));
    let judged = judge(
        worker.character,
        climate(worker.person.unit),
        share,
        &mut points,
    );
    Some(Entry {
        person: worker.index,
        work,
        judged,
    })
}
