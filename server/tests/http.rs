//! The router as visitors meet it: guards, headers, CSRF, sign-in, health.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

mod site;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use site::{Site, get};
use sqlx::PgPool;
use tower::ServiceExt;

#[sqlx::test(migrations = "../migrations")]
async fn health_needs_no_sign_in_and_readiness_asks_the_database(pool: PgPool) {
    let site = Site::new(pool.clone()).await;
    assert_eq!(site.status(get("/healthz")).await, StatusCode::OK);
    assert_eq!(site.status(get("/readyz")).await, StatusCode::OK);
    pool.close().await;
    assert_eq!(site.status(get("/healthz")).await, StatusCode::OK);
    assert_eq!(
        site.status(get("/readyz")).await,
        StatusCode::SERVICE_UNAVAILABLE
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn strangers_are_sent_to_the_sign_in_page_before_anything_is_rendered(pool: PgPool) {
    let site = Site::new(pool).await;
    let answer = site.ask(get("/month?period=2026-11")).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(
        answer.headers()[header::LOCATION],
        "/sign-in?next=/month%3Fperiod%3D2026-11"
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn every_answer_carries_the_security_headers(pool: PgPool) {
    let site = Site::new(pool).await;
    for path in ["/sign-in", "/healthz", "/month", "/không-có"] {
        let answer = site.ask(get(&path.replace("không-có", "khong-co"))).await;
        let headers = answer.headers();
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["x-frame-options"], "DENY", "{path}");
        assert_eq!(headers[header::CACHE_CONTROL], "no-store", "{path}");
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(!policy.contains("unsafe-inline"), "{path}: {policy}");
        assert!(
            policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn scripts_carry_the_nonce_of_their_own_answer(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut nonces = Vec::new();
    for _ in 0..2 {
        let answer = site.ask(get("/sign-in")).await;
        let policy = answer.headers()[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap()
            .to_owned();
        let nonce = policy
            .split("'nonce-")
            .nth(1)
            .unwrap()
            .split('\'')
            .next()
            .unwrap()
            .to_owned();
        let body = String::from_utf8(
            answer
                .into_body()
                .collect()
                .await
                .unwrap()
                .to_bytes()
                .to_vec(),
        )
        .unwrap();
        assert!(body.contains(&format!("nonce=\"{nonce}\"")), "{body}");
        assert!(
            !body.contains("style=\""),
            "the policy forbids style attributes"
        );
        nonces.push(nonce);
    }
    assert_ne!(nonces[0], nonces[1]);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_form_from_another_site_is_refused(pool: PgPool) {
    let site = Site::new(pool).await;
    let request = |origin: &str, fetch_site: &str| {
        Request::post("/api/auth/sign_in")
            .header(header::HOST, "congtam.example")
            .header(header::ORIGIN, origin)
            .header("sec-fetch-site", fetch_site)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from("login=a&password=b"))
            .unwrap()
    };
    assert_eq!(
        site.status(request("https://evil.example", "cross-site"))
            .await,
        StatusCode::FORBIDDEN
    );
    let own = site
        .status(request("https://congtam.example", "same-origin"))
        .await;
    assert_eq!(own, StatusCode::UNPROCESSABLE_ENTITY);
}

#[sqlx::test(migrations = "../migrations")]
async fn signing_in_opens_a_session_and_signing_out_ends_it(pool: PgPool) {
    let site = Site::new(pool.clone()).await;
    site.account("ha.nt", "mật khẩu đủ dài nhé").await;
    let wrong = site.sign_in("ha.nt", "mật khẩu sai bét nhè").await;
    assert!(wrong.is_err());
    assert!(
        site.sign_in("khong.co", "mật khẩu sai bét nhè")
            .await
            .is_err()
    );
    let cookie = site.sign_in("HA.NT ", "mật khẩu đủ dài nhé").await.unwrap();
    let signed_in = |path: &str| {
        Request::get(path)
            .header(header::COOKIE, &cookie)
            .body(Body::empty())
            .unwrap()
    };
    assert_eq!(site.status(signed_in("/account")).await, StatusCode::OK);
    // The token itself is nowhere in the database.
    let token = cookie.split('=').nth(1).unwrap();
    let stored: String = sqlx::query_scalar("select string_agg(s::text, ' ') from session s")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert!(!stored.contains(token));
    let out = Request::post("/api/auth/sign_out")
        .header(header::COOKIE, &cookie)
        .body(Body::empty())
        .unwrap();
    site.ask(out).await;
    assert_eq!(
        site.status(signed_in("/account")).await,
        StatusCode::SEE_OTHER
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn a_session_ends_after_the_idle_and_the_absolute_limit(pool: PgPool) {
    let site = Site::new(pool.clone()).await;
    site.account("ha.nt", "mật khẩu đủ dài nhé").await;
    for column in [
        "seen_at = now() - interval '61 minutes'",
        "expires_at = now() - interval '1 second'",
    ] {
        let cookie = site.sign_in("ha.nt", "mật khẩu đủ dài nhé").await.unwrap();
        let request = || {
            Request::get("/account")
                .header(header::COOKIE, &cookie)
                .body(Body::empty())
                .unwrap()
        };
        assert_eq!(site.status(request()).await, StatusCode::OK);
        sqlx::query(sqlx::AssertSqlSafe(format!("update session set {column}")))
            .execute(&pool)
            .await
            .unwrap();
        assert_eq!(
            site.status(request()).await,
            StatusCode::SEE_OTHER,
            "{column}"
        );
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn guessing_a_password_has_to_wait(pool: PgPool) {
    let site = Site::new(pool).await;
    site.account("ha.nt", "mật khẩu đủ dài nhé").await;
    for _ in 0..10 {
        assert_eq!(
            site.sign_in("ha.nt", "đoán mò một mật khẩu").await,
            Err(StatusCode::UNPROCESSABLE_ENTITY)
        );
    }
    // Even the right one waits now, from this address; another name does not.
    assert_eq!(
        site.sign_in("ha.nt", "mật khẩu đủ dài nhé").await,
        Err(StatusCode::TOO_MANY_REQUESTS)
    );
    assert_eq!(
        site.sign_in("khac", "đoán mò một mật khẩu").await,
        Err(StatusCode::UNPROCESSABLE_ENTITY)
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn a_stopped_database_gives_a_page_that_tries_again(pool: PgPool) {
    let site = Site::new(pool.clone()).await;
    site.account("ha.nt", "mật khẩu đủ dài nhé").await;
    let cookie = site.sign_in("ha.nt", "mật khẩu đủ dài nhé").await.unwrap();
    pool.close().await;
    let answer = site
        .ask(
            Request::get("/account")
                .header(header::COOKIE, &cookie)
                .body(Body::empty())
                .unwrap(),
        )
        .await;
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    let body = String::from_utf8_lossy(&body);
    assert!(
        body.contains("tự thử lại") && body.contains("http-equiv=\"refresh\""),
        "{body}"
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn the_live_stream_and_the_functions_need_a_session(pool: PgPool) {
    let site = Site::new(pool).await;
    assert_eq!(site.status(get("/live")).await, StatusCode::UNAUTHORIZED);
    assert_eq!(
        site.status(get("/api/auth/sessions")).await,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        site.router()
            .oneshot(get("/api/khong/co"))
            .await
            .unwrap()
            .status(),
        StatusCode::NOT_FOUND
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn every_page_has_a_row_in_the_permission_table(_pool: PgPool) {
    let listed = leptos_axum::generate_route_list(app::shell::App);
    assert!(listed.len() > 15, "the pages were not found");
    for page in listed {
        let path = page.path().replace('{', ":").replace('}', "");
        let row = app::routes::PAGES.iter().find(|door| door.path == path);
        assert!(row.is_some(), "{path} has no row in routes::PAGES");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_page_outside_ones_permissions_is_not_opened(pool: PgPool) {
    let site = Site::new(pool).await;
    // An administrator without a post has no month and compares nothing.
    site.account("quan.tri", "mật khẩu đủ dài nhé").await;
    let cookie = site
        .sign_in("quan.tri", "mật khẩu đủ dài nhé")
        .await
        .unwrap();
    let ask = |path: &str| {
        Request::get(path)
            .header(header::COOKIE, &cookie)
            .body(Body::empty())
            .unwrap()
    };
    for path in [
        "/month",
        "/unit",
        "/unit-kpi",
        "/indicators",
        "/compare",
        "/catalogue/import",
        "/unit/assign",
    ] {
        assert_eq!(
            site.status(ask(path)).await,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    assert_eq!(site.status(ask("/accounts")).await, StatusCode::OK);
    // An address that nobody knows answers with a page that says so.
    let missing = site.ask(ask("/khong-co")).await;
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
    let page = missing.into_body().collect().await.unwrap().to_bytes();
    assert!(String::from_utf8_lossy(&page).contains("Không tìm thấy trang này"));
}
