//! The rule sets that come with the product, complete and read-only.

use rust_decimal::Decimal;

use super::{
    AttentionRules, CapMode, CommonReview, Deductions, FaultBase, LeadershipRules, PeriodKind,
    PositionCoefficients, Publication, QuarterRules, Rounding, RuleSet, Thresholds, UnitRules,
    Weights, YearRules, ZeroAssigned,
    choice::{
        CapBase, CapFraction, CapScope, DecemberRule, DeductionShape, DelayUnit, OrgCascade,
        SubordinateScope, YearMean,
    },
};
use crate::criterion::{criteria_of_form_01, groups_of_form_01, unit_criteria_of_article_6};

/// What the frame of Ban Chính sách, chiến lược leaves to each unit.
const ISSUED_BY_THE_UNIT: [&str; 10] = [
    "staff_weights.quantity",
    "staff_weights.quality",
    "staff_weights.progress",
    "leader_weights.quantity",
    "leader_weights.quality",
    "leader_weights.progress",
    "leader_weights.results",
    "leader_weights.organising",
    "leader_weights.unity",
    "unit_criteria",
];

impl RuleSet {
    /// Codes of the built-in rule sets.
    pub const BUILTIN: &'static [&'static str] =
        &["nd-335-2025", "nd-335-2025-component", "ban-cscl-2025"];

    /// Nghị định 335/2025/NĐ-CP as written (Điều 6–8, 11–17, 20–22), with the
    /// proposed reading where the decree is silent (choices A1–A33): rounding
    /// half up at two decimals, linear deductions, the cap on the whole task block.
    #[must_use]
    pub fn nd_335_2025() -> Self {
        let one = Decimal::ONE;
        let none = Decimal::ZERO;
        Self {
            code: "nd-335-2025".to_owned(),
            name: "Nghị định 335/2025/NĐ-CP".to_owned(),
            legal_basis: "Nghị định số 335/2025/NĐ-CP ngày 21/12/2025 của Chính phủ".to_owned(),
            criterion_groups: groups_of_form_01(),
            criteria: criteria_of_form_01(),
            common_points: Decimal::from(30),
            task_points: Decimal::from(70),
            staff_weights: Weights::of([one, one, one, none, none, none]),
            leader_weights: Weights::of([one; 6]),
            deductions: Deductions {
                per_failed_review: Decimal::new(25, 2),
                per_delay: Decimal::new(25, 2),
                shape: DeductionShape::Linear,
                quality_steps: Vec::new(),
                progress_steps: Vec::new(),
                delay_unit: DelayUnit::MissedDates,
            },
            fault_base: FaultBase::Assigned,
            position: PositionCoefficients::default(),
            zero_assigned: ZeroAssigned::NoScore,
            cap: CapMode::Block,
            decimals: 2,
            rounding: Rounding::HalfUp,
            thresholds: Thresholds {
                excellent: Decimal::from(90),
                good: Decimal::from(70),
                completed: Decimal::from(50),
            },
            leadership: LeadershipRules {
                allowed: vec![100, 50],
                results_when_all: 100,
                results_when_below: 50,
                subordinates: SubordinateScope::Direct,
            },
            period_kind: PeriodKind::Month,
            common_review: CommonReview::Rescore,
            quarter: QuarterRules::default(),
            year: YearRules {
                least_worked_months: 6,
                excellent_ratio: Decimal::new(20, 2),
                most_excellent_ratio: Decimal::new(25, 2),
                cap_base: CapBase::Good,
                cap_fraction: CapFraction::Floor,
                cap_scope: CapScope::GroupAndOrganisation,
                mean: YearMean::Months,
                december: DecemberRule::Provisional,
            },
            unit_criteria: unit_criteria_of_article_6(),
            unit: UnitRules {
                exceeded_share: Decimal::new(30, 2),
                late_share: Decimal::new(20, 2),
                fulfilled_share: Decimal::new(70, 2),
                cascade: OrgCascade::Cascade,
            },
            coefficient_decimals: 2,
            attention: AttentionRules::default(),
            petition_days: 7,
            petition_lodging_days: None,
            publication: Publication::Level,
            retention_years: None,
            unfilled: Vec::new(),
        }
    }

    /// The same decree, read so that work above 100 % is cut at each of a, b, c
    /// first (Điều 12 khoản 3, choice A7).
    #[must_use]
    pub fn nd_335_2025_component() -> Self {
        Self {
            code: "nd-335-2025-component".to_owned(),
            name: "Nghị định 335/2025/NĐ-CP, chặn ở từng tiêu chí".to_owned(),
            cap: CapMode::Component,
            ..Self::nd_335_2025()
        }
    }

    /// The frame of Ban Chính sách, chiến lược Trung ương (Khung KPIs): staff by
    /// volume, quality and progress of planned and unexpected work, leaders in
    /// addition by management and operation, units by basic KPIs and KPIs of
    /// their function. The weights are each unit's to issue, so they stand in
    /// `unfilled`; what the frame does not regulate follows Điều 12–17, 20.
    #[must_use]
    pub fn ban_cscl_2025() -> Self {
        let none = Weights::of([Decimal::ZERO; 6]);
        Self {
            code: "ban-cscl-2025".to_owned(),
            name: "Khung KPIs của Ban Chính sách, chiến lược Trung ương".to_owned(),
            legal_basis:
                "Quy định về khung tiêu chí đánh giá hiệu suất công tác cá nhân và đơn vị \
                          của Ban Chính sách, chiến lược Trung ương, công bố ngày 10/7/2025; \
                          nội dung khung không quy định theo Nghị định số 335/2025/NĐ-CP"
                    .to_owned(),
            staff_weights: none.clone(),
            leader_weights: none,
            unit_criteria: Vec::new(),
            unfilled: ISSUED_BY_THE_UNIT.map(str::to_owned).to_vec(),
            ..Self::nd_335_2025()
        }
    }

    /// The built-in, read-only rule set of this code (Điều 26; [`RuleSet::BUILTIN`]).
    #[must_use]
    pub fn builtin(code: &str) -> Option<Self> {
        match code {
            "nd-335-2025" => Some(Self::nd_335_2025()),
            "nd-335-2025-component" => Some(Self::nd_335_2025_component()),
            "ban-cscl-2025" => Some(Self::ban_cscl_2025()),
            _ => None,
        }
    }
}
