//! Handles that a request needs on the server: the database, the clock, the live channel.

use std::sync::Arc;

use axum::extract::FromRef;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Utc};
use leptos::prelude::{LeptosOptions, use_context};
use sqlx::PgPool;
use tokio::sync::Semaphore;

use crate::error::AppError;
use crate::live::Hub;
use crate::mail::BaseUrl;

/// Everything a handler may need; cheap to clone.
#[derive(Clone, FromRef)]
pub struct AppState {
    /// Options of the rendered document.
    pub leptos: LeptosOptions,
    /// The primary database.
    pub pool: PgPool,
    /// Fans out committed changes to open screens.
    pub hub: Hub,
    /// Source of today's date.
    pub clock: Clock,
    /// Bounds how many passwords are hashed at once.
    pub hashing: Hashing,
    /// Where links in a mail lead to; none while no mail is sent.
    pub mail: Option<BaseUrl>,
}

/// Permits for password hashing, which takes 19 MiB and some 20 ms of a core each.
#[derive(Clone)]
pub struct Hashing(pub Arc<Semaphore>);

impl Default for Hashing {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(2)))
    }
}

/// Today's date in Vietnam; a fixed day for demonstrations and tests.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    fixed: Option<NaiveDate>,
}

impl Clock {
    /// A clock that stands on `day`.
    pub fn fixed(day: NaiveDate) -> Self {
        Self { fixed: Some(day) }
    }

    /// The date in Vietnam (UTC+7, no daylight saving).
    pub fn today(self) -> NaiveDate {
        self.fixed
            .unwrap_or_else(|| crate::format::vietnam(Utc::now()).date())
    }

    /// Date and time in Vietnam; on a fixed day it is always noon.
    pub fn now(self) -> NaiveDateTime {
        let noon = NaiveTime::MIN + chrono::Duration::hours(12);
        self.fixed.map_or_else(
            || crate::format::vietnam(Utc::now()),
            |day| day.and_time(noon),
        )
    }
}

/// The state of the running server, inside a server function or a rendered page.
///
/// # Errors
/// `Unavailable` outside a request.
pub fn app_state() -> Result<AppState, AppError> {
    use_context::<AppState>().ok_or_else(|| AppError::inner("no application state in context"))
}
