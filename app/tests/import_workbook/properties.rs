//! What must hold for any bytes, any text and any number.

use app::import::catalogue_sheet::read_catalogue;
use app::import::people_sheet::read_people;
use app::import::words::{clean, fold, parse_date, parse_number, parse_range, vietnamese};
use proptest::prelude::*;
use rust_decimal::Decimal;
use rust_xlsxwriter::Workbook;

use crate::fixture::{Decision, package, parts, soon};

fn read_both(bytes: &[u8]) {
    let (catalogue, people) = (read_catalogue(bytes, soon()), read_people(bytes, soon()));
    if let Ok(preview) = catalogue {
        let named = preview
            .products
            .iter()
            .all(|p| preview.sheets.iter().any(|s| s.name == p.sheet));
        assert!(named && preview.problems.iter().all(|p| !p.reason.is_empty()));
    }
    drop(people);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..2000), as_zip in any::<bool>()) {
        if as_zip && bytes.len() > 4 {
            bytes[..4].copy_from_slice(b"PK\x03\x04");
        }
        prop_assert!(read_catalogue(&bytes, soon()).is_err());
        prop_assert!(read_people(&bytes, soon()).is_err());
    }

    #[test]
    fn a_truncated_file_is_refused(at in any::<prop::sample::Index>()) {
        let bytes = Decision::new().bytes();
        prop_assert!(read_catalogue(&bytes[..at.index(bytes.len())], soon()).is_err());
    }

    #[test]
    fn altered_parts_in_a_sound_zip_never_panic(part in 0_usize..12, at in 0_usize..20_000, cut in 0_usize..40, insert in "[<>/\"=&;a-zA-Z0-9 !#\\[\\]-]{0,12}") {
        let mut all = parts(&Decision::new().bytes());
        let count = all.len();
        let content = &mut all[part % count].1;
        let from = at % content.len();
        let to = (from + cut).min(content.len());
        content.splice(from..to, insert.bytes());
        read_both(&package(&all));
    }

    #[test]
    fn any_text_in_any_cell_never_panics(cells in prop::collection::vec((0_u32..12, 0_u16..12, "\\PC{0,12}"), 0..30)) {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write_row(1, 0, ["STT", "Mã CV", "Nhiệm vụ", "Sản phẩm đầu ra", "Nhóm", "Khung điểm", "Điểm chấm", "Hệ số quy đổi", "Sản phẩm chuẩn = 5 điểm"]).unwrap();
        for (row, column, text) in &cells {
            sheet.write_string(row + 2, *column, text.as_str()).unwrap();
        }
        read_both(&workbook.save_to_buffer().unwrap());
    }

    #[test]
    fn text_functions_never_panic_and_cleaning_is_stable(text in "\\PC{0,40}") {
        let once = clean(&text);
        prop_assert_eq!(clean(&once), once.clone());
        let _ = (parse_number(&text), parse_range(&text), parse_date(&text), fold(&text));
    }

    #[test]
    fn a_number_written_for_people_is_read_back(units in -1_000_000_000_i64..1_000_000_000, scale in 0_u32..3) {
        let number = Decimal::new(units, scale).normalize();
        prop_assert_eq!(parse_number(&vietnamese(number)), Some(number));
    }
}
