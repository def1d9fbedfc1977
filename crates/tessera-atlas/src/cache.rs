//! What is kept in memory by its weight, until something else needs the room.

use std::hash::Hash;

use quick_cache::sync::Cache;
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};

/// A cache for things that together weigh no more than `most`, of which there is about `expected`. It is of one shard: of several, each
/// would have its own part of the room, and none for something large.
pub(crate) fn cache_of<Key, Value, Weight>(expected: usize, most: u64, weight: Weight) -> Cache<Key, Value, Weight>
where
    Key: Eq + Hash,
    Value: Clone,
    Weight: Weighter<Key, Value> + Clone,
{
    let options = OptionsBuilder::new().shards(1).estimated_items_capacity(expected).weight_capacity(most).build();
    match options {
        Ok(options) => Cache::with_options(options, weight, DefaultHashBuilder::default(), Default::default()),
        Err(_) => Cache::with_weighter(expected, most, weight),
    }
}
