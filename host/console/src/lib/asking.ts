import { get, type Answer } from '../api/client';
import { kSurveys } from './survey';

export type Surveys = Answer<'/api/v1/surveys', 'get'>['surveys'];
/** What can be asked: the one question that a plugin brings, or a survey of ours. `key` tells them apart in a list. */
export interface Question { key: string; plugin: string; survey: string; name: string; version: number }
/** The part of a request that says what is asked. */
export interface Asks { plugin: string; survey?: string; about?: string }

/** Plugins that run and ask somebody. */
export const askingPlugins = async (signal: AbortSignal) => (await get('/api/v1/plugins', {}, undefined, signal)).plugins.filter((each) => each.roles.includes('campaign') && each.state === 'running');

/** A plugin is one question; that of surveys is as many as there are surveys, by their titles, with the short name where two are called the same. */
export function questionsOf(plugins: { id: string; name: string }[], surveys: Surveys): Question[] {
  const alike = (title: string) => surveys.filter((each) => each.question === title).length > 1;
  const nameOf = (one: Surveys[number]) => (!one.question ? one.id : alike(one.question) ? `${one.question} (${one.id})` : one.question);
  return plugins.flatMap(({ id, name }) => id === kSurveys
    ? surveys.map((each) => ({ key: `${id}/${each.id}`, plugin: id, survey: each.id, name: nameOf(each), version: each.version }))
    : [{ key: id, plugin: id, survey: '', name, version: 0 }]);
}

export async function questions(signal: AbortSignal): Promise<Question[]> {
  const plugins = await askingPlugins(signal);
  return questionsOf(plugins, plugins.some((each) => each.id === kSurveys) ? (await get('/api/v1/surveys', {}, undefined, signal)).surveys : []);
}

/** The one that was chosen; else the survey that somebody came with; else the first. */
export const questionIn = (all: Question[], key: string, survey: string) => all.find((each) => each.key === key) ?? all.find((each) => survey !== '' && each.survey === survey) ?? all[0];

/** Nothing is said of what the plugin itself chooses. */
export const asks = (what: { plugin: string; survey?: string; about?: string }): Asks => ({ plugin: what.plugin, ...(what.survey ? { survey: what.survey } : {}), ...(what.about ? { about: what.about } : {}) });

/** The title of the survey that a campaign asks; nothing when it asks none. One that is gone is called by its short name. */
export function surveyTitle(campaign: { plugin: string; about: string }, surveys: Surveys): string {
  if (campaign.plugin !== kSurveys) return '';
  return surveys.find((each) => each.id === campaign.about)?.question || campaign.about;
}
