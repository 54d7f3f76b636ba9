//! A person sees who looked at his year (the sheet, its print, the decision, its notice, the petition) and who signed
//! about it.

use app::admin::record::store::page;
use app::rating::process::steps as process;
use app::rating::steps;
use app::report::Paper;
use app::report::compose::compose;
use app::sign::Kind;
use kpi::ids::OfficerId;
use kpi::permission::Permission;
use sqlx::PgPool;
use uuid::Uuid;

use crate::fixture::{YEAR, today};
use crate::petition::{decided, now};
use crate::views::{looked_at, views_by};

#[sqlx::test(migrations = "../migrations")]
async fn whoever_opens_a_page_or_file_of_somebodys_year_is_recorded(pool: PgPool) {
    let (agency, people) = decided(&pool).await;
    agency.publish(&pool).await.unwrap();
    let officer = people[2];
    let decision = agency.decision(&pool, officer).await;
    let petition = agency
        .lodge(&pool, officer, (decision, now()))
        .await
        .unwrap();
    let year = (YEAR, today());
    for reader in [officer, agency.personnel, agency.chief] {
        let access = agency.access(reader, Permission::ViewRating);
        let print = async |paper| {
            let file = compose(&pool, &access, today(), paper).await;
            file.map(drop).unwrap();
        };
        let recorded = async |what, times| {
            if reader != officer {
                looked_at(&pool, (reader, officer), (what, times)).await;
            }
        };
        steps::load_person(&pool, &access, year, officer)
            .await
            .unwrap();
        recorded("rating", 1).await;
        process::load_sheet(&pool, &access, year, Some(officer.0))
            .await
            .unwrap();
        recorded("year_sheet", 1).await;
        print(Paper::YearSheet(YEAR, officer)).await;
        recorded("year_sheet", 2).await;
        process::load_decision(&pool, &access, today(), decision)
            .await
            .unwrap();
        recorded("decision", 1).await;
        print(Paper::Notice(decision)).await;
        recorded("decision", 2).await;
        agency.petition(&pool, reader, petition).await.unwrap();
        recorded("petition", 1).await;
    }
    assert_eq!(
        views_by(&pool, officer).await,
        0,
        "one's own looking is no view"
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn one_signature_under_many_decisions_is_in_the_history_of_each_once_he_was_told(
    pool: PgPool,
) {
    let (agency, people) = decided(&pool).await;
    let signed = async |officer: OfficerId| -> Vec<(Uuid, Kind, Option<i32>, String)> {
        let access = agency.access(officer, Permission::SignedIn);
        let view = page(&pool, &access, None, "signatures").await.unwrap();
        assert!(view.lines.is_empty() && view.has_record);
        let found = view.signatures.into_iter();
        found
            .map(|(one, link)| (one.id, one.kind, one.year, link))
            .collect()
    };
    assert_eq!(signed(people[0]).await, [], "signed, and not announced");
    agency.publish(&pool).await.unwrap();
    let (one, other) = (signed(people[0]).await, signed(people[1]).await);
    for (found, officer) in [(&one, people[0]), (&other, people[1])] {
        let decision = agency.decision(&pool, officer).await;
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].1, found[0].2, found[0].3.as_str()),
            (
                Kind::YearDecision,
                Some(YEAR),
                format!("/decision/{decision}").as_str()
            ),
            "each is led to his own decision"
        );
    }
    assert_eq!(one[0].0, other[0].0, "one signature");
    assert_eq!(
        signed(agency.head).await,
        [],
        "nothing was decided about him"
    );
}
