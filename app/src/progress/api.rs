//! Server functions of the month.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use uuid::Uuid;

use super::wire::{AssignmentData, MonthData, Reported};
use crate::error::AppError;

/// Records progress on an own assignment.
#[server(name = Report, prefix = "/api", endpoint = "progress/report")]
pub async fn report(
    period: String,
    assignment: Uuid,
    quantity_done: String,
    work_day: String,
    #[server(default)] note: String,
    version: i32,
    key: Uuid,
) -> Result<Reported, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ReportProgress)?;
    let state = crate::state::app_state()?;
    let scene = super::steps::Scene::new(&access, state.clock.today(), &period, key)?;
    let report = super::steps::Report::read(assignment, &quantity_done, &work_day, &note, version)?;
    let written = super::steps::report(&state.pool, scene, &report).await;
    written.map_err(|error| error.typed_as("quantity_done", &quantity_done))
}

/// Delivers a quantity of an own assignment.
#[server(name = Deliver, prefix = "/api", endpoint = "progress/deliver")]
pub async fn deliver(
    period: String,
    assignment: Uuid,
    quantity: String,
    work_day: String,
    #[server(default)] note: String,
    key: Uuid,
) -> Result<(), AppError> {
    use crate::assignment::typed;
    let access = crate::auth::require(kpi::permission::Permission::Deliver)?;
    let state = crate::state::app_state()?;
    let scene = super::steps::Scene::new(&access, state.clock.today(), &period, key)?;
    let delivered = typed::number("quantity", &quantity)?;
    let work_day = typed::day("work_day", &work_day)?;
    let note = typed::text("note", &note, typed::LONGEST_TEXT)?;
    super::steps::deliver(&state.pool, scene, (assignment, delivered), work_day, &note)
        .await
        .map_err(|error| error.typed_as("quantity", &quantity))
}

/// Delivers a returned deliverable again.
#[server(name = Redeliver, prefix = "/api", endpoint = "progress/redeliver")]
pub async fn redeliver(
    period: String,
    deliverable: Uuid,
    work_day: String,
    #[server(default)] note: String,
    key: Uuid,
) -> Result<(), AppError> {
    use crate::assignment::typed;
    let access = crate::auth::require(kpi::permission::Permission::Deliver)?;
    let state = crate::state::app_state()?;
    let scene = super::steps::Scene::new(&access, state.clock.today(), &period, key)?;
    let work_day = typed::day("work_day", &work_day)?;
    let note = typed::text("note", &note, typed::LONGEST_TEXT)?;
    super::steps::redeliver(&state.pool, scene, deliverable, work_day, &note).await
}

/// Takes an own deliverable back before it was decided about.
#[server(name = Withdraw, prefix = "/api", endpoint = "progress/withdraw")]
pub async fn withdraw(period: String, deliverable: Uuid, key: Uuid) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::Deliver)?;
    let state = crate::state::app_state()?;
    let scene = super::steps::Scene::new(&access, state.clock.today(), &period, key)?;
    super::steps::withdraw(&state.pool, scene, deliverable).await
}

/// Asks the head to confirm an objective cause.
#[server(name = RequestCause, prefix = "/api", endpoint = "progress/request_cause")]
pub async fn request_cause(
    period: String,
    deliverable: Uuid,
    concerns: String,
    occurrences: String,
    reason: String,
    #[server(default)] evidence: String,
    key: Uuid,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::RequestCause)?;
    let state = crate::state::app_state()?;
    let scene = super::steps::Scene::new(&access, state.clock.today(), &period, key)?;
    let request =
        super::steps::CauseRequest::read(deliverable, &concerns, &occurrences, &reason, &evidence)?;
    super::steps::request_cause(&state.pool, scene, &request).await
}

/// The own month, or that of an officer within reach.
#[server(name = LoadMonth, prefix = "/api", endpoint = "progress/month", input = GetUrl)]
pub async fn load_month(
    period: String,
    #[server(default)] officer: Option<Uuid>,
) -> Result<MonthData, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ViewMonth)?;
    let state = crate::state::app_state()?;
    let today = state.clock.today();
    let period = period_or_current(&period, today)?;
    let officer = officer.map(kpi::ids::OfficerId);
    super::month::load(&state.pool, &access, today, period, officer).await
}

/// One assignment within reach, with its history.
#[server(name = LoadAssignment, prefix = "/api", endpoint = "progress/assignment", input = GetUrl)]
pub async fn load_assignment(period: String, assignment: Uuid) -> Result<AssignmentData, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ViewMonth)?;
    let state = crate::state::app_state()?;
    let period = crate::assignment::typed::period(&period)?;
    let today = state.clock.today();
    super::detail::load(&state.pool, &access, today, period, assignment).await
}

/// The month named, or the current one where none is.
#[cfg(feature = "ssr")]
fn period_or_current(
    named: &str,
    today: chrono::NaiveDate,
) -> Result<kpi::period::Period, AppError> {
    if named.is_empty() {
        kpi::period::Period::of(today).map_err(AppError::inner)
    } else {
        crate::assignment::typed::period(named)
    }
}

/// Adds a document's number or a link to an own assignment.
#[server(name = AddEvidence, prefix = "/api", endpoint = "progress/add_evidence")]
pub async fn add_evidence(
    period: String,
    assignment: Uuid,
    label: String,
    key: Uuid,
) -> Result<(), AppError> {
    use super::evidence::{steps, store::NewEvidence};
    let access = crate::auth::require(kpi::permission::Permission::AddEvidence)?;
    let state = crate::state::app_state()?;
    let scene = super::steps::Scene::new(&access, state.clock.today(), &period, key)?;
    let (kind, label) = steps::read_label(&label)?;
    let new = NewEvidence {
        kind,
        label: &label,
        file: None,
    };
    steps::add(&state.pool, scene, assignment, new).await
}

/// Removes an own piece of evidence.
#[server(name = RemoveEvidence, prefix = "/api", endpoint = "progress/remove_evidence")]
pub async fn remove_evidence(period: String, evidence: Uuid, key: Uuid) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::AddEvidence)?;
    let state = crate::state::app_state()?;
    let scene = super::steps::Scene::new(&access, state.clock.today(), &period, key)?;
    super::evidence::steps::remove(&state.pool, scene, evidence).await
}
