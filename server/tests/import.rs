//! Importing through the doors people use: the command line and the upload form.
//! `CONGTAM_REAL_WORKBOOK` names a real catalogue to import as well; without it and without one beside the checkout that
//! one test says that it was skipped.
#![expect(
    clippy::unwrap_used,
    reason = "a fixture that cannot be made must fail the test"
)]

mod site;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use app::import::preview::{Group, PostRole};
use app::import::template::{
    PersonExport, ProductExport, UnitExport, catalogue_template, people_template,
};
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::Value;
use site::Site;
use sqlx::PgPool;
use uuid::Uuid;

fn product(code: &str, points: i64, standard: bool) -> ProductExport {
    ProductExport {
        code: code.into(),
        unit_name: None,
        task: format!("Tham mưu <b>{code}</b>"),
        detail: "=1+1".into(),
        output: "Văn bản".into(),
        unit_of_measure: Some("văn bản".into()),
        group: "N1".into(),
        points: points.into(),
        coefficient: kpi::catalogue::coefficient_of(points.into(), 5.into(), 2).unwrap(),
        note: None,
        is_standard: standard,
    }
}

fn workbook() -> Vec<u8> {
    let groups = [Group {
        code: "N1".into(),
        min: Some(1.into()),
        max: Some(10.into()),
    }];
    let rows = [
        product("DC.01", 5, true),
        product("DC.02", 8, false),
        product("DC.03", 10, false),
    ];
    catalogue_template(&rows, &groups).unwrap()
}

fn people() -> Vec<u8> {
    let person = |code: &str, name: &str, unit: &str, role| PersonExport {
        officer_code: code.into(),
        full_name: name.into(),
        birth_date: None,
        unit_code: unit.into(),
        post_title: None,
        role,
        similar_group: Some("Chuyên môn".into()),
        account: None,
        from: Some("2026-01-01".parse().unwrap()),
    };
    let units = [
        UnitExport {
            code: "BAN".into(),
            name: "Ban Thử nghiệm".into(),
            parent_code: None,
        },
        UnitExport {
            code: "VP".into(),
            name: "Văn phòng".into(),
            parent_code: Some("BAN".into()),
        },
    ];
    let people = [
        person("01", "Nguyễn Thu Hà", "BAN", PostRole::Head),
        person("02", "Trần Văn Bình", "VP", PostRole::Staff),
    ];
    people_template(&people, &units).unwrap()
}

/// A file that is gone with its value.
struct File(PathBuf);

impl File {
    fn new(name: &str, bytes: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("{}-{name}", Uuid::now_v7()));
        std::fs::write(&path, bytes).unwrap();
        Self(path)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Address of a test's own database.
fn url(pool: &PgPool) -> String {
    let base = std::env::var("DATABASE_URL").unwrap();
    // A socket's folder stands in the query, with slashes of its own.
    let (path, query) = base.split_once('?').unwrap_or((&base, ""));
    let (server, _) = path.rsplit_once('/').unwrap();
    let options = pool.connect_options();
    format!("{server}/{}?{query}", options.get_database().unwrap())
}

/// What `congtam import` answers, with its exit status.
fn congtam(what: &str, file: &Path, more: &[&str], database: Option<&str>) -> (bool, Value) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_congtam"));
    command
        .env_remove("DATABASE_URL")
        .env_remove("CONGTAM_DATA_DIR")
        .args(["import", what])
        .arg(file)
        .args(more);
    if let Some(database) = database {
        command.env("DATABASE_URL", database);
    }
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let answer = serde_json::from_str(&text).unwrap_or_else(|_| panic!("no JSON: {text:?}"));
    (output.status.success(), answer)
}

async fn count(pool: &PgPool, table: &str) -> i64 {
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {table}")))
        .fetch_one(pool)
        .await
        .unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn the_command_line_reads_without_a_database_and_applies_once(pool: PgPool) {
    let site = Site::new(pool.clone()).await;
    let file = File::new("danh mục.xlsx", &workbook());
    let (ok, summary) = congtam("catalogue", &file.0, &[], None);
    assert!(ok);
    assert_eq!(summary["products"], 3);
    assert_eq!(summary["problems"], serde_json::json!([]));
    assert_eq!(summary["sheets"][0]["header_row"], 4);
    assert_eq!(summary["standard"]["code"], "DC.01");
    assert_eq!(count(&pool, "catalogue").await, 0);

    let database = url(&pool);
    let (ok, applied) = congtam("catalogue", &file.0, &["--apply"], Some(&database));
    assert!(ok, "{applied}");
    assert_eq!(
        (&applied["applied"], &applied["version"]),
        (&true.into(), &1.into())
    );
    assert_eq!(count(&pool, "product").await, 3);
    let (ok, again) = congtam(
        "catalogue",
        &file.0,
        &["--apply", "--agency", "THU"],
        Some(&database),
    );
    assert!(ok);
    assert_eq!(
        (&again["applied"], &again["change"]),
        (&false.into(), &"no change".into())
    );
    assert!(
        again["message"]
            .as_str()
            .unwrap()
            .contains("Không có thay đổi")
    );
    assert_eq!(count(&pool, "catalogue").await, 1);

    let (ok, unknown) = congtam(
        "catalogue",
        &file.0,
        &["--apply", "--agency", "X"],
        Some(&database),
    );
    assert!(!ok);
    assert!(
        unknown["message"].as_str().unwrap().contains("THU"),
        "{unknown}"
    );
    drop(site);
}

#[test]
fn a_file_that_cannot_be_read_is_refused_as_json() {
    let text = File::new("a.xlsx", b"ma;ten\n1;2\n");
    let empty = File::new("b.xlsx", b"");
    for path in [
        &text.0,
        &empty.0,
        &PathBuf::from("/khong/co.xlsx"),
        &std::env::temp_dir(),
    ] {
        for what in ["catalogue", "people"] {
            let (ok, answer) = congtam(what, path, &[], None);
            assert!(!ok);
            assert_eq!(answer["error"], true);
            assert!(!answer["message"].as_str().unwrap().is_empty());
        }
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn people_are_imported_from_the_command_line_once(pool: PgPool) {
    let _site = Site::new(pool.clone()).await;
    let file = File::new("nguoi.xlsx", &people());
    let (ok, summary) = congtam("people", &file.0, &[], None);
    assert!(ok);
    assert_eq!(
        (&summary["people"], &summary["units"]),
        (&2.into(), &2.into())
    );
    let database = url(&pool);
    let (ok, applied) = congtam("people", &file.0, &["--apply"], Some(&database));
    assert!(ok, "{applied}");
    assert_eq!(
        (&applied["people"]["new"], &applied["units"]["new"]),
        (&2.into(), &2.into())
    );
    let (_, again) = congtam("people", &file.0, &["--apply"], Some(&database));
    assert_eq!(again["change"], "no change");
    assert_eq!(
        (count(&pool, "officer").await, count(&pool, "post").await),
        (2, 2)
    );
}

/// The workbook that the environment names, or the one beside the checkout.
fn real_workbook() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .map(|folder| folder.join("shared/real/catalogue-decision-283.xlsx"))
        .filter(|file| file.is_file());
    std::env::var_os("CONGTAM_REAL_WORKBOOK")
        .map(PathBuf::from)
        .or(beside)
}

#[sqlx::test(migrations = "../migrations")]
async fn the_real_workbook_imports_whole_and_the_second_time_says_no_change(pool: PgPool) {
    let Some(file) = real_workbook() else {
        println!("skipped: no real workbook here, and CONGTAM_REAL_WORKBOOK names none");
        return;
    };
    let _site = Site::new(pool.clone()).await;
    let began = Instant::now();
    let (ok, summary) = congtam("catalogue", &file, &[], None);
    let took = began.elapsed();
    assert!(ok);
    assert!(took < Duration::from_secs(2), "took {took:?}");
    assert_eq!(summary["products"], 371);
    let sheets = summary["sheets"].as_array().unwrap();
    let products = sheets.iter().filter(|sheet| sheet["kind"] == "products");
    assert_eq!(products.count(), 3);
    let database = url(&pool);
    let (ok, applied) = congtam("catalogue", &file, &["--apply"], Some(&database));
    assert!(ok, "{applied}");
    assert_eq!(count(&pool, "product").await, 371);
    let (_, again) = congtam("catalogue", &file, &["--apply"], Some(&database));
    assert_eq!(again["change"], "no change");
    assert_eq!(count(&pool, "product").await, 371);
}

/// Somebody of the agency with one role; the cookie of his session.
async fn sign_in(site: &Site, pool: &PgPool, login: &str, role: &str) -> String {
    let password = "mật khẩu đủ dài nhé";
    sqlx::query("insert into account (agency_id, account_id, login, password_hash, roles) values ($1, $2, $3, $4, array[$5])")
        .bind(site.agency)
        .bind(Uuid::now_v7())
        .bind(login)
        .bind(app::auth::password::hash_now(password).unwrap())
        .bind(role)
        .execute(pool)
        .await
        .unwrap();
    site.sign_in(login, password).await.unwrap()
}

fn upload(path: &str, cookie: &str, name: &str, bytes: &[u8]) -> Request<Body> {
    let mut body = format!(
        "--grenze\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--grenze--\r\n");
    Request::post(path)
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=grenze")
        .body(Body::from(body))
        .unwrap()
}

fn read(path: &str, cookie: &str) -> Request<Body> {
    Request::get(path)
        .header(header::COOKIE, cookie)
        .body(Body::empty())
        .unwrap()
}

fn post(path: &str, cookie: &str, body: String) -> Request<Body> {
    Request::post(path)
        .header(header::COOKIE, cookie)
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap()
}

fn location(answer: &Response<Body>) -> String {
    answer.headers()[header::LOCATION]
        .to_str()
        .unwrap()
        .to_owned()
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

async fn page(site: &Site, path: &str, cookie: &str) -> String {
    let answer = site.ask(read(path, cookie)).await;
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    String::from_utf8(bytes(answer).await).unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_catalogue_is_uploaded_previewed_applied_and_downloaded_without_scripts(pool: PgPool) {
    let site = Site::new(pool.clone()).await;
    let cookie = sign_in(&site, &pool, "to.chuc", "personnel").await;
    let answer = site
        .ask(upload(
            "/import/catalogue",
            &cookie,
            "QĐ 283 <i>.xlsx",
            &workbook(),
        ))
        .await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let preview = location(&answer);
    let shown = page(&site, &preview, &cookie).await;
    for words in ["DC.03", "Sản phẩm chuẩn", "Áp dụng làm bản nháp", "=1+1"] {
        assert!(shown.contains(words), "{words}");
    }
    assert!(
        !shown.contains("<b>DC.01</b>"),
        "text of the file acts on the page"
    );
    assert_eq!(
        count(&pool, "catalogue").await,
        0,
        "an upload alone changes nothing"
    );

    let id = preview.split_once("preview=").unwrap().1.to_owned();
    let answer = site
        .ask(post(
            "/api/import/apply_catalogue",
            &cookie,
            format!("preview={id}"),
        ))
        .await;
    let version = location(&answer);
    assert!(version.starts_with("/catalogue?version="), "{version}");
    let shown = page(&site, &version, &cookie).await;
    assert!(shown.contains("bản nháp mới") && shown.contains("Phê duyệt"));
    assert!(
        page(&site, &preview, &cookie)
            .await
            .contains("Không có thay đổi")
    );
    // Posted twice it is still one draft.
    site.ask(post(
        "/api/import/apply_catalogue",
        &cookie,
        format!("preview={id}"),
    ))
    .await;
    assert_eq!(count(&pool, "catalogue").await, 1);

    let id = version
        .split_once("version=")
        .unwrap()
        .1
        .split('&')
        .next()
        .unwrap();
    let answer = site
        .ask(post(
            "/api/catalogue/approve",
            &cookie,
            format!("catalogue={id}&decision=283%2FQD-UBND&effective_from=2026-07-01"),
        ))
        .await;
    assert_eq!(location(&answer), "/catalogue?done=approved");
    let answer = site.ask(read("/catalogue.xlsx", &cookie)).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(
        answer.headers()[header::CONTENT_DISPOSITION]
            .to_str()
            .unwrap()
            .starts_with("attachment")
    );
    // What is downloaded is read back as it was.
    let again = site
        .ask(upload(
            "/import/catalogue",
            &cookie,
            "lai.xlsx",
            &bytes(answer).await,
        ))
        .await;
    let shown = page(&site, &location(&again), &cookie).await;
    assert!(shown.contains("Không có thay đổi"), "{shown}");
}

#[sqlx::test(migrations = "../migrations")]
async fn refused_files_and_strangers_change_nothing(pool: PgPool) {
    let site = Site::new(pool.clone()).await;
    let book = workbook();
    assert_eq!(
        site.status(upload("/import/catalogue", "", "a.xlsx", &book))
            .await,
        StatusCode::UNAUTHORIZED
    );
    let leader = sign_in(&site, &pool, "lanh.dao", "leader").await;
    for path in ["/import/catalogue", "/import/people"] {
        assert_eq!(
            site.status(upload(path, &leader, "a.xlsx", &book)).await,
            StatusCode::FORBIDDEN
        );
    }
    for path in ["/template/people.xlsx", "/template/catalogue.xlsx"] {
        assert_eq!(
            site.status(read(path, &leader)).await,
            StatusCode::FORBIDDEN
        );
    }
    assert_eq!(count(&pool, "import_preview").await, 0);

    let cookie = sign_in(&site, &pool, "to.chuc", "personnel").await;
    let large = vec![0_u8; 21 * 1024 * 1024];
    for (file, words) in [
        (&b""[..], "Tệp rỗng"),
        (b"a;b;c", "không phải tệp Excel"),
        (&large, "tối đa 20 MB"),
    ] {
        let answer = site
            .ask(upload("/import/catalogue", &cookie, "a.xlsx", file))
            .await;
        let shown = page(&site, &location(&answer), &cookie).await;
        assert!(shown.contains(words), "{words}");
        assert!(!shown.contains("Áp dụng làm bản nháp"));
    }
    let none = site
        .ask(post("/import/catalogue", &cookie, "file=abc".into()))
        .await;
    assert_eq!(none.status(), StatusCode::UNPROCESSABLE_ENTITY);
    // A preview of another agency does not exist here, neither to see nor to apply.
    let answer = site
        .ask(upload("/import/catalogue", &cookie, "a.xlsx", &book))
        .await;
    let preview = location(&answer);
    let other = Uuid::now_v7();
    sqlx::query("insert into agency (agency_id, name, code) values ($1, 'Khác', 'KHAC')")
        .bind(other)
        .execute(&pool)
        .await
        .unwrap();
    sqlx::query("update import_preview set agency_id = $1")
        .bind(other)
        .execute(&pool)
        .await
        .unwrap();
    assert_eq!(
        site.status(read(&preview, &cookie)).await,
        StatusCode::NOT_FOUND
    );
    let id = preview.split_once("preview=").unwrap().1;
    site.ask(post(
        "/api/import/apply_catalogue",
        &cookie,
        format!("preview={id}"),
    ))
    .await;
    assert_eq!(count(&pool, "catalogue").await, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn people_are_uploaded_applied_and_come_back_the_same(pool: PgPool) {
    let site = Site::new(pool.clone()).await;
    let cookie = sign_in(&site, &pool, "to.chuc", "personnel").await;
    let answer = site
        .ask(upload("/import/people", &cookie, "nguoi.xlsx", &people()))
        .await;
    let preview = location(&answer);
    let shown = page(&site, &preview, &cookie).await;
    for words in [
        "Nguyễn Thu Hà",
        "2 mới, 0 thay đổi, 0 không đổi",
        "Văn phòng",
    ] {
        assert!(shown.contains(words), "{words}");
    }
    assert_eq!(count(&pool, "officer").await, 0);
    let id = preview.split_once("preview=").unwrap().1;
    let answer = site
        .ask(post(
            "/api/import/apply_people",
            &cookie,
            format!("preview={id}"),
        ))
        .await;
    let shown = page(&site, &location(&answer), &cookie).await;
    assert!(shown.contains("Đã áp dụng"), "{shown}");
    assert_eq!(
        (count(&pool, "officer").await, count(&pool, "unit").await),
        (2, 2)
    );
    let answer = site.ask(read("/template/people.xlsx", &cookie)).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let again = site
        .ask(upload(
            "/import/people",
            &cookie,
            "lai.xlsx",
            &bytes(answer).await,
        ))
        .await;
    let shown = page(&site, &location(&again), &cookie).await;
    assert!(shown.contains("0 mới, 0 thay đổi, 2 không đổi"), "{shown}");
    assert!(shown.contains("Không có thay đổi"));
}
