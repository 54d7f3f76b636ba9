//! Who looked at whose record is recorded with where from, seen by the person, searched and exported.

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use sqlx::PgPool;
use uuid::Uuid;

use super::site::{Site, get};

const PASSWORD: &str = "mật khẩu đủ dài nhé";
/// What a spreadsheet would run.
const NAME: &str = "=HYPERLINK(1) An";

pub struct Scene {
    pub site: Site,
    pub pool: PgPool,
    pub officer: Uuid,
    pub head: String,
    pub own: String,
}

impl Scene {
    /// A unit whose head also sits in the personnel office, and one officer.
    pub async fn new(pool: PgPool) -> Self {
        let site = Site::new(pool.clone()).await;
        let (unit, head, officer) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
        sqlx::query("insert into unit (agency_id, unit_id, path, code, name) values ($1, $2, '/A/', 'A', 'Vụ Một')")
            .bind(site.agency).bind(unit).execute(&pool).await.unwrap();
        for (id, kind, name, login, roles) in [
            (head, "head", "Trần Thị Bình", "binh", "{personnel}"),
            (officer, "staff", NAME, "an", "{}"),
        ] {
            sqlx::query("insert into officer (agency_id, officer_id, code, full_name, sort_key) values ($1, $2, $3, $4, $4)")
                .bind(site.agency).bind(id).bind(login).bind(name).execute(&pool).await.unwrap();
            sqlx::query("insert into post (agency_id, post_id, officer_id, unit_id, kind, title, from_day) values ($1, $2, $2, $3, $4, 'Chức danh', '2020-01-01')")
                .bind(site.agency).bind(id).bind(unit).bind(kind).execute(&pool).await.unwrap();
            sqlx::query("insert into account (agency_id, account_id, officer_id, login, password_hash, roles) values ($1, $2, $2, $3, $4, $5::text[])")
                .bind(site.agency).bind(id).bind(login)
                .bind(app::auth::password::hash_now(PASSWORD).unwrap()).bind(roles).execute(&pool).await.unwrap();
        }
        let head = site.sign_in("binh", PASSWORD).await.unwrap();
        let own = site.sign_in("an", PASSWORD).await.unwrap();
        Self {
            site,
            pool,
            officer,
            head,
            own,
        }
    }

    pub async fn ask(&self, cookie: &str, path: &str) -> Response<Body> {
        let mut request = get(path);
        request
            .headers_mut()
            .insert(header::COOKIE, cookie.parse().unwrap());
        self.site.ask(request).await
    }

    pub async fn text(&self, cookie: &str, path: &str) -> String {
        let answer = self.ask(cookie, path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let bytes = answer.into_body().collect().await.unwrap().to_bytes();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    async fn views(&self) -> Vec<(Uuid, String, Option<String>)> {
        sqlx::query_as(
            "select concerns, detail->>'what', address from audit where action = 'record.view' order by audit_id",
        )
        .fetch_all(&self.pool)
        .await
        .unwrap()
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_person_sees_who_looked_at_the_record_and_who_changed_it(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let month = format!("/month/{}?period=2026-11", scene.officer);
    scene.text(&scene.own, "/month?period=2026-11").await;
    scene.text(&scene.own, &month).await;
    assert!(
        scene
            .text(&scene.own, "/record")
            .await
            .contains("Chưa có ai xem")
    );

    scene.text(&scene.head, &month).await;
    // Recorded beside the page, not before it.
    let begin = std::time::Instant::now();
    while scene.views().await.is_empty() {
        assert!(begin.elapsed().as_secs() < 20, "the view was not recorded");
        tokio::task::yield_now().await;
    }
    scene.text(&scene.head, &month).await;
    let about = [scene.officer].into();
    let again = app::audit::viewed::record(
        &scene.pool,
        scene.site.agency.into(),
        (account(&scene, "binh").await, app::audit::Actor::default()),
        &about,
        "sheet",
    );
    assert_eq!(again.await.unwrap(), 0, "once an hour a pair");
    let expected = (
        scene.officer,
        "month".to_owned(),
        Some("192.0.2.7".to_owned()),
    );
    assert_eq!(scene.views().await, [expected]);

    sqlx::query("update record_view set at = at - interval '61 minutes'")
        .execute(&scene.pool)
        .await
        .unwrap();
    scene.text(&scene.head, &month).await;
    while scene.views().await.len() < 2 {
        assert!(
            begin.elapsed().as_secs() < 20,
            "the later view was not recorded"
        );
        tokio::task::yield_now().await;
    }

    let page = scene.text(&scene.own, "/record").await;
    assert!(
        page.contains("Trần Thị Bình") && page.contains("Xem công việc của tháng"),
        "{page}"
    );
    let page = scene.text(&scene.own, "/record?show=changes").await;
    assert!(!page.contains("Trần Thị Bình"), "{page}");
    let page = scene.text(&scene.head, "/record").await;
    assert!(
        page.contains("Chưa có ai xem"),
        "one's own looking is no view: {page}"
    );
}

async fn account(scene: &Scene, login: &str) -> Uuid {
    sqlx::query_scalar("select account_id from account where login = $1")
        .bind(login)
        .fetch_one(&scene.pool)
        .await
        .unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn the_log_is_searched_and_exported_and_nothing_in_the_file_runs(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let holiday = Request::post("/api/organisation/add_holiday")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, &scene.head)
        .body(Body::from("holiday=2026-12-24&holiday_name=%3D1%2B1"))
        .unwrap();
    assert_eq!(scene.site.status(holiday).await, StatusCode::OK);
    let mut db = scene.pool.acquire().await.unwrap();
    app::audit::write(
        &mut db,
        scene.site.agency.into(),
        app::audit::Actor::default(),
        "change_officer",
        ("officer", Some(scene.officer)),
        serde_json::json!({ "reason": "=cmd|' /C calc'!A0" }),
    )
    .await
    .unwrap();
    drop(db);
    app::audit::seal::seal_waiting(&scene.pool).await.unwrap();
    let head = app::audit::chain::head(&scene.pool, scene.site.agency.into())
        .await
        .unwrap()
        .unwrap();

    let page = scene.text(&scene.head, "/audit").await;
    assert!(page.contains(&head.to_string()), "{page}");
    assert!(
        page.contains("192.0.2.7"),
        "a write over HTTP says from where"
    );
    let (holiday, change) = (">Thêm ngày nghỉ<", ">Sửa thông tin công chức<");
    for (query, has_holiday, has_change) in [
        ("", true, true),
        ("person=binh", true, false),
        ("person=hyperlink", false, true),
        ("action=add_holiday", true, false),
        (
            "action=s%E1%BB%ADa%20th%C3%B4ng%20tin%20c%C3%B4ng%20ch%E1%BB%A9c",
            false,
            true,
        ),
        ("until=2020-01-01", false, false),
        ("from=2020-01-01&until=2999-01-01", true, true),
        ("from=2999-01-01", false, false),
        (&format!("record={}", scene.officer), false, true),
        (&format!("record={}", Uuid::now_v7()), false, false),
    ] {
        let page = scene.text(&scene.head, &format!("/audit?{query}")).await;
        let found = (page.contains(holiday), page.contains(change));
        assert_eq!(found, (has_holiday, has_change), "{query}: {page}");
    }
    for query in [
        "record=1",
        "from=hom-nay",
        "from=2026-12-02&until=2026-12-01",
    ] {
        let answer = scene.ask(&scene.head, &format!("/audit?{query}")).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        let answer = scene.ask(&scene.head, &format!("/audit.csv?{query}")).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    }

    let file = scene.text(&scene.head, "/audit.csv").await;
    assert!(file.starts_with("\u{feff}\"Số niêm phong\""));
    assert_eq!(file.lines().count(), 3, "{file}");
    assert!(file.contains("\"'=HYPERLINK(1) An\""), "{file}");
    for cell in file.trim_start_matches('\u{feff}').split("\",\"") {
        assert!(
            !cell
                .trim_start_matches('"')
                .starts_with(['=', '+', '-', '@']),
            "{cell}"
        );
    }
    let exported: (Option<String>, serde_json::Value) =
        sqlx::query_as("select address, detail from audit where action = 'audit.export'")
            .fetch_one(&scene.pool)
            .await
            .unwrap();
    assert_eq!(exported.0.as_deref(), Some("192.0.2.7"));
    assert_eq!(exported.1["rows"], 2);
    for path in ["/audit", "/audit.csv"] {
        assert_eq!(
            scene.ask(&scene.own, path).await.status(),
            StatusCode::FORBIDDEN
        );
    }
    assert_eq!(
        scene.ask("", "/audit.csv").await.status(),
        StatusCode::UNAUTHORIZED
    );
}
