//! SQL of the own record's log.

use kpi::ids::OfficerId;
use sqlx::PgPool;
use uuid::Uuid;

use super::api::{RecordLine, RecordView};
use crate::auth::Access;
use crate::error::AppError;
use crate::rating::process::store::{Which, decisions};
use crate::review;
use crate::sign::{self, Kind, Signed};

/// Rows on one page.
const PAGE: i64 = 50;

/// Acts on the record of the officer who asks, or the signatures about it. Particulars stay away: they may speak of others, or of a step that is
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
        return Ok(RecordView::default());
    };
    if show == "signatures" {
        return Ok(RecordView {
            signatures: signatures(pool, access, officer).await?,
            has_record: true,
            ..RecordView::default()
        });
    }
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
        signatures: Vec::new(),
    })
}

/// Signatures about the officer who asks, with their pages. Those of announcements and of decisions about a year follow
/// from what was announced to him: one of them is about many people.
async fn signatures(
    pool: &PgPool,
    access: &Access,
    officer: OfficerId,
) -> Result<Vec<(Signed, String)>, AppError> {
    let mut db = pool.acquire().await?;
    let which = Which {
        officer: Some(officer.0),
        ..Which::default()
    };
    let told: Vec<(Uuid, Uuid)> = decisions(&mut db, access.agency(), which)
        .await?
        .into_iter()
        .filter(|decision| decision.published.is_some())
        .filter_map(|decision| Some((decision.signature?, decision.id)))
        .collect();
    let months =
        review::version::store::announcements(&mut *db, access.agency(), officer.0).await?;
    let years = told.iter().map(|(signature, _)| *signature);
    let ids: Vec<Uuid> = years.chain(months).collect();
    let found = sign::store::history_of(&mut db, access.actor.agency, officer, &ids).await?;
    let page = |signed: &Signed| {
        let decision = told.iter().find(|(signature, _)| *signature == signed.id);
        match (decision, signed.period, signed.kind) {
            (Some((_, decision)), ..) => format!("/decision/{decision}"),
            (None, Some(month), Kind::Sheet | Kind::MonthAnnouncement) => {
                format!("/sheet/{}?period={}", officer.0, month.format("%Y-%m"))
            }
            _ => "/petition".to_owned(),
        }
    };
    let with_page = |signed: Signed| (signed.clone(), page(&signed));
    Ok(found.into_iter().map(with_page).collect())
}

/// "2026-11" as "Tháng 11/2026", a year as it is.
fn period(text: &str) -> String {
    text.parse::<kpi::period::Period>()
        .map_or_else(|_| text.to_owned(), kpi::period::Period::label)
}
