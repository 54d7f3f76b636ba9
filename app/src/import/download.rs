//! Workbooks to download: a version of the catalogue, and the two templates. What is written here is read back by the
//! import as it was.

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kpi::ids::CatalogueId;
use kpi::permission::{Permission, granted};
use serde::Deserialize;
use uuid::Uuid;

use super::preview::Group;
use super::template::{ProductExport, catalogue_template, people_template};
use super::upload::allowed;
use super::{people_export, people_store};
use crate::auth::guard::failed;
use crate::auth::{Access, Actor};
use crate::catalogue::{Status, store};
use crate::error::AppError;
use crate::state::AppState;

/// Which version to download; the approved one without it.
#[derive(Deserialize)]
pub struct VersionQuery {
    version: Option<Uuid>,
}

/// GET /catalogue.xlsx: a version as a workbook; drafts for those who import only.
pub async fn catalogue(
    State(state): State<AppState>,
    actor: Option<Extension<Actor>>,
    Query(query): Query<VersionQuery>,
) -> Response {
    let made = match allowed(actor, Permission::ViewCatalogue) {
        Ok(access) => version_book(&state, &access, query.version.map(CatalogueId)).await,
        Err(error) => Err(error),
    };
    made.unwrap_or_else(|error| failed(&error))
}

async fn version_book(
    state: &AppState,
    access: &Access,
    asked: Option<CatalogueId>,
) -> Result<Response, AppError> {
    let agency = access.actor.agency;
    let may_import = granted(&access.actor.roles, Permission::ImportCatalogue).is_some();
    let versions = store::versions(&state.pool, agency, may_import).await?;
    let version = versions
        .iter()
        .find(|version| match asked {
            Some(asked) => version.catalogue == asked,
            None => version.status == Status::Approved,
        })
        .ok_or(AppError::NotFound)?;
    let products = store::whole(&state.pool, agency, version.catalogue).await?;
    let groups = store::groups(&state.pool, agency, version.catalogue).await?;
    let rows: Vec<ProductExport> = products
        .into_iter()
        .map(|product| ProductExport {
            code: product.code,
            unit_name: product.unit_name,
            task: product.task,
            detail: product.detail,
            output: product.output,
            unit_of_measure: product.unit_of_measure,
            group: product.group.unwrap_or_default(),
            points: product.points,
            coefficient: product.coefficient,
            note: product.note,
            is_standard: product.standard,
        })
        .collect();
    let groups: Vec<Group> = groups
        .into_iter()
        .map(|group| Group {
            code: group.code,
            min: group.min,
            max: group.max,
        })
        .collect();
    let name = format!("danh-muc-ban-{}.xlsx", version.number);
    made(&name, move || catalogue_template(&rows, &groups)).await
}

/// GET /template/catalogue.xlsx: the empty form of a catalogue.
pub async fn empty_catalogue(actor: Option<Extension<Actor>>) -> Response {
    let made = match allowed(actor, Permission::ImportCatalogue) {
        Ok(_) => made("mau-danh-muc.xlsx", || catalogue_template(&[], &[])).await,
        Err(error) => Err(error),
    };
    made.unwrap_or_else(|error| failed(&error))
}

/// GET /template/people.xlsx: people and units as they are now; without any it is the empty form.
pub async fn people(State(state): State<AppState>, actor: Option<Extension<Actor>>) -> Response {
    let made = match allowed(actor, Permission::ImportPeople) {
        Ok(access) => people_book(&state, &access).await,
        Err(error) => Err(error),
    };
    made.unwrap_or_else(|error| failed(&error))
}

async fn people_book(state: &AppState, access: &Access) -> Result<Response, AppError> {
    let today = state.clock.today();
    let mut db = state.pool.acquire().await?;
    let stored = people_store::load(&mut db, access.actor.agency, today).await?;
    drop(db);
    let (people, units) = people_export::rows(&stored, today);
    made("can-bo-don-vi.xlsx", move || {
        people_template(&people, &units)
    })
    .await
}

/// Writes a workbook off the async threads and answers with it as an attachment.
pub(super) async fn made(
    name: &str,
    write: impl FnOnce() -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> + Send + 'static,
) -> Result<Response, AppError> {
    let bytes = tokio::task::spawn_blocking(write)
        .await
        .map_err(AppError::inner)?
        .map_err(AppError::inner)?;
    let headers = [
        (
            header::CONTENT_TYPE,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned(),
        ),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    Ok((headers, bytes).into_response())
}
