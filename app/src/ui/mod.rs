//! Widgets that every screen shares. Native HTML first; charts and meters are SVG drawn from pure models.

mod bar;
mod form;
mod notice;
mod pager;

pub use bar::{Bands, Meter, MeterTone};
pub use form::{Field, PostForm, TextArea, refusal_of, refusal_of_action};
pub use notice::{Chip, LevelChip, RefusalNotice, shown};
pub use pager::{Pager, query_value};
