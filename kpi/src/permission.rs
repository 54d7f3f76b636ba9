//! Who may do what, in one table; what is not in it is denied. A scope says
//! how far a permission reaches: oneself, one's unit, or the agency. Nobody
//! decides about themselves, whatever their roles.

use crate::{code::code_enum, ids::OfficerId};

code_enum! {
    /// A role of an account.
    pub enum Role {
        /// A civil servant who is assessed.
        Officer = "officer", "Công chức";
        /// Head of a unit.
        Head = "head", "Người đứng đầu đơn vị";
        /// Deputy of a head.
        Deputy = "deputy", "Cấp phó";
        /// Leader of the agency.
        Leader = "leader", "Lãnh đạo cơ quan";
        /// Personnel office.
        Personnel = "personnel", "Tổ chức cán bộ";
        /// Technical administrator.
        Administrator = "administrator", "Quản trị hệ thống";
    }
}

code_enum! {
    /// How far a permission reaches; a wider scope is greater.
    pub enum Scope {
        /// Oneself.
        Own = "own", "của mình";
        /// One's unit and the units below it.
        Unit = "unit", "trong đơn vị";
        /// The whole agency, never another one.
        Agency = "agency", "toàn cơ quan";
    }
}

code_enum! {
    /// An act that needs a grant.
    pub enum Permission {
        /// Own account, sessions and notifications.
        SignedIn = "signed_in", "dùng tài khoản của mình";
        /// See one's own month.
        ViewOwnMonth = "view_own_month", "xem tháng của mình";
        /// Report progress.
        ReportProgress = "report_progress", "báo cáo tiến độ";
        /// Deliver, deliver again, withdraw.
        Deliver = "deliver", "bàn giao sản phẩm";
        /// Ask for an objective cause to be confirmed.
        RequestCause = "request_cause", "đề nghị xác nhận nguyên nhân khách quan";
        /// Self-assess and submit the sheet.
        SelfAssess = "self_assess", "tự đánh giá";
        /// Attach evidence.
        AddEvidence = "add_evidence", "đính kèm minh chứng";
        /// Open evidence.
        ViewEvidence = "view_evidence", "xem minh chứng";
        /// See the month of an officer.
        ViewMonth = "view_month", "xem tháng của công chức";
        /// See a unit's work.
        ViewUnit = "view_unit", "xem công việc của đơn vị";
        /// Assign work.
        Assign = "assign", "giao nhiệm vụ";
        /// Move work to a colleague.
        HandOver = "hand_over", "chuyển giao nhiệm vụ";
        /// Cancel an assignment.
        CancelAssignment = "cancel_assignment", "hủy nhiệm vụ";
        /// Accept or return a delivery.
        DecideDelivery = "decide_delivery", "duyệt sản phẩm";
        /// Confirm or refuse an objective cause.
        DecideCause = "decide_cause", "quyết định nguyên nhân khách quan";
        /// Confirm a sheet.
        ConfirmReview = "confirm_review", "xác nhận phiếu đánh giá";
        /// See whose sheets wait for one's signature, prepare and mark them: one's own people's, or for somebody who asked.
        PrepareReview = "prepare_review", "chuẩn bị kết luận phiếu đánh giá";
        /// Say who prepares for a competent person.
        DelegateReview = "delegate_review", "giao chuẩn bị kết luận";
        /// Record initiatives and complaints that speak for a leader's criteria.
        RecordLeaderNote = "record_leader_note", "ghi nhận sáng kiến, phản ánh của đơn vị";
        /// Lock a month.
        LockMonth = "lock_month", "khóa tháng";
        /// Compare the aggregate figures of units.
        CompareUnits = "compare_units", "so sánh các đơn vị";
        /// Download the comparison.
        ExportCompare = "export_compare", "tải bảng so sánh";
        /// Names, units and posts only.
        ViewOrganisation = "view_organisation", "xem tổ chức";
        /// Change units, posts and people.
        ManageOrganisation = "manage_organisation", "quản lý tổ chức";
        /// See the catalogue.
        ViewCatalogue = "view_catalogue", "xem danh mục sản phẩm";
        /// Import a draft catalogue.
        ImportCatalogue = "import_catalogue", "nhập danh mục";
        /// Approve a catalogue version.
        ApproveCatalogue = "approve_catalogue", "phê duyệt danh mục";
        /// Import people.
        ImportPeople = "import_people", "nhập danh sách công chức";
        /// Create, reset and lock accounts.
        ManageAccounts = "manage_accounts", "quản lý tài khoản";
        /// Print everybody's sheets at once.
        PrintAgency = "print_agency", "in phiếu của toàn cơ quan";
        /// Read the audit log.
        ViewAudit = "view_audit", "xem nhật ký";
        /// See the rule sets.
        ViewRuleSets = "view_rule_sets", "xem bộ quy tắc";
        /// Copy, change and delete draft rule sets.
        ManageRuleSets = "manage_rule_sets", "soạn bộ quy tắc";
        /// Approve a rule set from a month on.
        ApproveRuleSet = "approve_rule_set", "phê duyệt bộ quy tắc";
        /// See what a rule set would have made of past months.
        TryRuleSet = "try_rule_set", "thử bộ quy tắc với tháng đã qua";
        /// Compute stored scores again and see which differ.
        Replay = "replay", "tính lại điểm đã lưu";
        /// Open periods and set holidays.
        ManagePeriod = "manage_period", "quản lý kỳ đánh giá";
        /// Make files of results for the national database and mark them as sent.
        ExportResults = "export_results", "xuất kết quả cho cơ sở dữ liệu quốc gia";
        /// See the yearly rating.
        ViewRating = "view_rating", "xem xếp loại năm";
        /// Record absences, months from elsewhere, blockers and the ratio of the year.
        RecordYear = "record_year", "ghi nhận dữ kiện xếp loại năm";
        /// Choose whom to keep at "xuất sắc" (khoản 2 Điều 10, khoản 5 Điều 20).
        DecideRating = "decide_rating", "quyết định xếp loại năm";
        /// Hand in and take back one's own Mẫu số 02.
        HandInYearSheet = "hand_in_year_sheet", "lập phiếu xếp loại năm của mình";
        /// See at which step of Điều 21 everybody's yearly rating is.
        ViewYearProcess = "view_year_process", "xem tiến trình xếp loại năm";
        /// Notify people of decided levels and make them public (Điều 21).
        PublishYear = "publish_year", "thông báo, công khai kết quả năm";
        /// See the levels that were made public in the organisation.
        ViewPublication = "view_publication", "xem kết quả công khai";
        /// Lodge and withdraw a petition about one's own result (Điều 22).
        LodgePetition = "lodge_petition", "gửi kiến nghị";
        /// See petitions: one's own, those to answer, or all.
        ViewPetition = "view_petition", "xem kiến nghị";
        /// Answer a petition about a result that one gave (Điều 22).
        AnswerPetition = "answer_petition", "giải quyết kiến nghị";
        /// See the indicators, score and level of a unit.
        ViewUnitKpi = "view_unit_kpi", "xem KPI của đơn vị";
        /// Set the indicators of a unit.
        ManageIndicators = "manage_indicators", "đặt chỉ số của đơn vị";
        /// Report what an indicator reached.
        ReportIndicator = "report_indicator", "báo cáo số liệu của chỉ số";
        /// Give a unit its points and facts, and recognise its level.
        AssessUnit = "assess_unit", "đánh giá, công nhận mức xếp loại của đơn vị";
        /// Open, present and end a meeting.
        HoldMeeting = "hold_meeting", "tổ chức họp đánh giá";
        /// Take part in a meeting, write in it, read its minutes.
        TakePart = "take_part", "dự họp đánh giá";
        /// Write the minutes of a meeting.
        KeepMinutes = "keep_minutes", "ghi biên bản họp";
        /// Sign the minutes as the chair.
        SignMinutes = "sign_minutes", "ký biên bản họp";
    }
}

type Grants = &'static [(Role, Scope)];

/// Everyone who is assessed: every holder of a post is a civil servant too.
const ASSESSED: Grants = &[
    (Role::Officer, Scope::Own),
    (Role::Head, Scope::Own),
    (Role::Deputy, Scope::Own),
    (Role::Leader, Scope::Own),
];
/// Those who read about others, each as far as the post reaches.
const READERS: Grants = &[
    (Role::Officer, Scope::Own),
    (Role::Head, Scope::Unit),
    (Role::Deputy, Scope::Unit),
    (Role::Leader, Scope::Agency),
    (Role::Personnel, Scope::Agency),
];
/// A petition is seen by its parties: who lodged it, who answers it, and the personnel office.
const PETITION_READERS: Grants = &[
    (Role::Officer, Scope::Own),
    (Role::Head, Scope::Own),
    (Role::Deputy, Scope::Own),
    (Role::Leader, Scope::Own),
    (Role::Personnel, Scope::Agency),
];
const UNIT_READERS: Grants = &[
    (Role::Head, Scope::Unit),
    (Role::Deputy, Scope::Unit),
    (Role::Leader, Scope::Agency),
    (Role::Personnel, Scope::Agency),
];
/// The direct head assigns, decides and scores (Điều 10 khoản 1, Điều 18 khoản 1).
const DIRECT_HEAD: Grants = &[(Role::Head, Scope::Unit)];
/// A unit's own head sets its indicators, the personnel office those of any unit.
const INDICATOR_MANAGERS: Grants = &[(Role::Head, Scope::Unit), (Role::Personnel, Scope::Agency)];
/// Whoever owns an indicator reports it; a head every one of the unit.
const INDICATOR_REPORTERS: Grants = &[
    (Role::Officer, Scope::Own),
    (Role::Head, Scope::Unit),
    (Role::Deputy, Scope::Own),
    (Role::Leader, Scope::Own),
];
const COMPARERS: Grants = &[
    (Role::Head, Scope::Agency),
    (Role::Deputy, Scope::Agency),
    (Role::Leader, Scope::Agency),
    (Role::Personnel, Scope::Agency),
];
const PERSONNEL: Grants = &[(Role::Personnel, Scope::Agency)];
/// Who decides is not who prepares.
const LEADER: Grants = &[(Role::Leader, Scope::Agency)];
const LEADER_AND_PERSONNEL: Grants = &[
    (Role::Leader, Scope::Agency),
    (Role::Personnel, Scope::Agency),
];
const PERSONNEL_AND_ADMINISTRATOR: Grants = &[
    (Role::Personnel, Scope::Agency),
    (Role::Administrator, Scope::Agency),
];
const EVERYONE_AGENCY: Grants = &[
    (Role::Officer, Scope::Agency),
    (Role::Head, Scope::Agency),
    (Role::Deputy, Scope::Agency),
    (Role::Leader, Scope::Agency),
    (Role::Personnel, Scope::Agency),
    (Role::Administrator, Scope::Agency),
];
const EVERYONE_OWN: Grants = &[
    (Role::Officer, Scope::Own),
    (Role::Head, Scope::Own),
    (Role::Deputy, Scope::Own),
    (Role::Leader, Scope::Own),
    (Role::Personnel, Scope::Own),
    (Role::Administrator, Scope::Own),
];

/// The one permission table. A permission or role that is not here is denied.
pub const TABLE: &[(Permission, &[(Role, Scope)])] = &[
    (Permission::SignedIn, EVERYONE_OWN),
    (Permission::ViewOwnMonth, ASSESSED),
    (Permission::ReportProgress, ASSESSED),
    (Permission::Deliver, ASSESSED),
    (Permission::RequestCause, ASSESSED),
    (Permission::SelfAssess, ASSESSED),
    (Permission::AddEvidence, ASSESSED),
    (Permission::ViewEvidence, READERS),
    (Permission::ViewMonth, READERS),
    (Permission::ViewUnit, UNIT_READERS),
    (Permission::Assign, DIRECT_HEAD),
    (Permission::HandOver, DIRECT_HEAD),
    (Permission::CancelAssignment, DIRECT_HEAD),
    (Permission::DecideDelivery, DIRECT_HEAD),
    (Permission::DecideCause, DIRECT_HEAD),
    (Permission::ConfirmReview, DIRECT_HEAD),
    (
        Permission::DelegateReview,
        &[(Role::Head, Scope::Unit), (Role::Personnel, Scope::Agency)],
    ),
    // Whoever a head asked may be anybody; for whom is looked up with each sheet.
    (Permission::PrepareReview, ASSESSED),
    (
        Permission::RecordLeaderNote,
        &[(Role::Head, Scope::Unit), (Role::Personnel, Scope::Agency)],
    ),
    (Permission::LockMonth, PERSONNEL),
    (Permission::CompareUnits, COMPARERS),
    (Permission::ExportCompare, COMPARERS),
    (Permission::ViewOrganisation, EVERYONE_AGENCY),
    (Permission::ManageOrganisation, PERSONNEL_AND_ADMINISTRATOR),
    (Permission::ViewCatalogue, EVERYONE_AGENCY),
    (Permission::ImportCatalogue, PERSONNEL),
    (Permission::ApproveCatalogue, PERSONNEL),
    (Permission::ImportPeople, PERSONNEL_AND_ADMINISTRATOR),
    (
        Permission::ManageAccounts,
        &[(Role::Administrator, Scope::Agency)],
    ),
    (Permission::PrintAgency, LEADER_AND_PERSONNEL),
    (Permission::ViewAudit, PERSONNEL_AND_ADMINISTRATOR),
    (Permission::ViewRuleSets, EVERYONE_AGENCY),
    (Permission::ManageRuleSets, PERSONNEL),
    (Permission::ApproveRuleSet, LEADER),
    (Permission::TryRuleSet, LEADER_AND_PERSONNEL),
    (Permission::Replay, PERSONNEL_AND_ADMINISTRATOR),
    (Permission::ManagePeriod, PERSONNEL),
    (Permission::ExportResults, PERSONNEL),
    (Permission::ViewRating, READERS),
    (Permission::RecordYear, PERSONNEL),
    (Permission::DecideRating, &[(Role::Leader, Scope::Agency)]),
    (Permission::HandInYearSheet, ASSESSED),
    (Permission::ViewYearProcess, LEADER_AND_PERSONNEL),
    (Permission::PublishYear, LEADER_AND_PERSONNEL),
    (Permission::ViewPublication, EVERYONE_AGENCY),
    (Permission::LodgePetition, ASSESSED),
    (Permission::ViewPetition, PETITION_READERS),
    // Whoever confirmed the month, or decided the year.
    (
        Permission::AnswerPetition,
        &[(Role::Head, Scope::Unit), (Role::Leader, Scope::Agency)],
    ),
    (Permission::ViewUnitKpi, UNIT_READERS),
    (Permission::ManageIndicators, INDICATOR_MANAGERS),
    (Permission::ReportIndicator, INDICATOR_REPORTERS),
    // Khoản 1 Điều 5: the head of the agency recognises the units below.
    (Permission::AssessUnit, &[(Role::Leader, Scope::Agency)]),
    (
        Permission::HoldMeeting,
        &[
            (Role::Head, Scope::Unit),
            (Role::Leader, Scope::Agency),
            (Role::Personnel, Scope::Agency),
        ],
    ),
    // The year is discussed by all officers of the unit (Điều 21).
    (Permission::TakePart, READERS),
    (Permission::KeepMinutes, UNIT_READERS),
    (
        Permission::SignMinutes,
        &[(Role::Head, Scope::Unit), (Role::Leader, Scope::Agency)],
    ),
];

/// The widest scope that any of the roles gives for a permission (Điều 10: who
/// assigns, scores and rates); `None` is a denial.
#[must_use]
pub fn granted(roles: &[Role], permission: Permission) -> Option<Scope> {
    TABLE
        .iter()
        .filter(|(row, _)| *row == permission)
        .flat_map(|(_, grants)| grants.iter())
        .filter(|(role, _)| roles.contains(role))
        .map(|(_, scope)| *scope)
        .max()
}

/// Whether `actor` may decide about `subject`'s sheet, delivery or cause: nobody
/// decides about themselves (Điều 10 khoản 1: it is always somebody above).
#[must_use]
pub fn may_decide(actor: OfficerId, subject: OfficerId) -> bool {
    actor != subject
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn every_permission_has_exactly_one_row() {
        for permission in Permission::ALL {
            let rows = TABLE.iter().filter(|(row, _)| row == permission).count();
            assert_eq!(rows, 1, "{permission:?}");
        }
        assert_eq!(TABLE.len(), Permission::ALL.len());
    }

    #[test]
    fn the_widest_scope_wins_and_nothing_is_granted_without_a_role() {
        for permission in Permission::ALL {
            assert_eq!(granted(&[], *permission), None);
        }
        assert_eq!(
            granted(&[Role::Officer], Permission::ViewMonth),
            Some(Scope::Own)
        );
        assert_eq!(
            granted(&[Role::Officer, Role::Head], Permission::ViewMonth),
            Some(Scope::Unit)
        );
        assert_eq!(
            granted(&[Role::Head, Role::Leader], Permission::ViewMonth),
            Some(Scope::Agency)
        );
        assert_eq!(granted(&[Role::Officer], Permission::ViewUnit), None);
        assert_eq!(granted(&[Role::Administrator], Permission::ViewMonth), None);
        assert_eq!(
            granted(&[Role::Deputy, Role::Leader], Permission::ConfirmReview),
            None
        );
    }

    #[test]
    fn may_decide_about_anybody_but_oneself() {
        let me = OfficerId(Uuid::from_u128(1));
        let other = OfficerId(Uuid::from_u128(2));
        assert!(!may_decide(me, me));
        assert!(may_decide(me, other));
    }
}
