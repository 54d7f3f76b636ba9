//! SQL of previews: what an upload was understood as waits here until it is applied or a day has passed.

use chrono::{DateTime, Utc};
use kpi::ids::{AccountId, AgencyId};
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::PgPool;
use uuid::Uuid;

use super::preview::Refusal;
use crate::error::AppError;

/// Rows of a table that are shown at once.
pub const PAGE: u32 = 100;

/// Which import a preview belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A catalogue of products.
    Catalogue,
    /// People and units.
    People,
}

impl Kind {
    /// As the database writes it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Catalogue => "catalogue",
            Self::People => "people",
        }
    }
}

/// What an upload was understood as.
pub struct NewPreview {
    /// Which import.
    pub kind: Kind,
    /// Name of the uploaded file, cleaned.
    pub file_name: String,
    /// The preview as JSON with its digest, or why the file was refused.
    pub content: Result<(Value, String), Refusal>,
    /// Who uploaded it.
    pub created_by: AccountId,
}

/// Keeps a preview for a day and forgets older ones of the agency.
///
/// # Errors
/// The database's failure.
pub async fn insert_preview(
    pool: &PgPool,
    agency: AgencyId,
    preview: NewPreview,
) -> Result<Uuid, AppError> {
    let id = Uuid::now_v7();
    let (content, refusal, digest) = match preview.content {
        Ok((content, digest)) => (Some(content), None, digest),
        Err(refusal) => {
            let refusal = serde_json::to_value(refusal).map_err(AppError::inner)?;
            (None, Some(refusal), String::new())
        }
    };
    sqlx::query!(
        "with old as (
            delete from import_preview where agency_id = $1 and created_at < now() - interval '1 day'
         )
         insert into import_preview (agency_id, preview_id, kind, file_name, content, refusal, digest, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        agency.0,
        id,
        preview.kind.code(),
        preview.file_name,
        content,
        refusal,
        digest,
        preview.created_by.0
    )
    .execute(pool)
    .await?;
    Ok(id)
}

/// A preview read back whole.
pub struct Stored<T> {
    /// Name of the uploaded file.
    pub file_name: String,
    /// When it was uploaded.
    pub created_at: DateTime<Utc>,
    /// What was read, or why the file was refused.
    pub content: Result<T, Refusal>,
}

/// A preview with all its rows.
///
/// # Errors
/// `NotFound` when the agency has no such preview (any more); the database's failure.
pub async fn preview<T: DeserializeOwned>(
    pool: &PgPool,
    agency: AgencyId,
    kind: Kind,
    id: Uuid,
) -> Result<Stored<T>, AppError> {
    let row = sqlx::query!(
        "select file_name, created_at, content, refusal from import_preview
         where agency_id = $1 and preview_id = $2 and kind = $3",
        agency.0,
        id,
        kind.code()
    )
    .fetch_one(pool)
    .await?;
    let content = match (row.content, row.refusal) {
        (Some(content), _) => Ok(parse(content)?),
        (None, refusal) => Err(parse(refusal.unwrap_or_default())?),
    };
    Ok(Stored {
        file_name: row.file_name,
        created_at: row.created_at,
        content,
    })
}

pub(super) fn parse<T: DeserializeOwned>(value: Value) -> Result<T, AppError> {
    serde_json::from_value(value).map_err(AppError::inner)
}

/// One page of a catalogue's preview; the database cuts it, so that a large file is not read whole for a hundred rows.
pub struct CatalogueCut {
    /// Name of the uploaded file.
    pub file_name: String,
    /// When it was uploaded.
    pub created_at: DateTime<Utc>,
    /// Why the file was refused; JSON of `Refusal`.
    pub refusal: Option<Value>,
    /// SHA-256 of the content; empty when refused.
    pub digest: String,
    /// JSON of the sheets.
    pub sheets: Option<Value>,
    /// JSON of the groups.
    pub groups: Option<Value>,
    /// JSON of the standard product; null without one.
    pub standard: Option<Value>,
    /// Products in all.
    pub products: i32,
    /// Problems in all.
    pub problems: i32,
    /// Problems that stop applying.
    pub errors: i32,
    /// JSON of one page of products.
    pub rows: Option<Value>,
    /// JSON of one page of problems.
    pub problem_rows: Option<Value>,
}

/// One page (from 1) of products and one of problems of a catalogue's preview.
///
/// # Errors
/// As [`preview`].
pub async fn catalogue_cut(
    pool: &PgPool,
    agency: AgencyId,
    id: Uuid,
    page: u32,
    problem_page: u32,
) -> Result<CatalogueCut, AppError> {
    let (from, to) = span(page);
    let (problem_from, problem_to) = span(problem_page);
    Ok(sqlx::query_as!(
        CatalogueCut,
        r#"select file_name, created_at, refusal, digest,
            content -> 'sheets' as sheets, content -> 'groups' as groups,
            content -> 'products' -> (content ->> 'standard_index')::int as standard,
            coalesce(jsonb_array_length(content -> 'products'), 0) as "products!",
            coalesce(jsonb_array_length(content -> 'problems'), 0) as "problems!",
            coalesce(jsonb_array_length(jsonb_path_query_array(content, '$.problems[*] ? (@.severity == "error")')), 0) as "errors!",
            jsonb_path_query_array(content, '$.products[$from to $to]', jsonb_build_object('from', $3::int, 'to', $4::int)) as rows,
            jsonb_path_query_array(content, '$.problems[$from to $to]', jsonb_build_object('from', $5::int, 'to', $6::int)) as problem_rows
           from import_preview where agency_id = $1 and preview_id = $2 and kind = 'catalogue'"#,
        agency.0,
        id,
        from,
        to,
        problem_from,
        problem_to
    )
    .fetch_one(pool)
    .await?)
}

/// First and last place (from 0) of a page (from 1).
fn span(page: u32) -> (i32, i32) {
    let first = page.max(1).saturating_sub(1).saturating_mul(PAGE);
    let last = first.saturating_add(PAGE - 1);
    (
        i32::try_from(first).unwrap_or(i32::MAX),
        i32::try_from(last).unwrap_or(i32::MAX),
    )
}

/// Agencies with their codes, for the command line; at most 50.
///
/// # Errors
/// The database's failure.
pub async fn agencies(pool: &PgPool) -> Result<Vec<(AgencyId, String)>, AppError> {
    let rows = sqlx::query!("select agency_id, code from agency order by code limit 50")
        .fetch_all(pool)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (AgencyId(row.agency_id), row.code))
        .collect())
}
