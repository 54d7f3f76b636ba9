//! The words of a digest.

use chrono::NaiveDate;

use crate::dashboard::home::Line;
use crate::format::day;
use crate::mail::{BaseUrl, Letter, Recipient};

/// Why it came, at its end.
const WHY: &str = "Bạn nhận thư này vì đang bật “Gửi tóm tắt hằng ngày”.";

/// What a digest tells of.
pub(super) struct Told<'a> {
    /// What waits, as on the first page.
    pub lines: &'a [Line],
    /// Unread notifications since the digest before.
    pub notifications: i64,
}

/// The digest of a day; none when there is nothing to tell.
pub(super) fn letter(
    to: Recipient,
    told: &Told<'_>,
    today: NaiveDate,
    base: &BaseUrl,
) -> Option<Letter> {
    let Told {
        lines,
        notifications,
    } = *told;
    if lines.is_empty() && notifications <= 0 {
        return None;
    }
    let date = day(today);
    let subject = if lines.is_empty() {
        format!("Công Tâm: {notifications} thông báo mới, ngày {date}")
    } else {
        format!("Công Tâm: {} việc đang chờ bạn, ngày {date}", lines.len())
    };
    let mut paragraphs: Vec<String> = Vec::new();
    for group in lines.chunk_by(|one, next| one.part == next.part) {
        let heading = group.first().map_or("", |line| line.part.label());
        let rows = group.iter().map(|line| row(line, base));
        let text: Vec<String> = std::iter::once(format!("{heading}:")).chain(rows).collect();
        paragraphs.push(text.join("\n"));
    }
    if notifications > 0 {
        let link = base.link("/notifications");
        paragraphs.push(format!("{notifications} thông báo mới chưa đọc:\n{link}"));
    }
    let text = format!("Ngày {date}.\n\n{}", paragraphs.join("\n\n"));
    Some(Letter::new(to, subject, &text, WHY, base))
}

fn row(line: &Line, base: &BaseUrl) -> String {
    let by = line.day.map_or_else(String::new, |date| {
        let words = if line.late { "quá hạn" } else { "hạn" };
        format!(", {words} {}", day(date))
    });
    let link = base.link(&line.link);
    format!("- {} {}{by}\n  {link}", line.count, line.what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::home::Part;

    fn line(part: Part, count: i64, what: &str, late: bool) -> Line {
        Line {
            part,
            what: what.into(),
            count,
            day: Some("2026-11-30".parse().unwrap()),
            late,
            link: "/month?period=2026-11".into(),
        }
    }

    fn written(lines: &[Line], notifications: i64) -> Option<Letter> {
        let to = Recipient {
            name: "Lê Thị An".into(),
            address: "an@ban.gov.vn".into(),
        };
        let told = Told {
            lines,
            notifications,
        };
        let base = BaseUrl::parse("https://congtam.example").unwrap();
        letter(to, &told, "2026-11-16".parse().unwrap(), &base)
    }

    #[test]
    fn a_digest_names_each_part_once_with_dates_and_links() {
        let lines = [
            line(Part::Own, 1, "phiếu tháng cần tự đánh giá và gửi", false),
            line(Part::Own, 2, "sản phẩm bị trả lại", true),
            line(Part::Head, 24, "phiếu chờ xác nhận", false),
        ];
        let letter = written(&lines, 4).unwrap();
        assert_eq!(
            letter.subject,
            "Công Tâm: 3 việc đang chờ bạn, ngày 16/11/2026"
        );
        let told = letter.body.split("\n\n-- \n").next().unwrap();
        assert_eq!(
            told,
            "Chào Lê Thị An,\n\nNgày 16/11/2026.\n\n\
             Việc và phiếu của tôi:\n\
             - 1 phiếu tháng cần tự đánh giá và gửi, hạn 30/11/2026\n  https://congtam.example/month?period=2026-11\n\
             - 2 sản phẩm bị trả lại, quá hạn 30/11/2026\n  https://congtam.example/month?period=2026-11\n\n\
             Người tôi phụ trách:\n\
             - 24 phiếu chờ xác nhận, hạn 30/11/2026\n  https://congtam.example/month?period=2026-11\n\n\
             4 thông báo mới chưa đọc:\nhttps://congtam.example/notifications"
        );
    }

    #[test]
    fn notifications_alone_are_told_and_nothing_is_not() {
        let letter = written(&[], 2).unwrap();
        assert_eq!(letter.subject, "Công Tâm: 2 thông báo mới, ngày 16/11/2026");
        assert_eq!(written(&[], 0), None);
    }
}
