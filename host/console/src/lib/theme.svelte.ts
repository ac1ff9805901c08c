const kTheme = 'candour.theme';
type Choice = '' | 'light' | 'dark';

/** Light or dark as the machine has it, unless somebody chose. */
class Theme {
  chosen = $state<Choice>((localStorage.getItem(kTheme) as Choice | null) ?? '');

  follow() {
    $effect(() => {
      if (this.chosen) document.documentElement.dataset['theme'] = this.chosen;
      else delete document.documentElement.dataset['theme'];
    });
  }
  choose(choice: Choice) {
    this.chosen = choice;
    localStorage.setItem(kTheme, choice);
  }
  flip() {
    const dark = this.chosen ? this.chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    this.choose(dark ? 'light' : 'dark');
  }
}
export const theme = new Theme();
