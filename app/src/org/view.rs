//! What the organisation page loads, in at most four statements.

use kpi::permission::{Permission, granted};
use uuid::Uuid;

use super::api::OrganisationView;
use super::list;
use crate::auth::Access;
use crate::error::AppError;
use crate::state::AppState;

/// Longest search, in characters.
const LONGEST_SEARCH: usize = 100;

/// Units, people, and what those who manage the organisation need beside them.
///
/// # Errors
/// The database's failure.
pub(super) async fn load(
    state: &AppState,
    access: &Access,
    unit: Option<Uuid>,
    search: &str,
    person: Option<Uuid>,
) -> Result<OrganisationView, AppError> {
    let (agency, today) = (access.agency(), state.clock.today());
    let may = |permission| granted(&access.actor.roles, permission).is_some();
    let search: String = search.trim().chars().take(LONGEST_SEARCH).collect();
    let units = list::units(&state.pool, agency, today).await?;
    // A search goes through the whole agency; without one the root's own people are shown first.
    let place = match (search.is_empty(), unit) {
        (true, Some(unit)) => Some(unit),
        (true, None) => units.first().map(|root| root.unit),
        (false, _) => None,
    };
    let mut people = list::people(&state.pool, agency, today, place, &search).await?;
    let shown = usize::try_from(list::MOST_PEOPLE).unwrap_or(usize::MAX);
    let more = people.len() > shown;
    people.truncate(shown);
    let manages = may(Permission::ManageOrganisation);
    let settings = if manages {
        Some(list::settings(&state.pool, agency).await?)
    } else {
        None
    };
    let person = match person {
        Some(person) if manages => list::person(&state.pool, agency, person).await?,
        _ => None,
    };
    Ok(OrganisationView {
        units,
        people,
        more,
        person,
        settings,
    })
}
