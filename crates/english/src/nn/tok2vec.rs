//! Tokens to vectors: hash embeddings, a mixer, four windowed residual layers.
//!
//! Shapes, for `n` tokens: embeddings `n × (96 · attributes)`, mixer `n × 96`, each layer reads a
//! token with its two neighbours (`n × 288`) and adds its output (`n × 96`) to its input. Four rows
//! of zeros stand before and after the document; a layer's outputs there are real inputs of the
//! next, which is why neighbours four away matter and no more. Source: spaCy's `ml/models/tok2vec.py`,
//! thinc's `hashembed`, `maxout`, `layernorm`, `expand_window`.

use pulp::Arch;

use super::cache::{Cache, Slot};
use super::linear::Matrix;
use super::maxout::Maxout;
use super::{UNMAXED, WIDTH};
use crate::hash::embedding_lanes;
use crate::lexeme::Ids;
use crate::model::Fault;
use crate::model::data::Tok2VecData;

/// How many tokens away still change a vector: one a layer.
pub(crate) const REACH: usize = 4;

/// Everything the network sees of one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) ids: Ids,
    /// Whether a space follows.
    pub(crate) space: bool,
    /// Whether the token is white space.
    pub(crate) is_space: bool,
}

/// The weights.
#[derive(Debug)]
pub(crate) struct Tok2Vec {
    tables: Vec<Table>,
    mixer: Maxout,
    /// The first layer cut by neighbour (left, itself, right): each product depends on one token.
    first_by_neighbour: [Matrix; 3],
    layers: [Maxout; REACH],
}

/// One hash embedding.
#[derive(Debug)]
struct Table {
    seed: u32,
    rows: Matrix,
}

/// Working memory of one thread.
#[derive(Debug, Default)]
pub(crate) struct Encoder {
    vectors: Vec<f32>,
    products: Vec<f32>,
}

/// What is remembered of one token's key: its mixer output and its three products in the first layer.
pub(super) const REMEMBERED: usize = WIDTH + 3 * UNMAXED;

impl Tok2Vec {
    pub(crate) fn new(
        name: &'static str,
        data: Tok2VecData,
        attributes: usize,
    ) -> Result<Self, Fault> {
        let wrong = || Fault::WrongSize(name);
        if data.tables.len() != attributes {
            return Err(wrong());
        }
        let table = |(seed, floats): (u32, crate::model::data::Floats)| {
            let rows = floats.0.len() / WIDTH;
            let rows = Matrix::new(name, floats.0, rows, WIDTH)?;
            if rows.rows() == 0 { Err(wrong()) } else { Ok(Table { seed, rows }) }
        };
        let layers = data.layers.into_iter().map(|layer| Maxout::new(name, layer, 3 * WIDTH));
        let layers: [Maxout; REACH] =
            layers.collect::<Result<Vec<_>, _>>()?.try_into().map_err(|_| wrong())?;
        let neighbour = |at: usize| layers[0].weights.part(at * WIDTH..(at + 1) * WIDTH);
        Ok(Self {
            tables: data.tables.into_iter().map(table).collect::<Result<_, _>>()?,
            mixer: Maxout::new(name, data.mixer, attributes * WIDTH)?,
            first_by_neighbour: std::array::from_fn(neighbour),
            layers,
        })
    }

    /// What is to be remembered of each of `keys`, one row of [`REMEMBERED`] each.
    pub(super) fn digest(&self, arch: Arch, keys: &[Key]) -> Vec<f32> {
        let mixed = self.mix(arch, keys);
        let mut rows = vec![0.0; keys.len() * REMEMBERED];
        let mut products = vec![0.0; keys.len() * UNMAXED];
        for (row, vector) in rows.chunks_exact_mut(REMEMBERED).zip(mixed.chunks_exact(WIDTH)) {
            row[..WIDTH].copy_from_slice(vector);
        }
        for (neighbour, weights) in self.first_by_neighbour.iter().enumerate() {
            weights.left_multiply(&mixed, WIDTH, keys.len(), &mut products);
            let start = WIDTH + neighbour * UNMAXED;
            for (row, product) in
                rows.chunks_exact_mut(REMEMBERED).zip(products.chunks_exact(UNMAXED))
            {
                row[start..start + UNMAXED].copy_from_slice(product);
            }
        }
        rows
    }

    /// Embeddings through the mixer.
    fn mix(&self, arch: Arch, keys: &[Key]) -> Vec<f32> {
        let width = self.tables.len() * WIDTH;
        let mut embedded = vec![0.0; keys.len() * width];
        arch.dispatch(|| {
            for (row, key) in embedded.chunks_exact_mut(width).zip(keys) {
                self.embed(key, row);
            }
        });
        let mut products = vec![0.0; keys.len() * UNMAXED];
        self.mixer.weights.left_multiply(&embedded, width, keys.len(), &mut products);
        let mut mixed = vec![0.0; keys.len() * WIDTH];
        arch.dispatch(|| {
            let (rows, _) = products.as_chunks::<UNMAXED>();
            for (out, products) in mixed.chunks_exact_mut(WIDTH).zip(rows) {
                out.copy_from_slice(&self.mixer.activate(products));
            }
        });
        mixed
    }

    /// The sums of four rows of each table.
    #[inline(always)]
    fn embed(&self, key: &Key, out: &mut [f32]) {
        let Ids { norm, prefix, suffix, shape } = key.ids;
        let values = [norm, prefix, suffix, shape, u64::from(key.space), u64::from(key.is_space)];
        for ((table, value), out) in self.tables.iter().zip(values).zip(out.chunks_exact_mut(WIDTH))
        {
            for lane in embedding_lanes(value, table.seed) {
                let row = table.rows.row(lane as usize % table.rows.rows());
                out.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
            }
        }
    }

    /// The vectors of the tokens in `slots`, which has [`REACH`] more on either side (zeros where the
    /// document ends): `(slots.len() - 8) × 96`.
    pub(crate) fn encode<'e>(
        &self,
        arch: Arch,
        slots: &[Slot],
        cache: &Cache,
        encoder: &'e mut Encoder,
    ) -> &'e [f32] {
        let rows = slots.len();
        encoder.vectors.resize(rows * WIDTH, 0.0);
        encoder.products.resize(rows * UNMAXED, 0.0);
        arch.dispatch(|| self.first_layer(slots, cache, &mut encoder.vectors));
        for (depth, layer) in (1..).zip(&self.layers[1..]) {
            // Rows `depth` from either end have no true neighbours any more; they are not needed.
            let inner = rows - 2 * (depth + 1);
            let windows = &encoder.vectors[depth * WIDTH..];
            layer.weights.left_multiply(windows, WIDTH, inner, &mut encoder.products);
            let inputs = &mut encoder.vectors[(depth + 1) * WIDTH..][..inner * WIDTH];
            arch.dispatch(|| add_activations(layer, &encoder.products, inputs));
        }
        &encoder.vectors[REACH * WIDTH..(rows - REACH) * WIDTH]
    }

    /// Mixer output plus first layer, from what is remembered.
    #[inline(always)]
    fn first_layer(&self, slots: &[Slot], cache: &Cache, vectors: &mut [f32]) {
        let layer = &self.layers[0];
        for (window, out) in slots.windows(3).zip(vectors[WIDTH..].chunks_exact_mut(WIDTH)) {
            let [left, own, right] =
                [0, 1, 2].map(|neighbour| cache.products(window[neighbour], neighbour));
            let products = std::array::from_fn(|i| left[i] + own[i] + right[i]);
            let added = layer.activate(&products);
            let input = cache.vector(window[1]);
            for ((out, input), added) in out.iter_mut().zip(input).zip(added) {
                *out = input + added;
            }
        }
    }
}

#[inline(always)]
fn add_activations(layer: &Maxout, products: &[f32], vectors: &mut [f32]) {
    let (products, _) = products.as_chunks::<UNMAXED>();
    for (vector, products) in vectors.chunks_exact_mut(WIDTH).zip(products) {
        let added = layer.activate(products);
        vector.iter_mut().zip(added).for_each(|(value, added)| *value += added);
    }
}
