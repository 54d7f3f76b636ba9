//! What the accounts page shows, and how its form becomes an account.

use kpi::ids::OfficerId;
use kpi::permission::Role;
use uuid::Uuid;

use super::steps::{Acting, Password, Wanted, create};
use super::store::{self, AccountRow, Filter};
use super::{AccountLine, AccountsView, Issued};
use crate::admin::accounts::api::Candidate;
use crate::auth::Access;
use crate::error::AppError;
use crate::state::AppState;

/// Longest search, in characters.
const LONGEST_SEARCH: usize = 100;
/// Last page that is served: 50,000 accounts.
const LAST_PAGE: u32 = 1_000;

/// One page of accounts, the chosen one, and the people without an account.
///
/// # Errors
/// The database's failure. An unknown chosen account is simply not shown.
pub(super) async fn load(
    state: &AppState,
    access: &Access,
    search: &str,
    page: u32,
    chosen: Option<Uuid>,
) -> Result<AccountsView, AppError> {
    let (agency, today) = (access.agency(), state.clock.today());
    let page = page.clamp(1, LAST_PAGE);
    let search: String = search.trim().chars().take(LONGEST_SEARCH).collect();
    let filter = Filter {
        search: &search,
        only: None,
        offset: i64::from(page - 1) * store::PAGE,
    };
    let rows = store::list(&state.pool, agency, today, filter).await?;
    let only = Filter {
        search: "",
        only: chosen,
        offset: 0,
    };
    let chosen = match chosen {
        Some(_) => store::list(&state.pool, agency, today, only).await?.pop(),
        None => None,
    };
    let without = store::missing(&state.pool, agency, today, store::MOST_MISSING).await?;
    Ok(AccountsView {
        total: rows
            .first()
            .map_or(0, |row| u32::try_from(row.total).unwrap_or(u32::MAX)),
        accounts: rows.into_iter().map(|row| line(row, access)).collect(),
        page,
        chosen: chosen.map(|row| line(row, access)),
        without: without
            .into_iter()
            .map(|row| Candidate {
                officer: row.officer_id,
                words: match row.unit_name {
                    Some(unit) => format!("{} · {unit} · {}", row.full_name, row.code),
                    None => format!("{} · {}", row.full_name, row.code),
                },
            })
            .collect(),
    })
}

fn line(row: AccountRow, access: &Access) -> AccountLine {
    AccountLine {
        account: row.account_id,
        own: access.actor.account.0 == row.account_id,
        login: row.login,
        name: row.full_name.unwrap_or_default(),
        unit: row.unit_name.unwrap_or_default(),
        roles: row
            .roles
            .iter()
            .filter_map(|role| role.parse().ok())
            .collect(),
        locked: row.locked,
        must_change: row.must_change,
        sessions: u32::try_from(row.sessions).unwrap_or(u32::MAX),
        version: row.version,
        email: row.email.unwrap_or_default(),
    }
}

/// The form as it was typed: an empty officer means a technical account.
pub(super) struct CreateForm {
    /// Id of an officer, or empty.
    pub officer: String,
    /// Login name, or empty to have one made.
    pub login: String,
    /// Roles of the account.
    pub roles: Vec<Role>,
}

/// Creates the account of a form, with a temporary password.
///
/// # Errors
/// As `steps::create`; `Invalid` on `login` for a technical account without one.
pub(super) async fn create_from(
    state: &AppState,
    access: &Access,
    form: CreateForm,
) -> Result<Issued, AppError> {
    let officer = match form.officer.trim() {
        "" => None,
        id => Some(OfficerId(id.parse().map_err(|_| {
            AppError::invalid("officer", "Hãy chọn một người trong danh sách.", "")
        })?)),
    };
    let wanted = Wanted {
        officer,
        login: form.login,
        roles: form.roles,
        password: Password::Temporary,
    };
    create(&state.pool, &state.hashing, Acting::of(access), wanted).await
}
