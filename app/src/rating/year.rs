//! From facts to the year of everybody: `kpi::rating` proposes, the choices of the authority are laid over it.
//! A head is held to the level of his own organisation, so people are rated together by that level and counted as one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use kpi::level::Level;
use kpi::quarter::{QuarterTasks, mean_of_half_year, mean_of_quarter};
use kpi::rating::{Blocker, Person, Quota, RatedPerson, YearInput, mean_of_year, rate};
use kpi::rule_set::{CapScope, DecemberRule, RuleSet};
use kpi::scoring::ScoringRole;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::months::{
    Calendar, Facts, Gap, Held, Line, NO_GROUP, counted, gaps, lines, shortened_by, worked,
};
use super::wire::{Choice, Gauge, Outcome, PersonLine, Standing};
use crate::error::AppError;

/// What one person's rating rests on.
#[derive(Clone, Debug)]
pub struct PersonFacts {
    /// The officer.
    pub officer: Uuid,
    /// Full name.
    pub name: String,
    /// Group of similar tasks; empty without one.
    pub group: String,
    /// Posts, absences, months.
    pub facts: Facts,
    /// What blocks the year.
    pub blockers: Vec<Blocker>,
    /// What the authority chose.
    pub choice: Option<Choice>,
    /// Tasks of the quarters, where the rules hold them against the year.
    pub quarters: Vec<QuarterTasks>,
    /// Level of the organisation he heads, once it is rated (khoản 6 Điều 20).
    pub organisation_level: Option<Level>,
}

/// The year of an agency.
#[derive(Debug)]
pub struct Year {
    /// Everybody, in the order of the facts.
    pub people: Vec<(PersonLine, Vec<Line>)>,
    /// The whole agency, then groups by name.
    pub gauges: Vec<Gauge>,
}

impl Year {
    /// The places of a group; of the whole agency for an empty name.
    pub fn gauge(&self, group: &str) -> Option<&Gauge> {
        self.gauges.iter().find(|gauge| gauge.group == group)
    }
}

/// Rates everybody.
///
/// # Errors
/// A rule's refusal of what is stored.
pub fn compute(
    rules: &RuleSet,
    calendar: &Calendar,
    people: &[PersonFacts],
    ratio: Option<Decimal>,
) -> Result<Year, AppError> {
    let months: Vec<Vec<Line>> = people
        .iter()
        .map(|person| lines(calendar, &person.facts))
        .collect();
    let rated = proposals(rules, calendar, people, &months)?;
    let above: Vec<bool> = people
        .iter()
        .map(|person| decided_above(calendar, &person.facts))
        .collect();
    let gauges = gauges(rules, people, (&rated, &above), ratio)?;
    let surplus: BTreeSet<&str> = gauges
        .iter()
        .filter(|gauge| gauge.has_surplus())
        .map(|gauge| gauge.group.as_str())
        .collect();
    let mut all = Vec::with_capacity(people.len());
    for ((person, months), rated) in people.iter().zip(months).zip(&rated) {
        all.push((
            line(rules, calendar, person, &months, rated.as_ref(), &surplus)?,
            months,
        ));
    }
    Ok(Year {
        people: all,
        gauges,
    })
}

/// The group under which somebody is counted.
pub fn group_of(person: &PersonFacts) -> &str {
    if person.group.is_empty() {
        NO_GROUP
    } else {
        &person.group
    }
}

/// The post that decides unit and role at the rating: the leading one on the day of the rating, or the last one held.
pub(super) fn post_of<'a>(calendar: &Calendar, facts: &'a Facts) -> Option<&'a Held> {
    let day = calendar.day();
    let rank = |kind: ScoringRole| match kind {
        ScoringRole::Staff => 0,
        ScoringRole::Deputy => 1,
        ScoringRole::Head => 2,
    };
    facts
        .posts
        .iter()
        .filter(|post| post.on(day))
        .max_by_key(|post| (rank(post.kind), post.from_day))
        .or_else(|| {
            facts
                .posts
                .iter()
                .filter(|post| post.from_day <= day)
                .max_by_key(|post| (post.until_day, rank(post.kind)))
        })
}

/// Whether the managing agency decides about him: he heads the agency itself (điểm a khoản 1, khoản 2 Điều 10).
pub(super) fn decided_above(calendar: &Calendar, facts: &Facts) -> bool {
    post_of(calendar, facts)
        .is_some_and(|post| post.kind == ScoringRole::Head && post.path.matches('/').count() == 2)
}

/// The last day of service, when somebody left before the day of the rating.
fn left_on(calendar: &Calendar, facts: &Facts) -> Option<NaiveDate> {
    let day = calendar.day();
    if facts.posts.iter().any(|post| post.on(day)) {
        return None;
    }
    facts.posts.iter().filter_map(|post| post.until_day).max()
}

/// Months that stop the rating; December only where it counts (choice A27).
fn stopped_by(rules: &RuleSet, months: &[Line]) -> Vec<(u32, Gap)> {
    let mut gaps = gaps(months);
    if rules.year.december == DecemberRule::ElevenMonths {
        gaps.retain(|(month, _)| *month != 12);
    }
    gaps
}

fn proposals(
    rules: &RuleSet,
    calendar: &Calendar,
    people: &[PersonFacts],
    months: &[Vec<Line>],
) -> Result<Vec<Option<RatedPerson>>, AppError> {
    let mut by_level: BTreeMap<Option<Level>, Vec<(usize, Person)>> = BTreeMap::new();
    for (index, (person, months)) in people.iter().zip(months).enumerate() {
        if left_on(calendar, &person.facts).is_some() || !stopped_by(rules, months).is_empty() {
            continue;
        }
        let role = post_of(calendar, &person.facts).map_or(ScoringRole::Staff, |post| post.kind);
        let level = person
            .organisation_level
            .filter(|_| role == ScoringRole::Head);
        by_level.entry(level).or_default().push((
            index,
            Person {
                id: person.officer.to_string(),
                group: group_of(person).to_owned(),
                // Whoever led then answers as a leader, whatever he is at the rating (điểm d khoản 4 Điều 20).
                role: if person.blockers.contains(&Blocker::UnitCorruption) && !role.is_leader() {
                    ScoringRole::Deputy
                } else {
                    role
                },
                months: counted(months),
                worked_months: worked(months),
                absence: shortened_by(months),
                blockers: person.blockers.clone(),
                quarters: person.quarters.clone(),
            },
        ));
    }
    let mut rated: Vec<Option<RatedPerson>> = people.iter().map(|_| None).collect();
    for (organisation_level, some) in by_level {
        let (places, people): (Vec<usize>, Vec<Person>) = some.into_iter().unzip();
        let input = YearInput {
            year: u32::try_from(calendar.year).unwrap_or(0),
            excellent_ratio: None,
            organisation_level,
            people,
        };
        for (place, one) in places.into_iter().zip(rate(rules, &input)?.people) {
            if let Some(slot) = rated.get_mut(place) {
                *slot = Some(one);
            }
        }
    }
    Ok(rated)
}

fn gauges(
    rules: &RuleSet,
    people: &[PersonFacts],
    (rated, above): (&[Option<RatedPerson>], &[bool]),
    ratio: Option<Decimal>,
) -> Result<Vec<Gauge>, AppError> {
    let ratio = ratio.unwrap_or(rules.year.excellent_ratio);
    let mut scopes: BTreeMap<String, Vec<(Level, Option<&Choice>)>> = BTreeMap::new();
    for ((person, one), above) in people.iter().zip(rated).zip(above) {
        // The managing agency counts the head in its own scope: here he takes no place and makes none.
        if *above {
            continue;
        }
        if let Some(level) = one.as_ref().and_then(|one| one.level) {
            let entry = (level, person.choice.as_ref());
            scopes.entry(String::new()).or_default().push(entry);
            if rules.year.cap_scope == CapScope::GroupAndOrganisation {
                scopes
                    .entry(group_of(person).to_owned())
                    .or_default()
                    .push(entry);
            }
        }
    }
    // The agency has its place even before anybody is rated.
    scopes.entry(String::new()).or_default();
    scopes
        .into_iter()
        .map(|(group, members)| {
            let quota = Quota::of(&rules.year, ratio, members.iter().map(|(level, _)| *level))?;
            let chosen = |level: Level| {
                let count = members.iter().filter(|(proposed, choice)| {
                    *proposed == Level::Excellent
                        && choice.is_some_and(|choice| choice.chosen.level() == level)
                });
                u32::try_from(count.count()).unwrap_or(0)
            };
            Ok(Gauge {
                group,
                good_or_better: quota.good_or_better,
                candidates: quota.candidates,
                most: quota.max_excellent,
                declined: chosen(Level::Good),
                chosen: chosen(Level::Excellent),
            })
        })
        .collect()
}

fn line(
    rules: &RuleSet,
    calendar: &Calendar,
    person: &PersonFacts,
    months: &[Line],
    rated: Option<&RatedPerson>,
    surplus: &BTreeSet<&str>,
) -> Result<PersonLine, AppError> {
    let post = post_of(calendar, &person.facts);
    let counted = counted(months);
    let quarters = (1..=4).map(|quarter| mean_of_quarter(rules, &counted, quarter));
    let halves = (1..=2).map(|half| mean_of_half_year(rules, &counted, half));
    let outcome = match (left_on(calendar, &person.facts), rated) {
        (Some(day), _) => Outcome::Left(day),
        (None, Some(rated)) => Outcome::Rated {
            level: rated.level,
            reason: rated.reason,
            article: rated.article().to_string(),
        },
        (None, None) => Outcome::Stopped(stopped_by(rules, months)),
    };
    let candidate = rated.is_some_and(|rated| rated.level == Some(Level::Excellent));
    let contested = surplus.contains("") || surplus.contains(group_of(person));
    let standing = match (&person.choice, candidate, contested) {
        (_, false, _) => Standing::None,
        _ if decided_above(calendar, &person.facts) => Standing::Above,
        (Some(choice), true, _) => Standing::Decided(choice.clone()),
        (None, true, true) => Standing::Open,
        (None, true, false) => Standing::Within,
    };
    let scored = months.iter().filter(|line| line.score().is_some()).count();
    Ok(PersonLine {
        officer: person.officer,
        name: person.name.clone(),
        title: post.map_or_else(String::new, |post| post.title.clone()),
        unit: post.map_or(Uuid::nil(), |post| post.unit),
        path: post.map_or_else(String::new, |post| post.path.clone()),
        unit_name: post.map_or_else(String::new, |post| post.unit_name.clone()),
        group: person.group.clone(),
        quarters: quarters.collect::<Result<_, _>>()?,
        halves: halves.collect::<Result<_, _>>()?,
        mean: mean_of_year(rules, &counted)?,
        scored: u32::try_from(scored).unwrap_or(0),
        worked: worked(months),
        outcome,
        standing,
        blockers: person.blockers.clone(),
    })
}
