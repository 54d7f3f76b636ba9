//! The steps of adding and removing evidence, each one transaction.

use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

use super::store::{self, NewEvidence};
use crate::assignment::typed;
use crate::error::AppError;
use crate::progress::steps::Scene;

/// Most pieces of evidence of one assignment.
pub const MOST: i64 = 50;
/// Longest document number or link, in characters.
const LONGEST_LABEL: usize = 500;

/// Reads a document's number or a link; a link is http or https.
///
/// # Errors
/// `Invalid` on `label`.
pub fn read_label(typed: &str) -> Result<(&'static str, String), AppError> {
    let missing = "Hãy nhập số văn bản hoặc đường dẫn.";
    let label = typed::required_text("label", typed, LONGEST_LABEL, missing)?;
    let lower = label.to_lowercase();
    let link = lower.starts_with("https://") || lower.starts_with("http://");
    if link && !label.contains(char::is_whitespace) {
        return Ok(("link", label));
    }
    // "javascript:" and its like never become a link, and are no document's number either.
    let scheme = lower.split_once(':').map(|(scheme, _)| scheme);
    let looks_like_link = scheme.is_some_and(|scheme| {
        !scheme.is_empty()
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    if link || looks_like_link || lower.contains("://") {
        let sentence =
            "Đường dẫn phải bắt đầu bằng http:// hoặc https:// và không có khoảng trắng.";
        return Err(AppError::invalid("label", sentence, label));
    }
    Ok(("document", label))
}

/// Adds evidence to an own assignment while the month is open.
///
/// # Errors
/// `Invalid` with the field; `NotFound` for another person's assignment.
pub async fn add(
    pool: &PgPool,
    scene: Scene<'_>,
    assignment: Uuid,
    new: NewEvidence<'_>,
) -> Result<(), AppError> {
    let Some((mut db, month)) = scene.begin(pool).await? else {
        return Ok(());
    };
    let assigned = scene.assignment(&mut db, &month, assignment).await?;
    if store::count(&mut db, &month, assignment).await? >= MOST {
        let sentence = format!("Mỗi việc có tối đa {MOST} minh chứng; hãy bỏ bớt trước khi thêm.");
        return Err(AppError::invalid("label", sentence, ""));
    }
    let id = store::insert(&mut db, &month, assignment, new).await?;
    let detail =
        json!({ "period": scene.period.to_string(), "product": assigned.code, "kind": new.kind });
    scene
        .finish(db, &month, "add_evidence", ("evidence", id), detail)
        .await
}

/// Removes an own piece of evidence while the month is open.
///
/// # Errors
/// `Invalid` for a month that is not open; `NotFound` for another person's.
pub async fn remove(pool: &PgPool, scene: Scene<'_>, evidence: Uuid) -> Result<(), AppError> {
    let Some((mut db, month)) = scene.begin(pool).await? else {
        return Ok(());
    };
    let (assignment, label) = store::remove(&mut db, &month, evidence).await?;
    let detail = json!({
        "period": scene.period.to_string(), "assignment": assignment.to_string(), "label": label,
    });
    scene
        .finish(
            db,
            &month,
            "remove_evidence",
            ("evidence", evidence),
            detail,
        )
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_a_document_or_a_safe_link() {
        assert_eq!(
            read_label(" 123/BC-VP ").ok().map(|label| label.0),
            Some("document")
        );
        assert_eq!(
            read_label("https://example.vn/a?b=1")
                .ok()
                .map(|label| label.0),
            Some("link")
        );
        for refused in [
            "",
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://a",
            "https://a b",
            "a\0b",
        ] {
            assert!(read_label(refused).is_err(), "{refused:?}");
        }
        assert!(read_label(&"x".repeat(501)).is_err());
    }
}
