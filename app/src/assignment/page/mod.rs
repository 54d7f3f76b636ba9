//! Screens of assigning: new work, handing over, cancelling.

mod assign;
mod cancel;
mod hand_over;

pub use assign::AssignPage;
pub use cancel::CancelForm;
pub use hand_over::HandOverPage;
