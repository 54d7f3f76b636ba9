//! Files that must not be read, each refused with its own sentence.

use std::time::Instant;

use app::import::catalogue_sheet::read_catalogue;
use app::import::preview::Refusal;
use app::import::workbook::{CellValue, Limits, open};
use rust_xlsxwriter::{Format, Workbook};

use crate::fixture::{Decision, decimal, package, small, soon, with_part};

fn refusal(bytes: &[u8]) -> Refusal {
    open(bytes, &Limits::default(), soon()).unwrap_err()
}

fn ole(name: &str) -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(512, 0);
    bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(2048, 0);
    bytes
}

#[test]
fn a_plain_workbook_opens() {
    let workbook = open(&small(), &Limits::default(), soon()).unwrap();
    let rows: Vec<_> = workbook.sheets[0]
        .rows
        .iter()
        .map(|row| (row.number, row.cells.clone()))
        .collect();
    assert_eq!(rows[0], (1, [(0, CellValue::Text("một".into()))].into()));
    assert_eq!(
        rows[1],
        (5, [(2, CellValue::Number(decimal("1.5")))].into())
    );
}

#[test]
fn other_formats_are_named() {
    assert_eq!(refusal(b""), Refusal::Empty);
    assert!(
        matches!(refusal("Mã,Tên\n1,2\n".as_bytes()), Refusal::NotAWorkbook { found } if found.contains("CSV"))
    );
    assert!(
        matches!(refusal(b"<html><table>"), Refusal::NotAWorkbook { found } if found.contains("HTML"))
    );
    assert!(
        matches!(refusal(b"%PDF-1.7"), Refusal::NotAWorkbook { found } if found.contains("PDF"))
    );
    assert!(matches!(
        refusal(&[0xff, 0x00, 0x80, 0x12]),
        Refusal::NotAWorkbook { .. }
    ));
    assert_eq!(refusal(&ole("Workbook")), Refusal::OldFormat);
    assert_eq!(refusal(&ole("EncryptedPackage")), Refusal::Encrypted);
    let word = package(&[("word/document.xml".into(), b"<w/>".to_vec())]);
    assert!(matches!(refusal(&word), Refusal::NotAWorkbook { found } if found.contains("Word")));
    let binary = package(&[("xl/workbook.bin".into(), vec![1, 2, 3])]);
    assert!(matches!(refusal(&binary), Refusal::NotAWorkbook { found } if found.contains("xlsb")));
    let photos = package(&[("a.jpg".into(), vec![1, 2, 3])]);
    assert!(matches!(refusal(&photos), Refusal::NotAWorkbook { .. }));
}

#[test]
fn macros_are_refused_wherever_they_lie() {
    assert_eq!(
        refusal(&with_part("xl/vbaProject.bin", b"x")),
        Refusal::Macros
    );
    assert_eq!(
        refusal(&with_part("xl/sub/VBAPROJECT.BIN", b"x")),
        Refusal::Macros
    );
    assert_eq!(
        refusal(&with_part("xl/macrosheets/sheet1.xml", b"<x/>")),
        Refusal::Macros
    );
}

#[test]
fn an_encrypted_zip_entry_is_refused() {
    let mut bytes = small();
    // Bit 0 of the general purpose flags, in the first central directory record.
    let at = bytes.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    bytes[at + 8] |= 1;
    assert_eq!(refusal(&bytes), Refusal::Encrypted);
}

#[test]
fn a_file_above_the_limit_is_refused_by_its_size_alone() {
    let bytes = vec![b'P'; 20 * 1024 * 1024 + 1];
    assert_eq!(
        refusal(&bytes),
        Refusal::TooBig {
            size_mb: 21,
            limit_mb: 20
        }
    );
}

#[test]
fn bombs_are_refused_whether_or_not_they_declare_their_size() {
    let zeros = vec![b' '; 30 * 1024 * 1024];
    let bomb = with_part("xl/worksheets/sheet1.xml", &zeros);
    assert!(bomb.len() < 200_000, "the fixture is a bomb");
    assert!(matches!(refusal(&bomb), Refusal::Bomb { .. }));

    // The same, with a directory that claims 1000 bytes for each entry.
    let mut liar = bomb.clone();
    let records: Vec<usize> = (0..liar.len() - 4)
        .filter(|at| liar[*at..].starts_with(b"PK\x01\x02"))
        .collect();
    assert!(!records.is_empty());
    for at in records {
        liar[at + 24..at + 28].copy_from_slice(&1000_u32.to_le_bytes());
    }
    assert!(
        matches!(
            refusal(&liar),
            Refusal::Bomb { .. } | Refusal::Damaged { .. }
        ),
        "{:?}",
        refusal(&liar)
    );

    // Many entries, each harmless.
    let tight = Limits {
        unpacked_bytes: 3000,
        ..Limits::default()
    };
    assert!(matches!(
        open(&small(), &tight, soon()),
        Err(Refusal::Bomb { .. })
    ));
    let few = Limits {
        entries: 3,
        ..Limits::default()
    };
    assert!(matches!(
        open(&small(), &few, soon()),
        Err(Refusal::Bomb { .. })
    ));
}

#[test]
fn a_declared_count_of_strings_reserves_no_memory() {
    for declared in [
        "99999999999",
        "18446744073709551615",
        "0000000000000099999999999",
        "99999999999999999999999999",
    ] {
        for filler in [0, 65_500, 65_520, 65_536] {
            let xml = format!(
                "<?xml version=\"1.0\"?><!--{}--><sst uniqueCount  =  \"{declared}\"><si><t>a</t></si></sst>",
                "-x".repeat(filler / 2)
            );
            assert!(
                matches!(
                    refusal(&with_part("xl/sharedStrings.xml", xml.as_bytes())),
                    Refusal::Bomb { .. }
                ),
                "{declared} after {filler}"
            );
        }
    }
    let wide: Vec<u8> = "<sst uniqueCount=\"99999999999\"/>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert!(matches!(
        refusal(&with_part("xl/sharedStrings.xml", &wide)),
        Refusal::Damaged { .. }
    ));
}

#[test]
fn damaged_files_are_refused() {
    let bytes = small();
    assert!(matches!(
        refusal(&bytes[..bytes.len() / 2]),
        Refusal::Damaged { .. }
    ));
    let mut flipped = bytes.clone();
    flipped[60] ^= 0xff;
    assert!(matches!(refusal(&flipped), Refusal::Damaged { .. }));
    assert!(matches!(
        refusal(&with_part(
            "xl/worksheets/sheet1.xml",
            b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1"
        )),
        Refusal::Damaged { .. }
    ));
    assert!(matches!(
        refusal(&with_part("xl/workbook.xml", b"not xml")),
        Refusal::Damaged { .. }
    ));
}

#[test]
fn too_many_rows_columns_sheets_cells_and_too_much_text_are_refused() {
    let mut deep = Workbook::new();
    deep.add_worksheet().write_number(100_000, 0, 1).unwrap();
    assert!(matches!(
        refusal(&deep.save_to_buffer().unwrap()),
        Refusal::TooManyRows {
            found: 100_001,
            limit: 100_000,
            ..
        }
    ));
    let mut wide = Workbook::new();
    wide.add_worksheet().write_number(0, 200, 1).unwrap();
    assert!(matches!(
        refusal(&wide.save_to_buffer().unwrap()),
        Refusal::TooManyColumns {
            found: 201,
            limit: 200,
            ..
        }
    ));
    let mut many = Workbook::new();
    for _ in 0..51 {
        many.add_worksheet();
    }
    assert_eq!(
        refusal(&many.save_to_buffer().unwrap()),
        Refusal::TooManySheets {
            found: 51,
            limit: 50
        }
    );
    // Formats without values reach far down in many real workbooks, and cost nothing.
    let mut formatted = Workbook::new();
    formatted
        .add_worksheet()
        .write_string(0, 0, "x")
        .unwrap()
        .write_blank(500_000, 300, &Format::new().set_bold())
        .unwrap();
    assert!(
        open(
            &formatted.save_to_buffer().unwrap(),
            &Limits::default(),
            soon()
        )
        .is_ok()
    );
    // One long shared string named by many cells.
    let mut heavy = Workbook::new();
    let sheet = heavy.add_worksheet();
    for row in 0..3000 {
        sheet.write_string(row, 0, "ê".repeat(15_000)).unwrap();
    }
    let heavy = heavy.save_to_buffer().unwrap();
    assert!(heavy.len() < 200_000);
    assert!(matches!(refusal(&heavy), Refusal::TooMuchContent { .. }));
    let few = Limits {
        cells: 1,
        ..Limits::default()
    };
    assert!(matches!(
        open(&small(), &few, soon()),
        Err(Refusal::TooMuchContent { .. } | Refusal::Bomb { .. })
    ));
}

#[test]
fn a_deadline_that_passed_ends_the_reading() {
    assert_eq!(
        open(&small(), &Limits::default(), Instant::now()),
        Err(Refusal::OutOfTime)
    );
    assert_eq!(
        read_catalogue(&Decision::new().bytes(), Instant::now()),
        Err(Refusal::OutOfTime)
    );
}

#[test]
fn every_refusal_is_a_vietnamese_sentence() {
    for refusal in [
        Refusal::Empty,
        Refusal::OldFormat,
        Refusal::Encrypted,
        Refusal::Macros,
        Refusal::OutOfTime,
        Refusal::Bomb {
            detail: "200 MB".into(),
        },
    ] {
        let text = refusal.to_string();
        assert!(text.ends_with('.') && !text.is_ascii(), "{text}");
    }
}
