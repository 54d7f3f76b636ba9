//! Figures and their explanation, people, and what stands where there is nothing to show.

use kpi::wording::Sentence;
use leptos::prelude::*;

/// Two letters in a round badge beside a name; the name itself stands next to it.
#[component]
pub fn Avatar(
    /// Full name.
    #[prop(into)]
    name: String,
    /// In the head of a page rather than in a list.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    view! { <span class="avatar" data-size=large.then_some("large") aria-hidden="true">{crate::format::initials(&name)}</span> }
}

/// An empty state: why there is nothing, and what to do about it as children.
#[component]
pub fn Empty(
    /// Why there is nothing, as a sentence.
    #[prop(into)]
    text: String,
    /// What to do: a sentence, a link or a button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// The one large number of a card: label above, number, what it is out of.
#[component]
pub fn Figure(
    /// What the number is.
    #[prop(into)]
    label: String,
    /// The number as text ("86,4").
    #[prop(into)]
    value: Signal<String>,
    /// What it is out of, or its unit ("/ 100", "sản phẩm").
    #[prop(optional, into)]
    of: Option<Signal<String>>,
    /// A chip or a link on the same line.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="figure-block">
            <p class="figure-label">{label}</p>
            <p class="figure-line">
                <span class="figure">{value}</span>
                {of.map(|of| view! { <span class="figure-of">{of}</span> })}
                {children.map(|children| children())}
            </p>
        </div>
    }
}

/// "Vì sao?" beside a computed figure: each step with its formula, its reason and its article.
#[component]
pub fn WhyDetails(
    /// The steps, in the words of the rules (`kpi::wording`).
    sentences: Vec<Sentence>,
    /// The items behind the figure, one a line.
    #[prop(optional)]
    lines: Vec<String>,
    /// Of which figure, read out after "Vì sao?": on one page there are many.
    #[prop(into)]
    subject: String,
) -> impl IntoView {
    let steps = sentences
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
        .collect_view();
    let list = (!lines.is_empty()).then(|| {
        let items = lines
            .into_iter()
            .map(|line| view! { <li>{line}</li> })
            .collect_view();
        view! { <ul class="why-lines">{items}</ul> }
    });
    view! {
        <details class="why">
            <summary>"Vì sao?"<span class="visually-hidden">{format!(" {subject}")}</span></summary>
            <div class="why-body">{steps} {list}</div>
        </details>
    }
}

/// One record as a file: PDF to keep, DOCX to edit, XLSX to compute on.
#[component]
pub fn Downloads(
    /// Address without its ending.
    #[prop(into)]
    href: String,
    /// What is downloaded, "Tải phiếu".
    words: &'static str,
) -> impl IntoView {
    ["pdf", "docx", "xlsx"].map(|ending| {
        let address = format!("{href}.{ending}");
        let text = format!("{words} ({})", ending.to_uppercase());
        view! { <a class="button" href=address rel="external">{text}</a> }
    })
}
