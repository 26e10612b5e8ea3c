/** `Shift+Tab` as Playwright writes it, in the order in which the keys go down. */
export function splitChord(chord) {
  return chord.split(/(?<=.)\+/);
}
