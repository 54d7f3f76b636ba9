//! The files are read back: their text is the decree's and the data's, and they are laid out as Nghị định 30/2020 asks.

mod decree;
mod layout;
mod office;
mod program;
mod reader;
mod sample;
