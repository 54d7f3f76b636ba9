//! The first start and the accounts as a browser without WASM meets them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

mod site;

use app::admin::setup::new_link;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use site::{Site, get};
use sqlx::PgPool;
use uuid::Uuid;

const SECRET: &str = "mùa thu vàng lá rơi";

fn encode(pairs: &[(&str, &str)]) -> String {
    // As a browser does: plain letters and digits stay.
    let percent = |text: &str| -> String {
        text.bytes()
            .map(|byte| {
                if byte.is_ascii_alphanumeric() || byte == b'_' {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            })
            .collect()
    };
    pairs
        .iter()
        .map(|(key, value)| format!("{}={}", percent(key), percent(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// A form posted by a browser from `referer`.
fn post(path: &str, cookie: &str, referer: &str, pairs: &[(&str, &str)]) -> Request<Body> {
    Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "text/html")
        .header(header::REFERER, format!("http://localhost{referer}"))
        .header(header::COOKIE, cookie)
        .body(Body::from(encode(pairs)))
        .unwrap()
}

fn with_cookie(path: &str, cookie: &str) -> Request<Body> {
    Request::get(path)
        .header(header::COOKIE, cookie)
        .body(Body::empty())
        .unwrap()
}

async fn bytes(answer: Response<Body>) -> Vec<u8> {
    answer
        .into_body()
        .collect()
        .await
        .unwrap()
        .to_bytes()
        .to_vec()
}

async fn text(answer: Response<Body>) -> String {
    String::from_utf8(bytes(answer).await).unwrap()
}

fn location(answer: &Response<Body>) -> String {
    answer.headers()[header::LOCATION]
        .to_str()
        .unwrap()
        .to_owned()
}

fn cookie(answer: &Response<Body>) -> String {
    answer.headers()[header::SET_COOKIE]
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned()
}

async fn count(pool: &PgPool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(pool).await.unwrap()
}

/// An agency with its administrator signed in through the set-up page: site, cookie, root unit.
async fn set_up(pool: &PgPool) -> (Site, String, Uuid) {
    let site = Site::new(pool.clone()).await;
    sqlx::query("delete from agency")
        .execute(pool)
        .await
        .unwrap();
    let token = new_link(pool).await.unwrap().unwrap();
    let form = setup_form(&token, SECRET);
    let answer = site
        .ask(post(
            "/api/setup/create",
            "",
            &format!("/setup/{token}"),
            &form,
        ))
        .await;
    assert_eq!(location(&answer), "/organisation?first=1");
    let root = sqlx::query_scalar("select unit_id from unit")
        .fetch_one(pool)
        .await
        .unwrap();
    (site, cookie(&answer), root)
}

fn setup_form<'a>(token: &'a str, again: &'a str) -> [(&'static str, &'a str); 7] {
    [
        ("token", token),
        ("agency_name", "Ban Kinh tế <b>&amp;"),
        ("agency_code", "BKT"),
        ("unit_name", ""),
        ("login", "quantri"),
        ("password", SECRET),
        ("again", again),
    ]
}

#[sqlx::test(migrations = "../migrations")]
async fn the_set_up_link_leads_to_the_first_steps_and_then_ends(pool: PgPool) {
    let site = Site::new(pool.clone()).await;
    sqlx::query("delete from agency")
        .execute(&pool)
        .await
        .unwrap();
    let token = new_link(&pool).await.unwrap().unwrap();
    let page = format!("/setup/{token}");
    let shown = site.ask(get(&page)).await;
    assert_eq!(shown.status(), StatusCode::OK);
    assert!(text(shown).await.contains("name=\"agency_code\""));
    // A slip: everything but the passwords stands there again, nothing was made, the link still works.
    let refused = site
        .ask(post(
            "/api/setup/create",
            "",
            &page,
            &setup_form(&token, "khác"),
        ))
        .await;
    assert_eq!(refused.status(), StatusCode::FOUND);
    assert_eq!(count(&pool, "select count(*) from agency").await, 0);
    let back = location(&refused);
    let path = back
        .strip_prefix("http://localhost")
        .unwrap_or(&back)
        .to_owned();
    let again = text(site.ask(get(&path)).await).await;
    assert!(again.contains("không giống nhau"), "{again}");
    assert!(again.contains("value=\"quantri\"") && again.contains("value=\"BKT\""));
    assert!(!again.contains("mùa thu") && !path.contains("%C3%B9a"));
    let made = site
        .ask(post(
            "/api/setup/create",
            "",
            &page,
            &setup_form(&token, SECRET),
        ))
        .await;
    assert_eq!(location(&made), "/organisation?first=1");
    let session = cookie(&made);
    let steps = text(
        site.ask(with_cookie("/organisation?first=1", &session))
            .await,
    )
    .await;
    for expected in [
        "Các bước đầu tiên",
        "0/5 bước",
        "/organisation/import",
        "/catalogue/import",
        "href=\"/accounts\"",
    ] {
        assert!(steps.contains(expected), "{expected}");
    }
    assert!(
        !steps.contains("<b>&amp;"),
        "the name of the agency must be escaped"
    );
    // Used up: the page says so calmly, a second post makes nothing.
    assert!(
        text(site.ask(get(&page)).await)
            .await
            .contains("không còn dùng được")
    );
    let second = site
        .ask(post(
            "/api/setup/create",
            "",
            &page,
            &setup_form(&token, SECRET),
        ))
        .await;
    assert!(second.headers().get(header::SET_COOKIE).is_none());
    assert_eq!(count(&pool, "select count(*) from agency").await, 1);
    assert_eq!(count(&pool, "select count(*) from account").await, 1);
    assert!(
        text(site.ask(get("/setup/khong-co")).await)
            .await
            .contains("không còn dùng được")
    );
}

/// The text inside the last `<code>` of a page.
fn shown_secret(page: &str) -> String {
    page.rsplit("<code>")
        .next()
        .unwrap()
        .split("</code>")
        .next()
        .unwrap()
        .to_owned()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_temporary_password_is_shown_once_and_must_be_changed(pool: PgPool) {
    let (site, session, root) = set_up(&pool).await;
    let add = [
        ("person[unit]", root.to_string()),
        ("person[officer_code]", "CB-01".to_owned()),
        ("person[full_name]", "Nguyễn Thu Hà".to_owned()),
        ("person[kind]", "head".to_owned()),
        ("person[title]", "=cmd|' /C calc'!A0".to_owned()),
        ("person[from_day]", "2026-01-01".to_owned()),
        ("person[task_group]", String::new()),
    ];
    let add: Vec<(&str, &str)> = add
        .iter()
        .map(|(key, value)| (*key, value.as_str()))
        .collect();
    let added = site
        .ask(post(
            "/api/organisation/add_person",
            &session,
            "/organisation",
            &add,
        ))
        .await;
    assert!(location(&added).starts_with("http://localhost/organisation"));
    assert!(!location(&added).contains("__err"));
    let officer: Uuid = sqlx::query_scalar("select officer_id from officer")
        .fetch_one(&pool)
        .await
        .unwrap();
    let form = [
        ("officer", officer.to_string()),
        ("login", String::new()),
        ("roles[]", "leader".to_owned()),
    ];
    let form: Vec<(&str, &str)> = form
        .iter()
        .map(|(key, value)| (*key, value.as_str()))
        .collect();
    let made = site
        .ask(post("/accounts/create", &session, "/accounts", &form))
        .await;
    assert_eq!(made.headers()[header::CACHE_CONTROL], "no-store");
    let page = text(made).await;
    assert!(page.contains("ha.nt"), "{page}");
    let secret = shown_secret(&page);
    let officer_session = site.sign_in("ha.nt", &secret).await.unwrap();
    let answer = site
        .ask(with_cookie("/organisation", &officer_session))
        .await;
    assert_eq!(location(&answer), "/account");
    let roles: Vec<String> = sqlx::query_scalar("select roles from account where login = 'ha.nt'")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(roles, ["leader"]);
    // A second account for the same person is refused with a sentence, in the form.
    let twice = site
        .ask(post("/accounts/create", &session, "/accounts", &form))
        .await;
    let back = location(&twice).to_owned();
    assert!(back.starts_with("/accounts?__path="), "{back}");
    let page = text(site.ask(with_cookie(&back, &session)).await).await;
    assert!(page.contains(r#"aria-invalid="true""#), "{page}");
    // Resetting shows another password and ends the session opened with the first.
    let account: Uuid = sqlx::query_scalar("select account_id from account where login = 'ha.nt'")
        .fetch_one(&pool)
        .await
        .unwrap();
    let id = account.to_string();
    let reset = text(
        site.ask(post(
            "/accounts/reset",
            &session,
            "/accounts",
            &[("account", &id)],
        ))
        .await,
    )
    .await;
    assert_ne!(shown_secret(&reset), secret);
    let ended = site
        .ask(with_cookie("/organisation", &officer_session))
        .await;
    assert!(location(&ended).starts_with("/sign-in"));
    // Nobody else is without an account.
    let none = site
        .ask(post("/accounts/create-missing", &session, "/accounts", &[]))
        .await;
    assert!(text(none).await.contains("đã có tài khoản"));
}

#[sqlx::test(migrations = "../migrations")]
async fn accounts_for_everybody_come_as_a_workbook_of_plain_text(pool: PgPool) {
    let (site, session, root) = set_up(&pool).await;
    let agency: Uuid = sqlx::query_scalar("select agency_id from agency")
        .fetch_one(&pool)
        .await
        .unwrap();
    for (code, name) in [("CB-1", "=HYPERLINK(\"x\") An"), ("CB-2", "Lê Văn Bình")] {
        let officer = Uuid::now_v7();
        sqlx::query("insert into officer (agency_id, officer_id, code, full_name, sort_key) values ($1, $2, $3, $4, $4)")
            .bind(agency)
            .bind(officer)
            .bind(code)
            .bind(name)
            .execute(&pool)
            .await
            .unwrap();
        sqlx::query("insert into post (agency_id, post_id, officer_id, unit_id, kind, title, from_day) values ($1, $2, $2, $3, 'staff', 'Chuyên viên', '2026-01-01')")
            .bind(agency)
            .bind(officer)
            .bind(root)
            .execute(&pool)
            .await
            .unwrap();
    }
    let answer = site
        .ask(post("/accounts/create-missing", &session, "/accounts", &[]))
        .await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(
        answer.headers()[header::CONTENT_DISPOSITION]
            .to_str()
            .unwrap()
            .starts_with("attachment")
    );
    assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store");
    let file = bytes(answer).await;
    assert!(file.starts_with(b"PK"));
    assert_eq!(
        count(&pool, "select count(*) from account where must_change").await,
        2
    );
    let logins: Vec<String> =
        sqlx::query_scalar("select login from account where must_change order by login")
            .fetch_all(&pool)
            .await
            .unwrap();
    assert_eq!(logins, ["an.h", "binh.lv"]);
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_without_the_permission_changes_accounts_or_the_organisation(pool: PgPool) {
    let (site, session, root) = set_up(&pool).await;
    let (agency, officer): (Uuid, Uuid) = (
        sqlx::query_scalar("select agency_id from agency")
            .fetch_one(&pool)
            .await
            .unwrap(),
        Uuid::now_v7(),
    );
    sqlx::query("insert into officer (agency_id, officer_id, code, full_name, sort_key) values ($1, $2, 'CB-1', 'Lê An', 'An Lê')")
        .bind(agency)
        .bind(officer)
        .execute(&pool)
        .await
        .unwrap();
    sqlx::query("insert into post (agency_id, post_id, officer_id, unit_id, kind, title, from_day) values ($1, $2, $2, $3, 'head', 'Trưởng', '2026-01-01')")
        .bind(agency)
        .bind(officer)
        .bind(root)
        .execute(&pool)
        .await
        .unwrap();
    sqlx::query("insert into account (agency_id, account_id, officer_id, login, password_hash, roles) values ($1, $2, $2, 'an.l', $3, '{leader}')")
        .bind(agency)
        .bind(officer)
        .bind(app::auth::password::hash_now(SECRET).unwrap())
        .execute(&pool)
        .await
        .unwrap();
    // Head and leader at once, but neither personnel nor administrator.
    let theirs = site.sign_in("an.l", SECRET).await.unwrap();
    let (root, officer) = (root.to_string(), officer.to_string());
    let before = state(&pool).await;
    let attempts: [(&str, Vec<(&str, &str)>); 15] = [
        ("/accounts/create", vec![("login", "moi")]),
        ("/accounts/reset", vec![("account", &officer)]),
        ("/accounts/create-missing", vec![]),
        ("/api/accounts/create", vec![("login", "moi")]),
        ("/api/accounts/reset", vec![("account", &officer)]),
        (
            "/api/accounts/lock",
            vec![("account", &officer), ("locked", "true")],
        ),
        (
            "/api/accounts/roles",
            vec![
                ("account", &officer),
                ("version", "1"),
                ("roles[0]", "administrator"),
            ],
        ),
        (
            "/api/organisation/add_unit",
            vec![("parent", &root), ("unit_code", "X"), ("unit_name", "X")],
        ),
        (
            "/api/organisation/rename_unit",
            vec![("unit", &root), ("before", "x"), ("new_name", "y")],
        ),
        (
            "/api/organisation/set_unit_active",
            vec![("unit", &root), ("active", "false")],
        ),
        (
            "/api/organisation/change_person",
            vec![("officer", &officer), ("version", "1"), ("full_name", "x")],
        ),
        (
            "/api/organisation/end_post",
            vec![("post", &officer), ("until_day", "2026-12-31")],
        ),
        (
            "/api/organisation/add_holiday",
            vec![("holiday", "2026-12-31"), ("holiday_name", "x")],
        ),
        (
            "/api/organisation/remove_holiday",
            vec![("holiday", "2026-12-31")],
        ),
        (
            "/api/organisation/add_post",
            vec![
                ("appointment[officer]", &officer),
                ("appointment[unit]", &root),
                ("appointment[kind]", "deputy"),
                ("appointment[title]", "x"),
                ("appointment[from_day]", "2026-12-31"),
            ],
        ),
    ];
    for (path, pairs) in &attempts {
        for (cookie, expected) in [
            ("", StatusCode::UNAUTHORIZED),
            (theirs.as_str(), StatusCode::FORBIDDEN),
        ] {
            let request = Request::post(*path)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(header::COOKIE, cookie)
                .body(Body::from(encode(pairs)))
                .unwrap();
            assert_eq!(site.status(request).await, expected, "{path}");
        }
    }
    for path in [
        "/api/accounts/load",
        "/api/audit/list",
        "/api/organisation/first_steps",
    ] {
        assert_eq!(
            site.status(get(path)).await,
            StatusCode::UNAUTHORIZED,
            "{path}"
        );
        assert_eq!(
            site.status(with_cookie(path, &theirs)).await,
            StatusCode::FORBIDDEN,
            "{path}"
        );
        assert_eq!(
            site.status(with_cookie(path, &session)).await,
            StatusCode::OK,
            "{path}"
        );
    }
    assert_eq!(state(&pool).await, before);
    // Everybody may look at names and posts, but not at the forms.
    let page = text(site.ask(with_cookie("/organisation", &theirs)).await).await;
    assert!(page.contains("Lê An") && !page.contains("Thêm công chức"));
    let page = text(site.ask(with_cookie("/organisation", &session)).await).await;
    assert!(page.contains("Thêm công chức"));
    for path in [
        "/accounts",
        "/audit",
        "/notifications",
        "/organisation?q=le%20an",
    ] {
        let answer = site.ask(with_cookie(path, &session)).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
    }
    let log = text(site.ask(with_cookie("/audit", &session)).await).await;
    assert!(log.contains("Thiết lập cơ quan"));
}

/// All that those attempts could have changed.
async fn state(pool: &PgPool) -> String {
    sqlx::query_scalar(
        "select concat((select jsonb_agg(u) from unit u), (select jsonb_agg(o) from officer o), (select jsonb_agg(p) from post p),
                       (select jsonb_agg(a) from account a), (select jsonb_agg(h) from holiday h), (select count(*) from audit))",
    )
    .fetch_one(pool)
    .await
    .unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn notifications_are_ones_own(pool: PgPool) {
    let (site, session, root) = set_up(&pool).await;
    let agency: Uuid = sqlx::query_scalar("select agency_id from agency")
        .fetch_one(&pool)
        .await
        .unwrap();
    let mut sessions = Vec::new();
    for (code, login) in [("CB-1", "mot.cb"), ("CB-2", "hai.cb")] {
        let officer = Uuid::now_v7();
        for sql in [
            "insert into officer (agency_id, officer_id, code, full_name, sort_key) values ($1, $2, $3, 'Lê An', 'An Lê')",
            "insert into account (agency_id, account_id, officer_id, login, password_hash) values ($1, $2, $2, $3, $4)",
            "insert into post (agency_id, post_id, officer_id, unit_id, kind, title, from_day) select $1, $2, $2, unit_id, 'staff', 'x', '2026-01-01' from unit",
        ] {
            let text = if sql.contains("into account") {
                login
            } else {
                code
            };
            let mut query = sqlx::query(sql).bind(agency).bind(officer);
            if sql.contains("$3") {
                query = query.bind(text);
            }
            if sql.contains("$4") {
                query = query.bind(app::auth::password::hash_now(SECRET).unwrap());
            }
            query.execute(&pool).await.unwrap();
        }
        let mut db = pool.acquire().await.unwrap();
        let words = format!("Việc của {code} <script>");
        app::live::notify(&mut db, agency, officer.into(), &words, "/month")
            .await
            .unwrap();
        sessions.push(site.sign_in(login, SECRET).await.unwrap());
    }
    assert_eq!(count(&pool, "select count(*) from unit").await, 1, "{root}");
    let page = text(site.ask(with_cookie("/notifications", &sessions[0])).await).await;
    assert!(
        page.contains("Việc của CB-1")
            && !page.contains("Việc của CB-2")
            && !page.contains("CB-1 <script>")
    );
    site.ask(post(
        "/api/notifications/read",
        &sessions[0],
        "/notifications",
        &[],
    ))
    .await;
    assert_eq!(
        count(
            &pool,
            "select count(*) from notification where read_at is null"
        )
        .await,
        1
    );
    // The administrator's account has no officer: nothing to read, nothing marked.
    assert_eq!(
        site.status(with_cookie("/notifications", &session)).await,
        StatusCode::OK
    );
    site.ask(post(
        "/api/notifications/read",
        &session,
        "/notifications",
        &[],
    ))
    .await;
    assert_eq!(
        count(
            &pool,
            "select count(*) from notification where read_at is null"
        )
        .await,
        1
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn the_own_address_is_set_without_wasm(pool: PgPool) {
    let (site, session, _) = set_up(&pool).await;
    let stored = async || -> (Option<String>, bool) {
        sqlx::query_as("select email, digest from account")
            .fetch_one(&pool)
            .await
            .unwrap()
    };
    let page = text(site.ask(with_cookie("/account", &session)).await).await;
    assert!(page.contains("chưa được cấu hình gửi thư"), "{page}");
    let set = async |referer: &str, pairs: &[(&str, &str)]| {
        let asked = post("/api/auth/set_mail", &session, referer, pairs);
        location(&site.ask(asked).await)
    };
    let address = ("email", "quan.tri@ban.gov.vn");
    let done = set("/account", &[address, ("digest", "true")]).await;
    assert_eq!(done, "/account?done=mail");
    assert_eq!(stored().await, (Some(address.1.to_owned()), true));
    let page = text(site.ask(with_cookie(&done, &session)).await).await;
    assert!(page.contains("Đã lưu địa chỉ thư"), "{page}");
    assert!(page.contains("value=\"quan.tri@ban.gov.vn\""), "{page}");
    // A box that is not ticked is not posted.
    set("/account", &[address]).await;
    assert_eq!(stored().await, (Some(address.1.to_owned()), false));
    let refused = set(&done, &[("email", "quản.trị@ban"), ("digest", "true")]).await;
    let path = refused.trim_start_matches("http://localhost");
    let page = text(site.ask(with_cookie(path, &session)).await).await;
    assert!(page.contains("Địa chỉ thư điện tử phải có dạng"), "{page}");
    assert!(page.contains("value=\"quản.trị@ban\""), "{page}");
    assert!(page.contains("aria-invalid=\"true\""), "{page}");
    assert!(!page.contains("Đã lưu địa chỉ thư"), "{page}");
    assert_eq!(stored().await, (Some(address.1.to_owned()), false));
    // The administrator sets another's address the same way.
    let id: Uuid = sqlx::query_scalar("select account_id from account")
        .fetch_one(&pool)
        .await
        .unwrap();
    let chosen = format!("/accounts?account={id}");
    let pairs = [("account", &*id.to_string()), ("email", "qt@ban.gov.vn")];
    let back = site
        .ask(post("/api/accounts/mail", &session, &chosen, &pairs))
        .await;
    assert!(location(&back).ends_with(&chosen));
    assert_eq!(stored().await, (Some("qt@ban.gov.vn".to_owned()), false));
    let page = text(site.ask(with_cookie(&chosen, &session)).await).await;
    assert!(page.contains("value=\"qt@ban.gov.vn\""), "{page}");
    let log = text(site.ask(with_cookie("/audit", &session)).await).await;
    assert!(log.contains("Đổi địa chỉ thư"), "{log}");
    assert!(!log.contains("ban.gov.vn"), "{log}");
}
