//! The organisation's rules against a real database: one head a unit, no overlapping posts, nothing of another
//! agency, and who is whose direct superior.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]
#![cfg(feature = "ssr")]

use app::error::AppError;
use app::org::steps::{self, Acting};
use app::org::store::{agency_units, holidays, officer_place, unit};
use app::org::write::{
    NewOfficer, NewPost, NewUnit, first_conflict, insert_officers, insert_posts, insert_units,
    unit_path,
};
use app::org::{PersonForm, PostForm, direct_superior};
use chrono::NaiveDate;
use kpi::ids::{OfficerId, PostId, UnitId};
use kpi::scoring::ScoringRole::{self, Deputy, Head, Staff};
use sqlx::PgPool;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    app::format::parse_day(text).unwrap()
}

/// An agency with a root, a department below it and a team below that.
struct House {
    pool: PgPool,
    agency: Uuid,
    acting: Acting,
    root: UnitId,
    department: UnitId,
    team: UnitId,
}

impl House {
    async fn build(pool: &PgPool, code: &str) -> Self {
        let agency = Uuid::now_v7();
        sqlx::query("insert into agency (agency_id, name, code) values ($1, $2, $2)")
            .bind(agency)
            .bind(code)
            .execute(pool)
            .await
            .unwrap();
        let [root, department, team] = [(); 3].map(|()| UnitId(Uuid::now_v7()));
        let units = [
            new_unit(team, Some(department), &format!("/{code}/VU/TO/"), "TO"),
            new_unit(department, Some(root), &format!("/{code}/VU/"), "VU"),
            new_unit(root, None, &unit_path(None, code), code),
        ];
        insert_units(&mut pool.acquire().await.unwrap(), agency, &units)
            .await
            .unwrap();
        let acting = Acting {
            agency,
            actor: app::audit::Actor::default(),
        };
        Self {
            pool: pool.clone(),
            agency,
            acting,
            root,
            department,
            team,
        }
    }

    /// A person with a post from 01/01/2026.
    async fn person(&self, name: &str, unit: UnitId, kind: ScoringRole) -> OfficerId {
        let form = PersonForm {
            officer_code: name.replace(' ', "-"),
            full_name: name.to_owned(),
            task_group: String::new(),
            unit: unit.to_string(),
            kind: kind.as_str().to_owned(),
            title: "Chức danh".to_owned(),
            from_day: "01/01/2026".to_owned(),
        };
        steps::add_person(&self.pool, self.acting, form)
            .await
            .unwrap()
    }

    async fn superior(&self, officer: OfficerId, on: &str) -> Option<OfficerId> {
        direct_superior(&self.pool, self.agency, officer, day(on))
            .await
            .unwrap()
    }

    async fn posts(&self) -> i64 {
        sqlx::query_scalar("select count(*) from post where agency_id = $1")
            .bind(self.agency)
            .fetch_one(&self.pool)
            .await
            .unwrap()
    }

    async fn post_of(&self, officer: OfficerId) -> Uuid {
        sqlx::query_scalar(
            "select post_id from post where officer_id = $1 order by from_day desc limit 1",
        )
        .bind(officer.0)
        .fetch_one(&self.pool)
        .await
        .unwrap()
    }

    fn move_to(&self, officer: OfficerId, unit: UnitId, kind: ScoringRole, from: &str) -> PostForm {
        PostForm {
            officer: officer.to_string(),
            ends: String::new(),
            unit: unit.to_string(),
            kind: kind.as_str().to_owned(),
            title: "Chức danh mới".to_owned(),
            from_day: from.to_owned(),
            arrangement: String::new(),
        }
    }
}

fn new_unit(unit: UnitId, parent: Option<UnitId>, path: &str, code: &str) -> NewUnit {
    NewUnit {
        unit,
        parent,
        path: path.to_owned(),
        code: code.to_owned(),
        name: format!("Đơn vị {code}"),
        ordinal: 0,
    }
}

fn refused_field(error: AppError) -> String {
    match error {
        AppError::Invalid { field, .. } => field,
        other => panic!("not a refused field: {other:?}"),
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn superiors_follow_the_tree_and_skip_vacant_heads(pool: PgPool) {
    let house = House::build(&pool, "BAN").await;
    let chief = house.person("Trưởng Ban", house.root, Head).await;
    let vice = house.person("Phó Ban", house.root, Deputy).await;
    let head = house.person("Vụ trưởng", house.department, Head).await;
    let deputy = house
        .person("Phó vụ trưởng", house.department, Deputy)
        .await;
    let staff = house.person("Chuyên viên", house.department, Staff).await;
    let member = house.person("Tổ viên", house.team, Staff).await;
    let now = "2026-06-15";
    assert_eq!(house.superior(chief, now).await, None);
    assert_eq!(house.superior(vice, now).await, Some(chief));
    assert_eq!(house.superior(head, now).await, Some(chief));
    assert_eq!(house.superior(deputy, now).await, Some(head));
    assert_eq!(house.superior(staff, now).await, Some(head));
    // The team has no head: the department's answers for it.
    assert_eq!(house.superior(member, now).await, Some(head));
    // Before the posts began nobody is anybody's superior.
    assert_eq!(house.superior(staff, "2025-12-31").await, None);
    // The department's head leaves: the chief answers from the next day on, not before.
    steps::end_post(&pool, house.acting, house.post_of(head).await, "30/06/2026")
        .await
        .unwrap();
    assert_eq!(house.superior(staff, "2026-06-30").await, Some(head));
    assert_eq!(house.superior(staff, "2026-07-01").await, Some(chief));
    assert_eq!(house.superior(deputy, "2026-07-01").await, Some(chief));
    assert_eq!(house.superior(head, "2026-07-01").await, None);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_person_who_heads_two_levels_is_not_his_own_superior(pool: PgPool) {
    let house = House::build(&pool, "BAN").await;
    let chief = house.person("Trưởng Ban", house.root, Head).await;
    let both = house.move_to(chief, house.department, Head, "01/03/2026");
    steps::add_post(&pool, house.acting, both).await.unwrap();
    assert_eq!(house.superior(chief, "2026-04-01").await, None);
    let staff = house.person("Chuyên viên", house.department, Staff).await;
    assert_eq!(house.superior(staff, "2026-04-01").await, Some(chief));
}

#[sqlx::test(migrations = "../migrations")]
async fn agencies_do_not_see_each_other(pool: PgPool) {
    let here = House::build(&pool, "BAN").await;
    let there = House::build(&pool, "TINH").await;
    let ours = here.person("Vụ trưởng", here.department, Head).await;
    assert_eq!(
        direct_superior(&pool, there.agency, ours, day("2026-06-15"))
            .await
            .unwrap(),
        None
    );
    assert_eq!(
        officer_place(&pool, there.agency, ours, day("2026-06-15"))
            .await
            .unwrap(),
        None
    );
    assert_eq!(
        unit(&pool, there.agency, here.root).await.unwrap_err(),
        AppError::NotFound
    );
    // Somebody else's officer, unit and post are refused in every act, and nothing changes.
    let stolen = there.move_to(ours, there.team, Staff, "01/07/2026");
    assert_eq!(
        steps::add_post(&pool, there.acting, stolen)
            .await
            .unwrap_err(),
        AppError::NotFound
    );
    let into = here.move_to(ours, there.team, Staff, "01/07/2026");
    assert_eq!(
        steps::add_post(&pool, here.acting, into).await.unwrap_err(),
        AppError::NotFound
    );
    let post = here.post_of(ours).await;
    assert_eq!(
        steps::end_post(&pool, there.acting, post, "01/07/2026")
            .await
            .unwrap_err(),
        AppError::NotFound
    );
    let below = steps::add_unit(&pool, there.acting, here.root.0, "X", "Đơn vị X").await;
    assert_eq!(below.unwrap_err(), AppError::NotFound);
    let renamed = steps::rename_unit(&pool, there.acting, here.root.0, "Đơn vị BAN", "Khác").await;
    assert_eq!(renamed.unwrap_err(), AppError::NotFound);
    let closed =
        steps::set_unit_active(&pool, there.acting, here.team.0, false, day("2026-06-15")).await;
    assert_eq!(closed.unwrap_err(), AppError::NotFound);
    let changed = steps::change_person(&pool, there.acting, ours.0, 1, "Tên khác", "").await;
    assert_eq!(changed.unwrap_err(), AppError::NotFound);
    assert_eq!((here.posts().await, there.posts().await), (1, 0));
    assert_eq!(agency_units(&pool, there.agency).await.unwrap().len(), 3);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_unit_has_one_head_at_a_time(pool: PgPool) {
    let house = House::build(&pool, "BAN").await;
    let first = house.person("Người thứ nhất", house.department, Head).await;
    let second = house.person("Người thứ hai", house.department, Staff).await;
    let mut form = house.move_to(second, house.department, Head, "01/07/2026");
    form.ends = house.post_of(second).await.to_string();
    let refused = steps::add_post(&pool, house.acting, form.clone())
        .await
        .unwrap_err();
    assert_eq!(refused_field(refused), "kind");
    // Nothing was half done: the staff post still runs.
    let place = officer_place(&pool, house.agency, second, day("2026-07-02"))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(place.kind, Staff);
    steps::end_post(
        &pool,
        house.acting,
        house.post_of(first).await,
        "30/06/2026",
    )
    .await
    .unwrap();
    steps::add_post(&pool, house.acting, form).await.unwrap();
    let place = officer_place(&pool, house.agency, second, day("2026-07-01"))
        .await
        .unwrap()
        .unwrap();
    assert_eq!((place.kind, place.unit_name.as_str()), (Head, "Đơn vị VU"));
    let before = officer_place(&pool, house.agency, second, day("2026-06-30"))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(before.kind, Staff);
}

#[sqlx::test(migrations = "../migrations")]
async fn two_heads_at_once_leave_one(pool: PgPool) {
    let house = House::build(&pool, "BAN").await;
    let a = house.person("Người A", house.team, Staff).await;
    let b = house.person("Người B", house.team, Staff).await;
    let (ends_a, ends_b) = (house.post_of(a).await, house.post_of(b).await);
    let form = |officer, ends: Uuid| PostForm {
        ends: ends.to_string(),
        ..house.move_to(officer, house.department, Head, "01/07/2026")
    };
    let (one, other) = tokio::join!(
        steps::add_post(&pool, house.acting, form(a, ends_a)),
        steps::add_post(&pool, house.acting, form(b, ends_b)),
    );
    assert_eq!(
        [one.is_ok(), other.is_ok()]
            .iter()
            .filter(|done| **done)
            .count(),
        1
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn overlaps_and_disordered_days_are_refused(pool: PgPool) {
    let house = House::build(&pool, "BAN").await;
    let officer = house.person("Chuyên viên", house.department, Staff).await;
    let again = house.move_to(officer, house.department, Deputy, "01/07/2026");
    assert_eq!(
        refused_field(
            steps::add_post(&pool, house.acting, again)
                .await
                .unwrap_err()
        ),
        "from_day"
    );
    let post = house.post_of(officer).await;
    for bad in ["31/12/2025", "31/02/2026", "", "hôm qua"] {
        let refused = steps::end_post(&pool, house.acting, post, bad)
            .await
            .unwrap_err();
        assert_eq!(refused_field(refused), "until_day", "{bad}");
    }
    steps::end_post(&pool, house.acting, post, "30/06/2026")
        .await
        .unwrap();
    // Once ended it may end earlier, never later.
    assert!(
        steps::end_post(&pool, house.acting, post, "31/07/2026")
            .await
            .is_err()
    );
    steps::end_post(&pool, house.acting, post, "31/05/2026")
        .await
        .unwrap();
    let before = house.move_to(officer, house.department, Deputy, "31/05/2026");
    assert!(steps::add_post(&pool, house.acting, before).await.is_err());
    let after = house.move_to(officer, house.department, Deputy, "01/06/2026");
    steps::add_post(&pool, house.acting, after).await.unwrap();
    assert_eq!(house.posts().await, 2);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_bulk_insert_that_contradicts_itself_is_found(pool: PgPool) {
    let house = House::build(&pool, "BAN").await;
    let [a, b] = [(); 2].map(|()| OfficerId(Uuid::now_v7()));
    let mut db = pool.begin().await.unwrap();
    let officers =
        [(a, "CB-1", "Lê An"), (b, "CB-2", "Lê Bình")].map(|(officer, code, name)| NewOfficer {
            officer,
            code: code.to_owned(),
            full_name: name.to_owned(),
            task_group: None,
        });
    insert_officers(&mut db, house.agency, &officers)
        .await
        .unwrap();
    let post = |officer, from: &str, until: Option<&str>| NewPost {
        post: PostId(Uuid::now_v7()),
        officer,
        unit: house.department,
        kind: Head,
        title: "Vụ trưởng".to_owned(),
        from_day: day(from),
        until_day: until.map(day),
    };
    insert_posts(
        &mut db,
        house.agency,
        &[
            post(a, "2026-01-01", Some("2026-03-31")),
            post(b, "2026-04-01", None),
        ],
    )
    .await
    .unwrap();
    assert_eq!(first_conflict(&mut db, house.agency).await.unwrap(), None);
    insert_posts(&mut db, house.agency, &[post(a, "2026-06-01", None)])
        .await
        .unwrap();
    let conflict = first_conflict(&mut db, house.agency)
        .await
        .unwrap()
        .unwrap();
    assert!(conflict.two_heads);
    assert_eq!(conflict.unit_name, "Đơn vị VU");
}

#[sqlx::test(migrations = "../migrations")]
async fn codes_are_unique_and_what_was_typed_comes_back(pool: PgPool) {
    let house = House::build(&pool, "BAN").await;
    let refused = steps::add_unit(&pool, house.acting, house.root.0, "VU", "Vụ khác")
        .await
        .unwrap_err();
    let AppError::Invalid { field, typed, .. } = refused else {
        panic!("{refused:?}")
    };
    assert_eq!((field.as_str(), typed.as_str()), ("unit_code", "VU"));
    let added = steps::add_unit(&pool, house.acting, house.department.0, "TO-2", "Tổ 2")
        .await
        .unwrap();
    assert_eq!(
        unit(&pool, house.agency, added).await.unwrap().path,
        "/BAN/VU/TO-2/"
    );
    for (code, name) in [("a/b", "Tên"), ("", "Tên"), ("OK", ""), ("OK", " \t ")] {
        assert!(
            steps::add_unit(&pool, house.acting, house.root.0, code, name)
                .await
                .is_err()
        );
    }
    assert_eq!(agency_units(&pool, house.agency).await.unwrap().len(), 4);
}

#[sqlx::test(migrations = "../migrations")]
async fn two_who_rename_one_unit_see_both_names(pool: PgPool) {
    let house = House::build(&pool, "BAN").await;
    let unit = house.team.0;
    steps::rename_unit(&pool, house.acting, unit, "Đơn vị TO", "Tổ Một")
        .await
        .unwrap();
    let late = steps::rename_unit(&pool, house.acting, unit, "Đơn vị TO", "Tổ Hai")
        .await
        .unwrap_err();
    assert_eq!(
        late,
        AppError::Conflict {
            current: "Tổ Một".to_owned(),
            yours: "Tổ Hai".to_owned()
        }
    );
    let officer = house.person("Lê An", house.team, Staff).await;
    steps::change_person(&pool, house.acting, officer.0, 1, "Lê Văn An", "Tham mưu")
        .await
        .unwrap();
    let late = steps::change_person(&pool, house.acting, officer.0, 1, "Lê Thị An", "")
        .await
        .unwrap_err();
    assert_eq!(
        late,
        AppError::Conflict {
            current: "Lê Văn An".to_owned(),
            yours: "Lê Thị An".to_owned()
        }
    );
    let key: String = sqlx::query_scalar("select sort_key from officer where officer_id = $1")
        .bind(officer.0)
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(key, "An Lê Văn");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_unit_closes_only_when_it_is_empty(pool: PgPool) {
    let house = House::build(&pool, "BAN").await;
    let today = day("2026-06-15");
    let close = |unit: UnitId| steps::set_unit_active(&pool, house.acting, unit.0, false, today);
    assert!(close(house.root).await.is_err());
    assert!(close(house.department).await.is_err());
    let officer = house.person("Tổ viên", house.team, Staff).await;
    assert!(close(house.team).await.is_err());
    steps::end_post(
        &pool,
        house.acting,
        house.post_of(officer).await,
        "14/06/2026",
    )
    .await
    .unwrap();
    close(house.team).await.unwrap();
    close(house.department).await.unwrap();
    // Nobody is put into a closed unit, and a unit does not reopen below a closed one.
    let back = house.move_to(officer, house.team, Staff, "01/07/2026");
    assert_eq!(
        refused_field(
            steps::add_post(&pool, house.acting, back)
                .await
                .unwrap_err()
        ),
        "unit"
    );
    assert!(
        steps::set_unit_active(&pool, house.acting, house.team.0, true, today)
            .await
            .is_err()
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn holidays_are_kept_by_agency_and_read_in_order(pool: PgPool) {
    let house = House::build(&pool, "BAN").await;
    let other = House::build(&pool, "TINH").await;
    for (date, name) in [
        ("02/09/2026", "Quốc khánh"),
        ("30/04/2026", "Thống nhất"),
        ("30/04/2026", "Ngày Thống nhất"),
    ] {
        steps::add_holiday(&pool, house.acting, date, name)
            .await
            .unwrap();
    }
    let days = holidays(&pool, house.agency, day("2026-01-01"), day("2026-12-31"))
        .await
        .unwrap();
    assert_eq!(days, [day("2026-04-30"), day("2026-09-02")]);
    assert!(
        holidays(&pool, other.agency, day("2026-01-01"), day("2026-12-31"))
            .await
            .unwrap()
            .is_empty()
    );
    let missing = steps::remove_holiday(&pool, other.acting, day("2026-04-30")).await;
    assert_eq!(missing.unwrap_err(), AppError::NotFound);
    assert!(
        steps::add_holiday(&pool, house.acting, "30/02/2026", "x")
            .await
            .is_err()
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn every_change_leaves_a_line_in_the_log(pool: PgPool) {
    let house = House::build(&pool, "BAN").await;
    let officer = house.person("Lê An", house.team, Staff).await;
    steps::end_post(
        &pool,
        house.acting,
        house.post_of(officer).await,
        "14/06/2026",
    )
    .await
    .unwrap();
    let refused = steps::end_post(
        &pool,
        house.acting,
        house.post_of(officer).await,
        "01/01/1999",
    )
    .await;
    assert!(refused.is_err());
    let actions: Vec<String> =
        sqlx::query_scalar("select action from audit where agency_id = $1 order by audit_id")
            .bind(house.agency)
            .fetch_all(&pool)
            .await
            .unwrap();
    assert_eq!(actions, ["add_officer", "end_post"]);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_secondment_and_a_probation_are_kept_with_the_post(pool: PgPool) {
    let house = House::build(&pool, "BAN").await;
    let staff = house.person("Chuyên viên", house.root, Staff).await;
    let mut form = house.move_to(staff, house.department, Staff, "01/03/2026");
    form.ends = house.post_of(staff).await.to_string();
    form.arrangement = "secondment".to_owned();
    let unknown = PostForm {
        arrangement: "borrowed".to_owned(),
        ..form.clone()
    };
    let refused = steps::add_post(&pool, house.acting, unknown).await;
    assert!(matches!(refused, Err(AppError::Invalid { field, .. }) if field == "arrangement"));
    steps::add_post(&pool, house.acting, form).await.unwrap();
    let kept: Vec<String> =
        sqlx::query_scalar("select arrangement from post where officer_id = $1 order by from_day")
            .bind(staff.0)
            .fetch_all(&pool)
            .await
            .unwrap();
    assert_eq!(kept, ["regular", "secondment"]);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_post_that_overlaps_another_is_refused_unless_both_head_a_unit(pool: PgPool) {
    let house = House::build(&pool, "BAN").await;
    let staff = house.person("Chuyên viên", house.department, Staff).await;
    let elsewhere = house.move_to(staff, house.team, Staff, "01/07/2026");
    let refused = steps::add_post(&pool, house.acting, elsewhere).await;
    assert_eq!(refused_field(refused.unwrap_err()), "from_day");
    let head = house.person("Vụ trưởng", house.department, Head).await;
    let deputy = house.move_to(head, house.root, Deputy, "01/07/2026");
    let refused = steps::add_post(&pool, house.acting, deputy).await;
    assert_eq!(refused_field(refused.unwrap_err()), "from_day");
    let both = house.move_to(head, house.team, Head, "01/07/2026");
    steps::add_post(&pool, house.acting, both).await.unwrap();
    // The same over all posts, as a bulk insert is checked.
    sqlx::query(
        "insert into post (agency_id, post_id, officer_id, unit_id, kind, title, from_day)
         values ($1, gen_random_uuid(), $2, $3, 'staff', 'Chuyên viên', '2026-07-01')",
    )
    .bind(house.agency)
    .bind(staff.0)
    .bind(house.team.0)
    .execute(&pool)
    .await
    .unwrap();
    let mut db = pool.acquire().await.unwrap();
    let conflict = first_conflict(&mut db, house.agency).await.unwrap();
    assert!(conflict.is_some_and(|found| !found.two_heads && found.first == "Chuyên viên"));
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_comes_to_assess_the_person_who_assesses_him(pool: PgPool) {
    let house = House::build(&pool, "BAN").await;
    // Two departments beside each other, each with a team below it.
    let mut below = Vec::new();
    for code in ["P1", "P2"] {
        let department = UnitId(Uuid::now_v7());
        let team = UnitId(Uuid::now_v7());
        let path = format!("/BAN/{code}/");
        let mut db = pool.acquire().await.unwrap();
        insert_units(
            &mut db,
            house.agency,
            &[
                new_unit(department, Some(house.root), &path, code),
                new_unit(
                    team,
                    Some(department),
                    &format!("{path}T/"),
                    &format!("{code}T"),
                ),
            ],
        )
        .await
        .unwrap();
        below.push((department, team));
    }
    let [(first, first_team), (second, second_team)] = below[..] else {
        unreachable!()
    };
    let a = house.person("Người A", first, Head).await;
    let b = house.person("Người B", second, Head).await;
    // A also heads the team below B: B assesses A. The other way round closes the ring.
    let into_second = house.move_to(a, second_team, Head, "01/07/2026");
    steps::add_post(&pool, house.acting, into_second)
        .await
        .unwrap();
    assert_eq!(house.superior(a, "2026-07-01").await, Some(b));
    let into_first = house.move_to(b, first_team, Head, "01/07/2026");
    let refused = steps::add_post(&pool, house.acting, into_first).await;
    assert_eq!(refused_field(refused.unwrap_err()), "superior");
    assert_eq!(
        house.superior(b, "2026-07-01").await,
        None,
        "nothing was half done"
    );
}
