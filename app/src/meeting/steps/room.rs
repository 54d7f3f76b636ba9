//! A meeting with everything that a device needs to go on without network.

use chrono::NaiveDate;
use kpi::permission::Permission;
use sqlx::PgPool;
use uuid::Uuid;

use super::figures::{cut, due_days, of_meeting};
use super::{find, holds};
use crate::assignment::product_name;
use crate::auth::{Access, check};
use crate::catalogue::store::approved_products;
use crate::error::AppError;
use crate::meeting::store;
use crate::meeting::wire::{MeetingKind, Room};

/// Most products that the form of a task offers.
const MOST_PRODUCTS: i64 = 400;

/// The room; whoever opens it is in it.
///
/// # Errors
/// `NotFound` for no meeting; `Forbidden` for whoever takes no part; the database's failure.
pub async fn room(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    meeting: Uuid,
) -> Result<Room, AppError> {
    let state = super::beat(pool, access, meeting).await?;
    let mut db = pool.acquire().await?;
    let stored = find(&mut db, access, meeting, false).await?;
    let entries = store::entries(&mut *db, access.agency(), meeting).await?;
    drop(db);
    let figures = cut(
        of_meeting(pool, access, today, &stored).await?,
        access,
        stored.line.kind,
    );
    if stored.line.kind != MeetingKind::CompareUnits {
        // The list beside the stage shows everybody's score to who may see it, presented or not.
        let seen = figures.subjects.iter().filter(|subject| subject.seen);
        access.viewed(pool, seen.map(|subject| subject.id.into()), "meeting");
    }
    let runs = stored.ended_at.is_none();
    let assigns: Vec<Uuid> = match check(access.actor.clone(), Permission::Assign) {
        Ok(access) if runs && stored.line.kind != MeetingKind::CompareUnits => figures
            .subjects
            .iter()
            .filter(|subject| access.reach_unit(&subject.path).is_ok())
            .filter(|subject| access.actor.officer.map(|me| me.0) != Some(subject.id))
            .map(|subject| subject.id)
            .collect(),
        _ => Vec::new(),
    };
    let products = if assigns.is_empty() {
        Vec::new()
    } else {
        approved_products(pool, access.actor.agency, "", MOST_PRODUCTS)
            .await?
            .iter()
            .map(|product| format!("{} – {}", product.code, product_name(product)))
            .collect()
    };
    let due = if assigns.is_empty() {
        None
    } else {
        Some(due_days(stored.line.period, today)?)
    };
    Ok(Room {
        holds: runs && holds(access, &stored.line),
        line: stored.line,
        state: crate::meeting::wire::RoomState {
            present: state.present.max(1),
            ..stored.state
        },
        figures,
        entries,
        me: access.actor.account.0,
        assigns,
        products,
        due,
        keys: (Uuid::now_v7(), Uuid::now_v7()),
    })
}
