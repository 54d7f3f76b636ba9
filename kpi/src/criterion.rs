//! The common criteria (tiêu chí chung) of Mẫu số 01, Phụ lục II: ten rows in
//! three groups, at most 30 points. They are data of a rule set.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// One row of the common block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// `I.1` … `III.4`.
    pub code: String,
    /// The code of its group: `I`, `II`, `III`.
    pub group: String,
    /// The wording of the form.
    pub label: String,
    /// Most points it can give; at least 0, at most two decimals.
    pub max: Decimal,
}

/// A group of common criteria.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionGroup {
    /// `I`, `II`, `III`.
    pub code: String,
    /// The wording of the form.
    pub label: String,
}

/// One common criterion of an organisation (Điều 6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitCriterion {
    /// `1` … `3`, the clauses of Điều 6, or the agency's own.
    pub code: String,
    /// What it is about.
    pub label: String,
    /// Most points it can give; at least 0, at most two decimals.
    pub max: Decimal,
}

/// The three groups of Điều 6 at ten points each; the decree fixes only their sum of 30.
#[must_use]
pub fn unit_criteria_of_article_6() -> Vec<UnitCriterion> {
    UNIT_CRITERIA
        .iter()
        .map(|(code, label)| UnitCriterion {
            code: (*code).to_owned(),
            label: (*label).to_owned(),
            max: Decimal::TEN,
        })
        .collect()
}

/// The three groups of Mẫu số 01 (Phụ lục II; Điều 12 khoản 2).
#[must_use]
pub fn groups_of_form_01() -> Vec<CriterionGroup> {
    GROUPS
        .iter()
        .map(|(code, label)| CriterionGroup {
            code: (*code).to_owned(),
            label: (*label).to_owned(),
        })
        .collect()
}

/// The ten criteria of Mẫu số 01; their maxima add up to 30 (Điều 12 khoản 2).
#[must_use]
pub fn criteria_of_form_01() -> Vec<Criterion> {
    CRITERIA
        .iter()
        .map(|(code, label, tenths)| Criterion {
            code: (*code).to_owned(),
            group: code.split('.').next().unwrap_or_default().to_owned(),
            label: (*label).to_owned(),
            max: Decimal::new(*tenths, 1),
        })
        .collect()
}

const UNIT_CRITERIA: [(&str, &str); 3] = [
    (
        "1",
        "Chấp hành đường lối, chủ trương của Đảng, chính sách, pháp luật của Nhà nước; xây dựng và tổ chức thực hiện chiến lược, kế hoạch; năng lực dự báo, thích ứng",
    ),
    (
        "2",
        "Quản lý, sử dụng công chức theo vị trí việc làm; môi trường làm việc; phối hợp, đoàn kết nội bộ; kỷ luật, kỷ cương hành chính và tinh thần phục vụ",
    ),
    (
        "3",
        "Cải cách hành chính, ứng dụng công nghệ thông tin, chuyển đổi số; rà soát quy chế, quy trình; khắc phục tồn tại, hạn chế",
    ),
];

const GROUPS: [(&str, &str); 3] = [
    (
        "I",
        "Phẩm chất chính trị, phẩm chất đạo đức, văn hóa thực thi công vụ và ý thức kỷ luật, kỷ cương trong thực thi công vụ",
    ),
    (
        "II",
        "Năng lực chuyên môn, nghiệp vụ theo yêu cầu của vị trí việc làm; khả năng đáp ứng yêu cầu thực thi nhiệm vụ được giao; tinh thần trách nhiệm trong thực thi công vụ; thái độ phục vụ người dân, doanh nghiệp và khả năng phối hợp với đồng nghiệp",
    ),
    (
        "III",
        "Năng lực đổi mới, sáng tạo, dám nghĩ, dám làm, dám chịu trách nhiệm vì lợi ích chung trong thực thi công vụ",
    ),
];

/// Code, label, maximum in tenths of a point.
const CRITERIA: [(&str, &str, i64); 10] = [
    (
        "I.1",
        "Phẩm chất chính trị, phẩm chất đạo đức, văn hóa thực thi công vụ",
        50,
    ),
    ("I.2", "Ý thức kỷ luật, kỷ cương trong thực thi công vụ", 50),
    (
        "II.1",
        "Năng lực chuyên môn, nghiệp vụ theo yêu cầu của vị trí việc làm",
        25,
    ),
    (
        "II.2",
        "Khả năng đáp ứng yêu cầu thực thi nhiệm vụ được giao thường xuyên, đột xuất",
        25,
    ),
    ("II.3", "Tinh thần trách nhiệm trong thực thi công vụ", 25),
    (
        "II.4",
        "Thái độ phục vụ người dân, doanh nghiệp và khả năng phối hợp với đồng nghiệp",
        25,
    ),
    (
        "III.1",
        "Có sản phẩm, giải pháp đột phá, sáng tạo đem lại giá trị, hiệu quả thiết thực, tác động tích cực đến kết quả thực hiện nhiệm vụ của cơ quan, tổ chức, đơn vị",
        25,
    ),
    (
        "III.2",
        "Sẵn sàng tham gia thực hiện nhiệm vụ chính trị đặc biệt quan trọng, nhiệm vụ có tính chất đột xuất, phức tạp hoặc trong điều kiện khó khăn",
        25,
    ),
    (
        "III.3",
        "Có tinh thần chịu trách nhiệm trước kết quả công việc; chủ động nhận trách nhiệm khi có sai sót và có biện pháp khắc phục rõ ràng, cụ thể",
        25,
    ),
    (
        "III.4",
        "Chủ động đưa ra quyết định trong phạm vi thẩm quyền, không né tránh; có tinh thần tiên phong trong thực hiện những nhiệm vụ mới",
        25,
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unit_criteria_of_article_6_add_up_to_30() {
        let sum: Decimal = unit_criteria_of_article_6().iter().map(|c| c.max).sum();
        assert_eq!(sum, Decimal::from(30));
    }

    #[test]
    fn criteria_of_form_01_add_up_to_30_and_groups_of_form_01_to_10_each() {
        let criteria = criteria_of_form_01();
        assert_eq!(criteria.len(), 10);
        let sum = |group: &str| -> Decimal {
            criteria
                .iter()
                .filter(|c| c.group == group)
                .map(|c| c.max)
                .sum()
        };
        for group in groups_of_form_01() {
            assert_eq!(sum(&group.code), Decimal::from(10), "{}", group.code);
        }
    }
}
