//! Papers as an office prints them.

use chrono::{NaiveDate, NaiveDateTime};
use forms::data::{Chain, Heading, Print, Signature, Signed};
use forms::form::minutes::{Minutes, Part};
use forms::form::month_sheet::{Change, Criterion, Group, MonthSheet};
use forms::form::notice::Notice;
use forms::form::trace::{Step, Trace};
use forms::form::unit_summary::{Line, UnitSummary};
use forms::form::year_sheet::{Month, YearSheet};
use forms::wording::Level;
use forms::{Data, Format, Request, write};
use rust_decimal::Decimal;

use crate::decree::{FORM_01, groups_of};

pub const HASH: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

pub fn at() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, 23)
        .unwrap()
        .and_hms_opt(14, 5, 0)
        .unwrap()
}

pub fn print(code: &str) -> Print {
    Print {
        code: code.to_owned(),
        address: "https://congtam.example/print/".to_owned(),
        chain: Some(Chain {
            seq: 184_233,
            hash: HASH.to_owned(),
        }),
        at: at(),
        draft: String::new(),
    }
}

pub fn heading() -> Heading {
    Heading {
        above: "Ban Chấp hành Trung ương".to_owned(),
        agency: "Ban Chính sách, chiến lược".to_owned(),
        place: "Hà Nội".to_owned(),
        number: String::new(),
    }
}

pub fn signature(name: &str, act: &str, post: &str) -> Signature {
    Signature {
        day: Some(at().date()),
        name: name.to_owned(),
        signed: Some(Signed {
            act: act.to_owned(),
            post: post.to_owned(),
            at: at(),
            hash: HASH.to_owned(),
        }),
    }
}

pub fn points(hundredths: i64) -> Decimal {
    Decimal::new(hundredths, 2)
}

/// A form as it is handed out: nothing filled in.
pub fn empty_month() -> MonthSheet {
    MonthSheet {
        heading: Heading {
            agency: "Tên cơ quan, tổ chức, đơn vị".to_owned(),
            ..Heading::default()
        },
        print: print("7K3M9-2XQ4T"),
        period: String::new(),
        name: String::new(),
        post: String::new(),
        unit: String::new(),
        groups: groups_of(FORM_01)
            .into_iter()
            .map(|(number, label, criteria)| Group {
                number,
                label,
                criteria: criteria
                    .into_iter()
                    .map(|(label, max)| Criterion {
                        label,
                        max,
                        own: None,
                    })
                    .collect(),
            })
            .collect(),
        common: None,
        tasks: None,
        total: None,
        strengths: String::new(),
        shortcomings: String::new(),
        remark: String::new(),
        changes: Vec::new(),
        own: Signature::default(),
        authority: Signature::default(),
    }
}

pub fn month(name: &str, code: &str) -> MonthSheet {
    let mut sheet = MonthSheet {
        heading: heading(),
        print: print(code),
        period: "tháng 11 năm 2026".to_owned(),
        name: name.to_owned(),
        post: "Chuyên viên chính".to_owned(),
        unit: "Vụ Cải cách, tổ chức bộ máy".to_owned(),
        common: Some(points(2850)),
        tasks: Some(points(6517)),
        total: Some(points(9367)),
        strengths: "Chủ động trong công việc được giao; hoàn thành trước hạn 12 văn bản."
            .to_owned(),
        shortcomings: "Một báo cáo phải trả lại để bổ sung số liệu.".to_owned(),
        remark:
            "Nhất trí với tự đánh giá, trừ một tiêu chí.\nCần rút kinh nghiệm về rà soát số liệu."
                .to_owned(),
        changes: vec![Change {
            criterion: "III.2".to_owned(),
            own: Some(points(250)),
            confirmed: points(100),
            reason: "Từ chối một nhiệm vụ đột xuất trong tháng.".to_owned(),
        }],
        own: signature(name, "Gửi tự đánh giá", "Chuyên viên chính"),
        authority: signature("Trần Thị Ngọc Ánh", "Ký xác nhận", "Vụ trưởng"),
        ..empty_month()
    };
    for group in &mut sheet.groups {
        for criterion in &mut group.criteria {
            criterion.own = Some(criterion.max);
        }
    }
    sheet
}

pub fn empty_year() -> YearSheet {
    YearSheet {
        heading: empty_month().heading,
        print: print("7K3M9-2XQ4T"),
        year: None,
        name: String::new(),
        post: String::new(),
        unit: String::new(),
        months: vec![Month::default(); 12],
        mean: None,
        own_level: None,
        decided_level: None,
        decided_words: String::new(),
        proposal: String::new(),
        own: Signature::default(),
        authority: Signature::default(),
    }
}

pub fn year() -> YearSheet {
    YearSheet {
        heading: heading(),
        year: Some(2026),
        name: "Nguyễn Thị Hồng Nhung".to_owned(),
        post: "Chuyên viên".to_owned(),
        unit: "Văn phòng".to_owned(),
        months: (1..=12)
            .map(|month| Month {
                total: (month != 4).then(|| points(8000 + month * 11)),
                note: if month == 4 {
                    "Nghỉ thai sản".to_owned()
                } else {
                    String::new()
                },
            })
            .collect(),
        mean: Some(points(8072)),
        own_level: Some(Level::Excellent),
        decided_level: Some(Level::Good),
        decided_words: "Quyết định số 45/QĐ-BAN ngày 10/12/2026.".to_owned(),
        proposal: "Bồi dưỡng kỹ năng phân tích chính sách.".to_owned(),
        own: signature("Nguyễn Thị Hồng Nhung", "Gửi tự xếp loại", "Chuyên viên"),
        authority: signature("Lê Đức Thắng", "Ký quyết định", "Trưởng Ban"),
        ..empty_year()
    }
}

pub fn unit(people: i64) -> UnitSummary {
    UnitSummary {
        heading: heading(),
        print: print("8YD42-P0RVW"),
        unit: "Vụ Cải cách, tổ chức bộ máy".to_owned(),
        period: "tháng 11 năm 2026".to_owned(),
        people: (0..people)
            .map(|ordinal| Line {
                name: format!("Nguyễn Hoàng Phương Anh {ordinal}"),
                post: "Chuyên viên cao cấp, phó trưởng phòng".to_owned(),
                common: Some(points(2900)),
                tasks: Some(points(5000 + ordinal)),
                own: Some(points(9000 + ordinal)),
                total: (ordinal % 5 != 4).then(|| points(7900 + ordinal)),
                level: (ordinal % 5 != 4).then_some(Level::Good),
                note: if ordinal % 5 == 4 {
                    "Chờ xác nhận".to_owned()
                } else {
                    String::new()
                },
            })
            .collect(),
        mean: Some(points(7912)),
        drawn_up: Signature::default(),
        head: Signature::default(),
    }
}

pub fn minutes() -> Minutes {
    Minutes {
        heading: Heading {
            number: "03/BB-VCC".to_owned(),
            ..heading()
        },
        print: print("0A1B2-C3D4E"),
        subject: "Họp đánh giá công chức tháng 11 năm 2026 của Vụ Cải cách, tổ chức bộ máy".to_owned(),
        opened: Some(at()),
        closed: Some(at() + chrono::Duration::minutes(95)),
        place: "Phòng họp 302".to_owned(),
        present: vec!["Trần Thị Ngọc Ánh, Vụ trưởng".to_owned(), "24 công chức của vụ".to_owned()],
        absent: vec!["Phạm Văn Bình, Chuyên viên (đi công tác)".to_owned()],
        chair: "Trần Thị Ngọc Ánh, Vụ trưởng".to_owned(),
        secretary: "Đỗ Minh Quân, Chuyên viên".to_owned(),
        parts: (1..=9)
            .map(|ordinal| Part {
                heading: format!("{ordinal}. Nguyễn Văn An, Chuyên viên"),
                paragraphs: vec![
                    "Ý kiến: hoàn thành tốt nhiệm vụ được giao, phối hợp nhịp nhàng với các đơn vị có liên quan trong thẩm định văn bản.".to_owned(),
                    "Kết luận: giữ nguyên điểm đề nghị.".to_owned(),
                ],
                columns: ["Điểm tính", "Điểm tự chấm", "Điểm đề nghị"].map(str::to_owned).to_vec(),
                rows: vec![["88,12", "90,00", "88,12"].map(str::to_owned).to_vec()],
            })
            .collect(),
        chair_signature: signature("Trần Thị Ngọc Ánh", "Ký biên bản", "Vụ trưởng"),
        secretary_signature: Signature {
            name: "Đỗ Minh Quân".to_owned(),
            ..Signature::default()
        },
    }
}

pub fn notice() -> Notice {
    Notice {
        heading: Heading {
            number: "112/TB-BAN".to_owned(),
            ..heading()
        },
        print: print("QWERT-YV123"),
        day: Some(at().date()),
        year: 2026,
        name: "Nguyễn Thị Hồng Nhung".to_owned(),
        post: "Chuyên viên".to_owned(),
        unit: "Văn phòng".to_owned(),
        level: Some(Level::Good),
        unrated: String::new(),
        mean: Some(points(8072)),
        decision: "Quyết định số 45/QĐ-BAN ngày 10/12/2026".to_owned(),
        replaces: "Quyết định số 40/QĐ-BAN ngày 02/12/2026".to_owned(),
        capacity: "Trưởng Ban".to_owned(),
        authority: signature("Lê Đức Thắng", "Ký quyết định", "Trưởng Ban"),
    }
}

pub fn trace() -> Trace {
    Trace {
        heading: heading(),
        print: print("TRACE-00001"),
        period: "tháng 11 năm 2026".to_owned(),
        name: "Nguyễn Văn An".to_owned(),
        post: "Chuyên viên".to_owned(),
        unit: "Văn phòng".to_owned(),
        state: "Trần Thị Ngọc Ánh xác nhận lúc 14:05 ngày 23/11/2026.".to_owned(),
        rules: "Nghị định 335/2025/NĐ-CP".to_owned(),
        total: "93,67 điểm".to_owned(),
        steps: (0..9)
            .map(|ordinal| Step {
                title: "Khối lượng hoàn thành".to_owned(),
                value: format!("1{ordinal},5 quy đổi"),
                formula: "2 × 1,5 + 7 × 1,5 = 13,5".to_owned(),
                article: "điểm a khoản 2 Điều 14".to_owned(),
                lines: vec!["“Dự thảo thông tư”: 2 × 1,5 = 3".to_owned(); 3],
            })
            .collect(),
    }
}

/// One of each form, filled in, with a name for files.
pub fn all() -> Vec<(&'static str, Data)> {
    vec![
        ("mau-so-01-trong", Data::MonthSheet(vec![empty_month()])),
        (
            "mau-so-01",
            Data::MonthSheet(vec![
                month("Nguyễn Văn An", "7K3M9-2XQ4T"),
                month("Đỗ Thị Bưởi", "7K3M9-2XQ4U"),
            ]),
        ),
        ("mau-so-02-trong", Data::YearSheet(vec![empty_year()])),
        ("mau-so-02", Data::YearSheet(vec![year()])),
        ("bang-tong-hop", Data::UnitSummary(unit(46))),
        ("bien-ban", Data::Minutes(minutes())),
        ("thong-bao", Data::Notice(vec![notice()])),
        ("vi-sao", Data::Trace(trace())),
        ("rat-dai", Data::MonthSheet(vec![long()])),
    ]
}

/// A sheet of somebody with long names and much to say.
pub fn long() -> MonthSheet {
    let mut sheet = month(
        "Công Tằng Tôn Nữ Huyền Trân Nguyễn Phúc Bảo Ngọc Khánh Linh",
        "7K3M9-2XQ4T",
    );
    sheet.heading.agency =
        "Trung tâm Nghiên cứu, đào tạo và phát triển nguồn nhân lực chất lượng cao về quản lý hành chính công".to_owned();
    sheet.post = "Phó Trưởng phòng phụ trách Phòng Tổng hợp, pháp chế và kiểm soát thủ tục hành chính kiêm Chánh Văn phòng".to_owned();
    sheet.strengths = "Hoàn thành mọi nhiệm vụ được giao trong tháng, phối hợp tốt. ".repeat(40);
    sheet.shortcomings = "https://congvan.example/rat/dai/khong/co/dau/cach/nao/trong/ca/dong/nay/de/xuong/dong/va/no/van/phai/nam/trong/le 😀".to_owned();
    sheet.print.draft = "phiếu chưa được cấp có thẩm quyền xác nhận".to_owned();
    sheet.own.signed.as_mut().unwrap().post = sheet.post.clone();
    sheet
}

pub fn pdf(data: Data) -> Vec<u8> {
    file(data, Format::Pdf)
}

pub fn file(data: Data, format: Format) -> Vec<u8> {
    write(&Request { format, data }).unwrap()
}
