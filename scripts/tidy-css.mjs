/** What people read in a style sheet, and browsers do not, is left out of the package: comments and white space. */
const SHEET = /(?<=\bcss ?`)[^`$]*(?=`)/g;

/** Tidies the style sheets in a module. */
export function tidyCss(module) {
  return module.replace(SHEET, (sheet) =>
    sheet
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/\s+/g, ' ')
      .replace(/ ?([{};,]) ?/g, '$1')
      .replace(/: /g, ':')
      .trim(),
  );
}
