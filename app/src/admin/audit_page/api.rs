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
    /// Its place in the chain; none while it waits for its seal.
    pub seq: Option<i64>,
    /// When, as text.
    pub at: String,
    /// Who: an officer's name, a login, or empty for the command line.
    pub who: String,
    /// Where from; empty where the request knew no address.
    pub address: String,
    /// Code of the act.
    pub action: String,
    /// Kind of the subject.
    pub subject_kind: String,
    /// Name of the subject, empty where it has none.
    pub subject: String,
    /// Id of the subject, to find all about it.
    pub subject_id: Option<Uuid>,
    /// Particulars, "key: value", shortened.
    pub detail: Vec<(String, String)>,
}

/// What is searched, as it was typed; empty fields are not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFilter {
    /// A part of a name or a login: who acted, or whose record it was.
    #[serde(default)]
    pub person: String,
    /// An act, by its words or its code.
    #[serde(default)]
    pub action: String,
    /// First day.
    #[serde(default)]
    pub from: String,
    /// Last day.
    #[serde(default)]
    pub until: String,
    /// Id of a subject or of a row.
    #[serde(default)]
    pub record: String,
}

impl AuditFilter {
    /// The filter as the query of an address, without the question mark.
    pub fn query(&self) -> String {
        [
            ("person", &self.person),
            ("action", &self.action),
            ("from", &self.from),
            ("until", &self.until),
            ("record", &self.record),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", crate::ui::query_value(value)))
        .collect::<Vec<_>>()
        .join("&")
    }
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
    /// Number and hash of the newest seal.
    pub head: Option<(i64, String)>,
}

/// A page of the audit log: rows older than `before` that the filter finds.
#[server(name = LoadAudit, prefix = "/api", endpoint = "audit/list", input = GetUrl)]
pub async fn load_audit(
    #[server(default)] before: Option<Uuid>,
    #[server(default)] filter: AuditFilter,
) -> Result<AuditView, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ViewAudit)?;
    let pool = crate::state::app_state()?.pool;
    let asked = super::store::Asked::parse(&filter)?;
    let limit = super::store::PAGE + 1;
    let mut rows = super::store::rows(&pool, access.agency(), before, &asked, limit).await?;
    let more = i64::try_from(rows.len()).is_ok_and(|found| found == limit);
    if more {
        rows.pop();
    }
    let actions = super::store::actions(&pool, access.agency()).await?;
    let head = crate::audit::chain::head(&pool, access.actor.agency).await?;
    Ok(AuditView {
        lines: rows.into_iter().map(super::store::Row::line).collect(),
        more,
        actions,
        head: head.map(|head| (head.seq, head.hash_text())),
    })
}
