//! Server functions of the catalogue and the types on the wire.

use chrono::NaiveDate;
use kpi::ids::{AccountId, CatalogueId, ProductId};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::AppError;

/// How far a version is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Imported, may be deleted, used by nobody.
    Draft,
    /// The one that work is assigned from.
    Approved,
    /// Was approved once; months that used it keep their own copy.
    Superseded,
}

impl Status {
    /// As the database writes it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Approved => "approved",
            Self::Superseded => "superseded",
        }
    }

    /// In words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "Bản nháp",
            Self::Approved => "Đang áp dụng",
            Self::Superseded => "Đã thay thế",
        }
    }

    /// From the database's word; a word it does not know is a draft, which nobody can use.
    pub fn parse(code: &str) -> Self {
        match code {
            "approved" => Self::Approved,
            "superseded" => Self::Superseded,
            _ => Self::Draft,
        }
    }
}

/// One version of an agency's catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Its id.
    pub catalogue: CatalogueId,
    /// 1, 2, 3 … within the agency.
    pub number: i32,
    /// What it is called, usually after the file it came from.
    pub name: String,
    /// How far it is.
    pub status: Status,
    /// Number of the decision that issued it; none for a draft.
    pub decision: Option<String>,
    /// First day it applies; none for a draft.
    pub effective_from: Option<NaiveDate>,
    /// Points of the standard product (coefficient 1).
    pub standard_points: Option<Decimal>,
    /// Number of products.
    pub products: u32,
    /// The account that imported it; none for the command line.
    pub imported_by: Option<AccountId>,
    /// Whether somebody other than who imported it may approve it.
    pub another_approver: bool,
    /// Who imported it, in words; empty for the command line.
    pub created_by: String,
    /// When it was imported, in words.
    pub created: String,
    /// Who approved it, in words.
    pub approved_by: String,
    /// When it was approved, in words.
    pub approved: String,
}

/// One product of a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Its id, the same in every version that has its code.
    pub product: ProductId,
    /// Code ("DC.01").
    pub code: String,
    /// Task (nhiệm vụ).
    pub task: String,
    /// Detailed work; may be empty.
    pub detail: String,
    /// Output (sản phẩm đầu ra).
    pub output: String,
    /// Complexity group ("N2").
    pub group: Option<String>,
    /// Points, above 0, at most 4 decimals.
    pub points: Decimal,
    /// Conversion coefficient, above 0, at most 6 decimals.
    pub coefficient: Decimal,
    /// Unit of measure.
    pub unit_of_measure: Option<String>,
    /// The unit it is meant for; none = common to all.
    pub unit_name: Option<String>,
    /// Note.
    pub note: Option<String>,
    /// Whether it is the standard product (đơn vị sản phẩm/công việc chuẩn).
    pub standard: bool,
}

/// A complexity group (at most five, khoản 1 Điều 13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Code ("N2").
    pub code: String,
    /// Least points; none when the catalogue names no range.
    pub min: Option<Decimal>,
    /// Most points.
    pub max: Option<Decimal>,
}

/// Something that keeps a draft from being approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Code of the product; empty for the whole catalogue.
    pub code: String,
    /// A Vietnamese sentence.
    pub message: String,
}

/// What a visitor may do with the draft that is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftState {
    /// The first 100 faults.
    pub faults: Vec<Fault>,
    /// How many there are.
    pub fault_count: u32,
    /// Whether the visitor may approve it once it has no fault; else another must.
    pub may_approve: bool,
}

/// The catalogue as a visitor sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Versions that the visitor may see, newest first.
    pub versions: Vec<Version>,
    /// The one that is shown; none while there is none.
    pub version: Option<Version>,
    /// Its groups.
    pub groups: Vec<Group>,
    /// One page of its products.
    pub products: Vec<Product>,
    /// Products that match search and group.
    pub found: u32,
    /// The draft's state, for personnel.
    pub draft: Option<DraftState>,
    /// Whether the visitor may import and delete drafts.
    pub may_import: bool,
    /// Today in Vietnam.
    pub today: NaiveDate,
}

/// A version (the approved one unless another is named) with one page of its products.
#[server(name = CatalogueShown, prefix = "/api", endpoint = "catalogue/shown", input = GetUrl)]
pub async fn shown_catalogue(
    #[server(default)] version: Option<Uuid>,
    #[server(default)] search: String,
    #[server(default)] group: String,
    #[server(default)] page: u32,
) -> Result<Shown, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ViewCatalogue)?;
    let state = crate::state::app_state()?;
    let asked = super::steps::Asked {
        version: version.map(CatalogueId),
        search,
        group,
        page,
    };
    super::steps::show(&state.pool, state.clock.today(), &access, asked).await
}

/// Approves a draft under a decision; the version before is superseded.
#[server(name = ApproveCatalogue, prefix = "/api", endpoint = "catalogue/approve")]
pub async fn approve_catalogue(
    catalogue: Uuid,
    decision: String,
    effective_from: String,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ApproveCatalogue)?;
    let state = crate::state::app_state()?;
    let typed = super::steps::TypedApproval {
        decision,
        effective_from,
    };
    let (pool, today) = (&state.pool, state.clock.today());
    super::steps::approve(pool, today, &access.actor, CatalogueId(catalogue), typed).await?;
    leptos_axum::redirect("/catalogue?done=approved");
    Ok(())
}

/// Deletes a draft.
#[server(name = DeleteDraft, prefix = "/api", endpoint = "catalogue/delete_draft")]
pub async fn delete_draft(catalogue: Uuid) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ImportCatalogue)?;
    let state = crate::state::app_state()?;
    super::steps::delete_draft(&state.pool, &access.actor, CatalogueId(catalogue)).await?;
    leptos_axum::redirect("/catalogue?done=deleted");
    Ok(())
}

/// A finding of the linter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Code of the product.
    pub code: String,
    /// Its task.
    pub name: String,
    /// How much it weighs.
    pub severity: kpi::catalogue::lint::Severity,
    /// What was found.
    pub sentence: String,
}

/// A version that was looked through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linted {
    /// The version.
    pub version: Version,
    /// From how many times others' coefficient one is far.
    pub far: Decimal,
    /// From which coefficient on a product is too large to count.
    pub coarse: Decimal,
    /// How often each kind was found, in words.
    pub counts: Vec<(String, u32)>,
    /// At most 500, the weightiest first.
    pub findings: Vec<Finding>,
}

/// Looks through a version; `far` and `coarse` as typed, 2 and 20 when empty.
#[server(name = LintCatalogue, prefix = "/api", endpoint = "catalogue/lints", input = GetUrl)]
pub async fn lint_catalogue(
    catalogue: Uuid,
    #[server(default)] far: String,
    #[server(default)] coarse: String,
) -> Result<Linted, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ImportCatalogue)?;
    let typed = |field: &str, typed: &str, usual: u32, least: u32| {
        if typed.trim().is_empty() {
            return Ok(Decimal::from(usual));
        }
        kpi::number::parse_number(typed)
            .ok()
            .filter(|value| *value > Decimal::from(least) && *value <= Decimal::from(100_000))
            .ok_or_else(|| AppError::invalid(field, format!("Cần một số lớn hơn {least}."), typed))
    };
    let limits = (typed("far", &far, 2, 1)?, typed("coarse", &coarse, 20, 0)?);
    let pool = crate::state::app_state()?.pool;
    super::lint::findings(&pool, &access, CatalogueId(catalogue), limits).await
}
