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

async fn announce(a: &Agency, pool: &PgPool) {
    sqlx::query(
        "with s as (update sheet set status = 'announced' where agency_id = $1 and status = 'confirmed')
         update person_month set sheet_status = 'announced' where agency_id = $1 and sheet_status = 'confirmed'",
    )
    .bind(a.agency.0)
    .execute(pool)
    .await
    .unwrap();
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
    announce(&a, &pool).await;
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

/// A month that was announced, contested as a whole, whose head left since.
async fn orphaned(pool: &PgPool) -> (Agency, Uuid) {
    let a = Agency::new(pool, "one").await;
    a.submit(pool, a.first, &all_points()).await.unwrap();
    let conclusion = a.conclusion(pool, a.first, &all_points()).await;
    a.confirm(pool, a.head, conclusion).await.unwrap();
    announce(&a, pool).await;
    let id = lodge(&a, pool, "").await.unwrap();
    sqlx::query("update post set until_day = $2 where officer_id = $1")
        .bind(a.head.0)
        .bind(today().pred_opt())
        .execute(pool)
        .await
        .unwrap();
    (a, id)
}

#[sqlx::test(migrations = "../migrations")]
async fn once_whoever_gave_the_result_left_the_direct_superior_answers(pool: PgPool) {
    let (a, id) = orphaned(&pool).await;
    let waiting = async |by: OfficerId| -> Vec<Uuid> {
        let access = a.access(by, Permission::ViewPetition);
        let lists = steps::load_lists(&pool, &access, today(), "")
            .await
            .unwrap();
        lists.to_answer.into_iter().map(|line| line.id).collect()
    };
    let counted = async |by: OfficerId| -> i64 {
        let access = a.access(by, Permission::SignedIn);
        let lines = app::dashboard::home::store::lines(&pool, &access, today()).await;
        let lines = lines.unwrap().into_iter();
        lines
            .filter(|line| line.what == "kiến nghị cần trả lời")
            .map(|line| line.count)
            .sum()
    };
    // The department has no head now: the head of the agency answers for it, and nobody else.
    assert_eq!(waiting(a.chief).await, [id]);
    assert_eq!(waiting(a.head).await, Vec::<Uuid>::new());
    assert_eq!(waiting(a.neighbour_head).await, Vec::<Uuid>::new());
    assert_eq!(
        answer(&a, &pool, a.head, &granted(id, &[("I.1", "3")])).await,
        Err(AppError::NotFound),
        "he left"
    );
    // A new head of the department is its petitioner's direct superior.
    sqlx::query(
        "insert into post (agency_id, post_id, officer_id, unit_id, kind, title, from_day) values ($1, $2, $3, $4, 'head', 'head', $5)",
    )
    .bind(a.agency.0)
    .bind(Uuid::now_v7())
    .bind(a.second.0)
    .bind(a.department.0)
    .bind(today())
    .execute(&pool)
    .await
    .unwrap();
    assert_eq!(waiting(a.second).await, [id]);
    assert_eq!(waiting(a.chief).await, Vec::<Uuid>::new());
    let own = a.access(a.first, Permission::ViewPetition);
    let shown = steps::load(&pool, &own, today(), id).await.unwrap();
    assert_eq!(
        (shown.line.authority, shown.line.authority_name.as_str()),
        (a.second.0, "Phạm Văn Bình (thay Nguyễn Văn Vụ)")
    );
    assert_eq!(
        answer(&a, &pool, a.chief, &granted(id, &[("I.1", "3")])).await,
        Err(AppError::NotFound)
    );
    let mut head = a.access(a.second, Permission::SignedIn);
    head.actor.roles.push(Role::Head);
    let lines = app::dashboard::home::store::lines(&pool, &head, today()).await;
    let named = |line: &&app::dashboard::home::api::Line| line.what == "kiến nghị cần trả lời";
    assert_eq!(
        lines.unwrap().iter().find(named).map(|line| line.count),
        Some(1)
    );
    assert_eq!(counted(a.chief).await, 0);
    answer(&a, &pool, a.second, &granted(id, &[("I.1", "3")]))
        .await
        .unwrap();
    let shown = steps::load(&pool, &own, today(), id).await.unwrap();
    assert_eq!(
        (shown.line.authority, shown.line.authority_name.as_str()),
        (a.second.0, "Phạm Văn Bình")
    );
    assert_eq!((shown.sheet_version, shown.signatures.len()), (Some(2), 1));
}
