//! Uploads of workbooks as plain form posts: they work without WASM and stream past the server functions' small limit.
//! An upload only makes a preview; nothing else is written.

use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use axum::Extension;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kpi::permission::Permission;
use serde::Serialize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::catalogue_sheet::read_catalogue;
use super::people_sheet::read_people;
use super::preview::Refusal;
use super::store::{Kind, NewPreview, insert_preview};
use super::words::{clean, one_line};
use crate::auth::guard::failed;
use crate::auth::{Access, Actor, check};
use crate::error::AppError;
use crate::state::AppState;

/// Largest file, in bytes; the same limit stands in `workbook::Limits`.
const LARGEST_FILE: usize = 20 * 1024 * 1024;
/// So much of a body is read at most: a browser shows the answer only after its upload was taken, so a file that is too
/// large is read to its end, and thrown away, up to here.
pub const LARGEST_BODY: usize = 64 * 1024 * 1024;
/// Longest time an upload may take to arrive.
const LONGEST_UPLOAD: Duration = Duration::from_secs(120);
/// Longest time a file is parsed.
const LONGEST_PARSE: Duration = Duration::from_secs(10);
/// Longest wait for one of the places to parse.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// Longest file name that is kept, in letters.
const LONGEST_NAME: usize = 150;

/// Places to parse: a hostile file takes a core for ten seconds, and sign-in shall not wait for it.
static PLACES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(2)));

/// POST /import/catalogue: makes a preview and shows it.
pub async fn catalogue(
    State(state): State<AppState>,
    actor: Option<Extension<Actor>>,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let access = match allowed(actor, Permission::ImportCatalogue) {
        Ok(access) => access,
        Err(error) => return failed(&error),
    };
    let read = |bytes: &[u8], deadline| {
        let preview = read_catalogue(bytes, deadline)?;
        let digest = preview.digest.clone();
        Ok((preview, digest))
    };
    match take(&state, &access, Kind::Catalogue, form, read).await {
        Ok(id) => Redirect::to(&format!("/catalogue/import?preview={id}")).into_response(),
        Err(error) => failed(&error),
    }
}

/// POST /import/people: makes a preview and shows it.
pub async fn people(
    State(state): State<AppState>,
    actor: Option<Extension<Actor>>,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let access = match allowed(actor, Permission::ImportPeople) {
        Ok(access) => access,
        Err(error) => return failed(&error),
    };
    let read = |bytes: &[u8], deadline| {
        let preview = read_people(bytes, deadline)?;
        let digest = preview.digest.clone();
        Ok((preview, digest))
    };
    match take(&state, &access, Kind::People, form, read).await {
        Ok(id) => Redirect::to(&format!("/organisation/import?preview={id}")).into_response(),
        Err(error) => failed(&error),
    }
}

pub(super) fn allowed(
    actor: Option<Extension<Actor>>,
    permission: Permission,
) -> Result<Access, AppError> {
    let Extension(actor) = actor.ok_or(AppError::SignedOut)?;
    check(actor, permission)
}

async fn take<T, R>(
    state: &AppState,
    access: &Access,
    kind: Kind,
    form: Result<Multipart, MultipartRejection>,
    read: R,
) -> Result<uuid::Uuid, AppError>
where
    T: Serialize + Send + 'static,
    R: FnOnce(&[u8], Instant) -> Result<(T, String), Refusal> + Send + 'static,
{
    let form =
        form.map_err(|_| AppError::invalid("file", "Hãy chọn một tệp .xlsx rồi tải lên.", ""))?;
    let (file_name, bytes) = timeout(LONGEST_UPLOAD, file(form))
        .await
        .unwrap_or((String::new(), Err(Refusal::OutOfTime)));
    let content = match bytes {
        Ok(bytes) => parse(bytes, read).await?,
        Err(refusal) => Err(refusal),
    };
    let preview = NewPreview {
        kind,
        file_name,
        content,
        created_by: access.actor.account,
    };
    insert_preview(&state.pool, access.actor.agency, preview).await
}

/// The uploaded file and its name.
async fn file(mut form: Multipart) -> (String, Result<Vec<u8>, Refusal>) {
    let broken = || Refusal::Damaged {
        part: "nội dung tải lên bị ngắt giữa chừng".to_owned(),
    };
    loop {
        let mut field = match form.next_field().await {
            Ok(Some(field)) if field.name() == Some("file") => field,
            Ok(Some(_)) => continue,
            Ok(None) => return (String::new(), Err(Refusal::Empty)),
            Err(error) => return (String::new(), Err(lost(&error, LARGEST_BODY, broken))),
        };
        let name = one_line(&clean(field.file_name().unwrap_or_default()));
        // Some browsers send the whole path.
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let name: String = name.chars().take(LONGEST_NAME).collect();
        let mut bytes = Vec::new();
        let mut size = 0_usize;
        loop {
            match field.chunk().await {
                Ok(Some(chunk)) => {
                    size = size.saturating_add(chunk.len());
                    if size <= LARGEST_FILE {
                        bytes.extend_from_slice(&chunk);
                    } else {
                        bytes = Vec::new();
                    }
                }
                Ok(None) => break,
                Err(error) => return (name, Err(lost(&error, size, broken))),
            }
        }
        if size > LARGEST_FILE {
            return (name, Err(too_big(size)));
        }
        return (name, Ok(bytes));
    }
}

/// Why the rest of an upload could not be read.
fn lost(
    error: &axum::extract::multipart::MultipartError,
    size: usize,
    broken: impl Fn() -> Refusal,
) -> Refusal {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        too_big(size.max(LARGEST_BODY))
    } else {
        broken()
    }
}

fn too_big(size: usize) -> Refusal {
    let megabytes = |bytes: usize| u64::try_from(bytes.div_ceil(1024 * 1024)).unwrap_or(u64::MAX);
    Refusal::TooBig {
        size_mb: megabytes(size),
        limit_mb: megabytes(LARGEST_FILE),
    }
}

/// Parses off the async threads, at one of few places, within its time.
async fn parse<T, R>(
    bytes: Vec<u8>,
    read: R,
) -> Result<Result<(serde_json::Value, String), Refusal>, AppError>
where
    T: Serialize + Send + 'static,
    R: FnOnce(&[u8], Instant) -> Result<(T, String), Refusal> + Send + 'static,
{
    let place = match timeout(LONGEST_WAIT, Arc::clone(&PLACES).acquire_owned()).await {
        Ok(place) => place.map_err(AppError::inner)?,
        Err(_) => return Ok(Err(Refusal::OutOfTime)),
    };
    let work = tokio::task::spawn_blocking(move || parse_at(place, &bytes, read));
    // The reader keeps the deadline itself; this one is for a step in it that does not look at the clock.
    match timeout(LONGEST_PARSE + Duration::from_secs(2), work).await {
        Ok(done) => done.map_err(AppError::inner)?,
        Err(_) => Ok(Err(Refusal::OutOfTime)),
    }
}

/// Holds the place as long as the work really takes, even when nobody waits for it any more.
fn parse_at<T: Serialize, R>(
    _place: OwnedSemaphorePermit,
    bytes: &[u8],
    read: R,
) -> Result<Result<(serde_json::Value, String), Refusal>, AppError>
where
    R: FnOnce(&[u8], Instant) -> Result<(T, String), Refusal>,
{
    match read(bytes, Instant::now() + LONGEST_PARSE) {
        Ok((preview, digest)) => {
            let content = serde_json::to_value(preview).map_err(AppError::inner)?;
            Ok(Ok((content, digest)))
        }
        Err(refusal) => Ok(Err(refusal)),
    }
}
