# ---- SHA-256 (FIPS 180-4) ------------------------------------------------------------------------------------------
# A word of 32 bits is a double where it is added, and 32 logical values, the highest first, where its bits are mixed.
# "!=" on logical values is the exclusive or.

POWERS <- 2^(31:0)
to_bits <- function(word) floor(word / POWERS) %% 2 == 1
to_word <- function(bits) sum(POWERS[bits])
turned <- function(n) c((33 - n):32, 1:(32 - n)) # the places of the bits after a rotation to the right by n
shifted <- function(bits, n) c(logical(n), bits[1:(32 - n)])

TURN_2 <- turned(2); TURN_6 <- turned(6); TURN_7 <- turned(7); TURN_11 <- turned(11); TURN_13 <- turned(13)
TURN_17 <- turned(17); TURN_18 <- turned(18); TURN_19 <- turned(19); TURN_22 <- turned(22); TURN_25 <- turned(25)

SHA_CONSTANTS <- c(
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
)
SHA_START <- c(
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
)

big_endian <- function(n) floor(n / 2^c(24, 16, 8, 0)) %% 256
words_of <- function(bytes) colSums(matrix(bytes, nrow = 4) * 2^c(24, 16, 8, 0))

sha256_block <- function(state, block) {
  w <- c(words_of(block), numeric(48))
  for (t in 17:64) {
    x <- to_bits(w[t - 15])
    y <- to_bits(w[t - 2])
    w[t] <- (w[t - 16] + to_word((x[TURN_7] != x[TURN_18]) != shifted(x, 3)) +
      w[t - 7] + to_word((y[TURN_17] != y[TURN_19]) != shifted(y, 10))) %% 2^32
  }
  d <- state[4]
  h <- state[8]
  A <- to_bits(state[1]); B <- to_bits(state[2]); C <- to_bits(state[3])
  E <- to_bits(state[5]); F <- to_bits(state[6]); G <- to_bits(state[7])
  for (t in 1:64) {
    choice <- (E & F) != (!E & G)
    majority <- ((A & B) != (A & C)) != (B & C)
    first <- h + to_word((E[TURN_6] != E[TURN_11]) != E[TURN_25]) + to_word(choice) + SHA_CONSTANTS[t] + w[t]
    second <- to_word((A[TURN_2] != A[TURN_13]) != A[TURN_22]) + to_word(majority)
    h <- to_word(G)
    next_e <- (d + first) %% 2^32
    d <- to_word(C)
    G <- F; F <- E; E <- to_bits(next_e)
    C <- B; B <- A; A <- to_bits((first + second) %% 2^32)
  }
  (state + c(to_word(A), to_word(B), to_word(C), d, to_word(E), to_word(F), to_word(G), h)) %% 2^32
}

sha256 <- function(bytes) {
  padded <- c(bytes, 128, numeric((55 - length(bytes)) %% 64), big_endian(0), big_endian(8 * length(bytes)))
  state <- SHA_START
  for (at in seq(1, length(padded), by = 64)) state <- sha256_block(state, padded[at + 0:63])
  unlist(lapply(state, big_endian))
}

# ---- Keys (section 2; HMAC is RFC 2104, HKDF is RFC 5869) ----------------------------------------------------------

hmac <- function(key, message) { # the key has 32 bytes
  block <- c(key, numeric(32))
  sha256(c(bitwXor(block, 0x5c), sha256(c(bitwXor(block, 0x36), message))))
}

bytes_of <- function(text) as.integer(charToRaw(enc2utf8(text)))
field <- function(bytes) c(big_endian(length(bytes)), bytes)
hex <- function(bytes) paste(sprintf("%02x", as.integer(bytes)), collapse = "")

# The first step of HKDF, without salt, is the same for all streams of a seed.
extracted <- function(seed_bytes) hmac(numeric(32), seed_bytes)

# names: factor, level, factor, level ...
stream_key <- function(extract, purpose, names) {
  stratum <- unlist(lapply(names, function(name) field(bytes_of(name))))
  info <- c(field(bytes_of(ALGORITHM)), field(bytes_of(PLAN$list)), field(bytes_of(purpose)), field(stratum))
  hex(hmac(extract, c(info, 1)))
}
