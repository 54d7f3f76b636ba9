//! Vietnamese words for the codes of the audit log. A code without words is shown as it is: nothing is hidden.

/// Acts with their words.
const ACTIONS: &[(&str, &str)] = &[
    ("set_up_agency", "Thiết lập cơ quan"),
    ("create_account", "Tạo tài khoản"),
    ("create_accounts", "Tạo tài khoản hàng loạt"),
    ("reset_password", "Đặt lại mật khẩu"),
    ("change_password", "Đổi mật khẩu"),
    ("lock_account", "Khóa tài khoản"),
    ("unlock_account", "Mở khóa tài khoản"),
    ("set_roles", "Đổi vai trò tài khoản"),
    ("set_mail", "Đổi địa chỉ thư, tóm tắt hằng ngày"),
    ("add_unit", "Thêm đơn vị"),
    ("rename_unit", "Đổi tên đơn vị"),
    ("close_unit", "Ngừng hoạt động đơn vị"),
    ("reopen_unit", "Cho đơn vị hoạt động lại"),
    ("add_officer", "Thêm công chức"),
    ("change_officer", "Sửa thông tin công chức"),
    ("add_post", "Bổ nhiệm, bố trí vị trí"),
    ("end_post", "Kết thúc vị trí"),
    ("add_holiday", "Thêm ngày nghỉ"),
    ("remove_holiday", "Bỏ ngày nghỉ"),
    ("import_people", "Nhập đơn vị và công chức"),
    ("import_catalogue", "Nhập danh mục"),
    ("approve_catalogue", "Phê duyệt danh mục"),
    ("delete_catalogue_draft", "Xóa bản nháp danh mục"),
    ("assign", "Giao nhiệm vụ"),
    ("hand_over", "Chuyển giao nhiệm vụ"),
    ("cancel_assignment", "Hủy nhiệm vụ"),
    ("report_progress", "Báo cáo tiến độ"),
    ("deliver", "Bàn giao sản phẩm"),
    ("redeliver", "Bàn giao lại"),
    ("withdraw", "Rút sản phẩm đã bàn giao"),
    ("request_cause", "Đề nghị xác nhận nguyên nhân khách quan"),
    ("add_evidence", "Thêm minh chứng"),
    ("review.accept", "Duyệt sản phẩm"),
    ("review.return_major", "Trả lại vì sai sót lớn"),
    ("review.return_minor", "Trả lại để sửa nhỏ"),
    ("review.cause_confirmed", "Xác nhận nguyên nhân khách quan"),
    (
        "review.cause_refused",
        "Không xác nhận nguyên nhân khách quan",
    ),
    ("review.self_assess", "Tự đánh giá"),
    ("review.submit", "Gửi phiếu tự đánh giá"),
    ("review.withdraw", "Rút phiếu tự đánh giá"),
    ("review.confirm", "Xác nhận phiếu đánh giá"),
    ("review.prepare", "Chuẩn bị kết luận phiếu"),
    ("review.unsign", "Rút chữ ký phiếu đánh giá"),
    ("review.supersede", "Lập bản thay thế của phiếu"),
    ("review.delegate", "Giao chuẩn bị kết luận"),
    ("review.end_delegation", "Kết thúc giao chuẩn bị"),
    (
        "review.record_note",
        "Ghi nhận sáng kiến, phản ánh của đơn vị",
    ),
    ("review.withdraw_note", "Rút ghi nhận sáng kiến, phản ánh"),
    ("review.close_month", "Khóa kỳ"),
    ("period.lock", "Khóa kỳ"),
    ("period.open", "Mở kỳ đánh giá"),
    ("period.step", "Chuyển bước kỳ đánh giá"),
    ("period.announce", "Công bố kết quả kỳ"),
    ("period.set_dates", "Đặt các mốc của kỳ"),
    ("period.set_unit_dates", "Đặt mốc riêng của đơn vị"),
    ("replay.run", "Tính lại điểm"),
    ("rule_set.copy", "Sao chép bộ quy tắc"),
    ("rule_set.change", "Sửa bộ quy tắc"),
    ("rule_set.approve", "Phê duyệt bộ quy tắc"),
    ("rule_set.delete", "Xóa bản nháp bộ quy tắc"),
    ("open_meeting", "Mở cuộc họp"),
    ("take_meeting", "Nhận quyền trình bày cuộc họp"),
    ("freeze_meeting", "Chốt, bỏ chốt số liệu cuộc họp"),
    ("write_in_meeting", "Ghi chép trong cuộc họp"),
    ("end_meeting", "Kết thúc cuộc họp"),
    ("write_minutes", "Soạn biên bản họp"),
    ("sign_minutes", "Ký biên bản họp"),
    ("unit_kpi.add_indicator", "Thêm chỉ số của đơn vị"),
    ("unit_kpi.change_indicator", "Sửa chỉ số của đơn vị"),
    ("unit_kpi.remove_indicator", "Xóa chỉ số của đơn vị"),
    ("unit_kpi.report", "Báo cáo số liệu của chỉ số"),
    ("unit_kpi.correct", "Đính chính số liệu của chỉ số"),
    ("unit_kpi.give_points", "Chấm tiêu chí chung của đơn vị"),
    ("unit_kpi.facts", "Ghi căn cứ xếp loại của đơn vị"),
    ("unit_kpi.recognise", "Công nhận mức xếp loại của đơn vị"),
    ("unit_kpi.reopen", "Thu hồi công nhận mức xếp loại"),
    ("hand_in_year_sheet", "Gửi phiếu xếp loại năm"),
    (
        "hand_in_for_absent",
        "Lập phiếu xếp loại thay người vắng mặt",
    ),
    ("take_back_year_sheet", "Rút phiếu xếp loại năm"),
    ("record_year_meeting", "Ghi biên bản họp xếp loại"),
    ("record_committee_opinion", "Ghi ý kiến cấp ủy"),
    ("propose_level", "Đề xuất mức xếp loại"),
    ("step_back_year_sheet", "Trả phiếu xếp loại về bước trước"),
    ("decide_level", "Quyết định mức xếp loại"),
    ("enter_decision", "Ghi quyết định của cơ quan quản lý"),
    ("publish_level", "Thông báo, công khai mức xếp loại"),
    ("replace_decision", "Ban hành quyết định thay thế"),
    ("lodge_petition", "Gửi kiến nghị"),
    ("withdraw_petition", "Rút kiến nghị"),
    ("answer_petition", "Trả lời kiến nghị"),
    ("record.view", "Xem hồ sơ"),
    ("audit.export", "Xuất nhật ký"),
    ("demo.create", "Tạo cơ quan mẫu"),
    ("choose_rating", "Chọn người giữ mức xuất sắc"),
    ("undo_rating_choice", "Bỏ lựa chọn mức xuất sắc"),
    ("decide_ratio", "Ghi nhận tỷ lệ xuất sắc của năm"),
    ("record_absence", "Ghi nhận thời gian nghỉ"),
    ("withdraw_absence", "Bỏ ghi nhận thời gian nghỉ"),
    ("record_blocker", "Ghi nhận căn cứ không hoàn thành"),
    ("withdraw_blocker", "Bỏ căn cứ không hoàn thành"),
    ("record_outside_month", "Ghi nhận tháng ở nơi khác"),
    ("report.print", "In, tải hồ sơ thành tệp"),
    ("report.ask", "Đặt in phiếu của cả cơ quan"),
    ("report.cancel", "Dừng in phiếu của cả cơ quan"),
    ("report.print_agency", "In phiếu của cả cơ quan"),
    ("national.export", "Xuất kết quả cho cơ sở dữ liệu quốc gia"),
    ("national.send", "Ghi nhận đã gửi cơ sở dữ liệu quốc gia"),
];

/// What was done.
pub(in crate::admin) fn action(code: &str) -> &str {
    ACTIONS
        .iter()
        .find(|(known, _)| *known == code)
        .map_or(code, |(_, words)| words)
}

/// The code of an act that is named by its words or by its code.
#[cfg(feature = "ssr")]
pub(super) fn code_of(named: &str) -> &str {
    let folded = named.to_lowercase();
    ACTIONS
        .iter()
        .find(|(_, words)| words.to_lowercase() == folded)
        .map_or(named, |(code, _)| code)
}

/// What kind of thing it was done to.
pub(super) fn subject_kind(code: &str) -> &str {
    match code {
        "account" => "tài khoản",
        "agency" => "cơ quan",
        "unit" => "đơn vị",
        "officer" => "công chức",
        "post" => "vị trí",
        "holiday" => "ngày nghỉ",
        "assignment" => "nhiệm vụ",
        "deliverable" => "sản phẩm bàn giao",
        "cause" => "nguyên nhân khách quan",
        "evidence" => "minh chứng",
        "sheet" => "phiếu đánh giá",
        "catalogue" => "danh mục",
        "period" => "kỳ đánh giá",
        "meeting" => "cuộc họp",
        "rule_set" => "bộ quy tắc",
        "audit" => "nhật ký",
        "export" => "tệp kết quả",
        "print" => "bản in",
        "report_job" => "việc in",
        "petition" => "kiến nghị",
        other => other,
    }
}

/// Names of the particulars.
pub(super) fn particular(key: &str) -> &str {
    match key {
        "login" => "tài khoản",
        "before" => "trước",
        "after" => "sau",
        "reason" => "lý do",
        "count" => "số lượng",
        "code" => "mã",
        "name" => "tên",
        "title" => "chức danh",
        "from" => "từ ngày",
        "until" => "đến ngày",
        "day" => "ngày",
        "period" => "kỳ",
        "year" => "năm",
        "product" => "sản phẩm",
        "products" => "số sản phẩm",
        "quantity" => "số lượng",
        "round" => "lần bàn giao",
        "concerns" => "liên quan",
        "occurrences" => "số lần",
        "criterion" => "tiêu chí",
        "changed" => "tiêu chí được sửa",
        "decision" => "quyết định",
        "effective_from" => "hiệu lực từ",
        "file" => "tệp",
        "version" => "phiên bản",
        "units" => "số đơn vị",
        "people" => "số người",
        "locked" => "số phiếu đã khóa",
        "unconfirmed" => "số phiếu chưa xác nhận",
        "what" => "đã xem",
        "instead" => "xác nhận thay",
        "rows" => "số dòng",
        "filter" => "lọc theo",
        "format" => "định dạng",
        "hash" => "mã băm",
        "email" => "địa chỉ thư",
        "digest" => "tóm tắt hằng ngày",
        other => other,
    }
}

/// The value of a particular; codes as words.
pub(super) fn value<'a>(key: &str, value: &'a str) -> &'a str {
    match (key, value) {
        ("what", _) => seen(value),
        ("email", "added") => "đã thêm",
        ("email", "changed") => "đã đổi",
        ("email", "removed") => "đã bỏ",
        ("digest", "on") => "bật",
        ("digest", "off") => "tắt",
        _ => value,
    }
}

/// What of a person's record was looked at.
pub(in crate::admin) fn seen(code: &str) -> &str {
    match code {
        "month" => "công việc của tháng",
        "assignment" => "một nhiệm vụ",
        "sheet" => "phiếu đánh giá",
        "review" => "phiếu đang xác nhận",
        "why" => "căn cứ của điểm",
        "rating" => "kết quả của năm",
        "year_sheet" => "phiếu xếp loại của năm",
        "decision" => "quyết định xếp loại",
        "petition" => "kiến nghị",
        "meeting" => "điểm trong cuộc họp",
        "evidence" => "tệp minh chứng",
        other => other,
    }
}
