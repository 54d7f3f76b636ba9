//! `GET /report/…`: a record as a file to keep. Each route opens with the permission that opens the record's page.

use axum::Router;
use axum::extract::{Extension, Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use forms::Format;
use kpi::ids::{OfficerId, UnitId};
use kpi::period::Period;
use uuid::Uuid;

use super::compose::compose;
use super::{Paper, job, print};
use crate::auth::guard::failed;
use crate::auth::{Actor, check};
use crate::error::AppError;
use crate::state::AppState;

/// The routes of files.
pub fn routes() -> Router<AppState> {
    type Asked = Path<(String, String)>;
    type Who = Option<Extension<Actor>>;
    Router::new()
        .route(
            "/report/sheet/{period}/{file}",
            get(
                async |state: State<AppState>, who: Who, Path((period, file)): Asked| {
                    let paper = of_month(&period, &file, |period, id| {
                        Paper::Sheet(period, OfficerId(id))
                    });
                    answer(state, who, paper).await
                },
            ),
        )
        .route(
            "/report/trace/{period}/{file}",
            get(
                async |state: State<AppState>, who: Who, Path((period, file)): Asked| {
                    let paper = of_month(&period, &file, |period, id| {
                        Paper::Trace(period, OfficerId(id))
                    });
                    answer(state, who, paper).await
                },
            ),
        )
        .route(
            "/report/unit/{period}/{file}",
            get(
                async |state: State<AppState>, who: Who, Path((period, file)): Asked| {
                    let paper =
                        of_month(&period, &file, |period, id| Paper::Unit(period, UnitId(id)));
                    answer(state, who, paper).await
                },
            ),
        )
        .route(
            "/report/unit-sheets/{period}/{file}",
            get(
                async |state: State<AppState>, who: Who, Path((period, file)): Asked| {
                    let paper = of_month(&period, &file, |period, id| {
                        Paper::UnitSheets(period, UnitId(id))
                    });
                    answer(state, who, paper).await
                },
            ),
        )
        .route(
            "/report/year-sheet/{year}/{file}",
            get(
                async |state: State<AppState>, who: Who, Path((year, file)): Asked| {
                    let year = year.parse().map_err(|_| AppError::NotFound);
                    let paper = year.and_then(|year| {
                        let (id, format) = named(&file)?;
                        Ok((Paper::YearSheet(year, OfficerId(id)), format))
                    });
                    answer(state, who, paper).await
                },
            ),
        )
        .route(
            "/report/minutes/{file}",
            get(
                async |state: State<AppState>, who: Who, Path(file): Path<String>| {
                    let paper = named(&file).map(|(id, format)| (Paper::Minutes(id), format));
                    answer(state, who, paper).await
                },
            ),
        )
        .route(
            "/report/notice/{file}",
            get(
                async |state: State<AppState>, who: Who, Path(file): Path<String>| {
                    let paper = named(&file).map(|(id, format)| (Paper::Notice(id), format));
                    answer(state, who, paper).await
                },
            ),
        )
        .route("/report/job/{file}", get(job::download))
}

/// "01890a5d-….pdf": an id and the ending of a known kind of file.
fn named(file: &str) -> Result<(Uuid, Format), AppError> {
    let (id, ending) = file.rsplit_once('.').ok_or(AppError::NotFound)?;
    let format = match ending {
        "pdf" => Format::Pdf,
        "docx" => Format::Docx,
        "xlsx" => Format::Xlsx,
        _ => return Err(AppError::NotFound),
    };
    Ok((id.parse().map_err(|_| AppError::NotFound)?, format))
}

fn of_month(
    period: &str,
    file: &str,
    paper: fn(Period, Uuid) -> Paper,
) -> Result<(Paper, Format), AppError> {
    let period = period.parse().map_err(|_| AppError::NotFound)?;
    let (id, format) = named(file)?;
    Ok((paper(period, id), format))
}

async fn answer(
    State(state): State<AppState>,
    actor: Option<Extension<Actor>>,
    asked: Result<(Paper, Format), AppError>,
) -> Response {
    match file(&state, actor, asked).await {
        Ok(answer) => answer,
        Err(error) => failed(&error),
    }
}

async fn file(
    state: &AppState,
    actor: Option<Extension<Actor>>,
    asked: Result<(Paper, Format), AppError>,
) -> Result<Response, AppError> {
    let Extension(actor) = actor.ok_or(AppError::SignedOut)?;
    let (paper, format) = asked?;
    let access = check(actor, paper.permission())?;
    let composed = compose(&state.pool, &access, state.clock.today(), paper).await?;
    let content = print::print(&state.pool, &access, paper, composed, format).await?;
    let (media, ending) = match format {
        Format::Pdf => ("application/pdf", "pdf"),
        Format::Docx => (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "docx",
        ),
        Format::Xlsx => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
        ),
        Format::Zip => ("application/zip", "zip"),
    };
    Ok(attachment(
        media,
        &format!("{}.{ending}", paper.file_name()),
        content,
    ))
}

/// A file to be kept, never to be shown inside this site.
pub(super) fn attachment(media: &'static str, name: &str, content: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, content).into_response()
}
