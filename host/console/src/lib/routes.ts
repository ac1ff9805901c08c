// Every address of the console. host/edge/http/routes/console.cpp answers the same ones; tests/console compares them.
export const routes = {
  home: '/', signIn: '/sign-in', today: '/today', inbox: '/inbox', loop: '/loop', item: '/item/{item}',
  themes: '/themes', theme: '/themes/{theme}', accounts: '/accounts', account: '/accounts/{account}', person: '/people/{person}',
  trends: '/trends', metric: '/trends/{metric}', promises: '/promises', mail: '/mail', letter: '/mail/{mail}',
  campaigns: '/campaigns', campaign: '/campaigns/{campaign}', surveys: '/surveys', survey: '/surveys/{survey}',
  plugins: '/plugins', settings: '/settings', section: '/settings/{section}'
} as const;
export type RouteName = keyof typeof routes;
export interface Place { name: RouteName | 'nowhere'; parameter: string }

/** Which page a path shows; its one parameter decoded. */
export function placeOf(path: string): Place {
  for (const [name, pattern] of Object.entries(routes) as [RouteName, string][]) {
    const at = pattern.indexOf('{');
    if (at < 0 ? path === pattern : path.startsWith(pattern.slice(0, at)) && path.length > at && !path.slice(at).includes('/'))
      return { name, parameter: at < 0 ? '' : decodeURIComponent(path.slice(at)) };
  }
  return { name: 'nowhere', parameter: '' };
}
