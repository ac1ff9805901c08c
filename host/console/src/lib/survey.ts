// A survey as schemas/json/survey.schema.json has it, and as the fields of a form: `de.question`.
import type { Draft } from './drafts';

export const kSurveyLanguages = ['en', 'de', 'fr', 'es'] as const;
/** The plugin that asks them. */
export const kSurveys = 'surveys';
export const kSurveyTexts = ['question', 'intro', 'lowest', 'highest', 'reason', 'thanks'] as const;
export interface SurveyDocument { id: string; from: string; readers?: string; contact_me?: boolean; may_quote?: boolean; languages: Record<string, Record<string, string>> }

/** Written with the fields of the form, not as a document with pages. */
export const isShort = (survey: object) => !('pages' in survey);

/** undefined while it cannot be read. */
export function definitionIn(text: string): Record<string, unknown> | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return read !== null && typeof read === 'object' && !Array.isArray(read) ? (read as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

export function textsOfSurvey(survey: SurveyDocument): Draft {
  const draft: Draft = { id: survey.id, from: survey.from, readers: survey.readers ?? '', contact_me: survey.contact_me ?? true, may_quote: survey.may_quote ?? true };
  for (const [language, texts] of Object.entries(survey.languages)) for (const [name, text] of Object.entries(texts)) draft[`${language}.${name}`] = text;
  return draft;
}
export function surveyOf(draft: Draft): SurveyDocument {
  const text = (name: string) => String(draft[name] ?? '').trim();
  const languages: SurveyDocument['languages'] = {};
  for (const language of kSurveyLanguages) {
    const texts = Object.fromEntries(kSurveyTexts.filter((each) => text(`${language}.${each}`)).map((each) => [each, text(`${language}.${each}`)]));
    if (Object.keys(texts).length) languages[language] = texts;
  }
  return { id: text('id'), from: text('from'), ...(text('readers') ? { readers: text('readers') } : {}), contact_me: draft['contact_me'] !== false, may_quote: draft['may_quote'] !== false, languages };
}

export type Warning = 'leading' | 'two' | 'long';
/** What makes an answer worth less: wording that leads it, two questions in one, a question nobody reads to the end. */
export function warningsOf(draft: Draft, language: string): Warning[] {
  const question = String(draft[`${language}.question`] ?? '');
  const leading = /\b(how (much )?(did|do) you (love|enjoy|like)|don'?t you|isn'?t it|our (great|excellent|award)|amazing|wie sehr (lieben|mögen)|nicht wahr|finden sie nicht auch)\b/i;
  return [...(leading.test(question) ? ['leading' as const] : []), ...((question.match(/\?/g)?.length ?? 0) > 1 ? ['two' as const] : []), ...(question.length > 160 ? ['long' as const] : [])];
}

export interface Reading { questions: number; missing: Record<string, number> }
/** More than that few people answer to the end. */
export const kManyQuestions = 4;

/** Of a survey written as a document: how many questions it has, and how many texts each language lacks. */
export function readingOf(definition: Record<string, unknown>): Reading {
  const languages = Array.isArray(definition['languages']) ? definition['languages'].map(String) : [];
  const reading: Reading = { questions: 0, missing: Object.fromEntries(languages.map((each) => [each, 0])) };
  const isText = (value: object) => Object.keys(value).length > 0 && Object.entries(value).every(([key, words]) => languages.includes(key) && typeof words === 'string');
  const walk = (value: unknown, key = '') => {
    if (value === null || typeof value !== 'object') return;
    if (key === 'questions' && Array.isArray(value)) reading.questions += value.length;
    if (!Array.isArray(value) && isText(value)) for (const language of languages) if (!(language in value)) reading.missing[language]! += 1;
    for (const [name, part] of Object.entries(value)) walk(part, name);
  };
  walk(definition);
  return reading;
}
