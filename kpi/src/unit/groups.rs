//! The three groups of common criteria (Điều 6). The decree gives no points within the 30; thirds are the proposal.

use rust_decimal::Decimal;

/// One group of the common criteria of an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BasicGroup {
    /// Its code in inputs.
    pub code: &'static str,
    /// What it covers.
    pub label: &'static str,
    /// "khoản 1 Điều 6".
    pub article: &'static str,
    /// Most points.
    pub max: Decimal,
}

/// The groups of Điều 6 in its order; their maxima add up to 30.
pub const BASIC_GROUPS: [BasicGroup; 3] = [
    BasicGroup {
        code: "policy",
        label: "Chấp hành chủ trương, chính sách; xây dựng và thực hiện chiến lược, kế hoạch",
        article: "khoản 1 Điều 6",
        max: Decimal::TEN,
    },
    BasicGroup {
        code: "people",
        label: "Quản lý, sử dụng công chức; môi trường làm việc, đoàn kết, kỷ cương",
        article: "khoản 2 Điều 6",
        max: Decimal::TEN,
    },
    BasicGroup {
        code: "reform",
        label: "Cải cách hành chính, chuyển đổi số; khắc phục tồn tại, hạn chế",
        article: "khoản 3 Điều 6",
        max: Decimal::TEN,
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule_set::RuleSet;

    #[test]
    fn the_groups_of_article_6_fill_the_common_block() {
        let sum: Decimal = BASIC_GROUPS.iter().map(|group| group.max).sum();
        assert_eq!(sum, RuleSet::nd_335_2025().common_points);
    }
}
