//! Who gets a digest on which day, and reminders by mail.

use app::digest::run_due;
use app::period::steps::set_dates;
use app::period::watch;
use chrono::NaiveDateTime;
use kpi::ids::OfficerId;
use kpi::period::life::PeriodDates;
use kpi::permission::{Permission, Role, granted};
use sqlx::PgPool;
use uuid::Uuid;

use super::server::base;
use crate::fixture::{Agency, all_points, day, november};

/// An account with these columns besides its name.
pub async fn account(
    pool: &PgPool,
    a: &Agency,
    officer: Option<OfficerId>,
    email: Option<&str>,
    (digest, locked): (bool, bool),
) -> Uuid {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into account (agency_id, account_id, officer_id, login, password_hash, email, digest, locked_at)
         values ($1, $2, $3, $4, 'x', $5, $6, case when $7 then now() end)",
    )
    .bind(a.agency.0)
    .bind(id)
    .bind(officer.map(|officer| officer.0))
    .bind(id.simple().to_string())
    .bind(email.map(ToOwned::to_owned))
    .bind(digest)
    .bind(locked)
    .execute(pool)
    .await
    .unwrap();
    id
}

fn at(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

async fn digests(pool: &PgPool, now: &str) -> u32 {
    run_due(pool, at(now), &base()).await.unwrap()
}

/// Address, subject and body of what was queued, and it is gone.
async fn queued(pool: &PgPool) -> Vec<(String, String, String)> {
    sqlx::query_as(
        "with gone as (delete from mail returning *) select address, subject, body from gone order by address",
    )
    .fetch_all(pool)
    .await
    .unwrap()
}

const WANTED: (bool, bool) = (true, false);

#[sqlx::test(migrations = "../migrations")]
async fn a_digest_goes_once_a_working_day_to_whom_something_waits_for(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    account(&pool, &a, Some(a.first), Some("an@ban.gov.vn"), WANTED).await;
    let off = (false, false);
    let second = Some(a.second);
    let turned_off = account(&pool, &a, second, Some("binh@ban.gov.vn"), off).await;
    account(&pool, &a, Some(a.deputy), None, WANTED).await;
    let locked = (true, true);
    account(
        &pool,
        &a,
        Some(a.neighbour),
        Some("cuong@ban.gov.vn"),
        locked,
    )
    .await;
    account(&pool, &a, None, Some("ky.thuat@ban.gov.vn"), WANTED).await;
    sqlx::query("insert into holiday (agency_id, day, name) values ($1, '2026-11-17', 'Nghỉ')")
        .bind(a.agency.0)
        .execute(&pool)
        .await
        .unwrap();

    assert_eq!(digests(&pool, "2026-11-16T06:59:59").await, 0);
    assert_eq!(digests(&pool, "2026-11-16T07:00:00").await, 1);
    assert_eq!(digests(&pool, "2026-11-16T07:10:00").await, 0);
    let first = queued(&pool).await;
    let [(address, subject, body)] = first.as_slice() else {
        panic!("{first:?}");
    };
    assert_eq!(address, "an@ban.gov.vn");
    assert_eq!(subject, "Công Tâm: 1 việc đang chờ bạn, ngày 16/11/2026");
    for said in [
        "Chào Lê Thị An,",
        "Việc và phiếu của tôi:\n- 1 phiếu tháng cần tự đánh giá và gửi",
        "https://congtam.example/month?period=2026-11",
        "https://congtam.example/account",
    ] {
        assert!(body.contains(said), "{said}: {body}");
    }
    assert!(!body.contains("điểm"), "{body}");
    for (now, written) in [
        // A holiday, a weekend, and the next working days.
        ("2026-11-17T09:00:00", 0),
        ("2026-11-18T09:00:00", 1),
        ("2026-11-21T09:00:00", 0),
        ("2026-11-22T09:00:00", 0),
        ("2026-11-23T09:00:00", 1),
    ] {
        assert_eq!(digests(&pool, now).await, written, "{now}");
    }
    // Turned on again, it comes.
    sqlx::query("update account set digest = true where account_id = $1")
        .bind(turned_off)
        .execute(&pool)
        .await
        .unwrap();
    assert_eq!(digests(&pool, "2026-11-23T09:10:00").await, 1);
    // Nothing waits any more.
    a.submit(&pool, a.first, &all_points()).await.unwrap();
    a.submit(&pool, a.second, &all_points()).await.unwrap();
    queued(&pool).await;
    assert_eq!(digests(&pool, "2026-11-24T09:00:00").await, 0);
    assert_eq!(queued(&pool).await, []);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_notification_is_told_by_one_digest(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    a.submit(&pool, a.first, &all_points()).await.unwrap();
    account(&pool, &a, Some(a.first), Some("an@ban.gov.vn"), WANTED).await;
    let tell = async |text: &str| {
        let mut db = pool.acquire().await.unwrap();
        app::live::notify(&mut db, a.agency.0, a.first, text, "/month")
            .await
            .unwrap();
    };
    tell("Điểm của bạn là 87,5").await;
    tell("Khác").await;
    assert_eq!(digests(&pool, "2026-11-16T08:00:00").await, 1);
    let said = queued(&pool).await;
    assert_eq!(said[0].1, "Công Tâm: 2 thông báo mới, ngày 16/11/2026");
    // What a notification says stays in the house.
    assert!(!said[0].2.contains("87,5"), "{said:?}");
    // Still unread, and told already.
    assert_eq!(digests(&pool, "2026-11-17T08:00:00").await, 0);
    tell("Mới").await;
    assert_eq!(digests(&pool, "2026-11-18T08:00:00").await, 1);
    let said = queued(&pool).await;
    assert_eq!(said[0].1, "Công Tâm: 1 thông báo mới, ngày 18/11/2026");
}

#[sqlx::test(migrations = "../migrations")]
async fn two_servers_write_one_digest(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    for (officer, email) in [(a.first, "an@ban.gov.vn"), (a.second, "binh@ban.gov.vn")] {
        account(&pool, &a, Some(officer), Some(email), WANTED).await;
    }
    let now = "2026-11-16T08:00:00";
    let (one, other) = tokio::join!(digests(&pool, now), digests(&pool, now));
    assert_eq!(one + other, 2);
    assert_eq!(queued(&pool).await.len(), 2);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_reminder_goes_out_at_once_even_with_the_digest_off(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let off = (false, false);
    account(&pool, &a, Some(a.first), Some("an@ban.gov.vn"), off).await;
    account(&pool, &a, Some(a.second), None, WANTED).await;
    let locked = (true, true);
    account(&pool, &a, Some(a.deputy), Some("pho@ban.gov.vn"), locked).await;
    let actor = a.actor(a.second, &[Role::Personnel]);
    let scope = granted(&actor.roles, Permission::ManagePeriod).unwrap();
    let office = app::auth::Access { actor, scope };
    let seen: i32 = a
        .one(&pool, "select version from period where agency_id = $1")
        .await;
    let usual = PeriodDates::usual(november(), &[]);
    set_dates(&pool, &office, november(), (usual, true, seen))
        .await
        .unwrap();
    let remind = async |today: &str| {
        watch::run_due(&pool, day(today), Some(&base()))
            .await
            .unwrap();
    };
    for today in ["2026-11-30", "2026-11-30"] {
        remind(today).await;
    }
    let notified: i64 = a
        .one(
            &pool,
            "select count(*) from notification where agency_id = $1 and text like 'Hãy gửi tự đánh giá%'",
        )
        .await;
    assert_eq!(notified, 7);
    let sent = queued(&pool).await;
    let [(address, subject, body)] = sent.as_slice() else {
        panic!("{sent:?}");
    };
    assert_eq!(address, "an@ban.gov.vn");
    assert_eq!(subject, "Công Tâm: nhắc gửi tự đánh giá tháng 11/2026");
    assert!(
        body.contains(
            "Chào Lê Thị An,\n\nHãy gửi tự đánh giá tháng 11/2026 trước hết ngày 02/12/2026.\n\
             https://congtam.example/month?period=2026-11\n"
        ),
        "{body}"
    );
    assert!(body.contains("kể cả khi tắt tóm tắt hằng ngày"), "{body}");
    // Without an SMTP server the next one is a notification alone.
    watch::run_due(&pool, day("2026-12-02"), None)
        .await
        .unwrap();
    let notified: i64 = a
        .one(
            &pool,
            "select count(*) from notification where agency_id = $1 and text like 'Hãy gửi tự đánh giá%'",
        )
        .await;
    assert_eq!(notified, 14);
    assert_eq!(queued(&pool).await, []);
}
