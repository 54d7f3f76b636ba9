//! Applies people and units that were read: planned anew under a lock, written in one transaction, or nothing.
//! The page and the command line both come here.

use chrono::NaiveDate;
use kpi::ids::AgencyId;
use sqlx::PgPool;

use super::api::{Change, Counts};
use super::apply_catalogue::refused;
use super::people_plan::{plan, since};
use super::people_store::{load, lock, write};
use super::preview::PeoplePreview;
use crate::audit;
use crate::error::AppError;
use crate::org::write::{PostConflict, first_conflict};

/// What became of people that were to be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeopleApplied {
    /// Something was written.
    Changed {
        /// Units.
        units: Counts,
        /// People.
        people: Counts,
    },
    /// All of it is stored already: nothing was written.
    Unchanged,
}

/// Applies what was read, as of `today`.
///
/// # Errors
/// `Invalid` on `preview` while an error remains, compared with what is stored now; the database's failure. Nothing is
/// written then.
pub async fn apply_people(
    pool: &PgPool,
    agency: AgencyId,
    actor: audit::Actor,
    today: NaiveDate,
    preview: &PeoplePreview,
) -> Result<PeopleApplied, AppError> {
    let mut db = pool.begin().await?;
    lock(&mut db, agency).await?;
    let stored = load(&mut db, agency, since(preview, today)).await?;
    let plan = plan(preview, &stored, today);
    if !plan.can_apply() || (preview.people.is_empty() && preview.units.is_empty()) {
        return Err(refused(&plan.problems));
    }
    if plan.acts.is_empty() {
        return Ok(PeopleApplied::Unchanged);
    }
    let units = Counts::of(plan.units.iter().map(|unit| unit.change));
    let people = Counts::of(plan.people.iter().map(|person| person.change));
    let detail = serde_json::json!({
        "digest": preview.digest,
        "units": {"new": units.new, "changed": units.changed},
        "people": {"new": people.new, "changed": people.changed},
        "changed": plan.people.iter().filter(|person| person.change == Change::Changed)
            .map(|person| person.officer_code.as_str()).take(1000).collect::<Vec<_>>(),
    });
    write(&mut db, agency, plan.acts).await?;
    if let Some(conflict) = first_conflict(&mut db, agency.0).await? {
        return Err(AppError::invalid("preview", words_of(&conflict), ""));
    }
    let subject = ("agency", Some(agency.0));
    audit::write(&mut db, agency, actor, "import_people", subject, detail).await?;
    db.commit().await?;
    Ok(PeopleApplied::Changed { units, people })
}

fn words_of(conflict: &PostConflict) -> String {
    if conflict.two_heads {
        format!(
            "Không áp dụng: «{}» sẽ có hai người đứng đầu cùng lúc, {} và {}.",
            conflict.unit_name, conflict.first, conflict.second
        )
    } else {
        format!(
            "Không áp dụng: {} sẽ giữ hai vị trí cùng lúc, một ở «{}»; chỉ người đứng đầu mới kiêm đứng đầu đơn vị khác.",
            conflict.first, conflict.unit_name
        )
    }
}
