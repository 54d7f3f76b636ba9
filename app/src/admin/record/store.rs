//! SQL of the own record's log.

use sqlx::PgPool;
use uuid::Uuid;

use super::api::{RecordLine, RecordView};
use crate::auth::Access;
use crate::error::AppError;

/// Rows on one page.
const PAGE: i64 = 50;

/// Acts on the record of the officer who asks. Particulars stay away: they may speak of others, or of a step that is
/// not announced yet.
///
/// # Errors
/// The database's failure.
pub async fn page(
    pool: &PgPool,
    access: &Access,
    before: Option<Uuid>,
    show: &str,
) -> Result<RecordView, AppError> {
    let Some(officer) = access.actor.officer else {
        return Ok(RecordView {
            lines: Vec::new(),
            more: false,
            has_record: false,
        });
    };
    let rows = sqlx::query!(
        r#"select l.audit_id, l.at, l.action, coalesce(l.officer_id = $2, false) as "own!",
                  coalesce((select full_name from officer o where o.agency_id = l.agency_id and o.officer_id = l.officer_id),
                           (select login from account a where a.agency_id = l.agency_id and a.account_id = l.account_id), '') as "who!",
                  case when l.action = 'record.view' then l.detail->>'what' end as seen,
                  coalesce(l.detail->>'period', l.detail->>'year') as period
           from audit l
           where l.agency_id = $1 and l.concerns = $2 and ($3::uuid is null or l.audit_id < $3)
             and case $4 when 'views' then l.action in ('record.view', 'report.print')
                         when 'changes' then l.action not in ('record.view', 'report.print') and l.officer_id is distinct from $2
                         else true end
           order by l.audit_id desc limit $5"#,
        access.agency(),
        officer.0,
        before,
        show,
        PAGE + 1
    )
    .fetch_all(pool)
    .await?;
    let limit = usize::try_from(PAGE).unwrap_or(usize::MAX);
    Ok(RecordView {
        more: rows.len() > limit,
        lines: rows
            .into_iter()
            .take(limit)
            .map(|row| RecordLine {
                audit: row.audit_id,
                at: crate::format::moment(row.at),
                who: row.who,
                own: row.own,
                action: row.action,
                seen: row.seen.unwrap_or_default(),
                period: row.period.map_or_else(String::new, |text| period(&text)),
            })
            .collect(),
        has_record: true,
    })
}

/// "2026-11" as "Tháng 11/2026", a year as it is.
fn period(text: &str) -> String {
    text.parse::<kpi::period::Period>()
        .map_or_else(|_| text.to_owned(), kpi::period::Period::label)
}
