//! SQL of signatures.

use kpi::ids::{AgencyId, OfficerId};
use kpi::period::Period;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

use super::page::Signed;
use super::{Kind, Signer, Subject};
use crate::error::AppError;

/// Signatures of one person or record that are shown at most.
const MOST: i64 = 200;

/// Signs `content` under `subject`, in the caller's transaction; returns the signature's id.
///
/// What is hashed is the canonical JSON of subject and content: keys in order, no white space.
///
/// # Errors
/// `Forbidden` if the signer is the person concerned; the database's failure.
pub async fn sign(
    db: &mut PgConnection,
    agency: AgencyId,
    signer: &Signer,
    subject: Subject,
    content: &Value,
) -> Result<Uuid, AppError> {
    if subject.officer == Some(signer.officer()) {
        return Err(AppError::Forbidden);
    }
    let id = Uuid::now_v7();
    let text = json!({ "content": content, "subject": subject }).to_string();
    let hash = Sha256::digest(text.as_bytes());
    sqlx::query!(
        "insert into signature (agency_id, signature_id, kind, officer_id, period, year, record_id, version,
                                content, content_hash, account_id, signer_id, signer_name, signer_post)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        agency.0,
        id,
        subject.kind.as_str(),
        subject.officer.map(|officer| officer.0),
        subject.first_day(),
        subject.year,
        subject.record,
        subject.version,
        text,
        hash.as_slice(),
        signer.account().map(|account| account.0),
        signer.officer().0,
        signer.name(),
        signer.post()
    )
    .execute(db)
    .await?;
    Ok(id)
}

/// Withdraws a signature, in the caller's transaction. Whether he may is the caller's rule.
///
/// # Errors
/// `Invalid` on `reason` if it is empty; `NotFound` for one that is not there or was withdrawn; the database's failure.
pub async fn withdraw(
    db: &mut PgConnection,
    agency: AgencyId,
    signature: Uuid,
    by: &Signer,
    reason: &str,
) -> Result<(), AppError> {
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > 1000 {
        let message = "Hãy ghi lý do hủy chữ ký, tối đa 1.000 ký tự.";
        return Err(AppError::invalid("reason", message, reason));
    }
    let done = sqlx::query!(
        "update signature set withdrawn_at = now(), withdrawn_by = $3, withdraw_reason = $4
         where agency_id = $1 and signature_id = $2 and withdrawn_at is null",
        agency.0,
        signature,
        by.officer().0,
        reason
    )
    .execute(db)
    .await?;
    if done.rows_affected() == 0 {
        return Err(AppError::NotFound);
    }
    Ok(())
}

/// The signatures about a person, newest first, at most 200, withdrawn ones among them. One signature may stand under
/// decisions about many people, and none of them hears of it before he is told: those about years count where they are
/// among `told`.
///
/// # Errors
/// The database's failure.
pub async fn history_of(
    db: &mut PgConnection,
    agency: AgencyId,
    officer: OfficerId,
    told: &[Uuid],
) -> Result<Vec<Signed>, AppError> {
    let asked = Asked {
        about: Some((officer.0, told)),
        ..Asked::default()
    };
    list(db, agency, asked).await
}

/// The signatures under a person's month or a record, newest first, withdrawn ones among them.
///
/// # Errors
/// The database's failure.
pub async fn of(
    db: &mut PgConnection,
    agency: AgencyId,
    subject: &Subject,
) -> Result<Vec<Signed>, AppError> {
    let asked = Asked {
        subject: Some(subject),
        ..Asked::default()
    };
    list(db, agency, asked).await
}

/// The signatures of one kind under a month, newest first, at most 200.
///
/// # Errors
/// The database's failure.
pub async fn of_month(
    db: &mut PgConnection,
    agency: AgencyId,
    kind: Kind,
    period: Period,
) -> Result<Vec<Signed>, AppError> {
    let subject = Subject {
        kind,
        officer: None,
        period: Some(period),
        year: None,
        record: None,
        version: 1,
    };
    let asked = Asked {
        subject: Some(&subject),
        ..Asked::default()
    };
    list(db, agency, asked).await
}

/// One signature by its id; none when it is not there.
///
/// # Errors
/// The database's failure.
pub async fn by_id(
    db: &mut PgConnection,
    agency: AgencyId,
    signature: Uuid,
) -> Result<Vec<Signed>, AppError> {
    let asked = Asked {
        signature: Some(signature),
        ..Asked::default()
    };
    list(db, agency, asked).await
}

/// Which signatures are listed.
#[derive(Clone, Copy, Debug, Default)]
struct Asked<'a> {
    /// About a person, with the signatures of decisions that he was told of.
    about: Option<(Uuid, &'a [Uuid])>,
    /// Under a person's month or a record.
    subject: Option<&'a Subject>,
    /// One by its id.
    signature: Option<Uuid>,
}

async fn list(
    db: &mut PgConnection,
    agency: AgencyId,
    asked: Asked<'_>,
) -> Result<Vec<Signed>, AppError> {
    let (person, told) = asked.about.unzip();
    let subject = asked.subject;
    let officer = subject.and_then(|subject| subject.officer);
    let rows = sqlx::query!(
        r#"select s.signature_id, s.kind, s.period, s.year, s.version, s.content_hash, s.signed_at, s.signer_name, s.signer_post,
                s.withdrawn_at, s.withdraw_reason, u.name as "unit?"
         from signature s
         left join unit u on u.agency_id = $1 and u.unit_id = s.record_id
         where s.agency_id = $1
           and ($2::uuid is null or s.officer_id = $2)
           and ($3::text is null or s.kind = $3)
           and ($4::date is null or s.period = $4)
           and ($5::integer is null or s.year = $5)
           and ($6::uuid is null or s.record_id = $6)
           and ($7::uuid is null or s.signature_id = $7)
           and ($8::uuid is null or (s.officer_id = $8 and s.kind <> 'year_decision') or s.signature_id = any($9))
         order by s.signed_at desc, s.signature_id desc limit $10"#,
        agency.0,
        officer.map(|officer| officer.0),
        subject.map(|subject| subject.kind.as_str()),
        subject.and_then(Subject::first_day),
        subject.and_then(|subject| subject.year),
        subject.and_then(|subject| subject.record),
        asked.signature,
        person,
        told.unwrap_or_default(),
        MOST
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Signed {
                id: row.signature_id,
                kind: row.kind.parse().map_err(AppError::inner)?,
                unit: row.unit,
                period: row.period,
                year: row.year,
                version: row.version,
                hash: row
                    .content_hash
                    .iter()
                    .map(|byte| format!("{byte:02x}"))
                    .collect(),
                at: row.signed_at,
                name: row.signer_name,
                post: row.signer_post,
                withdrawn: row.withdrawn_at.zip(row.withdraw_reason),
            })
        })
        .collect()
}
