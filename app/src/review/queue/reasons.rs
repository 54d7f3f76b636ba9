//! Ready reasons, so that a change costs one tap: what heads write most often.

/// Why a criterion is concluded otherwise than the officer gave it.
pub const CHANGED: &[&str] = &[
    "Chưa có minh chứng cho mức điểm tự chấm.",
    "Kết quả thực tế thấp hơn mức mô tả của tiêu chí.",
    "Còn vi phạm nền nếp, giờ giấc làm việc.",
    "Phối hợp với đồng nghiệp chưa tốt.",
    "Tự chấm thấp hơn kết quả thực tế.",
];

/// What a leader's đ rests on.
pub const ORGANISING: &[&str] = &[
    "Đơn vị hoàn thành đúng hạn, bảo đảm chất lượng, có sáng kiến đã ghi nhận.",
    "Đơn vị hoàn thành đúng hạn, bảo đảm chất lượng.",
    "Triển khai còn chậm, phải đôn đốc.",
];

/// What less than the most of a leader's e rests on.
pub const UNITY: &[&str] = &["Có phản ánh về mất đoàn kết đã ghi nhận."];
