//! What the server functions of the import do with a stored preview.

use kpi::ids::CatalogueId;
use sqlx::PgPool;
use uuid::Uuid;

use super::api::{CatalogueUnderstood, ReadUpload, Upload};
use super::apply_catalogue::{Applied, apply_catalogue};
use super::preview::CataloguePreview;
use super::store::{self, CatalogueCut, Kind, parse};
use crate::auth::{Access, Actor};
use crate::catalogue::store::with_digest;
use crate::error::AppError;
use crate::format;

/// One page of what was understood of a catalogue, in two statements.
pub(super) async fn catalogue_read(
    pool: &PgPool,
    access: &Access,
    preview: Uuid,
    page: u32,
    problem_page: u32,
) -> Result<ReadUpload<CatalogueUnderstood>, AppError> {
    let agency = access.actor.agency;
    let cut = store::catalogue_cut(pool, agency, preview, page, problem_page).await?;
    let upload = Upload {
        preview,
        file_name: cut.file_name.clone(),
        uploaded: format::moment(cut.created_at),
    };
    if let Some(refusal) = cut.refusal {
        let content = Err(parse(refusal)?);
        return Ok(ReadUpload { upload, content });
    }
    let same_as = with_digest(&mut *pool.acquire().await?, agency, &cut.digest).await?;
    let content = Ok(understood(cut, same_as)?);
    Ok(ReadUpload { upload, content })
}

fn understood(
    cut: CatalogueCut,
    same_as: Option<(CatalogueId, i32)>,
) -> Result<CatalogueUnderstood, AppError> {
    let count = |number: i32| u32::try_from(number).unwrap_or_default();
    Ok(CatalogueUnderstood {
        sheets: parse(cut.sheets.unwrap_or_default())?,
        groups: parse(cut.groups.unwrap_or_default())?,
        standard: parse(cut.standard.unwrap_or_default())?,
        products: count(cut.products),
        problems: count(cut.problems),
        errors: count(cut.errors),
        rows: parse(cut.rows.unwrap_or_default())?,
        problem_rows: parse(cut.problem_rows.unwrap_or_default())?,
        same_as,
    })
}

/// Applies a stored catalogue and says where to go then.
pub(super) async fn apply_stored_catalogue(
    pool: &PgPool,
    actor: &Actor,
    preview: Uuid,
) -> Result<String, AppError> {
    let stored =
        store::preview::<CataloguePreview>(pool, actor.agency, Kind::Catalogue, preview).await?;
    let content = stored
        .content
        .map_err(|refusal| AppError::invalid("preview", refusal.to_string(), ""))?;
    let applied = apply_catalogue(
        pool,
        actor.agency,
        actor.audit(),
        &stored.file_name,
        &content,
    )
    .await?;
    Ok(match applied {
        Applied::Draft { catalogue, .. } => format!("/catalogue?version={catalogue}&done=imported"),
        Applied::Unchanged { catalogue, .. } => {
            format!("/catalogue?version={catalogue}&done=unchanged")
        }
    })
}
