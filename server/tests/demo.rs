//! The demo agency: stored sums agree, scores follow from what is stored, the same day gives the same agency.

#![expect(
    clippy::unwrap_used,
    reason = "the functions the tests share are tests too"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use app::state::Clock;
use chrono::{Datelike, NaiveDate};
use kpi::assignment::delays_of_rounds;
use kpi::rule_set::RuleSet;
use kpi::scoring::{PeriodInput, score};
use kpi::trace::Trace;
use rust_decimal::Decimal;
use server::command::demo::{accounts, create, ensure};
use server::demo::accounts::login_of;
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
        assert_eq!(
            plan.periods.len(),
            12 + usize::try_from(day.month()).unwrap()
        );
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
    assert_eq!(months.len(), 23);
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

/// One agency for all that only read it: to make it takes longer than to look at it.
#[sqlx::test(migrations = "../migrations")]
async fn the_stored_agency(pool: PgPool) {
    create(&pool, Clock::fixed(today())).await.unwrap();
    what_is_stored_agrees_with_itself(pool.clone()).await;
    confirmed_scores_follow_from_the_stored_input(pool.clone()).await;
    the_current_month_is_what_the_running_product_would_compute(pool.clone()).await;
    faults_are_what_a_recount_of_the_rounds_finds(pool.clone()).await;
    units_of_the_year_before_are_recognised_but_the_one_that_the_law_leaves_open(pool.clone())
        .await;
    the_past_year_has_a_surplus_to_decide_and_exceptions_to_settle(pool.clone()).await;
    people_move_come_lead_and_leave_within_the_past_year(pool.clone()).await;
    the_past_year_is_decided_but_for_one_unit_and_those_who_wait_for_the_choice(pool).await;
}

async fn what_is_stored_agrees_with_itself(pool: PgPool) {
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
                count(*) filter (where sheet_status in ('confirmed', 'announced', 'locked'))::int as confirmed
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
    assert_eq!(count("select count(*) from unit_month").await, 230);

    let waiting = "select count(*) from person_month p where waiting <> (
        select count(*) from deliverable d where d.agency_id = p.agency_id and d.period = p.period and d.officer_id = p.officer_id
            and d.status = 'delivered')";
    assert_eq!(count(waiting).await, 0);
    assert!(count("select sum(waiting)::bigint from unit_month").await > 20);
    let overdone = "select count(*) from assignment a where quantity_done < (
        select coalesce(sum(d.quantity), 0) from deliverable d where d.agency_id = a.agency_id and d.period = a.period and d.assignment_id = a.assignment_id)";
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
        select handed_over from assignment g where g.agency_id = t.agency_id and g.period = t.period and g.assignment_id = t.taken_from)";
    assert_eq!(count(handed).await, 0);
    assert_eq!(count("select count(distinct status) from cause").await, 3);
    let undecided = "select count(*) from deliverable d join sheet s using (agency_id, period, officer_id)
        where s.status in ('confirmed', 'announced', 'locked') and (d.status = 'delivered' or exists (
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

async fn confirmed_scores_follow_from_the_stored_input(pool: PgPool) {
    let rows = sqlx::query_as::<_, (Uuid, NaiveDate, Option<Decimal>, Option<String>, serde_json::Value, serde_json::Value)>(
        "select officer_id, period, confirmed_total, confirmed_level, confirmed_input, confirmed_trace
         from sheet where status in ('confirmed', 'announced', 'locked')",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert!(rows.len() > 4300, "{}", rows.len());
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
         where s.status in ('confirmed', 'announced', 'locked') and s.confirmed_total is distinct from p.score",
    );
    assert_eq!(differing.fetch_one(&pool).await.unwrap(), 0);
}

async fn the_current_month_is_what_the_running_product_would_compute(pool: PgPool) {
    use app::assignment::figures::{Basis, figures, load_input, load_work};
    use app::assignment::month_lock::Month;
    use kpi::ids::{AgencyId, OfficerId};
    use kpi::period::Period;

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

async fn faults_are_what_a_recount_of_the_rounds_finds(pool: PgPool) {
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
            .chain((1..=24).map(login_of))
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

async fn units_of_the_year_before_are_recognised_but_the_one_that_the_law_leaves_open(
    pool: PgPool,
) {
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

/// The past year as the head of the agency sees it.
async fn past_year(pool: &PgPool) -> app::rating::wire::YearView {
    use app::auth::{Access, Actor};
    use app::rating::steps::{Asked, load_year};
    use kpi::ids::{AccountId, AgencyId, OfficerId};
    use kpi::permission::{Permission, Role};

    let (agency, account, officer) = sqlx::query_as::<_, (Uuid, Uuid, Uuid)>(
        "select agency_id, account_id, officer_id from account where login = 'lanhdao'",
    )
    .fetch_one(pool)
    .await
    .unwrap();
    let actor = Actor {
        agency: AgencyId(agency),
        agency_name: "Ban".into(),
        account: AccountId(account),
        login: "lanhdao".into(),
        officer: Some(OfficerId(officer)),
        name: "Trưởng ban".into(),
        roles: vec![Role::Leader, Role::Head],
        posts: Vec::new(),
        must_change: false,
        unread: 0,
    };
    let access: Access = app::auth::check(actor, Permission::ViewRating).unwrap();
    load_year(pool, &access, (2025, today()), &Asked::default())
        .await
        .unwrap()
}

async fn the_past_year_has_a_surplus_to_decide_and_exceptions_to_settle(pool: PgPool) {
    use app::rating::months::Gap;
    use app::rating::wire::Outcome;
    use kpi::level::Level;

    let view = past_year(&pool).await;
    let gauge = |name: &str| {
        let found = view.gauges.iter().find(|gauge| gauge.group == name);
        found.unwrap_or_else(|| panic!("no gauge of {name}"))
    };
    assert_eq!(gauge("").over(), 0, "{:?}", gauge(""));
    let policy = gauge("Tham mưu chính sách");
    assert!((2..=9).contains(&policy.over()), "{policy:?}");
    assert!(gauge("Tổ chức, hành chính, hậu cần").left() > 0);
    assert!(view.decides);
    assert!(view.candidates.len() > 15, "{}", view.candidates.len());

    let stopped: BTreeSet<String> = view
        .stopped
        .iter()
        .map(|line| match &line.outcome {
            Outcome::Stopped(gaps) => app::rating::months::gap_words(gaps),
            other => panic!("{other:?}"),
        })
        .collect();
    let words =
        ["tháng 3, 4", "tháng 9"].map(|months| format!("{months} {}", Gap::NoSheet.words()));
    assert_eq!(stopped, BTreeSet::from(words));
    assert_eq!(view.blocked.len(), 1);
    assert_eq!(view.blocked[0].level(), Some(Level::NotCompleted));
    assert!(view.blocked[0].mean > Some(Decimal::from(50)));
    let count = |filter: &str| {
        let found = view.counts.iter().find(|(name, _)| name == filter);
        found.map_or(0, |(_, count)| *count)
    };
    assert_eq!(count("left"), 2, "one retired, one moved on");
    assert!(
        count("unrated") >= 1,
        "the probationer is followed, not rated"
    );
    assert_eq!(view.ungrouped, 0);
    assert!((215..=225).contains(&view.found));
}

async fn people_move_come_lead_and_leave_within_the_past_year(pool: PgPool) {
    let count = async |sql: &'static str| {
        sqlx::query_scalar::<_, i64>(sql)
            .fetch_one(&pool)
            .await
            .unwrap()
    };
    let agency: Uuid = sqlx::query_scalar("select agency_id from agency")
        .fetch_one(&pool)
        .await
        .unwrap();
    let mut db = pool.acquire().await.unwrap();
    let conflict = app::org::write::first_conflict(&mut db, agency)
        .await
        .unwrap();
    assert_eq!(conflict, None);
    let overlapping = "select count(*) from post a join post b on b.officer_id = a.officer_id and b.post_id > a.post_id
        and daterange(a.from_day, a.until_day, '[]') && daterange(b.from_day, b.until_day, '[]')";
    assert_eq!(count(overlapping).await, 0, "one post a person and day");

    // Each sheet stands in the post of its month.
    let misplaced = "select count(*) from sheet s where not exists (
        select from post p where p.officer_id = s.officer_id and p.unit_id = s.unit_id and p.kind = s.role
            and p.from_day <= s.period and (p.until_day is null or p.until_day >= s.period))";
    assert_eq!(count(misplaced).await, 0);
    let moved = "select count(*) from (select officer_id from sheet where period between '2025-01-01' and '2025-12-01'
        group by officer_id having count(distinct unit_id) > 1) moved";
    assert!(count(moved).await >= 2, "a transfer and a secondment");
    let promoted = "select count(*) from (select officer_id from sheet where period between '2025-01-01' and '2025-12-01'
        group by officer_id having count(distinct role) > 1) promoted";
    assert_eq!(count(promoted).await, 1);
    assert_eq!(
        count("select count(*) from post where arrangement <> 'regular'").await,
        2
    );
    // The head of the agency is scored above it; somebody came in May.
    assert_eq!(count("select count(*) from outside_month").await, 12 + 4);
    for kind in ["sick_leave", "maternity_leave", "unpaid_leave"] {
        let of_kind = sqlx::query_scalar::<_, i64>("select count(*) from absence where kind = $1");
        assert!(
            of_kind.bind(kind).fetch_one(&pool).await.unwrap() > 0,
            "{kind}"
        );
    }
    let worked = "select count(*) from absence a join sheet s on s.officer_id = a.officer_id
        and s.period between a.from_day and a.until_day";
    assert_eq!(count(worked).await, 0, "nobody works while away");
    // Heads with every value of d, đ and e.
    let values = "select array_agg(distinct organising order by organising) || array_agg(distinct unity order by unity)
        from sheet where role = 'head' and confirmed_total is not null and period < '2026-01-01'";
    let values: Vec<i32> = sqlx::query_scalar(values).fetch_one(&pool).await.unwrap();
    assert_eq!(values, [50, 100, 50, 100], "đ, then e");
    let weak = "select count(*) from sheet, jsonb_array_elements_text(confirmed_input->'leadership'->'subordinate_scores') score
        where role = 'head' and period < '2026-01-01' and score::numeric < 50";
    assert!(count(weak).await > 0, "some head has somebody below 50");
    // d of every leader rests on what is stored of those below.
    let differing = "select count(*) from sheet s join unit u using (agency_id, unit_id)
        where s.role <> 'staff' and s.status = 'locked' and (
            select coalesce(array_agg(p.score order by p.score), '{}') from sheet b
            join person_month p using (agency_id, period, officer_id) join unit bu on bu.unit_id = b.unit_id
            where b.period = s.period and b.officer_id <> s.officer_id and p.score is not null
              and case s.role when 'head' then (b.unit_id = s.unit_id and b.role <> 'head') or (bu.parent_id = s.unit_id and b.role = 'head')
                  else b.unit_id = s.unit_id and b.role = 'staff' end)
          is distinct from (
            select coalesce(array_agg(score::numeric order by score::numeric), '{}')
            from jsonb_array_elements_text(s.confirmed_input->'leadership'->'subordinate_scores') score)";
    assert_eq!(count(differing).await, 0);
}

async fn the_past_year_is_decided_but_for_one_unit_and_those_who_wait_for_the_choice(pool: PgPool) {
    let count = async |sql: &'static str| {
        sqlx::query_scalar::<_, i64>(sql)
            .fetch_one(&pool)
            .await
            .unwrap()
    };
    let published = count("select count(*) from year_sheet where status = 'published'").await;
    assert!(published > 130, "{published}");
    let proposed = count("select count(*) from year_sheet where status = 'proposed'").await;
    assert!((5..60).contains(&proposed), "{proposed}");
    let begun = count(
        "select count(*) from year_sheet s join unit u using (agency_id, unit_id)
         where s.status = 'submitted' and u.name = 'Vụ Kinh tế tổng hợp'",
    )
    .await;
    assert!(begun > 10, "{begun}");
    let others =
        "select count(*) from year_sheet where status in ('draft', 'met', 'opinion', 'decided')";
    assert_eq!(count(others).await, 0);
    assert_eq!(
        count("select count(*) from year_sheet where year <> 2025").await,
        0
    );
    let replaced = "select count(*) from year_decision d join petition p on p.new_decision_id = d.decision_id and p.outcome = 'granted'
         where d.supersedes = p.decision_id and d.published_at is not null";
    assert_eq!(count(replaced).await, 1);
    let unsigned =
        "select count(*) from year_decision d left join signature s using (agency_id, signature_id)
         where s.signature_id is null and d.outside_authority is null";
    assert_eq!(count(unsigned).await, 0);
    assert_eq!(
        count("select count(*) from petition where status = 'lodged'").await,
        1,
        "one waits for the head of the department"
    );
    // Nobody was decided above the places.
    let view = past_year(&pool).await;
    let most = i64::from(view.gauges.first().unwrap().most);
    let excellent = count(
        "select count(*) from year_decision where replaced_by is null and level = 'excellent' and outside_authority is null",
    )
    .await;
    assert!(excellent <= most, "{excellent} of {most}");
}
