//! Công Tâm as one application, rendered on the server; its islands wake in the browser.
//! The modules stand in the order in which they may depend on each other.

#![recursion_limit = "256"]

pub mod error;
pub mod format;

#[cfg(feature = "hydrate")]
pub mod browser;

#[cfg(feature = "ssr")]
pub mod audit;
pub mod live;
#[cfg(feature = "ssr")]
pub mod mail;
pub mod ui;

#[cfg(feature = "ssr")]
pub mod state;

pub mod auth;

pub mod sign;

pub mod catalogue;
pub mod org;
pub mod period;
pub mod rule_set;

pub mod assignment;

pub mod progress;

pub mod review;
pub mod unit_kpi;

pub mod rating;
pub mod why;

pub mod petition;

pub mod admin;
pub mod dashboard;
pub mod export;
pub mod import;
pub mod meeting;
pub mod replay;

#[cfg(feature = "ssr")]
pub mod digest;
pub mod report;

pub mod routes;
pub mod shell;
