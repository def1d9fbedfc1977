// Many codes in a few characters, as the server reads them (docs/api.md, "Areas, sets and filters"):
// `E01010568*CAB` is that code and those that follow it at these distances.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** A digit of that much or more is followed by another. */
const MORE = 32;
/** No distance between numbers of nine digits has more digits. */
const MOST_STEPS = 7;
/** What stands before a code's number, and the number. */
const CODE = /^(.*?)(\d{1,9})$/s;

/** The codes in order, with those packed whose numbers follow each other. */
export function packed(codes: readonly string[]): string[] {
  const texts: string[] = [];
  let last = { prefix: "", digits: "" };
  for (const code of [...codes].sort()) {
    const [, prefix = "", digits = ""] = CODE.exec(code) ?? [];
    const isAlike = last.prefix === prefix && last.digits.length === digits.length;
    if (digits !== "" && isAlike) {
      const text = texts.pop() ?? "";
      const steps = written(Number(digits) - Number(last.digits) - 1);
      texts.push(text.includes("*") ? text + steps : `${text}*${steps}`);
    } else texts.push(code);
    last = { prefix, digits };
  }
  return texts;
}

/** The codes that a text stands for: the text itself, unless it is packed; `undefined` where it is packed and cannot be read. */
export function unpacked(text: string): string[] | undefined {
  const star = text.indexOf("*");
  if (star < 0) return [text];
  const first = text.slice(0, star);
  const [, prefix = "", digits = ""] = CODE.exec(first) ?? [];
  if (digits === "") return undefined;
  const codes = [first];
  let number = Number(digits);
  let distance = 0;
  let step = 0;
  for (const letter of text.slice(star + 1)) {
    const digit = ALPHABET.indexOf(letter);
    if (digit < 0 || step === MOST_STEPS) return undefined;
    distance += (digit % MORE) * MORE ** step;
    step += 1;
    if (digit >= MORE) continue;
    number += distance + 1;
    distance = 0;
    step = 0;
    const code = prefix + String(number).padStart(digits.length, "0");
    if (code.length > first.length) return undefined;
    codes.push(code);
  }
  return step === 0 ? codes : undefined;
}

function written(distance: number): string {
  const digit = distance % MORE;
  const rest = (distance - digit) / MORE;
  return rest === 0 ? ALPHABET.charAt(digit) : ALPHABET.charAt(digit + MORE) + written(rest);
}
