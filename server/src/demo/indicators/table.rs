//! What each unit of the demo agency is measured by, and what its authority thinks of it.

use kpi::level::Level;
use kpi::unit::Direction;

/// How an indicator is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// More is better, counted up over the year.
    Sum,
    /// More is better, a rate or mean at any time.
    Rate,
    /// Less is better, counted up over the year.
    LowerSum,
    /// Less is better, a rate or mean at any time.
    LowerRate,
}

impl Sort {
    /// Which way it is better.
    pub const fn direction(self) -> Direction {
        match self {
            Self::Sum | Self::Rate => Direction::Higher,
            Self::LowerSum | Self::LowerRate => Direction::Lower,
        }
    }

    /// Whether its figure grows over the year.
    pub const fn accumulates(self) -> bool {
        matches!(self, Self::Sum | Self::LowerSum)
    }
}

/// One indicator.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// Group of functions.
    pub function: &'static str,
    /// Name.
    pub name: &'static str,
    /// Unit of measure.
    pub unit_of_measure: &'static str,
    /// How it is read.
    pub sort: Sort,
    /// What is to be reached in a year.
    pub target: i64,
    /// Percent of the block.
    pub weight: i64,
    /// Result of the year before against the target, in thousandths.
    pub past: i64,
    /// Pace of the running year against the target, in thousandths.
    pub now: i64,
    /// Where the figure comes from.
    pub source: &'static str,
    /// Place of the owner among the people of the unit, 0 for its head.
    pub owner: usize,
    /// The figure of June was corrected.
    pub corrected: bool,
    /// The last month of the running year that was reported.
    pub silent_since: Option<u32>,
}

const fn measure(
    function: &'static str,
    (name, unit_of_measure): (&'static str, &'static str),
    (sort, target, weight): (Sort, i64, i64),
    (past, now): (i64, i64),
    source: &'static str,
    owner: usize,
) -> Measure {
    Measure {
        function,
        name,
        unit_of_measure,
        sort,
        target,
        weight,
        past,
        now,
        source,
        owner,
        corrected: false,
        silent_since: None,
    }
}

const PROJECTS: &str = "Sổ theo dõi đề án của Văn phòng";
const DOCUMENTS: &str = "Hệ thống quản lý văn bản và điều hành";
const WORK_PLAN: &str = "Báo cáo thực hiện chương trình công tác";

use Sort::{LowerRate, LowerSum, Rate, Sum};

const BAN: &[Measure] = &[
    measure(
        "Tham mưu chiến lược",
        ("Đề án trình Bộ Chính trị, Ban Bí thư", "đề án"),
        (Sum, 12, 40),
        (1000, 1020),
        PROJECTS,
        1,
    ),
    measure(
        "Tham mưu chiến lược",
        ("Kiến nghị, đề xuất được cấp trên tiếp thu", "%"),
        (Rate, 70, 15),
        (1010, 1030),
        PROJECTS,
        1,
    ),
    measure(
        "Lãnh đạo, điều hành",
        ("Nhiệm vụ cấp trên giao hoàn thành đúng hạn", "%"),
        (Rate, 100, 30),
        (965, 972),
        WORK_PLAN,
        2,
    ),
    measure(
        "Lãnh đạo, điều hành",
        ("Cuộc làm việc với tỉnh ủy, thành ủy", "cuộc"),
        (Sum, 26, 15),
        (1040, 990),
        WORK_PLAN,
        3,
    ),
];

const VP: &[Measure] = &[
    measure(
        "Tham mưu tổng hợp",
        ("Báo cáo tổng hợp trình Lãnh đạo Ban đúng hạn", "%"),
        (Rate, 98, 30),
        (992, 985),
        DOCUMENTS,
        5,
    ),
    measure(
        "Tham mưu tổng hợp",
        (
            "Hội nghị, cuộc họp của Ban được tổ chức theo kế hoạch",
            "cuộc",
        ),
        (Sum, 120, 20),
        (1030, 1010),
        WORK_PLAN,
        6,
    ),
    measure(
        "Văn thư, lưu trữ",
        ("Thời gian xử lý văn bản đến bình quân", "ngày"),
        (LowerRate, 2, 25),
        (1080, 1050),
        DOCUMENTS,
        7,
    ),
    measure(
        "Văn thư, lưu trữ",
        ("Hồ sơ công việc lập điện tử", "hồ sơ"),
        (Sum, 2400, 15),
        (940, 985),
        DOCUMENTS,
        8,
    ),
    measure(
        "Tài chính, quản trị",
        ("Kinh phí được giao đã giải ngân", "%"),
        (Sum, 98, 10),
        (990, 1000),
        "Báo cáo của kho bạc",
        9,
    ),
];

const TCCB: &[Measure] = &[
    measure(
        "Tổ chức bộ máy",
        ("Đề án, quy chế về tổ chức, cán bộ được ban hành", "văn bản"),
        (Sum, 20, 25),
        (1000, 1050),
        PROJECTS,
        3,
    ),
    measure(
        "Công tác cán bộ",
        ("Hồ sơ nhân sự giải quyết đúng hạn", "%"),
        (Rate, 100, 30),
        (975, 984),
        "Phần mềm quản lý hồ sơ cán bộ",
        5,
    ),
    measure(
        "Công tác cán bộ",
        ("Lượt cán bộ được đào tạo, bồi dưỡng", "lượt"),
        (Sum, 160, 25),
        (1060, 990),
        "Danh sách lớp học đã cấp chứng chỉ",
        6,
    ),
    measure(
        "Công tác cán bộ",
        ("Thời gian xử lý hồ sơ chế độ, chính sách bình quân", "ngày"),
        (LowerRate, 5, 20),
        (960, 1010),
        "Phần mềm quản lý hồ sơ cán bộ",
        7,
    ),
];

const KTTH: &[Measure] = &[
    measure(
        "Tham mưu chính sách kinh tế",
        ("Đề án, báo cáo tham mưu về kinh tế trình Ban", "đề án"),
        (Sum, 24, 30),
        (1000, 1020),
        PROJECTS,
        6,
    ),
    Measure {
        corrected: true,
        ..measure(
            "Theo dõi, báo cáo",
            ("Báo cáo kinh tế - xã hội chuyên đề", "báo cáo"),
            (Sum, 40, 20),
            (1050, 1010),
            DOCUMENTS,
            5,
        )
    },
    measure(
        "Thẩm định",
        ("Ý kiến thẩm định đề án, dự thảo", "văn bản"),
        (Sum, 85, 20),
        (965, 1000),
        DOCUMENTS,
        7,
    ),
    measure(
        "Tham mưu chính sách kinh tế",
        ("Kiến nghị được cấp có thẩm quyền tiếp thu", "%"),
        (Rate, 70, 20),
        (1020, 1005),
        PROJECTS,
        4,
    ),
    measure(
        "Thẩm định",
        ("Văn bản phải sửa do sai sót nội dung", "văn bản"),
        (LowerSum, 6, 10),
        (830, 670),
        DOCUMENTS,
        8,
    ),
];

const XH: &[Measure] = &[
    measure(
        "Tham mưu chính sách xã hội",
        ("Đề án về văn hóa, xã hội, con người trình Ban", "đề án"),
        (Sum, 20, 30),
        (950, 1000),
        PROJECTS,
        3,
    ),
    measure(
        "Tham mưu chính sách xã hội",
        ("Kiến nghị được cấp có thẩm quyền tiếp thu", "%"),
        (Rate, 65, 20),
        (1000, 1012),
        PROJECTS,
        4,
    ),
    measure(
        "Khảo sát thực tiễn",
        ("Cuộc khảo sát, làm việc với địa phương", "cuộc"),
        (Sum, 24, 25),
        (920, 1000),
        WORK_PLAN,
        5,
    ),
    measure(
        "Thẩm định",
        ("Ý kiến thẩm định đề án, dự thảo", "văn bản"),
        (Sum, 60, 25),
        (985, 1010),
        DOCUMENTS,
        6,
    ),
];

const KHCN: &[Measure] = &[
    measure(
        "Tham mưu khoa học, công nghệ",
        (
            "Đề án về khoa học, công nghệ, chuyển đổi số trình Ban",
            "đề án",
        ),
        (Sum, 18, 30),
        (1000, 1040),
        PROJECTS,
        3,
    ),
    measure(
        "Chuyển đổi số",
        ("Quy trình nội bộ được số hóa", "quy trình"),
        (Sum, 30, 25),
        (1070, 1400),
        "Cổng quy trình nội bộ",
        4,
    ),
    measure(
        "Theo dõi, báo cáo",
        (
            "Báo cáo theo dõi thực hiện nghị quyết về khoa học, công nghệ",
            "báo cáo",
        ),
        (Sum, 24, 20),
        (1000, 1010),
        WORK_PLAN,
        5,
    ),
    measure(
        "Chuyển đổi số",
        ("Mức hài lòng của người dùng hệ thống", "%"),
        (Rate, 85, 25),
        (985, 1020),
        "Khảo sát người dùng hằng tháng",
        6,
    ),
];

const VUNG: &[Measure] = &[
    measure(
        "Theo dõi địa phương",
        ("Báo cáo tình hình vùng, địa phương", "báo cáo"),
        (Sum, 48, 30),
        (960, 980),
        DOCUMENTS,
        4,
    ),
    measure(
        "Theo dõi địa phương",
        ("Đoàn công tác tại địa phương", "đoàn"),
        (Sum, 30, 25),
        (930, 960),
        WORK_PLAN,
        5,
    ),
    measure(
        "Giải quyết kiến nghị",
        ("Kiến nghị của địa phương được giải quyết", "%"),
        (Rate, 90, 25),
        (945, 962),
        "Sổ theo dõi kiến nghị",
        6,
    ),
    measure(
        "Giải quyết kiến nghị",
        ("Thời gian trả lời kiến nghị bình quân", "ngày"),
        (LowerRate, 15, 20),
        (1150, 1090),
        "Sổ theo dõi kiến nghị",
        7,
    ),
];

const HTQT: &[Measure] = &[
    measure(
        "Nghiên cứu quốc tế",
        ("Báo cáo nghiên cứu kinh nghiệm quốc tế", "báo cáo"),
        (Sum, 20, 30),
        (1000, 1010),
        PROJECTS,
        3,
    ),
    measure(
        "Đối ngoại",
        ("Đoàn ra, đoàn vào theo kế hoạch", "đoàn"),
        (Sum, 22, 25),
        (1000, 980),
        WORK_PLAN,
        4,
    ),
    measure(
        "Đối ngoại",
        ("Thỏa thuận, chương trình hợp tác được triển khai", "%"),
        (Rate, 90, 25),
        (1005, 990),
        WORK_PLAN,
        5,
    ),
    measure(
        "Nghiên cứu quốc tế",
        ("Tài liệu đối ngoại được biên dịch", "trang"),
        (Sum, 1800, 20),
        (1020, 1005),
        DOCUMENTS,
        6,
    ),
];

const TDPC: &[Measure] = &[
    measure(
        "Theo dõi vụ việc",
        ("Vụ việc được theo dõi, đôn đốc có kết quả", "vụ việc"),
        (Sum, 40, 35),
        (975, 990),
        "Sổ theo dõi vụ việc",
        3,
    ),
    measure(
        "Theo dõi vụ việc",
        ("Vụ việc tồn quá 60 ngày", "vụ việc"),
        (LowerRate, 5, 15),
        (1200, 1100),
        "Sổ theo dõi vụ việc",
        4,
    ),
    measure(
        "Theo dõi, báo cáo",
        (
            "Báo cáo chuyên đề về phòng, chống tham nhũng, lãng phí, tiêu cực",
            "báo cáo",
        ),
        (Sum, 24, 25),
        (1000, 1000),
        DOCUMENTS,
        5,
    ),
    Measure {
        silent_since: Some(8),
        ..measure(
            "Đơn thư",
            ("Đơn thư được xử lý đúng hạn", "%"),
            (Rate, 95, 25),
            (1010, 1000),
            "Sổ tiếp nhận đơn thư",
            6,
        )
    },
];

const VNC: &[Measure] = &[
    measure(
        "Nghiên cứu khoa học",
        ("Nhiệm vụ khoa học được nghiệm thu", "nhiệm vụ"),
        (Sum, 12, 35),
        (750, 540),
        "Hồ sơ hội đồng khoa học",
        4,
    ),
    measure(
        "Nghiên cứu khoa học",
        ("Nhiệm vụ nghiệm thu đạt loại khá trở lên", "%"),
        (Rate, 80, 20),
        (960, 940),
        "Hồ sơ hội đồng khoa học",
        5,
    ),
    measure(
        "Công bố, hội thảo",
        ("Bài nghiên cứu được công bố", "bài"),
        (Sum, 45, 25),
        (820, 880),
        "Danh mục công bố của Viện",
        6,
    ),
    measure(
        "Công bố, hội thảo",
        ("Hội thảo khoa học được tổ chức", "hội thảo"),
        (Sum, 20, 20),
        (900, 950),
        WORK_PLAN,
        7,
    ),
];

const TABLE: [&[Measure]; 10] = [BAN, VP, TCCB, KTTH, XH, KHCN, VUNG, HTQT, TDPC, VNC];

/// The indicators of a unit of `UNITS`.
pub fn measures(unit: usize) -> &'static [Measure] {
    TABLE.get(unit).copied().unwrap_or_default()
}

/// What the authority gave and decided about a unit.
#[derive(Clone, Copy, Debug)]
pub struct UnitYear {
    /// Points of the three groups of Điều 6 for the year before, in tenths.
    pub past_points: [i64; 3],
    /// Those of the running year; none while the unit waits for them.
    pub points: Option<[i64; 3]>,
    /// The document of a wrongdoing concluded in the year before.
    pub wrongdoing: Option<&'static str>,
    /// The level for the year before; none: still to be decided.
    pub decided: Option<Level>,
    /// Why, where the law leaves the level open.
    pub reason: &'static str,
}

const fn year(
    past_points: [i64; 3],
    points: Option<[i64; 3]>,
    decided: Option<Level>,
    reason: &'static str,
) -> Option<UnitYear> {
    Some(UnitYear {
        past_points,
        points,
        wrongdoing: None,
        decided,
        reason,
    })
}

const CARRIED: &str = "Nhiệm vụ trọng tâm hoàn thành; phần còn dở là sản phẩm thường xuyên chuyển sang năm sau theo chỉ đạo của Ban.";
const LATE: &str = "Còn nhiều nhiệm vụ chậm và chưa xong trong năm, nhất là quý IV; kết quả chung ở mức hoàn thành.";

/// As `UNITS`; the root is recognised by the level above the agency.
pub const UNIT_YEARS: [Option<UnitYear>; 10] = [
    None,
    year([92, 90, 94], Some([92, 90, 93]), Some(Level::Good), CARRIED),
    year([95, 94, 92], Some([95, 94, 93]), Some(Level::Good), CARRIED),
    year([94, 92, 93], Some([94, 93, 93]), Some(Level::Good), CARRIED),
    year([92, 93, 90], Some([92, 93, 91]), Some(Level::Good), CARRIED),
    year([95, 94, 97], Some([95, 95, 98]), Some(Level::Good), CARRIED),
    // Left to the authority by the law, and not decided yet.
    year([90, 88, 86], Some([90, 88, 87]), None, ""),
    year([93, 92, 91], None, Some(Level::Good), CARRIED),
    year(
        [91, 90, 88],
        Some([91, 90, 89]),
        Some(Level::Completed),
        LATE,
    ),
    Some(UnitYear {
        past_points: [82, 60, 78],
        points: Some([85, 74, 80]),
        wrongdoing: Some("Thông báo kết luận kiểm tra số 47-TB/UBKT về mất đoàn kết nội bộ"),
        decided: Some(Level::NotCompleted),
        reason: "",
    }),
];
