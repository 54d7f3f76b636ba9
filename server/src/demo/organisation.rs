//! Units, people and posts of the demo agency.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use uuid::Uuid;

use super::accounts::{Seat, seats};
use super::career::{self, Career};
use super::names::full_name;
use super::random::Random;

/// What a unit is called and how its people are called.
pub struct UnitKind {
    /// Code, also in its path.
    pub code: &'static str,
    /// Name.
    pub name: &'static str,
    /// Titles of head and deputy.
    pub titles: (&'static str, &'static str),
    /// Titles of staff, from junior to senior.
    pub staff: [&'static str; 3],
    /// Number of deputies.
    pub deputies: usize,
    /// People in all.
    pub people: usize,
    /// Group of similar tasks of its staff: index into `TASK_GROUPS`.
    pub group: usize,
}

/// Groups of civil servants with similar tasks (khoản 5 Điều 20).
pub const TASK_GROUPS: [&str; 6] = [
    "Lãnh đạo Ban",
    "Lãnh đạo cấp vụ và tương đương",
    "Tham mưu chính sách",
    "Theo dõi, giám sát địa phương và vụ việc",
    "Nghiên cứu khoa học",
    "Tổ chức, hành chính, hậu cần",
];

const OFFICERS: [&str; 3] = ["Chuyên viên", "Chuyên viên chính", "Chuyên viên cao cấp"];
const HEADS: (&str, &str) = ("Vụ trưởng", "Phó Vụ trưởng");

const fn unit(
    code: &'static str,
    name: &'static str,
    deputies: usize,
    people: usize,
    group: usize,
) -> UnitKind {
    UnitKind {
        code,
        name,
        titles: HEADS,
        staff: OFFICERS,
        deputies,
        people,
        group,
    }
}

/// The root unit, whose people are the leaders of the agency, then the nine units below it.
pub const UNITS: [UnitKind; 10] = [
    UnitKind {
        titles: ("Trưởng ban", "Phó Trưởng ban"),
        ..unit("BAN", "Lãnh đạo Ban", 3, 4, 0)
    },
    UnitKind {
        titles: ("Chánh Văn phòng", "Phó Chánh Văn phòng"),
        ..unit("VP", "Văn phòng", 3, 34, 5)
    },
    unit("TCCB", "Vụ Tổ chức - Cán bộ", 2, 18, 5),
    unit("KTTH", "Vụ Kinh tế tổng hợp", 3, 27, 2),
    unit("XH", "Vụ Xã hội và Phát triển con người", 2, 23, 2),
    unit("KHCN", "Vụ Khoa học, công nghệ và Chuyển đổi số", 2, 21, 2),
    unit("VUNG", "Vụ Phát triển vùng và địa phương", 3, 25, 3),
    unit("HTQT", "Vụ Hội nhập quốc tế", 2, 17, 2),
    unit(
        "TDPC",
        "Vụ Theo dõi công tác phòng, chống tham nhũng, lãng phí, tiêu cực",
        2,
        22,
        3,
    ),
    UnitKind {
        titles: ("Viện trưởng", "Phó Viện trưởng"),
        staff: [
            "Nghiên cứu viên",
            "Nghiên cứu viên chính",
            "Nghiên cứu viên cao cấp",
        ],
        ..unit("VNC", "Viện Nghiên cứu chính sách", 2, 29, 4)
    },
];

/// People whose names are as long as names get: unit, place in it, name.
const LONG_NAMES: [(usize, usize, &str); 3] = [
    (3, 9, "Nguyễn Phước Công Tằng Tôn Nữ Thị Hoàng Anh"),
    (8, 7, "Huỳnh Lê Nguyễn Thị Thanh Thảo"),
    (9, 12, "Nguyễn Trần Hoàng Phương Uyên"),
];

/// By which formula a person is scored, as posts and sheets call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Head of the unit.
    Head,
    /// Deputy of the head.
    Deputy,
    /// Without a leading post.
    Staff,
}

impl Kind {
    /// The code in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Deputy => "deputy",
            Self::Staff => "staff",
        }
    }
}

/// One person of the agency.
#[derive(Clone, Debug)]
pub struct Person {
    /// Officer.
    pub id: Uuid,
    /// Number at the personnel office.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Index into `UNITS`.
    pub unit: usize,
    /// Post.
    pub kind: Kind,
    /// Title of the post.
    pub title: &'static str,
    /// 0 junior to 2 senior.
    pub grade: usize,
    /// First day in the present post.
    pub since: NaiveDate,
    /// Holds a post in the month that is looked at.
    pub present: bool,
    /// Earlier posts, absences, what the personnel office recorded.
    pub career: Career,
    /// Index into `TASK_GROUPS`.
    pub group: usize,
    /// The account that this person signs in with, if any.
    pub seat: Option<&'static Seat>,
}

/// Everybody, unit by unit, the head first, then deputies, then staff; last those who left in the year of `first_month`.
pub fn people(random: &Random, founded: DateTime<Utc>, first_month: NaiveDate) -> Vec<Person> {
    let mut all: Vec<Person> = Vec::new();
    for (index, kind) in UNITS.iter().enumerate() {
        let mut random = random.fork(1, u64::try_from(index).unwrap_or(0));
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for place in 0..kind.people {
            let seat = seats()
                .iter()
                .find(|seat| seat.place == Some((index, place)));
            let named = seat
                .and_then(|seat| seat.name)
                .or_else(|| long_name(index, place));
            let name = match named {
                Some(name) => {
                    taken.insert(name.to_owned());
                    name.to_owned()
                }
                None => full_name(&mut random, &mut taken),
            };
            let post = match place {
                0 => Kind::Head,
                place if place <= kind.deputies => Kind::Deputy,
                _ => Kind::Staff,
            };
            let grade = match (post, random.between(0, 99)) {
                (Kind::Staff, 0..=54) => 0,
                (Kind::Staff, 55..=91) => 1,
                _ => 2,
            };
            let grade = seat.map_or(grade, |seat| seat.grade);
            let title = match post {
                Kind::Head => kind.titles.0,
                Kind::Deputy => kind.titles.1,
                Kind::Staff => kind.staff.get(grade).copied().unwrap_or_default(),
            };
            // A few joined during the year; everybody else was there before the first month.
            let joined = post == Kind::Staff && seat.is_none() && random.chance(30);
            let since = if joined {
                // On the first of a month: each month has one post.
                let day = first_month + chrono::Duration::days(30 * random.between(3, 9));
                day.with_day(1).unwrap_or(day)
            } else {
                first_month - chrono::Duration::days(random.between(200, 2400))
            };
            all.push(Person {
                id: random.id(founded),
                code: format!("CB{:04}", all.len() + 1),
                name,
                unit: index,
                kind: post,
                title,
                grade,
                since,
                present: true,
                career: Career::default(),
                group: match (index, post) {
                    (0, _) => 0,
                    (_, Kind::Head | Kind::Deputy) => 1,
                    _ => kind.group,
                },
                seat,
            });
        }
    }
    career::tell(&mut all, random, first_month.year());
    all
}

fn long_name(unit: usize, place: usize) -> Option<&'static str> {
    LONG_NAMES
        .iter()
        .find(|(of, at, _)| (*of, *at) == (unit, place))
        .map(|(_, _, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_units_hold_about_220_people_without_a_name_twice_in_one() {
        let day = NaiveDate::from_ymd_opt(2025, 11, 1).unwrap();
        let people = people(&Random::new(1), DateTime::UNIX_EPOCH, day);
        assert_eq!(UNITS.len(), 10);
        assert!((215..=225).contains(&people.len()), "{}", people.len());
        let names: BTreeSet<(usize, &str)> = people
            .iter()
            .map(|person| (person.unit, person.name.as_str()))
            .collect();
        assert_eq!(names.len(), people.len());
        for unit in 0..UNITS.len() {
            assert_eq!(
                people
                    .iter()
                    .filter(|person| person.unit == unit && person.kind == Kind::Head)
                    .filter(|person| person.career.left.is_none())
                    .count(),
                1
            );
        }
        let seated = people.iter().filter(|person| person.seat.is_some()).count();
        assert_eq!(
            seated,
            seats().iter().filter(|seat| seat.place.is_some()).count()
        );
    }
}
