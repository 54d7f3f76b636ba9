//! Tests of `catalogue::lint`.

use super::*;

fn product(code: &str, task: &str, coefficient: i64) -> LintProduct {
    LintProduct {
        code: code.to_owned(),
        task: task.to_owned(),
        output: Some("Văn bản".to_owned()),
        group: Some("N1".to_owned()),
        coefficient: Decimal::new(coefficient, 1),
        assigned: Some(3),
    }
}

fn other(unit: &str, task: &str, coefficient: i64) -> OtherUnit {
    OtherUnit {
        unit: unit.to_owned(),
        task: task.to_owned(),
        output: Some("văn  bản".to_owned()),
        coefficient: Decimal::new(coefficient, 1),
    }
}

fn linted(products: &[LintProduct], others: &[OtherUnit]) -> Vec<(u32, LintCode)> {
    let groups = [GroupRange {
        code: "N1".to_owned(),
        min: Decimal::ONE,
        max: Decimal::TEN,
    }];
    let input = LintInput {
        products,
        groups: &groups,
        standard_points: Some(Decimal::from(5)),
        decimals: 2,
        others,
        far: Decimal::TWO,
        coarse: Decimal::from(20),
    };
    let found = lint(&input);
    for finding in &found {
        let code = &products[usize::try_from(finding.index).unwrap()].code;
        assert!(finding.sentence.contains(code.as_str()) && finding.sentence.ends_with('.'));
        assert_eq!(finding.severity, finding.code.severity());
    }
    found
        .into_iter()
        .map(|finding| (finding.index, finding.code))
        .collect()
}

#[test]
fn lint_finds_nothing_in_a_sound_catalogue() {
    let products = [
        product("A", "Soạn công văn", 10),
        product("B", "Lập kế hoạch", 20),
    ];
    assert_eq!(linted(&products, &[]), []);
    assert_eq!(linted(&[], &[]), []);
}

#[test]
fn lint_finds_a_coefficient_outside_its_group() {
    // 1 to 10 points of a standard of 5: 0.2 to 2.
    let products = [
        product("A", "a", 2),
        product("B", "b", 1),
        product("C", "c", 21),
    ];
    let found = linted(&products, &[]);
    assert_eq!(
        found,
        [(1, LintCode::OutsideGroup), (2, LintCode::OutsideGroup)]
    );
}

#[test]
fn lint_finds_the_same_product_however_it_is_typed() {
    let products = [
        product("A", "Hoà giải, tiếp  công dân", 10),
        product("B", "hòa giải – Tiếp công dân.", 10),
        product("C", "Hoa giai, tiep cong dan", 10),
        product("A", "Hòa giải, tiếp công dân", 10),
    ];
    assert_eq!(linted(&products, &[]), [(1, LintCode::SameProduct)]);
    assert_eq!(
        linted(&[product("A", "–", 10), product("B", "", 10)], &[]),
        []
    );
}

#[test]
fn lint_finds_a_coefficient_far_from_other_units() {
    let others = [
        other("Vụ I", "báo cáo", 5),
        other("Vụ II", "Báo cáo", 6),
        other("Vụ III", "Báo cáo", 40),
        other("Vụ IV", "Khác", 1),
    ];
    // Twice the median of 0.6.
    for (coefficient, far) in [(12, true), (11, false), (4, false), (3, true)] {
        let found = linted(&[product("A", "Báo cáo", coefficient)], &others);
        assert_eq!(
            found == [(0, LintCode::FarFromOthers)],
            far,
            "{coefficient}"
        );
    }
    // Of two, the median is their mean.
    let found = linted(&[product("A", "Báo cáo", 11)], &others[..2]);
    assert_eq!(found, [(0, LintCode::FarFromOthers)]);
}

#[test]
fn lint_finds_what_is_not_counted_not_used_or_too_coarse() {
    let mut products = [
        product("A", "a", 10),
        product("B", "b", 10),
        product("C", "c", 200),
        product("D", "d", 199),
    ];
    products[0].output = Some(" ".to_owned());
    products[1].assigned = Some(0);
    products[0].assigned = None;
    for product in &mut products {
        product.group = None;
    }
    assert_eq!(
        linted(&products, &[]),
        [
            (0, LintCode::MissingOutput),
            (1, LintCode::NeverUsed),
            (2, LintCode::TooCoarse),
        ]
    );
}
