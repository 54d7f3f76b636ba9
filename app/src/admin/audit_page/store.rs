//! SQL of the audit log's pages.

use chrono::{DateTime, Utc};
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::error::AppError;

/// Rows on one page.
pub const PAGE: i64 = 50;

/// A row with the names of who acted and whom it concerned.
pub struct Row {
    /// Its id; later rows have greater ones.
    pub audit_id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Name of the officer, or the login name; none for the command line.
    pub who: Option<String>,
    /// Code of the act.
    pub action: String,
    /// "account", "officer", "unit", …
    pub subject_kind: String,
    /// Name of the subject, where it has one.
    pub subject: Option<String>,
    /// What was touched and why.
    pub detail: serde_json::Value,
}

/// Rows older than `before` (the newest without one), of one action or all; at most 51: one more than a page tells
/// that there are more.
///
/// # Errors
/// The database's failure.
pub async fn page(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    before: Option<Uuid>,
    action: &str,
) -> Result<Vec<Row>, AppError> {
    Ok(sqlx::query_as!(
        Row,
        r#"select l.audit_id, l.at, l.action, l.subject_kind, l.detail,
                  coalesce((select full_name from officer o where o.agency_id = l.agency_id and o.officer_id = l.officer_id),
                           (select login from account a where a.agency_id = l.agency_id and a.account_id = l.account_id)) as who,
                  case l.subject_kind
                      when 'officer' then (select full_name from officer o where o.agency_id = l.agency_id and o.officer_id = l.subject_id)
                      when 'sheet' then (select full_name from officer o where o.agency_id = l.agency_id and o.officer_id = l.subject_id)
                      when 'account' then (select login from account a where a.agency_id = l.agency_id and a.account_id = l.subject_id)
                      when 'unit' then (select name from unit u where u.agency_id = l.agency_id and u.unit_id = l.subject_id)
                      when 'agency' then (select name from agency g where g.agency_id = l.subject_id)
                      else (select full_name from officer o where o.agency_id = l.agency_id and o.officer_id =
                                case when l.detail->>'officer' ~ '^[0-9a-f-]{36}$' then (l.detail->>'officer')::uuid end)
                  end as subject
           from audit l
           where l.agency_id = $1 and ($2::uuid is null or l.audit_id < $2) and ($3 = '' or l.action = $3)
           order by l.audit_id desc limit $4"#,
        agency,
        before,
        action,
        PAGE + 1
    )
    .fetch_all(db)
    .await?)
}

/// Acts that occur in the log, for the filter; at most 100.
///
/// # Errors
/// The database's failure.
pub async fn actions(db: impl PgExecutor<'_>, agency: Uuid) -> Result<Vec<String>, AppError> {
    // A loose index scan would need an index that every write pays for; the last 20,000 rows are enough for a filter.
    Ok(sqlx::query_scalar!(
        r#"select distinct action as "action!" from
           (select action from audit where agency_id = $1 order by audit_id desc limit 20000) recent
           order by 1 limit 100"#,
        agency
    )
    .fetch_all(db)
    .await?)
}

impl Row {
    /// The row as the screen shows it.
    pub(super) fn line(self) -> super::api::AuditLine {
        let detail = match &self.detail {
            serde_json::Value::Object(pairs) => pairs
                .iter()
                // Ids say nothing to a reader; whom they mean stands beside.
                .filter(|(_, value)| !value.is_null() && !is_id(value))
                .take(12)
                .map(|(key, value)| (key.clone(), short(value)))
                .collect(),
            _ => Vec::new(),
        };
        super::api::AuditLine {
            audit: self.audit_id,
            at: crate::format::moment(self.at),
            who: self.who.unwrap_or_default(),
            action: self.action,
            subject_kind: self.subject_kind,
            subject: self.subject.unwrap_or_default(),
            detail,
        }
    }
}

fn is_id(value: &serde_json::Value) -> bool {
    value
        .as_str()
        .is_some_and(|text| Uuid::try_parse(text).is_ok())
}

fn short(value: &serde_json::Value) -> String {
    let whole = match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(items) => items.iter().map(short).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    };
    if whole.chars().count() > 200 {
        whole.chars().take(199).chain(['…']).collect()
    } else {
        whole
    }
}
