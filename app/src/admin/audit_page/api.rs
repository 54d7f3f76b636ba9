//! The server function of the audit log and the types on the wire.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::AppError;

/// One row of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// Its id: what the next page starts after.
    pub audit: Uuid,
    /// When, as text.
    pub at: String,
    /// Who: an officer's name, a login, or empty for the command line.
    pub who: String,
    /// Code of the act.
    pub action: String,
    /// Kind of the subject.
    pub subject_kind: String,
    /// Name of the subject, empty where it has none.
    pub subject: String,
    /// Particulars, "key: value", shortened.
    pub detail: Vec<(String, String)>,
}

/// One page of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditView {
    /// At most 50 rows, newest first.
    pub lines: Vec<AuditLine>,
    /// Older rows exist.
    pub more: bool,
    /// Acts to filter by.
    pub actions: Vec<String>,
}

/// A page of the audit log: rows older than `before`, of one act or all.
#[server(name = LoadAudit, prefix = "/api", endpoint = "audit/list", input = GetUrl)]
pub async fn load_audit(
    #[server(default)] before: Option<Uuid>,
    #[server(default)] action: String,
) -> Result<AuditView, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ViewAudit)?;
    let pool = crate::state::app_state()?.pool;
    let mut rows = super::store::page(&pool, access.agency(), before, &action).await?;
    let more = rows.len() > 50;
    rows.truncate(50);
    let actions = super::store::actions(&pool, access.agency()).await?;
    Ok(AuditView {
        lines: rows.into_iter().map(super::store::Row::line).collect(),
        more,
        actions,
    })
}
