//! Screens of meetings: the list, the room, the minutes.

mod article;
mod dock;
mod island;
mod list;
mod minutes;
mod room;
mod side;

pub use list::MeetingsPage;
pub use minutes::MinutesPage;
pub use room::MeetingPage;
