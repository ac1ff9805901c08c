import { csvOfRows, kFileKinds, kFiles, templateOf, textIn, withCommas } from '../../../host/console/src/lib/import_files';

describe('A file of theirs', () => {
  it('with commas stays as it is', () => expect(withCommas('ref,name\nA-1,"Moss; Sons"\n')).toBe('ref,name\nA-1,"Moss; Sons"\n'));
  it('with semicolons or tabs becomes one with commas, quotes and lines kept', () => {
    expect(withCommas('ref;name\r\nA-1;"Moss, ""Sons""\nand others"\r\n')).toBe('ref,name\r\nA-1,"Moss, ""Sons""\nand others"\r\n');
    expect(withCommas('ref\tname\nA-1\tMoss, Sons')).toBe('ref,name\r\nA-1,"Moss, Sons"\r\n');
  });
  it('keeps empty cells', () => expect(withCommas('a;b;c\n1;;3\n')).toBe('a,b,c\r\n1,,3\r\n'));
  it('is read as UTF-8, or as Windows wrote it before', () => {
    expect(textIn(new TextEncoder().encode('Müller').buffer)).toBe('Müller');
    expect(textIn(new Uint8Array([0x4d, 0xfc, 0x6c]).buffer)).toBe('Mül');
  });
  it('quotes what needs it', () => expect(csvOfRows([['a,b', 'c"d', ' e', 'f']])).toBe('"a,b","c""d"," e",f\r\n'));
  it('has a template with a line that has every column', () => {
    for (const kind of kFileKinds) {
      expect(kFiles[kind].example.length, kind).toBe(kFiles[kind].needed.length + kFiles[kind].more.length);
      expect(templateOf(kind).split('\r\n').length, kind).toBe(3);
    }
  });
});
