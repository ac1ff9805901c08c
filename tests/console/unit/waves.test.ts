import { csvOf, quarter, scaleOf, verdict, waveOf, type Wave } from '../../../host/console/src/lib/waves';

const wave = (value: number | null, low: number | null, high: number | null): Wave => ({ label: 'Q1 26', value, low, high, n: 12 });

describe('A chart', () => {
  it('never draws what is not known', () => expect(waveOf('Q1 26', { value: null, interval: null, n: 0, n_eligible: 0, coverage: null, reason: 'no_data', definition_version: '1' })).toEqual({ label: 'Q1 26', value: null, low: null, high: null, n: 0 }));
  it('holds every interval, and zero', () => {
    const scale = scaleOf([{ name: 'a', waves: [wave(10, -14, 37), wave(62, 40, 83)] }], 'points');
    expect(scale.min).toBeLessThanOrEqual(-14);
    expect(scale.max).toBeGreaterThanOrEqual(83);
    expect(scale.ticks).toContain(0);
  });
  it('has a scale even without a single figure', () => { const scale = scaleOf([{ name: 'a', waves: [wave(null, null, null)] }], 'share'); expect(scale.max).toBeGreaterThan(scale.min); });
  it('writes quarters as people do', () => expect(quarter('2026Q3')).toBe('Q3 26'));
});

describe('A verdict', () => {
  it('is sure only when the intervals do not touch', () => {
    expect(verdict(wave(0, -10, 10), wave(40, 20, 60))).toBe('surely');
    expect(verdict(wave(0, -10, 10), wave(15, 5, 25))).toBe('perhaps');
  });
  it('is withheld without intervals', () => expect([verdict(wave(1, null, null), wave(2, 1, 3)), verdict(undefined, wave(2, 1, 3)), verdict(wave(null, null, null), wave(2, 1, 3))]).toEqual(['unknown', 'unknown', 'unknown']));
});

describe('A table for spreadsheets', () => {
  it('quotes what would end a cell', () => expect(csvOf([['a,b', 'say "x"', null, 1.5]])).toBe('"a,b","say ""x""",,1.5\r\n'));
  it('keeps a cell from being calculated, and numbers numbers', () => expect(csvOf([['=1+1', '@x', -3]])).toBe("'=1+1,'@x,-3\r\n"));
});
