import Loop from './pages/Loop.svelte';
import type { RouteName } from './lib/routes';

// A page is loaded when somebody goes there; where people begin their day is here already.
export const later: Partial<Record<RouteName | 'nowhere', () => Promise<{ default: unknown }>>> = {
  inbox: () => import('./pages/Inbox.svelte'), loop: async () => ({ default: Loop }), item: () => import('./pages/Item.svelte'),
  themes: () => import('./pages/Themes.svelte'), theme: () => import('./pages/Theme.svelte'),
  accounts: () => import('./pages/Accounts.svelte'), account: () => import('./pages/Account.svelte'), person: () => import('./pages/Person.svelte'),
  trends: () => import('./pages/Trends.svelte'), metric: () => import('./pages/Metric.svelte'),
  promises: () => import('./pages/Promises.svelte'), mail: () => import('./pages/Mail.svelte'), letter: () => import('./pages/Letter.svelte'),
  campaigns: () => import('./pages/Campaigns.svelte'), campaign: () => import('./pages/Campaign.svelte'),
  surveys: () => import('./pages/Surveys.svelte'), survey: () => import('./pages/Survey.svelte'), plugins: () => import('./pages/Plugins.svelte'),
  settings: () => import('./pages/Settings.svelte'), section: () => import('./pages/Settings.svelte'), nowhere: () => import('./pages/Nowhere.svelte')
};
