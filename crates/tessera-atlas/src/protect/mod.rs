//! Small numbers: which cells of an atlas are hidden, so that no reader can work out what a hidden one holds.
//!
//! The module knows no areas and no indicators. It is given [`Cell`]s, and sets of cells that add up to a total, in a
//! [`System`]; [`protect`] says which cells are hidden. `docs/disclosure.md` states the attacker, the rule and why it holds.
//!
//! ```
//! use tessera_atlas::protect::{Cell, Rule, System, protect};
//! let rule = Rule { threshold: 5, round: 1 };
//! let mut system = System::default();
//! let total = system.add(Cell::new(Some(30.0), rule));
//! let parts = [4.0, 6.0, 20.0].map(|count| system.add(Cell::new(Some(count), rule)));
//! system.add_set(total, &parts);
//! let protected = protect(system);
//! // 4 is small; alone it would follow from the total, so the next smallest goes with it.
//! assert!(protected.is_hidden(parts[0]) && protected.is_hidden(parts[1]));
//! assert!(!protected.is_hidden(parts[2]) && !protected.is_hidden(total));
//! ```

mod bounds;
mod choice;
mod hide;
mod knowledge;
mod need;
mod needless;
mod retained;
mod rule;
mod safety;
mod system;
mod tree;

pub use hide::{Protected, Unprotectable, Why, protect};
pub use retained::Seen;
pub use rule::Rule;
pub use system::{Cell, CellId, Role, SetId, System};
