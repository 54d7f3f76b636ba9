//! Somebody who acts in a test, without a session.

use app::auth::{Access, Actor, Post};
use kpi::ids::{AccountId, AgencyId, OfficerId, UnitId};
use kpi::permission::{Permission, Role, granted};
use uuid::Uuid;

/// An officer with one post: its unit, the unit's path and "head", "deputy" or "staff".
pub fn actor(
    agency: AgencyId,
    officer: OfficerId,
    (unit, path, kind): (UnitId, &str, &str),
    roles: Vec<Role>,
) -> Actor {
    Actor {
        agency,
        agency_name: "Ban".into(),
        account: AccountId(Uuid::now_v7()),
        login: "login".into(),
        officer: Some(officer),
        name: "Người".into(),
        roles,
        posts: vec![Post {
            unit,
            path: path.into(),
            unit_name: "Vụ".into(),
            kind: kind.into(),
            title: "Chức danh".into(),
        }],
        must_change: false,
        unread: 0,
    }
}

/// What the permission table gives the actor.
pub fn access(actor: Actor, permission: Permission) -> Access {
    let scope = granted(&actor.roles, permission).expect("the table grants it");
    Access { actor, scope }
}
