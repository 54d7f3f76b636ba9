//! The accounts of the demo agency: one a role and everybody of one unit, with a password that everybody may know.

/// An account and who sits behind it.
#[derive(Debug)]
pub struct Seat {
    /// The role, for the reader.
    pub label: &'static str,
    /// Login name.
    pub login: &'static str,
    /// Roles beyond those of the post.
    pub roles: &'static [&'static str],
    /// Unit and place in it (0 is the head); none for an account without an officer.
    pub place: Option<(usize, usize)>,
    /// Name of that officer.
    pub name: Option<&'static str>,
    /// 0 junior to 2 senior, for staff.
    pub grade: usize,
}

/// The one password of all demo accounts. It protects nothing: the data are invented.
pub const PASSWORD: &str = "cong-tam-demo-2026";

const SEATS: [Seat; 7] = [
    Seat {
        label: "Chuyên viên, Vụ Kinh tế tổng hợp",
        login: "canbo",
        roles: &[],
        place: Some((3, 6)),
        name: Some("Nguyễn Thu Hà"),
        grade: 0,
    },
    Seat {
        label: "Vụ trưởng, Vụ Kinh tế tổng hợp",
        login: "truongphong",
        roles: &[],
        place: Some((3, 0)),
        name: Some("Đặng Hồng Phúc"),
        grade: 2,
    },
    Seat {
        label: "Phó Vụ trưởng, Vụ Kinh tế tổng hợp",
        login: "phophong",
        roles: &[],
        place: Some((3, 1)),
        name: Some("Trần Quốc Bảo"),
        grade: 2,
    },
    Seat {
        label: "Vụ trưởng, Vụ Phát triển vùng và địa phương",
        login: "vutruong",
        roles: &[],
        place: Some((6, 0)),
        name: None,
        grade: 2,
    },
    Seat {
        label: "Trưởng ban",
        login: "lanhdao",
        roles: &["leader"],
        place: Some((0, 0)),
        name: Some("Trần Văn Minh"),
        grade: 2,
    },
    Seat {
        label: "Tổ chức cán bộ",
        login: "tochuc",
        roles: &["personnel"],
        place: Some((2, 4)),
        name: Some("Lê Thị Minh Nguyệt"),
        grade: 1,
    },
    Seat {
        label: "Quản trị hệ thống",
        login: "quantri",
        roles: &["administrator"],
        place: None,
        name: None,
        grade: 0,
    },
];

/// The unit (index into `UNITS`) all of whose people have an account, so that a whole month of it can be played.
pub const SEATED_UNIT: usize = 6;

/// The login of its people in the order of their places, from 1; the head has his own.
pub fn login_of(place: usize) -> String {
    format!("vung{place:02}")
}

/// The accounts with a story of their own.
pub fn seats() -> &'static [Seat] {
    &SEATS
}
