//! Which form of a page was refused: a form that stands more than once posts its id in the query, and the address
//! that a refusal leads back to names it again.

use app::ui::FORM;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;

/// Adds the form's id to the address of a refusal.
pub async fn name_refused(request: Request<Body>, next: Next) -> Response {
    let form = (request.method() == Method::POST)
        .then(|| form_of(request.uri().query().unwrap_or_default()))
        .flatten();
    let mut response = next.run(request).await;
    let location = response.headers().get(header::LOCATION);
    let location = location.and_then(|location| location.to_str().ok());
    if let Some((form, location)) = form.zip(location)
        && location.contains("__err=")
        && let Ok(named) = HeaderValue::from_str(&naming(location, &form))
    {
        response.headers_mut().insert(header::LOCATION, named);
    }
    response
}

/// The id that a form posted; anything that is no id is dropped.
fn form_of(query: &str) -> Option<String> {
    let id = value(query)?;
    let is_id = id.len() <= 80
        && id
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    is_id.then(|| id.to_owned())
}

fn value(query: &str) -> Option<&str> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(name, _)| *name == FORM)
        .map(|(_, value)| value)
}

/// The address with this form in its query, and no other.
fn naming(location: &str, form: &str) -> String {
    let (path, query) = location.split_once('?').unwrap_or((location, ""));
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| value(pair).is_none())
        .collect();
    format!("{path}?{}&{FORM}={form}", kept.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_its_form_and_no_earlier_one() {
        let location = "http://localhost/month?period=2026-11&form=report-1&__path=%2Fapi&__err=x";
        assert_eq!(
            naming(location, "report-2"),
            "http://localhost/month?period=2026-11&__path=%2Fapi&__err=x&form=report-2"
        );
    }

    #[test]
    fn only_an_id_is_taken() {
        assert_eq!(form_of("a=b&form=report-1f").as_deref(), Some("report-1f"));
        assert_eq!(form_of("form=%0d%0aSet-Cookie"), None);
        assert_eq!(form_of("other=1"), None);
    }
}
