//! Server functions of accounts and the types on the wire.

use kpi::permission::Role;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::AppError;

/// A password that was just made: shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// Full name; empty for a technical account.
    pub name: String,
    /// Login name.
    pub login: String,
    /// The password in clear.
    pub password: String,
}

/// Hides the password from logs.
impl std::fmt::Debug for Issued {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Issued")
            .field("login", &self.login)
            .finish_non_exhaustive()
    }
}

/// An account in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountLine {
    /// The account.
    pub account: Uuid,
    /// Login name.
    pub login: String,
    /// Full name; empty for a technical account.
    pub name: String,
    /// Unit of the post held today.
    pub unit: String,
    /// Roles of the account itself.
    pub roles: Vec<Role>,
    /// It may not sign in.
    pub locked: bool,
    /// It has not changed its temporary password yet.
    pub must_change: bool,
    /// Open sessions.
    pub sessions: u32,
    /// Version that a change has to name.
    pub version: i32,
    /// It is the visitor's own.
    pub own: bool,
    /// Where mail goes; empty without an address.
    pub email: String,
}

/// A person who could get an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The officer.
    pub officer: Uuid,
    /// Full name, unit and personnel number.
    pub words: String,
}

/// The accounts page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountsView {
    /// One page of accounts, 50 at most.
    pub accounts: Vec<AccountLine>,
    /// Accounts that match in all.
    pub total: u32,
    /// Number of this page, from 1.
    pub page: u32,
    /// The account whose details are open.
    pub chosen: Option<AccountLine>,
    /// People without an account, 500 at most.
    pub without: Vec<Candidate>,
}

/// A page of accounts, searched by name or login; with the details of one.
#[server(name = LoadAccounts, prefix = "/api", endpoint = "accounts/load", input = GetUrl)]
pub async fn load_accounts(
    #[server(default)] search: String,
    #[server(default)] page: u32,
    #[server(default)] account: Option<Uuid>,
) -> Result<AccountsView, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManageAccounts)?;
    super::view::load(&crate::state::app_state()?, &access, &search, page, account).await
}

/// Creates an account; without a login name it is made from the person's name.
#[server(name = CreateAccount, prefix = "/api", endpoint = "accounts/create")]
pub async fn create_account(
    #[server(default)] officer: String,
    #[server(default)] login: String,
    #[server(default)] roles: Vec<Role>,
) -> Result<Issued, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManageAccounts)?;
    let form = super::view::CreateForm {
        officer,
        login,
        roles,
    };
    super::view::create_from(&crate::state::app_state()?, &access, form).await
}

/// Gives an account a temporary password and ends its sessions.
#[server(name = ResetPassword, prefix = "/api", endpoint = "accounts/reset")]
pub async fn reset_password(account: Uuid) -> Result<Issued, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManageAccounts)?;
    let state = crate::state::app_state()?;
    let acting = super::steps::Acting::of(&access);
    let temporary = super::steps::Password::Temporary;
    super::steps::reset(&state.pool, &state.hashing, acting, account, temporary).await
}

/// Locks an account and ends its sessions, or opens it again.
#[server(name = SetLocked, prefix = "/api", endpoint = "accounts/lock")]
pub async fn set_locked(account: Uuid, locked: bool) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManageAccounts)?;
    let acting = super::steps::Acting::of(&access);
    super::steps::set_locked(&crate::state::app_state()?.pool, acting, account, locked).await
}

/// Sets the roles of an account.
#[server(name = SetRoles, prefix = "/api", endpoint = "accounts/roles")]
pub async fn set_roles(
    account: Uuid,
    version: i32,
    #[server(default)] roles: Vec<Role>,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManageAccounts)?;
    let acting = super::steps::Acting::of(&access);
    let pool = crate::state::app_state()?.pool;
    super::steps::set_roles(&pool, acting, account, version, &roles).await
}

/// Sets where mail to an account goes; empty for nowhere. Whether the digest is wanted stays its owner's choice.
#[server(name = SetMail, prefix = "/api", endpoint = "accounts/mail")]
pub async fn set_mail(account: Uuid, #[server(default)] email: String) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManageAccounts)?;
    let wanted = crate::auth::mail::steps::Wanted {
        email,
        digest: None,
    };
    let pool = crate::state::app_state()?.pool;
    crate::auth::mail::steps::set(&pool, &access, account, wanted).await
}
