//! Petitions about the decision of a year (Điều 22): when they may be lodged, who sees and answers them, what a granted one
//! changes. Those about a month stand with the review.

use app::error::AppError;
use app::petition::steps::{self, Answering, Lodging};
use app::petition::wire::{Lists, Petition};
use app::sign::Signer;
use chrono::{Days, NaiveDate};
use kpi::ids::OfficerId;
use kpi::level::Level;
use kpi::permission::Permission;
use kpi::petition::{PetitionOutcome, PetitionStatus};
use sqlx::PgPool;
use uuid::Uuid;

use crate::fixture::{Agency, field_of, run};
use crate::process::with_surplus;

/// Results are announced by the clock of the database.
pub fn now() -> NaiveDate {
    app::format::vietnam(chrono::Utc::now()).date()
}

impl Agency {
    pub async fn lodge(
        &self,
        pool: &PgPool,
        officer: OfficerId,
        (about, today): (Uuid, NaiveDate),
    ) -> Result<Uuid, AppError> {
        let access = self.access(officer, Permission::LodgePetition);
        let typed = Lodging {
            about: about.to_string(),
            text: "Đề nghị xem lại.".into(),
            ..Lodging::default()
        };
        steps::lodge(pool, &access, today, &typed).await
    }

    async fn answer(&self, pool: &PgPool, by: OfficerId, form: &Answering) -> Result<(), AppError> {
        let mut access = self.access(self.chief, Permission::AnswerPetition);
        access.actor.officer = Some(by);
        let signer = Signer::of_record(&access.actor)?;
        steps::answer(pool, &access, now(), &signer, form).await
    }

    pub async fn petition(
        &self,
        pool: &PgPool,
        by: OfficerId,
        id: Uuid,
    ) -> Result<Petition, AppError> {
        let access = self.access(by, Permission::ViewPetition);
        steps::load(pool, &access, now(), id).await
    }

    async fn petitions(&self, pool: &PgPool, by: OfficerId) -> Lists {
        let access = self.access(by, Permission::ViewPetition);
        steps::load_lists(pool, &access, now(), "").await.unwrap()
    }

    pub async fn decision(&self, pool: &PgPool, officer: OfficerId) -> Uuid {
        self.row(pool, officer).await.decision.unwrap().id
    }
}

fn answering(petition: Uuid, outcome: &str, level: &str) -> Answering {
    Answering {
        petition,
        outcome: outcome.into(),
        reply: "Đã xem lại hồ sơ.".into(),
        level: level.into(),
        number: "60-QĐ".into(),
        decided_on: "2026-01-20".into(),
        version: 1,
        ..Answering::default()
    }
}

/// Twelve people with signed decisions; the third gave way to the cap.
pub async fn decided(pool: &PgPool) -> (Agency, Vec<OfficerId>) {
    let (agency, people) = with_surplus(pool).await;
    agency.proposed(pool, &people).await;
    agency
        .choose(pool, people[2], "good", "Nhường suất")
        .await
        .unwrap();
    agency.decide(pool, agency.chief, &people).await.unwrap();
    (agency, people)
}

#[sqlx::test(migrations = "../migrations")]
async fn a_petition_waits_for_the_announcement_and_is_seen_by_its_parties_alone(pool: PgPool) {
    let (agency, people) = decided(&pool).await;
    let (second, third) = (people[1], people[2]);
    let decision = agency.decision(&pool, third).await;
    let early = agency.lodge(&pool, third, (decision, now())).await;
    assert_eq!(field_of(early), "about", "not announced yet");
    agency.publish(&pool).await.unwrap();
    assert_eq!(
        agency.lodge(&pool, second, (decision, now())).await,
        Err(AppError::NotFound),
        "somebody else's decision"
    );
    let id = agency.lodge(&pool, third, (decision, now())).await.unwrap();
    let again = agency.lodge(&pool, third, (decision, now())).await;
    assert_eq!(field_of(again), "about", "one is open");
    let other = agency.decision(&pool, second).await;
    agency.lodge(&pool, second, (other, now())).await.unwrap();

    let view = agency.petition(&pool, third, id).await.unwrap();
    assert!(view.own && view.answers.is_none());
    assert_eq!((view.line.left, view.line.authority), (7, agency.chief.0));
    let view = agency.petition(&pool, agency.chief, id).await.unwrap();
    assert_eq!(view.answers.unwrap().computed, Some(Level::Excellent));
    agency.petition(&pool, agency.personnel, id).await.unwrap();
    for other in [second, agency.head] {
        assert_eq!(
            agency.petition(&pool, other, id).await.unwrap_err(),
            AppError::NotFound
        );
    }
    let lists = agency.petitions(&pool, agency.chief).await;
    assert_eq!((lists.to_answer.len(), lists.all), (2, None));
    let lists = agency.petitions(&pool, third).await;
    assert_eq!((lists.own.len(), lists.to_answer.len()), (1, 0));
    let lists = agency.petitions(&pool, agency.personnel).await;
    assert_eq!(lists.all.map(|all| all.len()), Some(2));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_granted_petition_replaces_the_decision_and_a_refused_one_leaves_it(pool: PgPool) {
    let (agency, people) = decided(&pool).await;
    agency.publish(&pool).await.unwrap();
    let (second, third) = (people[1], people[2]);
    let old = agency.decision(&pool, third).await;
    let id = agency.lodge(&pool, third, (old, now())).await.unwrap();
    let form = answering(id, "granted", "excellent");
    assert_eq!(
        agency.answer(&pool, third, &form).await,
        Err(AppError::Forbidden),
        "the petitioner"
    );
    assert_eq!(
        agency.answer(&pool, agency.head, &form).await,
        Err(AppError::NotFound),
        "no party"
    );
    assert_eq!(
        field_of(agency.answer(&pool, agency.chief, &form).await),
        "level",
        "no place is left"
    );
    for (form, field) in [
        (answering(id, "", "good"), "outcome"),
        (answering(id, "granted", ""), "level"),
        (
            Answering {
                reply: " ".into(),
                ..answering(id, "refused", "")
            },
            "reply",
        ),
        (
            Answering {
                number: String::new(),
                ..answering(id, "granted", "completed")
            },
            "number",
        ),
    ] {
        assert_eq!(
            field_of(agency.answer(&pool, agency.chief, &form).await),
            field
        );
    }
    let stale = Answering {
        version: 7,
        ..answering(id, "refused", "")
    };
    assert!(matches!(
        agency.answer(&pool, agency.chief, &stale).await,
        Err(AppError::Conflict { .. })
    ));
    assert_eq!(
        agency.decision(&pool, third).await,
        old,
        "nothing half done"
    );

    // Whoever gives his place back makes room.
    let other = agency.decision(&pool, second).await;
    let refused = agency.lodge(&pool, second, (other, now())).await.unwrap();
    agency
        .answer(&pool, agency.chief, &answering(refused, "partly", "good"))
        .await
        .unwrap();
    agency.answer(&pool, agency.chief, &form).await.unwrap();
    let new = agency.row(&pool, third).await.decision.unwrap();
    assert_eq!(
        (new.level, new.supersedes.unwrap().0),
        (Level::Excellent, old)
    );
    let view = agency.petition(&pool, third, id).await.unwrap();
    assert_eq!(
        (view.line.status, view.line.outcome, view.new_decision),
        (
            PetitionStatus::Answered,
            Some(PetitionOutcome::Granted),
            Some(new.id)
        )
    );
    assert_eq!(view.signatures.len(), 1);
    assert_eq!(
        field_of(agency.answer(&pool, agency.chief, &form).await),
        "status"
    );
    let access = agency.access(third, Permission::LodgePetition);
    assert_eq!(
        field_of(steps::withdraw(&pool, &access, now(), (id, 2)).await),
        "status"
    );
    let gone = agency.lodge(&pool, third, (old, now())).await;
    assert_eq!(field_of(gone), "about", "that decision was replaced");

    let fourth = people[3];
    let kept = agency.decision(&pool, fourth).await;
    let id = agency.lodge(&pool, fourth, (kept, now())).await.unwrap();
    agency
        .answer(&pool, agency.chief, &answering(id, "refused", ""))
        .await
        .unwrap();
    assert_eq!(agency.decision(&pool, fourth).await, kept);
    for sql in [
        "update petition set text = 'khác'",
        "update petition set status = 'lodged'",
        "delete from petition",
    ] {
        assert!(sqlx::query(sql).execute(&pool).await.is_err(), "{sql}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_petition_is_withdrawn_by_who_lodged_it_and_late_only_where_the_rules_say_so(
    pool: PgPool,
) {
    let (agency, people) = decided(&pool).await;
    agency.publish(&pool).await.unwrap();
    let third = people[2];
    let decision = agency.decision(&pool, third).await;
    let much_later = now().checked_add_days(Days::new(400)).unwrap();
    let id = agency.lodge(&pool, third, (decision, much_later)).await;
    let id = id.unwrap();
    let withdraw = async |by: OfficerId, version| {
        let access = agency.access(by, Permission::LodgePetition);
        steps::withdraw(&pool, &access, now(), (id, version)).await
    };
    assert_eq!(withdraw(people[0], 1).await, Err(AppError::NotFound));
    assert_eq!(withdraw(agency.chief, 1).await, Err(AppError::Forbidden));
    assert!(matches!(
        withdraw(third, 9).await,
        Err(AppError::Conflict { .. })
    ));
    withdraw(third, 1).await.unwrap();

    let mut set = kpi::rule_set::RuleSet::nd_335_2025();
    set.code = "co-quan".into();
    set.petition_lodging_days = Some(5);
    sqlx::query(
        "insert into rule_set (agency_id, rule_set_id, code, name, legal_basis, status, content, copied_from, author, decision,
             effective_from, approved_by, approved_at)
         values ($1, $2, 'co-quan', 'Quy chế', 'Quyết định 3', 'approved', $3, 'nd-335-2025', $2, '3', '2025-01-01', $1, now())",
    )
    .bind(agency.agency.0)
    .bind(Uuid::now_v7())
    .bind(serde_json::to_value(&set).unwrap())
    .execute(&pool)
    .await
    .unwrap();
    let late = agency.lodge(&pool, third, (decision, much_later)).await;
    assert_eq!(field_of(late), "about", "after the deadline");
    agency.lodge(&pool, third, (decision, now())).await.unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn a_petition_about_a_year_is_answered_by_whoever_heads_the_agency_now(pool: PgPool) {
    let (agency, people) = decided(&pool).await;
    agency.publish(&pool).await.unwrap();
    let third = people[2];
    let decision = agency.decision(&pool, third).await;
    let id = agency.lodge(&pool, third, (decision, now())).await.unwrap();
    let root = agency
        .access(agency.chief, Permission::ViewPetition)
        .actor
        .posts[0]
        .unit;
    // The head moves to a department, and another takes his place.
    run(
        &pool,
        "update post set until_day = current_date - 30 where agency_id = $1 and officer_id = $2",
        &[agency.agency.0, agency.chief.0],
        &[],
    )
    .await;
    let from = now().checked_sub_days(Days::new(10)).unwrap().to_string();
    let since = (from.as_str(), None);
    agency
        .post(&pool, agency.chief, "staff", agency.department, since)
        .await;
    agency
        .post(&pool, agency.personnel, "head", root, since)
        .await;
    let refused = answering(id, "refused", "");
    assert_eq!(
        agency.answer(&pool, agency.chief, &refused).await,
        Err(AppError::NotFound)
    );
    let view = agency.petition(&pool, third, id).await.unwrap();
    assert_eq!(view.line.authority, agency.personnel.0);
    let granted = answering(id, "granted", "excellent");
    assert_eq!(
        field_of(agency.answer(&pool, agency.personnel, &granted).await),
        "level",
        "no place is left: his own power to decide reaches as far as that of the one before"
    );
    agency
        .answer(&pool, agency.personnel, &refused)
        .await
        .unwrap();
}
