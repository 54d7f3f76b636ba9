//! Reading catalogues and writing them so that they are read back the same.

use std::time::{Duration, Instant};

use app::import::catalogue_sheet::read_catalogue;
use app::import::preview::{CataloguePreview, Group, ProblemKind, Refusal, Severity, SheetKind};
use app::import::template::{ProductExport, catalogue_template};
use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Workbook};

use crate::fixture::{Decision, Factor, decimal, line, problems, sheets_xml, soon};

#[test]
fn a_decision_of_three_product_sheets_is_read_whole() {
    let preview = Decision::new().read();
    assert_eq!(problems(&preview), []);
    assert!(preview.can_apply());
    let kinds: Vec<_> = preview
        .sheets
        .iter()
        .map(|s| (s.kind, s.header_row, s.products, s.refused))
        .collect();
    assert_eq!(
        kinds,
        [
            (SheetKind::Criteria, Some(3), 5, 0),
            (SheetKind::Products, Some(4), 3, 0),
            (SheetKind::Products, Some(4), 4, 0),
            (SheetKind::Products, Some(5), 3, 0)
        ]
    );
    assert_eq!(preview.products.len(), 10);
    let first = &preview.products[0];
    assert_eq!(
        (first.sheet.as_str(), first.row, first.code.as_str()),
        ("PL II - Lanh dao", 5, "QL.01")
    );
    assert_eq!(
        (first.points, first.coefficient),
        (decimal("70"), decimal("14"))
    );
    assert_eq!(
        (
            first.group.as_str(),
            first.output.as_str(),
            first.unit_name.as_deref()
        ),
        ("N3", "Văn bản", None)
    );
    let with_unit = &preview.products[7];
    assert_eq!(
        (
            with_unit.code.as_str(),
            with_unit.row,
            with_unit.unit_name.as_deref()
        ),
        ("VP.01", 6, Some("Văn phòng HĐND-UBND"))
    );
    assert_eq!(preview.products[5].coefficient, decimal("1.6"));
    assert_eq!(
        (
            preview.standard_points,
            preview.standard().unwrap().code.as_str()
        ),
        (Some(decimal("5")), "DC.01")
    );
    let groups: Vec<_> = preview
        .groups
        .iter()
        .map(|g| (g.code.as_str(), g.min.unwrap(), g.max.unwrap()))
        .collect();
    assert_eq!(groups[0], ("N1", decimal("1"), decimal("10")));
    assert_eq!(groups[3], ("N4", decimal("101"), decimal("200")));
    let criteria: Vec<_> = preview
        .criteria
        .iter()
        .map(|c| (c.code.as_str(), c.max, c.is_group))
        .collect();
    assert_eq!(criteria[0], ("I", decimal("10"), true));
    assert_eq!(criteria[1], ("I.1", decimal("7.5"), false));
    assert_eq!(criteria[4], ("II.1", decimal("20"), false));
}

#[test]
fn the_same_content_in_another_file_has_the_same_digest_and_a_change_another() {
    let decision = Decision::new();
    let first = decision.read().digest;
    let mut reordered = Decision::new();
    reordered.common.reverse();
    reordered.leaders.rotate_left(1);
    assert_eq!(first, reordered.read().digest);
    assert_eq!(first.len(), 64);
    let mut changed = Decision::new();
    changed.units[0].output.push_str(" đã ký");
    assert_ne!(first, changed.read().digest);
    let mut moved = Decision::new();
    moved.units[0].points = Some(31.0);
    assert_ne!(first, moved.read().digest);
}

#[test]
fn each_defect_is_named_with_sheet_row_column_and_values() {
    let mut decision = Decision::new();
    decision.leaders[0].factor = Factor::Number(13.0);
    decision.leaders[1].points = Some(55.0);
    decision.leaders[2].output.clear();
    decision.common[1].code = "DC.01".into();
    decision.common[2].points = None;
    decision.units[0].code.clear();
    decision.units[1].factor = Factor::Text("mười hai");
    let preview = decision.read();
    use ProblemKind::{
        CoefficientMismatch, Duplicate, OutsideRange, ValueMissing, ValueUnreadable,
    };
    let e = Severity::Error;
    assert_eq!(
        problems(&preview),
        [
            (
                e,
                CoefficientMismatch,
                "PL II - Lanh dao",
                Some(5),
                Some("I")
            ),
            (e, OutsideRange, "PL II - Lanh dao", Some(6), Some("H")),
            (e, ValueMissing, "PL II - Lanh dao", Some(7), Some("E")),
            (e, Duplicate, "PL III - Dung chung", Some(6), Some("B")),
            (e, ValueMissing, "PL III - Dung chung", Some(7), Some("H")),
            (e, ValueMissing, "PL IV - Rieng phong", Some(6), Some("B")),
            (
                e,
                ValueUnreadable,
                "PL IV - Rieng phong",
                Some(7),
                Some("J")
            ),
        ]
    );
    let reasons: Vec<&str> = preview.problems.iter().map(|p| p.reason.as_str()).collect();
    assert_eq!(
        reasons[0],
        "«QL.01»: Hệ số 13 không khớp điểm ÷ điểm sản phẩm chuẩn = 14."
    );
    assert_eq!(
        reasons[1],
        "«QL.02»: Điểm 55 nằm ngoài khung của nhóm N2 (11–50)."
    );
    assert_eq!(
        reasons[3],
        "Mã «DC.01» đã có ở trang «PL III - Dung chung» dòng 5."
    );
    assert!(!preview.can_apply());
    // Every row is accounted for: understood, refused or passed over.
    assert_eq!(preview.products.len(), 8);
    assert_eq!(preview.sheets.iter().map(|s| s.refused).sum::<u32>(), 2);
}

#[test]
fn an_uncomputed_or_failed_formula_is_computed_and_noted() {
    let mut decision = Decision::new();
    decision.leaders[0].factor = Factor::Uncomputed;
    decision.leaders[1].factor = Factor::Failed;
    let preview = decision.read();
    let n = Severity::Notice;
    let kind = ProblemKind::CoefficientComputed;
    assert_eq!(
        problems(&preview),
        [
            (n, kind, "PL II - Lanh dao", Some(5), Some("I")),
            (n, kind, "PL II - Lanh dao", Some(6), Some("I"))
        ]
    );
    assert_eq!(
        (
            preview.products[0].coefficient,
            preview.products[1].coefficient
        ),
        (decimal("14"), decimal("9"))
    );
    assert!(preview.problems[1].reason.contains("#DIV/0!"));
    assert!(preview.can_apply());
}

#[test]
fn coefficients_and_points_typed_as_vietnamese_text_are_numbers() {
    let mut decision = Decision::new();
    decision.common[2].factor = Factor::Text("1,60");
    let preview = decision.read();
    assert_eq!(problems(&preview), []);
    assert_eq!(preview.products[5].coefficient, decimal("1.6"));
}

#[test]
fn the_standard_is_chosen_by_text_then_by_coefficient_and_doubt_is_told() {
    let mut two = Decision::new();
    two.units[2].points = Some(5.0);
    two.leaders.push(line("QL.04", 5.0));
    let preview = two.read();
    assert_eq!(
        preview.standard().unwrap().code,
        "DC.01",
        "the sheet that carries the text goes first"
    );
    let told: Vec<_> = preview
        .problems
        .iter()
        .map(|p| (p.severity, p.kind, p.row))
        .collect();
    assert_eq!(
        told,
        [
            (Severity::Notice, ProblemKind::Standard, Some(8)),
            (Severity::Notice, ProblemKind::Standard, Some(8))
        ]
    );

    let mut many = Decision::new();
    many.units
        .extend((10..40).map(|at| line(&format!("VP.{at}"), 5.0)));
    let preview = many.read();
    assert_eq!(
        preview.problems.len(),
        21,
        "twenty by name and one for the rest"
    );
    assert!(preview.problems[20].reason.contains("10 sản phẩm khác"));

    let mut silent = Decision::new();
    silent.standard_text = None;
    assert_eq!(silent.read().standard().unwrap().code, "DC.01");

    let mut none = Decision::new();
    none.standard_text = None;
    none.common.remove(0);
    let preview = none.read();
    assert!(preview.standard_points.is_none() && !preview.can_apply());
    assert!(
        preview
            .problems
            .iter()
            .any(|p| p.kind == ProblemKind::Standard && p.severity == Severity::Error)
    );

    let mut named = Decision::new();
    named.standard_text = Some("Sản phẩm chuẩn: DC.09 = 5 điểm = hệ số 1,00");
    named.common.push(line("DC.09", 5.0));
    assert_eq!(named.read().standard().unwrap().code, "DC.09");

    let mut absent = Decision::new();
    absent.standard_text = Some("Sản phẩm chuẩn = 7 điểm = hệ số 1,00");
    assert!(
        absent
            .read()
            .problems
            .iter()
            .any(|p| p.kind == ProblemKind::Standard && p.reason.contains("7 điểm"))
    );
}

#[test]
fn more_than_five_groups_or_two_ranges_for_one_group_are_refused() {
    let mut decision = Decision::new();
    decision.leaders[0].range = "51-99";
    for (at, group) in ["N5", "N6"].into_iter().enumerate() {
        decision.units[at].group = group;
        decision.units[at].range = "";
    }
    let preview = decision.read();
    let told: Vec<_> = preview
        .problems
        .iter()
        .map(|p| (p.severity, p.kind))
        .collect();
    assert!(told.contains(&(Severity::Error, ProblemKind::Groups)));
    assert!(preview.problems.iter().any(|p| p.reason.contains("6 nhóm")));

    let mut twice = Decision::new();
    twice.units[1].range = "51-90";
    assert_eq!(
        problems(&twice.read()),
        [(
            Severity::Error,
            ProblemKind::Groups,
            "PL IV - Rieng phong",
            Some(7),
            Some("H")
        )]
    );
}

#[test]
fn titles_totals_repeated_headers_and_merged_tasks_are_understood() {
    let bold = Format::new().set_bold();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet
        .write_row(
            0,
            0,
            [
                "TT",
                "Mã",
                "Tên sản phẩm",
                "Sản phẩm đầu ra",
                "Nhóm",
                "Điểm",
                "Hệ số (K)",
            ],
        )
        .unwrap();
    sheet
        .write_row(1, 0, ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"])
        .unwrap();
    sheet
        .merge_range(2, 0, 2, 6, "A. LĨNH VỰC VĂN PHÒNG", &bold)
        .unwrap();
    sheet.write_row(3, 1, ["I", "Nhóm việc soạn thảo"]).unwrap();
    sheet
        .merge_range(4, 2, 5, 2, "Soạn thảo văn bản", &bold)
        .unwrap();
    for (row, code, points) in [(4, "A.01", 4.0), (5, "A.02", 8.0)] {
        sheet
            .write_string(row, 1, code)
            .unwrap()
            .write_string(row, 3, "Công văn")
            .unwrap()
            .write_string(row, 4, "N1")
            .unwrap();
        sheet
            .write_number(row, 5, points)
            .unwrap()
            .write_number(row, 6, points / 4.0)
            .unwrap();
    }
    sheet
        .write_row(
            6,
            0,
            [
                "TT",
                "Mã",
                "Tên sản phẩm",
                "Sản phẩm đầu ra",
                "Nhóm",
                "Điểm",
                "Hệ số (K)",
            ],
        )
        .unwrap();
    sheet
        .write_string(7, 2, "Tổng cộng")
        .unwrap()
        .write_number(7, 5, 12)
        .unwrap();
    let preview = read_catalogue(&workbook.save_to_buffer().unwrap(), soon()).unwrap();
    assert_eq!(problems(&preview), []);
    let rows: Vec<_> = preview
        .products
        .iter()
        .map(|p| (p.code.as_str(), p.task.as_str(), p.row))
        .collect();
    assert_eq!(
        rows,
        [
            ("A.01", "Soạn thảo văn bản", 5),
            ("A.02", "Soạn thảo văn bản", 6)
        ]
    );
    assert_eq!(preview.standard_points, Some(decimal("4")));
    assert_eq!(preview.sheets[0].passed_over, 5);
}

#[test]
fn a_sheet_without_products_is_reported_and_a_workbook_without_any_is_refused() {
    let mut workbook = Workbook::new();
    workbook
        .add_worksheet()
        .set_name("Ghi chép")
        .unwrap()
        .write_string(0, 0, "Việc cần làm")
        .unwrap();
    let Err(Refusal::NothingUnderstood { detail }) =
        read_catalogue(&workbook.save_to_buffer().unwrap(), soon())
    else {
        panic!("read")
    };
    assert!(detail.contains("Ghi chép"), "{detail}");
}

#[test]
fn a_catalogue_export_is_read_back_the_same_and_no_text_becomes_a_formula() {
    let nasty = [
        "=HYPERLINK(\"http://x\",\"y\")",
        "+1+1",
        "-2-3",
        "@SUM(A1)",
        "<b>đậm</b> & \"ngoặc\"",
        "_x0041_ giữ nguyên",
        "Ậ Ễ Ộ 🙂",
    ];
    let rows: Vec<ProductExport> = nasty
        .iter()
        .enumerate()
        .map(|(at, text)| ProductExport {
            code: format!("X.{at:02}"),
            unit_name: (at % 2 == 0).then(|| (*text).to_owned()),
            task: (*text).to_owned(),
            detail: format!("{text} chi tiết"),
            output: (*text).to_owned(),
            unit_of_measure: Some("văn bản".to_owned()),
            group: "N1".to_owned(),
            points: Decimal::from(at + 4),
            coefficient: (Decimal::from(at + 4) / Decimal::from(4))
                .round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero),
            note: (at == 3).then(|| (*text).to_owned()),
            is_standard: at == 0,
        })
        .collect();
    let groups = [Group {
        code: "N1".to_owned(),
        min: Some(decimal("1")),
        max: Some(decimal("50")),
    }];
    let bytes = catalogue_template(&rows, &groups).unwrap();
    assert!(!sheets_xml(&bytes).contains("<f>"), "a formula was written");
    let preview = read_catalogue(&bytes, soon()).unwrap();
    assert_eq!(problems(&preview), []);
    assert_eq!(preview.standard().unwrap().code, "X.00");
    assert_eq!(preview.groups, groups);
    for (written, read) in rows.iter().zip(&preview.products) {
        assert_eq!(
            (
                &written.code,
                &written.unit_name,
                &written.task,
                &written.detail,
                &written.output,
                &written.unit_of_measure,
                &written.note
            ),
            (
                &read.code,
                &read.unit_name,
                &read.task,
                &read.detail,
                &read.output,
                &read.unit_of_measure,
                &read.note
            )
        );
        assert_eq!(
            (written.points, written.coefficient.normalize()),
            (read.points, read.coefficient)
        );
    }
    assert_eq!(preview.products.len(), rows.len());
}

#[test]
fn a_preview_travels_as_json_unchanged() {
    let preview = Decision::new().read();
    let text = serde_json::to_string(&preview).unwrap();
    assert_eq!(
        serde_json::from_str::<CataloguePreview>(&text).unwrap(),
        preview
    );
    assert!(
        text.contains("\"points\":\"70\""),
        "points are exact text on the wire"
    );
}

/// The workbook that the environment names, or the one beside the checkout.
fn real_workbook() -> Option<std::path::PathBuf> {
    let beside = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .map(|folder| folder.join("shared/real/catalogue-decision-283.xlsx"))
        .filter(|file| file.is_file());
    std::env::var_os("CONGTAM_REAL_WORKBOOK")
        .map(std::path::PathBuf::from)
        .or(beside)
}

#[test]
fn the_real_workbook_is_read_whole_in_under_two_seconds() {
    let Some(path) = real_workbook() else {
        println!("skipped: no real workbook here, and CONGTAM_REAL_WORKBOOK names none");
        return;
    };
    let bytes = std::fs::read(path).unwrap();
    let start = Instant::now();
    let preview = read_catalogue(&bytes, soon()).unwrap();
    let took = start.elapsed();
    println!(
        "{} products, {} criteria in {took:?}; digest {}",
        preview.products.len(),
        preview.criteria.len(),
        preview.digest
    );
    for problem in &preview.problems {
        println!("{problem:?}");
    }
    for sheet in &preview.sheets {
        println!("{sheet:?}");
    }
    assert!(took < Duration::from_secs(2));
    let counts: Vec<_> = preview
        .sheets
        .iter()
        .map(|s| (s.kind, s.header_row, s.products, s.refused))
        .collect();
    assert_eq!(
        counts,
        [
            (SheetKind::Criteria, Some(3), 13, 0),
            (SheetKind::Products, Some(4), 18, 0),
            (SheetKind::Products, Some(4), 62, 0),
            (SheetKind::Products, Some(5), 291, 0)
        ]
    );
    assert_eq!(preview.products.len(), 371);
    assert_eq!(
        (
            preview.standard_points,
            preview.standard().unwrap().code.as_str()
        ),
        (Some(decimal("5")), "DC.01")
    );
    assert_eq!(
        preview
            .groups
            .iter()
            .map(|g| g.code.as_str())
            .collect::<Vec<_>>(),
        ["N1", "N2", "N3", "N4"]
    );
    // HCC.01 has the standard's points, too; nothing else is to be said about it.
    assert_eq!(
        problems(&preview),
        [(
            Severity::Notice,
            ProblemKind::Standard,
            "PL IV - Rieng phong",
            Some(135),
            Some("J")
        )]
    );
    assert_eq!(
        preview
            .criteria
            .iter()
            .filter(|c| c.is_group)
            .map(|c| c.max)
            .sum::<Decimal>(),
        decimal("30")
    );
    assert!(preview.can_apply());
    assert_eq!(
        read_catalogue(&bytes, soon()).unwrap().digest,
        preview.digest
    );
}
