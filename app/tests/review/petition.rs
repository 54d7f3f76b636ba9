//! Petitions about an announced month (Điều 22): lodged on a line or the whole, granted as a new version of the sheet.

use std::collections::BTreeMap;

use app::error::AppError;
use app::petition::steps::{self, Answering, Lodging};
use app::sign::Signer;
use kpi::ids::OfficerId;
use kpi::permission::{Permission, Role};
use sqlx::PgPool;
use uuid::Uuid;

use crate::fixture::{Agency, all_points, field_of, number, today};

async fn lodge(a: &Agency, pool: &PgPool, line: &str) -> Result<Uuid, AppError> {
    let access = a.access(a.first, Permission::LodgePetition);
    let typed = Lodging {
        about: "2026-11".into(),
        line: line.into(),
        text: "Đề nghị xem lại.".into(),
    };
    steps::lodge(pool, &access, today(), &typed).await
}

async fn answer(
    a: &Agency,
    pool: &PgPool,
    by: OfficerId,
    form: &Answering,
) -> Result<(), AppError> {
    let access = app::auth::check(a.actor(by, &[Role::Head]), Permission::AnswerPetition).unwrap();
    let signer = Signer::of_record(&access.actor).unwrap();
    steps::answer(pool, &access, today(), &signer, form).await
}

fn granted(petition: Uuid, points: &[(&str, &str)]) -> Answering {
    let points = points.iter();
    let points: BTreeMap<String, String> = points
        .map(|(code, points)| ((*code).to_owned(), (*points).to_owned()))
        .collect();
    Answering {
        petition,
        outcome: "granted".into(),
        reply: "Đã xem lại hồ sơ.".into(),
        points,
        version: 1,
        ..Answering::default()
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_month_is_contested_once_announced_and_a_granted_line_makes_a_new_version(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    a.submit(&pool, a.first, &all_points()).await.unwrap();
    let conclusion = a.conclusion(&pool, a.first, &all_points()).await;
    a.confirm(&pool, a.head, conclusion).await.unwrap();
    assert_eq!(
        field_of(lodge(&a, &pool, "criterion:I.1").await),
        "about",
        "not announced yet"
    );
    sqlx::query(
        "with s as (update sheet set status = 'announced' where agency_id = $1 and status = 'confirmed')
         update person_month set sheet_status = 'announced' where agency_id = $1 and sheet_status = 'confirmed'",
    )
    .bind(a.agency.0)
    .execute(&pool)
    .await
    .unwrap();
    assert_eq!(field_of(lodge(&a, &pool, "criterion:IX.9").await), "line");
    let id = lodge(&a, &pool, "criterion:I.1").await.unwrap();

    let reads = a.access(a.head, Permission::ViewPetition);
    let view = steps::load(&pool, &reads, today(), id).await.unwrap();
    let changes = view.answers.unwrap();
    let offered: Vec<&str> = changes
        .criteria
        .iter()
        .map(|criterion| criterion.code.as_str())
        .collect();
    assert_eq!(offered, ["I.1"], "the contested line alone");
    let neighbour = a.access(a.neighbour_head, Permission::ViewPetition);
    assert_eq!(
        steps::load(&pool, &neighbour, today(), id)
            .await
            .unwrap_err(),
        AppError::NotFound
    );

    let same = all_points()["I.1"].clone();
    for (points, field) in [
        (vec![], "changes"),
        (vec![("I.1", same.as_str())], "changes"),
        (vec![("II.1", "1")], "changes"),
        (vec![("I.1", "99")], "points[I.1]"),
        (vec![("I.1", "nhiều")], "points[I.1]"),
    ] {
        let refused = answer(&a, &pool, a.head, &granted(id, &points)).await;
        assert_eq!(field_of(refused), field, "{points:?}");
    }
    assert_eq!(
        answer(&a, &pool, a.first, &granted(id, &[("I.1", "5")])).await,
        Err(AppError::Forbidden)
    );
    answer(&a, &pool, a.head, &granted(id, &[("I.1", "3")]))
        .await
        .unwrap();
    let own = a.access(a.first, Permission::ViewPetition);
    let view = steps::load(&pool, &own, today(), id).await.unwrap();
    assert_eq!((view.sheet_version, view.signatures.len()), (Some(2), 1));
    let points: rust_decimal::Decimal = a
        .one(
            &pool,
            "select confirmed_points from sheet_criterion where agency_id = $1 and criterion = 'I.1' and confirmed_points is not null
             limit 1",
        )
        .await;
    assert_eq!(points, number("3"));
    // The whole of it may be contested again.
    lodge(&a, &pool, "").await.unwrap();
}
