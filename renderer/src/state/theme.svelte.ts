export type ThemeChoice = 'system' | 'light' | 'dark';
const choices: readonly string[] = ['system', 'light', 'dark'] satisfies ThemeChoice[];
const isChoice = (text: string | null): text is ThemeChoice => text !== null && choices.includes(text);

/** Light or dark: the system's, or a person's own choice, remembered. */
export class Theme {
  #choice = $state.raw<ThemeChoice>('system');

  constructor() {
    const remembered = localStorage.getItem('theme');
    this.choice = isChoice(remembered) ? remembered : 'system';
  }

  get choice(): ThemeChoice {
    return this.#choice;
  }

  set choice(choice: ThemeChoice) {
    this.#choice = choice;
    localStorage.setItem('theme', choice);
    if (choice === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = choice;
  }
}
