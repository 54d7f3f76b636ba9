//! Identifiers: one newtype a thing, so that an officer cannot be passed
//! where a unit is meant. All are UUIDs on the wire and in the database.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident;)+) => {$(
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::from_str(text).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

ids! {
    /// An agency (cơ quan): the boundary no data crosses.
    AgencyId;
    /// A unit (đơn vị) of an agency.
    UnitId;
    /// A civil servant (công chức).
    OfficerId;
    /// A post (vị trí, chức vụ) held by an officer for some time.
    PostId;
    /// A sign-in account.
    AccountId;
    /// One version of the conversion catalogue.
    CatalogueId;
    /// A product of a catalogue version.
    ProductId;
    /// Work assigned to one officer in one period.
    AssignmentId;
    /// A deliverable: quantity handed in for an assignment.
    DeliverableId;
    /// One round of handing in a deliverable.
    DeliveryId;
    /// Evidence attached to work.
    EvidenceId;
    /// A request to confirm an objective cause.
    CauseId;
    /// A period sheet (Mẫu số 01).
    SheetId;
    /// A version of a rule set.
    RuleSetId;
    /// A notification to an account.
    NotificationId;
    /// A group of civil servants with similar tasks (Điều 20 khoản 5).
    TaskGroupId;
}
