//! What a meeting concluded about the month, beside the form of whoever concludes.

use leptos::prelude::*;

use crate::review::wire::Met;

/// Nothing where no meeting said anything.
#[component]
pub fn MetConclusions(met: Vec<Met>) -> impl IntoView {
    let rows = met
        .iter()
        .map(|one| {
            let href = format!("/meeting/{}", one.meeting);
            view! { <li>{one.text.clone()}" "<a href=href>"Xem cuộc họp"</a></li> }
        })
        .collect_view();
    (!met.is_empty()).then(|| {
        view! {
            <section class="notice" data-tone="plain" aria-label="Kết luận của cuộc họp">
                <p><b>"Cuộc họp đã kết luận"</b></p>
                <ul>{rows}</ul>
            </section>
        }
    })
}
