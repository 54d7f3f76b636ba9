//! The axum server: configuration, router, guards and headers, the private PostgreSQL, the command line.

pub mod command;
pub mod config;
pub mod database;
pub mod demo;
pub mod forms;
pub mod headers;
pub mod health;
pub mod postgres;
pub mod router;
pub mod serve;
