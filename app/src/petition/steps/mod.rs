//! The steps of petitions on the server, apart from `api` so that they run without a request.

mod answer;
mod lodge;
mod show;

pub use answer::{Answering, answer};
pub use lodge::{Lodging, form, lodge, withdraw};
pub use show::{load, load_lists};

use kpi::petition::{PetitionActor, PetitionRefusal};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::store::Stored;
use crate::audit;
use crate::auth::Access;
use crate::error::AppError;

/// As what the visitor acts in a petition; `NotFound` for whoever is no party of it.
fn party(access: &Access, petition: &Stored, personnel: bool) -> Result<PetitionActor, AppError> {
    let me = access.actor.officer.map(|me| me.0);
    if me == Some(petition.line.officer) {
        Ok(PetitionActor::Petitioner)
    } else if me == Some(petition.line.authority) {
        Ok(PetitionActor::Authority)
    } else if personnel {
        Ok(PetitionActor::Personnel)
    } else {
        Err(AppError::NotFound)
    }
}

fn refused(refusal: PetitionRefusal) -> AppError {
    match refusal {
        PetitionRefusal::Actor { .. } => AppError::Forbidden,
        PetitionRefusal::State(state) => AppError::invalid("status", state.to_string(), ""),
    }
}

async fn write_audit(
    db: &mut PgConnection,
    access: &Access,
    action: &str,
    officer: Uuid,
    detail: Value,
) -> Result<(), AppError> {
    let actor = access.actor.audit();
    let subject = ("officer", Some(officer));
    audit::write(db, access.actor.agency, actor, action, subject, detail).await
}
