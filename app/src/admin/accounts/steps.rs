//! The steps of creating, resetting, locking accounts and of setting their roles; the page and the command line share
//! them. An agency never loses its last administrator, and nobody locks himself out.

use std::collections::HashSet;

use chrono::NaiveDate;
use futures::stream::{self, StreamExt, TryStreamExt};
use kpi::ids::{AccountId, AgencyId, OfficerId};
use kpi::permission::Role;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::store::{self, NewAccount};
use super::{Issued, login};
use crate::audit;
use crate::auth::{password, store as auth_store};
use crate::error::AppError;
use crate::org::text;
use crate::state::Hashing;

/// Roles that an account may carry itself.
pub const GIVEN: [Role; 3] = [Role::Leader, Role::Personnel, Role::Administrator];
/// Most accounts that one bulk creation makes: hashing them takes some seconds.
pub const MOST_AT_ONCE: i64 = 300;

/// Who acts, and in which agency.
#[derive(Clone, Copy, Debug)]
pub struct Acting {
    /// The agency whose accounts are meant.
    pub agency: Uuid,
    /// As the audit log names him; nobody for the command line.
    pub actor: audit::Actor,
}

impl Acting {
    /// The actor of a request.
    pub fn of(access: &crate::auth::Access) -> Self {
        Self {
            agency: access.agency(),
            actor: access.actor.audit(),
        }
    }

    async fn audit(
        self,
        db: &mut PgConnection,
        action: &str,
        account: Option<Uuid>,
        detail: serde_json::Value,
    ) -> Result<(), AppError> {
        let subject = ("account", account);
        audit::write(
            db,
            AgencyId(self.agency),
            self.actor,
            action,
            subject,
            detail,
        )
        .await
    }
}

/// Where a new password comes from.
pub enum Password {
    /// Made here, shown once, to be changed at the first sign-in.
    Temporary,
    /// Chosen by the person at the terminal.
    Chosen(String),
}

impl Password {
    fn reveal(self, login: &str) -> Result<(String, bool), AppError> {
        match self {
            Self::Temporary => Ok((password::temporary(), true)),
            Self::Chosen(chosen) => {
                password::check_new(&chosen, login)?;
                Ok((chosen, false))
            }
        }
    }
}

/// An account to create.
pub struct Wanted {
    /// Whose it is; none for a technical account, which then needs a login.
    pub officer: Option<OfficerId>,
    /// The login name typed; made from the officer's name when empty.
    pub login: String,
    /// Roles of the account.
    pub roles: Vec<Role>,
    /// Its password.
    pub password: Password,
}

/// Creates one account.
///
/// # Errors
/// `Invalid` on `login` or `officer`, `NotFound` for an officer of another agency; the database's failure.
pub async fn create(
    pool: &PgPool,
    hashing: &Hashing,
    acting: Acting,
    wanted: Wanted,
) -> Result<Issued, AppError> {
    let roles = given(&wanted.roles)?;
    let (name, folded) = match wanted.officer {
        Some(officer) => store::officer_name(pool, acting.agency, officer.0).await?,
        None => (String::new(), String::new()),
    };
    let login = if wanted.login.trim().is_empty() && wanted.officer.is_some() {
        let stem = login::stem(&folded);
        let mut taken = store::taken(pool, std::slice::from_ref(&stem))
            .await?
            .into_iter()
            .collect();
        login::free(&stem, &mut taken)
    } else {
        text::login("login", &wanted.login)?
    };
    let (secret, must_change) = wanted.password.reveal(&login)?;
    let hash = password::hash(hashing, secret.clone()).await?;
    let new = NewAccount {
        account: AccountId(Uuid::now_v7()),
        officer: wanted.officer,
        login: login.clone(),
        hash,
        roles,
        must_change,
    };
    let mut db = pool.begin().await?;
    store::insert_accounts(&mut db, acting.agency, std::slice::from_ref(&new))
        .await
        .map_err(|error| with_typed(error, &login))?;
    let detail = serde_json::json!({ "login": login });
    acting
        .audit(&mut db, "create_account", Some(new.account.0), detail)
        .await?;
    db.commit().await?;
    Ok(Issued {
        name,
        login,
        password: secret,
    })
}

fn with_typed(error: AppError, typed: &str) -> AppError {
    match error {
        AppError::Invalid { field, message, .. } => AppError::invalid(field, message, typed),
        other => other,
    }
}

fn given(roles: &[Role]) -> Result<Vec<Role>, AppError> {
    if roles.iter().all(|role| GIVEN.contains(role)) {
        let mut roles = roles.to_vec();
        roles.sort_unstable();
        roles.dedup();
        Ok(roles)
    } else {
        Err(AppError::invalid(
            "roles",
            "Vai trò công chức, người đứng đầu và cấp phó đi theo vị trí, không cấp cho tài khoản.",
            "",
        ))
    }
}

/// Creates accounts for active people who have none, by name; at most 300 at once. Returns each with its unit.
///
/// # Errors
/// The database's failure; then no account was made.
pub async fn create_missing(
    pool: &PgPool,
    hashing: &Hashing,
    acting: Acting,
    today: NaiveDate,
) -> Result<Vec<(Issued, String)>, AppError> {
    let people = store::missing(pool, acting.agency, today, MOST_AT_ONCE).await?;
    let stems: Vec<String> = people
        .iter()
        .map(|person| login::stem(&person.folded))
        .collect();
    let mut taken: HashSet<String> = store::taken(pool, &stems).await?.into_iter().collect();
    let issued: Vec<(Issued, String)> = people
        .iter()
        .zip(&stems)
        .map(|(person, stem)| {
            let issued = Issued {
                name: person.full_name.clone(),
                login: login::free(stem, &mut taken),
                password: password::temporary(),
            };
            (issued, person.unit_name.clone().unwrap_or_default())
        })
        .collect();
    let secrets: Vec<String> = issued
        .iter()
        .map(|(issued, _)| issued.password.clone())
        .collect();
    let hashes: Vec<String> = stream::iter(secrets)
        .map(|secret| password::hash(hashing, secret))
        .buffered(2)
        .try_collect()
        .await?;
    let accounts: Vec<NewAccount> = people
        .iter()
        .zip(&issued)
        .zip(hashes)
        .map(|((person, (issued, _)), hash)| NewAccount {
            account: AccountId(Uuid::now_v7()),
            officer: Some(OfficerId(person.officer_id)),
            login: issued.login.clone(),
            hash,
            roles: Vec::new(),
            must_change: true,
        })
        .collect();
    let mut db = pool.begin().await?;
    store::insert_accounts(&mut db, acting.agency, &accounts).await?;
    let detail = serde_json::json!({ "count": accounts.len() });
    acting
        .audit(&mut db, "create_accounts", None, detail)
        .await?;
    db.commit().await?;
    Ok(issued)
}

/// Sets a new password and ends every session of the account.
///
/// # Errors
/// `NotFound` for an account of another agency, `Invalid` for the own one; the database's failure.
pub async fn reset(
    pool: &PgPool,
    hashing: &Hashing,
    acting: Acting,
    account: Uuid,
    password: Password,
) -> Result<Issued, AppError> {
    if acting.actor.account == Some(account) {
        return Err(AppError::invalid(
            "account",
            "Mật khẩu của chính mình được đổi ở trang “Tài khoản của tôi”.",
            "",
        ));
    }
    let mut db = pool.begin().await?;
    let held = store::hold(&mut db, acting.agency, account).await?;
    let (secret, must_change) = password.reveal(&held.login)?;
    let hash = password::hash(hashing, secret.clone()).await?;
    auth_store::set_password(&mut db, acting.agency, account, &hash, must_change).await?;
    auth_store::end_sessions(&mut db, acting.agency, account, None).await?;
    let detail = serde_json::json!({ "login": held.login });
    acting
        .audit(&mut db, "reset_password", Some(account), detail)
        .await?;
    db.commit().await?;
    Ok(Issued {
        name: held.full_name.unwrap_or_default(),
        login: held.login,
        password: secret,
    })
}

/// Locks an account and ends its sessions, or opens it again. Doing it twice changes nothing.
///
/// # Errors
/// `Invalid` for the own account and for the last administrator, `NotFound` for another agency's; the database's failure.
pub async fn set_locked(
    pool: &PgPool,
    acting: Acting,
    account: Uuid,
    locked: bool,
) -> Result<(), AppError> {
    let refuse = |message: &str| Err(AppError::invalid("account", message, ""));
    if locked && acting.actor.account == Some(account) {
        return refuse("Không thể tự khóa tài khoản của chính mình.");
    }
    let mut db = pool.begin().await?;
    let others = store::other_administrator(&mut db, acting.agency, account).await?;
    let held = store::hold(&mut db, acting.agency, account).await?;
    if held.locked == locked {
        return Ok(());
    }
    if locked && is_administrator(&held.roles) && !others {
        return refuse("Đây là quản trị viên cuối cùng của cơ quan, không thể khóa.");
    }
    store::set_locked(&mut db, acting.agency, account, locked).await?;
    if locked {
        auth_store::end_sessions(&mut db, acting.agency, account, None).await?;
    }
    let action = if locked {
        "lock_account"
    } else {
        "unlock_account"
    };
    let detail = serde_json::json!({ "login": held.login });
    acting.audit(&mut db, action, Some(account), detail).await?;
    db.commit().await?;
    Ok(())
}

/// Sets the roles of an account that was seen in `version`.
///
/// # Errors
/// `Conflict` when it changed since; `Invalid` when the agency would lose its last administrator; `NotFound` for
/// another agency's; the database's failure.
pub async fn set_roles(
    pool: &PgPool,
    acting: Acting,
    account: Uuid,
    version: i32,
    roles: &[Role],
) -> Result<(), AppError> {
    let roles = given(roles)?;
    let mut db = pool.begin().await?;
    let others = store::other_administrator(&mut db, acting.agency, account).await?;
    let held = store::hold(&mut db, acting.agency, account).await?;
    if held.version != version {
        return Err(AppError::Conflict {
            current: labels(
                &held
                    .roles
                    .iter()
                    .filter_map(|role| role.parse().ok())
                    .collect::<Vec<_>>(),
            ),
            yours: labels(&roles),
        });
    }
    if is_administrator(&held.roles) && !roles.contains(&Role::Administrator) && !others {
        return Err(AppError::invalid(
            "roles",
            "Đây là quản trị viên cuối cùng của cơ quan: hãy trao vai trò này cho người khác trước.",
            "",
        ));
    }
    store::set_roles(&mut db, acting.agency, account, &roles).await?;
    let detail = serde_json::json!({
        "login": held.login,
        "before": held.roles,
        "after": roles.iter().map(|role| role.as_str()).collect::<Vec<_>>(),
    });
    acting
        .audit(&mut db, "set_roles", Some(account), detail)
        .await?;
    db.commit().await?;
    Ok(())
}

fn is_administrator(roles: &[String]) -> bool {
    roles
        .iter()
        .any(|role| role == Role::Administrator.as_str())
}

fn labels(roles: &[Role]) -> String {
    if roles.is_empty() {
        "không có vai trò riêng".to_owned()
    } else {
        roles
            .iter()
            .map(|role| role.label())
            .collect::<Vec<_>>()
            .join(", ")
    }
}
