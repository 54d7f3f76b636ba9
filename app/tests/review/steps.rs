//! The database knows the same steps as `kpi`: every pair of states is tried against the trigger of its table.

use std::collections::BTreeSet;

use kpi::period::life;
use kpi::petition;
use kpi::rating::process;
use kpi::review::{SHEET_TRANSITIONS, SheetStatus};
use sqlx::{AssertSqlSafe, PgPool};

type Pairs = BTreeSet<(&'static str, &'static str)>;

/// Changes of state that the trigger function of a table lets pass. A bare copy of the table is tried, so that nothing
/// but the trigger refuses.
async fn passed(pool: &PgPool, table: &str, function: &str, states: &[&'static str]) -> Pairs {
    let mut passed = Pairs::new();
    for from in states {
        for to in states {
            let mut db = pool.begin().await.unwrap();
            for sql in [
                format!(
                    "create temporary table probe on commit drop as select * from {table} limit 0"
                ),
                format!("insert into probe (status) values ('{from}')"),
                format!(
                    "create trigger probe_steps before update on probe for each row execute function {function}()"
                ),
            ] {
                sqlx::query(AssertSqlSafe(sql))
                    .execute(&mut *db)
                    .await
                    .unwrap();
            }
            let sql = format!("update probe set status = '{to}'");
            let refused = sqlx::query(AssertSqlSafe(sql))
                .execute(&mut *db)
                .await
                .err();
            let of_the_step = refused.is_some_and(|error| {
                let message = error.to_string();
                ["does not go from", "is final", "never changed"]
                    .iter()
                    .any(|words| message.contains(words))
            });
            if !of_the_step {
                passed.insert((*from, *to));
            }
            db.rollback().await.unwrap();
        }
    }
    passed
}

/// The steps of a machine as pairs, and staying in a state that is not final.
fn expected(
    steps: impl Iterator<Item = (&'static str, &'static str)>,
    still: &[&'static str],
) -> Pairs {
    steps
        .chain(still.iter().map(|state| (*state, *state)))
        .collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn the_database_takes_the_steps_of_the_rules_and_no_other(pool: PgPool) {
    let states = codes(life::PeriodStatus::CHOICES);
    let steps = life::transitions().map(|(from, _, to)| (from.as_str(), to.as_str()));
    assert_eq!(
        passed(&pool, "period", "refuse_period_step", &states).await,
        expected(
            steps,
            &["open", "self_assessment", "confirmation", "announced"]
        )
    );

    let states = codes(SheetStatus::CHOICES);
    let steps = SHEET_TRANSITIONS
        .iter()
        .map(|(from, _, to)| (from.as_str(), to.as_str()));
    assert_eq!(
        passed(&pool, "sheet", "refuse_sheet_step", &states).await,
        expected(steps, &states)
    );

    let states = codes(process::YearStatus::CHOICES);
    let steps = process::transitions().map(|(from, _, to)| (from.as_str(), to.as_str()));
    assert_eq!(
        passed(&pool, "year_sheet", "refuse_year_sheet_step", &states).await,
        expected(steps, &states)
    );

    let states = codes(petition::PetitionStatus::CHOICES);
    let steps = petition::transitions().map(|(from, _, to)| (from.as_str(), to.as_str()));
    assert_eq!(
        passed(&pool, "petition", "refuse_petition_step", &states).await,
        expected(steps, &["lodged"])
    );
}

fn codes(choices: &[(&'static str, &'static str)]) -> Vec<&'static str> {
    choices.iter().map(|(code, _)| *code).collect()
}
