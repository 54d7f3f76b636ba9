//! The trace of a score: every step with its operands, exact value, published
//! value and article, as data that screen, print and tests share and that can
//! be computed again from its own operands.

mod article;
mod compare;
mod fraction;
pub(crate) mod recompute;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use self::{
    article::Article,
    compare::{InputDifference, ItemDifference, StepDifference, compare},
    fraction::Fraction,
    recompute::TraceError,
};
use crate::{
    code::code_enum,
    rule_set::{CapMode, DeductionShape, DelayUnit, FaultStep, Rounding},
    scoring::ItemKind,
};

code_enum! {
    /// What a step computes.
    pub enum StepKey {
        /// D: assigned work in standard units.
        Assigned = "assigned", "Khối lượng được giao (đã quy đổi)";
        /// Completed work in standard units.
        Volume = "volume", "Khối lượng hoàn thành (đã quy đổi)";
        /// Completed work that meets the quality asked, in standard units.
        Quality = "quality", "Khối lượng đạt chất lượng (đã quy đổi)";
        /// Completed work that is on time, in standard units.
        Progress = "progress", "Khối lượng đạt tiến độ (đã quy đổi)";
        /// a.
        QuantityPercent = "quantity_percent", "Tỷ lệ số lượng (a)";
        /// b.
        QualityPercent = "quality_percent", "Tỷ lệ chất lượng (b)";
        /// c.
        ProgressPercent = "progress_percent", "Tỷ lệ tiến độ (c)";
        /// d.
        Results = "results", "Kết quả hoạt động của đơn vị, lĩnh vực phụ trách (d)";
        /// đ.
        Organising = "organising", "Khả năng tổ chức triển khai thực hiện nhiệm vụ (đ)";
        /// e.
        Unity = "unity", "Năng lực tập hợp, đoàn kết công chức (e)";
        /// The task block in percent, after the cap.
        TaskPercent = "task_percent", "Tỷ lệ kết quả thực hiện nhiệm vụ";
        /// The task block in points.
        TaskPoints = "task_points", "Điểm kết quả thực hiện nhiệm vụ";
        /// The common block in points.
        CommonPoints = "common_points", "Điểm tiêu chí chung";
        /// The score.
        Total = "total", "Tổng điểm theo dõi, đánh giá";
        /// The level of the published score.
        Level = "level", "Mức xếp loại theo điểm";
    }
}

code_enum! {
    /// What an operand is.
    pub enum OperandLabel {
        /// The value of an earlier step, named by `step`.
        Step = "step", "kết quả bước trước";
        /// Points of a common criterion, named by `reference`.
        Criterion = "criterion", "điểm tiêu chí";
        /// Period score of one subordinate.
        SubordinateScore = "subordinate_score", "điểm của công chức thuộc quyền";
        /// Score from which a subordinate counts as "hoàn thành".
        CompletedThreshold = "completed_threshold", "ngưỡng hoàn thành nhiệm vụ";
        /// Score from which the level is "tốt".
        GoodThreshold = "good_threshold", "ngưỡng hoàn thành tốt";
        /// Score from which the level is "xuất sắc".
        ExcellentThreshold = "excellent_threshold", "ngưỡng hoàn thành xuất sắc";
        /// d if nobody is below the threshold.
        WhenAll = "when_all", "tỷ lệ khi tất cả đạt";
        /// d if somebody is below the threshold.
        WhenBelow = "when_below", "tỷ lệ khi có người không đạt";
        /// The percentage the competent person chose.
        Chosen = "chosen", "mức được chọn";
        /// Most points of a block.
        Ceiling = "ceiling", "điểm tối đa";
    }
}

code_enum! {
    /// How the value of a step follows from its operands and lines.
    pub enum Operation {
        /// Sum over the lines of `converted − deducted`.
        SumOfLines = "sum_of_lines", "cộng các dòng";
        /// First operand ÷ second operand × 100.
        Percent = "percent", "tỷ lệ phần trăm";
        /// `when_all` unless a subordinate is below the threshold.
        AllAtLeast = "all_at_least", "tất cả đạt ngưỡng";
        /// The first operand as it is.
        Given = "given", "được chọn";
        /// Mean of the operands by their weights, cut at 100 by the cap.
        CappedMean = "capped_mean", "trung bình có trọng số, có chặn";
        /// First operand (percent) × second operand ÷ 100.
        PercentOf = "percent_of", "phần trăm của";
        /// Sum of the operands.
        Sum = "sum", "tổng";
        /// The first operand, rounded, against the thresholds.
        Classify = "classify", "xếp mức";
    }
}

/// One value that goes into a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operand {
    /// What it is.
    pub label: OperandLabel,
    /// The earlier step it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepKey>,
    /// The criterion it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Its weight in a mean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Fraction>,
    /// Its exact value.
    pub value: Fraction,
}

/// One line of an item in a sum: deliverables of the same item with the same
/// faults stand in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Position of the item in the input, from 0.
    pub item: u32,
    /// The item's reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The item's title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Where the work comes from.
    pub kind: ItemKind,
    /// Quantity of the product.
    pub quantity: Decimal,
    /// Conversion coefficient.
    pub coefficient: Decimal,
    /// Faults that happened (failed reviews or delays); 0 where none count.
    pub faults: u32,
    /// Of these, excused.
    pub excused: u32,
    /// Share lost per fault that counts; in steps, the share lost to all of them.
    pub rate: Decimal,
    /// How the faults add up; linear where it is not said.
    #[serde(default, skip_serializing_if = "is_default")]
    pub shape: DeductionShape,
    /// What a delay is; missed dates where it is not said.
    #[serde(default, skip_serializing_if = "is_default")]
    pub delay_unit: DelayUnit,
    /// The post's coefficient; 1 where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Decimal>,
    /// `quantity × coefficient`, by the post's coefficient, in standard units.
    pub converted: Fraction,
    /// What the faults cost, in standard units.
    pub deducted: Fraction,
}

impl Line {
    /// Faults that count: happened and not excused.
    #[must_use]
    pub const fn counted(&self) -> u32 {
        self.faults.saturating_sub(self.excused)
    }
}

/// One step of a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What it computes.
    pub key: StepKey,
    /// How.
    pub operation: Operation,
    /// From what.
    pub operands: Vec<Operand>,
    /// The items behind a sum.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
    /// What is kept after how many faults, where a sum deducts in steps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub table: Vec<FaultStep>,
    /// Where a mean is cut at 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<CapMode>,
    /// The exact value.
    pub value: Fraction,
    /// The value rounded to the rule set's decimals.
    pub published: Decimal,
    /// The article it rests on.
    pub article: Article,
    /// Code of the rule set.
    pub rule_set: String,
}

/// Every step of a score, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// Decimals of published numbers.
    pub decimals: u32,
    /// How they are rounded and compared; half up where it is not said.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rounding: Rounding,
    /// The steps.
    pub steps: Vec<Step>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Trace {
    /// The step of this key.
    #[must_use]
    pub fn step(&self, key: StepKey) -> Option<&Step> {
        self.steps.iter().find(|step| step.key == key)
    }
}
