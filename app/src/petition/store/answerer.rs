//! Who answers an open petition today: whoever gave the result, or his successor once he left.

use std::collections::HashMap;

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Stored, head_of_agency};
use crate::error::AppError;
use crate::org::direct_superiors;
use crate::petition::wire::About;

/// Puts the successor in the place of whoever left: about a month the direct superior of the petitioner (khoản 1 Điều
/// 10), about a year the head of the agency (khoản 2 Điều 10). While there is none, and of closed petitions, everything
/// stays. Three statements at most, whatever the number of petitions.
///
/// # Errors
/// The database's failure.
pub(super) async fn put_successors(
    db: &mut PgConnection,
    agency: Uuid,
    today: NaiveDate,
    petitions: &mut [Stored],
) -> Result<(), AppError> {
    let gone = || petitions.iter().filter(|one| one.gone);
    let is_year = |one: &Stored| matches!(one.line.about, About::Year { .. });
    let about_months: Vec<Uuid> = gone()
        .filter(|one| !is_year(one))
        .map(|one| one.line.officer)
        .collect();
    let head = if gone().any(is_year) {
        head_of_agency(db, agency, today).await?
    } else {
        None
    };
    let superiors: HashMap<Uuid, Uuid> = if about_months.is_empty() {
        HashMap::new()
    } else {
        let found = direct_superiors(&mut *db, agency, &about_months, today).await?;
        let pairs = found.into_iter();
        pairs.map(|(one, above)| (one.0, above.0)).collect()
    };
    let mut ids: Vec<Uuid> = superiors.values().copied().chain(head).collect();
    if ids.is_empty() {
        return Ok(());
    }
    ids.sort_unstable();
    ids.dedup();
    let names: HashMap<Uuid, String> = sqlx::query!(
        "select officer_id, full_name from officer where agency_id = $1 and officer_id = any($2)",
        agency,
        &ids
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(|row| (row.officer_id, row.full_name))
    .collect();
    for one in petitions.iter_mut().filter(|one| one.gone) {
        let line = &mut one.line;
        let successor = match line.about {
            About::Month(_) => superiors.get(&line.officer).copied(),
            About::Year { .. } => head,
        };
        let successor = successor.filter(|successor| *successor != line.officer);
        if let Some((id, name)) = successor.and_then(|id| Some((id, names.get(&id)?))) {
            line.authority_name = format!("{name} (thay {})", line.authority_name);
            line.authority = id;
        }
    }
    Ok(())
}
