//! DOCX and XLSX: the same words, numbers that are numbers, margins.

use forms::{Data, Format};

use crate::reader::{bare, nodes, part};
use crate::sample::{self, all, file};

#[test]
fn a_docx_has_the_margins_the_foot_and_the_words_of_every_form() {
    for (name, data) in all() {
        let document = data.document();
        let docx = file(data, Format::Docx);
        let xml = part(&docx, "word/document.xml");
        // 20, 22, 30 and 15 mm in twentieths of a point.
        for edge in [
            r#"w:top="1133""#,
            r#"w:bottom="1247""#,
            r#"w:left="1700""#,
            r#"w:right="850""#,
        ] {
            assert!(xml.contains(edge), "{name}: {edge}");
        }
        assert!(xml.contains(r#"<w:pgSz w:w="11906" w:h="16838""#), "{name}");
        let foot = nodes(&part(&docx, "word/footer1.xml"));
        assert!(foot.contains("Mã tra cứu: "), "{name}: {foot}");
        let text = bare(&nodes(&xml));
        for section in &document.sections {
            let who = section.title.split(", ").nth(1).unwrap();
            assert!(text.contains(&bare(who)), "{name}: {who}");
        }
    }
}

#[test]
fn in_a_workbook_numbers_are_numbers_and_formulas_are_text() {
    let mut summary = sample::unit(3);
    summary.people[0].note = "=1+1".to_owned();
    let xlsx = file(Data::UnitSummary(summary), Format::Xlsx);
    let sheet = part(&xlsx, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<v>79.01</v>"), "{sheet}");
    assert!(!sheet.contains("<f>"));
    let strings = nodes(&part(&xlsx, "xl/sharedStrings.xml"));
    assert!(strings.contains("=1+1"));
    assert!(strings.contains("BẢNG TỔNG HỢP KẾT QUẢ THEO DÕI, ĐÁNH GIÁ CÔNG CHỨC"));
}

#[test]
fn every_form_can_be_a_workbook_with_a_sheet_a_paper() {
    for (name, data) in all() {
        let papers = data.document().sections.len();
        let xlsx = file(data, Format::Xlsx);
        let book = part(&xlsx, "xl/workbook.xml");
        assert_eq!(book.matches("<sheet ").count(), papers, "{name}");
    }
}
