//! What is written during a meeting. The device gives the id of an entry, so that what it sends again counts once.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use kpi::ids::OfficerId;
use kpi::number::format_vi;
use kpi::scoring::ItemKind;
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

use super::{TEXT, find, record, tell_room, text};
use crate::assignment;
use crate::auth::Access;
use crate::catalogue::store::approved_products;
use crate::error::AppError;
use crate::format::day;
use crate::meeting::store::{self, NewEntry, Stored};
use crate::meeting::wire::{EntryKind, MeetingKind, RoomState};

/// Hours by which a device's clock may run ahead.
const AHEAD: i64 = 1;
/// Most products that a search looks at.
const MOST_FOUND: i64 = 20;

/// An entry as a device sends it.
#[derive(Clone, Debug, Default)]
pub struct TypedEntry {
    /// The meeting.
    pub meeting: Uuid,
    /// Its id.
    pub entry: Uuid,
    /// Code of the kind.
    pub kind: String,
    /// About whom; none for the whole meeting.
    pub subject: Option<Uuid>,
    /// The text.
    pub text: String,
    /// Milliseconds since 1970 on the device's clock; empty for now.
    pub written: String,
}

/// Keeps a remark, a conclusion or an opinion. What a device held back without network is taken also after the meeting
/// was closed, until the minutes are signed.
///
/// # Errors
/// `Invalid` with the field, or once the minutes are signed; `NotFound`; `Forbidden`; the database's failure.
pub async fn write(
    pool: &PgPool,
    access: &Access,
    typed: &TypedEntry,
) -> Result<RoomState, AppError> {
    let kind = EntryKind::parse(&typed.kind)
        .filter(|kind| *kind != EntryKind::Task)
        .ok_or_else(|| AppError::invalid("kind", "Hãy chọn nhận xét, ý kiến hoặc kết luận.", ""))?;
    let text = text("text", &typed.text, TEXT, "Hãy ghi nội dung.")?;
    let mut db = pool.begin().await?;
    let stored = find(&mut db, access, typed.meeting, true).await?;
    must_take_entries(&stored)?;
    if kind == EntryKind::Conclusion && !super::holds(access, &stored.line) {
        return Err(AppError::invalid(
            "kind",
            "Kết luận do người chủ trì ghi; bạn ghi nhận xét hoặc ý kiến.",
            "",
        ));
    }
    let new = NewEntry {
        entry: typed.entry,
        meeting: typed.meeting,
        kind,
        subject: typed.subject,
        text: &text,
        account: access.actor.account.0,
        name: &access.actor.name,
        written_at: written_at(&stored, &typed.written),
    };
    keep(&mut db, access, &stored, &new).await?;
    db.commit().await?;
    let mut db = pool.acquire().await?;
    Ok(store::find(&mut db, access.agency(), typed.meeting, false)
        .await?
        .state)
}

/// Until the minutes are signed.
fn must_take_entries(stored: &Stored) -> Result<(), AppError> {
    if stored.line.signed == Some(true) {
        return Err(AppError::invalid(
            "meeting",
            "Biên bản cuộc họp này đã ký nên không nhận thêm ghi chép. Nội dung vẫn còn trên máy; hãy gửi cho người chủ trì.",
            "",
        ));
    }
    Ok(())
}

/// A device's clock is believed within the meeting, and not about the future.
fn written_at(stored: &Stored, typed: &str) -> DateTime<Utc> {
    let now = Utc::now();
    let latest = now + Duration::hours(AHEAD);
    typed
        .trim()
        .parse()
        .ok()
        .and_then(DateTime::from_timestamp_millis)
        .filter(|at| *at >= stored.started_at && *at <= latest)
        .unwrap_or(now)
}

/// Keeps an entry once, with its audit row, and tells the devices.
async fn keep(
    db: &mut sqlx::PgConnection,
    access: &Access,
    stored: &Stored,
    new: &NewEntry<'_>,
) -> Result<(), AppError> {
    if !store::insert_entry(&mut *db, access.agency(), new).await? {
        return Ok(());
    }
    let about = if stored.line.kind == MeetingKind::CompareUnits {
        "unit"
    } else {
        "officer"
    };
    let detail = json!({ "kind": new.kind.code(), "entry": new.entry, about: new.subject });
    record(&mut *db, access, "write_in_meeting", new.meeting, detail).await?;
    let mut state = stored.state.clone();
    state.entries = state.entries.saturating_add(1);
    tell_room(db, access, &stored.line, &state).await
}

/// A task as its form sends it.
#[derive(Clone, Debug, Default)]
pub struct TypedTask {
    /// The meeting.
    pub meeting: Uuid,
    /// Id of the entry, and key of the assignment.
    pub entry: Uuid,
    /// For whom.
    pub subject: Uuid,
    /// "mã – tên" of a product of the approved catalogue, or what finds one.
    pub product: String,
    /// Quantity.
    pub quantity: String,
    /// Due day.
    pub due_day: String,
    /// What must come out; may be empty.
    pub text: String,
}

/// Assigns work on the spot: an ad hoc assignment of the month of its due day, by the steps of assigning, and an entry.
///
/// # Errors
/// `Invalid` with the field; `Forbidden` unless the actor is the direct superior; `NotFound`; the database's failure.
pub async fn assign(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    typed: &TypedTask,
) -> Result<RoomState, AppError> {
    let due = assignment::typed::day("due_day", &typed.due_day)?;
    let quantity = assignment::typed::number("quantity", &typed.quantity)?;
    let expected = assignment::typed::text("text", &typed.text, assignment::typed::LONGEST_TEXT)?;
    let stored = {
        let mut db = pool.acquire().await?;
        find(&mut db, access, typed.meeting, false).await?
    };
    must_take_entries(&stored)?;
    if stored.line.kind == MeetingKind::CompareUnits {
        return Err(AppError::invalid(
            "product",
            "Việc giao cho một người; hãy giao trong cuộc họp của đơn vị.",
            "",
        ));
    }
    let (product, name) = product(pool, access, &typed.product).await?;
    let period = kpi::period::Period::of(due).map_err(AppError::inner)?;
    let work = assignment::steps::NewWork {
        period,
        product,
        quantity,
        due_day: due,
        expected_output: expected.clone(),
        kind: ItemKind::AdHoc,
        officers: vec![OfficerId(typed.subject)],
        key: typed.entry,
    };
    // The key is the entry's id: sent again after a break in between, the work is there and only the entry follows.
    assignment::steps::assign(pool, access, today, &work).await?;
    let mut words = format!(
        "{name}, số lượng {}, hạn {}",
        format_vi(quantity, 4),
        day(due)
    );
    if !expected.is_empty() {
        words.push_str("; ");
        words.push_str(&expected);
    }
    let mut db = pool.begin().await?;
    let stored = find(&mut db, access, typed.meeting, true).await?;
    let new = NewEntry {
        entry: typed.entry,
        meeting: typed.meeting,
        kind: EntryKind::Task,
        subject: Some(typed.subject),
        text: &words,
        account: access.actor.account.0,
        name: &access.actor.name,
        written_at: Utc::now(),
    };
    keep(&mut db, access, &stored, &new).await?;
    db.commit().await?;
    let mut db = pool.acquire().await?;
    Ok(store::find(&mut db, access.agency(), typed.meeting, false)
        .await?
        .state)
}

/// The product that was chosen, by its code, or the only one that a search finds.
async fn product(pool: &PgPool, access: &Access, typed: &str) -> Result<(Uuid, String), AppError> {
    let typed = typed.trim();
    let code = typed.split(" – ").next().unwrap_or_default().trim();
    let short: String = typed.chars().take(200).collect();
    if code.is_empty() {
        return Err(AppError::invalid(
            "product",
            "Hãy chọn sản phẩm trong danh mục.",
            "",
        ));
    }
    let search: String = code.chars().take(200).collect();
    let found = approved_products(pool, access.actor.agency, &search, MOST_FOUND).await?;
    let exact = found.iter().find(|product| product.code == code);
    match (exact, found.as_slice()) {
        (Some(product), _) | (None, [product]) => {
            Ok((product.product.0, assignment::product_name(product)))
        }
        (None, []) => Err(AppError::invalid(
            "product",
            "Danh mục đang áp dụng không có sản phẩm này; hãy gõ mã hoặc một phần tên.",
            short,
        )),
        (None, several) => {
            let names: Vec<String> = several
                .iter()
                .take(5)
                .map(|product| format!("{} – {}", product.code, assignment::product_name(product)))
                .collect();
            let sentence = format!(
                "Có nhiều sản phẩm khớp, hãy chọn một: {}.",
                names.join("; ")
            );
            Err(AppError::invalid("product", sentence, short))
        }
    }
}
