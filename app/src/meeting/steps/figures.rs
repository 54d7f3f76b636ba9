//! The figures of a meeting, whole: each reader gets them cut to what he may see.

use chrono::NaiveDate;
use kpi::ids::{OfficerId, UnitId};
use kpi::level::Level;
use kpi::number::round_half_up;
use kpi::period::Period;
use kpi::permission::{Permission, Scope};
use kpi::rating::Quota;
use kpi::rule_set::RuleSet;
use rust_decimal::Decimal;
use sqlx::PgPool;
use uuid::Uuid;

use crate::auth::{Access, check};
use crate::error::AppError;
use crate::format::{capital, number};
use crate::meeting::store::{self, Stored, UnitSums};
use crate::meeting::wire::{Cap, Figures, MeetingKind, Score, Subject};
use crate::rating::steps::{Asked, load_year};
use crate::rating::wire::{Outcome, PersonLine};
use crate::review::steps::load_people;
use crate::review::wire::PersonMonth;
use crate::rule_set;
use crate::unit_kpi::steps as unit_kpi;
use crate::unit_kpi::{Gap, Shown, UnitLine};

/// Pages of a list that a meeting reads.
const MOST_PAGES: u32 = 4;

/// The figures of a meeting, frozen or live.
///
/// # Errors
/// The database's failure.
pub async fn of_meeting(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    stored: &Stored,
) -> Result<Figures, AppError> {
    if let Some(frozen) = &stored.frozen {
        return serde_json::from_value(frozen.clone()).map_err(AppError::inner);
    }
    // A meeting is one record for all who take part: read whole here, cut for each reader afterwards.
    let whole = Access {
        actor: access.actor.clone(),
        scope: Scope::Agency,
    };
    let line = &stored.line;
    match (line.kind, line.period) {
        (MeetingKind::MonthUnit, Some(period)) => {
            month(pool, &whole, today, (UnitId(line.unit), period)).await
        }
        (MeetingKind::Year, _) => year(pool, &whole, today, (line.unit, line.year)).await,
        _ => units(pool, &whole, today, stored).await,
    }
}

/// What a reader may see of the figures: persons within the reach of `ViewMonth`, units with `CompareUnits`.
pub fn cut(figures: Figures, access: &Access, kind: MeetingKind) -> Figures {
    let months = check(access.actor.clone(), Permission::ViewMonth).ok();
    let units = check(access.actor.clone(), Permission::CompareUnits).is_ok();
    let sees = |subject: &Subject| match kind {
        MeetingKind::CompareUnits => units,
        _ => months.as_ref().is_some_and(|access| {
            access
                .reach_person(OfficerId(subject.id), &subject.path)
                .is_ok()
        }),
    };
    let subjects: Vec<Subject> = figures
        .subjects
        .into_iter()
        .map(|subject| {
            if sees(&subject) {
                subject
            } else {
                subject.cut()
            }
        })
        .collect();
    // How many stand for "xuất sắc" says nothing about a person; of a meeting whose people one may not see, it would.
    let caps = if subjects.iter().any(|subject| subject.seen) {
        figures.caps
    } else {
        Vec::new()
    };
    Figures { subjects, caps }
}

async fn month(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (unit, period): (UnitId, Period),
) -> Result<Figures, AppError> {
    let people = load_people(pool, access, today, (unit, period)).await?;
    let rules = rule_set::store::in_force(pool, access.actor.agency, period).await?;
    let subjects: Vec<Subject> = people
        .into_iter()
        .map(|person| of_month(person, period))
        .collect();
    let caps = vec![cap(&rules, "Cả cuộc họp", &subjects)?];
    Ok(Figures { subjects, caps })
}

/// How many stand for "xuất sắc" among these, and how many could if the month were the year (khoản 5 Điều 20).
fn cap(rules: &RuleSet, name: &str, subjects: &[Subject]) -> Result<Cap, AppError> {
    let levels = subjects.iter().filter_map(|subject| subject.level);
    let quota = Quota::of(&rules.year, rules.year.excellent_ratio, levels)?;
    Ok(Cap {
        name: name.to_owned(),
        standing: quota.candidates,
        most: quota.max_excellent,
        base: quota.good_or_better,
    })
}

fn of_month(person: PersonMonth, period: Period) -> Subject {
    let own = person.own.or(person.reported);
    let concluded = person.confirmed.is_some();
    let own_state = match (person.own, person.reported) {
        (None, Some(_)) => "chưa gửi, theo kết quả báo cáo",
        _ => "",
    };
    let mut notes = Vec::new();
    if person.waiting > 0 {
        notes.push(format!("{} sản phẩm chờ nghiệm thu.", person.waiting));
    }
    for (label, text) in [
        ("Tự nhận ưu điểm", &person.strengths),
        ("Tự nhận hạn chế", &person.shortcomings),
    ] {
        if !text.trim().is_empty() {
            notes.push(format!("{label}: {}", text.trim()));
        }
    }
    Subject {
        id: person.officer,
        about: format!(
            "{} · {} · {} việc · {} quy đổi",
            person.title,
            person.unit,
            person.assignments,
            number(person.assigned, 2)
        ),
        link: format!("/review/{}?period={period}", person.officer),
        name: person.name,
        path: person.path,
        seen: true,
        score: person.confirmed.or(person.accepted),
        level: person.confirmed_level.or(person.level),
        concluded,
        scores: vec![
            score("Cá nhân tự chấm", own, None, own_state),
            score("Hệ thống tính", person.accepted, person.level, ""),
            score(
                "Cấp có thẩm quyền",
                person.confirmed,
                person.confirmed_level,
                if concluded { "" } else { "chưa kết luận" },
            ),
        ],
        difference: own
            .zip(person.accepted)
            .map(|(own, computed)| computed - own),
        components: person.components,
        formula: person.formula,
        notes,
    }
}

fn score(label: &str, value: Option<Decimal>, level: Option<Level>, state: &str) -> Score {
    Score {
        label: label.to_owned(),
        value,
        level,
        state: state.to_owned(),
    }
}

async fn year(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (unit, year): (Uuid, i32),
) -> Result<Figures, AppError> {
    let (mut people, mut gauges) = (Vec::new(), Vec::new());
    for page in 1..=MOST_PAGES {
        let asked = Asked {
            unit: Some(unit),
            level: String::new(),
            page,
        };
        let view = match load_year(pool, access, (year, today), &asked).await {
            // A unit whose people are all rated elsewhere has a meeting without people.
            Err(AppError::NotFound) => break,
            view => view?,
        };
        people.extend(view.people);
        gauges = view.gauges;
        if u32::try_from(people.len()).unwrap_or(u32::MAX) >= view.found {
            break;
        }
    }
    let caps = gauges
        .iter()
        .filter(|gauge| {
            gauge.group.is_empty() || people.iter().any(|person| person.group == gauge.group)
        })
        .map(|gauge| Cap {
            name: if gauge.group.is_empty() {
                "Toàn cơ quan".to_owned()
            } else {
                format!("Nhóm {}", gauge.group)
            },
            standing: gauge.standing(),
            most: gauge.most,
            base: gauge.good_or_better,
        })
        .collect();
    let subjects = people.into_iter().map(|line| of_year(line, year)).collect();
    Ok(Figures { subjects, caps })
}

fn of_year(line: PersonLine, year: i32) -> Subject {
    let level = line.level();
    let mut notes = Vec::new();
    match &line.outcome {
        Outcome::Rated {
            reason, article, ..
        } => {
            notes.push(format!("{} ({article}).", capital(reason.label())));
        }
        Outcome::Stopped(gaps) => notes.push(format!(
            "Chưa xếp loại được: còn {} tháng thiếu kết quả.",
            gaps.len()
        )),
        Outcome::Left(day) => notes.push(format!(
            "Thôi công tác tại đây từ {}; nơi công tác mới xếp loại.",
            crate::format::day(*day)
        )),
    }
    notes.extend(
        line.blockers
            .iter()
            .map(|blocker| format!("{}.", capital(blocker.label()))),
    );
    let halves = |at: usize| line.halves.get(at).copied().flatten();
    Subject {
        id: line.officer,
        about: format!(
            "{} · {} · {} trên {} tháng có điểm",
            line.title, line.unit_name, line.scored, line.worked
        ),
        link: format!("/rating/{}?year={year}", line.officer),
        seen: true,
        score: line.mean,
        level,
        concluded: false,
        scores: vec![
            score("Trung bình 6 tháng đầu", halves(0), None, ""),
            score("Trung bình 6 tháng cuối", halves(1), None, ""),
            score("Điểm năm và mức đề xuất", line.mean, level, ""),
        ],
        difference: None,
        components: Vec::new(),
        formula: Vec::new(),
        notes,
        name: line.name,
        path: line.path,
    }
}

async fn units(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    stored: &Stored,
) -> Result<Figures, AppError> {
    let line = &stored.line;
    let below: Vec<_> = crate::org::store::agency_units(pool, access.agency())
        .await?
        .into_iter()
        .filter(|unit| unit.active && unit.parent_id == Some(line.unit))
        .collect();
    let ids: Vec<Uuid> = below.iter().map(|unit| unit.unit_id).collect();
    let (from, until) = match line.period {
        Some(period) => (period, period),
        None => (
            Period::month(line.year, 1).map_err(AppError::inner)?,
            Period::month(line.year, 12).map_err(AppError::inner)?,
        ),
    };
    let days = (from.first_day(), until.first_day());
    let sums = store::sums(pool, access.agency(), &ids, days).await?;
    let mut lines: Vec<UnitLine> = Vec::new();
    for page in 1..=MOST_PAGES {
        let asked = unit_kpi::Asked {
            year: line.year.to_string(),
            page,
            ..unit_kpi::Asked::default()
        };
        let Shown::All(list) = unit_kpi::load(pool, access, today, asked).await? else {
            break;
        };
        lines.extend(list.units);
        if u32::try_from(lines.len()).unwrap_or(u32::MAX) >= list.found {
            break;
        }
    }
    let subjects: Vec<Subject> = below
        .into_iter()
        .map(|unit| {
            let sums = sums.iter().find(|sums| sums.unit == unit.unit_id);
            let kpi = lines.iter().find(|line| line.unit == unit.unit_id);
            of_unit(
                (unit.unit_id, unit.name, unit.path),
                sums,
                kpi,
                &stored.line,
            )
        })
        .collect();
    // The cap of units (khoản 5 Điều 8) counts those that an agency rates, as that of people does.
    let period = line
        .period
        .unwrap_or(Period::of(today).map_err(AppError::inner)?);
    let rules = rule_set::store::in_force(pool, access.actor.agency, period).await?;
    let caps = vec![cap(&rules, "Các đơn vị", &subjects)?];
    Ok(Figures { subjects, caps })
}

fn of_unit(
    (id, name, path): (Uuid, String, String),
    sums: Option<&UnitSums>,
    kpi: Option<&UnitLine>,
    line: &crate::meeting::wire::MeetingLine,
) -> Subject {
    let mean = sums.and_then(|sums| {
        sums.score_sum
            .checked_div(Decimal::from(sums.scored))
            .map(|mean| round_half_up(mean, 2))
    });
    let standing = kpi.map(|line| &line.standing);
    let outcome = standing.and_then(|standing| standing.outcome.as_ref());
    let recognised = standing.and_then(|standing| standing.recognised.as_ref());
    let level = recognised
        .map(|recognised| recognised.level)
        .or_else(|| outcome.and_then(|outcome| outcome.level));
    let mut notes = Vec::new();
    if let Some(sums) = sums {
        notes.push(format!(
            "{} kết quả tháng có điểm, {} mức xuất sắc, {} phiếu đã xác nhận, {} sản phẩm chờ nghiệm thu.",
            sums.scored, sums.excellent, sums.confirmed, sums.waiting
        ));
    }
    if let Some(lag) = kpi.and_then(|kpi| kpi.lag.as_ref()) {
        notes.push(format!(
            "Chậm nhất: {}, thiếu {} điểm so với tiến độ.",
            lag.name,
            number(lag.points, 2)
        ));
    }
    if let Some(silent) = kpi.map(|kpi| kpi.unreported).filter(|silent| *silent > 0) {
        notes.push(format!("{silent} chỉ số chưa báo cáo đến hạn."));
    }
    notes.extend(
        standing
            .iter()
            .flat_map(|standing| &standing.gaps)
            .map(Gap::words),
    );
    let what = line.period.map_or_else(
        || format!("năm {}", line.year),
        |period| period.label().to_lowercase(),
    );
    Subject {
        id,
        name,
        path,
        about: format!(
            "Kết quả cán bộ, công chức {what}; KPI đơn vị năm {}",
            line.year
        ),
        seen: true,
        score: mean,
        level,
        concluded: recognised.is_some(),
        scores: vec![
            score("Trung bình của công chức", mean, None, ""),
            score(
                "KPI đơn vị, hệ thống tính",
                outcome.map(|outcome| outcome.total),
                outcome.and_then(|outcome| outcome.level),
                if outcome.is_some() {
                    ""
                } else {
                    "chưa đủ dữ liệu"
                },
            ),
            score(
                "Mức được công nhận",
                None,
                recognised.map(|recognised| recognised.level),
                if recognised.is_some() {
                    ""
                } else {
                    "chưa công nhận"
                },
            ),
        ],
        difference: None,
        components: Vec::new(),
        formula: Vec::new(),
        notes,
        link: format!("/unit-kpi?unit={id}&year={}", line.year),
    }
}

/// The last day on which a task of this meeting may be due, and the first: the month of the meeting or today's, whichever
/// ends later.
pub fn due_days(
    period: Option<Period>,
    today: NaiveDate,
) -> Result<(NaiveDate, NaiveDate), AppError> {
    let now = Period::of(today).map_err(AppError::inner)?;
    let last = period.map_or(now, |period| period.max(now));
    Ok((today, last.next().last_day()))
}
