//! What makes people, units and months differ: capacity, care, punctuality, climate, season.
//! All figures are per mille; 1,000 is what a month asks for.

use kpi::period::Period;

use super::organisation::{Kind, Person};
use super::random::Random;

/// How a person works.
#[derive(Clone, Copy, Debug)]
pub struct Character {
    /// Work done of the work asked for.
    pub capacity: i64,
    /// Deliverables without a major error.
    pub care: i64,
    /// Deliverables on time.
    pub punctuality: i64,
    /// Points of the common criteria that a fair head gives, of the points there are.
    pub merit: i64,
    /// Criteria of ten that the person rates higher than the head does.
    pub vanity: i64,
}

/// How a unit works.
#[derive(Clone, Copy, Debug)]
pub struct Climate {
    /// Work assigned.
    pub load: i64,
    /// Added to the capacity of its people.
    pub pace: i64,
    /// Added to their care.
    pub care: i64,
    /// Added to their punctuality.
    pub punctuality: i64,
    /// Change of capacity and punctuality from the first month to the last.
    pub trend: i64,
    /// The head gives nearly everybody the same points.
    pub levelling: bool,
    /// Working days until the head decides, at most.
    pub patience: i64,
    /// Disunity was complained about in the last months (điểm c khoản 3 Điều 15).
    pub disunity: bool,
}

const CALM: Climate = Climate {
    load: 1000,
    pace: 0,
    care: 0,
    punctuality: 0,
    trend: 0,
    levelling: false,
    patience: 2,
    disunity: false,
};

/// Climates of `UNITS`, in their order.
const CLIMATES: [Climate; 10] = [
    CALM,
    Climate {
        load: 1080,
        pace: -45,
        care: 5,
        punctuality: -10,
        patience: 1,
        ..CALM
    },
    Climate {
        pace: 15,
        care: 10,
        ..CALM
    },
    Climate {
        load: 1050,
        pace: 30,
        care: 5,
        trend: 25,
        patience: 4,
        ..CALM
    },
    Climate {
        pace: 5,
        trend: 70,
        patience: 3,
        ..CALM
    },
    Climate {
        load: 960,
        pace: -5,
        care: -10,
        trend: 35,
        ..CALM
    },
    Climate {
        load: 1040,
        pace: -40,
        punctuality: -25,
        levelling: true,
        patience: 4,
        ..CALM
    },
    Climate {
        load: 930,
        pace: 0,
        trend: -30,
        ..CALM
    },
    Climate {
        load: 1020,
        pace: -25,
        care: 10,
        punctuality: -15,
        ..CALM
    },
    Climate {
        load: 1000,
        pace: -55,
        care: -15,
        punctuality: -60,
        trend: -95,
        patience: 4,
        disunity: true,
        ..CALM
    },
];

/// The climate of a unit.
pub fn climate(unit: usize) -> Climate {
    CLIMATES.get(unit).copied().unwrap_or(CALM)
}

/// Work of a month of the year (1–12) against an average one: little around Tết, much at the end of the year.
pub fn season(month: u32) -> i64 {
    match month {
        1 => 960,
        2 => 780,
        6 => 1080,
        7 => 940,
        8 => 950,
        11 => 1100,
        12 => 1180,
        _ => 1000,
    }
}

/// The character of a person: the same whatever happens in the months.
pub fn character(random: &Random, person: &Person, number: u64) -> Character {
    let mut random = random.fork(2, number);
    let climate = climate(person.unit);
    let leads = if person.kind == Kind::Staff { 0 } else { 25 };
    // One in thirty has a hard year.
    let hardship = if leads == 0 && person.seat.is_none() && random.chance(33) {
        -230
    } else {
        0
    };
    if person.seat.is_some() && person.kind == Kind::Staff {
        // Whoever signs in sees a month with everything in it: returns, delays, waiting work.
        return Character {
            capacity: 990,
            care: 860,
            punctuality: 860,
            merit: 890,
            vanity: 4,
        };
    }
    Character {
        capacity: random.around(985 + leads + climate.pace + hardship, 150),
        care: random.around(945 + climate.care + leads, 60),
        punctuality: random.around(925 + climate.punctuality + leads, 85),
        merit: random.around(885 + leads / 2 + hardship / 6, 75),
        vanity: random.around(3, 3).max(0),
    }
}

/// How a month went for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// As usual.
    Usual,
    /// Trouble at home or in the task: less than half is done.
    Hard,
    /// Nothing was reported.
    Silent,
    /// On sick or maternity leave: nothing was assigned.
    Away,
}

impl Character {
    /// The same person in the first year: people learn what a month asks for, and heads judge strictly.
    pub fn in_first_year(self) -> Self {
        Self {
            capacity: self.capacity - 19,
            merit: self.merit - 48,
            ..self
        }
    }
}

impl Character {
    /// The same person in a month in which work came in time and right; the one who stands out missed days.
    pub fn in_a_calm_month(self, stands_out: bool) -> Self {
        Self {
            capacity: 1090,
            care: 1000,
            punctuality: if stands_out { 0 } else { 1000 },
            vanity: 0,
            ..self
        }
    }
}

/// A month of the demo agency.
#[derive(Clone, Copy, Debug)]
pub struct Month {
    /// The month.
    pub period: Period,
    /// 12 for the current month, 11 for the one before, below 0 for those more than a year ago.
    pub index: i64,
    /// In the year before that of the current month.
    pub first_year: bool,
}

impl Month {
    /// A label for a fork of the random numbers: the last thirteen months keep theirs whatever lies before.
    pub fn label(self) -> u64 {
        u64::try_from(self.index).unwrap_or_else(|_| 50 + self.index.unsigned_abs())
    }
}

/// How a month went.
pub fn turn(random: &Random, person: &Person, number: u64, month: Month) -> Turn {
    if person.leave_in(month.period).is_some() {
        return Turn::Away;
    }
    let index = month.label();
    if person.seat.is_some() || person.kind != Kind::Staff {
        return Turn::Usual;
    }
    let mut life = random.fork(3, number);
    // One in forty was away for some months on end.
    let away_from = life.below(11);
    let away = life.chance(25) && (away_from..away_from + 1 + life.below(4)).contains(&index);
    let mut throws = random.fork(4, number * 100 + index);
    let silent = if index == 12 { 28 } else { 3 };
    match throws.between(0, 999) {
        _ if away => Turn::Away,
        0..=5 => Turn::Away,
        6..=24 => Turn::Hard,
        throw if throw < 25 + silent => Turn::Silent,
        _ => Turn::Usual,
    }
}

/// Work done of the work assigned in the month at `index`.
pub fn strength(
    random: &mut Random,
    character: Character,
    unit: usize,
    index: i64,
    turn: Turn,
) -> i64 {
    match turn {
        Turn::Hard => random.between(180, 520),
        Turn::Silent | Turn::Away => 0,
        Turn::Usual => {
            let trend = climate(unit).trend * index.max(0) / 12;
            (random.around(character.capacity + trend, 90)).clamp(250, 1200)
        }
    }
}
