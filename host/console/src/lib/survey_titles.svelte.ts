import { get } from '../api/client';
import type { Surveys } from './asking';

/** What our surveys are called: asked for by the first campaign that asks one, and again for one that is not known. */
class SurveyTitles {
  known = $state.raw<Surveys>([]);
  private asked = new Set<string>();
  private asking = false;

  meet(survey: string) {
    if (this.asking || this.asked.has(survey)) return;
    this.asking = true;
    get('/api/v1/surveys').then(({ surveys }) => {
      this.known = surveys;
      for (const id of [survey, ...surveys.map((each) => each.id)]) this.asked.add(id);
    }, () => undefined).finally(() => (this.asking = false));
  }
}
export const titles = new SurveyTitles();
