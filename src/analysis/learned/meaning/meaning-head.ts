/** Decides by what a text lies near to, in one space of vectors. */
export interface MeaningHead {
  readonly dimensions: number;
  /** Taken from every vector before its length is made 1. */
  readonly centre: Float32Array;
  /** Of the rows that were learned, one after another. */
  readonly vectors: Float32Array;
  /** Index of the label of each row. */
  readonly labels: Uint16Array;
  /** What each row says for each label, row by row. */
  readonly coefficients: Float32Array;
}

/** How fast likeness fades with the angle between two texts; 2 to 6 did alike on two sets of intents. */
const FADE = 2;

/** 1 for the same direction, to e⁻⁴ for the opposite. */
export function toLikeness(cosine: number): number {
  return Math.exp(FADE * (cosine - 1));
}

/** `vector` from `at`, less the centre, at length 1. */
export function toCentred(vector: Float32Array, at: number, centre: Float32Array): Float32Array {
  const own = centre.map((middle, i) => (vector[at + i] as number) - middle);
  const length = Math.hypot(...own) || 1;
  return own.map((value) => value / length);
}

/** The row that a vector, which stands at `at`, is most like; `likeness` is the cosine, at most 1. */
export function findNearest(
  { dimensions, centre, vectors, labels }: MeaningHead,
  vector: Float32Array,
  at: number,
): { readonly label: number; readonly likeness: number } {
  const own = toCentred(vector, at, centre);
  let nearest = { label: 0, likeness: -1 };
  for (const [row, label] of labels.entries()) {
    const likeness = cosineAt(own, vectors, row * dimensions);
    if (likeness > nearest.likeness) nearest = { label, likeness };
  }
  return nearest;
}

/** The score of every label for one vector, which stands at `at`. */
export function scoreMeaning(
  { dimensions, centre, vectors, coefficients }: MeaningHead,
  vector: Float32Array,
  at: number,
  labels: number,
): Float32Array {
  const own = toCentred(vector, at, centre);
  const scores = new Float32Array(labels);
  for (let row = 0; row * dimensions < vectors.length; row++) {
    const likeness = toLikeness(cosineAt(own, vectors, row * dimensions));
    for (let label = 0; label < labels; label++) {
      scores[label] = (scores[label] as number) + likeness * (coefficients[row * labels + label] as number);
    }
  }
  return scores;
}

function cosineAt(own: Float32Array, vectors: Float32Array, start: number): number {
  let cosine = 0;
  for (let i = 0; i < own.length; i++) cosine += (own[i] as number) * (vectors[start + i] as number);
  return cosine;
}
