//! A month's sheet over HTTP, without WASM: plain forms post, refusals come back in the page with what was typed.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set its scene must fail"
)]

mod site;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use site::{Site, get};
use sqlx::PgPool;
use uuid::Uuid;

const PASSWORD: &str = "mật khẩu đủ dài nhé";

/// A unit with a head and one officer who delivered a product.
struct Scene {
    site: Site,
    pool: PgPool,
    officer: Uuid,
    deliverable: Uuid,
    head: String,
    own: String,
}

fn with(cookie: &str, path: &str) -> Request<Body> {
    let mut request = get(path);
    request
        .headers_mut()
        .insert(header::COOKIE, cookie.parse().unwrap());
    request
}

fn encode(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn text(answer: Response<Body>) -> String {
    let bytes = answer.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8(bytes.to_vec()).unwrap()
}

impl Scene {
    async fn new(pool: PgPool) -> Self {
        let site = Site::new(pool.clone()).await;
        let (agency, unit, head, officer) =
            (site.agency, Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
        for statement in [
            "insert into period (agency_id, period) values ($1, '2026-11-01')",
            "update period set status = 'self_assessment' where agency_id = $1",
        ] {
            sqlx::query(statement)
                .bind(agency)
                .execute(&pool)
                .await
                .unwrap();
        }
        let (assignment, deliverable) = (Uuid::now_v7(), Uuid::now_v7());
        sqlx::query("insert into unit (agency_id, unit_id, path, code, name) values ($1, $2, '/A/', 'A', 'Vụ <Một>')")
            .bind(agency).bind(unit).execute(&pool).await.unwrap();
        for (id, kind, name, login) in [
            (head, "head", "Trần Thị Bình", "binh"),
            (officer, "staff", "Lê Văn An", "an"),
        ] {
            sqlx::query("insert into officer (agency_id, officer_id, code, full_name, sort_key) values ($1, $2, $3, $3, $3)")
                .bind(agency).bind(id).bind(name).execute(&pool).await.unwrap();
            sqlx::query("insert into post (agency_id, post_id, officer_id, unit_id, kind, title, from_day) values ($1, $2, $3, $4, $5, 'Chức danh', '2020-01-01')")
                .bind(agency).bind(Uuid::now_v7()).bind(id).bind(unit).bind(kind).execute(&pool).await.unwrap();
            sqlx::query("insert into account (agency_id, account_id, officer_id, login, password_hash) values ($1, $2, $3, $4, $5)")
                .bind(agency).bind(Uuid::now_v7()).bind(id).bind(login)
                .bind(app::auth::password::hash_now(PASSWORD).unwrap()).execute(&pool).await.unwrap();
        }
        sqlx::query("insert into assignment (agency_id, period, assignment_id, officer_id, unit_id, product_id, product_code, product_name,
                        coefficient, kind, quantity, due_day, quantity_done, work_day, assigned_by)
                     values ($1, '2026-11-01', $2, $3, $4, $2, 'BC', 'Báo cáo <b>', 1, 'plan', 1, '2026-11-20', 1, '2026-11-10', $3)")
            .bind(agency).bind(assignment).bind(officer).bind(unit).execute(&pool).await.unwrap();
        sqlx::query("insert into deliverable (agency_id, period, deliverable_id, assignment_id, officer_id, unit_id, quantity, status, due_day)
                     values ($1, '2026-11-01', $2, $3, $4, $5, 1, 'delivered', '2026-11-20')")
            .bind(agency).bind(deliverable).bind(assignment).bind(officer).bind(unit).execute(&pool).await.unwrap();
        sqlx::query("insert into delivery (agency_id, period, delivery_id, deliverable_id, round, work_day, due_day)
                     values ($1, '2026-11-01', $2, $2, 1, '2026-11-10', '2026-11-20')")
            .bind(agency).bind(deliverable).execute(&pool).await.unwrap();
        let head = site.sign_in("binh", PASSWORD).await.unwrap();
        let own = site.sign_in("an", PASSWORD).await.unwrap();
        Self {
            site,
            pool,
            officer,
            deliverable,
            head,
            own,
        }
    }

    async fn page(&self, cookie: &str, path: &str) -> String {
        let answer = self.site.ask(with(cookie, path)).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let body = text(answer).await;
        assert!(
            !body.contains("style=\""),
            "the policy forbids style attributes: {path}"
        );
        assert!(
            !body.contains("<b>\"") && !body.contains("Vụ <Một>"),
            "unescaped text: {path}"
        );
        body
    }

    /// Posts a form as a browser without WASM does; the address it is sent back to.
    async fn post(
        &self,
        cookie: &str,
        from: &str,
        function: &str,
        fields: &[(&str, &str)],
    ) -> String {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect();
        let request = Request::post(format!("/api/review/{function}"))
            .header(header::COOKIE, cookie)
            .header(header::ACCEPT, "text/html")
            .header(header::REFERER, format!("http://localhost{from}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.join("&")))
            .unwrap();
        let answer = self.site.ask(request).await;
        assert_eq!(answer.status(), StatusCode::FOUND, "{function}");
        let location = answer.headers()[header::LOCATION]
            .to_str()
            .unwrap()
            .to_owned();
        location.trim_start_matches("http://localhost").to_owned()
    }

    async fn status(&self) -> String {
        sqlx::query_scalar("select status from sheet where officer_id = $1")
            .bind(self.officer)
            .fetch_one(&self.pool)
            .await
            .unwrap()
    }
}

/// What a hidden field of a form holds.
fn hidden(page: &str, form: &str, name: &str) -> String {
    let form = page
        .split(&format!("action=\"/api/review/{form}"))
        .nth(1)
        .unwrap_or_else(|| panic!("no form {form} in {page}"));
    let field = form
        .split(&format!("name=\"{name}\" value=\""))
        .nth(1)
        .unwrap();
    field.split('"').next().unwrap().to_owned()
}

const CODES: [(&str, &str); 10] = [
    ("points[I.1]", "5"),
    ("points[I.2]", "4,5"),
    ("points[II.1]", "2.5"),
    ("points[II.2]", "2,5"),
    ("points[II.3]", "2,5"),
    ("points[II.4]", "2,5"),
    ("points[III.1]", "2,5"),
    ("points[III.2]", "2,5"),
    ("points[III.3]", "2,5"),
    ("points[III.4]", "2,5"),
];

#[sqlx::test(migrations = "../migrations")]
async fn a_sheet_is_sent_decided_and_confirmed_by_plain_forms(pool: PgPool) {
    let s = Scene::new(pool).await;
    let unit = s.page(&s.head, "/unit?period=2026-11").await;
    assert!(
        unit.contains("Vụ &lt;Một&gt;") && unit.contains("Lê Văn An"),
        "{unit}"
    );
    let month = s.page(&s.own, "/month?period=2026-11").await;
    let hold = |page: &str| {
        [
            ("period".to_owned(), "2026-11".to_owned()),
            ("version".to_owned(), hidden(page, "save_sheet", "version")),
            ("key".to_owned(), hidden(page, "save_sheet", "key")),
        ]
    };
    // One value too high: everything typed comes back, nothing is stored.
    let mut wrong: Vec<(&str, &str)> = CODES.to_vec();
    wrong[0] = ("points[I.1]", "9,25");
    let (names, texts) = (
        hold(&month),
        [
            ("strengths", "Chăm chỉ </textarea><script>"),
            ("then", "submit"),
        ],
    );
    let fields: Vec<(&str, &str)> = names
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .chain(wrong)
        .chain(texts)
        .collect();
    let back = s
        .post(&s.own, "/month?period=2026-11", "save_sheet", &fields)
        .await;
    let refused = s.page(&s.own, &back).await;
    assert!(
        refused.contains("Điểm tiêu chí I.1 phải từ 0 đến 5."),
        "{refused}"
    );
    assert!(
        refused.contains("value=\"9,25\"") && refused.contains("value=\"2.5\""),
        "{refused}"
    );
    assert!(
        refused.contains("Chăm chỉ &lt;/textarea&gt;") && !refused.contains("</textarea><script>"),
        "{refused}"
    );
    assert!(refused.contains("aria-invalid=\"true\""));
    let stored: i64 = sqlx::query_scalar("select count(*) from sheet_criterion")
        .fetch_one(&s.pool)
        .await
        .unwrap();
    assert_eq!(stored, 0);
    // All within bounds: sent.
    let names = hold(&refused);
    let fields: Vec<(&str, &str)> = names
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .chain(CODES)
        .chain(texts)
        .collect();
    let back = s
        .post(&s.own, "/month?period=2026-11", "save_sheet", &fields)
        .await;
    assert!(!back.contains("__err"), "{back}");
    assert_eq!(s.status().await, "self_assessed");
    assert!(
        s.page(&s.own, "/month?period=2026-11")
            .await
            .contains("Rút lại phiếu")
    );
    // The head returns without a reason, then accepts, then confirms.
    let place = format!("/review/{}?period=2026-11", s.officer);
    let review = s.page(&s.head, &place).await;
    assert!(
        review.contains("Báo cáo &lt;b&gt;") && review.contains("Chênh lệch đến từ đâu"),
        "{review}"
    );
    let decide = |page: &str, decision: &str| {
        vec![
            ("deliverable".to_owned(), s.deliverable.to_string()),
            ("period".to_owned(), "2026-11".to_owned()),
            (
                "version".to_owned(),
                hidden(page, "decide_delivery", "version"),
            ),
            ("key".to_owned(), hidden(page, "decide_delivery", "key")),
            ("confirmed_day".to_owned(), "2026-11-10".to_owned()),
            ("decision".to_owned(), decision.to_owned()),
        ]
    };
    let fields = decide(&review, "return_major");
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    // A form that stands once a delivery posts its id, so that the refusal stands in it.
    let form = format!("decide_delivery?form=decide-{}", s.deliverable);
    let back = s.post(&s.head, &place, &form, &fields).await;
    assert!(
        s.page(&s.head, &back)
            .await
            .contains("Hãy ghi lý do trả lại"),
        "{back}"
    );
    let fields = decide(&review, "accept");
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    s.post(&s.head, &place, &form, &fields).await;
    let review = s.page(&s.head, &place).await;
    assert!(!review.contains("Chờ quyết định"), "{review}");
    let mut fields = vec![
        ("officer".to_owned(), s.officer.to_string()),
        ("period".to_owned(), "2026-11".to_owned()),
        ("version".to_owned(), hidden(&review, "confirm", "version")),
        ("key".to_owned(), hidden(&review, "confirm", "key")),
        ("remark".to_owned(), "Tốt".to_owned()),
        ("password".to_owned(), PASSWORD.to_owned()),
    ];
    fields.extend(
        CODES
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    );
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let back = s.post(&s.head, &place, "confirm", &fields).await;
    assert!(!back.contains("__err"), "{}", s.page(&s.head, &back).await);
    assert_eq!(s.status().await, "confirmed");
    let sheet = s
        .page(&s.own, &format!("/sheet/{}?period=2026-11", s.officer))
        .await;
    assert!(
        sheet.contains("99,5") && sheet.contains("khoản 1 Điều 17"),
        "{sheet}"
    );
    assert!(
        s.page(&s.own, "/month?period=2026-11")
            .await
            .contains("Mọi tiêu chí được xác nhận đúng như tự chấm.")
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn an_officer_cannot_open_the_pages_of_a_superior(pool: PgPool) {
    let s = Scene::new(pool).await;
    for path in ["/unit".to_owned(), format!("/review/{}", s.officer)] {
        let answer = s.site.ask(with(&s.own, &path)).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
    }
    let answer = s.site.ask(with(&s.head, "/unit?period=2026-13")).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let answer = s
        .site
        .ask(with(&s.head, &format!("/unit?unit={}", Uuid::now_v7())))
        .await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    let body = "period=2026-11&decision=accept&version=1";
    let request = Request::post("/api/review/decide_delivery")
        .header(header::COOKIE, &s.own)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(format!(
            "{body}&deliverable={}&key={}",
            s.deliverable,
            Uuid::now_v7()
        )))
        .unwrap();
    assert_eq!(s.site.status(request).await, StatusCode::FORBIDDEN);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_reasons_of_a_score_are_a_page_without_script(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let path = format!("/why/{}?period=2026-11", scene.officer);
    let page = scene.page(&scene.own, &format!("{path}&with=self")).await;
    // 70 is reported; nothing is accepted yet.
    for words in [
        "Tự đánh giá tháng 11/2026",
        "Khác nhau ở đâu",
        "−70 điểm",
        "1 ÷ 1 × 100 = 100 %",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    // The trial shows where it begins, and says that it sleeps.
    let alone = scene.page(&scene.own, &path).await;
    for words in [
        "data-testid=\"trial\" class=\"figure\">70<",
        "Phần này cần chạy script của trang",
        "type=\"range\"",
        "<fieldset disabled class=\"stack\">",
        "Không có gì được lưu hay gửi đi",
        "Báo cáo &lt;b&gt;",
    ] {
        assert!(alone.contains(words), "{words}: {alone}");
    }
    assert!(!alone.contains("Báo cáo <b>"), "what is typed is escaped");
    // A leader's grounds stand on the page of the review, and his superior is asked for nothing here: he is the root.
    let leader =
        sqlx::query_scalar::<_, Uuid>("select officer_id from account where login = 'binh'")
            .fetch_one(&scene.pool)
            .await
            .unwrap();
    let review = scene
        .page(&scene.head, &format!("/review/{leader}?period=2026-11"))
        .await;
    assert!(review.contains("Căn cứ cho tiêu chí d, đ, e"), "{review}");
    assert!(
        !review.contains("Ghi nhận sáng kiến hoặc phản ánh"),
        "nobody records about the unit he leads"
    );
}
