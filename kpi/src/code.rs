//! One way to write an enum whose members have a stored code and a Vietnamese
//! label, so that database, wire and screen cannot disagree about the names.

/// A stored or received code that names no member of its enum.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Không nhận ra giá trị “{code}” ({what}).")]
pub struct UnknownCode {
    /// The enum that was asked.
    pub what: &'static str,
    /// The text that was given, cut after 40 characters.
    pub code: String,
}

impl UnknownCode {
    pub(crate) fn new(what: &'static str, code: &str) -> Self {
        Self {
            what,
            code: code.chars().take(40).collect(),
        }
    }
}

macro_rules! code_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$variant_meta:meta])* $variant:ident = $code:literal, $label:literal; )+
        }
    ) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $( $(#[$variant_meta])* #[serde(rename = $code)] $variant, )+
        }

        impl $name {
            /// Every member, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Code and wording of every member, in the same order.
            pub const CHOICES: &'static [(&'static str, &'static str)] = &[$(($code, $label)),+];

            /// The code used on the wire and in the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The Vietnamese wording of the interface.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownCode;

            fn from_str(code: &str) -> Result<Self, Self::Err> {
                match code {
                    $($code => Ok(Self::$variant),)+
                    other => Err($crate::UnknownCode::new(stringify!($name), other)),
                }
            }
        }
    };
}
pub(crate) use code_enum;
