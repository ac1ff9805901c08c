// A survey of many questions as the document that it is (schemas/json/survey.schema.json), changed piece by piece. Whatever a piece
// does not know (conditions, gaps, limits of the open link) stays as it was. Every function gives a new document.
import type { SurveyDocument } from './survey';

export type Text = string | Record<string, string>;
export interface Option { id: string; text: Text; write_in?: boolean }
export const kTypes = ['score', 'rating', 'single_choice', 'multiple_choice', 'matrix', 'short_text', 'long_text', 'consent', 'statement'] as const;
export type QuestionType = (typeof kTypes)[number];
export interface Question { id: string; type: QuestionType; text?: Text; hint?: Text; required?: boolean; show_if?: unknown; lowest?: Text; highest?: Text; steps?: number; options?: Option[]; rows?: Option[]; grants?: string; [other: string]: unknown }
export interface Page { title?: Text; show_if?: unknown; questions: Question[] }
export interface Survey { id: string; name?: string; from?: string; readers?: string; languages: string[]; intro?: Text; pages: Page[]; thanks?: { if?: unknown; text: Text }[]; [other: string]: unknown }
export interface Place { page: number; question: number }

/** What can be edited with fields: pages of questions, and languages. */
export function surveyIn(definition: Record<string, unknown> | undefined): Survey | undefined {
  const survey = definition as Survey | undefined;
  const isPage = (page: Page) => page !== null && typeof page === 'object' && Array.isArray(page.questions) && page.questions.every((each) => typeof each?.id === 'string' && typeof each.type === 'string');
  return survey && Array.isArray(survey.languages) && survey.languages.length > 0 && Array.isArray(survey.pages) && survey.pages.every(isPage) ? survey : undefined;
}

/** As it stands in that language; a text without languages is the first one's. */
export const textIn = (text: Text | undefined, language: string, first: string): string =>
  text === undefined ? '' : typeof text === 'string' ? (language === first ? text : '') : (text[language] ?? '');
/** undefined when nothing is left of it. */
export function withText(text: Text | undefined, language: string, first: string, words: string): Text | undefined {
  const all: Record<string, string> = typeof text === 'string' ? { [first]: text } : { ...text };
  if (words) all[language] = words; else delete all[language];
  return Object.keys(all).length ? all : undefined;
}

const copy = (survey: Survey): Survey => JSON.parse(JSON.stringify(survey)) as Survey;
const idsOf = (survey: Survey): string[] => survey.pages.flatMap((page) => page.questions.map((each) => each.id));
function freeId(taken: string[], stem: string): string {
  for (let n = 1; ; n += 1) if (!taken.includes(`${stem}${n}`)) return `${stem}${n}`;
}

/** Choices begin with two options, a matrix with two rows; what only another type has goes. */
export function ofType(question: Question, type: QuestionType): Question {
  const { id, text, hint, required, show_if } = question;
  const two = (stem: string): Option[] => [1, 2].map((n) => ({ id: `${stem}${n}`, text: String(n) }));
  const scale = { ...(question.lowest ? { lowest: question.lowest } : {}), ...(question.highest ? { highest: question.highest } : {}) };
  return {
    id, type, ...(text ? { text } : {}), ...(hint ? { hint } : {}), ...(required !== undefined && type !== 'statement' ? { required } : {}), ...(show_if ? { show_if } : {}),
    ...(['score', 'rating', 'matrix'].includes(type) ? scale : {}), ...(type === 'single_choice' || type === 'multiple_choice' ? { options: question.options ?? two('o') } : {}),
    ...(type === 'matrix' ? { rows: question.rows ?? two('r') } : {})
  };
}
export function added(survey: Survey, page: number, words: string): { survey: Survey; at: Place } {
  const next = copy(survey);
  const questions = next.pages[page]!.questions;
  questions.push({ id: freeId(idsOf(survey), 'q'), type: 'long_text', text: { [survey.languages[0]!]: words } });
  return { survey: next, at: { page, question: questions.length - 1 } };
}
export function withPage(survey: Survey, words: string): { survey: Survey; at: Place } {
  const next = copy(survey);
  next.pages.push({ questions: [] });
  return added(next, next.pages.length - 1, words);
}
export function changed(survey: Survey, at: Place, change: (question: Question) => Question): Survey {
  const next = copy(survey);
  next.pages[at.page]!.questions[at.question] = change(next.pages[at.page]!.questions[at.question]!);
  return next;
}
/** A page without questions goes with its last one; the last question of all stays. */
export function removed(survey: Survey, at: Place): Survey {
  if (idsOf(survey).length === 1) return survey;
  const next = copy(survey);
  next.pages[at.page]!.questions.splice(at.question, 1);
  next.pages = next.pages.filter((page) => page.questions.length > 0);
  return next;
}
/** One up or down; over the edge of a page into the one beside it. */
export function moved(survey: Survey, at: Place, by: 1 | -1): { survey: Survey; at: Place } {
  const next = copy(survey);
  const questions = next.pages[at.page]!.questions, to = at.question + by;
  const beside = next.pages[at.page + by];
  if (to >= 0 && to < questions.length) {
    questions.splice(to, 0, questions.splice(at.question, 1)[0]!);
    return { survey: next, at: { page: at.page, question: to } };
  }
  if (!beside) return { survey, at };
  const [question] = questions.splice(at.question, 1);
  if (by > 0) beside.questions.unshift(question!); else beside.questions.push(question!);
  const place = by > 0 ? 0 : beside.questions.length - 1;
  const gone = questions.length === 0;
  next.pages = next.pages.filter((page) => page.questions.length > 0);
  return { survey: next, at: { page: at.page + by - (gone && by > 0 ? 1 : 0), question: place } };
}
export function withOption(options: Option[], stem: string, language: string, words: string): Option[] {
  return [...options, { id: freeId(options.map((each) => each.id), stem), text: { [language]: words } }];
}
export const withLanguage = (survey: Survey, language: string): Survey => ({ ...copy(survey), languages: [...survey.languages.filter((each) => each !== language), language] });

/** The short form, told as a document: the same question from 0 to 10, its reason, and what one may tick. */
export function documentOf(short: SurveyDocument, words: { question: string; reason: string }): Survey {
  const languages = Object.keys(short.languages).length ? Object.keys(short.languages) : ['en'];
  const of = (name: string, otherwise = ''): Text | undefined => {
    const texts = Object.fromEntries(languages.flatMap((each) => (short.languages[each]?.[name] ? [[each, short.languages[each][name]]] : [])));
    return Object.keys(texts).length ? texts : otherwise ? { [languages[0]!]: otherwise } : undefined;
  };
  const text = (name: string, key: string, otherwise = '') => { const found = of(name, otherwise); return found ? { [key]: found } : {}; };
  return {
    id: short.id, ...(short.from ? { from: short.from } : {}), ...(short.readers ? { readers: short.readers } : {}), languages, ...text('intro', 'intro'),
    pages: [{ questions: [{ id: 'score', type: 'score', required: true, ...text('question', 'text', words.question), ...text('lowest', 'lowest'), ...text('highest', 'highest') }, { id: 'reason', type: 'long_text', ...text('reason', 'text', words.reason) },
      ...(short.contact_me !== false ? [{ id: 'contact', type: 'consent' as const, grants: 'contact_me' }] : []), ...(short.may_quote !== false ? [{ id: 'quote', type: 'consent' as const, grants: 'may_quote' }] : [])] }],
    ...(of('thanks') ? { thanks: [{ text: of('thanks')! }] } : {})
  };
}
