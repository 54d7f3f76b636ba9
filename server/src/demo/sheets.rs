//! Sheets and figures of a month, from staff up to the head of the agency: every stored score comes from `kpi`.

use app::assignment::figures::{Basis, WorkRow, delta, figures, items};
use app::assignment::month_lock::Figures;
use app::live::store::Delta;
use chrono::NaiveDate;
use kpi::level::Level;
use kpi::review::SheetStatus;
use kpi::rule_set::RuleSet;
use kpi::scoring::{Leadership, Outcome, PeriodInput, ScoringRole, score};
use rust_decimal::Decimal;

use super::Plan;
use super::calendar::{Days, moment};
use super::character::climate;
use super::criteria::{Judged, common};
use super::ground::{Ground, closed_on};
use super::organisation::Kind;
use super::random::Random;
use super::rows::{PersonMonthRow, SheetCriterionRow, SheetRow, UnitMonthRow};
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
    /// Person, figures and whether he leads a unit, as scored so far.
    done: Vec<(usize, Figures)>,
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
        self.units(plan);
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
        let confirmed = matches!(status, SheetStatus::Confirmed | SheetStatus::Locked);
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
            let own = self.input(entry, role, false, None);
            self.score(&own)?.scored.map(|scored| scored.total)
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
            self_total: own,
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
            sheet.confirmed_input = Some(input);
            sheet.confirmed_trace = Some(outcome.trace);
        }
        if status == SheetStatus::Locked {
            sheet.version = 4;
            sheet.locked_at = Some(moment(closed_on(self.days.period), 7, 30));
        }
        plan.sheets.push(sheet);
        self.criteria(plan, entry, confirmed);
        self.figures(plan, entry.person, &figures, status);
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

    /// Scores of those directly below (điểm a khoản 3 Điều 15), as the running product collects them.
    fn subordinates(&self, leader: usize) -> Vec<Decimal> {
        let Some(leading) = self.ground.people.get(leader) else {
            return Vec::new();
        };
        let mut scores: Vec<_> = self
            .done
            .iter()
            .filter_map(|(index, figures)| {
                let person = self.ground.people.get(*index)?;
                let same_unit = person.unit == leading.unit && *index != leader;
                let below = match leading.kind {
                    Kind::Head => {
                        (same_unit && person.kind != Kind::Head)
                            || (leading.unit == 0 && person.kind == Kind::Head)
                    }
                    _ => same_unit && person.kind == Kind::Staff,
                };
                figures
                    .score
                    .filter(|_| below)
                    .map(|score| (person.id, score))
            })
            .collect();
        scores.sort_unstable();
        scores.into_iter().map(|(_, score)| score).collect()
    }

    /// đ and e of a unit's leaders: 100 or 50.
    fn choose(&mut self, unit: usize) -> (u32, u32) {
        let mut sums = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
        for (index, figures) in &self.done {
            if self
                .ground
                .people
                .get(*index)
                .is_some_and(|person| person.unit == unit || unit == 0)
            {
                sums.0 += figures.assigned;
                sums.1 += figures.volume;
                sums.2 += figures.progress;
            }
        }
        // On time with quality, and something new in most months (điểm b khoản 3 Điều 15).
        let full = sums.1 * Decimal::ONE_HUNDRED >= sums.0 * Decimal::from(90)
            && sums.2 * Decimal::ONE_HUNDRED >= sums.0 * Decimal::from(86);
        let organising = if full && self.random.chance(850) {
            100
        } else {
            50
        };
        let unity = if climate(unit).disunity && self.index >= 9 {
            50
        } else {
            100
        };
        (organising, unity)
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

    fn figures(&self, plan: &mut Plan, index: usize, figures: &Figures, status: SheetStatus) {
        let Some(person) = self.ground.people.get(index) else {
            return;
        };
        plan.person_months.push(PersonMonthRow {
            agency_id: self.ground.agency,
            period: self.days.period.first_day(),
            officer_id: person.id,
            unit_id: self
                .ground
                .units
                .get(person.unit)
                .copied()
                .unwrap_or(self.ground.agency),
            assignments: figures.assignments,
            assigned: figures.assigned,
            volume: figures.volume,
            quality: figures.quality,
            progress: figures.progress,
            accepted: figures.accepted,
            common: figures.common,
            score: figures.score,
            level: figures.level.map(|level| level.as_str().to_owned()),
            waiting: figures.waiting,
            sheet_status: status.as_str().to_owned(),
            computed_at: moment(self.ground.today.min(closed_on(self.days.period)), 7, 30),
        });
    }

    fn units(&self, plan: &mut Plan) {
        for (unit, unit_id) in self.ground.units.iter().enumerate() {
            let own = self.done.iter().filter(|(index, _)| {
                self.ground
                    .people
                    .get(*index)
                    .is_some_and(|person| person.unit == unit)
            });
            let sum = own.fold(Delta::default(), |sum, (_, figures)| {
                added(sum, delta(None, *figures))
            });
            plan.unit_months.push(UnitMonthRow {
                agency_id: self.ground.agency,
                period: self.days.period.first_day(),
                unit_id: *unit_id,
                people: sum.people,
                scored: sum.scored,
                assignments: sum.assignments,
                assigned: sum.assigned,
                volume: sum.volume,
                quality: sum.quality,
                progress: sum.progress,
                score_sum: sum.score_sum,
                excellent: sum.excellent,
                good: sum.good,
                completed: sum.completed,
                not_completed: sum.not_completed,
                waiting: sum.waiting,
                confirmed: sum.confirmed,
            });
        }
    }
}

/// As the database holds them, so that sums over rows are exact.
fn rounded(figures: Figures) -> Figures {
    Figures {
        assigned: figures.assigned.round_dp(6),
        volume: figures.volume.round_dp(6),
        quality: figures.quality.round_dp(6),
        progress: figures.progress.round_dp(6),
        accepted: figures.accepted.round_dp(6),
        ..figures
    }
}

fn added(one: Delta, other: Delta) -> Delta {
    Delta {
        people: one.people + other.people,
        scored: one.scored + other.scored,
        assignments: one.assignments + other.assignments,
        assigned: one.assigned + other.assigned,
        volume: one.volume + other.volume,
        quality: one.quality + other.quality,
        progress: one.progress + other.progress,
        score_sum: one.score_sum + other.score_sum,
        excellent: one.excellent + other.excellent,
        good: one.good + other.good,
        completed: one.completed + other.completed,
        not_completed: one.not_completed + other.not_completed,
        waiting: one.waiting + other.waiting,
        confirmed: one.confirmed + other.confirmed,
    }
}
