//! A letter from the queue to a real SMTP conversation.

use std::collections::BTreeMap;

use app::mail::store::{queue, remove_old};
use app::mail::worker::{Turn, turn};
use app::mail::{Letter, Recipient};
use kpi::ids::AgencyId;
use sqlx::PgPool;
use uuid::Uuid;

use super::server::{Answer, SmtpServer, base, sender};

async fn agency(pool: &PgPool) -> AgencyId {
    let agency = AgencyId(Uuid::now_v7());
    sqlx::query("insert into agency (agency_id, name, code) values ($1, 'Ban', 'B')")
        .bind(agency.0)
        .execute(pool)
        .await
        .unwrap();
    agency
}

async fn wait(pool: &PgPool, agency: AgencyId, addresses: &[&str]) {
    let letters: Vec<Letter> = addresses
        .iter()
        .map(|address| {
            let to = Recipient {
                name: "Lê Thị An".into(),
                address: (*address).to_owned(),
            };
            let subject = "Công Tâm: 3 việc đang chờ bạn, ngày 16/11/2026".to_owned();
            Letter::new(to, subject, "Một việc.\n.\n.. hết", "Vì sao.", &base())
        })
        .collect();
    let mut db = pool.acquire().await.unwrap();
    queue(&mut db, agency, &letters).await.unwrap();
}

#[derive(Debug, sqlx::FromRow)]
struct Stored {
    mail_id: Uuid,
    tries: i32,
    sent: bool,
    given_up: bool,
    minutes: i32,
    last_error: Option<String>,
}

async fn stored(pool: &PgPool, address: &str) -> Stored {
    sqlx::query_as(
        "select mail_id, tries, sent_at is not null as sent, given_up_at is not null as given_up, last_error,
             ceil(extract(epoch from due_at - now()) / 60)::int as minutes from mail where address = $1",
    )
    .bind(address.to_owned())
    .fetch_one(pool)
    .await
    .unwrap()
}

/// As if the pause were over.
async fn due_now(pool: &PgPool) {
    sqlx::query("update mail set due_at = now() - interval '1 second'")
        .execute(pool)
        .await
        .unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn a_letter_arrives_as_it_was_written_and_once(pool: PgPool) {
    let (server, agency) = (SmtpServer::start().await, agency(&pool).await);
    wait(&pool, agency, &["an@ban.gov.vn"]).await;
    let sender = server.sender();
    assert_eq!(turn(&pool, &sender).await.unwrap(), Turn::Done(1));
    assert_eq!(turn(&pool, &sender).await.unwrap(), Turn::Done(0));
    let heard = server.heard();
    let [letter] = heard.as_slice() else {
        panic!("{heard:?}");
    };
    assert_eq!(letter.from, "congtam@ban.gov.vn");
    assert_eq!(letter.to, "an@ban.gov.vn");
    assert_eq!(letter.header("From"), "Công Tâm <congtam@ban.gov.vn>");
    assert_eq!(
        letter.header("Subject"),
        "Công Tâm: 3 việc đang chờ bạn, ngày 16/11/2026"
    );
    assert_eq!(letter.header("Auto-Submitted"), "auto-generated");
    let row = stored(&pool, "an@ban.gov.vn").await;
    let id = format!("<{}@congtam.example>", row.mail_id.simple());
    assert_eq!(letter.header("Message-ID"), id);
    assert!(
        letter
            .body()
            .starts_with("Chào Lê Thị An,\n\nMột việc.\n.\n.. hết\n\n-- \nVì sao.\n"),
        "{}",
        letter.body()
    );
    assert!(letter.body().contains("https://congtam.example/account"));
    assert!(row.sent && !row.given_up && row.tries == 1, "{row:?}");
    remove_old(&pool, 7).await.unwrap();
    assert!(stored(&pool, "an@ban.gov.vn").await.sent);
    sqlx::query("update mail set sent_at = sent_at - interval '8 days'")
        .execute(&pool)
        .await
        .unwrap();
    remove_old(&pool, 7).await.unwrap();
    let left: i64 = sqlx::query_scalar("select count(*) from mail")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(left, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn not_now_is_tried_again_after_growing_pauses_and_at_last_given_up(pool: PgPool) {
    let (server, agency) = (SmtpServer::start().await, agency(&pool).await);
    wait(&pool, agency, &["an@ban.gov.vn"]).await;
    let sender = server.sender();
    server.answers(Answer::NotNow);
    for (tries, minutes) in [(1, 1), (2, 2), (3, 4)] {
        due_now(&pool).await;
        assert_eq!(turn(&pool, &sender).await.unwrap(), Turn::Done(0));
        // Before its time it is left alone.
        assert_eq!(turn(&pool, &sender).await.unwrap(), Turn::Done(0));
        let row = stored(&pool, "an@ban.gov.vn").await;
        assert_eq!((row.tries, row.minutes), (tries, minutes));
        assert!(row.last_error.unwrap().contains("451"));
    }
    server.answers(Answer::Take);
    due_now(&pool).await;
    assert_eq!(turn(&pool, &sender).await.unwrap(), Turn::Done(1));
    assert_eq!(server.heard().len(), 1);

    wait(&pool, agency, &["binh@ban.gov.vn"]).await;
    sqlx::query("update mail set tries = 11 where sent_at is null")
        .execute(&pool)
        .await
        .unwrap();
    server.answers(Answer::NotNow);
    assert_eq!(turn(&pool, &sender).await.unwrap(), Turn::Done(0));
    let row = stored(&pool, "binh@ban.gov.vn").await;
    assert!(row.given_up && row.tries == 12, "{row:?}");
    server.answers(Answer::Take);
    due_now(&pool).await;
    assert_eq!(turn(&pool, &sender).await.unwrap(), Turn::Done(0));
}

#[sqlx::test(migrations = "../migrations")]
async fn never_gives_up_this_letter_and_no_other(pool: PgPool) {
    let (server, agency) = (SmtpServer::start().await, agency(&pool).await);
    let both = ["khong.co@ban.gov.vn", "an@ban.gov.vn"];
    wait(&pool, agency, &both).await;
    assert_eq!(turn(&pool, &server.sender()).await.unwrap(), Turn::Done(1));
    let row = stored(&pool, both[0]).await;
    assert!(row.given_up && !row.sent && row.tries == 1, "{row:?}");
    assert!(row.last_error.unwrap().contains("550"));
    assert!(stored(&pool, both[1]).await.sent);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_server_that_is_not_there_costs_no_letter_a_try(pool: PgPool) {
    let (server, agency) = (SmtpServer::start().await, agency(&pool).await);
    wait(&pool, agency, &["an@ban.gov.vn"]).await;
    server.answers(Answer::NoEntry);
    let refused = turn(&pool, &server.sender()).await.unwrap();
    assert_eq!(refused, Turn::Unreachable);
    // A port that was just given back: nobody listens there.
    let closed = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let nobody = sender(&format!("smtp://127.0.0.1:{closed}"));
    assert_eq!(turn(&pool, &nobody).await.unwrap(), Turn::Unreachable);
    let row = stored(&pool, "an@ban.gov.vn").await;
    assert!(!row.sent && !row.given_up && row.tries == 0, "{row:?}");
    server.answers(Answer::Take);
    assert_eq!(turn(&pool, &server.sender()).await.unwrap(), Turn::Done(1));
    // What waited through too long a pause is not sent any more.
    wait(&pool, agency, &["binh@ban.gov.vn"]).await;
    sqlx::query("update mail set created_at = now() - interval '4 days' where sent_at is null")
        .execute(&pool)
        .await
        .unwrap();
    assert_eq!(turn(&pool, &server.sender()).await.unwrap(), Turn::Done(0));
    assert!(stored(&pool, "binh@ban.gov.vn").await.given_up);
    assert_eq!(server.heard().len(), 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_worker_that_dies_leaves_its_letter_waiting(pool: PgPool) {
    let (server, agency) = (SmtpServer::start().await, agency(&pool).await);
    wait(&pool, agency, &["an@ban.gov.vn"]).await;
    server.answers(Answer::Silence);
    let dying = tokio::spawn({
        let (pool, sender) = (pool.clone(), server.sender());
        async move { turn(&pool, &sender).await.map(|_| ()) }
    });
    server.fell_silent().await;
    // Another server passes over the letter that is being sent.
    server.answers(Answer::Take);
    assert_eq!(turn(&pool, &server.sender()).await.unwrap(), Turn::Done(0));
    dying.abort();
    assert!(dying.await.unwrap_err().is_cancelled());
    // Waits for the dead worker's transaction to end.
    sqlx::query("select from mail for update")
        .execute(&pool)
        .await
        .unwrap();
    let row = stored(&pool, "an@ban.gov.vn").await;
    assert!(!row.sent && row.tries == 0, "{row:?}");
    for sent in [1, 0] {
        let turn = turn(&pool, &server.sender()).await.unwrap();
        assert_eq!(turn, Turn::Done(sent));
    }
    assert_eq!(server.heard().len(), 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn two_servers_send_each_letter_once(pool: PgPool) {
    let (server, agency) = (SmtpServer::start().await, agency(&pool).await);
    let addresses: Vec<String> = (0..30).map(|one| format!("a{one}@ban.gov.vn")).collect();
    let borrowed: Vec<&str> = addresses.iter().map(String::as_str).collect();
    wait(&pool, agency, &borrowed).await;
    let (one, other) = (server.sender(), server.sender());
    let (a, b) = tokio::join!(turn(&pool, &one), turn(&pool, &other));
    let (Turn::Done(a), Turn::Done(b)) = (a.unwrap(), b.unwrap()) else {
        panic!("not reached");
    };
    assert_eq!(a + b, 30);
    let mut times: BTreeMap<String, u32> = BTreeMap::new();
    for heard in server.heard() {
        *times.entry(heard.to).or_default() += 1;
    }
    assert_eq!(times.len(), 30);
    assert!(times.values().all(|count| *count == 1), "{times:?}");
}
