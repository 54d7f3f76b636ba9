//! Server functions of the catalogue and the types on the wire.

use chrono::NaiveDate;
use kpi::ids::{CatalogueId, ProductId};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// How far a version is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Imported, may be deleted, used by nobody.
    Draft,
    /// The one that work is assigned from.
    Approved,
    /// Was approved once; months that used it keep their own copy.
    Superseded,
}

impl Status {
    /// As the database writes it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Approved => "approved",
            Self::Superseded => "superseded",
        }
    }

    /// In words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "Bản nháp",
            Self::Approved => "Đang áp dụng",
            Self::Superseded => "Đã thay thế",
        }
    }

    /// From the database's word; a word it does not know is a draft, which nobody can use.
    pub fn parse(code: &str) -> Self {
        match code {
            "approved" => Self::Approved,
            "superseded" => Self::Superseded,
            _ => Self::Draft,
        }
    }
}

/// One version of an agency's catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Its id.
    pub catalogue: CatalogueId,
    /// 1, 2, 3 … within the agency.
    pub number: i32,
    /// What it is called, usually after the file it came from.
    pub name: String,
    /// How far it is.
    pub status: Status,
    /// Number of the decision that issued it; none for a draft.
    pub decision: Option<String>,
    /// First day it applies; none for a draft.
    pub effective_from: Option<NaiveDate>,
    /// Points of the standard product (coefficient 1).
    pub standard_points: Option<Decimal>,
    /// Number of products.
    pub products: u32,
    /// Who imported it, in words; empty for the command line.
    pub created_by: String,
    /// When it was imported, in words.
    pub created: String,
    /// Who approved it, in words.
    pub approved_by: String,
    /// When it was approved, in words.
    pub approved: String,
}

/// One product of a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Its id, the same in every version that has its code.
    pub product: ProductId,
    /// Code ("DC.01").
    pub code: String,
    /// Task (nhiệm vụ).
    pub task: String,
    /// Detailed work; may be empty.
    pub detail: String,
    /// Output (sản phẩm đầu ra).
    pub output: String,
    /// Complexity group ("N2").
    pub group: Option<String>,
    /// Points, above 0, at most 4 decimals.
    pub points: Decimal,
    /// Conversion coefficient, above 0, at most 6 decimals.
    pub coefficient: Decimal,
    /// Unit of measure.
    pub unit_of_measure: Option<String>,
    /// The unit it is meant for; none = common to all.
    pub unit_name: Option<String>,
    /// Whether it is the standard product (đơn vị sản phẩm/công việc chuẩn).
    pub standard: bool,
}
