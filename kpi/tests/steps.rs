//! Random actions by random roles over the steps of a month, a sheet, a year and a petition together: what happened is
//! written down beside the machines, and no walk reaches a state that the law does not know.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use chrono::NaiveDate;
use kpi::period::Period;
use kpi::period::life::{self, PeriodAct, PeriodAction, PeriodActor, PeriodStatus};
use kpi::petition::{self, PetitionAction, PetitionActor, PetitionStatus};
use kpi::rating::process::{self, Subject, YearAction, YearActor, YearStatus};
use kpi::review::{SheetAction, SheetActor, SheetStatus, sheet_step};
use proptest::prelude::*;
use proptest::sample::select;
use support::config;

/// Something that somebody tries.
#[derive(Clone, Copy, Debug)]
enum Try {
    OpenPeriod(PeriodActor),
    Period(PeriodAction, PeriodActor),
    Sheet(SheetAction, SheetActor),
    Year(YearAction, YearActor),
    Lodge { about_year: bool },
    Petition(PetitionAction, PetitionActor),
}

/// The four machines, and what was seen of them: kept without asking them.
#[derive(Clone, Debug)]
struct World {
    subject: Subject,
    period: Option<PeriodStatus>,
    sheet: SheetStatus,
    year: YearStatus,
    petition: Option<PetitionStatus>,
    /// Who concluded each version of the sheet that stands, oldest first.
    conclusions: Vec<SheetActor>,
    announced_versions: usize,
    met: bool,
    opinion: bool,
    proposed: bool,
    decisions: Vec<YearActor>,
    published: bool,
    lodged_about_result: bool,
    answers: usize,
}

impl World {
    fn new(leads: bool, decided_above: bool) -> Self {
        Self {
            subject: Subject {
                leads,
                decided_above,
            },
            period: None,
            sheet: SheetStatus::Draft,
            year: YearStatus::Draft,
            petition: None,
            conclusions: Vec::new(),
            announced_versions: 0,
            met: false,
            opinion: false,
            proposed: false,
            decisions: Vec::new(),
            published: false,
            lodged_about_result: false,
            answers: 0,
        }
    }

    fn take(&mut self, attempt: Try) {
        match attempt {
            Try::OpenPeriod(who) => {
                if self.period.is_none() && who == PeriodActor::Personnel {
                    self.period = Some(PeriodStatus::Open);
                }
            }
            Try::Period(action, who) => {
                let Some(from) = self.period else { return };
                // A month is not announced over the head of a sheet that was sent and not confirmed.
                if action == PeriodAction::Announce && self.sheet == SheetStatus::SelfAssessed {
                    return;
                }
                let Ok(to) = life::step(from, action, who) else {
                    return;
                };
                assert_ne!(who, PeriodActor::Other, "{action:?}");
                self.period = Some(to);
                // The sheets go with their month.
                let along = match action {
                    PeriodAction::Announce => SheetAction::Announce,
                    PeriodAction::Lock => SheetAction::Lock,
                    _ => return,
                };
                if let Ok(to) = sheet_step(self.sheet, along, SheetActor::Personnel) {
                    self.sheet = to;
                    self.announced_versions = self.conclusions.len();
                }
            }
            Try::Sheet(action, who) => self.take_sheet(action, who),
            Try::Year(action, who) => self.take_year(action, who),
            Try::Lodge { about_year } => {
                let day = NaiveDate::from_ymd_opt(2026, 12, 7).unwrap();
                let known = if about_year {
                    self.published
                } else {
                    life::is_closed(self.period) && self.announced_versions > 0
                };
                let allowed = petition::check_lodging(known.then_some(day), day, Some(5), &[]);
                if self.petition.is_none() && allowed.is_ok() {
                    self.petition = Some(PetitionStatus::Lodged);
                    self.lodged_about_result = known;
                }
            }
            Try::Petition(action, who) => {
                let Some(from) = self.petition else { return };
                if let Ok(to) = petition::step(from, action, who) {
                    assert_eq!(from, PetitionStatus::Lodged, "a petition ends once");
                    self.answers += usize::from(action == PetitionAction::Answer);
                    self.petition = Some(to);
                }
            }
        }
    }

    fn take_sheet(&mut self, action: SheetAction, who: SheetActor) {
        // Announcing and locking come with the month alone.
        if matches!(action, SheetAction::Announce | SheetAction::Lock) {
            return;
        }
        let act = match action {
            SheetAction::Submit | SheetAction::Withdraw => Some(PeriodAct::Submit),
            SheetAction::Confirm | SheetAction::Unsign => Some(PeriodAct::Confirm),
            _ => None,
        };
        let month = Period::month(2026, 11).unwrap();
        if act.is_some_and(|act| life::check_act(month, self.period, act).is_err()) {
            return;
        }
        let Ok(to) = sheet_step(self.sheet, action, who) else {
            return;
        };
        match action {
            SheetAction::Confirm | SheetAction::Supersede => self.conclusions.push(who),
            SheetAction::Unsign => {
                assert_eq!(
                    self.announced_versions, 0,
                    "what was announced is not unsigned"
                );
                self.conclusions.pop();
            }
            _ => {}
        }
        self.sheet = to;
    }

    fn take_year(&mut self, action: YearAction, who: YearActor) {
        let Ok(to) = process::step(self.year, action, who, self.subject) else {
            return;
        };
        match action {
            YearAction::RecordMeeting => self.met = true,
            YearAction::GiveOpinion => self.opinion = true,
            YearAction::Propose => self.proposed = true,
            YearAction::StepBack | YearAction::Withdraw => {
                assert!(self.decisions.is_empty(), "a decided year goes back");
                self.proposed = false;
                self.opinion &= to == YearStatus::Opinion;
                self.met &= matches!(to, YearStatus::Met | YearStatus::Opinion);
            }
            YearAction::Decide | YearAction::EnterDecision | YearAction::Replace => {
                self.decisions.push(who);
            }
            YearAction::Publish => self.published = true,
            YearAction::Submit | YearAction::SubmitForAbsent => {}
        }
        self.year = to;
    }

    fn check(&self) {
        let concluded = self.sheet.is_concluded();
        assert_eq!(concluded, !self.conclusions.is_empty(), "{self:?}");
        assert!(
            self.conclusions
                .iter()
                .all(|who| *who == SheetActor::Authority),
            "somebody else concluded: {self:?}"
        );
        let told = matches!(self.sheet, SheetStatus::Announced | SheetStatus::Locked);
        assert_eq!(told, self.announced_versions > 0, "{self:?}");
        assert!(!told || life::is_closed(self.period), "{self:?}");
        assert!(
            self.conclusions.len() <= 1 || told,
            "a second version before the first was known: {self:?}"
        );
        if self.sheet == SheetStatus::Locked {
            assert_eq!(self.period, Some(PeriodStatus::Locked), "{self:?}");
        }

        let decided = matches!(self.year, YearStatus::Decided | YearStatus::Published);
        assert_eq!(decided, !self.decisions.is_empty(), "{self:?}");
        assert_eq!(
            self.year == YearStatus::Published,
            self.published,
            "{self:?}"
        );
        if decided || self.year == YearStatus::Proposed {
            assert!(
                self.met && self.proposed,
                "without meeting or proposal: {self:?}"
            );
            assert_eq!(self.opinion, self.subject.leads, "{self:?}");
        }
        let by = if self.subject.decided_above {
            YearActor::Personnel
        } else {
            YearActor::Authority
        };
        assert!(self.decisions.iter().all(|who| *who == by), "{self:?}");

        assert!(
            self.petition.is_none() || self.lodged_about_result,
            "{self:?}"
        );
        assert!(self.answers <= 1, "{self:?}");
        assert_eq!(
            self.answers == 1,
            self.petition == Some(PetitionStatus::Answered),
            "{self:?}"
        );
    }
}

fn attempt() -> impl Strategy<Value = Try> {
    prop_oneof![
        1 => select(PeriodActor::ALL).prop_map(Try::OpenPeriod),
        4 => (select(PeriodAction::ALL), select(PeriodActor::ALL)).prop_map(|(a, w)| Try::Period(a, w)),
        6 => (select(SheetAction::ALL), select(SheetActor::ALL)).prop_map(|(a, w)| Try::Sheet(a, w)),
        10 => (select(YearAction::ALL), select(YearActor::ALL)).prop_map(|(a, w)| Try::Year(a, w)),
        1 => any::<bool>().prop_map(|about_year| Try::Lodge { about_year }),
        1 => (select(PetitionAction::ALL), select(PetitionActor::ALL)).prop_map(|(a, w)| Try::Petition(a, w)),
    ]
}

/// How far one walk came: the ends that a thorough search must have seen.
fn walk(leads: bool, above: bool, attempts: &[Try]) -> World {
    let mut world = World::new(leads, above);
    for attempt in attempts {
        world.take(*attempt);
        world.check();
    }
    world
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_walk_reaches_a_forbidden_state(
        leads in any::<bool>(),
        above in any::<bool>(),
        attempts in prop::collection::vec(attempt(), 0..400),
    ) {
        walk(leads, above, &attempts);
    }
}

#[test]
fn random_walks_reach_every_state() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let walks = prop::collection::vec(attempt(), 1500);
    let mut ends = std::collections::BTreeSet::new();
    for round in 0..30 {
        let attempts = walks.new_tree(&mut runner).unwrap().current();
        let mut world = World::new(round % 2 == 0, round % 3 == 0);
        for attempt in attempts {
            world.take(attempt);
            world.check();
            ends.insert(format!("month {:?}", world.period));
            ends.insert(format!("sheet {:?}", world.sheet));
            ends.insert(format!("year {:?}", world.year));
            ends.insert(format!("petition {:?}", world.petition));
        }
    }
    let all = 1
        + PeriodStatus::ALL.len()
        + SheetStatus::ALL.len()
        + YearStatus::ALL.len()
        + 1
        + PetitionStatus::ALL.len();
    assert_eq!(ends.len(), all, "{ends:?}");
}
