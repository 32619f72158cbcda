import './zod-without-eval.ts';
import { mount } from 'svelte';
import App from './App.svelte';
import './tokens.css';
import './base.css';
import { electronShell } from './shell/electron-shell.ts';
import { hostShell } from './shell/host-shell.ts';

mount(App, { target: document.body, props: { shell: globalThis.scenelab ? electronShell : hostShell } });
