//! Rows of a deliverable: its rounds, its causes, its evidence.

use chrono::{DateTime, Utc};

use super::Plan;
use super::delivery::{Batch, Round, Verdict, days_late, delays};
use super::news;
use super::record::Recorder;
use super::rows::{AssignmentRow, CauseRow, DeliverableRow, DeliveryRow, EvidenceRow};

impl Recorder<'_> {
    pub(super) fn deliver(
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
            days_late: days_late(self.days, &rounds, &self.ground.holidays),
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
            let decided_at = decided.then(|| self.at(round.decided, 15));
            if let Some(at) = decided_at {
                let due = app::format::day(self.days.at(round.due_after));
                let whose = (row.officer_id, self.days.period);
                news::decided(
                    plan,
                    self.ground,
                    &mut self.random,
                    whose,
                    (&job.product_name, round, due),
                    at,
                );
            }
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
                decided_at,
                at,
            });
        }
        if self.random.chance(620) || self.shows_everything {
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
