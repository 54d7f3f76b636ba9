//! What stands beside a month on a screen or in Mẫu số 02.

use super::State;
use crate::format::capital;

impl State {
    /// Why the month counts as it does; empty for a score of this agency.
    pub fn note(&self) -> String {
        match self {
            Self::Own(_) => String::new(),
            Self::Outside(_, origin) => format!(
                "Nhập từ cơ quan khác theo {}; mã kiểm tra {}",
                origin.document,
                origin.digest.chars().take(12).collect::<String>()
            ),
            Self::Away(kind) => capital(kind.label()),
            Self::Probation => "Tập sự: theo dõi, không xếp loại".to_owned(),
            Self::Missing(gap) => format!("Thiếu: {}", gap.words()),
            Self::Ahead => "Chưa kết thúc".to_owned(),
            Self::NotHere => "Không công tác tại cơ quan".to_owned(),
        }
    }
}
