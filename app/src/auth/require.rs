//! The actor of a request and what the permission table of `kpi` grants him.

use kpi::ids::{AccountId, AgencyId, OfficerId, UnitId};
use kpi::permission::{Permission, Role, Scope, granted};
use leptos::prelude::use_context;
use sqlx::PgPool;
use uuid::Uuid;

use crate::audit;
use crate::error::AppError;

/// Who is signed in: loaded once a request by `guard::load_actor`.
#[derive(Clone, Debug)]
pub struct Actor {
    /// His agency; nothing outside it exists for him.
    pub agency: AgencyId,
    /// Name of the agency.
    pub agency_name: String,
    /// The account that signed in.
    pub account: AccountId,
    /// Its login name.
    pub login: String,
    /// The officer behind the account; an administrator's account may have none.
    pub officer: Option<OfficerId>,
    /// Full name, or the login name.
    pub name: String,
    /// Roles of the account and of the posts held today.
    pub roles: Vec<Role>,
    /// Posts held today.
    pub posts: Vec<Post>,
    /// The password was set by somebody else and has to be changed first.
    pub must_change: bool,
    /// Unread notifications.
    pub unread: i64,
}

/// A post held today.
#[derive(Clone, Debug)]
pub struct Post {
    /// The unit.
    pub unit: UnitId,
    /// Its path, "/BAN/VP/".
    pub path: String,
    /// Its name.
    pub unit_name: String,
    /// head, deputy or staff.
    pub kind: String,
    /// Title as appointed ("Vụ trưởng").
    pub title: String,
}

impl Actor {
    /// Paths of the units that he heads or whose head he is deputy of.
    pub fn led_paths(&self) -> Vec<String> {
        self.posts
            .iter()
            .filter(|post| post.kind != "staff")
            .map(|post| post.path.clone())
            .collect()
    }

    /// As the audit log names him.
    pub fn audit(&self) -> audit::Actor {
        audit::Actor {
            account: Some(self.account.0),
            officer: self.officer.map(|officer| officer.0),
        }
    }
}

/// An actor together with the scope that a permission gave him.
#[derive(Clone, Debug)]
pub struct Access {
    /// Who acts.
    pub actor: Actor,
    /// How far the permission reaches.
    pub scope: Scope,
}

impl Access {
    /// The agency, as SQL wants it.
    pub fn agency(&self) -> Uuid {
        self.actor.agency.0
    }

    /// The officer behind the account.
    ///
    /// # Errors
    /// `Forbidden` for an account without an officer.
    pub fn officer(&self) -> Result<OfficerId, AppError> {
        self.actor.officer.ok_or(AppError::Forbidden)
    }

    /// Path prefixes of the units within reach; `None` means the whole agency.
    pub fn paths(&self) -> Option<Vec<String>> {
        match self.scope {
            Scope::Agency => None,
            Scope::Unit => Some(self.actor.led_paths()),
            Scope::Own => Some(Vec::new()),
        }
    }

    /// Refuses a unit that lies outside the reach of this permission.
    ///
    /// # Errors
    /// `Forbidden`.
    pub fn reach_unit(&self, path: &str) -> Result<(), AppError> {
        match self.paths() {
            None => Ok(()),
            Some(paths) if paths.iter().any(|prefix| path.starts_with(prefix.as_str())) => Ok(()),
            Some(_) => Err(AppError::Forbidden),
        }
    }

    /// Refuses a person who is neither the actor himself nor in a unit within reach.
    ///
    /// # Errors
    /// `Forbidden`.
    pub fn reach_person(&self, officer: OfficerId, path: &str) -> Result<(), AppError> {
        if self.actor.officer == Some(officer) {
            Ok(())
        } else {
            self.reach_unit(path)
        }
    }

    /// Records, apart from the request, that the actor looked at `what` of these people ([`audit::viewed`]).
    pub fn viewed(
        &self,
        pool: &PgPool,
        officers: impl IntoIterator<Item = OfficerId>,
        what: &'static str,
    ) {
        let actor = self.actor.audit();
        audit::viewed(pool, self.actor.agency, actor, officers, what);
    }
}

/// The actor of this request, if somebody is signed in.
pub fn current_actor() -> Option<Actor> {
    use_context::<http::request::Parts>()?
        .extensions
        .get::<Actor>()
        .cloned()
}

/// The first statement of every server function: the actor, if the table grants him this permission.
///
/// # Errors
/// `SignedOut` without a session; `Forbidden` without the permission, or while the password must be changed first.
pub fn require(permission: Permission) -> Result<Access, AppError> {
    let actor = current_actor().ok_or(AppError::SignedOut)?;
    check(actor, permission)
}

/// As `require`, for handlers outside leptos that hold the actor already.
///
/// # Errors
/// As `require`.
pub fn check(actor: Actor, permission: Permission) -> Result<Access, AppError> {
    if actor.must_change && permission != Permission::SignedIn {
        return Err(AppError::Forbidden);
    }
    let scope = granted(&actor.roles, permission).ok_or(AppError::Forbidden)?;
    Ok(Access { actor, scope })
}
