//! A fictional commission for demonstrations: people, catalogue, twelve months of work and the current one.
//! `plan` is pure and deterministic for a given day; `store` writes it.

pub mod accounts;
pub mod calendar;
pub mod catalogue;
pub mod ground;
pub mod names;
pub mod organisation;
pub mod random;
pub mod rows;
pub mod store;

use chrono::NaiveDate;
use serde::Serialize;

use self::random::Random;
use self::rows::{
    AccountRow, AgencyRow, CatalogueRow, HolidayRow, OfficerRow, PeriodRow, PostRow,
    ProductGroupRow, ProductRow, TaskGroupRow, UnitRow,
};

/// Code of the demo agency, by which it is recognised again.
pub const AGENCY_CODE: &str = "ban-chinh-sach-va-phat-trien";

/// Its name says that it is invented.
pub const AGENCY_NAME: &str = "Ban Chính sách và Phát triển (cơ quan mẫu)";

const SEED: u64 = 335_2025;

/// All rows of the demo agency.
#[derive(Debug, Default, Serialize)]
pub struct Plan {
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
}

/// The demo agency as it stands on `today`; the same day gives the same rows.
///
/// # Errors
/// One sentence when `today` lies outside the supported years.
pub fn plan(today: NaiveDate) -> Result<Plan, String> {
    let random = Random::new(SEED);
    let mut plan = Plan::default();
    ground::lay(&mut plan, &random, today)?;
    Ok(plan)
}
