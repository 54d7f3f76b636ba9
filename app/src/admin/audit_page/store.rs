//! SQL of the audit log's pages.

use chrono::{DateTime, Days, NaiveDate, Utc};
use sqlx::PgExecutor;
use uuid::Uuid;

use super::api::AuditFilter;
use crate::error::AppError;

/// Rows on one page.
pub const PAGE: i64 = 50;
/// Letters of a name that are searched.
const LONGEST_NAME: usize = 100;

/// A row with the names of who acted and whom it concerned.
pub struct Row {
    /// Its id; later rows have greater ones.
    pub audit_id: Uuid,
    /// Its place in the chain, once sealed.
    pub seq: Option<i64>,
    /// When.
    pub at: DateTime<Utc>,
    /// Name of the officer, or the login name; none for the command line.
    pub who: Option<String>,
    /// Where from.
    pub address: Option<String>,
    /// Code of the act.
    pub action: String,
    /// "account", "officer", "unit", …
    pub subject_kind: String,
    /// Id of the subject.
    pub subject_id: Option<Uuid>,
    /// Name of the subject, where it has one.
    pub subject: Option<String>,
    /// What was touched and why.
    pub detail: serde_json::Value,
}

/// What is searched.
#[derive(Debug, Default)]
pub struct Asked {
    person: String,
    action: String,
    /// From this moment on.
    from: Option<DateTime<Utc>>,
    /// Before this one.
    until: Option<DateTime<Utc>>,
    record: Option<Uuid>,
}

impl Asked {
    /// Reads what was typed.
    ///
    /// # Errors
    /// `Invalid` on `from`, `until` or `record`.
    pub fn parse(filter: &AuditFilter) -> Result<Self, AppError> {
        let day = |field: &str, text: &str| match text.trim() {
            "" => Ok(None),
            typed => crate::format::parse_day(typed).map(Some).ok_or_else(|| {
                AppError::invalid(field, "Ngày phải có dạng ngày/tháng/năm.", typed)
            }),
        };
        let (from, until) = (day("from", &filter.from)?, day("until", &filter.until)?);
        if from.zip(until).is_some_and(|(from, until)| from > until) {
            return Err(AppError::invalid(
                "until",
                "Ngày cuối phải từ ngày đầu trở đi.",
                &filter.until,
            ));
        }
        let record = match filter.record.trim() {
            "" => None,
            typed => Some(typed.parse().map_err(|_| {
                AppError::invalid(
                    "record",
                    "Mã hồ sơ gồm 32 chữ số thập lục phân, như trong tệp xuất hoặc liên kết ở cột “Với”.",
                    typed.chars().take(40).collect::<String>(),
                )
            })?),
        };
        Ok(Self {
            person: filter.person.trim().chars().take(LONGEST_NAME).collect(),
            action: super::words::code_of(filter.action.trim())
                .chars()
                .take(LONGEST_NAME)
                .collect(),
            from: from.and_then(midnight),
            until: until
                .and_then(|day| day.checked_add_days(Days::new(1)))
                .and_then(midnight),
            record,
        })
    }
}

/// The moment at which a day begins in Vietnam.
fn midnight(day: NaiveDate) -> Option<DateTime<Utc>> {
    let local = day.and_hms_opt(0, 0, 0)?;
    Some((local - chrono::Duration::hours(7)).and_utc())
}

/// The least id that a row of this moment can have, an hour of clocks and transactions allowed for: ids begin with the
/// milliseconds since 1970, so a span of time is a span of the primary key.
fn least_id(at: DateTime<Utc>, hours: i64) -> Uuid {
    let at = (at + chrono::Duration::hours(hours)).timestamp_millis();
    Uuid::from_u128(u128::try_from(at).unwrap_or(0) << 80)
}

/// Rows older than `before` (the newest without one) that match, newest first.
///
/// # Errors
/// The database's failure.
pub async fn rows(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    before: Option<Uuid>,
    asked: &Asked,
    limit: i64,
) -> Result<Vec<Row>, AppError> {
    let (first, last) = (
        asked.from.map(|from| least_id(from, -1)),
        asked.until.map(|until| least_id(until, 1)),
    );
    Ok(sqlx::query_as!(
        Row,
        r#"with found as materialized (
               select o.officer_id, a.account_id
               from officer o full join account a on a.agency_id = o.agency_id and a.officer_id = o.officer_id
               where $4 <> '' and coalesce(o.agency_id, a.agency_id) = $1
                 and position(fold($4) in fold(coalesce(o.full_name, '') || ' ' || coalesce(a.login, ''))) > 0
               limit 200
           )
           select l.audit_id, s.seq as "seq?", l.at, l.action, l.subject_kind, l.subject_id, l.detail, l.address,
                  coalesce((select full_name from officer o where o.agency_id = l.agency_id and o.officer_id = l.officer_id),
                           (select login from account a where a.agency_id = l.agency_id and a.account_id = l.account_id)) as who,
                  case l.subject_kind
                      when 'account' then (select login from account a where a.agency_id = l.agency_id and a.account_id = l.subject_id)
                      when 'unit' then (select name from unit u where u.agency_id = l.agency_id and u.unit_id = l.subject_id)
                      when 'agency' then (select name from agency g where g.agency_id = l.subject_id)
                      else (select full_name from officer o where o.agency_id = l.agency_id and o.officer_id = l.concerns)
                  end as subject
           from audit l left join audit_seal s on s.agency_id = l.agency_id and s.audit_id = l.audit_id
           where l.agency_id = $1 and ($2::uuid is null or l.audit_id < $2) and ($3 = '' or l.action = $3)
             and ($5::uuid is null or l.audit_id >= $5) and ($6::uuid is null or l.audit_id < $6)
             and ($7::timestamptz is null or l.at >= $7) and ($8::timestamptz is null or l.at < $8)
             and ($9::uuid is null or l.subject_id = $9 or l.audit_id = $9 or l.concerns = $9)
             and ($4 = '' or l.officer_id in (select officer_id from found) or l.concerns in (select officer_id from found)
                 or l.account_id in (select account_id from found))
           order by l.audit_id desc limit $10"#,
        agency,
        before,
        asked.action,
        asked.person,
        first,
        last,
        asked.from,
        asked.until,
        asked.record,
        limit
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
            seq: self.seq,
            address: self.address.unwrap_or_default(),
            subject_id: self.subject_id,
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
