const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*";

/**
 * The check character of ISO/IEC 7064, MOD 37-2, over the letters and digits of a text; other signs are passed over. Every
 * single slip and every swap of two neighbours changes it.
 *
 * @example
 * checkCharacter("G123489654321"); // "Y"
 */
export function checkCharacter(text: string): string {
  let check = 0;
  for (const sign of text.toUpperCase().replace(/[^0-9A-Z]/gu, "")) check = (2 * check + ALPHABET.indexOf(sign)) % 37;
  return ALPHABET[(((1 - 2 * check) % 37) + 37) % 37] ?? "";
}

/** Whether a donation identification number ends in its check character: 13 letters and digits, with or without spaces. */
export function isDonationNumber(text: string): boolean {
  const plain = text.replace(/ /gu, "");
  return /^[A-Z0-9]\d{12}[0-9A-Z*]$/u.test(plain) && checkCharacter(plain.slice(0, 13)) === plain[13];
}
