//! The demo agency: stored sums agree, scores follow from what is stored, the same day gives the same agency.

#![expect(
    clippy::unwrap_used,
    reason = "the functions the tests share are tests too"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use app::state::Clock;
use chrono::NaiveDate;
use kpi::assignment::delays_of_rounds;
use kpi::rule_set::RuleSet;
use kpi::scoring::{PeriodInput, score};
use kpi::trace::Trace;
use rust_decimal::Decimal;
use server::command::demo::{accounts, create, ensure};
use server::demo::{Plan, plan};
use sqlx::PgPool;
use uuid::Uuid;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 18).unwrap()
}

/// The agency of `today`, made once for all tests that only read it.
fn read_only() -> &'static Plan {
    static PLAN: OnceLock<Plan> = OnceLock::new();
    PLAN.get_or_init(|| plan(today()).unwrap())
}

#[test]
fn the_same_day_gives_the_same_agency_and_another_day_another() {
    let digest = |plan: &Plan| serde_json::to_string(plan).unwrap();
    let first = digest(read_only());
    assert!(
        first == digest(&plan(today()).unwrap()),
        "the plan of a day changed between two calls"
    );
    assert!(
        first != digest(&plan(today().succ_opt().unwrap()).unwrap()),
        "the next day looks like this one"
    );
}

#[test]
fn any_day_of_a_year_makes_an_agency_without_future_events() {
    for offset in [2, 9, 13, 30, 100] {
        let day = today() + chrono::Duration::days(offset);
        let plan = plan(day).unwrap();
        assert_eq!(plan.periods.len(), 13);
        let end = day.and_hms_opt(1, 0, 0).unwrap().and_utc();
        assert!(
            plan.progress_reports
                .iter()
                .all(|row| row.work_day <= day && row.at <= end)
        );
        assert!(
            plan.deliveries
                .iter()
                .all(|row| row.at <= end && row.decided_at.is_none_or(|at| at <= end))
        );
        assert!(
            plan.sheets
                .iter()
                .all(|row| row.confirmed_at.is_none_or(|at| at <= end))
        );
        assert!(
            plan.assignments
                .iter()
                .all(|row| row.created_at <= end && row.updated_at <= end)
        );
        assert!(
            plan.causes
                .iter()
                .all(|row| row.requested_at <= end && row.decided_at.is_none_or(|at| at <= end))
        );
    }
}

#[test]
fn scores_vary_as_between_people_and_every_level_occurs() {
    let plan = read_only();
    let mut months: BTreeMap<NaiveDate, Vec<Decimal>> = BTreeMap::new();
    let mut levels: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &plan.person_months {
        if let (Some(score), Some(level)) = (row.score, &row.level) {
            months.entry(row.period).or_default().push(score);
            *levels.entry(level).or_default() += 1;
        }
    }
    assert_eq!(months.len(), 13);
    for (month, scores) in months {
        let count = Decimal::from(scores.len());
        let mean = scores.iter().sum::<Decimal>() / count;
        let variance = scores
            .iter()
            .map(|score| (score - mean) * (score - mean))
            .sum::<Decimal>()
            / count;
        assert!(scores.len() > 190, "{month}: {}", scores.len());
        assert!(variance > Decimal::from(9), "{month}: {variance}");
    }
    assert_eq!(levels.len(), 4, "{levels:?}");
}

#[test]
fn people_rate_themselves_higher_than_their_heads_do() {
    let plan = read_only();
    let (mut higher, mut lower) = (0, 0);
    for row in &plan.sheet_criteria {
        if let (Some(own), Some(confirmed)) = (row.self_points, row.confirmed_points) {
            higher += i32::from(own > confirmed);
            lower += i32::from(own < confirmed);
            assert_eq!(own == confirmed, row.reason.is_empty(), "{row:?}");
        }
    }
    assert!(
        higher > 3 * lower && lower > 0,
        "{higher} higher, {lower} lower"
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_stored_agrees_with_itself(pool: PgPool) {
    create(&pool, Clock::fixed(today())).await.unwrap();
    let count = async |sql: &'static str| {
        sqlx::query_scalar::<_, i64>(sql)
            .fetch_one(&pool)
            .await
            .unwrap()
    };
    assert_eq!(
        count("select count(*) from unit where parent_id is not null").await,
        9
    );
    assert!((215..=225).contains(&count("select count(*) from officer").await));
    assert!((115..=125).contains(&count("select count(*) from product").await));
    assert_eq!(
        count("select count(distinct group_code) from product").await,
        5
    );
    assert_eq!(
        count("select count(*) from catalogue where status = 'approved'").await,
        1
    );

    let sums = "select count(*) from (
            select period, unit_id, count(*)::int as people, count(score)::int as scored,
                sum(assignments)::int as assignments, sum(assigned) as assigned, sum(volume) as volume,
                sum(quality) as quality, sum(progress) as progress, coalesce(sum(score), 0) as score_sum,
                count(*) filter (where level = 'excellent')::int as excellent,
                count(*) filter (where level = 'good')::int as good,
                count(*) filter (where level = 'completed')::int as completed,
                count(*) filter (where level = 'not_completed')::int as not_completed,
                sum(waiting)::int as waiting,
                count(*) filter (where sheet_status in ('confirmed', 'locked'))::int as confirmed
            from person_month group by period, unit_id
        ) p full join unit_month u using (period, unit_id)
        where (p.people, p.scored, p.assignments, p.assigned, p.volume, p.quality, p.progress, p.score_sum,
               p.excellent, p.good, p.completed, p.not_completed, p.waiting, p.confirmed)
            is distinct from (u.people, u.scored, u.assignments, u.assigned, u.volume, u.quality, u.progress,
               u.score_sum, u.excellent, u.good, u.completed, u.not_completed, u.waiting, u.confirmed)";
    assert_eq!(
        count(sums).await,
        0,
        "unit_month differs from the sums over person_month"
    );
    assert_eq!(count("select count(*) from unit_month").await, 130);

    let waiting = "select count(*) from person_month p where waiting <> (
        select count(*) from deliverable d where d.period = p.period and d.officer_id = p.officer_id
            and d.status = 'delivered')";
    assert_eq!(count(waiting).await, 0);
    assert!(count("select sum(waiting)::bigint from unit_month").await > 20);
    let overdone = "select count(*) from assignment a where quantity_done < (
        select coalesce(sum(d.quantity), 0) from deliverable d where d.assignment_id = a.assignment_id)";
    assert_eq!(count(overdone).await, 0, "more delivered than reported");
    for kind in ["plan", "ad_hoc", "taken_over"] {
        let of_kind =
            sqlx::query_scalar::<_, i64>("select count(*) from assignment where kind = $1");
        assert!(
            of_kind.bind(kind).fetch_one(&pool).await.unwrap() > 100,
            "{kind}"
        );
    }
    let handed = "select count(*) from assignment t where kind = 'taken_over' and quantity <> (
        select handed_over from assignment g where g.assignment_id = t.taken_from)";
    assert_eq!(count(handed).await, 0);
    assert_eq!(count("select count(distinct status) from cause").await, 3);
    let undecided = "select count(*) from deliverable d join sheet s using (agency_id, period, officer_id)
        where s.status in ('confirmed', 'locked') and (d.status = 'delivered' or exists (
            select from cause c where c.deliverable_id = d.deliverable_id and c.status = 'requested'))";
    assert_eq!(count(undecided).await, 0, "confirmed while something waits");
    let alone = "select count(*) from delivery v join deliverable d using (agency_id, period, deliverable_id)
        where v.decided_by = d.officer_id or v.decided_at < v.at";
    assert_eq!(
        count(alone).await,
        0,
        "decided by oneself, or before it was delivered"
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn confirmed_scores_follow_from_the_stored_input(pool: PgPool) {
    create(&pool, Clock::fixed(today())).await.unwrap();
    let rows = sqlx::query_as::<_, (Uuid, NaiveDate, Option<Decimal>, Option<String>, serde_json::Value, serde_json::Value)>(
        "select officer_id, period, confirmed_total, confirmed_level, confirmed_input, confirmed_trace
         from sheet where status in ('confirmed', 'locked')",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert!(rows.len() > 2300, "{}", rows.len());
    let rules = RuleSet::nd_335_2025();
    for (officer, period, total, level, input, trace) in rows {
        let input: PeriodInput = serde_json::from_value(input).unwrap();
        let outcome = score(&rules, &input).unwrap();
        let scored = outcome.scored.as_ref();
        assert_eq!(
            scored.map(|scored| scored.total),
            total,
            "{officer} {period}"
        );
        assert_eq!(scored.map(|scored| scored.level.as_str().to_owned()), level);
        assert_eq!(
            serde_json::from_value::<Trace>(trace).unwrap(),
            outcome.trace
        );
    }
    let differing = sqlx::query_scalar::<_, i64>(
        "select count(*) from sheet s join person_month p using (agency_id, period, officer_id)
         where s.status in ('confirmed', 'locked') and s.confirmed_total is distinct from p.score",
    );
    assert_eq!(differing.fetch_one(&pool).await.unwrap(), 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_current_month_is_what_the_running_product_would_compute(pool: PgPool) {
    use app::assignment::figures::{Basis, figures, load_input, load_work};
    use app::assignment::month_lock::Month;
    use kpi::ids::{AgencyId, OfficerId};
    use kpi::period::Period;

    create(&pool, Clock::fixed(today())).await.unwrap();
    let period = Period::of(today()).unwrap();
    let people = sqlx::query_as::<_, (Uuid, Uuid)>(
        "select agency_id, officer_id from person_month where period = $1 order by officer_id",
    )
    .bind(period.first_day())
    .fetch_all(&pool)
    .await
    .unwrap();
    assert!(people.len() > 190);
    let mut db = pool.begin().await.unwrap();
    for (agency, officer) in people {
        let month = Month::lock(
            &mut db,
            AgencyId(agency),
            period,
            OfficerId(officer),
            today(),
        )
        .await
        .unwrap();
        let rows = load_work(&mut db, month.agency, period.first_day(), month.officer)
            .await
            .unwrap();
        let input = load_input(&mut db, &month, &rows, Basis::Reported)
            .await
            .unwrap();
        let outcome = score(&month.rules, &input).unwrap();
        let stored = month.before.unwrap();
        let mut fresh = figures(&rows, &outcome, false);
        for value in [&mut fresh.volume, &mut fresh.quality, &mut fresh.progress] {
            *value = value.round_dp(6);
        }
        assert_eq!(stored, fresh, "{officer}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn faults_are_what_a_recount_of_the_rounds_finds(pool: PgPool) {
    create(&pool, Clock::fixed(today())).await.unwrap();
    let rows = sqlx::query_as::<_, (Uuid, i32, i32, NaiveDate, NaiveDate, Option<String>)>(
        "select d.deliverable_id, d.failed_reviews, d.delays, coalesce(v.confirmed_day, v.work_day), v.due_day, v.decision
         from deliverable d join delivery v using (agency_id, period, deliverable_id) order by d.deliverable_id, v.round",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let mut rounds: BTreeMap<Uuid, Vec<_>> = BTreeMap::new();
    for row in rows {
        rounds.entry(row.0).or_default().push(row);
    }
    let (mut late, mut returned) = (0, 0);
    for rows in rounds.values() {
        let days: Vec<_> = rows.iter().map(|row| (row.3, row.4)).collect();
        let failed = rows
            .iter()
            .filter(|row| row.5.as_deref() == Some("return_major"))
            .count();
        assert_eq!(i64::from(rows[0].2), i64::from(delays_of_rounds(&days)));
        assert_eq!(usize::try_from(rows[0].1).unwrap(), failed);
        late += i32::from(rows[0].2 > 0);
        returned += i32::from(failed > 0);
    }
    assert!(
        late > 500 && returned > 500,
        "{late} late, {returned} returned"
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn only_an_empty_database_becomes_the_demo_agency(pool: PgPool) {
    let clock = Clock::fixed(today());
    ensure(&pool, clock).await.unwrap();
    // Again: kept as it is.
    ensure(&pool, clock).await.unwrap();
    let refusal = create(&pool, clock).await.unwrap_err();
    assert!(
        refusal.contains("trống") && refusal.lines().count() == 1,
        "{refusal}"
    );
    let logins: BTreeSet<String> = sqlx::query_scalar("select login from account")
        .fetch_all(&pool)
        .await
        .unwrap()
        .into_iter()
        .collect();
    assert_eq!(
        logins,
        accounts()
            .iter()
            .map(|(_, login, _)| (*login).to_owned())
            .collect()
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn another_agency_is_left_alone(pool: PgPool) {
    sqlx::query("insert into agency (agency_id, name, code) values ($1, 'Sở Nội vụ', 'so-noi-vu')")
        .bind(Uuid::from_u128(1))
        .execute(&pool)
        .await
        .unwrap();
    assert!(
        ensure(&pool, Clock::fixed(today()))
            .await
            .unwrap_err()
            .contains("trống")
    );
    assert!(create(&pool, Clock::fixed(today())).await.is_err());
    assert_eq!(
        sqlx::query_scalar::<_, i64>("select count(*) from officer")
            .fetch_one(&pool)
            .await
            .unwrap(),
        0
    );
}

#[test]
fn every_unit_is_measured_and_nothing_is_reported_before_its_day() {
    let plan = read_only();
    let end = today().and_hms_opt(1, 0, 0).unwrap().and_utc();
    let mut weights: BTreeMap<(Uuid, i32), Decimal> = BTreeMap::new();
    for row in &plan.indicators {
        *weights.entry((row.unit_id, row.year)).or_default() += row.weight;
    }
    assert_eq!(weights.len(), 2 * plan.units.len());
    assert!(weights.values().all(|sum| *sum == Decimal::ONE_HUNDRED));
    for indicator in &plan.indicators {
        let mut reports: Vec<_> = plan
            .indicator_actuals
            .iter()
            .filter(|row| row.indicator_id == indicator.indicator_id)
            .collect();
        assert!(!reports.is_empty(), "{}", indicator.name);
        assert!(
            reports
                .iter()
                .all(|row| row.at <= end && row.cut_off <= today())
        );
        reports.sort_by_key(|row| (row.period, row.version));
        if indicator.accumulates {
            // A corrected month counts by its last version.
            let counted: BTreeMap<_, _> =
                reports.iter().map(|row| (row.period, row.actual)).collect();
            let figures: Vec<_> = counted.into_values().collect();
            assert!(
                figures.windows(2).all(|pair| pair[0] <= pair[1]),
                "{}",
                indicator.name
            );
        }
    }
    let beyond = plan.indicator_actuals.iter().any(|row| {
        plan.indicators.iter().any(|of| {
            of.indicator_id == row.indicator_id
                && of.direction == "higher"
                && of.accumulates
                && of.year == 2026
                && row.actual > of.target
        })
    });
    assert!(beyond, "no unit is beyond a target");
    assert!(plan.indicators.iter().any(|row| row.direction == "lower"));
    assert!(
        plan.indicator_actuals
            .iter()
            .any(|row| !row.reason.is_empty())
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn units_of_the_year_before_are_recognised_but_the_one_that_the_law_leaves_open(
    pool: PgPool,
) {
    create(&pool, Clock::fixed(today())).await.unwrap();
    let levels: Vec<(String, Option<String>, bool)> = sqlx::query_as(
        "select u.code, y.level, y.decided from unit_year y join unit u using (agency_id, unit_id)
         where y.year = 2025 order by u.code",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(levels.len(), 9);
    let open: Vec<&str> = levels
        .iter()
        .filter(|(_, level, _)| level.is_none())
        .map(|(code, ..)| code.as_str())
        .collect();
    assert_eq!(open, ["VUNG"]);
    // The law gives the level of the institute, in which wrongdoing was concluded.
    let given = ("VNC".to_owned(), Some("not_completed".to_owned()), false);
    assert!(levels.contains(&given), "{levels:?}");
    let replayed: Vec<(serde_json::Value, Decimal)> =
        sqlx::query_as("select input, total from unit_year where level is not null")
            .fetch_all(&pool)
            .await
            .unwrap();
    for (input, total) in replayed {
        let input: kpi::unit::UnitInput = serde_json::from_value(input).unwrap();
        let outcome = kpi::unit::assess(&RuleSet::nd_335_2025(), &input).unwrap();
        assert_eq!(outcome.total, total);
    }
}
