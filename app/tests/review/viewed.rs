//! A person sees who looked at his month: in the queue, in a meeting, as a page, as a file, by the code on paper.

use app::meeting::steps as meeting;
use app::report::compose::compose;
use app::report::print::{content_hash, stamp};
use app::report::store::{NewPrint, put_prints};
use app::report::{Paper, lookup};
use app::review::queue::steps as queue;
use kpi::permission::Permission;
use sqlx::PgPool;

use crate::fixture::{Agency, all_points, november, today};
use crate::views::{looked_at, views_by};

#[sqlx::test(migrations = "../migrations")]
async fn whoever_opens_a_file_of_somebodys_month_or_the_code_on_it_is_recorded(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    for officer in [a.first, a.second] {
        a.deliver(&pool, officer, "Báo cáo", "2026-11-18").await;
        a.submit(&pool, officer, &all_points()).await.unwrap();
    }
    let own = a.access(a.first, Permission::ViewMonth);
    let head = a.access(a.head, Permission::ViewMonth);
    let paper = Paper::Sheet(november(), a.first);
    compose(&pool, &own, today(), paper)
        .await
        .map(drop)
        .unwrap();
    let mut data = compose(&pool, &head, today(), paper).await.unwrap().data;
    looked_at(&pool, (a.head, a.first), ("sheet", 1)).await;
    let trace = Paper::Trace(november(), a.first);
    compose(&pool, &head, today(), trace)
        .await
        .map(drop)
        .unwrap();
    looked_at(&pool, (a.head, a.first), ("sheet", 2)).await;
    let unit = a.access(a.head, Permission::ViewUnit);
    let whole = Paper::UnitSheets(november(), a.department);
    compose(&pool, &unit, today(), whole)
        .await
        .map(drop)
        .unwrap();
    looked_at(&pool, (a.head, a.first), ("sheet", 3)).await;
    looked_at(&pool, (a.head, a.second), ("sheet", 1)).await;

    let code = stamp(&mut data, None).remove(0);
    let print = NewPrint {
        code: code.clone(),
        paper,
        content: content_hash(&data).unwrap(),
        format: "pdf",
        file: [0; 32],
        job: None,
    };
    let mut db = pool.acquire().await.unwrap();
    put_prints(&mut db, &own, &[print]).await.unwrap();
    let reads = a.access(a.head, Permission::SignedIn);
    lookup::look_up(&pool, &reads, today(), &code)
        .await
        .unwrap();
    looked_at(&pool, (a.head, a.first), ("sheet", 4)).await;

    let prepares = a.access(a.head, Permission::PrepareReview);
    let shown = queue::load_queue(&pool, &prepares, today(), (None, november()));
    assert!(shown.await.unwrap().rows.len() >= 2);
    looked_at(&pool, (a.head, a.second), ("review", 1)).await;
    assert_eq!(
        views_by(&pool, a.first).await,
        0,
        "one's own looking is no view"
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn whoever_sees_a_persons_figures_in_a_meeting_is_recorded(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let open = |kind: &str| meeting::NewMeeting {
        kind: kind.into(),
        unit: a.department.0.to_string(),
        period: "2026-11".into(),
        year: "2026".into(),
    };
    let holds = a.access(a.head, Permission::HoldMeeting);
    let month = meeting::open(&pool, &holds, today(), &open("month_unit"))
        .await
        .unwrap();
    let year = meeting::open(&pool, &holds, today(), &open("year"))
        .await
        .unwrap();
    // Of the year, a member of the staff sees his own figures alone.
    let staff = a.access(a.second, Permission::TakePart);
    meeting::room(&pool, &staff, today(), year).await.unwrap();
    let deputy = a.access(a.deputy, Permission::TakePart);
    meeting::room(&pool, &deputy, today(), month).await.unwrap();
    for officer in [a.first, a.second] {
        looked_at(&pool, (a.deputy, officer), ("meeting", 1)).await;
    }
    assert_eq!(views_by(&pool, a.deputy).await, 2, "and not of himself");
    assert_eq!(views_by(&pool, a.second).await, 0);
}
