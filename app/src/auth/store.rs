//! SQL of accounts and sessions.

use chrono::{DateTime, NaiveDate, Utc};
use kpi::ids::{AccountId, AgencyId, OfficerId, UnitId};
use kpi::permission::Role;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::{Actor, Post};
use crate::error::AppError;

/// The actor of an account with the posts held on `today`; `None` when it is locked or gone.
///
/// # Errors
/// The database's failure.
pub async fn load_actor(
    pool: &PgPool,
    agency: AgencyId,
    account: AccountId,
    today: NaiveDate,
) -> Result<Option<Actor>, AppError> {
    let row = sqlx::query!(
        r#"select a.login, a.roles, a.must_change, a.officer_id, o.full_name as "full_name?", g.name as agency_name,
                  coalesce(p.units, '{}') as "units!", coalesce(p.paths, '{}') as "paths!",
                  coalesce(p.names, '{}') as "names!", coalesce(p.kinds, '{}') as "kinds!",
                  coalesce(p.titles, '{}') as "titles!",
                  (select count(*) from notification n where n.agency_id = a.agency_id
                      and n.officer_id = a.officer_id and n.read_at is null) as "unread!"
           from account a
           join agency g on g.agency_id = a.agency_id
           left join officer o on o.agency_id = a.agency_id and o.officer_id = a.officer_id
           left join lateral (
               select array_agg(u.unit_id order by po.from_day, po.post_id) as units,
                      array_agg(u.path order by po.from_day, po.post_id) as paths,
                      array_agg(u.name order by po.from_day, po.post_id) as names,
                      array_agg(po.kind order by po.from_day, po.post_id) as kinds,
                      array_agg(po.title order by po.from_day, po.post_id) as titles
               from post po join unit u on u.agency_id = po.agency_id and u.unit_id = po.unit_id
               where po.agency_id = a.agency_id and po.officer_id = a.officer_id
                 and po.from_day <= $3 and (po.until_day is null or po.until_day >= $3)
           ) p on true
           where a.agency_id = $1 and a.account_id = $2 and a.locked_at is null"#,
        agency.0,
        account.0,
        today
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|row| {
        let posts: Vec<Post> = row
            .units
            .into_iter()
            .zip(row.paths)
            .zip(
                row.names
                    .into_iter()
                    .zip(row.kinds.into_iter().zip(row.titles)),
            )
            .map(|((unit, path), (unit_name, (kind, title)))| Post {
                unit: UnitId(unit),
                path,
                unit_name,
                kind,
                title,
            })
            .collect();
        Actor {
            agency,
            agency_name: row.agency_name,
            account,
            name: row.full_name.unwrap_or_else(|| row.login.clone()),
            login: row.login,
            officer: row.officer_id.map(OfficerId),
            roles: roles(&row.roles, row.officer_id.is_some(), &posts),
            posts,
            must_change: row.must_change,
            unread: row.unread,
        }
    }))
}

fn roles(of_account: &[String], is_officer: bool, posts: &[Post]) -> Vec<Role> {
    let mut roles: Vec<Role> = of_account
        .iter()
        .filter_map(|role| role.parse().ok())
        .collect();
    if is_officer {
        roles.push(Role::Officer);
    }
    if posts.iter().any(|post| post.kind == "head") {
        roles.push(Role::Head);
    }
    if posts.iter().any(|post| post.kind == "deputy") {
        roles.push(Role::Deputy);
    }
    roles
}

/// An account as sign-in needs it.
pub struct SignIn {
    /// Its agency.
    pub agency: AgencyId,
    /// Its id.
    pub account: AccountId,
    /// The PHC string of its password.
    pub hash: String,
}

/// The unlocked account of a login name (lower case).
///
/// # Errors
/// The database's failure.
pub async fn find_login(pool: &PgPool, login: &str) -> Result<Option<SignIn>, AppError> {
    let row = sqlx::query!(
        "select agency_id, account_id, password_hash from account where login = $1 and locked_at is null",
        login
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|row| SignIn {
        agency: AgencyId(row.agency_id),
        account: AccountId(row.account_id),
        hash: row.password_hash,
    }))
}

/// Failed tries in the last 15 minutes: of this name from this address, and from this address in all.
///
/// # Errors
/// The database's failure.
pub async fn recent_failures(
    pool: &PgPool,
    login: &str,
    address: &str,
) -> Result<(i64, i64), AppError> {
    let row = sqlx::query!(
        r#"select count(*) filter (where login = $1) as "of_login!", count(*) as "of_address!"
           from sign_in_failure where address = $2 and at > now() - interval '15 minutes'"#,
        login,
        address
    )
    .fetch_one(pool)
    .await?;
    Ok((row.of_login, row.of_address))
}

/// Counts a failed try and forgets those of yesterday.
///
/// # Errors
/// The database's failure.
pub async fn record_failure(pool: &PgPool, login: &str, address: &str) -> Result<(), AppError> {
    sqlx::query!(
        "with old as (delete from sign_in_failure where at < now() - interval '1 day')
         insert into sign_in_failure (login, address) values ($1, $2)",
        login,
        address
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Forgets the failed tries of a name from an address after it signed in.
///
/// # Errors
/// The database's failure.
pub async fn clear_failures(pool: &PgPool, login: &str, address: &str) -> Result<(), AppError> {
    sqlx::query!(
        "delete from sign_in_failure where login = $1 and address = $2",
        login,
        address
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// An open session, as its owner sees it.
pub struct OpenSession {
    /// Public id; ends the session, opens nothing.
    pub session: Uuid,
    /// Where it was opened from.
    pub address: String,
    /// The browser.
    pub agent: String,
    /// When it was opened.
    pub created_at: DateTime<Utc>,
    /// Last request, to the minute.
    pub seen_at: DateTime<Utc>,
}

/// Open sessions of an account, newest first; at most 50.
///
/// # Errors
/// The database's failure.
pub async fn open_sessions(
    pool: &PgPool,
    agency: Uuid,
    account: Uuid,
) -> Result<Vec<OpenSession>, AppError> {
    let rows = sqlx::query!(
        "select session_id, address, agent, created_at, seen_at from session
         where agency_id = $1 and account_id = $2 and expires_at > now()
           and seen_at > now() - make_interval(mins => $3)
         order by seen_at desc limit 50",
        agency,
        account,
        super::session_store::IDLE_MINUTES
    )
    .fetch_all(pool)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| OpenSession {
            session: row.session_id,
            address: row.address.unwrap_or_default(),
            agent: row.agent.unwrap_or_default(),
            created_at: row.created_at,
            seen_at: row.seen_at,
        })
        .collect())
}

/// Ends one session of an account, or all of them.
///
/// # Errors
/// The database's failure.
pub async fn end_sessions(
    db: &mut PgConnection,
    agency: Uuid,
    account: Uuid,
    session: Option<Uuid>,
) -> Result<u64, AppError> {
    let ended = sqlx::query!(
        "delete from session where agency_id = $1 and account_id = $2 and ($3::uuid is null or session_id = $3)",
        agency,
        account,
        session
    )
    .execute(db)
    .await?;
    Ok(ended.rows_affected())
}

/// The stored hash of an account's password.
///
/// # Errors
/// `NotFound`, or the database's failure.
pub async fn password_hash(pool: &PgPool, agency: Uuid, account: Uuid) -> Result<String, AppError> {
    Ok(sqlx::query_scalar!(
        "select password_hash from account where agency_id = $1 and account_id = $2",
        agency,
        account
    )
    .fetch_one(pool)
    .await?)
}

/// Sets a password; `must_change` asks for another at the next sign-in.
///
/// # Errors
/// `NotFound`, or the database's failure.
pub async fn set_password(
    db: &mut PgConnection,
    agency: Uuid,
    account: Uuid,
    hash: &str,
    must_change: bool,
) -> Result<(), AppError> {
    let changed = sqlx::query!(
        "update account set password_hash = $3, must_change = $4, version = version + 1
         where agency_id = $1 and account_id = $2",
        agency,
        account,
        hash,
        must_change
    )
    .execute(db)
    .await?;
    if changed.rows_affected() == 0 {
        Err(AppError::NotFound)
    } else {
        Ok(())
    }
}
