//! What moves within a month: unexpected work, hand-overs, and how far a person's strength goes.

use kpi::scoring::ItemKind;

use super::calendar::{Days, moment};
use super::character::Turn;
use super::ground::Ground;
use super::organisation::Kind;
use super::random::Random;
use super::work::{Job, Worker, hundredths};

/// Work outside the plan, such as explanations that others ask for.
pub fn unexpected(
    ground: &Ground,
    days: &Days,
    worker: &Worker,
    random: &mut Random,
    jobs: &mut Vec<Job>,
) {
    if worker.turn != Turn::Usual || !random.chance(240) {
        return;
    }
    let code = random.pick(&["C.22", "C.09", "C.01", "C.28", "C.14", "C.29"]);
    let Some(product) = ground
        .products
        .iter()
        .position(|(product, _)| product.code == code)
    else {
        return;
    };
    let start = (days.count * 3 / 10 + random.index(days.count / 2)).min(days.last());
    jobs.push(Job {
        id: random.id(moment(days.at(start), 10, 0)),
        worker: worker.index,
        product,
        kind: ItemKind::AdHoc,
        quantity: 1 + i64::from(code == "C.01" && random.chance(500)),
        handed: None,
        taken_from: None,
        start: Some(start),
        due: (start + 2 + random.index(4)).min(days.last()),
        cancelled: None,
        done: 0,
        tenths: 0,
    });
}

/// Moves half of somebody's work to a colleague (điểm d khoản 1 Điều 18).
pub fn hand_over(
    ground: &Ground,
    days: &Days,
    workers: &[Worker],
    random: &mut Random,
    jobs: &mut Vec<Job>,
) {
    let staff: Vec<&Worker> = workers
        .iter()
        .filter(|worker| worker.person.kind == Kind::Staff && worker.turn == Turn::Usual)
        .collect();
    let Some(taker) = staff
        .get(random.index(staff.len()))
        .map(|worker| worker.index)
    else {
        return;
    };
    let start = 3 + random.index((days.count / 2).max(1));
    let open: Vec<usize> = jobs
        .iter()
        .enumerate()
        .filter(|(_, job)| {
            job.kind == ItemKind::Plan
                && job.quantity >= 2
                && job.handed.is_none()
                && job.cancelled.is_none()
                && job.worker != taker
                && job.due >= start + 2
                && staff.iter().any(|worker| worker.index == job.worker)
                && ground
                    .products
                    .get(job.product)
                    .is_some_and(|(product, _)| hundredths(product) < 310)
        })
        .map(|(index, _)| index)
        .collect();
    let Some(given) = open
        .get(random.index(open.len()))
        .and_then(|index| jobs.get_mut(*index))
    else {
        return;
    };
    let quantity = given.quantity / 2;
    given.handed = Some((quantity, start));
    let taken = Job {
        id: random.id(moment(days.at(start), 14, 0)),
        worker: taker,
        kind: ItemKind::TakenOver,
        quantity,
        handed: None,
        taken_from: Some(given.id),
        start: Some(start),
        ..given.clone()
    };
    jobs.push(taken);
}

/// Spends the strength of a month on the work: what came unexpectedly first, then by due day; what is too large for
/// the rest is begun.
pub fn spend(ground: &Ground, worker: usize, strength: i64, jobs: &mut [Job]) {
    let size = |job: &Job| {
        ground
            .products
            .get(job.product)
            .map_or(100, |(product, _)| hundredths(product))
            .max(1)
    };
    let mut mine: Vec<&mut Job> = jobs
        .iter_mut()
        .filter(|job| job.worker == worker && job.cancelled.is_none())
        .collect();
    mine.sort_by_key(|job| (job.kind == ItemKind::Plan, job.due, job.id));
    let asked: i64 = mine
        .iter()
        .filter(|job| job.kind == ItemKind::Plan)
        .map(|job| job.quantity * size(job))
        .sum();
    let mut budget = asked * strength / 1000;
    for job in &mut mine {
        job.done = (budget / size(job)).clamp(0, job.own());
        budget -= job.done * size(job);
    }
    if let Some(job) = mine.iter_mut().find(|job| job.done < job.own()) {
        let tenths = budget * 10 / size(job);
        job.tenths = if tenths < 3 { 0 } else { tenths.min(8) };
    }
}
