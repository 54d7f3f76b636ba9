//! The layout against Phụ lục I Nghị định 30/2020, and the file against PDF/A.

use std::collections::BTreeMap;

use forms::Data;
use lopdf::Document;

use crate::reader::{Piece, boxes, content, pieces};
use crate::sample::{self, all, pdf};

/// Half a millimetre is what a glyph may stand out of its line.
const SLACK: f64 = 0.5;

#[test]
fn every_page_is_a4_and_its_text_lies_within_the_margins() {
    for (name, data) in all() {
        let bytes = pdf(data);
        let file = Document::load_mem(&bytes).unwrap();
        for id in file.get_pages().into_values() {
            let (width, height) = boxes(&file, id);
            assert!(
                (width - 210.0).abs() < 0.1 && (height - 297.0).abs() < 0.1,
                "{name}"
            );
        }
        let body: Vec<Piece> = pieces(&bytes)
            .into_iter()
            .filter(|piece| !piece.artifact)
            .collect();
        let least = |value: fn(&Piece) -> f64| body.iter().map(value).fold(f64::INFINITY, f64::min);
        let most = |value: fn(&Piece) -> f64| body.iter().map(value).fold(0.0, f64::max);
        let left = least(|piece| piece.left);
        let right = 210.0 - most(|piece| piece.right);
        let top = least(|piece| piece.baseline - piece.size * 0.25);
        let bottom = 297.0 - most(|piece| piece.baseline);
        assert!((30.0 - SLACK..=35.0).contains(&left), "{name}: left {left}");
        assert!(right >= 15.0 - SLACK, "{name}: right {right}");
        assert!(top >= 20.0 - SLACK, "{name}: top {top}");
        assert!(bottom >= 20.0 - SLACK, "{name}: bottom {bottom}");
    }
}

/// A full line of running text reaches the right margin, which then lies between 15 and 20 mm; so do top and bottom of full pages.
#[test]
fn full_pages_fill_the_space_between_the_margins() {
    let body: Vec<Piece> = pieces(&pdf(Data::MonthSheet(vec![sample::long()])))
        .into_iter()
        .filter(|piece| !piece.artifact)
        .collect();
    let right = 210.0 - body.iter().map(|piece| piece.right).fold(0.0, f64::max);
    assert!((15.0 - SLACK..=20.0).contains(&right), "{right}");
    // The second page begins with the repeated head of the table, which is no content.
    let third: Vec<&Piece> = body.iter().filter(|piece| piece.page == 3).collect();
    let top = third
        .iter()
        .map(|piece| piece.baseline)
        .fold(f64::INFINITY, f64::min);
    // The baseline of the first line is about three quarters of its height below the margin.
    assert!((20.0..=29.0).contains(&top), "{top}");
}

#[test]
fn the_page_number_stands_in_the_top_margin_from_the_second_page_of_every_paper() {
    let mut papers = vec![
        sample::month("Nguyễn Văn An", "AAAAA-00001"),
        sample::long(),
    ];
    papers.push(sample::month("Đỗ Thị Bưởi", "AAAAA-00003"));
    let bytes = pdf(Data::MonthSheet(papers));
    let mut numbers = BTreeMap::new();
    let mut codes = BTreeMap::new();
    for piece in pieces(&bytes).into_iter().filter(|piece| piece.artifact) {
        if piece.baseline < 20.0 {
            let middle = f64::midpoint(piece.left, piece.right);
            // Half of the text's width from its left edge at 30 mm.
            assert!((middle - 112.5).abs() < 0.5, "{middle}");
            assert!((13.0..=14.0).contains(&piece.size));
            numbers.insert(piece.page, piece.text);
        } else if piece.baseline > 297.0 - 22.0 {
            *codes.entry(piece.page).or_insert_with(String::new) += &piece.text;
        }
    }
    let pages = u32::try_from(Document::load_mem(&bytes).unwrap().get_pages().len()).unwrap();
    assert_eq!(
        codes.len(),
        usize::try_from(pages).unwrap(),
        "every page has its foot"
    );
    let mut expected = BTreeMap::new();
    let mut own = 0;
    let mut last = String::new();
    for (page, foot) in &codes {
        let code = foot.split(" tại ").next().unwrap().to_owned();
        assert!(
            foot.contains(
                "Đầu chuỗi nhật ký: số 184233, 9f86d081884c · In lúc 14:05 ngày 23/11/2026"
            ),
            "{foot}"
        );
        own = if code == last { own + 1 } else { 1 };
        last = code;
        if own > 1 {
            expected.insert(*page, own.to_string());
        }
    }
    assert!(pages >= 6, "{pages}");
    assert_eq!(numbers, expected);
}

#[test]
fn the_files_are_tagged_vietnamese_and_declare_pdf_a_2a() {
    for (name, data) in all() {
        let bytes = pdf(data);
        let file = Document::load_mem(&bytes).unwrap();
        let catalog = file.catalog().unwrap();
        let mark = catalog
            .get_deref(b"MarkInfo", &file)
            .unwrap()
            .as_dict()
            .unwrap();
        assert!(mark.get(b"Marked").unwrap().as_bool().unwrap(), "{name}");
        assert!(
            catalog
                .get_deref(b"StructTreeRoot", &file)
                .unwrap()
                .as_dict()
                .is_ok(),
            "{name}"
        );
        assert!(catalog.get_deref(b"OutputIntents", &file).is_ok(), "{name}");
        let lang = catalog.get(b"Lang").unwrap().as_str().unwrap();
        assert!(lang.starts_with(b"vi"), "{name}");
        let meta = catalog
            .get_deref(b"Metadata", &file)
            .unwrap()
            .as_stream()
            .unwrap();
        let xmp = meta
            .get_plain_content()
            .unwrap_or_else(|_| meta.content.clone());
        let xmp = String::from_utf8(xmp).unwrap();
        for words in [
            "pdfaid:part>2<",
            "pdfaid:conformance>A<",
            "pdfuaid:part>1<",
            "2026-11-23T14:05:00",
        ] {
            assert!(xmp.contains(words), "{name}: {words} in {xmp}");
        }
    }
}

#[test]
fn the_same_data_give_the_same_bytes() {
    for (name, data) in all() {
        assert!(pdf(data.clone()) == pdf(data), "{name}");
    }
}

#[test]
fn a_character_that_no_font_holds_is_a_box_and_a_draft_says_so() {
    let text = content(&pdf(Data::MonthSheet(vec![sample::long()])));
    assert!(text.contains('□'));
    assert!(text.contains("BẢN NHÁP – phiếu chưa được cấp có thẩm quyền xác nhận"));
}

/// How long an agency takes is for the log, since machines differ; that everybody is in it is not.
#[test]
fn an_agency_of_220_is_one_file() {
    let sheets = (0..220)
        .map(|ordinal| sample::month("Nguyễn Văn An", &format!("CODE0-{ordinal:05}")))
        .collect();
    let begin = std::time::Instant::now();
    let bytes = pdf(Data::MonthSheet(sheets));
    println!(
        "220 × Mẫu số 01: {:.1} s, {} kB",
        begin.elapsed().as_secs_f64(),
        bytes.len() / 1000
    );
    let all: String = pieces(&bytes)
        .into_iter()
        .filter(|piece| piece.artifact)
        .map(|piece| piece.text)
        .collect();
    for ordinal in 0..220 {
        assert!(all.contains(&format!("CODE0-{ordinal:05} ")), "{ordinal}");
    }
}

/// Writes every sample where `FORMS_OUT` says, to be looked at.
#[test]
fn samples_can_be_looked_at() {
    let Some(folder) = std::env::var_os("FORMS_OUT").map(std::path::PathBuf::from) else {
        return;
    };
    for (name, data) in all() {
        for (format, end) in [
            (forms::Format::Pdf, "pdf"),
            (forms::Format::Docx, "docx"),
            (forms::Format::Xlsx, "xlsx"),
        ] {
            std::fs::write(
                folder.join(format!("{name}.{end}")),
                sample::file(data.clone(), format),
            )
            .unwrap();
        }
    }
}
