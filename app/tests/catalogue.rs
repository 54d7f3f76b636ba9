//! Catalogues in a real database: drafts, import, approval, and that one agency never sees another's.
#![cfg(feature = "ssr")]
#![expect(clippy::unwrap_used, reason = "a step that fails must fail the test")]

use app::audit;
use app::auth::{Access, Actor};
use app::catalogue::steps::{Asked, TypedApproval, approve, delete_draft, show};
use app::catalogue::store::{self, Draft, DraftGroup, DraftProduct};
use app::catalogue::{Status, Version};
use app::error::AppError;
use app::import::apply_catalogue::{Applied, apply_catalogue};
use app::import::preview::{CataloguePreview, Group, Problem, ProblemKind, ProductRow, Severity};
use chrono::NaiveDate;
use kpi::ids::{AccountId, AgencyId, CatalogueId, ProductId};
use kpi::permission::{Role, Scope};
use rust_decimal::Decimal;
use sqlx::PgPool;
use uuid::Uuid;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

async fn agency(pool: &PgPool, code: &str) -> AgencyId {
    let id = AgencyId(Uuid::now_v7());
    sqlx::query("insert into agency (agency_id, name, code) values ($1, $2, $2)")
        .bind(id.0)
        .bind(code)
        .execute(pool)
        .await
        .unwrap();
    id
}

async fn person(pool: &PgPool, agency: AgencyId, login: &str, role: Role) -> Actor {
    let account = AccountId(Uuid::now_v7());
    sqlx::query(
        "insert into account (agency_id, account_id, login, password_hash, roles) values ($1, $2, $3, 'x', array[$4])",
    )
    .bind(agency.0)
    .bind(account.0)
    .bind(login)
    .bind(role.as_str())
    .execute(pool)
    .await
    .unwrap();
    Actor {
        agency,
        agency_name: "Cơ quan".into(),
        account,
        login: login.into(),
        officer: None,
        name: login.into(),
        roles: vec![role],
        posts: vec![],
        must_change: false,
        unread: 0,
    }
}

fn row(at: u32, code: &str, points: &str, coefficient: &str) -> ProductRow {
    ProductRow {
        sheet: "Danh mục".into(),
        row: at,
        code: code.into(),
        task: format!("Tham mưu báo cáo {code}"),
        detail: String::new(),
        output: "Báo cáo".into(),
        group: "N1".into(),
        points: decimal(points),
        coefficient: decimal(coefficient),
        unit_of_measure: Some("văn bản".into()),
        unit_name: None,
        note: Some("Đã rà soát".into()),
    }
}

fn preview(digest: &str) -> CataloguePreview {
    CataloguePreview {
        sheets: vec![],
        products: vec![
            row(5, "DC.01", "5", "1"),
            row(6, "DC.02", "8", "1.6"),
            row(7, "DC.03", "10", "2"),
        ],
        problems: vec![],
        standard_points: Some(decimal("5")),
        standard_index: Some(0),
        groups: vec![Group {
            code: "N1".into(),
            min: Some(decimal("1")),
            max: Some(decimal("10")),
        }],
        criteria: vec![],
        digest: digest.into(),
    }
}

async fn import(pool: &PgPool, actor: &Actor, preview: &CataloguePreview) -> CatalogueId {
    match apply_catalogue(pool, actor.agency, actor.audit(), "QĐ 283.xlsx", preview)
        .await
        .unwrap()
    {
        Applied::Draft { catalogue, .. } => catalogue,
        Applied::Unchanged { .. } => panic!("nothing was imported"),
    }
}

fn typed(decision: &str, from: &str) -> TypedApproval {
    TypedApproval {
        decision: decision.into(),
        effective_from: from.into(),
    }
}

const TODAY: &str = "2026-11-18";

async fn try_approve(pool: &PgPool, actor: &Actor, id: CatalogueId) -> Result<(), AppError> {
    approve(
        pool,
        day(TODAY),
        actor,
        id,
        typed("283/QĐ-UBND", "01/07/2026"),
    )
    .await
}

async fn versions(pool: &PgPool, agency: AgencyId) -> Vec<Version> {
    store::versions(pool, agency, true).await.unwrap()
}

async fn count(pool: &PgPool, table: &str) -> i64 {
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {table}")))
        .fetch_one(pool)
        .await
        .unwrap()
}

fn field(error: AppError) -> String {
    match error {
        AppError::Invalid { field, .. } => field,
        other => panic!("not a refused field: {other:?}"),
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn applying_makes_a_draft_with_every_product_as_it_stood(pool: PgPool) {
    let agency = agency(&pool, "XA").await;
    let personnel = person(&pool, agency, "tc", Role::Personnel).await;
    let id = import(&pool, &personnel, &preview("d1")).await;
    let all = versions(&pool, agency).await;
    assert_eq!(all.len(), 1);
    assert_eq!(
        (
            all[0].catalogue,
            all[0].number,
            all[0].status,
            all[0].products
        ),
        (id, 1, Status::Draft, 3)
    );
    assert_eq!(all[0].name, "QĐ 283");
    assert_eq!(all[0].standard_points, Some(decimal("5")));
    let products = store::whole(&pool, agency, id).await.unwrap();
    let seen: Vec<_> = products
        .iter()
        .map(|p| (p.code.as_str(), p.points, p.coefficient, p.standard))
        .collect();
    assert_eq!(
        seen,
        [
            ("DC.01", decimal("5"), decimal("1"), true),
            ("DC.02", decimal("8"), decimal("1.6"), false),
            ("DC.03", decimal("10"), decimal("2"), false)
        ]
    );
    assert_eq!(products[1].note.as_deref(), Some("Đã rà soát"));
    assert_eq!(products[1].unit_of_measure.as_deref(), Some("văn bản"));
    assert_eq!(count(&pool, "audit").await, 1);
    // Nothing is in use before somebody approves.
    assert_eq!(store::approved(&pool, agency).await.unwrap(), None);
    assert!(
        store::approved_products(&pool, agency, "", 600)
            .await
            .unwrap()
            .is_empty()
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn the_same_content_again_changes_nothing(pool: PgPool) {
    let agency = agency(&pool, "XA").await;
    let personnel = person(&pool, agency, "tc", Role::Personnel).await;
    let first = import(&pool, &personnel, &preview("d1")).await;
    let again = apply_catalogue(
        &pool,
        agency,
        audit::Actor::default(),
        "khác.xlsx",
        &preview("d1"),
    )
    .await
    .unwrap();
    assert_eq!(
        again,
        Applied::Unchanged {
            catalogue: first,
            number: 1
        }
    );
    assert_eq!(count(&pool, "catalogue").await, 1);
    assert_eq!(count(&pool, "product").await, 3);
    assert_eq!(count(&pool, "audit").await, 1);
    // Other content is another version, and a product keeps its id by its code.
    let second = import(&pool, &personnel, &preview("d2")).await;
    let ids = async |id| -> Vec<ProductId> {
        store::whole(&pool, agency, id)
            .await
            .unwrap()
            .iter()
            .map(|p| p.product)
            .collect()
    };
    assert_eq!(ids(first).await, ids(second).await);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_failing_row_applies_nothing(pool: PgPool) {
    let agency = agency(&pool, "XA").await;
    let personnel = person(&pool, agency, "tc", Role::Personnel).await;
    // What the rules found.
    let mut wrong = preview("d1");
    wrong.problems.push(Problem {
        sheet: "Danh mục".into(),
        row: Some(6),
        column: Some("K".into()),
        kind: ProblemKind::CoefficientMismatch,
        reason: "Hệ số không khớp.".into(),
        severity: Severity::Error,
    });
    let refused = apply_catalogue(&pool, agency, personnel.audit(), "a.xlsx", &wrong).await;
    assert_eq!(field(refused.unwrap_err()), "preview");
    // What only the database finds: the last row breaks a constraint after two good ones.
    for broken in [row(8, "DC.01", "5", "1"), row(8, "DC.04", "5", "0")] {
        let mut wrong = preview("d1");
        wrong.products.push(broken);
        let refused = apply_catalogue(&pool, agency, personnel.audit(), "a.xlsx", &wrong).await;
        assert!(
            matches!(refused, Err(AppError::Unavailable { .. })),
            "{refused:?}"
        );
    }
    for table in ["catalogue", "product", "product_group", "audit"] {
        assert_eq!(count(&pool, table).await, 0, "{table}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn another_than_the_importer_approves_once_and_the_version_before_is_superseded(
    pool: PgPool,
) {
    let agency = agency(&pool, "XA").await;
    let importer = person(&pool, agency, "tc1", Role::Personnel).await;
    // Alone, the importer approves.
    let first = import(&pool, &importer, &preview("d1")).await;
    try_approve(&pool, &importer, first).await.unwrap();
    let second = import(&pool, &importer, &preview("d2")).await;
    // An account that may not approve does not change that; a locked one neither.
    person(&pool, agency, "ld", Role::Leader).await;
    let other = person(&pool, agency, "tc2", Role::Personnel).await;
    let refused = try_approve(&pool, &importer, second).await;
    assert_eq!(field(refused.unwrap_err()), "catalogue");
    assert_eq!(store::approved(&pool, agency).await.unwrap(), Some(first));
    try_approve(&pool, &other, second).await.unwrap();
    let states: Vec<_> = versions(&pool, agency)
        .await
        .iter()
        .map(|v| (v.number, v.status, v.decision.clone(), v.effective_from))
        .collect();
    let (decision, from) = (Some("283/QĐ-UBND".to_owned()), Some(day("2026-07-01")));
    assert_eq!(
        states,
        [
            (2, Status::Approved, decision.clone(), from),
            (1, Status::Superseded, decision, from)
        ]
    );
    // A second decision after the first is refused, for both.
    for id in [first, second] {
        let refused = try_approve(&pool, &other, id).await;
        assert_eq!(field(refused.unwrap_err()), "catalogue");
        assert_eq!(
            field(delete_draft(&pool, &other, id).await.unwrap_err()),
            "catalogue"
        );
    }
    assert_eq!(store::approved(&pool, agency).await.unwrap(), Some(second));
    assert_eq!(count(&pool, "product").await, 6);
}

#[sqlx::test(migrations = "../migrations")]
async fn an_approval_needs_a_decision_and_a_day_that_has_come(pool: PgPool) {
    let agency = agency(&pool, "XA").await;
    let actor = person(&pool, agency, "tc", Role::Personnel).await;
    let id = import(&pool, &actor, &preview("d1")).await;
    for (decision, from, named) in [
        ("", "01/07/2026", "decision"),
        ("   ", "01/07/2026", "decision"),
        (&"x".repeat(101), "01/07/2026", "decision"),
        ("283/QĐ", "31/02/2026", "effective_from"),
        ("283/QĐ", "", "effective_from"),
        ("283/QĐ", "19/11/2026", "effective_from"),
        ("283/QĐ", "01/01/1990", "effective_from"),
    ] {
        let refused = approve(&pool, day(TODAY), &actor, id, typed(decision, from)).await;
        let error = refused.unwrap_err();
        if let AppError::Invalid { typed, .. } = &error {
            assert!(
                [decision, from].contains(&typed.as_str()),
                "the typed value is kept"
            );
        }
        assert_eq!(field(error), named, "{decision:?} {from:?}");
    }
    assert_eq!(store::approved(&pool, agency).await.unwrap(), None);
    try_approve(&pool, &actor, id).await.unwrap();
    // The next version may not begin before this one.
    let next = import(&pool, &actor, &preview("d2")).await;
    let refused = approve(
        &pool,
        day(TODAY),
        &actor,
        next,
        typed("284/QĐ", "30/06/2026"),
    )
    .await;
    assert_eq!(field(refused.unwrap_err()), "effective_from");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_draft_with_an_error_is_shown_with_it_and_not_approved(pool: PgPool) {
    let agency = agency(&pool, "XA").await;
    let actor = person(&pool, agency, "tc", Role::Personnel).await;
    let product = |code: &str, points: &str, coefficient: &str| DraftProduct {
        code: code.into(),
        task: "Việc".into(),
        detail: String::new(),
        output: "Văn bản".into(),
        group: Some("N1".into()),
        points: decimal(points),
        coefficient: decimal(coefficient),
        unit_of_measure: None,
        unit_name: None,
        note: None,
    };
    let draft = Draft {
        name: "Bản".into(),
        standard_points: Some(decimal("5")),
        standard_code: Some("A".into()),
        digest: "x".into(),
        groups: vec![DraftGroup {
            code: "N1".into(),
            min: Some(decimal("1")),
            max: Some(decimal("10")),
        }],
        // 20 points are outside N1, and 3 is not 20 ÷ 5.
        products: vec![product("A", "5", "1"), product("B", "20", "3")],
        created_by: None,
    };
    let mut db = pool.begin().await.unwrap();
    let (id, _) = store::insert_draft(&mut db, agency, &draft).await.unwrap();
    db.commit().await.unwrap();
    let access = Access {
        actor: actor.clone(),
        scope: Scope::Agency,
    };
    let asked = Asked {
        version: Some(id),
        ..Asked::default()
    };
    let shown = show(&pool, day(TODAY), &access, asked.clone())
        .await
        .unwrap();
    let state = shown.draft.unwrap();
    assert_eq!((state.fault_count, state.may_approve), (2, true));
    assert!(state.faults.iter().all(|fault| fault.code == "B"));
    assert_eq!(
        field(try_approve(&pool, &actor, id).await.unwrap_err()),
        "catalogue"
    );
    // Deleting it leaves nothing of it.
    delete_draft(&pool, &actor, id).await.unwrap();
    for table in ["catalogue", "product", "product_group"] {
        assert_eq!(count(&pool, table).await, 0, "{table}");
    }
    assert_eq!(
        delete_draft(&pool, &actor, id).await,
        Err(AppError::NotFound)
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn drafts_are_for_personnel_and_agencies_are_invisible_to_each_other(pool: PgPool) {
    let (one, two) = (agency(&pool, "MOT").await, agency(&pool, "HAI").await);
    let actor = person(&pool, one, "tc", Role::Personnel).await;
    let stranger = person(&pool, two, "tc2", Role::Personnel).await;
    let officer = Actor {
        roles: vec![Role::Officer],
        ..actor.clone()
    };
    let id = import(&pool, &actor, &preview("d1")).await;
    let access = |actor: &Actor| Access {
        actor: actor.clone(),
        scope: Scope::Agency,
    };
    let asked = Asked {
        version: Some(id),
        ..Asked::default()
    };
    for blind in [&officer, &stranger] {
        let seen = show(&pool, day(TODAY), &access(blind), asked.clone()).await;
        assert_eq!(seen.unwrap_err(), AppError::NotFound);
    }
    assert_eq!(
        try_approve(&pool, &stranger, id).await,
        Err(AppError::NotFound)
    );
    assert_eq!(
        delete_draft(&pool, &stranger, id).await,
        Err(AppError::NotFound)
    );
    try_approve(&pool, &actor, id).await.unwrap();
    let seen = show(&pool, day(TODAY), &access(&officer), Asked::default())
        .await
        .unwrap();
    assert_eq!(
        (
            seen.found,
            seen.products.len(),
            seen.draft.is_none(),
            seen.may_import
        ),
        (3, 3, true, false)
    );
    let product = seen.products[0].product;
    let mut db = pool.acquire().await.unwrap();
    assert_eq!(
        store::product(&mut db, one, product).await.unwrap().code,
        "DC.01"
    );
    assert_eq!(
        store::product(&mut db, two, product).await,
        Err(AppError::NotFound)
    );
    assert!(
        store::approved_products(&pool, two, "", 600)
            .await
            .unwrap()
            .is_empty()
    );
    // The same content is new to another agency, whose versions count from 1.
    let other = apply_catalogue(&pool, two, stranger.audit(), "a.xlsx", &preview("d1"))
        .await
        .unwrap();
    assert!(matches!(other, Applied::Draft { number: 1, .. }));
}

#[sqlx::test(migrations = "../migrations")]
async fn products_are_found_with_and_without_accents_by_group_and_page(pool: PgPool) {
    let agency = agency(&pool, "XA").await;
    let actor = person(&pool, agency, "tc", Role::Personnel).await;
    let mut many = preview("d1");
    many.products[2].task = "Đánh giá 50% dự án_A".into();
    many.products[2].group = "N2".into();
    many.groups.push(Group {
        code: "N2".into(),
        min: None,
        max: None,
    });
    for at in 4..=130 {
        many.products
            .push(row(at + 4, &format!("DC.{at:02}"), "8", "1.6"));
    }
    let id = import(&pool, &actor, &many).await;
    try_approve(&pool, &actor, id).await.unwrap();
    let search = async |words: &str| -> Vec<String> {
        let found = store::approved_products(&pool, agency, words, 600)
            .await
            .unwrap();
        found.into_iter().map(|product| product.code).collect()
    };
    for words in ["đánh giá", "DANH GIA", "Đánh", "dự án_a", "50%"] {
        assert_eq!(search(words).await, ["DC.03"], "{words}");
    }
    assert!(search("án%A").await.is_empty(), "% stands for itself");
    assert!(search("\\").await.is_empty());
    assert_eq!(search("tham mưu").await.len(), 129);
    assert_eq!(
        store::approved_products(&pool, agency, "", 7)
            .await
            .unwrap()
            .len(),
        7
    );
    let (page, found) = store::products(&pool, agency, id, "", None, 2)
        .await
        .unwrap();
    assert_eq!(
        (page.len(), found, page[0].code.as_str()),
        (30, 130, "DC.101")
    );
    let (page, found) = store::products(&pool, agency, id, "", Some("N2"), 1)
        .await
        .unwrap();
    assert_eq!((page.len(), found), (1, 1));
}

#[sqlx::test(migrations = "../migrations")]
async fn looking_through_a_version_names_the_rows_and_what_is_wrong_with_them(pool: PgPool) {
    let agency = agency(&pool, "one").await;
    let personnel = person(&pool, agency, "to-chuc", Role::Personnel).await;
    let mut made = preview("lint");
    made.products[1].output = String::new();
    // The third row is the first one under another code.
    made.products[2].task = made.products[0].task.clone();
    let catalogue = import(&pool, &personnel, &made).await;
    let access = Access {
        actor: personnel,
        scope: Scope::Agency,
    };
    let limits = (decimal("2"), decimal("1.5"));
    let found = app::catalogue::lint::findings(&pool, &access, catalogue, limits)
        .await
        .unwrap();
    let kinds: Vec<(&str, u32)> = found
        .counts
        .iter()
        .map(|(label, count)| (label.as_str(), *count))
        .collect();
    assert_eq!(
        kinds,
        [
            ("một sản phẩm có hai mã", 1),
            ("thiếu sản phẩm đầu ra", 1),
            ("chưa từng được giao", 3),
            ("quá lớn để đếm", 2),
        ]
    );
    let first: Vec<&str> = found
        .findings
        .iter()
        .take(2)
        .map(|finding| finding.code.as_str())
        .collect();
    assert_eq!(
        first,
        ["DC.02", "DC.03"],
        "what makes scores wrong stands first"
    );
    let other = self::agency(&pool, "two").await;
    let stranger = Access {
        actor: person(&pool, other, "khac", Role::Personnel).await,
        scope: Scope::Agency,
    };
    assert!(matches!(
        app::catalogue::lint::findings(&pool, &stranger, catalogue, limits).await,
        Err(AppError::NotFound)
    ));
}
