//! Server functions of assigning work, and what they send.

use chrono::NaiveDate;
use kpi::period::Period;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::AppError;

/// What the page of assigning needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AssignData {
    /// The month.
    pub period: Period,
    /// "Tháng 11/2026".
    pub period_label: String,
    /// First and last day of the month.
    pub days: (NaiveDate, NaiveDate),
    /// The month takes no more work.
    pub closed: bool,
    /// Units of the people below, with their names.
    pub units: Vec<(Uuid, String)>,
    /// People whose direct superior the reader is, of the chosen unit or of all.
    pub people: Vec<Person>,
    /// Products of the approved catalogue.
    pub products: Vec<Choice>,
    /// Key of the next form.
    pub key: Uuid,
}

/// Somebody to whom work can be assigned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// The officer.
    pub officer: Uuid,
    /// Full name.
    pub name: String,
    /// Title and unit.
    pub post: String,
    /// Active assignments of the month.
    pub assignments: i32,
    /// Converted assigned quantity of the month.
    pub assigned: Decimal,
}

/// A product that can be assigned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// The product.
    pub product: Uuid,
    /// Its complexity group.
    pub group: String,
    /// Code and name with the coefficient.
    pub text: String,
}

/// People, products and the key of the form; `unit` narrows the people to one unit.
#[server(name = LoadAssign, prefix = "/api", endpoint = "assignment/load", input = GetUrl)]
pub async fn load_assign(
    period: String,
    #[server(default)] unit: Option<Uuid>,
) -> Result<AssignData, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::Assign)?;
    let state = crate::state::app_state()?;
    let period = super::typed::period(&period)?;
    super::load::assign_data(&state.pool, &access, state.clock.today(), period, unit).await
}

/// Assigns a product to one or several people, all or nothing.
#[server(name = Assign, prefix = "/api", endpoint = "assignment/assign")]
pub async fn assign(
    period: String,
    product: Uuid,
    quantity: String,
    due_day: String,
    #[server(default)] expected_output: String,
    kind: String,
    #[server(default)] officers: Vec<Uuid>,
    key: Uuid,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::Assign)?;
    let state = crate::state::app_state()?;
    let work = super::steps::NewWork {
        period: super::typed::period(&period)?,
        product,
        quantity: super::typed::number("quantity", &quantity)?,
        due_day: super::typed::day("due_day", &due_day)?,
        expected_output: super::typed::text(
            "expected_output",
            &expected_output,
            super::typed::LONGEST_TEXT,
        )?,
        kind: kind.parse().map_err(|_| {
            AppError::invalid(
                "kind",
                "Hãy chọn việc theo kế hoạch hoặc việc phát sinh.",
                "",
            )
        })?,
        officers: officers.into_iter().map(kpi::ids::OfficerId).collect(),
        key,
    };
    super::steps::assign(&state.pool, &access, state.clock.today(), &work).await?;
    leptos_axum::redirect(&format!(
        "/unit/assign?period={}&done=assigned",
        work.period
    ));
    Ok(())
}

/// Cancels an assignment of which nothing was delivered.
#[server(name = CancelAssignment, prefix = "/api", endpoint = "assignment/cancel")]
pub async fn cancel_assignment(
    period: String,
    assignment: Uuid,
    reason: String,
    version: i32,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::CancelAssignment)?;
    let state = crate::state::app_state()?;
    let period = super::typed::period(&period)?;
    let reason = super::typed::required_text(
        "reason",
        &reason,
        super::typed::LONGEST_TEXT,
        "Hãy ghi lý do hủy.",
    )?;
    let today = state.clock.today();
    super::steps::cancel(
        &state.pool,
        &access,
        today,
        (period, assignment),
        &reason,
        version,
    )
    .await
}

/// What the page of handing over needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HandOverData {
    /// The month, "2026-11".
    pub period: String,
    /// First and last day of the month.
    pub days: (NaiveDate, NaiveDate),
    /// The giver's assignment.
    pub assignment: Uuid,
    /// Its product.
    pub product: String,
    /// The giver.
    pub giver: String,
    /// Assigned quantity.
    pub quantity: Decimal,
    /// What is done, reported or delivered.
    pub done: Decimal,
    /// What can still be handed over.
    pub left: Decimal,
    /// Due day of the giver.
    pub due_day: NaiveDate,
    /// Who may take it.
    pub people: Vec<Person>,
    /// Key of the form.
    pub key: Uuid,
}

/// An assignment and the people who may take a part of it.
#[server(name = LoadHandOver, prefix = "/api", endpoint = "assignment/load_hand_over", input = GetUrl)]
pub async fn load_hand_over(period: String, assignment: Uuid) -> Result<HandOverData, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::HandOver)?;
    let state = crate::state::app_state()?;
    let period = super::typed::period(&period)?;
    let today = state.clock.today();
    super::load::hand_over_data(&state.pool, &access, today, period, assignment).await
}

/// Hands a part of an assignment over to a colleague.
#[server(name = HandOverWork, prefix = "/api", endpoint = "assignment/hand_over")]
pub async fn hand_over(
    period: String,
    assignment: Uuid,
    quantity: String,
    #[server(default)] to: Option<Uuid>,
    due_day: String,
    reason: String,
    key: Uuid,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::HandOver)?;
    let state = crate::state::app_state()?;
    let over = super::steps::HandOver {
        period: super::typed::period(&period)?,
        assignment,
        quantity: super::typed::number("quantity", &quantity)?,
        to: kpi::ids::OfficerId(
            to.ok_or_else(|| AppError::invalid("to", "Hãy chọn người nhận.", ""))?,
        ),
        due_day: super::typed::day("due_day", &due_day)?,
        reason: super::typed::required_text(
            "reason",
            &reason,
            super::typed::LONGEST_TEXT,
            "Hãy ghi lý do chuyển giao.",
        )?,
        key,
    };
    super::steps::hand_over(&state.pool, &access, state.clock.today(), &over).await?;
    leptos_axum::redirect(&format!("/assignment/{}/{assignment}", over.period));
    Ok(())
}
