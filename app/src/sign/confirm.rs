//! Who may sign in this request: the signed-in officer, once the password was typed again.

use kpi::ids::{AccountId, OfficerId};
use sqlx::PgPool;

use crate::auth::{Access, Actor, guard, password, store};
use crate::error::AppError;
use crate::state::{Hashing, app_state};

/// Tries of one account from one address in 15 minutes, as at sign-in.
const MOST: i64 = 10;

/// An officer who has shown that he is the one who signs. Only [`confirm`] makes one in a request.
#[derive(Clone, Debug)]
pub struct Signer {
    account: Option<AccountId>,
    officer: OfficerId,
    name: String,
    post: String,
}

impl Signer {
    /// The officer behind `actor` without asking for a password: for a history that the command line writes
    /// (the demo agency) and for tests.
    ///
    /// # Errors
    /// `Forbidden` for an account without an officer.
    pub fn of_record(actor: &Actor) -> Result<Self, AppError> {
        Ok(Self {
            account: Some(actor.account),
            officer: actor.officer.ok_or(AppError::Forbidden)?,
            name: actor.name.clone(),
            post: post_of(actor),
        })
    }

    /// His account.
    pub fn account(&self) -> Option<AccountId> {
        self.account
    }

    /// The officer.
    pub fn officer(&self) -> OfficerId {
        self.officer
    }

    /// Full name when signing.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Title of the post when signing; empty for one without a post.
    pub fn post(&self) -> &str {
        &self.post
    }
}

/// The title by which he signs: that of the post that leads before any other.
fn post_of(actor: &Actor) -> String {
    let rank = |kind: &str| match kind {
        "head" => 0,
        "deputy" => 1,
        _ => 2,
    };
    let leading = actor.posts.iter().min_by_key(|post| rank(&post.kind));
    leading.map(|post| post.title.clone()).unwrap_or_default()
}

/// Checks the password that was typed to sign with.
///
/// # Errors
/// `Invalid` on field `password`; `TooMany` after ten wrong ones in 15 minutes; `Forbidden` without an officer.
pub async fn confirm(access: &Access, typed: String) -> Result<Signer, AppError> {
    let state = app_state()?;
    let parts: http::request::Parts = leptos_axum::extract().await.map_err(AppError::inner)?;
    let from = guard::address(&parts.headers);
    check(&state.pool, &state.hashing, access, &from, typed).await
}

/// As [`confirm`], for a visitor at the address `from`.
///
/// # Errors
/// As [`confirm`].
pub async fn check(
    pool: &PgPool,
    hashing: &Hashing,
    access: &Access,
    from: &str,
    typed: String,
) -> Result<Signer, AppError> {
    let signer = Signer::of_record(&access.actor)?;
    let login = &access.actor.login;
    if typed.is_empty() {
        return Err(refused("Hãy nhập mật khẩu của bạn để ký."));
    }
    let (tries, _) = store::recent_failures(pool, login, from).await?;
    if tries >= MOST {
        return Err(AppError::TooMany { minutes: 15 });
    }
    let stored = store::password_hash(pool, access.agency(), access.actor.account.0).await?;
    let short = typed.chars().count() <= password::LONGEST;
    if short && password::verify(hashing, typed, Some(stored)).await? {
        return Ok(signer);
    }
    store::record_failure(pool, login, from).await?;
    Err(refused("Mật khẩu không đúng nên chưa ký gì cả."))
}

/// A refusal that never sends the typed password back.
fn refused(message: &str) -> AppError {
    AppError::invalid("password", message, "")
}

#[cfg(test)]
mod tests {
    use kpi::ids::{AgencyId, UnitId};
    use uuid::Uuid;

    use super::*;
    use crate::auth::Post;

    #[test]
    fn the_leading_post_is_signed_with_and_an_account_without_an_officer_never_signs() {
        let post = |kind: &str, title: &str| Post {
            unit: UnitId(Uuid::nil()),
            path: "/A/".into(),
            unit_name: "A".into(),
            kind: kind.into(),
            title: title.into(),
        };
        let mut actor = Actor {
            agency: AgencyId(Uuid::nil()),
            agency_name: "A".into(),
            account: AccountId(Uuid::nil()),
            login: "a".into(),
            officer: Some(OfficerId(Uuid::nil())),
            name: "Bùi An".into(),
            roles: Vec::new(),
            posts: vec![post("staff", "Chuyên viên"), post("head", "Vụ trưởng")],
            must_change: false,
            unread: 0,
        };
        assert_eq!(Signer::of_record(&actor).unwrap().post(), "Vụ trưởng");
        actor.officer = None;
        assert!(matches!(
            Signer::of_record(&actor),
            Err(AppError::Forbidden)
        ));
    }
}
