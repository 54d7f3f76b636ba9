//! What the database keeps of a signature, and what it refuses.

#![expect(
    clippy::unwrap_used,
    reason = "the functions the tests share are tests too"
)]

use kpi::ids::{AccountId, AgencyId, OfficerId};
use kpi::period::Period;
use kpi::permission::{Role, Scope};
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

use super::{Kind, Signer, Subject, check, store};
use crate::auth::{Access, Actor, password};
use crate::error::AppError;
use crate::state::Hashing;

const PASSWORD: &str = "sông Hương núi Ngự";

async fn officer(pool: &PgPool, agency: AgencyId, code: &str) -> OfficerId {
    let id = Uuid::now_v7();
    sqlx::query("insert into officer (agency_id, officer_id, code, full_name, sort_key) values ($1, $2, $3, $3, $3)")
        .bind(agency.0)
        .bind(id)
        .bind(code)
        .execute(pool)
        .await
        .unwrap();
    OfficerId(id)
}

async fn head(pool: &PgPool) -> Access {
    let agency = AgencyId(Uuid::now_v7());
    sqlx::query("insert into agency (agency_id, name, code) values ($1, 'Ban', 'BAN')")
        .bind(agency.0)
        .execute(pool)
        .await
        .unwrap();
    let officer = officer(pool, agency, "A1").await;
    let account = AccountId(Uuid::now_v7());
    sqlx::query("insert into account (agency_id, account_id, officer_id, login, password_hash) values ($1, $2, $3, 'an', $4)")
        .bind(agency.0)
        .bind(account.0)
        .bind(officer.0)
        .bind(password::hash_now(PASSWORD).unwrap())
        .execute(pool)
        .await
        .unwrap();
    let actor = Actor {
        agency,
        agency_name: "Ban".into(),
        account,
        login: "an".into(),
        officer: Some(officer),
        name: "Bùi An".into(),
        roles: vec![Role::Head],
        posts: Vec::new(),
        must_change: false,
        unread: 0,
    };
    Access {
        actor,
        scope: Scope::Unit,
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn only_the_right_password_signs_and_ten_wrong_ones_have_to_wait(pool: PgPool) {
    let access = head(&pool).await;
    let hashing = Hashing::default();
    let typed = |text: &'static str| check(&pool, &hashing, &access, "10.0.0.1", text.to_owned());
    assert_eq!(typed(PASSWORD).await.unwrap().name(), "Bùi An");
    for text in ["", "sông Hương núi Ngự "] {
        match typed(text).await {
            Err(AppError::Invalid { field, typed, .. }) => {
                assert_eq!((field.as_str(), typed.as_str()), ("password", ""))
            }
            other => panic!("{other:?}"),
        }
    }
    for _ in 1..10 {
        assert!(matches!(typed("sai").await, Err(AppError::Invalid { .. })));
    }
    assert!(matches!(
        typed(PASSWORD).await,
        Err(AppError::TooMany { .. })
    ));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_signature_is_withdrawn_once_with_a_reason_and_never_changed(pool: PgPool) {
    let access = head(&pool).await;
    let agency = access.actor.agency;
    let signer = Signer::of_record(&access.actor).unwrap();
    let subject = Subject::sheet(
        officer(&pool, agency, "A2").await,
        Period::month(2026, 11).unwrap(),
        1,
    );
    let mut db = pool.acquire().await.unwrap();
    let id = store::sign(
        &mut db,
        agency,
        &signer,
        subject,
        &json!({ "b": "1", "a": 2 }),
    )
    .await
    .unwrap();
    let listed = store::of(&mut db, agency, &subject).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].kind, listed[0].hash.len()), (Kind::Sheet, 64));
    let content: String = sqlx::query_scalar("select content from signature")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert!(
        content.starts_with(r#"{"content":{"a":2,"b":"1"},"subject":{"kind":"sheet","#),
        "{content}"
    );

    for change in [
        "update signature set content = 'x', content_hash = sha256('x')",
        "update signature set signer_name = 'B'",
        "delete from signature",
    ] {
        assert!(
            sqlx::query(change).execute(&pool).await.is_err(),
            "{change}"
        );
    }
    assert!(
        store::withdraw(&mut db, agency, id, &signer, " ")
            .await
            .is_err()
    );
    store::withdraw(&mut db, agency, id, &signer, "Nhầm người")
        .await
        .unwrap();
    assert!(matches!(
        store::withdraw(&mut db, agency, id, &signer, "Lần nữa").await,
        Err(AppError::NotFound)
    ));
    let history = store::history_of(&mut db, agency, subject.officer.unwrap(), &[])
        .await
        .unwrap();
    assert_eq!(history[0].withdrawn.as_ref().unwrap().1, "Nhầm người");

    let own = Subject::sheet(signer.officer(), Period::month(2026, 11).unwrap(), 1);
    assert!(matches!(
        store::sign(&mut db, agency, &signer, own, &json!({})).await,
        Err(AppError::Forbidden)
    ));
}
