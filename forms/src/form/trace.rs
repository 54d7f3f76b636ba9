//! Why a score is what it is: each step with its figures and the provision that it rests on.

use serde::{Deserialize, Serialize};

use crate::data::{Heading, Print};
use crate::document::{Block, Section, Style};
use crate::wording;

/// The explanation of a month.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Trace {
    /// Whose paper it is.
    pub heading: Heading,
    /// The print.
    pub print: Print,
    /// "tháng 11 năm 2026".
    pub period: String,
    /// Full name.
    pub name: String,
    /// Post and title.
    pub post: String,
    /// The unit.
    pub unit: String,
    /// What the figures are: "Đã xác nhận lúc …", or that they are provisional.
    pub state: String,
    /// The rule set: its name.
    pub rules: String,
    /// The total; empty while the data do not suffice.
    pub total: String,
    /// The steps, in order.
    pub steps: Vec<Step>,
}

/// A step of the computation.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Step {
    /// What it computes.
    pub title: String,
    /// The published value with its unit.
    pub value: String,
    /// The formula with its figures; may be empty.
    #[serde(default)]
    pub formula: String,
    /// The provision.
    pub article: String,
    /// The items it sums, in words.
    #[serde(default)]
    pub lines: Vec<String>,
}

impl Trace {
    /// The explanation laid out.
    #[must_use]
    pub fn section(&self) -> Section {
        let mut blocks = vec![
            wording::form_head(&self.heading),
            Block::Title {
                text: "VÌ SAO ĐIỂM NÀY".to_owned(),
                under: vec![format!("Cách tính điểm theo dõi, đánh giá {}", self.period)],
                mark: String::new(),
                ruled: false,
            },
        ];
        blocks.extend(wording::person(&self.name, &self.post, &self.unit));
        for (label, value) in [
            ("Tổng điểm:", &self.total),
            ("Căn cứ số liệu:", &self.state),
            ("Bộ quy tắc:", &self.rules),
        ] {
            blocks.push(Block::Field {
                label: label.to_owned(),
                value: value.clone(),
                lines: 0,
            });
        }
        for (step, ordinal) in self.steps.iter().zip(1_u32..) {
            blocks.push(Block::Heading {
                text: format!("{ordinal}. {}: {}", step.title, step.value),
                mark: String::new(),
            });
            let mut text = vec![format!("Theo {}.", step.article)];
            text.extend(Some(step.formula.clone()).filter(|formula| !formula.is_empty()));
            text.extend(step.lines.iter().map(|line| format!("– {line}")));
            blocks.push(Block::Text {
                text: text.join("\n"),
                style: Style::Plain,
            });
        }
        Section::new(
            format!("Vì sao điểm này, {}, {}", self.name, self.period),
            &self.heading.agency,
            &self.print,
            blocks,
        )
    }
}
