//! Why a step is computed so, with what spoke for or against.

use super::{fault_name, figure, item_name, percent_of, rate, scores, value_of, weighted};
use crate::{
    rule_set::{CapMode, DeductionShape, FaultStep},
    scoring::ItemKind,
    trace::{Line, OperandLabel, Step, StepKey},
};

/// Most items that are named in a reason.
const NAMED_ITEMS: usize = 3;

pub(super) fn reason(step: &Step) -> String {
    match step.key {
        StepKey::Assigned => assigned_reason(&step.lines),
        StepKey::Volume => volume_reason(&step.lines),
        StepKey::Quality | StepKey::Progress => faults_reason(step),
        StepKey::QuantityPercent => "Khối lượng hoàn thành so với khối lượng được giao.".to_owned(),
        StepKey::QualityPercent => format!("Khối lượng đạt chất lượng so với {}.", base(step)),
        StepKey::ProgressPercent => format!("Khối lượng đạt tiến độ so với {}.", base(step)),
        StepKey::Results => results_reason(step),
        StepKey::Organising => {
            "Cấp có thẩm quyền chọn theo việc đơn vị hoàn thành kế hoạch đúng hạn, bảo đảm chất lượng, \
             có sáng kiến hoặc giải pháp hiệu quả."
                .to_owned()
        }
        StepKey::Unity => {
            "Cấp có thẩm quyền chọn theo môi trường đoàn kết, phối hợp của đơn vị.".to_owned()
        }
        StepKey::TaskPercent => mean_reason(step),
        StepKey::TaskPoints => {
            let ceiling = step.operands.get(1).map_or_else(String::new, |o| figure(&o.value));
            format!("Khối kết quả thực hiện nhiệm vụ tối đa {ceiling} điểm.")
        }
        StepKey::CommonPoints => {
            "Cộng điểm các tiêu chí chung của Mẫu số 01; tiêu chí chưa chấm tính 0.".to_owned()
        }
        StepKey::Total => format!(
            "Điểm tiêu chí chung cộng điểm kết quả; làm tròn một lần đến {} chữ số thập phân.",
            step.published.scale()
        ),
        StepKey::Level => "Mức theo điểm đã công bố, trước các điều kiện và tỷ lệ của cả năm.".to_owned(),
    }
}

fn assigned_reason(lines: &[Line]) -> String {
    if lines.iter().any(|line| line.kind != ItemKind::Plan) {
        return "Không có việc theo kế hoạch nên việc đột xuất và việc nhận thêm làm mẫu số \
                (số lượng × hệ số quy đổi)."
            .to_owned();
    }
    "Số lượng được giao theo kế hoạch × hệ số quy đổi. Việc đã chuyển giao vẫn tính; \
     việc đột xuất và việc nhận thêm không tính vào mẫu số."
        .to_owned()
}

/// What a percentage is of.
fn base(step: &Step) -> &'static str {
    match step.operands.get(1).and_then(|operand| operand.step) {
        Some(StepKey::Volume) => "khối lượng đã hoàn thành",
        _ => "khối lượng được giao",
    }
}

fn volume_reason(lines: &[Line]) -> String {
    let mut text = "Sản phẩm đã nghiệm thu × hệ số quy đổi.".to_owned();
    let extra = |kind: ItemKind| lines.iter().filter(|line| line.kind == kind).count();
    let (ad_hoc, taken_over) = (extra(ItemKind::AdHoc), extra(ItemKind::TakenOver));
    if ad_hoc + taken_over > 0 {
        text.push_str(&format!(
            " Tính thêm {ad_hoc} việc đột xuất và {taken_over} việc nhận thêm (điểm d khoản 1 Điều 18)."
        ));
    }
    text
}

fn faults_reason(step: &Step) -> String {
    let sum = |count: fn(&Line) -> u32| -> u64 {
        step.lines.iter().map(|line| u64::from(count(line))).sum()
    };
    let happened: Vec<&Line> = step
        .lines
        .iter()
        .filter(|line| line.counted() > 0)
        .collect();
    let excused = sum(|line| line.excused);
    let mut text = match (happened.first(), step.key) {
        (None, StepKey::Progress) => "Không có lần chậm nào bị trừ.".to_owned(),
        (None, _) => "Không có lần đánh giá chưa đạt nào bị trừ.".to_owned(),
        (Some(first), key) => {
            let name = fault_name(key, first);
            let names: Vec<String> = happened
                .iter()
                .take(NAMED_ITEMS)
                .map(|line| {
                    format!(
                        "{}: {} {}, trừ {}",
                        item_name(line),
                        line.counted(),
                        name,
                        figure(&line.deducted)
                    )
                })
                .collect();
            let more = happened.len().saturating_sub(NAMED_ITEMS);
            let rest = if more > 0 {
                format!("; và {more} dòng khác")
            } else {
                String::new()
            };
            let how = match first.shape {
                DeductionShape::Linear => {
                    format!("Mỗi {name} trừ {} điểm của chính sản phẩm đó", rate(first))
                }
                DeductionShape::Compound => format!(
                    "Mỗi {name} trừ {} phần điểm còn lại của chính sản phẩm đó",
                    rate(first)
                ),
                DeductionShape::Steps => steps(&step.table, name),
            };
            format!("{how}. {}{rest}.", names.join("; "))
        }
    };
    if excused > 0 {
        text.push_str(" Không trừ các lần đã được xác nhận do nguyên nhân khách quan.");
    }
    text
}

/// "Theo bậc của chính sản phẩm đó: đến 2 lần chậm còn 80 %, nhiều hơn còn 0 %".
fn steps(table: &[FaultStep], name: &str) -> String {
    let mut text = "Theo bậc của chính sản phẩm đó: ".to_owned();
    for step in table {
        let kept = percent_of(step.kept);
        text.push_str(&format!("đến {} {name} còn {kept}, ", step.up_to));
    }
    text.push_str("nhiều hơn còn 0 %");
    text
}

fn results_reason(step: &Step) -> String {
    let count = scores(step).count();
    if count == 0 {
        return "Chưa có công chức nào thuộc quyền được chấm điểm trong kỳ, nên không ai dưới mức hoàn thành."
            .to_owned();
    }
    let threshold = value_of(step, OperandLabel::CompletedThreshold);
    let below = scores(step)
        .filter(|score| threshold.is_some_and(|t| **score < t))
        .count();
    if below == 0 {
        format!("Cả {count} công chức được chấm điểm đều từ mức hoàn thành nhiệm vụ trở lên.")
    } else {
        format!("{below} trong {count} công chức được chấm điểm dưới mức hoàn thành nhiệm vụ.")
    }
}

fn mean_reason(step: &Step) -> String {
    let names: Vec<&str> = weighted(step)
        .iter()
        .filter_map(|(operand, _)| operand.step)
        .map(|key| match key {
            StepKey::QuantityPercent => "a",
            StepKey::QualityPercent => "b",
            StepKey::ProgressPercent => "c",
            StepKey::Results => "d",
            StepKey::Organising => "đ",
            StepKey::Unity => "e",
            other => other.as_str(),
        })
        .collect();
    let cap = match step.cap {
        Some(CapMode::Component) => "mỗi tỷ lệ a, b, c tính tối đa 100 %",
        _ => "phần vượt 100 % của cả khối không tính",
    };
    format!(
        "Trung bình của {}; {cap} (khoản 3 Điều 12).",
        names.join(", ")
    )
}
