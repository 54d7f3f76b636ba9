//! What the personnel office does: see what is due, make a file, mark it as sent.

use chrono::{Datelike, NaiveDate};
use kpi::period::{Period, result_due};
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use uuid::Uuid;

use super::file::{self, About};
use super::store::{self, Found};
use super::wire::{ExportLine, ExportState, ExportView, Sent, SubjectLine};
use crate::audit;
use crate::auth::Access;
use crate::error::AppError;
use crate::format::{moment, parse_day, vietnam};

/// A month or a year.
#[derive(Clone, Copy)]
enum Subject {
    Month(Period),
    Year(i32),
}

impl Subject {
    fn parse(text: &str) -> Result<Self, AppError> {
        let text = text.trim();
        text.parse()
            .map(Self::Month)
            .or_else(|_| year(text).map(Self::Year))
            .map_err(|()| {
                AppError::invalid(
                    "subject",
                    "Kỳ là một tháng, ví dụ 2026-11, hoặc một năm, ví dụ 2026.",
                    text.chars().take(20).collect::<String>(),
                )
            })
    }

    fn label(self) -> String {
        match self {
            Self::Month(period) => period.label(),
            Self::Year(year) => format!("Năm {year}"),
        }
    }
}

fn year(text: &str) -> Result<i32, ()> {
    text.parse()
        .ok()
        .filter(|year| text.len() == 4 && (2000..=2999).contains(year))
        .ok_or(())
}

fn label(subject: &str) -> String {
    Subject::parse(subject).map_or_else(|_| subject.to_owned(), Subject::label)
}

/// What is due of a year, and the files that were made; the year of `today` when none is named.
///
/// # Errors
/// `Invalid` on `year`, or the database's failure.
pub async fn load(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    typed: &str,
) -> Result<ExportView, AppError> {
    let year = match typed.trim() {
        "" => today.year(),
        typed => year(typed)
            .map_err(|()| AppError::invalid("year", "Năm gồm bốn chữ số, ví dụ 2026.", ""))?,
    };
    let subjects = store::subjects(pool, access.agency(), year).await?;
    let kept = store::kept(pool, access.agency(), year).await?;
    Ok(ExportView {
        year,
        today,
        subjects: subjects
            .into_iter()
            .map(|found| SubjectLine {
                label: label(&found.subject),
                result_on: vietnam(found.first).date(),
                state: state(&found, today),
                subject: found.subject,
            })
            .collect(),
        exports: kept
            .into_iter()
            .map(|row| ExportLine {
                export: row.export_id,
                label: label(&row.subject),
                format: row.format,
                people: row.people,
                hash: row.hash,
                made_by: row.made_by,
                made_at: moment(row.made_at),
                sent: row.sent_number.zip(row.sent_on).map(|(number, on)| Sent {
                    number,
                    on,
                    by: row.sent_by.unwrap_or_default(),
                }),
            })
            .collect(),
    })
}

/// Results count from the first; where some appeared after the file that was sent, from the last.
fn state(found: &Found, today: NaiveDate) -> ExportState {
    let first_due = result_due(vietnam(found.first).date());
    let (by, changed) = match (found.made, found.sent_on) {
        (Some(made), Some(on)) if made >= found.last => {
            return ExportState::Sent {
                on,
                late: on > first_due.max(result_due(vietnam(found.last).date())),
            };
        }
        (Some(_), Some(_)) => (result_due(vietnam(found.last).date()), true),
        _ => (first_due, false),
    };
    if today > by {
        ExportState::Late { by, changed }
    } else {
        ExportState::Due { by, changed }
    }
}

/// Makes the file of a month or a year and keeps it; nothing more when the same file was made before.
///
/// # Errors
/// `Invalid` on `subject` or `format`, also where there is no result yet; the database's failure.
pub async fn make(
    pool: &PgPool,
    access: &Access,
    typed: &str,
    format: &str,
) -> Result<(), AppError> {
    let subject = Subject::parse(typed)?;
    let write = match format {
        "csv" => file::csv,
        "json" => file::json,
        other => {
            let typed = other.chars().take(20).collect::<String>();
            return Err(AppError::invalid(
                "format",
                "Định dạng là csv hoặc json.",
                typed,
            ));
        }
    };
    let agency = access.agency();
    // One snapshot: names, results and versions of one moment.
    let mut db = pool
        .begin_with("begin isolation level repeatable read")
        .await?;
    let (kind, name, rows) = match subject {
        Subject::Month(period) => {
            let rows = store::month(&mut db, agency, period).await?;
            ("month", period.to_string(), rows)
        }
        Subject::Year(year) => {
            let rows = store::year(&mut db, agency, year).await?;
            ("year", year.to_string(), rows)
        }
    };
    if rows.is_empty() {
        return Err(AppError::invalid(
            "subject",
            format!(
                "{} chưa có kết quả đã công bố: hãy công bố kết quả trước khi xuất.",
                subject.label()
            ),
            typed,
        ));
    }
    if i64::try_from(rows.len()).is_ok_and(|people| people > store::MOST_PEOPLE) {
        return Err(AppError::inner(
            "an agency has more people than one file holds",
        ));
    }
    let (agency_code, agency_name) = store::agency(&mut db, agency).await?;
    let about = About {
        agency_code: &agency_code,
        agency_name: &agency_name,
        kind,
        subject: &name,
    };
    let people = i32::try_from(rows.len()).map_err(AppError::inner)?;
    let content = write(&about, &rows);
    let hash = Sha256::digest(content.as_bytes());
    let kept = store::keep(
        &mut db,
        (agency, access.actor.account.0),
        (&name, format),
        (people, &content, &hash),
    )
    .await?;
    if let Some(export) = kept {
        let field = if kind == "month" { "period" } else { "year" };
        let hex = hash.iter().map(|byte| format!("{byte:02x}"));
        audit::write(
            &mut db,
            access.actor.agency,
            access.actor.audit(),
            "national.export",
            ("export", Some(export)),
            json!({ field: name, "format": format, "rows": people, "hash": hex.collect::<String>() }),
        )
        .await?;
    }
    db.commit().await?;
    Ok(())
}

/// Marks a file as sent, with a number of 1 to 100 characters and a day from the making of the file to today.
///
/// # Errors
/// `Invalid` on `number` or `sent_on`; `Conflict` when it was marked before; `NotFound`; the database's failure.
pub async fn mark_sent(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    export: Uuid,
    (number, sent_on): (&str, &str),
) -> Result<(), AppError> {
    let (number, shown) = (number.trim(), sent_on.trim());
    if number.is_empty() || number.chars().count() > 100 {
        return Err(AppError::invalid(
            "number",
            "Nêu số văn bản hoặc mã lần gửi, không quá 100 ký tự.",
            number.chars().take(100).collect::<String>(),
        ));
    }
    let on = parse_day(shown).ok_or_else(|| {
        AppError::invalid("sent_on", "Ngày gửi phải có dạng ngày/tháng/năm.", shown)
    })?;
    let agency = access.agency();
    let mut db = pool.begin().await?;
    let (subject, made, sent) = store::lock(&mut db, agency, export).await?;
    if let Some((before, day)) = sent {
        return Err(AppError::Conflict {
            current: format!("số {before} ngày {}", crate::format::day(day)),
            yours: format!("số {number} ngày {}", crate::format::day(on)),
        });
    }
    if on < made.min(today) || on > today {
        return Err(AppError::invalid(
            "sent_on",
            format!(
                "Ngày gửi phải từ ngày tạo tệp ({}) đến hôm nay.",
                crate::format::day(made)
            ),
            shown,
        ));
    }
    let by = (agency, access.actor.account.0);
    store::mark_sent(&mut db, by, export, (number, on)).await?;
    audit::write(
        &mut db,
        access.actor.agency,
        access.actor.audit(),
        "national.send",
        ("export", Some(export)),
        json!({ "period": subject, "code": number, "day": on }),
    )
    .await?;
    db.commit().await?;
    Ok(())
}
