//! Recording and ending delegations: by the competent person himself, or the personnel office for anybody.

use chrono::{Days, NaiveDate};
use kpi::permission::Scope;
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

use super::store::{self, NewDelegation};
use super::wire::{Delegations, Named};
use crate::audit;
use crate::auth::{Access, take_key};
use crate::error::AppError;
use crate::live::notify;
use crate::org::text::day;
use crate::review::steps::text;

/// Most days that one delegation lasts.
const LONGEST: u64 = 366;
/// Most characters of a document.
const DOCUMENT: usize = 200;

/// What was typed.
#[derive(Clone, Debug)]
pub struct Typed {
    /// Who signs.
    pub authority: Uuid,
    /// Who prepares.
    pub delegate: Uuid,
    /// Id of a unit that the authority heads; empty for all of his.
    pub unit: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub until: String,
    /// The document.
    pub document: String,
}

/// The competent person whose delegations the actor manages; none for all of them.
fn mine(access: &Access) -> Result<Option<Uuid>, AppError> {
    if access.scope == Scope::Agency {
        Ok(None)
    } else {
        Ok(Some(access.officer()?.0))
    }
}

/// What the actor may see and record.
///
/// # Errors
/// `Forbidden` without an officer; the database's failure.
pub async fn load(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
) -> Result<Delegations, AppError> {
    let mine = mine(access)?;
    let heads = store::holders(pool, access.agency(), today, true).await?;
    let authorities: Vec<Named> = heads
        .into_iter()
        .filter(|head| mine.is_none_or(|me| head.officer == me))
        .collect();
    Ok(Delegations {
        rows: store::list(pool, access.agency(), mine).await?,
        authorities,
        units: store::headed(pool, access.agency(), today, mine).await?,
        people: store::holders(pool, access.agency(), today, false).await?,
        today,
        key: Uuid::now_v7(),
    })
}

/// Records a delegation.
///
/// # Errors
/// `Forbidden` for another's; `Invalid` for a unit, days or a document; the database's failure.
pub async fn record(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (given, key): (Typed, Uuid),
) -> Result<(), AppError> {
    if mine(access)?.is_some_and(|me| me != given.authority) {
        return Err(AppError::Forbidden);
    }
    if given.authority == given.delegate {
        let message = "Người ký và người chuẩn bị phải là hai người khác nhau.";
        return Err(AppError::invalid("delegate", message, ""));
    }
    let from = day("from", "Từ ngày", &given.from)?;
    let until = day("until", "Đến hết ngày", &given.until)?;
    let latest = from.checked_add_days(Days::new(LONGEST)).unwrap_or(from);
    if until < from || until > latest || until < today {
        let message =
            "Ngày cuối phải từ hôm nay, không trước ngày đầu và không quá một năm sau đó.";
        return Err(AppError::invalid("until", message, given.until));
    }
    let missing = "Hãy ghi văn bản giao việc: số, ngày, hoặc nội dung phân công.";
    let document = text("document", &given.document, DOCUMENT, Some(missing))?;
    let unit = unit(pool, access, today, &given).await?;
    let mut db = pool.begin().await?;
    if !take_key(&mut db, access, key).await? {
        return Ok(());
    }
    let agency = access.actor.agency;
    let new = NewDelegation {
        authority: given.authority,
        delegate: given.delegate,
        unit,
        days: (from, until),
        document,
        by: access.actor.account.0,
    };
    let id = store::insert(&mut db, agency, &new).await?;
    let detail = json!({
        "delegation": id, "delegate": given.delegate, "unit": unit, "from": from, "until": until
    });
    let subject = ("officer", Some(given.authority));
    audit::write(
        &mut db,
        agency,
        access.actor.audit(),
        "review.delegate",
        subject,
        detail,
    )
    .await?;
    let said = "Bạn được giao chuẩn bị kết luận phiếu đánh giá; người có thẩm quyền ký sau.";
    notify(&mut db, agency.0, given.delegate.into(), said, "/review").await?;
    db.commit().await?;
    Ok(())
}

/// The unit that was chosen: one that the authority heads, so that a delegation never reaches further than he does.
async fn unit(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    given: &Typed,
) -> Result<Option<Uuid>, AppError> {
    let typed = given.unit.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let his = store::headed(pool, access.agency(), today, Some(given.authority)).await?;
    let found = his.iter().find(|one| one.unit.to_string() == typed);
    found.map(|one| Some(one.unit)).ok_or_else(|| {
        let message = "Người có thẩm quyền không đứng đầu đơn vị này; hãy chọn một đơn vị của người đó, hoặc tất cả.";
        AppError::invalid("unit", message, "")
    })
}

/// Ends a delegation before its last day.
///
/// # Errors
/// `NotFound` for one that is not there, not his, or ended already; the database's failure.
pub async fn end(pool: &PgPool, access: &Access, delegation: Uuid) -> Result<(), AppError> {
    let mine = mine(access)?;
    let mut db = pool.begin().await?;
    let agency = access.actor.agency;
    let by = access.actor.account.0;
    let authority = store::end(&mut db, agency, (delegation, mine), by).await?;
    let detail = json!({ "delegation": delegation });
    let subject = ("officer", Some(authority));
    audit::write(
        &mut db,
        agency,
        access.actor.audit(),
        "review.end_delegation",
        subject,
        detail,
    )
    .await?;
    db.commit().await?;
    Ok(())
}
