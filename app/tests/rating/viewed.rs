//! A person sees who looked at his year: the sheet, its print, the decision, its notice, the petition.

use app::rating::process::steps as process;
use app::rating::steps;
use app::report::Paper;
use app::report::compose::compose;
use kpi::permission::Permission;
use sqlx::PgPool;

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
