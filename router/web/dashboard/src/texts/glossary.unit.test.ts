import { expect, test } from 'vitest';
import { dictionaries } from './texts.ts';

/** Each English term has one Korean word, wherever it is used. */
const glossary: readonly (readonly [term: RegExp, word: string])[] = [
  // After a number Korean counts 건, 편 and 명.
  [/(?<!\d )\bbook(s|ed|ing|ings)?\b|\breservations?\b/i, '예약'],
  [/\bcancel(s|ed|ing|lation|lations)?\b/i, '취소'],
  [/(?<!\d )\bflights?\b(?! codes?\b)/i, '항공편'],
  [/\bflight codes?\b/i, '편명'],
  [/\bseats?\b/i, '석'],
  [/(?<!\d )\bcustomers?\b/i, '고객'],
  [/(?<!\d )\b(paid|payments?)\b(?! refunded)/i, '결제'],
  [/\bdeclined\b/i, '거절'],
  [/\brefund(s|ed)?\b/i, '환불'],
  [/\bsold out\b/i, '매진'],
  [/\bpending\b/i, '처리 중'],
  [/\bsucceeded\b/i, '확정'],
  [/\breserve date\b/i, '예약일'],
  [/\bprice\b/i, '가격'],
  [/\breference\b/i, '예약 번호'],
  [/\bsign(ed)?[ -]in\b/i, '로그인'],
  [/\bservice\b/i, '서비스'],
];
/** Words that have another one here. */
const unwanted = /항공편 번호|이력|성공|대기|개방|거부|탑승/;
/** Particles that depend on a syllable which is not known: sentences are written without them. */
const undecided = /\((으|이|가|을|를|와|과|은|는)\)|[가-힣]\([가를과는]\)/;

/** All texts by their path; functions are called with the same value for each part. */
function textsOf(dictionary: object, path = ''): [string, string][] {
  return Object.entries(dictionary).flatMap(([name, value]) => {
    const here = `${path}.${name}`;
    if (typeof value === 'object') return textsOf(value, here);
    return [[here, typeof value === 'function' ? String(value('7', '7', '7')) : String(value)]];
  });
}

const english = new Map(textsOf(dictionaries.en));
const korean = new Map(textsOf(dictionaries.ko));

test('the same English term is the same Korean word', () => {
  const faults = [...english].flatMap(([path, text]) =>
    glossary
      .filter(([term, word]) => term.test(text) && !korean.get(path)?.includes(word))
      .map(([, word]) => `${path}: “${text}” has no ${word} in “${korean.get(path)}”`),
  );
  expect(faults).toEqual([]);
});

test('Korean has no word beside these, and no particle left open', () => {
  const faults = [...korean].filter(([, text]) => unwanted.test(text) || undecided.test(text));
  expect(faults).toEqual([]);
});

test('control: another word, and an open particle, are found', () => {
  expect('항공편 번호').toMatch(unwanted);
  expect('ACE890이(가) 등록됨').toMatch(undecided);
  expect('(금) 12월').not.toMatch(undecided);
});
