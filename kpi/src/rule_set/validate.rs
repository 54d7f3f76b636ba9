//! What a rule set must satisfy before anything is computed with it: ranges,
//! order and sums, each refused at its path. The bounds also keep every sum of
//! the engine within 128 bits.

mod range;

use rust_decimal::Decimal;

use self::range::{fault_steps, percentage, row, share, shown};
use super::{DeductionShape, RuleSet};
use crate::{RuleError, number::format_vi};

/// Most working days of a time limit.
const MOST_DAYS: u32 = 365;
/// Most years that records are kept.
const MOST_YEARS: u32 = 100;

impl RuleSet {
    /// Checks that the rules can be computed with: complete, and adding up (choices A18, A19).
    ///
    /// # Errors
    /// As [`Self::validate_content`]; else the first value that the unit has yet to issue.
    pub fn validate(&self) -> Result<(), RuleError> {
        self.validate_content()?;
        match self.unfilled.first() {
            None => Ok(()),
            Some(path) => Err(RuleError::new(
                path.clone(),
                "Giá trị này do đơn vị ban hành và chưa được điền.",
            )),
        }
    }

    /// Checks what is filled in, so that a draft can be kept (choices A18, A19).
    ///
    /// # Errors
    /// The first value that is out of range, out of order or does not add up;
    /// `field` is its path in the rule set.
    pub fn validate_content(&self) -> Result<(), RuleError> {
        self.validate_points()?;
        self.validate_weights()?;
        self.validate_deductions()?;
        self.validate_positions()?;
        if self.decimals > 4 {
            return Err(RuleError::new(
                "decimals",
                "Số chữ số thập phân công bố phải từ 0 đến 4.",
            ));
        }
        if self.coefficient_decimals > 6 {
            return Err(RuleError::new(
                "coefficient_decimals",
                "Số chữ số thập phân của hệ số phải từ 0 đến 6.",
            ));
        }
        self.validate_thresholds()?;
        self.validate_leadership()?;
        self.validate_year()?;
        share("quarter.least_completed", self.quarter.least_completed)?;
        share("unit.exceeded_share", self.unit.exceeded_share)?;
        share("unit.late_share", self.unit.late_share)?;
        share("unit.fulfilled_share", self.unit.fulfilled_share)?;
        self.validate_process()
    }

    /// Whether the unit has yet to issue the value of this path (choice A18).
    #[must_use]
    pub fn is_unfilled(&self, path: &str) -> bool {
        self.unfilled.iter().any(|left| left == path)
    }

    fn validate_points(&self) -> Result<(), RuleError> {
        percentage("common_points", self.common_points)?;
        percentage("task_points", self.task_points)?;
        if self.common_points + self.task_points != Decimal::ONE_HUNDRED {
            return Err(RuleError::new(
                "task_points",
                "Điểm tiêu chí chung và điểm kết quả phải cộng lại bằng 100.",
            ));
        }
        let mut groups: Vec<&str> = Vec::with_capacity(self.criterion_groups.len());
        for (index, group) in self.criterion_groups.iter().enumerate() {
            row(
                "criterion_groups",
                index,
                &groups,
                &group.code,
                &group.label,
            )?;
            groups.push(&group.code);
        }
        let mut codes: Vec<&str> = Vec::with_capacity(self.criteria.len());
        let mut sum = Decimal::ZERO;
        for (index, criterion) in self.criteria.iter().enumerate() {
            row("criteria", index, &codes, &criterion.code, &criterion.label)?;
            if !groups.contains(&criterion.group.as_str()) {
                return Err(RuleError::new(
                    format!("criteria[{index}].group"),
                    format!("Không có nhóm tiêu chí “{}”.", shown(&criterion.group)),
                ));
            }
            percentage(&format!("criteria[{index}].max"), criterion.max)?;
            codes.push(&criterion.code);
            sum += criterion.max;
        }
        self.fills_the_block("criteria", sum)?;
        let mut codes: Vec<&str> = Vec::with_capacity(self.unit_criteria.len());
        let mut sum = Decimal::ZERO;
        for (index, given) in self.unit_criteria.iter().enumerate() {
            row("unit_criteria", index, &codes, &given.code, &given.label)?;
            percentage(&format!("unit_criteria[{index}].max"), given.max)?;
            codes.push(&given.code);
            sum += given.max;
        }
        self.fills_the_block("unit_criteria", sum)
    }

    fn fills_the_block(&self, field: &str, sum: Decimal) -> Result<(), RuleError> {
        if sum == self.common_points || self.is_unfilled(field) {
            return Ok(());
        }
        Err(RuleError::new(
            field,
            format!(
                "Tổng điểm tối đa của các tiêu chí chung phải bằng {}, đang là {}.",
                format_vi(self.common_points, 2),
                format_vi(sum, 2)
            ),
        ))
    }

    fn validate_weights(&self) -> Result<(), RuleError> {
        for (name, weights, leader) in [
            ("staff_weights", &self.staff_weights, false),
            ("leader_weights", &self.leader_weights, true),
        ] {
            let mut sum = Decimal::ZERO;
            let mut unfilled = false;
            for (component, weight) in weights.named() {
                let field = format!("{name}.{component}");
                percentage(&field, weight)?;
                unfilled |= self.is_unfilled(&field);
                if !leader
                    && matches!(component, "results" | "organising" | "unity")
                    && !weight.is_zero()
                {
                    return Err(RuleError::new(
                        field,
                        "Tiêu chí của lãnh đạo, quản lý không áp dụng cho công chức không giữ chức vụ.",
                    ));
                }
                sum += weight;
            }
            if sum.is_zero() && !unfilled {
                return Err(RuleError::new(name, "Tổng trọng số phải lớn hơn 0."));
            }
            let mut counted = weights
                .named()
                .into_iter()
                .filter(|(_, weight)| !weight.is_zero());
            let first = counted.clone().next();
            let equal = first.is_none_or(|(_, first)| counted.all(|(_, weight)| weight == first));
            if !equal && !unfilled && sum != Decimal::ONE_HUNDRED && sum != self.task_points {
                let field = first.map_or(name, |(component, _)| component);
                return Err(RuleError::new(
                    format!("{name}.{field}"),
                    format!(
                        "Trọng số phải bằng nhau, hoặc cộng lại bằng 100 hay bằng điểm của khối ({}); đang cộng lại bằng {}.",
                        format_vi(self.task_points, 4),
                        format_vi(sum, 4)
                    ),
                ));
            }
        }
        Ok(())
    }

    fn validate_deductions(&self) -> Result<(), RuleError> {
        let rules = &self.deductions;
        share("deductions.per_failed_review", rules.per_failed_review)?;
        share("deductions.per_delay", rules.per_delay)?;
        for (field, steps) in [
            ("deductions.quality_steps", &rules.quality_steps),
            ("deductions.progress_steps", &rules.progress_steps),
        ] {
            fault_steps(field, steps)?;
            if rules.shape == DeductionShape::Steps && steps.is_empty() {
                return Err(RuleError::new(
                    field,
                    "Cách trừ theo bậc cần ít nhất một bậc.",
                ));
            }
        }
        Ok(())
    }

    fn validate_positions(&self) -> Result<(), RuleError> {
        for (field, value) in [
            ("position.staff", self.position.staff),
            ("position.deputy", self.position.deputy),
            ("position.head", self.position.head),
        ] {
            let sound = value > Decimal::ZERO && value <= Decimal::TEN;
            if !sound || value.normalize().scale() > 2 {
                return Err(RuleError::new(
                    field,
                    "Hệ số vị trí phải lớn hơn 0, không quá 10 và có tối đa 2 chữ số thập phân.",
                ));
            }
        }
        Ok(())
    }

    fn validate_process(&self) -> Result<(), RuleError> {
        for (field, value) in [
            ("attention.gap", self.attention.gap),
            ("attention.jump", self.attention.jump),
        ] {
            if value <= Decimal::ZERO || value > Decimal::ONE_HUNDRED || value.scale() > 2 {
                return Err(RuleError::new(
                    field,
                    "Giá trị phải lớn hơn 0, không quá 100 và có tối đa 2 chữ số thập phân.",
                ));
            }
        }
        for (field, value, most) in [
            ("petition_days", Some(self.petition_days), MOST_DAYS),
            (
                "petition_lodging_days",
                self.petition_lodging_days,
                MOST_DAYS,
            ),
            ("retention_years", self.retention_years, MOST_YEARS),
        ] {
            if value.is_some_and(|value| value == 0 || value > most) {
                return Err(RuleError::new(
                    field,
                    format!("Giá trị phải từ 1 đến {most}."),
                ));
            }
        }
        Ok(())
    }

    fn validate_thresholds(&self) -> Result<(), RuleError> {
        let t = &self.thresholds;
        percentage("thresholds.excellent", t.excellent)?;
        percentage("thresholds.good", t.good)?;
        percentage("thresholds.completed", t.completed)?;
        if t.excellent <= t.good {
            return Err(RuleError::new(
                "thresholds.good",
                "Ngưỡng “tốt” phải thấp hơn ngưỡng “xuất sắc”.",
            ));
        }
        if t.good <= t.completed {
            return Err(RuleError::new(
                "thresholds.completed",
                "Ngưỡng “hoàn thành” phải thấp hơn ngưỡng “tốt”.",
            ));
        }
        Ok(())
    }

    fn validate_leadership(&self) -> Result<(), RuleError> {
        let rules = &self.leadership;
        if rules.allowed.is_empty() || rules.allowed.len() > 101 {
            return Err(RuleError::new(
                "leadership.allowed",
                "Phải có từ 1 đến 101 mức được chọn.",
            ));
        }
        if rules.allowed.iter().any(|percent| *percent > 100) {
            return Err(RuleError::new(
                "leadership.allowed",
                "Các mức được chọn phải từ 0 đến 100.",
            ));
        }
        for (field, percent) in [
            ("leadership.results_when_all", rules.results_when_all),
            ("leadership.results_when_below", rules.results_when_below),
        ] {
            if percent > 100 {
                return Err(RuleError::new(field, "Tỷ lệ phải từ 0 đến 100."));
            }
        }
        Ok(())
    }

    fn validate_year(&self) -> Result<(), RuleError> {
        let rules = &self.year;
        if rules.least_worked_months > 12 {
            return Err(RuleError::new(
                "year.least_worked_months",
                "Số tháng làm việc tối thiểu phải từ 0 đến 12.",
            ));
        }
        share("year.excellent_ratio", rules.excellent_ratio)?;
        share("year.most_excellent_ratio", rules.most_excellent_ratio)?;
        if rules.excellent_ratio > rules.most_excellent_ratio {
            return Err(RuleError::new(
                "year.excellent_ratio",
                "Tỷ lệ xuất sắc không được lớn hơn tỷ lệ cao nhất mà cấp có thẩm quyền được quyết định.",
            ));
        }
        Ok(())
    }
}
