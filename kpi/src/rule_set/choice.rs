//! The readings that the texts leave open, as named choices of a rule set;
//! the default of each is the one proposed for the decree.

use crate::code::code_enum;

code_enum! {
    /// Where work above 100 % is cut off (Điều 12 khoản 3 sets the 70-point ceiling; choice A7).
    #[derive(Default)]
    pub enum CapMode {
        /// Only the whole task block is cut at 100 %.
        #[default]
        Block = "block", "chặn ở cả khối kết quả";
        /// Each of quantity, quality and progress is cut at 100 % first.
        Component = "component", "chặn ở từng tiêu chí";
    }
}

code_enum! {
    /// How several faults of one deliverable add up (Điều 14 khoản 2 điểm b, c; choice A2).
    #[derive(Default)]
    pub enum DeductionShape {
        /// `1 − rate × faults`, never below zero.
        #[default]
        Linear = "linear", "trừ thẳng, không âm";
        /// `(1 − rate)^faults`, to six decimals.
        Compound = "compound", "trừ dồn trên phần còn lại";
        /// The share that a table keeps.
        Steps = "steps", "theo bậc";
    }
}

code_enum! {
    /// What counts as a delay (Điều 14 khoản 2 điểm c; choice A4).
    #[derive(Default)]
    pub enum DelayUnit {
        /// Each due date that was missed, however many days.
        #[default]
        MissedDates = "missed_dates", "mỗi thời hạn bị lỡ";
        /// Each working day late.
        WorkingDays = "working_days", "mỗi ngày làm việc chậm";
    }
}

code_enum! {
    /// What quality and progress are measured against (Điều 14 khoản 2; choice A6).
    #[derive(Default)]
    pub enum FaultBase {
        /// The assigned work, as the decree's formula: undone work lowers a, b and c.
        #[default]
        Assigned = "assigned", "khối lượng được giao";
        /// The completed work: one cause lowers one criterion.
        Completed = "completed", "khối lượng đã hoàn thành";
    }
}

code_enum! {
    /// How scores are rounded, compared with thresholds and averaged (choice A1).
    #[derive(Default)]
    pub enum Rounding {
        /// Half up, once; thresholds and means take the published figures.
        #[default]
        HalfUp = "half_up", "làm tròn nửa lên";
        /// Further decimals are cut; thresholds and means take the published figures.
        Truncate = "truncate", "cắt bỏ phần lẻ";
        /// Shown half up, compared with thresholds before rounding.
        Exact = "exact", "so sánh số chưa làm tròn";
    }
}

code_enum! {
    /// What happens without planned work (choices A8, A9).
    #[derive(Default)]
    pub enum ZeroAssigned {
        /// No score: "chưa đủ dữ liệu".
        #[default]
        NoScore = "no_score", "không chấm điểm";
        /// Ad hoc and taken-over work stands in for the plan.
        ExtraWork = "extra_work", "lấy việc đột xuất, việc nhận thêm làm mẫu số";
    }
}

code_enum! {
    /// How often people are assessed (Điều 14 khoản 1; choice A13). The periods
    /// of this version are months; a quarter is stored for the forms alone.
    #[derive(Default)]
    pub enum PeriodKind {
        /// Each month.
        #[default]
        Month = "month", "tháng";
        /// Each quarter.
        Quarter = "quarter", "quý";
    }
}

code_enum! {
    /// What the competent person may do with the common criteria (choice A20);
    /// a rule of the process, no arithmetic.
    #[derive(Default)]
    pub enum CommonReview {
        /// Score them again, with a reason.
        #[default]
        Rescore = "rescore", "được chấm lại, có lý do";
        /// Confirm or send back.
        ConfirmOnly = "confirm_only", "chỉ xác nhận hoặc trả lại";
    }
}

code_enum! {
    /// Whose scores make d (Điều 15 khoản 3 điểm a; choice A16); it says whom
    /// to list, the engine takes the scores it is given.
    #[derive(Default)]
    pub enum SubordinateScope {
        /// Those whom the leader scores.
        #[default]
        Direct = "direct", "người trực tiếp quản lý";
        /// Everybody below, too.
        All = "all", "mọi cấp bên dưới";
    }
}

code_enum! {
    /// Of whom the ratio of "xuất sắc" is (Điều 20 khoản 5; choice A21).
    #[derive(Default)]
    pub enum CapBase {
        /// Those rated "tốt", as the decree says.
        #[default]
        Good = "good", "số xếp loại tốt";
        /// Those rated "tốt" or better.
        GoodAndExcellent = "good_and_excellent", "số xếp loại tốt trở lên";
        /// Everybody rated.
        AllRated = "all_rated", "tổng số được xếp loại";
    }
}

code_enum! {
    /// What a fraction of a person becomes (Điều 20 khoản 5 "không vượt quá"; choice A22).
    #[derive(Default)]
    pub enum CapFraction {
        /// Cut.
        #[default]
        Floor = "floor", "bỏ phần lẻ";
        /// Half up.
        Round = "round", "làm tròn nửa lên";
        /// One more person.
        Ceil = "ceil", "tính thêm một người";
    }
}

code_enum! {
    /// Where the ratio of "xuất sắc" is held to (Điều 20 khoản 5 điểm a; choice A23).
    #[derive(Default)]
    pub enum CapScope {
        /// In each group of similar tasks and in all.
        #[default]
        GroupAndOrganisation = "group_and_organisation", "từng nhóm và toàn cơ quan";
        /// In all only.
        Organisation = "organisation", "chỉ toàn cơ quan";
    }
}

code_enum! {
    /// The mean of a year where months are missing (Điều 17 khoản 3; choice A26).
    #[derive(Default)]
    pub enum YearMean {
        /// Of the months that have a score.
        #[default]
        Months = "months", "trung bình các tháng";
        /// Of the quarters that have a score.
        QuarterMeans = "quarter_means", "trung bình các quý";
    }
}

code_enum! {
    /// December, which is not over when the year is rated (Điều 19 khoản 2; choice A27).
    #[derive(Default)]
    pub enum DecemberRule {
        /// It counts provisionally and is replaced if it changes.
        #[default]
        Provisional = "provisional", "tính tạm, thay thế nếu thay đổi";
        /// The mean is of January to November.
        ElevenMonths = "eleven_months", "tính 11 tháng";
    }
}

code_enum! {
    /// An organisation that has the score of a level but not its conditions (Điều 8; choice A30).
    #[derive(Default)]
    pub enum OrgCascade {
        /// The next level whose conditions hold.
        #[default]
        Cascade = "cascade", "xuống mức kế tiếp đủ điều kiện";
        /// The authority decides.
        Manual = "manual", "cấp có thẩm quyền quyết định";
    }
}

code_enum! {
    /// What is made public of a year (Điều 21; choice A32); a rule of the process.
    #[derive(Default)]
    pub enum Publication {
        /// The level.
        #[default]
        Level = "level", "mức xếp loại";
        /// The level and the score.
        LevelAndScore = "level_and_score", "mức xếp loại và điểm";
    }
}
