# ---- Seed (section 1) ----------------------------------------------------------------------------------------------

# The bytes of a test seed: its text in UTF-8. Base R has no Unicode normalization, so the text must be in form NFC.
seed_bytes <- function(text) {
  if (!grepl("[^[:space:]]", text)) refuse("a seed is needed.")
  if (grepl("[0-9A-Fa-f]{40}", text)) refuse("this looks like a live seed, but this is a TEST list.")
  bytes <- bytes_of(text)
  if (any(bytes > 127)) {
    message("Note: the seed has characters beyond ASCII, which are taken as they come: base R cannot bring a text into")
    message("Unicode form NFC. Should no row agree, give the seed in form NFC, or use the program in Python.")
  }
  bytes
}
