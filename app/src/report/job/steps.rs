//! What people do with jobs: ask, look, stop, download.

use axum::extract::{Extension, Path, State};
use axum::response::Response;
use chrono::NaiveDate;
use kpi::period::{Period, PeriodError};
use kpi::permission::Permission;
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

use super::store::{self, JobRow};
use super::worker::KEPT;
use crate::audit;
use crate::auth::guard::failed;
use crate::auth::{Access, Actor, check};
use crate::error::AppError;
use crate::format::{moment, vietnam};
use crate::report::api::{JobState, JobView, ReportView};
use crate::report::handler::attachment;
use crate::state::AppState;

/// Puts a job into the queue: everybody's Mẫu số 01 of a month ("2026-11") or Mẫu số 02 of a year ("2026").
///
/// # Errors
/// `Invalid` for another time or pack, or while the same job waits or runs; the database's failure.
pub async fn ask(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (time, pack): (&str, &str),
) -> Result<(), AppError> {
    if !["pdf", "zip"].contains(&pack) {
        return Err(AppError::invalid(
            "pack",
            "Hãy chọn một tệp PDF hoặc một tệp nén ZIP.",
            "",
        ));
    }
    let typed: String = time.trim().chars().take(40).collect();
    let wanted = if let Ok(year) = typed.parse::<i32>() {
        let this = today.format("%Y").to_string().parse().unwrap_or(year);
        if !(2000..=this).contains(&year) {
            let message = format!("Năm phải từ 2000 đến {this}.");
            return Err(AppError::invalid("time", message, typed));
        }
        (None, Some(year))
    } else {
        let period: Period = typed
            .parse()
            .map_err(|error: PeriodError| AppError::invalid("time", error.to_string(), &typed))?;
        if period.first_day() > today {
            let message = "Tháng này chưa đến, nên chưa có phiếu nào để in.";
            return Err(AppError::invalid("time", message, typed));
        }
        (Some(period.first_day()), None)
    };
    let job = Uuid::now_v7();
    let mut db = pool.begin().await?;
    if !store::add(&mut db, access, job, wanted, pack).await? {
        let message = "Việc in này đang chờ hoặc đang chạy; xem trong danh sách bên dưới.";
        return Err(AppError::invalid("time", message, typed));
    }
    let detail = json!({ "time": typed, "pack": pack });
    let subject = ("report_job", Some(job));
    audit::write(
        &mut db,
        access.actor.agency,
        access.actor.audit(),
        "report.ask",
        subject,
        detail,
    )
    .await?;
    db.commit().await?;
    Ok(())
}

/// Stops a job that waits or runs.
///
/// # Errors
/// `NotFound` for one that ended; the database's failure.
pub async fn cancel(pool: &PgPool, access: &Access, job: Uuid) -> Result<(), AppError> {
    let mut db = pool.begin().await?;
    if !store::cancel(&mut db, access.actor.agency, job).await? {
        return Err(AppError::NotFound);
    }
    let subject = ("report_job", Some(job));
    audit::write(
        &mut db,
        access.actor.agency,
        access.actor.audit(),
        "report.cancel",
        subject,
        json!({}),
    )
    .await?;
    db.commit().await?;
    Ok(())
}

/// The latest jobs.
///
/// # Errors
/// The database's failure.
pub async fn load(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
) -> Result<ReportView, AppError> {
    let jobs = store::latest(pool, access.actor.agency).await?;
    Ok(ReportView {
        period: Period::of(today).map_err(AppError::inner)?,
        me: access.actor.officer.map(|me| me.0),
        kept: KEPT,
        jobs: jobs.into_iter().map(view).collect::<Result<_, _>>()?,
    })
}

fn view(row: JobRow) -> Result<JobView, AppError> {
    let period = row
        .period
        .map(Period::of)
        .transpose()
        .map_err(AppError::inner)?;
    let what = match (period, row.year) {
        (Some(period), _) => format!("Mẫu số 01, {}", period.label().to_lowercase()),
        (None, Some(year)) => format!("Mẫu số 02, năm {year}"),
        (None, None) => String::new(),
    };
    let state = match row.status.as_str() {
        "waiting" => JobState::Waiting,
        "running" => JobState::Running,
        "done" => JobState::Done,
        "failed" => JobState::Failed,
        "cancelled" => JobState::Cancelled,
        _ => JobState::Removed,
    };
    Ok(JobView {
        job: row.job,
        what,
        pack: row.pack,
        state,
        total: u32::try_from(row.total).unwrap_or(0),
        done: u32::try_from(row.done).unwrap_or(0),
        by: row.by,
        at: moment(row.at),
        until: row.finished.map(|at| {
            let until = vietnam(at).date() + chrono::Days::new(KEPT.unsigned_abs().into());
            crate::format::day(until)
        }),
        error: row.error.unwrap_or_default(),
        kilobytes: row.size / 1000,
    })
}

/// `GET /report/job/{id}.{pdf|zip}`: the file of a finished job.
pub async fn download(
    State(state): State<AppState>,
    actor: Option<Extension<Actor>>,
    Path(file): Path<String>,
) -> Response {
    match answer(&state, actor, &file).await {
        Ok(answer) => answer,
        Err(error) => failed(&error),
    }
}

async fn answer(
    state: &AppState,
    actor: Option<Extension<Actor>>,
    file: &str,
) -> Result<Response, AppError> {
    let Extension(actor) = actor.ok_or(AppError::SignedOut)?;
    let access = check(actor, Permission::PrintAgency)?;
    let id = file.split('.').next().unwrap_or_default();
    let job = id.parse().map_err(|_| AppError::NotFound)?;
    let (row, content) = store::file(&state.pool, access.actor.agency, job).await?;
    let time = row.period.map_or_else(
        || row.year.unwrap_or_default().to_string(),
        |period| period.format("%Y-%m").to_string(),
    );
    let form = if row.year.is_some() {
        "mau-so-02"
    } else {
        "mau-so-01"
    };
    let (media, ending) = if row.pack == "zip" {
        ("application/zip", "zip")
    } else {
        ("application/pdf", "pdf")
    };
    Ok(attachment(
        media,
        &format!("{form}-toan-co-quan-{time}.{ending}"),
        content,
    ))
}
