//! A file comes in as a plain form post, which needs no WASM, and goes out as an attachment.

use std::time::Duration;

use axum::extract::multipart::{Field, MultipartRejection};
use axum::extract::{DefaultBodyLimit, Extension, Multipart, Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use kpi::ids::OfficerId;
use kpi::permission::Permission;
use tokio::time::timeout;
use uuid::Uuid;

use super::file::{LARGEST, clean_name, disposition, media_type};
use super::store::NewEvidence;
use super::{steps, store};
use crate::assignment::typed;
use crate::auth::guard::failed;
use crate::auth::{Actor, check};
use crate::error::AppError;
use crate::progress::steps::Scene;
use crate::state::AppState;

/// So much of a body is read at most: a browser shows the answer only after its upload was taken.
const LARGEST_BODY: usize = 64 * 1024 * 1024;
/// Longest time an upload may take to arrive.
const LONGEST_UPLOAD: Duration = Duration::from_secs(120);

/// The routes of files.
pub fn routes() -> axum::Router<AppState> {
    axum::Router::new()
        .route("/evidence/{period}/{evidence}", get(download))
        .route(
            "/evidence/add/{period}/{assignment}",
            post(upload).layer(DefaultBodyLimit::max(LARGEST_BODY)),
        )
}

/// POST: adds a file to an own assignment and goes back to its page, which says what was refused.
async fn upload(
    State(state): State<AppState>,
    actor: Option<Extension<Actor>>,
    Path((period, assignment)): Path<(String, Uuid)>,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let (Ok(month), Some(Extension(actor))) = (typed::period(&period), actor) else {
        return failed(&AppError::NotFound);
    };
    let access = match check(actor, Permission::AddEvidence) {
        Ok(access) => access,
        Err(error) => return failed(&error),
    };
    let page = format!("/assignment/{month}/{assignment}");
    let taken = match form {
        Ok(form) => timeout(LONGEST_UPLOAD, take(form))
            .await
            .unwrap_or(Err(Refused::Lost)),
        Err(_) => Err(Refused::Missing),
    };
    let file = match taken {
        Ok(file) => file,
        Err(refused) => {
            return Redirect::to(&format!("{page}?file={}#evidence", refused.code()))
                .into_response();
        }
    };
    let scene = Scene {
        access: &access,
        today: state.clock.today(),
        period: month,
        key: file.key,
    };
    let new = NewEvidence {
        kind: "file",
        label: &file.name,
        file: Some((file.media, &file.content)),
    };
    match steps::add(&state.pool, scene, assignment, new).await {
        Ok(()) => Redirect::to(&format!("{page}#evidence")).into_response(),
        Err(AppError::Invalid { field, .. }) if field == "label" => {
            Redirect::to(&format!("{page}?file={}#evidence", Refused::TooMany.code()))
                .into_response()
        }
        Err(AppError::Invalid { .. }) => {
            Redirect::to(&format!("{page}?file={}#evidence", Refused::Closed.code()))
                .into_response()
        }
        Err(error) => failed(&error),
    }
}

/// Why a file was not taken; the page has the sentence for each code.
enum Refused {
    Missing,
    Empty,
    TooLarge,
    Type,
    Lost,
    TooMany,
    Closed,
}

impl Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Empty => "empty",
            Self::TooLarge => "large",
            Self::Type => "type",
            Self::Lost => "lost",
            Self::TooMany => "many",
            Self::Closed => "closed",
        }
    }
}

struct Taken {
    key: Uuid,
    name: String,
    media: &'static str,
    content: Vec<u8>,
}

/// Reads the fields `key` and `file`; what is too large is read to its end and thrown away.
async fn take(mut form: Multipart) -> Result<Taken, Refused> {
    let (mut key, mut file) = (None, None);
    while let Some(field) = form.next_field().await.map_err(|_| Refused::Lost)? {
        match field.name() {
            Some("key") => {
                let text = read(field, 64).await?;
                key = String::from_utf8(text)
                    .ok()
                    .and_then(|text| text.trim().parse().ok());
            }
            Some("file") => {
                let name = clean_name(field.file_name().unwrap_or_default());
                file = Some((name, read(field, LARGEST).await?));
            }
            _ => {}
        }
    }
    let (Some(key), Some((name, content))) = (key, file) else {
        return Err(Refused::Missing);
    };
    if content.is_empty() {
        return Err(Refused::Empty);
    }
    // The list of names of a large zip takes a core for a while: not on the threads that answer requests.
    let (content, media) = tokio::task::spawn_blocking(move || {
        let media = media_type(&content);
        (content, media)
    })
    .await
    .map_err(|_| Refused::Type)?;
    let media = media.ok_or(Refused::Type)?;
    Ok(Taken {
        key,
        name,
        media,
        content,
    })
}

async fn read(mut field: Field<'_>, most: usize) -> Result<Vec<u8>, Refused> {
    let mut content = Vec::new();
    let mut large = false;
    while let Some(chunk) = field.chunk().await.map_err(|_| Refused::TooLarge)? {
        large |= content.len() + chunk.len() > most;
        if !large {
            content.extend_from_slice(&chunk);
        }
    }
    if large {
        Err(Refused::TooLarge)
    } else {
        Ok(content)
    }
}

/// GET: a file within the reader's reach, to be kept, never to be shown inside this site.
async fn download(
    State(state): State<AppState>,
    actor: Option<Extension<Actor>>,
    Path((period, evidence)): Path<(String, Uuid)>,
) -> Response {
    match file(&state, actor, &period, evidence).await {
        Ok(answer) => answer,
        Err(error) => failed(&error),
    }
}

async fn file(
    state: &AppState,
    actor: Option<Extension<Actor>>,
    period: &str,
    evidence: Uuid,
) -> Result<Response, AppError> {
    let Extension(actor) = actor.ok_or(AppError::SignedOut)?;
    let access = check(actor, Permission::ViewEvidence)?;
    let period = period.parse().map_err(|_| AppError::NotFound)?;
    let file = store::find(&state.pool, access.actor.agency, period, evidence).await?;
    access.reach_person(OfficerId(file.officer), &file.path)?;
    access.viewed(&state.pool, [OfficerId(file.officer)], "evidence");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_str(&file.media)),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_str(&disposition(&file.label)),
        ),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            Ok(HeaderValue::from_static("nosniff")),
        ),
        (
            header::CONTENT_SECURITY_POLICY,
            Ok(HeaderValue::from_static("default-src 'none'; sandbox")),
        ),
    ];
    let mut answer = file.content.into_response();
    for (name, value) in headers {
        answer
            .headers_mut()
            .insert(name, value.map_err(AppError::inner)?);
    }
    Ok(answer)
}
