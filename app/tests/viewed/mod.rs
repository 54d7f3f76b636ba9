//! What the log says of who looked at whose record. It is written beside the page, so it is waited for.

use kpi::ids::OfficerId;
use sqlx::PgPool;

/// Waits until the log says that `reader` looked at `what` of `officer` so many times, and lets the hour pass until the
/// next view.
pub async fn looked_at(
    pool: &PgPool,
    (reader, officer): (OfficerId, OfficerId),
    (what, times): (&str, i64),
) {
    let begin = std::time::Instant::now();
    loop {
        let found: i64 = sqlx::query_scalar(
            "select count(*) from audit where action = 'record.view' and officer_id = $1 and concerns = $2
             and detail->>'what' = $3",
        )
        .bind(reader.0)
        .bind(officer.0)
        .bind(what.to_owned())
        .fetch_one(pool)
        .await
        .unwrap();
        if found == times {
            break;
        }
        assert!(
            begin.elapsed().as_secs() < 20,
            "{found} views of {what} were recorded, not {times}"
        );
        tokio::task::yield_now().await;
    }
    sqlx::query("delete from record_view")
        .execute(pool)
        .await
        .unwrap();
}

/// Views by somebody of whatever.
pub async fn views_by(pool: &PgPool, reader: OfficerId) -> i64 {
    sqlx::query_scalar(
        "select count(*) from audit where action = 'record.view' and officer_id = $1",
    )
    .bind(reader.0)
    .fetch_one(pool)
    .await
    .unwrap()
}
