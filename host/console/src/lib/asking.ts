import { get } from '../api/client';

/** Plugins that run and ask somebody. */
export const askingPlugins = async (signal: AbortSignal) => (await get('/api/v1/plugins', {}, undefined, signal)).plugins.filter((each) => each.roles.includes('campaign') && each.state === 'running');
