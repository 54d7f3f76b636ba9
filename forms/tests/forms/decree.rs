//! The wording against Phụ lục II of the decree.

use forms::{Data, Format};
use rust_decimal::Decimal;

use crate::reader::{bare, content, nodes, part};
use crate::sample::{self, file, pdf};

/// Mẫu số 01 as the decree prints it, a cell or line of it a line.
pub const FORM_01: &str = include_str!("mau-so-01.txt");
/// Mẫu số 02.
pub const FORM_02: &str = include_str!("mau-so-02.txt");

/// Groups of the form: number, wording, and its criteria with their points.
pub fn groups_of(form: &str) -> Vec<(String, String, Vec<(String, Decimal)>)> {
    let mut lines = form.lines().skip_while(|line| *line != "(4)").skip(1);
    let mut groups: Vec<(String, String, Vec<(String, Decimal)>)> = Vec::new();
    while let Some(ordinal) = lines.next().filter(|line| *line != "Tổng cộng") {
        let (label, most) = (lines.next().unwrap(), lines.next().unwrap());
        if ordinal.starts_with('I') {
            groups.push((ordinal.to_owned(), label.to_owned(), Vec::new()));
        } else {
            let most = most.replace(',', ".").parse().unwrap();
            groups.last_mut().unwrap().2.push((label.to_owned(), most));
        }
    }
    groups
}

#[test]
fn the_fixture_holds_ten_criteria_of_thirty_points() {
    let groups = groups_of(FORM_01);
    let all: Vec<Decimal> = groups
        .iter()
        .flat_map(|group| group.2.iter().map(|row| row.1))
        .collect();
    assert_eq!((groups.len(), all.len()), (3, 10));
    assert_eq!(all.iter().sum::<Decimal>(), Decimal::from(30));
}

#[test]
fn the_empty_forms_say_what_the_decree_says_and_nothing_else() {
    for (data, decree) in [
        (Data::MonthSheet(vec![sample::empty_month()]), FORM_01),
        (Data::YearSheet(vec![sample::empty_year()]), FORM_02),
    ] {
        assert_eq!(bare(&content(&pdf(data.clone()))), bare(decree));
        let docx = file(data, Format::Docx);
        assert_eq!(
            bare(&nodes(&part(&docx, "word/document.xml"))),
            bare(decree)
        );
    }
}

/// Every line of the form stands in the filled sheet, in its order.
#[test]
fn the_filled_forms_keep_the_wording_in_its_order() {
    for (data, decree) in [
        (
            Data::MonthSheet(vec![sample::month("Nguyễn Văn An", "7K3M9-2XQ4T")]),
            FORM_01,
        ),
        (Data::YearSheet(vec![sample::year()]), FORM_02),
        (Data::MonthSheet(vec![sample::long()]), FORM_01),
    ] {
        let text = bare(&content(&pdf(data)));
        let mut rest = text.as_str();
        for line in decree.lines().filter(|line| {
            // Replaced by the data, or by the day of the signature.
            !line.starts_with("TÊN CƠ QUAN")
                && !line.starts_with("....., ngày")
                && !line.starts_with('(')
                && !line.starts_with("Năm..")
        }) {
            let wanted = bare(line).replace('☐', "");
            let found = rest
                .find(&wanted)
                .unwrap_or_else(|| panic!("{line} is missing in {rest}"));
            rest = &rest[found + wanted.len()..];
        }
    }
}

#[test]
fn what_is_given_is_printed() {
    let text = bare(&content(&pdf(Data::MonthSheet(vec![sample::month(
        "Nguyễn Văn An",
        "7K3M9-2XQ4T",
    )]))));
    for words in [
        "(Kỳ theo dõi, đánh giá: tháng 11 năm 2026)1",
        "Họ và tên: Nguyễn Văn An",
        "Chức vụ, chức danh: Chuyên viên chính",
        "1. Điểm tiêu chí chung: 28,50",
        "2. Điểm tiêu chí kết quả thực hiện nhiệm vụ: 65,17",
        "3. Tổng điểm theo dõi, đánh giá công chức: 93,67",
        "4. Ưu điểm: Chủ động trong công việc được giao; hoàn thành trước hạn 12 văn bản.",
        "Cần rút kinh nghiệm về rà soát số liệu.",
        "Tiêu chí III.2: cá nhân tự chấm 2,50, xác nhận 1,00. Lý do: Từ chối một nhiệm vụ đột xuất trong tháng.",
        "Hà Nội, ngày 23 tháng 11 năm 2026",
        "Ký xác nhận lúc 14:05 ngày 23/11/2026",
        "Chức vụ: Vụ trưởng",
        "Mã nội dung: 9f86d081884c7d65",
        "Tổng cộng 30 30",
    ] {
        assert!(text.contains(&bare(words)), "{words} in {text}");
    }
    let year = bare(&content(&pdf(Data::YearSheet(vec![sample::year()]))));
    for words in [
        "380,33",
        "4Nghỉ thai sản",
        "1281,32Tổng điểm trung bình cả năm80,72",
        "☑Hoàn thành xuất sắc nhiệm vụ☐Hoàn thành tốt nhiệm vụ",
        "☐Hoàn thành xuất sắc nhiệm vụ☑Hoàn thành tốt nhiệm vụ",
        "Bồi dưỡng kỹ năng phân tích chính sách",
    ] {
        assert!(year.contains(&bare(words)), "{words} in {year}");
    }
}
