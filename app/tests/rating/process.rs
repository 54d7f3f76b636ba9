//! The steps of Điều 21 on a real PostgreSQL: the order, who may take which, the cap, and what is public when.

use app::dashboard::home::store::lines;
use app::error::AppError;
use app::rating::process::steps::{
    self, Above, Asked, Deciding, HandInForm, MeetingForm, OpinionForm, ProposalForm, Replacing,
};
use app::rating::process::wire::{ProcessView, Row};
use app::rating::wire::Standing;
use app::sign::Signer;
use kpi::ids::OfficerId;
use kpi::level::Level;
use kpi::permission::Permission;
use kpi::rating::process::YearStatus;
use sqlx::PgPool;
use uuid::Uuid;

use crate::fixture::{Agency, YEAR, field_of, today};

const EXCELLENT: &str = "95 95 95 95 95 95 95 95 95 95 95 95";
const GOOD: &str = "80 80 80 80 80 80 80 80 80 80 80 80";

fn year() -> (i32, chrono::NaiveDate) {
    (YEAR, today())
}

impl Agency {
    pub async fn hand_in(&self, pool: &PgPool, officer: OfficerId) -> Result<(), AppError> {
        let access = self.access(officer, Permission::HandInYearSheet);
        let form = HandInForm {
            self_level: "good".into(),
            self_remarks: "Hoàn thành các việc được giao.".into(),
            version: self.row(pool, officer).await.version,
        };
        steps::hand_in(pool, &access, year(), &form).await
    }

    pub async fn meet(&self, pool: &PgPool) -> Result<u64, AppError> {
        let access = self.access(self.personnel, Permission::RecordYear);
        let form = MeetingForm {
            unit: self.department.0,
            kept: false,
            number: "12-BB".into(),
            day: "2025-12-05".into(),
            summary: "Tập thể nhất trí.".into(),
        };
        steps::record_meeting(pool, &access, year(), &form).await
    }

    pub async fn propose_all(&self, pool: &PgPool) -> Result<u64, AppError> {
        let access = self.access(self.personnel, Permission::RecordYear);
        steps::propose_all(pool, &access, year()).await
    }

    pub async fn decide(
        &self,
        pool: &PgPool,
        by: OfficerId,
        officers: &[OfficerId],
    ) -> Result<usize, AppError> {
        let access = self.access(self.chief, Permission::DecideRating);
        let mut acting = access.clone();
        acting.actor.officer = Some(by);
        let signer = Signer::of_record(&acting.actor)?;
        let form = Deciding {
            officers: officers.iter().map(|officer| officer.0).collect(),
            number: "45-QĐ".into(),
            decided_on: "2025-12-12".into(),
            ..Deciding::default()
        };
        steps::decide(pool, &acting, year(), &signer, &form).await
    }

    pub async fn publish(&self, pool: &PgPool) -> Result<usize, AppError> {
        let access = self.access(self.personnel, Permission::PublishYear);
        steps::publish(pool, &access, year()).await
    }

    pub async fn process(&self, pool: &PgPool, by: OfficerId) -> ProcessView {
        let access = self.access(by, Permission::ViewYearProcess);
        steps::load_process(pool, &access, year(), &Asked::default())
            .await
            .unwrap()
    }

    pub async fn row(&self, pool: &PgPool, officer: OfficerId) -> Row {
        self.process(pool, self.chief)
            .await
            .rows
            .into_iter()
            .find(|row| row.line.officer == officer.0)
            .unwrap()
    }

    async fn public(&self, pool: &PgPool) -> Vec<(String, Level)> {
        let access = self.access(self.head, Permission::ViewPublication);
        steps::load_publication(pool, &access, year(), 1)
            .await
            .unwrap()
            .lines
            .into_iter()
            .map(|line| (line.name, line.level))
            .collect()
    }

    /// Everybody of the department handed in, met and proposed.
    pub async fn proposed(&self, pool: &PgPool, people: &[OfficerId]) {
        for officer in people {
            self.hand_in(pool, *officer).await.unwrap();
        }
        self.meet(pool).await.unwrap();
        self.propose_all(pool).await.unwrap();
    }
}

/// Three at 95 and nine at 80: two places for three candidates.
pub async fn with_surplus(pool: &PgPool) -> (Agency, Vec<OfficerId>) {
    let agency = Agency::new(pool, "a").await;
    let mut people = Vec::new();
    for name in ["An", "Bình", "Cường"] {
        people.push(agency.staff(pool, name, EXCELLENT).await);
    }
    for place in 0..9 {
        let name = format!("Người {place}");
        people.push(agency.staff(pool, &name, GOOD).await);
    }
    (agency, people)
}

#[sqlx::test(migrations = "../migrations")]
async fn a_year_goes_from_form_02_to_publication_and_a_surplus_is_chosen_before_it_is_signed(
    pool: PgPool,
) {
    let (agency, people) = with_surplus(&pool).await;
    let [first, second, third, ..] = people[..] else {
        panic!("twelve people")
    };
    assert_eq!(field_of(agency.meet(&pool).await), "unit");
    assert_eq!(field_of(agency.propose_all(&pool).await), "status");
    for officer in &people {
        agency.hand_in(&pool, *officer).await.unwrap();
    }
    assert_eq!(field_of(agency.hand_in(&pool, first).await), "status");
    assert_eq!(field_of(agency.propose_all(&pool).await), "status");
    assert_eq!(agency.meet(&pool).await, Ok(12));
    let own = agency.access(first, Permission::HandInYearSheet);
    let late = steps::take_back(&pool, &own, year(), 2).await;
    assert_eq!(field_of(late), "status", "the meeting was held");
    assert_eq!(agency.propose_all(&pool).await, Ok(12));
    assert_eq!(agency.row(&pool, first).await.status, YearStatus::Proposed);

    // Nothing is public, and nothing can be announced, before it is signed.
    assert_eq!(field_of(agency.publish(&pool).await), "status");
    assert_eq!(agency.public(&pool).await, []);
    // Three stand for two places: not all, not one of them, while nobody is chosen.
    assert_eq!(
        field_of(agency.decide(&pool, agency.chief, &people).await),
        "level"
    );
    assert_eq!(
        field_of(agency.decide(&pool, agency.chief, &[first]).await),
        "level"
    );
    assert_eq!(agency.row(&pool, first).await.status, YearStatus::Proposed);
    agency
        .choose(&pool, third, "good", "Ít sản phẩm nổi bật hơn")
        .await
        .unwrap();
    assert_eq!(
        agency.decide(&pool, agency.head, &people).await,
        Err(AppError::Forbidden)
    );
    assert_eq!(
        agency.decide(&pool, agency.chief, &people).await,
        Ok(12),
        "one signature"
    );
    assert_eq!(
        field_of(agency.decide(&pool, agency.chief, &people).await),
        "status"
    );
    assert_eq!(
        field_of(agency.choose(&pool, first, "good", "Muộn").await),
        "chosen",
        "a choice comes before the decision"
    );
    let signatures: i64 =
        sqlx::query_scalar("select count(*) from signature where kind = 'year_decision'")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(signatures, 1);
    let decision = agency.row(&pool, third).await.decision.unwrap();
    assert_eq!(
        (decision.level, decision.computed, decision.reason.as_str()),
        (Level::Good, Level::Excellent, "Ít sản phẩm nổi bật hơn")
    );

    // Signed, but the person hears of it only once it is announced.
    assert_eq!(agency.public(&pool).await, []);
    let reads = agency.access(third, Permission::ViewRating);
    let read = async || steps::load_decision(&pool, &reads, today(), decision.id).await;
    assert_eq!(read().await.unwrap_err(), AppError::NotFound);
    assert_eq!(agency.publish(&pool).await, Ok(12));
    let public = agency.public(&pool).await;
    assert_eq!(public.len(), 12);
    assert!(public.contains(&("Cường".to_owned(), Level::Good)));
    let view = read().await.unwrap();
    assert!(view.own && !view.replaces && view.signatures.len() == 1);
    let colleague = agency.access(second, Permission::ViewRating);
    assert_eq!(
        steps::load_decision(&pool, &colleague, today(), decision.id).await,
        Err(AppError::NotFound)
    );
    let told: i64 = sqlx::query_scalar("select count(*) from notification where officer_id = $1")
        .bind(third.0)
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(told, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn heads_wait_for_the_committee_and_the_chief_for_the_managing_agency(pool: PgPool) {
    let agency = Agency::new(&pool, "a").await;
    agency.months(&pool, agency.head, GOOD).await;
    agency.months(&pool, agency.chief, GOOD).await;
    agency.hand_in(&pool, agency.head).await.unwrap();
    agency.meet(&pool).await.unwrap();
    assert_eq!(field_of(agency.propose_all(&pool).await), "status");
    let records = agency.access(agency.personnel, Permission::RecordYear);
    let version = agency.row(&pool, agency.head).await.version;
    let proposal = ProposalForm {
        officer: agency.head.0,
        level: "good".into(),
        version,
        ..ProposalForm::default()
    };
    assert_eq!(
        field_of(steps::propose(&pool, &records, year(), &proposal).await),
        "status"
    );
    let opinion = OpinionForm {
        officer: agency.head.0,
        opinion: "Nhất trí mức hoàn thành tốt.".into(),
        day: "2025-12-08".into(),
        document: "7-NX/CU".into(),
        version,
    };
    steps::record_opinion(&pool, &records, year(), &opinion)
        .await
        .unwrap();
    assert!(matches!(
        steps::propose(&pool, &records, year(), &proposal).await,
        Err(AppError::Conflict { .. })
    ));
    let proposal = |level: &str, reason: &str| ProposalForm {
        officer: agency.head.0,
        level: level.into(),
        reason: reason.into(),
        version: version + 1,
        ..ProposalForm::default()
    };
    for (level, reason, field) in [
        ("excellent", "Có công", "level"),
        ("completed", "", "reason"),
        ("", "", "level"),
    ] {
        let refused = steps::propose(&pool, &records, year(), &proposal(level, reason)).await;
        assert_eq!(field_of(refused), field);
    }
    let typed = proposal("completed", "Đơn vị chậm hai đề án");
    steps::propose(&pool, &records, year(), &typed)
        .await
        .unwrap();
    let row = agency.row(&pool, agency.head).await;
    assert_eq!(
        row.proposed,
        Some((Level::Completed, "Đơn vị chậm hai đề án".into()))
    );

    // One step back leads to the opinion, not past it; the person himself may not.
    let himself = (agency.personnel.0, "Xem lại", 0);
    assert_eq!(
        steps::step_back(&pool, &records, year(), himself).await,
        Err(AppError::Forbidden)
    );
    let back = (agency.head.0, "Xem lại ý kiến", row.version);
    steps::step_back(&pool, &records, year(), back)
        .await
        .unwrap();
    assert_eq!(
        agency.row(&pool, agency.head).await.status,
        YearStatus::Opinion
    );

    // The chief: his own unit meets, the committee speaks, and the managing agency decides.
    agency.hand_in(&pool, agency.chief).await.unwrap();
    let root = sqlx::query_scalar::<_, Uuid>("select unit_id from unit where parent_id is null")
        .fetch_one(&pool)
        .await
        .unwrap();
    let unit = agency.row(&pool, agency.chief).await.line.unit;
    assert_eq!(unit, root);
    let meeting = MeetingForm {
        unit,
        kept: false,
        number: "13-BB".into(),
        day: "2025-12-05".into(),
        summary: "Nhất trí.".into(),
    };
    steps::record_meeting(&pool, &records, year(), &meeting)
        .await
        .unwrap();
    let again = MeetingForm {
        kept: true,
        ..meeting
    };
    let none_signed = steps::record_meeting(&pool, &records, year(), &again).await;
    assert_eq!(field_of(none_signed), "unit");
    let version = agency.row(&pool, agency.chief).await.version;
    let opinion = OpinionForm {
        officer: agency.chief.0,
        version,
        ..opinion
    };
    steps::record_opinion(&pool, &records, year(), &opinion)
        .await
        .unwrap();
    agency.propose_all(&pool).await.unwrap();
    assert_eq!(
        agency.decide(&pool, agency.chief, &[agency.chief]).await,
        Err(AppError::Forbidden)
    );
    let above = |officer: OfficerId, level: &str, reason: &str| Above {
        officer: officer.0,
        level: level.into(),
        reason: reason.into(),
        number: "90-QĐ/TW".into(),
        decided_on: "2025-12-14".into(),
        authority: "Cơ quan quản lý".into(),
    };
    let enter = async |form: Above| steps::enter_decision(&pool, &records, year(), &form).await;
    assert_eq!(
        field_of(enter(above(agency.head, "good", "")).await),
        "status",
        "the head of a department is decided about here"
    );
    let view = agency.process(&pool, agency.chief).await;
    let chief = agency.chief.0;
    assert!(view.to_decide.iter().all(|row| row.line.officer != chief));
    enter(above(agency.chief, "good", "")).await.unwrap();
    agency.publish(&pool).await.unwrap();
    assert_eq!(
        field_of(enter(above(agency.chief, "good", " ")).await),
        "reason",
        "another one replaces the first, with a reason"
    );
    enter(above(agency.chief, "completed", "Có kết luận mới"))
        .await
        .unwrap();
    let row = agency.row(&pool, agency.chief).await;
    assert_eq!(row.decision.unwrap().level, Level::Completed);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_decision_is_replaced_within_the_computed_level_and_the_places_and_both_stay(
    pool: PgPool,
) {
    let (agency, people) = with_surplus(&pool).await;
    agency.proposed(&pool, &people).await;
    let [_, second, third, fourth, ..] = people[..] else {
        panic!("twelve people")
    };
    agency.choose(&pool, third, "good", "Nhường").await.unwrap();
    agency.decide(&pool, agency.chief, &people).await.unwrap();
    agency.publish(&pool).await.unwrap();
    let access = agency.access(agency.chief, Permission::DecideRating);
    let signer = Signer::of_record(&access.actor).unwrap();
    let replace = async |officer: OfficerId, level: &str, reason: &str| {
        let form = Replacing {
            decision: agency.row(&pool, officer).await.decision.unwrap().id,
            level: level.into(),
            reason: reason.into(),
            number: "50-QĐ".into(),
            decided_on: "2026-01-10".into(),
        };
        steps::replace(&pool, &access, today(), &signer, &form).await
    };
    let full = replace(third, "excellent", "Xem lại").await;
    assert_eq!(field_of(full), "level", "both places are taken");
    let above = replace(fourth, "excellent", "Xem lại").await;
    assert_eq!(field_of(above), "level", "above the computed level");
    assert_eq!(field_of(replace(second, "good", " ").await), "reason");
    assert_eq!(
        field_of(replace(second, "excellent", "Không đổi").await),
        "level"
    );
    let old = agency.row(&pool, second).await.decision.unwrap();
    replace(second, "good", "Phát hiện khuyết điểm")
        .await
        .unwrap();
    let new = replace(third, "excellent", "Có suất trống").await.unwrap();
    let row = agency.row(&pool, third).await;
    assert_eq!(row.status, YearStatus::Published);
    assert_eq!(row.decision.as_ref().unwrap().id, new);
    assert!(
        row.decision.unwrap().published.is_some(),
        "announced at once"
    );
    let reads = agency.access(second, Permission::ViewRating);
    let view = steps::load_decision(&pool, &reads, today(), old.id)
        .await
        .unwrap();
    assert_eq!(view.chain.len(), 2);
    assert!(view.decision.replaced_by.is_some());
    // The database holds the same.
    for sql in [
        "update year_decision set level = 'completed'",
        "delete from year_decision",
        "update year_sheet set proposed_level = 'completed'",
        "update year_sheet set status = 'proposed'",
        "delete from year_sheet",
    ] {
        assert!(sqlx::query(sql).execute(&pool).await.is_err(), "{sql}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_sheet_keeps_its_months_opens_in_november_and_is_made_for_somebody_away(pool: PgPool) {
    let agency = Agency::new(&pool, "a").await;
    let officer = agency.staff(&pool, "An", GOOD).await;
    agency.hand_in(&pool, officer).await.unwrap();
    sqlx::query("update person_month set score = 70 where officer_id = $1")
        .bind(officer.0)
        .execute(&pool)
        .await
        .unwrap();
    let access = agency.access(officer, Permission::ViewRating);
    let sheet = async || {
        steps::load_sheet(&pool, &access, year(), None)
            .await
            .unwrap()
    };
    let stored = sheet().await;
    assert_eq!(stored.mean.unwrap().to_string(), "80.00");
    assert!(stored.months.iter().all(|month| month.score.is_some()));
    let own = agency.access(officer, Permission::HandInYearSheet);
    steps::take_back(&pool, &own, year(), stored.version)
        .await
        .unwrap();
    assert_eq!(sheet().await.mean.unwrap().normalize().to_string(), "70");
    let form = HandInForm {
        self_level: "good".into(),
        ..HandInForm::default()
    };
    let october = "2026-10-31".parse().unwrap();
    assert_eq!(
        field_of(steps::hand_in(&pool, &own, (2026, october), &form).await),
        "year"
    );
    let head = agency.access(agency.head, Permission::ViewRating);
    let seen = steps::load_sheet(&pool, &head, year(), Some(officer.0))
        .await
        .unwrap();
    assert!(!seen.own && seen.opinion.is_none() && seen.decisions.is_empty());

    let away = agency.staff(&pool, "Bình", GOOD).await;
    let records = agency.access(agency.personnel, Permission::RecordYear);
    let make = async |why: &str| {
        steps::hand_in_for_absent(&pool, &records, year(), (away.0, why, 0)).await
    };
    assert_eq!(field_of(make(" ").await), "reason");
    make("Nghỉ thai sản").await.unwrap();
    let row = agency.row(&pool, away).await;
    assert_eq!((row.status, row.self_level), (YearStatus::Submitted, None));
    let himself = (agency.personnel.0, "Bận", 0);
    assert_eq!(
        steps::hand_in_for_absent(&pool, &records, year(), himself).await,
        Err(AppError::Forbidden)
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn what_the_managing_agency_decided_takes_no_place_here(pool: PgPool) {
    let agency = Agency::new(&pool, "a").await;
    agency.months(&pool, agency.chief, EXCELLENT).await;
    let one = agency.staff(&pool, "An", EXCELLENT).await;
    let mut people = vec![one];
    for place in 0..5 {
        let name = format!("Người {place}");
        people.push(agency.staff(&pool, &name, GOOD).await);
    }
    // The chief stands at "xuất sắc" too, and neither takes the one place nor makes another.
    let view = agency.view(&pool, agency.chief).await;
    for gauge in &view.gauges {
        let counted = (gauge.good_or_better, gauge.candidates, gauge.most);
        assert_eq!(counted, (6, 1, 1), "{}", gauge.group);
    }
    assert_eq!(view.candidates, []);
    let standing = |officer: OfficerId| {
        let line = view.people.iter().find(|line| line.officer == officer.0);
        line.unwrap().standing.clone()
    };
    assert_eq!(standing(one), Standing::Within);
    assert_eq!(standing(agency.chief), Standing::Above);
    assert!(!agency.row(&pool, one).await.contested);
    agency.proposed(&pool, &people).await;
    assert_eq!(agency.decide(&pool, agency.chief, &people).await, Ok(6));
    let level = agency.row(&pool, one).await.decision.unwrap().level;
    assert_eq!(level, Level::Excellent);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_authority_decides_another_level_about_one_person_with_a_reason(pool: PgPool) {
    let agency = Agency::new(&pool, "a").await;
    let mut people = Vec::new();
    for name in ["An", "Bình"] {
        people.push(agency.staff(&pool, name, GOOD).await);
    }
    let waits = async |by: OfficerId| {
        let access = agency.access(by, Permission::ViewRating);
        let sheet = steps::load_sheet(&pool, &access, year(), Some(people[0].0)).await;
        sheet.unwrap().to_decide
    };
    assert_eq!(waits(agency.chief).await, None, "nothing is proposed yet");
    agency.proposed(&pool, &people).await;
    let waiting = waits(agency.chief).await.unwrap();
    assert_eq!(
        (waiting.proposed, waiting.computed),
        (Level::Good, Level::Good)
    );
    for reader in [agency.personnel, agency.head, people[0]] {
        assert_eq!(waits(reader).await, None);
    }
    let decide = async |officers: &[OfficerId], level: &str, reason: &str| {
        let access = agency.access(agency.chief, Permission::DecideRating);
        let signer = Signer::of_record(&access.actor)?;
        let form = Deciding {
            officers: officers.iter().map(|officer| officer.0).collect(),
            level: level.into(),
            reason: reason.into(),
            number: "46-QĐ".into(),
            decided_on: "2025-12-12".into(),
        };
        steps::decide(&pool, &access, year(), &signer, &form).await
    };
    let one = &people[..1];
    assert_eq!(field_of(decide(one, "completed", " ").await), "reason");
    assert_eq!(field_of(decide(one, "good", "").await), "reason");
    assert_eq!(
        field_of(decide(one, "excellent", "Có công").await),
        "level",
        "never above what is computed"
    );
    assert_eq!(
        field_of(decide(&people, "completed", "Cùng lý do").await),
        "level",
        "one person at a time"
    );
    let why = "Có kết luận kiểm tra";
    assert_eq!(decide(one, "completed", why).await, Ok(1));
    let decision = agency.row(&pool, people[0]).await.decision.unwrap();
    assert_eq!(
        (decision.level, decision.computed, decision.reason.as_str()),
        (Level::Completed, Level::Good, why)
    );
    assert_eq!(waits(agency.chief).await, None);
    assert_eq!(decide(&people[1..], "", "").await, Ok(1));
}

#[sqlx::test(migrations = "../migrations")]
async fn the_first_page_counts_those_who_wait_for_the_choice_in_a_surplus(pool: PgPool) {
    let (agency, people) = with_surplus(&pool).await;
    let waiting = async || -> Vec<(i64, String)> {
        let access = agency.access(agency.chief, Permission::SignedIn);
        let lines = lines(&pool, &access, today()).await.unwrap().into_iter();
        lines
            .filter(|line| line.what.contains("vượt tỷ lệ"))
            .map(|line| (line.count, line.link))
            .collect()
    };
    assert_eq!(waiting().await, [], "nothing is proposed yet");
    agency.proposed(&pool, &people).await;
    let link = format!("/rating?year={YEAR}#candidates");
    assert_eq!(waiting().await, [(3, link.clone())]);
    agency
        .choose(&pool, people[0], "excellent", "Chủ trì đề án")
        .await
        .unwrap();
    assert_eq!(waiting().await, [(2, link)]);
    agency
        .choose(&pool, people[2], "good", "Nhường suất")
        .await
        .unwrap();
    assert_eq!(waiting().await, [], "two for two places");
}
