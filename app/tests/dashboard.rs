//! The comparison against a real database: sums over the unit tree, order, and the walls between agencies.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]
#![cfg(feature = "ssr")]

use std::io::Cursor;

use app::auth::{Access, Actor, Post};
use app::dashboard::{Measure, UnitCompared, steps, workbook};
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use chrono::NaiveDate;
use kpi::ids::{AccountId, AgencyId, UnitId};
use kpi::period::Period;
use kpi::permission::{Permission, Role};
use rust_decimal::Decimal;
use sqlx::PgPool;
use uuid::Uuid;

const AGENCY: u128 = 1;
const OTHER: u128 = 2;
const ROOT: u128 = 10;
const OFFICE: u128 = 11;
const SOCIAL: u128 = 12;
/// A section below the office.
const SECTION: u128 = 13;
/// A unit whose code is a prefix of the office's, though it is not above it.
const OFF: u128 = 14;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

async fn agency(pool: &PgPool, number: u128, code: &str) {
    sqlx::query("insert into agency (agency_id, name, code) values ($1, $2, $3)")
        .bind(id(number))
        .bind(format!("Ban {code}"))
        .bind(code)
        .execute(pool)
        .await
        .unwrap();
}

async fn unit(
    pool: &PgPool,
    agency: u128,
    unit: u128,
    parent: Option<u128>,
    path: &str,
    name: &str,
) {
    sqlx::query(
        "insert into unit (agency_id, unit_id, parent_id, path, code, name, ordinal) values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id(agency))
    .bind(id(unit))
    .bind(parent.map(id))
    .bind(path)
    .bind(path.replace('/', "-"))
    .bind(name)
    .bind(i32::try_from(unit).unwrap())
    .execute(pool)
    .await
    .unwrap();
}

/// A month: people (all scored and "tốt"), sum of scores, assigned and completed quantity.
async fn month(
    pool: &PgPool,
    agency: u128,
    unit: u128,
    period: &str,
    people: i32,
    score_sum: &str,
    work: (&str, &str),
) {
    sqlx::query(
        "insert into unit_month (agency_id, period, unit_id, people, scored, good, score_sum, assigned, volume,
            quality, progress, waiting)
         values ($1, $2, $3, $4, $4, $4, $5, $6, $7, $7, $7, 1)",
    )
    .bind(id(agency))
    .bind(day(period))
    .bind(id(unit))
    .bind(people)
    .bind(decimal(score_sum))
    .bind(decimal(work.0))
    .bind(decimal(work.1))
    .execute(pool)
    .await
    .unwrap();
}

/// A root with an office (and a section below it), a social department and a unit with a similar code.
async fn tree(pool: &PgPool) {
    agency(pool, AGENCY, "BAN").await;
    unit(pool, AGENCY, ROOT, None, "/BAN/", "Ban").await;
    unit(pool, AGENCY, OFFICE, Some(ROOT), "/BAN/VP1/", "Văn phòng").await;
    unit(pool, AGENCY, SOCIAL, Some(ROOT), "/BAN/XH/", "Vụ Xã hội").await;
    unit(
        pool,
        AGENCY,
        SECTION,
        Some(OFFICE),
        "/BAN/VP1/P1/",
        "Phòng 1",
    )
    .await;
    unit(pool, AGENCY, OFF, Some(ROOT), "/BAN/VP/", "Vụ Phụ").await;
    agency(pool, OTHER, "KHAC").await;
    unit(pool, OTHER, 20, None, "/KHAC/", "Ban khác").await;
    unit(pool, OTHER, 21, Some(20), "/KHAC/VP1/", "Văn phòng khác").await;
}

fn access(roles: &[Role], path: &str) -> Access {
    let actor = Actor {
        agency: AgencyId(id(AGENCY)),
        agency_name: "Ban".to_owned(),
        account: AccountId(id(100)),
        login: "ai".to_owned(),
        officer: None,
        name: "Ai".to_owned(),
        roles: roles.to_vec(),
        posts: vec![Post {
            unit: UnitId(id(OFFICE)),
            path: path.to_owned(),
            unit_name: String::new(),
            kind: "head".to_owned(),
            title: String::new(),
        }],
        must_change: false,
        unread: 0,
    };
    app::auth::check(actor, Permission::CompareUnits).unwrap()
}

async fn load(pool: &PgPool, access: &Access) -> steps::Year {
    let period: Period = "2026-11".parse().unwrap();
    steps::load(pool, access, period, day("2026-11-16"))
        .await
        .unwrap()
}

fn names(units: &[UnitCompared]) -> Vec<&str> {
    units.iter().map(|unit| unit.name.as_str()).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_unit_carries_the_sums_of_the_units_below_it(pool: PgPool) {
    tree(&pool).await;
    month(&pool, AGENCY, OFFICE, "2026-11-01", 2, "160", ("20", "10")).await;
    month(
        &pool,
        AGENCY,
        SECTION,
        "2026-11-01",
        1,
        "95.5",
        ("10.5", "9"),
    )
    .await;
    month(&pool, AGENCY, OFF, "2026-11-01", 1, "50", ("5", "1")).await;
    month(&pool, AGENCY, OFFICE, "2026-10-01", 2, "170", ("20", "20")).await;
    let compared = steps::compared(
        load(&pool, &access(&[Role::Leader], "/BAN/")).await,
        Measure::Score,
    );
    let office = compared
        .units
        .iter()
        .find(|unit| unit.name == "Văn phòng")
        .unwrap();
    assert_eq!(
        (office.now.people, office.now.scored, office.now.waiting),
        (3, 3, 2)
    );
    assert_eq!(office.now.score_sum, decimal("255.5"));
    assert_eq!(office.value(Measure::Score), Some(decimal("85.17")));
    // 19 of 30.5 is 62.295… percent.
    assert_eq!(office.value(Measure::Quantity), Some(decimal("62.3")));
    assert_eq!(office.previous(Measure::Score), Some(decimal("85")));
    // The unit "/BAN/VP/" is no part of "/BAN/VP1/", nor the other way round.
    let off = compared
        .units
        .iter()
        .find(|unit| unit.name == "Vụ Phụ")
        .unwrap();
    assert_eq!(off.now.people, 1);
    // The whole is the sum of all, each counted once.
    assert_eq!(compared.whole.now.people, 4);
    assert_eq!(compared.whole.now.score_sum, decimal("305.5"));
    assert_eq!(compared.whole.now.assigned, decimal("35.5"));
}

#[sqlx::test(migrations = "../migrations")]
async fn units_stand_best_first_and_those_without_a_score_last(pool: PgPool) {
    tree(&pool).await;
    month(&pool, AGENCY, OFFICE, "2026-11-01", 1, "80", ("20", "20")).await;
    month(&pool, AGENCY, SOCIAL, "2026-11-01", 1, "91.25", ("20", "5")).await;
    let leader = access(&[Role::Leader], "/BAN/");
    let by_score = steps::compared(load(&pool, &leader).await, Measure::Score);
    assert_eq!(names(&by_score.units), ["Vụ Xã hội", "Văn phòng", "Vụ Phụ"]);
    assert_eq!(by_score.units[2].value(Measure::Score), None);
    let by_quantity = steps::compared(load(&pool, &leader).await, Measure::Quantity);
    assert_eq!(
        names(&by_quantity.units),
        ["Văn phòng", "Vụ Xã hội", "Vụ Phụ"]
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn the_series_holds_twelve_months_with_their_gaps(pool: PgPool) {
    tree(&pool).await;
    for (period, sum) in [
        ("2025-11-01", "10"),
        ("2025-12-01", "70"),
        ("2026-09-01", "75"),
        ("2026-11-01", "80"),
    ] {
        month(&pool, AGENCY, SOCIAL, period, 1, sum, ("1", "1")).await;
    }
    let compared = steps::compared(
        load(&pool, &access(&[Role::Leader], "/BAN/")).await,
        Measure::Score,
    );
    let social = compared
        .units
        .iter()
        .find(|unit| unit.name == "Vụ Xã hội")
        .unwrap();
    let mut expected = vec![None; 12];
    expected[0] = Some(decimal("70"));
    expected[9] = Some(decimal("75"));
    expected[11] = Some(decimal("80"));
    assert_eq!(social.series, expected);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_roots_own_people_have_a_row_only_where_there_are_any(pool: PgPool) {
    tree(&pool).await;
    month(&pool, AGENCY, OFFICE, "2026-11-01", 1, "80", ("20", "20")).await;
    let leader = access(&[Role::Leader], "/BAN/");
    assert!(
        !names(&steps::compared(load(&pool, &leader).await, Measure::Score).units)
            .contains(&"Lãnh đạo Ban")
    );
    month(&pool, AGENCY, ROOT, "2026-11-01", 3, "270", ("3", "3")).await;
    let compared = steps::compared(load(&pool, &leader).await, Measure::Score);
    let root = compared
        .units
        .iter()
        .find(|unit| unit.name == "Lãnh đạo Ban")
        .unwrap();
    assert_eq!(root.now.people, 3);
    assert!(root.own);
    assert_eq!(compared.whole.now.people, 4);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_dissolved_unit_leaves_when_its_people_have(pool: PgPool) {
    tree(&pool).await;
    sqlx::query("update unit set active = false where unit_id = $1")
        .bind(id(OFF))
        .execute(&pool)
        .await
        .unwrap();
    let leader = access(&[Role::Leader], "/BAN/");
    assert_eq!(load(&pool, &leader).await.units.len(), 2);
    month(&pool, AGENCY, OFF, "2026-10-01", 2, "150", ("3", "3")).await;
    assert_eq!(load(&pool, &leader).await.units.len(), 3);
}

#[sqlx::test(migrations = "../migrations")]
async fn another_agencys_rows_are_invisible(pool: PgPool) {
    tree(&pool).await;
    month(&pool, OTHER, 21, "2026-11-01", 50, "4500", ("900", "900")).await;
    let compared = steps::compared(
        load(&pool, &access(&[Role::Leader], "/BAN/")).await,
        Measure::Score,
    );
    assert_eq!(compared.whole.now.people, 0);
    assert!(
        compared
            .units
            .iter()
            .all(|unit| unit.now.people == 0 && !unit.name.contains("khác"))
    );
    // Even a row under this agency's unit id in the other agency stays there.
    month(&pool, OTHER, OFFICE, "2026-11-01", 7, "600", ("1", "1")).await;
    let again = steps::compared(
        load(&pool, &access(&[Role::Leader], "/BAN/")).await,
        Measure::Score,
    );
    assert_eq!(again.whole.now.people, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_head_compares_all_units_and_opens_his_own(pool: PgPool) {
    tree(&pool).await;
    let compared = steps::compared(
        load(&pool, &access(&[Role::Head], "/BAN/VP1/")).await,
        Measure::Score,
    );
    let reach: Vec<(&str, bool, bool)> = compared
        .units
        .iter()
        .map(|unit| (unit.name.as_str(), unit.own, unit.reachable))
        .collect();
    assert_eq!(
        reach,
        [
            ("Văn phòng", true, true),
            ("Vụ Xã hội", false, false),
            ("Vụ Phụ", false, false)
        ]
    );
    assert!(app::auth::check(access(&[Role::Head], "").actor, Permission::ExportCompare).is_ok());
    let mut officer = access(&[Role::Head], "").actor;
    officer.roles = vec![Role::Officer];
    assert!(app::auth::check(officer, Permission::CompareUnits).is_err());
}

#[sqlx::test(migrations = "../migrations")]
async fn expected_progress_leaves_holidays_out(pool: PgPool) {
    tree(&pool).await;
    sqlx::query("insert into holiday (agency_id, day, name) values ($1, '2026-11-20', 'Nghỉ'), ($2, '2026-11-19', 'Nghỉ')")
        .bind(id(AGENCY))
        .bind(id(OTHER))
        .execute(&pool)
        .await
        .unwrap();
    let year = load(&pool, &access(&[Role::Leader], "/BAN/")).await;
    assert_eq!((year.days.done, year.days.total), (11, 20));
}

#[sqlx::test(migrations = "../migrations")]
async fn the_workbook_holds_real_numbers_and_harmless_names(pool: PgPool) {
    tree(&pool).await;
    sqlx::query("update unit set name = '=1+1' where unit_id = $1")
        .bind(id(SOCIAL))
        .execute(&pool)
        .await
        .unwrap();
    month(
        &pool,
        AGENCY,
        SOCIAL,
        "2026-11-01",
        3,
        "250",
        ("40", "35.5"),
    )
    .await;
    month(&pool, AGENCY, SOCIAL, "2026-10-01", 2, "160", ("40", "40")).await;
    let file = workbook::write(&load(&pool, &access(&[Role::Leader], "/BAN/")).await).unwrap();
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(file)).unwrap();
    assert_eq!(book.sheet_names().len(), 5);
    let sheet = book.worksheet_range("So sánh").unwrap();
    let cell = |row: u32, column: u32| {
        sheet
            .get_value((row, column))
            .cloned()
            .unwrap_or(Data::Empty)
    };
    assert_eq!(cell(1, 0), Data::String("Ban".to_owned()));
    assert_eq!(cell(5, 0), Data::Float(1.0));
    assert_eq!(cell(5, 1), Data::String("=1+1".to_owned()));
    assert_eq!(
        (cell(5, 2), cell(5, 3)),
        (Data::Float(83.33), Data::Float(80.0))
    );
    assert_eq!(cell(5, 4), Data::Float(3.33));
    assert_eq!(cell(5, 5), Data::Float(0.888));
    // Units without a score have empty cells, not zeros.
    assert_eq!(cell(6, 2), Data::Empty);
    let year = book.worksheet_range("12 tháng – Tổng điểm").unwrap();
    assert_eq!(
        year.get_value((4, 13)),
        Some(&Data::String("11/2026".to_owned()))
    );
    let social = year
        .rows()
        .find(|row| row.get(1) == Some(&Data::String("=1+1".to_owned())))
        .unwrap();
    assert_eq!(
        (social[12].clone(), social[13].clone()),
        (Data::Float(80.0), Data::Float(83.33))
    );
    assert!(
        book.worksheet_formula("So sánh")
            .unwrap()
            .used_cells()
            .next()
            .is_none()
    );
}
