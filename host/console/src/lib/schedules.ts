// How often something comes round: the rules that people choose from, and any other of RFC 5545.
import type { Schemas } from '../api/client';

export type Schedule = Schemas['CampaignSchedule'];
export const kRules = {
  monthly: 'FREQ=MONTHLY;BYDAY=1TU',
  quarterly: 'FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU',
  half_yearly: 'FREQ=MONTHLY;INTERVAL=6;BYDAY=1TU',
  yearly: 'FREQ=YEARLY',
  weekly: 'FREQ=WEEKLY;BYDAY=TU'
} as const;
export type RuleName = keyof typeof kRules;

/** The name of a rule that is one of ours; nothing for any other. */
export const ruleName = (rule: string): RuleName | undefined => (Object.keys(kRules) as RuleName[]).find((each) => kRules[each] === rule.toUpperCase().replace(/^RRULE:/, ''));

/** "7, 14" as days; nothing else than whole days from 1 to 60, five at most. */
export function remindersIn(text: string): number[] | undefined {
  const days = text.split(/[,;\s]+/).filter(Boolean).map(Number);
  return days.length <= 5 && days.every((each) => Number.isInteger(each) && each >= 1 && each <= 60) ? days : undefined;
}

export type OwnWords = Schemas['OwnWords'];
/** Without what says nothing, so that a plugin's own words stand where nobody wrote others. */
export function wordsSaid(words: OwnWords): OwnWords {
  const said: OwnWords = {};
  for (const [mail, languages] of Object.entries(words)) for (const [language, text] of Object.entries(languages ?? {})) {
    const kept = Object.fromEntries(Object.entries(text ?? {}).filter(([, words]) => String(words ?? '').trim()));
    if (Object.keys(kept).length) said[mail] = { ...said[mail], [language]: kept };
  }
  return said;
}
