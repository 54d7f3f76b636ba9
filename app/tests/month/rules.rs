//! Rule sets on a real PostgreSQL: copied, changed, approved by another account, and which month follows which.

use std::collections::BTreeMap;

use app::auth::Access;
use app::error::AppError;
use app::rule_set::steps::{approve, change, compare, copy, delete, list, show};
use kpi::ids::{AccountId, AgencyId};
use kpi::permission::{Permission, Role};
use sqlx::PgPool;
use uuid::Uuid;

use crate::actor::{access, actor};
use crate::fixture::{Agency, day, field_of, figure, number, scene, today};

const SCORE: &str = "select score from person_month where agency_id = $1 and officer_id = $2";
const DECREE: &str = "nd-335-2025";

fn user(a: &Agency, role: Role, permission: Permission, account: u128) -> Access {
    let mut actor = actor(a.agency, a.chief, (a.root, "/A/", "staff"), vec![role]);
    actor.account = AccountId(Uuid::from_u128(account));
    access(actor, permission)
}

fn personnel(a: &Agency) -> Access {
    user(a, Role::Personnel, Permission::ManageRuleSets, 1)
}

fn leader(a: &Agency) -> Access {
    user(a, Role::Leader, Permission::ApproveRuleSet, 2)
}

fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

const WEIGHTS: &[(&str, &str)] = &[
    ("staff_weights.quantity", "20"),
    ("staff_weights.quality", "32"),
    ("staff_weights.progress", "18"),
];

fn reasons() -> BTreeMap<String, String> {
    WEIGHTS
        .iter()
        .map(|(path, _)| ((*path).to_owned(), "Quy chế của cơ quan".to_owned()))
        .collect()
}

async fn copied(pool: &PgPool, a: &Agency, source: &str, name: &str) -> String {
    copy(pool, &personnel(a), source, name, Uuid::now_v7())
        .await
        .unwrap()
}

/// A draft with other weights and their reasons; its version is 2.
async fn changed(pool: &PgPool, a: &Agency, name: &str) -> String {
    let code = copied(pool, a, DECREE, name).await;
    change(pool, &personnel(a), (&code, 1), &map(WEIGHTS), reasons())
        .await
        .unwrap();
    code
}

async fn rule_set_of(pool: &PgPool, agency: AgencyId, period: &str) -> Vec<String> {
    sqlx::query_scalar::<_, String>(
        "select distinct rule_set from sheet where agency_id = $1 and period = $2::date",
    )
    .bind(agency.0)
    .bind(day(period))
    .fetch_all(pool)
    .await
    .unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn an_approved_rule_set_scores_the_next_month_and_leaves_the_earlier_ones(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    a.assign(&pool, &a.work(&[a.first], "4")).await;
    let code = changed(&pool, &a, "Quy chế 2027").await;
    assert_eq!(code, "quy-tac-1");
    approve(&pool, &leader(&a), (&code, 2), "2026-12", "12/QĐ")
        .await
        .unwrap();

    let mut work = a.work(&[a.first], "4");
    work.period = "2026-12".parse().unwrap();
    work.due_day = day("2026-12-20");
    a.assign(&pool, &work).await;
    assert_eq!(rule_set_of(&pool, a.agency, "2026-11-01").await, [DECREE]);
    assert_eq!(
        rule_set_of(&pool, a.agency, "2026-12-01").await,
        std::slice::from_ref(&code)
    );

    let view = list(&pool, &personnel(&a), today()).await.unwrap();
    let standing = |day: &str, code: &str| {
        let today = self::day(day);
        let (pool, access, code) = (pool.clone(), personnel(&a), code.to_owned());
        async move {
            let view = list(&pool, &access, today).await.unwrap();
            let line = view
                .sets
                .into_iter()
                .find(|line| line.code == code)
                .unwrap();
            line.standing.label()
        }
    };
    assert_eq!(view.sets.len(), 4);
    assert_eq!(standing("2026-11-24", &code).await, "Sắp áp dụng");
    assert_eq!(standing("2026-11-24", DECREE).await, "Đang áp dụng");
    assert_eq!(standing("2026-12-01", &code).await, "Đang áp dụng");
    assert_eq!(standing("2026-12-01", DECREE).await, "Có sẵn");

    // Not even the database lets an approved one change.
    let touched = sqlx::query("update rule_set set content = '{}' where code = $1")
        .bind(&code)
        .execute(&pool)
        .await;
    assert!(touched.is_err());
    let again = change(&pool, &personnel(&a), (&code, 3), &map(WEIGHTS), reasons()).await;
    assert_eq!(field_of(again), "status");
}

#[sqlx::test(migrations = "../migrations")]
async fn the_weights_of_the_months_own_rules_give_its_score(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let code = changed(&pool, &a, "Quy chế").await;
    approve(&pool, &leader(&a), (&code, 2), "2026-11", "12/QĐ")
        .await
        .unwrap();
    let assignment = a.assign(&pool, &a.work(&[a.first], "4")).await;
    let first = a.access(a.first, Permission::Deliver);
    // 2 of 4 delivered, late: a = b = 50 %, c = 37.5 %; 20 × 0.5 + 32 × 0.5 + 18 × 0.375 = 32.75.
    app::progress::steps::deliver(
        &pool,
        scene(&first),
        (assignment, number("2")),
        day("2026-11-21"),
        "",
    )
    .await
    .unwrap();
    assert_eq!(
        figure(&pool, SCORE, a.agency, a.first.0).await,
        number("32.75")
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn what_does_not_hold_is_refused_at_its_field_and_changes_nothing(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let code = copied(&pool, &a, DECREE, "Quy chế").await;
    for (path, typed, field) in [
        ("staff_weights.quality", "2", "staff_weights.quantity"),
        ("thresholds.good", "95", "thresholds.good"),
        ("staff_weights.quality", "-1", "staff_weights.quality"),
        ("task_points", "60", "task_points"),
        ("deductions.per_delay", "101", "deductions.per_delay"),
        ("year.excellent_ratio", "40", "year.excellent_ratio"),
        ("decimals", "nhiều", "decimals"),
        ("no_such_field", "1", "no_such_field"),
    ] {
        let given = map(&[("name", "Tên khác"), (path, typed)]);
        let refused = change(&pool, &personnel(&a), (&code, 1), &given, BTreeMap::new()).await;
        assert_eq!(field_of(refused), field, "{path} = {typed}");
    }
    let view = show(&pool, &personnel(&a), today(), &code).await.unwrap();
    assert_eq!((view.line.name.as_str(), view.version), ("Quy chế", 1));
    let stale = change(
        &pool,
        &personnel(&a),
        (&code, 7),
        &map(&[]),
        BTreeMap::new(),
    )
    .await;
    assert!(matches!(stale, Err(AppError::Conflict { .. })));
    let nameless = copy(&pool, &personnel(&a), DECREE, "  ", Uuid::now_v7()).await;
    assert_eq!(field_of(nameless), "name");
}

#[sqlx::test(migrations = "../migrations")]
async fn an_approval_needs_another_account_reasons_a_decision_and_a_month_without_sheets(
    pool: PgPool,
) {
    let a = Agency::new(&pool, "one").await;
    a.assign(&pool, &a.work(&[a.first], "4")).await;
    let code = copied(&pool, &a, DECREE, "Quy chế").await;
    change(
        &pool,
        &personnel(&a),
        (&code, 1),
        &map(WEIGHTS),
        BTreeMap::new(),
    )
    .await
    .unwrap();
    let approved = |by: Access, version, from, decision| {
        let (pool, code) = (pool.clone(), code.clone());
        async move { approve(&pool, &by, (&code, version), from, decision).await }
    };
    let field = |result| field_of::<()>(result);
    assert_eq!(
        field(approved(leader(&a), 2, "2026-12", "12/QĐ").await),
        "reasons.staff_weights.quantity"
    );
    change(&pool, &personnel(&a), (&code, 2), &map(&[]), reasons())
        .await
        .unwrap();
    assert_eq!(
        field(approved(leader(&a), 3, "2026-11", "12/QĐ").await),
        "from"
    );
    assert_eq!(
        field(approved(leader(&a), 3, "2026-13", "12/QĐ").await),
        "from"
    );
    assert_eq!(
        field(approved(leader(&a), 3, "2026-12", " ").await),
        "decision"
    );
    let author = user(&a, Role::Leader, Permission::ApproveRuleSet, 1);
    assert_eq!(
        field(approved(author, 3, "2026-12", "12/QĐ").await),
        "approver"
    );
    approved(leader(&a), 3, "2026-12", "12/QĐ").await.unwrap();

    let second = changed(&pool, &a, "Quy chế khác").await;
    let same = approve(&pool, &leader(&a), (&second, 2), "2026-12", "13/QĐ").await;
    assert_eq!(field_of(same), "from");

    let frame = copied(&pool, &a, "ban-cscl-2025", "Khung KPIs").await;
    let unfilled = approve(&pool, &leader(&a), (&frame, 1), "2027-01", "14/QĐ").await;
    assert_eq!(field_of(unfilled), "staff_weights.quantity");
}

#[sqlx::test(migrations = "../migrations")]
async fn drafts_stay_with_those_who_prepare_them_and_inside_their_agency(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let b = Agency::new(&pool, "two").await;
    let code = changed(&pool, &a, "Quy chế").await;
    let officer = a.access(a.first, Permission::ViewRuleSets);
    assert!(matches!(
        show(&pool, &officer, today(), &code).await,
        Err(AppError::NotFound)
    ));
    assert!(matches!(
        show(&pool, &personnel(&b), today(), &code).await,
        Err(AppError::NotFound)
    ));
    assert!(matches!(
        approve(&pool, &leader(&b), (&code, 2), "2026-12", "1").await,
        Err(AppError::NotFound)
    ));
    let compared = compare(&pool, &leader(&a), today(), (DECREE.into(), code.clone()))
        .await
        .unwrap();
    let paths: Vec<&str> = compared
        .differences
        .iter()
        .map(|found| found.path.as_str())
        .collect();
    let weights = WEIGHTS.iter().map(|(path, _)| *path);
    assert_eq!(
        paths,
        ["name"].into_iter().chain(weights).collect::<Vec<_>>()
    );
    // The same key again copies nothing.
    let key = Uuid::now_v7();
    let once = copy(&pool, &personnel(&a), DECREE, "Một lần", key)
        .await
        .unwrap();
    let twice = copy(&pool, &personnel(&a), DECREE, "Một lần", key)
        .await
        .unwrap();
    assert_eq!(once, twice);
    delete(&pool, &personnel(&a), (&code, 2)).await.unwrap();
    let gone = delete(&pool, &personnel(&a), (&code, 2)).await;
    assert!(matches!(gone, Err(AppError::NotFound)));
}
