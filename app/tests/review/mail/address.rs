//! Where an account's mail goes: said by its owner or the administrator, and nobody's business in the audit log.

use app::auth::mail::steps::{Wanted, set};
use app::error::AppError;
use kpi::permission::Permission;
use serde_json::{Value, json};
use sqlx::PgPool;

use super::digest::account;
use crate::fixture::{Agency, field_of};

fn wanted(email: &str, digest: Option<bool>) -> Wanted {
    Wanted {
        email: email.to_owned(),
        digest,
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn an_address_is_set_and_the_audit_log_does_not_hold_it(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let id = account(&pool, &a, Some(a.first), None, (true, false)).await;
    let own = a.access(a.first, Permission::SignedIn);
    for (email, digest) in [
        (" an@ban.gov.vn ", Some(true)),
        ("an@ban.gov.vn", Some(true)),
        ("an.lt@ban.gov.vn", Some(false)),
        // The administrator leaves the choice to its owner.
        ("an.lt@ban.gov.vn", None),
        ("", Some(true)),
    ] {
        set(&pool, &own, id, wanted(email, digest)).await.unwrap();
    }
    let audited: Vec<Value> =
        sqlx::query_scalar("select detail from audit where action = 'set_mail' order by audit_id")
            .fetch_all(&pool)
            .await
            .unwrap();
    assert_eq!(
        audited,
        [
            json!({"email": "added"}),
            json!({"email": "changed", "digest": "off"}),
            json!({"email": "removed", "digest": "on"}),
        ]
    );
    let stored: (Option<String>, bool) =
        sqlx::query_as("select email, digest from account where account_id = $1")
            .bind(id)
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(stored, (None, true));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_wrong_address_and_another_agencys_account_are_refused(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let other = Agency::new(&pool, "two").await;
    let id = account(&pool, &a, Some(a.first), None, (true, false)).await;
    let own = a.access(a.first, Permission::SignedIn);
    for wrong in ["an", "hà@ban.gov.vn", "an@ban.gov.vn\nBcc: x@y.vn"] {
        let refused = set(&pool, &own, id, wanted(wrong, Some(true))).await;
        assert_eq!(field_of(refused), "email", "{wrong}");
    }
    let theirs = other.access(other.first, Permission::SignedIn);
    let refused = set(&pool, &theirs, id, wanted("x@y.vn", None)).await;
    assert_eq!(refused, Err(AppError::NotFound));
    let email: Option<String> = a
        .one(&pool, "select max(email) from account where agency_id = $1")
        .await;
    assert_eq!(email, None);
}
