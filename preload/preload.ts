import { contextBridge, ipcRenderer, webUtils } from 'electron';

/**
 * All that the page gets from Electron: the paths of dropped files, its channel to the engine, and what a person did in a
 * menu. A port can't cross the bridge between the two worlds, so it goes over as a message of the window to itself.
 */
contextBridge.exposeInMainWorld('scenelab', { pathOf: (file: File) => webUtils.getPathForFile(file) });

window.addEventListener('message', ({ source, data }) => {
  if (source === window && data === 'scenelab:ready') ipcRenderer.send('scenelab:ready');
});
ipcRenderer.on('scenelab:engine', ({ ports }) =>
  window.postMessage('scenelab:engine', window.origin, [...ports]),
);
ipcRenderer.on('scenelab:command', (_event, command: unknown) =>
  window.postMessage({ kind: 'scenelab:command', command }, window.origin),
);
