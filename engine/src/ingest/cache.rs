//! What files were read as last time, by their content.

use std::collections::HashSet;
use std::fs;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh64::{Xxh64, xxh64};

use super::entry::Content;

/// Contents of files by the hash of their bytes, their name and this very program. A missing or damaged cache is an
/// empty one.
pub struct Cache {
    folder: Option<PathBuf>,
    used: HashSet<String>,
}

impl Cache {
    /// Opens the cache in a folder, which may not exist yet. What another build of this program left there is deleted.
    pub fn open(folder: Option<&Path>) -> Cache {
        let own = folder.and_then(|folder| {
            let program = fs::read(std::env::current_exe().ok()?).ok()?;
            let own = folder.join(format!("{:016x}", xxh64(&program, 0)));
            for other in fs::read_dir(folder).into_iter().flatten().flatten().filter(|entry| entry.path() != own) {
                _ = fs::remove_dir_all(other.path());
            }
            fs::create_dir_all(&own).ok()?;
            Some(own)
        });
        Cache { folder: own, used: HashSet::new() }
    }

    /// Whether anything can be found here.
    pub fn is_on(&self) -> bool {
        self.folder.is_some()
    }

    pub fn get(&mut self, key: &str) -> Option<Content> {
        let bytes = fs::read(self.folder.as_ref()?.join(key)).ok()?;
        let content = serde_json::from_slice(&bytes).ok()?;
        self.used.insert(key.to_owned());
        Some(content)
    }

    pub fn put(&mut self, key: &str, content: &Content) {
        let Some(folder) = &self.folder else { return };
        // Under another name first: a build that is broken off leaves no half of an entry.
        let (draft, file) = (folder.join(format!("{key}.part")), folder.join(key));
        let written =
            fs::File::create(&draft).ok().and_then(|file| serde_json::to_writer(BufWriter::new(file), content).ok());
        if written.is_some() && fs::rename(&draft, &file).is_ok() {
            self.used.insert(key.to_owned());
        }
    }

    /// Deletes what was not asked for since the cache was opened.
    pub fn tidy(self) {
        let Some(folder) = &self.folder else { return };
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if !self.used.contains(&*entry.file_name().to_string_lossy()) {
                _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// Makes the key of a file while it is read.
pub struct Key(Xxh64, Xxh64);

impl Key {
    /// `path` is the file's below the corpus's folder.
    pub fn of(path: &str) -> Key {
        let mut key = Key(Xxh64::new(0), Xxh64::new(1));
        key.add(path.as_bytes());
        key.add(&[0]);
        key
    }

    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
        self.1.update(bytes);
    }

    pub fn name(&self) -> String {
        format!("{:016x}{:016x}", self.0.digest(), self.1.digest())
    }
}
