//! What runs the house: the first set-up, accounts, the audit log, notifications.

pub mod accounts;
mod audit_page;
mod notifications;
pub mod setup;

pub use accounts::AccountsPage;
pub use audit_page::AuditPage;
pub use notifications::NotificationsPage;
pub use setup::SetupPage;
