//! Figures of people, and their sums by unit.

use app::assignment::figures::delta;
use app::assignment::month_lock::Figures;
use app::live::store::Delta;
use kpi::review::SheetStatus;

use super::Plan;
use super::calendar::moment;
use super::ground::closed_on;
use super::rows::{PersonMonthRow, UnitMonthRow};
use super::sheets::Scoring;

impl Scoring<'_> {
    pub(super) fn put_figures(
        &self,
        plan: &mut Plan,
        index: usize,
        figures: &Figures,
        status: SheetStatus,
    ) {
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

    pub(super) fn put_units(&self, plan: &mut Plan) {
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
pub(super) fn rounded(figures: Figures) -> Figures {
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
