//! Vietnamese words for the codes of the audit log. A code without words is shown as it is: nothing is hidden.

/// What was done.
pub(super) fn action(code: &str) -> &str {
    match code {
        "set_up_agency" => "Thiết lập cơ quan",
        "create_account" => "Tạo tài khoản",
        "create_accounts" => "Tạo tài khoản hàng loạt",
        "reset_password" => "Đặt lại mật khẩu",
        "change_password" => "Đổi mật khẩu",
        "lock_account" => "Khóa tài khoản",
        "unlock_account" => "Mở khóa tài khoản",
        "set_roles" => "Đổi vai trò tài khoản",
        "add_unit" => "Thêm đơn vị",
        "rename_unit" => "Đổi tên đơn vị",
        "close_unit" => "Ngừng hoạt động đơn vị",
        "reopen_unit" => "Cho đơn vị hoạt động lại",
        "add_officer" => "Thêm công chức",
        "change_officer" => "Sửa thông tin công chức",
        "add_post" => "Bổ nhiệm, bố trí vị trí",
        "end_post" => "Kết thúc vị trí",
        "add_holiday" => "Thêm ngày nghỉ",
        "remove_holiday" => "Bỏ ngày nghỉ",
        other => other,
    }
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
        other => other,
    }
}
