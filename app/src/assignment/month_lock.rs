//! The lock of one person's month: every write to it begins here, one after the other.

use std::sync::Arc;

use chrono::NaiveDate;
use kpi::ids::{AgencyId, OfficerId, UnitId};
use kpi::period::Period;
use kpi::period::life::PeriodAct;
use kpi::review::SheetStatus;
use kpi::rule_set::RuleSet;
use kpi::scoring::ScoringRole;
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::AppError;
use crate::{period, rule_set};

/// One person's month, locked until the transaction ends.
#[derive(Clone, Debug)]
pub struct Month {
    /// Agency.
    pub agency: AgencyId,
    /// The month.
    pub period: Period,
    /// Whose month it is.
    pub officer: OfficerId,
    /// Where the officer held the post of this month.
    pub unit: UnitId,
    /// By which formula the month is scored (khoản 1, 2 Điều 16).
    pub role: ScoringRole,
    /// How far the sheet is.
    pub status: SheetStatus,
    /// đ, once the head chose it.
    pub organising: Option<u32>,
    /// e, once the head chose it.
    pub unity: Option<u32>,
    /// The rules that score it.
    pub rules: Arc<RuleSet>,
    /// The sheet's version.
    pub version: i32,
    /// Figures before this transaction; none when the month is new.
    pub before: Option<Figures>,
}

/// What `person_month` holds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// Active assignments.
    pub assignments: i32,
    /// Converted assigned quantity (denominator).
    pub assigned: Decimal,
    /// Converted completed quantity.
    pub volume: Decimal,
    /// The same after deductions for failed reviews.
    pub quality: Decimal,
    /// The same after deductions for delays.
    pub progress: Decimal,
    /// Converted quantity already accepted.
    pub accepted: Decimal,
    /// Points of the common criteria, 0 to 30.
    pub common: Decimal,
    /// Published score, 0 to 100; none while the data do not suffice.
    pub score: Option<Decimal>,
    /// Its level.
    pub level: Option<kpi::level::Level>,
    /// Deliverables that wait for a decision.
    pub waiting: i32,
    /// The sheet is concluded.
    pub confirmed: bool,
}

impl Month {
    /// Locks the month of an officer, creating its empty sheet the first time.
    ///
    /// `day` is the day whose post decides unit and role, inside the month.
    ///
    /// # Errors
    /// `NotFound` when the officer holds no post on that day; the database's failure.
    pub async fn lock(
        db: &mut PgConnection,
        agency: AgencyId,
        period: Period,
        officer: OfficerId,
        day: NaiveDate,
    ) -> Result<Self, AppError> {
        if let Some(month) = Self::find(db, agency, period, officer).await? {
            return Ok(month);
        }
        let created = sqlx::query!(
            "insert into sheet (agency_id, period, officer_id, unit_id, role, rule_set)
             select p.agency_id, $2, p.officer_id, p.unit_id, p.kind, coalesce(
                 (select r.code from rule_set r
                  where r.agency_id = $1 and r.status <> 'draft' and r.effective_from <= $2
                  order by r.effective_from desc limit 1), $5)
             from post p
             where p.agency_id = $1 and p.officer_id = $3 and p.from_day <= $4 and (p.until_day is null or p.until_day >= $4)
             order by case p.kind when 'head' then 0 when 'deputy' then 1 else 2 end, p.from_day desc
             limit 1
             on conflict do nothing",
            agency.0,
            period.first_day(),
            officer.0,
            day.clamp(period.first_day(), period.last_day()),
            RuleSet::nd_335_2025().code
        )
        .execute(&mut *db)
        .await?;
        // Zero rows: no post, or another transaction created it just now.
        let _ = created.rows_affected();
        Self::find(db, agency, period, officer)
            .await?
            .ok_or(AppError::NotFound)
    }

    /// Locks the months of several people in the one order that every transaction keeps: from the bottom of the unit
    /// tree upwards, staff before deputies before heads, then by id. So two of them never wait for each other.
    ///
    /// # Errors
    /// As [`Month::lock`].
    pub async fn lock_all(
        db: &mut PgConnection,
        agency: AgencyId,
        period: Period,
        officers: &[OfficerId],
        day: NaiveDate,
    ) -> Result<Vec<Self>, AppError> {
        let ids: Vec<Uuid> = officers.iter().map(|officer| officer.0).collect();
        let ordered = sqlx::query_scalar!(
            r#"select o.officer_id as "officer_id!"
               from (select distinct unnest($3::uuid[]) as officer_id) o
               left join sheet s on s.agency_id = $1 and s.period = $2 and s.officer_id = o.officer_id
               left join lateral (
                   select p.unit_id, p.kind from post p
                   where p.agency_id = $1 and p.officer_id = o.officer_id
                     and p.from_day <= $4 and (p.until_day is null or p.until_day >= $4)
                   order by case p.kind when 'head' then 0 when 'deputy' then 1 else 2 end, p.from_day desc
                   limit 1) p on true
               left join unit u on u.agency_id = $1 and u.unit_id = coalesce(s.unit_id, p.unit_id)
               order by length(u.path) desc nulls last,
                   case coalesce(s.role, p.kind) when 'staff' then 0 when 'deputy' then 1 else 2 end, o.officer_id"#,
            agency.0,
            period.first_day(),
            &ids,
            day.clamp(period.first_day(), period.last_day())
        )
        .fetch_all(&mut *db)
        .await?;
        let mut months = Vec::with_capacity(ordered.len());
        for officer in ordered {
            months.push(Self::lock(db, agency, period, OfficerId(officer), day).await?);
        }
        Ok(months)
    }

    async fn find(
        db: &mut PgConnection,
        agency: AgencyId,
        period: Period,
        officer: OfficerId,
    ) -> Result<Option<Self>, AppError> {
        let Some(sheet) = sqlx::query!(
            "select unit_id, role, status, organising, unity, rule_set, version from sheet
             where agency_id = $1 and period = $2 and officer_id = $3 for update",
            agency.0,
            period.first_day(),
            officer.0
        )
        .fetch_optional(&mut *db)
        .await?
        else {
            return Ok(None);
        };
        Ok(Some(Self {
            agency,
            period,
            officer,
            unit: UnitId(sheet.unit_id),
            role: sheet.role.parse().map_err(AppError::inner)?,
            status: sheet.status.parse().map_err(AppError::inner)?,
            organising: sheet.organising.and_then(|value| value.try_into().ok()),
            unity: sheet.unity.and_then(|value| value.try_into().ok()),
            rules: Arc::new(rule_set::store::of(&mut *db, agency, &sheet.rule_set).await?),
            version: sheet.version,
            // A statement of its own: one that waited for the lock would still show the figures of before the wait.
            before: stored_figures(db, agency, period, officer).await?,
        }))
    }

    /// Refuses a write of work to a month that is confirmed, announced or locked.
    ///
    /// # Errors
    /// `Invalid` on field `period`.
    pub async fn must_be_open(&self, db: &mut PgConnection) -> Result<(), AppError> {
        if self.status.is_concluded() {
            return Err(AppError::invalid(
                "period",
                format!(
                    "{} đã được xác nhận, không sửa được nữa.",
                    self.period.label()
                ),
                "",
            ));
        }
        self.must_allow(db, PeriodAct::Work).await
    }

    /// Refuses what the state of the period does not allow to the unit of this month.
    ///
    /// # Errors
    /// `Invalid` on field `period`, with the way forward; the database's failure.
    pub async fn must_allow(&self, db: &mut PgConnection, act: PeriodAct) -> Result<(), AppError> {
        period::store::must_allow_in(db, self.agency, self.period, self.unit, act).await
    }
}

async fn stored_figures(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
    officer: OfficerId,
) -> Result<Option<Figures>, AppError> {
    let row = sqlx::query!(
        "select assignments, assigned, volume, quality, progress, accepted, common, score, level, waiting, sheet_status
         from person_month where agency_id = $1 and period = $2 and officer_id = $3",
        agency.0,
        period.first_day(),
        officer.0
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Figures {
        assignments: row.assignments,
        assigned: row.assigned,
        volume: row.volume,
        quality: row.quality,
        progress: row.progress,
        accepted: row.accepted,
        common: row.common,
        score: row.score,
        level: row.level.as_deref().and_then(|level| level.parse().ok()),
        waiting: row.waiting,
        confirmed: row
            .sheet_status
            .parse()
            .is_ok_and(SheetStatus::is_concluded),
    }))
}
