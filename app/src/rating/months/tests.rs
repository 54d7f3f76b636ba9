use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn calendar() -> Calendar {
    Calendar {
        year: 2025,
        today: day("2026-11-24"),
        closed: Vec::new(),
    }
}

fn held(from: &str, until: Option<&str>, arrangement: Arrangement) -> Held {
    Held {
        unit: Uuid::nil(),
        path: "/A/".into(),
        unit_name: "Vụ".into(),
        kind: ScoringRole::Staff,
        title: "Chuyên viên".into(),
        arrangement,
        from_day: day(from),
        until_day: until.map(day),
    }
}

fn own(month: u32, score: &str) -> Stored {
    Stored {
        month,
        score: Some(score.parse().unwrap()),
        confirmed: true,
        outside: None,
    }
}

fn absence(kind: Absence, from: &str, until: &str) -> Away {
    Away {
        absence: Uuid::nil(),
        kind,
        from_day: day(from),
        until_day: day(until),
        document: "Giấy".into(),
    }
}

fn scored(months: impl Iterator<Item = u32>) -> Vec<Stored> {
    months.map(|month| own(month, "80")).collect()
}

#[test]
fn a_month_of_service_without_a_score_is_missing_and_named() {
    let mut facts = Facts {
        posts: vec![held("2020-01-01", None, Arrangement::Regular)],
        stored: scored((1..=12).filter(|month| ![3, 4, 9].contains(month))),
        ..Facts::default()
    };
    facts.stored.push(Stored {
        confirmed: false,
        ..own(9, "70")
    });
    let lines = lines(&calendar(), &facts);
    assert_eq!(
        gap_words(&gaps(&lines)),
        "tháng 3, 4 không có phiếu; tháng 9 phiếu chưa được xác nhận"
    );
    assert_eq!(worked(&lines), 12);
}

#[test]
fn an_absence_excuses_a_month_only_if_it_covers_half_of_it() {
    let facts = |until: &str| Facts {
        posts: vec![held("2020-01-01", None, Arrangement::Regular)],
        stored: scored((1..=12).filter(|month| *month != 3)),
        absences: vec![absence(Absence::SickLeave, "2025-03-01", until)],
    };
    let march = |facts: &Facts| lines(&calendar(), facts)[2].state.clone();
    assert_eq!(march(&facts("2025-03-16")), State::Away(Absence::SickLeave));
    assert_eq!(march(&facts("2025-03-15")), State::Missing(Gap::NoSheet));
    let lines = lines(&calendar(), &facts("2025-03-31"));
    assert_eq!(worked(&lines), 11);
    assert_eq!(shortened_by(&lines), Some(Absence::SickLeave));
    assert_eq!(counted(&lines).len(), 12);
}

#[test]
fn a_score_counts_whatever_absence_touches_its_month() {
    let facts = Facts {
        posts: vec![held("2020-01-01", None, Arrangement::Regular)],
        stored: scored(1..=12),
        absences: vec![absence(Absence::UnpaidLeave, "2025-05-01", "2025-05-31")],
    };
    assert_eq!(lines(&calendar(), &facts)[4].score(), Some(80.into()));
}

#[test]
fn months_before_the_service_count_only_from_elsewhere() {
    let mut facts = Facts {
        posts: vec![held("2025-05-01", None, Arrangement::Regular)],
        stored: scored(5..=12),
        ..Facts::default()
    };
    assert_eq!(lines(&calendar(), &facts)[0].state, State::NotHere);
    assert_eq!(worked(&lines(&calendar(), &facts)), 8);
    let origin = Origin {
        organisation: "Sở Tài chính".into(),
        document: "CV 1".into(),
        digest: "0".into(),
    };
    facts.stored.push(Stored {
        outside: Some(origin.clone()),
        ..own(4, "91")
    });
    let lines = lines(&calendar(), &facts);
    assert_eq!(lines[3].state, State::Outside(91.into(), origin));
    assert_eq!(worked(&lines), 9);
}

#[test]
fn probation_is_followed_but_not_rated() {
    let facts = Facts {
        posts: vec![
            held("2025-01-01", Some("2025-06-30"), Arrangement::Probation),
            held("2025-07-01", None, Arrangement::Regular),
        ],
        stored: scored(1..=12),
        ..Facts::default()
    };
    let lines = lines(&calendar(), &facts);
    assert_eq!(lines[5].state, State::Probation);
    assert_eq!((worked(&lines), counted(&lines).len()), (6, 6));
}

#[test]
fn a_running_year_has_months_ahead_rather_than_missing() {
    let running = Calendar {
        year: 2026,
        today: day("2026-11-24"),
        closed: vec![1, 2],
    };
    let facts = Facts {
        posts: vec![held("2020-01-01", None, Arrangement::Regular)],
        stored: scored(1..=1),
        ..Facts::default()
    };
    let lines = lines(&running, &facts);
    assert_eq!(lines[1].state, State::Missing(Gap::NoSheet));
    assert_eq!(lines[2].state, State::Ahead);
    assert_eq!(worked(&lines), 2);
    assert_eq!(running.day(), day("2026-11-24"));
    assert_eq!(calendar().day(), day("2025-12-31"));
}
