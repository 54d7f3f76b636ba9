//! Which months ask for a look of their own before they are confirmed (Điều 17 khoản 3), and why: the head's time goes
//! to these; the others are accepted after one look.

use rust_decimal::Decimal;

use crate::{number::format_vi, rule_set::AttentionRules};

/// What is known of a month before it is confirmed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MonthSeen {
    /// Whether the officer sent it.
    pub sent: bool,
    /// Whether it was sent after the day on which it was due.
    pub sent_late: bool,
    /// The officer's own total.
    pub own: Option<Decimal>,
    /// The total on what was accepted.
    pub computed: Option<Decimal>,
    /// Mean of the last months; none without any.
    pub before: Option<Decimal>,
    /// Deliveries and causes that wait for a decision.
    pub waiting: u32,
    /// Missed due days that no cause excuses.
    pub delays: u32,
    /// Returns for major errors that no cause excuses.
    pub failed_reviews: u32,
    /// Products that were sent back and not delivered again.
    pub returned: u32,
    /// Accepted products without any evidence.
    pub without_evidence: u32,
    /// Whether đ or e of a leader has to be chosen with nothing recorded that speaks for a choice.
    pub leader_open: bool,
}

/// Why a month asks for a look of its own, the weightiest first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub enum Attention {
    /// Nothing was sent.
    NotSent,
    /// So many decisions wait; it cannot be confirmed before.
    Waiting(u32),
    /// The data do not suffice for a score.
    NoScore,
    /// The own total lies so many points above (positive) or below the computed one.
    Gap(Decimal),
    /// The computed total lies so many points above (positive) or below the months before.
    Jump(Decimal),
    /// Sent back and not delivered again, so many products.
    Returned(u32),
    /// Returned for major errors, so many times.
    Failed(u32),
    /// Late, so many times.
    Late(u32),
    /// Accepted without evidence, so many products.
    WithoutEvidence(u32),
    /// đ and e have to be chosen.
    LeaderOpen,
    /// Sent after its day.
    SentLate,
}

impl Attention {
    /// One short sentence without a full stop.
    #[must_use]
    pub fn sentence(self) -> String {
        let points = |value: Decimal| format_vi(value.abs(), 2);
        match self {
            Self::NotSent => "Chưa gửi tự đánh giá".to_owned(),
            Self::Waiting(count) => format!("{count} việc chờ bạn quyết định trước"),
            Self::NoScore => "Chưa đủ dữ liệu để có điểm".to_owned(),
            Self::Gap(value) if value > Decimal::ZERO => {
                format!("Tự chấm cao hơn điểm tính được {} điểm", points(value))
            }
            Self::Gap(value) => format!("Tự chấm thấp hơn điểm tính được {} điểm", points(value)),
            Self::Jump(value) if value > Decimal::ZERO => {
                format!("Tăng {} điểm so với các tháng trước", points(value))
            }
            Self::Jump(value) => format!("Giảm {} điểm so với các tháng trước", points(value)),
            Self::Returned(count) => format!("{count} sản phẩm bị trả lại, chưa bàn giao lại"),
            Self::Failed(count) => format!("{count} lần bị trả lại vì sai sót lớn"),
            Self::Late(count) => format!("{count} lần trễ hạn"),
            Self::WithoutEvidence(count) => format!("{count} sản phẩm không có minh chứng"),
            Self::LeaderOpen => "Cần chọn mức đ, e".to_owned(),
            Self::SentLate => "Gửi tự đánh giá sau hạn".to_owned(),
        }
    }
}

/// Why a month asks for a look of its own, the weightiest first; empty for one that may be accepted with the others
/// (Điều 17 khoản 3).
#[must_use]
pub fn attention(rules: &AttentionRules, seen: &MonthSeen) -> Vec<Attention> {
    let far = |one: Option<Decimal>, other: Option<Decimal>, from: Decimal| {
        let difference = one? - other?;
        (difference.abs() >= from).then_some(difference)
    };
    let counted = |count: u32, why: fn(u32) -> Attention| (count > 0).then(|| why(count));
    [
        (!seen.sent).then_some(Attention::NotSent),
        counted(seen.waiting, Attention::Waiting),
        seen.computed.is_none().then_some(Attention::NoScore),
        far(seen.own, seen.computed, rules.gap).map(Attention::Gap),
        far(seen.computed, seen.before, rules.jump).map(Attention::Jump),
        counted(seen.returned, Attention::Returned),
        counted(seen.failed_reviews, Attention::Failed),
        counted(seen.delays, Attention::Late),
        counted(seen.without_evidence, Attention::WithoutEvidence),
        seen.leader_open.then_some(Attention::LeaderOpen),
        (seen.sent && seen.sent_late).then_some(Attention::SentLate),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calm() -> MonthSeen {
        MonthSeen {
            sent: true,
            own: Some(Decimal::from(85)),
            computed: Some(Decimal::from(84)),
            before: Some(Decimal::from(80)),
            ..MonthSeen::default()
        }
    }

    #[test]
    fn attention_leaves_a_calm_month_alone() {
        assert_eq!(attention(&AttentionRules::default(), &calm()), []);
    }

    #[test]
    fn attention_begins_exactly_at_the_thresholds_of_the_rule_set() {
        let rules = AttentionRules::default();
        let seen = |own: i64, computed: i64, before: i64| MonthSeen {
            own: Some(Decimal::new(own, 2)),
            computed: Some(Decimal::new(computed, 2)),
            before: Some(Decimal::new(before, 2)),
            ..calm()
        };
        assert_eq!(attention(&rules, &seen(8499, 8000, 8000)), []);
        assert_eq!(
            attention(&rules, &seen(8500, 8000, 8000)),
            [Attention::Gap(Decimal::from(5))]
        );
        assert_eq!(attention(&rules, &seen(8000, 8000, 7001)), []);
        assert_eq!(
            attention(&rules, &seen(8000, 8000, 9000)),
            [Attention::Jump(Decimal::from(-10))]
        );
        let strict = AttentionRules {
            gap: Decimal::ONE,
            ..rules
        };
        assert_eq!(attention(&strict, &calm()).len(), 1);
    }

    #[test]
    fn attention_names_every_reason_the_weightiest_first() {
        let seen = MonthSeen {
            sent: false,
            sent_late: true,
            own: None,
            computed: None,
            before: Some(Decimal::from(80)),
            waiting: 1,
            delays: 2,
            failed_reviews: 3,
            returned: 4,
            without_evidence: 5,
            leader_open: true,
        };
        let found = attention(&AttentionRules::default(), &seen);
        assert_eq!(
            found,
            [
                Attention::NotSent,
                Attention::Waiting(1),
                Attention::NoScore,
                Attention::Returned(4),
                Attention::Failed(3),
                Attention::Late(2),
                Attention::WithoutEvidence(5),
                Attention::LeaderOpen,
            ]
        );
        assert!(found.windows(2).all(|pair| pair[0] <= pair[1]));
        assert!(found.iter().all(|one| !one.sentence().ends_with('.')));
    }
}
