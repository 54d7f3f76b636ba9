//! The articles a step can rest on, each with its short code and citation.

use std::fmt;

use crate::code::code_enum;

code_enum! {
    /// A provision of Nghị định 335/2025/NĐ-CP, or the Party guidance beside it.
    pub enum Article {
        /// Organisation: excellent.
        A8Clause1 = "Đ8.1", "khoản 1 Điều 8";
        /// Organisation: every task done, on time, of quality; enough of them exceeding.
        A8Clause1A = "Đ8.1a", "điểm a khoản 1 Điều 8";
        /// Organisation: no weak sub-unit.
        A8Clause1B = "Đ8.1b", "điểm b khoản 1 Điều 8";
        /// Organisation: shortcomings fixed.
        A8Clause1C = "Đ8.1c", "điểm c khoản 1 Điều 8";
        /// Organisation: good.
        A8Clause2 = "Đ8.2", "khoản 2 Điều 8";
        /// Organisation: completed.
        A8Clause3 = "Đ8.3", "khoản 3 Điều 8";
        /// Organisation: not completed, below 50.
        A8Clause4 = "Đ8.4", "khoản 4 Điều 8";
        /// Organisation: concluded wrongdoing.
        A8Clause4A = "Đ8.4a", "điểm a khoản 4 Điều 8";
        /// Organisation: too little of the plan, force majeure apart.
        A8Clause4B = "Đ8.4b", "điểm b khoản 4 Điều 8";
        /// Too few months of work in the year.
        A11Clause1 = "Đ11.1", "khoản 1 Điều 11";
        /// Common criteria, at most 30 points.
        A12Clause2 = "Đ12.2", "khoản 2 Điều 12";
        /// Task results, at most 70 points.
        A12Clause3 = "Đ12.3", "khoản 3 Điều 12";
        /// Completed against assigned, converted.
        A14Clause1 = "Đ14.1", "khoản 1 Điều 14";
        /// Quantity.
        A14Clause2A = "Đ14.2a", "điểm a khoản 2 Điều 14";
        /// Quality, −25 % per failed review.
        A14Clause2B = "Đ14.2b", "điểm b khoản 2 Điều 14";
        /// Progress, −25 % per delay.
        A14Clause2C = "Đ14.2c", "điểm c khoản 2 Điều 14";
        /// Results of the unit.
        A15Clause3A = "Đ15.3a", "điểm a khoản 3 Điều 15";
        /// Organising.
        A15Clause3B = "Đ15.3b", "điểm b khoản 3 Điều 15";
        /// Unity.
        A15Clause3C = "Đ15.3c", "điểm c khoản 3 Điều 15";
        /// Deputies, within their field.
        A15Clause4 = "Đ15.4", "khoản 4 Điều 15";
        /// (a + b + c) ÷ 3.
        A16Clause1 = "Đ16.1", "khoản 1 Điều 16";
        /// (a + b + c + d + đ + e) ÷ 6.
        A16Clause2 = "Đ16.2", "khoản 2 Điều 16";
        /// Common + task results × 70.
        A17Clause1 = "Đ17.1", "khoản 1 Điều 17";
        /// The year: mean of the months.
        A17Clause3 = "Đ17.3", "khoản 3 Điều 17";
        /// Assignment, hand-over, ad hoc work.
        A18Clause1D = "Đ18.1d", "điểm d khoản 1 Điều 18";
        /// Excellent.
        A20Clause1 = "Đ20.1", "khoản 1 Điều 20";
        /// Good.
        A20Clause2 = "Đ20.2", "khoản 2 Điều 20";
        /// Completed.
        A20Clause3 = "Đ20.3", "khoản 3 Điều 20";
        /// Not completed, whatever the case.
        A20Clause4 = "Đ20.4", "khoản 4 Điều 20";
        /// Not completed, below 50.
        A20Clause4A = "Đ20.4a", "điểm a khoản 4 Điều 20";
        /// The head, not above the organisation.
        A20Clause6 = "Đ20.6", "khoản 6 Điều 20";
        /// The quarter: all of its tasks.
        PartyQuarter = "HD02", "Hướng dẫn 02-HD/BTCTW";
    }
}

impl fmt::Display for Article {
    /// "điểm a khoản 2 Điều 14 NĐ 335/2025/NĐ-CP".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PartyQuarter => f.write_str(self.label()),
            article => write!(f, "{} NĐ 335/2025/NĐ-CP", article.label()),
        }
    }
}
