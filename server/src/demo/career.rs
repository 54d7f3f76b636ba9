//! People over time in the demo agency: who was moved, came, led, left, was away or disciplined in the past calendar year.
//! Every change falls on the first of a month, so each month has one post.

use chrono::{Datelike, NaiveDate};
use kpi::period::Period;
use kpi::rating::Absence;

use super::names::{full_name, is_woman};
use super::organisation::{Kind, Person, UNITS};
use super::random::Random;

/// A post that somebody held before the present one.
#[derive(Clone, Debug)]
pub struct Spell {
    /// Index into `UNITS`.
    pub unit: usize,
    /// Post.
    pub kind: Kind,
    /// Title of the post.
    pub title: &'static str,
    /// How it was held, as the database calls it.
    pub arrangement: &'static str,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
}

/// Months away from work, first and last; without a reason nobody recorded why.
#[derive(Clone, Copy, Debug)]
pub struct Leave {
    /// First month.
    pub from: Period,
    /// Last month.
    pub until: Period,
    /// Why, if that was recorded.
    pub kind: Option<Absence>,
}

/// What the personnel office knows of a person beside the posts.
#[derive(Clone, Debug, Default)]
pub struct Career {
    /// Posts before the present one.
    pub earlier: Vec<Spell>,
    /// Last day of service, once it ended.
    pub left: Option<NaiveDate>,
    /// Long absences.
    pub leaves: Vec<Leave>,
    /// Came from another organisation, whose months of the year are brought in.
    pub from_elsewhere: bool,
    /// Disciplined in the year.
    pub disciplined: bool,
}

impl Person {
    /// The same person with the post of a month; `None` outside his service.
    pub fn in_month(&self, period: Period) -> Option<Self> {
        let day = period.first_day();
        if self.since <= day {
            return self
                .career
                .left
                .is_none_or(|left| day <= left)
                .then(|| self.clone());
        }
        let spell = self
            .career
            .earlier
            .iter()
            .find(|spell| spell.from <= day && day <= spell.until)?;
        Some(Self {
            unit: spell.unit,
            kind: spell.kind,
            title: spell.title,
            ..self.clone()
        })
    }

    /// The long absence of a month.
    pub fn leave_in(&self, period: Period) -> Option<Leave> {
        self.career
            .leaves
            .iter()
            .find(|leave| (leave.from..=leave.until).contains(&period))
            .copied()
    }
}

/// Places of the people whose year is told apart: unit and place in it.
const TRANSFERRED: (usize, usize) = (4, 12);
const NEWCOMER: (usize, usize) = (6, 10);
const PROMOTED: (usize, usize) = (5, 0);
const LENT: (usize, usize) = (9, 5);
const PROBATIONER: (usize, usize) = (9, 15);
const SICK: (usize, usize) = (2, 8);
const UNPAID: (usize, usize) = (8, 9);
const DISCIPLINED: (usize, usize) = (6, 7);
const UNEXPLAINED: [((usize, usize), u32, u32); 2] = [((1, 20), 3, 4), ((7, 9), 9, 9)];
/// Unit in which the first woman without a post is on maternity leave.
const MOTHERS_UNIT: usize = 1;

/// Writes the past calendar year into people's lives.
pub fn tell(people: &mut Vec<Person>, random: &Random, year: i32) {
    let first = |month: u32| day(year, month, 1);
    let at = |people: &[Person], (unit, place): (usize, usize)| -> usize {
        let before: usize = UNITS.iter().take(unit).map(|kind| kind.people).sum();
        (before + place).min(people.len().saturating_sub(1))
    };
    let change = |people: &mut [Person], place, with: &dyn Fn(&mut Person)| {
        let index = at(people, place);
        if let Some(person) = people.get_mut(index) {
            with(person);
        }
    };
    let spell = |person: &Person, from: NaiveDate, next: NaiveDate| Spell {
        unit: person.unit,
        kind: person.kind,
        title: person.title,
        arrangement: "regular",
        from,
        until: next.pred_opt().unwrap_or(next),
    };
    change(people, TRANSFERRED, &|person| {
        let since = person.since.min(first(1));
        person.career.earlier = vec![Spell {
            unit: 7,
            ..spell(person, since, first(7))
        }];
        person.since = first(7);
    });
    change(people, NEWCOMER, &|person| {
        person.since = first(5);
        person.career.from_elsewhere = true;
    });
    change(people, LENT, &|person| {
        let since = person.since.min(first(1));
        person.career.earlier = vec![
            spell(person, since, first(4)),
            Spell {
                unit: 6,
                arrangement: "secondment",
                ..spell(person, first(4), first(10))
            },
        ];
        person.since = first(10);
    });
    change(people, PROBATIONER, &|person| {
        let begun = Spell {
            arrangement: "probation",
            ..spell(person, first(6), day(year + 1, 1, 1))
        };
        person.career.earlier = vec![begun];
        person.since = day(year + 1, 1, 1);
    });
    change(people, SICK, &|person| {
        leave(person, year, (8, 9), Some(Absence::SickLeave));
    });
    change(people, UNPAID, &|person| {
        leave(person, year, (3, 4), Some(Absence::UnpaidLeave));
    });
    for (place, from, until) in UNEXPLAINED {
        change(people, place, &|person| {
            leave(person, year, (from, until), None);
        });
    }
    change(people, DISCIPLINED, &|person| {
        person.career.disciplined = true;
    });
    // The head of the agency is scored by the managing agency.
    change(people, (0, 0), &|person| {
        person.career.from_elsewhere = true;
    });
    if let Some(mother) = people.iter_mut().find(|person| {
        person.unit == MOTHERS_UNIT && person.kind == Kind::Staff && is_woman(&person.name)
    }) {
        leave(mother, year, (2, 8), Some(Absence::MaternityLeave));
    }
    succeed(people, random, year, at(people, PROMOTED));
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn leave(person: &mut Person, year: i32, (from, until): (u32, u32), kind: Option<Absence>) {
    if let (Ok(from), Ok(until)) = (Period::month(year, from), Period::month(year, until)) {
        person.since = person.since.min(from.first_day());
        person.career.leaves.push(Leave { from, until, kind });
    }
}

/// A deputy becomes head in July, after the old head retired; somebody else moves to another organisation in October.
fn succeed(people: &mut Vec<Person>, random: &Random, year: i32, promoted: usize) {
    let mut random = random.fork(5, 0);
    let mut taken = people.iter().map(|person| person.name.clone()).collect();
    let Some(head) = people.get(promoted).cloned() else {
        return;
    };
    let (july, october) = (day(year, 7, 1), day(year, 10, 1));
    let mut gone = |template: &Person, left: NaiveDate, count: usize| Person {
        id: random.id(super::calendar::moment(template.since, 8, 0)),
        code: format!("CB{:04}", count + 1),
        name: full_name(&mut random, &mut taken),
        seat: None,
        career: Career {
            left: left.pred_opt(),
            ..Career::default()
        },
        ..template.clone()
    };
    let retired = gone(&head, july, people.len());
    people.push(retired);
    let colleague = people
        .iter()
        .rev()
        .find(|person| person.unit == 8 && person.kind == Kind::Staff && person.since.year() < year)
        .cloned();
    if let Some(colleague) = colleague {
        let moved = gone(&colleague, october, people.len());
        people.push(moved);
    }
    if let Some(person) = people.get_mut(promoted) {
        person.career.earlier = vec![Spell {
            unit: person.unit,
            kind: Kind::Deputy,
            title: UNITS.get(person.unit).map_or("", |unit| unit.titles.1),
            arrangement: "regular",
            from: person.since,
            until: july.pred_opt().unwrap_or(july),
        }];
        person.since = july;
    }
}
