//! From the course of the work to rows, cut off at the day on which the agency is looked at.

use app::assignment::figures::WorkRow;
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::Plan;
use super::calendar::{Days, moment};
use super::delivery::{Batch, Course, Round, Verdict, delays};
use super::ground::Ground;
use super::organisation::Person;
use super::random::Random;
use super::rows::{
    AssignmentRow, CauseRow, DeliverableRow, DeliveryRow, EvidenceRow, ProgressReportRow,
};
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
    /// For ids, times of day and labels.
    pub random: Random,
}

impl Recorder<'_> {
    fn seen(&self, day: usize) -> bool {
        self.days.at(day) <= self.ground.today
    }

    /// A moment of a working day; today it is early, so that nothing lies ahead of the clock.
    fn at(&mut self, day: usize, hour: i64) -> DateTime<Utc> {
        let date = self.days.at(day);
        let minute = self.random.between(0, 59);
        if date < self.ground.today {
            moment(date, hour, minute)
        } else {
            moment(date, 7, minute)
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

    fn deliver(
        &mut self,
        plan: &mut Plan,
        job: &AssignmentRow,
        batch: &Batch,
    ) -> Option<DeliverableRow> {
        let rounds: Vec<Round> = batch
            .rounds
            .iter()
            .filter(|round| self.seen(round.day))
            .copied()
            .collect();
        let (first, last) = (rounds.first()?, rounds.last()?);
        let created = self.at(first.day, 11);
        let decided: Vec<&Round> = rounds
            .iter()
            .filter(|round| self.seen(round.decided))
            .collect();
        let failed = decided
            .iter()
            .filter(|round| round.verdict == Verdict::Major)
            .count();
        let waiting = !self.seen(last.decided);
        let mut row = DeliverableRow {
            agency_id: job.agency_id,
            period: job.period,
            deliverable_id: self.random.id(created),
            assignment_id: job.assignment_id,
            officer_id: job.officer_id,
            unit_id: job.unit_id,
            quantity: batch.quantity.into(),
            status: match last.verdict {
                _ if waiting => "delivered",
                Verdict::Accept => "accepted",
                Verdict::Major | Verdict::Minor => "returned",
            }
            .to_owned(),
            due_day: self
                .days
                .at(if waiting { last.due } else { last.due_after }),
            failed_reviews: i32::try_from(failed).unwrap_or(0),
            delays: delays(self.days, &rounds),
            excused_failed_reviews: 0,
            excused_delays: 0,
            version: i32::try_from(rounds.len() + decided.len()).unwrap_or(1),
            created_at: created,
        };
        self.excuse(plan, &mut row, batch);
        for (round, number) in rounds.iter().zip(1..) {
            let at = if number == 1 {
                created
            } else {
                self.at(round.day, 13)
            };
            let decided = self.seen(round.decided);
            plan.deliveries.push(DeliveryRow {
                agency_id: row.agency_id,
                period: row.period,
                delivery_id: self.random.id(at),
                deliverable_id: row.deliverable_id,
                round: number,
                work_day: self.days.at(round.day),
                confirmed_day: decided.then(|| self.days.at(round.day)),
                due_day: self.days.at(round.due),
                note: round.note.to_owned(),
                decision: decided.then(|| verdict_code(round.verdict).to_owned()),
                reason: if decided { round.reason } else { "" }.to_owned(),
                decided_by: decided.then_some(self.superior),
                decided_at: decided.then(|| self.at(round.decided, 15)),
                at,
            });
        }
        if self.random.chance(620) {
            self.evidence(plan, job, first.day, created);
        }
        Some(row)
    }

    fn excuse(&mut self, plan: &mut Plan, row: &mut DeliverableRow, batch: &Batch) {
        let Some(plea) = batch.plea.filter(|plea| self.seen(plea.day)) else {
            return;
        };
        let happened = if plea.of_delay {
            row.delays
        } else {
            row.failed_reviews
        };
        if happened == 0 {
            return;
        }
        let decided = self.seen(plea.decided);
        if decided && plea.confirmed {
            if plea.of_delay {
                row.excused_delays = 1;
            } else {
                row.excused_failed_reviews = 1;
            }
        }
        let requested_at = self.at(plea.day, 16);
        plan.causes.push(CauseRow {
            agency_id: row.agency_id,
            period: row.period,
            cause_id: self.random.id(requested_at),
            deliverable_id: row.deliverable_id,
            officer_id: row.officer_id,
            concerns: if plea.of_delay {
                "delay"
            } else {
                "failed_review"
            }
            .to_owned(),
            occurrences: 1,
            reason: plea.reason.to_owned(),
            evidence: if plea.confirmed {
                self.label(plea.day)
            } else {
                String::new()
            },
            status: match (decided, plea.confirmed) {
                (false, _) => "requested",
                (true, true) => "confirmed",
                (true, false) => "refused",
            }
            .to_owned(),
            decision_reason: if decided { plea.answer } else { "" }.to_owned(),
            decided_by: decided.then_some(self.superior),
            decided_at: decided.then(|| self.at(plea.decided, 16)),
            requested_at,
        });
    }

    /// Number and day of a document.
    fn label(&mut self, day: usize) -> String {
        let kind = self.random.pick(&["CV", "BC", "TTr", "TB", "KH"]);
        format!(
            "Số {}-{kind}/BCSPT ngày {}",
            self.random.between(40, 980),
            app::format::day(self.days.at(day))
        )
    }

    fn evidence(&mut self, plan: &mut Plan, job: &AssignmentRow, day: usize, at: DateTime<Utc>) {
        let link = self.random.chance(120);
        let label = if link {
            // A name that never resolves (RFC 2606).
            format!(
                "https://vanban.example/{}/{}",
                job.period.format("%Y/%m"),
                self.random.between(1000, 9999)
            )
        } else {
            self.label(day)
        };
        plan.evidence.push(EvidenceRow {
            agency_id: job.agency_id,
            period: job.period,
            evidence_id: self.random.id(at),
            assignment_id: job.assignment_id,
            officer_id: job.officer_id,
            kind: if link { "link" } else { "document" }.to_owned(),
            label,
            size: 0,
            added_by: job.officer_id,
            at,
        });
    }
}

fn verdict_code(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Accept => "accept",
        Verdict::Major => "return_major",
        Verdict::Minor => "return_minor",
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
    }
}
