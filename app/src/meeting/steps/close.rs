//! The end of a meeting and its minutes.

use chrono::NaiveDate;
use kpi::permission::Permission;
use serde_json::json;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::figures::of_meeting;
use super::{MINUTES, find, holds, record, standing, tell_room, text};
use crate::auth::{Access, check};
use crate::error::AppError;
use crate::format::moment;
use crate::meeting::minutes::{Minutes, compose, figures_of};
use crate::meeting::store::{self, MinutesRow, Stored};
use crate::meeting::wire::{Figures, MinutesView};
use crate::sign::{self, Kind, Signer, Subject};

/// Ends a meeting: figures that still live are frozen, and the minutes begin. `seen` is the step that the device knows.
///
/// # Errors
/// `Invalid` with the reason and the way forward; `NotFound`; `Forbidden`; the database's failure.
pub async fn end(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (meeting, seen): (Uuid, i32),
) -> Result<(), AppError> {
    let figures = {
        let mut db = pool.acquire().await?;
        let stored = find(&mut db, access, meeting, false).await?;
        if !holds(access, &stored.line) {
            return Err(AppError::Forbidden);
        }
        of_meeting(pool, access, today, &stored).await?
    };
    let mut db = pool.begin().await?;
    let mut stored = find(&mut db, access, meeting, true).await?;
    standing(access, &stored).must_present(seen)?;
    if stored.frozen_at.is_none() {
        let value = serde_json::to_value(&figures).map_err(AppError::inner)?;
        stored.frozen_at = store::freeze(&mut db, access.agency(), meeting, Some(value)).await?;
    }
    let at = store::end(&mut db, access.agency(), meeting, access.actor.account.0).await?;
    stored.ended_at = Some(at);
    stored.line.ended = moment(at);
    let content = content(&mut db, access, &stored, &figures).await?;
    let value = serde_json::to_value(&content).map_err(AppError::inner)?;
    store::insert_minutes(&mut db, access.agency(), (&stored, at), &value).await?;
    let mut state = stored.state.clone();
    state.step = state.step.saturating_add(1);
    state.ended = moment(at);
    state.frozen = stored.frozen_at.map_or_else(String::new, moment);
    store::put_state(&mut db, access.agency(), &state).await?;
    record(&mut db, access, "end_meeting", meeting, json!({})).await?;
    tell_room(&mut db, access, &stored.line, &state).await?;
    db.commit().await?;
    Ok(())
}

/// The minutes as they are composed of what is stored.
async fn content(
    db: &mut PgConnection,
    access: &Access,
    stored: &Stored,
    figures: &Figures,
) -> Result<Minutes, AppError> {
    let meeting = stored.line.meeting;
    let entries = store::entries(&mut *db, access.agency(), meeting).await?;
    let chair = if stored.state.presenter_name.is_empty() {
        access.actor.name.clone()
    } else {
        stored.state.presenter_name.clone()
    };
    Ok(Minutes {
        agency: access.actor.agency_name.clone(),
        unit: stored.line.unit_name.clone(),
        title: stored.line.title.clone(),
        started: stored.line.started.clone(),
        ended: stored.line.ended.clone(),
        chair,
        secretary: access.actor.name.clone(),
        present: store::members(db, access.agency(), meeting).await?,
        figures_at: stored.frozen_at.map_or_else(String::new, moment),
        figures: figures_of(figures),
        text: compose(&stored.line, figures, &entries),
    })
}

/// The minutes with what the reader may do about them.
///
/// # Errors
/// `NotFound` for no meeting, or while it runs; `Forbidden` for whoever takes no part; the database's failure.
pub async fn minutes_view(
    pool: &PgPool,
    access: &Access,
    meeting: Uuid,
) -> Result<MinutesView, AppError> {
    let mut db = pool.acquire().await?;
    let stored = find(&mut db, access, meeting, false).await?;
    let row = store::minutes_of(&mut db, access.agency(), meeting, false)
        .await?
        .ok_or(AppError::NotFound)?;
    let entries = store::entries(&mut *db, access.agency(), meeting).await?;
    let subject = Subject::record(Kind::Minutes, row.minutes, None);
    let signatures = sign::store::of(&mut db, access.actor.agency, &subject).await?;
    let mut content = read(&row)?;
    cut(&mut content, access, &stored);
    let may = |permission| {
        check(access.actor.clone(), permission)
            .is_ok_and(|access| access.reach_unit(&stored.line.path).is_ok())
    };
    Ok(MinutesView {
        minutes: row.minutes,
        version: row.version,
        late: entries.into_iter().filter(|entry| entry.late).collect(),
        keeps: row.signature.is_none() && may(Permission::KeepMinutes),
        signs: row.signature.is_none() && may(Permission::SignMinutes),
        signed: row.signature.is_some(),
        signatures,
        content,
        line: stored.line,
    })
}

fn read(row: &MinutesRow) -> Result<Minutes, AppError> {
    serde_json::from_value(row.content.clone()).map_err(AppError::inner)
}

/// The table of scores is for those who may see all of them; the text is for everybody who took part.
fn cut(content: &mut Minutes, access: &Access, stored: &Stored) {
    let all = check(access.actor.clone(), Permission::ViewUnit)
        .is_ok_and(|access| access.reach_unit(&stored.line.path).is_ok());
    if !all {
        let me = access.actor.officer.map(|me| me.0);
        content.figures.retain(|figure| Some(figure.id) == me);
    }
}

/// Minutes that may still be written, locked.
async fn open_minutes(
    db: &mut PgConnection,
    access: &Access,
    meeting: Uuid,
) -> Result<(Stored, MinutesRow), AppError> {
    let stored = find(&mut *db, access, meeting, true).await?;
    access.reach_unit(&stored.line.path)?;
    let row = store::minutes_of(db, access.agency(), meeting, true)
        .await?
        .ok_or(AppError::NotFound)?;
    if row.signature.is_some() {
        return Err(AppError::invalid(
            "text",
            "Biên bản đã ký nên không sửa được nữa; cần thì lập cuộc họp bổ sung.",
            "",
        ));
    }
    Ok((stored, row))
}

/// Stores the text of the minutes as the secretary wrote it; he is the secretary from now on.
///
/// # Errors
/// `Invalid` for a text out of bounds or signed minutes; `Conflict` when somebody else wrote them meanwhile; `NotFound`;
/// `Forbidden`; the database's failure.
pub async fn save_minutes(
    pool: &PgPool,
    access: &Access,
    (meeting, version): (Uuid, i32),
    typed: &str,
) -> Result<(), AppError> {
    let typed = text("text", typed, MINUTES, "Biên bản cần có nội dung.")?;
    let mut db = pool.begin().await?;
    let (_, row) = open_minutes(&mut db, access, meeting).await?;
    let mut content = read(&row)?;
    if row.version != version {
        return Err(AppError::Conflict {
            current: content.text,
            yours: typed,
        });
    }
    content.text = typed;
    content.secretary.clone_from(&access.actor.name);
    put(&mut db, access, (meeting, row.minutes), &content).await?;
    db.commit().await?;
    Ok(())
}

async fn put(
    db: &mut PgConnection,
    access: &Access,
    (meeting, minutes): (Uuid, Uuid),
    content: &Minutes,
) -> Result<(), AppError> {
    let value = serde_json::to_value(content).map_err(AppError::inner)?;
    store::put_minutes(&mut *db, access.agency(), minutes, &value).await?;
    record(db, access, "write_minutes", meeting, json!({})).await
}

/// Composes the minutes again from all entries, those that came late among them; what was edited is gone.
///
/// # Errors
/// As [`save_minutes`].
pub async fn compose_again(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (meeting, version): (Uuid, i32),
) -> Result<(), AppError> {
    let mut db = pool.begin().await?;
    let (stored, row) = open_minutes(&mut db, access, meeting).await?;
    if row.version != version {
        return Err(AppError::Conflict {
            current: "có bản sửa mới hơn".to_owned(),
            yours: "soạn lại".to_owned(),
        });
    }
    let figures = of_meeting(pool, access, today, &stored).await?;
    let before = read(&row)?;
    let fresh = Minutes {
        chair: before.chair,
        ..content(&mut db, access, &stored, &figures).await?
    };
    put(&mut db, access, (meeting, row.minutes), &fresh).await?;
    db.commit().await?;
    Ok(())
}

/// Signs the minutes as they are shown: then they are fixed. `signer` has typed his password again.
///
/// # Errors
/// `Invalid` for signed minutes; `Conflict` when they were written meanwhile; `NotFound`; `Forbidden`; the database's
/// failure.
pub async fn sign_minutes(
    pool: &PgPool,
    access: &Access,
    signer: &Signer,
    (meeting, version): (Uuid, i32),
) -> Result<(), AppError> {
    let mut db = pool.begin().await?;
    let (stored, row) = open_minutes(&mut db, access, meeting).await?;
    if row.version != version {
        return Err(AppError::Conflict {
            current: read(&row)?.text,
            yours: "ký bản đã xem".to_owned(),
        });
    }
    let subject = Subject::record(Kind::Minutes, row.minutes, None);
    let subject = match stored.line.period {
        Some(period) => subject.in_period(period),
        None => subject.in_year(stored.line.year),
    };
    let agency = access.actor.agency;
    let signature = sign::store::sign(&mut db, agency, signer, subject, &row.content).await?;
    store::sign(&mut db, access.agency(), row.minutes, signature).await?;
    record(
        &mut db,
        access,
        "sign_minutes",
        meeting,
        json!({ "signature": signature }),
    )
    .await?;
    db.commit().await?;
    Ok(())
}
