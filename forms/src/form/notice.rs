//! The written notice of a yearly level to the person (điểm đ khoản 1, 2 Điều 21), by Mẫu 1.4 Phụ lục III Nghị định 30/2020/NĐ-CP.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::data::{Heading, Print, Signature};
use crate::document::{Block, Section, Signing, Style};
use crate::wording::{self, Level};

/// A notice to one person.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Notice {
    /// Whose paper it is, with the number of the notice.
    pub heading: Heading,
    /// The print.
    pub print: Print,
    /// The day of the notice; none leaves the dots.
    pub day: Option<NaiveDate>,
    /// The year rated.
    pub year: i32,
    /// Full name.
    pub name: String,
    /// Post and title.
    pub post: String,
    /// The unit.
    pub unit: String,
    /// The level; none for who is not rated.
    pub level: Option<Level>,
    /// Why he is not rated; empty for who is.
    #[serde(default)]
    pub unrated: String,
    /// The mean of the year.
    pub mean: Option<Decimal>,
    /// The decision, "Quyết định số 12/QĐ-BAN ngày 10/12/2026".
    pub decision: String,
    /// The decision that it replaces; empty for a first one.
    #[serde(default)]
    pub replaces: String,
    /// Who decided, "Trưởng Ban".
    pub capacity: String,
    /// His signature.
    pub authority: Signature,
}

impl Notice {
    /// The notice laid out.
    #[must_use]
    pub fn section(&self) -> Section {
        let mut blocks = vec![
            wording::dated_head(&self.heading, self.day),
            Block::Title {
                text: "THÔNG BÁO".to_owned(),
                under: vec![format!(
                    "Kết quả xếp loại chất lượng công chức năm {}",
                    self.year
                )],
                mark: String::new(),
                ruled: true,
            },
            Block::Text {
                text: format!("Kính gửi: {}, {}, {}", self.name, self.post, self.unit),
                style: Style::Address,
            },
        ];
        for text in [self.result(), self.replacement(), self.petition()] {
            if !text.is_empty() {
                blocks.push(Block::Text {
                    text,
                    style: Style::Indented,
                });
            }
        }
        let capacity = self.capacity.to_uppercase();
        blocks.push(Block::Signatures {
            signatures: vec![Signing::new(&[capacity.as_str()], "", &self.authority).undated()],
        });
        blocks.push(Block::Text {
            text: "Nơi nhận:\n- Như trên;\n- Bộ phận tham mưu về tổ chức, cán bộ;\n- Lưu: VT."
                .to_owned(),
            style: Style::Small,
        });
        Section::new(
            format!(
                "Thông báo kết quả xếp loại, {}, năm {}",
                self.name, self.year
            ),
            &self.heading.agency,
            &self.print,
            blocks,
        )
    }

    fn result(&self) -> String {
        let basis = "Căn cứ Nghị định số 335/2025/NĐ-CP của Chính phủ về đánh giá, xếp loại chất lượng công chức";
        let decision = if self.decision.is_empty() {
            String::new()
        } else {
            format!(" và {}", self.decision)
        };
        let Some(level) = self.level else {
            return format!(
                "{basis}{decision}, {} thông báo: ông (bà) {} không xếp loại chất lượng năm {}. Lý do: {}",
                self.heading.agency, self.name, self.year, self.unrated
            );
        };
        let mean = self.mean.map_or_else(String::new, |mean| {
            format!(
                "; tổng điểm trung bình cả năm là {} điểm",
                wording::number(mean)
            )
        });
        format!(
            "{basis}{decision}, {} thông báo: ông (bà) {} được xếp loại chất lượng năm {} ở mức “{}”{mean}.",
            self.heading.agency,
            self.name,
            self.year,
            level.label()
        )
    }

    fn replacement(&self) -> String {
        if self.replaces.is_empty() {
            String::new()
        } else {
            format!("Kết quả này thay thế {}.", self.replaces)
        }
    }

    /// What Điều 22 grants.
    fn petition(&self) -> String {
        "Trường hợp không nhất trí với kết luận xếp loại, ông (bà) có quyền kiến nghị. Kiến nghị được giải quyết trong thời hạn \
         07 ngày làm việc kể từ ngày nhận được (Điều 22 Nghị định số 335/2025/NĐ-CP)./."
            .to_owned()
    }
}
