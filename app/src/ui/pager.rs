//! Links to the pages of a long list: plain links, so that they work without WASM and can be kept.

use leptos::prelude::*;

/// Which rows are shown of how many, with links to the page before and after; nothing when all fit on one page.
#[component]
pub fn Pager<F>(
    /// The page shown, from 1.
    page: u32,
    /// Rows on a page.
    per_page: u32,
    /// Rows in all.
    found: u32,
    /// What a row is ("sản phẩm").
    #[prop(into)]
    rows: String,
    /// The address of a page.
    href: F,
) -> impl IntoView
where
    F: Fn(u32) -> String,
{
    let page = page.max(1);
    let last = found.div_ceil(per_page.max(1)).max(1);
    let first_row = (page - 1).saturating_mul(per_page).saturating_add(1);
    let last_row = page.saturating_mul(per_page).min(found);
    let words = if first_row <= last_row {
        format!("{first_row}–{last_row} trong {found} {rows}")
    } else {
        format!("{found} {rows}")
    };
    let before = (page > 1).then(|| {
        let address = href((page - 1).min(last));
        view! { <a class="button" data-tone="quiet" href=address rel="prev">"‹ Trang trước"</a> }
    });
    let after = (page < last).then(|| {
        let address = href(page + 1);
        view! { <a class="button" data-tone="quiet" href=address rel="next">"Trang sau ›"</a> }
    });
    let label = format!("Các trang {rows}");
    (last > 1 || page > 1).then(|| {
        view! {
            <nav class="pager" aria-label=label>
                <p>{words}</p>
                <div class="row">{before} {after}</div>
            </nav>
        }
    })
}

/// A text as the value of a query in an address: every byte but letters, digits and `-_.~` as `%XX`.
pub fn query_value(text: &str) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
    ];
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for half in [byte >> 4, byte & 15] {
                out.extend(DIGITS.get(usize::from(half)));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::query_value;

    #[test]
    fn vietnamese_and_special_letters_survive_an_address() {
        assert_eq!(query_value("N2"), "N2");
        assert_eq!(query_value("a&b=c d"), "a%26b%3Dc%20d");
        assert_eq!(query_value("đ"), "%C4%91");
    }
}
