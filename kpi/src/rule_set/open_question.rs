//! The questions that Nghị định 335/2025/NĐ-CP leaves open (A1–A33), each with
//! the fields that answer it or the one answer this product gives.

/// How a question is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// By these fields of a rule set.
    Fields(&'static [&'static str]),
    /// In this one way, in Vietnamese.
    Fixed(&'static str),
}

/// A question that the texts leave open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenQuestion {
    /// `A1` … `A33`.
    pub id: &'static str,
    /// The question, in Vietnamese.
    pub question: &'static str,
    /// How it is settled.
    pub settled: Settled,
}

const fn by(
    id: &'static str,
    question: &'static str,
    paths: &'static [&'static str],
) -> OpenQuestion {
    OpenQuestion {
        id,
        question,
        settled: Settled::Fields(paths),
    }
}

const fn fixed(id: &'static str, question: &'static str, answer: &'static str) -> OpenQuestion {
    OpenQuestion {
        id,
        question,
        settled: Settled::Fixed(answer),
    }
}

/// Every open question, in order.
pub const OPEN_QUESTIONS: &[OpenQuestion] = &[
    by(
        "A1",
        "Làm tròn điểm và so với ngưỡng thế nào?",
        &["decimals", "rounding"],
    ),
    by(
        "A2",
        "Trừ 25 % mỗi lần là trừ thẳng hay trừ dồn?",
        &[
            "deductions.shape",
            "deductions.quality_steps",
            "deductions.progress_steps",
        ],
    ),
    fixed(
        "A3",
        "Trừ trên từng sản phẩm hay trên cả tiêu chí?",
        "Trên chính sản phẩm, công việc đó.",
    ),
    by("A4", "Thế nào là một lần chậm?", &["deductions.delay_unit"]),
    fixed(
        "A5",
        "Thế nào là sai sót lớn?",
        "Người duyệt đánh dấu và nêu lý do; trả lại để chỉnh sửa nhỏ không bị trừ.",
    ),
    by(
        "A6",
        "Một nguyên nhân có trừ cả a, b và c?",
        &["fault_base"],
    ),
    by("A7", "Phần vượt 100 % bị chặn ở đâu?", &["cap"]),
    by(
        "A8",
        "Không được giao việc theo kế hoạch thì sao?",
        &["zero_assigned"],
    ),
    by("A9", "Chỉ có việc đột xuất thì sao?", &["zero_assigned"]),
    fixed(
        "A10",
        "Nguyên nhân khách quan được xử lý thế nào?",
        "Không trừ điểm; đưa việc ra khỏi kỳ cần quyết định thay đổi nhiệm vụ.",
    ),
    fixed(
        "A11",
        "Việc chưa đến hạn khi hết kỳ?",
        "Thuộc kỳ có thời hạn; việc dài phải chia nhỏ.",
    ),
    fixed(
        "A12",
        "Việc bị hủy hoặc thay đổi giữa kỳ?",
        "Chỉ đưa ra khi được duyệt, giữ lại trong lịch sử.",
    ),
    by("A13", "Theo dõi theo tháng hay quý?", &["period_kind"]),
    by(
        "A14",
        "Mức giữa 100 và 50 của tiêu chí đ, e?",
        &["leadership.allowed"],
    ),
    fixed(
        "A15",
        "Công chức chưa có điểm tính vào d thế nào?",
        "Không tính, được liệt kê.",
    ),
    by(
        "A16",
        "Một công chức yếu ở cấp nào thì ảnh hưởng người đứng đầu?",
        &["leadership.subordinates"],
    ),
    by(
        "A17",
        "Có hệ số vị trí không?",
        &["position.staff", "position.deputy", "position.head"],
    ),
    by(
        "A18",
        "Trọng số của các tiêu chí?",
        &[
            "staff_weights.quantity",
            "staff_weights.quality",
            "staff_weights.progress",
            "leader_weights.quantity",
            "leader_weights.quality",
            "leader_weights.progress",
            "leader_weights.results",
            "leader_weights.organising",
            "leader_weights.unity",
        ],
    ),
    by(
        "A19",
        "Chia 30 điểm tiêu chí chung thế nào?",
        &["criterion_groups", "criteria"],
    ),
    by(
        "A20",
        "Cấp trên có chấm lại tiêu chí chung không?",
        &["common_review"],
    ),
    by("A21", "Tỷ lệ 20 % tính trên số nào?", &["year.cap_base"]),
    by(
        "A22",
        "Phần lẻ của số người xuất sắc?",
        &["year.cap_fraction"],
    ),
    by(
        "A23",
        "Nhóm quá nhỏ không có suất nào?",
        &["year.cap_scope"],
    ),
    fixed(
        "A24",
        "Ai xác định nhóm có nhiệm vụ tương đồng?",
        "Từng cơ quan, trước khi năm bắt đầu.",
    ),
    fixed(
        "A25",
        "Bằng điểm ở ranh giới thì chọn ai?",
        "Cấp có thẩm quyền quyết định; không tự động.",
    ),
    by("A26", "Trung bình năm khi thiếu tháng?", &["year.mean"]),
    by(
        "A27",
        "Tháng 12 khi xếp loại trước 15/12?",
        &["year.december"],
    ),
    fixed(
        "A28",
        "Chuyển giữa công chức và lãnh đạo trong năm?",
        "Mỗi tháng theo vị trí của tháng đó.",
    ),
    fixed(
        "A29",
        "Biệt phái, đào tạo dài, tập sự?",
        "Nơi làm việc chấm điểm, nơi quản lý nhận kết quả; tập sự không xếp loại.",
    ),
    by(
        "A30",
        "Tổ chức đủ điểm nhưng thiếu điều kiện?",
        &["unit.cascade"],
    ),
    by("A31", "Thời hạn gửi kiến nghị?", &["petition_lodging_days"]),
    by("A32", "Công khai những gì?", &["publication"]),
    by("A33", "Lưu hồ sơ bao lâu?", &["retention_years"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule_set::field::{FIELDS, field};

    #[test]
    fn every_question_is_settled_once_and_fields_name_theirs() {
        let ids: Vec<&str> = OPEN_QUESTIONS.iter().map(|question| question.id).collect();
        let expected: Vec<String> = (1..=33).map(|number| format!("A{number}")).collect();
        assert_eq!(ids, expected);
        for question in OPEN_QUESTIONS {
            match question.settled {
                Settled::Fixed(answer) => assert!(answer.ends_with('.')),
                Settled::Fields(paths) => {
                    assert!(!paths.is_empty());
                    for path in paths {
                        assert!(field(path).unwrap().choice.is_some(), "{path}");
                    }
                }
            }
        }
        for field in FIELDS {
            let Some(id) = field.choice else { continue };
            let question = OPEN_QUESTIONS.iter().find(|question| question.id == id);
            let Settled::Fields(paths) = question.unwrap().settled else {
                panic!("{id} is fixed");
            };
            assert!(paths.contains(&field.path), "{}", field.path);
        }
    }
}
