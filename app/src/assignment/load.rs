//! What the pages of assigning and handing over show.

use chrono::NaiveDate;
use kpi::ids::OfficerId;
use kpi::period::Period;
use kpi::period::life::is_closed;
use sqlx::PgPool;
use uuid::Uuid;

use super::api::{AssignData, Choice, HandOverData, Person};
use super::store;
use crate::auth::Access;
use crate::error::AppError;
use crate::{catalogue, format, org, period as periods};

/// People, products and the key of the form.
///
/// # Errors
/// The database's failure.
pub async fn assign_data(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    period: Period,
    unit: Option<Uuid>,
) -> Result<AssignData, AppError> {
    let by = access.officer()?;
    let all = store::subordinates(pool, access.agency(), by, today, period).await?;
    let mut units: Vec<(Uuid, String)> = Vec::new();
    for person in &all {
        if !units.iter().any(|(unit, _)| *unit == person.unit) {
            units.push((person.unit, person.unit_name.clone()));
        }
    }
    if let Some(unit) = unit
        && !units.iter().any(|(own, _)| *own == unit)
    {
        return Err(AppError::NotFound);
    }
    let products = catalogue::store::approved_products(
        pool,
        access.actor.agency,
        "",
        catalogue::store::MOST_OFFERED,
    )
    .await?;
    Ok(AssignData {
        period,
        period_label: period.label(),
        days: (period.first_day(), period.last_day()),
        closed: is_closed(periods::store::status(pool, access.actor.agency, period).await?),
        units,
        people: all
            .into_iter()
            .filter(|person| unit.is_none_or(|unit| person.unit == unit))
            .map(person)
            .collect(),
        products: products
            .iter()
            .map(|product| Choice {
                product: product.product.0,
                group: product.group.clone().unwrap_or_default(),
                text: format!(
                    "{} · {} (hệ số {})",
                    product.code,
                    super::product_name(product),
                    format::number(product.coefficient, 6)
                ),
            })
            .collect(),
        key: Uuid::now_v7(),
    })
}

fn person(row: store::Subordinate) -> Person {
    Person {
        officer: row.officer,
        name: row.name,
        post: format!("{} · {}", row.title, row.unit_name),
        assignments: row.assignments,
        assigned: row.assigned,
    }
}

/// An assignment and the people who may take a part of it.
///
/// # Errors
/// `Forbidden` unless the actor is the direct superior; `NotFound`.
pub async fn hand_over_data(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    period: Period,
    assignment: Uuid,
) -> Result<HandOverData, AppError> {
    let mut db = pool.acquire().await?;
    let assigned = store::find(&mut db, access.actor.agency, period, assignment).await?;
    let giver = OfficerId(assigned.officer);
    org::require_superior(&mut *db, access, giver, today).await?;
    drop(db);
    let people =
        store::subordinates(pool, access.agency(), access.officer()?, today, period).await?;
    let name = |officer: Uuid| {
        people
            .iter()
            .find(|person| person.officer == officer)
            .map(|person| person.name.clone())
            .unwrap_or_default()
    };
    Ok(HandOverData {
        period: period.to_string(),
        days: (period.first_day(), period.last_day()),
        assignment,
        giver: name(assigned.officer),
        quantity: assigned.quantity,
        done: assigned.done(),
        left: kpi::assignment::remaining(assigned.quantity, assigned.handed_over, assigned.done()),
        due_day: assigned.due_day,
        people: people
            .iter()
            .filter(|person| person.officer != assigned.officer)
            .cloned()
            .map(person)
            .collect(),
        product: assigned.name,
        key: Uuid::now_v7(),
    })
}
