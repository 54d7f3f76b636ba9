//! The first start and accounts against a real database: a link works once, an agency keeps an administrator,
//! another agency's accounts do not exist, passwords are kept nowhere.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]
#![cfg(feature = "ssr")]

use app::admin::accounts::steps::{self, Acting, Password, Wanted};
use app::admin::accounts::store::{self, Filter};
use app::admin::setup::{NewAgency, SetupForm, establish, new_link};
use app::auth::password;
use app::error::AppError;
use app::org::PersonForm;
use app::state::Hashing;
use chrono::NaiveDate;
use kpi::ids::OfficerId;
use kpi::permission::Role;
use sqlx::PgPool;
use uuid::Uuid;

/// Spoils one field of a form.
type Change = fn(&mut SetupForm);

const SECRET: &str = "mùa thu vàng lá rơi";

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

fn form() -> SetupForm {
    SetupForm {
        agency_name: "Ban Kinh tế".to_owned(),
        agency_code: "bkt".to_owned(),
        unit_name: String::new(),
        login: "QuanTri".to_owned(),
        password: SECRET.to_owned(),
        again: SECRET.to_owned(),
    }
}

/// An agency made through the set-up link.
struct House {
    pool: PgPool,
    hashing: Hashing,
    agency: Uuid,
    administrator: Uuid,
    acting: Acting,
    root: Uuid,
}

impl House {
    async fn build(pool: &PgPool) -> Self {
        let token = new_link(pool).await.unwrap().unwrap();
        let hashing = Hashing::default();
        let new = NewAgency::parse(form()).unwrap();
        let (agency, account) = establish(pool, &hashing, &token, new, today())
            .await
            .unwrap();
        let root = sqlx::query_scalar("select unit_id from unit where agency_id = $1")
            .bind(agency.0)
            .fetch_one(pool)
            .await
            .unwrap();
        let actor = app::audit::Actor {
            account: Some(account.0),
            officer: None,
        };
        let acting = Acting {
            agency: agency.0,
            actor,
        };
        Self {
            pool: pool.clone(),
            hashing,
            agency: agency.0,
            administrator: account.0,
            acting,
            root,
        }
    }

    async fn officer(&self, code: &str, name: &str) -> OfficerId {
        let form = PersonForm {
            officer_code: code.to_owned(),
            full_name: name.to_owned(),
            task_group: String::new(),
            unit: self.root.to_string(),
            kind: "staff".to_owned(),
            title: "Chuyên viên".to_owned(),
            from_day: "2026-01-01".to_owned(),
        };
        let acting = app::org::steps::Acting {
            agency: self.agency,
            actor: self.acting.actor,
        };
        app::org::steps::add_person(&self.pool, acting, form)
            .await
            .unwrap()
    }

    async fn create(
        &self,
        officer: Option<OfficerId>,
        login: &str,
        roles: &[Role],
    ) -> Result<Uuid, AppError> {
        let wanted = Wanted {
            officer,
            login: login.to_owned(),
            roles: roles.to_vec(),
            password: Password::Temporary,
        };
        let issued = steps::create(&self.pool, &self.hashing, self.acting, wanted).await?;
        let (_, account) = store::by_login(&self.pool, &issued.login).await?;
        Ok(account)
    }

    async fn stored(&self, account: Uuid) -> (String, bool, bool, Vec<String>, i32) {
        sqlx::query_as("select password_hash, must_change, locked_at is not null, roles, version from account where account_id = $1")
            .bind(account)
            .fetch_one(&self.pool)
            .await
            .unwrap()
    }

    async fn open_session(&self, account: Uuid) {
        sqlx::query(
            "insert into session (token_hash, session_id, agency_id, account_id, data, expires_at)
             values (sha256($1::text::bytea), $1, $2, $3, '{}', now() + interval '1 hour')",
        )
        .bind(Uuid::now_v7())
        .bind(self.agency)
        .bind(account)
        .execute(&self.pool)
        .await
        .unwrap();
    }

    async fn sessions(&self, account: Uuid) -> i64 {
        sqlx::query_scalar("select count(*) from session where account_id = $1")
            .bind(account)
            .fetch_one(&self.pool)
            .await
            .unwrap()
    }
}

async fn count(pool: &PgPool, table: &'static str) -> i64 {
    let sql = match table {
        "agency" => "select count(*) from agency",
        "account" => "select count(*) from account",
        "audit" => "select count(*) from audit",
        other => panic!("{other}"),
    };
    sqlx::query_scalar(sql).fetch_one(pool).await.unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_set_up_link_works_once(pool: PgPool) {
    let old = new_link(&pool).await.unwrap().unwrap();
    let token = new_link(&pool).await.unwrap().unwrap();
    assert_eq!(token.len(), 64);
    assert_ne!(old, token);
    let hashing = Hashing::default();
    let parsed = || NewAgency::parse(form()).unwrap();
    for wrong in [old.as_str(), "", "x", &"0".repeat(64)] {
        let refused = establish(&pool, &hashing, wrong, parsed(), today()).await;
        assert_eq!(refused.unwrap_err(), AppError::NotFound);
    }
    assert_eq!(count(&pool, "agency").await, 0);
    // Two people press the button at once: one agency.
    let (one, other) = tokio::join!(
        establish(&pool, &hashing, &token, parsed(), today()),
        establish(&pool, &hashing, &token, parsed(), today()),
    );
    assert_eq!(
        [one.is_ok(), other.is_ok()]
            .iter()
            .filter(|done| **done)
            .count(),
        1
    );
    assert_eq!(
        (count(&pool, "agency").await, count(&pool, "account").await),
        (1, 1)
    );
    assert_eq!(new_link(&pool).await.unwrap(), None);
    let kept: Vec<Vec<u8>> = sqlx::query_scalar("select token_hash from setup_link")
        .fetch_all(&pool)
        .await
        .unwrap();
    assert!(
        kept.iter()
            .all(|hash| hash != token.as_bytes() && hash.len() == 32)
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn set_up_makes_agency_root_administrator_and_period(pool: PgPool) {
    let house = House::build(&pool).await;
    let (path, name): (String, String) =
        sqlx::query_as("select path, name from unit where agency_id = $1")
            .bind(house.agency)
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!((path.as_str(), name.as_str()), ("/BKT/", "Ban Kinh tế"));
    let (hash, must_change, locked, roles, _) = house.stored(house.administrator).await;
    assert!(
        password::verify(&house.hashing, SECRET.to_owned(), Some(hash))
            .await
            .unwrap()
    );
    assert!(!must_change && !locked);
    assert_eq!(roles, ["administrator", "personnel"]);
    let period: NaiveDate =
        sqlx::query_scalar("select period from period where agency_id = $1 and status = 'open'")
            .bind(house.agency)
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(period, NaiveDate::from_ymd_opt(2026, 11, 1).unwrap());
}

#[test]
fn a_refused_set_up_form_gives_back_all_but_the_passwords() {
    let cases: [(&str, Change); 7] = [
        ("agency_name", |form| form.agency_name = "  ".to_owned()),
        ("agency_code", |form| form.agency_code = "BỘ".to_owned()),
        ("agency_code", |form| form.agency_code = "a/b".to_owned()),
        ("unit_name", |form| form.unit_name = "x".repeat(201)),
        ("login", |form| form.login = "quản trị".to_owned()),
        ("password", |form| form.password = "ngắn".to_owned()),
        ("again", |form| {
            form.again = "mùa thu vàng lá bay".to_owned()
        }),
    ];
    for (expected, spoil) in cases {
        let mut form = form();
        spoil(&mut form);
        let AppError::Invalid { field, typed, .. } = NewAgency::parse(form.clone()).unwrap_err()
        else {
            panic!("{expected}")
        };
        assert_eq!(field, expected);
        assert!(!typed.contains("mùa thu") && !typed.contains("ngắn"));
        let back: SetupForm = serde_json::from_str(&typed).unwrap();
        assert_eq!(
            (back.agency_name, back.login),
            (form.agency_name, form.login)
        );
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn the_last_administrator_is_kept(pool: PgPool) {
    let house = House::build(&pool).await;
    let other = house.create(None, "quantri2", &[]).await.unwrap();
    // The command line (no account of its own) may not lock the last one either.
    let console = Acting {
        agency: house.agency,
        actor: app::audit::Actor::default(),
    };
    assert!(
        steps::set_locked(&pool, console, house.administrator, true)
            .await
            .is_err()
    );
    assert!(
        steps::set_locked(&pool, house.acting, house.administrator, true)
            .await
            .is_err()
    );
    let version = house.stored(house.administrator).await.4;
    let without = steps::set_roles(
        &pool,
        house.acting,
        house.administrator,
        version,
        &[Role::Personnel],
    )
    .await;
    assert!(matches!(without, Err(AppError::Invalid { .. })));
    assert_eq!(
        house.stored(house.administrator).await.3,
        ["administrator", "personnel"]
    );
    // A second administrator: now one may go, and then not the other.
    steps::set_roles(&pool, house.acting, other, 1, &[Role::Administrator])
        .await
        .unwrap();
    steps::set_roles(
        &pool,
        house.acting,
        house.administrator,
        version,
        &[Role::Personnel],
    )
    .await
    .unwrap();
    assert!(
        steps::set_locked(&pool, console, other, true)
            .await
            .is_err()
    );
    assert!(!house.stored(other).await.2);
}

#[sqlx::test(migrations = "../migrations")]
async fn two_administrators_cannot_remove_each_other_at_once(pool: PgPool) {
    let house = House::build(&pool).await;
    let other = house
        .create(None, "quantri2", &[Role::Administrator])
        .await
        .unwrap();
    let theirs = Acting {
        agency: house.agency,
        actor: app::audit::Actor {
            account: Some(other),
            officer: None,
        },
    };
    let (one, two) = tokio::join!(
        steps::set_locked(&pool, house.acting, other, true),
        steps::set_locked(&pool, theirs, house.administrator, true),
    );
    assert_eq!(
        [one.is_ok(), two.is_ok()]
            .iter()
            .filter(|done| **done)
            .count(),
        1
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn roles_follow_their_version_and_the_given_three(pool: PgPool) {
    let house = House::build(&pool).await;
    let account = house.create(None, "lanhdao", &[]).await.unwrap();
    steps::set_roles(&pool, house.acting, account, 1, &[Role::Leader])
        .await
        .unwrap();
    let late = steps::set_roles(&pool, house.acting, account, 1, &[Role::Personnel]).await;
    assert!(matches!(late, Err(AppError::Conflict { .. })));
    for taken_from_posts in [Role::Head, Role::Deputy, Role::Officer] {
        assert!(
            steps::set_roles(&pool, house.acting, account, 2, &[taken_from_posts])
                .await
                .is_err()
        );
        assert!(
            house
                .create(None, "khac", &[taken_from_posts])
                .await
                .is_err()
        );
    }
    assert_eq!(house.stored(account).await.3, ["leader"]);
}

#[sqlx::test(migrations = "../migrations")]
async fn another_agencys_accounts_do_not_exist(pool: PgPool) {
    let house = House::build(&pool).await;
    let stranger = Uuid::now_v7();
    sqlx::query("insert into agency (agency_id, name, code) values ($1, 'Khác', 'KHAC')")
        .bind(stranger)
        .execute(&pool)
        .await
        .unwrap();
    let acting = Acting {
        agency: stranger,
        actor: app::audit::Actor::default(),
    };
    let account = house
        .create(None, "kythuat", &[Role::Administrator])
        .await
        .unwrap();
    let audited = count(&pool, "audit").await;
    let before = house.stored(account).await;
    assert_eq!(
        steps::set_locked(&pool, acting, account, true)
            .await
            .unwrap_err(),
        AppError::NotFound
    );
    assert_eq!(
        steps::set_roles(&pool, acting, account, 1, &[])
            .await
            .unwrap_err(),
        AppError::NotFound
    );
    let reset = steps::reset(&pool, &house.hashing, acting, account, Password::Temporary).await;
    assert_eq!(reset.unwrap_err(), AppError::NotFound);
    let officer = house.officer("CB-1", "Nguyễn Thu Hà").await;
    let wanted = Wanted {
        officer: Some(officer),
        login: String::new(),
        roles: vec![],
        password: Password::Temporary,
    };
    assert_eq!(
        steps::create(&pool, &house.hashing, acting, wanted)
            .await
            .unwrap_err(),
        AppError::NotFound
    );
    assert_eq!(house.stored(account).await, before);
    // Only the officer added here left a line.
    assert_eq!(count(&pool, "audit").await, audited + 1);
    let filter = Filter {
        search: "",
        only: None,
        offset: 0,
    };
    assert!(
        store::list(&pool, stranger, today(), filter)
            .await
            .unwrap()
            .is_empty()
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn logins_are_made_from_names_and_counted_on(pool: PgPool) {
    let house = House::build(&pool).await;
    for (code, name) in [
        ("CB-1", "Nguyễn Thu Hà"),
        ("CB-2", "Ngô Thị Hà"),
        ("CB-3", "Đặng Đức Ưng"),
    ] {
        house.officer(code, name).await;
    }
    let first = store::officer_by_code(&pool, house.agency, "CB-2")
        .await
        .unwrap();
    house.create(Some(first), "", &[]).await.unwrap();
    assert!(store::by_login(&pool, "ha.nt").await.is_ok());
    // The same person twice, and a taken name, are refused.
    assert!(
        matches!(house.create(Some(first), "khac.nt", &[]).await, Err(AppError::Invalid { field, .. }) if field == "officer")
    );
    let twice = house.create(None, "HA.nt", &[]).await;
    assert!(
        matches!(twice, Err(AppError::Invalid { field, typed, .. }) if field == "login" && typed == "ha.nt")
    );
    assert!(house.create(None, "", &[]).await.is_err());
    let issued = steps::create_missing(&pool, &house.hashing, house.acting, today())
        .await
        .unwrap();
    let logins: Vec<&str> = issued
        .iter()
        .map(|(issued, _)| issued.login.as_str())
        .collect();
    assert_eq!(logins, ["ha.nt2", "ung.dd"]);
    for (issued, unit) in &issued {
        assert_eq!(unit, "Ban Kinh tế");
        let (_, account) = store::by_login(&pool, &issued.login).await.unwrap();
        let (hash, must_change, ..) = house.stored(account).await;
        assert!(must_change);
        assert!(
            password::verify(&house.hashing, issued.password.clone(), Some(hash))
                .await
                .unwrap()
        );
    }
    // A second press finds nobody left.
    assert!(
        steps::create_missing(&pool, &house.hashing, house.acting, today())
            .await
            .unwrap()
            .is_empty()
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn resetting_and_locking_end_every_session(pool: PgPool) {
    let house = House::build(&pool).await;
    let account = house.create(None, "kythuat", &[]).await.unwrap();
    let before = house.stored(account).await.0;
    house.open_session(account).await;
    house.open_session(account).await;
    house.open_session(house.administrator).await;
    let issued = steps::reset(
        &pool,
        &house.hashing,
        house.acting,
        account,
        Password::Temporary,
    )
    .await
    .unwrap();
    assert_eq!(
        (
            house.sessions(account).await,
            house.sessions(house.administrator).await
        ),
        (0, 1)
    );
    let (hash, must_change, ..) = house.stored(account).await;
    assert!(must_change && hash != before);
    assert!(
        password::verify(&house.hashing, issued.password.clone(), Some(hash))
            .await
            .unwrap()
    );
    house.open_session(account).await;
    steps::set_locked(&pool, house.acting, account, true)
        .await
        .unwrap();
    assert_eq!(house.sessions(account).await, 0);
    assert!(
        app::auth::store::find_login(&pool, "kythuat")
            .await
            .unwrap()
            .is_none()
    );
    steps::set_locked(&pool, house.acting, account, false)
        .await
        .unwrap();
    assert!(
        app::auth::store::find_login(&pool, "kythuat")
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        steps::reset(
            &pool,
            &house.hashing,
            house.acting,
            house.administrator,
            Password::Temporary
        )
        .await
        .is_err()
    );
    // No password in the log, in any row.
    let log: Vec<String> = sqlx::query_scalar("select detail::text from audit")
        .fetch_all(&pool)
        .await
        .unwrap();
    assert!(log.len() >= 5);
    assert!(
        log.iter()
            .all(|line| !line.contains(&issued.password) && !line.contains("argon2"))
    );
    assert!(!format!("{issued:?}").contains(&issued.password));
}

#[sqlx::test(migrations = "../migrations")]
async fn accounts_are_found_without_accents(pool: PgPool) {
    let house = House::build(&pool).await;
    let officer = house.officer("CB-1", "Nguyễn Đức Thắng").await;
    house.create(Some(officer), "", &[]).await.unwrap();
    for (search, found) in [
        ("duc thang", 1),
        ("ĐỨC", 1),
        ("thang.nd", 1),
        ("%", 0),
        ("quantri", 1),
        ("", 2),
        ("không có", 0),
    ] {
        let filter = Filter {
            search,
            only: None,
            offset: 0,
        };
        let rows = store::list(&pool, house.agency, today(), filter)
            .await
            .unwrap();
        assert_eq!(rows.len(), found, "{search}");
    }
}
