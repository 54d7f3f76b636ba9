//! What runs the house: the first set-up, accounts, the audit log, the own record, notifications.

pub mod accounts;
pub mod audit_page;
mod notifications;
pub mod record;
pub mod setup;

pub use accounts::AccountsPage;
pub use audit_page::AuditPage;
pub use notifications::NotificationsPage;
pub use record::RecordPage;
pub use setup::SetupPage;
