// Debian's Chromium. A page that complains (a script's error, a refusal of the content security policy) fails the test that opened it.
import { violationsOn } from './axe.mjs';
import { chromium } from 'playwright-core';

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'];
export const kPatience = 15_000;

export class Browser {
  static async open(house) {
    const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
    return new Browser(browser, house);
  }
  constructor(browser, house) {
    this.browser = browser;
    this.house = house;
    this.complaints = [];
  }
  /** A person with a browser of their own; `signedIn: false` has no token yet. */
  async person({ signedIn = true, width = 1280, height = 900, dark = false, locale = 'en-GB', me } = {}) {
    const context = await this.browser.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', locale, reducedMotion: 'reduce' });
    context.setDefaultTimeout(kPatience);
    if (signedIn)
      await context.addInitScript(([token, teammate]) => { localStorage.setItem('candour.token', token); if (teammate) localStorage.setItem('candour.me', teammate); }, [this.house.token, me]);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.complaints.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => { if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) this.complaints.push(`${page.url()}: ${message.text()}`); });
    page.visit = async (path) => { await page.goto(this.house.console + path); await page.waitForSelector('main h1'); };
    /** As a link within the console leads there: without loading the console again. */
    page.walk = async (path) => {
      await page.evaluate((to) => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')); }, path);
      await page.waitForSelector('main h1');
    };
    return page;
  }
  takeComplaints() {
    return this.complaints.splice(0);
  }
  async close() {
    await this.browser.close();
  }
}

/** Nothing that assistive programs stumble over; and nothing reaches out of the page sideways. */
export async function flawsOf(page, rules) {
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
  const flaws = await violationsOn(page, rules);
  // What is drawn to the width of the page, a chart, follows it a moment later.
  const fits = page.waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth, undefined, { timeout: 3000 });
  const sideways = await fits.then(() => 0, () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth));
  if (sideways > 0) flaws.push(`reaches ${sideways} px out of the page`);
  return flaws;
}
