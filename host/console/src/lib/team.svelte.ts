import { get, type Schemas } from '../api/client';

export type Teammate = Schemas['Teammate'];

/** Our own people: few, and needed on many pages, so they are asked for once. */
class Team {
  people = $state.raw<Teammate[]>([]);
  private asked = false;

  /** Begins to ask; `people` fills when the answer is here. */
  meet() {
    if (this.asked) return;
    this.asked = true;
    get('/api/v1/teammates').then((answer) => (this.people = answer.teammates), () => (this.asked = false));
  }
  async again() {
    this.people = (await get('/api/v1/teammates')).teammates;
  }
  get here(): Teammate[] {
    return this.people.filter((each) => each.deactivated_at === null);
  }
  byId(id: string): Teammate | undefined {
    return this.people.find((each) => each.id === id);
  }
}
export const team = new Team();
