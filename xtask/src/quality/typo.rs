//! Typing errors, the same every time.

/// Makes one error a query.
pub struct Typist {
    seed: u64,
}

impl Default for Typist {
    fn default() -> Typist {
        Typist { seed: 7 }
    }
}

impl Typist {
    /// The query with one edit in its longest word of at least four letters: a letter left out, added, changed, or two
    /// exchanged.
    pub fn typed(&mut self, query: &str) -> String {
        let letters = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count();
        let Some(word) = query.split(' ').max_by_key(letters).filter(|word| letters(word) >= 4) else {
            return query.to_owned();
        };
        let mut characters: Vec<char> = word.chars().collect();
        let at = 1 + self.random(characters.len() - 2);
        let letter = char::from(b'a' + self.random(26) as u8);
        match self.random(4) {
            0 => drop(characters.remove(at)),
            1 => characters.insert(at, letter),
            2 => characters[at] = letter,
            _ => characters.swap(at, at + 1),
        }
        query.replacen(word, &characters.into_iter().collect::<String>(), 1)
    }

    /// Xorshift (Marsaglia, 2003).
    fn random(&mut self, below: usize) -> usize {
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        (self.seed >> 11) as usize % below
    }
}
