//! "Vì sao?" whose steps follow the score as it moves, while it stays open.

use kpi::wording::Sentence;
use leptos::prelude::*;

/// The steps of a figure with the items behind them.
#[component]
pub fn Why(
    /// The steps, in the words of the rules.
    #[prop(into)]
    steps: Signal<Vec<Sentence>>,
    /// The items behind the figure, one a line.
    #[prop(optional, into)]
    lines: Signal<Vec<String>>,
    /// Of which figure, read out after "Vì sao?": on one page there are many.
    #[prop(into)]
    subject: String,
) -> impl IntoView {
    let body = move || {
        steps
            .get()
            .into_iter()
            .map(|step| {
                view! {
                    <div class="why-step">
                        <p><b>{step.title}</b></p>
                        <p class="formula">{step.formula}</p>
                        <p>{step.reason}</p>
                        <p class="why-article">{step.article}</p>
                    </div>
                }
            })
            .collect_view()
    };
    let list = move || {
        let lines = lines.get();
        (!lines.is_empty()).then(|| {
            let items = lines
                .into_iter()
                .map(|line| view! { <li>{line}</li> })
                .collect_view();
            view! { <ul class="why-lines">{items}</ul> }
        })
    };
    view! {
        <details class="why">
            <summary>"Vì sao?"<span class="visually-hidden">{format!(" {subject}")}</span></summary>
            <div class="why-body">{body} {list}</div>
        </details>
    }
}
