//! From the course of the work to rows, cut off at the day on which the agency is looked at.

use app::assignment::figures::WorkRow;
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::Plan;
use super::calendar::{Days, moment};
use super::delivery::Course;
use super::ground::Ground;
use super::organisation::Person;
use super::random::Random;
use super::rows::{AssignmentRow, DeliverableRow, ProgressReportRow};
use super::work::Job;

/// Whose work is recorded, and who decides about it.
pub struct Recorder<'a> {
    /// The agency.
    pub ground: &'a Ground,
    /// The month.
    pub days: &'a Days,
    /// The worker.
    pub person: &'a Person,
    /// Who assigns and decides.
    pub superior: Uuid,
    /// Every product comes with evidence.
    pub shows_everything: bool,
    /// For ids, times of day and labels.
    pub random: Random,
}

impl Recorder<'_> {
    pub(super) fn seen(&self, day: usize) -> bool {
        self.days.at(day) <= self.ground.today
    }

    /// A moment of a working day; today it is early, so that nothing lies ahead of the clock.
    pub(super) fn at(&mut self, day: usize, hour: i64) -> DateTime<Utc> {
        let date = self.days.at(day);
        let minute = self.random.between(0, 59);
        if date < self.ground.today {
            moment(date, hour, minute)
        } else {
            moment(date, 7, (hour - 8) * 6 + minute % 6)
        }
    }

    fn month(&self) -> NaiveDate {
        self.days.period.first_day()
    }

    /// Puts a job and what was known of it into the plan; returns its rows for scoring.
    pub fn record(&mut self, plan: &mut Plan, job: &Job, course: &Course) -> Vec<WorkRow> {
        let Some((product, product_id)) = self.ground.products.get(job.product).cloned() else {
            return Vec::new();
        };
        if job.start.is_some_and(|day| !self.seen(day)) {
            return Vec::new();
        }
        let created = match job.start {
            Some(day) => self.at(day, 9),
            None => moment(self.days.eve(), 9, self.random.between(0, 59)),
        };
        let handed = job
            .handed
            .filter(|(_, day)| self.seen(*day))
            .map_or(0, |(quantity, _)| quantity);
        let cancelled = job.cancelled.filter(|(day, _)| self.seen(*day));
        let reports: Vec<_> = course
            .reports
            .iter()
            .filter(|report| self.seen(report.day))
            .copied()
            .collect();
        let last = reports.last().copied();
        let mut row = AssignmentRow {
            agency_id: self.ground.agency,
            period: self.month(),
            assignment_id: job.id,
            officer_id: self.person.id,
            unit_id: self.unit(),
            product_id,
            product_code: product.code.to_owned(),
            product_name: product.task.to_owned(),
            coefficient: product.coefficient,
            kind: job.kind.as_str().to_owned(),
            quantity: job.quantity.into(),
            handed_over: handed.into(),
            taken_from: job.taken_from,
            due_day: self.days.at(job.due),
            expected_output: product.output.to_owned(),
            quantity_done: last.map_or(Decimal::ZERO, |report| {
                Decimal::new(report.tenths, 1).normalize()
            }),
            work_day: last.map(|report| self.days.at(report.day)),
            status: if cancelled.is_some() {
                "cancelled"
            } else {
                "active"
            }
            .to_owned(),
            cancel_reason: cancelled.map(|(_, reason)| reason.to_owned()),
            assigned_by: self.superior,
            version: 1,
            created_at: created,
            updated_at: created,
        };
        for report in &reports {
            let at = self.at(report.day, 10);
            row.version += 1;
            row.updated_at = at;
            plan.progress_reports.push(ProgressReportRow {
                agency_id: row.agency_id,
                period: row.period,
                report_id: self.random.id(at),
                assignment_id: row.assignment_id,
                quantity_done: Decimal::new(report.tenths, 1).normalize(),
                note: report.note.to_owned(),
                work_day: self.days.at(report.day),
                reported_by: self.person.id,
                at,
            });
        }
        let mut work = Vec::new();
        for batch in &course.batches {
            if let Some(deliverable) = self.deliver(plan, &row, batch) {
                work.push(work_row(&row, Some(&deliverable)));
                plan.deliverables.push(deliverable);
            }
        }
        if work.is_empty() {
            work.push(work_row(&row, None));
        }
        let active = row.status == "active";
        plan.assignments.push(row);
        if active { work } else { Vec::new() }
    }

    fn unit(&self) -> Uuid {
        self.ground
            .units
            .get(self.person.unit)
            .copied()
            .unwrap_or(self.ground.agency)
    }
}

fn work_row(job: &AssignmentRow, deliverable: Option<&DeliverableRow>) -> WorkRow {
    WorkRow {
        assignment: job.assignment_id,
        product: job.product_name.clone(),
        kind: job.kind.clone(),
        coefficient: job.coefficient,
        quantity: job.quantity,
        handed_over: job.handed_over,
        quantity_done: job.quantity_done,
        work_day: job.work_day,
        due_day: job.due_day,
        delivered: deliverable.map(|row| row.quantity),
        status: deliverable.map(|row| row.status.clone()),
        failed_reviews: deliverable.map(|row| row.failed_reviews),
        excused_failed_reviews: deliverable.map(|row| row.excused_failed_reviews),
        delays: deliverable.map(|row| row.delays),
        excused_delays: deliverable.map(|row| row.excused_delays),
        days_late: deliverable.map(|row| row.days_late),
    }
}
