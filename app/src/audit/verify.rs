//! Checks an agency's chain against its rows and names the first that is wrong.

use std::fmt;

use futures::TryStreamExt;
use kpi::ids::AgencyId;
use sqlx::PgConnection;
use uuid::Uuid;

use super::chain::{Head, Row};

/// Seconds after which a row that still waits for its seal is a fault: sealing runs each second.
pub const LONGEST_WAIT: i32 = 60;

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Sealed rows that are as they were sealed, counted up to the fault.
    pub rows: i64,
    /// Rows that wait for their seal, none of them too long; 0 when the chain itself has a fault.
    pub waiting: i64,
    /// The last good place of the chain.
    pub head: Option<Head>,
    /// The first fault.
    pub fault: Option<Fault>,
}

/// The first bad row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its place in the chain, if it has one.
    pub seq: Option<i64>,
    /// Its id, if anything still names it.
    pub audit: Option<Uuid>,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What can be wrong with a row or with the chain at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// No seal at this place, though the chain goes on or its head says so.
    SealMissing,
    /// The seal names a row that is not in the log.
    RowMissing,
    /// The row, its place or its hash is not what was sealed.
    Altered,
    /// The seal does not continue the one before.
    Unlinked,
    /// A second row or seal at a place that has one.
    Doubled,
    /// The stored head is not the end of the chain.
    HeadDiffers,
    /// The chain has another hash at the place of a head that was printed or kept elsewhere.
    KeptHeadDiffers,
    /// In the log without a seal, and not waiting for one.
    Added,
    /// In the queue, but not in the log.
    RemovedUnsealed,
    /// Waiting for its seal longer than [`LONGEST_WAIT`].
    Unsealed,
}

impl Wrong {
    /// The finding as the end of a sentence.
    pub fn label(self) -> &'static str {
        match self {
            Self::SealMissing => {
                "dấu niêm phong ở số này không còn: dòng đã bị xóa hoặc chuỗi đã bị cắt"
            }
            Self::RowMissing => "dòng nhật ký đã bị xóa, chỉ còn dấu niêm phong",
            Self::Altered => "nội dung, vị trí hoặc mã niêm phong đã bị sửa",
            Self::Unlinked => "không nối tiếp dòng liền trước",
            Self::Doubled => "có nhiều hơn một dòng ở số này",
            Self::HeadDiffers => "đầu chuỗi đang lưu không khớp với dòng cuối của chuỗi",
            Self::KeptHeadDiffers => "chuỗi không đi qua đầu chuỗi đã giữ: nó đã bị làm lại",
            Self::Added => {
                "dòng được thêm không qua hệ thống: không có dấu niêm phong và không chờ niêm phong"
            }
            Self::RemovedUnsealed => "dòng đã bị xóa trước khi được niêm phong",
            Self::Unsealed => {
                "chờ niêm phong quá một phút: máy chủ không chạy hoặc không niêm phong được"
            }
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(seq) = self.seq {
            write!(out, "số {seq}")?;
        }
        match (self.seq, self.audit) {
            (Some(_), Some(audit)) => write!(out, ", dòng {audit}")?,
            (None, Some(audit)) => write!(out, "dòng {audit}")?,
            (None, None) => write!(out, "đầu chuỗi")?,
            (Some(_), None) => {}
        }
        write!(out, ": {}", self.wrong.label())
    }
}

/// Checks the chain of an agency from its first row, in constant memory, and that no row stands outside it. `kept` is a
/// head that was printed or written down earlier: it alone shows that an owner of the database made the whole chain anew.
///
/// Run it in a transaction of repeatable reads, so that rows written meanwhile do not look like faults.
///
/// # Errors
/// The database's failure.
pub async fn verify(
    db: &mut PgConnection,
    agency: AgencyId,
    kept: Option<Head>,
) -> sqlx::Result<Verified> {
    let mut found = Verified {
        rows: 0,
        waiting: 0,
        head: None,
        fault: None,
    };
    let end = chain(db, agency, kept, &mut found).await?;
    found.head = (end.seq > 0).then_some(end);
    if found.fault.is_none() {
        found.fault = head(db, agency, kept, end).await?;
    }
    if found.fault.is_none() {
        (found.waiting, found.fault) = outside(db, agency).await?;
    }
    Ok(found)
}

/// Walks the seals in their order; the last good one.
async fn chain(
    db: &mut PgConnection,
    agency: AgencyId,
    kept: Option<Head>,
    found: &mut Verified,
) -> sqlx::Result<Head> {
    // Rows lie nearly in the order of their seals: looked up one by one they stream, where a join would sort them all.
    plan_joins(db, "off").await?;
    let mut at = Head::START;
    let mut seals = sqlx::query!(
        r#"select s.seq, s.audit_id as sealed, s.previous, s.hash,
            a.audit_id as "row?", extract(epoch from a.at)::text as at, a.account_id as "account_id?",
            a.officer_id as "officer_id?", a.action as "action?", a.subject_kind as "subject_kind?",
            a.subject_id as "subject_id?", a.detail::text as detail, a.address as "address?", a.concerns as "concerns?"
           from audit_seal s left join audit a on a.agency_id = s.agency_id and a.audit_id = s.audit_id
           where s.agency_id = $1 order by s.seq"#,
        agency.0
    )
    .fetch(&mut *db);
    while let Some(seal) = seals.try_next().await? {
        let next = at.seq + 1;
        let fault = |seq, audit, wrong| {
            Some(Fault {
                seq: Some(seq),
                audit,
                wrong,
            })
        };
        if seal.seq != next {
            found.fault = if seal.seq > next {
                fault(next, None, Wrong::SealMissing)
            } else {
                fault(seal.seq, Some(seal.sealed), Wrong::Doubled)
            };
            break;
        }
        let named = Some(seal.sealed);
        if seal.row.is_none() {
            found.fault = fault(next, named, Wrong::RowMissing);
            break;
        }
        if seal.previous != at.hash {
            found.fault = fault(next, named, Wrong::Unlinked);
            break;
        }
        let row = Row {
            agency_id: agency.0,
            audit_id: seal.sealed,
            at: seal.at,
            account_id: seal.account_id,
            officer_id: seal.officer_id,
            action: seal.action,
            subject_kind: seal.subject_kind,
            subject_id: seal.subject_id,
            detail: seal.detail,
            address: seal.address,
            concerns: seal.concerns,
        };
        let hash = row.hash(next, &at.hash);
        if seal.hash != hash {
            found.fault = fault(next, named, Wrong::Altered);
            break;
        }
        at = Head { seq: next, hash };
        if kept.is_some_and(|kept| kept.seq == next && kept != at) {
            found.fault = fault(next, named, Wrong::KeptHeadDiffers);
            break;
        }
        found.rows = next;
    }
    drop(seals);
    plan_joins(db, "on").await?;
    Ok(at)
}

async fn plan_joins(db: &mut PgConnection, how: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "select set_config('enable_hashjoin', $1, true) as hashed, set_config('enable_mergejoin', $1, true) as merged",
        how
    )
    .fetch_one(db)
    .await?;
    Ok(())
}

/// Whether the stored head and the kept one agree with the end of the chain.
async fn head(
    db: &mut PgConnection,
    agency: AgencyId,
    kept: Option<Head>,
    end: Head,
) -> sqlx::Result<Option<Fault>> {
    let stored = sqlx::query!(
        "select seq, hash from audit_head where agency_id = $1",
        agency.0
    )
    .fetch_optional(db)
    .await?;
    let missing = |seq: i64| Fault {
        seq: Some(seq),
        audit: None,
        wrong: Wrong::SealMissing,
    };
    let differs = match stored {
        Some(stored) if stored.seq > end.seq => return Ok(Some(missing(end.seq + 1))),
        Some(stored) => stored.seq != end.seq || stored.hash != end.hash,
        None => end.seq > 0,
    };
    if differs {
        return Ok(Some(Fault {
            seq: None,
            audit: None,
            wrong: Wrong::HeadDiffers,
        }));
    }
    Ok(kept
        .filter(|kept| kept.seq > end.seq)
        .map(|_| missing(end.seq + 1)))
}

/// How many rows wait for their seal, and the first row outside chain and queue or too long in it.
async fn outside(db: &mut PgConnection, agency: AgencyId) -> sqlx::Result<(i64, Option<Fault>)> {
    let waiting = sqlx::query_scalar!(
        r#"select count(*) as "count!" from audit_waiting where agency_id = $1"#,
        agency.0
    )
    .fetch_one(&mut *db)
    .await?;
    let first = sqlx::query!(
        r#"select audit_id as "audit_id!", in_log as "in_log!", in_queue as "in_queue!" from (
               select a.audit_id, true as in_log, w.audit_id is not null as in_queue
               from audit a
               left join audit_seal s on s.agency_id = a.agency_id and s.audit_id = a.audit_id
               left join audit_waiting w on w.agency_id = a.agency_id and w.audit_id = a.audit_id
               where a.agency_id = $1 and s.audit_id is null
                 and (w.audit_id is null or a.at < now() - make_interval(secs => $2::int))
               union all
               select w.audit_id, false, true
               from audit_waiting w left join audit a on a.agency_id = w.agency_id and a.audit_id = w.audit_id
               where w.agency_id = $1 and a.audit_id is null
           ) outside order by audit_id limit 1"#,
        agency.0,
        LONGEST_WAIT
    )
    .fetch_optional(db)
    .await?;
    let fault = first.map(|first| Fault {
        seq: None,
        audit: Some(first.audit_id),
        wrong: match (first.in_log, first.in_queue) {
            (false, _) => Wrong::RemovedUnsealed,
            (true, true) => Wrong::Unsealed,
            (true, false) => Wrong::Added,
        },
    });
    Ok((waiting, fault))
}

/// Agencies that have rows, seals or a head, those that the table of agencies does not know included.
///
/// # Errors
/// The database's failure.
pub async fn agencies(db: &mut PgConnection) -> sqlx::Result<Vec<AgencyId>> {
    // Steps from one agency to the next along the primary keys instead of reading every row.
    let ids = sqlx::query_scalar!(
        r#"with recursive logged (id) as (
               (select agency_id from audit order by agency_id limit 1)
               union all
               select (select agency_id from audit where agency_id > id order by agency_id limit 1) from logged where id is not null
           ), sealed (id) as (
               (select agency_id from audit_seal order by agency_id limit 1)
               union all
               select (select agency_id from audit_seal where agency_id > id order by agency_id limit 1) from sealed where id is not null
           )
           select agency_id as "id!" from agency
           union select id from logged where id is not null
           union select id from sealed where id is not null
           union select agency_id from audit_head
           union select agency_id from audit_waiting
           order by 1"#
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(AgencyId).collect())
}
