import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { speech } from './lib/i18n.svelte';

await speech.begin();
mount(App, { target: document.getElementById('app')! });
