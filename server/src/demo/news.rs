//! Notifications that the running product would have left: decisions of the last days, confirmed sheets.

use chrono::{DateTime, Duration, Utc};
use kpi::level::Level;
use kpi::period::Period;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::Plan;
use super::calendar::moment;
use super::delivery::{Round, Verdict};
use super::ground::Ground;
use super::random::Random;
use super::rows::NotificationRow;

/// Days that a notification stays unread.
const UNREAD: i64 = 3;
/// Days after which a decision is no news any more.
const OLD: i64 = 14;

/// Tells an officer something, unless it is old.
fn tell(
    plan: &mut Plan,
    ground: &Ground,
    random: &mut Random,
    officer: Uuid,
    at: DateTime<Utc>,
    (text, link): (String, String),
) {
    let now = moment(ground.today, 8, 0);
    plan.notifications.push(NotificationRow {
        agency_id: ground.agency,
        notification_id: random.id(at),
        officer_id: officer,
        text,
        link,
        at,
        read_at: (now - at > Duration::days(UNREAD)).then(|| at + Duration::hours(1)),
    });
}

/// A decision about a delivery.
pub fn decided(
    plan: &mut Plan,
    ground: &Ground,
    random: &mut Random,
    (officer, period): (Uuid, Period),
    (product, round, due): (&str, &Round, String),
    at: DateTime<Utc>,
) {
    if moment(ground.today, 8, 0) - at > Duration::days(OLD) {
        return;
    }
    let text = match round.verdict {
        Verdict::Accept => format!("“{product}” đã được nghiệm thu."),
        Verdict::Major => {
            format!(
                "“{product}” bị trả lại vì sai sót lớn; hạn bàn giao lại {due}. Lý do: {}",
                round.reason
            )
        }
        Verdict::Minor => {
            format!(
                "“{product}” bị trả lại để chỉnh sửa nhỏ; hạn bàn giao lại {due}. Lý do: {}",
                round.reason
            )
        }
    };
    tell(
        plan,
        ground,
        random,
        officer,
        at,
        (text, format!("/month?period={period}")),
    );
}

/// A confirmed sheet.
pub fn confirmed(
    plan: &mut Plan,
    ground: &Ground,
    random: &mut Random,
    (officer, period): (Uuid, Period),
    (score, level): (Option<Decimal>, Option<Level>),
    at: DateTime<Utc>,
) {
    let result = match (score, level) {
        (Some(score), Some(level)) => {
            format!(
                "{} điểm, {}",
                app::format::number(score, 2),
                level.label().to_lowercase()
            )
        }
        _ => "chưa đủ dữ liệu để có điểm".to_owned(),
    };
    let text = format!(
        "Phiếu {} đã được xác nhận: {result}.",
        period.label().to_lowercase()
    );
    tell(
        plan,
        ground,
        random,
        officer,
        at,
        (text, format!("/sheet/{officer}?period={period}")),
    );
}
