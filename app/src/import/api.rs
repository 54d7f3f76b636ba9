//! Server functions of the import: showing what an upload was understood as, applying it.

use kpi::ids::CatalogueId;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::preview::{Group, PostRole, Problem, ProductRow, Refusal, SheetSummary};
use crate::error::AppError;

/// The file behind a preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// The preview.
    pub preview: Uuid,
    /// Name of the file.
    pub file_name: String,
    /// When it was uploaded, in words.
    pub uploaded: String,
}

/// What was understood of a catalogue, one page of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueUnderstood {
    /// Every sheet and what became of it.
    pub sheets: Vec<SheetSummary>,
    /// Groups in the order of their ranges.
    pub groups: Vec<Group>,
    /// The standard product.
    pub standard: Option<ProductRow>,
    /// Products in all.
    pub products: u32,
    /// Problems in all.
    pub problems: u32,
    /// Problems that stop applying.
    pub errors: u32,
    /// One page of products.
    pub rows: Vec<ProductRow>,
    /// One page of problems.
    pub problem_rows: Vec<Problem>,
    /// The version that holds the same content already: its id and number.
    pub same_as: Option<(CatalogueId, i32)>,
}

/// An upload with what was understood of it, or why it was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadUpload<T> {
    /// The file.
    pub upload: Upload,
    /// What it holds.
    pub content: Result<T, Refusal>,
}

/// What an import does with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Added.
    New,
    /// Changed.
    Changed,
    /// As it is.
    Same,
}

/// What becomes of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitPlan {
    /// Name of the sheet.
    pub sheet: String,
    /// Row as Excel shows it, from 1.
    pub row: u32,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Code of the unit above; empty for the root, or to leave it where it is.
    pub parent: String,
    /// What is done.
    pub change: Change,
    /// The change in words.
    pub words: Vec<String>,
}

/// What becomes of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonPlan {
    /// Name of the sheet.
    pub sheet: String,
    /// Row as Excel shows it, from 1.
    pub row: u32,
    /// Officer code.
    pub officer_code: String,
    /// Full name.
    pub full_name: String,
    /// Name of the unit, or what was typed when there is none.
    pub unit: String,
    /// Role in the unit.
    pub role: PostRole,
    /// Title of the post; may be empty.
    pub title: String,
    /// Group of similar tasks; may be empty.
    pub group: String,
    /// What is done.
    pub change: Change,
    /// The change in words.
    pub words: Vec<String>,
}

/// How many rows are new, changed and as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Added.
    pub new: u32,
    /// Changed.
    pub changed: u32,
    /// As they are.
    pub same: u32,
}

impl Counts {
    /// Counts changes.
    pub fn of(changes: impl Iterator<Item = Change>) -> Self {
        changes.fold(Self::default(), |mut counts, change| {
            match change {
                Change::New => counts.new += 1,
                Change::Changed => counts.changed += 1,
                Change::Same => counts.same += 1,
            }
            counts
        })
    }
}

/// What was understood of people and units, one page of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleUnderstood {
    /// Every sheet and what became of it.
    pub sheets: Vec<SheetSummary>,
    /// Units.
    pub unit_counts: Counts,
    /// People.
    pub people_counts: Counts,
    /// Problems in all.
    pub problems: u32,
    /// Problems that stop applying.
    pub errors: u32,
    /// Whether applying would write nothing.
    pub unchanged: bool,
    /// The first units that are new or changed, at most 100.
    pub unit_rows: Vec<UnitPlan>,
    /// One page of people.
    pub rows: Vec<PersonPlan>,
    /// One page of problems.
    pub problem_rows: Vec<Problem>,
}

/// What an upload of a catalogue was understood as; pages count from 1.
#[server(name = CatalogueRead, prefix = "/api", endpoint = "import/catalogue_read", input = GetUrl)]
pub async fn catalogue_read(
    preview: Option<Uuid>,
    #[server(default)] page: u32,
    #[server(default)] problem_page: u32,
) -> Result<Option<ReadUpload<CatalogueUnderstood>>, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ImportCatalogue)?;
    let Some(preview) = preview else {
        return Ok(None);
    };
    let state = crate::state::app_state()?;
    super::steps::catalogue_read(&state.pool, &access, preview, page, problem_page)
        .await
        .map(Some)
}

/// Makes an uploaded catalogue a new draft version; the same content again changes nothing.
#[server(name = ApplyCatalogue, prefix = "/api", endpoint = "import/apply_catalogue")]
pub async fn apply_catalogue(preview: Uuid) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ImportCatalogue)?;
    let state = crate::state::app_state()?;
    let applied = super::steps::apply_stored_catalogue(&state.pool, &access.actor, preview).await?;
    leptos_axum::redirect(&applied);
    Ok(())
}

/// What an upload of people was understood as, compared with what is stored; pages count from 1.
#[server(name = PeopleRead, prefix = "/api", endpoint = "import/people_read", input = GetUrl)]
pub async fn people_read(
    preview: Option<Uuid>,
    #[server(default)] page: u32,
    #[server(default)] problem_page: u32,
) -> Result<Option<ReadUpload<PeopleUnderstood>>, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ImportPeople)?;
    let Some(preview) = preview else {
        return Ok(None);
    };
    let state = crate::state::app_state()?;
    let (pool, today) = (&state.pool, state.clock.today());
    super::steps::people_read(pool, today, &access, preview, (page, problem_page))
        .await
        .map(Some)
}

/// Applies uploaded people and units, all or nothing; what is already so stays untouched.
#[server(name = ApplyPeople, prefix = "/api", endpoint = "import/apply_people")]
pub async fn apply_people(preview: Uuid) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ImportPeople)?;
    let state = crate::state::app_state()?;
    let (pool, today) = (&state.pool, state.clock.today());
    super::steps::apply_stored_people(pool, today, &access.actor, preview).await?;
    leptos_axum::redirect(&format!("/organisation/import?preview={preview}&done=1"));
    Ok(())
}
