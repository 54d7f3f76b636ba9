//! The versions of a sheet as the person concerned reads them: each beside the one before.

use super::store::StoredVersion;
use super::wire::VersionRow;
use crate::format::{moment, number};

/// Versions as they are shown, in the same order: the newest first.
pub fn shown(versions: &[StoredVersion]) -> Vec<VersionRow> {
    versions
        .iter()
        .enumerate()
        .map(|(at, version)| row(version, versions.get(at + 1)))
        .collect()
}

fn row(version: &StoredVersion, before: Option<&StoredVersion>) -> VersionRow {
    let by = match version.post.as_deref().filter(|post| !post.is_empty()) {
        Some(post) => format!("{}, {post}", version.signer),
        None => version.signer.clone(),
    };
    VersionRow {
        number: version.number,
        total: version.total,
        level: version
            .level
            .as_deref()
            .and_then(|level| level.parse().ok()),
        before: before.and_then(|before| before.total),
        changed: before.map_or_else(Vec::new, |before| changed(before, version)),
        by,
        at: moment(version.at),
        prepared_by: version.prepared_by.clone(),
        hash: version
            .hash
            .iter()
            .flatten()
            .map(|byte| format!("{byte:02x}"))
            .collect(),
        reason: version.reason.clone(),
        withdrawn: version
            .withdrawn_at
            .map(moment)
            .zip(version.withdraw_reason.clone()),
    }
}

fn changed(before: &StoredVersion, after: &StoredVersion) -> Vec<String> {
    let points = after.criteria.iter().filter_map(|row| {
        let old = before
            .criteria
            .iter()
            .find(|old| old.criterion == row.criterion)
            .map(|old| old.points);
        let old = old.filter(|old| *old != row.points)?;
        Some(format!(
            "Tiêu chí {}: {} → {}",
            row.criterion,
            number(old, 2),
            number(row.points, 2)
        ))
    });
    let leader = [
        ("đ", before.organising, after.organising),
        ("e", before.unity, after.unity),
    ]
    .into_iter()
    .filter_map(|(name, old, new)| {
        let (old, new) = old.zip(new).filter(|(old, new)| old != new)?;
        Some(format!("Tiêu chí {name}: {old} % → {new} %"))
    });
    points.chain(leader).collect()
}
