//! Results for the national database: due, made once, kept byte for byte, marked as sent once.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use sqlx::PgPool;
use uuid::Uuid;

use super::pages::Scene;

/// Stores an announced month and a published decision as they are after all their steps.
async fn results(scene: &Scene) {
    let mut db = scene.pool.begin().await.unwrap();
    super::replica(&mut db).await;
    for sql in [
        "insert into period (agency_id, period, status, announced_at) values ($1, '2026-09-01', 'announced', '2026-11-10 03:00+00')",
        "insert into sheet (agency_id, period, officer_id, unit_id, role, status, rule_set, confirmed_total, confirmed_level,
            confirmed_by, confirmed_at)
         select $1, '2026-09-01', $2, unit_id, 'staff', 'announced', 'nd-335-2025', 86.4, 'good',
            (select officer_id from officer where code = 'binh'), '2026-10-05 20:00+00' from unit where agency_id = $1",
        "insert into year_sheet (agency_id, year, officer_id, unit_id, leads, status, submitted_at, months, self_level,
            minutes_number, minutes_on, minutes_summary, computed_level, proposed_level)
         select $1, 2026, $2, unit_id, false, 'published', now(), '[]', 'good', '1', '2026-11-12', 'x', 'good', 'good' from unit where agency_id = $1",
        "insert into year_decision (agency_id, decision_id, year, officer_id, number, decided_on, level, computed_level, mean,
            outside_authority, recorded_by, published_at)
         values ($1, $2, 2026, $2, '=12/QĐ', '2026-11-15', 'good', 'good', 85.2, 'Bộ', $2, '2026-11-16 03:00+00')",
    ] {
        let mut query = sqlx::query(sql).bind(scene.site.agency);
        if sql.contains("$2") {
            query = query.bind(scene.officer);
        }
        query.execute(&mut *db).await.unwrap();
    }
    db.commit().await.unwrap();
}

async fn post(scene: &Scene, function: &str, form: &str) -> StatusCode {
    let request = Request::post(format!("/api/export/{function}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, &scene.head)
        .body(Body::from(form.to_owned()))
        .unwrap();
    scene.site.status(request).await
}

async fn exports(scene: &Scene) -> Vec<(Uuid, String, String)> {
    sqlx::query_as(
        "select export_id, subject, format from result_export order by made_at, export_id",
    )
    .fetch_all(&scene.pool)
    .await
    .unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_result_is_due_made_once_kept_and_marked_as_sent_once(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let empty = scene.text(&scene.head, "/export?year=2026").await;
    assert!(empty.contains("chưa có kết quả nào được công bố"));
    results(&scene).await;
    // It is 18 November: the month was announced on the 10th, the year published on the 16th.
    let page = scene.text(&scene.head, "/export?year=2026").await;
    assert!(page.contains("Hạn 15/11/2026, quá 3 ngày"), "{page}");
    assert!(page.contains("Hạn 21/11/2026, còn 3 ngày"), "{page}");

    for format in ["csv", "json", "csv"] {
        let form = format!("subject=2026-09&format={format}");
        assert_eq!(post(&scene, "make", &form).await, StatusCode::OK);
    }
    assert_eq!(
        post(&scene, "make", "subject=2026&format=csv").await,
        StatusCode::OK
    );
    let made = exports(&scene).await;
    let subjects: Vec<(&str, &str)> = made
        .iter()
        .map(|(_, subject, format)| (subject.as_str(), format.as_str()))
        .collect();
    assert_eq!(
        subjects,
        [("2026-09", "csv"), ("2026-09", "json"), ("2026", "csv")]
    );

    let file = scene
        .text(&scene.head, &format!("/export/file/{}", made[0].0))
        .await;
    // Confirmed at 20:00 UTC: already the next day in Vietnam.
    let month = "\"congtam-result/1\",\"THU\",\"month\",\"2026-09\",\"an\",\"'=HYPERLINK(1) An\",\"A\",\"Vụ Một\",\"Chức danh\",\"86.40\",\
                 \"good\",\"Hoàn thành tốt nhiệm vụ\",\"nd-335-2025\",\"1\",\"Trần Thị Bình\",\"\",\"\",\"\",\"2026-10-06\"";
    assert_eq!(file.lines().nth(1), Some(month));
    let file = scene
        .text(&scene.head, &format!("/export/file/{}", made[2].0))
        .await;
    let year = "\"year\",\"2026\",\"an\",\"'=HYPERLINK(1) An\",\"A\",\"Vụ Một\",\"Chức danh\",\"85.20\",\"good\",\
                \"Hoàn thành tốt nhiệm vụ\",\"\",\"1\",\"Bộ\",\"'=12/QĐ\",\"2026-11-15\",\"\",\"2026-11-16\"";
    assert!(file.lines().nth(1).unwrap().ends_with(year), "{file}");
    let path = format!("/export/file/{}", made[0].0);
    assert_eq!(
        scene.ask(&scene.own, &path).await.status(),
        StatusCode::FORBIDDEN
    );

    let sent =
        |number: &str, on: &str| format!("export={}&number={number}&sent_on={on}", made[0].0);
    assert_eq!(
        post(&scene, "sent", &sent("7", "2026-11-19")).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        post(&scene, "sent", &sent("7", "2026-11-18")).await,
        StatusCode::OK
    );
    assert_eq!(
        post(&scene, "sent", &sent("8", "2026-11-18")).await,
        StatusCode::CONFLICT
    );
    let page = scene.text(&scene.head, "/export?year=2026").await;
    assert!(
        page.contains("Số 7 ngày 18/11/2026, Trần Thị Bình ghi nhận"),
        "{page}"
    );
    assert!(page.contains("Ngày 18/11/2026, sau hạn"), "{page}");

    // A newer version of a sheet after the file was sent: to be sent again, five days from then.
    sqlx::query(
        "insert into sheet_version (agency_id, period, officer_id, version_no, rule_set, criteria, signed_by, signed_at, supersedes)
         values ($1, '2026-09-01', $2, 2, 'nd-335-2025', '[]', $2, now() + interval '1 minute', 1)",
    )
    .bind(scene.site.agency)
    .bind(scene.officer)
    .execute(&scene.pool)
    .await
    .unwrap();
    let page = scene.text(&scene.head, "/export?year=2026").await;
    assert!(page.contains("Kết quả đã thay đổi. Hạn "), "{page}");
    for act in [
        "update result_export set content = 'x', hash = sha256('x')",
        "update result_export set sent_number = '9'",
        "delete from result_export",
    ] {
        assert!(
            sqlx::query(act).execute(&scene.pool).await.is_err(),
            "{act}"
        );
    }
    let logged: Vec<String> = sqlx::query_scalar(
        "select action from audit where action like 'national.%' order by audit_id",
    )
    .fetch_all(&scene.pool)
    .await
    .unwrap();
    assert_eq!(
        logged,
        [
            "national.export",
            "national.export",
            "national.export",
            "national.send"
        ]
    );
}
