//! Server functions of sign-in, the own account and its sessions.

use kpi::permission::Role;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::AppError;

/// Who looks at the screen, for navigation and greeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visitor {
    /// Full name, or the login name.
    pub name: String,
    /// Title and unit ("Chuyên viên · Vụ Kinh tế tổng hợp").
    pub post: String,
    /// Name of the agency.
    pub agency: String,
    /// Roles, for the entries of the navigation; rights are checked again at every step.
    pub roles: Vec<Role>,
    /// Whether there is an officer behind the account, with a month of his own.
    pub is_officer: bool,
    /// Id of that officer.
    pub officer: Option<Uuid>,
    /// Unread notifications.
    pub unread: u32,
    /// Today in Vietnam: the first render must not ask the browser.
    pub today: chrono::NaiveDate,
}

/// An open session, for its owner's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Public id.
    pub session: Uuid,
    /// Where it was opened from.
    pub address: String,
    /// The browser.
    pub agent: String,
    /// When it was opened, as text.
    pub opened: String,
    /// Last request, as text.
    pub seen: String,
}

/// The visitor, if somebody is signed in.
#[server(name = CurrentVisitor, prefix = "/api", endpoint = "auth/visitor", input = GetUrl)]
pub async fn current_visitor() -> Result<Option<Visitor>, AppError> {
    let today = crate::state::app_state()?.clock.today();
    Ok(super::current_actor().map(|actor| Visitor {
        post: actor.posts.last().map_or_else(String::new, |post| {
            format!("{} · {}", post.title, post.unit_name)
        }),
        name: actor.name,
        agency: actor.agency_name,
        is_officer: actor.officer.is_some(),
        officer: actor.officer.map(|officer| officer.0),
        roles: actor.roles,
        unread: u32::try_from(actor.unread).unwrap_or(u32::MAX),
        today,
    }))
}

/// Opens a session. An unknown account gets the same answer in the same time as a wrong password.
#[server(name = SignInWith, prefix = "/api", endpoint = "auth/sign_in")]
pub async fn sign_in(
    login: String,
    password: String,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    super::sign_in::open(&login, password, &next).await
}

/// Ends the own session.
#[server(name = SignOutNow, prefix = "/api", endpoint = "auth/sign_out")]
pub async fn sign_out() -> Result<(), AppError> {
    super::sign_in::close().await
}

/// Open sessions of the own account.
#[server(name = OwnSessions, prefix = "/api", endpoint = "auth/sessions", input = GetUrl)]
pub async fn own_sessions() -> Result<Vec<SessionRow>, AppError> {
    let access = super::require(kpi::permission::Permission::SignedIn)?;
    let state = crate::state::app_state()?;
    let rows =
        super::store::open_sessions(&state.pool, access.agency(), access.actor.account.0).await?;
    Ok(rows
        .into_iter()
        .map(|row| SessionRow {
            session: row.session,
            address: row.address,
            agent: row.agent,
            opened: crate::format::moment(row.created_at),
            seen: crate::format::moment(row.seen_at),
        })
        .collect())
}

/// Ends one session of the own account; without an id all of them, this one included.
#[server(name = EndSessions, prefix = "/api", endpoint = "auth/end_sessions")]
pub async fn end_sessions(#[server(default)] session: Option<Uuid>) -> Result<(), AppError> {
    let access = super::require(kpi::permission::Permission::SignedIn)?;
    let state = crate::state::app_state()?;
    let mut db = state.pool.acquire().await?;
    super::store::end_sessions(&mut db, access.agency(), access.actor.account.0, session).await?;
    Ok(())
}

/// Changes the own password and ends every other session.
#[server(name = ChangePassword, prefix = "/api", endpoint = "auth/change_password")]
pub async fn change_password(
    current: String,
    password: String,
    again: String,
) -> Result<(), AppError> {
    let access = super::require(kpi::permission::Permission::SignedIn)?;
    super::sign_in::change_password(&access, current, password, &again).await
}
