/** The same name has the same muted tone everywhere; none of them is a stage's colour. */
export const toneOf = (name: string): number => [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 9973, 7) % 6;
