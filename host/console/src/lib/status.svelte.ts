/** One line that says what was done; screen readers hear it, everybody sees it for a while. */
class Status {
  text = $state('');
  private timer: ReturnType<typeof setTimeout> | undefined;
  say(text: string) {
    this.text = text;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.text = ''), 6_000);
  }
}
export const status = new Status();
