//! One month of a whole agency in three statements: sheets from the bottom of the unit tree upwards, work, criteria.

use std::collections::HashMap;

use kpi::ids::AgencyId;
use kpi::period::Period;
use kpi::review::SheetStatus;
use kpi::scoring::{CommonPoint, Leadership, PeriodInput, ScoringRole};
use rust_decimal::Decimal;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::assignment::figures::{Basis, WorkRow, items};
use crate::assignment::month_lock::Figures;
use crate::error::AppError;

/// A stored sheet with its stored figures.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Whose it is.
    pub officer: Uuid,
    /// The personnel office's number of the person.
    pub code: String,
    /// Full name.
    pub name: String,
    /// The unit of the month.
    pub unit: Uuid,
    /// Name of the unit.
    pub unit_name: String,
    /// The unit above it.
    pub parent: Option<Uuid>,
    /// By which formula the month is scored.
    pub role: ScoringRole,
    /// It is confirmed or locked.
    pub confirmed: bool,
    /// Code of its rule set.
    pub rule_set: String,
    /// đ, once chosen.
    pub organising: Option<u32>,
    /// e, once chosen.
    pub unity: Option<u32>,
    /// The officer's own total, and what it was computed from.
    pub own: (Option<Decimal>, Option<Value>),
    /// The confirmed total, its level, and what they were computed from.
    pub concluded: (Option<Decimal>, Option<String>, Option<Value>),
    /// Stored figures; none where nothing was computed yet.
    pub figures: Option<Figures>,
}

/// A month of an agency.
#[derive(Debug, Default)]
pub struct MonthOf {
    /// Sheets, subordinates before their leaders.
    pub sheets: Vec<Sheet>,
    work: HashMap<Uuid, Vec<WorkRow>>,
    common: HashMap<Uuid, Vec<CommonPoint>>,
}

impl MonthOf {
    /// Loads a month.
    ///
    /// # Errors
    /// The database's failure.
    pub async fn load(
        db: &mut PgConnection,
        agency: AgencyId,
        period: Period,
    ) -> Result<Self, AppError> {
        Ok(Self {
            sheets: sheets(db, agency, period).await?,
            work: work(db, agency, period).await?,
            common: common(db, agency, period).await?,
        })
    }

    /// Rows of a person's work, in the order in which it was assigned.
    pub fn work(&self, officer: Uuid) -> &[WorkRow] {
        self.work.get(&officer).map_or(&[], Vec::as_slice)
    }

    /// What the score of a sheet follows from: the work that counts for it, the points that stand, and the scores of
    /// those below, as `scores` has them by now.
    pub fn input(&self, sheet: &Sheet, scores: &HashMap<Uuid, Option<Decimal>>) -> PeriodInput {
        let basis = if sheet.confirmed {
            Basis::Accepted
        } else {
            Basis::Reported
        };
        PeriodInput {
            role: sheet.role,
            common: self.common.get(&sheet.officer).cloned().unwrap_or_default(),
            items: items(self.work(sheet.officer), basis),
            leadership: sheet.role.is_leader().then(|| Leadership {
                subordinate_scores: self.subordinates(sheet, scores),
                // Until the superior chooses, the provisional score supposes no limitation.
                organising: sheet.organising.unwrap_or(100),
                unity: sheet.unity.unwrap_or(100),
            }),
            cap: None,
        }
    }

    /// Scores of the direct subordinates, as `assignment::figures::subordinate_scores` finds them.
    fn subordinates(
        &self,
        leader: &Sheet,
        scores: &HashMap<Uuid, Option<Decimal>>,
    ) -> Vec<Decimal> {
        let below = |sheet: &Sheet| {
            let same = sheet.unit == leader.unit;
            if leader.role == ScoringRole::Head {
                (same && sheet.role != ScoringRole::Head)
                    || (sheet.parent == Some(leader.unit) && sheet.role == ScoringRole::Head)
            } else {
                same && sheet.role == ScoringRole::Staff
            }
        };
        let mut found: Vec<(Uuid, Decimal)> = self
            .sheets
            .iter()
            .filter(|sheet| sheet.officer != leader.officer && below(sheet))
            .filter_map(|sheet| Some((sheet.officer, (*scores.get(&sheet.officer)?)?)))
            .collect();
        found.sort_unstable_by_key(|(officer, _)| *officer);
        found.into_iter().map(|(_, score)| score).collect()
    }
}

async fn sheets(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
) -> Result<Vec<Sheet>, AppError> {
    let rows = sqlx::query!(
        r#"select s.officer_id, o.code, o.full_name, s.unit_id, u.name as unit_name, u.parent_id, s.role, s.status,
               s.rule_set, s.organising, s.unity, s.self_total, s.self_input, s.confirmed_total, s.confirmed_level,
               s.confirmed_input, p.assignments as "assignments?", p.assigned as "assigned?", p.volume as "volume?",
               p.quality as "quality?", p.progress as "progress?", p.accepted as "accepted?", p.common as "common?",
               p.score as "score?", p.level as "level?", p.waiting as "waiting?"
           from sheet s
           join officer o on o.agency_id = $1 and o.officer_id = s.officer_id
           join unit u on u.agency_id = $1 and u.unit_id = s.unit_id
           left join person_month p on p.agency_id = $1 and p.period = $2 and p.officer_id = s.officer_id
           where s.agency_id = $1 and s.period = $2
           order by length(u.path) desc, case s.role when 'staff' then 0 when 'deputy' then 1 else 2 end, s.officer_id"#,
        agency.0,
        period.first_day()
    )
    .fetch_all(db)
    .await?;
    let percent = |value: Option<i32>| value.and_then(|value| u32::try_from(value).ok());
    rows.into_iter()
        .map(|row| {
            let confirmed = row.status.parse().is_ok_and(SheetStatus::is_concluded);
            Ok(Sheet {
                officer: row.officer_id,
                code: row.code,
                name: row.full_name,
                unit: row.unit_id,
                unit_name: row.unit_name,
                parent: row.parent_id,
                role: row.role.parse().map_err(AppError::inner)?,
                confirmed,
                rule_set: row.rule_set,
                organising: percent(row.organising),
                unity: percent(row.unity),
                own: (row.self_total, row.self_input),
                concluded: (
                    row.confirmed_total,
                    row.confirmed_level,
                    row.confirmed_input,
                ),
                figures: row.assignments.map(|assignments| Figures {
                    assignments,
                    assigned: row.assigned.unwrap_or_default(),
                    volume: row.volume.unwrap_or_default(),
                    quality: row.quality.unwrap_or_default(),
                    progress: row.progress.unwrap_or_default(),
                    accepted: row.accepted.unwrap_or_default(),
                    common: row.common.unwrap_or_default(),
                    score: row.score,
                    level: row.level.as_deref().and_then(|level| level.parse().ok()),
                    waiting: row.waiting.unwrap_or_default(),
                    confirmed,
                }),
            })
        })
        .collect()
}

async fn work(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
) -> Result<HashMap<Uuid, Vec<WorkRow>>, AppError> {
    let rows = sqlx::query!(
        r#"select a.officer_id, a.assignment_id as assignment, a.product_name as product, a.kind, a.coefficient,
            a.quantity, a.handed_over, a.quantity_done, a.work_day, a.due_day, d.quantity as "delivered?",
            d.status as "status?", d.failed_reviews as "failed_reviews?",
            d.excused_failed_reviews as "excused_failed_reviews?", d.delays as "delays?",
            d.excused_delays as "excused_delays?", d.days_late as "days_late?"
        from assignment a
        left join deliverable d on d.agency_id = a.agency_id and d.period = a.period
            and d.assignment_id = a.assignment_id and d.status <> 'withdrawn'
        where a.agency_id = $1 and a.period = $2 and a.status = 'active'
        order by a.officer_id, a.created_at, a.assignment_id, d.created_at, d.deliverable_id"#,
        agency.0,
        period.first_day()
    )
    .fetch_all(db)
    .await?;
    let mut work: HashMap<Uuid, Vec<WorkRow>> = HashMap::new();
    for row in rows {
        work.entry(row.officer_id).or_default().push(WorkRow {
            assignment: row.assignment,
            product: row.product,
            kind: row.kind,
            coefficient: row.coefficient,
            quantity: row.quantity,
            handed_over: row.handed_over,
            quantity_done: row.quantity_done,
            work_day: row.work_day,
            due_day: row.due_day,
            delivered: row.delivered,
            status: row.status,
            failed_reviews: row.failed_reviews,
            excused_failed_reviews: row.excused_failed_reviews,
            delays: row.delays,
            excused_delays: row.excused_delays,
            days_late: row.days_late,
        });
    }
    Ok(work)
}

async fn common(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
) -> Result<HashMap<Uuid, Vec<CommonPoint>>, AppError> {
    let rows = sqlx::query!(
        r#"select officer_id, criterion, coalesce(confirmed_points, self_points) as "points!" from sheet_criterion
           where agency_id = $1 and period = $2 and coalesce(confirmed_points, self_points) is not null
           order by officer_id, criterion"#,
        agency.0,
        period.first_day()
    )
    .fetch_all(db)
    .await?;
    let mut common: HashMap<Uuid, Vec<CommonPoint>> = HashMap::new();
    for row in rows {
        common.entry(row.officer_id).or_default().push(CommonPoint {
            criterion: row.criterion,
            points: row.points,
        });
    }
    Ok(common)
}

/// Officers with work whose coefficient is not that of its product in the catalogue version it was assigned from.
///
/// # Errors
/// The database's failure.
pub async fn with_other_coefficient(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
) -> Result<Vec<Uuid>, AppError> {
    Ok(sqlx::query_scalar!(
        "select distinct a.officer_id from assignment a
         left join product p on p.agency_id = $1 and p.product_id = a.product_id
         where a.agency_id = $1 and a.period = $2 and a.status = 'active' and p.coefficient is distinct from a.coefficient
         order by a.officer_id",
        agency.0,
        period.first_day()
    )
    .fetch_all(db)
    .await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(officer: u128, unit: u128, parent: Option<u128>, role: ScoringRole) -> Sheet {
        Sheet {
            officer: Uuid::from_u128(officer),
            code: String::new(),
            name: String::new(),
            unit: Uuid::from_u128(unit),
            unit_name: String::new(),
            parent: parent.map(Uuid::from_u128),
            role,
            confirmed: false,
            rule_set: String::new(),
            organising: None,
            unity: None,
            own: (None, None),
            concluded: (None, None, None),
            figures: None,
        }
    }

    #[test]
    fn a_head_answers_for_the_unit_and_the_heads_below_and_a_deputy_for_the_staff() {
        use ScoringRole::{Deputy, Head, Staff};
        let month = MonthOf {
            sheets: vec![
                sheet(1, 20, Some(10), Staff),
                sheet(2, 20, Some(10), Head),
                sheet(3, 10, None, Staff),
                sheet(4, 10, None, Deputy),
                sheet(5, 10, None, Head),
            ],
            ..MonthOf::default()
        };
        let scores: HashMap<Uuid, Option<Decimal>> = (1..=4)
            .map(|n| (Uuid::from_u128(n), Some(Decimal::from(n))))
            .chain([(Uuid::from_u128(3), None)])
            .collect();
        let of = |index: usize| month.subordinates(&month.sheets[index], &scores);
        assert_eq!(of(4), [Decimal::from(2), Decimal::from(4)]);
        assert_eq!(of(3), Vec::new());
        assert_eq!(of(1), [Decimal::ONE]);
    }
}
