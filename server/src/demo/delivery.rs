//! How work is reported, delivered, returned and accepted: every event with its day, so that a month can be cut off
//! at any day and shows what was known then.

use chrono::NaiveDate;
use kpi::assignment::{days_late_of_rounds, delays_of_rounds};

use super::calendar::Days;
use super::character::{Character, climate};
use super::organisation::Person;
use super::random::Random;
use super::words;
use super::work::Job;

/// Progress reported on a day.
#[derive(Clone, Copy, Debug)]
pub struct Report {
    /// Day of the work.
    pub day: usize,
    /// Done so far, in tenths of a unit.
    pub tenths: i64,
    /// What the officer writes.
    pub note: &'static str,
}

/// What the head decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Accepted.
    Accept,
    /// Returned for a major error, with a new due day.
    Major,
    /// Returned for small fixes, with a new due day.
    Minor,
}

/// One round of a deliverable.
#[derive(Clone, Copy, Debug)]
pub struct Round {
    /// Day of the work.
    pub day: usize,
    /// Due day in force.
    pub due: usize,
    /// What the officer writes.
    pub note: &'static str,
    /// Day of the decision.
    pub decided: usize,
    /// The decision.
    pub verdict: Verdict,
    /// Its reason.
    pub reason: &'static str,
    /// Due day in force after it.
    pub due_after: usize,
}

/// An objective cause that was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Plea {
    /// For a delay, else for a failed review.
    pub of_delay: bool,
    /// Day of the request.
    pub day: usize,
    /// Day of the decision.
    pub decided: usize,
    /// Whether it was confirmed.
    pub confirmed: bool,
    /// Why it is asked for.
    pub reason: &'static str,
    /// Why it was decided so.
    pub answer: &'static str,
}

/// One deliverable.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Its quantity.
    pub quantity: i64,
    /// Its rounds.
    pub rounds: Vec<Round>,
    /// A cause, if one was asked for.
    pub plea: Option<Plea>,
}

/// What came of a job.
#[derive(Clone, Debug, Default)]
pub struct Course {
    /// Reports in the order of their days.
    pub reports: Vec<Report>,
    /// Deliverables.
    pub batches: Vec<Batch>,
}

/// The course of a job. One who has no superior in the agency reports only: nobody is there to accept.
pub fn course(
    job: &Job,
    person: &Person,
    character: Character,
    days: &Days,
    delivers: bool,
    random: &mut Random,
) -> Course {
    let begin = job.start.unwrap_or(0);
    let mut course = Course::default();
    let parts = split(job.done, random);
    let count = parts.len();
    let mut finished: Vec<(usize, i64)> = Vec::new();
    for (part, quantity) in parts.into_iter().enumerate() {
        let room = job.due.saturating_sub(begin);
        let planned = begin
            + (room * (part + 1) / count.max(1))
                .saturating_sub(random.index(3))
                .max(1);
        let late = !random.chance(character.punctuality);
        let day = if late {
            job.due + 1 + random.index(5)
        } else {
            planned.min(job.due.max(begin))
        };
        let day = day.min(days.closing());
        finished.push((day, quantity));
        if delivers {
            course.batches.push(rounds(
                quantity, day, job.due, person, character, days, random,
            ));
        }
    }
    finished.sort_unstable();
    let first = finished.first().map_or(job.due, |(day, _)| *day);
    if job.done + job.tenths > 0 && first > begin + 3 && random.chance(600) {
        let tenths = random
            .between(2, 7)
            .min(if job.done == 0 { job.tenths } else { 9 });
        course.reports.push(Report {
            day: (begin + first) / 2,
            tenths,
            note: random.pick(words::HALFWAY),
        });
    }
    let mut sum = 0;
    for (day, quantity) in &finished {
        sum += quantity * 10;
        course.reports.push(Report {
            day: *day,
            tenths: sum,
            note: random.pick(words::FINISHED),
        });
    }
    if job.tenths > 0 {
        let after = finished.last().map_or(begin + 2, |(day, _)| *day + 1);
        let day = after.max(days.last().saturating_sub(random.index(6)));
        course.reports.push(Report {
            day,
            tenths: sum + job.tenths,
            note: random.pick(words::HALFWAY),
        });
    }
    course
}

/// One unit alone, a few together or in two or three parts.
fn split(done: i64, random: &mut Random) -> Vec<i64> {
    let parts = match done {
        i64::MIN..=0 => return Vec::new(),
        1 => 1,
        2 | 3 => random.between(1, 2),
        _ => random.between(2, 3),
    };
    (0..parts)
        .map(|part| done * (part + 1) / parts - done * part / parts)
        .collect()
}

fn rounds(
    quantity: i64,
    first: usize,
    due: usize,
    person: &Person,
    character: Character,
    days: &Days,
    random: &mut Random,
) -> Batch {
    // Where nothing is wrong, the head decides at once, nothing comes back and nobody pleads.
    let faultless = character.care >= 1000;
    let patience = if faultless {
        1
    } else {
        climate(person.unit).patience
    };
    let mut rounds: Vec<Round> = Vec::new();
    let (mut day, mut due) = (first, due);
    loop {
        let wait = usize::try_from(random.between(0, patience)).unwrap_or(0);
        let decided = (day + wait).min(days.closing());
        // Enough is enough: the third round is accepted.
        let verdict = match rounds.len() {
            0 | 1 if !random.chance(character.care) => Verdict::Major,
            0 if !faultless && random.chance(110) => Verdict::Minor,
            _ => Verdict::Accept,
        };
        // Three working days, inside the month while it runs.
        let due_after = match verdict {
            Verdict::Accept => due,
            _ if decided <= days.last() => (decided + 3).min(days.last()),
            _ => decided + 3,
        };
        let (note, reason) = (
            random.pick(if rounds.is_empty() {
                words::DELIVERED
            } else {
                words::CORRECTED
            }),
            match verdict {
                Verdict::Major => random.pick(words::MAJOR),
                Verdict::Minor => random.pick(words::MINOR),
                Verdict::Accept => "",
            },
        );
        rounds.push(Round {
            day,
            due,
            note,
            decided,
            verdict,
            reason,
            due_after,
        });
        if verdict == Verdict::Accept {
            break;
        }
        let correcting = match verdict {
            Verdict::Major if !random.chance(character.punctuality) => 4 + random.index(2),
            _ => 1 + random.index(2),
        };
        due = due_after;
        // What comes back too late for the month waits no longer.
        if decided + correcting > days.closing() {
            break;
        }
        day = decided + correcting;
    }
    let plea = (!faultless).then(|| plea(&rounds, days, random)).flatten();
    Batch {
        quantity,
        rounds,
        plea,
    }
}

fn plea(rounds: &[Round], days: &Days, random: &mut Random) -> Option<Plea> {
    let late = rounds
        .iter()
        .find(|round| round.day > round.due)
        .map(|round| round.day);
    let failed = rounds
        .iter()
        .find(|round| round.verdict == Verdict::Major)
        .map(|round| round.decided);
    let (of_delay, day) = match (late, failed) {
        (Some(day), _) if random.chance(170) => (true, day),
        (_, Some(day)) if random.chance(80) => (false, day),
        _ => return None,
    };
    let confirmed = random.chance(620);
    Some(Plea {
        of_delay,
        day: (day + random.index(2)).min(days.closing()),
        decided: (day + 1 + random.index(3)).min(days.closing()),
        confirmed,
        reason: random.pick(if of_delay {
            words::DELAY_CAUSES
        } else {
            words::ERROR_CAUSES
        }),
        answer: random.pick(if confirmed {
            words::CAUSE_CONFIRMED
        } else {
            words::CAUSE_REFUSED
        }),
    })
}

/// Missed due days of the rounds that happened.
pub fn delays(days: &Days, rounds: &[Round]) -> i32 {
    i32::try_from(delays_of_rounds(&dates(days, rounds))).unwrap_or(0)
}

/// Working days late of the rounds that happened.
pub fn days_late(days: &Days, rounds: &[Round], holidays: &[NaiveDate]) -> i32 {
    i32::try_from(days_late_of_rounds(&dates(days, rounds), holidays)).unwrap_or(0)
}

fn dates(days: &Days, rounds: &[Round]) -> Vec<(NaiveDate, NaiveDate)> {
    rounds
        .iter()
        .map(|round| (days.at(round.day), days.at(round.due)))
        .collect()
}
