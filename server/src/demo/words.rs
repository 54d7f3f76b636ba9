//! What people write in the demo agency: notes, reasons, remarks.

/// Notes with a report of half-finished work.
pub const HALFWAY: &[&str] = &[
    "Đã xong dự thảo lần 1, đang lấy ý kiến trong đơn vị.",
    "Đã thu thập đủ số liệu, đang viết phần đánh giá.",
    "Đã thống nhất đề cương với lãnh đạo đơn vị.",
    "Đã nhận ý kiến của 3 đơn vị, đang tiếp thu, giải trình.",
    "Đã làm việc với đơn vị phối hợp, chờ biên bản.",
    "Đang hoàn thiện phụ lục số liệu.",
];

/// Notes with finished work.
pub const FINISHED: &[&str] = &[
    "Đã hoàn thành, trình lãnh đạo đơn vị.",
    "Đã phát hành theo hệ thống quản lý văn bản.",
    "Đã hoàn thiện theo ý kiến của đơn vị phối hợp.",
    "Hoàn thành phần được giao, hồ sơ đính kèm.",
    "",
];

/// Notes with a delivery.
pub const DELIVERED: &[&str] = &[
    "Kính trình lãnh đạo xem xét, nghiệm thu.",
    "Sản phẩm kèm phụ lục số liệu.",
    "Đã rà soát thể thức và căn cứ.",
    "",
    "",
];

/// Notes with a delivery after a return.
pub const CORRECTED: &[&str] = &[
    "Đã sửa theo ý kiến của lãnh đạo.",
    "Đã bổ sung số liệu và căn cứ như yêu cầu.",
    "Đã viết lại phần đánh giá và kiến nghị.",
];

/// Reasons of a return for a major error.
pub const MAJOR: &[&str] = &[
    "Số liệu ở bảng chính không khớp nguồn đã công bố, phải tính lại.",
    "Chưa nêu được phương án và tác động; phải xây dựng lại phần kiến nghị.",
    "Viện dẫn văn bản đã hết hiệu lực, làm sai căn cứ đề xuất.",
    "Bỏ sót ý kiến của cơ quan có trách nhiệm chính.",
    "Kết luận trái với số liệu của chính báo cáo.",
];

/// Reasons of a return for small fixes.
pub const MINOR: &[&str] = &[
    "Sửa lỗi thể thức và hai chỗ chính tả.",
    "Bổ sung nơi nhận và số ký hiệu văn bản viện dẫn.",
    "Rút gọn phần mở đầu.",
    "Thống nhất đơn vị tính trong các bảng.",
];

/// Objective causes of a delay.
pub const DELAY_CAUSES: &[&str] = &[
    "Cơ quan phối hợp gửi số liệu chậm 4 ngày làm việc so với văn bản đề nghị.",
    "Lãnh đạo Ban lùi lịch họp thông qua sang tuần sau.",
    "Hệ thống thông tin báo cáo ngừng hoạt động hai ngày để nâng cấp.",
    "Địa phương bị bão, đoàn khảo sát phải lùi lịch.",
    "Được điều động đột xuất phục vụ đoàn giám sát.",
];

/// Objective causes of a failed review.
pub const ERROR_CAUSES: &[&str] = &[
    "Số liệu do cơ quan thống kê đính chính sau ngày bàn giao.",
    "Yêu cầu của cấp trên thay đổi sau khi đề cương đã được duyệt.",
];

/// Why a cause was confirmed.
pub const CAUSE_CONFIRMED: &[&str] = &[
    "Đã đối chiếu văn bản đề nghị và ngày nhận, đúng như trình bày.",
    "Có thông báo lùi lịch kèm theo, chấp nhận.",
];

/// Why a cause was refused.
pub const CAUSE_REFUSED: &[&str] = &[
    "Đã biết trước hạn nhưng không báo cáo để điều chỉnh.",
    "Không có minh chứng kèm theo.",
];

/// Reasons of a cancelled assignment.
pub const CANCELLED: &[&str] = &[
    "Ban điều chỉnh chương trình công tác, chuyển sang quý sau.",
    "Gộp vào đề án do đơn vị khác chủ trì.",
];

/// Why the head's points differ from a higher self-assessment.
pub const LOWER_POINTS: &[&str] = &[
    "Chưa có sản phẩm, minh chứng cho nội dung này trong tháng.",
    "Còn việc chậm hạn trong tháng.",
    "Phối hợp chưa chủ động, phải nhắc nhiều lần.",
    "Mức tối đa chỉ dành cho kết quả nổi bật.",
    "Còn sản phẩm bị trả lại vì sai sót lớn.",
];

/// Why the head's points are above the self-assessment.
pub const HIGHER_POINTS: &[&str] = &[
    "Tự chấm khiêm tốn; kết quả thực tế tốt hơn.",
    "Chủ động nhận thêm việc khi đơn vị thiếu người.",
];

/// Strengths in a self-assessment.
pub const STRENGTHS: &[&str] = &[
    "Hoàn thành các nhiệm vụ được giao; chủ động phối hợp với đồng nghiệp.",
    "Bảo đảm tiến độ các báo cáo định kỳ; sản phẩm được nghiệm thu ngay lần đầu.",
    "Tham gia thêm nhiệm vụ đột xuất; chấp hành nghiêm kỷ luật, kỷ cương.",
    "Nắm chắc lĩnh vực phụ trách; tham mưu kịp thời.",
];

/// Shortcomings in a self-assessment.
pub const SHORTCOMINGS: &[&str] = &[
    "Còn nhiệm vụ hoàn thành sát hạn.",
    "Việc đề xuất giải pháp mới chưa nhiều.",
    "Một số văn bản phải chỉnh sửa thể thức.",
    "Phân bổ thời gian giữa các việc chưa hợp lý.",
];

/// Remark of the head by how the month went: weak, fair, good.
pub const REMARKS: [&[&str]; 3] = [
    &[
        "Khối lượng hoàn thành thấp so với được giao; cần báo cáo vướng mắc sớm hơn.",
        "Nhiều việc chưa hoàn thành; đơn vị sẽ rà soát lại phân công tháng sau.",
    ],
    &[
        "Hoàn thành phần lớn nhiệm vụ; cần khắc phục việc chậm hạn.",
        "Đạt yêu cầu; cần nâng chất lượng dự thảo lần đầu.",
    ],
    &[
        "Hoàn thành tốt nhiệm vụ, sản phẩm bảo đảm chất lượng.",
        "Kết quả tốt, chủ động trong công việc; phát huy ở tháng sau.",
    ],
];

/// đ at 100.
pub const ORGANISED: &[&str] = &[
    "Đơn vị hoàn thành nhiệm vụ đúng tiến độ; có sáng kiến chuẩn hóa mẫu báo cáo dùng chung.",
    "Đơn vị hoàn thành đúng hạn, bảo đảm chất lượng; áp dụng bảng theo dõi việc hằng tuần có hiệu quả.",
];

/// đ at 50.
pub const NOT_ORGANISED: &[&str] = &[
    "Đơn vị còn nhiệm vụ chậm kéo dài, chưa có giải pháp khắc phục.",
    "Khối lượng hoàn thành của đơn vị thấp so với kế hoạch tháng.",
];

/// e at 100.
pub const UNITED: &str = "Nội bộ đoàn kết, không có đơn thư, phản ánh.";

/// e at 50.
pub const DIVIDED: &str = "Có phản ánh về mất đoàn kết kéo dài trong đơn vị, đang được xem xét.";

/// Why the head of the agency is left out of its announcements.
pub const LEFT_OUT: &str = "Người đứng đầu cơ quan do cấp trên của cơ quan đánh giá.";
