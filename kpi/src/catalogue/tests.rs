//! Tests of `catalogue`.

use super::*;

fn row(code: &str, group: &str, points: i64, hundredths: i64) -> ProductDraft {
    ProductDraft {
        code: Some(code.into()),
        task: Some("Soạn thảo".into()),
        detail: None,
        output: Some("Văn bản".into()),
        group: Some(group.into()),
        points: Entry::Number(points.into()),
        coefficient: Entry::Number(Decimal::new(hundredths, 2)),
        standard: points == 5,
    }
}

fn ranges() -> Vec<GroupRange> {
    [("N1", 1, 10), ("N2", 11, 50), ("N3", 51, 100)]
        .map(|(code, min, max)| GroupRange {
            code: code.into(),
            min: min.into(),
            max: max.into(),
        })
        .into()
}

fn kinds(products: &[ProductDraft]) -> Vec<Problem> {
    check(products, &ranges(), Some(5.into()))
        .into_iter()
        .map(|finding| finding.kind)
        .collect()
}

#[test]
fn g46_coefficient_of_products_of_a_real_commune() {
    for (points, expected) in [(70, "14.00"), (8, "1.60"), (60, "12.00"), (5, "1.00")] {
        let k = coefficient_of(points.into(), 5.into(), 2).unwrap();
        assert_eq!(k.to_string(), expected);
    }
    assert_eq!(coefficient_of(5.into(), 0.into(), 2), None);
    assert_eq!(
        coefficient_of(1.into(), 8.into(), 2).unwrap().to_string(),
        "0.13"
    );
}

#[test]
fn check_finds_nothing_in_a_sound_catalogue() {
    assert_eq!(
        kinds(&[row("A1", "N1", 5, 100), row("A2", "N3", 70, 1400)]),
        []
    );
}

#[test]
fn every_kind_of_problem_is_found_at_its_row() {
    use Problem as P;
    let standard = row("A1", "N1", 5, 100);
    let with = |change: fn(&mut ProductDraft)| {
        let mut product = row("A2", "N1", 8, 160);
        change(&mut product);
        let findings = check(&[standard.clone(), product], &ranges(), Some(5.into()));
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert_eq!(findings[0].index, Some(1));
        assert!(!findings[0].message.is_empty());
        findings[0].kind
    };
    assert_eq!(
        with(|p| p.coefficient = Entry::Number(2.into())),
        P::CoefficientMismatch
    );
    assert_eq!(with(|p| p.group = Some("N2".into())), P::OutsideGroup);
    assert_eq!(with(|p| p.group = Some("N9".into())), P::UnknownGroup);
    assert_eq!(with(|p| p.code = Some("a1 ".into())), P::DuplicateCode);
    assert_eq!(with(|p| p.code = None), P::MissingCode);
    assert_eq!(with(|p| p.task = Some("  ".into())), P::MissingTask);
    assert_eq!(with(|p| p.output = None), P::MissingOutput);
    assert_eq!(
        with(|p| p.points = Entry::Invalid("tám".into())),
        P::InvalidPoints
    );
    assert_eq!(
        with(|p| p.points = Entry::Number((-8).into())),
        P::InvalidPoints
    );
    assert_eq!(
        with(|p| p.coefficient = Entry::Invalid("x".into())),
        P::InvalidCoefficient
    );
    assert_eq!(
        with(|p| p.coefficient = Entry::Number(0.into())),
        P::InvalidCoefficient
    );
    let missing = |p: &mut ProductDraft| {
        p.points = Entry::Missing;
        p.coefficient = Entry::Missing;
    };
    assert_eq!(with(missing), P::MissingPoints);
}

#[test]
fn one_standard_and_at_most_five_groups() {
    use Problem as P;
    assert_eq!(kinds(&[row("A2", "N1", 8, 160)]), [P::NoStandard]);
    assert_eq!(
        kinds(&[row("A1", "N1", 5, 100), row("A2", "N1", 5, 100)]),
        [P::SeveralStandards]
    );
    let mut many: Vec<_> = (0..6)
        .map(|i| row(&format!("B{i}"), &format!("M{i}"), 8, 160))
        .collect();
    many[0].standard = true;
    let found = check(&many, &[], Some(5.into()));
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].index, found[0].kind), (None, P::TooManyGroups));
}
