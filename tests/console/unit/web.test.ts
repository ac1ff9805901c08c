import { heightOf, known, strength, theirsAt, topOf, wayOf, webOf, type Contact, type Thread } from '../../../host/console/src/lib/web';

const person = (id: string, level: Contact['level'], active = true): Contact => ({ id, account: 'acc_1', account_name: 'Moss', email: '', name: id, level, language: '', zone: '', active, roles: [], tags: [], merged_into: null, erased_at: null });
const thread = (teammate: string, contact: string, touches: number): Thread => ({ teammate: { id: teammate, name: teammate }, contact: { id: contact, name: contact, level: 'operational', active: true }, touches, meetings: touches, calls: 0, mails: 0, minutes: 0, last_at: '2026-03-02T14:00:00Z' });

describe('The relationship web', () => {
  const people = [person('ada', 'executive'), person('bob', 'managerial'), person('cyd', 'managerial'), person('dan', 'operational'), person('eve', 'operational', false)];
  it('says which tier hangs by a single thread', () => {
    const web = webOf(people, [thread('ines', 'ada', 3), thread('ines', 'bob', 1), thread('max', 'cyd', 2)]);
    expect(web.tiers.map((each) => [each.level, each.known, each.single])).toEqual([['executive', 1, true], ['managerial', 2, false], ['operational', 0, false]]);
    expect(known(web, 'dan')).toEqual([]);
  });
  it('leaves out who has left, and threads that are silent', () => {
    const web = webOf(people, [thread('ines', 'eve', 5), thread('max', 'ada', 0)]);
    expect([web.ours, web.alive]).toEqual([[], []]);
  });
  it('draws the strongest when there are too many, and says how many are not drawn', () => {
    const crowd = Array.from({ length: 12 }, (_, n) => person(`p${n}`, 'operational'));
    const web = webOf(crowd, [thread('ines', 'p11', 9)]);
    expect(web.tiers[2]!.people[0]!.id).toBe('p11');
    expect([web.tiers[2]!.people.length, web.hidden]).toEqual([7, 5]);
  });
  it('stays inside its box', () => {
    const web = webOf(people, [thread('ines', 'ada', 3), thread('max', 'dan', 1)]);
    for (const one of web.tiers.flatMap((each) => each.people)) {
      const at = theirsAt(web, one, 900);
      expect(at.x).toBeGreaterThan(176);
      expect(at.x).toBeLessThan(900 - 60);
      expect(at.y).toBeLessThan(heightOf(web));
    }
    expect(wayOf(web, web.alive[0]!, 900)).toMatch(/^M[\d. HQVM-]+$/);
    expect(topOf(web, 'executive')).toBe(0);
  });
  it('draws a line that meets often wider, and none without end', () => {
    expect(strength(thread('a', 'b', 8))).toBeGreaterThan(strength(thread('a', 'b', 1)));
    expect(strength(thread('a', 'b', 10_000))).toBe(6);
  });
});
