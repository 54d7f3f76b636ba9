//! Server functions of notifications.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::AppError;

/// One notification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notification {
    /// Its id.
    pub notification: Uuid,
    /// What happened, one sentence.
    pub text: String,
    /// Where to look: a path of this site.
    pub link: String,
    /// When, as text.
    pub at: String,
    /// It was not read yet.
    pub unread: bool,
}

/// The own notifications, newest first; at most 50. None for an account without an officer.
#[server(name = OwnNotifications, prefix = "/api", endpoint = "notifications/list", input = GetUrl)]
pub async fn own_notifications() -> Result<Vec<Notification>, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::SignedIn)?;
    let Some(officer) = access.actor.officer else {
        return Ok(Vec::new());
    };
    let pool = crate::state::app_state()?.pool;
    let rows = super::store::latest(&pool, access.agency(), officer).await?;
    Ok(rows
        .into_iter()
        .map(|row| Notification {
            notification: row.notification_id,
            text: row.text,
            link: row.link,
            at: crate::format::moment(row.at),
            unread: row.read_at.is_none(),
        })
        .collect())
}

/// Marks all own notifications as read.
#[server(name = MarkAllRead, prefix = "/api", endpoint = "notifications/read")]
pub async fn mark_all_read() -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::SignedIn)?;
    let Some(officer) = access.actor.officer else {
        return Ok(());
    };
    let pool = crate::state::app_state()?.pool;
    super::store::mark_all_read(&pool, access.agency(), officer).await
}
