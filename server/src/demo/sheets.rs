//! Sheets and figures of a month, from staff up to the head of the agency: every stored score comes from `kpi`.

use app::assignment::figures::{Basis, WorkRow, figures, items};
use app::assignment::month_lock::Figures;
use chrono::NaiveDate;
use kpi::level::Level;
use kpi::review::SheetStatus;
use kpi::rule_set::RuleSet;
use kpi::scoring::{Leadership, Outcome, PeriodInput, ScoringRole, score};

use super::Plan;
use super::calendar::{Days, moment};
use super::criteria::{Judged, common};
use super::ground::{Ground, closed_on};
use super::news;
use super::organisation::Kind;
use super::random::Random;
use super::rows::{LeftOutRow, SheetCriterionRow, SheetRow};
use super::sums::rounded;
use super::words;

/// What is known of a person's month before it is scored.
pub struct Entry {
    /// Index into the people.
    pub person: usize,
    /// Active work.
    pub work: Vec<WorkRow>,
    /// Common criteria.
    pub judged: Vec<Judged>,
}

/// Scores one month.
pub struct Scoring<'a> {
    /// The agency.
    pub ground: &'a Ground,
    /// The month.
    pub days: &'a Days,
    /// How long ago it is: 12 for the current month.
    pub index: i64,
    /// The rules.
    pub rules: &'a RuleSet,
    /// For remarks and times.
    pub random: Random,
    /// Person and figures, as scored so far.
    pub(super) done: Vec<(usize, Figures)>,
}

impl<'a> Scoring<'a> {
    /// Begins a month.
    pub fn new(
        ground: &'a Ground,
        days: &'a Days,
        index: i64,
        rules: &'a RuleSet,
        random: Random,
    ) -> Self {
        Self {
            ground,
            days,
            index,
            rules,
            random,
            done: Vec::new(),
        }
    }

    /// Scores everybody and adds up the units.
    ///
    /// # Errors
    /// A rule that refuses the invented data.
    pub fn month(mut self, plan: &mut Plan, mut entries: Vec<Entry>) -> Result<(), String> {
        // Upwards: a leader's d depends on those below, and the root unit's on all heads.
        entries.sort_by_key(|entry| {
            let person = &self.ground.people.get(entry.person);
            person.map(|person| {
                (
                    person.unit == 0,
                    std::cmp::Reverse(person.kind),
                    entry.person,
                )
            })
        });
        for entry in &entries {
            self.sheet(plan, entry)?;
        }
        self.put_units(plan);
        Ok(())
    }

    fn status(&self, person: usize) -> SheetStatus {
        let today = self.ground.today;
        let closing = self.days.closing();
        if self.days.at(self.days.last() + 1 + person % 2) > today {
            SheetStatus::Draft
        } else if person == 0 || self.days.at(closing + 1 + person % 3) > today {
            // Nobody above him inside the agency confirms the head of the agency.
            SheetStatus::SelfAssessed
        } else if closed_on(self.days.period) > today {
            SheetStatus::Confirmed
        } else {
            SheetStatus::Locked
        }
    }

    fn sheet(&mut self, plan: &mut Plan, entry: &Entry) -> Result<(), String> {
        let Some(person) = self.ground.people.get(entry.person) else {
            return Ok(());
        };
        let status = self.status(entry.person);
        let confirmed = status.is_concluded();
        let role = match person.kind {
            Kind::Head => ScoringRole::Head,
            Kind::Deputy => ScoringRole::Deputy,
            Kind::Staff => ScoringRole::Staff,
        };
        let chosen = (confirmed && role.is_leader()).then(|| self.choose(person.unit));
        let input = self.input(entry, role, confirmed, chosen);
        let outcome = self.score(&input)?;
        let own = if status == SheetStatus::Draft {
            None
        } else {
            Some(self.input(entry, role, false, None))
        };
        let own_total = match &own {
            Some(own) => self.score(own)?.scored.map(|scored| scored.total),
            None => None,
        };
        let figures = rounded(figures(&entry.work, &outcome, confirmed));
        let day = |index: usize| self.days.at(index);
        let submitted = day(self.days.last() + 1 + entry.person % 2);
        let confirmed_day = day(self.days.closing() + 1 + entry.person % 3);
        let unit_id = self
            .ground
            .units
            .get(person.unit)
            .copied()
            .unwrap_or(self.ground.agency);
        let period = self.days.period.first_day();
        let submitted_at = (status != SheetStatus::Draft)
            .then(|| moment(submitted, 7, self.random.between(0, 59)));
        let mut sheet = SheetRow {
            agency_id: self.ground.agency,
            period,
            officer_id: person.id,
            unit_id,
            role: person.kind.code().to_owned(),
            status: status.as_str().to_owned(),
            rule_set: self.rules.code.clone(),
            strengths: String::new(),
            shortcomings: String::new(),
            remark: String::new(),
            organising: None,
            organising_reason: String::new(),
            unity: None,
            unity_reason: String::new(),
            self_total: own_total,
            self_input: own,
            submitted_at,
            confirmed_total: None,
            confirmed_level: None,
            confirmed_by: None,
            confirmed_at: None,
            locked_at: None,
            confirmed_input: None,
            confirmed_trace: None,
            version: 1,
        };
        if status != SheetStatus::Draft {
            sheet.version = 2;
            sheet.strengths = self.random.pick(words::STRENGTHS).to_owned();
            sheet.shortcomings = self.random.pick(words::SHORTCOMINGS).to_owned();
        }
        if confirmed {
            self.confirm(&mut sheet, &figures, chosen, confirmed_day);
            sheet.confirmed_by = Some(self.ground.superior(entry.person));
            if let Some(at) = sheet.confirmed_at.filter(|_| self.index > 9) {
                let (whose, result) = (
                    (person.id, self.days.period),
                    (figures.score, figures.level),
                );
                news::confirmed(plan, self.ground, &mut self.random, whose, result, at);
            }
            sheet.confirmed_input = Some(input);
            sheet.confirmed_trace = Some(outcome.trace);
        }
        if status == SheetStatus::Locked {
            sheet.version = 4;
            sheet.locked_at = Some(moment(closed_on(self.days.period), 7, 30));
        }
        if !confirmed && closed_on(self.days.period) <= self.ground.today {
            plan.left_out.push(LeftOutRow {
                agency_id: self.ground.agency,
                period,
                officer_id: person.id,
                reason: words::LEFT_OUT.to_owned(),
                left_out_at: moment(closed_on(self.days.period), 7, 15),
            });
        }
        plan.sheets.push(sheet);
        self.criteria(plan, entry, confirmed);
        self.put_figures(plan, entry.person, &figures, status);
        self.done.push((entry.person, figures));
        Ok(())
    }

    fn confirm(
        &mut self,
        sheet: &mut SheetRow,
        figures: &Figures,
        chosen: Option<(u32, u32)>,
        day: NaiveDate,
    ) {
        sheet.version = 3;
        sheet.confirmed_total = figures.score;
        sheet.confirmed_level = figures.level.map(|level| level.as_str().to_owned());
        sheet.confirmed_at = Some(moment(day, 7, self.random.between(0, 59)));
        let grade = match figures.level {
            Some(Level::Excellent) => 2,
            Some(Level::Good) => 1,
            _ => 0,
        };
        sheet.remark = words::REMARKS
            .get(grade)
            .map_or("", |texts| self.random.pick(texts))
            .to_owned();
        if let Some((organising, unity)) = chosen {
            let texts = if organising == 100 {
                words::ORGANISED
            } else {
                words::NOT_ORGANISED
            };
            sheet.organising = i32::try_from(organising).ok();
            sheet.organising_reason = self.random.pick(texts).to_owned();
            sheet.unity = i32::try_from(unity).ok();
            sheet.unity_reason = if unity == 100 {
                words::UNITED
            } else {
                words::DIVIDED
            }
            .to_owned();
        }
    }

    fn input(
        &self,
        entry: &Entry,
        role: ScoringRole,
        confirmed: bool,
        chosen: Option<(u32, u32)>,
    ) -> PeriodInput {
        // Without a choice the provisional score supposes no limitation.
        let (organising, unity) = chosen.unwrap_or((100, 100));
        PeriodInput {
            role,
            common: common(&entry.judged, confirmed),
            items: items(
                &entry.work,
                if confirmed {
                    Basis::Accepted
                } else {
                    Basis::Reported
                },
            ),
            leadership: role.is_leader().then(|| Leadership {
                subordinate_scores: self.subordinates(entry.person),
                organising,
                unity,
            }),
            cap: None,
        }
    }

    fn score(&self, input: &PeriodInput) -> Result<Outcome, String> {
        score(self.rules, input)
            .map_err(|error| format!("Dữ liệu mẫu trái quy tắc ({}): {error}", error.field))
    }

    fn criteria(&self, plan: &mut Plan, entry: &Entry, confirmed: bool) {
        let Some(person) = self.ground.people.get(entry.person) else {
            return;
        };
        for one in &entry.judged {
            plan.sheet_criteria.push(SheetCriterionRow {
                agency_id: self.ground.agency,
                period: self.days.period.first_day(),
                officer_id: person.id,
                criterion: one.criterion.clone(),
                self_points: Some(one.own),
                confirmed_points: confirmed.then_some(one.confirmed),
                reason: if confirmed { one.reason } else { "" }.to_owned(),
            });
        }
    }
}
