//! The public address of the installation, which links in a letter begin with.

use std::sync::Arc;

use http::Uri;

/// What people type to get here ("https://congtam.example"), without a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(Arc<str>);

impl BaseUrl {
    /// Reads `http://` or `https://` with a host and perhaps a port; pages stand at the root, so no path may follow.
    pub fn parse(text: &str) -> Option<Self> {
        let uri: Uri = text.parse().ok()?;
        let web = matches!(uri.scheme_str(), Some("http" | "https"));
        let authority = uri.authority()?.as_str();
        let bare = uri.path() == "/" && uri.query().is_none() && !text.contains('#');
        let plain = web && bare && !authority.contains('@') && !authority.starts_with(':');
        plain.then(|| Self(Arc::from(text.trim_end_matches('/'))))
    }

    /// The whole address of a path of this site ("/account").
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// The host alone.
    pub fn host(&self) -> String {
        let uri: Option<Uri> = self.0.parse().ok();
        uri.and_then(|uri| uri.host().map(ToOwned::to_owned))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::BaseUrl;

    #[test]
    fn an_address_of_the_site_ends_at_its_host() {
        let base = BaseUrl::parse("https://congtam.example:8443/").unwrap();
        assert_eq!(
            base.link("/month?period=2026-11"),
            "https://congtam.example:8443/month?period=2026-11"
        );
        assert_eq!(base.host(), "congtam.example");
        for other in [
            "congtam.example",
            "ftp://congtam.example",
            "https://congtam.example/kpi",
            "https://congtam.example?a=b",
            "https://congtam.example/#a",
            "https://ai@congtam.example",
            "https://",
            "",
        ] {
            assert_eq!(BaseUrl::parse(other), None, "{other}");
        }
    }
}
