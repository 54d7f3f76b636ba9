//! One officer's month as its page shows it: four statements, then the rules of `kpi` in memory.

use std::sync::Arc;

use chrono::NaiveDate;
use kpi::advice::what_would_raise_most;
use kpi::ids::{AgencyId, OfficerId, UnitId};
use kpi::period::{Period, WorkingDays};
use kpi::review::SheetStatus;
use kpi::scoring::{ScoringRole, score};
use kpi::trace::Trace;
use rust_decimal::Decimal;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::row_state::{self, Facts};
use super::score_view::score_data;
use super::wire::{MonthData, ScoreData, WorkItem};
use crate::assignment::figures::{Basis, WorkRow, load_input};
use crate::assignment::month_lock::Month;
use crate::auth::Access;
use crate::error::AppError;
use crate::{format, rule_set};

/// Most rows of work and deliverables of one month on a page.
const MOST_ROWS: i64 = 5_000;

/// Whose month, where, and how far it is.
#[derive(Clone, Debug)]
pub struct Header {
    /// Full name.
    pub name: String,
    /// Unit of the month's post; none when no post was held in it.
    pub unit: Option<Uuid>,
    /// Path of that unit.
    pub path: Option<String>,
    /// Its name.
    pub unit_name: Option<String>,
    /// Title of the post.
    pub title: Option<String>,
    /// Role of the sheet, or of the post while there is no sheet.
    pub role: Option<String>,
    /// Status of the sheet; none while there is no sheet.
    pub status: Option<String>,
    /// đ.
    pub organising: Option<i32>,
    /// e.
    pub unity: Option<i32>,
    /// Code of the rule set.
    pub rule_set: Option<String>,
    /// Version of the sheet.
    pub version: Option<i32>,
    /// Trace as it was confirmed.
    pub confirmed_trace: Option<serde_json::Value>,
    /// The period was closed.
    pub closed: bool,
    /// Holidays of the month.
    pub holidays: Vec<NaiveDate>,
}

impl Header {
    /// The sheet's status; a draft while there is no sheet.
    ///
    /// # Errors
    /// `Unavailable` for a status that this version does not know.
    pub fn sheet_status(&self) -> Result<SheetStatus, AppError> {
        match self.status.as_deref() {
            Some(status) => status.parse().map_err(AppError::inner),
            None => Ok(SheetStatus::Draft),
        }
    }

    /// Whether work may still be written.
    ///
    /// # Errors
    /// As [`Self::sheet_status`].
    pub fn is_open(&self) -> Result<bool, AppError> {
        Ok(!self.sheet_status()?.is_concluded() && !self.closed)
    }

    /// Title and unit.
    pub fn post(&self) -> String {
        let parts = [self.title.as_deref(), self.unit_name.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

/// The header of a month.
///
/// # Errors
/// `NotFound` for an officer of another agency; the database's failure.
pub async fn header(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
    officer: OfficerId,
    today: NaiveDate,
) -> Result<Header, AppError> {
    let (first, last) = (period.first_day(), period.last_day());
    Ok(sqlx::query_as!(
        Header,
        r#"select o.full_name as name, u.unit_id as "unit?", u.path as "path?", u.name as "unit_name?", p.title as "title?",
               coalesce(s.role, p.kind) as role, s.status as "status?", s.organising, s.unity,
               s.rule_set as "rule_set?", s.version as "version?", s.confirmed_trace,
               exists (select from period c where c.agency_id = $1 and c.period = $2 and c.status in ('announced', 'locked')) as "closed!",
               array(select h.day from holiday h where h.agency_id = $1 and h.day between $2 and $4 order by h.day)
                   as "holidays!"
           from officer o
           left join sheet s on s.agency_id = $1 and s.period = $2 and s.officer_id = o.officer_id
           left join lateral (
               select p.unit_id, p.kind, p.title from post p
               where p.agency_id = $1 and p.officer_id = $3
                 and p.from_day <= $5 and (p.until_day is null or p.until_day >= $5)
               order by p.unit_id is not distinct from s.unit_id desc,
                   case p.kind when 'head' then 0 when 'deputy' then 1 else 2 end, p.from_day desc
               limit 1) p on true
           left join unit u on u.agency_id = $1 and u.unit_id = coalesce(s.unit_id, p.unit_id)
           where o.agency_id = $1 and o.officer_id = $3"#,
        agency.0,
        first,
        officer.0,
        last,
        today.clamp(first, last)
    )
    .fetch_one(db)
    .await?)
}

/// One assignment with one of its deliverables, or none.
#[derive(Clone, Debug, Default)]
pub struct MonthRow {
    /// The assignment.
    pub assignment: Uuid,
    /// Its version.
    pub version: i32,
    /// Code of the product.
    pub code: String,
    /// Name of the product.
    pub product: String,
    /// plan, ad_hoc or taken_over.
    pub kind: String,
    /// Conversion coefficient.
    pub coefficient: Decimal,
    /// Assigned quantity.
    pub quantity: Decimal,
    /// Part handed over.
    pub handed_over: Decimal,
    /// Reported as done.
    pub quantity_done: Decimal,
    /// Day of the work last reported.
    pub work_day: Option<NaiveDate>,
    /// Due day.
    pub due_day: NaiveDate,
    /// Pieces of evidence.
    pub evidence: i64,
    /// The deliverable's quantity.
    pub delivered: Option<Decimal>,
    /// The deliverable's status; withdrawn ones are left out.
    pub status: Option<String>,
    /// Returns for major errors.
    pub failed_reviews: Option<i32>,
    /// Of these excused.
    pub excused_failed_reviews: Option<i32>,
    /// Missed due days.
    pub delays: Option<i32>,
    /// Of these excused.
    pub excused_delays: Option<i32>,
    /// Working days late.
    pub days_late: Option<i32>,
    /// Why it was returned, while it is.
    pub returned: Option<String>,
}

impl MonthRow {
    fn work(&self) -> WorkRow {
        WorkRow {
            assignment: self.assignment,
            product: self.product.clone(),
            kind: self.kind.clone(),
            coefficient: self.coefficient,
            quantity: self.quantity,
            handed_over: self.handed_over,
            quantity_done: self.quantity_done,
            work_day: self.work_day,
            due_day: self.due_day,
            delivered: self.delivered,
            status: self.status.clone(),
            failed_reviews: self.failed_reviews,
            excused_failed_reviews: self.excused_failed_reviews,
            delays: self.delays,
            excused_delays: self.excused_delays,
            days_late: self.days_late,
        }
    }
}

/// Rows of a month's active work, in the order in which it was assigned.
///
/// # Errors
/// The database's failure.
pub async fn rows(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
    officer: OfficerId,
) -> Result<Vec<MonthRow>, AppError> {
    Ok(sqlx::query_as!(
        MonthRow,
        r#"select a.assignment_id as assignment, a.version, a.product_code as code, a.product_name as product, a.kind,
            a.coefficient, a.quantity, a.handed_over, a.quantity_done, a.work_day, a.due_day,
            (select count(*) from evidence e where e.agency_id = a.agency_id and e.period = a.period
                and e.assignment_id = a.assignment_id) as "evidence!",
            d.quantity as "delivered?", d.status as "status?", d.failed_reviews as "failed_reviews?",
            d.excused_failed_reviews as "excused_failed_reviews?", d.delays as "delays?",
            d.excused_delays as "excused_delays?", d.days_late as "days_late?",
            case when d.status = 'returned' then (
                select r.reason from delivery r where r.agency_id = d.agency_id and r.period = d.period
                    and r.deliverable_id = d.deliverable_id order by r.round desc limit 1) end as returned
        from assignment a
        left join deliverable d on d.agency_id = a.agency_id and d.period = a.period
            and d.assignment_id = a.assignment_id and d.status <> 'withdrawn'
        where a.agency_id = $1 and a.period = $2 and a.officer_id = $3 and a.status = 'active'
        order by a.created_at, a.assignment_id, d.created_at, d.deliverable_id
        limit $4"#,
        agency.0,
        period.first_day(),
        officer.0,
        MOST_ROWS
    )
    .fetch_all(db)
    .await?)
}

/// The month of the reader, or of an officer within his reach.
///
/// # Errors
/// `Forbidden` or `NotFound` for an officer out of reach; the database's failure.
pub async fn load(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    period: Period,
    officer: Option<OfficerId>,
) -> Result<MonthData, AppError> {
    let officer = match officer {
        Some(officer) => officer,
        None => access.officer()?,
    };
    let own = access.actor.officer == Some(officer);
    let agency = access.actor.agency;
    let mut db = pool.acquire().await?;
    let header = header(&mut db, agency, period, officer, today).await?;
    access.reach_person(officer, header.path.as_deref().unwrap_or(""))?;
    let rows = rows(&mut db, agency, period, officer).await?;
    let score = current_score(
        &mut db,
        (agency, period, officer),
        &header,
        &rows,
        today,
        own,
    )
    .await?;
    let open = header.is_open()?;
    let (status, tone) = status_words(&header, period, today)?;
    access.viewed(pool, [officer], "month");
    Ok(MonthData {
        period: period.to_string(),
        period_label: period.label(),
        days: (period.first_day(), period.last_day()),
        today,
        officer: officer.0,
        post: header.post(),
        name: header.name,
        own,
        editable: own && open && today >= period.first_day() && header.unit.is_some(),
        status,
        status_tone: tone.to_owned(),
        score,
        rows: items(&rows, period, today, &header.holidays),
    })
}

/// How far the month is, in words, with the tone of its chip.
fn status_words(
    header: &Header,
    period: Period,
    today: NaiveDate,
) -> Result<(String, &'static str), AppError> {
    let working = WorkingDays::of(period, today, &header.holidays);
    Ok(match header.sheet_status()? {
        SheetStatus::Locked => ("Đã khóa".into(), "plain"),
        SheetStatus::Announced => ("Đã công bố".into(), "good"),
        SheetStatus::Confirmed => ("Đã xác nhận".into(), "good"),
        _ if header.closed => ("Đã đóng".into(), "plain"),
        SheetStatus::SelfAssessed => ("Đã nộp tự đánh giá, chờ xác nhận".into(), "measure"),
        SheetStatus::Draft if today < period.first_day() => ("Chưa bắt đầu".into(), "plain"),
        SheetStatus::Draft if today > period.last_day() => {
            ("Đã hết tháng, chưa nộp tự đánh giá".into(), "risk")
        }
        SheetStatus::Draft => {
            let left = working.total.saturating_sub(working.done);
            (
                format!("Đang thực hiện · còn {left} ngày làm việc"),
                "plain",
            )
        }
    })
}

/// The score of a month: as it was confirmed, or computed now on the reported basis.
async fn current_score(
    db: &mut PgConnection,
    (agency, period, officer): (AgencyId, Period, OfficerId),
    header: &Header,
    rows: &[MonthRow],
    today: NaiveDate,
    own: bool,
) -> Result<ScoreData, AppError> {
    let working = WorkingDays::of(period, today, &header.holidays);
    let expected = Decimal::from(working.percent());
    let rules =
        rule_set::store::of_month(&mut *db, agency, period, header.rule_set.as_deref()).await?;
    if let Some(trace) = header
        .confirmed_trace
        .clone()
        .and_then(|trace| serde_json::from_value::<Trace>(trace).ok())
    {
        return Ok(score_data(&trace, &rules, true, None, expected));
    }
    let status = header.sheet_status()?;
    let confirmed = status.is_concluded();
    let month = Month {
        agency,
        period,
        officer,
        unit: UnitId(header.unit.unwrap_or_default()),
        role: header
            .role
            .as_deref()
            .map_or(Ok(ScoringRole::Staff), str::parse)
            .map_err(AppError::inner)?,
        status,
        organising: header.organising.and_then(|value| value.try_into().ok()),
        unity: header.unity.and_then(|value| value.try_into().ok()),
        rules: Arc::new(rules),
        version: header.version.unwrap_or(0),
        before: None,
    };
    let basis = if confirmed {
        Basis::Accepted
    } else {
        Basis::Reported
    };
    let work: Vec<WorkRow> = rows.iter().map(MonthRow::work).collect();
    let input = load_input(db, &month, &work, basis).await?;
    let outcome = score(&month.rules, &input)?;
    let advice = (own && !confirmed)
        .then(|| what_would_raise_most(&month.rules, &input))
        .flatten()
        .map(|advice| advice.sentence);
    Ok(score_data(
        &outcome.trace,
        &month.rules,
        confirmed,
        advice,
        expected,
    ))
}

/// The rows of a list: one per assignment, with its deliverables summed up.
pub fn items(
    rows: &[MonthRow],
    period: Period,
    today: NaiveDate,
    holidays: &[NaiveDate],
) -> Vec<WorkItem> {
    rows.chunk_by(|left, right| left.assignment == right.assignment)
        .filter_map(|group| group.first().map(|first| (first, group)))
        .map(|(first, group)| item(first, group, period, today, holidays))
        .collect()
}

fn item(
    first: &MonthRow,
    group: &[MonthRow],
    period: Period,
    today: NaiveDate,
    holidays: &[NaiveDate],
) -> WorkItem {
    let sum = |status: &str| -> Decimal {
        group
            .iter()
            .filter(|row| row.status.as_deref() == Some(status))
            .filter_map(|row| row.delivered)
            .sum()
    };
    let counted =
        |happened: fn(&MonthRow) -> Option<i32>, excused: fn(&MonthRow) -> Option<i32>| -> u32 {
            let count = |row| happened(row).unwrap_or(0) - excused(row).unwrap_or(0);
            u32::try_from(group.iter().map(count).sum::<i32>()).unwrap_or(0)
        };
    let failed = counted(|row| row.failed_reviews, |row| row.excused_failed_reviews);
    let delivered: Decimal = group.iter().filter_map(|row| row.delivered).sum();
    // What is reported but not delivered is late by its own day, as the score counts it.
    let late_rest =
        first.quantity_done > delivered && first.work_day.is_some_and(|day| day > first.due_day);
    let delays = counted(|row| row.delays, |row| row.excused_delays) + u32::from(late_rest);
    let due = first.quantity - first.handed_over;
    let percent = format::percent(first.quantity_done, due).unwrap_or(Decimal::ONE_HUNDRED);
    let expected = row_state::expected(period.first_day(), first.due_day, today, holidays);
    let facts = Facts {
        due,
        done: first.quantity_done,
        accepted: sum("accepted"),
        waiting: sum("delivered"),
        returned: group.iter().rev().find_map(|row| row.returned.clone()),
        delays,
        percent,
        expected,
    };
    let state = row_state::state(&facts, period.first_day(), first.due_day, today);
    WorkItem {
        assignment: first.assignment,
        version: first.version,
        key: Uuid::now_v7(),
        product: first.product.clone(),
        about: about(first),
        quantity: first.quantity.normalize(),
        handed_over: first.handed_over.normalize(),
        done: first.quantity_done.normalize(),
        percent: percent.round_dp(1),
        expected,
        due_day: first.due_day,
        tone: state.tone.to_owned(),
        state: state.words,
        remark: state.remark,
        faults: (failed, delays),
        evidence: u32::try_from(first.evidence).unwrap_or(u32::MAX),
    }
}

/// "BC.01 · phát sinh · hệ số 1,5".
fn about(row: &MonthRow) -> String {
    let kind = match row.kind.as_str() {
        "ad_hoc" => " · việc phát sinh",
        "taken_over" => " · nhận thêm",
        _ => "",
    };
    format!(
        "{}{kind} · hệ số {}",
        row.code,
        format::number(row.coefficient, 6)
    )
}
