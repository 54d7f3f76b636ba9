//! Widgets that every screen shares. Native HTML first; charts and meters are SVG drawn from pure models.

mod address;
mod bar;
pub mod chart;
mod figure;
mod form;
mod notice;
mod pager;
mod stepper;

pub use address::{PeriodSwitch, Segmented, query_link};
pub use bar::{Bands, Meter, MeterTone};
pub use figure::{Avatar, Downloads, Empty, Figure, WhyDetails};
pub use form::{FORM, Field, PostForm, TextArea, refusal_in, refusal_of, refused_in, typed_in};
pub use notice::{Chip, LevelChip, RefusalNotice, SaveState, SaveStatus, ask, shown};
pub use pager::{Pager, query_value};
pub use stepper::Stepper;
