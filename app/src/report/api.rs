//! Server functions of prints, and the types on the wire.

use kpi::period::Period;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::AppError;

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum JobState {
    /// Not begun.
    Waiting,
    /// A server prints it.
    Running,
    /// Its file can be downloaded.
    Done,
    /// It could not be done.
    Failed,
    /// Somebody stopped it.
    Cancelled,
    /// Its file was kept long enough.
    Removed,
}

impl JobState {
    /// In words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Waiting => "đang chờ",
            Self::Running => "đang in",
            Self::Done => "đã xong",
            Self::Failed => "không in được",
            Self::Cancelled => "đã dừng",
            Self::Removed => "đã hết hạn giữ",
        }
    }

    /// Whether it may still be stopped.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Running)
    }
}

/// A job in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobView {
    /// Its id.
    pub job: Uuid,
    /// "Mẫu số 01, tháng 11/2026".
    pub what: String,
    /// pdf or zip.
    pub pack: String,
    /// How far it is.
    pub state: JobState,
    /// People in it; 0 before it began.
    pub total: u32,
    /// People printed.
    pub done: u32,
    /// Who asked.
    pub by: String,
    /// When, as text.
    pub at: String,
    /// The day until which its file is kept, once it ended.
    pub until: Option<String>,
    /// Why it could not be done; empty otherwise.
    pub error: String,
    /// Size of its file in kB.
    pub kilobytes: i64,
}

/// The page of jobs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportView {
    /// The current month.
    pub period: Period,
    /// The visitor, whose page moves with his jobs.
    pub me: Option<Uuid>,
    /// Days that a file is kept.
    pub kept: i32,
    /// Jobs, newest first.
    pub jobs: Vec<JobView>,
}

/// Whether a paper still says what its record says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// Word for word.
    Current,
    /// The record moved on.
    Outdated,
}

/// What a code leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookupView {
    /// The code, with its dash.
    pub code: String,
    /// What was printed.
    pub what: String,
    /// Who printed it.
    pub by: String,
    /// When, as text.
    pub at: String,
    /// Ending of the file.
    pub format: String,
    /// SHA-256 of the file.
    pub hash: String,
    /// The page of the record.
    pub record: String,
    /// Whether the record still says the same.
    pub standing: Standing,
}

/// The jobs of the agency.
#[server(name = LoadReports, prefix = "/api", endpoint = "report/jobs", input = GetUrl)]
pub async fn load_reports() -> Result<ReportView, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::PrintAgency)?;
    let state = crate::state::app_state()?;
    super::job::load(&state.pool, &access, state.clock.today()).await
}

/// Prints everybody's sheets of a month ("2026-11") or year ("2026"), as one PDF or one archive.
#[server(name = AskReport, prefix = "/api", endpoint = "report/ask")]
pub async fn ask_report(time: String, pack: String) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::PrintAgency)?;
    let state = crate::state::app_state()?;
    super::job::ask(&state.pool, &access, state.clock.today(), (&time, &pack)).await?;
    leptos_axum::redirect("/report");
    Ok(())
}

/// Stops a job.
#[server(name = CancelReport, prefix = "/api", endpoint = "report/cancel")]
pub async fn cancel_report(job: Uuid) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::PrintAgency)?;
    let pool = crate::state::app_state()?.pool;
    super::job::cancel(&pool, &access, job).await
}

/// What a code on a paper leads to.
#[server(name = LookUpPrint, prefix = "/api", endpoint = "report/lookup", input = GetUrl)]
pub async fn look_up(code: String) -> Result<LookupView, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::SignedIn)?;
    let state = crate::state::app_state()?;
    super::lookup::look_up(&state.pool, &access, state.clock.today(), &code).await
}
