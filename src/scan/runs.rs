//! Lists by number, all in one.

use serde::{Deserialize, Serialize};

use crate::pack::{List, Stow};

/// Items by key, those of a key as one run of a long list.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Runs {
    starts: List<u32>,
    items: List<u32>,
}

impl Runs {
    /// `pairs` are (key, item); keys are below `keys`.
    pub fn new(keys: usize, pairs: &[(u32, u32)]) -> Self {
        let mut starts = vec![0; keys + 1];
        for (key, _) in pairs {
            starts[*key as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut items = vec![0; pairs.len()];
        for (key, item) in pairs {
            items[next[*key as usize] as usize] = *item;
            next[*key as usize] += 1;
        }
        Runs { starts: starts.into(), items: items.into() }
    }

    pub fn lists(&mut self) -> [&mut dyn Stow; 2] {
        [&mut self.starts, &mut self.items]
    }

    #[inline]
    pub fn get(&self, key: u32) -> &[u32] {
        &self.items[self.starts[key as usize] as usize..self.starts[key as usize + 1] as usize]
    }
}
