//! SQL that writes the rating of a year step by step, everybody at once: the database holds the order of the steps.

use app::error::AppError;
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// A paper of the head of the agency.
#[derive(Clone, Debug)]
pub struct Paper {
    /// The agency.
    pub agency: Uuid,
    /// The year.
    pub year: i32,
    /// Its number.
    pub number: String,
    /// Its day.
    pub day: NaiveDate,
    /// Its signature.
    pub signature: Uuid,
    /// Who signed.
    pub leader: Uuid,
    /// His account.
    pub account: Uuid,
    /// When.
    pub at: DateTime<Utc>,
}

/// Mẫu số 02, meeting, opinion and proposal, each person as far as he came.
///
/// # Errors
/// The database's failure.
pub async fn sheets(db: &mut PgConnection, paper: &Paper, list: &[Value]) -> Result<(), AppError> {
    let list = Value::Array(list.to_vec());
    sqlx::query!(
        "insert into year_sheet (agency_id, year, officer_id, unit_id, leads, decided_above)
         select $1, $2, p.officer, p.unit, p.leads, p.above
         from jsonb_to_recordset($3) as p(officer uuid, unit uuid, leads boolean, above boolean)",
        paper.agency,
        paper.year,
        list
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update year_sheet s set status = 'submitted', self_level = p.self_level, self_remarks = p.remarks, months = p.months,
             mean = p.mean, submitted_at = $3::timestamptz - interval '10 days', version = 1
         from jsonb_to_recordset($4) as p(officer uuid, self_level text, remarks text, months jsonb, mean numeric)
         where s.agency_id = $1 and s.year = $2 and s.officer_id = p.officer",
        paper.agency,
        paper.year,
        paper.at,
        list
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update year_sheet s set status = 'met', minutes_number = n.place || '-BB/BCSPT', minutes_on = $3::date - 7,
             minutes_summary = 'Tập thể nhất trí với bản tự đánh giá; đề nghị phát huy ưu điểm, khắc phục hạn chế đã nêu ở phiếu từng tháng.',
             version = 2
         from jsonb_to_recordset($4) as p(officer uuid, unit uuid, until text)
         join (select unit_id, row_number() over (order by path) as place from unit where agency_id = $1) n on n.unit_id = p.unit
         where s.agency_id = $1 and s.year = $2 and s.officer_id = p.officer and p.until in ('proposed', 'published')",
        paper.agency,
        paper.year,
        paper.day,
        list
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update year_sheet set status = 'opinion', opinion = 'Cấp ủy nhất trí với nhận xét của cuộc họp và mức tự xếp loại.',
             opinion_on = $3::date - 4, opinion_document = '31-NX/CU', version = 3
         where agency_id = $1 and year = $2 and leads and status = 'met'",
        paper.agency,
        paper.year,
        paper.day
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update year_sheet s set status = 'proposed', proposed_level = p.level, computed_level = p.computed,
             proposal_reason = p.reason, handling = p.handling, proposed_by = $3,
             proposed_at = $4::timestamptz - interval '3 days', version = s.version + 1
         from jsonb_to_recordset($5) as p(officer uuid, level text, computed text, reason text, handling text)
         where s.agency_id = $1 and s.year = $2 and s.officer_id = p.officer and s.status in ('met', 'opinion')",
        paper.agency,
        paper.year,
        paper.account,
        paper.at,
        list
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A signature of the leader at the moment of the paper.
///
/// # Errors
/// The database's failure.
pub async fn signature(
    db: &mut PgConnection,
    paper: &Paper,
    kind: &str,
    officer: Option<Uuid>,
    content: &Value,
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into signature (agency_id, signature_id, kind, officer_id, year, version, content, content_hash, signed_at,
             account_id, signer_id, signer_name, signer_post)
         select $1, $2, $3, $4, $5, 1, $6, sha256(convert_to($6, 'UTF8')), $7, $8, o.officer_id, o.full_name, p.title
         from officer o
         join post p on p.agency_id = o.agency_id and p.officer_id = o.officer_id and p.kind = 'head'
         where o.agency_id = $1 and o.officer_id = $9
         order by p.from_day desc limit 1",
        paper.agency,
        paper.signature,
        kind,
        officer,
        paper.year,
        content.to_string(),
        paper.at,
        paper.account,
        paper.leader
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Decides about everybody who came so far, and announces it the same day.
///
/// # Errors
/// The database's failure.
pub async fn decisions(
    db: &mut PgConnection,
    paper: &Paper,
    list: &[Value],
) -> Result<(), AppError> {
    let list = Value::Array(list.to_vec());
    sqlx::query!(
        "insert into year_decision (agency_id, decision_id, year, officer_id, number, decided_on, level, computed_level, mean,
             reason, handling, signature_id, outside_authority, decided_by, recorded_by, recorded_at)
         select $1, p.decision, $2, p.officer, case when p.above then '88-QĐ/CQQL' else $3 end, $4, p.level, p.computed, p.mean,
             p.reason, p.handling, case when not p.above then $5::uuid end,
             case when p.above then 'Cơ quan quản lý cấp trên (mẫu)' end, case when not p.above then $6::uuid end, $7, $8
         from jsonb_to_recordset($9) as p(decision uuid, officer uuid, level text, computed text, mean numeric, reason text,
             handling text, above boolean, until text)
         where p.until = 'published'",
        paper.agency,
        paper.year,
        paper.number,
        paper.day,
        paper.signature,
        paper.leader,
        paper.account,
        paper.at,
        list
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update year_sheet s set status = 'decided', version = s.version + 1
         from year_decision d
         where s.agency_id = $1 and s.year = $2 and d.agency_id = $1 and d.year = $2 and d.officer_id = s.officer_id",
        paper.agency,
        paper.year
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update year_decision set published_at = $3::timestamptz + interval '2 hours' where agency_id = $1 and year = $2",
        paper.agency,
        paper.year,
        paper.at
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update year_sheet set status = 'published', version = version + 1 where agency_id = $1 and year = $2 and status = 'decided'",
        paper.agency,
        paper.year
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into notification (agency_id, notification_id, officer_id, text, link, at, read_at)
         select $1, p.told, d.officer_id, 'Kết quả xếp loại năm ' || d.year || ' của bạn đã được thông báo (Quyết định số '
             || d.number || ').', '/decision/' || d.decision_id, d.published_at, d.published_at + interval '1 day'
         from year_decision d
         join jsonb_to_recordset($3) as p(officer uuid, told uuid) on p.officer = d.officer_id
         where d.agency_id = $1 and d.year = $2",
        paper.agency,
        paper.year,
        list
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Lodges a petition about a decision.
///
/// # Errors
/// The database's failure.
pub async fn petition(
    db: &mut PgConnection,
    paper: &Paper,
    petition: &Value,
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into petition (agency_id, petition_id, officer_id, year, decision_id, text, authority_id, lodged_at, received_on, due_on)
         select $1, p.petition, p.officer, $2, p.decision, p.text, $3, p.received + time '09:00', p.received, p.due
         from jsonb_to_record($4) as p(petition uuid, officer uuid, decision uuid, text text, received date, due date)",
        paper.agency,
        paper.year,
        paper.leader,
        petition
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts a decision in the place of another one, announced at once.
///
/// # Errors
/// The database's failure.
pub async fn replace(db: &mut PgConnection, paper: &Paper, new: &Value) -> Result<(), AppError> {
    sqlx::query!(
        "update year_decision d set replaced_by = n.decision from jsonb_to_record($2) as n(decision uuid, replaces uuid)
         where d.agency_id = $1 and d.decision_id = n.replaces",
        paper.agency,
        new
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into year_decision (agency_id, decision_id, year, officer_id, number, decided_on, level, computed_level, mean,
             reason, signature_id, decided_by, recorded_by, recorded_at, supersedes, supersede_reason, published_at)
         select $1, n.decision, $2, n.officer, $3, $4, n.level, n.computed, n.mean, n.reason, $5, $6, $7, $8, n.replaces, n.why, $8
         from jsonb_to_record($9) as n(decision uuid, officer uuid, level text, computed text, mean numeric, reason text,
             replaces uuid, why text)",
        paper.agency,
        paper.year,
        paper.number,
        paper.day,
        paper.signature,
        paper.leader,
        paper.account,
        paper.at,
        new
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Answers a petition with the decision that followed.
///
/// # Errors
/// The database's failure.
pub async fn answer(
    db: &mut PgConnection,
    paper: &Paper,
    petition: &Value,
    new: &Value,
) -> Result<(), AppError> {
    sqlx::query!(
        "update petition t set status = 'answered', outcome = 'granted', reply = p.reply, answered_by = $2, answered_at = $3,
             signature_id = $4, new_decision_id = n.decision, version = 2
         from jsonb_to_record($5) as p(petition uuid, reply text), jsonb_to_record($6) as n(decision uuid)
         where t.agency_id = $1 and t.petition_id = p.petition",
        paper.agency,
        paper.leader,
        paper.at,
        paper.signature,
        petition,
        new
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A petition about one criterion of the last announced month before a day, by a colleague of `officer`; none where no
/// month was announced.
///
/// # Errors
/// The database's failure.
pub async fn waiting(
    db: &mut PgConnection,
    (agency, id): (Uuid, Uuid),
    (head, officer): (Uuid, Uuid),
    (before, received, due): (NaiveDate, NaiveDate, NaiveDate),
    text: &str,
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into petition (agency_id, petition_id, officer_id, period, line_kind, line, line_label, text, authority_id,
             lodged_at, received_on, due_on)
         select $1, $8, s.officer_id, s.period, 'criterion', c.criterion, 'Tiêu chí ' || c.criterion, $6, $2,
             $4::date + time '10:30', $4, $5
         from sheet s
         join sheet own on own.agency_id = s.agency_id and own.period = s.period and own.unit_id = s.unit_id and own.officer_id = $3
         join sheet_criterion c on c.agency_id = s.agency_id and c.period = s.period and c.officer_id = s.officer_id
         where s.agency_id = $1 and s.period < $7 and s.status in ('announced', 'locked') and s.role = 'staff'
           and s.officer_id <> $3 and s.confirmed_by = $2 and c.confirmed_points < c.self_points
         order by s.period desc, s.officer_id, c.criterion limit 1",
        agency,
        head,
        officer,
        received,
        due,
        text,
        before,
        id
    )
    .execute(db)
    .await?;
    Ok(())
}
