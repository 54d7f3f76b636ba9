//! Charts as SVG, drawn from pure models: the models hold whole numbers and text, so that they can be tested,
//! and server and browser write the same picture. The components only put them into elements.

mod axis;
mod dot_plot;
mod dot_plot_view;
mod lines;
mod lines_view;
mod wrap;

pub use axis::{Axis, Band};
pub use dot_plot::{Dot, DotPlot, DotRow, Entry, Layout, Tone};
pub use dot_plot_view::DotPlotChart;
pub use lines::{Lines, Point};
pub use lines_view::LinesChart;
pub use wrap::two_lines;
