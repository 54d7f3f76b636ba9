//! Server functions of the import: showing what an upload was understood as, applying it.

use kpi::ids::CatalogueId;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::preview::{Group, Problem, ProductRow, Refusal, SheetSummary};
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
