//! What a rule set must satisfy before anything is computed with it: ranges,
//! order and sums, each refused at its path. The bounds also keep every sum of
//! the engine within 128 bits.

use rust_decimal::Decimal;

use super::RuleSet;
use crate::RuleError;

impl RuleSet {
    /// Checks that the data can be computed with and adds up.
    ///
    /// # Errors
    /// The first value that is out of range, out of order or does not add up;
    /// `field` is its path in the rule set.
    pub fn validate(&self) -> Result<(), RuleError> {
        self.validate_points()?;
        self.validate_weights()?;
        share(
            "deductions.per_failed_review",
            self.deductions.per_failed_review,
        )?;
        share("deductions.per_delay", self.deductions.per_delay)?;
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
        share("unit.exceeded_share", self.unit.exceeded_share)?;
        share("unit.late_share", self.unit.late_share)?;
        share("unit.fulfilled_share", self.unit.fulfilled_share)
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
        if self.criteria.len() > 100 {
            return Err(RuleError::new("criteria", "Tối đa 100 tiêu chí chung."));
        }
        let mut sum = Decimal::ZERO;
        for (index, criterion) in self.criteria.iter().enumerate() {
            percentage(&format!("criteria[{index}].max"), criterion.max)?;
            if self
                .criteria
                .iter()
                .take(index)
                .any(|other| other.code == criterion.code)
            {
                return Err(RuleError::new(
                    format!("criteria[{index}].code"),
                    format!("Mã tiêu chí “{}” bị trùng.", criterion.code),
                ));
            }
            sum += criterion.max;
        }
        if sum != self.common_points {
            return Err(RuleError::new(
                "criteria",
                "Tổng điểm tối đa của các tiêu chí chung phải bằng điểm tối đa của khối.",
            ));
        }
        Ok(())
    }

    fn validate_weights(&self) -> Result<(), RuleError> {
        for (name, weights, leader) in [
            ("staff_weights", &self.staff_weights, false),
            ("leader_weights", &self.leader_weights, true),
        ] {
            let mut sum = Decimal::ZERO;
            for (component, weight) in [
                ("quantity", weights.quantity),
                ("quality", weights.quality),
                ("progress", weights.progress),
                ("results", weights.results),
                ("organising", weights.organising),
                ("unity", weights.unity),
            ] {
                let field = format!("{name}.{component}");
                percentage(&field, weight)?;
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
            if sum.is_zero() {
                return Err(RuleError::new(name, "Tổng trọng số phải lớn hơn 0."));
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

/// 0 to 100 with at most two decimals; bounded so that no sum can overflow.
fn percentage(field: &str, value: Decimal) -> Result<(), RuleError> {
    if value < Decimal::ZERO || value > Decimal::ONE_HUNDRED || value.normalize().scale() > 2 {
        return Err(RuleError::new(
            field,
            "Giá trị phải từ 0 đến 100 và có tối đa 2 chữ số thập phân.",
        ));
    }
    Ok(())
}

/// 0 to 1 with at most four decimals.
fn share(field: &str, value: Decimal) -> Result<(), RuleError> {
    if value < Decimal::ZERO || value > Decimal::ONE || value.normalize().scale() > 4 {
        return Err(RuleError::new(
            field,
            "Giá trị phải từ 0 đến 1 và có tối đa 4 chữ số thập phân.",
        ));
    }
    Ok(())
}
