//! The steps of signing in, signing out and changing a password.

use kpi::ids::{AccountId, AgencyId};
use leptos_axum::{extract, redirect};
use tower_sessions::Session;

use super::guard::{ACCOUNT, ADDRESS, AGENCY, AGENT, address};
use super::{Access, password, store};
use crate::error::AppError;
use crate::state::app_state;

/// Tries of one name from one address in 15 minutes before it has to wait.
const MOST_OF_LOGIN: i64 = 10;
/// Tries from one address: an agency sits behind one, so the limit is wide.
const MOST_OF_ADDRESS: i64 = 200;

/// Checks the password and opens a session with a new token.
pub(super) async fn open(login: &str, typed: String, next: &str) -> Result<(), AppError> {
    let state = app_state()?;
    let login = login.trim().to_lowercase();
    let parts: http::request::Parts = extract().await.map_err(AppError::inner)?;
    let from = address(&parts.headers);
    let (of_login, of_address) = store::recent_failures(&state.pool, &login, &from).await?;
    if of_login >= MOST_OF_LOGIN || of_address >= MOST_OF_ADDRESS {
        return Err(AppError::TooMany { minutes: 15 });
    }
    if typed.chars().count() > password::LONGEST || login.len() > 200 {
        return Err(wrong(&login));
    }
    let account = store::find_login(&state.pool, &login).await?;
    let hash = account.as_ref().map(|account| account.hash.clone());
    let right = password::verify(&state.hashing, typed, hash).await?;
    let (true, Some(account)) = (right, account) else {
        store::record_failure(&state.pool, &login, &from).await?;
        return Err(wrong(&login));
    };
    store::clear_failures(&state.pool, &login, &from).await?;
    admit(account.agency, account.account).await?;
    redirect(own_path(next));
    Ok(())
}

/// Opens a session for an account whose right to it was checked, under a new token.
///
/// # Errors
/// `Unavailable` outside a request, or when the session cannot be kept.
pub async fn admit(agency: AgencyId, account: AccountId) -> Result<(), AppError> {
    let parts: http::request::Parts = extract().await.map_err(AppError::inner)?;
    let session = session().await?;
    // A new token at sign-in: one planted before is worthless.
    session.cycle_id().await.map_err(AppError::inner)?;
    let agent = parts
        .headers
        .get(http::header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    session
        .insert(AGENCY, agency.0)
        .await
        .map_err(AppError::inner)?;
    session
        .insert(ACCOUNT, account.0)
        .await
        .map_err(AppError::inner)?;
    session
        .insert(ADDRESS, address(&parts.headers))
        .await
        .map_err(AppError::inner)?;
    session
        .insert(AGENT, agent.chars().take(200).collect::<String>())
        .await
        .map_err(AppError::inner)?;
    Ok(())
}

fn wrong(login: &str) -> AppError {
    AppError::invalid("login", "Tên tài khoản hoặc mật khẩu không đúng.", login)
}

/// Only a path of this site, in ASCII: `redirect` panics on other bytes, and another host would be a trap.
fn own_path(next: &str) -> &str {
    let own = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    if own && next.is_ascii() && !next.contains(|c: char| c.is_ascii_control()) {
        next
    } else {
        "/"
    }
}

/// Ends the session.
pub(super) async fn close() -> Result<(), AppError> {
    session().await?.flush().await.map_err(AppError::inner)?;
    redirect("/sign-in");
    Ok(())
}

async fn session() -> Result<Session, AppError> {
    extract()
        .await
        .map_err(|_| AppError::inner("the request has no session layer"))
}

/// Sets a new password after checking the current one; every session but this one ends.
pub(super) async fn change_password(
    access: &Access,
    current: String,
    new: String,
    again: &str,
) -> Result<(), AppError> {
    let state = app_state()?;
    let (agency, account) = (access.agency(), access.actor.account.0);
    let stored = store::password_hash(&state.pool, agency, account).await?;
    if !password::verify(&state.hashing, current, Some(stored)).await? {
        return Err(AppError::invalid(
            "current",
            "Mật khẩu hiện tại không đúng.",
            "",
        ));
    }
    if new != again {
        return Err(AppError::invalid(
            "again",
            "Hai lần nhập mật khẩu mới không giống nhau.",
            "",
        ));
    }
    password::check_new(&new, &access.actor.login)?;
    let hash = password::hash(&state.hashing, new).await?;
    let mut db = state.pool.begin().await?;
    store::set_password(&mut db, agency, account, &hash, false).await?;
    store::end_sessions(&mut db, agency, account, None).await?;
    let actor = access.actor.audit();
    let subject = ("account", Some(account));
    crate::audit::write(
        &mut db,
        access.actor.agency,
        actor,
        "change_password",
        subject,
        serde_json::json!({}),
    )
    .await?;
    db.commit().await?;
    // The own row went with the others: this browser goes on under a new token.
    let session = session().await?;
    session.cycle_id().await.map_err(AppError::inner)?;
    session
        .insert(AGENCY, agency)
        .await
        .map_err(AppError::inner)?;
    session
        .insert(ACCOUNT, account)
        .await
        .map_err(AppError::inner)?;
    redirect("/account?done=password");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        assert_eq!(own_path("/month?period=2026-11"), "/month?period=2026-11");
        for other in [
            "//evil.example",
            "https://evil.example",
            "/\\evil",
            "/tháng",
            "",
            "/a\r\nb",
        ] {
            assert_eq!(own_path(other), "/");
        }
    }
}
