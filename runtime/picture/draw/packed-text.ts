// Text as it is stored in a notebook: deflated, then written in 91 printable characters (as basE91), which takes an
// eighth less than base64. In lines, because a git diff and many editors choke on one line of thirty thousand.

import { deflated } from '#host/deflate';

const LINE = 3000;

/** All printable characters but the quote, the backslash and `<`: none needs an escape in JSON, a string or a script. */
const SIGNS = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at)).filter(
  (sign) => !'"\\<'.includes(sign),
);

/** The text as the arguments of {@link READER}: the signs, and how many bytes they stand for. */
export function packedText(text: string): string {
  const bytes = deflated(text);
  const signs = encoded(bytes);
  const lines = signs.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [''];
  return `${lines.map((line) => `"${line}"`).join('+\n')},${bytes.length}`;
}

/** 13 or 14 bits in two characters: 91 × 91 is a little more than 2 to the power of 13. */
function encoded(bytes: Uint8Array): string {
  let [bits, count, out] = [0, 0, ''];
  const put = (value: number): void => {
    out += (SIGNS[value % 91] ?? '') + (SIGNS[Math.floor(value / 91)] ?? '');
  };
  for (const byte of bytes) {
    bits |= byte << count;
    count += 8;
    if (count <= 13) continue;
    const wide = (bits & 8191) > 88 ? 13 : 14;
    put(bits & ((1 << wide) - 1));
    bits >>= wide;
    count -= wide;
  }
  if (count > 0) put(bits);
  return out;
}

/** What reads it in the page: a function from such text to a promise of the text. */
export const READER =
  'function(t,l){for(var s=function(c){c-=33;return c-(c>1)-(c>27)-(c>59)},o=[],b=0,n=0,i=0,v,w;i<t.length;i+=2){' +
  'v=s(t.charCodeAt(i))+91*s(t.charCodeAt(i+1));w=(v&8191)>88?13:14;b|=v<<n;n+=w;for(;n>7;n-=8){o.push(b&255);b>>>=8}}' +
  "return new Response(new Blob([new Uint8Array(o.slice(0,l))]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).text()}";
