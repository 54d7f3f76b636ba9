//! Every server function against every way of reaching too far: another person's id, another unit's, another agency's,
//! one's own sheet, a step out of order, a second decision, numbers out of range. Each is refused and nothing changed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

#[path = "../site/mod.rs"]
mod site;

mod cases;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use axum::http::{Request, header};
use sqlx::PgPool;
use uuid::Uuid;

use cases::Case;
use world::World;

#[sqlx::test(migrations = "../migrations")]
async fn whoever_reaches_too_far_is_refused_and_nothing_changes(pool: PgPool) {
    let world = World::new(pool).await;
    let cases = cases::all(&world);
    every_function_is_tried(&cases);

    let mut groups: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    for case in &cases {
        groups.entry(case.endpoint).or_default().push(case);
    }
    let mut wrong = Vec::new();
    let mut before = world.digest().await;
    for (endpoint, group) in groups {
        for case in group {
            let status = world.site.status(request(case, &world)).await.as_u16();
            if !matches!(status, 401 | 403 | 404 | 409 | 422 | 429) {
                wrong.push(format!(
                    "{endpoint}, {} ({}): answered {status}",
                    case.why, case.login
                ));
            }
        }
        let after = world.digest().await;
        if after != before {
            let changed: Vec<&String> = after
                .iter()
                .filter(|row| !before.contains(row))
                .map(|(table, _)| table)
                .collect();
            wrong.push(format!("{endpoint}: something changed in {changed:?}"));
        }
        before = after;
    }
    assert!(
        wrong.is_empty(),
        "{} of {} cases:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

/// A new server function without a case here fails the test.
fn every_function_is_tried(cases: &[Case]) {
    let tried: BTreeSet<&str> = cases.iter().map(|case| case.endpoint).collect();
    let public = app::auth::PUBLIC_FUNCTIONS;
    let missing: Vec<String> = leptos::server_fn::axum::server_fn_paths()
        .map(|(path, _)| path.trim_start_matches("/api/").to_owned())
        .filter(|path| !tried.contains(path.as_str()) && !public.contains(&path.as_str()))
        .collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}

fn request(case: &Case, world: &World) -> Request<Body> {
    let form: String = case
        .form
        .iter()
        .map(|(name, value)| format!("{name}={}", percent(value)))
        .collect::<Vec<_>>()
        .join("&");
    let cookie = world.cookies.get(case.login).map_or("", String::as_str);
    let builder = if case.reads {
        Request::get(format!("/api/{}?{form}", case.endpoint))
    } else {
        Request::post(format!("/api/{}", case.endpoint))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
    };
    let body = if case.reads {
        Body::empty()
    } else {
        Body::from(form)
    };
    builder.header(header::COOKIE, cookie).body(body).unwrap()
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// A fresh key, as every form carries one.
fn key() -> String {
    Uuid::now_v7().to_string()
}
