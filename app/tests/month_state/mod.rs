//! A month in the state that a test needs, through every state before it, as the database wants it.

use kpi::period::life::PeriodStatus;
use sqlx::PgPool;
use uuid::Uuid;

/// Opens the month that begins on `period` if it is not there, and brings it forward to `state`.
pub async fn bring(pool: &PgPool, agency: Uuid, period: &str, state: PeriodStatus) {
    let period: chrono::NaiveDate = format!("{period}-01").parse().unwrap();
    sqlx::query("insert into period (agency_id, period) values ($1, $2) on conflict do nothing")
        .bind(agency)
        .bind(period)
        .execute(pool)
        .await
        .unwrap();
    for passed in PeriodStatus::ALL.iter().filter(|passed| **passed <= state) {
        sqlx::query(
            "update period set status = $3,
                announced_at = case when $3 in ('announced', 'locked') then now() end,
                locked_at = case when $3 = 'locked' then now() end
             where agency_id = $1 and period = $2
               and array_position(array['open', 'self_assessment', 'confirmation', 'announced', 'locked'], status)
                   < array_position(array['open', 'self_assessment', 'confirmation', 'announced', 'locked'], $3)",
        )
        .bind(agency)
        .bind(period)
        .bind(passed.as_str())
        .execute(pool)
        .await
        .unwrap();
    }
}
