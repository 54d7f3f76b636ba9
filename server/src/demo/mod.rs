//! A fictional commission for demonstrations: people, catalogue, the work of last year and of this one up to today.
//! `plan` is pure and deterministic for a given day; `store` writes it.

pub mod accounts;
mod calendar;
mod career;
mod catalogue;
mod character;
mod criteria;
pub mod decided;
mod deliver;
mod delivery;
mod ground;
mod history;
mod indicators;
mod leaders;
mod moves;
mod names;
mod news;
pub mod organisation;
mod random;
mod record;
pub mod rows;
mod sheets;
pub mod store;
mod sums;
mod words;
mod work;
mod year;

use chrono::NaiveDate;
use serde::Serialize;

use self::random::Random;
use self::rows::{
    AbsenceRow, AccountRow, AgencyRow, AssignmentRow, CatalogueRow, CauseRow, DeliverableRow,
    DeliveryRow, EvidenceRow, HolidayRow, IndicatorActualRow, IndicatorRow, LeftOutRow,
    NotificationRow, OfficerRow, OutsideMonthRow, PeriodRow, PersonMonthRow, PostRow,
    ProductGroupRow, ProductRow, ProgressReportRow, SheetCriterionRow, SheetRow, TaskGroupRow,
    UnitBasicRow, UnitDecisionRow, UnitMonthRow, UnitRow, UnitYearRow, YearBlockerRow,
};

/// Code of the demo agency, by which it is recognised again.
pub const AGENCY_CODE: &str = "ban-chinh-sach-va-phat-trien";

/// Its name says that it is invented.
pub const AGENCY_NAME: &str = "Ban Chính sách và Phát triển (cơ quan mẫu)";

const SEED: u64 = 335_2025;

/// All rows of the demo agency.
#[derive(Debug, Default, Serialize)]
pub struct Plan {
    /// The day on which it stands.
    pub today: NaiveDate,
    /// The agency.
    pub agencies: Vec<AgencyRow>,
    /// Its units, the root first.
    pub units: Vec<UnitRow>,
    /// Groups of similar tasks.
    pub task_groups: Vec<TaskGroupRow>,
    /// People.
    pub officers: Vec<OfficerRow>,
    /// Posts.
    pub posts: Vec<PostRow>,
    /// Accounts, without their passwords.
    pub accounts: Vec<AccountRow>,
    /// Days off.
    pub holidays: Vec<HolidayRow>,
    /// The approved catalogue.
    pub catalogues: Vec<CatalogueRow>,
    /// Its groups.
    pub product_groups: Vec<ProductGroupRow>,
    /// Its products.
    pub products: Vec<ProductRow>,
    /// Months.
    pub periods: Vec<PeriodRow>,
    /// Who was left out of their announcements.
    pub left_out: Vec<LeftOutRow>,
    /// Assigned work.
    pub assignments: Vec<AssignmentRow>,
    /// Reports of progress.
    pub progress_reports: Vec<ProgressReportRow>,
    /// Deliverables.
    pub deliverables: Vec<DeliverableRow>,
    /// Their rounds.
    pub deliveries: Vec<DeliveryRow>,
    /// Requests to confirm an objective cause.
    pub causes: Vec<CauseRow>,
    /// Evidence.
    pub evidence: Vec<EvidenceRow>,
    /// Notifications.
    pub notifications: Vec<NotificationRow>,
    /// Period sheets.
    pub sheets: Vec<SheetRow>,
    /// Points of the common criteria.
    pub sheet_criteria: Vec<SheetCriterionRow>,
    /// Figures of people.
    pub person_months: Vec<PersonMonthRow>,
    /// Sums of units.
    pub unit_months: Vec<UnitMonthRow>,
    /// Indicators of units.
    pub indicators: Vec<IndicatorRow>,
    /// Their monthly figures.
    pub indicator_actuals: Vec<IndicatorActualRow>,
    /// Points of units for the common criteria.
    pub unit_basics: Vec<UnitBasicRow>,
    /// What the authority recorded about the years of units.
    pub unit_years: Vec<UnitYearRow>,
    /// What it decided about them.
    pub unit_decisions: Vec<UnitDecisionRow>,
    /// Absences.
    pub absences: Vec<AbsenceRow>,
    /// Months from other organisations.
    pub outside_months: Vec<OutsideMonthRow>,
    /// What makes a year "không hoàn thành".
    pub year_blockers: Vec<YearBlockerRow>,
}

/// The demo agency as it stands on `today`; the same day gives the same rows.
///
/// # Errors
/// One sentence when `today` lies outside the supported years.
pub fn plan(today: NaiveDate) -> Result<Plan, String> {
    let random = Random::new(SEED);
    let mut plan = Plan {
        today,
        ..Plan::default()
    };
    let ground = ground::lay(&mut plan, &random, today)?;
    history::tell(&mut plan, &ground, &random)?;
    indicators::set(&mut plan, &ground, &random)?;
    year::record(&mut plan, &ground, &random);
    Ok(plan)
}

/// An index as a label for a fork of the random numbers.
fn whole(index: usize) -> u64 {
    u64::try_from(index).unwrap_or(u64::MAX)
}
