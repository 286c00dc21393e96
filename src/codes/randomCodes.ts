export const RANDOM_CODES = {
  "random.bound_invalid": ["A draw is bounded by something else than a whole number of values.", "An integer from 1."],
  "random.key_invalid": ["A stream key is not 64 lowercase hex digits.", "Derive it from a seed."],
  "random.name_invalid": ["A name holds half a character.", "Whole characters."],
  "random.r_bound_invalid": ["An index of R needs a whole number of values up to 2^47.", "Such a number."],
  "random.r_kind_unknown": ["R has no such kind of sampling.", "`Rejection` or `Rounding`."],
  "random.r_probability_invalid": ["A probability is outside 0 to 1.", "A number from 0 to 1."],
  "random.r_range_invalid": [
    "Runif was given other things than a number of draws and two ends.",
    "Count from 0, min not above max.",
  ],
  "random.r_sample_invalid": ["Sample was given other things than it takes.", "Correct the field named by the path."],
  "random.r_seed_invalid": [
    "A seed of R is no whole number within 32 bits.",
    "An integer from -2147483647 to 2147483647.",
  ],
  "random.r_weights_invalid": [
    "A weight of sample is negative or not finite, or too few are above 0.",
    "Finite numbers from 0.",
  ],
  "random.seed_invalid": ["The text of a test seed holds half a character.", "Whole characters."],
  "random.seed_looks_live": [
    "The text of a test seed looks like a live seed, which must stay secret.",
    "Another text.",
  ],
  "random.seed_missing": ["No seed was given, and none is ever made up.", "A live seed, or the text of a TEST seed."],
  "random.seed_mistyped": [
    "The check digits of the seed do not fit: a digit is wrong or missing.",
    "The text exactly as `allocell seed` wrote it.",
  ],
  "random.seed_not_live": [
    "A live list takes only a seed of the form that `allocell seed` makes.",
    "64 hex digits, a hyphen and 8 check digits.",
  ],
  "random.seed_not_whole": [
    "This stream is seeded by a whole number.",
    "A TEST seed whose text is a whole number within 32 bits.",
  ],
  "random.seed_test": ["A test seed has no live text form.", "A live seed."],
  "random.seed_weak": [
    "A live seed is not 32 bytes, or its bytes repeat.",
    "32 bytes from a cryptographic random generator.",
  ],
} as const;
