/** The time to the minute, so that what is shown as "5 minutes left" does not stay so. */
class Now {
  minute = $state(Date.now());
  constructor() {
    setInterval(() => (this.minute = Date.now()), 30_000);
  }
}
export const now = new Now();
