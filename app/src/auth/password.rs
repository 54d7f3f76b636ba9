//! Argon2id as OWASP advises (19 MiB, 2 passes, 1 lane), off the async threads and bounded.

use argon2::password_hash::rand_core::OsRng;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::error::AppError;
use crate::state::Hashing;

/// Fewest characters of a password that is the only factor (NIST SP 800-63B-4).
pub const SHORTEST: usize = 15;
/// Longest password taken, so that hashing stays cheap.
pub const LONGEST: usize = 200;

fn argon() -> Result<Argon2<'static>, AppError> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(AppError::inner)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes a password into a PHC string.
///
/// # Errors
/// `Unavailable` when hashing fails.
pub async fn hash(hashing: &Hashing, password: String) -> Result<String, AppError> {
    let _permit = hashing.0.acquire().await.map_err(AppError::inner)?;
    tokio::task::spawn_blocking(move || hash_now(&password))
        .await
        .map_err(AppError::inner)?
}

/// Hashes on the calling thread: for the command line and the demo agency.
///
/// # Errors
/// `Unavailable` when hashing fails.
pub fn hash_now(password: &str) -> Result<String, AppError> {
    let salt = SaltString::generate(&mut OsRng);
    let hash = argon()?
        .hash_password(password.as_bytes(), &salt)
        .map_err(AppError::inner)?;
    Ok(hash.to_string())
}

/// Whether `password` is the one that was hashed. Without a hash it takes the same time and answers no.
///
/// # Errors
/// `Unavailable` when the stored hash cannot be read.
pub async fn verify(
    hashing: &Hashing,
    password: String,
    stored: Option<String>,
) -> Result<bool, AppError> {
    let _permit = hashing.0.acquire().await.map_err(AppError::inner)?;
    tokio::task::spawn_blocking(move || {
        let Some(stored) = stored else {
            hash_now(&password)?;
            return Ok(false);
        };
        let parsed = PasswordHash::new(&stored).map_err(AppError::inner)?;
        Ok(argon()?
            .verify_password(password.as_bytes(), &parsed)
            .is_ok())
    })
    .await
    .map_err(AppError::inner)?
}

/// Checks a new password: length, not the account's own name, not one repeated character.
///
/// # Errors
/// `Invalid` on field `password`; the typed password is never sent back.
pub fn check_new(password: &str, login: &str) -> Result<(), AppError> {
    let length = password.chars().count();
    let refuse = |message: &str| Err(AppError::invalid("password", message, ""));
    if length < SHORTEST {
        return refuse("Mật khẩu cần ít nhất 15 ký tự; một cụm ba bốn từ dễ nhớ là đủ.");
    }
    if length > LONGEST {
        return refuse("Mật khẩu dài tối đa 200 ký tự.");
    }
    if password.to_lowercase().contains(&login.to_lowercase()) {
        return refuse("Mật khẩu không được chứa tên tài khoản.");
    }
    let mut letters: Vec<char> = password.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    if letters.len() < 5 {
        return refuse("Mật khẩu quá dễ đoán: hãy dùng nhiều ký tự khác nhau hơn.");
    }
    Ok(())
}

/// A password of four groups for a new or reset account: about 80 bits, easy to read out.
pub fn temporary() -> String {
    use rand::Rng;
    const LETTERS: &[u8] = b"abcdefghkmnpqrstuvwxyz23456789";
    let mut rng = rand::rng();
    let group = |rng: &mut rand::rngs::ThreadRng| -> String {
        (0..4)
            .map(|_| char::from(LETTERS[rng.random_range(0..LETTERS.len())]))
            .collect()
    };
    [
        group(&mut rng),
        group(&mut rng),
        group(&mut rng),
        group(&mut rng),
    ]
    .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_is_accepted() {
        let hashing = Hashing::default();
        let stored = hash(&hashing, "ba từ dễ nhớ nhé".to_owned()).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(
            verify(
                &hashing,
                "ba từ dễ nhớ nhé".to_owned(),
                Some(stored.clone())
            )
            .await
            .unwrap()
        );
        assert!(
            !verify(&hashing, "ba từ dễ nhớ".to_owned(), Some(stored))
                .await
                .unwrap()
        );
        assert!(!verify(&hashing, "bất kỳ".to_owned(), None).await.unwrap());
    }

    #[test]
    fn weak_passwords_are_refused() {
        assert!(check_new("ngắn", "ha.nt").is_err());
        assert!(check_new("aaaaaaaaaaaaaaaaaaaa", "ha.nt").is_err());
        assert!(check_new("mật khẩu của ha.nt đây", "ha.nt").is_err());
        assert!(check_new(&temporary(), "ha.nt").is_ok());
    }
}
