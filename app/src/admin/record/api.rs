//! The server function of the own record's log and the types on the wire.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::AppError;
use crate::sign::Signed;

/// One act on the own record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordLine {
    /// Its id: what the next page starts after.
    pub audit: Uuid,
    /// When, as text.
    pub at: String,
    /// Who: an officer's name, a login, or empty for the server itself.
    pub who: String,
    /// It was the officer himself.
    pub own: bool,
    /// Code of the act.
    pub action: String,
    /// What was looked at; empty for a change.
    pub seen: String,
    /// Month or year, as text; empty where it is about neither.
    pub period: String,
}

/// One page of the acts on the own record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordView {
    /// At most 50 rows, newest first.
    pub lines: Vec<RecordLine>,
    /// Older rows exist.
    pub more: bool,
    /// Where signatures are asked for: those about the own months, years and petitions, at most 200, newest first, each
    /// with its page.
    pub signatures: Vec<(Signed, String)>,
    /// The account has an officer behind it, who has a record.
    pub has_record: bool,
}

/// Acts on the own record, older than `before`: "views", "changes" by others, or all; "signatures" about it instead.
#[server(name = LoadRecord, prefix = "/api", endpoint = "record/list", input = GetUrl)]
pub async fn load_record(
    #[server(default)] before: Option<Uuid>,
    #[server(default)] show: String,
) -> Result<RecordView, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::SignedIn)?;
    let pool = crate::state::app_state()?.pool;
    super::store::page(&pool, &access, before, &show).await
}
