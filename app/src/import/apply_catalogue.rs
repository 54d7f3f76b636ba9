//! Makes a catalogue that was read a new draft version: all of it in one transaction, or nothing.
//! The page and the command line both come here.

use kpi::ids::{AccountId, AgencyId, CatalogueId};
use sqlx::PgPool;

use super::preview::{CataloguePreview, Problem};
use crate::audit;
use crate::catalogue::store::{self, Draft, DraftGroup, DraftProduct};
use crate::error::AppError;

/// Longest name of a version, in letters.
const LONGEST_NAME: usize = 120;

/// What became of a catalogue that was to be applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It is a new draft.
    Draft {
        /// Its id.
        catalogue: CatalogueId,
        /// Its version number.
        number: i32,
    },
    /// A version that is not superseded holds the same content: nothing was written.
    Unchanged {
        /// That version.
        catalogue: CatalogueId,
        /// Its number.
        number: i32,
    },
}

/// Stores what was read as a new draft; an approved version is never touched.
///
/// # Errors
/// `Invalid` on `preview` while an error remains; the database's failure. Nothing is stored then.
pub async fn apply_catalogue(
    pool: &PgPool,
    agency: AgencyId,
    actor: audit::Actor,
    file_name: &str,
    preview: &CataloguePreview,
) -> Result<Applied, AppError> {
    if !preview.can_apply() {
        return Err(refused(&preview.problems));
    }
    let mut db = pool.begin().await?;
    store::lock(&mut db, agency).await?;
    if let Some((catalogue, number)) = store::with_digest(&mut db, agency, &preview.digest).await? {
        return Ok(Applied::Unchanged { catalogue, number });
    }
    let draft = draft_of(preview, file_name, actor.account.map(AccountId));
    let (catalogue, number) = store::insert_draft(&mut db, agency, &draft).await?;
    let detail = serde_json::json!({
        "version": number, "products": draft.products.len(), "digest": draft.digest, "file": draft.name,
    });
    let subject = ("catalogue", Some(catalogue.0));
    audit::write(&mut db, agency, actor, "import_catalogue", subject, detail).await?;
    db.commit().await?;
    Ok(Applied::Draft { catalogue, number })
}

/// Why something with errors cannot be applied.
pub(super) fn refused(problems: &[Problem]) -> AppError {
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    let message = if errors == 0 {
        "Tệp không có dòng nào để áp dụng.".to_owned()
    } else {
        format!("Còn {errors} lỗi nên chưa áp dụng được. Hãy sửa trong tệp rồi tải lại.")
    };
    AppError::invalid("preview", message, "")
}

fn draft_of(preview: &CataloguePreview, file_name: &str, created_by: Option<AccountId>) -> Draft {
    let stem = file_name
        .rsplit_once('.')
        .map_or(file_name, |parts| parts.0);
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Draft {
        name: stem.chars().take(LONGEST_NAME).collect(),
        standard_points: preview.standard_points,
        standard_code: preview.standard().map(|product| product.code.clone()),
        digest: preview.digest.clone(),
        groups: preview
            .groups
            .iter()
            .map(|group| DraftGroup {
                code: group.code.clone(),
                min: group.min,
                max: group.max,
            })
            .collect(),
        products: preview
            .products
            .iter()
            .map(|product| DraftProduct {
                code: product.code.clone(),
                task: product.task.clone(),
                detail: product.detail.clone(),
                output: product.output.clone(),
                group: given(&product.group),
                points: product.points,
                coefficient: product.coefficient,
                unit_of_measure: product.unit_of_measure.clone(),
                unit_name: product.unit_name.clone(),
                note: product.note.clone(),
            })
            .collect(),
        created_by,
    }
}
