//! The minutes of a meeting, as their page shows them to the reader.

use forms::Data;
use forms::data::{Print, Signature};
use forms::form::minutes::{Minutes, Part};
use sqlx::PgPool;
use uuid::Uuid;

use super::{Composed, heading};
use crate::auth::Access;
use crate::error::AppError;
use crate::format::{score, vietnam};
use crate::meeting::minutes::MinutesFigure;
use crate::meeting::steps::minutes_view;
use crate::report::{Paper, store};

/// Minutes of a meeting in which the actor may take part.
///
/// # Errors
/// `NotFound` for no minutes; `Forbidden` for whoever takes no part; the database's failure.
pub async fn minutes(pool: &PgPool, access: &Access, minutes: Uuid) -> Result<Composed, AppError> {
    let meeting = store::meeting_of(pool, access.actor.agency, minutes).await?;
    let view = minutes_view(pool, access, meeting.meeting).await?;
    let content = view.content;
    let standing = view
        .signatures
        .iter()
        .find(|signed| signed.withdrawn.is_none());
    let chair = standing.filter(|_| view.signed).map_or_else(
        || Signature {
            name: content.chair.clone(),
            ..Signature::default()
        },
        super::signed,
    );
    let paragraphs = content.text.lines().map(str::to_owned).collect();
    let mut parts = vec![Part {
        heading: String::new(),
        paragraphs,
        columns: Vec::new(),
        rows: Vec::new(),
    }];
    parts.extend(figures(&content.figures, &content.figures_at));
    Ok(Composed {
        data: Data::Minutes(Minutes {
            heading: heading(&content.agency, Some(&content.unit)),
            print: Print {
                draft: if view.signed {
                    String::new()
                } else {
                    "người chủ trì chưa ký".to_owned()
                },
                ..Print::default()
            },
            subject: content.title,
            opened: Some(vietnam(meeting.started)),
            closed: meeting.ended.map(vietnam),
            place: String::new(),
            present: content.present,
            absent: Vec::new(),
            chair: content.chair,
            secretary: content.secretary.clone(),
            parts,
            chair_signature: chair,
            secretary_signature: Signature {
                name: content.secretary,
                ..Signature::default()
            },
        }),
        papers: vec![Paper::Minutes(minutes)],
    })
}

/// The table of the figures that the meeting had before it, as far as the reader may see them.
fn figures(figures: &[MinutesFigure], at: &str) -> Option<Part> {
    let first = figures.first()?;
    let mut columns = vec!["Họ và tên, đơn vị".to_owned()];
    columns.extend(first.scores.iter().map(|(label, _)| label.clone()));
    columns.push("Mức".to_owned());
    let rows = figures
        .iter()
        .map(|figure| {
            let mut row = vec![format!("{} ({})", figure.name, figure.about)];
            row.extend(figure.scores.iter().map(|(_, value)| score(*value)));
            row.push(figure.level.clone());
            row
        })
        .collect();
    Some(Part {
        heading: format!("Số liệu cuộc họp xem xét, chốt lúc {at}"),
        paragraphs: Vec::new(),
        columns,
        rows,
    })
}
