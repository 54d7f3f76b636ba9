//! Bars as SVG geometry: the content policy forbids style attributes, and SVG prints.

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

/// Per mille of a percentage, cut to the scale: whole numbers, so that server and browser write the same text.
fn permille(percent: Decimal) -> u32 {
    (percent * Decimal::TEN)
        .round()
        .to_u32()
        .unwrap_or(0)
        .min(1000)
}

/// A bar from 0 to 100 percent, with an upright tick where it is expected to be.
#[component]
pub fn Meter(
    /// Percent; above 100 fills the bar.
    #[prop(into)]
    value: Signal<Decimal>,
    /// Percent expected today, if there is such a thing.
    #[prop(optional, into)]
    mark: Option<Signal<Decimal>>,
    /// Colour.
    #[prop(optional, into)]
    tone: Signal<MeterTone>,
    /// What is measured, for those who do not see the bar.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let described = move || {
        let value = crate::format::number(value.get(), 1);
        match mark {
            Some(mark) => format!(
                "{label}: {value}%, dự kiến đến hôm nay {}%",
                crate::format::number(mark.get(), 0)
            ),
            None => format!("{label}: {value}%"),
        }
    };
    view! {
        <svg class="meter" data-tone=move || tone.get().name() viewBox="0 0 1000 16" preserveAspectRatio="none" role="img" aria-label=described>
            <rect class="meter-ground" x="0" y="3" width="1000" height="10" rx="5"></rect>
            <rect class="meter-value" x="0" y="3" width=move || permille(value.get()) height="10" rx="5"></rect>
            {mark.map(|mark| view! { <rect class="meter-mark" x=move || permille(mark.get()).saturating_sub(4) y="0" width="8" height="16"></rect> })}
        </svg>
    }
}

/// A total from 0 to 100 before the bands of the four levels.
#[component]
pub fn Bands(
    /// The total; an empty scale while there is none.
    #[prop(into)]
    value: Signal<Option<Decimal>>,
) -> impl IntoView {
    let width = move || permille(value.get().unwrap_or_default());
    view! {
        <svg class="bands" viewBox="0 0 1000 64" role="img" aria-label=move || format!("Điểm {} trên thang 100; mốc 50, 70, 90", crate::format::score(value.get()))>
            <rect class="bands-not-completed" x="0" y="0" width="500" height="34"></rect>
            <rect class="bands-completed" x="500" y="0" width="200" height="34"></rect>
            <rect class="bands-good" x="700" y="0" width="200" height="34"></rect>
            <rect class="bands-excellent" x="900" y="0" width="100" height="34"></rect>
            <rect class="bands-value" x="0" y="10" width=width height="14"></rect>
            <text x="500" y="60" text-anchor="middle">"50"</text>
            <text x="700" y="60" text-anchor="middle">"70"</text>
            <text x="900" y="60" text-anchor="middle">"90"</text>
        </svg>
    }
}
