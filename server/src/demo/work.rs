//! What is assigned in a month, and how much of it is done: products, quantities, due days, hand-overs.
//! Days are indexes into the month's working days.

use kpi::scoring::ItemKind;
use uuid::Uuid;

use super::calendar::{Days, moment};
use super::catalogue::Product;
use super::character::{Character, Turn, climate, season, strength};
use super::ground::Ground;
use super::moves::{hand_over, spend, unexpected};
use super::organisation::{Kind, Person, UNITS};
use super::random::Random;
use super::words;

/// One assignment with what came of it.
#[derive(Clone, Debug)]
pub struct Job {
    /// The assignment.
    pub id: Uuid,
    /// Who does it: index into the people.
    pub worker: usize,
    /// Index into the products.
    pub product: usize,
    /// Where it comes from.
    pub kind: ItemKind,
    /// Assigned quantity.
    pub quantity: i64,
    /// Handed over, and on which day.
    pub handed: Option<(i64, usize)>,
    /// The giver's assignment.
    pub taken_from: Option<Uuid>,
    /// Day of the assignment; none for planned work, which is assigned before the month begins.
    pub start: Option<usize>,
    /// Due day.
    pub due: usize,
    /// Day and reason of its cancellation.
    pub cancelled: Option<(usize, &'static str)>,
    /// Whole units done.
    pub done: i64,
    /// Tenths of the next unit that are done.
    pub tenths: i64,
}

impl Job {
    /// What the worker is to do himself.
    pub fn own(&self) -> i64 {
        self.quantity - self.handed.map_or(0, |(quantity, _)| quantity)
    }
}

/// Someone at work in a month.
#[derive(Clone, Copy, Debug)]
pub struct Worker<'a> {
    /// Index into the people.
    pub index: usize,
    /// Who it is.
    pub person: &'a Person,
    /// How he works.
    pub character: Character,
    /// How the month went.
    pub turn: Turn,
}

/// A product's weight in hundredths of a standard unit.
pub fn hundredths(product: &Product) -> i64 {
    i64::try_from(product.points).map_or(0, |points| points * 10)
}

/// The work of a unit in a month, planned, moved between people and done as far as it was.
pub fn unit_month(
    ground: &Ground,
    days: &Days,
    workers: &[Worker],
    month: i64,
    random: &Random,
) -> Vec<Job> {
    let mut jobs = Vec::new();
    for worker in workers {
        let mut random = random.fork(10, super::whole(worker.index));
        plan(ground, days, worker, &mut random, &mut jobs);
        unexpected(ground, days, worker, &mut random, &mut jobs);
    }
    let mut moving = random.fork(11, 0);
    for _ in 0..moving.below(3) {
        hand_over(ground, days, workers, &mut moving, &mut jobs);
    }
    for worker in workers {
        let mut random = random.fork(12, super::whole(worker.index));
        let strength = strength(
            &mut random,
            worker.character,
            worker.person.unit,
            month,
            worker.turn,
        );
        spend(ground, worker.index, strength, &mut jobs);
    }
    jobs
}

fn plan(ground: &Ground, days: &Days, worker: &Worker, random: &mut Random, jobs: &mut Vec<Job>) {
    let person = worker.person;
    let base = match (person.kind, person.grade) {
        (Kind::Staff, 0) => 1650,
        (Kind::Staff, 1) => 2000,
        _ => 2300,
    };
    let load = climate(person.unit).load * season(days.period.month_number()) / 1000;
    let mut left = base * load / 1000 * random.around(1000, 110) / 1000;
    let mut chosen: Vec<usize> = Vec::new();
    let month = days.period.month_number();
    while left >= 60 && chosen.len() < 9 {
        let weights: Vec<u64> = ground
            .products
            .iter()
            .enumerate()
            .map(|(index, (product, _))| {
                let fits = hundredths(product) <= left + 150 && !chosen.contains(&index);
                if fits {
                    weight(product, person, month)
                } else {
                    0
                }
            })
            .collect();
        let Some(product) = random.weighted(weights.iter().copied()) else {
            break;
        };
        chosen.push(product);
        let size = ground
            .products
            .get(product)
            .map_or(100, |(product, _)| hundredths(product))
            .max(1);
        let most = match size {
            0..=59 => 12,
            60..=129 => 5,
            130..=310 => 2,
            _ => 1,
        };
        let quantity = random
            .between(1 + i64::from(size < 60) * 2, most)
            .min((left * 6 / 10) / size)
            .max(1);
        left -= quantity * size;
        let last = i64::try_from(days.last()).unwrap_or(0);
        // Larger work is due later.
        let earliest = if quantity * size > 250 {
            last * 6 / 10
        } else {
            last / 4
        };
        let due = usize::try_from(random.between(earliest, last)).unwrap_or(0);
        let cancelled = random.chance(6).then(|| {
            (
                random.index(days.count).max(3),
                random.pick(words::CANCELLED),
            )
        });
        jobs.push(Job {
            id: random.id(moment(days.eve(), 9, 0)),
            worker: worker.index,
            product,
            kind: ItemKind::Plan,
            quantity,
            handed: None,
            taken_from: None,
            start: None,
            due,
            cancelled,
            done: 0,
            tenths: 0,
        });
    }
}

/// How often a product is given to somebody; 0 when it is none of his.
fn weight(product: &Product, person: &Person, month: u32) -> u64 {
    let own = UNITS
        .get(person.unit)
        .is_some_and(|unit| unit.code == product.unit);
    if !product.unit.is_empty() && !own {
        return 0;
    }
    let leads = person.kind != Kind::Staff;
    if product.is_leading() {
        return if leads { 14 } else { 0 };
    }
    match product.code {
        // Reports of a quarter or a year have their months.
        "C.07" if !month.is_multiple_of(3) => return 0,
        "C.08" if month < 11 => return 0,
        _ => {}
    }
    let base = match (product.group, person.grade) {
        ("N5", 0) => 0,
        ("N5", 1) | ("N4", 0) => 1,
        ("N5", _) => 2,
        ("N4", _) | ("N1", _) => 3,
        _ => 5,
    };
    match (leads, own) {
        (true, _) => base / 3,
        (false, true) => base * 3,
        (false, false) => base,
    }
}
