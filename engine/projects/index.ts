/** Which projects there are on this machine, which are open, and who is told when they change. */
export { forgetProject } from './known-projects.ts';
export { OpenProjects } from './open-projects.ts';
export { clearCaches, readStorage } from './storage.ts';
export { photoFile, predictedFile } from './photo-file.ts';
