//! The table itself: heading, provision, open question and departure of each
//! block, then kind, path, control, name and help of each field.

use super::{
    Control, Departs, Field, Group, Slot,
    rows::{
        allowed, criteria, groups, set_allowed, set_criteria, set_groups, set_unit_criteria, steps,
        steps_of, unit_criteria,
    },
};
use crate::rule_set::{
    CapBase, CapFraction, CapMode, CapScope, CommonReview, DecemberRule, DeductionShape, DelayUnit,
    FaultBase, OrgCascade, PeriodKind, Publication, Rounding, SubordinateScope, YearMean,
    ZeroAssigned,
};

/// A part of a hundred points, or a weight.
const POINTS: Control = Control::Number {
    min: 0,
    max: 100,
    decimals: 2,
};
const POSITION: Control = Control::Number {
    min: 0,
    max: 10,
    decimals: 2,
};
const YES_NO: Control = Control::Choice(&[("true", "có"), ("false", "không")]);
const STEPS: Control = Control::List {
    columns: &["Đến số lần", "Còn lại (%)"],
};

const fn whole(min: u32, max: u32) -> Control {
    Control::Whole {
        min,
        max,
        optional: false,
    }
}

const fn at_most(max: u32) -> Control {
    Control::Whole {
        min: 1,
        max,
        optional: true,
    }
}

macro_rules! slot {
    (text $name:ident) => {
        Slot::Text { get: |set| &set.$name, set: |set, value| set.$name = value }
    };
    (number $($part:ident).+) => {
        Slot::Number { get: |set| set.$($part).+, set: |set, value| set.$($part).+ = value }
    };
    (whole $($part:ident).+) => {
        Slot::Whole { get: |set| set.$($part).+, set: |set, value| set.$($part).+ = value }
    };
    (optional $($part:ident).+) => {
        Slot::Optional { get: |set| set.$($part).+, set: |set, value| set.$($part).+ = value }
    };
    (choice $($part:ident).+) => {
        Slot::Choice {
            get: |set| set.$($part).+.as_str(),
            set: |set, code| { set.$($part).+ = code.parse()?; Ok(()) },
        }
    };
    (flag $($part:ident).+) => {
        Slot::Choice {
            get: |set| if set.$($part).+ { "true" } else { "false" },
            set: |set, code| {
                set.$($part).+ = code.parse().map_err(|_| crate::UnknownCode::new("có/không", code))?;
                Ok(())
            },
        }
    };
    (steps $($part:ident).+) => {
        Slot::Rows {
            get: |set| steps(&set.$($part).+),
            set: |set, rows| { set.$($part).+ = steps_of(rows)?; Ok(()) },
        }
    };
    (groups $name:ident) => { Slot::Rows { get: groups, set: set_groups } };
    (criteria $name:ident) => { Slot::Rows { get: criteria, set: set_criteria } };
    (unit_criteria $name:ident) => { Slot::Rows { get: unit_criteria, set: set_unit_criteria } };
    (allowed $($part:ident).+) => { Slot::Rows { get: allowed, set: set_allowed } };
}

macro_rules! fields {
    ($(
        ($group:ident, $source:literal, $choice:expr, $departs:expr)
        $( $kind:ident $first:ident $(. $rest:ident)* : $control:expr, $label:literal, $help:literal; )+
    )+) => {
        &[ $( $( Field {
            path: concat!(stringify!($first) $(, ".", stringify!($rest))*),
            label: $label,
            help: $help,
            group: Group::$group,
            source: $source,
            choice: $choice,
            control: $control,
            departs: $departs,
            slot: slot!($kind $first $(. $rest)*),
        }, )+ )+ ]
    };
}

use Departs::{Always, Never, When};

/// Every editable value, in the order of the headings.
pub const FIELDS: &[Field] = fields! {
    (General, "", None, Never)
    text name: Control::Text { most: 200 }, "Tên bộ quy tắc", "";
    text legal_basis: Control::Text { most: 1000 }, "Căn cứ pháp lý", "Văn bản ban hành hoặc cho phép áp dụng.";

    (Common, "Điều 12 khoản 2", None, Always)
    number common_points: POINTS, "Điểm tối đa của tiêu chí chung", "Cùng điểm kết quả cộng lại bằng 100.";
    (Common, "Điều 12 khoản 3", None, Always)
    number task_points: POINTS, "Điểm tối đa của kết quả thực hiện nhiệm vụ", "";
    (Common, "Mẫu số 01, Phụ lục II", Some("A19"), Always)
    groups criterion_groups: Control::List { columns: &["Mã", "Tên nhóm"] }, "Nhóm tiêu chí chung", "";
    criteria criteria: Control::List { columns: &["Mã", "Nhóm", "Tiêu chí", "Điểm tối đa"] },
        "Các tiêu chí chung", "Điểm tối đa cộng lại bằng điểm của khối tiêu chí chung.";
    (Common, "Điều 17 khoản 2", Some("A20"), Never)
    choice common_review: Control::Choice(CommonReview::CHOICES), "Người có thẩm quyền với điểm tiêu chí chung", "Mẫu số 01 không có cột điểm của cấp trên.";

    (Staff, "Điều 16 khoản 1", Some("A18"), Always)
    number staff_weights.quantity: POINTS, "Số lượng (a)", "Các trọng số khác 0 bằng nhau, hoặc cộng lại bằng 100 hay bằng điểm của khối; 0 là không tính.";
    number staff_weights.quality: POINTS, "Chất lượng (b)", "";
    number staff_weights.progress: POINTS, "Tiến độ (c)", "";

    (Leader, "Điều 16 khoản 2", Some("A18"), Always)
    number leader_weights.quantity: POINTS, "Số lượng (a)", "Các trọng số khác 0 bằng nhau, hoặc cộng lại bằng 100 hay bằng điểm của khối; 0 là không tính.";
    number leader_weights.quality: POINTS, "Chất lượng (b)", "";
    number leader_weights.progress: POINTS, "Tiến độ (c)", "";
    number leader_weights.results: POINTS, "Kết quả hoạt động (d)", "";
    number leader_weights.organising: POINTS, "Khả năng tổ chức triển khai (đ)", "";
    number leader_weights.unity: POINTS, "Năng lực tập hợp, đoàn kết (e)", "";

    (Leadership, "Điều 15 khoản 3", Some("A14"), Always)
    allowed leadership.allowed: Control::List { columns: &["Mức (%)"] }, "Các mức được chọn cho đ và e", "Nghị định chỉ có 100 và 50.";
    (Leadership, "Điều 15 khoản 3 điểm a", None, Always)
    whole leadership.results_when_all: whole(0, 100), "d khi mọi công chức từ mức hoàn thành (%)", "";
    whole leadership.results_when_below: whole(0, 100), "d khi có công chức dưới mức hoàn thành (%)", "";
    (Leadership, "Điều 15 khoản 3 điểm a", Some("A16"), Never)
    choice leadership.subordinates: Control::Choice(SubordinateScope::CHOICES), "Công chức thuộc thẩm quyền quản lý", "Người chưa có điểm được liệt kê, không tính.";

    (Faults, "Điều 14 khoản 2 điểm b", None, Always)
    number deductions.per_failed_review: Control::Percent, "Mỗi lần đánh giá chưa đạt trừ (%)", "Phần điểm chất lượng của chính sản phẩm đó.";
    (Faults, "Điều 14 khoản 2 điểm c", None, Always)
    number deductions.per_delay: Control::Percent, "Mỗi lần chậm trừ (%)", "Phần điểm tiến độ của chính sản phẩm đó.";
    (Faults, "Điều 14 khoản 2", Some("A2"), When(&["steps"]))
    choice deductions.shape: Control::Choice(DeductionShape::CHOICES), "Cách trừ nhiều lần", "";
    (Faults, "Điều 14 khoản 2", Some("A2"), Always)
    steps deductions.quality_steps: STEPS, "Bậc trừ chất lượng", "Dùng khi trừ theo bậc; quá bậc cuối không còn điểm.";
    steps deductions.progress_steps: STEPS, "Bậc trừ tiến độ", "Dùng khi trừ theo bậc; quá bậc cuối không còn điểm.";
    (Faults, "Điều 14 khoản 2 điểm c", Some("A4"), Never)
    choice deductions.delay_unit: Control::Choice(DelayUnit::CHOICES), "Một lần chậm là", "";
    (Faults, "Điều 14 khoản 2", Some("A6"), Always)
    choice fault_base: Control::Choice(FaultBase::CHOICES), "Chất lượng, tiến độ tính trên", "Trên khối lượng đã hoàn thành: một nguyên nhân chỉ trừ một tiêu chí.";

    (Work, "Điều 12 khoản 3", Some("A7"), Never)
    choice cap: Control::Choice(CapMode::CHOICES), "Phần vượt 100 %", "";
    (Work, "Điều 18 khoản 1 điểm d", Some("A8"), Never)
    choice zero_assigned: Control::Choice(ZeroAssigned::CHOICES), "Khi không có việc theo kế hoạch", "";
    (Work, "Điều 14 khoản 1", Some("A17"), Always)
    number position.staff: POSITION, "Hệ số vị trí: không giữ chức vụ", "Nhân vào khối lượng quy đổi; nghị định không có, để 1.";
    number position.deputy: POSITION, "Hệ số vị trí: cấp phó", "";
    number position.head: POSITION, "Hệ số vị trí: người đứng đầu", "";
    (Work, "Điều 13", None, Never)
    whole coefficient_decimals: whole(0, 6), "Số chữ số thập phân của hệ số quy đổi", "";

    (Levels, "Điều 20 khoản 1", None, Always)
    number thresholds.excellent: POINTS, "Hoàn thành xuất sắc nhiệm vụ từ", "";
    (Levels, "Điều 20 khoản 2", None, Always)
    number thresholds.good: POINTS, "Hoàn thành tốt nhiệm vụ từ", "";
    (Levels, "Điều 20 khoản 3", None, Always)
    number thresholds.completed: POINTS, "Hoàn thành nhiệm vụ từ", "";
    (Levels, "Điều 17", Some("A1"), Never)
    whole decimals: whole(0, 4), "Số chữ số thập phân của điểm công bố", "";
    choice rounding: Control::Choice(Rounding::CHOICES), "Làm tròn điểm", "Áp dụng cho điểm công bố, ngưỡng và trung bình năm.";

    (Period, "Điều 14 khoản 1", Some("A13"), Never)
    choice period_kind: Control::Choice(PeriodKind::CHOICES), "Kỳ theo dõi, đánh giá", "";
    (Period, "Hướng dẫn 02-HD/BTCTW", None, Always)
    flag quarter.blocker: YES_NO, "Quý chưa hoàn thành đủ nhiệm vụ là không hoàn thành", "Trừ nguyên nhân khách quan; năm có một quý như vậy không được xuất sắc.";
    number quarter.least_completed: Control::Percent, "Tỷ lệ nhiệm vụ tối thiểu của quý (%)", "";

    (Year, "Điều 11 khoản 1", None, Always)
    whole year.least_worked_months: whole(0, 12), "Số tháng làm việc tối thiểu để xếp loại", "";
    (Year, "Điều 20 khoản 5 điểm a", None, Always)
    number year.excellent_ratio: Control::Percent, "Tỷ lệ xuất sắc (%)", "";
    (Year, "Điều 20 khoản 5 điểm b", None, Always)
    number year.most_excellent_ratio: Control::Percent, "Tỷ lệ xuất sắc cao nhất được quyết định (%)", "Khi tổ chức có thành tích xuất sắc.";
    (Year, "Điều 20 khoản 5 điểm a", Some("A21"), When(&["all_rated"]))
    choice year.cap_base: Control::Choice(CapBase::CHOICES), "Tỷ lệ xuất sắc tính trên", "";
    (Year, "Điều 20 khoản 5 điểm a", Some("A22"), When(&["round", "ceil"]))
    choice year.cap_fraction: Control::Choice(CapFraction::CHOICES), "Phần lẻ của số người", "Nghị định: không vượt quá.";
    (Year, "Điều 20 khoản 5 điểm a", Some("A23"), Always)
    choice year.cap_scope: Control::Choice(CapScope::CHOICES), "Phạm vi tính tỷ lệ", "";
    (Year, "Điều 17 khoản 3", Some("A26"), Never)
    choice year.mean: Control::Choice(YearMean::CHOICES), "Điểm trung bình năm khi thiếu tháng", "";
    (Year, "Điều 19 khoản 2", Some("A27"), Never)
    choice year.december: Control::Choice(DecemberRule::CHOICES), "Tháng 12", "Xếp loại năm hoàn thành trước ngày 15/12.";

    (Unit, "Điều 6", None, Never)
    unit_criteria unit_criteria: Control::List { columns: &["Mã", "Tiêu chí", "Điểm tối đa"] },
        "Tiêu chí chung của tổ chức", "Nghị định có ba nhóm, tổng tối đa 30 điểm, không chia điểm từng nhóm.";
    (Unit, "Điều 8 khoản 1 điểm a", None, Always)
    number unit.exceeded_share: Control::Percent, "Xuất sắc: nhiệm vụ vượt mức yêu cầu từ (%)", "";
    (Unit, "Điều 8 khoản 3", None, Always)
    number unit.late_share: Control::Percent, "Hoàn thành: nhiệm vụ chậm không quá (%)", "";
    (Unit, "Điều 8 khoản 4 điểm b", None, Always)
    number unit.fulfilled_share: Control::Percent, "Không hoàn thành: dưới tỷ lệ kế hoạch năm (%)", "";
    (Unit, "Điều 8", Some("A30"), Never)
    choice unit.cascade: Control::Choice(OrgCascade::CHOICES), "Đủ điểm nhưng thiếu điều kiện", "";

    (Process, "Điều 17 khoản 3", None, Never)
    number attention.gap: POINTS, "Cần xem riêng: tự chấm lệch điểm tính được từ (điểm)", "Chỉ xếp thứ tự phiếu chờ xác nhận, không đổi điểm.";
    number attention.jump: POINTS, "Cần xem riêng: lệch trung bình các tháng trước từ (điểm)", "";
    (Process, "Điều 22", None, Always)
    whole petition_days: whole(1, 365), "Thời hạn giải quyết kiến nghị (ngày làm việc)", "";
    (Process, "Điều 22", Some("A31"), Never)
    optional petition_lodging_days: at_most(365), "Thời hạn gửi kiến nghị (ngày làm việc)", "Nghị định không quy định; để trống là không giới hạn.";
    (Process, "Điều 21", Some("A32"), Never)
    choice publication: Control::Choice(Publication::CHOICES), "Nội dung công khai", "";
    (Process, "Điều 24", Some("A33"), Never)
    optional retention_years: at_most(100), "Thời hạn lưu hồ sơ (năm)", "Để trống là không xóa.";
};
