//! What the server functions of the import do with a stored preview.

use chrono::NaiveDate;
use kpi::ids::CatalogueId;
use sqlx::PgPool;
use uuid::Uuid;

use super::api::{CatalogueUnderstood, Change, Counts, PeopleUnderstood, ReadUpload, Upload};
use super::apply_catalogue::{Applied, apply_catalogue};
use super::apply_people::{PeopleApplied, apply_people};
use super::people_plan::{plan, since};
use super::people_store;
use super::preview::{CataloguePreview, PeoplePreview, Problem};
use super::store::{self, CatalogueCut, Kind, PAGE, parse};
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

/// One page of what was understood of people, compared with what is stored, in three statements.
pub(super) async fn people_read(
    pool: &PgPool,
    today: NaiveDate,
    access: &Access,
    preview: Uuid,
    pages: (u32, u32),
) -> Result<ReadUpload<PeopleUnderstood>, AppError> {
    let agency = access.actor.agency;
    let stored = store::preview::<PeoplePreview>(pool, agency, Kind::People, preview).await?;
    let upload = Upload {
        preview,
        file_name: stored.file_name,
        uploaded: format::moment(stored.created_at),
    };
    let content = match stored.content {
        Err(refusal) => {
            let content = Err(refusal);
            return Ok(ReadUpload { upload, content });
        }
        Ok(content) => content,
    };
    let mut db = pool.acquire().await?;
    let there = people_store::load(&mut db, agency, since(&content, today)).await?;
    let plan = plan(&content, &there, today);
    let errors = plan.problems.iter().filter(|problem| problem.is_error());
    let understood = PeopleUnderstood {
        sheets: content.sheets,
        unit_counts: Counts::of(plan.units.iter().map(|unit| unit.change)),
        people_counts: Counts::of(plan.people.iter().map(|person| person.change)),
        problems: wide(plan.problems.len()),
        errors: wide(errors.count()),
        unchanged: plan.acts.is_empty(),
        unit_rows: plan
            .units
            .into_iter()
            .filter(|unit| unit.change != Change::Same)
            .take(usize::try_from(PAGE).unwrap_or_default())
            .collect(),
        rows: cut(plan.people, pages.0),
        problem_rows: cut::<Problem>(plan.problems, pages.1),
    };
    let content = Ok(understood);
    Ok(ReadUpload { upload, content })
}

fn wide(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// One page (from 1) of rows.
fn cut<T>(rows: Vec<T>, page: u32) -> Vec<T> {
    let size = usize::try_from(PAGE).unwrap_or_default();
    let page = usize::try_from(page.max(1) - 1).unwrap_or_default();
    rows.into_iter()
        .skip(page.saturating_mul(size))
        .take(size)
        .collect()
}

/// Applies stored people.
pub(super) async fn apply_stored_people(
    pool: &PgPool,
    today: NaiveDate,
    actor: &Actor,
    preview: Uuid,
) -> Result<PeopleApplied, AppError> {
    let stored = store::preview::<PeoplePreview>(pool, actor.agency, Kind::People, preview).await?;
    let content = stored
        .content
        .map_err(|refusal| AppError::invalid("preview", refusal.to_string(), ""))?;
    apply_people(pool, actor.agency, actor.audit(), today, &content).await
}
