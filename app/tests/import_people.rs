//! Importing people into a real database: new, changed and unchanged rows, one head a unit, all or nothing.
#![cfg(feature = "ssr")]
#![expect(clippy::unwrap_used, reason = "a step that fails must fail the test")]

use app::audit;
use app::error::AppError;
use app::import::apply_people::{PeopleApplied, apply_people};
use app::import::people_export;
use app::import::people_plan::{Plan, plan, since};
use app::import::people_sheet::read_people;
use app::import::people_store::load;
use app::import::preview::{PeoplePreview, PostRole, Problem, ProblemKind};
use app::import::template::{PersonExport, UnitExport, people_template};
use app::import::{Change, Counts};
use chrono::NaiveDate;
use kpi::ids::AgencyId;
use sqlx::PgPool;
use std::time::{Duration, Instant};
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const TODAY: &str = "2026-11-18";

fn person(code: &str, name: &str, unit: &str, role: PostRole) -> PersonExport {
    PersonExport {
        officer_code: code.into(),
        full_name: name.into(),
        birth_date: None,
        unit_code: unit.into(),
        post_title: None,
        role,
        similar_group: Some("Chuyên môn".into()),
        account: None,
        from: Some(day("2026-01-01")),
    }
}

fn unit(code: &str, name: &str, parent: Option<&str>) -> UnitExport {
    UnitExport {
        code: code.into(),
        name: name.into(),
        parent_code: parent.map(str::to_owned),
    }
}

fn units() -> Vec<UnitExport> {
    // Below before above: the order of rows does not matter.
    vec![
        unit("TH", "Phòng Tổng hợp", Some("VP")),
        unit("VP", "Văn phòng", Some("BAN")),
        unit("BAN", "Ban Thử nghiệm", None),
    ]
}

fn everyone() -> Vec<PersonExport> {
    vec![
        person("01", "Nguyễn Thu Hà", "BAN", PostRole::Head),
        person("02", "Trần Văn Bình", "VP", PostRole::Head),
        person("03", "Lê Thị Chi", "TH", PostRole::Staff),
    ]
}

fn book(people: &[PersonExport], units: &[UnitExport]) -> PeoplePreview {
    let bytes = people_template(people, units).unwrap();
    read_people(&bytes, Instant::now() + Duration::from_secs(60)).unwrap()
}

async fn agency(pool: &PgPool) -> AgencyId {
    let id = AgencyId(Uuid::now_v7());
    sqlx::query("insert into agency (agency_id, name, code) values ($1, 'Cơ quan', $2)")
        .bind(id.0)
        .bind(id.0.simple().to_string())
        .execute(pool)
        .await
        .unwrap();
    id
}

async fn apply(
    pool: &PgPool,
    agency: AgencyId,
    preview: &PeoplePreview,
) -> Result<PeopleApplied, AppError> {
    apply_people(pool, agency, audit::Actor::default(), day(TODAY), preview).await
}

async fn planned(pool: &PgPool, agency: AgencyId, preview: &PeoplePreview) -> Plan {
    let mut db = pool.acquire().await.unwrap();
    let stored = load(&mut db, agency, since(preview, day(TODAY)))
        .await
        .unwrap();
    plan(preview, &stored, day(TODAY))
}

fn errors(plan: &Plan) -> Vec<(ProblemKind, Option<u32>, Option<&str>)> {
    let errors = plan.problems.iter().filter(|problem| problem.is_error());
    errors
        .map(|p: &Problem| (p.kind, p.row, p.column.as_deref()))
        .collect()
}

/// Posts as "code unit kind from until", in order.
async fn posts(pool: &PgPool) -> Vec<String> {
    sqlx::query_scalar(
        "select concat_ws(' ', o.code, u.code, p.kind, p.from_day, p.until_day)
         from post p join officer o using (agency_id, officer_id) join unit u using (agency_id, unit_id)
         order by o.code, p.from_day",
    )
    .fetch_all(pool)
    .await
    .unwrap()
}

async fn count(pool: &PgPool, table: &str) -> i64 {
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {table}")))
        .fetch_one(pool)
        .await
        .unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_workbook_fills_an_empty_agency_once_and_the_export_is_the_same(pool: PgPool) {
    let agency = agency(&pool).await;
    let preview = book(&everyone(), &units());
    let new = |new| Counts {
        new,
        ..Counts::default()
    };
    assert_eq!(
        apply(&pool, agency, &preview).await.unwrap(),
        PeopleApplied::Changed {
            units: new(3),
            people: new(3)
        }
    );
    let paths: Vec<String> = sqlx::query_scalar("select path from unit order by path")
        .fetch_all(&pool)
        .await
        .unwrap();
    assert_eq!(paths, ["/BAN/", "/BAN/VP/", "/BAN/VP/TH/"]);
    assert_eq!(
        posts(&pool).await,
        [
            "01 BAN head 2026-01-01",
            "02 VP head 2026-01-01",
            "03 TH staff 2026-01-01"
        ]
    );
    assert_eq!(
        (
            count(&pool, "task_group").await,
            count(&pool, "audit").await
        ),
        (1, 1)
    );
    assert_eq!(
        apply(&pool, agency, &preview).await.unwrap(),
        PeopleApplied::Unchanged
    );
    assert_eq!(count(&pool, "audit").await, 1);
    // Export, import: nothing changes.
    let mut db = pool.acquire().await.unwrap();
    let stored = load(&mut db, agency, day(TODAY)).await.unwrap();
    let (people, units) = people_export::rows(&stored, day(TODAY));
    assert_eq!((people.len(), units.len()), (3, 3));
    let plan = planned(&pool, agency, &book(&people, &units)).await;
    assert!(plan.acts.is_empty(), "{:?}", plan.acts);
    assert_eq!(errors(&plan), []);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_move_ends_the_old_post_the_day_before_and_begins_another(pool: PgPool) {
    let agency = agency(&pool).await;
    apply(&pool, agency, &book(&everyone(), &units()))
        .await
        .unwrap();
    let mut moved = person("03", "Lê Thị Chi", "VP", PostRole::Deputy);
    moved.from = Some(day("2026-11-01"));
    moved.post_title = Some("Phó Chánh Văn phòng".into());
    let mut renamed = person("02", "Trần Văn Bình An", "VP", PostRole::Head);
    renamed.similar_group = Some("Lãnh đạo".into());
    let preview = book(
        &[moved, renamed],
        &[unit("VP", "Văn phòng Ban", Some("BAN"))],
    );
    let plan = planned(&pool, agency, &preview).await;
    let changes: Vec<_> = plan.people.iter().map(|person| person.change).collect();
    assert_eq!(changes, [Change::Changed, Change::Changed]);
    assert!(
        plan.people[0].words.join(" ").contains("31/10/2026"),
        "{:?}",
        plan.people[0].words
    );
    apply(&pool, agency, &preview).await.unwrap();
    assert_eq!(
        posts(&pool).await,
        [
            "01 BAN head 2026-01-01",
            "02 VP head 2026-01-01",
            "03 TH staff 2026-01-01 2026-10-31",
            "03 VP deputy 2026-11-01"
        ]
    );
    let name: (String, String, i32) =
        sqlx::query_as("select full_name, sort_key, version from officer where code = '02'")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(
        name,
        ("Trần Văn Bình An".into(), "An Trần Văn Bình".into(), 2)
    );
    let unit: String = sqlx::query_scalar("select name from unit where code = 'VP'")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(unit, "Văn phòng Ban");
    assert_eq!(
        apply(&pool, agency, &preview).await.unwrap(),
        PeopleApplied::Unchanged
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn a_second_head_is_found_in_the_database_before_anything_is_applied(pool: PgPool) {
    let agency = agency(&pool).await;
    apply(&pool, agency, &book(&everyone(), &units()))
        .await
        .unwrap();
    let before = posts(&pool).await;
    // Alone in the workbook, but 02 leads VP in the database.
    let preview = book(&[person("09", "Phạm Văn Dũng", "VP", PostRole::Head)], &[]);
    let plan = planned(&pool, agency, &preview).await;
    assert_eq!(
        errors(&plan),
        [(ProblemKind::SecondHead, Some(2), Some("F"))]
    );
    assert!(matches!(
        apply(&pool, agency, &preview).await,
        Err(AppError::Invalid { .. })
    ));
    assert_eq!(posts(&pool).await, before);
    assert_eq!(count(&pool, "officer").await, 3);
    // With the old head moved in the same workbook it is one head again.
    let mut new = person("09", "Phạm Văn Dũng", "VP", PostRole::Head);
    new.from = Some(day("2026-11-01"));
    let mut old = person("02", "Trần Văn Bình", "TH", PostRole::Head);
    old.from = Some(day("2026-11-01"));
    apply(&pool, agency, &book(&[new, old], &[])).await.unwrap();
    assert!(
        posts(&pool)
            .await
            .contains(&"02 VP head 2026-01-01 2026-10-31".to_owned())
    );
    // A head in the past collides, too, and nothing of it stays.
    let mut past = person("10", "Võ Thị Én", "VP", PostRole::Head);
    past.from = Some(day("2026-03-01"));
    let before = posts(&pool).await;
    let refused = apply(&pool, agency, &book(&[past], &[])).await;
    assert!(
        matches!(refused, Err(AppError::Invalid { .. })),
        "{refused:?}"
    );
    assert_eq!(posts(&pool).await, before);
    assert_eq!(count(&pool, "officer").await, 4);
}

#[sqlx::test(migrations = "../migrations")]
async fn unknown_units_moved_units_and_impossible_days_are_named_and_stop_all(pool: PgPool) {
    let agency = agency(&pool).await;
    apply(&pool, agency, &book(&everyone(), &units()))
        .await
        .unwrap();
    let unknown = person("11", "Đỗ Văn Giang", "XYZ", PostRole::Staff);
    let mut early = person("03", "Lê Thị Chi", "VP", PostRole::Staff);
    early.from = Some(day("2025-12-31"));
    let mut late = person("12", "Hồ Văn Ích", "VP", PostRole::Staff);
    late.from = Some(day("2028-01-01"));
    let new_units = [
        unit("TH", "Phòng Tổng hợp", Some("BAN")),
        unit("P Đ", "Phòng Đất", Some("BAN")),
        unit("LAC", "Phòng Lạc", Some("KHONG")),
    ];
    let preview = book(&[unknown, early, late], &new_units);
    let plan = planned(&pool, agency, &preview).await;
    let mut found = errors(&plan);
    found.sort_by_key(|error| (error.2.unwrap_or_default().to_owned(), error.1));
    assert_eq!(
        found,
        [
            (ProblemKind::ValueUnreadable, Some(3), Some("A")),
            (ProblemKind::UnknownWord, Some(2), Some("C")),
            (ProblemKind::UnknownWord, Some(4), Some("C")),
            (ProblemKind::UnknownWord, Some(2), Some("D")),
            (ProblemKind::ValueUnreadable, Some(3), Some("I")),
            (ProblemKind::ValueUnreadable, Some(4), Some("I")),
        ]
    );
    assert!(matches!(
        apply(&pool, agency, &preview).await,
        Err(AppError::Invalid { .. })
    ));
    assert_eq!(
        (count(&pool, "officer").await, count(&pool, "unit").await),
        (3, 3)
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn another_agency_keeps_its_people(pool: PgPool) {
    let (one, two) = (agency(&pool).await, agency(&pool).await);
    let preview = book(&everyone(), &units());
    apply(&pool, one, &preview).await.unwrap();
    let applied = apply(&pool, two, &preview).await.unwrap();
    assert!(matches!(
        applied,
        PeopleApplied::Changed {
            people: Counts { new: 3, .. },
            ..
        }
    ));
    let each: Vec<i64> = sqlx::query_scalar("select count(*) from officer group by agency_id")
        .fetch_all(&pool)
        .await
        .unwrap();
    assert_eq!(each, [3, 3]);
}
