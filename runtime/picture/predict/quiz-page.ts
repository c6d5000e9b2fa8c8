// How a quiz and its verdict look in a notebook.

import type { Judged } from '../../quiz/judge.ts';
import { type Program, textOf } from '../../quiz/quiz-program.ts';
import { FRAME, WORDS } from '../draw/said-style.ts';
import { safe, safeText } from '../draw/svg-text.ts';
import { coloursOf } from '../draw/theme.ts';

const CARDS = [
  '.ck-said.ck-ten{max-width:1280px;.ck-cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,434px),1fr));gap:10px}',
  '.ck-cards>div{border:1px solid var(--ck-line);border-radius:6px;background:var(--ck-panel);padding:8px 9px 10px;min-width:0}',
  '.ck-cards>div>:first-child{margin:0 0 6px;display:flex;justify-content:space-between;span{color:var(--ck-muted);font-size:12px}}',
  'pre{all:initial;display:block;color:inherit;white-space:pre;overflow-x:auto;font:clamp(10.4px,1.17cqi,11px)/1.55 ui-monospace,Menlo,Consolas,monospace}}',
  '.reveal .ck-ten{max-height:600px;overflow:auto}',
].join('\n');

const SCORE = [
  '.ck-said.ck-ten{.ck-score{font-size:30px;font-weight:700;margin:0 0 10px}.ck-why{margin-top:10px}',
  '.ck-pair{display:grid;grid-template-columns:auto 1fr;gap:2px 14px;margin:6px 0}.ck-cards+.ck-late{margin-top:10px}}',
].join('\n');

const PLAIN = ['bg', 'panel', 'text', 'muted', 'line'] as const;
const GRADES = ['easy', 'medium', 'hard'] as const;

const within = (html: string, colours: Parameters<typeof coloursOf>[0], ...rules: readonly string[]): string =>
  `<div class="ck ck-said ck-ten"><style>${[FRAME, CARDS, ...rules, coloursOf(colours)].join('\n')}</style>\n${html}</div>`;

/** The programs as cards. */
export function quizHtml(programs: readonly Program[]): string {
  const cards = programs.map(
    (program, at) =>
      `<div><div><b>Program ${at + 1}</b><span>${GRADES[program.grade - 1]}</span></div><pre>${safeText(textOf(program))}</pre></div>`,
  );
  return within(`<div class="ck-cards">${cards.join('\n')}</div>`, PLAIN);
}

/** What was answered, and is wrong. What a program prints is not told before it was answered. */
export function wrongIn(judged: readonly Judged[]): readonly Judged[] {
  return judged.filter(({ right, guess }) => !right && guess.length > 0);
}

/** Which programs were not answered, as a sentence; empty if all were. */
export function unanswered(judged: readonly Judged[]): string {
  const open = judged.filter(({ right, guess }) => !right && guess.length === 0).map(({ number }) => number);
  if (open.length === 0) return '';
  return `Not answered yet: ${open.join(', ')}. What they print is shown once there is a guess, right or wrong.`;
}

/** The score, and a card for each wrong answer. */
export function verdictHtml(judged: readonly Judged[], score: string): string {
  const all = judged.every(({ right }) => right);
  const cards = wrongIn(judged).map(
    ({ number, guess, program, broke }) =>
      `<div><div><b>Program ${number}</b><span>${GRADES[program.grade - 1]}</span></div><pre>${safeText(textOf(program))}</pre>` +
      `<div class="ck-pair"><span>you said</span><span class="ck-code ck-no">${safe(guess.join(' '))}</span>` +
      `<span>it printed</span><span class="ck-code ck-yes">${safe(program.prints.join(' '))}</span></div>` +
      (broke
        ? `<div class="ck-why"><div>Rule ${broke.number}. ${safe(broke.says)}</div><div>Read again: lesson ${broke.lesson}</div></div>`
        : '') +
      '</div>',
  );
  const open = unanswered(judged);
  return within(
    `<div class="ck-score ${all ? 'ck-yes' : ''}">${score}</div><div class="ck-cards">${cards.join('\n')}</div>` +
      (open === '' ? '' : `<div class="ck-late">${open}</div>`),
    [...PLAIN, 'run', 'done', 'failed'],
    WORDS,
    SCORE,
  );
}
