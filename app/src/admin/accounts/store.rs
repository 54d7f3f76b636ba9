//! SQL of accounts: lists, new rows, roles, locks. Every query names the agency first.

use chrono::NaiveDate;
use kpi::ids::{AccountId, OfficerId};
use kpi::permission::Role;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use crate::error::AppError;

/// Accounts on one page of the list.
pub const PAGE: i64 = 50;
/// Most people without an account that are offered at once.
pub const MOST_MISSING: i64 = 500;

/// An account to add.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Its id.
    pub account: AccountId,
    /// Whose it is; none for a technical account.
    pub officer: Option<OfficerId>,
    /// Login name, lower case.
    pub login: String,
    /// PHC string of the password.
    pub hash: String,
    /// Leader, personnel, administrator; other roles come from posts.
    pub roles: Vec<Role>,
    /// The password has to be changed at the first sign-in.
    pub must_change: bool,
}

/// Adds accounts.
///
/// # Errors
/// `Invalid` on `login` when a name is taken, on `officer` when he has an account already; the database's failure.
pub async fn insert_accounts(
    db: &mut PgConnection,
    agency: Uuid,
    accounts: &[NewAccount],
) -> Result<(), AppError> {
    let ids: Vec<Uuid> = accounts.iter().map(|new| new.account.0).collect();
    let officers: Vec<Option<Uuid>> = accounts
        .iter()
        .map(|new| new.officer.map(|officer| officer.0))
        .collect();
    let logins: Vec<String> = accounts.iter().map(|new| new.login.clone()).collect();
    let hashes: Vec<String> = accounts.iter().map(|new| new.hash.clone()).collect();
    // An array of arrays must be rectangular, so the roles travel as one text each.
    let roles: Vec<String> = accounts
        .iter()
        .map(|new| names(&new.roles).join(","))
        .collect();
    let must_change: Vec<bool> = accounts.iter().map(|new| new.must_change).collect();
    sqlx::query!(
        r#"insert into account (agency_id, account_id, officer_id, login, password_hash, roles, must_change)
           select $1, t.id, t.officer, t.login, t.hash, string_to_array(t.roles, ','), t.must_change
           from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::bool[])
                as t (id, officer, login, hash, roles, must_change)"#,
        agency,
        &ids,
        &officers as _,
        &logins,
        &hashes,
        &roles,
        &must_change
    )
    .execute(db)
    .await
    .map_err(refused)?;
    Ok(())
}

fn names(roles: &[Role]) -> Vec<String> {
    roles.iter().map(|role| role.as_str().to_owned()).collect()
}

fn refused(error: sqlx::Error) -> AppError {
    let constraint = error
        .as_database_error()
        .and_then(|inner| inner.constraint())
        .unwrap_or_default();
    match constraint {
        "account_login_unique" => AppError::invalid(
            "login",
            "Tên tài khoản này đã có người dùng; hãy chọn tên khác.",
            "",
        ),
        "account_officer_once" => {
            AppError::invalid("officer", "Công chức này đã có tài khoản.", "")
        }
        "account_officer_exists" => AppError::NotFound,
        _ => error.into(),
    }
}

/// An account in the list.
#[derive(Clone, Debug)]
pub struct AccountRow {
    /// The account.
    pub account_id: Uuid,
    /// Login name.
    pub login: String,
    /// Full name of its officer.
    pub full_name: Option<String>,
    /// Unit of the post he holds.
    pub unit_name: Option<String>,
    /// Roles of the account.
    pub roles: Vec<String>,
    /// It may not sign in.
    pub locked: bool,
    /// The password was set by somebody else.
    pub must_change: bool,
    /// Open sessions.
    pub sessions: i64,
    /// For optimistic concurrency.
    pub version: i32,
    /// Where mail goes.
    pub email: Option<String>,
    /// Accounts that match in all.
    pub total: i64,
}

/// What to list.
#[derive(Clone, Copy, Debug)]
pub struct Filter<'a> {
    /// Part of a name or login, without regard to accents and case; everything when empty.
    pub search: &'a str,
    /// Only this account.
    pub only: Option<Uuid>,
    /// Rows to skip.
    pub offset: i64,
}

/// Accounts by the names of their people; at most 50.
///
/// # Errors
/// The database's failure.
pub async fn list(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    today: NaiveDate,
    filter: Filter<'_>,
) -> Result<Vec<AccountRow>, AppError> {
    Ok(sqlx::query_as!(
        AccountRow,
        r#"select a.account_id, a.login, o.full_name as "full_name?", a.roles, a.locked_at is not null as "locked!",
                  a.must_change, a.version, a.email, count(*) over () as "total!",
                  (select u.name from post p join unit u on u.agency_id = p.agency_id and u.unit_id = p.unit_id
                   where p.agency_id = a.agency_id and p.officer_id = a.officer_id
                     and p.from_day <= $3 and (p.until_day is null or p.until_day >= $3)
                   order by p.from_day desc limit 1) as unit_name,
                  (select count(*) from session s where s.agency_id = a.agency_id and s.account_id = a.account_id
                     and s.expires_at > now()) as "sessions!"
           from account a
           left join officer o on o.agency_id = a.agency_id and o.officer_id = a.officer_id
           where a.agency_id = $1 and ($4::uuid is null or a.account_id = $4)
             and ($2 = '' or position(fold($2) in fold(coalesce(o.full_name, '') || ' ' || a.login)) > 0)
           order by coalesce(o.sort_key, a.login), a.login
           limit $5 offset $6"#,
        agency,
        filter.search,
        today,
        filter.only,
        PAGE,
        filter.offset
    )
    .fetch_all(db)
    .await?)
}

/// A person without an account.
#[derive(Clone, Debug)]
pub struct MissingRow {
    /// The officer.
    pub officer_id: Uuid,
    /// Personnel number.
    pub code: String,
    /// Full name.
    pub full_name: String,
    /// The name without accents.
    pub folded: String,
    /// Unit of the post he holds.
    pub unit_name: Option<String>,
}

/// Active people without an account, by name; at most `most`.
///
/// # Errors
/// The database's failure.
pub async fn missing(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    today: NaiveDate,
    most: i64,
) -> Result<Vec<MissingRow>, AppError> {
    Ok(sqlx::query_as!(
        MissingRow,
        r#"select o.officer_id, o.code, o.full_name, fold(o.full_name) as "folded!",
                  (select u.name from post p join unit u on u.agency_id = p.agency_id and u.unit_id = p.unit_id
                   where p.agency_id = o.agency_id and p.officer_id = o.officer_id
                     and p.from_day <= $2 and (p.until_day is null or p.until_day >= $2)
                   order by p.from_day desc limit 1) as unit_name
           from officer o
           where o.agency_id = $1 and o.active
             and not exists (select from account a where a.agency_id = $1 and a.officer_id = o.officer_id)
           order by o.sort_key, o.code limit $3"#,
        agency,
        today,
        most
    )
    .fetch_all(db)
    .await?)
}

/// An active officer's name and the same without accents.
///
/// # Errors
/// `NotFound` when he is not of this agency; the database's failure.
pub async fn officer_name(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    officer: Uuid,
) -> Result<(String, String), AppError> {
    let row = sqlx::query!(
        r#"select full_name, fold(full_name) as "folded!" from officer
           where agency_id = $1 and officer_id = $2 and active"#,
        agency,
        officer
    )
    .fetch_one(db)
    .await?;
    Ok((row.full_name, row.folded))
}

/// The officer with a personnel number.
///
/// # Errors
/// `NotFound`, or the database's failure.
pub async fn officer_by_code(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    code: &str,
) -> Result<OfficerId, AppError> {
    Ok(OfficerId(
        sqlx::query_scalar!(
            "select officer_id from officer where agency_id = $1 and code = $2",
            agency,
            code
        )
        .fetch_one(db)
        .await?,
    ))
}

/// Login names in the whole installation that one of the stems, with or without a number, would meet.
///
/// # Errors
/// The database's failure.
pub async fn taken(db: impl PgExecutor<'_>, stems: &[String]) -> Result<Vec<String>, AppError> {
    Ok(sqlx::query_scalar!(
        "select login from account where regexp_replace(login, '[0-9]+$', '') = any($1)",
        stems
    )
    .fetch_all(db)
    .await?)
}

/// An account as a change needs it.
#[derive(Clone, Debug)]
pub struct Held {
    /// Login name.
    pub login: String,
    /// Full name of its officer.
    pub full_name: Option<String>,
    /// Roles of the account.
    pub roles: Vec<String>,
    /// It may not sign in.
    pub locked: bool,
    /// For optimistic concurrency.
    pub version: i32,
}

/// Reads and locks an account.
///
/// # Errors
/// `NotFound` when it is not of this agency; the database's failure.
pub async fn hold(db: &mut PgConnection, agency: Uuid, account: Uuid) -> Result<Held, AppError> {
    Ok(sqlx::query_as!(
        Held,
        r#"select a.login, a.roles, a.version, a.locked_at is not null as "locked!",
                  (select full_name from officer o where o.agency_id = a.agency_id and o.officer_id = a.officer_id) as full_name
           from account a where a.agency_id = $1 and a.account_id = $2 for update of a"#,
        agency,
        account
    )
    .fetch_one(db)
    .await?)
}

/// Whether another unlocked administrator exists; locks the administrators, so that two cannot remove each other.
///
/// # Errors
/// The database's failure.
pub async fn other_administrator(
    db: &mut PgConnection,
    agency: Uuid,
    account: Uuid,
) -> Result<bool, AppError> {
    let administrators = sqlx::query!(
        "select account_id, locked_at from account
         where agency_id = $1 and 'administrator' = any(roles) order by account_id for update",
        agency
    )
    .fetch_all(db)
    .await?;
    Ok(administrators
        .iter()
        .any(|row| row.account_id != account && row.locked_at.is_none()))
}

/// Sets the roles of an account.
///
/// # Errors
/// The database's failure.
pub async fn set_roles(
    db: &mut PgConnection,
    agency: Uuid,
    account: Uuid,
    roles: &[Role],
) -> Result<(), AppError> {
    sqlx::query!(
        "update account set roles = $3, version = version + 1 where agency_id = $1 and account_id = $2",
        agency,
        account,
        &names(roles)
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Locks an account, or opens it again.
///
/// # Errors
/// The database's failure.
pub async fn set_locked(
    db: &mut PgConnection,
    agency: Uuid,
    account: Uuid,
    locked: bool,
) -> Result<(), AppError> {
    sqlx::query!(
        "update account set locked_at = case when $3 then now() end, version = version + 1
         where agency_id = $1 and account_id = $2",
        agency,
        account,
        locked
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The agency with a code; without one the only agency there is.
///
/// # Errors
/// `NotFound` when there is none, or several and no code was given; the database's failure.
pub async fn agency(db: impl PgExecutor<'_>, code: Option<&str>) -> Result<Uuid, AppError> {
    let found = sqlx::query_scalar!(
        "select agency_id from agency where $1::text is null or lower(code) = lower($1) limit 2",
        code
    )
    .fetch_all(db)
    .await?;
    match found.as_slice() {
        [one] => Ok(*one),
        _ => Err(AppError::NotFound),
    }
}

/// The account with a login name, and its agency.
///
/// # Errors
/// `NotFound`, or the database's failure.
pub async fn by_login(db: impl PgExecutor<'_>, login: &str) -> Result<(Uuid, Uuid), AppError> {
    let row = sqlx::query!(
        "select agency_id, account_id from account where login = $1",
        login
    )
    .fetch_one(db)
    .await?;
    Ok((row.agency_id, row.account_id))
}
