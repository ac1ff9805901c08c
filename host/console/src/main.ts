import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { later } from './later';
import { speech } from './lib/i18n.svelte';
import { router } from './lib/router.svelte';

void later[router.place.name]?.().catch(() => undefined); // on its way while the frame is drawn; App says when it fails
await speech.begin();
mount(App, { target: document.getElementById('app')! });
