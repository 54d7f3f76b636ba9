//! Bars as SVG geometry: the content policy forbids style attributes, and SVG prints.
//! Positions are percentages of the place the bar stands in, so that its ends stay round at any width.

use leptos::prelude::*;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// What the colour of a bar says, beside its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MeterTone {
    /// A measured quantity without judgement.
    #[default]
    Measure,
    /// Reached.
    Good,
    /// At risk.
    Risk,
    /// Not reached.
    Bad,
}

impl MeterTone {
    fn name(self) -> &'static str {
        match self {
            Self::Measure => "measure",
            Self::Good => "good",
            Self::Risk => "risk",
            Self::Bad => "bad",
        }
    }
}

/// A percentage as a length, cut to 0–100 and one decimal: server and browser write the same text.
fn length(percent: Decimal) -> String {
    let permille = (percent * Decimal::TEN)
        .round()
        .to_u32()
        .unwrap_or(0)
        .min(1000);
    format!("{}.{}%", permille / 10, permille % 10)
}

/// A bar from 0 to 100 percent, with an upright tick where it is expected to be.
#[component]
pub fn Meter(
    /// Percent; above 100 fills the bar. With `second`, what was accepted.
    #[prop(into)]
    value: Signal<Decimal>,
    /// Percent that was reported, accepted or not: a lighter layer behind the value.
    #[prop(optional, into)]
    second: Option<Signal<Decimal>>,
    /// Percent expected today, if there is such a thing.
    #[prop(optional, into)]
    mark: Option<Signal<Decimal>>,
    /// The day of the mark ("31/10/2026"), where it is not today.
    #[prop(optional, into)]
    mark_day: Option<String>,
    /// Colour.
    #[prop(optional, into)]
    tone: Signal<MeterTone>,
    /// What is measured, for those who do not see the bar.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let described = move || {
        let mut words = format!("{label}: {}%", crate::format::number(value.get(), 1));
        if let Some(second) = second {
            words.push_str(" đã nghiệm thu, ");
            words.push_str(&crate::format::number(second.get(), 1));
            words.push_str("% đã báo cáo");
        }
        if let Some(mark) = mark {
            words.push_str(", dự kiến đến ");
            words.push_str(mark_day.as_deref().unwrap_or("hôm nay"));
            words.push(' ');
            words.push_str(&crate::format::number(mark.get(), 0));
            words.push('%');
        }
        words
    };
    view! {
        <svg class="meter" data-tone=move || tone.get().name() role="img" aria-label=described>
            <rect class="meter-ground" x="0" y="3" width="100%" height="10" rx="5"></rect>
            {second.map(|second| view! { <rect class="meter-second" x="0" y="3" width=move || length(second.get()) height="10" rx="5"></rect> })}
            <rect class="meter-value" x="0" y="3" width=move || length(value.get()) height="10" rx="5"></rect>
            {mark.map(|mark| view! { <rect class="meter-mark" x=move || length(mark.get()) y="0" width="3" height="16" transform="translate(-1.5)"></rect> })}
        </svg>
    }
}

/// A total from 0 to 100 before the bands of the four levels (Điều 15 NĐ 335/2025/NĐ-CP).
#[component]
pub fn Bands(
    /// The total; an empty scale while there is none.
    #[prop(into)]
    value: Signal<Option<Decimal>>,
) -> impl IntoView {
    let described = move || {
        format!(
            "Điểm {} trên thang 100; mốc 50, 70, 90",
            crate::format::score(value.get())
        )
    };
    let width = move || length(value.get().unwrap_or_default());
    view! {
        <svg class="bands" role="img" aria-label=described>
            <g class="bands-ground">
                <rect class="bands-not-completed" x="0" y="0" width="50%" height="20"></rect>
                <rect class="bands-completed" x="50%" y="0" width="20%" height="20"></rect>
                <rect class="bands-good" x="70%" y="0" width="20%" height="20"></rect>
                <rect class="bands-excellent" x="90%" y="0" width="10%" height="20"></rect>
            </g>
            <rect class="bands-value" x="0" y="6" width=width height="8" rx="2"></rect>
            <text x="50%" y="36" text-anchor="middle">"50"</text>
            <text x="70%" y="36" text-anchor="middle">"70"</text>
            <text x="90%" y="36" text-anchor="middle">"90"</text>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_stay_on_the_scale() {
        assert_eq!(length(Decimal::new(8645, 2)), "86.4%");
        assert_eq!(length(Decimal::new(8655, 2)), "86.6%");
        assert_eq!(length(Decimal::ZERO), "0.0%");
        assert_eq!(length(Decimal::new(-3, 0)), "0.0%");
        assert_eq!(length(Decimal::new(120, 0)), "100.0%");
    }
}
