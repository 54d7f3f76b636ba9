//! Reading people and units and writing them so that they are read back the same.

use app::import::people_sheet::read_people;
use app::import::preview::{PostRole, ProblemKind, Severity, SheetKind};
use app::import::template::{PersonExport, UnitExport, people_template};
use chrono::NaiveDate;
use rust_xlsxwriter::Workbook;

use crate::fixture::{sheets_xml, soon};

fn person(code: &str, name: &str, unit: &str, role: PostRole) -> PersonExport {
    PersonExport {
        officer_code: code.into(),
        full_name: name.into(),
        birth_date: NaiveDate::from_ymd_opt(1985, 9, 5),
        unit_code: unit.into(),
        post_title: Some("Chuyên viên".into()),
        role,
        similar_group: Some("Văn phòng".into()),
        account: Some(format!("cb{}", code.to_lowercase())),
        from: NaiveDate::from_ymd_opt(2026, 1, 1),
    }
}

fn unit(code: &str, name: &str, parent: Option<&str>) -> UnitExport {
    UnitExport {
        code: code.into(),
        name: name.into(),
        parent_code: parent.map(Into::into),
    }
}

#[test]
fn a_people_export_is_read_back_the_same() {
    let mut people = vec![
        person("001", "Nguyễn Đức Thắng", "VP", PostRole::Head),
        person("002", "Trần Thị Ưng", "VP", PostRole::Deputy),
        person("003", "H'Hen Niê", "KT", PostRole::Staff),
    ];
    (
        people[2].birth_date,
        people[2].account,
        people[2].similar_group,
    ) = (None, None, None);
    people[2].post_title = Some("=cmd|' /C calc'!A0".into());
    let units = [
        unit("UB", "UBND xã", None),
        unit("VP", "Văn phòng", Some("UB")),
        unit("KT", "Phòng Kinh tế", Some("UB")),
    ];
    let bytes = people_template(&people, &units).unwrap();
    let xml = sheets_xml(&bytes);
    assert!(
        !xml.contains("<f>") && xml.contains("<dataValidation "),
        "no formula, and a list for the role"
    );
    let preview = read_people(&bytes, soon()).unwrap();
    assert_eq!(preview.problems, []);
    let read: Vec<PersonExport> = preview
        .people
        .iter()
        .cloned()
        .map(|p| PersonExport {
            officer_code: p.officer_code,
            full_name: p.full_name,
            birth_date: p.birth_date,
            unit_code: p.unit,
            post_title: p.post_title,
            role: p.role,
            similar_group: p.similar_group,
            account: p.account,
            from: p.from,
        })
        .collect();
    assert_eq!(read, people);
    let read_units: Vec<_> = preview
        .units
        .iter()
        .map(|u| unit(&u.code, &u.name, u.parent.as_deref()))
        .collect();
    assert_eq!(read_units, units);
    people.reverse();
    assert_eq!(
        read_people(&people_template(&people, &units).unwrap(), soon())
            .unwrap()
            .digest,
        preview.digest
    );
    people[0].full_name.push_str(" Anh");
    assert_ne!(
        read_people(&people_template(&people, &units).unwrap(), soon())
            .unwrap()
            .digest,
        preview.digest
    );
}

#[test]
fn the_empty_people_form_is_understood_and_holds_nobody() {
    let preview = read_people(&people_template(&[], &[]).unwrap(), soon()).unwrap();
    assert_eq!(
        preview.sheets.iter().map(|s| s.kind).collect::<Vec<_>>(),
        [SheetKind::People, SheetKind::Units, SheetKind::Ignored]
    );
    assert!(preview.people.is_empty() && preview.problems.is_empty() && !preview.can_apply());
}

#[test]
fn defects_of_people_are_named() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("DS").unwrap();
    sheet.write_string(0, 0, "DANH SÁCH CÁN BỘ").unwrap();
    sheet
        .write_row(
            2,
            0,
            [
                "Mã cán bộ",
                "Họ và tên",
                "Ngày sinh",
                "Đơn vị",
                "Vai trò",
                "Tài khoản",
                "Từ ngày",
            ],
        )
        .unwrap();
    let rows = [
        [
            "1",
            "Lê A",
            "05/09/1985",
            "Văn phòng",
            "Người đứng đầu",
            "le.a",
            "",
        ],
        [
            "2",
            "Lê B",
            "31/02/1985",
            "Văn phòng",
            "Cấp phó",
            "le.b",
            "",
        ],
        ["3", "Lê C", "1-2-1990", "VP", "trưởng nhóm", "le.c", ""],
        ["1", "Lê D", "", "VP", "CÔNG CHỨC", "LE.A", ""],
        ["5", "Lê E", "", "vp", "người đứng đầu", "lê e", ""],
        ["6", "", "", "VP", "Công chức", "", ""],
        ["7", "Lê G", "01/01/1990", "Phòng lạ", "", "", "01/01/1989"],
        ["8", "Lê H", "", "VP", "Người đứng đầu", "", ""],
    ];
    for (row, texts) in (3..).zip(rows) {
        for (column, text) in (0..).zip(texts).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, column, text).unwrap();
        }
    }
    let units = workbook.add_worksheet().set_name("Đơn vị").unwrap();
    units
        .write_row(0, 0, ["Mã", "Tên", "Đơn vị cấp trên"])
        .unwrap();
    for (row, texts) in (1..).zip([
        ["VP", "Văn phòng", "A"],
        ["A", "Phòng A", "B"],
        ["B", "Phòng B", "Phòng A"],
        ["B", "Phòng khác", "Sở"],
    ]) {
        units.write_row(row, 0, texts).unwrap();
    }
    let preview = read_people(&workbook.save_to_buffer().unwrap(), soon()).unwrap();
    let told: Vec<_> = preview
        .problems
        .iter()
        .map(|p| {
            (
                p.severity,
                p.kind,
                p.sheet.as_str(),
                p.row.unwrap(),
                p.column.as_deref().unwrap(),
            )
        })
        .collect();
    use ProblemKind::{
        Duplicate, SecondHead, UnitCycle, UnknownWord, ValueMissing, ValueUnreadable,
    };
    let (e, n) = (Severity::Error, Severity::Notice);
    assert_eq!(
        told,
        [
            (e, ValueUnreadable, "DS", 5, "C"),
            (e, UnknownWord, "DS", 6, "E"),
            (e, Duplicate, "DS", 7, "A"),
            (e, Duplicate, "DS", 7, "F"),
            (e, ValueUnreadable, "DS", 8, "F"),
            (e, ValueMissing, "DS", 9, "B"),
            (n, ValueMissing, "DS", 10, "E"),
            (e, ValueUnreadable, "DS", 10, "G"),
            (e, SecondHead, "DS", 11, "E"),
            (e, UnitCycle, "Đơn vị", 3, "C"),
            (e, UnitCycle, "Đơn vị", 4, "C"),
            (e, Duplicate, "Đơn vị", 5, "A"),
            (n, UnknownWord, "Đơn vị", 5, "C"),
        ]
    );
    assert!(!preview.can_apply());
    assert_eq!(
        preview.people[0].unit, "VP",
        "a unit named by its name is known by its code"
    );
}
