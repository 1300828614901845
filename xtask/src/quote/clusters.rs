//! `cluster-words`: words that stand in like company, from unlabelled news.
//!
//! Positive pointwise mutual information with the words beside (Bullinaria and Levy 2007), reduced
//! by a random projection with power iterations (Halko, Martinsson and Tropp 2011), then k-means
//! (Lloyd) from seeds spread by frequency. Only hashes of words and numbers of clusters leave it.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};

use stemma_annotate::quote::columns::hash;

use super::sgd::Random;

const WORDS: usize = 30_000;
const CONTEXTS: usize = 3_000;
const WIDTH: usize = 64;
const COARSE: usize = 64;
const FINE: usize = 600;
const ROUNDS: usize = 12;

type Vector = [f32; WIDTH];

/// Clusters the words of the articles in CORPUS (`.jsonl.zst`) and writes them to OUT.
pub fn cluster_words(arguments: &[String]) {
    let [corpus, out] = arguments else {
        eprintln!("usage: xtask cluster-words CORPUS.jsonl.zst OUT");
        return;
    };
    let vocabulary = vocabulary(corpus);
    eprintln!("{} words", vocabulary.len());
    let rows = associations(corpus, &vocabulary);
    let vectors = reduce(&rows);
    let coarse = k_means(&vectors, COARSE);
    let fine = k_means(&vectors, FINE);
    let mut entries: Vec<(u32, u16, u16)> = vocabulary
        .iter()
        .map(|(word, &i)| (hash(word), coarse[i] as u16 + 1, fine[i] as u16 + 1))
        .collect();
    entries.sort_unstable();
    entries.dedup_by_key(|entry| entry.0);
    let mut bytes = Vec::new();
    for (key, coarse, fine) in entries {
        bytes.extend(key.to_le_bytes());
        bytes.extend(coarse.to_le_bytes());
        bytes.extend(fine.to_le_bytes());
    }
    std::fs::write(out, bytes).expect("writable");
    show(&vocabulary, &fine);
}

/// Prints the clusters of a few attributing words, to be looked at.
fn show(vocabulary: &HashMap<String, usize>, fine: &[usize]) {
    for word in ["said", "criticized", "vowed", "spokesman", "believes", "monday"] {
        let Some(&at) = vocabulary.get(word) else { continue };
        let mut mates: Vec<(&usize, &String)> =
            vocabulary.iter().filter(|(_, i)| fine[**i] == fine[at]).map(|(w, i)| (i, w)).collect();
        mates.sort_unstable();
        let names: Vec<&str> = mates.iter().take(24).map(|(_, word)| word.as_str()).collect();
        eprintln!("{word}: {}", names.join(" "));
    }
}

/// The words of each article of the corpus, lower case, marks as words of their own.
fn texts(corpus: &str) -> impl Iterator<Item = Vec<String>> {
    let file = std::fs::File::open(corpus).expect("a corpus");
    let reader = BufReader::new(zstd::Decoder::new(file).expect("zstd"));
    reader.lines().map_while(Result::ok).filter_map(|line| {
        let record: serde_json::Value = serde_json::from_str(&line).ok()?;
        Some(split(&record["text"].as_str()?.to_lowercase()))
    })
}

fn split(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for character in text.chars() {
        if character.is_alphanumeric() || character == '-' && !word.is_empty() {
            word.push(character);
            continue;
        }
        if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if !character.is_whitespace() {
            words.push(character.into());
        }
    }
    words
}

/// The most frequent words, numbered by rank.
fn vocabulary(corpus: &str) -> HashMap<String, usize> {
    let mut counts: HashMap<String, u32> = HashMap::new();
    for words in texts(corpus) {
        for word in words {
            *counts.entry(word).or_default() += 1;
        }
    }
    let mut ranked: Vec<(String, u32)> = counts.into_iter().collect();
    ranked.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.into_iter().take(WORDS).enumerate().map(|(i, (word, _))| (word, i)).collect()
}

/// Positive mutual information of each word with the words at -2, -1, +1 and +2.
fn associations(corpus: &str, vocabulary: &HashMap<String, usize>) -> Vec<Vec<(u32, f32)>> {
    let mut counts: Vec<HashMap<u32, f32>> = vec![HashMap::new(); vocabulary.len()];
    for words in texts(corpus) {
        let ids: Vec<usize> =
            words.iter().map(|word| vocabulary.get(word).copied().unwrap_or(usize::MAX)).collect();
        for (at, &id) in ids.iter().enumerate().filter(|&(_, &id)| id != usize::MAX) {
            for (place, offset) in [-2_isize, -1, 1, 2].into_iter().enumerate() {
                let near = at.checked_add_signed(offset).and_then(|i| ids.get(i));
                if let Some(&near) = near.filter(|&&near| near < CONTEXTS) {
                    *counts[id].entry((place * CONTEXTS + near) as u32).or_default() += 1.0;
                }
            }
        }
    }
    weigh(&counts)
}

fn weigh(counts: &[HashMap<u32, f32>]) -> Vec<Vec<(u32, f32)>> {
    let mut columns = vec![0.0_f64; 4 * CONTEXTS];
    let mut sorted: Vec<Vec<(u32, f32)>> = Vec::with_capacity(counts.len());
    for row in counts {
        let mut row: Vec<(u32, f32)> = row.iter().map(|(&c, &n)| (c, n)).collect();
        row.sort_unstable_by_key(|entry| entry.0);
        row.iter().for_each(|&(c, n)| columns[c as usize] += f64::from(n));
        sorted.push(row);
    }
    let total: f64 = columns.iter().sum();
    for row in &mut sorted {
        let sum: f64 = row.iter().map(|entry| f64::from(entry.1)).sum();
        for (column, value) in row.iter_mut() {
            let expected = sum * columns[*column as usize] / total;
            *value = (f64::from(*value) / expected.max(1e-9)).ln().max(0.0) as f32;
        }
        row.retain(|entry| entry.1 > 0.0);
    }
    sorted
}

/// Vectors of length one: two power iterations of a random projection.
fn reduce(rows: &[Vec<(u32, f32)>]) -> Vec<Vector> {
    let mut random = Random(0x0c10_57e2_0000_0007);
    let mut basis: Vec<Vector> = (0..4 * CONTEXTS)
        .map(|_| std::array::from_fn(|_| (random.next() >> 40) as f32 / 8_388_608.0 - 1.0))
        .collect();
    let mut vectors: Vec<Vector>;
    for _ in 0..4 {
        orthogonalise(&mut basis);
        vectors = rows.iter().map(|row| combine(row, &basis)).collect::<Vec<Vector>>();
        orthogonalise(&mut vectors);
        basis = vec![[0.0; WIDTH]; 4 * CONTEXTS];
        for (row, vector) in rows.iter().zip(&vectors) {
            for &(column, weight) in row {
                let target = &mut basis[column as usize];
                target.iter_mut().zip(vector).for_each(|(t, v)| *t += weight * v);
            }
        }
    }
    orthogonalise(&mut basis);
    vectors = rows.iter().map(|row| combine(row, &basis)).collect();
    vectors.iter_mut().for_each(normalise);
    vectors
}

fn combine(row: &[(u32, f32)], basis: &[Vector]) -> Vector {
    let mut sum = [0.0; WIDTH];
    for &(column, weight) in row {
        sum.iter_mut().zip(&basis[column as usize]).for_each(|(s, b)| *s += weight * b);
    }
    sum
}

/// Gram-Schmidt over the columns.
fn orthogonalise(rows: &mut [Vector]) {
    for column in 0..WIDTH {
        for earlier in 0..column {
            let dot: f32 = rows.iter().map(|row| row[column] * row[earlier]).sum();
            rows.iter_mut().for_each(|row| row[column] -= dot * row[earlier]);
        }
        let norm: f32 = rows.iter().map(|row| row[column] * row[column]).sum::<f32>().sqrt();
        rows.iter_mut().for_each(|row| row[column] /= norm.max(1e-12));
    }
}

fn normalise(vector: &mut Vector) {
    let norm = vector.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-12);
    vector.iter_mut().for_each(|x| *x /= norm);
}

/// Spherical k-means; the most frequent words are the first seeds.
fn k_means(vectors: &[Vector], k: usize) -> Vec<usize> {
    let mut centres: Vec<Vector> = vectors[..k].to_vec();
    let mut assigned = vec![0; vectors.len()];
    for _ in 0..ROUNDS {
        for (i, vector) in vectors.iter().enumerate() {
            assigned[i] = nearest(vector, &centres);
        }
        centres = vec![[0.0; WIDTH]; k];
        for (vector, &centre) in vectors.iter().zip(&assigned) {
            centres[centre].iter_mut().zip(vector).for_each(|(c, v)| *c += v);
        }
        centres.iter_mut().for_each(normalise);
    }
    assigned
}

fn nearest(vector: &Vector, centres: &[Vector]) -> usize {
    let dot = |centre: &Vector| vector.iter().zip(centre).map(|(a, b)| a * b).sum::<f32>();
    let mut best = (0, f32::NEG_INFINITY);
    for (i, centre) in centres.iter().enumerate() {
        let score = dot(centre);
        if score > best.1 {
            best = (i, score);
        }
    }
    best.0
}
